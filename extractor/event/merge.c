/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event/event_p.h"

#include <stdlib.h>

/*
 * Two drafts are one deal when they are of one family, their core parties do
 * not disagree and at least one is shared, and neither amount, round nor date
 * contradicts. Then the fuller one takes over what the other adds.
 */

static bool
share_one(const DgRoleFill *a, const DgRoleFill *b)
{
  for (size_t i = 0; i < a->n; ++i) {
    if (dg_role_has(b, a->items[i])) {
      return true;
    }
  }
  return false;
}

/** Nothing on one side, or someone in common. */
static bool
agree(const DgRoleFill *a, const DgRoleFill *b)
{
  return !a->n || !b->n || share_one(a, b);
}

static bool
covers(const DgRoleFill *all, const DgRoleFill *part)
{
  for (size_t i = 0; i < part->n; ++i) {
    if (!dg_role_has(all, part->items[i])) {
      return false;
    }
  }
  return true;
}

static bool
money_agrees(bool has_a, const DgMoney *a, bool has_b, const DgMoney *b)
{
  return !has_a || !has_b || strcmp(a->currency, b->currency) != 0 ||
         dg_decimal_compare(a->value, b->value) == 0;
}

static bool
dates_agree(DgDate a, DgDate b)
{
  if (a.precision == DG_DATE_NONE || b.precision == DG_DATE_NONE) {
    return true;
  }
  /* A deal is told over some days: agreed on Friday, announced on Monday. */
  const int32_t slack = 31;
  return dg_date_first_day(a) <= dg_date_last_day(b) + slack &&
         dg_date_first_day(b) <= dg_date_last_day(a) + slack;
}

static bool
rounds_agree(DgStr a, DgStr b)
{
  return !a.ptr || !b.ptr || dg_str_equal(a, b);
}

static const DgRoleFill *
role(const DgDeal *deal, DgDealRole r)
{
  return &deal->roles[r];
}

static bool
acquisitions_agree(const DgDeal *a, const DgDeal *b)
{
  if (a->type == DG_DEAL_Merger && b->type == DG_DEAL_Merger) {
    return covers(role(a, DG_ROLE_PARTNER), role(b, DG_ROLE_PARTNER)) ||
           covers(role(b, DG_ROLE_PARTNER), role(a, DG_ROLE_PARTNER));
  }
  const bool same_target =
      share_one(role(a, DG_ROLE_TARGET), role(b, DG_ROLE_TARGET));
  return same_target &&
         agree(role(a, DG_ROLE_ACQUIRER), role(b, DG_ROLE_ACQUIRER)) &&
         agree(role(a, DG_ROLE_SELLER), role(b, DG_ROLE_SELLER));
}

/** A listing is open to all: what one investor takes is a deal of its own. */
static bool
is_listing_beside_stake(const DgDeal *a, const DgDeal *b)
{
  return a->type == DG_DEAL_FundingRound && b->type == DG_DEAL_Investment &&
         dg_str_equal(a->round, DG_STR("IPO"));
}

static bool
investments_agree(const DgDeal *a, const DgDeal *b)
{
  return !is_listing_beside_stake(a, b) && !is_listing_beside_stake(b, a) &&
         share_one(role(a, DG_ROLE_COMPANY), role(b, DG_ROLE_COMPANY)) &&
         agree(role(a, DG_ROLE_INVESTOR), role(b, DG_ROLE_INVESTOR)) &&
         rounds_agree(a->round, b->round);
}

static bool
partnerships_agree(const DgDeal *a, const DgDeal *b)
{
  return a->type == b->type &&
         (covers(role(a, DG_ROLE_PARTNER), role(b, DG_ROLE_PARTNER)) ||
          covers(role(b, DG_ROLE_PARTNER), role(a, DG_ROLE_PARTNER)));
}

static bool
launches_agree(const DgDeal *a, const DgDeal *b)
{
  return share_one(role(a, DG_ROLE_COMPANY), role(b, DG_ROLE_COMPANY)) &&
         a->n_products && b->n_products &&
         dg_str_equal(a->products[0], b->products[0]);
}

static bool
tell_the_same(const DgDeal *a, const DgDeal *b)
{
  const DgDealFamily family = dg_deal_family(a->type);
  if (family != dg_deal_family(b->type) ||
      !money_agrees(a->has_amount, &a->amount, b->has_amount, &b->amount) ||
      !dates_agree(a->date, b->date)) {
    return false;
  }
  switch (family) {
  case DG_FAMILY_ACQUISITION:
    return acquisitions_agree(a, b);
  case DG_FAMILY_INVESTMENT:
    return investments_agree(a, b);
  case DG_FAMILY_PARTNERSHIP:
    return partnerships_agree(a, b);
  default:
    return launches_agree(a, b);
  }
}

/* ---- which of two tells more, and the union of both ---- */

static size_t
fullness(const DgDraft *draft)
{
  const DgDeal *const deal = &draft->deal;
  size_t n = (size_t)deal->has_amount + deal->has_stake + deal->has_valuation;
  n += deal->round.ptr != NULL;
  for (size_t r = 0; r < DG_ROLE_COUNT; ++r) {
    n += deal->roles[r].n;
  }
  return n;
}

/** A bare headline says less surely how far a deal is than the text does. */
static bool
status_is_better(const DgDraft *a, const DgDraft *b)
{
  if (a->in_title != b->in_title && !(b->in_title ? b : a)->has_cue) {
    return !a->in_title;
  }
  if (a->deal.status > DG_DEAL_COMPLETED ||
      b->deal.status > DG_DEAL_COMPLETED) {
    return a->deal.status > b->deal.status;
  }
  if (a->has_cue != b->has_cue) {
    return a->has_cue;
  }
  return a->deal.status > b->deal.status;
}

static DgStatus
take_status(DgReading *reading, DgDraft *into, const DgDraft *from)
{
  if (status_is_better(from, into)) {
    into->deal.status = from->deal.status;
    into->deal.cue = from->deal.cue;
    into->has_cue = from->has_cue;
    into->deal.said_by = from->deal.said_by;
    return dg_step_add(reading, &into->deal.steps, DG_STEP_STATUS_TAKEN,
                       from->match,
                       dg_str(dg_deal_status_text(into->deal.status)));
  }
  return DG_OK;
}

static DgStatus
take_evidence(DgArena *arena, DgDeal *into, const DgDeal *from)
{
  const size_t n = into->n_evidence + from->n_evidence;
  DgEvidence *const all = DG_NEW_ARRAY(arena, DgEvidence, n);
  DG_TRY_PTR(all);
  for (size_t i = 0; i < into->n_evidence; ++i) {
    all[i] = into->evidence[i];
  }
  for (size_t i = 0; i < from->n_evidence; ++i) {
    all[into->n_evidence + i] = from->evidence[i];
  }
  into->evidence = all;
  into->n_evidence = n;
  return DG_OK;
}

static DgStatus
take_steps(DgArena *arena, DgSteps *into, const DgSteps *from)
{
  for (size_t i = 0; i < from->n; ++i) {
    DgStep *const step = DG_VEC_ADD(arena, into);
    DG_TRY_PTR(step);
    *step = from->items[i];
  }
  return DG_OK;
}

static DgStatus
take_products(DgArena *arena, DgDeal *into, const DgDeal *from)
{
  if (into->n_products || !from->n_products) {
    return DG_OK;
  }
  into->products = DG_NEW_ARRAY(arena, DgStr, from->n_products);
  DG_TRY_PTR(into->products);
  memcpy(into->products, from->products, from->n_products * sizeof(DgStr));
  into->n_products = from->n_products;
  return DG_OK;
}

static void
take_values(DgDraft *into, const DgDraft *from)
{
  DgDeal *const a = &into->deal;
  const DgDeal *const b = &from->deal;
  if (!a->has_amount && b->has_amount) {
    a->has_amount = true;
    a->amount = b->amount;
  }
  if (!a->has_stake && b->has_stake) {
    a->has_stake = true;
    a->stake = b->stake;
  }
  if (!a->has_valuation && b->has_valuation) {
    a->has_valuation = true;
    a->valuation = b->valuation;
  }
  if (!a->round.ptr) {
    a->round = b->round;
  }
  if (a->exclusive < 0) {
    a->exclusive = b->exclusive;
  }
  if (a->date.precision < b->date.precision && !from->in_title) {
    a->date = b->date;
  }
  if (a->type == DG_DEAL_Investment && b->type == DG_DEAL_FundingRound) {
    a->type = b->type;
  }
}

static DgStatus
absorb(DgReading *reading, DgDraft *into, DgDraft *from)
{
  for (size_t r = 0; r < DG_ROLE_COUNT; ++r) {
    const DgRoleFill *const fill = &from->deal.roles[r];
    for (size_t i = 0; i < fill->n; ++i) {
      DG_TRY(dg_role_add(reading->arena, &into->deal.roles[r], fill->items[i]));
    }
  }
  take_values(into, from);
  DG_TRY(take_steps(reading->arena, &into->deal.steps, &from->deal.steps));
  DG_TRY(take_status(reading, into, from));
  DG_TRY(take_products(reading->arena, &into->deal, &from->deal));
  DG_TRY(take_evidence(reading->arena, &into->deal, &from->deal));
  /* Told twice is surer, but not as sure as two sources. */
  const double more = into->deal.confidence > from->deal.confidence
                          ? into->deal.confidence
                          : from->deal.confidence;
  into->deal.confidence = more + (1 - more) * 0.3;
  from->dropped = true;
  return DG_OK;
}

/* ---- the incomplete ---- */

static bool
is_complete(const DgDeal *deal)
{
  switch (deal->type) {
  case DG_DEAL_Acquisition:
    return deal->roles[DG_ROLE_TARGET].n &&
           (deal->roles[DG_ROLE_ACQUIRER].n || deal->roles[DG_ROLE_SELLER].n);
  case DG_DEAL_Divestiture:
    return deal->roles[DG_ROLE_SELLER].n || deal->roles[DG_ROLE_TARGET].n;
  case DG_DEAL_Investment:
    return deal->roles[DG_ROLE_COMPANY].n && deal->roles[DG_ROLE_INVESTOR].n;
  case DG_DEAL_FundingRound:
    return deal->roles[DG_ROLE_COMPANY].n;
  case DG_DEAL_ProductLaunch:
    return deal->roles[DG_ROLE_COMPANY].n && deal->n_products;
  default:
    return deal->roles[DG_ROLE_PARTNER].n >= 2;
  }
}

static int
compare_fullness(const void *a, const void *b)
{
  const DgDraft *const x = *(DgDraft *const *)a;
  const DgDraft *const y = *(DgDraft *const *)b;
  const size_t n = fullness(x);
  const size_t m = fullness(y);
  if (n != m) {
    return n > m ? -1 : 1;
  }
  if (x->in_title != y->in_title) {
    return x->in_title ? 1 : -1; /* the text is better evidence */
  }
  return x->match < y->match ? -1 : x->match > y->match;
}

DgStatus
dg_drafts_merge(DgReading *reading)
{
  const size_t n = reading->drafts.n;
  DgDraft **const order = DG_NEW_ARRAY(reading->arena, DgDraft *, n + 1);
  DG_TRY_PTR(order);
  for (size_t i = 0; i < n; ++i) {
    order[i] = &reading->drafts.items[i];
  }
  qsort(order, n, sizeof(DgDraft *), compare_fullness);
  for (size_t i = 0; i < n; ++i) {
    for (size_t k = i + 1; k < n && !order[i]->dropped; ++k) {
      if (!order[k]->dropped &&
          tell_the_same(&order[i]->deal, &order[k]->deal)) {
        DG_TRY(absorb(reading, order[i], order[k]));
      }
    }
  }
  for (size_t i = 0; i < n; ++i) {
    DgDraft *const draft = &reading->drafts.items[i];
    if (!draft->dropped && !is_complete(&draft->deal)) {
      draft->dropped = true;
      DG_TRY(dg_step_add(reading, &reading->facts->dropped, DG_STEP_INCOMPLETE,
                         draft->match, DG_STR_NONE));
    }
  }
  return DG_OK;
}
