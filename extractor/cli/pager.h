/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_PAGER_H
#define DG_CLI_PAGER_H

#include <stdbool.h>
#include <sys/types.h>

/** A program that shows standard output page by page. */
typedef struct {
  pid_t child; /**< 0: there is none */
  int before;  /**< what standard output was */
} DgPager;

/**
 * Where standard output is a terminal, send it through $PAGER, else `less`,
 * which ends by itself when all fits the screen. An empty PAGER, or "cat",
 * means none. @return whether there is one now.
 */
bool
dg_pager_start(DgPager *pager);

/** Wait for the reader to leave it, and give standard output back. */
void
dg_pager_end(DgPager *pager);

#endif
