/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/cli.h"

#include "base/vec.h"
#include "store/memory.h"
#include "store/open.h"
#include "store/rdf_reader.h"
#include "store/shacl.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  DG_VEC(const char *) data;
  DG_VEC(const char *) shapes;
  const char *store; /* or null */
  bool turtle;
  DgArena *arena;
} Options;

static const struct option long_options[] = {
  { "data", required_argument, NULL, 'D' },
  { "shapes", required_argument, NULL, 's' },
  { "format", required_argument, NULL, 'f' },
  { NULL, 0, NULL, 0 }
};

static bool
read_format(const char *name, Options *options)
{
  options->turtle = !strcmp(name, "ttl") || !strcmp(name, "turtle");
  return options->turtle || !strcmp(name, "text");
}

static DgStatus
read_options(int argc, char **argv, Options *options)
{
  int option = 0;
  optind = 1;
  while ((option = getopt_long(argc, argv, "d:", long_options, NULL)) != -1) {
    if (option == '?' || (option == 'f' && !read_format(optarg, options))) {
      return DG_USAGE;
    }
    if (option == 'd') {
      options->store = optarg;
    }
    if (option == 'f' || option == 'd') {
      continue;
    }
    const char **const room =
        option == 'D' ? DG_VEC_ADD(options->arena, &options->data)
                      : DG_VEC_ADD(options->arena, &options->shapes);
    DG_TRY_PTR(room);
    *room = optarg;
  }
  const bool one_source = !options->store != !options->data.n;
  return optind < argc || !one_source ? DG_USAGE : DG_OK;
}

/* Read RDF files into a new dataset; blank nodes stay apart by file. */
static DgStatus
read_files(const char *const *paths, size_t n, DgDataset **set, DgDiag *diag)
{
  DG_TRY(dg_memory_new(set));
  const DgQuadSink sink = dg_dataset_sink(*set);
  DgStatus status = (*set)->class_->write_begin(*set, diag);
  for (size_t i = 0; status == DG_OK && i < n; ++i) {
    char prefix[24];
    (void)snprintf(prefix, sizeof prefix, "f%zu", i);
    const DgRdfOptions options = { .blank_prefix = dg_str(prefix) };
    status = dg_rdf_read_file(paths[i], &options, &sink, diag);
  }
  return status == DG_OK ? (*set)->class_->write_commit(*set, diag) : status;
}

static void
print_report(const DgShaclReport *report, bool turtle)
{
  DgBuf text = DG_BUF_INIT;
  if (turtle) {
    dg_shacl_write_turtle(report, &text);
  } else {
    dg_shacl_write_text(report, &text);
  }
  (void)fwrite(text.data, 1, text.len, stdout);
  dg_buf_clear(&text);
}

static DgStatus
validate(const Options *options, DgDiag *diag)
{
  char *const shipped =
      options->shapes.n ? NULL : dg_cli_data("ontology/shapes.ttl");
  const char *const only[] = { shipped };
  DgDataset *data = NULL;
  DgDataset *shapes = NULL;
  DgShaclReport report = { 0 };
  DgStatus status =
      options->store
          ? dg_store_open(options->store, DG_STORE_READ, &data, diag)
          : read_files(options->data.items, options->data.n, &data, diag);
  if (status == DG_OK) {
    status = shipped ? read_files(only, 1, &shapes, diag)
                     : read_files(options->shapes.items, options->shapes.n,
                                  &shapes, diag);
  }
  if (status == DG_OK) {
    status = dg_shacl_check(data, shapes, &report, diag);
  }
  if (status == DG_OK) {
    print_report(&report, options->turtle);
    status = report.n_violations ? DG_VIOLATION : DG_OK;
  }
  dg_shacl_report_clear(&report);
  dg_store_free(shapes);
  dg_store_free(data);
  free(shipped);
  return status;
}

static int
run(int argc, char **argv)
{
  Options options = { .arena = dg_arena_new() };
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status =
      options.arena ? read_options(argc, argv, &options) : DG_NO_MEMORY;
  if (status == DG_USAGE) {
    (void)dg_cli_usage(&dg_command_validate);
  } else if (status == DG_OK) {
    status = validate(&options, &diag);
    if (status != DG_OK && status != DG_VIOLATION) {
      if (!diag.message) {
        (void)dg_diag_set(&diag, status, "%s", dg_status_text(status));
      }
      dg_cli_report(&diag);
    }
  }
  dg_diag_clear(&diag);
  dg_arena_free(options.arena);
  return dg_cli_exit(status);
}

const DgCommand dg_command_validate = {
  "validate", "-d STORE|--data FILE... [--shapes FILE] [--format text|ttl]",
  "Check a graph against its shapes",
  "  -d STORE       store to check\n"
  "  --data FILE    RDF to check; may be given more than once\n"
  "  --shapes FILE  SHACL shapes, instead of those that come with the program\n"
  "  --format F     text (one line a result), or ttl (a sh:ValidationReport)\n"
  "\n"
  "Exit status 4 when there are violations; warnings are none.\n",
  run
};
