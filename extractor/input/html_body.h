/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_HTML_BODY_H
#define DG_INPUT_HTML_BODY_H

#include "input/html_pieces.h"

/**
 * Find the article among the pieces of a page.
 *
 * The idea: each piece speaks for or against being article text by its length,
 * its share of link text and the elements around it; the article is the
 * subtree in which the sum of these values is greatest, less the parts in it
 * whose makers named them otherwise. The cost is linear in the nodes.
 *
 * @param picked  [*n] indices of pieces in order; in `arena`.
 */
DgStatus
dg_html_find_body(DgHtmlPage *page, DgArena *arena, uint32_t **picked,
                  size_t *n);

#endif
