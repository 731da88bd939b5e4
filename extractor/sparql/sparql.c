/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/sparql.h"

#include "sparql/sparql_p.h"

#include <stdlib.h>

DgStatus
dg_sparql_prepare(DgStr text, bool update, const DgParseOptions *options,
                  DgSparql **out, DgDiag *diag)
{
  DgSparql *const query = calloc(1, sizeof *query);
  DG_TRY_PTR(query);
  query->arena = dg_arena_new();
  DgStatus status = query->arena ? DG_OK : DG_NO_MEMORY;
  if (status == DG_OK) {
    query->text = dg_arena_copy(query->arena, text);
    status = query->text.ptr
                 ? dg_parse_request(query->arena, query->text, update, options,
                                    &query->request, diag)
                 : DG_NO_MEMORY;
  }
  if (status != DG_OK) {
    dg_sparql_free(query);
    return status;
  }
  *out = query;
  return DG_OK;
}

void
dg_sparql_free(DgSparql *query)
{
  if (query) {
    dg_arena_free(query->arena);
    free(query);
  }
}

DgForm
dg_sparql_form(const DgSparql *query)
{
  return query->request.form;
}

static int
compare_ids(const void *a, const void *b)
{
  const DgId x = *(const DgId *)a;
  const DgId y = *(const DgId *)b;
  return (x > y) - (x < y);
}

static DgStatus
list_graphs(DgRun *run, const DgTerm *terms, size_t n, const DgId **ids,
            size_t *n_ids)
{
  DgId *const list = DG_NEW_ARRAY(run->arena, DgId, n + 1);
  DG_TRY_PTR(list);
  for (size_t i = 0; i < n; ++i) {
    DG_TRY(dg_terms_id(run->terms, &terms[i], &list[i]));
  }
  qsort(list, n, sizeof *list, compare_ids);
  *n_ids = 0;
  for (size_t i = 0; i < n; ++i) {
    if (!*n_ids || list[*n_ids - 1] != list[i]) {
      list[(*n_ids)++] = list[i];
    }
  }
  *ids = list;
  return DG_OK;
}

DgStatus
dg_run_dataset(DgRun *run, const DgDatasetClause *clause, bool strict)
{
  run->default_graph = strict ? DG_DEFAULT_STRICT : DG_DEFAULT_UNION;
  run->named_listed = false;
  if (!clause->from.n && !clause->named.n) {
    return DG_OK;
  }
  run->default_graph = DG_DEFAULT_LIST;
  run->named_listed = true;
  DG_TRY(list_graphs(run, clause->from.items, clause->from.n, &run->from,
                     &run->n_from));
  return list_graphs(run, clause->named.items, clause->named.n, &run->named,
                     &run->n_named);
}

DgStatus
dg_run_init(DgRun *run, const DgRequest *request, DgDataset *dataset,
            const DgSparqlOptions *options, DgDiag *diag)
{
  *run = (DgRun){ .dataset = dataset,
                  .class_ = dataset->class_,
                  .diag = diag,
                  .memory_max = options->limits.memory,
                  .cancel = options->limits.cancel,
                  .profile = options->profile,
                  .allow_service = options->allow_service,
                  .rates = options->rates,
                  .request = request };
  if (options->limits.timeout > 0) {
    run->deadline = dg_run_clock() + (uint64_t)(options->limits.timeout * 1e9);
  }
  run->arena = dg_arena_new();
  run->terms = dg_terms_new(dataset);
  if (!run->arena || !run->terms) {
    return DG_NO_MEMORY;
  }
  DG_TRY(dg_eval_init(&run->eval, run, run->terms));
  run->eval.base = request->base;
  return DG_OK;
}

void
dg_run_clear(DgRun *run)
{
  for (size_t i = 0; i < run->exists.n; ++i) {
    dg_op_free(run->exists.items[i], run);
  }
  dg_eval_clear(&run->eval);
  dg_terms_free(run->terms);
  dg_arena_free(run->arena);
}

DgStatus
dg_run_translate(DgRun *run, DgTranslate *t)
{
  *t = (DgTranslate){ .arena = run->arena,
                      .request = run->request,
                      .eval = &run->eval,
                      .terms = run->terms,
                      .diag = run->diag };
  return dg_translate_init(t);
}

DgStatus
dg_run_plan(DgRun *run, const DgTranslate *t, DgAlg *alg, DgOp **op)
{
  run->n_slots = t->names.n;
  run->names = t->names.items;
  run->row = DG_NEW_ARRAY(run->arena, DgId, run->n_slots + 1);
  DG_TRY_PTR(run->row);
  run->eval.row = run->row;
  return dg_plan(run, alg, op);
}

static DgStatus
start(DgSolutions *self, const DgSparqlOptions *options)
{
  const DgRequest *const request = self->request;
  DgRun *const run = &self->run;
  const DgGraphRef graph = { .kind = DG_GRAPH_DEFAULT };
  DG_TRY(dg_run_dataset(run, &request->dataset, options->strict_default));
  DG_TRY(dg_run_translate(run, &self->translate));
  DgAlg *alg;
  DG_TRY(dg_translate_select(&self->translate, &request->select, graph, &alg,
                             &self->columns, &self->width));
  DG_TRY(dg_run_templates(self));
  DG_TRY(dg_run_plan(run, &self->translate, alg, &self->op));
  self->opened = true;
  return dg_op_open(self->op, run);
}

DgStatus
dg_sparql_execute(DgSparql *query, DgDataset *dataset,
                  const DgSparqlOptions *options, DgSolutions **out,
                  DgDiag *diag)
{
  DgSolutions *const self = calloc(1, sizeof *self);
  DG_TRY_PTR(self);
  self->request = &query->request;
  self->rows_max = options->limits.rows;
  DgStatus status = dg_sources_load(&self->sources, &query->request, dataset,
                                    options, &dataset, diag);
  if (status == DG_OK) {
    status = dataset->class_->read_begin(dataset, diag);
    self->reading = status == DG_OK;
  }
  self->run.dataset = dataset;
  if (status == DG_OK) {
    status = dg_run_init(&self->run, self->request, dataset, options, diag);
  }
  self->values = dg_arena_new();
  if (status == DG_OK) {
    status = self->values ? start(self, options) : DG_NO_MEMORY;
  }
  if (status != DG_OK) {
    dg_solutions_free(self);
    return dg_run_told(status, diag);
  }
  *out = self;
  return DG_OK;
}

/* A failure that nobody has described gets its status for a message. */
DgStatus
dg_run_told(DgStatus status, DgDiag *diag)
{
  if (status == DG_OK || status == DG_NO_MATCH || !diag || diag->message) {
    return status;
  }
  return dg_diag_set(diag, status, "%s", dg_status_text(status));
}

void
dg_solutions_free(DgSolutions *self)
{
  if (!self) {
    return;
  }
  DgDataset *const dataset = self->run.dataset;
  if (self->opened) {
    dg_op_close(self->op, &self->run);
  }
  dg_op_free(self->op, &self->run);
  dg_run_clear(&self->run);
  if (self->reading) {
    dataset->class_->read_end(dataset);
  }
  dg_arena_free(self->values);
  dg_sources_free(&self->sources);
  free(self);
}

size_t
dg_solutions_width(const DgSolutions *self)
{
  return self->width;
}

DgStr
dg_solutions_name(const DgSolutions *self, size_t column)
{
  return self->run.names[self->columns[column]];
}

DgStatus
dg_solutions_next(DgSolutions *self)
{
  dg_arena_reset(self->values);
  const DgStatus status = dg_op_next(self->op, &self->run);
  if (status != DG_OK) {
    return dg_run_told(status, self->run.diag);
  }
  if (self->rows_max && ++self->rows > self->rows_max) {
    return dg_diag_set(self->run.diag, DG_LIMIT,
                       "the query has more rows than --max-rows allows");
  }
  return DG_OK;
}

DgStatus
dg_solutions_value(DgSolutions *self, size_t column, DgTerm *term)
{
  const DgId id = self->run.row[self->columns[column]];
  return dg_terms_term(self->run.terms, id, self->values, term);
}

DgStatus
dg_solutions_ask(DgSolutions *self, bool *answer)
{
  const DgStatus status = dg_solutions_next(self);
  *answer = status == DG_OK;
  return status == DG_NO_MATCH ? DG_OK : status;
}

void
dg_solutions_explain(const DgSolutions *self, DgBuf *out)
{
  dg_plan_explain(self->op, &self->run, self->run.profile, out);
}
