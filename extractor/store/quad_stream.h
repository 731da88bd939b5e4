/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_QUAD_STREAM_H
#define DG_STORE_QUAD_STREAM_H

#include "base/diag.h"
#include "store/dataset.h"

/**
 * The quads of a dataset in the order of their terms, so that two datasets
 * with the same quads give the same stream, however they came to be.
 */
typedef struct DgQuadStream DgQuadStream;

/** Which quads, and in what order. A zeroed struct is all quads. */
typedef struct {
  bool triples;         /**< by subject, predicate and object, graphs left out
                             and each triple once; else by graph first */
  const DgTerm *graph;  /**< of this graph alone; null: of all */
  const DgTerm *except; /**< but not of this graph; may be null */
} DgQuadStreamOptions;

/**
 * Begin a read of `dataset`, which lasts until the free.
 * The distinct terms are held in memory, the quads in a temporary file when
 * they are many (in TMPDIR, else /tmp).
 */
DgStatus
dg_quad_stream_new(DgDataset *dataset, const DgQuadStreamOptions *options,
                   DgQuadStream **stream, DgDiag *diag);

/**
 * @param quad  Its strings are good until the free.
 * @return DG_NO_MATCH at the end.
 */
DgStatus
dg_quad_stream_next(DgQuadStream *stream, DgQuad *quad);

/** Quads that the stream was made of; for progress. */
uint64_t
dg_quad_stream_size(const DgQuadStream *stream);

/** Null is allowed. */
void
dg_quad_stream_free(DgQuadStream *stream);

#endif
