/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_EXPLAIN_P_H
#define DG_PIPELINE_EXPLAIN_P_H

/* What the formats of an explanation share. */

#include "pipeline/explain.h"

typedef struct {
  const DgRuleset *rules;
  const DgExtraction *x;
  bool colour;
  DgBuf *out;
} DgExplain;

/** One match that tells a deal, with the steps that followed from it. */
typedef struct {
  const DgMatch *match;
  const DgRule *rule;
  const DgStep *steps; /**< [n_steps] without the READ itself */
  size_t n_steps;
} DgTelling;

/** What a cue or another match is to a telling. */
typedef enum {
  DG_REF_NONE,
  DG_REF_APPLIED,    /**< cue: decided, or gave a part */
  DG_REF_OTHER_TYPE, /**< cue: not for deals of this type */
  DG_REF_NOT_BEST,   /**< cue: another one decided */
  DG_REF_VOID,       /**< cue: a pseudo-cue or condition voids it */
  DG_REF_OUTRANKED,  /**< match: lost to this one */
  DG_REF_GUARDED,    /**< match: a condition of its rule failed */
  DG_REF_DROPPED     /**< match: held, but what it was merged into was not */
} DgRef;

/** "applied", "other-type", "not-best", "void", "outranked", "guarded",
 * "dropped". */
const char *
dg_explain_ref_text(DgRef ref);

const DgMatch *
dg_explain_match(const DgExplain *e, uint32_t index);

const DgRule *
dg_explain_rule(const DgExplain *e, const DgMatch *match);

/** The words of a match. */
DgStr
dg_explain_words(const DgExplain *e, const DgMatch *match);

/**
 * The next telling of a deal.
 * @param at  Starts at 0; moved on.
 * @return false after the last.
 */
bool
dg_explain_next(const DgExplain *e, const DgSteps *steps, size_t *at,
                DgTelling *telling);

/** What match `index` is to a telling, as a cue. */
DgRef
dg_explain_cue(const DgExplain *e, const DgTelling *telling, uint32_t index);

/** What match `index` is to a match, as one of the same kind that lost. */
DgRef
dg_explain_loser(const DgExplain *e, const DgMatch *match, uint32_t index);

/**
 * Why match `index`, of an event rule, gave no deal.
 * @param step  Set when it was held but dropped later, else null.
 * @return NONE for one that tells a deal, or that an explained deal lists as
 *         a loser; APPLIED with `step` for one that was dropped.
 */
DgRef
dg_explain_no_deal(const DgExplain *e, uint32_t index, const DgStep **step);

/** The rule whose cue denies a telling; `step` is its NEGATED. */
const DgRule *
dg_explain_denier(const DgExplain *e, const DgStep *step);

/** Whether `match` gave `what` to the deal. */
bool
dg_explain_gave(const DgTelling *telling, const DgMatch *match, DgStr what,
                const DgExplain *e);

/** A value as "EUR 15000000", "51 %", "2024-03", with its qualifier. */
void
dg_explain_value(const DgValue *value, DgBuf *out);

/** The conditions of a rule, as it states them. */
void
dg_explain_guards(const DgRule *rule, DgBuf *out);

/** What a step that set the status means, in words; null for other steps. */
const char *
dg_explain_status(DgStepKind kind);

/** Code points before byte `at`. */
size_t
dg_explain_chars(const DgExplain *e, size_t at);

/** True for a character that may change how others are shown. */
bool
dg_explain_is_control(uint32_t code);

/** Append `s` for a terminal: blanks for line ends, U+FFFD for controls. */
void
dg_explain_clean(DgStr s, DgBuf *out);

/** The part of the text that is about one deal. */
void
dg_explain_deal_text(const DgExplain *e, size_t deal);

/** The part about matches that gave no deal. */
void
dg_explain_no_deals_text(const DgExplain *e);

#endif
