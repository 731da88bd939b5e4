/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/plan.h"

/*
 * Estimates: a pattern's quads are counted in the index; each slot that is
 * bound divides them by its number of different values.
 */

/* Steps of opening an index range, in rows read. */
static const double open_cost = 4;

static DgStatus
scan_pattern(const DgRun *run, const DgAlg *alg, DgIdQuad *pattern)
{
  *pattern = (DgIdQuad){ alg->s.id, alg->p.id, alg->o.id, DG_ID_NONE };
  if (alg->graph.kind == DG_GRAPH_PLACE) {
    pattern->g = alg->graph.place.id;
  } else if (run->default_graph == DG_DEFAULT_STRICT) {
    pattern->g = DG_ID_DEFAULT_GRAPH;
  } else if (run->default_graph == DG_DEFAULT_LIST && run->n_from == 1) {
    pattern->g = run->from[0];
  }
  return (pattern->s | pattern->p | pattern->o | pattern->g) & DG_ID_LOCAL
             ? DG_NO_MATCH
             : DG_OK;
}

static DgStatus
count_scan(DgRun *run, const DgAlg *alg, double *n)
{
  DgIdQuad pattern;
  uint64_t count = 0;
  bool exact;
  *n = 0;
  if (scan_pattern(run, alg, &pattern) != DG_OK) {
    return DG_OK;
  }
  DG_TRY(run->class_->count(run->dataset, pattern, &count, &exact));
  *n = (double)count;
  return alg->ranges ? dg_plan_range_count(run, alg, pattern, n) : DG_OK;
}

static DgStatus
distinct_scan(DgRun *run, const DgAlg *alg, uint32_t slot, double *n)
{
  DgIdQuad pattern;
  uint64_t count = 1;
  *n = 1;
  if (scan_pattern(run, alg, &pattern) != DG_OK) {
    return DG_OK;
  }
  const char place = alg->s.slot == slot   ? 's'
                     : alg->p.slot == slot ? 'p'
                     : alg->o.slot == slot ? 'o'
                                           : 'g';
  DG_TRY(run->class_->distinct(run->dataset, pattern, place, &count));
  *n = (double)(count ? count : 1);
  return DG_OK;
}

DgStatus
dg_plan_distinct(DgRun *run, const DgAlg *alg, uint32_t slot, double rows,
                 double *n)
{
  *n = rows > 1 ? rows : 1;
  switch (alg->kind) {
  case DG_ALG_SCAN:
    return distinct_scan(run, alg, slot, n);
  case DG_ALG_PATH:
    *n = 1 + rows / 4;
    return DG_OK;
  case DG_ALG_VALUES:
  case DG_ALG_MERGE:
    return DG_OK;
  default:
    break;
  }
  /* The most selective kid that binds it for certain. */
  for (size_t i = 0; i < alg->kids.n; ++i) {
    double one;
    if (alg->kind != DG_ALG_UNION &&
        dg_bits_has(alg->kids.items[i]->certain, slot)) {
      DG_TRY(dg_plan_distinct(run, alg->kids.items[i], slot, rows, &one));
      *n = one < *n ? one : *n;
    }
  }
  return DG_OK;
}

/* Quads of a pattern over the different values of its bound slots. */
static DgStatus
estimate_scan(DgRun *run, const DgAlg *alg, DgBits bound, DgEstimate *e)
{
  double n;
  DG_TRY(count_scan(run, alg, &n));
  size_t n_slots;
  const uint32_t *const slots = dg_op_slots(run->arena, alg->maybe, &n_slots);
  DG_TRY_PTR(slots);
  for (size_t i = 0; i < n_slots && n > 0; ++i) {
    double distinct;
    if (dg_bits_has(bound, slots[i])) {
      DG_TRY(dg_plan_distinct(run, alg, slots[i], n, &distinct));
      n /= distinct;
    }
  }
  *e = (DgEstimate){ n, open_cost + n };
  return DG_OK;
}

static DgStatus
count_links(DgRun *run, const DgAlg *alg, const DgPathCode *path, double *n)
{
  *n = 0;
  if (path->kind == DG_PATH_LINK) {
    DgAlg link = *alg;
    link.s = link.o = (DgPlace){ DG_SLOT_NONE, DG_ID_NONE };
    link.p.id = path->id;
    return count_scan(run, &link, n);
  }
  for (size_t i = 0; i < path->n; ++i) {
    double one;
    DG_TRY(count_links(run, alg, path->parts[i], &one));
    *n += one;
  }
  return DG_OK;
}

/* Whether a path may have no link at all, so that each node meets itself. */
static bool
may_be_empty(const DgPathCode *path)
{
  switch (path->kind) {
  case DG_PATH_INVERSE:
    return may_be_empty(path->parts[0]);
  case DG_PATH_REPEAT:
    return !path->min_one || may_be_empty(path->parts[0]);
  case DG_PATH_SEQUENCE:
    for (size_t i = 0; i < path->n; ++i) {
      if (!may_be_empty(path->parts[i])) {
        return false;
      }
    }
    return true;
  case DG_PATH_CHOICE:
    for (size_t i = 0; i < path->n; ++i) {
      if (may_be_empty(path->parts[i])) {
        return true;
      }
    }
    return false;
  default:
    return false;
  }
}

/* Nodes of the graphs that a path may start from, as a share of their quads. */
static DgStatus
count_nodes(DgRun *run, const DgAlg *alg, double *n)
{
  DgAlg all = *alg;
  all.s = all.p = all.o = (DgPlace){ DG_SLOT_NONE, DG_ID_NONE };
  DG_TRY(count_scan(run, &all, n));
  *n /= 4;
  return DG_OK;
}

/* A walk from one end is taken to reach a few dozen nodes; from everywhere,
 * that from each link. */
static DgStatus
estimate_path(DgRun *run, const DgAlg *alg, DgBits bound, DgEstimate *e)
{
  double links;
  DG_TRY(count_links(run, alg, alg->path, &links));
  const bool s = alg->s.slot == DG_SLOT_NONE || dg_bits_has(bound, alg->s.slot);
  const bool o = alg->o.slot == DG_SLOT_NONE || dg_bits_has(bound, alg->o.slot);
  const double reach = links < 32 ? links + 1 : 32;
  if (s && o) {
    *e = (DgEstimate){ 0.5, reach * open_cost };
  } else if (s || o) {
    *e = (DgEstimate){ reach, reach * open_cost };
  } else {
    double nodes = 0;
    if (may_be_empty(alg->path)) {
      DG_TRY(count_nodes(run, alg, &nodes));
    }
    *e = (DgEstimate){ links * 8 + nodes + 1,
                       ((links + 1) * reach + nodes) * open_cost };
  }
  return DG_OK;
}

static DgStatus
estimate_values(const DgAlg *alg, DgBits bound, DgEstimate *e)
{
  double rows = (double)alg->n_rows;
  for (size_t i = 0; i < alg->n_slots; ++i) {
    if (dg_bits_has(bound, alg->slots[i]) && rows > 1) {
      rows = 1;
    }
  }
  *e = (DgEstimate){ rows, (double)alg->n_rows };
  return DG_OK;
}

/* As many as the rarest leg has. */
static DgStatus
estimate_merge(DgRun *run, const DgAlg *alg, DgBits bound, DgEstimate *e)
{
  const DgBits none = { NULL, 0 };
  const double n = (double)alg->kids.n;
  *e = (DgEstimate){ 1, n * open_cost };
  for (size_t i = 0; i < alg->kids.n; ++i) {
    DgEstimate one;
    DG_TRY(dg_plan_estimate(run, alg->kids.items[i], none, &one));
    e->rows = !i || one.rows < e->rows ? one.rows : e->rows;
  }
  e->cost += e->rows * n;
  if (dg_bits_has(bound, alg->slot)) {
    *e = (DgEstimate){ 0.5, n * open_cost };
  }
  return DG_OK;
}

/* Product of the parts, divided by the different values of what they share. */
static DgStatus
estimate_join(DgRun *run, const DgAlg *alg, DgBits bound, DgEstimate *e)
{
  *e = (DgEstimate){ 1, 0 };
  for (size_t i = 0; i < alg->kids.n; ++i) {
    DgEstimate one;
    DG_TRY(dg_plan_estimate(run, alg->kids.items[i], bound, &one));
    e->cost += e->rows * one.cost;
    e->rows *= one.rows;
    bound = dg_bits_or(run->arena, bound, alg->kids.items[i]->certain);
  }
  return DG_OK;
}

/* Something that is computed has one value: few solutions have it. */
static bool
is_equality(const DgCode *code)
{
  return code->kind == DG_CODE_CALL && !strcmp(code->function->name, "=") &&
         (code->args[0]->kind == DG_CODE_CONSTANT ||
          code->args[1]->kind == DG_CODE_CONSTANT);
}

DgStatus
dg_plan_estimate(DgRun *run, const DgAlg *alg, DgBits bound, DgEstimate *e)
{
  *e = (DgEstimate){ 1, 1 };
  switch (alg->kind) {
  case DG_ALG_UNIT:
    return DG_OK;
  case DG_ALG_EMPTY:
    e->rows = 0;
    return DG_OK;
  case DG_ALG_SCAN:
    return estimate_scan(run, alg, bound, e);
  case DG_ALG_PATH:
    return estimate_path(run, alg, bound, e);
  case DG_ALG_VALUES:
    return estimate_values(alg, bound, e);
  case DG_ALG_SERVICE:
    *e = (DgEstimate){ 100, 1e6 };
    return DG_OK;
  case DG_ALG_MERGE:
    return estimate_merge(run, alg, bound, e);
  case DG_ALG_JOIN:
    return estimate_join(run, alg, bound, e);
  default:
    break;
  }
  DgEstimate right;
  DG_TRY(dg_plan_estimate(run, alg->kids.items[0], bound, e));
  switch (alg->kind) {
  case DG_ALG_UNION:
    for (size_t i = 1; i < alg->kids.n; ++i) {
      DG_TRY(dg_plan_estimate(run, alg->kids.items[i], bound, &right));
      e->rows += right.rows;
      e->cost += right.cost;
    }
    break;
  case DG_ALG_FILTER:
    e->rows *= is_equality(alg->code) ? 0.001 : 0.5;
    break;
  case DG_ALG_LEFT_JOIN:
    DG_TRY(dg_plan_estimate(
        run, alg->kids.items[1],
        dg_bits_or(run->arena, bound, alg->kids.items[0]->certain), &right));
    e->cost += e->rows * right.cost;
    e->rows *= right.rows > 1 ? right.rows : 1;
    break;
  case DG_ALG_GROUP:
    e->rows = alg->n_slots ? e->rows / 4 + 1 : 1;
    break;
  case DG_ALG_SLICE:
    e->rows = e->rows < (double)alg->limit ? e->rows : (double)alg->limit;
    break;
  case DG_ALG_GRAPH:
    e->rows *= dg_bits_has(bound, alg->slot) ? 1 : 16;
    e->cost *= dg_bits_has(bound, alg->slot) ? 1 : 16;
    break;
  default:
    break;
  }
  return DG_OK;
}
