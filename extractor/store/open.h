/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_OPEN_H
#define DG_STORE_OPEN_H

#include "store/lmdb_store.h"

/**
 * Open a store by what a user writes after -d:
 *
 *   PATH, lmdb:PATH   the embedded store in a folder ("store/lmdb_store.h")
 *   memory:           an empty set in memory, gone at the end
 *   NAME:REST         any storage of librdf by its name; REST is what comes
 *                     after its name in Redland: the storage's own name, and
 *                     after a "?" its options ("sqlite:deals.db",
 *                     "hashes:deals?hash-type='bdb',dir='.'",
 *                     "postgresql:deals?host='localhost',...")
 *
 * A path with a colon before its first slash is written "./a:b".
 *
 * @param spec  Terminated; used during the call only.
 * @param mode  As for dg_lmdb_open; other storages are opened as they are.
 * @return as dg_lmdb_open; DG_NOT_FOUND also for a storage that librdf does
 *         not have.
 */
DgStatus
dg_store_open(const char *spec, DgStoreMode mode, DgDataset **out,
              DgDiag *diag);

/**
 * What to warn of before data is given to the store of a spec: that a storage
 * loses it when the program is killed, and the like; null when there is
 * nothing. A constant string.
 */
const char *
dg_store_warning(const char *spec);

static inline void
dg_store_free(DgDataset *store)
{
  if (store) {
    store->class_->free(store);
  }
}

#endif
