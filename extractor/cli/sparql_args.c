/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/sparql_args.h"

#include "base/io.h"
#include "cli/saved_query.h"
#include "store/memory.h"
#include "store/open.h"
#include "store/rdf_reader.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

/* A signal handler can reach nothing else. */
static volatile int interrupted;

static void
on_interrupt(int signal)
{
  (void)signal;
  interrupted = 1;
}

const volatile int *
dg_sparql_args_interrupt(void)
{
  struct sigaction action = { .sa_handler = on_interrupt };
  /* A second Ctrl-C ends the program as usual. */
  action.sa_flags = (int)SA_RESETHAND;
  (void)sigaction(SIGINT, &action, NULL);
  return &interrupted;
}

void
dg_sparql_args_rearm(void)
{
  interrupted = 0;
  (void)dg_sparql_args_interrupt();
}

enum {
  OPT_DATA = 256,
  OPT_NAMED,
  OPT_DEFAULT,
  OPT_BASE,
  OPT_TIMEOUT,
  OPT_MEMORY,
  OPT_ROWS,
  OPT_LOAD,
  OPT_SERVICE,
  OPT_PARSE,
  OPT_FORMAT,
  OPT_PARAM,
  OPT_EXPLAIN,
  OPT_LIST,
  OPT_DRY,
  OPT_DUMP,
  OPT_RATES,
  OPT_WATCH
};

static const struct option long_options[] = {
  { "store", required_argument, NULL, 'd' },
  { "data", required_argument, NULL, OPT_DATA },
  { "named", required_argument, NULL, OPT_NAMED },
  { "default-graph", required_argument, NULL, OPT_DEFAULT },
  { "base", required_argument, NULL, OPT_BASE },
  { "timeout", required_argument, NULL, OPT_TIMEOUT },
  { "max-memory", required_argument, NULL, OPT_MEMORY },
  { "max-rows", required_argument, NULL, OPT_ROWS },
  { "allow-load", no_argument, NULL, OPT_LOAD },
  { "allow-service", no_argument, NULL, OPT_SERVICE },
  { "parse-only", no_argument, NULL, OPT_PARSE },
  { "format", required_argument, NULL, OPT_FORMAT },
  { "param", required_argument, NULL, OPT_PARAM },
  { "explain", no_argument, NULL, OPT_EXPLAIN },
  { "list", no_argument, NULL, OPT_LIST },
  { "dry-run", no_argument, NULL, OPT_DRY },
  { "dump", required_argument, NULL, OPT_DUMP },
  { "rates", required_argument, NULL, OPT_RATES },
  { "watch", optional_argument, NULL, OPT_WATCH },
  { NULL, 0, NULL, 0 }
};

static bool
read_number(const char *text, double *value)
{
  char *end;
  *value = strtod(text, &end);
  if (end == text || *end || !(*value >= 0) || *value > 1e15) {
    dg_cli_error("'%s' is not a number", text);
    return false;
  }
  return true;
}

static DgStatus
keep(DgArena *arena, const char **slot, const char *value)
{
  (void)arena;
  DG_TRY_PTR(slot);
  *slot = value;
  return DG_OK;
}

static DgStatus
read_limit(int option, const char *text, DgSparqlLimits *limits)
{
  double value;
  if (!read_number(text, &value)) {
    return DG_USAGE;
  }
  if (option == OPT_TIMEOUT) {
    limits->timeout = value;
  } else if (option == OPT_MEMORY) {
    limits->memory = (size_t)(value * 1024 * 1024);
  } else {
    limits->rows = (uint64_t)value;
  }
  return DG_OK;
}

static DgStatus
read_rates(const char *path, DgSparqlArgs *args)
{
  DgDiag diag = DG_DIAG_INIT;
  dg_rates_free(args->rates);
  args->rates = NULL;
  const DgStatus status = dg_rates_read(path, &args->rates, &diag);
  if (status != DG_OK) {
    dg_cli_error("%s", diag.message ? diag.message : dg_status_text(status));
  }
  args->options.rates = args->rates;
  dg_diag_clear(&diag);
  return status == DG_OK ? DG_OK : DG_USAGE;
}

static DgStatus
read_watch(const char *text, DgSparqlArgs *args)
{
  args->watch = 2;
  if (text && (!read_number(text, &args->watch) || args->watch <= 0)) {
    return DG_USAGE;
  }
  return DG_OK;
}

static DgStatus
read_default(const char *kind, DgSparqlArgs *args)
{
  args->options.strict_default = !strcmp(kind, "strict");
  args->union_default = !strcmp(kind, "union");
  if (!args->options.strict_default && !args->union_default) {
    dg_cli_error("default graph '%s' is neither union nor strict", kind);
    return DG_USAGE;
  }
  return DG_OK;
}

static DgStatus
read_flag(int option, DgSparqlArgs *args)
{
  switch (option) {
  case OPT_LOAD:
    args->options.allow_load = true;
    return DG_OK;
  case OPT_SERVICE:
    args->options.allow_service = true;
    return DG_OK;
  case OPT_PARSE:
    args->parse_only = true;
    return DG_OK;
  case OPT_EXPLAIN:
    args->explain = args->options.profile = true;
    return DG_OK;
  case OPT_LIST:
    args->list = true;
    return DG_OK;
  case OPT_DRY:
    args->dry_run = args->options.dry_run = true;
    return DG_OK;
  default:
    return DG_USAGE;
  }
}

static DgStatus
read_option(int option, const char *value, DgSparqlArgs *args)
{
  DgArena *const arena = args->arena;
  switch (option) {
  case 'd':
    args->store = value;
    return DG_OK;
  case 'f':
    args->file = value;
    return DG_OK;
  case 'e':
    args->text = value;
    return DG_OK;
  case OPT_DATA:
    return keep(arena, DG_VEC_ADD(arena, &args->data), value);
  case OPT_NAMED:
    return keep(arena, DG_VEC_ADD(arena, &args->named), value);
  case OPT_PARAM:
    return keep(arena, DG_VEC_ADD(arena, &args->params), value);
  case OPT_DEFAULT:
    return read_default(value, args);
  case OPT_BASE:
    args->base = value;
    return DG_OK;
  case OPT_FORMAT:
    args->format = value;
    return DG_OK;
  case OPT_DUMP:
    args->dump = value;
    return DG_OK;
  case OPT_RATES:
    return read_rates(value, args);
  case OPT_WATCH:
    return read_watch(value, args);
  case OPT_TIMEOUT:
  case OPT_MEMORY:
  case OPT_ROWS:
    return read_limit(option, value, &args->options.limits);
  default:
    return read_flag(option, args);
  }
}

/* --named takes two words; getopt gives the first one. */
static DgStatus
take_second(int argc, char **argv, DgSparqlArgs *args)
{
  if (optind >= argc) {
    dg_cli_error("--named takes an IRI and a file");
    return DG_USAGE;
  }
  return keep(args->arena, DG_VEC_ADD(args->arena, &args->named),
              argv[optind++]);
}

DgStatus
dg_sparql_args_read(int argc, char **argv, DgSparqlArgs *args)
{
  *args = (DgSparqlArgs){ .arena = dg_arena_new() };
  DG_TRY_PTR(args->arena);
  optind = 1;
  int option;
  while ((option = getopt_long(argc, argv, "d:f:e:", long_options, NULL)) !=
         -1) {
    DG_TRY(read_option(option, optarg, args));
    if (option == OPT_NAMED) {
      DG_TRY(take_second(argc, argv, args));
    }
  }
  if (optind < argc) {
    args->name = argv[optind++];
  }
  if (optind < argc) {
    dg_cli_error("'%s' is one word too many", argv[optind]);
    return DG_USAGE;
  }
  return DG_OK;
}

void
dg_sparql_args_clear(DgSparqlArgs *args)
{
  dg_rates_free(args->rates);
  dg_arena_free(args->arena);
}

static DgStatus
read_file(const char *path, size_t number, const char *graph,
          const DgQuadSink *sink, DgDiag *diag)
{
  char prefix[24];
  (void)snprintf(prefix, sizeof prefix, "f%zux", number);
  DgRdfOptions options = { .blank_prefix = dg_str(prefix) };
  if (graph) {
    options.graph = dg_term_iri(dg_str(graph));
  }
  return dg_rdf_read_file(path, &options, sink, diag);
}

static DgStatus
read_files(const DgSparqlArgs *args, DgDataset *set, DgDiag *diag)
{
  const DgQuadSink sink = dg_dataset_sink(set);
  size_t number = 0;
  DG_TRY(set->class_->write_begin(set, diag));
  for (size_t i = 0; i < args->data.n; ++i) {
    DG_TRY(read_file(args->data.items[i], number++, NULL, &sink, diag));
  }
  for (size_t i = 0; i + 1 < args->named.n; i += 2) {
    DG_TRY(read_file(args->named.items[i + 1], number++, args->named.items[i],
                     &sink, diag));
  }
  return set->class_->write_commit(set, diag);
}

DgStatus
dg_sparql_args_open(const DgSparqlArgs *args, bool writing, DgDataset **dataset,
                    DgDiag *diag)
{
  if (args->store) {
    return dg_store_open(args->store, writing ? DG_STORE_WRITE : DG_STORE_READ,
                         dataset, diag);
  }
  DG_TRY(dg_memory_new(dataset));
  return read_files(args, *dataset, diag);
}

DgStatus
dg_sparql_args_text(DgSparqlArgs *args, DgBuf *text, const char **source,
                    DgDiag *diag)
{
  if (args->text) {
    dg_buf_add(text, dg_str(args->text));
    return dg_buf_status(text);
  }
  if (args->file) {
    *source = args->file;
    return dg_io_read(args->file, 0, text, diag);
  }
  const char *path;
  DG_TRY(dg_saved_query_find(args->arena, args->name, &path, diag));
  *source = path;
  return dg_io_read(path, 0, text, diag);
}

static DgStatus
prepare(DgSparqlArgs *args, bool update, DgStr text, const char *source,
        DgSparql **out, DgDiag *diag)
{
  DgParseOptions options = { .base = dg_str(args->base) };
  char *const iri = args->base || !source || !strcmp(source, "-")
                        ? NULL
                        : dg_rdf_file_iri(source);
  if (iri) {
    options.base = dg_str(iri);
  }
  DgParam *params;
  DgStatus status =
      dg_saved_query_params(args->arena, text, args->params.items,
                            args->params.n, &params, &options.n_params, diag);
  if (status == DG_OK) {
    options.params = params;
    const DgStr base = dg_arena_copy(args->arena, options.base);
    options.base = options.base.ptr ? base : DG_STR_NONE;
    status = dg_sparql_prepare(text, update, &options, out, diag);
  }
  free(iri);
  if (status == DG_BAD_QUERY && source) {
    dg_diag_source(diag, source);
  }
  return status;
}

DgStatus
dg_sparql_args_prepare(DgSparqlArgs *args, bool update, DgSparql **out,
                       DgDiag *diag)
{
  DgBuf text = DG_BUF_INIT;
  const char *source = NULL;
  DgStatus status = dg_sparql_args_text(args, &text, &source, diag);
  if (status == DG_OK) {
    status = prepare(args, update, dg_buf_str(&text), source, out, diag);
  }
  dg_buf_clear(&text);
  return status;
}
