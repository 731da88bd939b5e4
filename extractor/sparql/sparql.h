/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_SPARQL_H
#define DG_SPARQL_SPARQL_H

#include "base/diag.h"
#include "sparql/parse.h"
#include "sparql/rates.h"
#include "store/dataset.h"

/**
 * SPARQL 1.1 Query and Update over any dataset.
 *
 * A text is prepared once and may be executed any number of times, one at a
 * time. The solutions of a query come one by one.
 */
typedef struct DgSparql DgSparql;
typedef struct DgSolutions DgSolutions;

typedef struct {
  double timeout;             /**< seconds, or 0 */
  size_t memory;              /**< bytes of intermediate rows, or 0 */
  uint64_t rows;              /**< most solutions given, or 0 */
  const volatile int *cancel; /**< stop when it is not 0; may be null */
} DgSparqlLimits;

typedef struct {
  DgSparqlLimits limits;
  bool strict_default;  /**< the default graph is not the union of all graphs */
  bool allow_service;   /**< SERVICE may ask other servers */
  bool allow_load;      /**< LOAD, and FROM <file:...>, may read documents */
  bool profile;         /**< measure operators, for --explain */
  bool dry_run;         /**< update: change nothing in the end */
  const DgRates *rates; /**< for deal:convert; may be null */
} DgSparqlOptions;

/**
 * Parse and check a query, or an update request.
 *
 * @param text  Copied.
 * @return DG_BAD_QUERY with line and column in `diag`.
 */
DgStatus
dg_sparql_prepare(DgStr text, bool update, const DgParseOptions *options,
                  DgSparql **out, DgDiag *diag);

void
dg_sparql_free(DgSparql *query);

DgForm
dg_sparql_form(const DgSparql *query);

/**
 * Start a query. The dataset is being read until the solutions are freed.
 *
 * @param diag  Kept until then, for failures that come later; may be null.
 */
DgStatus
dg_sparql_execute(DgSparql *query, DgDataset *dataset,
                  const DgSparqlOptions *options, DgSolutions **out,
                  DgDiag *diag);

void
dg_solutions_free(DgSolutions *solutions);

/** SELECT: number of columns, and their names without "?". */
size_t
dg_solutions_width(const DgSolutions *solutions);

DgStr
dg_solutions_name(const DgSolutions *solutions, size_t column);

/**
 * Go on to the next solution.
 * @return DG_NO_MATCH after the last; DG_LIMIT or DG_CANCELLED when stopped.
 */
DgStatus
dg_solutions_next(DgSolutions *solutions);

/** Value of a column, of kind DG_TERM_NONE when unbound; good until the next
 * solution. */
DgStatus
dg_solutions_value(DgSolutions *solutions, size_t column, DgTerm *term);

/** Run an ASK to its answer. */
DgStatus
dg_solutions_ask(DgSolutions *solutions, bool *answer);

/** Run a CONSTRUCT or DESCRIBE; each triple comes once. */
DgStatus
dg_solutions_graph(DgSolutions *solutions, const DgQuadSink *sink);

/** Append the plan, with what happened so far when profiling. */
void
dg_solutions_explain(const DgSolutions *solutions, DgBuf *out);

/** What an update did. */
typedef struct {
  uint64_t added;
  uint64_t removed;
} DgUpdateCounts;

/** Run an update request in one transaction: all of it or nothing. */
DgStatus
dg_sparql_update(DgSparql *update, DgDataset *dataset,
                 const DgSparqlOptions *options, DgUpdateCounts *counts,
                 DgDiag *diag);

#endif
