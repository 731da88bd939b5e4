/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_COMPLETION_H
#define DG_CLI_COMPLETION_H

#include "base/vec.h"
#include "store/dataset.h"

/** Words that a query is typed with: keywords, prefixes, saved queries, and
 * the classes and properties of a dataset. */
typedef struct {
  DgArena *arena;
  DG_VEC(DgStr) words;
} DgCompletion;

/**
 * @param dataset  Looked through for a second at most; what is found by then
 *                 can be completed.
 */
DgStatus
dg_completion_init(DgCompletion *completion, DgDataset *dataset);

void
dg_completion_clear(DgCompletion *completion);

/** The word that the cursor, at the end of `line`, is in or after. */
DgStr
dg_completion_word(DgStr line);

/**
 * How all words that begin with `start`, in any case, go on: as far as they
 * agree. `list` gets these words, a blank after each.
 * @return absent when there is no such word.
 */
DgStr
dg_completion_find(const DgCompletion *completion, DgStr start, DgBuf *list);

#endif
