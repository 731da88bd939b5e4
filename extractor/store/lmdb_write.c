/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/lmdb_p.h"

#include <stdlib.h>

/*
 * Quads that are added or removed are first only noted, since whether they
 * were there is all that must be known at once. Before the next look into an
 * index, at the commit, or when there are many, they go into the six indexes:
 * sorted in its order, each run of them that falls into one block is merged
 * with it.
 *
 * In passing, the neighbours of each quad in the indexes say whether it is the
 * first or last one of its subject, predicate, object or graph, which keeps
 * the counts exact.
 */

/* Pending quads. */

static uint64_t
hash_quad(const DgIdQuad *quad)
{
  uint64_t hash = quad->s * 0x9E3779B97F4A7C15U;
  hash = (hash ^ hash >> 29 ^ quad->p) * 0xBF58476D1CE4E5B9U;
  hash = (hash ^ hash >> 32 ^ quad->o) * 0x94D049BB133111EBU;
  hash = (hash ^ hash >> 29 ^ quad->g) * 0x9E3779B97F4A7C15U;
  return hash ^ hash >> 32;
}

static bool
same_quad(const DgIdQuad *a, const DgIdQuad *b)
{
  return a->s == b->s && a->p == b->p && a->o == b->o && a->g == b->g;
}

static size_t
pending_slot(const DgPending *pending, const DgIdQuad *quad)
{
  size_t at = hash_quad(quad) & (pending->size - 1);
  while (pending->slots[at] &&
         !same_quad(&pending->items[pending->slots[at] - 1].quad, quad)) {
    at = (at + 1) & (pending->size - 1);
  }
  return at;
}

static DgPendingQuad *
find_pending(const DgPending *pending, const DgIdQuad *quad)
{
  if (!pending->n) {
    return NULL;
  }
  const uint32_t place = pending->slots[pending_slot(pending, quad)];
  return place ? &pending->items[place - 1] : NULL;
}

static DgStatus
grow_pending(DgPending *pending)
{
  const size_t cap = pending->cap ? pending->cap * 2 : 1024;
  DgPendingQuad *const items =
      realloc(pending->items, cap * sizeof *pending->items);
  DG_TRY_PTR(items);
  pending->items = items;
  uint32_t *const slots = calloc(cap * 2, sizeof *slots);
  DG_TRY_PTR(slots);
  free(pending->slots);
  pending->slots = slots;
  pending->size = cap * 2;
  pending->cap = cap;
  for (size_t i = 0; i < pending->n; ++i) {
    pending->slots[pending_slot(pending, &items[i].quad)] = (uint32_t)i + 1;
  }
  return DG_OK;
}

static DgStatus
note_quad(DgPending *pending, const DgIdQuad *quad, bool was, bool is)
{
  if (pending->n == pending->cap) {
    DG_TRY(grow_pending(pending));
  }
  pending->items[pending->n] = (DgPendingQuad){ *quad, was, is };
  pending->slots[pending_slot(pending, quad)] = (uint32_t)++pending->n;
  return DG_OK;
}

static void
reset_pending(DgPending *pending)
{
  pending->n = 0;
  if (pending->slots) {
    memset(pending->slots, 0, pending->size * sizeof *pending->slots);
  }
}

void
dg_pending_clear(DgPending *pending)
{
  free(pending->items);
  free(pending->slots);
  *pending = (DgPending){ NULL, 0, 0, NULL, 0 };
}

static bool
is_new_term(const DgLmdb *db, DgId id)
{
  return !dg_id_is_inline(id) && dg_id_kind(id) != DG_ID_KIND_NONE &&
         dg_id_number(id) >= db->old_terms;
}

/* In the file? A quad with a term that is newer cannot be. */
static DgStatus
in_file(DgLmdb *db, const DgIdQuad *quad, bool *has)
{
  *has = false;
  if (is_new_term(db, quad->s) || is_new_term(db, quad->g) ||
      is_new_term(db, quad->o) || is_new_term(db, quad->p)) {
    return DG_OK;
  }
  return dg_lmdb_has(db, quad, has);
}

/* Make a quad be there, or not be there. */
static DgStatus
set_quad(DgLmdb *db, const DgIdQuad *quad, bool is)
{
  DgPendingQuad *const noted = find_pending(&db->pending, quad);
  if (noted) {
    const bool same = noted->is == is;
    noted->is = is;
    return same ? DG_NO_MATCH : DG_OK;
  }
  bool was = false;
  DG_TRY(in_file(db, quad, &was));
  if (was == is) {
    return DG_NO_MATCH;
  }
  DG_TRY(note_quad(&db->pending, quad, was, is));
  return db->pending.n < DG_LMDB_FLUSH ? DG_OK : dg_lmdb_flush(db);
}

static DgStatus
set_checked(DgDataset *self, const DgIdQuad *quad, bool is)
{
  DgLmdb *const db = dg_lmdb_of(self);
  if (!db->writer) {
    return DG_UNSUPPORTED;
  }
  if (!quad->s || !quad->p || !quad->o || !quad->g) {
    return DG_USAGE;
  }
  const DgStatus status = set_quad(db, quad, is);
  if (status != DG_OK && status != DG_NO_MATCH) {
    dg_lmdb_note_failure(db, status);
  }
  return status;
}

DgStatus
dg_lmdb_add(DgDataset *self, DgIdQuad quad)
{
  return set_checked(self, &quad, true);
}

DgStatus
dg_lmdb_remove(DgDataset *self, DgIdQuad quad)
{
  return set_checked(self, &quad, false);
}

/* Merging. */

/* A pending quad in the order of an index. */
typedef struct {
  DgKey key;
  bool add;
} Step;

/* What a flush changes the counts by. */
typedef struct {
  DgLmdbChange all;
  int64_t predicates;
  int64_t graphs;
  DgLmdbChanges by_predicate;
  DgLmdbChanges by_graph;
} Tally;

/* One index being written to. */
typedef struct {
  DgLmdb *db;
  MDB_cursor *cursor;
  int index;
  Tally *tally;
  bool failed;        /* out of memory in the tally */
  DgLmdbChange spare; /* takes the changes then */
  DgKey *merged;      /* [merged_cap] */
  size_t merged_cap;
} Merge;

/* The block that a run of steps falls into, and what stands around it. */
typedef struct {
  uint8_t key[32];
  bool exists;
  bool is_last;
  bool has_before;
  bool has_after;
  DgKey before; /* the greatest key of the block before */
  DgKey after;  /* the least one of the block after */
  DgKey keys[DG_BLOCK_KEYS];
  size_t n;
} Block;

static DgStatus
read_block(Block *block, const MDB_val *value)
{
  DgBlockReader reader;
  DG_TRY(dg_block_open(&reader, value->mv_data, value->mv_size));
  DgStatus status;
  while ((status = dg_block_next(&reader)) == DG_OK) {
    if (block->n == DG_BLOCK_KEYS) {
      return DG_BROKEN;
    }
    block->keys[block->n++] = reader.key;
  }
  return status == DG_NO_MATCH ? DG_OK : status;
}

/* The neighbours: the cursor stands on the block, or after all of them. */
static DgStatus
read_neighbours(Merge *m, Block *block)
{
  MDB_val key;
  MDB_val value;
  if (block->exists && !block->is_last) {
    const int code = mdb_cursor_get(m->cursor, &key, &value, MDB_NEXT);
    if (!code) {
      DgBlockReader reader;
      DG_TRY(dg_block_open(&reader, value.mv_data, value.mv_size));
      block->after = reader.key;
      block->has_after = true;
    } else if (code != MDB_NOTFOUND) {
      return dg_lmdb_status(code);
    }
  }
  int code = 0;
  if (block->exists) {
    key = (MDB_val){ sizeof block->key, block->key };
    code = mdb_cursor_get(m->cursor, &key, &value, MDB_SET);
    code = code ? code : mdb_cursor_get(m->cursor, &key, &value, MDB_PREV);
  } else {
    code = mdb_cursor_get(m->cursor, &key, &value, MDB_LAST);
  }
  if (code) {
    return code == MDB_NOTFOUND ? DG_OK : dg_lmdb_status(code);
  }
  dg_lmdb_bytes_key(key.mv_data, &block->before);
  block->has_before = true;
  return DG_OK;
}

/* Read the block that `key` belongs to. */
static DgStatus
load_block(Merge *m, const DgKey *key, Block *block)
{
  uint8_t bytes[32];
  dg_lmdb_key_bytes(key, bytes);
  MDB_val k = { sizeof bytes, bytes };
  MDB_val value;
  const int code = mdb_cursor_get(m->cursor, &k, &value, MDB_SET_RANGE);
  if (code && code != MDB_NOTFOUND) {
    return dg_lmdb_status(code);
  }
  block->n = 0;
  block->has_before = false;
  block->has_after = false;
  block->exists = !code;
  memcpy(block->key, code ? dg_lmdb_last_key : k.mv_data, sizeof block->key);
  block->is_last = !memcmp(block->key, dg_lmdb_last_key, sizeof block->key);
  if (block->exists) {
    DG_TRY(read_block(block, &value));
  }
  return read_neighbours(m, block);
}

static DgLmdbChange *
change_of(Merge *m, DgLmdbChanges *changes, DgId id)
{
  DgLmdbChange *const change = dg_changes_at(changes, id);
  m->failed |= !change;
  return change ? change : &m->spare;
}

/* Count a quad that comes (+1) or goes (-1) between two neighbours; `shared`
 * is how many first places it has in common with either. */
static void
tally_quad(Merge *m, const DgKey *key, int shared, int64_t step)
{
  Tally *const t = m->tally;
  switch (m->index) {
  case 0: /* spog */
    t->all.subjects += shared < 1 ? step : 0;
    if (shared < 2) {
      change_of(m, &t->by_predicate, key->at[1])->subjects += step;
    }
    break;
  case 1: /* posg */
    t->predicates += shared < 1 ? step : 0;
    change_of(m, &t->by_predicate, key->at[0])->quads += step;
    if (shared < 2) {
      change_of(m, &t->by_predicate, key->at[0])->objects += step;
    }
    break;
  case 2: /* ospg */
    t->all.objects += shared < 1 ? step : 0;
    break;
  case 3: /* gspo */
    t->all.quads += step;
    t->graphs += shared < 1 ? step : 0;
    change_of(m, &t->by_graph, key->at[0])->quads += step;
    break;
  default:
    break;
  }
}

static int
shared_around(const Block *block, const DgKey *merged, size_t n, size_t old,
              const DgKey *key)
{
  const DgKey *const before = n                   ? &merged[n - 1]
                              : block->has_before ? &block->before
                                                  : NULL;
  const DgKey *const after = old < block->n     ? &block->keys[old]
                             : block->has_after ? &block->after
                                                : NULL;
  const int left = before ? dg_key_shared(before, key) : 0;
  const int right = after ? dg_key_shared(after, key) : 0;
  return left > right ? left : right;
}

/* Merge steps [n_steps] into the block's keys, one at a time in order: what
 * stands before is merged already, what stands after is not yet. */
static DgStatus
merge_steps(Merge *m, const Block *block, const Step *steps, size_t n_steps,
            size_t *n_merged)
{
  size_t old = 0;
  size_t n = 0;
  for (size_t i = 0; i < n_steps; ++i) {
    const DgKey *const key = &steps[i].key;
    int order = -1;
    while (old < block->n &&
           (order = dg_key_compare(&block->keys[old], key)) < 0) {
      m->merged[n++] = block->keys[old++];
    }
    const bool there = old < block->n && order == 0;
    if (there == steps[i].add) {
      return DG_BROKEN; /* the indexes disagree */
    }
    old += there;
    tally_quad(m, key, shared_around(block, m->merged, n, old, key),
               steps[i].add ? 1 : -1);
    if (steps[i].add) {
      m->merged[n++] = *key;
    }
  }
  while (old < block->n) {
    m->merged[n++] = block->keys[old++];
  }
  *n_merged = n;
  return DG_OK;
}

/* Bytes that a block may take, so that a split gives parts of one size; the
 * last block is filled instead, since more will come after it. */
static size_t
split_size(const Block *block, const DgKey *keys, size_t n)
{
  if (block->is_last) {
    return DG_BLOCK_BYTES;
  }
  size_t total = 0;
  for (size_t i = 0; i < n; ++i) {
    total += dg_block_cost(i ? &keys[i - 1] : NULL, &keys[i]);
  }
  const size_t room = DG_BLOCK_BYTES - 2;
  if (total <= room) {
    return DG_BLOCK_BYTES;
  }
  const size_t parts = total / (room - 48) + 1;
  return total / parts + 48;
}

static int
put_block(Merge *m, const DgBlockWriter *writer, const uint8_t *fixed)
{
  uint8_t bytes[32];
  dg_lmdb_key_bytes(&writer->last, bytes);
  if (fixed) {
    memcpy(bytes, fixed, sizeof bytes);
  }
  MDB_val key = { sizeof bytes, bytes };
  MDB_val value = { writer->size, (void *)(uintptr_t)writer->bytes };
  return mdb_cursor_put(m->cursor, &key, &value, 0);
}

static int
delete_block(Merge *m, const Block *block)
{
  MDB_val key = { sizeof block->key, (void *)(uintptr_t)block->key };
  MDB_val value;
  const int code = mdb_cursor_get(m->cursor, &key, &value, MDB_SET);
  return code ? code : mdb_cursor_del(m->cursor, 0);
}

/* Put the merged keys in the block's place. */
static DgStatus
store_merged(Merge *m, const Block *block, size_t n)
{
  const DgKey *const keys = m->merged;
  int code = 0;
  uint8_t last[32];
  if (n) {
    dg_lmdb_key_bytes(&keys[n - 1], last);
  }
  const bool keeps_key =
      n && (block->is_last || !memcmp(last, block->key, sizeof last));
  if (block->exists && !keeps_key) {
    code = delete_block(m, block);
  }
  const size_t limit = split_size(block, keys, n);
  DgBlockWriter writer;
  dg_block_start(&writer);
  for (size_t i = 0; !code && i < n; ++i) {
    if (!dg_block_add(&writer, &keys[i], limit)) {
      code = put_block(m, &writer, NULL);
      dg_block_start(&writer);
      (void)dg_block_add(&writer, &keys[i], limit);
    }
  }
  if (!code && n) {
    code = put_block(m, &writer, block->is_last ? dg_lmdb_last_key : NULL);
  }
  return dg_lmdb_status(code);
}

static DgStatus
reserve_merged(Merge *m, size_t n)
{
  if (n > m->merged_cap) {
    DgKey *const keys = realloc(m->merged, n * 2 * sizeof *keys);
    DG_TRY_PTR(keys);
    m->merged = keys;
    m->merged_cap = n * 2;
  }
  return DG_OK;
}

/* How many of the steps belong to the block. */
static size_t
steps_within(const Block *block, const Step *steps, size_t n)
{
  if (block->is_last) {
    return n;
  }
  DgKey upper;
  dg_lmdb_bytes_key(block->key, &upper);
  size_t within = 1;
  while (within < n && dg_key_compare(&steps[within].key, &upper) <= 0) {
    ++within;
  }
  return within;
}

static DgStatus
merge_index(Merge *m, const Step *steps, size_t n_steps)
{
  Block *const block = malloc(sizeof *block);
  DG_TRY_PTR(block);
  DgStatus status = DG_OK;
  for (size_t i = 0; status == DG_OK && i < n_steps;) {
    size_t merged = 0;
    size_t within = 0;
    status = load_block(m, &steps[i].key, block);
    if (status == DG_OK) {
      within = steps_within(block, steps + i, n_steps - i);
      status = reserve_merged(m, block->n + within);
    }
    if (status == DG_OK) {
      status = merge_steps(m, block, steps + i, within, &merged);
    }
    if (status == DG_OK) {
      status = store_merged(m, block, merged);
    }
    i += within;
  }
  free(block);
  return m->failed && status == DG_OK ? DG_NO_MEMORY : status;
}

static int
compare_steps(const void *a, const void *b)
{
  return dg_key_compare(&((const Step *)a)->key, &((const Step *)b)->key);
}

static DgStatus
flush_index(DgLmdb *db, int index, Tally *tally, Step *steps)
{
  size_t n = 0;
  for (size_t i = 0; i < db->pending.n; ++i) {
    const DgPendingQuad *const quad = &db->pending.items[i];
    if (quad->was != quad->is) {
      steps[n++] = (Step){ dg_key_of(&quad->quad, index), quad->is };
    }
  }
  qsort(steps, n, sizeof *steps, compare_steps);
  Merge merge = { .db = db, .index = index, .tally = tally };
  DG_TRY(dg_lmdb_status(
      mdb_cursor_open(db->writer, db->file->tables[index], &merge.cursor)));
  const DgStatus status = merge_index(&merge, steps, n);
  mdb_cursor_close(merge.cursor);
  free(merge.merged);
  return status;
}

static DgStatus
add_to_count(DgLmdb *db, char place, const DgLmdbChange *change)
{
  const MDB_dbi table = db->file->tables[DG_LMDB_COUNTS];
  DgLmdbCount count;
  DG_TRY(dg_lmdb_get_count(db->writer, table, place, 0, &count));
  count.quads += (uint64_t)change->quads;
  count.subjects += (uint64_t)change->subjects;
  count.objects += (uint64_t)change->objects;
  return dg_lmdb_put_count(db->writer, table, place, 0, &count);
}

static DgStatus
store_tally(DgLmdb *db, Tally *tally)
{
  const MDB_dbi table = db->file->tables[DG_LMDB_COUNTS];
  const DgLmdbChange predicates = { .quads = tally->predicates };
  const DgLmdbChange graphs = { .quads = tally->graphs };
  DG_TRY(add_to_count(db, 'a', &tally->all));
  DG_TRY(add_to_count(db, 'P', &predicates));
  DG_TRY(add_to_count(db, 'G', &graphs));
  DG_TRY(dg_changes_apply(&tally->by_predicate, db->writer, table, 'p'));
  return dg_changes_apply(&tally->by_graph, db->writer, table, 'g');
}

static DgStatus
flush_all(DgLmdb *db)
{
  Step *const steps = malloc(db->pending.n * sizeof *steps);
  DG_TRY_PTR(steps);
  Tally tally = { .predicates = 0 };
  DgStatus status = DG_OK;
  for (int i = 0; status == DG_OK && i < DG_INDEXES; ++i) {
    status = flush_index(db, i, &tally, steps);
  }
  free(steps);
  status = status == DG_OK ? store_tally(db, &tally) : status;
  free(tally.by_predicate.slots);
  free(tally.by_graph.slots);
  reset_pending(&db->pending);
  ++db->changes;
  db->old_terms = db->next_term;
  return status;
}

DgStatus
dg_lmdb_flush(DgLmdb *db)
{
  if (!db->writer || !db->pending.n) {
    return DG_OK;
  }
  const DgStatus status = flush_all(db);
  if (status != DG_OK) {
    dg_lmdb_note_failure(db, status);
  }
  return status;
}
