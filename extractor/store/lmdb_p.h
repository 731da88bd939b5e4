/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_LMDB_P_H
#define DG_STORE_LMDB_P_H

/** What the files of the LMDB store share; for them alone. */

#include "store/block.h"
#include "store/id.h"
#include "store/lmdb_store.h"

#include <lmdb.h>
#include <pthread.h>

/** Tables of the file beside the six indexes. */
typedef enum {
  DG_LMDB_TERMS = DG_INDEXES, /**< number to term */
  DG_LMDB_HASHES,             /**< hash of a term to its numbers */
  DG_LMDB_COUNTS,
  DG_LMDB_JOURNAL,
  DG_LMDB_META,
  DG_LMDB_TABLES
} DgLmdbTable;

/** An open data file, shared by all handles of the process. */
typedef struct DgLmdbFile {
  struct DgLmdbFile *next;
  char *folder; /**< as realpath gives it */
  char *name;   /**< of the data file in it */
  unsigned users;
  MDB_env *env;
  MDB_dbi tables[DG_LMDB_TABLES];
  pthread_mutex_t mutex; /**< guards what follows */
  pthread_cond_t idle;
  unsigned active; /**< transactions of this process */
  bool resizing;
  bool starved; /**< a write did not find room: grow before the next one */
  bool has_writer;
  pthread_t writer; /**< the thread that holds the write, if has_writer */
  size_t moved_txn; /**< last transaction known not to have moved away */
} DgLmdbFile;

/** Numbers of one predicate, graph or of all. */
typedef struct {
  uint64_t quads;
  uint64_t subjects;
  uint64_t objects;
} DgLmdbCount;

/** What a predicate's or graph's counts change by in a write. */
typedef struct {
  DgId id;
  int64_t quads;
  int64_t subjects;
  int64_t objects;
} DgLmdbChange;

/** Changes by id: an open hash table. */
typedef struct {
  DgLmdbChange *slots; /**< [size], an id of 0 is free */
  size_t size;         /**< a power of two, or 0 */
  size_t n;
} DgLmdbChanges;

/** A quad that the write has added or removed but not yet put in its place. */
typedef struct {
  DgIdQuad quad;
  bool was; /**< in the file */
  bool is;  /**< now */
} DgPendingQuad;

/** Pending quads by value: an array and a hash table of places in it. */
typedef struct {
  DgPendingQuad *items; /**< [n] */
  size_t n;
  size_t cap;
  uint32_t *slots; /**< [size], place + 1, or 0 */
  size_t size;
} DgPending;

enum {
  DG_LMDB_CACHE = 8192,      /**< terms in a handle's cache */
  DG_LMDB_CACHE_BYTES = 112, /**< longer terms are not kept */
  DG_LMDB_FLUSH = 1 << 18    /**< pending quads before they are put away */
};

typedef struct {
  uint64_t hash;
  DgId id; /**< 0 for free */
  uint32_t size;
  uint8_t bytes[DG_LMDB_CACHE_BYTES];
} DgCachedTerm;

typedef struct DgLmdbCursor DgLmdbCursor;

/** A handle. */
typedef struct {
  DgDataset base;
  DgLmdbFile *file;
  char *folder;
  DgLmdbOptions options;
  bool read_only;
  MDB_txn *reader; /**< kept between reads, reset */
  MDB_txn *writer;
  unsigned readers;   /**< read_begin less read_end */
  uint64_t numbering; /**< times that ids may have changed their terms */
  uint64_t epoch;     /**< transactions that this handle has had */
  uint64_t changes;   /**< times that the indexes were written to */
  uint64_t next_term; /**< in a write: the next number */
  uint64_t old_terms; /**< in a write: no quad of the file has this number or
                           a greater one */
  DgStatus failure;   /**< what makes the write fail at commit */
  DgPending pending;
  DgLmdbCursor *cursors[DG_INDEXES];  /**< closed, kept */
  MDB_cursor *lookup[DG_LMDB_TABLES]; /**< kept; renewed in each read */
  uint64_t lookup_epoch[DG_LMDB_TABLES];
  DgCachedTerm *cache; /**< [DG_LMDB_CACHE], or null */
  DgBuf scratch;
} DgLmdb;

static inline DgLmdb *
dg_lmdb_of(DgDataset *dataset)
{
  return (DgLmdb *)dataset;
}

/** The transaction that reads go through, or null outside of one. */
static inline MDB_txn *
dg_lmdb_txn(const DgLmdb *db)
{
  return db->writer ? db->writer : db->readers ? db->reader : NULL;
}

/** Make the open write fail at its commit; the first reason stays. */
static inline void
dg_lmdb_note_failure(DgLmdb *db, DgStatus status)
{
  db->failure = db->failure == DG_OK ? status : db->failure;
}

/** The status that stands for an LMDB error code. */
DgStatus
dg_lmdb_status(int code);

/** Set `diag` for an LMDB error code; gives dg_lmdb_status(code). */
DgStatus
dg_lmdb_failure(DgDiag *diag, const char *folder, const char *verb, int code);

/* lmdb_file.c: files and folders */

/** Open the current data file of a folder, or make it; counted. */
DgStatus
dg_lmdb_file_open(const char *folder, DgStoreMode mode,
                  const DgLmdbOptions *options, DgLmdbFile **out, DgDiag *diag);

/** Open a data file by its name. */
DgStatus
dg_lmdb_file_named(const char *folder, const char *name, bool create,
                   const DgLmdbOptions *options, DgLmdbFile **out,
                   DgDiag *diag);

void
dg_lmdb_file_release(DgLmdbFile *file);

/**
 * Begin a transaction, growing the map or following other processes' growth.
 */
int
dg_lmdb_file_begin(DgLmdbFile *file, bool write, MDB_txn **txn);

/** To be called after the end of a transaction. */
void
dg_lmdb_file_ended(DgLmdbFile *file, bool write);

/** The file that has taken this one's place, as seen by `txn`; or absent. */
DgStr
dg_lmdb_file_moved(DgLmdbFile *file, MDB_txn *txn);

/** Path of a name in a folder, on the heap. */
char *
dg_lmdb_path(const char *folder, const char *name);

/** Make `name` the folder's current data file. */
DgStatus
dg_lmdb_set_current(const char *folder, const char *name, DgDiag *diag);

/** Take the folder's lock against others that make new files. */
DgStatus
dg_lmdb_lock_folder(const char *folder, int *fd, DgDiag *diag);

/**
 * The name of the next data file; what interrupted exchanges have left is
 * removed. The folder is locked.
 * @return on the heap, or null.
 */
char *
dg_lmdb_next_name(const DgLmdbFile *file);

/**
 * Put a complete, synced data file in the place of the one that is being
 * written to: commits the write.
 */
DgStatus
dg_lmdb_exchange(DgLmdb *db, const char *name, DgDiag *diag);

/** Remove a data file and its table of readers. */
void
dg_lmdb_remove_data(const char *folder, const char *name);

/* lmdb_terms.c: the dictionary */

/** Append the bytes that stand for a term that is not inline. */
void
dg_lmdb_pack_term(const DgTerm *term, DgBuf *out);

/** The term of such bytes, its strings in them; DG_BROKEN. */
DgStatus
dg_lmdb_unpack_term(DgStr bytes, DgTerm *term);

/** Kind of the id of packed bytes. */
DgIdKind
dg_lmdb_packed_kind(DgStr bytes);

DgStatus
dg_lmdb_find_id(DgDataset *self, const DgTerm *term, DgId *id);
DgStatus
dg_lmdb_make_id(DgDataset *self, const DgTerm *term, DgId *id);
DgStatus
dg_lmdb_get_term(DgDataset *self, DgId id, DgArena *arena, DgTerm *term);

/** Number of the term with these packed bytes; DG_NO_MATCH. */
DgStatus
dg_lmdb_number_of(DgLmdb *db, uint64_t hash, DgStr bytes, uint64_t *number);

/** The packed bytes of a number, good for the transaction; DG_NO_MATCH. */
DgStatus
dg_lmdb_packed_of(DgLmdb *db, uint64_t number, DgStr *bytes);

void
dg_lmdb_forget_terms(DgLmdb *db);

/* lmdb_write.c: pending quads and their way into the indexes */

DgStatus
dg_lmdb_add(DgDataset *self, DgIdQuad quad);
DgStatus
dg_lmdb_remove(DgDataset *self, DgIdQuad quad);

/** Put all pending quads into the indexes. */
DgStatus
dg_lmdb_flush(DgLmdb *db);

void
dg_pending_clear(DgPending *pending);

/* lmdb_counts.c */

/** Counts of 'p' or 'g' and an id, or of 'a' (all) and 0; zeros if none. */
DgStatus
dg_lmdb_get_count(MDB_txn *txn, MDB_dbi table, char place, DgId id,
                  DgLmdbCount *count);
DgStatus
dg_lmdb_put_count(MDB_txn *txn, MDB_dbi table, char place, DgId id,
                  const DgLmdbCount *count);

/** The change of an id, made when new; null when memory is out. */
DgLmdbChange *
dg_changes_at(DgLmdbChanges *changes, DgId id);

/** Add all changes to the counts of a place, and clear them. */
DgStatus
dg_changes_apply(DgLmdbChanges *changes, MDB_txn *txn, MDB_dbi table,
                 char place);

/** What a walk over one whole index counts. */
typedef struct {
  uint64_t quads;
  uint64_t firsts;    /**< distinct values of the first place */
  DgLmdbChanges rows; /**< by the place that the index counts: spog, posg by
                           predicate, gspo by graph */
} DgIndexTally;

/** Count a key; `before` is the one before it, or null. */
DgStatus
dg_tally_key(DgIndexTally *tally, int index, const DgKey *before,
             const DgKey *key);

DgStatus
dg_lmdb_count(DgDataset *self, DgIdQuad pattern, uint64_t *n, bool *exact);
DgStatus
dg_lmdb_distinct(DgDataset *self, DgIdQuad pattern, char place, uint64_t *n);

/* lmdb_cursor.c */

DgStatus
dg_lmdb_find(DgDataset *self, DgIdQuad pattern, DgOrder order,
             DgDatasetCursor **cursor);
DgStatus
dg_lmdb_next(DgDatasetCursor *cursor, DgIdQuad *quad);
DgStatus
dg_lmdb_seek(DgDatasetCursor *cursor, DgIdQuad key);
void
dg_lmdb_close(DgDatasetCursor *cursor);

/** True when the file, without pending quads, has the quad. */
DgStatus
dg_lmdb_has(DgLmdb *db, const DgIdQuad *quad, bool *has);

/** Close the kept cursors, before the transaction ends. */
void
dg_lmdb_drop_cursors(DgLmdb *db);

/** A kept LMDB cursor of this transaction, made when new. */
int
dg_lmdb_lookup(DgLmdb *db, unsigned table, MDB_cursor **cursor);

/** Key of the last block of an index. */
extern const uint8_t dg_lmdb_last_key[32];

/** A key as the bytes it has in LMDB, which sort as keys do. */
static inline void
dg_lmdb_key_bytes(const DgKey *key, uint8_t bytes[32])
{
  for (int i = 0; i < 4; ++i) {
    const uint64_t big = __builtin_bswap64(key->at[i]);
    memcpy(bytes + i * 8, &big, 8);
  }
}

static inline void
dg_lmdb_bytes_key(const void *bytes, DgKey *key)
{
  for (int i = 0; i < 4; ++i) {
    uint64_t big;
    memcpy(&big, (const uint8_t *)bytes + i * 8, 8);
    key->at[i] = __builtin_bswap64(big);
  }
}

/** Meta entries. */
DgStatus
dg_lmdb_get_meta(MDB_txn *txn, MDB_dbi table, const char *key, uint64_t *value);
DgStatus
dg_lmdb_put_meta(MDB_txn *txn, MDB_dbi table, const char *key, uint64_t value);

#endif
