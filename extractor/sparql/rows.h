/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_ROWS_H
#define DG_SPARQL_ROWS_H

#include "sparql/run.h"

/** A growing list of rows of `width` ids, with a hash index on demand. */
typedef struct {
  DgId *ids; /**< [n * width] */
  size_t width;
  size_t n;
  size_t cap;
  uint32_t *slots; /**< [n_slots] first row + 1 of a chain, or 0 */
  size_t n_slots;
  uint32_t *chain; /**< [cap] next row + 1 of the same slot, or 0 */
  size_t n_keys;   /**< the first ids of a row are its key */
} DgRows;

void
dg_rows_init(DgRows *rows, size_t width);

void
dg_rows_clear(DgRows *rows, DgRun *run);

/** Append a row, not filled. @return null when a bound is reached. */
DgId *
dg_rows_add(DgRows *rows, DgRun *run);

static inline DgId *
dg_rows_at(const DgRows *rows, size_t i)
{
  return rows->ids + i * rows->width;
}

/** Index all rows by their first `n_keys` ids. */
DgStatus
dg_rows_index(DgRows *rows, DgRun *run, size_t n_keys);

/** First row + 1 that may have this key, or 0; go on with `chain`. */
uint32_t
dg_rows_find(const DgRows *rows, const DgId *key);

/**
 * Row whose first `n_keys` ids are `key`, added when new (the rest cleared).
 * The rows are indexed by those keys from the first call on.
 * @param fresh  Set when it was added.
 * @return row number, or SIZE_MAX when a bound is reached.
 */
size_t
dg_rows_put(DgRows *rows, DgRun *run, size_t n_keys, const DgId *key,
            bool *fresh);

#endif
