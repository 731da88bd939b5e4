/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/plan.h"

#include <float.h>

/*
 * Order of a join. The rows of a set of parts are taken to be the product of
 * their own, divided, for each slot that several bind, by all but the smallest
 * of its numbers of different values. That depends on the set alone, so that
 * the best order of each set can be built from those of the smaller ones.
 */

enum { EXACT_PARTS = 10, GREEDY_PARTS = 300 };

typedef struct {
  DgAlg *alg;
  DgEstimate alone;
  uint32_t *slots;  /**< [n_slots] that it may bind and others see */
  double *distinct; /**< [n_slots] */
  size_t n_slots;
} Part;

typedef struct {
  DgRun *run;
  DgPlanScope scope;
  Part *parts; /**< [n] */
  size_t n;
  uint32_t *order; /**< [n] part numbers, to be found */
  bool *hashed;    /**< [n] by place in `order` */
  double *rows;    /**< [n] expected after each place */
} Join;

static const double open_cost = 4;
static const double build_cost = 1.5;

/* More than any plan costs. */
#define NOT_YET 1e200

static bool
is_shared(const Join *join, size_t part, uint32_t slot)
{
  if (dg_bits_has(join->scope.bound, slot)) {
    return true;
  }
  for (size_t i = 0; i < join->n; ++i) {
    if (i != part && dg_bits_has(join->parts[i].alg->maybe, slot)) {
      return true;
    }
  }
  return false;
}

static DgStatus
describe_part(Join *join, size_t i)
{
  Part *const part = &join->parts[i];
  DgArena *const arena = join->run->arena;
  const DgBits none = { NULL, 0 };
  DG_TRY(dg_plan_estimate(join->run, part->alg, none, &part->alone));
  part->slots = dg_op_slots(arena, part->alg->maybe, &part->n_slots);
  part->distinct = DG_NEW_ARRAY(arena, double, part->n_slots + 1);
  DG_TRY_PTR(part->slots);
  DG_TRY_PTR(part->distinct);
  size_t n = 0;
  for (size_t j = 0; j < part->n_slots; ++j) {
    if (is_shared(join, i, part->slots[j])) {
      part->slots[n] = part->slots[j];
      DG_TRY(dg_plan_distinct(join->run, part->alg, part->slots[n],
                              part->alone.rows, &part->distinct[n]));
      ++n;
    }
  }
  part->n_slots = n;
  return DG_OK;
}

static double
distinct_of(const Part *part, uint32_t slot)
{
  for (size_t i = 0; i < part->n_slots; ++i) {
    if (part->slots[i] == slot) {
      return part->distinct[i];
    }
  }
  return 0;
}

/* Rows when `part` is joined to a set with these rows, whose parts are told by
 * `has`. */
static double
rows_with(const Join *join, const bool *has, double rows, size_t i)
{
  const Part *const part = &join->parts[i];
  rows *= part->alone.rows;
  for (size_t j = 0; j < part->n_slots; ++j) {
    const uint32_t slot = part->slots[j];
    const double own = part->distinct[j];
    if (dg_bits_has(join->scope.bound, slot)) {
      rows /= own;
      continue;
    }
    double least = DBL_MAX;
    for (size_t k = 0; k < join->n; ++k) {
      const double other = has[k] ? distinct_of(&join->parts[k], slot) : 0;
      least = other && other < least ? other : least;
    }
    if (least != DBL_MAX) {
      rows /= own > least ? own : least;
    }
  }
  return rows;
}

/* Solutions of one opening of a part after the others. */
static double
fanout(const Join *join, const bool *has, size_t i)
{
  const Part *const part = &join->parts[i];
  double n = part->alone.rows;
  for (size_t j = 0; j < part->n_slots; ++j) {
    bool bound = dg_bits_has(join->scope.bound, part->slots[j]);
    for (size_t k = 0; k < join->n && !bound; ++k) {
      bound = has[k] && distinct_of(&join->parts[k], part->slots[j]) > 0;
    }
    n /= bound ? part->distinct[j] : 1;
  }
  return n;
}

static DgBits
bound_after(const Join *join, const bool *has)
{
  DgBits bound = join->scope.bound;
  for (size_t i = 0; i < join->n; ++i) {
    if (has[i]) {
      bound = dg_bits_or(join->run->arena, bound, join->parts[i].alg->maybe);
    }
  }
  return bound;
}

/* What it costs to add a part; `hash` says how it is cheapest. */
static DgStatus
cost_of(const Join *join, const bool *has, bool first, double rows, size_t i,
        double after, double *cost, bool *hash)
{
  const Part *const part = &join->parts[i];
  const DgAlg *const alg = part->alg;
  double opening = open_cost + fanout(join, has, i);
  if (alg->kind != DG_ALG_SCAN) {
    DgEstimate e;
    DG_TRY(dg_plan_estimate(join->run, alg, bound_after(join, has), &e));
    opening = open_cost + e.cost;
  }
  const bool asks =
      alg->kind == DG_ALG_SERVICE && alg->endpoint.slot != DG_SLOT_NONE;
  if (asks && !dg_bits_has(bound_after(join, has), alg->endpoint.slot)) {
    opening = NOT_YET; /* nobody knows whom to ask */
  }
  *hash = false;
  *cost = (first ? 1 : rows) * opening;
  if (first || asks) {
    return DG_OK;
  }
  const bool blocked = !dg_bits_empty(alg->blocked) &&
                       dg_bits_meet(alg->blocked, bound_after(join, has));
  const double by_hash = part->alone.cost * build_cost + rows + after;
  if (blocked || (by_hash < *cost && alg->kind != DG_ALG_PATH)) {
    *hash = true;
    *cost = by_hash;
  }
  return DG_OK;
}

/* Dynamic programming over all sets ---------------------------------- */

typedef struct {
  double cost;
  double rows;
  uint32_t last;
  bool hash;
  bool known;
} Set;

static DgStatus
improve(const Join *join, Set *sets, uint32_t from, size_t i)
{
  bool has[EXACT_PARTS];
  for (size_t k = 0; k < join->n; ++k) {
    has[k] = from >> k & 1;
  }
  Set *const set = &sets[from];
  Set *const to = &sets[from | 1U << i];
  const double after = rows_with(join, has, from ? set->rows : 1, i);
  double cost;
  bool hash;
  DG_TRY(cost_of(join, has, !from, set->rows, i, after, &cost, &hash));
  cost += from ? set->cost : 0;
  if (!to->known || cost < to->cost) {
    *to = (Set){ cost, after, (uint32_t)i, hash, true };
  }
  return DG_OK;
}

static DgStatus
order_exactly(Join *join)
{
  const uint32_t all = (1U << join->n) - 1;
  Set *const sets = DG_NEW_ARRAY(join->run->arena, Set, all + 1U);
  DG_TRY_PTR(sets);
  for (uint32_t from = 0; from < all; ++from) {
    for (size_t i = 0; i < join->n; ++i) {
      if (!(from >> i & 1)) {
        DG_TRY(improve(join, sets, from, i));
      }
    }
  }
  uint32_t set = all;
  for (size_t place = join->n; place-- > 0;) {
    join->order[place] = sets[set].last;
    join->hashed[place] = sets[set].hash;
    join->rows[place] = sets[set].rows;
    set &= ~(1U << sets[set].last);
  }
  return DG_OK;
}

/* The cheapest next part, each time. */
static DgStatus
order_greedily(Join *join)
{
  bool *const has = DG_NEW_ARRAY(join->run->arena, bool, join->n);
  DG_TRY_PTR(has);
  double rows = 1;
  for (size_t place = 0; place < join->n; ++place) {
    double best = DBL_MAX;
    double best_rows = 0;
    for (size_t i = 0; i < join->n; ++i) {
      double cost;
      bool hash;
      if (has[i]) {
        continue;
      }
      const double after = rows_with(join, has, rows, i);
      DG_TRY(cost_of(join, has, !place, rows, i, after, &cost, &hash));
      if (best == DBL_MAX || cost + after < best) {
        best = cost + after;
        best_rows = after;
        join->order[place] = (uint32_t)i;
        join->hashed[place] = hash;
      }
    }
    rows = best_rows;
    join->rows[place] = rows;
    has[join->order[place]] = true;
  }
  return DG_OK;
}

/* Too many to weigh: as written. */
static void
order_as_written(Join *join)
{
  DgBits bound = join->scope.bound;
  for (size_t i = 0; i < join->n; ++i) {
    join->order[i] = (uint32_t)i;
    join->hashed[i] = i && dg_bits_meet(join->parts[i].alg->blocked, bound);
    bound = dg_bits_or(join->run->arena, bound, join->parts[i].alg->maybe);
  }
}

static DgStatus
find_order(Join *join)
{
  if (join->n > GREEDY_PARTS) {
    order_as_written(join);
    return DG_OK;
  }
  for (size_t i = 0; i < join->n; ++i) {
    DG_TRY(describe_part(join, i));
  }
  return join->n <= EXACT_PARTS ? order_exactly(join) : order_greedily(join);
}

/* Making the operators ------------------------------------------------ */

static DgStatus
place_filters(const Join *join, const DgAlg *alg, DgBits certain, bool last,
              DgPlanFilter *filters, size_t n, DgOp **op)
{
  for (size_t i = 0; i < n; ++i) {
    const DgBits named =
        dg_bits_and(join->run->arena, filters[i].vars, alg->maybe);
    if (filters[i].placed || (!last && !dg_bits_within(named, certain))) {
      continue;
    }
    DgPlanScope scope = join->scope;
    scope.bound = dg_bits_or(join->run->arena, scope.bound, alg->maybe);
    DG_TRY(dg_plan_code(join->run, filters[i].code, scope));
    const double rows = (*op)->estimate;
    *op = dg_op_filter(join->run, *op, filters[i].code);
    DG_TRY_PTR(*op);
    (*op)->estimate = rows / 2;
    filters[i].placed = true;
  }
  return DG_OK;
}

static DgStatus
add_part(Join *join, size_t place, DgBits certain, DgBits maybe, DgOp **op)
{
  DgAlg *const alg = join->parts[join->order[place]].alg;
  DgPlanScope scope = join->scope;
  scope.bound = dg_bits_or(join->run->arena, scope.bound, maybe);
  if (place && join->hashed[place]) {
    DG_TRY(dg_plan_hash(join->run, alg, DG_HASH_JOIN, *op, certain, maybe, alg,
                        join->scope, NULL, op));
  } else {
    DgOp *right;
    DG_TRY(dg_plan_part(join->run, alg, scope, &right));
    right->estimate = place && join->rows[place - 1] > 0
                          ? join->rows[place] / join->rows[place - 1]
                          : join->rows[place];
    *op = place ? dg_op_nested(join->run, *op, right) : right;
    DG_TRY_PTR(*op);
  }
  (*op)->estimate = join->rows[place];
  return DG_OK;
}

static DgStatus
make_ops(Join *join, const DgAlg *alg, DgPlanFilter *filters, size_t n,
         DgOp **op)
{
  DgBits certain = { NULL, 0 };
  DgBits maybe = { NULL, 0 };
  for (size_t place = 0; place < join->n; ++place) {
    const DgAlg *const part = join->parts[join->order[place]].alg;
    DG_TRY(add_part(join, place, certain, maybe, op));
    certain = dg_bits_or(join->run->arena, certain, part->certain);
    maybe = dg_bits_or(join->run->arena, maybe, part->maybe);
    DG_TRY(place_filters(join, alg, certain, place + 1 == join->n, filters, n,
                         op));
  }
  return DG_OK;
}

/* ?x = <iri> and ?x IN (<iri>, ...) say what ?x is: a table to join. */
static DgStatus
table_of(DgRun *run, const DgAlg *alg, DgPlanFilter *filter, DgAlg **table)
{
  const DgCode *const code = filter->code;
  *table = NULL;
  if (code->kind != DG_CODE_CALL ||
      (strcmp(code->function->name, "=") &&
       strcmp(code->function->name, "IN")) ||
      code->args[0]->kind != DG_CODE_SLOT ||
      !dg_bits_has(alg->certain, code->args[0]->slot)) {
    return DG_OK;
  }
  for (size_t i = 1; i < code->n; ++i) {
    if (code->args[i]->kind != DG_CODE_CONSTANT ||
        code->args[i]->constant.kind != DG_ITEM_IRI) {
      return DG_OK;
    }
  }
  DgAlg *const values = dg_alg_new(run->arena, DG_ALG_VALUES);
  DG_TRY_PTR(values);
  values->n_slots = 1;
  values->slots = DG_NEW_ARRAY(run->arena, uint32_t, 1);
  values->ids = DG_NEW_ARRAY(run->arena, DgId, code->n);
  DG_TRY_PTR(values->slots);
  DG_TRY_PTR(values->ids);
  values->slots[0] = code->args[0]->slot;
  for (size_t i = 1; i < code->n; ++i) {
    DgId id;
    DG_TRY(dg_terms_item_id(run->terms, &code->args[i]->constant, run->arena,
                            &id));
    bool there = false;
    for (size_t j = 0; j < values->n_rows; ++j) {
      there |= values->ids[j] == id;
    }
    values->ids[values->n_rows] = id;
    values->n_rows += !there;
  }
  filter->placed = true;
  *table = values;
  return dg_alg_finish(run->arena, values);
}

DgStatus
dg_plan_join(DgRun *run, DgAlg *alg, DgPlanScope scope, DgPlanFilter *filters,
             size_t n_filters, DgOp **op)
{
  const bool is_join = alg->kind == DG_ALG_JOIN;
  const size_t n = is_join ? alg->kids.n : 1;
  Join join = { .run = run, .scope = scope };
  join.parts = DG_NEW_ARRAY(run->arena, Part, n + n_filters + 1);
  join.order = DG_NEW_ARRAY(run->arena, uint32_t, n + n_filters + 1);
  join.hashed = DG_NEW_ARRAY(run->arena, bool, n + n_filters + 1);
  join.rows = DG_NEW_ARRAY(run->arena, double, n + n_filters + 1);
  if (!join.parts || !join.order || !join.hashed || !join.rows) {
    return DG_NO_MEMORY;
  }
  DgAlg **const list = DG_NEW_ARRAY(run->arena, DgAlg *, n + 1);
  DG_TRY_PTR(list);
  size_t n_list = n;
  for (size_t i = 0; i < n; ++i) {
    list[i] = is_join ? alg->kids.items[i] : alg;
  }
  if (n <= GREEDY_PARTS) {
    DG_TRY(dg_plan_merge(run, list, &n_list));
  }
  while (join.n < n_list) {
    DG_TRY(dg_plan_ranges(run, list[join.n], filters, n_filters));
    join.parts[join.n].alg = list[join.n];
    ++join.n;
  }
  for (size_t i = 0; i < n_filters; ++i) {
    DgAlg *table;
    DG_TRY(table_of(run, alg, &filters[i], &table));
    if (table) {
      join.parts[join.n++].alg = table;
    }
  }
  if (!join.n) {
    *op = dg_op_unit(run, alg);
    DG_TRY_PTR(*op);
    return place_filters(&join, alg, alg->certain, true, filters, n_filters,
                         op);
  }
  DG_TRY(find_order(&join));
  return make_ops(&join, alg, filters, n_filters, op);
}
