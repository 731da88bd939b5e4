/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/range.h"

static DgStatus
leap(DgRun *run, const DgRangeWalk *walk, DgDatasetCursor *cursor)
{
  DgIdQuad key = walk->pattern;
  key.o = walk->ranges[walk->at].first;
  return run->class_->seek(cursor, key);
}

DgStatus
dg_range_open(DgRun *run, DgRangeWalk *walk, DgDatasetCursor **cursor)
{
  const DgOrder order = walk->pattern.g ? DG_ORDER_GPOS : DG_ORDER_POSG;
  walk->at = 0;
  if (!run->class_->seek) {
    return DG_UNSUPPORTED;
  }
  DG_TRY(run->class_->find(run->dataset, walk->pattern, order, cursor));
  return walk->n ? leap(run, walk, *cursor) : DG_OK;
}

DgStatus
dg_range_next(DgRun *run, DgRangeWalk *walk, DgDatasetCursor *cursor,
              DgIdQuad *quad)
{
  while (walk->at < walk->n) {
    const DgStatus status = run->class_->next(cursor, quad);
    if (status != DG_OK) {
      return status;
    }
    while (walk->at < walk->n && quad->o > walk->ranges[walk->at].last) {
      ++walk->at;
    }
    if (walk->at < walk->n && quad->o >= walk->ranges[walk->at].first) {
      return DG_OK;
    }
    if (walk->at < walk->n) {
      DG_TRY(leap(run, walk, cursor));
    }
  }
  return DG_NO_MATCH;
}
