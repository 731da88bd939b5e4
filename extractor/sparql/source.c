/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/fetch.h"
#include "sparql/sparql_p.h"
#include "store/memory.h"
#include "store/rdf_reader.h"

#include <stdio.h>

static bool
is_file(const DgTerm *graph)
{
  return dg_str_starts(graph->value, DG_STR("file:"));
}

/* Whether the dataset itself has a graph of that name. */
static DgStatus
is_there(DgDataset *dataset, const DgTerm *graph, bool *there)
{
  DgIdQuad pattern = { 0 };
  DgDatasetCursor *cursor;
  *there = false;
  const DgStatus status = dataset->class_->find_id(dataset, graph, &pattern.g);
  if (status != DG_OK) {
    return status == DG_NO_MATCH ? DG_OK : status;
  }
  DG_TRY(dataset->class_->find(dataset, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  *there = dataset->class_->next(cursor, &quad) == DG_OK;
  dataset->class_->close(cursor);
  return DG_OK;
}

static DgStatus
read_graph(DgDataset *into, const DgTerm *graph, size_t number, DgDiag *diag)
{
  char prefix[32];
  DgBuf bytes = DG_BUF_INIT;
  DgBuf name = DG_BUF_INIT;
  (void)snprintf(prefix, sizeof prefix, "from%zux", number);
  const DgRdfOptions options = { .base = graph->value,
                                 .blank_prefix = dg_str(prefix),
                                 .graph = *graph };
  const DgQuadSink sink = dg_dataset_sink(into);
  DgRdfOptions own = options;
  DgStatus status = dg_fetch_document(graph->value, &bytes, &own.syntax, diag);
  if (status == DG_OK) {
    dg_buf_add(&name, graph->value);
    status = name.data
                 ? dg_rdf_read(dg_buf_str(&bytes), name.data, &own, &sink, diag)
                 : DG_NO_MEMORY;
  }
  dg_buf_clear(&name);
  dg_buf_clear(&bytes);
  return status;
}

typedef struct {
  DgSources *sources;
  DgDataset *dataset;
  const DgSparqlOptions *options;
  DgDiag *diag;
  size_t absent; /**< files that the dataset does not have */
  size_t n;
} Loading;

static DgStatus
look_at(Loading *l, const DgTerm *graphs, size_t n)
{
  for (size_t i = 0; i < n; ++i) {
    bool there = false;
    DG_TRY(is_there(l->dataset, &graphs[i], &there));
    l->absent += !there && is_file(&graphs[i]);
  }
  return DG_OK;
}

static DgStatus
load_all(Loading *l, const DgTerm *graphs, size_t n)
{
  for (size_t i = 0; i < n; ++i) {
    if (!is_file(&graphs[i])) {
      return dg_diag_set(l->diag, DG_UNSUPPORTED,
                         "FROM names files and graphs of the store; expected "
                         "either");
    }
    DG_TRY(read_graph(l->sources->dataset, &graphs[i], l->n++, l->diag));
  }
  return DG_OK;
}

static DgStatus
load(Loading *l, const DgDatasetClause *clause)
{
  DG_TRY(dg_memory_new(&l->sources->dataset));
  DgDataset *const own = l->sources->dataset;
  DG_TRY(own->class_->write_begin(own, l->diag));
  DG_TRY(load_all(l, clause->from.items, clause->from.n));
  DG_TRY(load_all(l, clause->named.items, clause->named.n));
  return own->class_->write_commit(own, l->diag);
}

DgStatus
dg_sources_load(DgSources *sources, const DgRequest *request,
                DgDataset *dataset, const DgSparqlOptions *options,
                DgDataset **used, DgDiag *diag)
{
  const DgDatasetClause *const clause = &request->dataset;
  Loading l = { sources, dataset, options, diag, 0, 0 };
  *used = dataset;
  if (!clause->from.n && !clause->named.n) {
    return DG_OK;
  }
  DG_TRY(dataset->class_->read_begin(dataset, diag));
  DgStatus status = look_at(&l, clause->from.items, clause->from.n);
  if (status == DG_OK) {
    status = look_at(&l, clause->named.items, clause->named.n);
  }
  dataset->class_->read_end(dataset);
  if (status != DG_OK || !l.absent) {
    return status;
  }
  if (!options->allow_load) {
    return dg_diag_set(diag, DG_UNSUPPORTED,
                       "FROM <file:...> reads documents only with "
                       "--allow-load");
  }
  DG_TRY(load(&l, clause));
  *used = sources->dataset;
  return DG_OK;
}

void
dg_sources_free(DgSources *sources)
{
  if (sources->dataset) {
    sources->dataset->class_->free(sources->dataset);
  }
}
