/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event/event_p.h"

/* A date further than this from the trigger dates something else. */
enum { DATE_REACH = 30 };

/* Days after which a deal that was only told of is taken as done. */
enum { DONE_AFTER = 180 };

static bool
applies_to(const DgRule *rule, const DgDeal *deal)
{
  for (size_t i = 0; i < rule->n_types; ++i) {
    if (dg_str_equal(rule->types[i], dg_str(dg_deal_type_text(deal->type)))) {
      return true;
    }
  }
  return rule->n_types == 0;
}

static uint32_t
distance(const DgMatch *a, const DgMatch *b)
{
  if (a->end <= b->first) {
    return b->first - a->end;
  }
  return b->end <= a->first ? a->first - b->end : 0;
}

static bool
takes_part(const DgDeal *deal, uint32_t entity)
{
  for (size_t r = 0; r < DG_ROLE_COUNT; ++r) {
    if (dg_role_has(&deal->roles[r], entity)) {
      return true;
    }
  }
  return false;
}

/**
 * True when the sentence of a match names, before it, an actor that the deal
 * does not know: it is about another deal ("eLichens comes second, with ...").
 */
static bool
changes_topic(const DgReading *reading, const DgDraft *draft,
              const DgMatch *match)
{
  const DgMentions *const mentions = &reading->facts->mentions;
  for (size_t m = dg_mentions_from(mentions, match->sentence);
       m < mentions->n && mentions->items[m].first < match->first; ++m) {
    const DgMention *const mention = &mentions->items[m];
    if (mention->sentence == match->sentence &&
        mention->form == DG_MENTION_BY_NAME &&
        (mention->type == DG_MENTION_ORG || mention->type == DG_MENTION_NAME) &&
        !takes_part(&draft->deal, mention->entity)) {
      return true;
    }
  }
  return false;
}

/** First draft of a sentence or a later one: drafts are in their order. */
static size_t
drafts_from(const DgReading *reading, uint32_t sentence)
{
  size_t low = 0;
  size_t high = reading->drafts.n;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (reading->drafts.items[middle].match->sentence < sentence) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/**
 * The draft that an attribute belongs to: the nearest in its sentence, else
 * the last one in the sentences before that its scope allows.
 */
static DgDraft *
owner_of(DgReading *reading, const DgRule *rule, const DgMatch *match)
{
  DgDraft *best = NULL;
  const uint32_t sentence = match->sentence;
  const uint32_t earliest = sentence > rule->scope ? sentence - rule->scope : 0;
  for (size_t i = drafts_from(reading, earliest); i < reading->drafts.n; ++i) {
    DgDraft *const draft = &reading->drafts.items[i];
    if (draft->match->sentence > sentence) {
      break;
    }
    if (draft->dropped || !applies_to(rule, &draft->deal) ||
        (draft->in_title && draft->match->sentence != sentence)) {
      continue;
    }
    const bool here = draft->match->sentence == match->sentence;
    if (!here && changes_topic(reading, draft, match)) {
      continue;
    }
    const bool best_here = best && best->match->sentence == match->sentence;
    if (!best || (here && !best_here) ||
        (here &&
         distance(draft->match, match) < distance(best->match, match)) ||
        (!here && !best_here)) {
      best = draft;
    }
  }
  return best;
}

/** Bar first, so that no attribute takes what another rule says it is not. */
static DgStatus
bar_all(DgReading *reading)
{
  DgDraft nowhere = { 0 };
  for (size_t i = 0; i < reading->matches->n; ++i) {
    const DgMatch *const match = &reading->matches->items[i];
    const DgRule *const rule = dg_ruleset_rule(reading->rules, match->rule);
    for (size_t c = 0; rule->kind == DG_RULE_ATTRIBUTE &&
                       match->fate == DG_MATCH_HELD && c < match->n_captures;
         ++c) {
      if (dg_str_starts(match->captures[c].role, DG_STR("not_"))) {
        DG_TRY(dg_draft_fill(reading, &nowhere, match, &match->captures[c]));
      }
    }
  }
  return DG_OK;
}

static bool
is_barred(const DgReading *reading, const DgCapture *capture)
{
  if (dg_str_equal(capture->role, DG_STR("valuation"))) {
    return false; /* what is barred as an amount may well be this */
  }
  for (size_t i = 0; i < capture->n_mentions; ++i) {
    const uint32_t mention = capture->mentions[i];
    const DgMentionType type = reading->facts->mentions.items[mention].type;
    if (reading->barred[mention] ||
        (type == DG_MENTION_MONEY && reading->used[mention])) {
      return true;
    }
  }
  return false;
}

static DgStatus
apply_settings(DgReading *reading, const DgMatch *match, DgDraft *draft)
{
  const DgRule *const rule = dg_ruleset_rule(reading->rules, match->rule);
  DgSteps *const steps = &draft->deal.steps;
  const DgStr round = dg_rule_setting(rule, DG_STR("round"));
  if (round.ptr && !draft->deal.round.ptr) {
    draft->deal.round = round;
    DG_TRY(dg_step_add(reading, steps, DG_STEP_SET, match, DG_STR("round")));
  }
  const DgStr stake = dg_rule_setting(rule, DG_STR("stake"));
  if (stake.ptr && !draft->deal.has_stake) {
    draft->deal.has_stake = dg_decimal_read(stake, &draft->deal.stake) == DG_OK;
    DG_TRY(dg_step_add(reading, steps, DG_STEP_SET, match, DG_STR("stake")));
  }
  const DgStr exclusive = dg_rule_setting(rule, DG_STR("exclusive"));
  if (exclusive.ptr) {
    draft->deal.exclusive = dg_str_equal(exclusive, DG_STR("yes"));
    return dg_step_add(reading, steps, DG_STEP_SET, match, DG_STR("exclusive"));
  }
  return DG_OK;
}

DgStatus
dg_attributes_apply(DgReading *reading)
{
  DG_TRY(bar_all(reading));
  for (size_t i = 0; i < reading->matches->n; ++i) {
    const DgMatch *const match = &reading->matches->items[i];
    const DgRule *const rule = dg_ruleset_rule(reading->rules, match->rule);
    if (rule->kind != DG_RULE_ATTRIBUTE || match->fate != DG_MATCH_HELD) {
      continue;
    }
    DgDraft *const draft = owner_of(reading, rule, match);
    if (!draft) {
      continue;
    }
    DG_TRY(apply_settings(reading, match, draft));
    for (size_t c = 0; c < match->n_captures; ++c) {
      if (!is_barred(reading, &match->captures[c])) {
        DG_TRY(dg_draft_fill(reading, draft, match, &match->captures[c]));
      }
    }
  }
  return DG_OK;
}

/* ---- dates ---- */

static uint32_t
token_distance(const DgMention *mention, const DgMatch *match)
{
  if (mention->end <= match->trigger_first) {
    return match->trigger_first - mention->end;
  }
  return mention->first >= match->trigger_end
             ? mention->first - match->trigger_end
             : 0;
}

/** True when another deal of the sentence stands nearer to the date. */
static bool
belongs_elsewhere(const DgReading *reading, const DgDraft *draft,
                  const DgMention *mention)
{
  const uint32_t sentence = draft->match->sentence;
  for (size_t i = drafts_from(reading, sentence);
       i < reading->drafts.n &&
       reading->drafts.items[i].match->sentence == sentence;
       ++i) {
    const DgDraft *const other = &reading->drafts.items[i];
    if (other != draft && !other->dropped &&
        token_distance(mention, other->match) <
            token_distance(mention, draft->match)) {
      return true;
    }
  }
  return false;
}

static DgStatus
date_draft(DgReading *reading, DgDraft *draft)
{
  const DgMentions *const mentions = &reading->facts->mentions;
  uint32_t nearest = DATE_REACH + 1;
  const uint32_t sentence = draft->match->sentence;
  for (size_t m = dg_mentions_from(mentions, sentence);
       m < mentions->n && mentions->items[m].sentence == sentence; ++m) {
    const DgMention *const mention = &mentions->items[m];
    if (mention->type != DG_MENTION_DATE || reading->barred[m] ||
        mention->value >= reading->facts->n_values) {
      continue;
    }
    const uint32_t far = token_distance(mention, draft->match);
    if (far < nearest && !belongs_elsewhere(reading, draft, mention)) {
      nearest = far;
      draft->deal.date = reading->facts->values[mention->value].date;
      draft->date_mention = (uint32_t)m;
    }
  }
  if (nearest > DATE_REACH) {
    return DG_OK;
  }
  const DgMention *const mention = &mentions->items[draft->date_mention];
  return dg_step_add(
      reading, &draft->deal.steps, DG_STEP_DATE, NULL,
      dg_text_of(reading->facts->text, mention->first, mention->end));
}

/** A deal of years ago that no cue calls otherwise has been done. */
static DgStatus
settle_past(DgReading *reading, DgDraft *draft)
{
  const DgDate published = reading->facts->document->published;
  DgDeal *const deal = &draft->deal;
  if (deal->status == DG_DEAL_ANNOUNCED && !draft->has_cue &&
      published.precision != DG_DATE_NONE &&
      deal->date.precision != DG_DATE_NONE &&
      dg_date_first_day(deal->date) + DONE_AFTER <
          dg_date_first_day(published)) {
    deal->status = DG_DEAL_COMPLETED;
    return dg_step_add(reading, &deal->steps, DG_STEP_STATUS_PAST, NULL,
                       dg_str(dg_deal_status_text(deal->status)));
  }
  return DG_OK;
}

DgStatus
dg_dates_apply(DgReading *reading)
{
  for (size_t i = 0; i < reading->drafts.n; ++i) {
    DgDraft *const draft = &reading->drafts.items[i];
    if (!draft->dropped && draft->deal.date.precision == DG_DATE_NONE) {
      DG_TRY(date_draft(reading, draft));
    }
    DG_TRY(settle_past(reading, draft));
  }
  return DG_OK;
}
