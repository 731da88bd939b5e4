/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/near.h"

#include "base/utf8.h"
#include "merge/names.h"
#include "rdf/vocab.h"
#include "store/lookup.h"

#include <stdlib.h>

enum { MOST_OF_A_KEY = 60 /* names that share a word, or it says nothing */ };

/* ---- actors ---- */

typedef struct {
  DgDataset *set;
  DgArena *arena;
  DgId label;
  DgId country;
  DgId replaced;
  DgId roles[DG_TOLD_ROLE_COUNT];
} Reader;

/* The least of all values of a property, or absent. */
static DgStatus
least_value(const Reader *r, DgId s, DgId p, DgStr *value)
{
  DgIds found = { 0 };
  const DgIdQuad pattern = { s, p, 0, 0 };
  *value = DG_STR_NONE;
  if (p == DG_ID_NONE) {
    return DG_OK;
  }
  DG_TRY(dg_lookup_all(r->set, pattern, 'o', r->arena, &found));
  for (size_t i = 0; i < found.n; ++i) {
    DgTerm term;
    DG_TRY(r->set->class_->term(r->set, found.items[i], r->arena, &term));
    if (!value->ptr || dg_str_compare(term.value, *value) < 0) {
      *value = term.value;
    }
  }
  return DG_OK;
}

static DgStatus
read_row(const Reader *r, DgId actor, DgActorRow *row)
{
  DG_TRY(least_value(r, actor, r->label, &row->name));
  DG_TRY(least_value(r, actor, r->country, &row->country));
  DG_TRY(least_value(r, actor, r->replaced, &row->replaced));
  for (size_t i = 0; i < DG_TOLD_ROLE_COUNT; ++i) {
    uint64_t n;
    bool exact;
    const DgIdQuad pattern = { 0, r->roles[i], actor, 0 };
    if (r->roles[i] != DG_ID_NONE) {
      DG_TRY(r->set->class_->count(r->set, pattern, &n, &exact));
      row->deals += n;
    }
  }
  return DG_OK;
}

static int
compare_rows(const void *a, const void *b)
{
  return dg_str_compare(((const DgActorRow *)a)->iri,
                        ((const DgActorRow *)b)->iri);
}

DgStatus
dg_actor_rows(DgDataset *set, DgArena *arena, DgActorRows *rows)
{
  Reader r = { .set = set, .arena = arena };
  DgIds actors = { 0 };
  DG_TRY(dg_lookup_iri(set, DG_V_rdfs_label, &r.label));
  DG_TRY(dg_lookup_iri(set, DG_V_deal_country, &r.country));
  DG_TRY(dg_lookup_iri(set, DG_V_dcterms_isReplacedBy, &r.replaced));
  for (size_t i = 0; i < DG_TOLD_ROLE_COUNT; ++i) {
    DG_TRY(dg_lookup_iri(set, dg_told_roles[i].iri, &r.roles[i]));
  }
  if (r.label == DG_ID_NONE) {
    return DG_OK;
  }
  const DgIdQuad pattern = { 0, r.label, 0, 0 };
  DG_TRY(dg_lookup_all(set, pattern, 's', arena, &actors));
  for (size_t i = 0; i < actors.n; ++i) {
    DgTerm term;
    DG_TRY(set->class_->term(set, actors.items[i], arena, &term));
    if (dg_str_find(term.value, DG_STR("/company/"), 0) == SIZE_MAX) {
      continue;
    }
    DgActorRow *const row = DG_VEC_ADD(arena, rows);
    DG_TRY_PTR(row);
    *row = (DgActorRow){ .iri = term.value };
    DG_TRY(read_row(&r, actors.items[i], row));
  }
  if (rows->n) {
    qsort(rows->items, rows->n, sizeof(DgActorRow), compare_rows);
  }
  return DG_OK;
}

/* ---- near names ---- */

typedef struct {
  uint64_t key;
  size_t row;
} Entry;

typedef DG_VEC(Entry) Entries;

static DgStatus
add_entry(DgArena *arena, Entries *entries, DgStr piece, char kind, size_t row)
{
  Entry *const entry = DG_VEC_ADD(arena, entries);
  DG_TRY_PTR(entry);
  *entry = (Entry){ dg_str_hash(piece) + (unsigned char)kind, row };
  return DG_OK;
}

/* The first four letters, and each word of at least three. */
static DgStatus
add_entries(DgArena *arena, Entries *entries, DgStr name, size_t row)
{
  char *const folded = dg_arena_alloc(arena, name.len * 3 + 1);
  DG_TRY_PTR(folded);
  DgStr rest = dg_str_n(folded, dg_utf8_fold(name, folded));
  DG_TRY(add_entry(arena, entries, dg_str_sub(rest, 0, 4), 'f', row));
  DgStr word;
  while (dg_str_cut(&rest, ' ', &word)) {
    if (word.len >= 3) {
      DG_TRY(add_entry(arena, entries, word, 'w', row));
    }
  }
  return DG_OK;
}

static int
compare_entries(const void *a, const void *b)
{
  const Entry *const x = a;
  const Entry *const y = b;
  return x->key != y->key ? x->key < y->key ? -1 : 1
                          : (x->row > y->row) - (x->row < y->row);
}

static int
compare_pairs(const void *a, const void *b)
{
  const DgNearPair *const x = a;
  const DgNearPair *const y = b;
  if (x->score != y->score) {
    return x->score > y->score ? -1 : 1;
  }
  return x->a != y->a ? x->a < y->a ? -1 : 1 : (x->b > y->b) - (x->b < y->b);
}

typedef struct {
  const DgActorRows *rows;
  DgNameSimilarity similarity;
  double least;
  DgArena *arena;
  DgArena *scratch;
  DgNearPairs *pairs;
} Near;

static DgStatus
compare_names(const Near *near, size_t one, size_t other)
{
  const DgActorRow *const a = &near->rows->items[one];
  const DgActorRow *const b = &near->rows->items[other];
  dg_arena_reset(near->scratch);
  const double score = near->similarity(a->name, b->name, near->scratch);
  if (score < near->least) {
    return DG_OK;
  }
  DgNearPair *const pair = DG_VEC_ADD(near->arena, near->pairs);
  DG_TRY_PTR(pair);
  const bool turned = b->deals > a->deals;
  *pair = (DgNearPair){ turned ? other : one, turned ? one : other, score };
  return DG_OK;
}

static DgStatus
compare_block(const Near *near, const Entry *entries, size_t n)
{
  for (size_t i = 0; i < n && n <= MOST_OF_A_KEY; ++i) {
    for (size_t j = i + 1; j < n; ++j) {
      if (entries[i].row != entries[j].row) {
        DG_TRY(compare_names(near, entries[i].row, entries[j].row));
      }
    }
  }
  return DG_OK;
}

static void
keep_once(DgNearPairs *pairs)
{
  size_t kept = 0;
  if (pairs->n) {
    qsort(pairs->items, pairs->n, sizeof(DgNearPair), compare_pairs);
  }
  for (size_t i = 0; i < pairs->n; ++i) {
    if (!kept || compare_pairs(&pairs->items[i], &pairs->items[kept - 1])) {
      pairs->items[kept++] = pairs->items[i];
    }
  }
  pairs->n = kept;
}

static DgStatus
compare_all(const Near *near)
{
  Entries entries = { 0 };
  for (size_t i = 0; i < near->rows->n; ++i) {
    if (!near->rows->items[i].replaced.len) {
      DG_TRY(add_entries(near->arena, &entries, near->rows->items[i].name, i));
    }
  }
  if (entries.n) {
    qsort(entries.items, entries.n, sizeof(Entry), compare_entries);
  }
  for (size_t i = 0, end; i < entries.n; i = end) {
    for (end = i + 1;
         end < entries.n && entries.items[end].key == entries.items[i].key;) {
      ++end;
    }
    DG_TRY(compare_block(near, entries.items + i, end - i));
  }
  keep_once(near->pairs);
  return DG_OK;
}

DgStatus
dg_near_pairs(const DgActorRows *rows, DgNameSimilarity similarity,
              double least, DgArena *arena, DgNearPairs *pairs)
{
  const Near near = { rows, similarity, least, arena, dg_arena_new(), pairs };
  DG_TRY_PTR(near.scratch);
  const DgStatus status = compare_all(&near);
  dg_arena_free(near.scratch);
  return status;
}
