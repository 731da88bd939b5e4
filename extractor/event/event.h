/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_EVENT_EVENT_H
#define DG_EVENT_EVENT_H

#include "event/facts.h"
#include "rules/match.h"

/**
 * From the places where rules fit to the deals that an article tells:
 * captures fill roles, attribute rules add parts told nearby, context rules
 * set the status, dates are looked up in the sentence, and deals told twice
 * become one.
 *
 * @param facts  `document`, `text`, `values`, `mentions` and `entities` are
 *               set; deals and relations are filled in, in `arena`. A name
 *               that fills a company's role becomes a company. What is beyond
 *               `limits->deals` is left out and counted in `beyond_limit`.
 */
DgStatus
dg_events_read(const DgRuleset *rules, const DgMatches *matches,
               const DgLimits *limits, DgArena *arena, DgFacts *facts);

/** Role and attribute names that rules may capture, for `rules check`. */
bool
dg_event_takes(DgStr role);

#endif
