/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_DEALS_CLI_H
#define DG_CLI_DEALS_CLI_H

#include "cli/decisions_cli.h"

/** The parts of `dealgraph deals` and `dealgraph entities`. */
typedef struct {
  DgDataset *store;
  DgCliDecisions decisions;
  DgArena *arena;
  DgMerge *merge; /**< set by dg_deals_read */
  const char *spec;
  const char *file; /**< --decisions, or null */
  const char *note; /**< --note, or null */
  const char *by;   /**< --by, or null */
  bool table;       /**< for people; else tab-separated values */
  bool review;      /**< undecided deals, doubtful ones first */
  bool of_actors;   /**< undo, log: decisions on actors, not on deals */
  size_t limit;     /**< rows, 0 for all */
  double least;     /**< entities propose: how alike */
  DgDiag diag;
} DgDeals;

/** A subcommand of a command, with so many arguments. */
typedef struct {
  const char *name;
  int least;
  int most;
  bool writes;
  DgStatus (*run)(DgDeals *deals, char **arguments); /**< ends with null */
} DgAction;

/** Run the action that the arguments name, in a read or a write.
 * @param actions  The last one has no name. */
int
dg_deals_run(DgDeals *deals, int argc, char **argv, const DgAction *actions,
             const DgCommand *command);

/**
 * Read deals, inside a read or write.
 * @param deal  An IRI: that one and what hangs together with it; null or the
 *              start of an id: all.
 */
DgStatus
dg_deals_read(DgDeals *deals, const char *deal);

/**
 * The group of an IRI or the start of an id ("3f9a").
 * @return DG_NOT_FOUND, with a message, when there is none or several.
 */
DgStatus
dg_deals_find(DgDeals *deals, const char *deal, const DgGroup **group);

/** Print all deals, or those to be reviewed. */
DgStatus
dg_deals_list(DgDeals *deals);

/** Print one deal with its history and evidence. */
DgStatus
dg_deals_show(DgDeals *deals, const DgGroup *group);

/** Print the decisions, those that fit no deal marked. */
DgStatus
dg_deals_log(DgDeals *deals);

/** Run a subcommand that decides, with its arguments, inside a write. */
DgStatus
dg_deals_decide(DgDeals *deals, DgVerb verb, char **arguments);

/** Add a field to a decision that is being made. */
DgStatus
dg_deals_field(DgDeals *deals, DgDecision *decision, const char *name, char op,
               DgStr value);

/** "IRI Name" of an actor, by its IRI or by a name. */
DgStatus
dg_deals_actor(DgDeals *deals, DgStr text, DgStr *value);

/** Put a decision into the file and bring the graph up to date. */
DgStatus
dg_deals_commit(DgDeals *deals, DgDecision *decision,
                const DgMergeScope *scope);

/** Take back the decision of `id`, or the last one when it is null. */
DgStatus
dg_deals_undo(DgDeals *deals, const char *id);

#endif
