/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Times queries in one process, the data loaded once.
 *
 *   sparql_bench [-d STORE | FILE.nq] QUERY.rq...
 *
 * Prints the rows and the median of five runs of each query, parsing and
 * decoding of the values included.
 */
#include "base/io.h"
#include "sparql/sparql.h"
#include "store/memory.h"
#include "store/open.h"
#include "store/rdf_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 5 };

static double
now(void)
{
  struct timespec t;
  (void)clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static DgStatus
run_once(DgStr text, DgDataset *set, size_t *rows, DgDiag *diag)
{
  const DgParseOptions parse = { 0 };
  const DgSparqlOptions options = { 0 };
  DgSparql *query = NULL;
  DgSolutions *solutions = NULL;
  *rows = 0;
  DgStatus status = dg_sparql_prepare(text, false, &parse, &query, diag);
  if (status == DG_OK) {
    status = dg_sparql_execute(query, set, &options, &solutions, diag);
  }
  while (status == DG_OK && (status = dg_solutions_next(solutions)) == DG_OK) {
    DgTerm term;
    for (size_t i = 0; i < dg_solutions_width(solutions); ++i) {
      (void)dg_solutions_value(solutions, i, &term);
    }
    ++*rows;
  }
  dg_solutions_free(solutions);
  dg_sparql_free(query);
  return status == DG_NO_MATCH ? DG_OK : status;
}

static int
compare_times(const void *a, const void *b)
{
  const double x = *(const double *)a;
  const double y = *(const double *)b;
  return (x > y) - (x < y);
}

static int
time_query(const char *path, DgDataset *set, DgDiag *diag)
{
  DgBuf text = DG_BUF_INIT;
  double times[RUNS] = { 0 };
  size_t rows = 0;
  DgStatus status = dg_io_read(path, 0, &text, diag);
  for (int i = 0; i < RUNS && status == DG_OK; ++i) {
    const double begin = now();
    status = run_once(dg_buf_str(&text), set, &rows, diag);
    times[i] = now() - begin;
  }
  dg_buf_clear(&text);
  qsort(times, RUNS, sizeof *times, compare_times);
  if (status != DG_OK) {
    DgBuf out = DG_BUF_INIT;
    dg_diag_print(diag, &out);
    (void)fprintf(stderr, "%s: %s", path, out.data);
    dg_buf_clear(&out);
    return 1;
  }
  (void)printf("QUERY %s rows=%zu %.6fs\n", path, rows, times[RUNS / 2]);
  return 0;
}

static DgStatus
load(int argc, char **argv, DgDataset **set, int *first, DgDiag *diag)
{
  if (argc > 2 && !strcmp(argv[1], "-d")) {
    *first = 3;
    return dg_store_open(argv[2], DG_STORE_READ, set, diag);
  }
  *first = 2;
  const DgRdfOptions options = { 0 };
  DG_TRY(dg_memory_new(set));
  const DgQuadSink sink = dg_dataset_sink(*set);
  DG_TRY((*set)->class_->write_begin(*set, diag));
  DG_TRY(dg_rdf_read_file(argv[1], &options, &sink, diag));
  return (*set)->class_->write_commit(*set, diag);
}

int
main(int argc, char **argv)
{
  DgDataset *set = NULL;
  DgDiag diag = DG_DIAG_INIT;
  int first = 0;
  int failed = argc < 3;
  const double begin = now();
  if (failed || load(argc, argv, &set, &first, &diag) != DG_OK) {
    (void)fprintf(stderr, "usage: %s [-d STORE | FILE] QUERY...\n%s\n", argv[0],
                  diag.message ? diag.message : "");
    failed = 1;
  } else {
    (void)printf("LOAD %.3fs\n", now() - begin);
  }
  for (int i = first; !failed && i < argc; ++i) {
    failed = time_query(argv[i], set, &diag);
  }
  dg_store_free(set);
  dg_diag_clear(&diag);
  return failed;
}
