/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/cli.h"

#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const DgCommand *const commands[] = {
#define COMMAND_ADDRESS(name) &dg_command_##name,
  DG_COMMANDS(COMMAND_ADDRESS)
#undef COMMAND_ADDRESS
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const DgCommand *
find_command(const char *name)
{
  for (size_t i = 0; i < COMMAND_COUNT; ++i) {
    if (!strcmp(commands[i]->name, name)) {
      return commands[i];
    }
  }
  return NULL;
}

void
dg_cli_report(const DgDiag *diag)
{
  DgBuf text = DG_BUF_INIT;
  dg_diag_print(diag, &text);
  (void)fprintf(stderr, "dealgraph: %s", text.data ? text.data : "\n");
  dg_buf_clear(&text);
}

void
dg_cli_error(const char *format, ...)
{
  va_list args;
  va_start(args, format);
  (void)fputs("dealgraph: ", stderr);
  (void)vfprintf(stderr, format, args);
  (void)fputc('\n', stderr);
  va_end(args);
}

int
dg_cli_usage(const DgCommand *command)
{
  (void)fprintf(stderr, "usage: dealgraph %s %s\n%s", command->name,
                command->synopsis, command->details);
  return DG_EXIT_USAGE;
}

int
dg_cli_exit(DgStatus status)
{
  switch (status) {
  case DG_OK:
    return DG_EXIT_FINE;
  case DG_USAGE:
    return DG_EXIT_USAGE;
  case DG_BAD_QUERY:
    return DG_EXIT_QUERY;
  case DG_VIOLATION:
    return DG_EXIT_VIOLATIONS;
  case DG_LIMIT:
    return DG_EXIT_LIMIT;
  default:
    return DG_EXIT_FAILED;
  }
}

/* Folder of the running program, or null. */
static char *
program_folder(void)
{
  char *const path = realpath("/proc/self/exe", NULL);
  char *const slash = path ? strrchr(path, '/') : NULL;
  if (slash) {
    *slash = '\0';
  }
  return path;
}

/* folder, middle and name in one, or null when nothing is there. */
static char *
existing(const char *folder, const char *middle, const char *name)
{
  DgBuf path = DG_BUF_INIT;
  if (folder && *folder) {
    dg_buf_printf(&path, "%s%s/%s", folder, middle, name);
  }
  if (path.data && access(path.data, R_OK)) {
    dg_buf_clear(&path);
  }
  return path.data;
}

char *
dg_cli_data(const char *name)
{
  const char *const given = getenv("DEALGRAPH_DATA");
  char *const program = program_folder();
  const struct {
    const char *folder;
    const char *middle;
  } places[] = { { given, "" },
                 { given, "/.." },
                 { program, "/data" },
                 { program, "" },
                 { DG_DATA_FOLDER, "" } };
  char *path = NULL;
  for (size_t i = 0; !path && i < sizeof places / sizeof *places; ++i) {
    path = existing(places[i].folder, places[i].middle, name);
  }
  free(program);
  if (!path) {
    DgBuf installed = DG_BUF_INIT;
    dg_buf_printf(&installed, "%s/%s", DG_DATA_FOLDER, name);
    path = installed.data;
  }
  return path;
}

static int
run_help(int argc, char **argv)
{
  const DgCommand *const command = argc > 1 ? find_command(argv[1]) : NULL;
  if (argc > 1 && !command) {
    dg_cli_error("no command '%s'; 'dealgraph help' lists them", argv[1]);
    return DG_EXIT_USAGE;
  }
  if (command) {
    (void)printf("usage: dealgraph %s %s\n\n%s\n\n%s", command->name,
                 command->synopsis, command->summary, command->details);
    return DG_EXIT_FINE;
  }
  (void)puts("dealgraph: news articles into a graph of deals\n\n"
             "usage: dealgraph COMMAND [OPTION...] [ARGUMENT...]\n");
  for (size_t i = 0; i < COMMAND_COUNT; ++i) {
    (void)printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
  }
  (void)puts("\n'dealgraph help COMMAND' says more. Exit status: 0 fine, 1 "
             "failed, 2 usage,\n3 query rejected, 4 violations, 5 some inputs "
             "failed, 6 limit reached.");
  return DG_EXIT_FINE;
}

const DgCommand dg_command_help = { "help", "[COMMAND]",
                                    "Say what the commands do", "", run_help };

static int
run_version(int argc, char **argv)
{
  (void)argc;
  (void)argv;
  (void)puts(PACKAGE_STRING);
  return DG_EXIT_FINE;
}

const DgCommand dg_command_version = { "version", "", "Print the version", "",
                                       run_version };

int
main(int argc, char **argv)
{
  if (argc < 2) {
    (void)run_help(1, argv);
    return DG_EXIT_USAGE;
  }
  const char *name = argv[1];
  if (!strcmp(name, "--help") || !strcmp(name, "-h")) {
    name = "help";
  } else if (!strcmp(name, "--version") || !strcmp(name, "-V")) {
    name = "version";
  }
  const DgCommand *const command = find_command(name);
  if (!command) {
    dg_cli_error("no command '%s'; 'dealgraph help' lists them", name);
    return DG_EXIT_USAGE;
  }
  if (argc > 2 && !strcmp(argv[2], "--help")) {
    char *help[] = { argv[0], argv[1], NULL };
    return run_help(2, help);
  }
  int status = command->run(argc - 1, argv + 1);
  if (fflush(stdout) && status == DG_EXIT_FINE) {
    dg_cli_error("cannot write to standard output");
    status = DG_EXIT_FAILED;
  }
  return status;
}
