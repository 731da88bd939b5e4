/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/sparql_args.h"
#include "rdf/writer.h"
#include "store/open.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
  DgArena *arena;
  DG_VEC(DgQuad) list;
} Quads;

static int
compare_quads(const void *a, const void *b)
{
  return dg_quad_compare(a, b);
}

static DgStatus
read_quad(DgDataset *set, DgIdQuad ids, Quads *quads)
{
  DgQuad *const quad = DG_VEC_ADD(quads->arena, &quads->list);
  DG_TRY_PTR(quad);
  DG_TRY(set->class_->term(set, ids.s, quads->arena, &quad->s));
  DG_TRY(set->class_->term(set, ids.p, quads->arena, &quad->p));
  DG_TRY(set->class_->term(set, ids.o, quads->arena, &quad->o));
  return ids.g == DG_ID_DEFAULT_GRAPH
             ? DG_OK
             : set->class_->term(set, ids.g, quads->arena, &quad->g);
}

static DgStatus
read_quads(DgDataset *set, Quads *quads)
{
  DgDatasetCursor *cursor;
  const DgIdQuad any = { 0 };
  DG_TRY(set->class_->find(set, any, DG_ORDER_ANY, &cursor));
  DgStatus status;
  DgIdQuad ids;
  while ((status = set->class_->next(cursor, &ids)) == DG_OK &&
         (status = read_quad(set, ids, quads)) == DG_OK) {
  }
  set->class_->close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
write_quads(const Quads *quads, DgRdfSyntax syntax, DgDiag *diag)
{
  DgOutput *output;
  DgBuf buf = DG_BUF_INIT;
  DgRdfWriter *writer = NULL;
  const DgRdfWriterOptions options = { .syntax = syntax };
  DG_TRY(dg_output_open("-", &output, diag));
  DgStatus status = dg_rdf_writer_new(&options, &buf, output, &writer);
  for (size_t i = 0; i < quads->list.n && status == DG_OK; ++i) {
    status = dg_rdf_writer_put(writer, &quads->list.items[i]);
  }
  status = status == DG_OK ? dg_rdf_writer_end(writer) : status;
  dg_rdf_writer_free(writer);
  dg_buf_clear(&buf);
  if (status != DG_OK) {
    dg_output_cancel(output);
    return status;
  }
  return dg_output_commit(output, diag);
}

/* All quads, sorted. */
static DgStatus
dump(const DgSparqlArgs *args, DgDataset *set, DgDiag *diag)
{
  const DgRdfSyntax syntax = dg_rdf_syntax(dg_str(args->dump));
  if (syntax == DG_RDF_NONE || syntax == DG_RDF_XML) {
    return dg_diag_set(diag, DG_USAGE,
                       "no format '%s'; there are nq, trig, "
                       "nt, ttl",
                       args->dump);
  }
  Quads quads = { .arena = args->arena };
  DG_TRY(set->class_->read_begin(set, diag));
  DgStatus status = read_quads(set, &quads);
  set->class_->read_end(set);
  if (status == DG_OK && quads.list.n) {
    qsort(quads.list.items, quads.list.n, sizeof(DgQuad), compare_quads);
  }
  return status == DG_OK ? write_quads(&quads, syntax, diag) : status;
}

static DgStatus
run_update(DgSparqlArgs *args, DgDiag *diag)
{
  DgSparql *update = NULL;
  DgDataset *dataset = NULL;
  DgUpdateCounts counts;
  DgStatus status = dg_sparql_args_prepare(args, true, &update, diag);
  if (status == DG_OK && !args->parse_only) {
    args->options.limits.cancel = dg_sparql_args_interrupt();
    status = dg_sparql_args_open(args, true, &dataset, diag);
    if (status == DG_OK) {
      status = dg_sparql_update(update, dataset, &args->options, &counts, diag);
    }
    if (status == DG_OK) {
      (void)fprintf(stderr, "%llu added, %llu removed%s\n",
                    (unsigned long long)counts.added,
                    (unsigned long long)counts.removed,
                    args->dry_run ? "; nothing was kept (--dry-run)" : "");
    }
    if (status == DG_OK && args->dump) {
      status = dump(args, dataset, diag);
    }
  }
  dg_store_free(dataset);
  dg_sparql_free(update);
  return status;
}

static int
run(int argc, char **argv)
{
  DgSparqlArgs args;
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status = dg_sparql_args_read(argc, argv, &args);
  if (status == DG_OK && (!args.file == !args.text || args.name)) {
    dg_cli_error("expected one of -f and -e");
    status = DG_USAGE;
  }
  if (status == DG_OK) {
    /* What has no GRAPH is written to the default graph alone. */
    args.options.strict_default |= !args.union_default;
    status = run_update(&args, &diag);
    if (status != DG_OK) {
      dg_cli_report(&diag);
    }
  } else {
    (void)dg_cli_usage(&dg_command_update);
  }
  dg_diag_clear(&diag);
  dg_sparql_args_clear(&args);
  return dg_cli_exit(status);
}

const DgCommand dg_command_update = {
  "update", "[OPTION...] -f FILE | -e UPDATE",
  "Change a store, or RDF files in memory, with SPARQL 1.1 Update",
  "  -f FILE, -e UPDATE    the request: all of it happens, or nothing\n"
  "  --dry-run             say what would change, keep nothing\n"
  "  --dump FORMAT         then print all quads: nq, trig, nt, ttl\n"
  "                        (here --default-graph is strict unless "
  "given)\n" DG_SPARQL_ARGS_HELP,
  run
};
