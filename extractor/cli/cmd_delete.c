/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/decisions_cli.h"

#include <getopt.h>
#include <stdio.h>

/* Merge anew what the deals of a graph that went hung together with. */
static DgStatus
merge_rest(DgDataset *store, const char *spec, const DgToldStrings *deals,
           DgDiag *diag)
{
  DgCliDecisions decisions = { 0 };
  const DgMergeScope scope = { deals->items, deals->n };
  if (!deals->n) {
    return DG_OK;
  }
  DgStatus status = dg_cli_decisions_open(&decisions, store, spec, NULL, diag);
  if (status == DG_OK) {
    status = dg_cli_merge(store, &decisions, &scope, NULL);
  }
  dg_cli_decisions_close(&decisions);
  return status;
}

/* Remove the quads of a graph, if the store knows it, and what it was read
   from, so that it may come back. */
static DgStatus
delete_graph(DgDataset *store, const char *spec, const char *iri,
             DgArena *arena, uint64_t *removed, DgDiag *diag)
{
  const DgTerm graph = dg_term_iri(dg_str(iri));
  const DgDatasetClass *const class_ = store->class_;
  DgIdQuad pattern = { 0, 0, 0, 0 };
  DgToldStrings deals = { 0 };
  DG_TRY(class_->write_begin(store, diag));
  DgStatus status = class_->find_id(store, &graph, &pattern.g);
  if (status == DG_OK) {
    if (!dg_str_starts(graph.value, DG_STR("urn:dealgraph:"))) {
      status = dg_merge_deals_of(store, &graph, arena, &deals);
    }
    if (status == DG_OK) {
      status = dg_store_remove_matching(store, pattern, removed);
    }
    if (status == DG_OK) {
      status = merge_rest(store, spec, &deals, diag);
    }
  } else if (status == DG_NO_MATCH) {
    status = DG_OK;
  }
  if (status == DG_OK) {
    status = dg_cli_forget_article(store, graph.value);
  }
  if (status != DG_OK) {
    class_->write_rollback(store);
    return status;
  }
  return class_->write_commit(store, diag);
}

static int
run_delete(int argc, char **argv)
{
  static const struct option options[] = { { "store", 1, NULL, 'd' },
                                           { "graph", 1, NULL, 'g' },
                                           { NULL, 0, NULL, 0 } };
  const char *spec = NULL;
  const char *graph = NULL;
  int option;
  while ((option = getopt_long(argc, argv, "d:g:", options, NULL)) != -1) {
    if (option == 'd') {
      spec = optarg;
    } else if (option == 'g') {
      graph = optarg;
    } else {
      return dg_cli_usage(&dg_command_delete);
    }
  }
  if (!graph || optind < argc) {
    return dg_cli_usage(&dg_command_delete);
  }
  int status = DG_EXIT_FAILED;
  DgDataset *const store = dg_cli_open_store(spec, DG_STORE_WRITE, &status);
  if (!store) {
    return status;
  }
  DgDiag diag = DG_DIAG_INIT;
  uint64_t removed = 0;
  DgArena *const arena = dg_arena_new();
  const DgStatus result =
      !arena ? DG_NO_MEMORY
      : store->class_->write_begin
          ? delete_graph(store, spec, graph, arena, &removed, &diag)
          : DG_UNSUPPORTED;
  dg_arena_free(arena);
  status = result == DG_OK ? DG_EXIT_FINE : dg_cli_failed(result, &diag);
  dg_store_free(store);
  if (result == DG_OK) {
    (void)fprintf(stderr, "%llu quads removed\n", (unsigned long long)removed);
  }
  return status;
}

const DgCommand dg_command_delete = {
  "delete", "-d STORE --graph IRI", "Remove a graph from the store",
  "  -d, --store STORE  the store\n"
  "  -g, --graph IRI    the graph, such as an article's, which may then be\n"
  "                     read again\n",
  run_delete
};
