/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/pager.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
run_child(const int ends[2], const char *command)
{
  (void)dup2(ends[0], STDIN_FILENO);
  (void)close(ends[0]);
  (void)close(ends[1]);
  /* One screen: no paging. Colours pass. The text stays on the screen. */
  (void)setenv("LESS", "FRX", 0);
  (void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
  _exit(127);
}

bool
dg_pager_start(DgPager *pager)
{
  const char *command = getenv("PAGER");
  command = command ? command : "less || cat";
  int ends[2];
  pager->child = 0;
  if (!isatty(STDOUT_FILENO) || !*command || !strcmp(command, "cat") ||
      pipe(ends)) {
    return false;
  }
  (void)fflush(stdout);
  pager->before = dup(STDOUT_FILENO);
  pager->child = pager->before < 0 ? -1 : fork();
  if (!pager->child) {
    run_child(ends, command);
  }
  (void)close(ends[0]);
  if (pager->child < 0 || dup2(ends[1], STDOUT_FILENO) < 0) {
    pager->child = 0;
  }
  (void)close(ends[1]);
  /* Who leaves the pager has seen enough: that is no failure. */
  (void)signal(SIGPIPE, SIG_DFL);
  return pager->child != 0;
}

void
dg_pager_end(DgPager *pager)
{
  if (pager->child > 0) {
    (void)fflush(stdout);
    (void)dup2(pager->before, STDOUT_FILENO);
    (void)close(pager->before);
    while (waitpid(pager->child, NULL, 0) < 0 && errno == EINTR) {
    }
    pager->child = 0;
  }
}
