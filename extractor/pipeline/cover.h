/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_COVER_H
#define DG_PIPELINE_COVER_H

#include "pipeline/extract.h"

/** Counts, over many articles, of what each rule matched and gave. */
typedef struct DgCover DgCover;

/** @param rules  Borrowed for the life of the counts. */
DgCover *
dg_cover_new(const DgRuleset *rules);

void
dg_cover_free(DgCover *cover);

/** Count one article; by any thread, in any order. */
DgStatus
dg_cover_add(DgCover *cover, const DgExtraction *x);

/**
 * Append a line for each rule that matched: matches held, outranked by another
 * rule, stopped by a condition, and used by a deal or relation; then the rules
 * that never matched, and how many had no article in their language.
 */
DgStatus
dg_cover_write(const DgCover *cover, DgBuf *out);

#endif
