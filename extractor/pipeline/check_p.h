/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_CHECK_P_H
#define DG_PIPELINE_CHECK_P_H

/* For this room only: how a check shows what it found. */

#include "pipeline/check.h"

/** Append a line for each deal and relation, or that there is none. */
void
dg_check_write_found(const DgFacts *facts, DgBuf *out);

/** True when `relation` is of the parties that `expect` names. */
bool
dg_check_relation_meets(const DgExpect *expect, const DgFacts *facts,
                        const DgRelation *relation);

/**
 * Append the sentence of an example and a line below it that marks what the
 * rule took: "~" its matches, "^" their triggers; where it took nothing, what
 * the rules that gave the facts took.
 *
 * @param rule  Its index.
 */
void
dg_check_write_sentence(const DgRuleExample *example, uint32_t rule,
                        const DgExtraction *x, DgBuf *out);

/**
 * Append a table of what an example expects and of the fact that comes nearest
 * to it, a row for each member, "!" before those that differ; then the other
 * facts.
 */
void
dg_check_write_table(const DgExpect *expect, const DgRule *rule,
                     const DgFacts *facts, DgBuf *out);

#endif
