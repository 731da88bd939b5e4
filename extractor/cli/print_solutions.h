/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_PRINT_SOLUTIONS_H
#define DG_CLI_PRINT_SOLUTIONS_H

#include "cli/sparql_args.h"

/** Run a query to its end and write what it gives on standard output, in the
 * format that `args` names or the one that suits the output. */
DgStatus
dg_cli_print_solutions(const DgSparqlArgs *args, DgForm form,
                       DgSolutions *solutions, DgDiag *diag);

#endif
