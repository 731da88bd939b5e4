/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/plan.h"

/* Nesting of operators, each of which may call the next ones. */
enum { FILTERS_MAX = 1024 };

DgStatus
dg_plan_code(DgRun *run, DgCode *code, DgPlanScope scope)
{
  if (code->kind == DG_CODE_EXISTS) {
    DG_TRY(dg_plan_part(run, code->pattern, scope, &code->op));
    DgOp **const slot = DG_VEC_ADD(run->arena, &run->exists);
    DG_TRY_PTR(slot);
    *slot = code->op;
    return DG_OK;
  }
  for (size_t i = 0; i < code->n; ++i) {
    DG_TRY(dg_plan_code(run, code->args[i], scope));
  }
  return DG_OK;
}

DgStatus
dg_plan_hash(DgRun *run, const DgAlg *alg, DgHashMode mode, DgOp *left,
             DgBits left_certain, DgBits left_maybe, DgAlg *right,
             DgPlanScope scope, DgCode *code, DgOp **op)
{
  DgHashPlan plan = {
    .mode = mode, .left = left, .graph_slot = scope.graph_slot, .code = code
  };
  const DgPlanScope alone = { { NULL, 0 }, scope.graph_slot };
  DG_TRY(dg_plan_part(run, right, alone, &plan.right));
  DgBits clear = right->mentioned;
  DgBits slots = right->maybe;
  if (scope.graph_slot != DG_SLOT_NONE) {
    const DgBits graph = dg_bits_one(run->arena, scope.graph_slot);
    clear = dg_bits_minus(run->arena, clear, graph);
    slots = dg_bits_minus(run->arena, slots, graph);
  }
  const DgBits keys = dg_bits_and(
      run->arena, slots, dg_bits_and(run->arena, left_certain, right->certain));
  const DgBits shared = dg_bits_and(run->arena, left_maybe, slots);
  plan.keys = dg_op_slots(run->arena, keys, &plan.n_keys);
  plan.slots = dg_op_slots(run->arena, slots, &plan.n_slots);
  plan.clear = dg_op_slots(run->arena, clear, &plan.n_clear);
  plan.shared = dg_op_slots(run->arena, shared, &plan.n_shared);
  if (!plan.keys || !plan.slots || !plan.clear || !plan.shared) {
    return DG_NO_MEMORY;
  }
  *op = dg_op_hash(run, alg, &plan);
  DG_TRY_PTR(*op);
  (*op)->estimate = left->estimate;
  return DG_OK;
}

/* Whether the right side is cheaper opened for each of the left side's rows
 * than once in all. */
static DgStatus
nested_is_cheaper(DgRun *run, const DgAlg *alg, DgPlanScope scope, double rows,
                  bool *nested)
{
  const DgAlg *const left = alg->kids.items[0];
  const DgAlg *const right = alg->kids.items[1];
  const DgBits none = { NULL, 0 };
  const DgBits bound = dg_bits_or(run->arena, scope.bound, left->certain);
  DgEstimate b;
  DgEstimate alone;
  DG_TRY(dg_plan_estimate(run, right, bound, &b));
  DG_TRY(dg_plan_estimate(run, right, none, &alone));
  *nested = rows * (b.cost + 4) <= alone.cost * 1.5 + rows;
  return DG_OK;
}

static DgStatus
plan_left(DgRun *run, DgAlg *alg, DgPlanScope scope, DgOp **op)
{
  DgAlg *const left = alg->kids.items[0];
  DgAlg *const right = alg->kids.items[1];
  const bool minus = alg->kind == DG_ALG_MINUS;
  DgPlanScope inner = scope;
  inner.bound = dg_bits_or(run->arena, scope.bound, left->maybe);
  DgOp *first;
  DG_TRY(dg_plan_part(run, left, scope, &first));
  if (alg->code) {
    DgPlanScope both = inner;
    both.bound = dg_bits_or(run->arena, inner.bound, right->maybe);
    DG_TRY(dg_plan_code(run, alg->code, both));
  }
  bool nested;
  DG_TRY(nested_is_cheaper(run, alg, scope, first->estimate, &nested));
  nested = nested && !dg_bits_meet(right->blocked, inner.bound) &&
           (!minus || dg_bits_meet(left->certain, right->certain));
  if (!nested) {
    return dg_plan_hash(run, alg, minus ? DG_HASH_MINUS : DG_HASH_LEFT, first,
                        left->certain, left->maybe, right, scope, alg->code,
                        op);
  }
  DgOp *second;
  DG_TRY(dg_plan_part(run, right, inner, &second));
  *op = minus ? dg_op_without(run, alg, first, second)
              : dg_op_optional(run, alg, first, second, alg->code);
  DG_TRY_PTR(*op);
  (*op)->estimate = first->estimate;
  return DG_OK;
}

static DgStatus
plan_union(DgRun *run, DgAlg *alg, DgPlanScope scope, DgOp **op)
{
  DgOp **const kids = DG_NEW_ARRAY(run->arena, DgOp *, alg->kids.n + 1);
  DG_TRY_PTR(kids);
  double rows = 0;
  for (size_t i = 0; i < alg->kids.n; ++i) {
    DG_TRY(dg_plan_part(run, alg->kids.items[i], scope, &kids[i]));
    rows += kids[i]->estimate;
  }
  *op = dg_op_union(run, alg, kids, alg->kids.n);
  DG_TRY_PTR(*op);
  (*op)->estimate = rows;
  return DG_OK;
}

/* Filters on top of one another go down into the join below them. */
static DgStatus
plan_filter(DgRun *run, DgAlg *alg, DgPlanScope scope, DgOp **op)
{
  size_t n = 0;
  DgAlg *below = alg;
  while (below->kind == DG_ALG_FILTER && n < FILTERS_MAX) {
    below = below->kids.items[0];
    ++n;
  }
  DgPlanFilter *const filters = DG_NEW_ARRAY(run->arena, DgPlanFilter, n);
  DG_TRY_PTR(filters);
  below = alg;
  for (size_t i = n; i-- > 0; below = below->kids.items[0]) {
    filters[i] = (DgPlanFilter){ below->code, below->code_vars, false };
  }
  return dg_plan_join(run, below, scope, filters, n, op);
}

static DgStatus
plan_one(DgRun *run, DgAlg *alg, DgPlanScope scope, DgOp **op)
{
  static DgOp *(*const makers[])(DgRun *, const DgAlg *, DgOp *) = {
    [DG_ALG_EXTEND] = dg_op_extend, [DG_ALG_GRAPH] = dg_op_graph,
    [DG_ALG_GROUP] = dg_op_group,   [DG_ALG_DISTINCT] = dg_op_distinct,
    [DG_ALG_ORDER] = dg_op_order,   [DG_ALG_SLICE] = dg_op_slice,
  };
  DgAlg *const below = alg->kids.items[0];
  DgPlanScope inner = scope;
  if (alg->kind == DG_ALG_GRAPH) {
    inner.graph_slot = alg->slot;
    inner.bound = dg_bits_with(run->arena, inner.bound, alg->slot);
  }
  DgOp *kid;
  DG_TRY(dg_plan_part(run, below, inner, &kid));
  inner.bound = dg_bits_or(run->arena, inner.bound, below->maybe);
  if (alg->code) {
    DG_TRY(dg_plan_code(run, alg->code, inner));
  }
  for (size_t i = 0; i < alg->aggregates.n; ++i) {
    if (alg->aggregates.items[i].arg) {
      DG_TRY(dg_plan_code(run, alg->aggregates.items[i].arg, inner));
    }
  }
  for (size_t i = 0; i < alg->keys.n; ++i) {
    DG_TRY(dg_plan_code(run, alg->keys.items[i].code, inner));
  }
  *op = makers[alg->kind](run, alg, kid);
  DG_TRY_PTR(*op);
  DgEstimate estimate;
  DG_TRY(dg_plan_estimate(run, alg, scope.bound, &estimate));
  (*op)->estimate = alg->kind == DG_ALG_EXTEND ? kid->estimate : estimate.rows;
  return DG_OK;
}

DgStatus
dg_plan_part(DgRun *run, DgAlg *alg, DgPlanScope scope, DgOp **op)
{
  *op = NULL;
  switch (alg->kind) {
  case DG_ALG_UNIT:
  case DG_ALG_EMPTY:
    *op = dg_op_unit(run, alg);
    break;
  case DG_ALG_SCAN:
    *op = dg_op_scan(run, alg);
    break;
  case DG_ALG_PATH:
    *op = dg_op_path(run, alg);
    break;
  case DG_ALG_VALUES:
    *op = dg_op_values(run, alg);
    break;
  case DG_ALG_SERVICE:
    *op = dg_op_service(run, alg);
    break;
  case DG_ALG_MERGE:
    *op = dg_op_merge(run, alg);
    break;
  case DG_ALG_JOIN:
    return dg_plan_join(run, alg, scope, NULL, 0, op);
  case DG_ALG_LEFT_JOIN:
  case DG_ALG_MINUS:
    return plan_left(run, alg, scope, op);
  case DG_ALG_UNION:
    return plan_union(run, alg, scope, op);
  case DG_ALG_FILTER:
    return plan_filter(run, alg, scope, op);
  default:
    return plan_one(run, alg, scope, op);
  }
  DG_TRY_PTR(*op);
  DgEstimate estimate;
  DG_TRY(dg_plan_estimate(run, alg, scope.bound, &estimate));
  (*op)->estimate = estimate.rows;
  return DG_OK;
}

DgStatus
dg_plan(DgRun *run, DgAlg *alg, DgOp **op)
{
  const DgPlanScope scope = { { NULL, 0 }, DG_SLOT_NONE };
  return dg_plan_part(run, alg, scope, op);
}

static void
explain(const DgOp *op, const DgRun *run, bool ran, unsigned depth, DgBuf *out);

/* The condition as it was written, on one line. */
static void
explain_code(const DgCode *code, const DgRun *run, DgBuf *out)
{
  enum { SHOWN = 60 };
  const DgSpan span = code->span;
  const DgStr text = dg_str_sub(run->request->text, span.begin, span.end);
  dg_buf_add_char(out, ' ');
  size_t shown = text.len > SHOWN ? SHOWN : text.len;
  while (shown < text.len && shown && (text.ptr[shown] & 0xC0) == 0x80) {
    --shown; /* not within a character */
  }
  for (size_t i = 0; i < shown; ++i) {
    const unsigned char c = (unsigned char)text.ptr[i];
    dg_buf_add_char(out, c < 32 ? ' ' : (char)c);
  }
  dg_buf_add(out, text.len > shown ? DG_STR("...") : DG_STR(""));
}

static void
explain_exists(const DgCode *code, const DgRun *run, bool ran, unsigned depth,
               DgBuf *out)
{
  if (code->kind == DG_CODE_EXISTS && code->op) {
    dg_buf_printf(out, "%*sfor %s:\n", (int)depth * 2, "",
                  code->negated ? "NOT EXISTS" : "EXISTS");
    explain(code->op, run, ran, depth + 1, out);
  }
  for (size_t i = 0; i < code->n; ++i) {
    explain_exists(code->args[i], run, ran, depth, out);
  }
}

static void
explain(const DgOp *op, const DgRun *run, bool ran, unsigned depth, DgBuf *out)
{
  dg_buf_printf(out, "%*s%s", (int)depth * 2, "", op->class_->name);
  if (op->class_->describe) {
    dg_buf_add_char(out, ' ');
    op->class_->describe(op, run, out);
  }
  if (op->code) {
    explain_code(op->code, run, out);
  }
  dg_buf_printf(out, "  [about %.0f", op->estimate);
  if (ran) {
    dg_buf_printf(out, "; %llu rows in %.3f ms, opened %llu times",
                  (unsigned long long)op->rows, (double)op->time / 1e6,
                  (unsigned long long)op->opens);
  }
  dg_buf_add(out, DG_STR("]\n"));
  if (op->code) {
    explain_exists(op->code, run, ran, depth + 1, out);
  }
  for (size_t i = 0; i < op->n_kids; ++i) {
    explain(op->kids[i], run, ran, depth + 1, out);
  }
}

void
dg_plan_explain(const DgOp *op, const DgRun *run, bool ran, DgBuf *out)
{
  explain(op, run, ran, 0, out);
}
