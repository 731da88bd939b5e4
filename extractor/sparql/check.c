/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/parse_p.h"

/* Which variables are visible where (18.2.1), as a flag for each variable. */
typedef struct {
  bool *has; /**< [n vars] */
} Scope;

static DgStatus
check_pattern(DgParser *p, const DgPattern *pattern);

static DgStatus
check_select(DgParser *p, const DgSelect *select);

static DgStatus
new_scope(DgParser *p, Scope *scope)
{
  scope->has = dg_arena_calloc(p->arena, p->request->vars.n + 1, sizeof(bool));
  DG_TRY_PTR(scope->has);
  return DG_OK;
}

static void
see(Scope *scope, DgVar var)
{
  if (var != DG_VAR_NONE) {
    scope->has[var] = true;
  }
}

static void
see_triples(Scope *scope, const DgTriples *triples)
{
  for (size_t i = 0; i < triples->list.n; ++i) {
    const DgTriple *const triple = &triples->list.items[i];
    see(scope, triple->s.var);
    see(scope, triple->path ? DG_VAR_NONE : triple->p.var);
    see(scope, triple->o.var);
  }
}

static void
see_pattern(Scope *scope, const DgPattern *pattern)
{
  switch (pattern->kind) {
  case DG_PATTERN_FILTER:
  case DG_PATTERN_MINUS:
    return;
  case DG_PATTERN_TRIPLES:
    see_triples(scope, &pattern->triples);
    return;
  case DG_PATTERN_BIND:
    see(scope, pattern->var);
    return;
  case DG_PATTERN_VALUES:
    for (size_t i = 0; i < pattern->values.vars.n; ++i) {
      see(scope, pattern->values.vars.items[i]);
    }
    return;
  case DG_PATTERN_SELECT:
    for (size_t i = 0; i < pattern->select->columns.n; ++i) {
      see(scope, pattern->select->columns.items[i].var);
    }
    if (pattern->select->star) {
      see_pattern(scope, pattern->select->where);
    }
    return;
  default:
    break;
  }
  if (pattern->kind == DG_PATTERN_GRAPH ||
      pattern->kind == DG_PATTERN_SERVICE) {
    see(scope, pattern->node.var);
  }
  for (size_t i = 0; i < pattern->parts.n; ++i) {
    see_pattern(scope, pattern->parts.items[i]);
  }
}

static DgStatus
check_expr(DgParser *p, const DgExpr *expr)
{
  for (size_t i = 0; i < expr->args.n; ++i) {
    DG_TRY(check_expr(p, expr->args.items[i]));
  }
  return expr->pattern ? check_pattern(p, expr->pattern) : DG_OK;
}

static DgStatus
reject_var(DgParser *p, DgSpan at, DgVar var, const char *why)
{
  const DgStr name = p->request->vars.items[var];
  return dg_parse_reject(p, at, "?%.*s %s", (int)name.len, name.ptr, why);
}

static DgStatus
check_group(DgParser *p, const DgPattern *group)
{
  Scope seen;
  DG_TRY(new_scope(p, &seen));
  for (size_t i = 0; i < group->parts.n; ++i) {
    const DgPattern *const part = group->parts.items[i];
    if (part->kind == DG_PATTERN_BIND && seen.has[part->var]) {
      return reject_var(p, part->span, part->var,
                        "has a value in this group already; BIND needs a new "
                        "variable");
    }
    DG_TRY(check_pattern(p, part));
    see_pattern(&seen, part);
  }
  return DG_OK;
}

static DgStatus
check_pattern(DgParser *p, const DgPattern *pattern)
{
  if (pattern->kind == DG_PATTERN_GROUP) {
    return check_group(p, pattern);
  }
  if (pattern->kind == DG_PATTERN_SELECT) {
    return check_select(p, pattern->select);
  }
  if (pattern->expr) {
    return check_expr(p, pattern->expr);
  }
  for (size_t i = 0; i < pattern->parts.n; ++i) {
    DG_TRY(check_pattern(p, pattern->parts.items[i]));
  }
  return DG_OK;
}

/* Outside of aggregates only keys and columns before this one count. */
static DgStatus
check_grouped(DgParser *p, const DgExpr *expr, const Scope *known)
{
  if (expr->kind == DG_EXPR_AGGREGATE) {
    return DG_OK;
  }
  if (expr->kind == DG_EXPR_VAR && !known->has[expr->var]) {
    return reject_var(p, expr->span, expr->var,
                      "is neither in GROUP BY nor in an aggregate; add it "
                      "there, or name the expression: GROUP BY (... AS ?x)");
  }
  for (size_t i = 0; i < expr->args.n; ++i) {
    DG_TRY(check_grouped(p, expr->args.items[i], known));
  }
  return DG_OK;
}

static DgStatus
see_keys(DgParser *p, const DgSelect *select, const Scope *seen, Scope *known)
{
  for (size_t i = 0; i < select->keys.n; ++i) {
    const DgProjected *const key = &select->keys.items[i];
    if (key->expr && key->var != DG_VAR_NONE && seen->has[key->var]) {
      return reject_var(p, key->expr->span, key->var,
                        "has a value in WHERE already; AS needs a new "
                        "variable");
    }
    if (key->expr) {
      DG_TRY(check_expr(p, key->expr));
    }
    see(known, key->var);
  }
  return DG_OK;
}

static DgStatus
check_columns(DgParser *p, const DgSelect *select, const Scope *seen,
              Scope *known)
{
  Scope given;
  DG_TRY(new_scope(p, &given));
  for (size_t i = 0; i < select->columns.n; ++i) {
    const DgProjected *const column = &select->columns.items[i];
    const DgVar var = column->var;
    if (!column->expr) {
      if (select->grouped && !known->has[var]) {
        return reject_var(p, column->span, var,
                          "is selected but neither in GROUP BY nor in an "
                          "aggregate");
      }
      see(&given, var);
      continue;
    }
    if (seen->has[var] || given.has[var]) {
      return reject_var(p, column->expr->span, var,
                        "has a value already; AS needs a new variable");
    }
    DG_TRY(check_expr(p, column->expr));
    if (select->grouped) {
      DG_TRY(check_grouped(p, column->expr, known));
    }
    see(known, var);
    see(&given, var);
  }
  return DG_OK;
}

static DgStatus
check_select(DgParser *p, const DgSelect *select)
{
  Scope seen;
  Scope known;
  DG_TRY(new_scope(p, &seen));
  DG_TRY(new_scope(p, &known));
  if (select->where) {
    DG_TRY(check_pattern(p, select->where));
    see_pattern(&seen, select->where);
  }
  if (select->grouped && select->star && select->columns.n == 0) {
    return dg_parse_reject(p, select->where->span,
                           "SELECT * cannot stand with GROUP BY; name the "
                           "columns");
  }
  DG_TRY(see_keys(p, select, &seen, &known));
  DG_TRY(check_columns(p, select, &seen, &known));
  for (size_t i = 0; i < select->having.n; ++i) {
    DG_TRY(check_expr(p, select->having.items[i]));
  }
  for (size_t i = 0; i < select->order.n; ++i) {
    DG_TRY(check_expr(p, select->order.items[i].expr));
  }
  return DG_OK;
}

DgStatus
dg_parse_check(DgParser *p)
{
  const DgRequest *const request = p->request;
  for (size_t i = 0; i < request->updates.n; ++i) {
    if (request->updates.items[i].where) {
      DG_TRY(check_pattern(p, request->updates.items[i].where));
    }
  }
  if (request->form == DG_FORM_DESCRIBE && !request->select.where) {
    return DG_OK;
  }
  return request->form == DG_FORM_UPDATE ? DG_OK
                                         : check_select(p, &request->select);
}
