/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_MERGE_REDIRECT_H
#define DG_MERGE_REDIRECT_H

#include "base/vec.h"
#include "store/dataset.h"

/** An actor that a newer lexicon gives another IRI. */
typedef struct {
  DgStr from;
  DgStr into;
  DgStr name; /**< the name that both have */
} DgRedirect;

typedef DG_VEC(DgRedirect) DgRedirects;

/**
 * Compare a graph as it stands with the quads that are to replace it, inside a
 * write. An actor of the graph that the quads do not have, and one of the
 * quads that the graph does not have, are the same when they share a name that
 * no other new one has.
 *
 * @param quads  [n]
 * @param arena  Takes the strings of what is appended to `redirects`.
 */
DgStatus
dg_redirects_find(DgDataset *set, const DgTerm *graph, const DgQuad *quads,
                  size_t n, DgArena *arena, DgRedirects *redirects);

/** Keep those whose old IRI no graph names any more, each once. */
DgStatus
dg_redirects_settle(DgDataset *set, DgRedirects *redirects);

#endif
