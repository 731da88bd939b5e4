/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/store_cli.h"

#include "base/buf.h"
#include "store/lmdb_store.h"

#include <getopt.h>
#include <stdlib.h>

int
dg_cli_failed(DgStatus status, DgDiag *diag)
{
  if (diag->message) {
    dg_cli_report(diag);
  } else {
    dg_cli_error("%s", dg_status_text(status));
  }
  dg_diag_clear(diag);
  return dg_cli_exit(status);
}

DgStatus
dg_cli_forget_article(DgDataset *store, DgStr iri)
{
  enum { KEY_MAX = 500 }; /* longer ones were never put */
  static const char *const kinds[] = { "article:", "print:" };
  DgStatus status = DG_NO_MATCH;
  if (!dg_lmdb_is(store)) {
    return DG_OK;
  }
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    DgBuf key = DG_BUF_INIT;
    dg_buf_add(&key, dg_str(kinds[i]));
    dg_buf_add(&key, iri);
    status = key.len > KEY_MAX
                 ? DG_NO_MATCH
                 : dg_store_journal_remove(store, dg_buf_str(&key));
    dg_buf_clear(&key);
    if (status != DG_OK && status != DG_NO_MATCH) {
      return status;
    }
  }
  return status == DG_NO_MATCH
             ? DG_OK
             : dg_store_journal_put(store, DG_STR("copies:links"),
                                    DG_STR("stale"));
}

DgDataset *
dg_cli_open_store(const char *spec, DgStoreMode mode, int *exit)
{
  spec = spec ? spec : getenv("DEALGRAPH_STORE");
  if (!spec || !*spec) {
    dg_cli_error("which store? give -d STORE, or set DEALGRAPH_STORE");
    *exit = DG_EXIT_USAGE;
    return NULL;
  }
  DgDiag diag = DG_DIAG_INIT;
  DgDataset *store = NULL;
  const DgStatus status = dg_store_open(spec, mode, &store, &diag);
  if (status != DG_OK) {
    *exit = dg_cli_failed(status, &diag);
    return NULL;
  }
  const char *const warning =
      mode == DG_STORE_READ ? NULL : dg_store_warning(spec);
  if (warning) {
    dg_cli_error("warning: %s", warning);
  }
  dg_diag_clear(&diag);
  return store;
}

DgDataset *
dg_cli_open_lmdb(const char *spec, DgStoreMode mode, int *exit)
{
  DgDataset *const store = dg_cli_open_store(spec, mode, exit);
  if (store && !dg_lmdb_is(store)) {
    dg_cli_error("this needs the embedded store (a folder)");
    *exit = DG_EXIT_USAGE;
    dg_store_free(store);
    return NULL;
  }
  return store;
}

int
dg_cli_store_arguments(const DgCommand *command, int argc, char **argv,
                       const char **spec)
{
  static const struct option options[] = { { "store", 1, NULL, 'd' },
                                           { NULL, 0, NULL, 0 } };
  int option;
  while ((option = getopt_long(argc, argv, "d:", options, NULL)) != -1) {
    if (option != 'd') {
      (void)dg_cli_usage(command);
      return -1;
    }
    *spec = optarg;
  }
  return optind;
}
