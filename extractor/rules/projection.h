/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RULES_PROJECTION_H
#define DG_RULES_PROJECTION_H

#include "base/limits.h"
#include "rules/pattern.h"
#include "text/mention.h"

/**
 * A sentence as rules see it: each token in lower case, followed by a space; a
 * mention is one private-use code point, U+E000 + 256 * type + its number in
 * the sentence. The text starts with a space.
 *
 * A possessive ("its") and a description of several ("the two companies") are
 * mentions only to rules that name POSS or take ORGS, and words to all others.
 */
typedef struct {
  uint32_t *tokens;   /**< [n] index of its first token */
  uint32_t *ends;     /**< [n] one past its last token */
  uint32_t *mentions; /**< [n] index of its mention, or DG_NO_INDEX */
  uint32_t *codes;    /**< [n] its mention's code point */
  size_t n;
  size_t dropped;        /**< mentions beyond the limit, left as words */
  const DgText *source;  /**< what `tokens` points into */
  const DgMentions *all; /**< what `mentions` points into */
  DgStr text;            /**< set by dg_projection_write, absent before */
  uint32_t *offsets;     /**< [n + 1] byte of each projected token in `text` */
} DgProjection;

/**
 * Project a sentence.
 * @param asked  Of DG_TYPES_ASKED, those that are mentions here.
 * @param first_mention  First of the sentence's mentions in `mentions`.
 */
DgStatus
dg_projection_make(const DgText *text, const DgSentence *sentence,
                   const DgMentions *mentions, size_t first_mention,
                   uint32_t asked, const DgLimits *limits, DgArena *arena,
                   DgProjection *projection);

/**
 * The same without parentheses and appositions: "X, the maker of Y, buys Z"
 * gives "X buys Z". What opens an apposition is the word list `openers`, or a
 * description of an actor ("X, the company, buys Z").
 * @return DG_NO_MATCH when there is nothing to leave out.
 */
DgStatus
dg_projection_reduce(const DgProjection *full, const DgLex *openers,
                     DgArena *arena, DgProjection *reduced);

/** Write the text, when it is not written yet. */
DgStatus
dg_projection_write(DgProjection *projection, DgArena *arena);

/** Projected token at byte `offset`; n for the end. */
size_t
dg_projection_at(const DgProjection *projection, size_t offset);

#endif
