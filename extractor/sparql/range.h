/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_RANGE_H
#define DG_SPARQL_RANGE_H

#include "sparql/run.h"

/** A walk through the quads of a pattern whose objects lie in some ranges. */
typedef struct {
  const DgIdRange *ranges; /**< [n], sorted, apart from one another */
  size_t n;
  size_t at;
  DgIdQuad pattern;
} DgRangeWalk;

/**
 * Open a cursor that gives the objects of a property in order, at the first
 * range. @return DG_UNSUPPORTED where the dataset cannot.
 */
DgStatus
dg_range_open(DgRun *run, DgRangeWalk *walk, DgDatasetCursor **cursor);

/** The next quad within a range; DG_NO_MATCH after the last. */
DgStatus
dg_range_next(DgRun *run, DgRangeWalk *walk, DgDatasetCursor *cursor,
              DgIdQuad *quad);

#endif
