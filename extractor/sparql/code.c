/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/algebra.h"

static DgCode *
new_code(DgTranslate *t, DgCodeKind kind)
{
  DgCode *const code = DG_NEW(t->arena, DgCode);
  if (code) {
    code->kind = kind;
  }
  return code;
}

static DgStatus
slot_code(DgTranslate *t, uint32_t slot, DgCode **out, DgBits *vars)
{
  *out = new_code(t, DG_CODE_SLOT);
  DG_TRY_PTR(*out);
  (*out)->slot = slot;
  if (vars) {
    *vars = dg_bits_with(t->arena, *vars, slot);
  }
  return DG_OK;
}

/* An aggregate becomes a slot that the GROUP node fills. */
static DgStatus
aggregate_code(DgTranslate *t, const DgExpr *expr, const DgCodeScope *scope,
               DgCode **out, DgBits *vars)
{
  if (!scope->group) {
    return dg_diag_set(t->diag, DG_BAD_QUERY, "an aggregate cannot stand here");
  }
  const DgCodeScope inner = { NULL, scope->graph };
  DgAggCode *const aggregate = DG_VEC_ADD(t->arena, &scope->group->aggregates);
  DG_TRY_PTR(aggregate);
  *aggregate = (DgAggCode){ .aggregate = expr->aggregate,
                            .distinct = expr->distinct,
                            .separator = expr->separator.ptr ? expr->separator
                                                             : DG_STR(" ") };
  const size_t index = scope->group->aggregates.n - 1;
  uint32_t slot;
  DG_TRY(dg_translate_hidden(t, &slot));
  DgCode *arg = NULL;
  if (expr->args.n) {
    DG_TRY(dg_translate_code(t, expr->args.items[0], &inner, &arg,
                             &scope->group->code_vars));
  }
  scope->group->aggregates.items[index].arg = arg;
  scope->group->aggregates.items[index].slot = slot;
  return slot_code(t, slot, out, vars);
}

static bool
can_fold(const DgCode *code)
{
  bool constant = code->kind == DG_CODE_CALL && !code->function->fresh;
  for (size_t i = 0; i < code->n && constant; ++i) {
    constant = code->args[i]->kind == DG_CODE_CONSTANT;
  }
  return constant;
}

static DgStatus
constant_code(DgTranslate *t, DgItem *item, DgCode **out)
{
  *out = new_code(t, DG_CODE_CONSTANT);
  DG_TRY_PTR(*out);
  DgId id;
  DG_TRY(dg_terms_item_id(t->terms, item, t->arena, &id));
  /* The term's own strings outlive the expression that gave them. */
  DG_TRY(dg_terms_item(t->terms, id, t->arena, &(*out)->constant));
  return DG_OK;
}

/* One side of || that is true, or of && that is false, is the whole. */
static bool
decides(const DgCode *code, DgItem *item)
{
  const bool or = !strcmp(code->function->name, "||");
  if (! or &&strcmp(code->function->name, "&&")) {
    return false;
  }
  for (size_t i = 0; i < code->n; ++i) {
    const DgCode *const arg = code->args[i];
    bool truth;
    if (arg->kind == DG_CODE_CONSTANT &&
            arg->constant.kind == DG_ITEM_BOOLEAN &&
            dg_item_truth(&arg->constant, &truth) && truth == or) {
      *item = arg->constant;
      return true;
    }
  }
  return false;
}

static DgStatus
call_code(DgTranslate *t, const DgExpr *expr, const DgCodeScope *scope,
          DgCode **out, DgBits *vars)
{
  if (!expr->function) {
    (void)dg_diag_set(t->diag, DG_BAD_QUERY, "no function <%.*s>",
                      (int)expr->term.value.len, expr->term.value.ptr);
    dg_diag_point(t->diag, t->request->text, expr->span);
    return DG_BAD_QUERY;
  }
  const DgBits before = vars ? *vars : (DgBits){ NULL, 0 };
  DgCode *const code = *out = new_code(t, DG_CODE_CALL);
  DG_TRY_PTR(code);
  code->function = expr->function;
  code->n = expr->args.n;
  code->args = DG_NEW_ARRAY(t->arena, DgCode *, code->n + 1);
  DG_TRY_PTR(code->args);
  for (size_t i = 0; i < code->n; ++i) {
    DG_TRY(
        dg_translate_code(t, expr->args.items[i], scope, &code->args[i], vars));
  }
  DgItem item;
  if (decides(code, &item)) {
    if (vars) {
      *vars = before;
    }
    return constant_code(t, &item, out);
  }
  if (can_fold(code) && dg_eval(t->eval, code, &item)) {
    return constant_code(t, &item, out);
  }
  return DG_OK;
}

static DgStatus
exists_code(DgTranslate *t, const DgExpr *expr, const DgCodeScope *scope,
            DgCode **out, DgBits *vars)
{
  DgAlg *pattern;
  *out = new_code(t, DG_CODE_EXISTS);
  DG_TRY_PTR(*out);
  (*out)->negated = expr->negated;
  DG_TRY(dg_translate_pattern(t, expr->pattern, scope->graph, &pattern));
  (*out)->pattern = pattern;
  if (vars) {
    *vars = dg_bits_or(t->arena, *vars, pattern->mentioned);
  }
  return DG_OK;
}

static DgStatus
translate(DgTranslate *t, const DgExpr *expr, const DgCodeScope *scope,
          DgCode **code, DgBits *vars)
{
  switch (expr->kind) {
  case DG_EXPR_VAR: {
    uint32_t slot;
    DG_TRY(dg_translate_slot(t, expr->var, &slot));
    return slot_code(t, slot, code, vars);
  }
  case DG_EXPR_TERM: {
    DgItem item;
    dg_item_read(&expr->term, &item);
    return constant_code(t, &item, code);
  }
  case DG_EXPR_AGGREGATE:
    return aggregate_code(t, expr, scope, code, vars);
  case DG_EXPR_EXISTS:
    return exists_code(t, expr, scope, code, vars);
  case DG_EXPR_CALL:
    return call_code(t, expr, scope, code, vars);
  }
  return DG_BAD_QUERY;
}

DgStatus
dg_translate_code(DgTranslate *t, const DgExpr *expr, const DgCodeScope *scope,
                  DgCode **code, DgBits *vars)
{
  DG_TRY(translate(t, expr, scope, code, vars));
  (*code)->span = expr->span;
  return DG_OK;
}
