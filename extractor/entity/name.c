/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/name.h"

#include "base/vec.h"

/*
 * A sentence is read left to right. At each token that may start a name, the
 * stretch is grown word by word; then its type is decided, first by what it
 * is made of, then by what stands around it.
 */
typedef struct {
  const DgScan *scan;
  DgNames *names;
  const DgToken *tokens;
  uint32_t start; /* of the sentence */
  uint32_t stop;
  uint32_t sentence;
  DgLang lang;
  bool headline; /* most words have a capital: case says nothing */
} Finder;

/* A stretch while it grows, and what its words are. */
typedef struct {
  uint32_t first;
  uint32_t end;
  uint32_t core;         /* end without the legal form */
  const DgLexHit *known; /* entry that it starts with, or null */
  const DgLexHit *inner; /* a sure organisation within it, or null */
  DgLexDetail word;      /* detail of its last org word, or NONE */
  bool has_word;         /* has an org or fund word besides others */
  bool fund;             /* ends in a fund word */
  bool legal;            /* has a legal form */
  bool person;           /* starts with a first name */
  bool linked;           /* has "of", "de" within */
  bool unknown;          /* has a word that no list has */
} Run;

static const DgLexKind known_kinds[] = { DG_LEX_ORG, DG_LEX_PRODUCT,
                                         DG_LEX_PLACE, DG_LEX_PERSON };

static bool
is_sure(const DgLexHit *hit)
{
  return hit && !(hit->flags & DG_LEX_AMBIGUOUS);
}

/* The longest name of the lexicon that starts at a token, or null. */
static const DgLexHit *
known_at(const Finder *f, uint32_t at)
{
  const DgLexHit *best = NULL;
  for (size_t i = 0; i < sizeof known_kinds / sizeof *known_kinds; ++i) {
    const DgLexHit *const hit = dg_scan_hit(f->scan, at, known_kinds[i]);
    if (hit && hit->end <= f->stop &&
        (!best || hit->end > best->end ||
         (hit->end == best->end && is_sure(hit) && !is_sure(best)))) {
      best = hit;
    }
  }
  return best;
}

static bool
has(const Finder *f, uint32_t at, DgLexKind kind)
{
  return dg_scan_has(f->scan, at, kind);
}

static bool
is_capital(const Finder *f, uint32_t at)
{
  return at < f->stop && dg_scan_is_capital(f->scan, at);
}

static bool
is_mark(const Finder *f, uint32_t at, const char *mark)
{
  return at < f->stop && dg_scan_is(f->scan, at, mark);
}

static bool
is_spaced(const Finder *f, uint32_t at)
{
  return at < f->stop && (f->tokens[at].flags & DG_TOKEN_SPACE);
}

/* A word that starts sentences or is plain in this text: no name by itself. */
static bool
is_plain_word(const Finder *f, uint32_t at)
{
  const uint32_t plain = 1U << DG_LEX_HEAD | 1U << DG_LEX_TITLE |
                         1U << DG_LEX_MODIFIER | 1U << DG_LEX_DEAL_WORD |
                         1U << DG_LEX_HONORIFIC;
  const DgLexWord word = dg_scan_word(f->scan, at);
  return (f->scan->covers[at] & plain) || word.common || word.grammar ||
         dg_scan_is_lower_elsewhere(f->scan, at);
}

/* Part of an amount, a percentage, a date or a span of time. */
static bool
is_measure(const Finder *f, uint32_t at)
{
  const uint8_t value = f->scan->value[at];
  return value && value != DG_VALUE_NUMBER + 1 && value != DG_VALUE_ORDINAL + 1;
}

static bool
is_initial(const Finder *f, uint32_t at)
{
  return (f->tokens[at].flags & DG_TOKEN_CAPITAL) &&
         f->tokens[at].folded_len == 1;
}

static const DgLexHit *
legal_at(const Finder *f, uint32_t at)
{
  return at < f->stop ? dg_scan_hit(f->scan, at, DG_LEX_LEGAL_FORM) : NULL;
}

/* Particles of a person's name from `at` on: "de", "von der". */
static uint32_t
particles_end(const Finder *f, uint32_t at)
{
  const uint32_t first = at;
  while (at < f->stop && at < first + 2) {
    const uint8_t word = dg_scan_grammar(f->scan, at);
    const bool link = word == DG_LEX_IS_LINK ||
                      word == DG_LEX_IS_LINK_ARTICLE ||
                      (at > first && word == DG_LEX_IS_ARTICLE);
    if (word != DG_LEX_IS_PARTICLE && !(link && f->lang != DG_LANG_EN)) {
      break;
    }
    ++at;
  }
  return at;
}

/* Does a first name start here that a surname follows? */
static bool
starts_person(const Finder *f, uint32_t at)
{
  const DgLexHit *const hit = dg_scan_hit(f->scan, at, DG_LEX_FIRST_NAME);
  if (!is_sure(hit)) {
    return false;
  }
  const uint32_t next = particles_end(f, hit->end);
  return is_capital(f, next) && is_spaced(f, hit->end) &&
         !has(f, next, DG_LEX_ORG_WORD) && !has(f, next, DG_LEX_FUND_WORD) &&
         !(next > hit->end && is_sure(known_at(f, next)));
}

static void
take(const Finder *f, Run *run, uint32_t end)
{
  for (uint32_t t = run->end; t < end; ++t) {
    const DgLexHit *const org = dg_scan_hit(f->scan, t, DG_LEX_ORG_WORD);
    if (org && is_capital(f, t)) {
      /* "Ministry of Defence": what a link adds does not say the kind. */
      run->word =
          run->linked && run->word ? run->word : (DgLexDetail)org->detail;
      run->has_word = true;
    }
    run->fund = has(f, t, DG_LEX_FUND_WORD);
    run->has_word |= run->fund;
    if (!run->inner) {
      const DgLexHit *const hit = dg_scan_hit(f->scan, t, DG_LEX_ORG);
      run->inner = is_sure(hit) ? hit : NULL;
    }
    run->unknown |= !f->scan->covers[t] && !dg_scan_word(f->scan, t).common;
  }
  run->end = end;
  run->core = end;
}

/* A legal form, after a comma or not; it ends the name. */
static bool
take_legal(const Finder *f, Run *run)
{
  const uint32_t at = is_mark(f, run->end, ",") ? run->end + 1 : run->end;
  const DgLexHit *hit = legal_at(f, at);
  if (!hit || hit->end > f->stop || !is_spaced(f, at)) {
    return false;
  }
  if (at > run->end && !is_capital(f, at)) {
    return false;
  }
  run->core = run->end;
  run->end = hit->end;
  run->legal = true;
  while ((hit = legal_at(f, run->end)) != NULL) {
    run->end = hit->end;
  }
  if (run->end == f->stop && is_mark(f, run->end - 1, ".")) {
    --run->end; /* the point is the sentence's */
  }
  return true;
}

/* "of", "de", "du", with an article: may lead on within a body's name. */
static uint32_t
link_end(const Finder *f, uint32_t at)
{
  const uint8_t word = at < f->stop ? dg_scan_grammar(f->scan, at) : 0;
  if (word == DG_LEX_IS_LINK_ARTICLE) {
    return at + 1;
  }
  if (word != DG_LEX_IS_LINK) {
    return at;
  }
  ++at;
  return at < f->stop && dg_scan_grammar(f->scan, at) == DG_LEX_IS_ARTICLE
             ? at + 1
             : at;
}

/* "Nord", "Plus": ends names, and is none by itself. */
static bool
is_ending(const Finder *f, uint32_t at)
{
  const DgLexHit *const hit = dg_scan_hit(f->scan, at, DG_LEX_NOT_NAME);
  return hit && hit->detail == DG_LEX_IS_AFTER;
}

/* Is the word an actor's of a deal: does it sign, buy, become, have? */
static bool
acts(const Finder *f, uint32_t at)
{
  const uint32_t limit = at + 2;
  for (; at < f->stop && !is_capital(f, at); ++at) {
    const DgLexHit *const hit = dg_scan_hit(f->scan, at, DG_LEX_DEAL_WORD);
    if (hit && hit->detail == DG_LEX_IS_VERB) {
      return true;
    }
    const uint8_t word = dg_scan_grammar(f->scan, at);
    if (at == limit ||
        (word != DG_LEX_IS_AUXILIARY && word != DG_LEX_IS_CLITIC)) {
      return false;
    }
  }
  return false;
}

/* "du Ponant": with an article a firm's name is a plain noun. */
static bool
is_noun_here(const Finder *f, uint32_t at, const DgLexHit *hit)
{
  return dg_scan_grammar(f->scan, at - 1) == DG_LEX_IS_LINK_ARTICLE &&
         hit->kind == DG_LEX_ORG && hit->end == at + 1 &&
         !(f->tokens[at].flags & DG_TOKEN_UPPER);
}

/* "ministre des Finances": the words of a function. */
static bool
is_of_title(const Finder *f, uint32_t first)
{
  uint32_t at = first;
  while (at > f->start && first < at + 3 && dg_scan_grammar(f->scan, at - 1)) {
    --at;
  }
  return at < first && at > f->start && has(f, at - 1, DG_LEX_TITLE);
}

/*
 * "Gaz du Nord", "Fermiers d'Ille": within a sentence only a name gives a
 * common noun its capital, and what the link adds belongs to it. As first
 * word it may be a description ("Usine de Nantes"), unless it acts.
 */
static bool
links_name(const Finder *f, const Run *run, uint32_t next)
{
  const DgLexHit *const hit = known_at(f, next);
  const bool ending = is_ending(f, next);
  if (f->lang == DG_LANG_EN || f->headline || run->known ||
      starts_person(f, next) ||
      (is_sure(hit) && hit->kind != DG_LEX_PLACE &&
       !is_noun_here(f, next, hit)) ||
      (has(f, next, DG_LEX_NOT_NAME) && !ending) ||
      has(f, next, DG_LEX_HONORIFIC) ||
      has(f, run->first, DG_LEX_NATIONALITY) || is_of_title(f, run->first)) {
    return false;
  }
  if (f->tokens[run->first].flags & DG_TOKEN_FIRST) {
    return !has(f, run->first, DG_LEX_HEAD) &&
           acts(f, is_sure(hit) ? hit->end : next + 1);
  }
  const bool plain = is_plain_word(f, run->first);
  return plain || ending || run->linked ||
         (is_sure(hit) ? hit->kind == DG_LEX_ORG
                       : !has(f, next, DG_LEX_FIRST_NAME));
}

static bool
take_link(const Finder *f, Run *run)
{
  const uint32_t next = link_end(f, run->end);
  if (next == run->end || !is_capital(f, next) || is_measure(f, next)) {
    return false;
  }
  if (run->person) {
    return false;
  }
  if (links_name(f, run, next)) {
    const DgLexHit *const place = known_at(f, next);
    run->linked = true;
    take(f, run, is_sure(place) ? place->end : next + 1);
    return true;
  }
  const bool led = f->lang == DG_LANG_EN
                       ? run->has_word
                       : has(f, run->first, DG_LEX_ORG_WORD) &&
                             run->word != DG_LEX_IS_COMPANY;
  const DgLexHit *const hit = known_at(f, next);
  if (!led || run->known || (is_sure(hit) && hit->kind == DG_LEX_ORG) ||
      has(f, next, DG_LEX_NOT_NAME)) {
    return false;
  }
  run->linked = true;
  take(f, run, is_sure(hit) ? hit->end : next + 1);
  return true;
}

static bool
take_particle(const Finder *f, Run *run)
{
  const uint32_t at = particles_end(f, run->end);
  if (!run->person || run->end - run->first != 1 || at == run->end ||
      !is_capital(f, at) || is_sure(known_at(f, at))) {
    return false;
  }
  take(f, run, at + 1);
  return true;
}

static bool
is_deal_noun(const Finder *f, uint32_t at)
{
  const DgLexHit *const hit = dg_scan_hit(f->scan, at, DG_LEX_DEAL_WORD);
  return hit && hit->detail != DG_LEX_IS_VERB;
}

/* "Suez-Veolia": a hyphen between two known firms is no part of a name. */
static bool
are_two(const Finder *f, const Run *run, uint32_t next)
{
  const DgLexHit *const hit = known_at(f, next);
  const uint32_t beside = f->lang == DG_LANG_EN ? next + 1 : run->first - 1;
  if (run->end == run->first + 1 && beside < f->stop && beside >= f->start &&
      is_deal_noun(f, beside)) {
    return true; /* "fusion Kerlann-Voltiza" */
  }
  return is_sure(run->known) && run->known->kind == DG_LEX_ORG &&
         run->known->end == run->end && is_sure(hit) && hit->kind == DG_LEX_ORG;
}

/* "&", "+", a hyphen or the point of an initial that ties two words. */
static bool
take_tie(const Finder *f, Run *run)
{
  const uint32_t at = run->end;
  const bool hyphen =
      is_mark(f, at, "-") && !is_spaced(f, at) && !is_spaced(f, at + 1);
  const bool point =
      is_mark(f, at, ".") && is_initial(f, at - 1) && !is_spaced(f, at);
  const bool and = (is_mark(f, at, "&") || is_mark(f, at, "+")) && !run->person;
  if (!(hyphen || point || and) || at + 1 >= f->stop) {
    return false;
  }
  const uint32_t next = at + 1;
  if (hyphen && are_two(f, run, next)) {
    return false;
  }
  if (!is_capital(f, next) &&
      !(hyphen && (f->tokens[next].flags & DG_TOKEN_NUMBER))) {
    return false;
  }
  take(f, run, next + 1);
  return true;
}

/* "Oil and Gas": a conjunction between two org words. */
static bool
take_pair(const Finder *f, Run *run)
{
  const uint32_t at = run->end;
  if (at + 1 >= f->stop ||
      dg_scan_grammar(f->scan, at) != DG_LEX_IS_CONJUNCTION ||
      !is_capital(f, at + 1) || run->person || run->known) {
    return false;
  }
  const bool both =
      has(f, at - 1, DG_LEX_ORG_WORD) && has(f, at + 1, DG_LEX_ORG_WORD);
  if (!both &&
      !(run->linked && f->lang == DG_LANG_EN && !known_at(f, at + 1))) {
    return false;
  }
  take(f, run, at + 2);
  return true;
}

/* A known name starts within the stretch: does it belong to it? */
static bool
joins_known(const Finder *f, const Run *run, const DgLexHit *hit)
{
  if (hit->kind == DG_LEX_PRODUCT || hit->kind == DG_LEX_PERSON ||
      f->headline) {
    return false;
  }
  if (hit->kind == DG_LEX_PLACE) {
    return !run->person && !(run->known && run->known->kind == DG_LEX_PLACE);
  }
  /* A surname that is a firm's too: "Enzo Ferrari". */
  const bool surname = run->person && run->end - run->first == 1;
  return !run->known && (!run->person || surname);
}

/* "A40", "X5": what a maker calls a model of its own. */
static bool
is_model_word(const Finder *f, uint32_t at)
{
  const DgStr word = dg_token_folded(&f->tokens[at]);
  size_t letters = 0;
  while (letters < word.len && word.ptr[letters] >= 'a' &&
         word.ptr[letters] <= 'z') {
    ++letters;
  }
  size_t digits = 0;
  while (letters + digits < word.len && word.ptr[letters + digits] >= '0' &&
         word.ptr[letters + digits] <= '9') {
    ++digits;
  }
  return letters && letters < 3 && digits > 1 && letters + digits == word.len;
}

/* "Audika Nord": a word that ends a name of unknown or known words. */
static bool
take_ending(const Finder *f, Run *run)
{
  const uint32_t at = run->end;
  const bool place = run->known && run->known->kind == DG_LEX_PLACE;
  if (!is_ending(f, at) || f->headline || run->person || place ||
      !(f->tokens[at].flags & DG_TOKEN_CAPITAL)) {
    return false;
  }
  take(f, run, at + 1);
  return true;
}

/* "Maïf Vie": a plain noun with a capital after a firm's name. */
static bool
names_branch(const Finder *f, const Run *run, uint32_t at)
{
  const uint32_t other = 1U << DG_LEX_HEAD | 1U << DG_LEX_TITLE |
                         1U << DG_LEX_DEAL_WORD | 1U << DG_LEX_HONORIFIC;
  return run->known->kind == DG_LEX_ORG && !is_capital(f, at + 1) &&
         (f->tokens[at].flags & DG_TOKEN_CAPITAL) &&
         !(f->tokens[at].flags & DG_TOKEN_UPPER) &&
         !(f->scan->covers[at] & other);
}

static bool
take_word(const Finder *f, Run *run)
{
  const uint32_t at = run->end;
  if (!is_capital(f, at) || is_measure(f, at) || !is_spaced(f, at) ||
      has(f, at, DG_LEX_HONORIFIC)) {
    return false;
  }
  if (take_ending(f, run)) {
    return true;
  }
  if (is_model_word(f, at) && !run->person) {
    return false;
  }
  const DgLexHit *const hit = known_at(f, at);
  if (is_sure(hit)) {
    if (!joins_known(f, run, hit)) {
      return false;
    }
    take(f, run, hit->end);
    run->inner = run->person ? NULL : run->inner;
    return true;
  }
  const bool word = has(f, at, DG_LEX_ORG_WORD) || has(f, at, DG_LEX_FUND_WORD);
  if (!word && (has(f, at, DG_LEX_NOT_NAME) || has(f, at, DG_LEX_TITLE))) {
    return false;
  }
  const bool shouted =
      (f->tokens[at].flags & DG_TOKEN_UPPER) && f->tokens[at].folded_len > 4;
  if ((f->headline || shouted) && is_plain_word(f, at) && !word) {
    return false;
  }
  if (dg_scan_grammar(f->scan, at) &&
      dg_scan_grammar(f->scan, at) != DG_LEX_IS_PARTICLE &&
      !is_initial(f, at)) {
    const bool surname = run->person && is_capital(f, at + 1);
    if (surname) { /* "Bruno Le Maire" */
      take(f, run, at + 2);
    }
    return surname;
  }
  if (run->known && !word &&
      (starts_person(f, at) || (f->lang == DG_LANG_FR && is_plain_word(f, at) &&
                                !names_branch(f, run, at)))) {
    return false;
  }
  if (run->person && (word || run->end - run->first >= 5)) {
    return word && !(has(f, at, DG_LEX_HEAD) && f->lang == DG_LANG_FR)
               ? (run->person = false, take(f, run, at + 1), true)
               : false;
  }
  take(f, run, at + 1);
  return true;
}

/* "Solutio 30 lève": a short number that counts nothing. */
static bool
is_bare_number(const Finder *f, const Run *run)
{
  const uint32_t at = run->end;
  const uint8_t word = at + 1 < f->stop ? dg_scan_grammar(f->scan, at + 1) : 0;
  return !f->headline && run->end == run->first + 1 && run->unknown &&
         !run->known && f->tokens[at].folded_len < 4 && is_spaced(f, at) &&
         !is_measure(f, at) &&
         (at + 1 == f->stop || is_mark(f, at + 1, ".") ||
          is_mark(f, at + 1, ",") || word == DG_LEX_IS_AUXILIARY ||
          word == DG_LEX_IS_CLITIC || acts(f, at + 1));
}

/* "OrPower 4, Inc.": a number that a legal form follows. */
static bool
take_number(const Finder *f, Run *run)
{
  const uint32_t at = run->end;
  if (at >= f->stop || !(f->tokens[at].flags & DG_TOKEN_NUMBER)) {
    return false;
  }
  if (is_bare_number(f, run)) {
    take(f, run, at + 1);
    return true;
  }
  if (at + 1 >= f->stop) {
    return false;
  }
  const uint32_t legal = is_mark(f, at + 1, ",") ? at + 2 : at + 1;
  if (!legal_at(f, legal) || !is_capital(f, legal)) {
    return false;
  }
  take(f, run, at + 1);
  return true;
}

static void
grow(const Finder *f, Run *run)
{
  while (run->end < f->stop) {
    if (take_legal(f, run)) {
      return;
    }
    if (!take_word(f, run) && !take_tie(f, run) && !take_particle(f, run) &&
        !take_link(f, run) && !take_pair(f, run) && !take_number(f, run)) {
      return;
    }
  }
}

/* ------------------------------------------------------------ what it is */

DgEntityKind
dg_entity_kind_of(DgLexDetail detail)
{
  switch (detail) {
  case DG_LEX_IS_COMPANY:
  case DG_LEX_IS_STARTUP:
  case DG_LEX_IS_GIANT:
  case DG_LEX_IS_MEDIA:
    return DG_ENTITY_COMPANY;
  case DG_LEX_IS_FUND:
    return DG_ENTITY_FUND;
  case DG_LEX_IS_BANK:
    return DG_ENTITY_BANK;
  case DG_LEX_IS_PUBLIC_BODY:
    return DG_ENTITY_PUBLIC;
  case DG_LEX_IS_UNIVERSITY:
    return DG_ENTITY_UNIVERSITY;
  case DG_LEX_IS_ORGANISATION:
    return DG_ENTITY_ORGANISATION;
  default:
    return DG_ENTITY_UNKNOWN;
  }
}

static void
set_type(DgName *name, DgMentionType type, DgEntityKind kind, float score,
         const char *reason)
{
  name->type = type;
  name->kind = kind;
  name->score = score;
  name->reason = reason;
}

static bool
is_quote(const Finder *f, uint32_t at)
{
  return is_mark(f, at, "\"") || is_mark(f, at, "\xC2\xAB") ||
         is_mark(f, at, "\xE2\x80\x9C") || is_mark(f, at, "\xC2\xBB") ||
         is_mark(f, at, "\xE2\x80\x9D");
}

/* The token before a name, article and quote stepped over; or `first`. */
static uint32_t
before(const Finder *f, uint32_t first)
{
  uint32_t at = first;
  while (at > f->start &&
         (is_quote(f, at - 1) ||
          (dg_scan_grammar(f->scan, at - 1) == DG_LEX_IS_ARTICLE &&
           at == first))) {
    --at;
  }
  if (at > f->start + 1 && is_mark(f, at - 1, "-") && !is_spaced(f, at)) {
    --at; /* "ex-Kerlann" */
  }
  return at > f->start ? at - 1 : first;
}

static bool
type_by_words(const Finder *f, const Run *run, DgName *name)
{
  const DgEntityKind kind =
      run->fund ? DG_ENTITY_FUND : dg_entity_kind_of(run->word);
  const uint32_t n = run->core - run->first;
  if (run->legal) {
    set_type(name, DG_MENTION_ORG, kind ? kind : DG_ENTITY_COMPANY, 0.95F,
             "legal-form");
    return true;
  }
  if (run->person && n > 1) {
    set_type(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.9F, "first-name");
    return true;
  }
  if (run->has_word && n > 1) {
    /* Plain words with an article are a term ("the Credit Committee"). */
    const uint32_t at = run->first;
    const uint8_t word = at > f->start ? dg_scan_grammar(f->scan, at - 1) : 0;
    const bool term = word == DG_LEX_IS_ARTICLE ||
                      word == DG_LEX_IS_POSSESSIVE ||
                      word == DG_LEX_IS_DEMONSTRATIVE;
    const bool named = run->unknown || run->inner || run->known ||
                       run->linked || f->lang != DG_LANG_EN || !term;
    set_type(name, DG_MENTION_ORG, kind, named ? 0.85F : 0.6F, "org-word");
    return true;
  }
  return false;
}

static bool
type_by_entry(const Finder *f, const Run *run, DgName *name)
{
  const DgLexHit *const hit = run->known;
  if (!hit || hit->end != run->core) {
    return false;
  }
  const DgLexEntry entry = dg_lexicon_entry(f->scan->lexicon, hit->entry);
  const float score = is_sure(hit) ? 0.97F : 0.7F;
  name->entry = hit->entry;
  switch (hit->kind) {
  case DG_LEX_ORG:
    set_type(name, DG_MENTION_ORG, dg_entity_kind_of(entry.is), score,
             "lexicon");
    return true;
  case DG_LEX_PRODUCT:
    set_type(name, DG_MENTION_PRODUCT, DG_ENTITY_PRODUCT, score, "lexicon");
    return true;
  case DG_LEX_PLACE:
    set_type(name, DG_MENTION_PLACE, DG_ENTITY_PLACE, score, "lexicon");
    return true;
  default:
    set_type(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, score, "lexicon");
    return true;
  }
}

/* A head noun just before: "la start-up Ymagis", "chipmaker Nvidia". */
static bool
type_by_head(const Finder *f, uint32_t at, DgName *name)
{
  while (f->lang == DG_LANG_FR && at > f->start && !is_capital(f, at) &&
         has(f, at, DG_LEX_NATIONALITY)) {
    --at; /* "le chimiste belge Kerlann" */
  }
  if (!has(f, at, DG_LEX_HEAD)) {
    return false;
  }
  uint32_t first = at;
  while (first > f->start && has(f, first - 1, DG_LEX_HEAD) && at - first < 4) {
    --first;
  }
  const DgLexHit *hit = NULL;
  for (; first <= at && !hit; ++first) {
    hit = dg_scan_hit(f->scan, first, DG_LEX_HEAD);
    hit = hit && hit->end == at + 1 ? hit : NULL;
  }
  if (!hit) {
    return false;
  }
  if (hit->detail == DG_LEX_IS_PRODUCT) {
    set_type(name, DG_MENTION_PRODUCT, DG_ENTITY_PRODUCT, 0.75F, "head");
  } else if (hit->detail == DG_LEX_IS_PERSON) {
    set_type(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.75F, "head");
  } else {
    set_type(name, DG_MENTION_ORG, dg_entity_kind_of((DgLexDetail)hit->detail),
             0.85F, "head");
  }
  return true;
}

/* After the name: ", une start-up", ", spécialiste de", ", a maker of". */
static bool
type_by_apposition(const Finder *f, const Run *run, DgName *name)
{
  uint32_t at = run->end;
  if (!is_mark(f, at, ",") && !is_mark(f, at, "(")) {
    return false;
  }
  ++at;
  const DgLexHit *const cue =
      at < f->stop ? dg_scan_hit(f->scan, at, DG_LEX_CUE) : NULL;
  if (cue && cue->detail == DG_LEX_IS_SEAT) {
    set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.75F, "seat");
    return true;
  }
  if (cue && cue->detail == DG_LEX_IS_ORG_AFTER && is_mark(f, at - 1, "(")) {
    set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.75F, "former");
    return true;
  }
  for (uint32_t n = 0; n < 5 && at < f->stop; ++n, ++at) {
    const DgLexHit *const head = dg_scan_hit(f->scan, at, DG_LEX_HEAD);
    const DgLexHit *const title = dg_scan_hit(f->scan, at, DG_LEX_TITLE);
    if (title && !head) {
      set_type(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.75F, "title");
      return true;
    }
    if (head && head->detail == DG_LEX_IS_PERSON) {
      set_type(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.75F, "apposition");
      return true;
    }
    if (head && head->detail != DG_LEX_IS_PRODUCT) {
      set_type(name, DG_MENTION_ORG,
               dg_entity_kind_of((DgLexDetail)head->detail), 0.8F,
               "apposition");
      return true;
    }
    const uint8_t word = dg_scan_grammar(f->scan, at);
    if (word != DG_LEX_IS_INDEFINITE && word != DG_LEX_IS_ARTICLE &&
        !has(f, at, DG_LEX_MODIFIER) && !has(f, at, DG_LEX_NATIONALITY) &&
        !(f->lang == DG_LANG_EN && dg_scan_word(f->scan, at).common && n)) {
      return false;
    }
  }
  return false;
}

static bool
type_by_cue(const Finder *f, uint32_t at, DgName *name)
{
  switch (f->scan->cue[at]) {
  case DG_LEX_IS_ORG_AFTER:
    set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.75F, "cue");
    return true;
  case DG_LEX_IS_PERSON_AFTER:
    set_type(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.7F, "cue");
    return true;
  case DG_LEX_IS_PRODUCT_AFTER:
  case DG_LEX_IS_WORK_AFTER:
    set_type(name, DG_MENTION_PRODUCT, DG_ENTITY_PRODUCT, 0.6F, "cue");
    return true;
  default:
    return false;
  }
}

/* A verb of deals after the name. */
static bool
type_by_verb(const Finder *f, const Run *run, DgName *name)
{
  if (!acts(f, run->end)) {
    return false;
  }
  set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.7F, "verb");
  return true;
}

/* Every word of the stretch is a plain one: a phrase, not a name. */
static bool
all_plain(const Finder *f, const Run *run)
{
  for (uint32_t t = run->first; t < run->core; ++t) {
    if (is_initial(f, t)) {
      return false;
    }
    if ((f->tokens[t].flags & DG_TOKEN_WORD) && !is_plain_word(f, t) &&
        !has(f, t, DG_LEX_ORG_WORD) && !has(f, t, DG_LEX_FUND_WORD)) {
      return false;
    }
  }
  return true;
}

/* What has something, or does something, is an actor. */
static bool
type_by_subject(const Finder *f, const Run *run, DgName *name)
{
  const uint32_t at = run->end;
  if (at >= f->stop || f->headline || is_capital(f, at) || all_plain(f, run)) {
    return false;
  }
  const DgLexHit *const deal = dg_scan_hit(f->scan, at, DG_LEX_DEAL_WORD);
  const bool owns = f->lang == DG_LANG_EN && is_mark(f, at, "'s");
  if (!owns && dg_scan_grammar(f->scan, at) != DG_LEX_IS_AUXILIARY &&
      !(deal &&
        (deal->detail == DG_LEX_IS_VERB || deal->detail == DG_LEX_IS_OTHER))) {
    return false;
  }
  set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.6F, "subject");
  return true;
}

static bool
type_by_form(const Finder *f, const Run *run, DgName *name)
{
  const DgToken *const token = &f->tokens[run->first];
  const bool single = run->core - run->first == 1;
  const DgStr surface = dg_token_surface(f->scan->text, token);
  if (single && memchr(surface.ptr, '.', surface.len) &&
      !(token->flags & DG_TOKEN_UPPER)) {
    set_type(name, DG_MENTION_ORG, DG_ENTITY_COMPANY, 0.75F, "domain");
    return true;
  }
  if (single && (token->flags & DG_TOKEN_MIXED) && token->folded_len > 3 &&
      !f->headline) {
    set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.65F, "mixed-case");
    return true;
  }
  if (!single && (token->flags & DG_TOKEN_UPPER) && !f->headline &&
      !(f->tokens[run->core - 1].flags & DG_TOKEN_UPPER)) {
    set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.65F, "acronym");
    return true;
  }
  if (!single && !run->known && !f->headline && run->core - run->first < 4 &&
      is_sure(dg_scan_hit(f->scan, run->core - 1, DG_LEX_PLACE))) {
    set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.7F, "place");
    return true;
  }
  if (run->inner) {
    set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.7F, "inner");
    return true;
  }
  return false;
}

/* "sa filiale polonaise, Kerlann Polska": a tie and a comma before. */
static bool
type_by_tie(const Finder *f, uint32_t comma, DgName *name)
{
  if (!is_mark(f, comma, ",")) {
    return false;
  }
  uint32_t at = comma;
  while (
      at > f->start && comma - at < 3 &&
      (has(f, at - 1, DG_LEX_NATIONALITY) || has(f, at - 1, DG_LEX_MODIFIER))) {
    --at;
  }
  const DgLexHit *const head =
      at > f->start ? dg_scan_hit(f->scan, at - 1, DG_LEX_HEAD) : NULL;
  if (!head || head->detail != DG_LEX_IS_RELATION) {
    return false;
  }
  set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.75F, "tie");
  return true;
}

/* "le cabinet", "the bank": no person is called one. */
static bool
is_firm_head(const Finder *f, uint32_t at)
{
  const DgLexHit *const hit = dg_scan_hit(f->scan, at, DG_LEX_HEAD);
  return hit &&
         (hit->detail == DG_LEX_IS_COMPANY ||
          hit->detail == DG_LEX_IS_STARTUP || hit->detail == DG_LEX_IS_FUND ||
          hit->detail == DG_LEX_IS_BANK);
}

/* "30 % de Kerlann", "au chinois Kerlann". */
static bool
type_by_left(const Finder *f, uint32_t at, DgName *name)
{
  const uint8_t word = dg_scan_grammar(f->scan, at);
  const bool share = word == DG_LEX_IS_LINK && at > f->start &&
                     f->scan->value[at - 1] == DG_VALUE_PERCENT + 1;
  const uint8_t article = at > f->start ? dg_scan_grammar(f->scan, at - 1) : 0;
  const bool people =
      f->lang == DG_LANG_FR && !is_capital(f, at) &&
      has(f, at, DG_LEX_NATIONALITY) &&
      (article == DG_LEX_IS_ARTICLE || article == DG_LEX_IS_CONTRACTED ||
       article == DG_LEX_IS_LINK_ARTICLE);
  const bool place =
      is_mark(f, at, "'s") && at > f->start && has(f, at - 1, DG_LEX_PLACE);
  if (!share && !people && !place) {
    return false;
  }
  set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.7F,
           share    ? "share"
           : people ? "people"
                    : "place");
  return true;
}

/* "CFM-56": a number after a hyphen. */
static bool
is_model(const Finder *f, const Run *run)
{
  const uint32_t last = run->core - 1;
  if (last == run->first && !run->known && is_model_word(f, last)) {
    return true;
  }
  return last > run->first && !run->legal &&
         (f->tokens[last].flags & DG_TOKEN_NUMBER) && is_mark(f, last - 1, "-");
}

/* Quoted on both sides: a title or a word, more often than a firm. */
static bool
is_quoted(const Finder *f, const Run *run)
{
  return run->first > f->start && is_quote(f, run->first - 1) &&
         run->end < f->stop && is_quote(f, run->end);
}

/* "directeur Yves Tal", "its chairman, Yves Tal". */
static bool
is_titled(const Finder *f, const Run *run, uint32_t at)
{
  if (at < run->first && at > f->start && is_mark(f, at, ",")) {
    --at;
  }
  return at < run->first && has(f, at, DG_LEX_TITLE) &&
         run->core - run->first > 1;
}

static void
type_by_context(const Finder *f, const Run *run, DgName *name)
{
  const uint32_t at = before(f, run->first);
  if (is_model(f, run)) {
    set_type(name, DG_MENTION_PRODUCT, DG_ENTITY_PRODUCT, 0.6F, "model");
    return;
  }
  if (is_quoted(f, run) && !run->legal && !run->known &&
      !(at < run->first && is_firm_head(f, at))) {
    set_type(name, DG_MENTION_NAME, DG_ENTITY_UNKNOWN, 0.4F, "quoted");
    return;
  }
  if (run->person && at < run->first && is_firm_head(f, at) &&
      type_by_head(f, at, name)) {
    return;
  }
  if (at < run->first && has(f, at, DG_LEX_HONORIFIC)) {
    set_type(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.95F, "honorific");
    return;
  }
  const bool first_name =
      run->core - run->first == 1 && !run->known &&
      is_sure(dg_scan_hit(f->scan, run->first, DG_LEX_FIRST_NAME));
  if (first_name && at < run->first && is_firm_head(f, at) &&
      type_by_head(f, at, name)) {
    return;
  }
  if (first_name) {
    set_type(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.5F, "first-name");
    return;
  }
  if (type_by_words(f, run, name) ||
      (at < run->first && type_by_head(f, at, name)) ||
      type_by_apposition(f, run, name) ||
      (at < run->first &&
       (type_by_cue(f, at, name) || type_by_left(f, at, name) ||
        type_by_tie(f, at, name)))) {
    return;
  }
  if (is_titled(f, run, at)) {
    set_type(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.8F, "title");
    return;
  }
  if (type_by_form(f, run, name) || type_by_verb(f, run, name)) {
    return;
  }
  const DgLexHit *const first =
      dg_scan_hit(f->scan, run->first, DG_LEX_FIRST_NAME);
  if (first && run->core - run->first > 1 && !f->headline) {
    set_type(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.6F, "first-name");
    return;
  }
  if (type_by_subject(f, run, name)) {
    return;
  }
  set_type(name, DG_MENTION_NAME, DG_ENTITY_UNKNOWN, 0.5F, "capital");
}

/* "au Numérique": an article makes a capitalised word a noun. */
static bool
has_article(const Finder *f, uint32_t at)
{
  const uint8_t word = at > f->start ? dg_scan_grammar(f->scan, at - 1) : 0;
  return word == DG_LEX_IS_ARTICLE || word == DG_LEX_IS_CONTRACTED ||
         word == DG_LEX_IS_LINK_ARTICLE;
}

static bool
is_weak(const Finder *f, const Run *run, const DgName *name)
{
  if (is_sure(run->known) || run->legal) {
    return false;
  }
  const bool opens =
      f->headline || (f->tokens[run->first].flags & DG_TOKEN_FIRST);
  const bool plain = all_plain(f, run);
  const bool single = run->core - run->first == 1;
  const uint8_t common = dg_scan_word(f->scan, run->first).common;
  if (single && !run->known &&
      (name->type == DG_MENTION_PERSON || common == DG_LEX_IS_STARTER ||
       (name->type == DG_MENTION_NAME &&
        (dg_scan_is_lower_elsewhere(f->scan, run->first) ||
         (common && f->lang == DG_LANG_FR && has_article(f, run->first)))))) {
    return name->score < 0.9F;
  }
  if (run->linked && name->type == DG_MENTION_ORG && acts(f, run->end)) {
    return false;
  }
  if (run->known && run->known->kind == DG_LEX_ORG && f->lang == DG_LANG_EN &&
      !f->headline && is_mark(f, run->end, "'s")) {
    return false;
  }
  if (single && run->known) {
    return opens && name->score < 0.8F && plain;
  }
  if (single && plain &&
      (has(f, run->first, DG_LEX_ORG_WORD) || has(f, run->first, DG_LEX_HEAD) ||
       has(f, run->first, DG_LEX_TITLE))) {
    return true;
  }
  if (plain && f->lang == DG_LANG_EN) {
    return name->score < 0.7F || single;
  }
  return plain && opens && (name->score < 0.8F || single);
}

static DgStatus
keep(const Finder *f, const Run *run)
{
  DgName name = { .first = run->first,
                  .end = run->end,
                  .core = run->core,
                  .sentence = f->sentence,
                  .entry = DG_NO_INDEX };
  DgName by_entry = name;
  if (!type_by_entry(f, run, &by_entry)) {
    type_by_context(f, run, &name);
  } else if (is_sure(run->known)) {
    name = by_entry;
  } else {
    type_by_context(f, run, &name);
    if (name.type == by_entry.type || name.type == DG_MENTION_NAME) {
      by_entry.score = name.type == by_entry.type ? 0.8F : by_entry.score;
      name = by_entry;
    }
  }
  name.weak = is_weak(f, run, &name);
  DgName *const added = DG_VEC_ADD(f->scan->arena, f->names);
  DG_TRY_PTR(added);
  *added = name;
  return DG_OK;
}

/* --------------------------------------------------------------- starting */

/* End of what is no name at a token, or the token itself. */
static uint32_t
skip_end(const Finder *f, uint32_t at, const DgLexHit *known)
{
  const uint32_t reach = known ? known->end : at;
  static const DgLexKind kinds[] = { DG_LEX_NOT_NAME, DG_LEX_TITLE,
                                     DG_LEX_HONORIFIC, DG_LEX_LEGAL_FORM };
  uint32_t end = at;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    const DgLexHit *const hit = dg_scan_hit(f->scan, at, kinds[i]);
    if (hit && is_sure(hit) && hit->end > end &&
        (hit->end > reach || !is_sure(known))) {
      end = hit->end;
    }
  }
  if (end == at && !is_sure(known) && is_measure(f, at)) {
    end = at + 1;
  }
  return end;
}

/* May a name start with this article: "La Halle" within a sentence? */
static bool
article_starts(const Finder *f, uint32_t at)
{
  if (dg_scan_grammar(f->scan, at) != DG_LEX_IS_ARTICLE || f->headline ||
      (f->tokens[at].flags & DG_TOKEN_FIRST) || !is_capital(f, at + 1)) {
    return false;
  }
  /* "rachète Les Petits Bocaux": two capitals after a plain word. */
  const bool within = f->lang == DG_LANG_FR && is_capital(f, at + 2) &&
                      (f->tokens[at - 1].flags & DG_TOKEN_WORD) &&
                      !is_capital(f, at - 1) && !known_at(f, at + 1);
  return within || !is_plain_word(f, at + 1);
}

/* A word before the name proper: "Selon Microsoft", "French Mistral". */
static bool
leads_only(const Finder *f, uint32_t at, const DgLexHit *known)
{
  if (known || starts_person(f, at)) {
    return false;
  }
  if (dg_scan_grammar(f->scan, at)) {
    return !article_starts(f, at) && !is_initial(f, at);
  }
  const bool opens = f->headline || (f->tokens[at].flags & DG_TOKEN_FIRST);
  const uint8_t common = dg_scan_word(f->scan, at).common;
  const bool org = has(f, at, DG_LEX_ORG_WORD);
  const bool next_known = at + 1 < f->stop && is_sure(known_at(f, at + 1));
  if (has(f, at, DG_LEX_NATIONALITY)) {
    return f->lang != DG_LANG_EN || next_known || f->headline ||
           !is_capital(f, at + 1) || has(f, at + 1, DG_LEX_TITLE) ||
           has(f, at + 1, DG_LEX_NOT_NAME) ||
           (has(f, at + 1, DG_LEX_NATIONALITY) &&
            !has(f, at + 1, DG_LEX_ORG_WORD));
  }
  if (opens && f->lang == DG_LANG_FR && is_deal_noun(f, at) && !org) {
    return true; /* "Fusion Suez-Veolia" */
  }
  const bool person = !f->headline && has(f, at, DG_LEX_FIRST_NAME) &&
                      is_capital(f, at + 1) && !next_known;
  if (!opens || !common || person) {
    return false;
  }
  return f->headline
             ? !org || !is_capital(f, at + 1)
             : (common == DG_LEX_IS_STARTER && !org) || (next_known && !org);
}

static bool
may_start(const Finder *f, uint32_t at, const DgLexHit *known)
{
  const uint32_t flags = f->tokens[at].flags;
  if (known) {
    return true;
  }
  if (is_initial(f, at)) {
    return is_capital(f, at + 2) &&
           (is_mark(f, at + 1, "&") || is_mark(f, at + 1, ".") ||
            (is_mark(f, at + 1, "-") && !is_spaced(f, at + 1)));
  }
  return (flags & (DG_TOKEN_CAPITAL | DG_TOKEN_MIXED | DG_TOKEN_UPPER)) &&
         (flags & DG_TOKEN_WORD);
}

/* An ambiguous entry of several words counts when each has its capital. */
static bool
has_capitals(const Finder *f, const DgLexHit *hit)
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
read_name(const Finder *f, uint32_t at, uint32_t *end)
{
  const DgLexHit *known = known_at(f, at);
  if (known && !is_sure(known) && !has_capitals(f, known)) {
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
  Run run = { .first = at, .end = at, .core = at };
  const bool sure_place = is_sure(known) && known->kind == DG_LEX_PLACE;
  run.known = known;
  run.person = !is_sure(known) && starts_person(f, at);
  take(f, &run,
       known && (is_sure(known) || known->end > at + 1) ? known->end : at + 1);
  if (!(sure_place && is_mark(f, run.end, "-"))) {
    grow(f, &run);
  }
  *end = run.end;
  const bool people =
      !known && run.core == at + 1 && has(f, at, DG_LEX_NATIONALITY);
  return people ? DG_OK : keep(f, &run);
}

/* A sentence whose longer words mostly have a capital. */
static bool
is_headline(const Finder *f)
{
  uint32_t words = 0;
  uint32_t capitals = 0;
  if (f->stop > f->start && is_mark(f, f->stop - 1, ".")) {
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
    set_type(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.7F, "list");
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
    Finder f = { .scan = scan,
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
