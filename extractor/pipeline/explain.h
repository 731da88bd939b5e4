/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_EXPLAIN_H
#define DG_PIPELINE_EXPLAIN_H

#include "pipeline/extract.h"

/**
 * Say how the deals of one article came about: for each telling the rule, the
 * sentence with what matched, the captures and whom they stand for, the cues
 * that reach it, the matches that lost to it, where the status comes from and
 * what other rules added; then the matches that gave no deal.
 *
 * Text and HTML show no control or direction-changing character of an article
 * as such, so that none can play with a terminal or a page.
 */

/** @param colour  Highlight by terminal colours, else "[match *trigger*]". */
DgStatus
dg_explain_text(const DgRuleset *rules, const DgExtraction *x, bool colour,
                DgBuf *out);

/** One object, one line, newline included; offsets in code points. */
DgStatus
dg_explain_json(const DgRuleset *rules, const DgExtraction *x, DgBuf *out);

/** The page around the articles; nothing in it comes from elsewhere. */
void
dg_explain_html_begin(DgBuf *out);

void
dg_explain_html_end(DgBuf *out);

/**
 * A section of the page: the deals, with links to their sentences, and all of
 * the text with mentions and matches marked.
 * @param number  Sets the anchors of one article apart from another's.
 */
DgStatus
dg_explain_html(const DgRuleset *rules, const DgExtraction *x, size_t number,
                DgBuf *out);

#endif
