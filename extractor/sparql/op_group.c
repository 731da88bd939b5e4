/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/op.h"
#include "sparql/rows.h"

#include <stdlib.h>

/*
 * GROUP BY and aggregates (18.5): solutions go into their group's states one
 * by one, and are forgotten. An error in an argument makes SUM, AVG, MIN and
 * MAX of that group an error; the others pass it over.
 */

/** What one aggregate knows of one group so far. */
typedef struct {
  uint64_t n;
  DgId id;         /**< MIN, MAX, SAMPLE */
  DgItemKind kind; /**< SUM, AVG: kind of the sum */
  bool error;
  DgDecimal number;
  double real;
  DgBuf text;
} State;

typedef struct {
  DgOp base;
  DgRows groups; /**< values of the keys */
  State *states; /**< [groups.n * n aggregates] */
  size_t states_cap;
  DgRows *seen;  /**< [n aggregates] DISTINCT: group, then values */
  uint32_t *all; /**< [n_all] slots of a solution, for COUNT(DISTINCT *) */
  size_t n_all;
  DgId *key;   /**< scratch: keys, or a row of `seen` */
  DgId *saved; /**< [n_slots] key slots before */
  bool bound;
  size_t at;
} Group;

static size_t
n_aggregates(const Group *self)
{
  return self->base.alg->aggregates.n;
}

static void
add_number(State *state, const DgItem *item)
{
  DgItem sum = { .kind = state->kind };
  if (sum.kind == DG_ITEM_FLOAT || sum.kind == DG_ITEM_DOUBLE) {
    sum.as.real = state->real;
  } else {
    sum.as.number = state->number;
  }
  DgItem out;
  if (!dg_item_is_number(item) ||
      !dg_eval_arithmetic(DG_ADD, &sum, item, &out)) {
    state->error = true;
    return;
  }
  state->kind = out.kind;
  if (out.kind == DG_ITEM_FLOAT || out.kind == DG_ITEM_DOUBLE) {
    state->real = out.as.real;
  } else {
    state->number = out.as.number;
  }
}

static DgStatus
keep_extreme(DgRun *run, const DgAggCode *aggregate, State *state, DgItem *item)
{
  DgItem best;
  if (!dg_item_write(item, run->eval.arena)) {
    return DG_NO_MEMORY;
  }
  if (state->n) {
    DG_TRY(dg_terms_item(run->terms, state->id, run->eval.arena, &best));
    const int order = dg_item_order(item, &best);
    if (aggregate->aggregate == DG_AGG_MIN ? order >= 0 : order <= 0) {
      return DG_OK;
    }
  }
  return dg_terms_item_id(run->terms, item, run->eval.arena, &state->id);
}

static DgStatus
concat(DgRun *run, const DgAggCode *aggregate, State *state, const DgItem *item)
{
  DgStr text;
  if (item->kind == DG_ITEM_BLANK) {
    return DG_OK;
  }
  if (!dg_eval_text(&run->eval, item, &text)) {
    return run->eval.status;
  }
  if (state->n) {
    dg_buf_add(&state->text, aggregate->separator);
  }
  dg_buf_add(&state->text, text);
  return state->text.failed
             ? DG_NO_MEMORY
             : dg_run_hold(run, text.len + aggregate->separator.len);
}

/* True when DISTINCT has seen the value in this group. */
static DgStatus
is_seen(Group *self, DgRun *run, size_t i, size_t group, DgItem *item,
        bool *seen)
{
  const DgAggCode *const aggregate = &self->base.alg->aggregates.items[i];
  size_t n = 0;
  self->key[n++] = group;
  if (aggregate->arg) {
    DG_TRY(
        dg_terms_item_id(run->terms, item, run->eval.arena, &self->key[n++]));
  } else {
    for (size_t j = 0; j < self->n_all; ++j) {
      self->key[n++] = run->row[self->all[j]];
    }
  }
  bool fresh;
  if (dg_rows_put(&self->seen[i], run, n, self->key, &fresh) == SIZE_MAX) {
    return DG_LIMIT;
  }
  *seen = !fresh;
  return DG_OK;
}

static DgStatus
add_value(DgRun *run, const DgAggCode *aggregate, State *state, DgItem *item)
{
  switch (aggregate->aggregate) {
  case DG_AGG_COUNT:
    break;
  case DG_AGG_SUM:
  case DG_AGG_AVG:
    add_number(state, item);
    break;
  case DG_AGG_MIN:
  case DG_AGG_MAX:
    DG_TRY(keep_extreme(run, aggregate, state, item));
    break;
  case DG_AGG_SAMPLE:
    if (!state->n) {
      DG_TRY(dg_terms_item_id(run->terms, item, run->eval.arena, &state->id));
    }
    break;
  case DG_AGG_GROUP_CONCAT:
    DG_TRY(concat(run, aggregate, state, item));
    break;
  }
  ++state->n;
  return DG_OK;
}

static DgStatus
update(Group *self, DgRun *run, size_t group)
{
  for (size_t i = 0; i < n_aggregates(self); ++i) {
    const DgAggCode *const aggregate = &self->base.alg->aggregates.items[i];
    State *const state = &self->states[group * n_aggregates(self) + i];
    DgItem item = { 0 };
    dg_arena_reset(run->eval.arena);
    if (aggregate->arg && !dg_eval(&run->eval, aggregate->arg, &item)) {
      DG_TRY(run->eval.status);
      state->error = true;
      continue;
    }
    bool seen = false;
    if (aggregate->distinct) {
      DG_TRY(is_seen(self, run, i, group, &item, &seen));
    }
    if (!seen) {
      DG_TRY(add_value(run, aggregate, state, &item));
    }
  }
  return DG_OK;
}

static DgStatus
make_states(Group *self, DgRun *run)
{
  const size_t each = n_aggregates(self) * sizeof(State);
  if (self->groups.n <= self->states_cap) {
    return DG_OK;
  }
  const size_t more = self->states_cap ? self->states_cap * 2 : 16;
  DG_TRY(dg_run_hold(run, (more - self->states_cap) * each));
  State *const states = realloc(self->states, more * each + 1);
  DG_TRY_PTR(states);
  self->states = states;
  self->states_cap = more;
  return DG_OK;
}

static DgStatus
find_group(Group *self, DgRun *run, size_t *group)
{
  const DgAlg *const alg = self->base.alg;
  for (size_t i = 0; i < alg->n_slots; ++i) {
    self->key[i] = run->row[alg->slots[i]];
  }
  bool fresh;
  *group = dg_rows_put(&self->groups, run, alg->n_slots, self->key, &fresh);
  if (*group == SIZE_MAX) {
    return DG_LIMIT;
  }
  if (fresh) {
    DG_TRY(make_states(self, run));
    for (size_t i = 0; i < n_aggregates(self); ++i) {
      self->states[*group * n_aggregates(self) + i] =
          (State){ .kind = DG_ITEM_INTEGER };
    }
  }
  return DG_OK;
}

static void
clear(Group *self, DgRun *run)
{
  const size_t n = n_aggregates(self);
  for (size_t i = 0; i < self->groups.n * n && i < self->states_cap * n; ++i) {
    dg_run_release(run, self->states[i].text.len);
    dg_buf_clear(&self->states[i].text);
  }
  dg_run_release(run, self->states_cap * n * sizeof(State));
  free(self->states);
  self->states = NULL;
  self->states_cap = 0;
  dg_rows_clear(&self->groups, run);
  for (size_t i = 0; i < n; ++i) {
    dg_rows_clear(&self->seen[i], run);
  }
}

static DgStatus
fill(Group *self, DgRun *run)
{
  DgOp *const kid = self->base.kids[0];
  DgStatus status = dg_op_open(kid, run);
  while (status == DG_OK && (status = dg_op_next(kid, run)) == DG_OK) {
    size_t group;
    status = find_group(self, run, &group);
    status = status == DG_OK ? update(self, run, group) : status;
  }
  dg_op_close(kid, run);
  if (status != DG_NO_MATCH) {
    return status;
  }
  size_t group;
  /* Without GROUP BY there is one group, even of no solutions. */
  return self->base.alg->n_slots || self->groups.n
             ? DG_OK
             : find_group(self, run, &group);
}

static DgStatus
group_open(DgOp *op, DgRun *run)
{
  Group *const self = (Group *)op;
  clear(self, run);
  self->at = 0;
  self->bound = true;
  for (size_t i = 0; i < op->alg->n_slots; ++i) {
    self->saved[i] = run->row[op->alg->slots[i]];
  }
  return fill(self, run);
}

static DgItem
sum_item(const State *state)
{
  if (state->kind == DG_ITEM_DOUBLE || state->kind == DG_ITEM_FLOAT) {
    DgItem item = dg_item_double(state->real);
    if (state->kind == DG_ITEM_FLOAT) {
      item.kind = DG_ITEM_FLOAT;
      item.type = DG_STR(DG_XSD "float");
    }
    return item;
  }
  return dg_item_number(state->kind, state->number);
}

/* The result as an item; none for an error. */
static DgItem
result_of(const DgAggCode *aggregate, const State *state)
{
  DgItem none = { 0 };
  DgItem item = none;
  switch (aggregate->aggregate) {
  case DG_AGG_COUNT:
    return dg_item_integer((int64_t)state->n);
  case DG_AGG_SUM:
    return state->error ? none : sum_item(state);
  case DG_AGG_AVG: {
    const DgItem sum = sum_item(state);
    const DgItem n = dg_item_integer((int64_t)state->n);
    if (state->error || !state->n) {
      return state->error ? none : n;
    }
    return dg_eval_arithmetic(DG_DIVIDE, &sum, &n, &item) ? item : none;
  }
  case DG_AGG_GROUP_CONCAT:
    return dg_item_string(state->text.len ? dg_buf_str(&state->text)
                                          : DG_STR(""));
  default:
    return none;
  }
}

static DgStatus
bind_result(DgRun *run, const DgAggCode *aggregate, const State *state)
{
  DgId *const place = &run->row[aggregate->slot];
  *place = DG_ID_NONE;
  if (aggregate->aggregate == DG_AGG_SAMPLE) {
    *place = state->id;
    return DG_OK;
  }
  if (aggregate->aggregate == DG_AGG_MIN ||
      aggregate->aggregate == DG_AGG_MAX) {
    *place = state->error ? DG_ID_NONE : state->id;
    return DG_OK;
  }
  DgItem item = result_of(aggregate, state);
  dg_arena_reset(run->eval.arena);
  return dg_terms_item_id(run->terms, &item, run->eval.arena, place);
}

static void
unbind(Group *self, DgRun *run)
{
  const DgAlg *const alg = self->base.alg;
  if (!self->bound) {
    return;
  }
  for (size_t i = 0; i < alg->n_slots; ++i) {
    run->row[alg->slots[i]] = self->saved[i];
  }
  for (size_t i = 0; i < n_aggregates(self); ++i) {
    run->row[alg->aggregates.items[i].slot] = DG_ID_NONE;
  }
}

static DgStatus
group_next(DgOp *op, DgRun *run)
{
  Group *const self = (Group *)op;
  const DgAlg *const alg = op->alg;
  if (self->at == self->groups.n) {
    unbind(self, run);
    return DG_NO_MATCH;
  }
  const size_t group = self->at++;
  for (size_t i = 0; i < alg->n_slots; ++i) {
    run->row[alg->slots[i]] = dg_rows_at(&self->groups, group)[i];
  }
  for (size_t i = 0; i < n_aggregates(self); ++i) {
    DG_TRY(bind_result(run, &alg->aggregates.items[i],
                       &self->states[group * n_aggregates(self) + i]));
  }
  return dg_run_tick(run);
}

static void
group_close(DgOp *op, DgRun *run)
{
  unbind((Group *)op, run);
  ((Group *)op)->bound = false;
  clear((Group *)op, run);
}

static void
group_free(DgOp *op, DgRun *run)
{
  clear((Group *)op, run);
}

static void
group_describe(const DgOp *op, const DgRun *run, DgBuf *out)
{
  for (size_t i = 0; i < op->alg->n_slots; ++i) {
    dg_op_name(run, op->alg->slots[i], out);
    dg_buf_add_char(out, ' ');
  }
}

static const DgOpClass group_class = {
  "group", group_open, group_next, group_close, group_free, group_describe
};

DgOp *
dg_op_group(DgRun *run, const DgAlg *alg, DgOp *kid)
{
  Group *const self = dg_op_new(run, &group_class, alg, sizeof *self, 1);
  if (!self) {
    return NULL;
  }
  const size_t n = alg->aggregates.n;
  self->base.kids[0] = kid;
  self->all = dg_op_slots(run->arena, alg->kids.items[0]->maybe, &self->n_all);
  const size_t widest = self->n_all > alg->n_slots ? self->n_all : alg->n_slots;
  self->key = DG_NEW_ARRAY(run->arena, DgId, widest + 3);
  self->saved = DG_NEW_ARRAY(run->arena, DgId, alg->n_slots + 1);
  self->seen = DG_NEW_ARRAY(run->arena, DgRows, n + 1);
  if (!self->all || !self->key || !self->saved || !self->seen) {
    return NULL;
  }
  dg_rows_init(&self->groups, alg->n_slots);
  for (size_t i = 0; i < n; ++i) {
    dg_rows_init(&self->seen[i],
                 alg->aggregates.items[i].arg ? 2 : self->n_all + 1);
  }
  return &self->base;
}
