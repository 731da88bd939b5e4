/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/store_cli.h"

#include <getopt.h>

/* Check what the store would become before it becomes it. */
static DgStatus
restore_checked(DgDataset *store, DgDataset *backup, DgDiag *diag)
{
  DG_TRY(dg_lmdb_check(backup, diag));
  return dg_lmdb_restore(store, backup, diag);
}

static bool
is_empty(DgDataset *store)
{
  DgStoreTotals totals = { .quads = 1 };
  if (store->class_->read_begin(store, NULL) == DG_OK) {
    (void)dg_lmdb_totals(store, &totals);
    store->class_->read_end(store);
  }
  return totals.quads == 0;
}

static int
restore_into(DgDataset *store, DgDataset *backup, bool replace)
{
  if (!replace && !is_empty(store)) {
    dg_cli_error("the store has quads; --replace gives them up");
    return DG_EXIT_FAILED;
  }
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus status = restore_checked(store, backup, &diag);
  return status == DG_OK ? DG_EXIT_FINE : dg_cli_failed(status, &diag);
}

static int
run_restore(int argc, char **argv)
{
  static const struct option options[] = { { "store", 1, NULL, 'd' },
                                           { "replace", 0, NULL, 'r' },
                                           { NULL, 0, NULL, 0 } };
  const char *spec = NULL;
  bool replace = false;
  int option;
  while ((option = getopt_long(argc, argv, "d:", options, NULL)) != -1) {
    if (option == 'd') {
      spec = optarg;
    } else if (option == 'r') {
      replace = true;
    } else {
      return dg_cli_usage(&dg_command_restore);
    }
  }
  if (optind + 1 != argc) {
    return dg_cli_usage(&dg_command_restore);
  }
  int status = DG_EXIT_FAILED;
  DgDataset *const backup =
      dg_cli_open_lmdb(argv[optind], DG_STORE_READ, &status);
  DgDataset *const store =
      backup ? dg_cli_open_lmdb(spec, DG_STORE_CREATE, &status) : NULL;
  if (store) {
    status = restore_into(store, backup, replace);
  }
  dg_store_free(store);
  dg_store_free(backup);
  return status;
}

const DgCommand dg_command_restore = {
  "restore", "-d STORE FOLDER", "Make the store what a backup is",
  "The backup is checked first. Readers go on with what they see.\n\n"
  "  -d, --store STORE  the store; made when it is not there\n"
  "  --replace          give up what the store has\n",
  run_restore
};
