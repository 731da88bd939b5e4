/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/parse_p.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"

static DgStatus
parse_unary(DgParser *p, DgExpr **expr);

static DgExpr *
new_expr(DgParser *p, DgExprKind kind, size_t begin)
{
  DgExpr *const expr = DG_NEW(p->arena, DgExpr);
  if (expr) {
    expr->kind = kind;
    expr->var = DG_VAR_NONE;
    expr->span = (DgSpan){ begin, begin };
  }
  return expr;
}

static DgStatus
add_arg(DgParser *p, DgExpr *call, DgExpr *arg)
{
  if (call->args.n >= (size_t)DG_PARSE_CHAIN * 10) {
    return dg_parse_reject(p, p->token.span, "more than %d arguments",
                           DG_PARSE_CHAIN * 10);
  }
  DgExpr **const slot = DG_VEC_ADD(p->arena, &call->args);
  DG_TRY_PTR(slot);
  *slot = arg;
  return DG_OK;
}

static DgStatus
new_operator(DgParser *p, const char *name, DgExpr *left, DgExpr **call)
{
  *call = new_expr(p, DG_EXPR_CALL, left->span.begin);
  DG_TRY_PTR(*call);
  (*call)->function = dg_function_operator(name);
  return add_arg(p, *call, left);
}

static void
end_at_last(const DgParser *p, DgExpr *expr)
{
  expr->span.end = p->last_end;
}

/** NIL (161) or ExpressionList (72), also ArgList (71). */
static DgStatus
parse_list(DgParser *p, DgExpr *call)
{
  DG_TRY(dg_parse_need_punct(p, "("));
  if (dg_parse_skip_punct(p, ")")) {
    return DG_OK;
  }
  do {
    DgExpr *arg;
    DG_TRY(dg_parse_expr(p, &arg));
    DG_TRY(add_arg(p, call, arg));
  } while (dg_parse_skip_punct(p, ","));
  return dg_parse_need_punct(p, ")");
}

static DgStatus
check_count(DgParser *p, const DgExpr *call)
{
  const DgFunction *const f = call->function;
  if (call->args.n >= f->min &&
      (f->max == DG_ARGS_ANY || call->args.n <= f->max)) {
    return DG_OK;
  }
  if (f->min == f->max) {
    return dg_parse_reject(p, call->span, "%s has %zu arguments, expected %d",
                           f->name, call->args.n, f->min);
  }
  return dg_parse_reject(p, call->span,
                         "%s has %zu arguments, expected %d to %d", f->name,
                         call->args.n, f->min, f->max);
}

/** iriOrFunction (128), FunctionCall (70). */
static DgStatus
parse_iri_call(DgParser *p, DgExpr **expr)
{
  *expr = new_expr(p, DG_EXPR_TERM, p->token.span.begin);
  DG_TRY_PTR(*expr);
  DG_TRY(dg_parse_iri(p, &(*expr)->term));
  end_at_last(p, *expr);
  if (!dg_parse_is_punct(p, "(")) {
    return DG_OK;
  }
  (*expr)->kind = DG_EXPR_CALL;
  (*expr)->function = dg_function_find_iri((*expr)->term.value);
  DG_TRY(parse_list(p, *expr));
  return (*expr)->function ? check_count(p, *expr) : DG_OK;
}

static const struct {
  const char *name;
  DgAggregate aggregate;
} aggregates[] = {
  { "COUNT", DG_AGG_COUNT },
  { "SUM", DG_AGG_SUM },
  { "MIN", DG_AGG_MIN },
  { "MAX", DG_AGG_MAX },
  { "AVG", DG_AGG_AVG },
  { "SAMPLE", DG_AGG_SAMPLE },
  { "GROUP_CONCAT", DG_AGG_GROUP_CONCAT },
};

static bool
is_aggregate(const DgParser *p, DgAggregate *found)
{
  for (size_t i = 0; i < sizeof aggregates / sizeof *aggregates; ++i) {
    if (dg_parse_is_word(p, aggregates[i].name)) {
      *found = aggregates[i].aggregate;
      return true;
    }
  }
  return false;
}

static DgStatus
parse_separator(DgParser *p, DgExpr *expr)
{
  if (expr->aggregate != DG_AGG_GROUP_CONCAT || !dg_parse_skip_punct(p, ";")) {
    return DG_OK;
  }
  DG_TRY(dg_parse_need_word(p, "SEPARATOR"));
  DG_TRY(dg_parse_need_punct(p, "="));
  if (p->token.kind != DG_TOK_STRING) {
    return dg_parse_expected(p, "a string");
  }
  expr->separator = dg_lexer_string(p->arena, p->token.text);
  dg_parse_advance(p);
  return DG_OK;
}

/** Aggregate (127). */
static DgStatus
parse_aggregate(DgParser *p, DgAggregate aggregate, DgExpr **expr)
{
  if (!p->aggregates) {
    return dg_parse_reject(p, p->token.span,
                           "an aggregate can stand in SELECT, HAVING and ORDER "
                           "BY, not here or in another aggregate");
  }
  *expr = new_expr(p, DG_EXPR_AGGREGATE, p->token.span.begin);
  DG_TRY_PTR(*expr);
  (*expr)->aggregate = aggregate;
  dg_parse_advance(p);
  DG_TRY(dg_parse_need_punct(p, "("));
  (*expr)->distinct = dg_parse_skip_word(p, "DISTINCT");
  if (aggregate != DG_AGG_COUNT || !dg_parse_skip_punct(p, "*")) {
    DgExpr *arg;
    p->aggregates = false;
    DG_TRY(dg_parse_expr(p, &arg));
    p->aggregates = true;
    DG_TRY(add_arg(p, *expr, arg));
  }
  p->aggregated = true;
  DG_TRY(parse_separator(p, *expr));
  DG_TRY(dg_parse_need_punct(p, ")"));
  end_at_last(p, *expr);
  return DG_OK;
}

/** ExistsFunc (125), NotExistsFunc (126), after their words. */
static DgStatus
parse_exists(DgParser *p, bool negated, DgExpr **expr)
{
  *expr = new_expr(p, DG_EXPR_EXISTS, p->token.span.begin);
  DG_TRY_PTR(*expr);
  (*expr)->negated = negated;
  const uint32_t scope = p->scope;
  const bool allowed = p->aggregates;
  const bool read = p->aggregated;
  p->aggregates = false;
  DG_TRY(dg_parse_group(p, &(*expr)->pattern));
  p->aggregates = allowed;
  p->aggregated = read;
  p->scope = scope;
  end_at_last(p, *expr);
  return DG_OK;
}

/* BOUND takes a variable, not any expression; a parameter is bound when it has
 * a value. */
static DgStatus
parse_bound(DgParser *p, DgExpr *call)
{
  DG_TRY(dg_parse_need_punct(p, "("));
  if (dg_parse_is_left_out(p)) {
    call->kind = DG_EXPR_TERM;
    call->term = dg_term_typed(
        DG_STR("false"), DG_STR("http://www.w3.org/2001/XMLSchema#boolean"));
    dg_parse_advance(p);
    return dg_parse_need_punct(p, ")");
  }
  DgNode node;
  DG_TRY(dg_parse_var(p, &node));
  DgExpr *const arg =
      new_expr(p, node.var == DG_VAR_NONE ? DG_EXPR_TERM : DG_EXPR_VAR,
               call->span.begin);
  DG_TRY_PTR(arg);
  arg->var = node.var;
  arg->term = node.term;
  DG_TRY(add_arg(p, call, arg));
  return dg_parse_need_punct(p, ")");
}

/** BuiltInCall (121). */
static DgStatus
parse_builtin(DgParser *p, DgExpr **expr)
{
  DgAggregate aggregate;
  if (is_aggregate(p, &aggregate)) {
    return parse_aggregate(p, aggregate, expr);
  }
  if (dg_parse_skip_word(p, "EXISTS")) {
    return parse_exists(p, false, expr);
  }
  if (dg_parse_skip_word(p, "NOT")) {
    DG_TRY(dg_parse_need_word(p, "EXISTS"));
    return parse_exists(p, true, expr);
  }
  const DgFunction *const function =
      p->token.kind == DG_TOK_WORD ? dg_function_find(p->token.text) : NULL;
  if (!function) {
    return dg_parse_expected(p, "an expression");
  }
  *expr = new_expr(p, DG_EXPR_CALL, p->token.span.begin);
  DG_TRY_PTR(*expr);
  (*expr)->function = function;
  dg_parse_advance(p);
  if (!strcmp(function->name, "BOUND")) {
    DG_TRY(parse_bound(p, *expr));
    end_at_last(p, *expr);
    return DG_OK;
  }
  DG_TRY(parse_list(p, *expr));
  end_at_last(p, *expr);
  return check_count(p, *expr);
}

/** BrackettedExpression (120). */
static DgStatus
parse_bracketed(DgParser *p, DgExpr **expr)
{
  DG_TRY(dg_parse_need_punct(p, "("));
  DG_TRY(dg_parse_expr(p, expr));
  return dg_parse_need_punct(p, ")");
}

/** PrimaryExpression (119). */
static DgStatus
parse_primary(DgParser *p, DgExpr **expr)
{
  if (dg_parse_is_punct(p, "(")) {
    return parse_bracketed(p, expr);
  }
  if (dg_parse_is_iri(p)) {
    return parse_iri_call(p, expr);
  }
  const bool var = p->token.kind == DG_TOK_VAR;
  if (!var && !dg_parse_is_literal(p)) {
    return parse_builtin(p, expr);
  }
  *expr = new_expr(p, DG_EXPR_TERM, p->token.span.begin);
  DG_TRY_PTR(*expr);
  if (var) {
    DgNode node;
    DG_TRY(dg_parse_var(p, &node));
    (*expr)->kind = node.var == DG_VAR_NONE ? DG_EXPR_TERM : DG_EXPR_VAR;
    (*expr)->var = node.var;
    (*expr)->term = node.term;
  } else {
    DG_TRY(dg_parse_literal(p, &(*expr)->term));
  }
  end_at_last(p, *expr);
  return DG_OK;
}

/** UnaryExpression (118). */
static DgStatus
parse_unary(DgParser *p, DgExpr **expr)
{
  const size_t begin = p->token.span.begin;
  const char *name = dg_parse_is_punct(p, "!")   ? "!"
                     : dg_parse_is_punct(p, "+") ? "u+"
                     : dg_parse_is_punct(p, "-") ? "u-"
                                                 : NULL;
  if (!name || (name[0] == 'u' && dg_parse_is_literal(p))) {
    return parse_primary(p, expr);
  }
  dg_parse_advance(p);
  DG_TRY(dg_parse_deeper(p));
  DgExpr *inner;
  /* The grammar has PrimaryExpression here: "!!x" is written "!(!x)". */
  DG_TRY(name[0] == '!' ? parse_unary(p, &inner) : parse_primary(p, &inner));
  --p->depth;
  DG_TRY(new_operator(p, name, inner, expr));
  (*expr)->span.begin = begin;
  end_at_last(p, *expr);
  return DG_OK;
}

static DgStatus
parse_binary(DgParser *p, const char *name, DgExpr **left,
             DgStatus (*operand)(DgParser *, DgExpr **))
{
  dg_parse_advance(p);
  DgExpr *right;
  DgExpr *call;
  DG_TRY(operand(p, &right));
  DG_TRY(new_operator(p, name, *left, &call));
  DG_TRY(add_arg(p, call, right));
  end_at_last(p, call);
  *left = call;
  return DG_OK;
}

static DgStatus
count_chain(DgParser *p, unsigned *n)
{
  return ++*n > DG_PARSE_CHAIN
             ? dg_parse_reject(p, p->token.span,
                               "more than %d operators in a row",
                               DG_PARSE_CHAIN)
             : DG_OK;
}

/** MultiplicativeExpression (117). */
static DgStatus
parse_product(DgParser *p, DgExpr **expr)
{
  unsigned n = 0;
  DG_TRY(parse_unary(p, expr));
  for (;;) {
    const char *const name = dg_parse_is_punct(p, "*")   ? "*"
                             : dg_parse_is_punct(p, "/") ? "/"
                                                         : NULL;
    if (!name) {
      return DG_OK;
    }
    DG_TRY(count_chain(p, &n));
    DG_TRY(parse_binary(p, name, expr, parse_unary));
  }
}

/** AdditiveExpression (116); a signed number after an operand adds it. */
static DgStatus
parse_sum(DgParser *p, DgExpr **expr)
{
  unsigned n = 0;
  DG_TRY(parse_product(p, expr));
  for (;;) {
    const char *const name = dg_parse_is_punct(p, "+")   ? "+"
                             : dg_parse_is_punct(p, "-") ? "-"
                                                         : NULL;
    if (!name) {
      return DG_OK;
    }
    DG_TRY(count_chain(p, &n));
    DG_TRY(parse_binary(p, name, expr, parse_product));
  }
}

/** RelationalExpression (114). */
static DgStatus
parse_relation(DgParser *p, DgExpr **expr)
{
  static const char *const names[] = { "=", "!=", "<=", ">=", "<", ">" };
  DG_TRY(parse_sum(p, expr));
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    if (dg_parse_is_punct(p, names[i])) {
      return parse_binary(p, names[i], expr, parse_sum);
    }
  }
  const bool negated = dg_parse_skip_word(p, "NOT");
  if (!negated && !dg_parse_is_word(p, "IN")) {
    return DG_OK;
  }
  DG_TRY(dg_parse_need_word(p, "IN"));
  DgExpr *call;
  DG_TRY(new_operator(p, negated ? "NOT IN" : "IN", *expr, &call));
  DG_TRY(parse_list(p, call));
  end_at_last(p, call);
  *expr = call;
  return DG_OK;
}

static DgStatus
parse_chain(DgParser *p, const char *name, DgExpr **expr,
            DgStatus (*operand)(DgParser *, DgExpr **))
{
  DG_TRY(operand(p, expr));
  if (!dg_parse_is_punct(p, name)) {
    return DG_OK;
  }
  DgExpr *call;
  DG_TRY(new_operator(p, name, *expr, &call));
  while (dg_parse_skip_punct(p, name)) {
    DgExpr *next;
    DG_TRY(operand(p, &next));
    DG_TRY(add_arg(p, call, next));
  }
  end_at_last(p, call);
  *expr = call;
  return DG_OK;
}

/** ConditionalAndExpression (112). */
static DgStatus
parse_and(DgParser *p, DgExpr **expr)
{
  return parse_chain(p, "&&", expr, parse_relation);
}

DgStatus
dg_parse_expr(DgParser *p, DgExpr **expr)
{
  DG_TRY(dg_parse_deeper(p));
  DG_TRY(parse_chain(p, "||", expr, parse_and));
  --p->depth;
  return DG_OK;
}

bool
dg_parse_is_constraint(const DgParser *p)
{
  DgAggregate aggregate;
  return dg_parse_is_punct(p, "(") || dg_parse_is_iri(p) ||
         dg_parse_is_word(p, "EXISTS") || dg_parse_is_word(p, "NOT") ||
         is_aggregate(p, &aggregate) ||
         (p->token.kind == DG_TOK_WORD && dg_function_find(p->token.text));
}

DgStatus
dg_parse_constraint(DgParser *p, DgExpr **expr)
{
  if (dg_parse_is_punct(p, "(")) {
    return parse_bracketed(p, expr);
  }
  if (!dg_parse_is_iri(p)) {
    return dg_parse_is_constraint(p)
               ? parse_builtin(p, expr)
               : dg_parse_expected(p, "a condition in brackets or a function");
  }
  DG_TRY(parse_iri_call(p, expr));
  return (*expr)->kind == DG_EXPR_CALL ? DG_OK : dg_parse_expected(p, "'('");
}
