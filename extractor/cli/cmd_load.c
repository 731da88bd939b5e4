/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/store_cli.h"
#include "store/load.h"

#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

typedef struct {
  const char *store;
  bool bulk;
  bool quiet;
  bool terminal;
  DgLoadOptions options;
  DgLoadCounts counts;
  size_t failed;
  DgStatus worst;
} Loading;

static void
tell_progress(void *self, uint64_t quads, uint64_t bytes, uint64_t total)
{
  const Loading *const l = self;
  if (l->terminal && total) {
    (void)fprintf(stderr, "\r%llu quads, %3.0f%% ", (unsigned long long)quads,
                  100.0 * (double)bytes / (double)total);
  }
}

static void
clear_progress(const Loading *l)
{
  if (l->terminal) {
    (void)fputs("\r\033[K", stderr);
  }
}

static void
tell_skipped(void *self, const DgDiag *diag)
{
  clear_progress(self);
  dg_cli_report(diag);
}

/* Limits before other failures. */
static void
note_failure(Loading *l, DgStatus status)
{
  ++l->failed;
  l->worst = l->worst == DG_LIMIT ? DG_LIMIT : status;
}

static void
load_each(Loading *l, DgDataset *store, char **paths, int n)
{
  for (int i = 0; i < n; ++i) {
    DgDiag diag = DG_DIAG_INIT;
    const DgStatus status =
        dg_load_file(store, paths[i], &l->options, &l->counts, &diag);
    clear_progress(l);
    if (status != DG_OK) {
      note_failure(l, status);
      (void)dg_cli_failed(status, &diag);
    }
    dg_diag_clear(&diag);
  }
}

static void
load_all(Loading *l, DgDataset *store, char **paths, int n)
{
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus status =
      dg_load_bulk(store, (const char *const *)paths, (size_t)n, &l->options,
                   &l->counts, &diag);
  clear_progress(l);
  if (status != DG_OK) {
    l->failed = (size_t)n;
    l->worst = status;
    (void)dg_cli_failed(status, &diag);
  }
  dg_diag_clear(&diag);
}

static int
exit_of(const Loading *l, int n)
{
  if (!l->failed) {
    return DG_EXIT_FINE;
  }
  if (l->worst == DG_LIMIT) {
    return DG_EXIT_LIMIT;
  }
  return l->failed < (size_t)n ? DG_EXIT_INPUTS : dg_cli_exit(l->worst);
}

static int
load_paths(Loading *l, char **paths, int n)
{
  int status = DG_EXIT_FAILED;
  DgDataset *const store =
      dg_cli_open_store(l->store, DG_STORE_CREATE, &status);
  if (!store) {
    return status;
  }
  (l->bulk ? load_all : load_each)(l, store, paths, n);
  dg_store_free(store);
  if (!l->quiet && l->failed < (size_t)n) {
    (void)fprintf(stderr, "%llu quads read",
                  (unsigned long long)l->counts.quads);
    if (!l->bulk) {
      (void)fprintf(stderr, ", %llu of them new",
                    (unsigned long long)l->counts.added);
    }
    if (l->counts.skipped) {
      (void)fprintf(stderr, ", %llu errors passed over",
                    (unsigned long long)l->counts.skipped);
    }
    (void)fputc('\n', stderr);
  }
  return exit_of(l, n);
}

static bool
take_syntax(Loading *l, const char *name)
{
  l->options.syntax = dg_rdf_syntax(dg_str(name));
  if (l->options.syntax == DG_RDF_NONE) {
    dg_cli_error("no RDF format '%s'; there are ttl, nt, nq, trig, rdf", name);
  }
  return l->options.syntax != DG_RDF_NONE;
}

static bool
take_option(Loading *l, int option)
{
  switch (option) {
  case 'd':
    l->store = optarg;
    return true;
  case 'f':
    return take_syntax(l, optarg);
  case 'g':
    l->options.graph = dg_term_iri(dg_str(optarg));
    return true;
  case 'b':
    l->bulk = true;
    return true;
  case 'l':
    l->options.lenient = true;
    return true;
  case 'q':
    l->quiet = true;
    return true;
  default:
    return false;
  }
}

static int
run_load(int argc, char **argv)
{
  static const struct option options[] = {
    { "store", 1, NULL, 'd' },   { "format", 1, NULL, 'f' },
    { "graph", 1, NULL, 'g' },   { "bulk", 0, NULL, 'b' },
    { "lenient", 0, NULL, 'l' }, { "quiet", 0, NULL, 'q' },
    { NULL, 0, NULL, 0 }
  };
  Loading l = { .terminal = isatty(STDERR_FILENO) };
  l.options.progress = tell_progress;
  l.options.skipped = tell_skipped;
  l.options.self = &l;
  int option;
  while ((option = getopt_long(argc, argv, "d:f:g:q", options, NULL)) != -1) {
    if (!take_option(&l, option)) {
      return dg_cli_usage(&dg_command_load);
    }
  }
  if (optind == argc) {
    return dg_cli_usage(&dg_command_load);
  }
  l.terminal = l.terminal && !l.quiet;
  return load_paths(&l, argv + optind, argc - optind);
}

const DgCommand dg_command_load = {
  "load", "-d STORE RDF...", "Load RDF files into the store",
  "Turtle, TriG, N-Triples, N-Quads and RDF/XML, also packed with gzip or\n"
  "zstd; '-' is standard input. Each file is loaded whole or not at all.\n\n"
  "  -d, --store STORE  the store; made when it is not there\n"
  "  -f, --format NAME  ttl, trig, nt, nq or rdf; else by the file's name\n"
  "  -g, --graph IRI    graph of statements that name none\n"
  "  --bulk             for much data: write the store anew, all files or "
  "none\n"
  "  --lenient          pass over lines of N-Triples and N-Quads that are not\n"
  "                     right, and the rest of other files after an error\n"
  "  -q, --quiet        no progress and no summary\n",
  run_load
};
