/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/completion.h"
#include "cli/print_solutions.h"
#include "cli/saved_query.h"
#include "base/io.h"
#include "store/open.h"
#include "store/rdf_reader.h"

#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * Queries typed one after the other over one dataset. A query may take several
 * lines: it is run at a line that ends with ";", or at an empty one.
 */
typedef struct {
  DgSparqlArgs *args;
  DgDataset *dataset;
  EditLine *edit; /**< null when the input is no terminal */
  History *history;
  DgCompletion completion; /**< its arena is null until it is needed */
  DgBuf text;              /**< of the query so far */
  DgBuf last;              /**< the query run last */
  DgBuf line;              /**< without a terminal */
  bool done;
  int status;
} Shell;

static const char *
prompt(EditLine *edit)
{
  void *data = NULL;
  (void)el_get(edit, EL_CLIENTDATA, &data);
  const Shell *const shell = data;
  return shell && shell->text.len ? "      ...> " : "dealgraph> ";
}

/* The words are looked for at the first Tab. */
static unsigned char
complete(EditLine *edit, int key)
{
  (void)key;
  void *data = NULL;
  (void)el_get(edit, EL_CLIENTDATA, &data);
  Shell *const shell = data;
  const LineInfo *const line = el_line(edit);
  const DgStr start = dg_completion_word(
      dg_str_n(line->buffer, (size_t)(line->cursor - line->buffer)));
  if (!shell->completion.arena &&
      dg_completion_init(&shell->completion, shell->dataset) != DG_OK) {
    return CC_ERROR;
  }
  DgBuf list = DG_BUF_INIT;
  DgBuf more = DG_BUF_INIT;
  unsigned char result = CC_ERROR;
  if (start.len) {
    dg_buf_add(&more, dg_completion_find(&shell->completion, start, &list));
  }
  if (more.len) {
    result = el_insertstr(edit, more.data) ? CC_ERROR : CC_REFRESH;
  } else if (list.len) {
    (void)printf("\n%s\n", list.data);
    result = CC_REDISPLAY;
  }
  dg_buf_clear(&more);
  dg_buf_clear(&list);
  return result;
}

static char *
history_file(void)
{
  const char *const home = getenv("HOME");
  DgBuf path = DG_BUF_INIT;
  if (home) {
    dg_buf_printf(&path, "%s/.dealgraph_history", home);
  }
  return path.data;
}

static void
open_editor(Shell *shell)
{
  HistEvent event;
  char *const file = history_file();
  shell->edit = el_init("dealgraph", stdin, stdout, stderr);
  shell->history = history_init();
  if (shell->edit && shell->history) {
    (void)history(shell->history, &event, H_SETSIZE, 1000);
    (void)history(shell->history, &event, H_SETUNIQUE, 1);
    if (file) {
      (void)history(shell->history, &event, H_LOAD, file);
    }
    (void)el_set(shell->edit, EL_CLIENTDATA, shell);
    (void)el_set(shell->edit, EL_PROMPT, prompt);
    (void)el_set(shell->edit, EL_EDITOR, "emacs");
    (void)el_set(shell->edit, EL_HIST, history, shell->history);
    (void)el_set(shell->edit, EL_ADDFN, "dg-complete", "Complete", complete);
    (void)el_set(shell->edit, EL_BIND, "^I", "dg-complete", NULL);
    (void)el_source(shell->edit, NULL);
  }
  free(file);
}

static void
close_editor(Shell *shell)
{
  HistEvent event;
  char *const file = history_file();
  if (shell->history && file) {
    (void)history(shell->history, &event, H_SAVE, file);
  }
  free(file);
  if (shell->edit) {
    el_end(shell->edit);
  }
  if (shell->history) {
    history_end(shell->history);
  }
}

/* The next line without its end, or absent. */
static DgStr
read_line(Shell *shell)
{
  if (shell->edit) {
    int n = 0;
    const char *const line = el_gets(shell->edit, &n);
    return line && n > 0 ? dg_str_trim(dg_str_n(line, (size_t)n)) : DG_STR_NONE;
  }
  dg_buf_reset(&shell->line);
  int c;
  bool any = false;
  while ((c = getchar()) != EOF && c != '\n') {
    dg_buf_add_char(&shell->line, (char)c);
  }
  any = c != EOF || shell->line.len;
  return !any               ? DG_STR_NONE
         : shell->line.data ? dg_str_trim(dg_buf_str(&shell->line))
                            : DG_STR("");
}

static void
report(Shell *shell, DgStatus status, DgDiag *diag)
{
  if (status != DG_OK) {
    dg_cli_report(diag);
    shell->status = dg_cli_exit(status);
  }
  dg_diag_clear(diag);
}

static void
run_prepared(Shell *shell, DgSparql *query, DgDiag *diag)
{
  DgSolutions *solutions = NULL;
  DgStatus status = dg_sparql_execute(query, shell->dataset,
                                      &shell->args->options, &solutions, diag);
  if (status == DG_OK) {
    status = dg_cli_print_solutions(shell->args, dg_sparql_form(query),
                                    solutions, diag);
  }
  if (solutions && shell->args->options.profile) {
    DgBuf plan = DG_BUF_INIT;
    dg_solutions_explain(solutions, &plan);
    (void)fputs(plan.data ? plan.data : "", stderr);
    dg_buf_clear(&plan);
  }
  dg_solutions_free(solutions);
  report(shell, status, diag);
}

static void
run_text(Shell *shell, DgStr text, const DgParam *params, size_t n)
{
  DgDiag diag = DG_DIAG_INIT;
  DgSparql *query = NULL;
  const DgParseOptions options = { .base = dg_str(shell->args->base),
                                   .params = params,
                                   .n_params = n };
  dg_sparql_args_rearm();
  const DgStatus status =
      dg_sparql_prepare(text, false, &options, &query, &diag);
  if (status == DG_OK) {
    run_prepared(shell, query, &diag);
  } else {
    report(shell, status, &diag);
  }
  dg_sparql_free(query);
  (void)fflush(stdout);
}

static void
run_collected(Shell *shell)
{
  if (!dg_str_trim(dg_buf_str(&shell->text)).len) {
    dg_buf_reset(&shell->text);
    return;
  }
  dg_buf_reset(&shell->last);
  dg_buf_add(&shell->last, dg_buf_str(&shell->text));
  dg_buf_reset(&shell->text);
  if (shell->history) {
    HistEvent event;
    (void)history(shell->history, &event, H_ENTER, shell->last.data);
  }
  run_text(shell, dg_buf_str(&shell->last), NULL, 0);
}

/* Dot commands: one function each. */

static void
do_help(Shell *shell, DgStr rest);

static void
do_quit(Shell *shell, DgStr rest)
{
  (void)rest;
  shell->done = true;
}

static void
do_explain(Shell *shell, DgStr rest)
{
  bool *const profile = &shell->args->options.profile;
  *profile = dg_str_equal(rest, DG_STR("on"))    ? true
             : dg_str_equal(rest, DG_STR("off")) ? false
                                                 : !*profile;
  (void)fprintf(stderr, "plans are %s\n", *profile ? "shown" : "not shown");
}

static void
do_format(Shell *shell, DgStr rest)
{
  shell->args->format =
      rest.len ? dg_arena_copy(shell->args->arena, rest).ptr : NULL;
}

static void
do_save(Shell *shell, DgStr rest)
{
  DgDiag diag = DG_DIAG_INIT;
  DgOutput *out = NULL;
  const DgStr path = dg_arena_copy(shell->args->arena, rest);
  if (!rest.len || !shell->last.len) {
    dg_cli_error(".save FILE keeps the query that ran last");
    return;
  }
  DgStatus status = dg_output_open(path.ptr, &out, &diag);
  if (status == DG_OK) {
    dg_output_write(out, dg_buf_str(&shell->last));
    status = dg_output_commit(out, &diag);
  }
  report(shell, status, &diag);
}

static void
do_list(Shell *shell, DgStr rest)
{
  (void)rest;
  DgDiag diag = DG_DIAG_INIT;
  DgBuf out = DG_BUF_INIT;
  const DgStatus status = dg_saved_query_list(shell->args->arena, &out, &diag);
  (void)fputs(out.data ? out.data : "", stdout);
  dg_buf_clear(&out);
  report(shell, status, &diag);
}

/* .run NAME [PARAM=VALUE]... */
static void
do_run(Shell *shell, DgStr rest)
{
  DgArena *const arena = shell->args->arena;
  DgDiag diag = DG_DIAG_INIT;
  DgBuf text = DG_BUF_INIT;
  DgStr name;
  DgStr word;
  const char *path;
  DG_VEC(const char *) given = { 0 };
  if (!dg_str_cut(&rest, ' ', &name)) {
    dg_cli_error(".run NAME [PARAM=VALUE]...");
    return;
  }
  while (dg_str_cut(&rest, ' ', &word)) {
    const char **const slot = DG_VEC_ADD(arena, &given);
    if (slot) {
      *slot = dg_arena_copy(arena, word).ptr;
    }
  }
  DgParam *params = NULL;
  size_t n = 0;
  DgStatus status =
      dg_saved_query_find(arena, dg_arena_copy(arena, name).ptr, &path, &diag);
  status = status == DG_OK ? dg_io_read(path, 0, &text, &diag) : status;
  if (status == DG_OK) {
    status = dg_saved_query_params(arena, dg_buf_str(&text), given.items,
                                   given.n, &params, &n, &diag);
  }
  report(shell, status, &diag);
  if (status == DG_OK) {
    run_text(shell, dg_buf_str(&text), params, n);
  }
  dg_buf_clear(&text);
}

static const struct {
  const char *name;
  void (*run)(Shell *shell, DgStr rest);
  const char *help;
} commands[] = {
  { ".help", do_help, "this list" },
  { ".explain", do_explain, "[on|off]  show plans with actual rows and times" },
  { ".format", do_format, "FORMAT  table, csv, tsv, json, xml, md; ttl, nt" },
  { ".list", do_list, "saved queries" },
  { ".run", do_run, "NAME [PARAM=VALUE]...  a saved query" },
  { ".save", do_save, "FILE  keep the query that ran last" },
  { ".quit", do_quit, "leave, as Ctrl-D does" },
};

static void
do_help(Shell *shell, DgStr rest)
{
  (void)shell;
  (void)rest;
  (void)puts("A query ends with ';' or an empty line. Ctrl-C stops it.");
  for (size_t i = 0; i < sizeof commands / sizeof *commands; ++i) {
    (void)printf("  %-9s %s\n", commands[i].name, commands[i].help);
  }
}

static void
run_command(Shell *shell, DgStr line)
{
  DgStr name;
  (void)dg_str_cut(&line, ' ', &name);
  for (size_t i = 0; i < sizeof commands / sizeof *commands; ++i) {
    if (dg_str_equal(name, dg_str(commands[i].name))) {
      commands[i].run(shell, dg_str_trim(line));
      return;
    }
  }
  dg_cli_error("no command '%.*s'; .help lists them", (int)name.len, name.ptr);
}

static void
take_line(Shell *shell, DgStr line)
{
  if (!shell->text.len && line.len && line.ptr[0] == '.') {
    run_command(shell, line);
    return;
  }
  const bool ends = dg_str_ends(line, DG_STR(";"));
  dg_buf_add(&shell->text, ends ? dg_str_sub(line, 0, line.len - 1) : line);
  dg_buf_add_char(&shell->text, '\n');
  if (ends || !line.len) {
    run_collected(shell);
  }
}

static void
run_lines(Shell *shell)
{
  DgStr line;
  while (!shell->done && (line = read_line(shell)).ptr) {
    take_line(shell, line);
  }
  run_collected(shell);
}

static int
run(int argc, char **argv)
{
  DgSparqlArgs args;
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status = dg_sparql_args_read(argc, argv, &args);
  if (status != DG_OK || args.name || args.file || args.text) {
    dg_sparql_args_clear(&args);
    return dg_cli_usage(&dg_command_shell);
  }
  Shell shell = { .args = &args };
  args.options.limits.cancel = dg_sparql_args_interrupt();
  status = dg_sparql_args_open(&args, false, &shell.dataset, &diag);
  if (status == DG_OK) {
    if (isatty(STDIN_FILENO)) {
      open_editor(&shell);
    }
    run_lines(&shell);
    close_editor(&shell);
  } else {
    report(&shell, status, &diag);
  }
  dg_store_free(shell.dataset);
  dg_completion_clear(&shell.completion);
  dg_buf_clear(&shell.text);
  dg_buf_clear(&shell.last);
  dg_buf_clear(&shell.line);
  dg_sparql_args_clear(&args);
  return shell.status;
}

const DgCommand dg_command_shell = {
  "shell", "[OPTION...]", "Ask queries one after the other",
  "  --format FORMAT       as for query; .format changes it\n"
  "  --explain             show plans; .explain changes "
  "it\n" DG_SPARQL_ARGS_HELP,
  run
};
