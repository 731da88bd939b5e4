/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/op.h"

/*
 * The three operators that open their right side anew for each solution of the
 * left one, which is then bound: index nested-loop join, OPTIONAL and MINUS.
 */
typedef struct {
  DgOp base;
  bool inside;  /**< the right side is open */
  bool matched; /**< OPTIONAL: it gave a solution */
} Nested;

static DgStatus
nested_open(DgOp *op, DgRun *run)
{
  ((Nested *)op)->inside = false;
  return dg_op_open(op->kids[0], run);
}

static void
leave(Nested *self, DgRun *run)
{
  if (self->inside) {
    self->inside = false;
    dg_op_close(self->base.kids[1], run);
  }
}

static void
nested_close(DgOp *op, DgRun *run)
{
  leave((Nested *)op, run);
  dg_op_close(op->kids[0], run);
}

static DgStatus
enter(Nested *self, DgRun *run)
{
  DG_TRY(dg_op_next(self->base.kids[0], run));
  self->inside = true;
  self->matched = false;
  return dg_op_open(self->base.kids[1], run);
}

static DgStatus
join_next(DgOp *op, DgRun *run)
{
  Nested *const self = (Nested *)op;
  for (;;) {
    if (self->inside) {
      const DgStatus status = dg_op_next(op->kids[1], run);
      if (status != DG_NO_MATCH) {
        return status;
      }
      leave(self, run);
    }
    DG_TRY(enter(self, run));
  }
}

static DgStatus
optional_next(DgOp *op, DgRun *run)
{
  Nested *const self = (Nested *)op;
  for (;;) {
    if (!self->inside) {
      DG_TRY(enter(self, run));
    }
    const DgStatus status = dg_op_next(op->kids[1], run);
    if (status == DG_OK) {
      if (!op->code || dg_eval_filter(&run->eval, op->code)) {
        self->matched = true;
        return DG_OK;
      }
      DG_TRY(run->eval.status);
      continue;
    }
    leave(self, run);
    if (status != DG_NO_MATCH || !self->matched) {
      return status == DG_NO_MATCH ? DG_OK : status;
    }
  }
}

static DgStatus
without_next(DgOp *op, DgRun *run)
{
  Nested *const self = (Nested *)op;
  for (;;) {
    DG_TRY(enter(self, run));
    const DgStatus status = dg_op_next(op->kids[1], run);
    leave(self, run);
    if (status != DG_OK) {
      return status == DG_NO_MATCH ? DG_OK : status;
    }
  }
}

static const DgOpClass join_class = { "nested join", nested_open, join_next,
                                      nested_close,  NULL,        NULL };
static const DgOpClass optional_class = {
  "nested optional", nested_open, optional_next, nested_close, NULL, NULL
};
static const DgOpClass without_class = { "nested minus", nested_open,
                                         without_next,   nested_close,
                                         NULL,           NULL };

static DgOp *
make(DgRun *run, const DgOpClass *class_, const DgAlg *alg, DgOp *left,
     DgOp *right, DgCode *code)
{
  Nested *const self = dg_op_new(run, class_, alg, sizeof *self, 2);
  if (!self) {
    return NULL;
  }
  self->base.kids[0] = left;
  self->base.kids[1] = right;
  self->base.code = code;
  return &self->base;
}

DgOp *
dg_op_nested(DgRun *run, DgOp *left, DgOp *right)
{
  return make(run, &join_class, NULL, left, right, NULL);
}

DgOp *
dg_op_optional(DgRun *run, const DgAlg *alg, DgOp *left, DgOp *right,
               DgCode *code)
{
  return make(run, &optional_class, alg, left, right, code);
}

DgOp *
dg_op_without(DgRun *run, const DgAlg *alg, DgOp *left, DgOp *right)
{
  return make(run, &without_class, alg, left, right, NULL);
}
