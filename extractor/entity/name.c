/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/name_p.h"

/* Where names start, and what a list says of them. */

/* --------------------------------------------------------------- starting */

/* End of what is no name at a token, or the token itself. */
static uint32_t
skip_end(const DgFinder *f, uint32_t at, const DgLexHit *known)
{
  const uint32_t reach = known ? known->end : at;
  static const DgLexKind kinds[] = { DG_LEX_NOT_NAME, DG_LEX_TITLE,
                                     DG_LEX_HONORIFIC, DG_LEX_LEGAL_FORM };
  uint32_t end = at;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    const DgLexHit *const hit = dg_scan_hit(f->scan, at, kinds[i]);
    if (hit && dg_lex_is_sure(hit) && hit->end > end &&
        (hit->end > reach || !dg_lex_is_sure(known))) {
      end = hit->end;
    }
  }
  if (end == at && !dg_lex_is_sure(known) && dg_finder_is_measure(f, at)) {
    end = at + 1;
  }
  return end;
}

/* May a name start with this article: "La Halle" within a sentence? */
static bool
article_starts(const DgFinder *f, uint32_t at)
{
  if (dg_scan_grammar(f->scan, at) != DG_LEX_IS_ARTICLE || f->headline ||
      (f->tokens[at].flags & DG_TOKEN_FIRST) ||
      !dg_finder_is_capital(f, at + 1)) {
    return false;
  }
  /* "rachète Les Petits Bocaux": two capitals after a plain word. */
  const bool within =
      f->lang == DG_LANG_FR && dg_finder_is_capital(f, at + 2) &&
      (f->tokens[at - 1].flags & DG_TOKEN_WORD) &&
      !dg_finder_is_capital(f, at - 1) && !dg_finder_known(f, at + 1);
  return within || !dg_finder_is_plain(f, at + 1);
}

/* A word before the name proper: "Selon Microsoft", "French Mistral". */
static bool
leads_only(const DgFinder *f, uint32_t at, const DgLexHit *known)
{
  if (known || dg_finder_starts_person(f, at)) {
    return false;
  }
  if (dg_scan_grammar(f->scan, at)) {
    return !article_starts(f, at) && !dg_finder_is_initial(f, at);
  }
  const bool opens = f->headline || (f->tokens[at].flags & DG_TOKEN_FIRST);
  const uint8_t common = dg_scan_word(f->scan, at).common;
  const bool org = dg_finder_has(f, at, DG_LEX_ORG_WORD);
  const bool next_known =
      at + 1 < f->stop && dg_lex_is_sure(dg_finder_known(f, at + 1));
  if (dg_finder_has(f, at, DG_LEX_NATIONALITY)) {
    return f->lang != DG_LANG_EN || next_known || f->headline ||
           !dg_finder_is_capital(f, at + 1) ||
           dg_finder_has(f, at + 1, DG_LEX_TITLE) ||
           dg_finder_has(f, at + 1, DG_LEX_NOT_NAME) ||
           (dg_finder_has(f, at + 1, DG_LEX_NATIONALITY) &&
            !dg_finder_has(f, at + 1, DG_LEX_ORG_WORD));
  }
  if (opens && f->lang == DG_LANG_FR && dg_finder_is_deal_noun(f, at) && !org) {
    return true; /* "Fusion Suez-Veolia" */
  }
  const bool person = !f->headline && dg_finder_has(f, at, DG_LEX_FIRST_NAME) &&
                      dg_finder_is_capital(f, at + 1) && !next_known;
  if (!opens || !common || person) {
    return false;
  }
  return f->headline
             ? !org || !dg_finder_is_capital(f, at + 1)
             : (common == DG_LEX_IS_STARTER && !org) || (next_known && !org);
}

static bool
may_start(const DgFinder *f, uint32_t at, const DgLexHit *known)
{
  const uint32_t flags = f->tokens[at].flags;
  if (known) {
    return true;
  }
  if (dg_finder_is_initial(f, at)) {
    return dg_finder_is_capital(f, at + 2) &&
           (dg_finder_is_mark(f, at + 1, "&") ||
            dg_finder_is_mark(f, at + 1, ".") ||
            (dg_finder_is_mark(f, at + 1, "-") &&
             !dg_finder_is_spaced(f, at + 1)));
  }
  return (flags & (DG_TOKEN_CAPITAL | DG_TOKEN_MIXED | DG_TOKEN_UPPER)) &&
         (flags & DG_TOKEN_WORD);
}

/* An ambiguous entry of several words counts when each has its capital. */
static bool
has_capitals(const DgFinder *f, const DgLexHit *hit)
{
  for (uint32_t t = hit->first; t < hit->end; ++t) {
    if ((f->tokens[t].flags & DG_TOKEN_WORD) && !dg_scan_grammar(f->scan, t) &&
        !(f->tokens[t].flags & (DG_TOKEN_CAPITAL | DG_TOKEN_MIXED |
                                DG_TOKEN_UPPER | DG_TOKEN_NUMBER))) {
      return false;
    }
  }
  return true;
}

static DgStatus
read_name(const DgFinder *f, uint32_t at, uint32_t *end)
{
  const DgLexHit *known = dg_finder_known(f, at);
  if (known && !dg_lex_is_sure(known) && !has_capitals(f, known)) {
    known = NULL;
  }
  *end = at + 1;
  if (!may_start(f, at, known)) {
    return DG_OK;
  }
  const uint32_t skip = skip_end(f, at, known);
  if (skip > at) {
    *end = skip;
    return DG_OK;
  }
  if (leads_only(f, at, known)) {
    return DG_OK;
  }
  DgRun run = { .first = at, .end = at, .core = at };
  const bool sure_place = dg_lex_is_sure(known) && known->kind == DG_LEX_PLACE;
  run.known = known;
  run.person = !dg_lex_is_sure(known) && dg_finder_starts_person(f, at);
  dg_run_take(f, &run,
              known && (dg_lex_is_sure(known) || known->end > at + 1)
                  ? known->end
                  : at + 1);
  if (!(sure_place && dg_finder_is_mark(f, run.end, "-"))) {
    dg_run_grow(f, &run);
  }
  *end = run.end;
  const bool people =
      !known && run.core == at + 1 && dg_finder_has(f, at, DG_LEX_NATIONALITY);
  return people ? DG_OK : dg_run_keep(f, &run);
}

/* A sentence whose longer words mostly have a capital. */
static bool
is_headline(const DgFinder *f)
{
  uint32_t words = 0;
  uint32_t capitals = 0;
  if (f->stop > f->start && dg_finder_is_mark(f, f->stop - 1, ".")) {
    return false;
  }
  for (uint32_t t = f->start; t < f->stop; ++t) {
    const DgToken *const token = &f->tokens[t];
    if ((token->flags & DG_TOKEN_WORD) && token->folded_len > 3 &&
        !(token->flags & DG_TOKEN_NUMBER)) {
      ++words;
      capitals += (token->flags & DG_TOKEN_CAPITAL) != 0;
    }
  }
  return words >= 5 && capitals * 4 >= words * 3;
}

/* ------------------------------------------------------------------ lists */

/* True when only a comma or a conjunction stands between two names. */
static bool
are_listed(const DgScan *scan, const DgName *a, const DgName *b)
{
  if (a->sentence != b->sentence || b->first > a->end + 3 ||
      b->first <= a->end) {
    return false;
  }
  for (uint32_t t = a->end; t < b->first; ++t) {
    if (!dg_scan_is(scan, t, ",") && !dg_scan_is(scan, t, "/") &&
        dg_scan_grammar(scan, t) != DG_LEX_IS_CONJUNCTION &&
        dg_scan_grammar(scan, t) != DG_LEX_IS_ARTICLE) {
      return false;
    }
  }
  return true;
}

static void
promote(DgName *name, const DgName *by)
{
  if (name->type == DG_MENTION_NAME && by->type == DG_MENTION_ORG &&
      by->score >= 0.7F) {
    dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.7F, "list");
  }
  /* "Casino et Amazon": a firm's name that is a word too. */
  if (name->weak && name->type == DG_MENTION_ORG &&
      name->entry != DG_NO_INDEX && !by->weak && by->type == DG_MENTION_ORG &&
      by->score >= 0.7F) {
    name->weak = false;
  }
}

/* A name of no clear kind in a list of organisations is one. */
static void
promote_lists(const DgScan *scan, DgNames *names)
{
  for (size_t i = 1; i < names->n; ++i) {
    if (are_listed(scan, &names->items[i - 1], &names->items[i])) {
      promote(&names->items[i], &names->items[i - 1]);
    }
  }
  for (size_t i = names->n; i-- > 1;) {
    if (are_listed(scan, &names->items[i - 1], &names->items[i])) {
      promote(&names->items[i - 1], &names->items[i]);
    }
  }
}

DgStatus
dg_names_read(const DgScan *scan, DgNames *names)
{
  const DgText *const text = scan->text;
  *names = (DgNames){ 0 };
  for (size_t i = 0; i < text->n_sentences; ++i) {
    const DgSentence *const sentence = &text->sentences[i];
    DgFinder f = { .scan = scan,
                   .names = names,
                   .tokens = text->tokens,
                   .start = sentence->first,
                   .stop = sentence->end,
                   .sentence = (uint32_t)i,
                   .lang = sentence->lang };
    f.headline = is_headline(&f);
    for (uint32_t at = f.start; at < f.stop;) {
      const uint32_t names_kinds = 1U << DG_LEX_ORG | 1U << DG_LEX_PRODUCT |
                                   1U << DG_LEX_PLACE | 1U << DG_LEX_PERSON;
      if (!dg_scan_is_capital(scan, at) && !(scan->covers[at] & names_kinds)) {
        ++at;
        continue;
      }
      uint32_t end = at + 1;
      DG_TRY(read_name(&f, at, &end));
      at = end;
    }
  }
  promote_lists(scan, names);
  return DG_OK;
}
