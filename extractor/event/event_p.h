/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_EVENT_EVENT_P_H
#define DG_EVENT_EVENT_P_H

/* For this room only: a deal in the making. */

#include "base/vec.h"
#include "event/event.h"

/** A deal as one match tells it. */
typedef struct {
  DgDeal deal;
  const DgMatch *match;
  const DgRule *rule;
  bool in_title;
  bool has_cue;          /**< a context rule decided the status */
  bool dropped;          /**< negated, or merged into another */
  uint32_t date_mention; /**< that gave the date, or DG_NO_INDEX */
  DgStr asset; /**< common words for what is sold: "l'usine de Calais" */
} DgDraft;

typedef DG_VEC(DgDraft) DgDrafts;

/** All that the steps of reading share. */
typedef struct {
  const DgRuleset *rules;
  const DgMatches *matches;
  DgArena *arena;
  DgFacts *facts;
  size_t limit; /**< of drafts, and of relations */
  DgDrafts drafts;
  bool *used;   /**< [mentions.n] taken by a role or attribute */
  bool *barred; /**< [mentions.n] no date or amount of a deal */
} DgReading;

/** Put one capture of a match into a deal. */
DgStatus
dg_draft_fill(DgReading *reading, DgDraft *draft, const DgMatch *match,
              const DgCapture *capture);

/** Note a step of `draft`; `match` may be null. */
DgStatus
dg_step_add(DgReading *reading, DgSteps *steps, DgStepKind kind,
            const DgMatch *match, DgStr what);

/** Make an actor of the draft's asset, its target; once the owner is known. */
DgStatus
dg_draft_name_asset(DgReading *reading, DgDraft *draft);

/** Index of the first mention of a sentence, or of a later one. */
size_t
dg_mentions_from(const DgMentions *mentions, uint32_t sentence);

/** Add an entity to a role, once, in order of first mention. */
DgStatus
dg_role_add(DgArena *arena, DgRoleFill *fill, uint32_t entity);

bool
dg_role_has(const DgRoleFill *fill, uint32_t entity);

/** Let attribute rules add to the drafts. */
DgStatus
dg_attributes_apply(DgReading *reading);

/** Give drafts without a date the date that their sentence tells. */
DgStatus
dg_dates_apply(DgReading *reading);

/** Let context rules set status, source and polarity of the drafts. */
DgStatus
dg_contexts_apply(DgReading *reading);

/**
 * Give drafts whose rule says "set elided ROLE" and that lack it the other
 * party of the nearest deal told shortly before between two, of which the
 * draft has one: "Le contrat prévoit un apport de ce dernier." With "set same
 * ROLE" it is the role as the nearest deal of the family fills it: "Un fonds
 * étudie lui aussi une offre."
 */
DgStatus
dg_elisions_fill(DgReading *reading);

/**
 * A stake below half is an Investment, one of half or more an Acquisition,
 * whatever verb tells it; unless a rule says "set control yes" (the last 40 %
 * of a company already held).
 */
DgStatus
dg_types_settle(DgReading *reading);

/** Make one of drafts that tell the same deal; drop the incomplete. */
DgStatus
dg_drafts_merge(DgReading *reading);

#endif
