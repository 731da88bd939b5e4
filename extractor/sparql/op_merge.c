/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/op.h"

/*
 * Merge join of triple patterns that differ from one another in property and
 * object alone, both given: their subjects come sorted, and each pattern leaps
 * to where the others are (leapfrog join, Veldhuizen 2014). With the subject
 * bound it is a look-up in each.
 */

typedef struct {
  DgDatasetCursor *cursor;
  DgIdQuad pattern;
  DgId s; /**< where it is */
} Leg;

typedef struct {
  DgOp base;
  Leg *legs;  /**< [base.alg->kids.n] */
  bool own;   /**< the slot is not bound by others */
  bool fresh; /**< nothing was given yet */
} Merge;

static size_t
n_legs(const Merge *self)
{
  return self->base.alg->kids.n;
}

DgIdQuad
dg_op_merge_pattern(const DgRun *run, const DgAlg *scan)
{
  DgIdQuad pattern = { DG_ID_NONE, scan->p.id, scan->o.id, DG_ID_NONE };
  if (scan->graph.kind == DG_GRAPH_PLACE) {
    pattern.g = scan->graph.place.id;
  } else if (run->default_graph == DG_DEFAULT_STRICT) {
    pattern.g = DG_ID_DEFAULT_GRAPH;
  } else if (run->default_graph == DG_DEFAULT_LIST && run->n_from == 1) {
    pattern.g = run->from[0];
  }
  return pattern;
}

DgOrder
dg_op_merge_order(DgIdQuad pattern)
{
  return pattern.g ? DG_ORDER_GPOS : DG_ORDER_POSG;
}

static DgStatus
merge_open(DgOp *op, DgRun *run)
{
  Merge *const self = (Merge *)op;
  const DgId bound = run->row[op->alg->slot];
  self->own = bound == DG_ID_NONE;
  self->fresh = true;
  if (bound & DG_ID_LOCAL) {
    self->fresh = false;
    return DG_OK;
  }
  for (size_t i = 0; i < n_legs(self); ++i) {
    Leg *const leg = &self->legs[i];
    leg->pattern = dg_op_merge_pattern(run, op->alg->kids.items[i]);
    leg->pattern.s = bound;
    leg->s = DG_ID_NONE;
    const DgOrder order =
        self->own ? dg_op_merge_order(leg->pattern) : DG_ORDER_ANY;
    leg->cursor = NULL;
    DG_TRY(run->class_->find(run->dataset, leg->pattern, order, &leg->cursor));
  }
  return DG_OK;
}

static void
merge_close(DgOp *op, DgRun *run)
{
  Merge *const self = (Merge *)op;
  for (size_t i = 0; i < n_legs(self); ++i) {
    if (self->legs[i].cursor) {
      run->class_->close(self->legs[i].cursor);
      self->legs[i].cursor = NULL;
    }
  }
  if (self->own) {
    run->row[op->alg->slot] = DG_ID_NONE;
    self->own = false;
  }
}

/* The leg's first subject not before `s`; nearby ones are read, not sought. */
static DgStatus
leap(Leg *leg, DgRun *run, DgId s)
{
  enum { STEPS = 4 };
  DgIdQuad quad = { 0 };
  for (unsigned step = 0; leg->s < s; ++step) {
    if (step == STEPS) {
      DgIdQuad key = leg->pattern;
      key.s = s;
      DG_TRY(run->class_->seek(leg->cursor, key));
    }
    DG_TRY(run->class_->next(leg->cursor, &quad));
    DG_TRY(dg_run_tick(run));
    leg->s = quad.s;
  }
  return DG_OK;
}

/* All legs at one subject after `s`. */
static DgStatus
meet(Merge *self, DgRun *run, DgId s)
{
  size_t together = 0;
  for (size_t i = 0; together < n_legs(self); i = (i + 1) % n_legs(self)) {
    DG_TRY(leap(&self->legs[i], run, s));
    together = self->legs[i].s == s ? together + 1 : 1;
    s = self->legs[i].s;
  }
  return DG_OK;
}

static DgStatus
look_up(Merge *self, DgRun *run)
{
  DgIdQuad quad;
  for (size_t i = 0; i < n_legs(self); ++i) {
    DG_TRY(run->class_->next(self->legs[i].cursor, &quad));
    DG_TRY(dg_run_tick(run));
  }
  return DG_OK;
}

static DgStatus
merge_next(DgOp *op, DgRun *run)
{
  Merge *const self = (Merge *)op;
  const bool fresh = self->fresh;
  self->fresh = false;
  if (!self->own) {
    return fresh ? look_up(self, run) : DG_NO_MATCH;
  }
  const DgStatus status = meet(self, run, self->legs[0].s + 1);
  run->row[op->alg->slot] = status == DG_OK ? self->legs[0].s : DG_ID_NONE;
  return status;
}

static void
merge_describe(const DgOp *op, const DgRun *run, DgBuf *out)
{
  dg_op_name(run, op->alg->slot, out);
  for (size_t i = 0; i < op->alg->kids.n; ++i) {
    const DgAlg *const scan = op->alg->kids.items[i];
    dg_buf_add(out, i ? DG_STR(" ; ") : DG_STR(" "));
    dg_op_place(run, scan->p, out);
    dg_buf_add_char(out, ' ');
    dg_op_place(run, scan->o, out);
  }
}

static const DgOpClass merge_class = {
  "merge join", merge_open, merge_next, merge_close, NULL, merge_describe
};

DgOp *
dg_op_merge(DgRun *run, const DgAlg *alg)
{
  Merge *const self = dg_op_new(run, &merge_class, alg, sizeof *self, 0);
  if (self) {
    self->legs = DG_NEW_ARRAY(run->arena, Leg, alg->kids.n + 1);
  }
  return self && self->legs ? &self->base : NULL;
}
