/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/entity.h"

#include "base/vec.h"
#include "entity/describe.h"
#include "entity/group.h"

#include <stdlib.h>

static DgSpan
span_of(const DgText *text, uint32_t first, uint32_t end)
{
  return (DgSpan){ text->tokens[first].begin, text->tokens[end - 1].end };
}

static DgStatus
add_names(const DgScan *scan, const DgNames *names, const uint32_t *of_name,
          DgMentions *mentions)
{
  for (size_t i = 0; i < names->n; ++i) {
    const DgName *const name = &names->items[i];
    DgMention *const mention = DG_VEC_ADD(scan->arena, mentions);
    DG_TRY_PTR(mention);
    *mention = (DgMention){ .type = name->type,
                            .form = DG_MENTION_BY_NAME,
                            .first = name->first,
                            .end = name->end,
                            .sentence = name->sentence,
                            .entity = of_name[i],
                            .value = DG_NO_INDEX,
                            .entry = name->entry,
                            .score = name->score,
                            .reason = name->reason };
  }
  return DG_OK;
}

/* ----------------------------------------------------------------- people */

static uint32_t
link_end(const DgScan *scan, uint32_t at, uint32_t stop)
{
  while (at < stop && (dg_scan_grammar(scan, at) == DG_LEX_IS_LINK ||
                       dg_scan_grammar(scan, at) == DG_LEX_IS_LINK_ARTICLE ||
                       dg_scan_grammar(scan, at) == DG_LEX_IS_ARTICLE ||
                       dg_scan_grammar(scan, at) == DG_LEX_IS_PREPOSITION)) {
    ++at;
  }
  return at;
}

/* Index of the mention in [0, n) that starts at or after a token. */
static size_t
mention_from(const DgMentions *mentions, size_t n, uint32_t token)
{
  size_t low = 0;
  size_t high = n;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (mentions->items[middle].first < token) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/* "PDG de Tesla, Ada Hall", "Ada Hall, PDG de Tesla": whose person it is. */
static void
tie_person(const DgScan *scan, const DgLexHit *title, const DgMentions *m,
           size_t n, DgEntities *entities)
{
  const size_t next = mention_from(m, n, title->end);
  if (next >= n || m->items[next].type != DG_MENTION_ORG ||
      m->items[next].first !=
          link_end(scan, title->end, (uint32_t)scan->text->n_tokens)) {
    return;
  }
  const DgMention *const org = &m->items[next];
  const DgMention *person = next + 1 < n ? &m->items[next + 1] : NULL;
  if (!person || person->type != DG_MENTION_PERSON ||
      person->first > org->end + 1 || person->sentence != org->sentence) {
    person = next > 0 ? &m->items[next - 1] : NULL;
    if (!person || person->type != DG_MENTION_PERSON ||
        person->end + 3 < title->first || person->sentence != org->sentence) {
      return;
    }
  }
  entities->items[person->entity].parent = org->entity;
}

static void
tie_people(const DgScan *scan, const DgMentions *mentions, size_t n,
           DgEntities *entities)
{
  for (size_t i = 0; i < scan->n_hits; ++i) {
    if (scan->hits[i].kind == DG_LEX_TITLE) {
      tie_person(scan, &scan->hits[i], mentions, n, entities);
    }
  }
}

/* ------------------------------------------------------- words and values */

static uint32_t
sentence_of(const DgText *text, uint32_t token, uint32_t *hint)
{
  while (*hint + 1 < text->n_sentences && text->sentences[*hint].end <= token) {
    ++*hint;
  }
  return *hint;
}

static DgStatus
add_words(const DgScan *scan, DgMentions *mentions)
{
  uint32_t hint = 0;
  uint32_t until = 0;
  for (size_t i = 0; i < scan->n_hits; ++i) {
    const DgLexHit *const hit = &scan->hits[i];
    if ((hit->kind != DG_LEX_TITLE && hit->kind != DG_LEX_NATIONALITY) ||
        hit->first < until) {
      continue;
    }
    until = hit->end;
    DgMention *const mention = DG_VEC_ADD(scan->arena, mentions);
    DG_TRY_PTR(mention);
    *mention =
        (DgMention){ .type = hit->kind == DG_LEX_TITLE ? DG_MENTION_TITLE
                                                       : DG_MENTION_NATIONALITY,
                     .first = hit->first,
                     .end = hit->end,
                     .sentence = sentence_of(scan->text, hit->first, &hint),
                     .entity = DG_NO_INDEX,
                     .value = DG_NO_INDEX,
                     .entry = hit->entry,
                     .score = 0.9F,
                     .reason = "lexicon" };
  }
  return DG_OK;
}

static DgMentionType
type_of_value(DgValueKind kind)
{
  static const DgMentionType types[] = {
    [DG_VALUE_NUMBER] = DG_MENTION_NUMBER,
    [DG_VALUE_ORDINAL] = DG_MENTION_NUMBER,
    [DG_VALUE_MONEY] = DG_MENTION_MONEY,
    [DG_VALUE_PERCENT] = DG_MENTION_PERCENT,
    [DG_VALUE_DATE] = DG_MENTION_DATE,
    [DG_VALUE_DURATION] = DG_MENTION_DURATION
  };
  return types[kind];
}

static DgStatus
add_values(const DgScan *scan, const DgValue *values, size_t n,
           DgMentions *mentions)
{
  const DgText *const text = scan->text;
  uint32_t at = 0;
  uint32_t hint = 0;
  for (size_t i = 0; i < n; ++i) {
    while (at < text->n_tokens &&
           text->tokens[at].end <= values[i].span.begin) {
      ++at;
    }
    uint32_t end = at;
    while (end < text->n_tokens &&
           text->tokens[end].begin < values[i].span.end) {
      ++end;
    }
    if (end == at || values[i].kind == DG_VALUE_ORDINAL) {
      continue;
    }
    DgMention *const mention = DG_VEC_ADD(scan->arena, mentions);
    DG_TRY_PTR(mention);
    *mention = (DgMention){ .type = type_of_value(values[i].kind),
                            .first = at,
                            .end = end,
                            .sentence = sentence_of(text, at, &hint),
                            .entity = DG_NO_INDEX,
                            .value = (uint32_t)i,
                            .entry = DG_NO_INDEX,
                            .score = 1,
                            .reason = "value" };
  }
  return DG_OK;
}

/* ---------------------------------------------------------------- in order */

/* Names before values before words: who keeps the tokens that both want. */
static int
rank(const DgMention *m)
{
  if (m->value != DG_NO_INDEX) {
    return m->type == DG_MENTION_NUMBER ? 3 : 1;
  }
  if (m->type == DG_MENTION_TITLE || m->type == DG_MENTION_NATIONALITY) {
    return 4;
  }
  return m->form == DG_MENTION_BY_NAME ? 0 : 2;
}

static int
by_place(const void *a, const void *b)
{
  const DgMention *const x = a;
  const DgMention *const y = b;
  if (x->first != y->first) {
    return x->first < y->first ? -1 : 1;
  }
  if (rank(x) != rank(y)) {
    return rank(x) - rank(y);
  }
  /* "US software maker X" is one mention, not the US. */
  return x->end != y->end ? (x->end > y->end ? -1 : 1) : 0;
}

/* "the Ohio group": the town is a word of the description. */
static bool
is_word_of(const DgMention *place, const DgMention *description)
{
  return place->type == DG_MENTION_PLACE &&
         description->form == DG_MENTION_BY_NOMINAL &&
         description->end >= place->end;
}

/* Sort, and of two that overlap keep the one of better rank. */
static void
put_in_order(const DgText *text, DgMentions *mentions)
{
  if (!mentions->n) {
    return;
  }
  qsort(mentions->items, mentions->n, sizeof *mentions->items, by_place);
  size_t kept = 0;
  for (size_t i = 0; i < mentions->n; ++i) {
    DgMention m = mentions->items[i];
    bool loses = false;
    while (kept && mentions->items[kept - 1].end > m.first && !loses) {
      const DgMention *const last = &mentions->items[kept - 1];
      if (rank(&m) < rank(last) && !is_word_of(&m, last)) {
        --kept;
      } else {
        loses = true;
      }
    }
    if (!loses) {
      m.span = span_of(text, m.first, m.end);
      mentions->items[kept++] = m;
    }
  }
  mentions->n = kept;
}

DgStatus
dg_entities_read(const DgText *text, const DgLexicon *lexicon,
                 const DgValue *values, size_t n_values, DgArena *arena,
                 DgMentions *mentions, DgEntities *entities)
{
  *mentions = (DgMentions){ 0 };
  DgScan scan;
  DgNames names;
  uint32_t *of_name = NULL;
  DG_TRY(dg_scan_read(text, lexicon, values, n_values, arena, &scan));
  DG_TRY(dg_names_read(&scan, &names));
  DG_TRY(dg_entities_group(&scan, &names, entities, &of_name));
  DG_TRY(add_names(&scan, &names, of_name, mentions));
  tie_people(&scan, mentions, names.n, entities);
  DG_TRY(dg_entities_describe(&scan, &names, entities, mentions));
  DG_TRY(add_words(&scan, mentions));
  DG_TRY(add_values(&scan, values, n_values, mentions));
  put_in_order(text, mentions);
  return DG_OK;
}
