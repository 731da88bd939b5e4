/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/lmdb_p.h"

#include <errno.h>
#include <stdlib.h>

enum {
  JOURNAL_KEY = 500,
  JOURNAL_VALUE = 1 << 20,
  FIRST_TERM = 16, /* numbers below are kept free */
  MOVES_MOST = 16
};

static void
free_transactions(DgLmdb *db)
{
  dg_lmdb_drop_cursors(db);
  if (db->reader) {
    mdb_txn_abort(db->reader);
    db->reader = NULL;
  }
}

static void
end_write(DgLmdb *db)
{
  db->writer = NULL;
  db->readers = 0; /* reads within a write end with it */
  ++db->epoch;
  dg_pending_clear(&db->pending);
  dg_lmdb_file_ended(db->file, true);
}

static void
write_rollback(DgDataset *self)
{
  DgLmdb *const db = dg_lmdb_of(self);
  if (db->writer) {
    dg_lmdb_drop_cursors(db);
    mdb_txn_abort(db->writer);
    dg_lmdb_forget_terms(db);
    end_write(db);
  }
}

static void
free_store(DgDataset *self)
{
  DgLmdb *const db = dg_lmdb_of(self);
  write_rollback(self);
  free_transactions(db);
  if (db->readers) {
    dg_lmdb_file_ended(db->file, false);
  }
  dg_lmdb_forget_terms(db);
  dg_lmdb_file_release(db->file);
  dg_buf_clear(&db->scratch);
  free(db->folder);
  free(db);
}

/* The file has been exchanged for another one: go over to it. */
static DgStatus
follow(DgLmdb *db, DgDiag *diag)
{
  free_transactions(db);
  dg_lmdb_forget_terms(db);
  DgLmdbFile *file = NULL;
  DG_TRY(
      dg_lmdb_file_open(db->folder, DG_STORE_WRITE, &db->options, &file, diag));
  dg_lmdb_file_release(db->file);
  db->file = file;
  return DG_OK;
}

/* An environment that a failed write has made unusable is opened anew, once
 * nobody else in the process has it. */
static DgStatus
reopen(DgLmdb *db, DgDiag *diag)
{
  if (db->file->users > 1) {
    return dg_lmdb_failure(diag, db->folder, "use", MDB_PANIC);
  }
  free_transactions(db);
  dg_lmdb_forget_terms(db);
  dg_lmdb_file_release(db->file);
  db->file = NULL;
  return dg_lmdb_file_open(db->folder, DG_STORE_WRITE, &db->options, &db->file,
                           diag);
}

/* A read of the same commit as one before need not look again. */
static bool
has_moved(DgLmdbFile *file, MDB_txn *txn, bool write)
{
  const size_t number = mdb_txn_id(txn);
  if (!write && number == __atomic_load_n(&file->moved_txn, __ATOMIC_RELAXED)) {
    return false;
  }
  if (dg_lmdb_file_moved(file, txn).ptr) {
    return true;
  }
  if (!write) {
    __atomic_store_n(&file->moved_txn, number, __ATOMIC_RELAXED);
  }
  return false;
}

/* Begin in the file that is current. */
static DgStatus
begin(DgLmdb *db, bool write, MDB_txn **txn, DgDiag *diag)
{
  const char *const verb = write ? "write to" : "read";
  bool reopened = false;
  for (int turn = 0; turn < MOVES_MOST; ++turn) {
    if (!db->file) {
      DG_TRY(dg_lmdb_file_open(db->folder, DG_STORE_WRITE, &db->options,
                               &db->file, diag));
    }
    const int code = dg_lmdb_file_begin(db->file, write, txn);
    if (code == MDB_PANIC && !reopened) {
      DG_TRY(reopen(db, diag));
      reopened = true;
      continue;
    }
    if (code) {
      return dg_lmdb_failure(diag, db->folder, verb, code);
    }
    if (!has_moved(db->file, *txn, write)) {
      return DG_OK;
    }
    mdb_txn_abort(*txn);
    *txn = NULL;
    dg_lmdb_file_ended(db->file, write);
    DG_TRY(follow(db, diag));
  }
  return dg_lmdb_failure(diag, db->folder, verb, EBUSY);
}

static DgStatus
read_begin(DgDataset *self, DgDiag *diag)
{
  DgLmdb *const db = dg_lmdb_of(self);
  if (!db->writer && !db->readers) {
    DG_TRY(begin(db, false, &db->reader, diag));
    ++db->epoch;
  }
  ++db->readers;
  return DG_OK;
}

static void
read_end(DgDataset *self)
{
  DgLmdb *const db = dg_lmdb_of(self);
  if (db->readers && !--db->readers && !db->writer) {
    mdb_txn_reset(db->reader);
    ++db->epoch;
    dg_lmdb_file_ended(db->file, false);
  }
}

/* The next free number: one more than the last, or what a compaction that
 * dropped the last ones has left. */
static DgStatus
next_number(DgLmdb *db)
{
  uint64_t next = FIRST_TERM;
  DgStatus status = dg_lmdb_get_meta(db->writer, db->file->tables[DG_LMDB_META],
                                     "next", &next);
  if (status == DG_NO_MATCH) {
    status = DG_OK;
  }
  db->next_term = next;
  db->old_terms = next;
  return status;
}

static DgStatus
write_begin(DgDataset *self, DgDiag *diag)
{
  DgLmdb *const db = dg_lmdb_of(self);
  if (db->read_only) {
    (void)dg_diag_set(diag, DG_UNSUPPORTED, "the store is open for reading");
    dg_diag_source(diag, db->folder);
    return DG_UNSUPPORTED;
  }
  if (db->writer || db->readers) {
    (void)dg_diag_set(diag, DG_CONFLICT, "a %s is open already",
                      db->writer ? "write" : "read");
    dg_diag_source(diag, db->folder);
    return DG_CONFLICT;
  }
  dg_lmdb_drop_cursors(db);
  MDB_txn *txn = NULL;
  DG_TRY(begin(db, true, &txn, diag));
  db->writer = txn;
  db->failure = DG_OK;
  ++db->epoch;
  int dead = 0;
  (void)mdb_reader_check(db->file->env, &dead);
  const DgStatus status = next_number(db);
  if (status != DG_OK) {
    write_rollback(self);
    return dg_lmdb_failure(diag, db->folder, "read", MDB_CORRUPTED);
  }
  return DG_OK;
}

static void
note_starved(DgLmdb *db, DgStatus status)
{
  if (status == DG_LIMIT) {
    __atomic_store_n(&db->file->starved, true, __ATOMIC_RELAXED);
  }
}

static DgStatus
write_commit(DgDataset *self, DgDiag *diag)
{
  DgLmdb *const db = dg_lmdb_of(self);
  if (!db->writer) {
    return dg_diag_set(diag, DG_USAGE, "no write is open");
  }
  DgStatus status = dg_lmdb_flush(db);
  status = db->failure != DG_OK ? db->failure : status;
  if (status == DG_OK) {
    status = dg_lmdb_put_meta(db->writer, db->file->tables[DG_LMDB_META],
                              "next", db->next_term);
  }
  if (status != DG_OK) {
    note_starved(db, status);
    write_rollback(self);
    (void)dg_diag_set(diag, status, "the write failed and is undone: %s",
                      status == DG_LIMIT ? "no room; try again"
                                         : dg_status_text(status));
    dg_diag_source(diag, db->folder);
    return status;
  }
  dg_lmdb_drop_cursors(db);
  const int code = mdb_txn_commit(db->writer);
  if (code) {
    note_starved(db, dg_lmdb_status(code));
    dg_lmdb_forget_terms(db);
  }
  end_write(db);
  return code ? dg_lmdb_failure(diag, db->folder, "write to", code) : DG_OK;
}

static const DgDatasetClass lmdb_class = {
  .name = "lmdb",
  .free = free_store,
  .read_begin = read_begin,
  .read_end = read_end,
  .find_id = dg_lmdb_find_id,
  .term = dg_lmdb_get_term,
  .find = dg_lmdb_find,
  .next = dg_lmdb_next,
  .seek = dg_lmdb_seek,
  .close = dg_lmdb_close,
  .count = dg_lmdb_count,
  .distinct = dg_lmdb_distinct,
  .write_begin = write_begin,
  .write_commit = write_commit,
  .write_rollback = write_rollback,
  .make_id = dg_lmdb_make_id,
  .add = dg_lmdb_add,
  .remove = dg_lmdb_remove,
};

uint64_t
dg_lmdb_numbering(const DgDataset *dataset)
{
  return ((const DgLmdb *)dataset)->numbering;
}

uint64_t
dg_lmdb_epoch(const DgDataset *dataset)
{
  return ((const DgLmdb *)dataset)->epoch;
}

bool
dg_lmdb_is(const DgDataset *dataset)
{
  return dataset->class_ == &lmdb_class;
}

DgStatus
dg_lmdb_open(const char *folder, DgStoreMode mode, const DgLmdbOptions *options,
             DgDataset **out, DgDiag *diag)
{
  DgLmdb *const db = calloc(1, sizeof *db);
  DG_TRY_PTR(db);
  db->base.class_ = &lmdb_class;
  db->read_only = mode == DG_STORE_READ;
  db->options = options ? *options : (DgLmdbOptions){ 0 };
  DgStatus status =
      dg_lmdb_file_open(folder, mode, &db->options, &db->file, diag);
  if (status == DG_OK) {
    /* The name must hold when the program changes its folder. */
    db->folder = strdup(db->file->folder);
    status = db->folder ? DG_OK : DG_NO_MEMORY;
  }
  if (status != DG_OK) {
    dg_lmdb_file_release(db->file);
    free(db);
    return status;
  }
  *out = &db->base;
  return DG_OK;
}

/* The journal. */

DgStatus
dg_store_journal_put(DgDataset *store, DgStr key, DgStr value)
{
  if (!dg_lmdb_is(store) || !dg_lmdb_of(store)->writer) {
    return DG_UNSUPPORTED;
  }
  if (!key.len || key.len > JOURNAL_KEY || value.len > JOURNAL_VALUE) {
    return DG_LIMIT;
  }
  DgLmdb *const db = dg_lmdb_of(store);
  MDB_val k = { key.len, (void *)(uintptr_t)key.ptr };
  MDB_val v = { value.len, (void *)(uintptr_t)value.ptr };
  const DgStatus status = dg_lmdb_status(
      mdb_put(db->writer, db->file->tables[DG_LMDB_JOURNAL], &k, &v, 0));
  if (status != DG_OK) {
    dg_lmdb_note_failure(db, status);
  }
  return status;
}

DgStatus
dg_store_journal_get(DgDataset *store, DgStr key, DgStr *value)
{
  if (!dg_lmdb_is(store) || !dg_lmdb_txn(dg_lmdb_of(store))) {
    return DG_UNSUPPORTED;
  }
  if (!key.len || key.len > JOURNAL_KEY) {
    return DG_NO_MATCH;
  }
  DgLmdb *const db = dg_lmdb_of(store);
  MDB_val k = { key.len, (void *)(uintptr_t)key.ptr };
  MDB_val v;
  DG_TRY(dg_lmdb_status(
      mdb_get(dg_lmdb_txn(db), db->file->tables[DG_LMDB_JOURNAL], &k, &v)));
  *value = dg_str_n(v.mv_data, v.mv_size);
  return DG_OK;
}

DgStatus
dg_store_journal_remove(DgDataset *store, DgStr key)
{
  if (!dg_lmdb_is(store) || !dg_lmdb_of(store)->writer) {
    return DG_UNSUPPORTED;
  }
  if (!key.len || key.len > JOURNAL_KEY) {
    return DG_NO_MATCH;
  }
  DgLmdb *const db = dg_lmdb_of(store);
  MDB_val k = { key.len, (void *)(uintptr_t)key.ptr };
  return dg_lmdb_status(
      mdb_del(db->writer, db->file->tables[DG_LMDB_JOURNAL], &k, NULL));
}

DgStatus
dg_store_journal_each(DgDataset *store,
                      DgStatus (*each)(void *self, DgStr key, DgStr value),
                      void *self)
{
  if (!dg_lmdb_is(store) || !dg_lmdb_txn(dg_lmdb_of(store))) {
    return DG_UNSUPPORTED;
  }
  DgLmdb *const db = dg_lmdb_of(store);
  MDB_cursor *cursor = NULL;
  DG_TRY(dg_lmdb_status(mdb_cursor_open(
      dg_lmdb_txn(db), db->file->tables[DG_LMDB_JOURNAL], &cursor)));
  MDB_val k;
  MDB_val v;
  DgStatus status = DG_OK;
  int code = 0;
  while (status == DG_OK &&
         !(code = mdb_cursor_get(cursor, &k, &v, MDB_NEXT))) {
    status = each(self, dg_str_n(k.mv_data, k.mv_size),
                  dg_str_n(v.mv_data, v.mv_size));
  }
  mdb_cursor_close(cursor);
  return code && code != MDB_NOTFOUND ? dg_lmdb_status(code) : status;
}

/* Totals. */

DgStatus
dg_lmdb_totals(DgDataset *store, DgStoreTotals *totals)
{
  DgLmdb *const db = dg_lmdb_of(store);
  MDB_txn *const txn = dg_lmdb_txn(db);
  if (!txn) {
    return DG_UNSUPPORTED;
  }
  DG_TRY(dg_lmdb_flush(db));
  const MDB_dbi table = db->file->tables[DG_LMDB_COUNTS];
  DgLmdbCount all;
  DgLmdbCount predicates;
  DgLmdbCount graphs;
  DG_TRY(dg_lmdb_get_count(txn, table, 'a', 0, &all));
  DG_TRY(dg_lmdb_get_count(txn, table, 'P', 0, &predicates));
  DG_TRY(dg_lmdb_get_count(txn, table, 'G', 0, &graphs));
  MDB_stat terms;
  MDB_stat free_list;
  MDB_envinfo info;
  DG_TRY(
      dg_lmdb_status(mdb_stat(txn, db->file->tables[DG_LMDB_TERMS], &terms)));
  DG_TRY(dg_lmdb_status(mdb_env_info(db->file->env, &info)));
  DG_TRY(dg_lmdb_status(mdb_stat(txn, 1, &free_list)));
  *totals = (DgStoreTotals){
    .quads = all.quads,
    .terms = terms.ms_entries,
    .subjects = all.subjects,
    .predicates = predicates.quads,
    .objects = all.objects,
    .graphs = graphs.quads,
    .file_bytes = (info.me_last_pgno + 1) * (uint64_t)terms.ms_psize,
  };
  for (int i = -2; i < DG_LMDB_TABLES; ++i) {
    MDB_stat stat;
    const MDB_dbi dbi = i < 0 ? (MDB_dbi)(i + 2) : db->file->tables[i];
    if (!mdb_stat(txn, dbi, &stat)) {
      totals->used_bytes +=
          (stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages) *
          (uint64_t)stat.ms_psize;
    }
  }
  return DG_OK;
}
