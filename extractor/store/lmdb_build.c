/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/lmdb_build.h"

#include "store/key_sort.h"
#include "store/lmdb_p.h"
#include "store/scratch.h"

#include <stdlib.h>
#include <unistd.h>

/*
 * Terms are appended to a log as they come: number, size, bytes. A hash table
 * leads from a term's hash to its place in the log. Its slots are chosen by
 * the hash's highest bits, and probing does not wrap, so that reading it from
 * end to end gives the hashes almost sorted: only a cluster of occupied slots
 * needs sorting.
 *
 * Quads are appended to a list. At the end it is sorted six times: piece by
 * piece by a second thread, while the first one merges the pieces of the order
 * before and packs them into blocks.
 */
enum {
  PIECE = 1 << 21,   /* quads sorted at once: 64 MiB, twice */
  PROBE_MOST = 4096, /* slots after the last home slot */
  FIRST_SLOTS_BITS = 16,
  COMMIT_BYTES = 32 << 20
};

typedef struct {
  uint64_t number;
  uint64_t size;
} LogHead;

typedef struct {
  uint64_t hash;
  uint64_t place; /* in the log, plus one; 0 for free */
} Slot;

struct DgLmdbBuild {
  DgLmdb *db;
  DgLmdbFile *file; /* the new one */
  char *name;
  int lock;
  bool drop;
  bool writing; /* db's write is open */
  DgScratch log;
  size_t log_size;
  DgScratch table;
  unsigned bits; /* 2^bits home slots */
  uint64_t terms;
  uint64_t next;
  DgScratch quads;
  uint64_t n_quads;
  uint8_t *used; /* a bit a number, when dropping */
  DgBuf packed;
  MDB_txn *txn;
  MDB_cursor *cursor;
  unsigned cursor_table;
  size_t uncommitted; /* bytes */
  DgIndexTally tallies[DG_INDEXES];
};

/* The table of terms. */

static Slot *
slots_of(const DgLmdbBuild *b)
{
  return (Slot *)(void *)b->table.data;
}

static size_t
slot_count(unsigned bits)
{
  return ((size_t)1 << bits) + PROBE_MOST;
}

static LogHead *
log_at(const DgLmdbBuild *b, uint64_t place)
{
  return (LogHead *)(void *)(b->log.data + place - 1);
}

static DgStr
log_bytes(const LogHead *head)
{
  return dg_str_n((const char *)(head + 1), head->size);
}

static DgStatus
open_table(DgScratch *table, const char *folder, unsigned bits)
{
  DG_TRY(dg_scratch_open(table, folder));
  const DgStatus status =
      dg_scratch_grow(table, slot_count(bits) * sizeof(Slot));
  if (status != DG_OK) {
    dg_scratch_close(table);
  }
  return status;
}

/* A free slot for a hash, or null when there is none near its home. */
static Slot *
free_slot(Slot *slots, unsigned bits, uint64_t hash)
{
  const size_t home = hash >> (64 - bits);
  for (size_t i = home; i < home + PROBE_MOST; ++i) {
    if (!slots[i].place) {
      return &slots[i];
    }
  }
  return NULL;
}

static bool
move_slots(const DgLmdbBuild *b, Slot *to, unsigned bits)
{
  const Slot *const from = slots_of(b);
  for (size_t i = 0; i < slot_count(b->bits); ++i) {
    if (from[i].place) {
      Slot *const slot = free_slot(to, bits, from[i].hash);
      if (!slot) {
        return false;
      }
      *slot = from[i];
    }
  }
  return true;
}

static DgStatus
grow_table(DgLmdbBuild *b)
{
  for (unsigned bits = b->bits + 1; bits < 40; ++bits) {
    DgScratch table;
    DG_TRY(open_table(&table, b->db->folder, bits));
    if (move_slots(b, (Slot *)(void *)table.data, bits)) {
      dg_scratch_close(&b->table);
      b->table = table;
      b->bits = bits;
      return DG_OK;
    }
    dg_scratch_close(&table);
  }
  return DG_LIMIT;
}

/* The slot of a term, or the free one where it belongs, or null. */
static Slot *
find_slot(const DgLmdbBuild *b, uint64_t hash, DgStr bytes)
{
  Slot *const slots = slots_of(b);
  const size_t home = hash >> (64 - b->bits);
  for (size_t i = home; i < home + PROBE_MOST; ++i) {
    if (!slots[i].place ||
        (slots[i].hash == hash &&
         dg_str_equal(log_bytes(log_at(b, slots[i].place)), bytes))) {
      return &slots[i];
    }
  }
  return NULL;
}

static DgStatus
append_log(DgLmdbBuild *b, uint64_t number, DgStr bytes, uint64_t *place)
{
  const size_t size = (sizeof(LogHead) + bytes.len + 7) & ~(size_t)7;
  DG_TRY(dg_scratch_grow(&b->log, b->log_size + size));
  *place = b->log_size + 1;
  LogHead *const head = log_at(b, *place);
  *head = (LogHead){ number, bytes.len };
  memcpy(head + 1, bytes.ptr, bytes.len);
  b->log_size += size;
  return DG_OK;
}

/* A term that is not there yet. */
static DgStatus
insert_term(DgLmdbBuild *b, Slot *slot, uint64_t hash, uint64_t number,
            DgStr bytes)
{
  while (!slot || (b->terms + 1) * 5 > ((uint64_t)3 << b->bits)) {
    DG_TRY(grow_table(b));
    slot = free_slot(slots_of(b), b->bits, hash);
  }
  uint64_t place = 0;
  DG_TRY(append_log(b, number, bytes, &place));
  *slot = (Slot){ hash, place };
  ++b->terms;
  return DG_OK;
}

DgStatus
dg_lmdb_build_id(DgLmdbBuild *b, const DgTerm *term, DgId *id)
{
  if (term->kind == DG_TERM_NONE) {
    *id = DG_ID_DEFAULT_GRAPH;
    return DG_OK;
  }
  if (dg_id_encode(term, id) == DG_OK) {
    return DG_OK;
  }
  dg_buf_reset(&b->packed);
  dg_lmdb_pack_term(term, &b->packed);
  DG_TRY(dg_buf_status(&b->packed));
  const DgStr bytes = dg_buf_str(&b->packed);
  const uint64_t hash = dg_str_hash(bytes);
  Slot *const slot = find_slot(b, hash, bytes);
  uint64_t number = b->next;
  if (slot && slot->place) {
    number = log_at(b, slot->place)->number;
  } else {
    DG_TRY(insert_term(b, slot, hash, number, bytes));
    ++b->next;
  }
  *id = dg_id_make(dg_lmdb_packed_kind(bytes), number);
  return DG_OK;
}

bool
dg_lmdb_build_knows(DgLmdbBuild *b, const DgTerm *term)
{
  dg_buf_reset(&b->packed);
  dg_lmdb_pack_term(term, &b->packed);
  const DgStr bytes = dg_buf_str(&b->packed);
  const Slot *const slot = find_slot(b, dg_str_hash(bytes), bytes);
  return slot && slot->place;
}

DgStatus
dg_lmdb_build_add(DgLmdbBuild *b, const DgIdQuad *quad)
{
  DG_TRY(dg_scratch_grow(&b->quads, (b->n_quads + 1) * sizeof *quad));
  ((DgIdQuad *)(void *)b->quads.data)[b->n_quads++] = *quad;
  return DG_OK;
}

/* What the store has. */

static void
mark_used(DgLmdbBuild *b, const DgIdQuad *quad)
{
  for (unsigned place = 0; place < 4; ++place) {
    const DgId id = dg_quad_place(quad, place);
    const uint64_t number = dg_id_number(id);
    if (!dg_id_is_inline(id) && number < b->next) {
      b->used[number / 8] |= (uint8_t)(1U << number % 8);
    }
  }
}

static DgStatus
take_quads(DgLmdbBuild *b)
{
  DgDatasetCursor *cursor = NULL;
  DgIdQuad quad;
  DG_TRY(dg_lmdb_find(&b->db->base, (DgIdQuad){ 0, 0, 0, 0 }, DG_ORDER_GSPO,
                      &cursor));
  DgStatus status;
  while ((status = dg_lmdb_next(cursor, &quad)) == DG_OK) {
    if (b->used) {
      mark_used(b, &quad);
    }
    status = dg_lmdb_build_add(b, &quad);
    if (status != DG_OK) {
      break;
    }
  }
  dg_lmdb_close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
take_term(DgLmdbBuild *b, const MDB_val *key, const MDB_val *value)
{
  uint64_t number = 0;
  memcpy(&number, key->mv_data, sizeof number);
  if (b->used && !(b->used[number / 8] & 1U << number % 8)) {
    return DG_OK;
  }
  const DgStr bytes = dg_str_n(value->mv_data, value->mv_size);
  const uint64_t hash = dg_str_hash(bytes);
  return insert_term(b, find_slot(b, hash, bytes), hash, number, bytes);
}

static DgStatus
take_terms(DgLmdbBuild *b)
{
  MDB_cursor *cursor = NULL;
  MDB_val key;
  MDB_val value;
  DG_TRY(dg_lmdb_status(mdb_cursor_open(
      b->db->writer, b->db->file->tables[DG_LMDB_TERMS], &cursor)));
  DgStatus status = DG_OK;
  while (status == DG_OK && !mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
    status = take_term(b, &key, &value);
  }
  mdb_cursor_close(cursor);
  return status;
}

static DgStatus
take_all(DgLmdbBuild *b)
{
  if (b->drop) {
    b->used = calloc(b->next / 8 + 1, 1);
    DG_TRY_PTR(b->used);
  }
  DG_TRY(take_quads(b));
  return take_terms(b);
}

static DgStatus
open_build(DgLmdbBuild *b, DgDiag *diag)
{
  DgLmdb *const db = b->db;
  DG_TRY(dg_lmdb_lock_folder(db->folder, &b->lock, diag));
  DG_TRY(db->base.class_->write_begin(&db->base, diag));
  b->writing = true;
  b->next = db->next_term;
  b->name = dg_lmdb_next_name(db->file);
  DG_TRY_PTR(b->name);
  DG_TRY(dg_lmdb_file_named(db->folder, b->name, true, &db->options, &b->file,
                            diag));
  /* Synced as a whole at the end. */
  (void)mdb_env_set_flags(b->file->env, MDB_NOSYNC, 1);
  b->bits = FIRST_SLOTS_BITS;
  DG_TRY(open_table(&b->table, db->folder, b->bits));
  DG_TRY(dg_scratch_open(&b->log, db->folder));
  DG_TRY(dg_scratch_open(&b->quads, db->folder));
  return take_all(b);
}

DgStatus
dg_lmdb_build_new(DgDataset *store, bool drop, DgLmdbBuild **build,
                  DgDiag *diag)
{
  DgLmdbBuild *const b = calloc(1, sizeof *b);
  DG_TRY_PTR(b);
  b->db = dg_lmdb_of(store);
  b->drop = drop;
  b->lock = -1;
  if (b->db->read_only) {
    free(b);
    (void)dg_diag_set(diag, DG_UNSUPPORTED, "the store is open for reading");
    return DG_UNSUPPORTED;
  }
  const DgStatus status = open_build(b, diag);
  if (status != DG_OK) {
    dg_lmdb_build_cancel(b);
    if (diag && diag->status == DG_OK) {
      (void)dg_diag_set(diag, status, "cannot prepare a new data file: %s",
                        dg_status_text(status));
    }
    return status;
  }
  *build = b;
  return DG_OK;
}

static void
close_txn(DgLmdbBuild *b)
{
  if (b->txn) {
    mdb_txn_abort(b->txn);
    b->txn = NULL;
    b->cursor = NULL;
    dg_lmdb_file_ended(b->file, true);
  }
}

/* Free all but the store. */
static void
free_build(DgLmdbBuild *b)
{
  close_txn(b);
  dg_lmdb_file_release(b->file);
  dg_scratch_close(&b->log);
  dg_scratch_close(&b->table);
  dg_scratch_close(&b->quads);
  for (int i = 0; i < DG_INDEXES; ++i) {
    free(b->tallies[i].rows.slots);
  }
  dg_buf_clear(&b->packed);
  free(b->used);
  free(b->name);
  if (b->lock >= 0) {
    (void)close(b->lock);
  }
  free(b);
}

void
dg_lmdb_build_cancel(DgLmdbBuild *b)
{
  if (!b) {
    return;
  }
  close_txn(b);
  if (b->file) {
    dg_lmdb_file_release(b->file);
    b->file = NULL;
    dg_lmdb_remove_data(b->db->folder, b->name);
  }
  if (b->writing) {
    b->db->base.class_->write_rollback(&b->db->base);
  }
  free_build(b);
}

/* Writing. */

static DgStatus
commit_some(DgLmdbBuild *b)
{
  if (!b->txn) {
    return DG_OK;
  }
  const int code = mdb_txn_commit(b->txn);
  b->txn = NULL;
  b->cursor = NULL;
  b->uncommitted = 0;
  dg_lmdb_file_ended(b->file, true);
  return dg_lmdb_status(code);
}

static DgStatus
begin_some(DgLmdbBuild *b)
{
  return b->txn ? DG_OK
                : dg_lmdb_status(dg_lmdb_file_begin(b->file, true, &b->txn));
}

/* Put at the end of a table. */
static DgStatus
append(DgLmdbBuild *b, unsigned table, MDB_val key, MDB_val value,
       unsigned flags)
{
  if (b->uncommitted > COMMIT_BYTES) {
    DG_TRY(commit_some(b));
  }
  if (!b->cursor || b->cursor_table != table) {
    DG_TRY(begin_some(b));
    if (b->cursor) {
      mdb_cursor_close(b->cursor);
      b->cursor = NULL;
    }
    DG_TRY(dg_lmdb_status(
        mdb_cursor_open(b->txn, b->file->tables[table], &b->cursor)));
    b->cursor_table = table;
  }
  b->uncommitted += key.mv_size + value.mv_size + 16;
  return dg_lmdb_status(mdb_cursor_put(b->cursor, &key, &value, flags));
}

static DgStatus
write_terms(DgLmdbBuild *b)
{
  for (size_t at = 0; at < b->log_size;) {
    LogHead *const head = log_at(b, at + 1);
    DG_TRY(append(b, DG_LMDB_TERMS,
                  (MDB_val){ sizeof head->number, &head->number },
                  (MDB_val){ head->size, head + 1 }, MDB_APPEND));
    at += (sizeof *head + head->size + 7) & ~(size_t)7;
  }
  return DG_OK;
}

/* Slots of a cluster by hash, then number. */
static void
sort_cluster(const DgLmdbBuild *b, Slot *slots, size_t n)
{
  for (size_t i = 1; i < n; ++i) {
    const Slot slot = slots[i];
    const uint64_t number = log_at(b, slot.place)->number;
    size_t at = i;
    for (; at && (slots[at - 1].hash > slot.hash ||
                  (slots[at - 1].hash == slot.hash &&
                   log_at(b, slots[at - 1].place)->number > number));
         --at) {
      slots[at] = slots[at - 1];
    }
    slots[at] = slot;
  }
}

static DgStatus
write_hashes(DgLmdbBuild *b)
{
  Slot *const slots = slots_of(b);
  const size_t count = slot_count(b->bits);
  for (size_t at = 0; at < count;) {
    size_t end = at;
    while (end < count && slots[end].place) {
      ++end;
    }
    sort_cluster(b, slots + at, end - at);
    for (; at < end; ++at) {
      LogHead *const head = log_at(b, slots[at].place);
      DG_TRY(append(b, DG_LMDB_HASHES,
                    (MDB_val){ sizeof slots[at].hash, &slots[at].hash },
                    (MDB_val){ sizeof head->number, &head->number },
                    MDB_APPENDDUP));
    }
    at = end + 1;
  }
  return DG_OK;
}

/* Sorting. */

typedef struct {
  const DgLmdbBuild *build;
  int index;
  DgKey *keys;    /* [PIECE] or fewer */
  DgKey *scratch; /* as many */
  DgScratch runs; /* sorted pieces, when there are several */
  pthread_t thread;
  bool running;
  DgStatus status;
} Sorter;

static size_t
piece_size(const DgLmdbBuild *b)
{
  return b->n_quads < PIECE ? (size_t)b->n_quads + 1 : PIECE;
}

static void
sort_piece(const Sorter *s, size_t from, size_t n)
{
  const DgIdQuad *const quads =
      (const DgIdQuad *)(const void *)s->build->quads.data;
  for (size_t i = 0; i < n; ++i) {
    s->keys[i] = dg_key_of(&quads[from + i], s->index);
  }
  dg_key_sort(s->keys, n, s->scratch);
}

static void *
sort_index(void *self)
{
  Sorter *const s = self;
  const size_t total = (size_t)s->build->n_quads;
  s->status = DG_OK;
  if (total <= PIECE) {
    sort_piece(s, 0, total);
    return NULL;
  }
  s->status = dg_scratch_grow(&s->runs, total * sizeof(DgKey));
  for (size_t at = 0; s->status == DG_OK && at < total; at += PIECE) {
    const size_t n = total - at < PIECE ? total - at : PIECE;
    sort_piece(s, at, n);
    memcpy(s->runs.data + at * sizeof(DgKey), s->keys, n * sizeof(DgKey));
  }
  return NULL;
}

static DgStatus
open_sorter(Sorter *s, const DgLmdbBuild *b)
{
  *s = (Sorter){ .build = b, .runs = { .fd = -1 } };
  s->keys = malloc(piece_size(b) * sizeof *s->keys);
  s->scratch = malloc(piece_size(b) * sizeof *s->scratch);
  DG_TRY_PTR(s->keys);
  DG_TRY_PTR(s->scratch);
  return b->n_quads > PIECE ? dg_scratch_open(&s->runs, b->db->folder) : DG_OK;
}

static void
start_sorter(Sorter *s, int index)
{
  s->index = index;
  s->running = !pthread_create(&s->thread, NULL, sort_index, s);
  if (!s->running) {
    (void)sort_index(s);
  }
}

static DgStatus
await_sorter(Sorter *s)
{
  if (s->running) {
    (void)pthread_join(s->thread, NULL);
    s->running = false;
  }
  return s->status;
}

static void
close_sorter(Sorter *s)
{
  (void)await_sorter(s);
  dg_scratch_close(&s->runs);
  free(s->keys);
  free(s->scratch);
}

/* The sorted pieces, to be read as one. */
static DgStatus
open_merge(DgKeyMerge *merge, const Sorter *s)
{
  const size_t total = (size_t)s->build->n_quads;
  const DgKey *const keys =
      total <= PIECE ? s->keys : (const DgKey *)(const void *)s->runs.data;
  return dg_key_merge_open(merge, keys, total, PIECE);
}

static DgStatus
put_block(DgLmdbBuild *b, int index, DgBlockWriter *writer, bool last)
{
  uint8_t key[32];
  dg_lmdb_key_bytes(&writer->last, key);
  if (last) {
    memcpy(key, dg_lmdb_last_key, sizeof key);
  }
  return append(b, (unsigned)index, (MDB_val){ sizeof key, key },
                (MDB_val){ writer->size, writer->bytes }, MDB_APPEND);
}

static DgStatus
write_merged(DgLmdbBuild *b, int index, DgKeyMerge *merge)
{
  DgBlockWriter writer;
  dg_block_start(&writer);
  DgKey before;
  bool any = false;
  const DgKey *key;
  while ((key = dg_key_merge_next(merge))) {
    if (any && !dg_key_compare(&before, key)) {
      continue;
    }
    DG_TRY(dg_tally_key(&b->tallies[index], index, any ? &before : NULL, key));
    if (!dg_block_add(&writer, key, DG_BLOCK_BYTES)) {
      DG_TRY(put_block(b, index, &writer, false));
      dg_block_start(&writer);
      (void)dg_block_add(&writer, key, DG_BLOCK_BYTES);
    }
    before = *key;
    any = true;
  }
  return any ? put_block(b, index, &writer, true) : DG_OK;
}

static DgStatus
write_index(DgLmdbBuild *b, const Sorter *s)
{
  DgKeyMerge merge;
  DG_TRY(open_merge(&merge, s));
  const DgStatus status = write_merged(b, s->index, &merge);
  dg_key_merge_close(&merge);
  return status;
}

/* While one sorter's order is written, the other one sorts the next. */
static DgStatus
write_indexes(DgLmdbBuild *b, Sorter sorters[2])
{
  DgStatus status = open_sorter(&sorters[0], b);
  DG_TRY(status);
  DG_TRY(open_sorter(&sorters[1], b));
  start_sorter(&sorters[0], 0);
  DG_TRY(write_terms(b));
  DG_TRY(write_hashes(b));
  for (int i = 0; status == DG_OK && i < DG_INDEXES; ++i) {
    status = await_sorter(&sorters[i % 2]);
    if (i + 1 < DG_INDEXES) {
      start_sorter(&sorters[(i + 1) % 2], i + 1);
    }
    status = status == DG_OK ? write_index(b, &sorters[i % 2]) : status;
  }
  return status;
}

/* Counts. */

static DgStatus
write_counts(DgLmdbBuild *b)
{
  const MDB_dbi table = b->file->tables[DG_LMDB_COUNTS];
  DgIndexTally *const t = b->tallies;
  const DgLmdbCount all = { t[0].quads, t[0].firsts, t[2].firsts };
  const DgLmdbCount predicates = { t[1].firsts, 0, 0 };
  const DgLmdbCount graphs = { t[3].firsts, 0, 0 };
  DG_TRY(begin_some(b));
  DG_TRY(dg_lmdb_put_count(b->txn, table, 'a', 0, &all));
  DG_TRY(dg_lmdb_put_count(b->txn, table, 'P', 0, &predicates));
  DG_TRY(dg_lmdb_put_count(b->txn, table, 'G', 0, &graphs));
  /* posg has the predicates' quads, spog adds their subjects. */
  DG_TRY(dg_changes_apply(&t[1].rows, b->txn, table, 'p'));
  DG_TRY(dg_changes_apply(&t[0].rows, b->txn, table, 'p'));
  return dg_changes_apply(&t[3].rows, b->txn, table, 'g');
}

static DgStatus
copy_entry(void *self, DgStr key, DgStr value)
{
  DgLmdbBuild *const b = self;
  return append(
      b, DG_LMDB_JOURNAL, (MDB_val){ key.len, (void *)(uintptr_t)key.ptr },
      (MDB_val){ value.len, (void *)(uintptr_t)value.ptr }, MDB_APPEND);
}

static DgStatus
write_rest(DgLmdbBuild *b)
{
  DG_TRY(write_counts(b));
  DG_TRY(dg_store_journal_each(&b->db->base, copy_entry, b));
  DG_TRY(begin_some(b));
  DG_TRY(
      dg_lmdb_put_meta(b->txn, b->file->tables[DG_LMDB_META], "next", b->next));
  DG_TRY(commit_some(b));
  return dg_lmdb_status(mdb_env_sync(b->file->env, 1));
}

static DgStatus
write_all(DgLmdbBuild *b)
{
  Sorter sorters[2] = { { .runs = { .fd = -1 } }, { .runs = { .fd = -1 } } };
  DgStatus status = write_indexes(b, sorters);
  close_sorter(&sorters[0]);
  close_sorter(&sorters[1]);
  return status == DG_OK ? write_rest(b) : status;
}

DgStatus
dg_lmdb_build_end(DgLmdbBuild *b, DgDiag *diag)
{
  DgStatus status = write_all(b);
  if (status != DG_OK) {
    (void)dg_diag_set(diag, status, "cannot write the new data file: %s",
                      dg_status_text(status));
    dg_diag_source(diag, b->db->folder);
    dg_lmdb_build_cancel(b);
    return status;
  }
  (void)mdb_env_set_flags(b->file->env, MDB_NOSYNC, 0);
  status = dg_lmdb_exchange(b->db, b->name, diag);
  if (status != DG_OK) {
    dg_lmdb_build_cancel(b);
    return status;
  }
  free_build(b);
  return DG_OK;
}

DgStatus
dg_lmdb_compact(DgDataset *store, DgDiag *diag)
{
  DgLmdbBuild *build = NULL;
  DG_TRY(dg_lmdb_build_new(store, true, &build, diag));
  return dg_lmdb_build_end(build, diag);
}
