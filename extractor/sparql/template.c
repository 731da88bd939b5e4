/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/sparql_p.h"

#include <stdio.h>

static bool
is_blank_var(const DgTranslate *t, const DgNode *node)
{
  return node->var != DG_VAR_NONE &&
         dg_str_starts(t->request->vars.items[node->var], DG_STR("_:"));
}

static DgStatus
read_node(DgTranslate *t, const DgNode *node, DgPlace *place, uint32_t *blank)
{
  *blank = 0;
  if (is_blank_var(t, node)) {
    *place = (DgPlace){ DG_SLOT_NONE, DG_ID_NONE };
    *blank = node->var + 1;
    return DG_OK;
  }
  return dg_translate_place(t, node, place);
}

DgStatus
dg_template_read(DgTranslate *t, const DgTriples *triples, const DgNode *graph,
                 DgTemplate *out)
{
  for (size_t i = 0; i < triples->list.n; ++i) {
    const DgTriple *const triple = &triples->list.items[i];
    DgTemplate *const one = &out[i];
    DG_TRY(read_node(t, &triple->s, &one->s, &one->blanks[0]));
    DG_TRY(read_node(t, &triple->p, &one->p, &one->blanks[1]));
    DG_TRY(read_node(t, &triple->o, &one->o, &one->blanks[2]));
    one->g = (DgPlace){ DG_SLOT_NONE, DG_ID_DEFAULT_GRAPH };
    if (graph &&
        (graph->var != DG_VAR_NONE || graph->term.kind != DG_TERM_NONE)) {
      DG_TRY(dg_translate_place(t, graph, &one->g));
    }
  }
  return DG_OK;
}

DgStatus
dg_run_templates(DgSolutions *self)
{
  const DgRequest *const request = self->request;
  DgArena *const arena = self->run.arena;
  DgTranslate *const t = &self->translate;
  if (request->form == DG_FORM_CONSTRUCT) {
    self->n_templates = request->template_.list.n;
    self->templates = DG_NEW_ARRAY(arena, DgTemplate, self->n_templates + 1);
    DG_TRY_PTR(self->templates);
    return dg_template_read(t, &request->template_, NULL, self->templates);
  }
  if (request->form != DG_FORM_DESCRIBE) {
    return DG_OK;
  }
  self->n_described = request->select.star ? self->width : request->describe.n;
  self->described = DG_NEW_ARRAY(arena, DgPlace, self->n_described + 1);
  DG_TRY_PTR(self->described);
  for (size_t i = 0; i < self->n_described; ++i) {
    if (request->select.star) {
      self->described[i] = (DgPlace){ self->columns[i], DG_ID_NONE };
    } else {
      DG_TRY(dg_translate_place(t, &request->describe.items[i],
                                &self->described[i]));
    }
  }
  return DG_OK;
}

static DgStatus
fill_place(DgRun *run, DgPlace place, uint32_t blank, uint64_t solution,
           DgId *id)
{
  if (!blank) {
    *id = place.slot == DG_SLOT_NONE ? place.id : run->row[place.slot];
    return DG_OK;
  }
  char label[48];
  (void)snprintf(label, sizeof label, "t%llux%u", (unsigned long long)solution,
                 blank);
  DgTerm term;
  dg_arena_reset(run->eval.arena);
  DG_TRY(dg_terms_blank(run->terms, run->eval.arena, dg_str(label), &term));
  return dg_terms_id(run->terms, &term, id);
}

static DgTermKind
kind_of(DgId id)
{
  return dg_id_term_kind(id & ~DG_ID_LOCAL);
}

bool
dg_template_fill(DgRun *run, const DgTemplate *one, uint64_t solution,
                 DgIdQuad *quad, DgStatus *status)
{
  *status = fill_place(run, one->s, one->blanks[0], solution, &quad->s);
  if (*status == DG_OK) {
    *status = fill_place(run, one->p, one->blanks[1], solution, &quad->p);
  }
  if (*status == DG_OK) {
    *status = fill_place(run, one->o, one->blanks[2], solution, &quad->o);
  }
  if (*status == DG_OK) {
    *status = fill_place(run, one->g, 0, solution, &quad->g);
  }
  return *status == DG_OK && quad->s && quad->o && quad->g &&
         kind_of(quad->s) != DG_TERM_LITERAL &&
         kind_of(quad->p) == DG_TERM_IRI &&
         (quad->g == DG_ID_DEFAULT_GRAPH || kind_of(quad->g) == DG_TERM_IRI);
}

/* Graphs of CONSTRUCT and DESCRIBE ------------------------------------ */

static DgStatus
put_triple(DgSolutions *self, DgRows *seen, DgIdQuad triple,
           const DgQuadSink *sink)
{
  DgRun *const run = &self->run;
  const DgId key[] = { triple.s, triple.p, triple.o };
  bool fresh;
  if (dg_rows_put(seen, run, 3, key, &fresh) == SIZE_MAX) {
    return DG_LIMIT;
  }
  if (!fresh) {
    return DG_OK;
  }
  if (self->rows_max && seen->n > self->rows_max) {
    return dg_diag_set(run->diag, DG_LIMIT,
                       "the graph has more triples than --max-rows allows");
  }
  DgQuad quad = { 0 };
  dg_arena_reset(self->values);
  DG_TRY(dg_terms_term(run->terms, triple.s, self->values, &quad.s));
  DG_TRY(dg_terms_term(run->terms, triple.p, self->values, &quad.p));
  DG_TRY(dg_terms_term(run->terms, triple.o, self->values, &quad.o));
  return dg_quad_sink_put(sink, &quad);
}

static DgStatus
construct(DgSolutions *self, DgRows *seen, const DgQuadSink *sink)
{
  DgStatus status;
  uint64_t solution = 0;
  while ((status = dg_op_next(self->op, &self->run)) == DG_OK) {
    ++solution;
    for (size_t i = 0; i < self->n_templates; ++i) {
      DgIdQuad triple;
      if (dg_template_fill(&self->run, &self->templates[i], solution, &triple,
                           &status)) {
        status = put_triple(self, seen, triple, sink);
      }
      DG_TRY(status);
    }
  }
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
want(DgSolutions *self, DgRows *wanted, DgId id)
{
  bool fresh;
  if (!id || kind_of(id) == DG_TERM_LITERAL) {
    return DG_OK;
  }
  return dg_rows_put(wanted, &self->run, 1, &id, &fresh) == SIZE_MAX ? DG_LIMIT
                                                                     : DG_OK;
}

/* All triples about a node; blank nodes that they name are wanted too. */
static DgStatus
describe_node(DgSolutions *self, DgRows *wanted, DgId node, DgRows *seen,
              const DgQuadSink *sink)
{
  DgRun *const run = &self->run;
  DgDatasetCursor *cursor;
  DgIdQuad quad = { node, 0, 0, 0 };
  if (node & DG_ID_LOCAL) {
    return DG_OK;
  }
  if (run->default_graph == DG_DEFAULT_STRICT) {
    quad.g = DG_ID_DEFAULT_GRAPH;
  }
  DG_TRY(run->class_->find(run->dataset, quad, DG_ORDER_ANY, &cursor));
  DgStatus status;
  while ((status = run->class_->next(cursor, &quad)) == DG_OK &&
         (status = dg_run_tick(run)) == DG_OK) {
    if (run->default_graph == DG_DEFAULT_LIST && !dg_run_is_from(run, quad.g)) {
      continue;
    }
    status = put_triple(self, seen, quad, sink);
    if (status == DG_OK && kind_of(quad.o) == DG_TERM_BLANK) {
      status = want(self, wanted, quad.o);
    }
    if (status != DG_OK) {
      break;
    }
  }
  run->class_->close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

/*
 * Concise bounded description: the triples about each node, and about the
 * blank nodes that they lead to (W3C submission CBD, 2005).
 */
static DgStatus
describe(DgSolutions *self, DgRows *wanted, DgRows *seen,
         const DgQuadSink *sink)
{
  DgStatus status;
  while ((status = dg_op_next(self->op, &self->run)) == DG_OK) {
    for (size_t i = 0; i < self->n_described; ++i) {
      const DgPlace place = self->described[i];
      DG_TRY(want(self, wanted,
                  place.slot == DG_SLOT_NONE ? place.id
                                             : self->run.row[place.slot]));
    }
  }
  if (status != DG_NO_MATCH) {
    return status;
  }
  for (size_t i = 0; i < wanted->n; ++i) {
    DG_TRY(describe_node(self, wanted, *dg_rows_at(wanted, i), seen, sink));
  }
  return DG_OK;
}

DgStatus
dg_solutions_graph(DgSolutions *self, const DgQuadSink *sink)
{
  DgRows seen;
  DgRows wanted;
  dg_rows_init(&seen, 3);
  dg_rows_init(&wanted, 1);
  const DgStatus status = self->request->form == DG_FORM_DESCRIBE
                              ? describe(self, &wanted, &seen, sink)
                              : construct(self, &seen, sink);
  dg_rows_clear(&seen, &self->run);
  dg_rows_clear(&wanted, &self->run);
  return dg_run_told(status, self->run.diag);
}
