/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RULES_WHYNOT_H
#define DG_RULES_WHYNOT_H

#include "rules/match.h"

/**
 * Say for each sentence of a text and each pattern of a rule how far it gets:
 * wrong language, no trigger word, a type that is missing, or the place where
 * the pattern stops and what it finds there.
 *
 * @param out  Readable lines are appended.
 */
DgStatus
dg_rules_whynot(const DgRuleset *rules, uint32_t rule, const DgLimits *limits,
                const DgText *text, const DgMentions *mentions, DgArena *arena,
                DgBuf *out);

#endif
