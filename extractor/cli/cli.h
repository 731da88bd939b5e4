/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_CLI_H
#define DG_CLI_CLI_H

#include "base/diag.h"
#include "base/status.h"

/** Exit status of the program; where several apply, LIMIT before INPUT before
 * FAILED. */
typedef enum {
  DG_EXIT_FINE = 0, /**< zero rows included */
  DG_EXIT_FAILED = 1,
  DG_EXIT_USAGE = 2,
  DG_EXIT_QUERY = 3, /**< query rejected, with line and column */
  DG_EXIT_VIOLATIONS = 4,
  DG_EXIT_INPUTS = 5, /**< some inputs failed, each named */
  DG_EXIT_LIMIT = 6
} DgExit;

/** A subcommand: one file, one const table entry. */
typedef struct {
  const char *name;
  const char *synopsis; /**< what follows "dealgraph NAME " */
  const char *summary;  /**< one line */
  const char *details;  /**< options, a line each; ends with a newline */
  int (*run)(int argc, char **argv); /**< argv[0] is the subcommand's name */
} DgCommand;

#define DG_COMMANDS(X)                                                         \
  X(ingest)                                                                    \
  X(whynot)                                                                    \
  X(explain)                                                                   \
  X(extract)                                                                   \
  X(rules)                                                                     \
  X(eval)                                                                      \
  X(help)                                                                      \
  X(validate)                                                                  \
  X(values)                                                                    \
  X(lexicon)                                                                   \
  X(mentions)                                                                  \
  X(load)                                                                      \
  X(export)                                                                    \
  X(dump)                                                                      \
  X(stats)                                                                     \
  X(backup)                                                                    \
  X(restore)                                                                   \
  X(compact)                                                                   \
  X(check_store)                                                               \
  X(delete)                                                                    \
  X(merge)                                                                     \
  X(deals)                                                                     \
  X(entities)                                                                  \
  X(query)                                                                     \
  X(update)                                                                    \
  X(shell)                                                                     \
  X(version)

#define DG_COMMAND_DECLARE(name) extern const DgCommand dg_command_##name;
DG_COMMANDS(DG_COMMAND_DECLARE)
#undef DG_COMMAND_DECLARE

/** Print a diagnostic on standard error, after "dealgraph: ". */
void
dg_cli_report(const DgDiag *diag);

/** Print "dealgraph: message" on standard error. */
void
dg_cli_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Print usage of `command` on standard error; gives DG_EXIT_USAGE. */
int
dg_cli_usage(const DgCommand *command);

/** The exit status that a failure stands for. */
int
dg_cli_exit(DgStatus status);

/**
 * Where shipped data lies, below the first of these that has it: the folder
 * that DEALGRAPH_DATA names, the one above that, `data` beside the program, the
 * program's own folder, the installed folder. `name` is "rules", "ontology" or
 * "queries", or a file below.
 * @return a path on the heap, or null.
 */
char *
dg_cli_data(const char *name);

#endif
