/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/term_table.h"

#include "store/id.h"

#include <stdlib.h>

typedef struct {
  DgTerm term;
  uint64_t hash;
} Entry;

struct DgTermTable {
  DgArena *arena; /**< strings of terms */
  Entry *entries; /**< [n] by id */
  size_t n;
  size_t cap;
  uint32_t *slots; /**< [n_slots] index + 1 into `entries`, or 0 */
  size_t n_slots;  /**< a power of two */
  DgStr last_type; /**< datatype copied last: most repeat it */
};

DgTermTable *
dg_term_table_new(void)
{
  DgTermTable *const table = calloc(1, sizeof *table);
  if (!table) {
    return NULL;
  }
  table->arena = dg_arena_new();
  table->n_slots = 1024;
  table->slots = calloc(table->n_slots, sizeof *table->slots);
  if (!table->arena || !table->slots) {
    dg_term_table_free(table);
    return NULL;
  }
  return table;
}

void
dg_term_table_free(DgTermTable *table)
{
  if (table) {
    dg_arena_free(table->arena);
    free(table->entries);
    free(table->slots);
    free(table);
  }
}

static size_t
find_slot(const DgTermTable *table, const DgTerm *term, uint64_t hash)
{
  const size_t mask = table->n_slots - 1;
  size_t at = (hash ^ (hash >> 32)) & mask;
  while (table->slots[at]) {
    const Entry *const entry = &table->entries[table->slots[at] - 1];
    if (entry->hash == hash && dg_term_equal(&entry->term, term)) {
      break;
    }
    at = (at + 1) & mask;
  }
  return at;
}

static DgStatus
grow_slots(DgTermTable *table)
{
  const size_t more = table->n_slots * 2;
  uint32_t *const slots = calloc(more, sizeof *slots);
  DG_TRY_PTR(slots);
  free(table->slots);
  table->slots = slots;
  table->n_slots = more;
  for (size_t i = 0; i < table->n; ++i) {
    const uint64_t hash = table->entries[i].hash;
    size_t at = (hash ^ (hash >> 32)) & (more - 1);
    while (slots[at]) {
      at = (at + 1) & (more - 1);
    }
    slots[at] = (uint32_t)i + 1;
  }
  return DG_OK;
}

static DgStatus
make_room(DgTermTable *table)
{
  if (table->n >= UINT32_MAX - 1) {
    return DG_LIMIT;
  }
  if (table->n == table->cap) {
    const size_t more = table->cap ? table->cap * 2 : 256;
    Entry *const entries = realloc(table->entries, more * sizeof *entries);
    DG_TRY_PTR(entries);
    table->entries = entries;
    table->cap = more;
  }
  return table->n * 2 >= table->n_slots ? grow_slots(table) : DG_OK;
}

DgStatus
dg_term_table_find(const DgTermTable *table, const DgTerm *term, DgId *id)
{
  if (term->kind == DG_TERM_NONE) {
    *id = DG_ID_DEFAULT_GRAPH;
    return DG_OK;
  }
  if (dg_id_encode(term, id) == DG_OK) {
    return DG_OK;
  }
  const size_t slot = find_slot(table, term, dg_term_hash(term));
  if (!table->slots[slot]) {
    return DG_NO_MATCH;
  }
  *id = dg_id_make(dg_id_kind_of(term), table->slots[slot]);
  return DG_OK;
}

static DgStatus
copy_term(DgTermTable *table, const DgTerm *term, DgTerm *copy)
{
  DgTerm plain = *term;
  plain.datatype = DG_STR_NONE;
  DG_TRY(dg_term_copy(table->arena, &plain, copy));
  if (term->datatype.ptr && !dg_str_equal(table->last_type, term->datatype)) {
    table->last_type = dg_arena_copy(table->arena, term->datatype);
    DG_TRY_PTR(table->last_type.ptr);
  }
  copy->datatype = term->datatype.ptr ? table->last_type : DG_STR_NONE;
  return DG_OK;
}

DgStatus
dg_term_table_add(DgTermTable *table, const DgTerm *term, DgId *id)
{
  if (term->kind == DG_TERM_NONE) {
    *id = DG_ID_DEFAULT_GRAPH;
    return DG_OK;
  }
  if (dg_id_encode(term, id) == DG_OK) {
    return DG_OK;
  }
  DG_TRY(make_room(table));
  const uint64_t hash = dg_term_hash(term);
  const size_t slot = find_slot(table, term, hash);
  if (!table->slots[slot]) {
    Entry *const entry = &table->entries[table->n];
    DG_TRY(copy_term(table, term, &entry->term));
    entry->hash = hash;
    table->slots[slot] = (uint32_t)++table->n;
  }
  *id = dg_id_make(dg_id_kind_of(term), table->slots[slot]);
  return DG_OK;
}

DgStatus
dg_term_table_get(const DgTermTable *table, DgId id, DgArena *arena,
                  DgTerm *term)
{
  if (dg_id_is_inline(id)) {
    return dg_id_term(id, arena, term);
  }
  if (id == DG_ID_DEFAULT_GRAPH) {
    *term = (DgTerm){ 0 };
    return DG_OK;
  }
  const uint64_t number = dg_id_number(id);
  if (dg_id_kind(id) == DG_ID_KIND_NONE || !number || number > table->n) {
    return DG_NOT_FOUND;
  }
  *term = table->entries[number - 1].term;
  return DG_OK;
}

size_t
dg_term_table_size(const DgTermTable *table)
{
  return dg_arena_used(table->arena) + table->cap * sizeof *table->entries +
         table->n_slots * sizeof *table->slots;
}
