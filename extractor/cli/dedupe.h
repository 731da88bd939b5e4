/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_DEDUPE_H
#define DG_CLI_DEDUPE_H

#include "base/vec.h"
#include "input/copies.h"
#include "rdf/term.h"

/** What is done about articles that tell the same story as an earlier one. */
typedef enum {
  DG_DEDUPE_LINK, /**< say so */
  DG_DEDUPE_SKIP, /**< leave them out */
  DG_DEDUPE_NONE
} DgDedupeMode;

/** The articles so far, and which are copies. */
typedef struct {
  DgDedupeMode mode;
  DgCopies *copies; /**< null for DG_DEDUPE_NONE */
  DgArena *arena;
  DG_VEC(DgStr) names; /**< [dg_copies_count] id or IRI of each */
  size_t found;        /**< copies among what was taken */
  bool full;           /**< there were more than can be remembered */
} DgDedupe;

/** Read "none", "link" or "skip". @return false after a message. */
bool
dg_dedupe_option(const char *text, DgDedupeMode *mode);

DgStatus
dg_dedupe_open(DgDedupe *dedupe, DgDedupeMode mode, size_t max);

void
dg_dedupe_close(DgDedupe *dedupe);

/**
 * Take an article and remember it, but a copy that is to be skipped.
 * @param name      Copied.
 * @param earliest  Set to the name of the first article of the story, or to
 *                  none; good until dg_dedupe_close.
 */
DgStatus
dg_dedupe_take(DgDedupe *dedupe, const DgPrint *print, DgStr name,
               DgStr *earliest);

/**
 * A quad for each copy: what it is a copy of, which is the article published
 * first, of several the one with the least IRI. The names must be IRIs.
 */
DgStatus
dg_dedupe_links(DgDedupe *dedupe, const DgQuadSink *sink);

/** The graph that holds these quads and nothing else. */
#define DG_DEDUPE_GRAPH "https://dealgraph.org/id/graph/copies"

#endif
