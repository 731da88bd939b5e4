/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/decisions_cli.h"

#include "rdf/graphs.h"

#include <getopt.h>
#include <stdio.h>

static DgStatus
drop(DgDataset *store)
{
  const DgTerm graph = dg_term_iri(DG_STR(DG_GRAPH_MERGES));
  return dg_store_replace_graph(store, &graph, NULL, 0);
}

static void
tell(const DgMergeCounts *counts, bool dropped)
{
  if (dropped) {
    (void)fprintf(stderr, "merges dropped\n");
    return;
  }
  (void)fprintf(stderr,
                "%zu deals, %zu events, %zu of them merged; "
                "%zu quads added, %zu removed\n",
                counts->deals, counts->groups, counts->merged, counts->added,
                counts->removed);
  if (counts->lost) {
    (void)fprintf(stderr,
                  "%zu decision%s fit no deal now (dealgraph deals log)\n",
                  counts->lost, counts->lost == 1 ? "" : "s");
  }
  if (counts->limited) {
    dg_cli_error("warning: more than %d deals of one company or pair lie close "
                 "in time; each was compared with that many neighbours",
                 DG_GROUP_NEIGHBOURS);
  }
}

static DgStatus
merge(DgDataset *store, const char *spec, const char *file, bool again,
      bool dropped, DgDiag *diag)
{
  DgCliDecisions decisions = { 0 };
  DgMergeCounts counts = { 0 };
  DG_TRY(store->class_->write_begin(store, diag));
  DgStatus status = dg_cli_decisions_open(&decisions, store, spec, file, diag);
  if (status == DG_OK && (again || dropped)) {
    status = drop(store);
  }
  if (status == DG_OK && !dropped) {
    status = dg_cli_merge(store, &decisions, NULL, &counts);
  } else if (status == DG_OK) {
    status = dg_cli_merge_pending(store);
  }
  dg_cli_decisions_close(&decisions);
  if (status != DG_OK) {
    store->class_->write_rollback(store);
    return status;
  }
  DG_TRY(store->class_->write_commit(store, diag));
  tell(&counts, dropped);
  return DG_OK;
}

static int
run(int argc, char **argv)
{
  static const struct option options[] = {
    { "store", required_argument, NULL, 'd' },
    { "decisions", required_argument, NULL, 'f' },
    { "recompute", no_argument, NULL, 'r' },
    { "drop", no_argument, NULL, 'x' },
    { NULL, 0, NULL, 0 }
  };
  const char *spec = NULL;
  const char *file = NULL;
  bool again = false;
  bool dropped = false;
  int option;
  while ((option = getopt_long(argc, argv, "d:", options, NULL)) != -1) {
    switch (option) {
    case 'd':
      spec = optarg;
      break;
    case 'f':
      file = optarg;
      break;
    case 'r':
      again = true;
      break;
    case 'x':
      dropped = true;
      break;
    default:
      return dg_cli_usage(&dg_command_merge);
    }
  }
  if (optind < argc || (again && dropped)) {
    return dg_cli_usage(&dg_command_merge);
  }
  int exit = DG_EXIT_FAILED;
  DgDataset *const store = dg_cli_open_store(spec, DG_STORE_WRITE, &exit);
  if (!store) {
    return exit;
  }
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus status = store->class_->write_begin
                              ? merge(store, spec, file, again, dropped, &diag)
                              : DG_UNSUPPORTED;
  exit = status == DG_OK ? DG_EXIT_FINE : dg_cli_failed(status, &diag);
  dg_store_free(store);
  return exit;
}

const DgCommand dg_command_merge = {
  "merge", "-d STORE [--recompute | --drop]",
  "Find the deals that several articles tell",
  "  -d, --store STORE     the store\n"
  "      --decisions FILE  what people decided (default: STORE.decisions)\n"
  "      --recompute       drop all merges first and make them anew\n"
  "      --drop            drop all merges; the articles' graphs stay\n",
  run
};
