/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/store_cli.h"
#include "export/format.h"
#include "rdf/graphs.h"

#include <getopt.h>

typedef struct {
  const char *store;
  const char *output;
  const DgExportFormat *format;
  const char *graph;
  bool all;
} Export;

static DgStatus
export_store(const Export *x, DgDataset *store, DgDiag *diag)
{
  const DgTerm graph = dg_term_iri(dg_str(x->graph));
  const DgTerm log = dg_term_iri(DG_STR(DG_GRAPH_RUN_LOG));
  DgExport export = { .store = store,
                      .graph = x->graph ? &graph : NULL,
                      .except = x->all || x->graph ? NULL : &log,
                      .diag = diag };
  DG_TRY(dg_output_open(x->output, &export.out, diag));
  const DgStatus status = x->format->write(&export);
  if (status != DG_OK) {
    dg_output_cancel(export.out);
    return status;
  }
  return dg_output_commit(export.out, diag);
}

static int
run_options(Export *x)
{
  int status = DG_EXIT_FAILED;
  DgDataset *const store = dg_cli_open_store(x->store, DG_STORE_READ, &status);
  if (!store) {
    return status;
  }
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus result = export_store(x, store, &diag);
  dg_store_free(store);
  if (result != DG_OK) {
    return dg_cli_failed(result, &diag);
  }
  dg_diag_clear(&diag);
  return DG_EXIT_FINE;
}

static bool
take_format(Export *x, const char *name)
{
  x->format = dg_export_find(name);
  if (!x->format) {
    DgBuf names = DG_BUF_INIT;
    for (size_t i = 0; dg_export_at(i); ++i) {
      dg_buf_printf(&names, "%s%s", i ? ", " : "", dg_export_at(i)->name);
    }
    dg_cli_error("no format '%s'; there are %s", name, names.data);
    dg_buf_clear(&names);
  }
  return x->format != NULL;
}

/* False for what is no option of these commands. */
static bool
take_option(Export *x, int option, bool *fine)
{
  switch (option) {
  case 'd':
    x->store = optarg;
    return true;
  case 'o':
    x->output = optarg;
    return true;
  case 'f':
    *fine = take_format(x, optarg);
    return true;
  case 'g':
    x->graph = optarg;
    return true;
  case 'a':
    x->all = true;
    return true;
  default:
    return false;
  }
}

static int
run(const DgCommand *command, Export *x, int argc, char **argv)
{
  static const struct option options[] = {
    { "store", 1, NULL, 'd' },  { "output", 1, NULL, 'o' },
    { "format", 1, NULL, 'f' }, { "graph", 1, NULL, 'g' },
    { "all", 0, NULL, 'a' },    { NULL, 0, NULL, 0 }
  };
  int option;
  bool fine = true;
  while (fine &&
         (option = getopt_long(argc, argv, "d:o:f:g:", options, NULL)) != -1) {
    if (!take_option(x, option, &fine)) {
      return dg_cli_usage(command);
    }
  }
  if (fine && optind < argc) {
    return dg_cli_usage(command);
  }
  if (fine && !x->format && strcmp(x->output, "-")) {
    fine = take_format(x, x->output);
  }
  if (fine && !x->format) {
    x->format = &dg_export_ttl;
  }
  return fine ? run_options(x) : DG_EXIT_USAGE;
}

static int
run_export(int argc, char **argv)
{
  Export x = { .output = "-" };
  return run(&dg_command_export, &x, argc, argv);
}

static int
run_dump(int argc, char **argv)
{
  Export x = { .output = "-", .format = &dg_export_nq };
  return run(&dg_command_dump, &x, argc, argv);
}

#define DETAILS                                                                \
  "Equal stores give equal bytes; a file appears whole or not at all.\n\n"     \
  "  -d, --store STORE  the store\n"                                           \
  "  -o, --output FILE  where to; '-' is standard output\n"                    \
  "  -f, --format NAME  else by the file's name, else Turtle:\n"               \
  "                     ttl, trig, nt, nq, rdf, jsonld: the graph\n"           \
  "                     csv, xlsx: a table of deals\n"                         \
  "                     gexf, graphml, dot: who is tied to whom by deals\n"    \
  "  -g, --graph IRI    this graph alone\n"                                    \
  "  --all              the graph of the run log too\n"

const DgCommand dg_command_export = { "export", "-d STORE [-o FILE]",
                                      "Write the store as a file", DETAILS,
                                      run_export };

const DgCommand dg_command_dump = { "dump", "-d STORE [-o FILE]",
                                    "Write the store as N-Quads", DETAILS,
                                    run_dump };
