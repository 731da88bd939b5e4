/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_LIBRDF_NODE_H
#define DG_STORE_LIBRDF_NODE_H

#include "rdf/term.h"

#include <librdf.h>

/**
 * The term of a librdf node; null is DG_TERM_NONE. Its strings are the
 * node's, but for a language tag with capitals, which is in `arena`.
 * @return DG_BAD_INPUT for a node of no known kind.
 */
DgStatus
dg_librdf_term(librdf_node *node, DgArena *arena, DgTerm *term);

/** A new node, which the caller owns; null when it cannot be made. */
librdf_node *
dg_librdf_node(librdf_world *world, const DgTerm *term);

#endif
