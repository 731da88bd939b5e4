/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event/event_p.h"

static void
move_role(DgDeal *deal, DgDealRole from, DgDealRole to)
{
  deal->roles[to] = deal->roles[from];
  deal->roles[from] = (DgRoleFill){ 0 };
}

static DgStatus
settle(DgReading *reading, DgDraft *draft)
{
  DgDeal *const deal = &draft->deal;
  const DgDealType type = deal->type;
  const DgDecimal half = dg_decimal_from_int(50);
  const bool control = dg_str_equal(
      dg_rule_setting(draft->rule, DG_STR("control")), DG_STR("yes"));
  if (draft->dropped || !deal->has_stake || control) {
    return DG_OK;
  }
  const bool minority = dg_decimal_compare(deal->stake, half) < 0;
  if (minority && deal->type == DG_DEAL_Acquisition &&
      deal->roles[DG_ROLE_ACQUIRER].n) {
    deal->type = DG_DEAL_Investment;
    move_role(deal, DG_ROLE_TARGET, DG_ROLE_COMPANY);
    move_role(deal, DG_ROLE_ACQUIRER, DG_ROLE_INVESTOR);
  } else if (!minority && deal->type == DG_DEAL_Investment) {
    deal->type = DG_DEAL_Acquisition;
    move_role(deal, DG_ROLE_COMPANY, DG_ROLE_TARGET);
    move_role(deal, DG_ROLE_INVESTOR, DG_ROLE_ACQUIRER);
  }
  return deal->type == type
             ? DG_OK
             : dg_step_add(reading, &deal->steps, DG_STEP_TYPE, NULL,
                           dg_str(dg_deal_type_text(type)));
}

DgStatus
dg_types_settle(DgReading *reading)
{
  for (size_t i = 0; i < reading->drafts.n; ++i) {
    DG_TRY(settle(reading, &reading->drafts.items[i]));
  }
  return DG_OK;
}
