/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/describe_p.h"

enum {
  LEFT_MAX = 6,  /* words of a description before its head */
  RIGHT_MAX = 14 /* words after it */
};

void
dg_description_country(const DgTeller *t, uint32_t at, DgDescription *d)
{
  static const DgLexKind kinds[] = { DG_LEX_NATIONALITY, DG_LEX_PLACE };
  for (size_t i = 0; i < 2 && !d->country[0]; ++i) {
    const DgLexHit *const hit = dg_scan_hit(t->scan, at, kinds[i]);
    if (hit) {
      const DgLexEntry entry = dg_lexicon_entry(t->scan->lexicon, hit->entry);
      memcpy(d->country, entry.country, sizeof d->country);
    }
  }
}

/* ------------------------------------------------------------ its extent */

/* "Paris-based" ends at token `at`: its first token, or `at` + 1. */
static uint32_t
based_first(const DgTeller *t, uint32_t at)
{
  const uint32_t start = t->sentence->first;
  if (at < start + 2 || !dg_teller_is_lower_word(t, at) ||
      !dg_scan_is(t->scan, at - 1, "-")) {
    return at + 1;
  }
  for (uint32_t first = at - 2; first + 5 > at; --first) {
    const DgLexHit *const hit = dg_scan_hit(t->scan, first, DG_LEX_PLACE);
    if (hit && hit->end == at - 1) {
      return first;
    }
    if (first == start) {
      break;
    }
  }
  return at + 1;
}

/* May this word stand between determiner and head? */
static bool
is_premodifier(const DgTeller *t, uint32_t at)
{
  if (dg_teller_grammar(t, at)) {
    return false;
  }
  if (dg_teller_has(t, at, DG_LEX_MODIFIER) ||
      dg_teller_has(t, at, DG_LEX_NATIONALITY) ||
      dg_teller_has(t, at, DG_LEX_HEAD)) {
    return true;
  }
  if (t->sentence->lang == DG_LANG_FR) {
    return false;
  }
  return (dg_teller_is_lower_word(t, at) &&
          !dg_teller_has(t, at, DG_LEX_DEAL_WORD)) ||
         dg_scan_is(t->scan, at, "-");
}

/* The first token of a place that ends before `at`, English; or `at`. */
static uint32_t
town_first(const DgTeller *t, uint32_t at)
{
  const uint32_t name = t->name_end[at];
  return name && t->sentence->lang == DG_LANG_EN &&
                 t->names->items[name - 1].type == DG_MENTION_PLACE
             ? t->names->items[name - 1].first
             : at;
}

void
dg_description_left(const DgTeller *t, DgDescription *d)
{
  const uint32_t start = t->sentence->first;
  uint32_t sure = d->first; /* after what surely belongs to it */
  uint32_t at = d->first;
  for (int n = 0; n < LEFT_MAX && at > start; ++n) {
    const uint32_t based = based_first(t, at - 1);
    const uint32_t town = town_first(t, at);
    if (town < at) {
      dg_description_country(t, town, d);
      d->town = true;
      at = town;
      sure = at;
    } else if (based < at) {
      dg_description_country(t, based, d);
      at = based;
      sure = at;
      d->specific = true;
    } else if (t->name_end[at] || !is_premodifier(t, at - 1)) {
      break;
    } else {
      --at;
      dg_description_country(t, at, d);
      if (dg_teller_has(t, at, DG_LEX_NATIONALITY) ||
          dg_teller_has(t, at, DG_LEX_MODIFIER)) {
        sure = at;
      } else {
        d->specific = true;
      }
    }
  }
  const uint8_t word = at > start ? dg_teller_grammar(t, at - 1) : 0;
  d->definite = word == DG_LEX_IS_ARTICLE || word == DG_LEX_IS_DEMONSTRATIVE;
  d->indefinite = word == DG_LEX_IS_INDEFINITE;
  d->possessive = word == DG_LEX_IS_POSSESSIVE;
  if (d->definite || d->indefinite) {
    d->first = at - 1;
  } else if (word == DG_LEX_IS_CONTRACTED || word == DG_LEX_IS_LINK_ARTICLE) {
    d->definite = true;
    d->first = at;
  } else {
    d->first = sure;
  }
}

/* The name at a token, an opening quote stepped over; or DG_NO_INDEX. */
uint32_t
dg_name_from(const DgTeller *t, uint32_t at)
{
  if (at < t->sentence->end &&
      !(t->scan->text->tokens[at].flags & DG_TOKEN_WORD) &&
      (dg_scan_is(t->scan, at, "\"") || dg_scan_is(t->scan, at, "\xC2\xAB") ||
       dg_scan_is(t->scan, at, "\xE2\x80\x9C"))) {
    ++at;
  }
  return at < t->sentence->end && t->name_at[at] ? t->name_at[at] - 1
                                                 : DG_NO_INDEX;
}

/* A word of the complement: after "de la", or an adjective. */
static bool
is_complement(const DgTeller *t, uint32_t at, bool *open, DgDescription *d)
{
  const uint8_t word = dg_teller_grammar(t, at);
  if (word == DG_LEX_IS_LINK || word == DG_LEX_IS_LINK_ARTICLE) {
    *open = true;
    d->specific |= !d->loose;
    return true;
  }
  if (word == DG_LEX_IS_CONTRACTED || word == DG_LEX_IS_ARTICLE ||
      word == DG_LEX_IS_PREPOSITION) {
    *open = true;
    d->loose |= word != DG_LEX_IS_ARTICLE;
    return true;
  }
  if (word == DG_LEX_IS_CONJUNCTION) {
    *open = true;
    return true;
  }
  if (word) {
    return false;
  }
  if (dg_teller_has(t, at, DG_LEX_NATIONALITY)) {
    if (*open && dg_scan_is_capital(t->scan, at)) {
      return false; /* "la plateforme de l'Américain": another actor */
    }
    dg_description_country(t, at, d);
    *open = false;
    return true;
  }
  if (dg_teller_has(t, at, DG_LEX_MODIFIER) ||
      dg_teller_has(t, at, DG_LEX_HEAD)) {
    *open = false;
    return true;
  }
  const bool acronym = dg_teller_has(t, at, DG_LEX_NOT_NAME);
  if (*open && (dg_teller_is_lower_word(t, at) || acronym)) {
    *open = false;
    return true;
  }
  return dg_scan_is(t->scan, at, "-");
}

/* "la société de Grasse": a place right after the link says the country. */
static void
read_town(const DgTeller *t, uint32_t at, DgDescription *d)
{
  if (at == d->end + 1 && t->name_at[at] &&
      t->names->items[t->name_at[at] - 1].type == DG_MENTION_PLACE &&
      dg_teller_grammar(t, at - 1) == DG_LEX_IS_LINK) {
    dg_description_country(t, at, d);
    d->town = true;
    d->specific = false;
  }
}

void
dg_description_right(const DgTeller *t, DgDescription *d)
{
  bool open = false;
  uint32_t at = d->head ? d->head->end : d->end;
  d->end = at;
  d->name = dg_name_from(t, at);
  if (d->name != DG_NO_INDEX || t->sentence->lang == DG_LANG_EN) {
    return;
  }
  bool tight = true; /* still head and adjectives only */
  for (int n = 0; n < RIGHT_MAX && at < t->sentence->end; ++n, ++at) {
    if (!open && n) {
      d->name = dg_name_from(t, at);
      if (d->name != DG_NO_INDEX) {
        return;
      }
    }
    const DgLexHit *const head = dg_scan_hit(t->scan, at, DG_LEX_HEAD);
    if (head && head->end > at + 1 && head->end <= t->sentence->end) {
      at = head->end - 1;
      open = false;
    } else if (t->name_at[at] || !is_complement(t, at, &open, d)) {
      read_town(t, at, d);
      break;
    }
    tight &= !open && !dg_teller_grammar(t, at);
    if (tight || (!open && n && !d->loose)) {
      d->end = at + 1;
    }
  }
  d->name = DG_NO_INDEX;
}
