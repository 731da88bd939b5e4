/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "try_sparql.h"

#include "sparql/results.h"
#include "sparql/sparql.h"
#include "store/memory.h"
#include "store/rdf_reader.h"

#include <stdlib.h>

static const char quads[] =
    "@prefix : <http://e/> . @prefix x: <http://www.w3.org/2001/XMLSchema#> .\n"
    ":a :p :b , :c , 1 ; :q \"x\"@fr , \"2020-02-29\"^^x:date .\n"
    ":b :p :a , 2.5 ; :q \"y\" . _:n :p :a , _:m . _:m :q 1e0 , true .\n"
    "GRAPH :g { :a :p :b , :d . :d :p :a ; :q \"P1D\"^^x:duration }\n"
    "GRAPH :h { :b :p :e . :e :q \"z\" , 7 }\n";

static DgDataset *
new_set(void)
{
  DgDataset *set = NULL;
  if (dg_memory_new(&set) != DG_OK) {
    abort();
  }
  const DgRdfOptions options = { .syntax = DG_RDF_TRIG };
  const DgQuadSink sink = dg_dataset_sink(set);
  if (set->class_->write_begin(set, NULL) != DG_OK ||
      dg_rdf_read(dg_str(quads), "quads", &options, &sink, NULL) != DG_OK ||
      set->class_->write_commit(set, NULL) != DG_OK) {
    abort();
  }
  return set;
}

static const DgSparqlOptions options = {
  .limits = { .timeout = 2, .memory = 16U << 20, .rows = 5000 }
};

static void
must_say(DgStatus status, const DgDiag *diag)
{
  if (status != DG_OK && status != DG_NO_MATCH && !diag->message) {
    abort();
  }
}

static DgStatus
count_triple(void *self, const DgQuad *quad)
{
  (void)quad;
  ++*(size_t *)self;
  return DG_OK;
}

static DgStatus
read_rows(DgSolutions *solutions, size_t *n)
{
  DgStatus status;
  while ((status = dg_solutions_next(solutions)) == DG_OK) {
    for (size_t i = 0; i < dg_solutions_width(solutions); ++i) {
      DgTerm term;
      if (dg_solutions_value(solutions, i, &term) != DG_OK) {
        abort();
      }
    }
    ++*n;
  }
  return status;
}

static DgStatus
run_query(DgSparql *query, DgDataset *set, size_t *n, DgDiag *diag)
{
  DgSolutions *solutions = NULL;
  *n = 0;
  DgStatus status = dg_sparql_execute(query, set, &options, &solutions, diag);
  if (status == DG_OK) {
    const DgForm form = dg_sparql_form(query);
    const DgQuadSink sink = { count_triple, n };
    bool answer;
    status = form == DG_FORM_SELECT ? read_rows(solutions, n)
             : form == DG_FORM_ASK  ? dg_solutions_ask(solutions, &answer)
                                    : dg_solutions_graph(solutions, &sink);
    DgBuf plan = DG_BUF_INIT;
    dg_solutions_explain(solutions, &plan);
    dg_buf_clear(&plan);
  }
  dg_solutions_free(solutions);
  must_say(status, diag);
  return status;
}

static bool
is_random(DgStr text)
{
  static const char *const words[] = { "RAND", "UUID", "NOW",
                                       "rand", "uuid", "now" };
  for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
    if (dg_str_find(text, dg_str(words[i]), 0) != SIZE_MAX) {
      return true;
    }
  }
  return false;
}

void
dg_try_query(DgStr text)
{
  const DgParseOptions parse = { .base = DG_STR("http://e/") };
  DgSparql *query = NULL;
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus status = dg_sparql_prepare(text, false, &parse, &query, &diag);
  must_say(status, &diag);
  if (status == DG_OK) {
    DgDataset *const set = new_set();
    size_t first;
    size_t second;
    const DgStatus one = run_query(query, set, &first, &diag);
    const DgStatus two = run_query(query, set, &second, &diag);
    const bool ended = one != DG_LIMIT && two != DG_LIMIT;
    if (ended && first != second && !is_random(text)) {
      abort();
    }
    set->class_->free(set);
  }
  dg_sparql_free(query);
  dg_diag_clear(&diag);
}

void
dg_try_update(DgStr text)
{
  const DgParseOptions parse = { .base = DG_STR("http://e/") };
  DgSparql *update = NULL;
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status = dg_sparql_prepare(text, true, &parse, &update, &diag);
  must_say(status, &diag);
  if (status == DG_OK) {
    DgDataset *const set = new_set();
    DgUpdateCounts counts;
    status = dg_sparql_update(update, set, &options, &counts, &diag);
    must_say(status, &diag);
    set->class_->free(set);
  }
  dg_sparql_free(update);
  dg_diag_clear(&diag);
}
