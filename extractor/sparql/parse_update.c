/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/parse_p.h"

/** QuadPattern (48), QuadData (49): triples and GRAPH blocks in braces. */
static DgStatus
parse_graph_block(DgParser *p, DgQuads *quads)
{
  DG_TRY(dg_parse_var_or_iri(p, &quads->graph));
  DG_TRY(dg_parse_need_punct(p, "{"));
  DG_TRY(dg_parse_triples(p, &quads->triples, false));
  return dg_parse_need_punct(p, "}");
}

typedef struct {
  DG_VEC(DgQuads) list;
} QuadList;

/** Quads (50). */
static DgStatus
parse_quads(DgParser *p, QuadList *list)
{
  DG_TRY(dg_parse_need_punct(p, "{"));
  p->in_template = true;
  while (!dg_parse_is_punct(p, "}")) {
    DgQuads *const quads = DG_VEC_ADD(p->arena, &list->list);
    DG_TRY_PTR(quads);
    *quads = (DgQuads){ .graph = { .var = DG_VAR_NONE } };
    if (dg_parse_skip_word(p, "GRAPH")) {
      DG_TRY(parse_graph_block(p, quads));
      (void)dg_parse_skip_punct(p, ".");
    } else if (dg_parse_is_triples(p)) {
      DG_TRY(dg_parse_triples(p, &quads->triples, false));
    } else {
      return dg_parse_expected(p, "a triple, GRAPH or '}'");
    }
  }
  p->in_template = false;
  return dg_parse_need_punct(p, "}");
}

static void
set_quads(DgUpdate *update, bool inserts, const QuadList *list)
{
  DgQuads *const items = list->list.items;
  if (inserts) {
    update->inserts.items = items;
    update->inserts.n = list->list.n;
    update->inserts.cap = list->list.cap;
  } else {
    update->deletes.items = items;
    update->deletes.n = list->list.n;
    update->deletes.cap = list->list.cap;
  }
}

/** InsertData (38), DeleteData (39) after both words. */
static DgStatus
parse_data(DgParser *p, DgUpdate *update, bool inserts)
{
  QuadList list = { 0 };
  p->no_vars = true;
  p->no_blanks = !inserts;
  DG_TRY(parse_quads(p, &list));
  p->no_vars = p->no_blanks = false;
  set_quads(update, inserts, &list);
  return DG_OK;
}

static DgStatus
add_pattern(DgParser *p, DgPattern *group, DgPattern *part)
{
  DgPattern **const slot = DG_VEC_ADD(p->arena, &group->parts);
  DG_TRY_PTR(slot);
  *slot = part;
  return DG_OK;
}

/** DeleteWhere (40): its template is its pattern. */
static DgStatus
parse_delete_where(DgParser *p, DgUpdate *update)
{
  QuadList list = { 0 };
  p->no_blanks = true;
  DG_TRY(parse_quads(p, &list));
  p->no_blanks = false;
  set_quads(update, false, &list);
  update->where = dg_parse_new_pattern(p, DG_PATTERN_GROUP);
  DG_TRY_PTR(update->where);
  for (size_t i = 0; i < list.list.n; ++i) {
    const DgQuads *const quads = &list.list.items[i];
    DgPattern *const block = dg_parse_new_pattern(p, DG_PATTERN_TRIPLES);
    DG_TRY_PTR(block);
    block->triples = quads->triples;
    if (quads->graph.var == DG_VAR_NONE &&
        quads->graph.term.kind == DG_TERM_NONE) {
      DG_TRY(add_pattern(p, update->where, block));
      continue;
    }
    DgPattern *const graph = dg_parse_new_pattern(p, DG_PATTERN_GRAPH);
    DgPattern *const group = dg_parse_new_pattern(p, DG_PATTERN_GROUP);
    DG_TRY_PTR(graph);
    DG_TRY_PTR(group);
    graph->node = quads->graph;
    DG_TRY(add_pattern(p, group, block));
    DG_TRY(add_pattern(p, graph, group));
    DG_TRY(add_pattern(p, update->where, graph));
  }
  return DG_OK;
}

/** Modify (41) after WITH, if that is there. */
static DgStatus
parse_modify(DgParser *p, DgUpdate *update)
{
  QuadList list = { 0 };
  if (dg_parse_skip_word(p, "DELETE")) {
    p->no_blanks = true;
    DG_TRY(parse_quads(p, &list));
    p->no_blanks = false;
    set_quads(update, false, &list);
  }
  list = (QuadList){ 0 };
  if (dg_parse_skip_word(p, "INSERT")) {
    DG_TRY(parse_quads(p, &list));
    set_quads(update, true, &list);
  }
  while (dg_parse_skip_word(p, "USING")) {
    DG_TRY(dg_parse_dataset(p, &update->usings));
  }
  DG_TRY(dg_parse_need_word(p, "WHERE"));
  return dg_parse_group(p, &update->where);
}

/* DELETE or INSERT is next; the word after it tells which operation it is. */
static DgStatus
parse_change(DgParser *p, DgUpdate *update)
{
  const bool inserts = dg_parse_is_word(p, "INSERT");
  const DgToken first = p->token;
  dg_parse_advance(p);
  if (dg_parse_skip_word(p, "DATA")) {
    return parse_data(p, update, inserts);
  }
  if (!inserts && dg_parse_skip_word(p, "WHERE")) {
    return parse_delete_where(p, update);
  }
  p->token = first;
  return parse_modify(p, update);
}

/** GraphRef (46), GraphRefAll (47). */
static DgStatus
parse_ref(DgParser *p, DgTarget *kind, DgTerm *graph)
{
  if (dg_parse_skip_word(p, "DEFAULT")) {
    *kind = DG_TARGET_DEFAULT;
  } else if (dg_parse_skip_word(p, "NAMED")) {
    *kind = DG_TARGET_NAMED;
  } else if (dg_parse_skip_word(p, "ALL")) {
    *kind = DG_TARGET_ALL;
  } else {
    *kind = DG_TARGET_GRAPH;
    DG_TRY(dg_parse_need_word(p, "GRAPH"));
    return dg_parse_iri(p, graph);
  }
  return DG_OK;
}

/** GraphOrDefault (45). */
static DgStatus
parse_place(DgParser *p, DgTarget *kind, DgTerm *graph)
{
  *kind = DG_TARGET_DEFAULT;
  if (dg_parse_skip_word(p, "DEFAULT")) {
    return DG_OK;
  }
  (void)dg_parse_skip_word(p, "GRAPH");
  *kind = DG_TARGET_GRAPH;
  return dg_parse_iri(p, graph);
}

/** Load (31) to Copy (37), after their word. */
static DgStatus
parse_management(DgParser *p, DgUpdate *update)
{
  update->silent = dg_parse_skip_word(p, "SILENT");
  switch (update->kind) {
  case DG_UPDATE_LOAD:
    DG_TRY(dg_parse_iri(p, &update->source));
    update->target_kind = DG_TARGET_DEFAULT;
    if (dg_parse_skip_word(p, "INTO")) {
      DG_TRY(dg_parse_need_word(p, "GRAPH"));
      update->target_kind = DG_TARGET_GRAPH;
      return dg_parse_iri(p, &update->target);
    }
    return DG_OK;
  case DG_UPDATE_CREATE:
    DG_TRY(dg_parse_need_word(p, "GRAPH"));
    return dg_parse_iri(p, &update->source);
  case DG_UPDATE_CLEAR:
  case DG_UPDATE_DROP:
    return parse_ref(p, &update->source_kind, &update->source);
  default:
    DG_TRY(parse_place(p, &update->source_kind, &update->source));
    DG_TRY(dg_parse_need_word(p, "TO"));
    return parse_place(p, &update->target_kind, &update->target);
  }
}

/** Update1 (30). */
static DgStatus
parse_operation(DgParser *p, DgUpdate *update)
{
  static const struct {
    const char *word;
    DgUpdateKind kind;
  } words[] = {
    { "LOAD", DG_UPDATE_LOAD }, { "CLEAR", DG_UPDATE_CLEAR },
    { "DROP", DG_UPDATE_DROP }, { "CREATE", DG_UPDATE_CREATE },
    { "ADD", DG_UPDATE_ADD },   { "MOVE", DG_UPDATE_MOVE },
    { "COPY", DG_UPDATE_COPY },
  };
  for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
    if (dg_parse_skip_word(p, words[i].word)) {
      update->kind = words[i].kind;
      return parse_management(p, update);
    }
  }
  update->kind = DG_UPDATE_MODIFY;
  if (dg_parse_skip_word(p, "WITH")) {
    DG_TRY(dg_parse_iri(p, &update->with));
    return dg_parse_is_word(p, "DELETE") || dg_parse_is_word(p, "INSERT")
               ? parse_modify(p, update)
               : dg_parse_expected(p, "DELETE or INSERT");
  }
  return dg_parse_is_word(p, "DELETE") || dg_parse_is_word(p, "INSERT")
             ? parse_change(p, update)
             : dg_parse_expected(p, "an update such as INSERT or DELETE");
}

DgStatus
dg_parse_update(DgParser *p)
{
  p->request->form = DG_FORM_UPDATE;
  for (;;) {
    DG_TRY(dg_parse_prologue(p));
    if (p->token.kind == DG_TOK_END) {
      return DG_OK;
    }
    DgUpdate *const update = DG_VEC_ADD(p->arena, &p->request->updates);
    DG_TRY_PTR(update);
    p->scope = ++p->last_scope;
    update->span.begin = p->token.span.begin;
    DG_TRY(parse_operation(p, update));
    update->span.end = p->last_end;
    if (!dg_parse_skip_punct(p, ";")) {
      return DG_OK;
    }
  }
}
