/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/parse_p.h"

DgStatus
dg_parse_dataset(DgParser *p, DgDatasetClause *clause)
{
  DgTerm *graph;
  if (dg_parse_skip_word(p, "NAMED")) {
    graph = DG_VEC_ADD(p->arena, &clause->named);
  } else {
    graph = DG_VEC_ADD(p->arena, &clause->from);
  }
  DG_TRY_PTR(graph);
  return dg_parse_iri(p, graph);
}

static DgStatus
parse_from(DgParser *p)
{
  while (dg_parse_skip_word(p, "FROM")) {
    DG_TRY(dg_parse_dataset(p, &p->request->dataset));
  }
  return DG_OK;
}

/** WhereClause (17). */
static DgStatus
parse_where(DgParser *p, DgSelect *select)
{
  const bool word = dg_parse_skip_word(p, "WHERE");
  if (!word && !dg_parse_is_punct(p, "{")) {
    return dg_parse_expected(p, "WHERE or '{'");
  }
  p->aggregates = false;
  return dg_parse_group(p, &select->where);
}

static DgStatus
parse_column(DgParser *p, DgSelect *select)
{
  DgProjected *const column = DG_VEC_ADD(p->arena, &select->columns);
  DG_TRY_PTR(column);
  column->span = p->token.span;
  if (!dg_parse_skip_punct(p, "(")) {
    return dg_parse_new_var(p, &column->var);
  }
  DG_TRY(dg_parse_expr(p, &column->expr));
  DG_TRY(dg_parse_need_word(p, "AS"));
  DG_TRY(dg_parse_new_var(p, &column->var));
  return dg_parse_need_punct(p, ")");
}

/** SelectClause (9). */
static DgStatus
parse_select_clause(DgParser *p, DgSelect *select)
{
  DG_TRY(dg_parse_need_word(p, "SELECT"));
  select->distinct = dg_parse_skip_word(p, "DISTINCT");
  select->reduced = !select->distinct && dg_parse_skip_word(p, "REDUCED");
  select->star = dg_parse_skip_punct(p, "*");
  if (select->star) {
    return DG_OK;
  }
  p->aggregates = true;
  do {
    DG_TRY(parse_column(p, select));
  } while (p->token.kind == DG_TOK_VAR || dg_parse_is_punct(p, "("));
  p->aggregates = false;
  return DG_OK;
}

/** GroupCondition (20). */
static DgStatus
parse_key(DgParser *p, DgSelect *select)
{
  DgProjected *const key = DG_VEC_ADD(p->arena, &select->keys);
  DG_TRY_PTR(key);
  key->var = DG_VAR_NONE;
  if (p->token.kind == DG_TOK_VAR) {
    DgNode node;
    DG_TRY(dg_parse_var(p, &node));
    key->var = node.var;
    if (node.var == DG_VAR_NONE) {
      --select->keys.n; /* a parameter is the same in every row */
    }
    return DG_OK;
  }
  if (!dg_parse_skip_punct(p, "(")) {
    return dg_parse_constraint(p, &key->expr);
  }
  DG_TRY(dg_parse_expr(p, &key->expr));
  if (dg_parse_skip_word(p, "AS")) {
    DG_TRY(dg_parse_new_var(p, &key->var));
  }
  return dg_parse_need_punct(p, ")");
}

static bool
is_key(const DgParser *p)
{
  return p->token.kind == DG_TOK_VAR ||
         (dg_parse_is_constraint(p) && !dg_parse_is_word(p, "NOT"));
}

/** GroupClause (19), HavingClause (21). */
static DgStatus
parse_grouping(DgParser *p, DgSelect *select)
{
  if (dg_parse_skip_word(p, "GROUP")) {
    DG_TRY(dg_parse_need_word(p, "BY"));
    select->grouped = true;
    do {
      DG_TRY(parse_key(p, select));
    } while (is_key(p));
  }
  if (dg_parse_skip_word(p, "HAVING")) {
    p->aggregates = true;
    do {
      DgExpr **const slot = DG_VEC_ADD(p->arena, &select->having);
      DG_TRY_PTR(slot);
      DG_TRY(dg_parse_constraint(p, slot));
    } while (dg_parse_is_constraint(p));
    p->aggregates = false;
    select->grouped = true;
  }
  return DG_OK;
}

/** OrderCondition (24). */
static DgStatus
parse_order_key(DgParser *p, DgSelect *select)
{
  DgOrderKey *const key = DG_VEC_ADD(p->arena, &select->order);
  DG_TRY_PTR(key);
  key->descending = dg_parse_skip_word(p, "DESC");
  if (key->descending || dg_parse_skip_word(p, "ASC")) {
    DG_TRY(dg_parse_need_punct(p, "("));
    DG_TRY(dg_parse_expr(p, &key->expr));
    return dg_parse_need_punct(p, ")");
  }
  if (p->token.kind != DG_TOK_VAR) {
    return dg_parse_constraint(p, &key->expr);
  }
  DgNode node;
  const DgSpan span = p->token.span;
  DG_TRY(dg_parse_var(p, &node));
  key->expr = DG_NEW(p->arena, DgExpr);
  DG_TRY_PTR(key->expr);
  key->expr->kind = node.var == DG_VAR_NONE ? DG_EXPR_TERM : DG_EXPR_VAR;
  key->expr->var = node.var;
  key->expr->term = node.term;
  key->expr->span = span;
  return DG_OK;
}

/** OrderClause (23). */
static DgStatus
parse_order(DgParser *p, DgSelect *select)
{
  if (!dg_parse_skip_word(p, "ORDER")) {
    return DG_OK;
  }
  DG_TRY(dg_parse_need_word(p, "BY"));
  p->aggregates = true;
  do {
    DG_TRY(parse_order_key(p, select));
  } while (p->token.kind == DG_TOK_VAR || dg_parse_is_word(p, "ASC") ||
           dg_parse_is_word(p, "DESC") || dg_parse_is_constraint(p));
  p->aggregates = false;
  return DG_OK;
}

static DgStatus
parse_count(DgParser *p, uint64_t *count)
{
  if (p->token.kind != DG_TOK_INTEGER) {
    return dg_parse_expected(p, "a whole number");
  }
  uint64_t n = 0;
  for (size_t i = 0; i < p->token.text.len; ++i) {
    const unsigned digit = (unsigned)(p->token.text.ptr[i] - '0');
    n = n > (UINT64_MAX - 9) / 10 ? UINT64_MAX - 1 : n * 10 + digit;
  }
  *count = n;
  dg_parse_advance(p);
  return DG_OK;
}

/** LimitOffsetClauses (25). */
static DgStatus
parse_slice(DgParser *p, DgSelect *select)
{
  bool limit = false;
  bool offset = false;
  for (;;) {
    if (!limit && dg_parse_skip_word(p, "LIMIT")) {
      limit = true;
      DG_TRY(parse_count(p, &select->limit));
    } else if (!offset && dg_parse_skip_word(p, "OFFSET")) {
      offset = true;
      DG_TRY(parse_count(p, &select->offset));
    } else {
      return DG_OK;
    }
  }
}

/** SolutionModifier (18) and ValuesClause (28). */
static DgStatus
parse_modifiers(DgParser *p, DgSelect *select)
{
  DG_TRY(parse_grouping(p, select));
  DG_TRY(parse_order(p, select));
  DG_TRY(parse_slice(p, select));
  select->grouped |= p->aggregated;
  return dg_parse_skip_word(p, "VALUES") ? dg_parse_values(p, &select->values)
                                         : DG_OK;
}

DgStatus
dg_parse_select(DgParser *p, DgSelect *select, bool is_sub)
{
  select->limit = UINT64_MAX;
  p->aggregated = false;
  DG_TRY(parse_select_clause(p, select));
  const bool in_columns = p->aggregated;
  if (!is_sub) {
    DG_TRY(parse_from(p));
  }
  DG_TRY(parse_where(p, select));
  p->aggregated = in_columns;
  return parse_modifiers(p, select);
}

static DgStatus
parse_template(DgParser *p)
{
  p->in_template = true;
  DG_TRY(dg_parse_need_punct(p, "{"));
  DG_TRY(dg_parse_triples(p, &p->request->template_, false));
  DG_TRY(dg_parse_need_punct(p, "}"));
  p->in_template = false;
  return DG_OK;
}

/* CONSTRUCT WHERE { } has its template for its pattern. */
static DgStatus
parse_short_construct(DgParser *p, DgSelect *select)
{
  DG_TRY(parse_from(p));
  DG_TRY(dg_parse_need_word(p, "WHERE"));
  select->where = dg_parse_new_pattern(p, DG_PATTERN_GROUP);
  DgPattern *const block = dg_parse_new_pattern(p, DG_PATTERN_TRIPLES);
  DG_TRY_PTR(select->where);
  DG_TRY_PTR(block);
  DG_TRY(dg_parse_need_punct(p, "{"));
  DG_TRY(dg_parse_triples(p, &block->triples, false));
  DG_TRY(dg_parse_need_punct(p, "}"));
  DgPattern **const slot = DG_VEC_ADD(p->arena, &select->where->parts);
  DG_TRY_PTR(slot);
  *slot = block;
  p->request->template_ = block->triples;
  return DG_OK;
}

/** ConstructQuery (10) after the word. */
static DgStatus
parse_construct(DgParser *p, DgSelect *select)
{
  p->request->form = DG_FORM_CONSTRUCT;
  if (dg_parse_is_punct(p, "{")) {
    DG_TRY(parse_template(p));
    DG_TRY(parse_from(p));
    DG_TRY(parse_where(p, select));
  } else {
    DG_TRY(parse_short_construct(p, select));
  }
  return parse_modifiers(p, select);
}

/** DescribeQuery (11) after the word. */
static DgStatus
parse_describe(DgParser *p, DgSelect *select)
{
  p->request->form = DG_FORM_DESCRIBE;
  select->star = dg_parse_skip_punct(p, "*");
  if (!select->star) {
    do {
      DgNode *const node = DG_VEC_ADD(p->arena, &p->request->describe);
      DG_TRY_PTR(node);
      DG_TRY(dg_parse_var_or_iri(p, node));
    } while (p->token.kind == DG_TOK_VAR || dg_parse_is_iri(p));
  }
  DG_TRY(parse_from(p));
  if (dg_parse_is_word(p, "WHERE") || dg_parse_is_punct(p, "{")) {
    DG_TRY(parse_where(p, select));
  }
  return parse_modifiers(p, select);
}

DgStatus
dg_parse_query(DgParser *p)
{
  DgSelect *const select = &p->request->select;
  if (dg_parse_is_word(p, "SELECT")) {
    return dg_parse_select(p, select, false);
  }
  select->limit = UINT64_MAX;
  if (dg_parse_skip_word(p, "ASK")) {
    p->request->form = DG_FORM_ASK;
    DG_TRY(parse_from(p));
    DG_TRY(parse_where(p, select));
    return parse_modifiers(p, select);
  }
  if (dg_parse_skip_word(p, "CONSTRUCT")) {
    return parse_construct(p, select);
  }
  if (dg_parse_skip_word(p, "DESCRIBE")) {
    return parse_describe(p, select);
  }
  return dg_parse_expected(p, "SELECT, ASK, CONSTRUCT or DESCRIBE");
}
