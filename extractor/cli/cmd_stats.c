/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/vec.h"
#include "cli/store_cli.h"
#include "export/format.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#define RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#define VOID "http://rdfs.org/ns/void#"

/* A predicate or class and its numbers. */
typedef struct {
  DgTerm term;
  uint64_t quads;
  uint64_t subjects;
  uint64_t objects;
} Row;

typedef DG_VEC(Row) Rows;

typedef struct {
  DgDataset *store;
  DgArena *arena;
  DgStoreTotals totals;
  Rows predicates;
  Rows classes;
} Stats;

static DgStatus
add_row(Stats *s, Rows *rows, const DgStoreCount *count)
{
  Row *const row = DG_VEC_ADD(s->arena, rows);
  DG_TRY_PTR(row);
  *row = (Row){ .quads = count->quads,
                .subjects = count->subjects,
                .objects = count->objects };
  return s->store->class_->term(s->store, count->id, s->arena, &row->term);
}

static DgStatus
add_predicate(void *self, const DgStoreCount *count)
{
  Stats *const s = self;
  return add_row(s, &s->predicates, count);
}

/* Most frequent first, then by name. */
static int
compare_rows(const void *a, const void *b)
{
  const Row *const one = a;
  const Row *const other = b;
  if (one->quads != other->quads) {
    return one->quads > other->quads ? -1 : 1;
  }
  return dg_term_compare(&one->term, &other->term);
}

/* Instances by class: one jump over the index for each class. A class's
 * instances are the subjects, and one of several graphs counts once each. */
static DgStatus
find_classes(Stats *s)
{
  const DgTerm type = dg_term_iri(DG_STR(RDF_TYPE));
  const DgDatasetClass *const class_ = s->store->class_;
  DgIdQuad pattern = { 0, 0, 0, 0 };
  DgStatus status = class_->find_id(s->store, &type, &pattern.p);
  if (status != DG_OK) {
    return status == DG_NO_MATCH ? DG_OK : status;
  }
  DgDatasetCursor *cursor = NULL;
  DG_TRY(class_->find(s->store, pattern, DG_ORDER_POSG, &cursor));
  DgStoreCount count = { 0, 0, 0, 0 };
  DgId subject = DG_ID_NONE;
  DgIdQuad quad;
  while ((status = class_->next(cursor, &quad)) == DG_OK) {
    if (quad.o != count.id) {
      status = count.id ? add_row(s, &s->classes, &count) : DG_OK;
      count = (DgStoreCount){ quad.o, 0, 0, 0 };
      subject = DG_ID_NONE;
    }
    count.quads += quad.s != subject;
    subject = quad.s;
    if (status != DG_OK) {
      break;
    }
  }
  class_->close(cursor);
  if (status == DG_NO_MATCH && count.id) {
    return add_row(s, &s->classes, &count);
  }
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
collect(Stats *s)
{
  DG_TRY(dg_lmdb_totals(s->store, &s->totals));
  DG_TRY(dg_lmdb_counts(s->store, 'p', add_predicate, s));
  DG_TRY(find_classes(s));
  if (s->predicates.n) {
    qsort(s->predicates.items, s->predicates.n, sizeof(Row), compare_rows);
  }
  if (s->classes.n) {
    qsort(s->classes.items, s->classes.n, sizeof(Row), compare_rows);
  }
  return DG_OK;
}

static void
add_name(const DgTerm *term, DgBuf *out)
{
  dg_rdf_write_turtle_term(term, dg_export_prefixes, dg_export_prefix_count,
                           out);
}

static void
number(DgBuf *out, const char *name, uint64_t n)
{
  dg_buf_printf(out, "%-12s %12llu\n", name, (unsigned long long)n);
}

static void
write_table(const Stats *s, DgBuf *out)
{
  const DgStoreTotals *const t = &s->totals;
  number(out, "quads", t->quads);
  number(out, "graphs", t->graphs);
  number(out, "subjects", t->subjects);
  number(out, "predicates", t->predicates);
  number(out, "objects", t->objects);
  number(out, "terms", t->terms);
  number(out, "bytes", t->file_bytes);
  if (t->quads) {
    dg_buf_printf(out, "%-12s %12.1f\n", "bytes/quad",
                  (double)t->file_bytes / (double)t->quads);
  }
  dg_buf_add(out, DG_STR("\n       quads     subjects      objects  "
                         "predicate\n"));
  for (size_t i = 0; i < s->predicates.n; ++i) {
    const Row *const row = &s->predicates.items[i];
    dg_buf_printf(out, "%12llu %12llu %12llu  ", (unsigned long long)row->quads,
                  (unsigned long long)row->subjects,
                  (unsigned long long)row->objects);
    add_name(&row->term, out);
    dg_buf_add_char(out, '\n');
  }
  dg_buf_add(out, DG_STR("\n   instances  class\n"));
  for (size_t i = 0; i < s->classes.n; ++i) {
    const Row *const row = &s->classes.items[i];
    dg_buf_printf(out, "%12llu  ", (unsigned long long)row->quads);
    add_name(&row->term, out);
    dg_buf_add_char(out, '\n');
  }
}

/* A term as an IRI in full, which partitions must have. */
static void
add_full(const DgTerm *term, DgBuf *out)
{
  dg_term_write(term, out);
}

/* Source: Describing Linked Datasets with VoID (W3C 2011), section 4.6. */
static void
write_void(const Stats *s, DgBuf *out)
{
  const DgStoreTotals *const t = &s->totals;
  dg_buf_add(out, DG_STR("@prefix void: <" VOID "> .\n\n"));
  dg_buf_printf(out,
                "[] a void:Dataset ;\n"
                "  void:triples %llu ;\n"
                "  void:distinctSubjects %llu ;\n"
                "  void:distinctObjects %llu ;\n"
                "  void:properties %llu ;\n"
                "  void:classes %zu",
                (unsigned long long)t->quads, (unsigned long long)t->subjects,
                (unsigned long long)t->objects,
                (unsigned long long)t->predicates, s->classes.n);
  for (size_t i = 0; i < s->predicates.n; ++i) {
    const Row *const row = &s->predicates.items[i];
    dg_buf_add(out, DG_STR(" ;\n  void:propertyPartition [\n"
                           "    void:property "));
    add_full(&row->term, out);
    dg_buf_printf(out,
                  " ;\n    void:triples %llu ;\n"
                  "    void:distinctSubjects %llu ;\n"
                  "    void:distinctObjects %llu ]",
                  (unsigned long long)row->quads,
                  (unsigned long long)row->subjects,
                  (unsigned long long)row->objects);
  }
  for (size_t i = 0; i < s->classes.n; ++i) {
    const Row *const row = &s->classes.items[i];
    dg_buf_add(out, DG_STR(" ;\n  void:classPartition [\n    void:class "));
    add_full(&row->term, out);
    dg_buf_printf(out, " ;\n    void:entities %llu ]",
                  (unsigned long long)row->quads);
  }
  dg_buf_add(out, DG_STR(" .\n"));
}

static int
print_stats(DgDataset *store, bool as_void)
{
  Stats s = { .store = store, .arena = dg_arena_new() };
  DgDiag diag = DG_DIAG_INIT;
  DgBuf out = DG_BUF_INIT;
  DgStatus status =
      s.arena ? store->class_->read_begin(store, &diag) : DG_NO_MEMORY;
  if (status == DG_OK) {
    status = collect(&s);
    store->class_->read_end(store);
  }
  if (status == DG_OK) {
    (as_void ? write_void : write_table)(&s, &out);
    status = dg_buf_status(&out);
  }
  if (status == DG_OK) {
    (void)fwrite(out.data, 1, out.len, stdout);
  }
  dg_buf_clear(&out);
  dg_arena_free(s.arena);
  return status == DG_OK ? DG_EXIT_FINE : dg_cli_failed(status, &diag);
}

static int
run_stats(int argc, char **argv)
{
  static const struct option options[] = { { "store", 1, NULL, 'd' },
                                           { "void", 0, NULL, 'v' },
                                           { NULL, 0, NULL, 0 } };
  const char *spec = NULL;
  bool as_void = false;
  int option;
  while ((option = getopt_long(argc, argv, "d:", options, NULL)) != -1) {
    if (option == 'd') {
      spec = optarg;
    } else if (option == 'v') {
      as_void = true;
    } else {
      return dg_cli_usage(&dg_command_stats);
    }
  }
  if (optind < argc) {
    return dg_cli_usage(&dg_command_stats);
  }
  int status = DG_EXIT_FAILED;
  DgDataset *const store = dg_cli_open_lmdb(spec, DG_STORE_READ, &status);
  if (store) {
    status = print_stats(store, as_void);
    dg_store_free(store);
  }
  return status;
}

const DgCommand dg_command_stats = {
  "stats", "-d STORE [--void]", "Say what the store holds",
  "  -d, --store STORE  the store\n"
  "  --void             as Turtle, in the VoID vocabulary\n",
  run_stats
};
