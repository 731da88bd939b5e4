/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Writes batches to a store, and says each on standard output once it is
 * committed; or verifies what such a writer has left.
 *
 *   crash write STORE N      N more batches, from where the store stands
 *   crash verify STORE ACK   exactly the batches up to ACK, or one more
 *   crash exact STORE ACK    exactly the batches up to ACK
 *   crash hold STORE         open a read, say so, and wait to be killed
 *   crash read STORE N       N times: a snapshot must be whole
 *
 * Batch i fills the graph i, empties the graph i - KEPT, adds one quad to a
 * graph of its own kind that grows, and writes i in the journal: whatever part
 * of it is there without the rest is seen.
 */
#include "store/lmdb_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { KEPT = 5, GRAPH_QUADS = 40 };

static DgTerm
numbered(char *text, size_t size, const char *kind, long number)
{
  (void)snprintf(text, size, "http://example.org/%s/%ld", kind, number);
  return dg_term_iri(dg_str(text));
}

/* Ids of the quad `n` of a batch; made, or only found. */
static DgStatus
quad_ids(DgDataset *store, long batch, long n, bool make, DgIdQuad *ids)
{
  char texts[3][96];
  char value[96];
  const DgTerm s = numbered(texts[0], 96, "s", batch * 7 + n / 4);
  const DgTerm p = numbered(texts[1], 96, "p", n % 4);
  const DgTerm g = n < 0 ? dg_term_iri(DG_STR("http://example.org/grows"))
                         : numbered(texts[2], 96, "g", batch);
  (void)snprintf(value, sizeof value, "value %ld of batch %ld", n, batch);
  const DgTerm o = dg_term_string(dg_str(value));
  DgStatus (*id)(DgDataset *, const DgTerm *, DgId *) =
      make ? store->class_->make_id : store->class_->find_id;
  DG_TRY(id(store, &s, &ids->s));
  DG_TRY(id(store, &p, &ids->p));
  DG_TRY(id(store, &o, &ids->o));
  return id(store, &g, &ids->g);
}

static long
journal_number(DgDataset *store)
{
  DgStr value;
  return dg_store_journal_get(store, DG_STR("batch"), &value) == DG_OK
             ? strtol(value.ptr, NULL, 10)
             : 0;
}

static DgStatus
empty_graph(DgDataset *store, long batch)
{
  char text[96];
  const DgTerm graph = numbered(text, sizeof text, "g", batch);
  DgIdQuad pattern = { 0, 0, 0, 0 };
  const DgStatus status = store->class_->find_id(store, &graph, &pattern.g);
  return status == DG_OK ? dg_store_remove_matching(store, pattern, NULL)
                         : DG_OK;
}

static DgStatus
fill_batch(DgDataset *store, long batch)
{
  char number[32];
  DgIdQuad ids;
  for (long n = -1; n < GRAPH_QUADS; ++n) {
    DG_TRY(quad_ids(store, batch, n, true, &ids));
    DG_TRY(store->class_->add(store, ids));
  }
  DG_TRY(empty_graph(store, batch - KEPT));
  (void)snprintf(number, sizeof number, "%ld", batch);
  return dg_store_journal_put(store, DG_STR("batch"),
                              dg_str_n(number, strlen(number) + 1));
}

static DgStatus
write_batch(DgDataset *store, long *batch)
{
  DG_TRY(store->class_->write_begin(store, NULL));
  *batch = journal_number(store) + 1;
  const DgStatus status = fill_batch(store, *batch);
  if (status != DG_OK) {
    store->class_->write_rollback(store);
    return status;
  }
  return store->class_->write_commit(store, NULL);
}

static int
write_batches(DgDataset *store, long n)
{
  int failed = 0;
  for (long i = 0; i < n; ++i) {
    long batch = 0;
    if (write_batch(store, &batch) != DG_OK) {
      failed = 1;
      continue;
    }
    char line[32];
    const int len = snprintf(line, sizeof line, "%ld\n", batch);
    (void)!write(STDOUT_FILENO, line, (size_t)len);
  }
  return failed;
}

static int
wrong(const char *what, long batch)
{
  (void)fprintf(stderr, "%s, batch %ld\n", what, batch);
  return 1;
}

/* Every quad of the batches up to `last`, and none else. */
static int
verify_batches(DgDataset *store, long last)
{
  uint64_t expected = 0;
  for (long batch = 1; batch <= last; ++batch) {
    const long end = batch > last - KEPT ? GRAPH_QUADS : 0;
    for (long n = -1; n < end; ++n, ++expected) {
      DgIdQuad ids;
      uint64_t found = 0;
      bool exact = false;
      if (quad_ids(store, batch, n, false, &ids) != DG_OK ||
          store->class_->count(store, ids, &found, &exact) != DG_OK ||
          found != 1) {
        return wrong("a quad is missing", batch);
      }
    }
  }
  DgStoreTotals totals;
  return dg_lmdb_totals(store, &totals) != DG_OK || totals.quads != expected
             ? wrong("there are other quads", last)
             : 0;
}

static int
verify(DgDataset *store, long acknowledged, long most)
{
  DgDiag diag = DG_DIAG_INIT;
  if (dg_lmdb_check(store, &diag) != DG_OK) {
    (void)fprintf(stderr, "check-store: %s\n", diag.message);
    return 1;
  }
  if (store->class_->read_begin(store, &diag) != DG_OK) {
    (void)fprintf(stderr, "cannot read: %s\n", diag.message);
    return 1;
  }
  const long last = journal_number(store);
  int failed = 0;
  if (last < acknowledged || last > most) {
    failed = wrong("the store does not stand where it said", last);
  }
  failed = failed || verify_batches(store, last);
  store->class_->read_end(store);
  return failed;
}

static int
read_snapshots(DgDataset *store, long n)
{
  for (long i = 0; i < n; ++i) {
    if (store->class_->read_begin(store, NULL) != DG_OK) {
      return wrong("cannot read", i);
    }
    const int failed = verify_batches(store, journal_number(store));
    store->class_->read_end(store);
    if (failed) {
      return failed;
    }
  }
  return 0;
}

static int
hold(DgDataset *store)
{
  if (store->class_->read_begin(store, NULL) != DG_OK) {
    return 1;
  }
  (void)!write(STDOUT_FILENO, "held\n", 5);
  (void)pause();
  return 0;
}

int
main(int argc, char **argv)
{
  DgDataset *store = NULL;
  DgDiag diag = DG_DIAG_INIT;
  if (argc < 3) {
    return 2;
  }
  if (dg_lmdb_open(argv[2], DG_STORE_CREATE, NULL, &store, &diag) != DG_OK) {
    (void)fprintf(stderr, "cannot open: %s\n", diag.message);
    return 3;
  }
  const long number = argc > 3 ? strtol(argv[3], NULL, 10) : 0;
  int status = 2;
  if (!strcmp(argv[1], "write")) {
    status = write_batches(store, number);
  } else if (!strcmp(argv[1], "verify")) {
    status = verify(store, number, number + 1);
  } else if (!strcmp(argv[1], "exact")) {
    status = verify(store, number, number);
  } else if (!strcmp(argv[1], "hold")) {
    status = hold(store);
  } else if (!strcmp(argv[1], "read")) {
    status = read_snapshots(store, number);
  }
  store->class_->free(store);
  return status;
}
