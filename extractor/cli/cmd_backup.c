/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/store_cli.h"

static int
run_backup(int argc, char **argv)
{
  const char *spec = NULL;
  const int first =
      dg_cli_store_arguments(&dg_command_backup, argc, argv, &spec);
  if (first < 0 || first + 1 != argc) {
    return first < 0 ? DG_EXIT_USAGE : dg_cli_usage(&dg_command_backup);
  }
  int status = DG_EXIT_FAILED;
  DgDataset *const store = dg_cli_open_lmdb(spec, DG_STORE_READ, &status);
  if (!store) {
    return status;
  }
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus result = dg_lmdb_backup(store, argv[first], &diag);
  status = result == DG_OK ? DG_EXIT_FINE : dg_cli_failed(result, &diag);
  dg_store_free(store);
  return status;
}

const DgCommand dg_command_backup = {
  "backup", "-d STORE FOLDER", "Copy the store while others use it",
  "FOLDER must not be there; the copy is a store like any other.\n\n"
  "  -d, --store STORE  the store\n",
  run_backup
};
