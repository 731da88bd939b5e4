/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_SPARQL_P_H
#define DG_SPARQL_SPARQL_P_H

#include "sparql/plan.h"
#include "sparql/rows.h"
#include "sparql/sparql.h"

struct DgSparql {
  DgArena *arena;
  DgStr text;
  DgRequest request;
};

/** Documents that FROM names, read into a dataset of their own. */
typedef struct {
  DgDataset *dataset; /**< or null: none was needed */
} DgSources;

/** A template's triple with its variables as slots. */
typedef struct {
  DgPlace s;
  DgPlace p;
  DgPlace o;
  DgPlace g;          /**< id DG_ID_DEFAULT_GRAPH without GRAPH */
  uint32_t blanks[3]; /**< s, p, o: number of a fresh blank node + 1, or 0 */
} DgTemplate;

struct DgSolutions {
  const DgRequest *request;
  DgRun run;
  DgTranslate translate;
  DgSources sources;
  DgOp *op;
  bool opened;
  bool reading;
  uint32_t *columns; /**< [width] slots */
  size_t width;
  uint64_t rows;
  uint64_t rows_max;
  DgArena *values;       /**< strings of the current solution */
  DgTemplate *templates; /**< CONSTRUCT [n_templates] */
  size_t n_templates;
  DgPlace *described; /**< DESCRIBE [n_described] */
  size_t n_described;
};

DgStatus
dg_run_init(DgRun *run, const DgRequest *request, DgDataset *dataset,
            const DgSparqlOptions *options, DgDiag *diag);

void
dg_run_clear(DgRun *run);

/** Set the dataset of FROM, or of USING. */
DgStatus
dg_run_dataset(DgRun *run, const DgDatasetClause *clause, bool strict);

DgStatus
dg_run_translate(DgRun *run, DgTranslate *t);

DgStatus
dg_run_plan(DgRun *run, const DgTranslate *t, DgAlg *alg, DgOp **op);

DgStatus
dg_run_told(DgStatus status, DgDiag *diag);

/** Slots of the templates of CONSTRUCT, or of what DESCRIBE names. */
DgStatus
dg_run_templates(DgSolutions *solutions);

/** A template's triples, from a request's. */
DgStatus
dg_template_read(DgTranslate *t, const DgTriples *triples, const DgNode *graph,
                 DgTemplate *out);

/**
 * A template's triple in the current row; false when a place is unbound or
 * cannot stand there.
 * @param solution  Number that tells blank nodes of one solution from others.
 */
bool
dg_template_fill(DgRun *run, const DgTemplate *template_, uint64_t solution,
                 DgIdQuad *quad, DgStatus *status);

/** Read FROM <file:...> where that is allowed; else `*used` is `dataset`. */
DgStatus
dg_sources_load(DgSources *sources, const DgRequest *request,
                DgDataset *dataset, const DgSparqlOptions *options,
                DgDataset **used, DgDiag *diag);

void
dg_sources_free(DgSources *sources);

#endif
