/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RULES_LINT_H
#define DG_RULES_LINT_H

#include "rules/ruleset.h"

/** Told of each finding; `role` is what it is about, or empty. */
typedef void (*DgLintSink)(void *user, const char *finding, DgStr about);

/**
 * Look for what can be told from a rule without any sentence: an event or
 * relation without words that a sentence must have, a repeat within a repeat, a
 * condition on a role that no pattern fills, and a rule all of whose patterns
 * another one has that always outranks it. Gaps and repeats without an end are
 * refused when rules are read.
 */
void
dg_rule_lint(const DgRuleset *rules, uint32_t rule, DgLintSink sink,
             void *user);

#endif
