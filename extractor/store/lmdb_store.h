/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_LMDB_STORE_H
#define DG_STORE_LMDB_STORE_H

#include "base/diag.h"
#include "store/dataset.h"

/**
 * The embedded store: a folder with an LMDB file. Terms are numbered in a
 * dictionary, small values stand in the ids ("store/id.h"), quads stand in six
 * indexes as blocks of packed keys ("store/block.h"), each quad once.
 *
 * A handle (DgDataset) is for one thread at a time; open one for each thread,
 * which is cheap, since handles of one process share the file. Readers see the
 * last commit before their `read_begin` and never wait. There is one writer at
 * a time, in all processes; `write_begin` waits for it. A commit is on disk
 * when `write_commit` returns DG_OK. Doc: doc/store.md.
 *
 * Between `write_begin` and the end of the write, a handle reads what it has
 * written. A cursor is to be closed before the `read_end`, commit or rollback
 * after it; one that is read later gives DG_CONFLICT.
 */
typedef enum {
  DG_STORE_READ,  /**< must exist; writing gives DG_UNSUPPORTED */
  DG_STORE_WRITE, /**< must exist */
  DG_STORE_CREATE /**< made when it is not there */
} DgStoreMode;

/** How to open; a zeroed struct is the default. */
typedef struct {
  size_t map_size; /**< bytes of address space to take; 0: as much as there is,
                        up to 1 TiB. The file is only as long as its data. */
} DgLmdbOptions;

/** A number that changes when ids of the store may have come to stand for
 * other terms, so that what is kept by id must be forgotten. */
uint64_t
dg_lmdb_numbering(const DgDataset *dataset);

/** A number that changes with each transaction of the handle. */
uint64_t
dg_lmdb_epoch(const DgDataset *dataset);

/** The format that this program writes, and the newest that it reads. */
enum { DG_LMDB_FORMAT = 1 };

/**
 * Open the store in `folder`.
 *
 * @param options  May be null.
 * @return DG_NOT_FOUND when there is no store; DG_UNSUPPORTED for a newer
 *         format, which the message names; DG_BAD_INPUT for a folder of other
 *         things.
 */
DgStatus
dg_lmdb_open(const char *folder, DgStoreMode mode, const DgLmdbOptions *options,
             DgDataset **out, DgDiag *diag);

/** True for a dataset that dg_lmdb_open gave. */
bool
dg_lmdb_is(const DgDataset *dataset);

/**
 * A small table beside the quads, for the journal of what was ingested. The
 * key is 1 to 500 bytes, the value at most 1 MiB. To be called inside a read
 * or a write; a put belongs to the write's transaction.
 */
DgStatus
dg_store_journal_put(DgDataset *store, DgStr key, DgStr value);

/**
 * @param value  Good until the next write or the end of the read.
 * @return DG_NO_MATCH when there is no such key.
 */
DgStatus
dg_store_journal_get(DgDataset *store, DgStr key, DgStr *value);

/** @return DG_NO_MATCH when there was no such key. */
DgStatus
dg_store_journal_remove(DgDataset *store, DgStr key);

/** Calls back for each entry in the order of keys, until one is not DG_OK. */
DgStatus
dg_store_journal_each(DgDataset *store,
                      DgStatus (*each)(void *self, DgStr key, DgStr value),
                      void *self);

/**
 * Remove all quads that fit `pattern`, inside a write, of any dataset.
 * @param removed  Quads removed; may be null.
 */
DgStatus
dg_store_remove_matching(DgDataset *store, DgIdQuad pattern, uint64_t *removed);

/**
 * Make the quads of `graph` those in `quads` and no others, inside a write.
 * @param quads  [n], their own graph is ignored.
 */
DgStatus
dg_store_replace_graph(DgDataset *store, const DgTerm *graph,
                       const DgQuad *quads, size_t n);

/** How many quads, terms and graphs there are, exactly. */
typedef struct {
  uint64_t quads;
  uint64_t terms; /**< in the dictionary */
  uint64_t subjects;
  uint64_t predicates;
  uint64_t objects;
  uint64_t graphs;     /**< the default graph too, when it has quads */
  uint64_t file_bytes; /**< of the data file */
  uint64_t used_bytes; /**< of them, in use */
} DgStoreTotals;

/** Inside a read or write. */
DgStatus
dg_lmdb_totals(DgDataset *store, DgStoreTotals *totals);

/** Of one predicate or graph. */
typedef struct {
  DgId id;
  uint64_t quads;
  uint64_t subjects; /**< distinct; predicates only */
  uint64_t objects;  /**< distinct; predicates only */
} DgStoreCount;

/**
 * Counts by predicate (place 'p') or graph (place 'g'), by id; inside a read
 * or write.
 */
DgStatus
dg_lmdb_counts(DgDataset *store, char place,
               DgStatus (*each)(void *self, const DgStoreCount *count),
               void *self);

/**
 * Check everything: that the six indexes hold the same quads in order, that
 * each term of a quad is in the dictionary and found by its hash, that all
 * counts are exact.
 * @return DG_BROKEN and in `diag` the first thing that is wrong.
 */
DgStatus
dg_lmdb_check(DgDataset *store, DgDiag *diag);

/**
 * A copy of the store's last commit, in a new folder, while others read and
 * write. The copy is a store like any other.
 * @return DG_CONFLICT when `folder` is there already.
 */
DgStatus
dg_lmdb_backup(DgDataset *store, const char *folder, DgDiag *diag);

/**
 * Make the content of a store that of another one, such as a backup. Readers
 * go on with what they see.
 */
DgStatus
dg_lmdb_restore(DgDataset *store, DgDataset *backup, DgDiag *diag);

/**
 * Write the store anew without holes and without terms that no quad has; ids
 * stay. Writers wait, readers go on with what they see.
 */
DgStatus
dg_lmdb_compact(DgDataset *store, DgDiag *diag);

#endif
