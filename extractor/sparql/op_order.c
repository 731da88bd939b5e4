/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/op.h"
#include "sparql/rows.h"

#include <stdlib.h>

/*
 * ORDER BY. All solutions are kept with their decoded keys and sorted; with a
 * limit of k only the k first ones, in a heap whose top is the last of them.
 */

typedef struct {
  DgOp base;
  DgRows rows;     /**< values of `slots`, then the input's number */
  uint32_t *slots; /**< [n_slots] that the kid may bind */
  size_t n_slots;
  DgItem *keys; /**< [rows.cap * n_keys] decoded keys of each row */
  size_t keys_cap;
  size_t *order; /**< [rows.n] row numbers: a heap, then sorted */
  size_t order_cap;
  DgArena *arena; /**< strings of keys */
  DgId *saved;    /**< [n_slots] values before */
  bool filled;
  size_t at;
  uint64_t input; /**< rows that came in */
} Order;

static size_t
n_keys(const Order *self)
{
  return self->base.alg->keys.n;
}

static int
compare_keys(const Order *self, const DgItem *a, const DgItem *b)
{
  for (size_t i = 0; i < n_keys(self); ++i) {
    const int order = dg_item_order(&a[i], &b[i]);
    if (order) {
      return self->base.alg->keys.items[i].descending ? -order : order;
    }
  }
  return 0;
}

/* Equal keys keep the order in which they came. */
static int
compare_rows(const void *a, const void *b, void *context)
{
  const Order *const self = context;
  const size_t x = *(const size_t *)a;
  const size_t y = *(const size_t *)b;
  const int order = compare_keys(self, self->keys + x * n_keys(self),
                                 self->keys + y * n_keys(self));
  if (order) {
    return order;
  }
  const DgId came_x = dg_rows_at(&self->rows, x)[self->n_slots];
  const DgId came_y = dg_rows_at(&self->rows, y)[self->n_slots];
  return (came_x > came_y) - (came_x < came_y);
}

static DgStatus
read_keys(Order *self, DgRun *run, DgItem *keys)
{
  for (size_t i = 0; i < n_keys(self); ++i) {
    const DgId id = dg_eval_id(&run->eval, self->base.alg->keys.items[i].code);
    DG_TRY(run->eval.status);
    keys[i] = (DgItem){ 0 };
    if (id) {
      DG_TRY(dg_terms_item(run->terms, id, self->arena, &keys[i]));
    }
  }
  return DG_OK;
}

static DgStatus
make_room(Order *self, DgRun *run)
{
  if (self->rows.n < self->keys_cap) {
    return DG_OK;
  }
  const size_t more = self->keys_cap ? self->keys_cap * 2 : 64;
  const size_t bytes = n_keys(self) * sizeof(DgItem) + sizeof(size_t);
  DG_TRY(dg_run_hold(run, (more - self->keys_cap) * bytes));
  DgItem *const keys =
      realloc(self->keys, more * (n_keys(self) + 1) * sizeof *keys);
  DG_TRY_PTR(keys);
  self->keys = keys;
  size_t *const order = realloc(self->order, more * sizeof *order);
  DG_TRY_PTR(order);
  self->order = order;
  self->keys_cap = more;
  return DG_OK;
}

static void
store_row(Order *self, const DgRun *run, DgId *row)
{
  for (size_t i = 0; i < self->n_slots; ++i) {
    row[i] = run->row[self->slots[i]];
  }
  row[self->n_slots] = self->input;
}

static DgStatus
add_row(Order *self, DgRun *run)
{
  DG_TRY(make_room(self, run));
  DgItem *const keys = self->keys + self->rows.n * n_keys(self);
  DG_TRY(read_keys(self, run, keys));
  DgId *const row = dg_rows_add(&self->rows, run);
  if (!row) {
    return DG_LIMIT;
  }
  store_row(self, run, row);
  self->order[self->rows.n - 1] = self->rows.n - 1;
  return DG_OK;
}

static void
sift_down(Order *self, size_t at)
{
  size_t *const heap = self->order;
  for (;;) {
    size_t top = at;
    for (size_t kid = 2 * at + 1; kid <= 2 * at + 2 && kid < self->rows.n;
         ++kid) {
      if (compare_rows(&heap[kid], &heap[top], self) > 0) {
        top = kid;
      }
    }
    if (top == at) {
      return;
    }
    const size_t swap = heap[at];
    heap[at] = heap[top];
    heap[top] = swap;
    at = top;
  }
}

/* The heap is full: take the solution in only if it comes before the last. */
static DgStatus
replace_top(Order *self, DgRun *run)
{
  DgItem *const spare = self->keys + self->rows.n * n_keys(self);
  DG_TRY(read_keys(self, run, spare));
  const size_t top = self->order[0];
  DgItem *const keys = self->keys + top * n_keys(self);
  if (compare_keys(self, spare, keys) >= 0) {
    return DG_OK;
  }
  memcpy(keys, spare, n_keys(self) * sizeof *keys);
  store_row(self, run, dg_rows_at(&self->rows, top));
  sift_down(self, 0);
  return DG_OK;
}

static DgStatus
take_row(Order *self, DgRun *run)
{
  const uint64_t limit = self->base.alg->limit;
  ++self->input;
  if (self->rows.n < limit) {
    DG_TRY(add_row(self, run));
    if (self->rows.n == limit) {
      for (size_t i = self->rows.n / 2 + 1; i-- > 0;) {
        sift_down(self, i);
      }
      return make_room(self, run); /* for the spare keys */
    }
    return DG_OK;
  }
  return limit ? replace_top(self, run) : DG_OK;
}

static void
save_row(Order *self, const DgRun *run)
{
  for (size_t i = 0; i < self->n_slots; ++i) {
    self->saved[i] = run->row[self->slots[i]];
  }
}

static void
restore_row(Order *self, DgRun *run)
{
  for (size_t i = 0; i < self->n_slots; ++i) {
    run->row[self->slots[i]] = self->saved[i];
  }
}

static void
clear(Order *self, DgRun *run)
{
  const size_t bytes = n_keys(self) * sizeof(DgItem) + sizeof(size_t);
  dg_run_release(run, self->keys_cap * bytes);
  dg_rows_clear(&self->rows, run);
  free(self->keys);
  free(self->order);
  dg_arena_free(self->arena);
  self->keys = NULL;
  self->order = NULL;
  self->arena = NULL;
  self->keys_cap = 0;
  self->filled = false;
}

static DgStatus
fill(Order *self, DgRun *run)
{
  DgOp *const kid = self->base.kids[0];
  self->arena = dg_arena_new();
  DG_TRY_PTR(self->arena);
  DgStatus status = dg_op_open(kid, run);
  while (status == DG_OK && (status = dg_op_next(kid, run)) == DG_OK) {
    status = take_row(self, run);
  }
  dg_op_close(kid, run);
  if (status != DG_NO_MATCH) {
    return status;
  }
  if (self->rows.n) {
    qsort_r(self->order, self->rows.n, sizeof *self->order, compare_rows, self);
  }
  return DG_OK;
}

static DgStatus
order_open(DgOp *op, DgRun *run)
{
  Order *const self = (Order *)op;
  clear(self, run);
  self->at = 0;
  self->input = 0;
  save_row(self, run);
  self->filled = true;
  return fill(self, run);
}

static DgStatus
order_next(DgOp *op, DgRun *run)
{
  Order *const self = (Order *)op;
  if (self->at == self->rows.n) {
    restore_row(self, run);
    return DG_NO_MATCH;
  }
  const DgId *const row = dg_rows_at(&self->rows, self->order[self->at++]);
  for (size_t i = 0; i < self->n_slots; ++i) {
    run->row[self->slots[i]] = row[i];
  }
  return DG_OK;
}

static void
order_close(DgOp *op, DgRun *run)
{
  Order *const self = (Order *)op;
  if (self->filled) {
    restore_row(self, run);
  }
  clear(self, run);
}

static void
order_free(DgOp *op, DgRun *run)
{
  clear((Order *)op, run);
}

static void
order_describe(const DgOp *op, const DgRun *run, DgBuf *out)
{
  (void)run;
  if (op->alg->limit != UINT64_MAX) {
    dg_buf_printf(out, "first %llu", (unsigned long long)op->alg->limit);
  }
}

static const DgOpClass order_class = {
  "order", order_open, order_next, order_close, order_free, order_describe
};

DgOp *
dg_op_order(DgRun *run, const DgAlg *alg, DgOp *kid)
{
  Order *const self = dg_op_new(run, &order_class, alg, sizeof *self, 1);
  if (!self) {
    return NULL;
  }
  self->base.kids[0] = kid;
  self->slots = dg_op_slots(run->arena, alg->maybe, &self->n_slots);
  self->saved = DG_NEW_ARRAY(run->arena, DgId, self->n_slots + 1);
  dg_rows_init(&self->rows, self->n_slots + 1);
  return self->slots && self->saved ? &self->base : NULL;
}
