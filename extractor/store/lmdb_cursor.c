/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/lmdb_p.h"

#include <errno.h>
#include <stdlib.h>

/*
 * An index is a B-tree of blocks. The key of a block is its greatest quad, but
 * the last one has a key of all ones, so that each quad, there or not yet
 * there, belongs to the first block whose key is not less.
 */
const uint8_t dg_lmdb_last_key[32] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                       0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                       0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                       0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                       0xFF, 0xFF, 0xFF, 0xFF };

struct DgLmdbCursor {
  DgDatasetCursor base;
  DgLmdb *db;
  DgLmdbCursor *next; /* among the kept ones */
  MDB_cursor *mdb;
  uint64_t epoch;   /* of the transaction */
  bool of_write;    /* a transaction that frees its cursors itself */
  uint64_t changes; /* of the handle when it was placed */
  int index;
  int bound;
  bool ready; /* block.key is the next to give */
  bool done;
  bool has_last;
  DgKey prefix; /* bound places, then zeros */
  DgKey last;   /* given last */
  DgBlockReader block;
  uint8_t copy[DG_BLOCK_BYTES]; /* of a block that a write may move */
};

/* Bring a cursor of an earlier read into this one, or open it. */
static int
renew(DgLmdb *db, unsigned table, MDB_cursor **cursor, bool stale)
{
  MDB_txn *const txn = dg_lmdb_txn(db);
  if (!txn) {
    return EINVAL;
  }
  if (!*cursor) {
    return mdb_cursor_open(txn, db->file->tables[table], cursor);
  }
  return stale ? mdb_cursor_renew(txn, *cursor) : 0;
}

int
dg_lmdb_lookup(DgLmdb *db, unsigned table, MDB_cursor **cursor)
{
  const int code = renew(db, table, &db->lookup[table],
                         db->lookup_epoch[table] != db->epoch);
  db->lookup_epoch[table] = db->epoch;
  *cursor = db->lookup[table];
  return code;
}

void
dg_lmdb_drop_cursors(DgLmdb *db)
{
  for (int i = 0; i < DG_LMDB_TABLES; ++i) {
    if (db->lookup[i]) {
      mdb_cursor_close(db->lookup[i]);
      db->lookup[i] = NULL;
    }
  }
  for (int i = 0; i < DG_INDEXES; ++i) {
    while (db->cursors[i]) {
      DgLmdbCursor *const cursor = db->cursors[i];
      db->cursors[i] = cursor->next;
      mdb_cursor_close(cursor->mdb);
      free(cursor);
    }
  }
}

static DgStatus
open_block(DgLmdbCursor *c, const MDB_val *value)
{
  const void *bytes = value->mv_data;
  if (c->of_write && value->mv_size <= sizeof c->copy) {
    memcpy(c->copy, bytes, value->mv_size);
    bytes = c->copy;
  }
  return dg_block_open(&c->block, bytes, value->mv_size);
}

/* The next block's first key, or DG_NO_MATCH after the last block. */
static DgStatus
next_block(DgLmdbCursor *c)
{
  MDB_val key;
  MDB_val value;
  const int code = mdb_cursor_get(c->mdb, &key, &value, MDB_NEXT);
  if (code) {
    return dg_lmdb_status(code);
  }
  DG_TRY(open_block(c, &value));
  return dg_block_next(&c->block);
}

/* Read on to the first key that is not before `key`. */
static DgStatus
skip_to(DgBlockReader *block, const DgKey *key)
{
  DgStatus status = dg_block_next(block);
  while (status == DG_OK && dg_key_compare(&block->key, key) < 0) {
    status = dg_block_next(block);
  }
  return status;
}

/* Stand before the first quad that is not before `key`. */
static DgStatus
place(DgLmdbCursor *c, const DgKey *key)
{
  uint8_t bytes[32];
  dg_lmdb_key_bytes(key, bytes);
  MDB_val k = { sizeof bytes, bytes };
  MDB_val value;
  c->changes = c->db->changes;
  c->ready = false;
  const int code = mdb_cursor_get(c->mdb, &k, &value, MDB_SET_RANGE);
  DgStatus status = code ? dg_lmdb_status(code) : open_block(c, &value);
  status = status == DG_OK ? skip_to(&c->block, key) : status;
  c->ready = status == DG_OK;
  c->done = status != DG_OK;
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgLmdbCursor *
take_cursor(DgLmdb *db, int index)
{
  DgLmdbCursor *c = db->cursors[index];
  if (c) {
    db->cursors[index] = c->next;
  } else {
    c = malloc(sizeof *c);
    if (!c) {
      return NULL;
    }
    c->mdb = NULL;
    c->epoch = db->epoch;
  }
  if (renew(db, (unsigned)index, &c->mdb, c->epoch != db->epoch)) {
    if (c->mdb) {
      mdb_cursor_close(c->mdb);
    }
    free(c);
    return NULL;
  }
  c->base.class_ = db->base.class_;
  c->db = db;
  c->index = index;
  c->epoch = db->epoch;
  c->of_write = db->writer != NULL;
  return c;
}

DgStatus
dg_lmdb_find(DgDataset *self, DgIdQuad pattern, DgOrder order,
             DgDatasetCursor **cursor)
{
  DgLmdb *const db = dg_lmdb_of(self);
  int bound = 0;
  const int index = dg_order_choose(&pattern, order, &bound);
  if (index < 0 || !dg_lmdb_txn(db)) {
    return DG_UNSUPPORTED;
  }
  DG_TRY(dg_lmdb_flush(db));
  DgLmdbCursor *const c = take_cursor(db, index);
  DG_TRY_PTR(c);
  c->bound = bound;
  c->has_last = false;
  c->prefix = dg_key_of(&pattern, index);
  const DgStatus status = place(c, &c->prefix);
  if (status != DG_OK) {
    dg_lmdb_close(&c->base);
    return status;
  }
  *cursor = &c->base;
  return DG_OK;
}

/* The least key after `key`. */
static DgKey
after(DgKey key)
{
  for (int i = 3; i >= 0 && ++key.at[i] == 0; --i) {
  }
  return key;
}

DgStatus
dg_lmdb_next(DgDatasetCursor *cursor, DgIdQuad *quad)
{
  DgLmdbCursor *const c = (DgLmdbCursor *)cursor;
  if (c->epoch != c->db->epoch) {
    return DG_CONFLICT;
  }
  if (c->changes != c->db->changes) {
    const DgKey from = c->has_last ? after(c->last) : c->prefix;
    DG_TRY(place(c, &from));
  }
  if (c->done) {
    return DG_NO_MATCH;
  }
  if (!c->ready) {
    DgStatus status = dg_block_next(&c->block);
    status = status == DG_NO_MATCH ? next_block(c) : status;
    if (status != DG_OK) {
      c->done = true;
      return status;
    }
  }
  c->ready = false;
  if (!dg_key_same(&c->block.key, &c->prefix, c->bound)) {
    c->done = true;
    return DG_NO_MATCH;
  }
  c->last = c->block.key;
  c->has_last = true;
  *quad = dg_key_quad(&c->last, c->index);
  return DG_OK;
}

/* The end of what is left of the block is at hand: look there first. */
static bool
skip_within(DgLmdbCursor *c, const DgKey *key)
{
  if (c->done || c->changes != c->db->changes) {
    return false;
  }
  if (c->ready && dg_key_compare(&c->block.key, key) >= 0) {
    return true;
  }
  c->ready = skip_to(&c->block, key) == DG_OK;
  return c->ready;
}

DgStatus
dg_lmdb_seek(DgDatasetCursor *cursor, DgIdQuad quad)
{
  DgLmdbCursor *const c = (DgLmdbCursor *)cursor;
  if (c->epoch != c->db->epoch) {
    return DG_CONFLICT;
  }
  DgKey key = dg_key_of(&quad, c->index);
  for (int i = 0; i < c->bound; ++i) {
    key.at[i] = c->prefix.at[i];
  }
  if (c->has_last && dg_key_compare(&key, &c->last) <= 0) {
    return DG_OK; /* only onwards */
  }
  return skip_within(c, &key) ? DG_OK : place(c, &key);
}

void
dg_lmdb_close(DgDatasetCursor *cursor)
{
  DgLmdbCursor *const c = (DgLmdbCursor *)cursor;
  DgLmdb *const db = c->db;
  if (c->epoch == db->epoch) {
    c->next = db->cursors[c->index];
    db->cursors[c->index] = c;
    return;
  }
  if (!c->of_write) {
    mdb_cursor_close(c->mdb);
  }
  free(c);
}

DgStatus
dg_lmdb_has(DgLmdb *db, const DgIdQuad *quad, bool *has)
{
  const int index = dg_order_index(DG_ORDER_SPOG);
  const DgKey key = dg_key_of(quad, index);
  uint8_t bytes[32];
  dg_lmdb_key_bytes(&key, bytes);
  MDB_val k = { sizeof bytes, bytes };
  MDB_val value;
  MDB_cursor *cursor = NULL;
  int code = dg_lmdb_lookup(db, (unsigned)index, &cursor);
  code = code ? code : mdb_cursor_get(cursor, &k, &value, MDB_SET_RANGE);
  *has = false;
  if (code) {
    return code == MDB_NOTFOUND ? DG_OK : dg_lmdb_status(code);
  }
  DgBlockReader block;
  DG_TRY(dg_block_open(&block, value.mv_data, value.mv_size));
  const DgStatus status = skip_to(&block, &key);
  *has = status == DG_OK && !dg_key_compare(&block.key, &key);
  return status == DG_NO_MATCH ? DG_OK : status;
}
