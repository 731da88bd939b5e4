/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/name_p.h"

#include "base/vec.h"

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

void
dg_name_set(DgName *name, DgMentionType type, DgEntityKind kind, float score,
            const char *reason)
{
  name->type = type;
  name->kind = kind;
  name->score = score;
  name->reason = reason;
}

static bool
is_quote(const DgFinder *f, uint32_t at)
{
  return dg_finder_is_mark(f, at, "\"") ||
         dg_finder_is_mark(f, at, "\xC2\xAB") ||
         dg_finder_is_mark(f, at, "\xE2\x80\x9C") ||
         dg_finder_is_mark(f, at, "\xC2\xBB") ||
         dg_finder_is_mark(f, at, "\xE2\x80\x9D");
}

/* The token before a name, article and quote stepped over; or `first`. */
static uint32_t
before(const DgFinder *f, uint32_t first)
{
  uint32_t at = first;
  while (at > f->start &&
         (is_quote(f, at - 1) ||
          (dg_scan_grammar(f->scan, at - 1) == DG_LEX_IS_ARTICLE &&
           at == first))) {
    --at;
  }
  if (at > f->start + 1 && dg_finder_is_mark(f, at - 1, "-") &&
      !dg_finder_is_spaced(f, at)) {
    --at; /* "ex-Kerlann" */
  }
  return at > f->start ? at - 1 : first;
}

static bool
type_by_words(const DgFinder *f, const DgRun *run, DgName *name)
{
  const DgEntityKind kind =
      run->fund ? DG_ENTITY_FUND : dg_entity_kind_of(run->word);
  const uint32_t n = run->core - run->first;
  if (run->legal) {
    dg_name_set(name, DG_MENTION_ORG, kind ? kind : DG_ENTITY_COMPANY, 0.95F,
                "legal-form");
    return true;
  }
  if (run->person && n > 1) {
    dg_name_set(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.9F, "first-name");
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
    dg_name_set(name, DG_MENTION_ORG, kind, named ? 0.85F : 0.6F, "org-word");
    return true;
  }
  return false;
}

static bool
type_by_entry(const DgFinder *f, const DgRun *run, DgName *name)
{
  const DgLexHit *const hit = run->known;
  if (!hit || hit->end != run->core) {
    return false;
  }
  const DgLexEntry entry = dg_lexicon_entry(f->scan->lexicon, hit->entry);
  const float score = dg_lex_is_sure(hit) ? 0.97F : 0.7F;
  name->entry = hit->entry;
  switch (hit->kind) {
  case DG_LEX_ORG:
    dg_name_set(name, DG_MENTION_ORG, dg_entity_kind_of(entry.is), score,
                "lexicon");
    return true;
  case DG_LEX_PRODUCT:
    dg_name_set(name, DG_MENTION_PRODUCT, DG_ENTITY_PRODUCT, score, "lexicon");
    return true;
  case DG_LEX_PLACE:
    dg_name_set(name, DG_MENTION_PLACE, DG_ENTITY_PLACE, score, "lexicon");
    return true;
  default:
    dg_name_set(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, score, "lexicon");
    return true;
  }
}

/* A head noun just before: "la start-up Ymagis", "chipmaker Nvidia". */
static bool
type_by_head(const DgFinder *f, uint32_t at, DgName *name)
{
  while (f->lang == DG_LANG_FR && at > f->start &&
         !dg_finder_is_capital(f, at) &&
         dg_finder_has(f, at, DG_LEX_NATIONALITY)) {
    --at; /* "le chimiste belge Kerlann" */
  }
  if (!dg_finder_has(f, at, DG_LEX_HEAD)) {
    return false;
  }
  uint32_t first = at;
  while (first > f->start && dg_finder_has(f, first - 1, DG_LEX_HEAD) &&
         at - first < 4) {
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
    dg_name_set(name, DG_MENTION_PRODUCT, DG_ENTITY_PRODUCT, 0.75F, "head");
  } else if (hit->detail == DG_LEX_IS_PERSON) {
    dg_name_set(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.75F, "head");
  } else {
    dg_name_set(name, DG_MENTION_ORG,
                dg_entity_kind_of((DgLexDetail)hit->detail), 0.85F, "head");
  }
  return true;
}

/* After the name: ", une start-up", ", spécialiste de", ", a maker of". */
static bool
type_by_apposition(const DgFinder *f, const DgRun *run, DgName *name)
{
  uint32_t at = run->end;
  if (!dg_finder_is_mark(f, at, ",") && !dg_finder_is_mark(f, at, "(")) {
    return false;
  }
  ++at;
  const DgLexHit *const cue =
      at < f->stop ? dg_scan_hit(f->scan, at, DG_LEX_CUE) : NULL;
  if (cue && cue->detail == DG_LEX_IS_SEAT) {
    dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.75F, "seat");
    return true;
  }
  if (cue && cue->detail == DG_LEX_IS_ORG_AFTER &&
      dg_finder_is_mark(f, at - 1, "(")) {
    dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.75F, "former");
    return true;
  }
  for (uint32_t n = 0; n < 5 && at < f->stop; ++n, ++at) {
    const DgLexHit *const head = dg_scan_hit(f->scan, at, DG_LEX_HEAD);
    const DgLexHit *const title = dg_scan_hit(f->scan, at, DG_LEX_TITLE);
    if (title && !head) {
      dg_name_set(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.75F, "title");
      return true;
    }
    if (head && head->detail == DG_LEX_IS_PERSON) {
      dg_name_set(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.75F,
                  "apposition");
      return true;
    }
    if (head && head->detail != DG_LEX_IS_PRODUCT) {
      dg_name_set(name, DG_MENTION_ORG,
                  dg_entity_kind_of((DgLexDetail)head->detail), 0.8F,
                  "apposition");
      return true;
    }
    const uint8_t word = dg_scan_grammar(f->scan, at);
    if (word != DG_LEX_IS_INDEFINITE && word != DG_LEX_IS_ARTICLE &&
        !dg_finder_has(f, at, DG_LEX_MODIFIER) &&
        !dg_finder_has(f, at, DG_LEX_NATIONALITY) &&
        !(f->lang == DG_LANG_EN && dg_scan_word(f->scan, at).common && n)) {
      return false;
    }
  }
  return false;
}

static bool
type_by_cue(const DgFinder *f, uint32_t at, DgName *name)
{
  switch (f->scan->cue[at]) {
  case DG_LEX_IS_ORG_AFTER:
    dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.75F, "cue");
    return true;
  case DG_LEX_IS_PERSON_AFTER:
    dg_name_set(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.7F, "cue");
    return true;
  case DG_LEX_IS_PRODUCT_AFTER:
  case DG_LEX_IS_WORK_AFTER:
    dg_name_set(name, DG_MENTION_PRODUCT, DG_ENTITY_PRODUCT, 0.6F, "cue");
    return true;
  default:
    return false;
  }
}

/* "X is chairman of", "X est un éditeur": what a name is said to be. */
static bool
type_by_predicate(const DgFinder *f, const DgRun *run, DgName *name)
{
  const DgLexHit *const copula =
      run->end < f->stop ? dg_scan_hit(f->scan, run->end, DG_LEX_CUE) : NULL;
  if (!copula || copula->detail != DG_LEX_IS_COPULA || f->headline) {
    return false;
  }
  for (uint32_t at = copula->end; at < f->stop && at < copula->end + 5; ++at) {
    const DgLexHit *const head = dg_scan_hit(f->scan, at, DG_LEX_HEAD);
    const bool product = head && head->detail == DG_LEX_IS_PRODUCT;
    const DgLexHit *const title = dg_scan_hit(f->scan, at, DG_LEX_TITLE);
    if ((title && !head &&
         (title->detail == DG_LEX_IS_EXECUTIVE ||
          title->detail == DG_LEX_IS_FOUNDER)) ||
        (head && head->detail == DG_LEX_IS_PERSON)) {
      dg_name_set(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.75F,
                  "predicate");
      return true;
    }
    if (head && !product && head->detail != DG_LEX_IS_RELATION) {
      dg_name_set(name, DG_MENTION_ORG,
                  dg_entity_kind_of((DgLexDetail)head->detail), 0.75F,
                  "predicate");
      return true;
    }
    const uint8_t word = dg_scan_grammar(f->scan, at);
    if (product || dg_finder_is_capital(f, at) ||
        (word && word != DG_LEX_IS_INDEFINITE && word != DG_LEX_IS_ARTICLE) ||
        !(f->tokens[at].flags & DG_TOKEN_WORD)) {
      return false;
    }
  }
  return false;
}

/* A verb of deals after the name. */
static bool
type_by_verb(const DgFinder *f, const DgRun *run, DgName *name)
{
  if (!dg_finder_acts(f, run->end)) {
    return false;
  }
  dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.7F, "verb");
  return true;
}

/* Every word of the stretch is a plain one: a phrase, not a name. */
static bool
all_plain(const DgFinder *f, const DgRun *run)
{
  for (uint32_t t = run->first; t < run->core; ++t) {
    if (dg_finder_is_initial(f, t)) {
      return false;
    }
    if ((f->tokens[t].flags & DG_TOKEN_WORD) && !dg_finder_is_plain(f, t) &&
        !dg_finder_has(f, t, DG_LEX_ORG_WORD) &&
        !dg_finder_has(f, t, DG_LEX_FUND_WORD)) {
      return false;
    }
  }
  return true;
}

/* What has something, or does something, is an actor. */
static bool
type_by_subject(const DgFinder *f, const DgRun *run, DgName *name)
{
  const uint32_t at = run->end;
  if (at >= f->stop || f->headline || dg_finder_is_capital(f, at) ||
      all_plain(f, run)) {
    return false;
  }
  const DgLexHit *const deal = dg_scan_hit(f->scan, at, DG_LEX_DEAL_WORD);
  const bool owns = f->lang == DG_LANG_EN && dg_finder_is_mark(f, at, "'s");
  if (!owns && dg_scan_grammar(f->scan, at) != DG_LEX_IS_AUXILIARY &&
      !(deal &&
        (deal->detail == DG_LEX_IS_VERB || deal->detail == DG_LEX_IS_OTHER))) {
    return false;
  }
  dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.6F, "subject");
  return true;
}

static bool
type_by_form(const DgFinder *f, const DgRun *run, DgName *name)
{
  const DgToken *const token = &f->tokens[run->first];
  const bool single = run->core - run->first == 1;
  const DgStr surface = dg_token_surface(f->scan->text, token);
  if (single && memchr(surface.ptr, '.', surface.len) &&
      !(token->flags & DG_TOKEN_UPPER)) {
    dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_COMPANY, 0.75F, "domain");
    return true;
  }
  if (single && (token->flags & DG_TOKEN_MIXED) && token->folded_len > 3 &&
      !f->headline) {
    dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.65F, "mixed-case");
    return true;
  }
  if (!single && (token->flags & DG_TOKEN_UPPER) && !f->headline &&
      !(f->tokens[run->core - 1].flags & DG_TOKEN_UPPER)) {
    dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.65F, "acronym");
    return true;
  }
  if (!single && !run->known && !f->headline && run->core - run->first < 4 &&
      dg_lex_is_sure(dg_scan_hit(f->scan, run->core - 1, DG_LEX_PLACE))) {
    dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.7F, "place");
    return true;
  }
  if (run->inner) {
    dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.7F, "inner");
    return true;
  }
  return false;
}

/* "sa filiale polonaise, Kerlann Polska": a tie and a comma before. */
static bool
type_by_tie(const DgFinder *f, uint32_t comma, DgName *name)
{
  if (!dg_finder_is_mark(f, comma, ",")) {
    return false;
  }
  uint32_t at = comma;
  while (at > f->start && comma - at < 3 &&
         (dg_finder_has(f, at - 1, DG_LEX_NATIONALITY) ||
          dg_finder_has(f, at - 1, DG_LEX_MODIFIER))) {
    --at;
  }
  const DgLexHit *const head =
      at > f->start ? dg_scan_hit(f->scan, at - 1, DG_LEX_HEAD) : NULL;
  if (!head || head->detail != DG_LEX_IS_RELATION) {
    return false;
  }
  dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.75F, "tie");
  return true;
}

/* "le cabinet", "the bank": no person is called one. */
static bool
is_firm_head(const DgFinder *f, uint32_t at)
{
  const DgLexHit *const hit = dg_scan_hit(f->scan, at, DG_LEX_HEAD);
  return hit &&
         (hit->detail == DG_LEX_IS_COMPANY ||
          hit->detail == DG_LEX_IS_STARTUP || hit->detail == DG_LEX_IS_FUND ||
          hit->detail == DG_LEX_IS_BANK);
}

/* "30 % de Kerlann", "au chinois Kerlann". */
static bool
type_by_left(const DgFinder *f, uint32_t at, DgName *name)
{
  const uint8_t word = dg_scan_grammar(f->scan, at);
  const bool share = word == DG_LEX_IS_LINK && at > f->start &&
                     f->scan->value[at - 1] == DG_VALUE_PERCENT + 1;
  const uint8_t article = at > f->start ? dg_scan_grammar(f->scan, at - 1) : 0;
  const bool people =
      f->lang == DG_LANG_FR && !dg_finder_is_capital(f, at) &&
      dg_finder_has(f, at, DG_LEX_NATIONALITY) &&
      (article == DG_LEX_IS_ARTICLE || article == DG_LEX_IS_CONTRACTED ||
       article == DG_LEX_IS_LINK_ARTICLE);
  const bool place = dg_finder_is_mark(f, at, "'s") && at > f->start &&
                     dg_finder_has(f, at - 1, DG_LEX_PLACE);
  if (!share && !people && !place) {
    return false;
  }
  dg_name_set(name, DG_MENTION_ORG, DG_ENTITY_UNKNOWN, 0.7F,
              share    ? "share"
              : people ? "people"
                       : "place");
  return true;
}

/* "CFM-56": a number after a hyphen. */
static bool
is_model(const DgFinder *f, const DgRun *run)
{
  const uint32_t last = run->core - 1;
  if (last == run->first && !run->known && dg_finder_is_model(f, last)) {
    return true;
  }
  return last > run->first && !run->legal &&
         (f->tokens[last].flags & DG_TOKEN_NUMBER) &&
         dg_finder_is_mark(f, last - 1, "-");
}

/* Quoted on both sides: a title or a word, more often than a firm. */
static bool
is_quoted(const DgFinder *f, const DgRun *run)
{
  return run->first > f->start && is_quote(f, run->first - 1) &&
         run->end < f->stop && is_quote(f, run->end);
}

/* "directeur Yves Tal", "its chairman, Yves Tal". */
static bool
is_titled(const DgFinder *f, const DgRun *run, uint32_t at)
{
  if (at < run->first && at > f->start && dg_finder_is_mark(f, at, ",")) {
    --at;
  }
  return at < run->first && dg_finder_has(f, at, DG_LEX_TITLE) &&
         run->core - run->first > 1;
}

static void
type_by_context(const DgFinder *f, const DgRun *run, DgName *name)
{
  const uint32_t at = before(f, run->first);
  if (is_model(f, run)) {
    dg_name_set(name, DG_MENTION_PRODUCT, DG_ENTITY_PRODUCT, 0.6F, "model");
    return;
  }
  if (is_quoted(f, run) && !run->legal && !run->known &&
      !(at < run->first && is_firm_head(f, at))) {
    dg_name_set(name, DG_MENTION_NAME, DG_ENTITY_UNKNOWN, 0.4F, "quoted");
    return;
  }
  if (run->person && at < run->first && is_firm_head(f, at) &&
      type_by_head(f, at, name)) {
    return;
  }
  if (at < run->first && dg_finder_has(f, at, DG_LEX_HONORIFIC)) {
    dg_name_set(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.95F, "honorific");
    return;
  }
  const bool first_name =
      run->core - run->first == 1 && !run->known &&
      dg_lex_is_sure(dg_scan_hit(f->scan, run->first, DG_LEX_FIRST_NAME));
  if (first_name && at < run->first && is_firm_head(f, at) &&
      type_by_head(f, at, name)) {
    return;
  }
  if (first_name) {
    dg_name_set(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.5F, "first-name");
    return;
  }
  if (type_by_words(f, run, name) ||
      (at < run->first && type_by_head(f, at, name)) ||
      type_by_apposition(f, run, name) || type_by_predicate(f, run, name) ||
      (at < run->first &&
       (type_by_cue(f, at, name) || type_by_left(f, at, name) ||
        type_by_tie(f, at, name)))) {
    return;
  }
  if (is_titled(f, run, at)) {
    dg_name_set(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.8F, "title");
    return;
  }
  if (type_by_form(f, run, name) || type_by_verb(f, run, name)) {
    return;
  }
  const DgLexHit *const first =
      dg_scan_hit(f->scan, run->first, DG_LEX_FIRST_NAME);
  if (first && run->core - run->first > 1 && !f->headline) {
    dg_name_set(name, DG_MENTION_PERSON, DG_ENTITY_PERSON, 0.6F, "first-name");
    return;
  }
  if (type_by_subject(f, run, name)) {
    return;
  }
  dg_name_set(name, DG_MENTION_NAME, DG_ENTITY_UNKNOWN, 0.5F, "capital");
}

/* "au Numérique": an article makes a capitalised word a noun. */
static bool
has_article(const DgFinder *f, uint32_t at)
{
  const uint8_t word = at > f->start ? dg_scan_grammar(f->scan, at - 1) : 0;
  return word == DG_LEX_IS_ARTICLE || word == DG_LEX_IS_CONTRACTED ||
         word == DG_LEX_IS_LINK_ARTICLE;
}

static bool
is_weak(const DgFinder *f, const DgRun *run, const DgName *name)
{
  if (dg_lex_is_sure(run->known) || run->legal) {
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
  if (run->linked && name->type == DG_MENTION_ORG &&
      dg_finder_acts(f, run->end)) {
    return false;
  }
  if (run->known && run->known->kind == DG_LEX_ORG && f->lang == DG_LANG_EN &&
      !f->headline && dg_finder_is_mark(f, run->end, "'s")) {
    return false;
  }
  if (single && run->known) {
    return opens && name->score < 0.8F && plain;
  }
  if (single && plain &&
      (dg_finder_has(f, run->first, DG_LEX_ORG_WORD) ||
       dg_finder_has(f, run->first, DG_LEX_HEAD) ||
       dg_finder_has(f, run->first, DG_LEX_TITLE))) {
    return true;
  }
  if (plain && f->lang == DG_LANG_EN) {
    return name->score < 0.7F || single;
  }
  return plain && opens && (name->score < 0.8F || single);
}

DgStatus
dg_run_keep(const DgFinder *f, const DgRun *run)
{
  DgName name = { .first = run->first,
                  .end = run->end,
                  .core = run->core,
                  .sentence = f->sentence,
                  .entry = DG_NO_INDEX };
  DgName by_entry = name;
  if (!type_by_entry(f, run, &by_entry)) {
    type_by_context(f, run, &name);
  } else if (dg_lex_is_sure(run->known)) {
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
