/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/algebra_p.h"

/* Solution modifiers (18.2.4, 18.2.5) -------------------------------- */

static DgStatus
translate_keys(DgTranslate *t, const DgSelect *select, DgGraphRef graph,
               DgAlg *group, DgAlg **where)
{
  const DgCodeScope scope = { NULL, graph };
  group->n_slots = select->keys.n;
  group->slots = DG_NEW_ARRAY(t->arena, uint32_t, group->n_slots + 1);
  DG_TRY_PTR(group->slots);
  for (size_t i = 0; i < select->keys.n; ++i) {
    const DgProjected *const key = &select->keys.items[i];
    uint32_t *const slot = &group->slots[i];
    if (!key->expr) {
      DG_TRY(dg_translate_slot(t, key->var, slot));
      continue;
    }
    DgCode *code;
    DgBits vars = { NULL, 0 };
    DG_TRY(key->var == DG_VAR_NONE ? dg_translate_hidden(t, slot)
                                   : dg_translate_slot(t, key->var, slot));
    DG_TRY(dg_translate_code(t, key->expr, &scope, &code, &vars));
    DG_TRY(dg_translate_extend(t, *where, *slot, code, vars, where));
  }
  return DG_OK;
}

/* The expressions of SELECT, as slots for later EXTEND nodes. */
typedef struct {
  DgCode *code;
  DgBits vars;
} Column;

static DgStatus
translate_columns(DgTranslate *t, const DgSelect *select,
                  const DgCodeScope *scope, Column *columns)
{
  for (size_t i = 0; i < select->columns.n; ++i) {
    const DgExpr *const expr = select->columns.items[i].expr;
    if (expr) {
      DG_TRY(dg_translate_code(t, expr, scope, &columns[i].code,
                               &columns[i].vars));
    }
  }
  return DG_OK;
}

static DgStatus
translate_order(DgTranslate *t, const DgSelect *select,
                const DgCodeScope *scope, DgAlg **order)
{
  *order = NULL;
  if (!select->order.n) {
    return DG_OK;
  }
  DgAlg *const node = *order = dg_alg_new(t->arena, DG_ALG_ORDER);
  DG_TRY_PTR(node);
  for (size_t i = 0; i < select->order.n; ++i) {
    DgSortKey *const key = DG_VEC_ADD(t->arena, &node->keys);
    DG_TRY_PTR(key);
    key->descending = select->order.items[i].descending;
    DG_TRY(dg_translate_code(t, select->order.items[i].expr, scope, &key->code,
                             &node->code_vars));
  }
  return DG_OK;
}

static DgStatus
column_slots(DgTranslate *t, const DgSelect *select, uint32_t **columns,
             size_t *n)
{
  DgVar *vars = NULL;
  *n = select->columns.n;
  if (select->star && select->where) {
    DG_TRY(dg_translate_visible(t, select->where, &vars, n));
  }
  *columns = DG_NEW_ARRAY(t->arena, uint32_t, *n + 1);
  DG_TRY_PTR(*columns);
  for (size_t i = 0; i < *n; ++i) {
    DG_TRY(dg_translate_slot(t, vars ? vars[i] : select->columns.items[i].var,
                             &(*columns)[i]));
  }
  return DG_OK;
}

static DgStatus
wrap(DgTranslate *t, DgAlgKind kind, DgAlg **alg)
{
  DgAlg *const node = dg_alg_new(t->arena, kind);
  DG_TRY_PTR(node);
  DG_TRY_PTR(dg_alg_add(t->arena, node, *alg));
  *alg = node;
  return dg_alg_finish(t->arena, node);
}

static DgStatus
finish_select(DgTranslate *t, const DgSelect *select, DgAlg *order,
              const uint32_t *columns, size_t n, DgAlg **alg)
{
  const bool sliced = select->limit != UINT64_MAX || select->offset;
  if (order) {
    DG_TRY_PTR(dg_alg_add(t->arena, order, *alg));
    DG_TRY(dg_alg_finish(t->arena, order));
    *alg = order;
    if (!select->distinct && select->limit < UINT64_MAX - select->offset) {
      order->limit = select->limit + select->offset; /* top k */
    }
  }
  if (select->distinct) {
    DG_TRY(wrap(t, DG_ALG_DISTINCT, alg));
    (*alg)->n_slots = n;
    (*alg)->slots = DG_NEW_ARRAY(t->arena, uint32_t, n + 1);
    DG_TRY_PTR((*alg)->slots);
    memcpy((*alg)->slots, columns, n * sizeof *columns);
  }
  if (sliced) {
    DG_TRY(wrap(t, DG_ALG_SLICE, alg));
    (*alg)->limit = select->limit;
    (*alg)->offset = select->offset;
  }
  return DG_OK;
}

static DgStatus
translate_grouping(DgTranslate *t, const DgSelect *select, DgGraphRef graph,
                   DgAlg **alg, DgCodeScope *scope)
{
  if (!select->grouped) {
    return DG_OK;
  }
  scope->group = dg_alg_new(t->arena, DG_ALG_GROUP);
  DG_TRY_PTR(scope->group);
  DG_TRY(translate_keys(t, select, graph, scope->group, alg));
  DG_TRY_PTR(dg_alg_add(t->arena, scope->group, *alg));
  *alg = scope->group;
  return DG_OK;
}

DgStatus
dg_translate_select(DgTranslate *t, const DgSelect *select, DgGraphRef graph,
                    DgAlg **alg, uint32_t **columns, size_t *n)
{
  DgCodeScope scope = { NULL, graph };
  if (select->where) {
    DG_TRY(dg_translate_pattern(t, select->where, graph, alg));
  } else {
    *alg = dg_alg_new(t->arena, DG_ALG_UNIT);
    DG_TRY_PTR(*alg);
  }
  DG_TRY(translate_grouping(t, select, graph, alg, &scope));
  Column *const given = DG_NEW_ARRAY(t->arena, Column, select->columns.n + 1);
  DG_TRY_PTR(given);
  DgAlg *order;
  DG_TRY(translate_columns(t, select, &scope, given));
  DG_TRY(translate_order(t, select, &scope, &order));
  DgCode **const having =
      DG_NEW_ARRAY(t->arena, DgCode *, select->having.n + 1);
  DgBits *const having_vars =
      DG_NEW_ARRAY(t->arena, DgBits, select->having.n + 1);
  DG_TRY_PTR(having);
  DG_TRY_PTR(having_vars);
  for (size_t i = 0; i < select->having.n; ++i) {
    DG_TRY(dg_translate_code(t, select->having.items[i], &scope, &having[i],
                             &having_vars[i]));
  }
  /* All aggregates are known now: the node's sets can be filled. */
  if (scope.group) {
    DG_TRY(dg_alg_finish(t->arena, scope.group));
  }
  if (select->values) {
    DgAlg *values;
    DG_TRY(dg_translate_values(t, &select->values->values, &values));
    DG_TRY(dg_alg_join(t->arena, *alg, values, alg));
  }
  for (size_t i = 0; i < select->columns.n; ++i) {
    if (given[i].code) {
      uint32_t slot;
      DG_TRY(dg_translate_slot(t, select->columns.items[i].var, &slot));
      DG_TRY(dg_translate_extend(t, *alg, slot, given[i].code, given[i].vars,
                                 alg));
    }
  }
  for (size_t i = 0; i < select->having.n; ++i) {
    DG_TRY(dg_alg_filter(t->arena, *alg, having[i], having_vars[i], alg));
  }
  DG_TRY(column_slots(t, select, columns, n));
  return finish_select(t, select, order, *columns, *n, alg);
}
