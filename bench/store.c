/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Times the embedded store on a file of N-Quads:
 *
 *   store FILE.nq FOLDER [BATCH]
 *
 * Bulk load, durable additions by graph in batches of about BATCH quads,
 * opening, lookups by id for each pattern, and lookups through librdf, of our
 * storage and of librdf's "hashes" with the same quads.
 */
#include "store/librdf_storage.h"
#include "store/lmdb_store.h"
#include "store/load.h"
#include "store/nquads.h"
#include "store/rdf_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum {
  LOOKUPS = 200000,
  KEPT = 100000,
  HASHES_QUADS = 200000, /* more take minutes */
  HASHES_LOOKUPS = 50    /* of a frequent object they read all */
};

static double
now(void)
{
  struct timespec t;
  (void)clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Time of the processor alone, for what waits for nothing: so that other
 * programs on the machine disturb less. */
static double
worked(void)
{
  struct timespec t;
  (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Anonymous memory of this process at its peak is not told by the system;
 * what is held now is. */
static double
anonymous_mib(void)
{
  FILE *const file = fopen("/proc/self/status", "r");
  char line[128];
  long kib = 0;
  while (file && fgets(line, sizeof line, file)) {
    (void)sscanf(line, "RssAnon: %ld", &kib);
  }
  if (file) {
    (void)fclose(file);
  }
  return (double)kib / 1024;
}

static DgDataset *
opened(const char *folder, const char *name)
{
  char path[512];
  (void)snprintf(path, sizeof path, "%s/%s", folder, name);
  DgDiag diag = DG_DIAG_INIT;
  DgDataset *store = NULL;
  if (dg_lmdb_open(path, DG_STORE_CREATE, NULL, &store, &diag) != DG_OK) {
    (void)fprintf(stderr, "%s\n", diag.message);
    exit(1);
  }
  return store;
}

typedef struct {
  double anonymous; /* most that was seen */
} Watch;

static void
watch_memory(void *self, uint64_t quads, uint64_t bytes, uint64_t total)
{
  Watch *const watch = self;
  const double anonymous = anonymous_mib();
  (void)quads;
  (void)bytes;
  (void)total;
  watch->anonymous =
      anonymous > watch->anonymous ? anonymous : watch->anonymous;
}

static void
tell_size(DgDataset *store)
{
  DgStoreTotals totals;
  (void)store->class_->read_begin(store, NULL);
  (void)dg_lmdb_totals(store, &totals);
  store->class_->read_end(store);
  printf("  %llu quads, %llu terms, %.1f bytes a quad on disk\n",
         (unsigned long long)totals.quads, (unsigned long long)totals.terms,
         (double)totals.file_bytes / (double)totals.quads);
}

static void
time_bulk(const char *file, const char *folder)
{
  DgDataset *const store = opened(folder, "bulk");
  Watch watch = { 0 };
  const DgLoadOptions options = { .progress = watch_memory, .self = &watch };
  DgLoadCounts counts = { 0, 0, 0 };
  DgDiag diag = DG_DIAG_INIT;
  const double start = now();
  if (dg_load_bulk(store, &file, 1, &options, &counts, &diag) != DG_OK) {
    (void)fprintf(stderr, "%s\n", diag.message);
    exit(1);
  }
  const double took = now() - start;
  struct rusage usage;
  (void)getrusage(RUSAGE_SELF, &usage);
  printf("bulk load: %.2f s, %.0f quads/s; anonymous memory while reading "
         "%.0f MiB, all memory at most %.0f MiB\n",
         took, (double)counts.quads / took, watch.anonymous,
         (double)usage.ru_maxrss / 1024);
  tell_size(store);
  store->class_->free(store);
}

/* Add in batches, each committed when it is large enough and a graph ends. */
static void
time_batches(const char *file, const char *folder, size_t batch)
{
  DgDataset *const store = opened(folder, "batches");
  const DgDatasetClass *const class_ = store->class_;
  DgRdfSource source;
  (void)dg_rdf_source_open(file, &source, NULL);
  DgLineReader reader = { source.bytes, file, false, 0, dg_arena_new() };
  DgQuad quad;
  size_t n = 0;
  size_t commits = 0;
  const double start = now();
  (void)class_->write_begin(store, NULL);
  for (; dg_line_reader_next(&reader, &quad, NULL) == DG_OK; ++n) {
    if (n && n % batch == 0) {
      ++commits;
      if (class_->write_commit(store, NULL) != DG_OK ||
          class_->write_begin(store, NULL) != DG_OK) {
        exit(1);
      }
    }
    DgIdQuad ids;
    (void)class_->make_id(store, &quad.s, &ids.s);
    (void)class_->make_id(store, &quad.p, &ids.p);
    (void)class_->make_id(store, &quad.o, &ids.o);
    (void)class_->make_id(store, &quad.g, &ids.g);
    (void)class_->add(store, ids);
  }
  if (class_->write_commit(store, NULL) != DG_OK) {
    exit(1);
  }
  const double took = now() - start;
  printf("durable batches of %zu: %.2f s, %.0f quads/s, %zu commits\n", batch,
         took, (double)n / took, commits + 1);
  tell_size(store);
  dg_arena_free(reader.arena);
  dg_rdf_source_close(&source);
  class_->free(store);
}

static void
time_open(const char *folder)
{
  const double start = now();
  DgDataset *const store = opened(folder, "bulk");
  (void)store->class_->read_begin(store, NULL);
  printf("open and begin to read: %.3f ms\n", (now() - start) * 1e3);
  store->class_->read_end(store);
  store->class_->free(store);
}

static DgIdQuad
masked(const DgIdQuad *quad, int mask)
{
  return (DgIdQuad){ mask & 1 ? quad->s : 0, mask & 2 ? quad->p : 0,
                     mask & 4 ? quad->o : 0, mask & 8 ? quad->g : 0 };
}

static size_t
keep_some(DgDataset *store, DgIdQuad *kept, uint64_t total)
{
  DgDatasetCursor *cursor = NULL;
  size_t n = 0;
  const uint64_t step = total / KEPT + 1;
  (void)store->class_->find(store, (DgIdQuad){ 0 }, DG_ORDER_SPOG, &cursor);
  DgIdQuad quad;
  for (uint64_t i = 0; store->class_->next(cursor, &quad) == DG_OK; ++i) {
    if (i % step == 0 && n < KEPT) {
      kept[n++] = quad;
    }
  }
  store->class_->close(cursor);
  return n;
}

/* Find the first quad of a pattern taken from a random quad. */
static void
time_ids(const char *folder)
{
  static const char *const names[] = { "",   "s",   "p",   "sp",  "o",  "so",
                                       "po", "spo", "g",   "sg",  "pg", "spg",
                                       "og", "sog", "pog", "spog" };
  DgDataset *const store = opened(folder, "bulk");
  const DgDatasetClass *const class_ = store->class_;
  (void)class_->read_begin(store, NULL);
  DgStoreTotals totals;
  (void)dg_lmdb_totals(store, &totals);
  DgIdQuad *const kept = malloc(KEPT * sizeof *kept);
  double start = worked();
  const size_t n = keep_some(store, kept, totals.quads);
  printf("scan: %.1f ns a quad\n",
         (worked() - start) * 1e9 / (double)totals.quads);
  printf("first quad by id, µs:");
  for (int mask = 1; mask < 16; ++mask) {
    srand(3);
    start = worked();
    for (int i = 0; i < LOOKUPS; ++i) {
      DgDatasetCursor *cursor = NULL;
      DgIdQuad quad;
      (void)class_->find(store, masked(&kept[(size_t)rand() % n], mask),
                         DG_ORDER_ANY, &cursor);
      (void)class_->next(cursor, &quad);
      class_->close(cursor);
    }
    printf(" %s %.2f", names[mask], (worked() - start) * 1e6 / LOOKUPS);
  }
  (void)putchar('\n');
  free(kept);
  class_->read_end(store);
  class_->free(store);
}

/* A sample of the storage's statements, the caller's own. */
static size_t
sample(librdf_model *model, librdf_statement **kept, size_t most)
{
  librdf_stream *const stream = librdf_model_as_stream(model);
  size_t n = 0;
  for (size_t i = 0; n < most && !librdf_stream_end(stream); ++i) {
    if (i % 29 == 0) {
      kept[n++] =
          librdf_new_statement_from_statement(librdf_stream_get_object(stream));
    }
    (void)librdf_stream_next(stream);
  }
  librdf_free_stream(stream);
  return n;
}

/* Read all statements of a find; up to 20, as a join would of a few. */
static size_t
look_up(librdf_model *model, librdf_world *world, librdf_statement *of,
        int mask)
{
  librdf_statement *const pattern = librdf_new_statement(world);
  librdf_node *const s = librdf_statement_get_subject(of);
  librdf_node *const p = librdf_statement_get_predicate(of);
  librdf_node *const o = librdf_statement_get_object(of);
  if (mask & 1) {
    librdf_statement_set_subject(pattern, librdf_new_node_from_node(s));
  }
  if (mask & 2) {
    librdf_statement_set_predicate(pattern, librdf_new_node_from_node(p));
  }
  if (mask & 4) {
    librdf_statement_set_object(pattern, librdf_new_node_from_node(o));
  }
  librdf_stream *const stream = librdf_model_find_statements(model, pattern);
  size_t n = 0;
  while (n < 1 && !librdf_stream_end(stream)) {
    n += librdf_stream_get_object(stream) != NULL;
    (void)librdf_stream_next(stream);
  }
  librdf_free_stream(stream);
  librdf_free_statement(pattern);
  return n;
}

static void
time_lookups(librdf_world *world, librdf_model *model, const char *name,
             int lookups)
{
  static const int masks[] = { 7, 3, 6 };
  static const char *const names[] = { "SPO", "SP?", "?PO" };
  enum { SAMPLE = 20000 };
  librdf_statement **const kept = calloc(SAMPLE, sizeof(void *));
  const size_t n = sample(model, kept, SAMPLE);
  printf("%s through librdf, µs:", name);
  for (size_t k = 0; n && k < sizeof masks / sizeof *masks; ++k) {
    if (masks[k] == 7 && lookups < LOOKUPS) {
      printf(" SPO (some 0.5 s)"); /* librdf reads the whole storage */
      continue;
    }
    srand(3);
    const double start = worked();
    for (int i = 0; i < lookups; ++i) {
      (void)look_up(model, world, kept[(size_t)rand() % n], masks[k]);
    }
    printf(" %s %.2f", names[k], (worked() - start) * 1e6 / lookups);
  }
  (void)putchar('\n');
  for (size_t i = 0; i < n; ++i) {
    librdf_free_statement(kept[i]);
  }
  free(kept);
}

static void
time_librdf(const char *folder)
{
  char path[512];
  (void)snprintf(path, sizeof path, "%s/bulk", folder);
  librdf_world *const world = librdf_new_world();
  librdf_world_open(world);
  (void)dg_librdf_register(world);
  librdf_storage *const ours =
      librdf_new_storage(world, "lmdb", path, "write='no'");
  librdf_model *const model = librdf_new_model(world, ours, NULL);
  time_lookups(world, model, "lmdb", LOOKUPS);
  librdf_storage *const theirs = librdf_new_storage(
      world, "hashes", NULL, "hash-type='memory',contexts='yes'");
  librdf_model *const other = librdf_new_model(world, theirs, NULL);
  librdf_stream *const all = librdf_model_as_stream(model);
  const double start = now();
  size_t n = 0;
  for (; n < HASHES_QUADS && !librdf_stream_end(all);
       (void)librdf_stream_next(all), ++n) {
    librdf_node *const context = librdf_stream_get_context2(all);
    (void)librdf_model_context_add_statement(other, context,
                                             librdf_stream_get_object(all));
  }
  librdf_free_stream(all);
  printf("hashes in memory: %.0f quads/s for the first %zu\n",
         (double)n / (now() - start), n);
  time_lookups(world, other, "hashes", HASHES_LOOKUPS);
  librdf_free_model(other);
  librdf_free_storage(theirs);
  librdf_free_model(model);
  librdf_free_storage(ours);
  librdf_free_world(world);
}

int
main(int argc, char **argv)
{
  if (argc < 3) {
    (void)fprintf(stderr, "usage: store FILE.nq FOLDER [BATCH]\n");
    return 2;
  }
  (void)setvbuf(stdout, NULL, _IOLBF, 0);
  const size_t batch = argc > 3 ? strtoul(argv[3], NULL, 10) : 10000;
  time_bulk(argv[1], argv[2]);
  time_open(argv[2]);
  time_ids(argv[2]);
  time_librdf(argv[2]);
  time_batches(argv[1], argv[2], batch ? batch : 1);
  return 0;
}
