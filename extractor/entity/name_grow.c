/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/name_p.h"

/* How far a name goes: word by word, with ties, links and legal forms. */

static const DgLexKind known_kinds[] = { DG_LEX_ORG, DG_LEX_PRODUCT,
                                         DG_LEX_PLACE, DG_LEX_PERSON };

/* The longest name of the lexicon that starts at a token, or null. */
const DgLexHit *
dg_finder_known(const DgFinder *f, uint32_t at)
{
  const DgLexHit *best = NULL;
  for (size_t i = 0; i < sizeof known_kinds / sizeof *known_kinds; ++i) {
    const DgLexHit *const hit = dg_scan_hit(f->scan, at, known_kinds[i]);
    if (hit && hit->end <= f->stop &&
        (!best || hit->end > best->end ||
         (hit->end == best->end && dg_lex_is_sure(hit) &&
          !dg_lex_is_sure(best)))) {
      best = hit;
    }
  }
  return best;
}

/* A word that starts sentences or is plain in this text: no name by itself. */
bool
dg_finder_is_plain(const DgFinder *f, uint32_t at)
{
  const uint32_t plain = 1U << DG_LEX_HEAD | 1U << DG_LEX_TITLE |
                         1U << DG_LEX_MODIFIER | 1U << DG_LEX_DEAL_WORD |
                         1U << DG_LEX_HONORIFIC;
  const DgLexWord word = dg_scan_word(f->scan, at);
  return (f->scan->covers[at] & plain) || word.common || word.grammar ||
         dg_scan_is_lower_elsewhere(f->scan, at);
}

static const DgLexHit *
legal_at(const DgFinder *f, uint32_t at)
{
  return at < f->stop ? dg_scan_hit(f->scan, at, DG_LEX_LEGAL_FORM) : NULL;
}

/* Particles of a person's name from `at` on: "de", "von der". */
static uint32_t
particles_end(const DgFinder *f, uint32_t at)
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
bool
dg_finder_starts_person(const DgFinder *f, uint32_t at)
{
  const DgLexHit *const hit = dg_scan_hit(f->scan, at, DG_LEX_FIRST_NAME);
  if (!dg_lex_is_sure(hit)) {
    return false;
  }
  const uint32_t next = particles_end(f, hit->end);
  return dg_finder_is_capital(f, next) && dg_finder_is_spaced(f, hit->end) &&
         !dg_finder_has(f, next, DG_LEX_ORG_WORD) &&
         !dg_finder_has(f, next, DG_LEX_FUND_WORD) &&
         !(next > hit->end && dg_lex_is_sure(dg_finder_known(f, next)));
}

void
dg_run_take(const DgFinder *f, DgRun *run, uint32_t end)
{
  for (uint32_t t = run->end; t < end; ++t) {
    const DgLexHit *const org = dg_scan_hit(f->scan, t, DG_LEX_ORG_WORD);
    if (org && dg_finder_is_capital(f, t)) {
      /* "Ministry of Defence": what a link adds does not say the kind. */
      run->word =
          run->linked && run->word ? run->word : (DgLexDetail)org->detail;
      run->has_word = true;
    }
    run->fund = dg_finder_has(f, t, DG_LEX_FUND_WORD);
    run->has_word |= run->fund;
    if (!run->inner) {
      const DgLexHit *const hit = dg_scan_hit(f->scan, t, DG_LEX_ORG);
      run->inner = dg_lex_is_sure(hit) ? hit : NULL;
    }
    run->unknown |= !f->scan->covers[t] && !dg_scan_word(f->scan, t).common;
  }
  run->end = end;
  run->core = end;
}

/* A legal form, after a comma or not; it ends the name. */
static bool
take_legal(const DgFinder *f, DgRun *run)
{
  const uint32_t at =
      dg_finder_is_mark(f, run->end, ",") ? run->end + 1 : run->end;
  const DgLexHit *hit = legal_at(f, at);
  if (!hit || hit->end > f->stop || !dg_finder_is_spaced(f, at)) {
    return false;
  }
  if (at > run->end && !dg_finder_is_capital(f, at)) {
    return false;
  }
  run->core = run->end;
  run->end = hit->end;
  run->legal = true;
  while ((hit = legal_at(f, run->end)) != NULL) {
    run->end = hit->end;
  }
  if (run->end == f->stop && dg_finder_is_mark(f, run->end - 1, ".")) {
    --run->end; /* the point is the sentence's */
  }
  return true;
}

/* "of", "de", "du", with an article: may lead on within a body's name. */
static uint32_t
link_end(const DgFinder *f, uint32_t at)
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
is_ending(const DgFinder *f, uint32_t at)
{
  const DgLexHit *const hit = dg_scan_hit(f->scan, at, DG_LEX_NOT_NAME);
  return hit && hit->detail == DG_LEX_IS_AFTER;
}

/* Is the word an actor's of a deal: does it sign, buy, become, have? */
bool
dg_finder_acts(const DgFinder *f, uint32_t at)
{
  const uint32_t limit = at + 2;
  for (; at < f->stop && !dg_finder_is_capital(f, at); ++at) {
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
is_noun_here(const DgFinder *f, uint32_t at, const DgLexHit *hit)
{
  return dg_scan_grammar(f->scan, at - 1) == DG_LEX_IS_LINK_ARTICLE &&
         hit->kind == DG_LEX_ORG && hit->end == at + 1 &&
         !(f->tokens[at].flags & DG_TOKEN_UPPER);
}

/* "ministre des Finances": the words of a function. */
static bool
is_of_title(const DgFinder *f, uint32_t first)
{
  uint32_t at = first;
  while (at > f->start && first < at + 3 && dg_scan_grammar(f->scan, at - 1)) {
    --at;
  }
  return at < first && at > f->start && dg_finder_has(f, at - 1, DG_LEX_TITLE);
}

/*
 * "Gaz du Nord", "Fermiers d'Ille": within a sentence only a name gives a
 * common noun its capital, and what the link adds belongs to it. As first
 * word it may be a description ("Usine de Nantes"), unless it acts.
 */
static bool
links_name(const DgFinder *f, const DgRun *run, uint32_t next)
{
  const DgLexHit *const hit = dg_finder_known(f, next);
  const bool ending = is_ending(f, next);
  if (f->lang == DG_LANG_EN || f->headline || run->known ||
      dg_finder_starts_person(f, next) ||
      (dg_lex_is_sure(hit) && hit->kind != DG_LEX_PLACE &&
       !is_noun_here(f, next, hit)) ||
      (dg_finder_has(f, next, DG_LEX_NOT_NAME) && !ending) ||
      dg_finder_has(f, next, DG_LEX_HONORIFIC) ||
      dg_finder_has(f, run->first, DG_LEX_NATIONALITY) ||
      is_of_title(f, run->first)) {
    return false;
  }
  if (f->tokens[run->first].flags & DG_TOKEN_FIRST) {
    return !dg_finder_has(f, run->first, DG_LEX_HEAD) &&
           dg_finder_acts(f, dg_lex_is_sure(hit) ? hit->end : next + 1);
  }
  const bool plain = dg_finder_is_plain(f, run->first);
  return plain || ending || run->linked ||
         (dg_lex_is_sure(hit) ? hit->kind == DG_LEX_ORG
                              : !dg_finder_has(f, next, DG_LEX_FIRST_NAME));
}

static bool
take_link(const DgFinder *f, DgRun *run)
{
  const uint32_t next = link_end(f, run->end);
  if (next == run->end || !dg_finder_is_capital(f, next) ||
      dg_finder_is_measure(f, next)) {
    return false;
  }
  if (run->person) {
    return false;
  }
  if (links_name(f, run, next)) {
    const DgLexHit *const place = dg_finder_known(f, next);
    run->linked = true;
    dg_run_take(f, run, dg_lex_is_sure(place) ? place->end : next + 1);
    return true;
  }
  const bool led = f->lang == DG_LANG_EN
                       ? run->has_word
                       : dg_finder_has(f, run->first, DG_LEX_ORG_WORD) &&
                             run->word != DG_LEX_IS_COMPANY;
  const DgLexHit *const hit = dg_finder_known(f, next);
  if (!led || run->known || (dg_lex_is_sure(hit) && hit->kind == DG_LEX_ORG) ||
      dg_finder_has(f, next, DG_LEX_NOT_NAME)) {
    return false;
  }
  run->linked = true;
  dg_run_take(f, run, dg_lex_is_sure(hit) ? hit->end : next + 1);
  return true;
}

static bool
take_particle(const DgFinder *f, DgRun *run)
{
  const uint32_t at = particles_end(f, run->end);
  if (!run->person || run->end - run->first != 1 || at == run->end ||
      !dg_finder_is_capital(f, at) || dg_lex_is_sure(dg_finder_known(f, at))) {
    return false;
  }
  dg_run_take(f, run, at + 1);
  return true;
}

bool
dg_finder_is_deal_noun(const DgFinder *f, uint32_t at)
{
  const DgLexHit *const hit = dg_scan_hit(f->scan, at, DG_LEX_DEAL_WORD);
  return hit && hit->detail != DG_LEX_IS_VERB;
}

/* "Suez-Veolia": a hyphen between two known firms is no part of a name. */
static bool
are_two(const DgFinder *f, const DgRun *run, uint32_t next)
{
  const DgLexHit *const hit = dg_finder_known(f, next);
  const uint32_t beside = f->lang == DG_LANG_EN ? next + 1 : run->first - 1;
  if (run->end == run->first + 1 && beside < f->stop && beside >= f->start &&
      dg_finder_is_deal_noun(f, beside)) {
    return true; /* "fusion Kerlann-Voltiza" */
  }
  return dg_lex_is_sure(run->known) && run->known->kind == DG_LEX_ORG &&
         run->known->end == run->end && dg_lex_is_sure(hit) &&
         hit->kind == DG_LEX_ORG;
}

/* "&", "+", a hyphen or the point of an initial that ties two words. */
static bool
take_tie(const DgFinder *f, DgRun *run)
{
  const uint32_t at = run->end;
  const bool hyphen = dg_finder_is_mark(f, at, "-") &&
                      !dg_finder_is_spaced(f, at) &&
                      !dg_finder_is_spaced(f, at + 1);
  const bool point = dg_finder_is_mark(f, at, ".") &&
                     dg_finder_is_initial(f, at - 1) &&
                     !dg_finder_is_spaced(f, at);
  const bool and =
      (dg_finder_is_mark(f, at, "&") || dg_finder_is_mark(f, at, "+")) &&
      !run->person;
  if (!(hyphen || point || and) || at + 1 >= f->stop) {
    return false;
  }
  const uint32_t next = at + 1;
  if (hyphen && are_two(f, run, next)) {
    return false;
  }
  if (!dg_finder_is_capital(f, next) &&
      !(hyphen && (f->tokens[next].flags & DG_TOKEN_NUMBER))) {
    return false;
  }
  dg_run_take(f, run, next + 1);
  return true;
}

/* "Oil and Gas": a conjunction between two org words. */
static bool
take_pair(const DgFinder *f, DgRun *run)
{
  const uint32_t at = run->end;
  if (at + 1 >= f->stop ||
      dg_scan_grammar(f->scan, at) != DG_LEX_IS_CONJUNCTION ||
      !dg_finder_is_capital(f, at + 1) || run->person || run->known) {
    return false;
  }
  const bool both = dg_finder_has(f, at - 1, DG_LEX_ORG_WORD) &&
                    dg_finder_has(f, at + 1, DG_LEX_ORG_WORD);
  if (!both &&
      !(run->linked && f->lang == DG_LANG_EN && !dg_finder_known(f, at + 1))) {
    return false;
  }
  dg_run_take(f, run, at + 2);
  return true;
}

/* A known name starts within the stretch: does it belong to it? */
static bool
joins_known(const DgFinder *f, const DgRun *run, const DgLexHit *hit)
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
bool
dg_finder_is_model(const DgFinder *f, uint32_t at)
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
take_ending(const DgFinder *f, DgRun *run)
{
  const uint32_t at = run->end;
  const bool place = run->known && run->known->kind == DG_LEX_PLACE;
  if (!is_ending(f, at) || f->headline || run->person || place ||
      !(f->tokens[at].flags & DG_TOKEN_CAPITAL)) {
    return false;
  }
  dg_run_take(f, run, at + 1);
  return true;
}

/* "Maïf Vie": a plain noun with a capital after a firm's name. */
static bool
names_branch(const DgFinder *f, const DgRun *run, uint32_t at)
{
  const uint32_t other = 1U << DG_LEX_HEAD | 1U << DG_LEX_TITLE |
                         1U << DG_LEX_DEAL_WORD | 1U << DG_LEX_HONORIFIC;
  return run->known->kind == DG_LEX_ORG && !dg_finder_is_capital(f, at + 1) &&
         (f->tokens[at].flags & DG_TOKEN_CAPITAL) &&
         !(f->tokens[at].flags & DG_TOKEN_UPPER) &&
         !(f->scan->covers[at] & other);
}

static bool
take_word(const DgFinder *f, DgRun *run)
{
  const uint32_t at = run->end;
  if (!dg_finder_is_capital(f, at) || dg_finder_is_measure(f, at) ||
      !dg_finder_is_spaced(f, at) || dg_finder_has(f, at, DG_LEX_HONORIFIC)) {
    return false;
  }
  if (take_ending(f, run)) {
    return true;
  }
  if (dg_finder_is_model(f, at) && !run->person) {
    return false;
  }
  const DgLexHit *const hit = dg_finder_known(f, at);
  if (dg_lex_is_sure(hit)) {
    if (!joins_known(f, run, hit)) {
      return false;
    }
    dg_run_take(f, run, hit->end);
    run->inner = run->person ? NULL : run->inner;
    return true;
  }
  const bool word = dg_finder_has(f, at, DG_LEX_ORG_WORD) ||
                    dg_finder_has(f, at, DG_LEX_FUND_WORD);
  if (!word && (dg_finder_has(f, at, DG_LEX_NOT_NAME) ||
                dg_finder_has(f, at, DG_LEX_TITLE))) {
    return false;
  }
  const bool shouted =
      (f->tokens[at].flags & DG_TOKEN_UPPER) && f->tokens[at].folded_len > 4;
  if ((f->headline || shouted) && dg_finder_is_plain(f, at) && !word) {
    return false;
  }
  if (dg_scan_grammar(f->scan, at) &&
      dg_scan_grammar(f->scan, at) != DG_LEX_IS_PARTICLE &&
      !dg_finder_is_initial(f, at)) {
    const bool surname = run->person && dg_finder_is_capital(f, at + 1);
    if (surname) { /* "Bruno Le Maire" */
      dg_run_take(f, run, at + 2);
    }
    return surname;
  }
  if (run->known && !word &&
      (dg_finder_starts_person(f, at) ||
       (f->lang == DG_LANG_FR && dg_finder_is_plain(f, at) &&
        !names_branch(f, run, at)))) {
    return false;
  }
  if (run->person && (word || run->end - run->first >= 5)) {
    return word && !(dg_finder_has(f, at, DG_LEX_HEAD) && f->lang == DG_LANG_FR)
               ? (run->person = false, dg_run_take(f, run, at + 1), true)
               : false;
  }
  dg_run_take(f, run, at + 1);
  return true;
}

/* "Solutio 30 lève": a short number that counts nothing. */
static bool
is_bare_number(const DgFinder *f, const DgRun *run)
{
  const uint32_t at = run->end;
  const uint8_t word = at + 1 < f->stop ? dg_scan_grammar(f->scan, at + 1) : 0;
  return !f->headline && run->end == run->first + 1 && run->unknown &&
         !run->known && f->tokens[at].folded_len < 4 &&
         dg_finder_is_spaced(f, at) && !dg_finder_is_measure(f, at) &&
         (at + 1 == f->stop || dg_finder_is_mark(f, at + 1, ".") ||
          dg_finder_is_mark(f, at + 1, ",") || word == DG_LEX_IS_AUXILIARY ||
          word == DG_LEX_IS_CLITIC || dg_finder_acts(f, at + 1));
}

/* "OrPower 4, Inc.": a number that a legal form follows. */
static bool
take_number(const DgFinder *f, DgRun *run)
{
  const uint32_t at = run->end;
  if (at >= f->stop || !(f->tokens[at].flags & DG_TOKEN_NUMBER)) {
    return false;
  }
  if (is_bare_number(f, run)) {
    dg_run_take(f, run, at + 1);
    return true;
  }
  if (at + 1 >= f->stop) {
    return false;
  }
  const uint32_t legal = dg_finder_is_mark(f, at + 1, ",") ? at + 2 : at + 1;
  if (!legal_at(f, legal) || !dg_finder_is_capital(f, legal)) {
    return false;
  }
  dg_run_take(f, run, at + 1);
  return true;
}

void
dg_run_grow(const DgFinder *f, DgRun *run)
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
