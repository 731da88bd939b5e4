/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/algebra_p.h"

/* Joins of one group are nested no deeper than this. */
enum { ALGEBRA_DEPTH = 3000 };

/* Mark in a FILTER's slot: it holds all filters of an OPTIONAL's group. */
enum { WHOLE_CONDITION = 1 };

DgStatus
dg_translate_init(DgTranslate *t)
{
  const size_t n = t->request->vars.n;
  t->map = dg_arena_alloc(t->arena, (n + 1) * sizeof *t->map);
  DG_TRY_PTR(t->map);
  for (size_t i = 0; i < n; ++i) {
    t->map[i] = DG_SLOT_NONE;
  }
  return DG_OK;
}

static DgStatus
new_slot(DgTranslate *t, DgStr name, uint32_t *slot)
{
  DgStr *const place = DG_VEC_ADD(t->arena, &t->names);
  DG_TRY_PTR(place);
  *place = name;
  *slot = (uint32_t)(t->names.n - 1);
  return DG_OK;
}

DgStatus
dg_translate_hidden(DgTranslate *t, uint32_t *slot)
{
  return new_slot(t, DG_STR_NONE, slot);
}

DgStatus
dg_translate_slot(DgTranslate *t, DgVar var, uint32_t *slot)
{
  if (t->map[var] == DG_SLOT_NONE) {
    DG_TRY(new_slot(t, t->request->vars.items[var], &t->map[var]));
  }
  *slot = t->map[var];
  return DG_OK;
}

static DgStatus
constant(DgTranslate *t, const DgTerm *term, DgPlace *place)
{
  place->slot = DG_SLOT_NONE;
  return dg_terms_id(t->terms, term, &place->id);
}

DgStatus
dg_translate_place(DgTranslate *t, const DgNode *node, DgPlace *place)
{
  *place = (DgPlace){ DG_SLOT_NONE, DG_ID_NONE };
  if (node->var != DG_VAR_NONE) {
    return dg_translate_slot(t, node->var, &place->slot);
  }
  return constant(t, &node->term, place);
}

DgStatus
dg_translate_values(DgTranslate *t, const DgValues *values, DgAlg **out)
{
  DgAlg *const alg = *out = dg_alg_new(t->arena, DG_ALG_VALUES);
  DG_TRY_PTR(alg);
  alg->n_slots = values->vars.n;
  alg->n_rows = values->n_rows;
  alg->slots = DG_NEW_ARRAY(t->arena, uint32_t, alg->n_slots + 1);
  alg->ids = DG_NEW_ARRAY(t->arena, DgId, values->terms.n + 1);
  DG_TRY_PTR(alg->slots);
  DG_TRY_PTR(alg->ids);
  for (size_t i = 0; i < alg->n_slots; ++i) {
    DG_TRY(dg_translate_slot(t, values->vars.items[i], &alg->slots[i]));
  }
  for (size_t i = 0; i < values->terms.n; ++i) {
    const DgTerm *const term = &values->terms.items[i];
    if (term->kind != DG_TERM_NONE) {
      DG_TRY(dg_terms_id(t->terms, term, &alg->ids[i]));
    }
  }
  return dg_alg_finish(t->arena, alg);
}

/* The optional group's own filters see the left side too (18.2.2.6). */
static DgStatus
left_join(DgTranslate *t, DgAlg *group, DgAlg *right, DgAlg **out)
{
  DgAlg *const left = *out = dg_alg_new(t->arena, DG_ALG_LEFT_JOIN);
  DG_TRY_PTR(left);
  if (right->kind == DG_ALG_FILTER && right->slot == WHOLE_CONDITION) {
    left->code = right->code;
    left->code_vars = right->code_vars;
    right = right->kids.items[0];
  }
  if (!dg_alg_add(t->arena, left, group) ||
      !dg_alg_add(t->arena, left, right)) {
    return DG_NO_MEMORY;
  }
  return dg_alg_finish(t->arena, left);
}

static DgStatus
translate_minus(DgTranslate *t, const DgPattern *pattern, DgGraphRef graph,
                DgAlg *group, DgAlg **out)
{
  DgAlg *right;
  DG_TRY(dg_translate_pattern(t, pattern, graph, &right));
  if (!dg_bits_meet(group->maybe, right->maybe)) {
    *out = group; /* nothing shared, nothing taken away */
    return DG_OK;
  }
  DgAlg *const minus = *out = dg_alg_new(t->arena, DG_ALG_MINUS);
  DG_TRY_PTR(minus);
  if (!dg_alg_add(t->arena, minus, group) ||
      !dg_alg_add(t->arena, minus, right)) {
    return DG_NO_MEMORY;
  }
  return dg_alg_finish(t->arena, minus);
}

DgStatus
dg_translate_extend(DgTranslate *t, DgAlg *alg, uint32_t slot, DgCode *code,
                    DgBits vars, DgAlg **out)
{
  DgAlg *const node = *out = dg_alg_new(t->arena, DG_ALG_EXTEND);
  DG_TRY_PTR(node);
  node->slot = slot;
  node->code = code;
  node->code_vars = vars;
  DG_TRY_PTR(dg_alg_add(t->arena, node, alg));
  return dg_alg_finish(t->arena, node);
}

static DgStatus
translate_bind(DgTranslate *t, const DgPattern *pattern, DgGraphRef graph,
               DgAlg *group, DgAlg **out)
{
  const DgCodeScope scope = { NULL, graph };
  uint32_t slot;
  DgCode *code;
  DgBits vars = { NULL, 0 };
  DG_TRY(dg_translate_slot(t, pattern->var, &slot));
  DG_TRY(dg_translate_code(t, pattern->expr, &scope, &code, &vars));
  return dg_translate_extend(t, group, slot, code, vars, out);
}

/* A pattern that a graph variable can be bound by: a triple pattern that every
 * solution matches, and nothing that would need the variable before. */
static bool
binds_graph(const DgAlg *alg, DgPlace graph)
{
  switch (alg->kind) {
  case DG_ALG_SCAN:
    return alg->graph.kind == DG_GRAPH_PLACE &&
           alg->graph.place.slot == graph.slot;
  case DG_ALG_JOIN:
    for (size_t i = 0; i < alg->kids.n; ++i) {
      if (!binds_graph(alg->kids.items[i], graph)) {
        return false;
      }
    }
    return true;
  case DG_ALG_LEFT_JOIN:
    return binds_graph(alg->kids.items[0], graph) &&
           binds_graph(alg->kids.items[1], graph);
  case DG_ALG_FILTER:
    return binds_graph(alg->kids.items[0], graph);
  default:
    return false;
  }
}

/* GRAPH around a pattern that has its graph in `place`. */
static DgStatus
wrap_graph(DgTranslate *t, DgGraphRef graph, DgAlg **alg)
{
  if (binds_graph(*alg, graph.place)) {
    return DG_OK;
  }
  DgAlg *const node = dg_alg_new(t->arena, DG_ALG_GRAPH);
  DG_TRY_PTR(node);
  node->graph = graph;
  node->slot = graph.place.slot;
  if (node->slot == DG_SLOT_NONE) {
    /* Only to ask whether the graph is there; a hidden slot holds nothing. */
    DG_TRY(dg_translate_hidden(t, &node->slot));
  }
  DG_TRY_PTR(dg_alg_add(t->arena, node, *alg));
  *alg = node;
  return dg_alg_finish(t->arena, node);
}

/* GRAPH ?g is joined with its pattern, in which ?g is not yet bound: where the
 * pattern names ?g too, the graph has a slot of its own until then. */
static DgStatus
translate_graph(DgTranslate *t, const DgPattern *pattern, DgAlg **out)
{
  const DgPattern *const inner = pattern->parts.items[0];
  DgGraphRef graph = { .kind = DG_GRAPH_PLACE };
  DgPlace place;
  DG_TRY(dg_translate_place(t, &pattern->node, &place));
  graph.place = place;
  const bool apart =
      place.slot != DG_SLOT_NONE && dg_pattern_names(inner, pattern->node.var);
  if (apart) {
    DG_TRY(dg_translate_hidden(t, &graph.place.slot));
  }
  DG_TRY(dg_translate_pattern(t, inner, graph, out));
  DG_TRY(wrap_graph(t, graph, out));
  if (!apart) {
    return DG_OK;
  }
  DgCode *const code = DG_NEW(t->arena, DgCode);
  DG_TRY_PTR(code);
  code->slot = graph.place.slot;
  return dg_translate_extend(t, *out, place.slot, code,
                             dg_bits_one(t->arena, code->slot), out);
}

static DgStatus
translate_service(DgTranslate *t, const DgPattern *pattern, DgAlg **out)
{
  const DgGraphRef graph = { .kind = DG_GRAPH_DEFAULT };
  DgAlg *const node = *out = dg_alg_new(t->arena, DG_ALG_SERVICE);
  DG_TRY_PTR(node);
  node->service = pattern;
  DG_TRY(dg_translate_place(t, &pattern->node, &node->endpoint));
  /* Translated for its variables alone: the endpoint evaluates it. */
  DgAlg *inner;
  DG_TRY(dg_translate_pattern(t, pattern->parts.items[0], graph, &inner));
  DgVar *vars;
  DG_TRY(
      dg_translate_visible(t, pattern->parts.items[0], &vars, &node->n_slots));
  node->slots = DG_NEW_ARRAY(t->arena, uint32_t, node->n_slots + 1);
  DG_TRY_PTR(node->slots);
  DG_TRY(dg_alg_finish(t->arena, node));
  for (size_t i = 0; i < node->n_slots; ++i) {
    DG_TRY(dg_translate_slot(t, vars[i], &node->slots[i]));
    node->maybe = dg_bits_with(t->arena, node->maybe, node->slots[i]);
  }
  node->mentioned = dg_bits_or(t->arena, node->maybe, inner->mentioned);
  return DG_OK;
}

static DgStatus
translate_union(DgTranslate *t, const DgPattern *pattern, DgGraphRef graph,
                DgAlg **out)
{
  DgAlg *const both = *out = dg_alg_new(t->arena, DG_ALG_UNION);
  DG_TRY_PTR(both);
  for (size_t i = 0; i < pattern->parts.n; ++i) {
    DgAlg *one;
    DG_TRY(dg_translate_pattern(t, pattern->parts.items[i], graph, &one));
    if (one->kind != DG_ALG_EMPTY) {
      DG_TRY_PTR(dg_alg_add(t->arena, both, one));
    }
  }
  if (both->kids.n < 2) {
    *out =
        both->kids.n ? both->kids.items[0] : dg_alg_new(t->arena, DG_ALG_EMPTY);
    return *out ? DG_OK : DG_NO_MEMORY;
  }
  return dg_alg_finish(t->arena, both);
}

/* A sub-select has its own variables, but for those that it projects. */
static DgStatus
translate_sub_select(DgTranslate *t, const DgSelect *select, DgGraphRef graph,
                     DgAlg **out)
{
  uint32_t *const outer = t->map;
  uint32_t *columns;
  size_t n;
  if (!select->star) {
    DG_TRY(dg_translate_init(t));
    uint32_t *const inner = t->map;
    t->map = outer;
    for (size_t i = 0; i < select->columns.n; ++i) {
      const DgVar var = select->columns.items[i].var;
      DG_TRY(dg_translate_slot(t, var, &inner[var]));
    }
    t->map = inner;
  }
  const DgStatus status =
      dg_translate_select(t, select, graph, out, &columns, &n);
  t->map = outer;
  return status;
}

static DgStatus
translate_group(DgTranslate *t, const DgPattern *pattern, DgGraphRef graph,
                bool whole, DgAlg **out);

static DgStatus
translate_part(DgTranslate *t, const DgPattern *part, DgGraphRef graph,
               DgAlg *group, DgAlg **out)
{
  DgAlg *one = NULL;
  switch (part->kind) {
  case DG_PATTERN_TRIPLES:
    return dg_translate_triples(t, &part->triples, graph, group, out);
  case DG_PATTERN_OPTIONAL:
    DG_TRY(translate_group(t, part->parts.items[0], graph, true, &one));
    return left_join(t, group, one, out);
  case DG_PATTERN_MINUS:
    return translate_minus(t, part->parts.items[0], graph, group, out);
  case DG_PATTERN_BIND:
    return translate_bind(t, part, graph, group, out);
  case DG_PATTERN_GROUP:
    DG_TRY(dg_translate_pattern(t, part, graph, &one));
    break;
  case DG_PATTERN_UNION:
    DG_TRY(translate_union(t, part, graph, &one));
    break;
  case DG_PATTERN_GRAPH:
    DG_TRY(translate_graph(t, part, &one));
    break;
  case DG_PATTERN_SERVICE:
    DG_TRY(translate_service(t, part, &one));
    break;
  case DG_PATTERN_VALUES:
    DG_TRY(dg_translate_values(t, &part->values, &one));
    break;
  case DG_PATTERN_SELECT:
    DG_TRY(translate_sub_select(t, part->select, graph, &one));
    break;
  case DG_PATTERN_FILTER:
    *out = group;
    return DG_OK;
  }
  return dg_alg_join(t->arena, group, one, out);
}

/* All filters of a group as one condition, for OPTIONAL. */
static DgStatus
join_conditions(DgTranslate *t, DgCode *left, DgCode *right, DgCode **both)
{
  DgCode *const code = *both = DG_NEW(t->arena, DgCode);
  DG_TRY_PTR(code);
  code->kind = DG_CODE_CALL;
  code->function = dg_function_operator("&&");
  code->n = 2;
  code->args = DG_NEW_ARRAY(t->arena, DgCode *, 2);
  DG_TRY_PTR(code->args);
  code->args[0] = left;
  code->args[1] = right;
  return DG_OK;
}

static DgStatus
wrap_condition(DgTranslate *t, DgAlg *group, DgCode *code, DgBits vars,
               DgAlg **out)
{
  DgAlg *const filter = *out = dg_alg_new(t->arena, DG_ALG_FILTER);
  DG_TRY_PTR(filter);
  filter->code = code;
  filter->code_vars = vars;
  filter->slot = WHOLE_CONDITION;
  DG_TRY_PTR(dg_alg_add(t->arena, filter, group));
  return dg_alg_finish(t->arena, filter);
}

static DgStatus
translate_filters(DgTranslate *t, const DgPattern *pattern, DgGraphRef graph,
                  bool whole, DgAlg **group)
{
  const DgCodeScope scope = { NULL, graph };
  DgCode *all = NULL;
  DgBits all_vars = { NULL, 0 };
  for (size_t i = 0; i < pattern->parts.n; ++i) {
    const DgPattern *const part = pattern->parts.items[i];
    if (part->kind != DG_PATTERN_FILTER) {
      continue;
    }
    DgCode *code;
    DgBits vars = { NULL, 0 };
    DG_TRY(dg_translate_code(t, part->expr, &scope, &code, &vars));
    if (!whole) {
      DG_TRY(dg_alg_filter(t->arena, *group, code, vars, group));
    } else if (all) {
      DG_TRY(join_conditions(t, all, code, &all));
    } else {
      all = code;
    }
    all_vars = dg_bits_or(t->arena, all_vars, vars);
  }
  return all ? wrap_condition(t, *group, all, all_vars, group) : DG_OK;
}

static DgStatus
translate_group(DgTranslate *t, const DgPattern *pattern, DgGraphRef graph,
                bool whole, DgAlg **out)
{
  DgAlg *group = dg_alg_new(t->arena, DG_ALG_UNIT);
  DG_TRY_PTR(group);
  if (++t->depth > ALGEBRA_DEPTH) {
    return dg_diag_set(t->diag, DG_LIMIT, "query is nested too deeply");
  }
  for (size_t i = 0; i < pattern->parts.n; ++i) {
    const DgPattern *const part = pattern->parts.items[i];
    DG_TRY(translate_part(t, part, graph, group, &group));
  }
  --t->depth;
  DG_TRY(translate_filters(t, pattern, graph, whole, &group));
  *out = group;
  return DG_OK;
}

DgStatus
dg_translate_pattern(DgTranslate *t, const DgPattern *pattern, DgGraphRef graph,
                     DgAlg **alg)
{
  if (pattern->kind == DG_PATTERN_GROUP) {
    return translate_group(t, pattern, graph, false, alg);
  }
  DgAlg *const unit = dg_alg_new(t->arena, DG_ALG_UNIT);
  DG_TRY_PTR(unit);
  return translate_part(t, pattern, graph, unit, alg);
}
