/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/op.h"
#include "sparql/range.h"
#include "sparql/rows.h"

/*
 * One triple pattern by one index range. Places that are bound when it is
 * opened narrow the range; the others are bound from each quad. In a default
 * graph of several graphs a triple counts once: its quads lie side by side in
 * an order that has the graph last.
 */

enum { PLACES = 4 };

typedef struct {
  uint32_t slot;
  uint8_t place;
} Out;

typedef struct {
  DgOp base;
  DgDatasetCursor *cursor;
  Out outs[PLACES];
  size_t n_outs;
  Out same[PLACES]; /**< places that repeat an earlier variable */
  size_t n_same;
  bool once;      /**< each triple counts once */
  bool in_from;   /**< the graph must be of FROM */
  bool in_named;  /**< the graph must be named */
  bool any_order; /**< equal triples may lie apart */
  bool ranged;    /**< read in ranges of the object */
  DgRangeWalk walk;
  DgIdQuad last;
  DgRows seen; /**< triples given, with `any_order` */
} Scan;

static const DgOrder order_for[8] = {
  DG_ORDER_SPOG, DG_ORDER_SPOG, DG_ORDER_POSG, DG_ORDER_SPOG,
  DG_ORDER_OSPG, DG_ORDER_OSPG, DG_ORDER_POSG, DG_ORDER_SPOG,
};

/* The value that a place must have, or DG_ID_NONE when it gives one. */
static DgId
bind_place(Scan *self, const DgRun *run, DgPlace place, uint8_t number)
{
  if (place.slot == DG_SLOT_NONE) {
    return place.id;
  }
  const DgId bound = run->row[place.slot];
  if (bound) {
    return bound;
  }
  for (size_t i = 0; i < self->n_outs; ++i) {
    if (self->outs[i].slot == place.slot) {
      self->same[self->n_same++] = (Out){ self->outs[i].place, number };
      return DG_ID_NONE;
    }
  }
  self->outs[self->n_outs++] = (Out){ place.slot, number };
  return DG_ID_NONE;
}

static bool
bind_default(Scan *self, const DgRun *run, DgIdQuad *pattern)
{
  switch (run->default_graph) {
  case DG_DEFAULT_STRICT:
    pattern->g = DG_ID_DEFAULT_GRAPH;
    break;
  case DG_DEFAULT_UNION:
    self->once = true;
    break;
  case DG_DEFAULT_LIST:
    if (run->n_from == 1) {
      pattern->g = run->from[0];
    } else {
      self->once = self->in_from = true;
    }
    return run->n_from > 0;
  }
  return true;
}

/* False when nothing can match. */
static bool
bind_pattern(Scan *self, const DgRun *run, DgIdQuad *pattern)
{
  const DgAlg *const alg = self->base.alg;
  self->n_outs = self->n_same = 0;
  self->once = self->in_from = self->in_named = false;
  self->last = (DgIdQuad){ 0 };
  *pattern = (DgIdQuad){ bind_place(self, run, alg->s, 0),
                         bind_place(self, run, alg->p, 1),
                         bind_place(self, run, alg->o, 2), DG_ID_NONE };
  if (alg->graph.kind == DG_GRAPH_DEFAULT) {
    if (!bind_default(self, run, pattern)) {
      return false;
    }
  } else {
    pattern->g = bind_place(self, run, alg->graph.place, 3);
    self->in_named = pattern->g == DG_ID_NONE;
    if (pattern->g && !dg_run_is_named(run, pattern->g)) {
      return false;
    }
  }
  return !((pattern->s | pattern->p | pattern->o | pattern->g) & DG_ID_LOCAL);
}

/* Where the object is all that narrows the index down. */
static bool
open_ranged(Scan *self, DgRun *run, DgIdQuad pattern, DgStatus *status)
{
  const DgAlg *const alg = self->base.alg;
  if (!alg->ranges || pattern.s || pattern.o || self->n_same) {
    return false;
  }
  self->walk = (DgRangeWalk){ alg->ranges, alg->n_ranges, 0, pattern };
  *status = dg_range_open(run, &self->walk, &self->cursor);
  return *status != DG_UNSUPPORTED;
}

static DgStatus
scan_open(DgOp *op, DgRun *run)
{
  Scan *const self = (Scan *)op;
  DgIdQuad pattern;
  if (!bind_pattern(self, run, &pattern)) {
    self->n_outs = 0;
    return DG_OK;
  }
  DgStatus status = DG_OK;
  self->ranged = open_ranged(self, run, pattern, &status);
  if (self->ranged) {
    return status;
  }
  DgOrder order = DG_ORDER_ANY;
  if (self->once) {
    order = order_for[(pattern.s != 0) | (pattern.p != 0) << 1 |
                      (pattern.o != 0) << 2];
  }
  status = run->class_->find(run->dataset, pattern, order, &self->cursor);
  self->any_order = status == DG_UNSUPPORTED;
  if (self->any_order) {
    dg_rows_init(&self->seen, 3);
    status =
        run->class_->find(run->dataset, pattern, DG_ORDER_ANY, &self->cursor);
  }
  if (status != DG_OK) {
    self->cursor = NULL;
  }
  return status;
}

static inline DgId
id_at(const DgIdQuad *quad, uint8_t place)
{
  return place == 0   ? quad->s
         : place == 1 ? quad->p
         : place == 2 ? quad->o
                      : quad->g;
}

static bool
is_repeat(Scan *self, DgRun *run, const DgIdQuad *quad, DgStatus *status)
{
  if (self->any_order) {
    const DgId key[] = { quad->s, quad->p, quad->o };
    bool fresh;
    if (dg_rows_put(&self->seen, run, 3, key, &fresh) == SIZE_MAX) {
      *status = DG_LIMIT;
    }
    return !fresh;
  }
  const bool repeat = quad->s == self->last.s && quad->p == self->last.p &&
                      quad->o == self->last.o;
  self->last = *quad;
  return repeat;
}

static bool
is_wanted(Scan *self, DgRun *run, const DgIdQuad *quad, DgStatus *status)
{
  for (size_t i = 0; i < self->n_same; ++i) {
    if (id_at(quad, (uint8_t)self->same[i].slot) !=
        id_at(quad, self->same[i].place)) {
      return false;
    }
  }
  if ((self->in_named && !dg_run_is_named(run, quad->g)) ||
      (self->in_from && !dg_run_is_from(run, quad->g))) {
    return false;
  }
  return !self->once || !is_repeat(self, run, quad, status);
}

static void
unbind(Scan *self, DgRun *run)
{
  for (size_t i = 0; i < self->n_outs; ++i) {
    run->row[self->outs[i].slot] = DG_ID_NONE;
  }
}

static DgStatus
scan_next(DgOp *op, DgRun *run)
{
  Scan *const self = (Scan *)op;
  if (!self->cursor) {
    return DG_NO_MATCH;
  }
  for (;;) {
    DgIdQuad quad;
    DgStatus status = self->ranged
                          ? dg_range_next(run, &self->walk, self->cursor, &quad)
                          : run->class_->next(self->cursor, &quad);
    if (status != DG_OK) {
      unbind(self, run);
      return status;
    }
    DG_TRY(dg_run_tick(run));
    if (!is_wanted(self, run, &quad, &status)) {
      DG_TRY(status);
      continue;
    }
    for (size_t i = 0; i < self->n_outs; ++i) {
      run->row[self->outs[i].slot] = id_at(&quad, self->outs[i].place);
    }
    return DG_OK;
  }
}

static void
scan_close(DgOp *op, DgRun *run)
{
  Scan *const self = (Scan *)op;
  unbind(self, run);
  self->n_outs = 0;
  if (self->cursor) {
    run->class_->close(self->cursor);
    self->cursor = NULL;
  }
  if (self->any_order) {
    dg_rows_clear(&self->seen, run);
    self->any_order = false;
  }
}

static void
scan_describe(const DgOp *op, const DgRun *run, DgBuf *out)
{
  const DgAlg *const alg = op->alg;
  dg_op_place(run, alg->s, out);
  dg_buf_add_char(out, ' ');
  dg_op_place(run, alg->p, out);
  dg_buf_add_char(out, ' ');
  dg_op_place(run, alg->o, out);
  if (alg->ranges) {
    dg_buf_add(out, DG_STR(" (in range)"));
  }
  if (alg->graph.kind == DG_GRAPH_PLACE) {
    dg_buf_add(out, DG_STR(" in "));
    dg_op_place(run, alg->graph.place, out);
  }
}

static const DgOpClass scan_class = { "scan",     scan_open, scan_next,
                                      scan_close, NULL,      scan_describe };

DgOp *
dg_op_scan(DgRun *run, const DgAlg *alg)
{
  return dg_op_new(run, &scan_class, alg, sizeof(Scan), 0);
}
