/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_SPARQL_ARGS_H
#define DG_CLI_SPARQL_ARGS_H

#include "base/vec.h"
#include "cli/cli.h"
#include "sparql/sparql.h"
#include "store/dataset.h"

/** What query, update and shell have in common on their command lines. */
typedef struct {
  DgArena *arena;
  const char *store; /**< -d, or null */
  DG_VEC(const char *) data;
  DG_VEC(const char *) named; /**< IRI, file, IRI, file, ... */
  const char *base;
  const char *file; /**< -f, or null */
  const char *text; /**< -e, or null */
  const char *name; /**< of a saved query, or null */
  const char *format;
  DG_VEC(const char *) params; /**< "name=value" */
  DgSparqlOptions options;
  bool colour; /**< rows are for a terminal that has it */
  bool parse_only;
  bool explain;
  bool list;
  bool dry_run;
  bool union_default; /**< --default-graph union was given */
  const char *dump;
  double watch;   /**< seconds between runs, or 0 */
  DgRates *rates; /**< of --rates, or null */
} DgSparqlArgs;

/** What the options mean, a line each. */
#define DG_SPARQL_ARGS_HELP                                                    \
  "  -d STORE              the store\n"                                        \
  "  --data FILE           RDF file for the default graph; may repeat\n"       \
  "  --named IRI FILE      RDF file for a named graph; may repeat\n"           \
  "  --default-graph KIND  union of all graphs (default), or strict\n"         \
  "  --base IRI            for relative IRIs\n"                                \
  "  --timeout SECONDS     stop with status 6 after that time\n"               \
  "  --max-memory MB       stop with status 6 above that memory\n"             \
  "  --rates FILE          currency,rate lines, for deal:convert\n"            \
  "  --allow-load          LOAD and FROM <file:...> may read documents\n"      \
  "  --allow-service       SERVICE may ask other servers\n"                    \
  "  --parse-only          check the syntax, do nothing else\n"

/** Read a command line. @return DG_USAGE after saying why. */
DgStatus
dg_sparql_args_read(int argc, char **argv, DgSparqlArgs *args);

void
dg_sparql_args_clear(DgSparqlArgs *args);

/** Open the store, or read the files into memory. */
DgStatus
dg_sparql_args_open(const DgSparqlArgs *args, bool writing, DgDataset **dataset,
                    DgDiag *diag);

/** Text of -f, -e or a saved query, into `text`, and what it is called. */
DgStatus
dg_sparql_args_text(DgSparqlArgs *args, DgBuf *text, const char **source,
                    DgDiag *diag);

/** Prepare the text, with its parameters. */
DgStatus
dg_sparql_args_prepare(DgSparqlArgs *args, bool update, DgSparql **out,
                       DgDiag *diag);

/** A flag that Ctrl-C sets, from now on. */
const volatile int *
dg_sparql_args_interrupt(void);

/** Clear the flag of Ctrl-C. */
void
dg_sparql_args_rearm(void);

#endif
