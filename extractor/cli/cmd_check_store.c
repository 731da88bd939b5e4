/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/store_cli.h"

#include <stdio.h>

static int
check(DgDataset *store)
{
  DgDiag diag = DG_DIAG_INIT;
  DgStoreTotals totals = { .quads = 0 };
  DgStatus status = store->class_->read_begin(store, &diag);
  if (status == DG_OK) {
    status = dg_lmdb_check(store, &diag);
    status = status == DG_OK ? dg_lmdb_totals(store, &totals) : status;
    store->class_->read_end(store);
  }
  if (status != DG_OK) {
    (void)dg_cli_failed(status, &diag);
    return status == DG_BROKEN ? DG_EXIT_VIOLATIONS : dg_cli_exit(status);
  }
  (void)printf("fine: %llu quads, %llu terms\n",
               (unsigned long long)totals.quads,
               (unsigned long long)totals.terms);
  return DG_EXIT_FINE;
}

static int
run_check_store(int argc, char **argv)
{
  const char *spec = NULL;
  const int first =
      dg_cli_store_arguments(&dg_command_check_store, argc, argv, &spec);
  if (first < 0 || first != argc) {
    return first < 0 ? DG_EXIT_USAGE : dg_cli_usage(&dg_command_check_store);
  }
  int status = DG_EXIT_FAILED;
  DgDataset *const store = dg_cli_open_lmdb(spec, DG_STORE_READ, &status);
  if (store) {
    status = check(store);
    dg_store_free(store);
  }
  return status;
}

const DgCommand dg_command_check_store = {
  "check-store", "-d STORE", "Check that the store is whole",
  "Reads everything: the indexes must hold the same quads, the dictionary all\n"
  "their terms, and all counts be exact. Exit status 4 when they are not.\n\n"
  "  -d, --store STORE  the store\n",
  run_check_store
};
