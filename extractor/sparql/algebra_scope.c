/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/algebra.h"

/* Visible variables, in order of first mention (18.2.1). */

typedef struct {
  DG_VEC(DgVar) list;
} Vars;

static DgStatus
see(DgTranslate *t, Vars *vars, DgVar var)
{
  if (var == DG_VAR_NONE ||
      dg_str_starts(t->request->vars.items[var], DG_STR("_:"))) {
    return DG_OK;
  }
  for (size_t i = 0; i < vars->list.n; ++i) {
    if (vars->list.items[i] == var) {
      return DG_OK;
    }
  }
  DgVar *const place = DG_VEC_ADD(t->arena, &vars->list);
  DG_TRY_PTR(place);
  *place = var;
  return DG_OK;
}

static DgStatus
see_triples(DgTranslate *t, Vars *vars, const DgTriples *triples)
{
  for (size_t i = 0; i < triples->list.n; ++i) {
    const DgTriple *const triple = &triples->list.items[i];
    DG_TRY(see(t, vars, triple->s.var));
    DG_TRY(see(t, vars, triple->path ? DG_VAR_NONE : triple->p.var));
    DG_TRY(see(t, vars, triple->o.var));
  }
  return DG_OK;
}

static DgStatus
see_pattern(DgTranslate *t, Vars *vars, const DgPattern *pattern)
{
  if (pattern->kind == DG_PATTERN_FILTER || pattern->kind == DG_PATTERN_MINUS) {
    return DG_OK;
  }
  DG_TRY(see_triples(t, vars, &pattern->triples));
  DG_TRY(see(t, vars, pattern->var));
  for (size_t i = 0; i < pattern->values.vars.n; ++i) {
    DG_TRY(see(t, vars, pattern->values.vars.items[i]));
  }
  if (pattern->kind == DG_PATTERN_GRAPH ||
      pattern->kind == DG_PATTERN_SERVICE) {
    DG_TRY(see(t, vars, pattern->node.var));
  }
  if (pattern->select) {
    for (size_t i = 0; i < pattern->select->columns.n; ++i) {
      DG_TRY(see(t, vars, pattern->select->columns.items[i].var));
    }
    if (pattern->select->star) {
      DG_TRY(see_pattern(t, vars, pattern->select->where));
    }
  }
  for (size_t i = 0; i < pattern->parts.n; ++i) {
    DG_TRY(see_pattern(t, vars, pattern->parts.items[i]));
  }
  return DG_OK;
}

DgStatus
dg_translate_visible(DgTranslate *t, const DgPattern *pattern, DgVar **vars,
                     size_t *n)
{
  Vars seen = { 0 };
  DG_TRY(see_pattern(t, &seen, pattern));
  *vars = seen.list.items;
  *n = seen.list.n;
  return DG_OK;
}

/* Mention of a variable anywhere, hidden or not. */

static bool
expr_names(const DgExpr *expr, DgVar var)
{
  bool named = expr->kind == DG_EXPR_VAR && expr->var == var;
  for (size_t i = 0; i < expr->args.n && !named; ++i) {
    named = expr_names(expr->args.items[i], var);
  }
  return named || (expr->pattern && dg_pattern_names(expr->pattern, var));
}

static bool
select_names(const DgSelect *select, DgVar var)
{
  bool named = select->star && dg_pattern_names(select->where, var);
  for (size_t i = 0; i < select->columns.n && !named; ++i) {
    named = select->columns.items[i].var == var;
  }
  return named;
}

static bool
triples_name(const DgTriples *triples, DgVar var)
{
  bool named = false;
  for (size_t i = 0; i < triples->list.n && !named; ++i) {
    const DgTriple *const triple = &triples->list.items[i];
    named = triple->s.var == var || triple->o.var == var ||
            (!triple->path && triple->p.var == var);
  }
  return named;
}

bool
dg_pattern_names(const DgPattern *pattern, DgVar var)
{
  if (triples_name(&pattern->triples, var) ||
      (pattern->kind == DG_PATTERN_BIND && pattern->var == var) ||
      ((pattern->kind == DG_PATTERN_GRAPH ||
        pattern->kind == DG_PATTERN_SERVICE) &&
       pattern->node.var == var) ||
      (pattern->expr && expr_names(pattern->expr, var))) {
    return true;
  }
  bool named = pattern->select && select_names(pattern->select, var);
  for (size_t i = 0; i < pattern->values.vars.n && !named; ++i) {
    named = pattern->values.vars.items[i] == var;
  }
  for (size_t i = 0; i < pattern->parts.n && !named; ++i) {
    named = dg_pattern_names(pattern->parts.items[i], var);
  }
  return named;
}
