/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_DECISIONS_CLI_H
#define DG_CLI_DECISIONS_CLI_H

#include "cli/store_cli.h"
#include "merge/merge.h"

/**
 * The decisions that go with a store. Their file is what --decisions names,
 * else the environment's DEALGRAPH_DECISIONS, else the store's folder with
 * ".decisions" behind it. Where there is no such file, the decisions are those
 * that the store's graph has recorded, so that neither a lost file nor a lost
 * store loses them.
 */
typedef struct {
  char *path; /**< or null: a storage without a file, and none was named */
  DgBuf text; /**< of the file */
  DgArena *arena;
  DgDecisions all;
} DgCliDecisions;

/**
 * @param spec  The store's, null for DEALGRAPH_STORE.
 * @param file  What --decisions says, or null.
 * @return as dg_decisions_read; to be called inside a read or write.
 */
DgStatus
dg_cli_decisions_open(DgCliDecisions *decisions, DgDataset *store,
                      const char *spec, const char *file, DgDiag *diag);

/**
 * Add a decision to the file, which appears whole or not at all, and to
 * `decisions`. Call inside a write, so that one does so at a time. Its time is
 * now (or SOURCE_DATE_EPOCH), or that of the last decision if the clock is
 * behind it; `who`, where absent, is DEALGRAPH_USER or the name of the login.
 * @param added  Set to the decision as read back, on DG_OK.
 */
DgStatus
dg_cli_decisions_add(DgCliDecisions *decisions, DgDecision decision,
                     const DgDecision **added, DgDiag *diag);

/**
 * Add, in the program's own name, that the actor of IRI `from` is now that of
 * `into`; unless the file says so already, or a person has undone it.
 */
DgStatus
dg_cli_redirect(DgCliDecisions *decisions, DgStr from, DgStr into, DgStr name,
                DgDiag *diag);

void
dg_cli_decisions_close(DgCliDecisions *decisions);

/**
 * Bring the graph of merges up to date, inside a write, and note in the
 * store's journal what it stands for.
 *
 * @param scope  What has changed; all is looked at nevertheless when an
 *               earlier merge did not come to its end, or the decisions are
 *               others than at the last one.
 */
DgStatus
dg_cli_merge(DgDataset *store, const DgCliDecisions *decisions,
             const DgMergeScope *scope, DgMergeCounts *counts);

/** Note, inside a write, that articles change and merges are to follow. */
DgStatus
dg_cli_merge_pending(DgDataset *store);

/** The same as dg_cli_merge, after a decision that concerns `scope` alone. */
DgStatus
dg_cli_merge_decided(DgDataset *store, const DgCliDecisions *decisions,
                     const DgMergeScope *scope, DgMergeCounts *counts);

/** Append text of an article for a terminal: line ends as blanks, control
 * characters and marks of writing direction as U+FFFD. */
void
dg_cli_show(DgStr text, DgBuf *out);

/** Print `out` on standard output and clear it. */
void
dg_cli_put(DgBuf *out);

#endif
