/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/print_solutions.h"
#include "cli/saved_query.h"
#include "store/open.h"

#include <stdio.h>

static void
print_plan(const DgSolutions *solutions)
{
  DgBuf plan = DG_BUF_INIT;
  dg_solutions_explain(solutions, &plan);
  (void)fwrite(plan.data ? plan.data : "", 1, plan.len, stderr);
  dg_buf_clear(&plan);
}

static DgStatus
run_query(DgSparqlArgs *args, DgDiag *diag)
{
  DgSparql *query = NULL;
  DgDataset *dataset = NULL;
  DgSolutions *solutions = NULL;
  DgStatus status = dg_sparql_args_prepare(args, false, &query, diag);
  if (status == DG_OK && !args->parse_only) {
    args->options.limits.cancel = dg_sparql_args_interrupt();
    status = dg_sparql_args_open(args, false, &dataset, diag);
    if (status == DG_OK) {
      status =
          dg_sparql_execute(query, dataset, &args->options, &solutions, diag);
    }
    if (status == DG_OK) {
      status =
          dg_cli_print_solutions(args, dg_sparql_form(query), solutions, diag);
    }
    if (solutions && args->explain) {
      print_plan(solutions);
    }
  }
  dg_solutions_free(solutions);
  dg_store_free(dataset);
  dg_sparql_free(query);
  return status;
}

static DgStatus
list_queries(const DgSparqlArgs *args, DgDiag *diag)
{
  DgBuf out = DG_BUF_INIT;
  DgStatus status = dg_saved_query_list(args->arena, &out, diag);
  if (status == DG_OK) {
    (void)fwrite(out.data ? out.data : "", 1, out.len, stdout);
  }
  dg_buf_clear(&out);
  return status;
}

static int
run(int argc, char **argv)
{
  DgSparqlArgs args;
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status = dg_sparql_args_read(argc, argv, &args);
  const int sources =
      (args.file != NULL) + (args.text != NULL) + (args.name != NULL);
  if (status == DG_OK && sources != !args.list) {
    dg_cli_error("expected one of NAME, -f, -e and --list");
    status = DG_USAGE;
  }
  if (status == DG_OK) {
    status = args.list ? list_queries(&args, &diag) : run_query(&args, &diag);
    if (status != DG_OK) {
      dg_cli_report(&diag);
    }
  } else {
    (void)dg_cli_usage(&dg_command_query);
  }
  dg_diag_clear(&diag);
  dg_sparql_args_clear(&args);
  return dg_cli_exit(status);
}

const DgCommand dg_command_query = {
  "query", "[OPTION...] NAME | -f FILE | -e SPARQL",
  "Ask a store, or RDF files, with SPARQL 1.1",
  "  NAME                  a saved query; --list shows them\n"
  "  -f FILE, -e SPARQL    a query from a file or the command line\n"
  "  --param NAME=VALUE    value of a saved query's parameter\n"
  "  --format FORMAT       table, csv, tsv, json, xml, md; ttl, nt for graphs\n"
  "  --max-rows N          stop with status 6 after that many rows\n"
  "  --explain             print the plan, with actual rows and times\n"
  "  --list                list the saved queries\n" DG_SPARQL_ARGS_HELP,
  run
};
