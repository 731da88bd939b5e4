/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/op.h"
#include "sparql/rows.h"

/*
 * Join, OPTIONAL or MINUS against a right side that is evaluated by itself,
 * once, into a table that is hashed by the slots bound on both sides for
 * certain. Slots that are bound perhaps are compared row by row.
 */
typedef struct {
  DgOp base;
  DgHashPlan plan;
  DgRows table;    /**< key slots first, then the others of `slots` */
  uint32_t *order; /**< [plan.n_slots] the slot of each column */
  bool built;
  DgId built_graph; /**< graph that was current then */
  DgId *key;        /**< [n_keys + 1] */
  DgId *saved;      /**< [n_slots] values of `order` before a match */
  bool inside;      /**< a solution of the left side is current */
  bool matched;
  bool bound;  /**< columns of a match are in the row */
  uint32_t at; /**< row + 1 to look at next */
} Hash;

static DgStatus
build_rows(Hash *self, DgRun *run)
{
  DgOp *const right = self->base.kids[1];
  DgStatus status = dg_op_open(right, run);
  while (status == DG_OK && (status = dg_op_next(right, run)) == DG_OK) {
    DgId *const row = dg_rows_add(&self->table, run);
    if (!row) {
      status = DG_LIMIT;
      break;
    }
    for (size_t i = 0; i < self->plan.n_slots; ++i) {
      row[i] = run->row[self->order[i]];
    }
  }
  dg_op_close(right, run);
  return status == DG_NO_MATCH
             ? dg_rows_index(&self->table, run, self->plan.n_keys)
             : status;
}

/* The right side sees nothing of what is bound around it. */
static DgStatus
build(Hash *self, DgRun *run)
{
  const DgHashPlan *const plan = &self->plan;
  const DgId graph =
      plan->graph_slot == DG_SLOT_NONE ? 0 : run->row[plan->graph_slot];
  if (self->built && graph == self->built_graph) {
    return DG_OK;
  }
  dg_rows_clear(&self->table, run);
  DgId *const around = DG_NEW_ARRAY(run->arena, DgId, plan->n_clear + 1);
  DG_TRY_PTR(around);
  for (size_t i = 0; i < plan->n_clear; ++i) {
    around[i] = run->row[plan->clear[i]];
    run->row[plan->clear[i]] = DG_ID_NONE;
  }
  const DgStatus status = build_rows(self, run);
  for (size_t i = 0; i < plan->n_clear; ++i) {
    run->row[plan->clear[i]] = around[i];
  }
  self->built = status == DG_OK;
  self->built_graph = graph;
  return status;
}

static DgStatus
hash_open(DgOp *op, DgRun *run)
{
  Hash *const self = (Hash *)op;
  self->inside = self->bound = false;
  DG_TRY(build(self, run));
  if (!self->table.n && self->plan.mode == DG_HASH_JOIN) {
    self->inside = false;
    self->at = 0;
  }
  return dg_op_open(op->kids[0], run);
}

static void
unbind(Hash *self, DgRun *run)
{
  if (self->bound) {
    for (size_t i = 0; i < self->plan.n_slots; ++i) {
      run->row[self->order[i]] = self->saved[i];
    }
    self->bound = false;
  }
}

static void
hash_close(DgOp *op, DgRun *run)
{
  unbind((Hash *)op, run);
  dg_op_close(op->kids[0], run);
}

static void
hash_free(DgOp *op, DgRun *run)
{
  dg_rows_clear(&((Hash *)op)->table, run);
}

static bool
fits(const Hash *self, const DgRun *run, const DgId *row)
{
  for (size_t i = 0; i < self->plan.n_slots; ++i) {
    const DgId bound = run->row[self->order[i]];
    if (bound && row[i] && bound != row[i]) {
      return false;
    }
  }
  return true;
}

/* MINUS takes away only where the two share a bound variable. */
static bool
overlaps(const Hash *self, const DgRun *run, const DgId *row)
{
  for (size_t i = 0; i < self->plan.n_slots; ++i) {
    for (size_t j = 0; j < self->plan.n_shared; ++j) {
      if (self->order[i] == self->plan.shared[j] && row[i] &&
          run->row[self->order[i]]) {
        return true;
      }
    }
  }
  return false;
}

static void
bind_row(Hash *self, DgRun *run, const DgId *row)
{
  for (size_t i = 0; i < self->plan.n_slots; ++i) {
    DgId *const place = &run->row[self->order[i]];
    self->saved[i] = *place;
    *place = *place ? *place : row[i];
  }
  self->bound = true;
}

/* Bind the next row of the table that fits; DG_NO_MATCH when there is none. */
static DgStatus
next_match(Hash *self, DgRun *run)
{
  while (self->at) {
    const DgId *const row = dg_rows_at(&self->table, self->at - 1);
    self->at = self->table.chain[self->at - 1];
    DG_TRY(dg_run_tick(run));
    if (!fits(self, run, row)) {
      continue;
    }
    if (self->plan.mode == DG_HASH_MINUS) {
      if (overlaps(self, run, row)) {
        return DG_OK;
      }
      continue;
    }
    bind_row(self, run, row);
    if (!self->plan.code || dg_eval_filter(&run->eval, self->plan.code)) {
      return DG_OK;
    }
    unbind(self, run);
    DG_TRY(run->eval.status);
  }
  return DG_NO_MATCH;
}

static DgStatus
enter(Hash *self, DgRun *run)
{
  DG_TRY(dg_op_next(self->base.kids[0], run));
  self->inside = true;
  self->matched = false;
  for (size_t i = 0; i < self->plan.n_keys; ++i) {
    self->key[i] = run->row[self->order[i]];
  }
  self->at = self->table.n ? dg_rows_find(&self->table, self->key) : 0;
  return DG_OK;
}

static DgStatus
hash_next(DgOp *op, DgRun *run)
{
  Hash *const self = (Hash *)op;
  unbind(self, run);
  for (;;) {
    if (!self->inside) {
      if (self->plan.mode == DG_HASH_JOIN && !self->table.n) {
        return DG_NO_MATCH;
      }
      DG_TRY(enter(self, run));
    }
    const DgStatus status = next_match(self, run);
    if (self->plan.mode == DG_HASH_MINUS) {
      self->inside = false;
      if (status == DG_OK) {
        continue;
      }
      return status == DG_NO_MATCH ? DG_OK : status;
    }
    if (status == DG_OK) {
      self->matched = true;
      return DG_OK;
    }
    self->inside = false;
    if (status != DG_NO_MATCH) {
      return status;
    }
    if (self->plan.mode == DG_HASH_LEFT && !self->matched) {
      return DG_OK;
    }
  }
}

static void
hash_describe(const DgOp *op, const DgRun *run, DgBuf *out)
{
  const Hash *const self = (const Hash *)op;
  dg_buf_add(out, DG_STR("on"));
  for (size_t i = 0; i < self->plan.n_keys; ++i) {
    dg_buf_add_char(out, ' ');
    dg_op_name(run, self->plan.keys[i], out);
  }
}

static const DgOpClass classes[] = {
  [DG_HASH_JOIN] = { "hash join", hash_open, hash_next, hash_close, hash_free,
                     hash_describe },
  [DG_HASH_LEFT] = { "hash optional", hash_open, hash_next, hash_close,
                     hash_free, hash_describe },
  [DG_HASH_MINUS] = { "hash minus", hash_open, hash_next, hash_close, hash_free,
                      hash_describe },
};

static bool
is_key(const DgHashPlan *plan, uint32_t slot)
{
  for (size_t i = 0; i < plan->n_keys; ++i) {
    if (plan->keys[i] == slot) {
      return true;
    }
  }
  return false;
}

DgOp *
dg_op_hash(DgRun *run, const DgAlg *alg, const DgHashPlan *plan)
{
  Hash *const self = dg_op_new(run, &classes[plan->mode], alg, sizeof *self, 2);
  if (!self) {
    return NULL;
  }
  self->base.kids[0] = plan->left;
  self->base.kids[1] = plan->right;
  self->plan = *plan;
  self->base.code = plan->code;
  self->order = DG_NEW_ARRAY(run->arena, uint32_t, plan->n_slots + 1);
  self->saved = DG_NEW_ARRAY(run->arena, DgId, plan->n_slots + 1);
  self->key = DG_NEW_ARRAY(run->arena, DgId, plan->n_keys + 1);
  if (!self->order || !self->saved || !self->key) {
    return NULL;
  }
  size_t n = 0;
  for (size_t i = 0; i < plan->n_keys; ++i) {
    self->order[n++] = plan->keys[i];
  }
  for (size_t i = 0; i < plan->n_slots; ++i) {
    if (!is_key(plan, plan->slots[i])) {
      self->order[n++] = plan->slots[i];
    }
  }
  dg_rows_init(&self->table, plan->n_slots);
  return &self->base;
}
