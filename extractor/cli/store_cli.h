/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_STORE_CLI_H
#define DG_CLI_STORE_CLI_H

#include "cli/cli.h"
#include "store/open.h"

/**
 * What commands on a store have in common. -d is the store, else the
 * environment's DEALGRAPH_STORE.
 */

/** Open the store, or say why not and return the exit status in `*exit`. */
DgDataset *
dg_cli_open_store(const char *spec, DgStoreMode mode, int *exit);

/** As dg_cli_open_store, and refuse what is not the embedded store. */
DgDataset *
dg_cli_open_lmdb(const char *spec, DgStoreMode mode, int *exit);

/**
 * The arguments of a command that takes -d STORE alone.
 * @return the first other argument's place in argv, or -1 after a message.
 */
int
dg_cli_store_arguments(const DgCommand *command, int argc, char **argv,
                       const char **spec);

/**
 * Take out of the store's journal what ingest noted of an article's graph that
 * goes, inside a write: its text may come back, and the links between copies
 * are to be made anew. A graph or a store without a journal is no error.
 */
DgStatus
dg_cli_forget_article(DgDataset *store, DgStr iri);

/** Report a failure and free `diag`; gives the exit status. */
int
dg_cli_failed(DgStatus status, DgDiag *diag);

#endif
