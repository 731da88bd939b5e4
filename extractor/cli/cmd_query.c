/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/pager.h"
#include "cli/print_solutions.h"
#include "cli/saved_query.h"
#include "store/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

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

/* A table on a terminal: bold names, and page by page. */
static DgStatus
run_shown(DgSparqlArgs *args, DgDiag *diag)
{
  DgPager pager = { 0 };
  const char *const no = getenv("NO_COLOR");
  const bool terminal = isatty(STDOUT_FILENO);
  args->colour = terminal && !(no && *no);
  if (terminal && !args->format && !args->parse_only && !args->watch &&
      dg_pager_start(&pager)) {
    args->format = "table";
  }
  const DgStatus status = run_query(args, diag);
  dg_pager_end(&pager);
  return status;
}

static bool
is_interrupted(const DgSparqlArgs *args)
{
  return args->options.limits.cancel && *args->options.limits.cancel;
}

static void
wait_for(const DgSparqlArgs *args)
{
  struct timespec left = { .tv_sec = (time_t)args->watch };
  left.tv_nsec = (long)((args->watch - (double)left.tv_sec) * 1e9);
  while (!is_interrupted(args) && nanosleep(&left, &left)) {
  }
}

/* Again and again, what is new in the store included, until Ctrl-C. */
static DgStatus
watch(DgSparqlArgs *args, DgDiag *diag)
{
  const bool terminal = isatty(STDOUT_FILENO);
  DgStatus status = DG_OK;
  while (status == DG_OK && !is_interrupted(args)) {
    (void)fputs(terminal ? "\033[H\033[2J" : "", stdout);
    status = run_shown(args, diag);
    if (fflush(stdout)) {
      return dg_diag_set(diag, DG_IO_ERROR, "cannot write to standard output");
    }
    if (status == DG_OK) {
      wait_for(args);
    }
  }
  return is_interrupted(args) ? DG_OK : status;
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
    status = args.list    ? list_queries(&args, &diag)
             : args.watch ? watch(&args, &diag)
                          : run_shown(&args, &diag);
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
  "  --watch[=SECONDS]     again every 2 seconds, or as given, until Ctrl-C\n"
  "  --list                list the saved queries\n" DG_SPARQL_ARGS_HELP,
  run
};
