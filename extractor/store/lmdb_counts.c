/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/lmdb_p.h"

#include <stdlib.h>

/* A row's key is the place and the id, highest byte first. */
enum { ROW_KEY = 9 };

static void
row_key(char place, DgId id, uint8_t key[ROW_KEY])
{
  const uint64_t big = __builtin_bswap64(id);
  key[0] = (uint8_t)place;
  memcpy(key + 1, &big, sizeof big);
}

DgStatus
dg_lmdb_get_count(MDB_txn *txn, MDB_dbi table, char place, DgId id,
                  DgLmdbCount *count)
{
  uint8_t bytes[ROW_KEY];
  row_key(place, id, bytes);
  MDB_val key = { sizeof bytes, bytes };
  MDB_val value;
  *count = (DgLmdbCount){ 0, 0, 0 };
  const int code = mdb_get(txn, table, &key, &value);
  if (code) {
    return code == MDB_NOTFOUND ? DG_OK : dg_lmdb_status(code);
  }
  if (value.mv_size != sizeof *count) {
    return DG_BROKEN;
  }
  memcpy(count, value.mv_data, sizeof *count);
  return DG_OK;
}

DgStatus
dg_lmdb_put_count(MDB_txn *txn, MDB_dbi table, char place, DgId id,
                  const DgLmdbCount *count)
{
  uint8_t bytes[ROW_KEY];
  row_key(place, id, bytes);
  DgLmdbCount copy = *count;
  MDB_val key = { sizeof bytes, bytes };
  MDB_val value = { sizeof copy, &copy };
  if (!count->quads) {
    const int code = mdb_del(txn, table, &key, NULL);
    return code == MDB_NOTFOUND ? DG_OK : dg_lmdb_status(code);
  }
  return dg_lmdb_status(mdb_put(txn, table, &key, &value, 0));
}

/* Changes. */

static size_t
change_slot(const DgLmdbChanges *changes, DgId id)
{
  size_t at = (id * 0x9E3779B97F4A7C15U >> 20) & (changes->size - 1);
  while (changes->slots[at].id && changes->slots[at].id != id) {
    at = (at + 1) & (changes->size - 1);
  }
  return at;
}

static bool
grow_changes(DgLmdbChanges *changes)
{
  const DgLmdbChanges old = *changes;
  changes->size = old.size ? old.size * 2 : 64;
  changes->slots = calloc(changes->size, sizeof *changes->slots);
  if (!changes->slots) {
    *changes = old;
    return false;
  }
  for (size_t i = 0; i < old.size; ++i) {
    if (old.slots[i].id) {
      changes->slots[change_slot(changes, old.slots[i].id)] = old.slots[i];
    }
  }
  free(old.slots);
  return true;
}

DgLmdbChange *
dg_changes_at(DgLmdbChanges *changes, DgId id)
{
  if (changes->n * 2 >= changes->size && !grow_changes(changes)) {
    return NULL;
  }
  DgLmdbChange *const slot = &changes->slots[change_slot(changes, id)];
  if (!slot->id) {
    slot->id = id;
    ++changes->n;
  }
  return slot;
}

static DgStatus
apply_change(const DgLmdbChange *change, MDB_txn *txn, MDB_dbi table,
             char place)
{
  DgLmdbCount count;
  DG_TRY(dg_lmdb_get_count(txn, table, place, change->id, &count));
  count.quads += (uint64_t)change->quads;
  count.subjects += (uint64_t)change->subjects;
  count.objects += (uint64_t)change->objects;
  return dg_lmdb_put_count(txn, table, place, change->id, &count);
}

DgStatus
dg_changes_apply(DgLmdbChanges *changes, MDB_txn *txn, MDB_dbi table,
                 char place)
{
  DgStatus status = DG_OK;
  for (size_t i = 0; status == DG_OK && i < changes->size; ++i) {
    if (changes->slots[i].id) {
      status = apply_change(&changes->slots[i], txn, table, place);
    }
  }
  free(changes->slots);
  *changes = (DgLmdbChanges){ NULL, 0, 0 };
  return status;
}

DgStatus
dg_tally_key(DgIndexTally *tally, int index, const DgKey *before,
             const DgKey *key)
{
  const int shared = before ? dg_key_shared(before, key) : 0;
  ++tally->quads;
  tally->firsts += shared < 1;
  DgLmdbChange *row = NULL;
  if (index == 0 && shared < 2) { /* spog: subjects of a predicate */
    DG_TRY_PTR(row = dg_changes_at(&tally->rows, key->at[1]));
    ++row->subjects;
  } else if (index == 1) { /* posg */
    DG_TRY_PTR(row = dg_changes_at(&tally->rows, key->at[0]));
    ++row->quads;
    row->objects += shared < 2;
  } else if (index == 3) { /* gspo */
    DG_TRY_PTR(row = dg_changes_at(&tally->rows, key->at[0]));
    ++row->quads;
  }
  return DG_OK;
}

/* Counting for the planner. */

enum { WALK_MOST = 4096 /* blocks, some 0.1 ms */ };

/* A walk over the blocks of one prefix. */
typedef struct {
  DgKey prefix;
  int bound;
  uint64_t n;
  bool whole; /* false when the walk was cut short */
} Walk;

/* Keys of a block that have the prefix. */
static DgStatus
count_part(Walk *walk, const MDB_val *value)
{
  DgBlockReader block;
  DG_TRY(dg_block_open(&block, value->mv_data, value->mv_size));
  DgStatus status;
  while ((status = dg_block_next(&block)) == DG_OK) {
    walk->n += dg_key_same(&block.key, &walk->prefix, walk->bound);
  }
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
walk_blocks(DgLmdb *db, int index, Walk *walk)
{
  uint8_t bytes[32];
  dg_lmdb_key_bytes(&walk->prefix, bytes);
  MDB_val key = { sizeof bytes, bytes };
  MDB_val value;
  MDB_cursor *cursor = NULL;
  int code = dg_lmdb_lookup(db, (unsigned)index, &cursor);
  code = code ? code : mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
  for (int turn = 0; !code; ++turn) {
    DgKey upper;
    dg_lmdb_bytes_key(key.mv_data, &upper);
    const bool to_end = dg_key_same(&upper, &walk->prefix, walk->bound);
    if (turn && to_end) {
      walk->n += dg_block_count(value.mv_data, value.mv_size);
    } else {
      DG_TRY(count_part(walk, &value));
    }
    if (!to_end) {
      return DG_OK;
    }
    if (turn == WALK_MOST) {
      walk->whole = false;
      return DG_OK;
    }
    code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
  }
  return code == MDB_NOTFOUND ? DG_OK : dg_lmdb_status(code);
}

static DgStatus
all_counts(DgLmdb *db, char place, DgId id, DgLmdbCount *count)
{
  return dg_lmdb_get_count(dg_lmdb_txn(db), db->file->tables[DG_LMDB_COUNTS],
                           place, id, count);
}

static DgStatus
count_walk(DgLmdb *db, const DgIdQuad *pattern, uint64_t *n, bool *exact)
{
  Walk walk = { .whole = true };
  const int index = dg_order_choose(pattern, DG_ORDER_ANY, &walk.bound);
  walk.prefix = dg_key_of(pattern, index);
  DG_TRY(walk_blocks(db, index, &walk));
  *n = walk.n;
  *exact = walk.whole;
  if (walk.whole) {
    return DG_OK;
  }
  /* Between what was seen and what there is at most. */
  DgLmdbCount most;
  DG_TRY(all_counts(db, pattern->p ? 'p' : 'a', pattern->p, &most));
  *n += most.quads > *n ? (most.quads - *n) / 2 : 0;
  return DG_OK;
}

DgStatus
dg_lmdb_count(DgDataset *self, DgIdQuad pattern, uint64_t *n, bool *exact)
{
  DgLmdb *const db = dg_lmdb_of(self);
  if (!dg_lmdb_txn(db)) {
    return DG_UNSUPPORTED;
  }
  DG_TRY(dg_lmdb_flush(db));
  *exact = true;
  DgLmdbCount count;
  if (pattern.s || pattern.o || (pattern.p && pattern.g)) {
    return count_walk(db, &pattern, n, exact);
  }
  DG_TRY(all_counts(db,
                    pattern.p   ? 'p'
                    : pattern.g ? 'g'
                                : 'a',
                    pattern.p + pattern.g, &count));
  *n = count.quads;
  return DG_OK;
}

/* Rows of counts of a place. */
static DgStatus
count_rows(DgLmdb *db, char place, uint64_t *n)
{
  DgLmdbCount count;
  DG_TRY(all_counts(db, place == 'p' ? 'P' : 'G', 0, &count));
  *n = count.quads;
  return DG_OK;
}

static DgId
pattern_place(const DgIdQuad *pattern, char place)
{
  return place == 's'   ? pattern->s
         : place == 'p' ? pattern->p
         : place == 'o' ? pattern->o
                        : pattern->g;
}

DgStatus
dg_lmdb_distinct(DgDataset *self, DgIdQuad pattern, char place, uint64_t *n)
{
  DgLmdb *const db = dg_lmdb_of(self);
  uint64_t quads = 0;
  bool exact = false;
  DG_TRY(dg_lmdb_count(self, pattern, &quads, &exact));
  if (pattern_place(&pattern, place)) {
    *n = quads != 0;
    return DG_OK;
  }
  uint64_t most = 0;
  if (place == 'p' || place == 'g') {
    DG_TRY(count_rows(db, place, &most));
  } else {
    DgLmdbCount count;
    DG_TRY(all_counts(db, pattern.p ? 'p' : 'a', pattern.p, &count));
    most = place == 's' ? count.subjects : count.objects;
  }
  *n = quads < most ? quads : most;
  return DG_OK;
}

DgStatus
dg_lmdb_counts(DgDataset *store, char place,
               DgStatus (*each)(void *self, const DgStoreCount *count),
               void *self)
{
  DgLmdb *const db = dg_lmdb_of(store);
  DG_TRY(dg_lmdb_flush(db));
  MDB_cursor *cursor = NULL;
  int code = mdb_cursor_open(dg_lmdb_txn(db), db->file->tables[DG_LMDB_COUNTS],
                             &cursor);
  uint8_t first[ROW_KEY];
  row_key(place, 0, first);
  MDB_val key = { sizeof first, first };
  MDB_val value;
  DgStatus status = DG_OK;
  code = code ? code : mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
  while (!code && status == DG_OK && key.mv_size == ROW_KEY &&
         *(const char *)key.mv_data == place) {
    uint64_t big;
    DgLmdbCount count;
    memcpy(&big, (const char *)key.mv_data + 1, sizeof big);
    memcpy(&count, value.mv_data, sizeof count);
    const DgStoreCount row = { __builtin_bswap64(big), count.quads,
                               count.subjects, count.objects };
    status = each(self, &row);
    code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
  }
  if (cursor) {
    mdb_cursor_close(cursor);
  }
  return status != DG_OK || !code || code == MDB_NOTFOUND
             ? status
             : dg_lmdb_status(code);
}
