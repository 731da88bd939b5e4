/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Times queries by rasqal, through librdf, on our own storage:
 *
 *   rasqal_bench STORE QUERY.rq...
 *
 * Prints the rows and the median of three runs of each.
 */
#include "base/io.h"
#include "store/librdf_storage.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 3 };

static double
now(void)
{
  struct timespec t;
  (void)clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
compare_times(const void *a, const void *b)
{
  const double x = *(const double *)a;
  const double y = *(const double *)b;
  return (x > y) - (x < y);
}

static size_t
run_once(librdf_world *world, librdf_model *model, const char *text)
{
  size_t rows = 0;
  librdf_query *const query = librdf_new_query(
      world, "sparql", NULL, (const unsigned char *)text, NULL);
  librdf_query_results *const results =
      query ? librdf_model_query_execute(model, query) : NULL;
  while (results && !librdf_query_results_finished(results)) {
    for (int i = 0; i < librdf_query_results_get_bindings_count(results); ++i) {
      librdf_node *const node =
          librdf_query_results_get_binding_value(results, i);
      if (node) {
        librdf_free_node(node);
      }
    }
    ++rows;
    (void)librdf_query_results_next(results);
  }
  if (results) {
    librdf_free_query_results(results);
  }
  if (query) {
    librdf_free_query(query);
  }
  return rows;
}

static void
time_query(librdf_world *world, librdf_model *model, const char *path)
{
  DgBuf text = DG_BUF_INIT;
  double times[RUNS];
  size_t rows = 0;
  if (dg_io_read(path, 0, &text, NULL) == DG_OK) {
    for (int i = 0; i < RUNS; ++i) {
      const double begin = now();
      rows = run_once(world, model, text.data);
      times[i] = now() - begin;
    }
    qsort(times, RUNS, sizeof *times, compare_times);
    (void)printf("QUERY %s rows=%zu %.6fs\n", path, rows, times[RUNS / 2]);
  }
  dg_buf_clear(&text);
}

int
main(int argc, char **argv)
{
  if (argc < 3) {
    (void)fprintf(stderr, "usage: %s STORE QUERY...\n", argv[0]);
    return 2;
  }
  (void)setvbuf(stdout, NULL, _IOLBF, 0);
  librdf_world *const world = librdf_new_world();
  librdf_world_open(world);
  (void)dg_librdf_register(world);
  librdf_storage *const storage =
      librdf_new_storage(world, "lmdb", argv[1], "write='no'");
  librdf_model *const model =
      storage ? librdf_new_model(world, storage, NULL) : NULL;
  for (int i = 2; model && i < argc; ++i) {
    time_query(world, model, argv[i]);
  }
  if (model) {
    librdf_free_model(model);
  }
  if (storage) {
    librdf_free_storage(storage);
  }
  librdf_free_world(world);
  return !model;
}
