/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event/event_p.h"

/* A rule that tells a plan or an end gives way only to cues of this priority
 * or more: a rumour or a denial, but no perfect tense. */
enum { SETTLED = 50 };

static bool
allows_type(const DgRule *rule, DgDealType type)
{
  for (size_t i = 0; i < rule->n_types; ++i) {
    if (dg_str_equal(rule->types[i], dg_str(dg_deal_type_text(type)))) {
      return true;
    }
  }
  return rule->n_types == 0;
}

/** True when the cue's reach covers the trigger of the draft. */
static bool
reaches(const DgMatch *cue, const DgDraft *draft)
{
  return cue->sentence == draft->match->sentence &&
         cue->reach_first < draft->match->trigger_end &&
         cue->reach_end > draft->match->trigger_first;
}

static uint32_t
cue_distance(const DgMatch *cue, const DgMatch *match)
{
  if (cue->end <= match->trigger_first) {
    return match->trigger_first - cue->end;
  }
  return cue->first >= match->trigger_end ? cue->first - match->trigger_end : 0;
}

/** A cue that sets the status: higher priority first, then nearer, then id. */
static bool
outranks(const DgReading *reading, const DgMatch *a, const DgMatch *b,
         const DgMatch *target)
{
  const int x = dg_ruleset_rule(reading->rules, a->rule)->priority;
  const int y = dg_ruleset_rule(reading->rules, b->rule)->priority;
  if (x != y) {
    return x > y;
  }
  const uint32_t near_a = cue_distance(a, target);
  const uint32_t near_b = cue_distance(b, target);
  return near_a != near_b ? near_a < near_b : a->rule < b->rule;
}

static DgStatus
apply_cue(DgReading *reading, DgDraft *draft, const DgMatch *cue)
{
  const DgRule *const rule = dg_ruleset_rule(reading->rules, cue->rule);
  const int status =
      dg_deal_status_named(dg_rule_setting(rule, DG_STR("status")));
  if (status >= 0) {
    draft->deal.status = (DgDealStatus)status;
    draft->deal.cue = dg_text_of(reading->facts->text, cue->first, cue->end);
    draft->has_cue = true;
    DG_TRY(dg_step_add(reading, &draft->deal.steps, DG_STEP_STATUS_CUE, cue,
                       dg_str(dg_deal_status_text(draft->deal.status))));
  }
  for (size_t c = 0; c < cue->n_captures; ++c) {
    DG_TRY(dg_draft_fill(reading, draft, cue, &cue->captures[c]));
  }
  return DG_OK;
}

/** There is no such deal: a cue says so. */
static DgStatus
drop(DgReading *reading, DgDraft *draft, const DgMatch *cue)
{
  DgSteps *const dropped = &reading->facts->dropped;
  const DgStr words = dg_text_of(reading->facts->text, cue->first, cue->end);
  draft->dropped = true;
  DG_TRY(dg_step_add(reading, dropped, DG_STEP_NEGATED, draft->match, words));
  return dg_step_add(reading, dropped, DG_STEP_STATUS_CUE, cue, words);
}

static DgStatus
apply_to_draft(DgReading *reading, DgDraft *draft)
{
  const DgMatch *best = NULL;
  const DgStr own = dg_rule_setting(draft->rule, DG_STR("status"));
  const bool settled = own.ptr && !dg_str_equal(own, DG_STR("announced")) &&
                       !dg_str_equal(own, DG_STR("completed"));
  const int least = settled ? SETTLED : 0;
  for (size_t i = 0; i < reading->matches->n; ++i) {
    const DgMatch *const cue = &reading->matches->items[i];
    const DgRule *const rule = dg_ruleset_rule(reading->rules, cue->rule);
    if (rule->kind != DG_RULE_CONTEXT || cue->fate != DG_MATCH_HELD ||
        !reaches(cue, draft) || !allows_type(rule, draft->deal.type)) {
      continue;
    }
    if (dg_str_equal(dg_rule_setting(rule, DG_STR("polarity")),
                     DG_STR("neg"))) {
      return drop(reading, draft, cue);
    }
    if (!dg_rule_setting(rule, DG_STR("status")).ptr) {
      DG_TRY(apply_cue(reading, draft, cue));
    } else if (rule->priority >= least &&
               (!best || outranks(reading, cue, best, draft->match))) {
      best = cue;
    }
  }
  return best ? apply_cue(reading, draft, best) : DG_OK;
}

DgStatus
dg_contexts_apply(DgReading *reading)
{
  for (size_t i = 0; i < reading->drafts.n; ++i) {
    DgDraft *const draft = &reading->drafts.items[i];
    if (!draft->dropped) {
      DG_TRY(apply_to_draft(reading, draft));
    }
  }
  return DG_OK;
}
