/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/op.h"
#include "sparql/rows.h"

/* Unit: one solution that binds nothing; or none. */

typedef struct {
  DgOp base;
  bool given;
} Unit;

static DgStatus
unit_open(DgOp *op, DgRun *run)
{
  (void)run;
  ((Unit *)op)->given = op->alg && op->alg->kind == DG_ALG_EMPTY;
  return DG_OK;
}

static DgStatus
unit_next(DgOp *op, DgRun *run)
{
  Unit *const self = (Unit *)op;
  if (self->given) {
    return DG_NO_MATCH;
  }
  self->given = true;
  return dg_run_tick(run);
}

static void
unit_close(DgOp *op, DgRun *run)
{
  (void)op;
  (void)run;
}

static const DgOpClass unit_class = { "unit",     unit_open, unit_next,
                                      unit_close, NULL,      NULL };

DgOp *
dg_op_unit(DgRun *run, const DgAlg *alg)
{
  return dg_op_new(run, &unit_class, alg, sizeof(Unit), 0);
}

/* Values: the rows of an inline table that fit what is bound. */

typedef struct {
  DgOp base;
  size_t at;
  bool *own; /**< [n_slots] not bound by others */
} Values;

static DgStatus
values_open(DgOp *op, DgRun *run)
{
  Values *const self = (Values *)op;
  self->at = 0;
  for (size_t i = 0; i < op->alg->n_slots; ++i) {
    self->own[i] = run->row[op->alg->slots[i]] == DG_ID_NONE;
  }
  return DG_OK;
}

static void
values_close(DgOp *op, DgRun *run)
{
  Values *const self = (Values *)op;
  for (size_t i = 0; i < op->alg->n_slots; ++i) {
    if (self->own[i]) {
      run->row[op->alg->slots[i]] = DG_ID_NONE;
    }
    self->own[i] = false;
  }
}

static bool
bind_values(Values *self, DgRun *run, const DgId *ids)
{
  const DgAlg *const alg = self->base.alg;
  for (size_t i = 0; i < alg->n_slots; ++i) {
    DgId *const place = &run->row[alg->slots[i]];
    if (self->own[i]) {
      *place = ids[i];
    } else if (ids[i] && *place != ids[i]) {
      return false;
    }
  }
  return true;
}

static DgStatus
values_next(DgOp *op, DgRun *run)
{
  Values *const self = (Values *)op;
  while (self->at < op->alg->n_rows) {
    DG_TRY(dg_run_tick(run));
    if (bind_values(self, run, op->alg->ids + self->at++ * op->alg->n_slots)) {
      return DG_OK;
    }
  }
  for (size_t i = 0; i < op->alg->n_slots; ++i) {
    if (self->own[i]) {
      run->row[op->alg->slots[i]] = DG_ID_NONE;
    }
  }
  return DG_NO_MATCH;
}

static void
values_describe(const DgOp *op, const DgRun *run, DgBuf *out)
{
  for (size_t i = 0; i < op->alg->n_slots; ++i) {
    dg_op_name(run, op->alg->slots[i], out);
    dg_buf_add_char(out, ' ');
  }
  dg_buf_printf(out, "(%zu rows)", op->alg->n_rows);
}

static const DgOpClass values_class = { "values",    values_open,
                                        values_next, values_close,
                                        NULL,        values_describe };

DgOp *
dg_op_values(DgRun *run, const DgAlg *alg)
{
  Values *const self = dg_op_new(run, &values_class, alg, sizeof *self, 0);
  if (self) {
    self->own = DG_NEW_ARRAY(run->arena, bool, alg->n_slots + 1);
  }
  return self && self->own ? &self->base : NULL;
}

/* Union: the kids one after the other. */

typedef struct {
  DgOp base;
  size_t at;
  bool inside;
} Union;

static DgStatus
union_open(DgOp *op, DgRun *run)
{
  (void)run;
  Union *const self = (Union *)op;
  self->at = 0;
  self->inside = false;
  return DG_OK;
}

static void
union_close(DgOp *op, DgRun *run)
{
  Union *const self = (Union *)op;
  if (self->inside) {
    self->inside = false;
    dg_op_close(op->kids[self->at], run);
  }
}

static DgStatus
union_next(DgOp *op, DgRun *run)
{
  Union *const self = (Union *)op;
  while (self->at < op->n_kids) {
    if (!self->inside) {
      self->inside = true;
      DG_TRY(dg_op_open(op->kids[self->at], run));
    }
    const DgStatus status = dg_op_next(op->kids[self->at], run);
    if (status != DG_NO_MATCH) {
      return status;
    }
    union_close(op, run);
    ++self->at;
  }
  return DG_NO_MATCH;
}

static const DgOpClass union_class = { "union",     union_open, union_next,
                                       union_close, NULL,       NULL };

DgOp *
dg_op_union(DgRun *run, const DgAlg *alg, DgOp **kids, size_t n)
{
  Union *const self = dg_op_new(run, &union_class, alg, sizeof *self, n);
  if (self && n) {
    memcpy(self->base.kids, kids, n * sizeof(DgOp *));
  }
  return self ? &self->base : NULL;
}

/* What passes the work to its only kid. */

static DgStatus
kid_open(DgOp *op, DgRun *run)
{
  return dg_op_open(op->kids[0], run);
}

static void
kid_close(DgOp *op, DgRun *run)
{
  dg_op_close(op->kids[0], run);
}

/* Filter */

static DgStatus
filter_next(DgOp *op, DgRun *run)
{
  for (;;) {
    DG_TRY(dg_op_next(op->kids[0], run));
    if (dg_eval_filter(&run->eval, op->code)) {
      return run->eval.status;
    }
    DG_TRY(run->eval.status);
  }
}

static const DgOpClass filter_class = { "filter",  kid_open, filter_next,
                                        kid_close, NULL,     NULL };

DgOp *
dg_op_filter(DgRun *run, DgOp *kid, DgCode *code)
{
  DgOp *const op = dg_op_new(run, &filter_class, NULL, sizeof *op, 1);
  if (op) {
    op->kids[0] = kid;
    op->code = code;
  }
  return op;
}

/* Extend: BIND and named expressions. A slot that is bound already must have
 * the same value. */

typedef struct {
  DgOp base;
  bool set; /**< the value in the slot is the operator's */
} Extend;

static DgStatus
extend_open(DgOp *op, DgRun *run)
{
  ((Extend *)op)->set = false;
  return dg_op_open(op->kids[0], run);
}

static void
unset(Extend *self, DgRun *run)
{
  if (self->set) {
    run->row[self->base.alg->slot] = DG_ID_NONE;
    self->set = false;
  }
}

static void
extend_close(DgOp *op, DgRun *run)
{
  unset((Extend *)op, run);
  dg_op_close(op->kids[0], run);
}

static DgStatus
extend_next(DgOp *op, DgRun *run)
{
  Extend *const self = (Extend *)op;
  DgId *const place = &run->row[op->alg->slot];
  for (;;) {
    unset(self, run);
    DG_TRY(dg_op_next(op->kids[0], run));
    run->eval.solution = run->ticks;
    const DgId id = dg_eval_id(&run->eval, op->alg->code);
    DG_TRY(run->eval.status);
    if (!*place) {
      *place = id;
      self->set = true;
      return DG_OK;
    }
    if (!id || id == *place) {
      return DG_OK;
    }
  }
}

static void
extend_describe(const DgOp *op, const DgRun *run, DgBuf *out)
{
  dg_op_name(run, op->alg->slot, out);
}

static const DgOpClass extend_class = { "extend",    extend_open,
                                        extend_next, extend_close,
                                        NULL,        extend_describe };

DgOp *
dg_op_extend(DgRun *run, const DgAlg *alg, DgOp *kid)
{
  DgOp *const op = dg_op_new(run, &extend_class, alg, sizeof(Extend), 1);
  if (op) {
    op->kids[0] = kid;
    op->code = alg->code;
  }
  return op;
}

/* Slice: OFFSET and LIMIT. */

typedef struct {
  DgOp base;
  uint64_t skipped;
  uint64_t given;
} Slice;

static DgStatus
slice_open(DgOp *op, DgRun *run)
{
  Slice *const self = (Slice *)op;
  self->skipped = self->given = 0;
  return dg_op_open(op->kids[0], run);
}

static DgStatus
slice_next(DgOp *op, DgRun *run)
{
  Slice *const self = (Slice *)op;
  while (self->skipped < op->alg->offset && self->given < op->alg->limit) {
    DG_TRY(dg_op_next(op->kids[0], run));
    ++self->skipped;
  }
  if (self->given >= op->alg->limit) {
    return DG_NO_MATCH;
  }
  DG_TRY(dg_op_next(op->kids[0], run));
  ++self->given;
  return DG_OK;
}

static void
slice_describe(const DgOp *op, const DgRun *run, DgBuf *out)
{
  (void)run;
  if (op->alg->limit != UINT64_MAX) {
    dg_buf_printf(out, "limit %llu ", (unsigned long long)op->alg->limit);
  }
  if (op->alg->offset) {
    dg_buf_printf(out, "offset %llu", (unsigned long long)op->alg->offset);
  }
}

static const DgOpClass slice_class = { "slice",   slice_open, slice_next,
                                       kid_close, NULL,       slice_describe };

DgOp *
dg_op_slice(DgRun *run, const DgAlg *alg, DgOp *kid)
{
  DgOp *const op = dg_op_new(run, &slice_class, alg, sizeof(Slice), 1);
  if (op) {
    op->kids[0] = kid;
  }
  return op;
}

/* Distinct: each solution once, as seen through its slots. */

typedef struct {
  DgOp base;
  DgRows seen;
  DgId *key;
} Distinct;

static DgStatus
distinct_open(DgOp *op, DgRun *run)
{
  dg_rows_clear(&((Distinct *)op)->seen, run);
  return dg_op_open(op->kids[0], run);
}

static DgStatus
distinct_next(DgOp *op, DgRun *run)
{
  Distinct *const self = (Distinct *)op;
  const size_t n = op->alg->n_slots;
  for (;;) {
    DG_TRY(dg_op_next(op->kids[0], run));
    for (size_t i = 0; i < n; ++i) {
      self->key[i] = run->row[op->alg->slots[i]];
    }
    bool fresh;
    if (dg_rows_put(&self->seen, run, n, self->key, &fresh) == SIZE_MAX) {
      return DG_LIMIT;
    }
    if (fresh) {
      return DG_OK;
    }
  }
}

static void
distinct_free(DgOp *op, DgRun *run)
{
  dg_rows_clear(&((Distinct *)op)->seen, run);
}

static const DgOpClass distinct_class = { "distinct",    distinct_open,
                                          distinct_next, kid_close,
                                          distinct_free, NULL };

DgOp *
dg_op_distinct(DgRun *run, const DgAlg *alg, DgOp *kid)
{
  Distinct *const self = dg_op_new(run, &distinct_class, alg, sizeof *self, 1);
  if (!self) {
    return NULL;
  }
  self->base.kids[0] = kid;
  self->key = DG_NEW_ARRAY(run->arena, DgId, alg->n_slots + 1);
  dg_rows_init(&self->seen, alg->n_slots);
  return self->key ? &self->base : NULL;
}
