/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/parse_p.h"

DgPattern *
dg_parse_new_pattern(DgParser *p, DgPatternKind kind)
{
  DgPattern *const pattern = DG_NEW(p->arena, DgPattern);
  if (pattern) {
    pattern->kind = kind;
    pattern->var = DG_VAR_NONE;
    pattern->span = p->token.span;
  }
  return pattern;
}

static DgStatus
add_part(DgParser *p, DgPattern *pattern, DgPattern *part)
{
  DG_TRY_PTR(part);
  if (pattern->parts.n >= DG_PARSE_CHAIN) {
    return dg_parse_reject(p, p->token.span, "more than %d parts in a group",
                           DG_PARSE_CHAIN);
  }
  DgPattern **const slot = DG_VEC_ADD(p->arena, &pattern->parts);
  DG_TRY_PTR(slot);
  *slot = part;
  return DG_OK;
}

/* What is no FILTER ends a basic graph pattern, and so the reach of labels. */
static void
new_scope(DgParser *p)
{
  p->scope = ++p->last_scope;
}

/** GroupGraphPattern as the only part of a new pattern. */
static DgStatus
parse_wrapped(DgParser *p, DgPattern *group, DgPatternKind kind)
{
  DgPattern *const outer = dg_parse_new_pattern(p, kind);
  DgPattern *inner;
  DG_TRY(add_part(p, group, outer));
  DG_TRY(dg_parse_group(p, &inner));
  new_scope(p);
  return add_part(p, outer, inner);
}

/* What a group needs to stand alone: the prefixes, and the values that stand
 * for variables here. */
static DgStatus
service_text(DgParser *p, DgStr group, DgStr *text)
{
  DgBuf buf = DG_BUF_INIT;
  size_t n;
  const DgKnownPrefix *const known = dg_parse_known_prefixes(&n);
  if (p->request->base.len) {
    dg_buf_printf(&buf, "BASE <%.*s>\n", (int)p->request->base.len,
                  p->request->base.ptr);
  }
  for (size_t i = 0; i < n; ++i) {
    dg_buf_printf(&buf, "PREFIX %s: <%s>\n", known[i].name, known[i].iri);
  }
  for (size_t i = 0; i < p->prefixes.n; ++i) {
    const DgPrefix *const one = &p->prefixes.items[i];
    dg_buf_printf(&buf, "PREFIX %.*s: <%.*s>\n", (int)one->name.len,
                  one->name.ptr, (int)one->iri.len, one->iri.ptr);
  }
  dg_buf_printf(&buf, "SELECT * WHERE { %.*s", (int)group.len, group.ptr);
  for (size_t i = 0; i < p->options->n_params; ++i) {
    const DgParam *const param = &p->options->params[i];
    if (param->value.kind == DG_TERM_NONE) {
      continue;
    }
    dg_buf_printf(&buf, " VALUES ?%.*s { ", (int)param->name.len,
                  param->name.ptr);
    dg_term_write(&param->value, &buf);
    dg_buf_add(&buf, DG_STR(" }"));
  }
  dg_buf_add(&buf, DG_STR(" }"));
  *text = dg_arena_copy(p->arena, dg_buf_str(&buf));
  const bool fine = !buf.failed && text->ptr;
  dg_buf_clear(&buf);
  return fine ? DG_OK : DG_NO_MEMORY;
}

/** GraphGraphPattern (58), ServiceGraphPattern (59), after the word. */
static DgStatus
parse_graph(DgParser *p, DgPattern *group, DgPatternKind kind)
{
  DgPattern *const graph = dg_parse_new_pattern(p, kind);
  DgPattern *inner;
  DG_TRY(add_part(p, group, graph));
  if (kind == DG_PATTERN_SERVICE) {
    graph->silent = dg_parse_skip_word(p, "SILENT");
  }
  DG_TRY(dg_parse_var_or_iri(p, &graph->node));
  const size_t begin = p->token.span.begin;
  DG_TRY(dg_parse_group(p, &inner));
  if (kind == DG_PATTERN_SERVICE) {
    const DgStr written = dg_str_sub(p->text, begin, p->last_end);
    DG_TRY(service_text(p, written, &graph->text));
  }
  new_scope(p);
  return add_part(p, graph, inner);
}

/** GroupOrUnionGraphPattern (67). */
static DgStatus
parse_union(DgParser *p, DgPattern *group)
{
  DgPattern *first;
  DG_TRY(dg_parse_group(p, &first));
  new_scope(p);
  if (!dg_parse_is_word(p, "UNION")) {
    return add_part(p, group, first);
  }
  DgPattern *const both = dg_parse_new_pattern(p, DG_PATTERN_UNION);
  DG_TRY(add_part(p, group, both));
  DG_TRY(add_part(p, both, first));
  while (dg_parse_skip_word(p, "UNION")) {
    DgPattern *next;
    DG_TRY(dg_parse_group(p, &next));
    DG_TRY(add_part(p, both, next));
    new_scope(p);
  }
  return DG_OK;
}

/** Filter (68) after the word. */
static DgStatus
parse_filter(DgParser *p, DgPattern *group)
{
  DgPattern *const filter = dg_parse_new_pattern(p, DG_PATTERN_FILTER);
  DG_TRY(add_part(p, group, filter));
  const bool allowed = p->aggregates;
  p->aggregates = false;
  DG_TRY(dg_parse_constraint(p, &filter->expr));
  p->aggregates = allowed;
  return DG_OK;
}

/** Bind (60) after the word. */
static DgStatus
parse_bind(DgParser *p, DgPattern *group)
{
  DgPattern *const bind = dg_parse_new_pattern(p, DG_PATTERN_BIND);
  DG_TRY(add_part(p, group, bind));
  const bool allowed = p->aggregates;
  p->aggregates = false;
  DG_TRY(dg_parse_need_punct(p, "("));
  DG_TRY(dg_parse_expr(p, &bind->expr));
  DG_TRY(dg_parse_need_word(p, "AS"));
  bind->span = p->token.span;
  DG_TRY(dg_parse_new_var(p, &bind->var));
  DG_TRY(dg_parse_need_punct(p, ")"));
  p->aggregates = allowed;
  new_scope(p);
  return DG_OK;
}

/** DataBlockValue (65). */
static DgStatus
parse_value(DgParser *p, DgValues *values)
{
  DgTerm *const term = DG_VEC_ADD(p->arena, &values->terms);
  DG_TRY_PTR(term);
  if (dg_parse_skip_word(p, "UNDEF")) {
    return DG_OK;
  }
  if (dg_parse_is_iri(p)) {
    return dg_parse_iri(p, term);
  }
  return dg_parse_is_literal(p)
             ? dg_parse_literal(p, term)
             : dg_parse_expected(p, "an IRI, a literal or UNDEF");
}

/** A row of InlineDataFull (64) after its bracket. */
static DgStatus
parse_row(DgParser *p, DgValues *values)
{
  const DgSpan at = p->token.span;
  size_t n = 0;
  while (!dg_parse_skip_punct(p, ")")) {
    DG_TRY(parse_value(p, values));
    ++n;
  }
  if (n != values->vars.n) {
    return dg_parse_reject(p, at, "row has %zu values, expected %zu", n,
                           values->vars.n);
  }
  ++values->n_rows;
  return DG_OK;
}

static DgStatus
parse_values_var(DgParser *p, DgValues *values)
{
  DgVar *const var = DG_VEC_ADD(p->arena, &values->vars);
  DG_TRY_PTR(var);
  const DgSpan at = p->token.span;
  DG_TRY(dg_parse_new_var(p, var));
  for (size_t i = 0; i + 1 < values->vars.n; ++i) {
    if (values->vars.items[i] == values->vars.items[values->vars.n - 1]) {
      return dg_parse_reject(p, at, "variable stands twice in VALUES");
    }
  }
  return DG_OK;
}

DgStatus
dg_parse_values(DgParser *p, DgPattern **pattern)
{
  *pattern = dg_parse_new_pattern(p, DG_PATTERN_VALUES);
  DG_TRY_PTR(*pattern);
  DgValues *const values = &(*pattern)->values;
  const bool full = dg_parse_skip_punct(p, "(");
  if (!full) {
    DG_TRY(parse_values_var(p, values)); /* InlineDataOneVar (63) */
  }
  while (full && !dg_parse_skip_punct(p, ")")) {
    DG_TRY(parse_values_var(p, values));
  }
  DG_TRY(dg_parse_need_punct(p, "{"));
  while (!dg_parse_skip_punct(p, "}")) {
    if (full) {
      DG_TRY(dg_parse_need_punct(p, "("));
      DG_TRY(parse_row(p, values));
    } else {
      DG_TRY(parse_value(p, values));
      ++values->n_rows;
    }
  }
  return DG_OK;
}

/** GraphPatternNotTriples (56). */
static DgStatus
parse_not_triples(DgParser *p, DgPattern *group)
{
  if (dg_parse_skip_word(p, "FILTER")) {
    return parse_filter(p, group);
  }
  if (dg_parse_skip_word(p, "OPTIONAL")) {
    return parse_wrapped(p, group, DG_PATTERN_OPTIONAL);
  }
  if (dg_parse_skip_word(p, "MINUS")) {
    return parse_wrapped(p, group, DG_PATTERN_MINUS);
  }
  if (dg_parse_skip_word(p, "GRAPH")) {
    return parse_graph(p, group, DG_PATTERN_GRAPH);
  }
  if (dg_parse_skip_word(p, "SERVICE")) {
    return parse_graph(p, group, DG_PATTERN_SERVICE);
  }
  if (dg_parse_skip_word(p, "BIND")) {
    return parse_bind(p, group);
  }
  if (dg_parse_skip_word(p, "VALUES")) {
    DgPattern *values;
    DG_TRY(dg_parse_values(p, &values));
    new_scope(p);
    return add_part(p, group, values);
  }
  if (dg_parse_is_punct(p, "{")) {
    return parse_union(p, group);
  }
  return dg_parse_expected(p, "a triple, FILTER, OPTIONAL, UNION or '}'");
}

/* Triples before and after a FILTER are one basic graph pattern. */
static DgStatus
parse_block(DgParser *p, DgPattern *group)
{
  DgPattern *block = NULL;
  for (size_t i = group->parts.n; i-- > 0 && !block;) {
    DgPattern *const part = group->parts.items[i];
    if (part->kind != DG_PATTERN_FILTER) {
      if (part->kind != DG_PATTERN_TRIPLES) {
        break;
      }
      block = part;
    }
  }
  if (!block) {
    block = dg_parse_new_pattern(p, DG_PATTERN_TRIPLES);
    DG_TRY(add_part(p, group, block));
  }
  return dg_parse_triples(p, &block->triples, true);
}

/** GroupGraphPatternSub (54). */
static DgStatus
parse_group_body(DgParser *p, DgPattern *group)
{
  while (!dg_parse_skip_punct(p, "}")) {
    if (dg_parse_is_triples(p)) {
      DG_TRY(parse_block(p, group));
      if (dg_parse_is_triples(p)) {
        return dg_parse_expected(p, "'.', ';' or '}'");
      }
    } else {
      DG_TRY(parse_not_triples(p, group));
      (void)dg_parse_skip_punct(p, ".");
    }
  }
  return DG_OK;
}

static DgStatus
parse_sub_select(DgParser *p, DgPattern *group)
{
  DgPattern *const part = dg_parse_new_pattern(p, DG_PATTERN_SELECT);
  DG_TRY(add_part(p, group, part));
  part->select = DG_NEW(p->arena, DgSelect);
  DG_TRY_PTR(part->select);
  const bool allowed = p->aggregates;
  const bool read = p->aggregated;
  DG_TRY(dg_parse_select(p, part->select, true));
  p->aggregates = allowed;
  p->aggregated = read;
  return dg_parse_need_punct(p, "}");
}

DgStatus
dg_parse_group(DgParser *p, DgPattern **pattern)
{
  DG_TRY(dg_parse_deeper(p));
  new_scope(p);
  DgPattern *const group = dg_parse_new_pattern(p, DG_PATTERN_GROUP);
  DG_TRY_PTR(group);
  DG_TRY(dg_parse_need_punct(p, "{"));
  if (dg_parse_is_word(p, "SELECT")) {
    DG_TRY(parse_sub_select(p, group));
  } else {
    DG_TRY(parse_group_body(p, group));
  }
  group->span.end = p->last_end;
  --p->depth;
  *pattern = group;
  return DG_OK;
}
