/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/merge_p.h"

#include <stdlib.h>

/* ---- whom a decision is about ---- */

/* Where a decision's deal is: known, in a group that is looked at or not. */
typedef struct {
  bool known;
  DgGroup *group; /* null when it is not looked at */
} Found;

static DgStatus
find_deal(DgMerge *merge, DgStr deal, Found *found)
{
  DgId id;
  DgUnit *unit = NULL;
  DG_TRY(dg_merge_id(merge, deal, &id));
  if (id != DG_ID_NONE) {
    DG_TRY(dg_merge_unit(merge, id, &unit));
  }
  found->known = unit != NULL;
  found->group =
      unit && unit->group != SIZE_MAX ? &merge->groups[unit->group] : NULL;
  return DG_OK;
}

/* "ARTICLE#BEGIN-END" */
typedef struct {
  DgStr article;
  uint64_t begin;
  uint64_t end;
} Anchor;

static bool
read_anchor(DgStr text, Anchor *anchor)
{
  size_t hash = text.len;
  while (hash && text.ptr[hash - 1] != '#') {
    --hash;
  }
  const size_t dash = dg_str_find(text, DG_STR("-"), hash);
  DgDecimal begin;
  DgDecimal end;
  if (!hash || dash == SIZE_MAX ||
      dg_decimal_read(dg_str_sub(text, hash, dash), &begin) != DG_OK ||
      dg_decimal_read(dg_str_sub(text, dash + 1, text.len), &end) != DG_OK) {
    return false;
  }
  *anchor = (Anchor){ dg_str_sub(text, 0, hash - 1),
                      (uint64_t)dg_decimal_to_double(begin),
                      (uint64_t)dg_decimal_to_double(end) };
  return true;
}

/* Whether a unit is told where the anchor is, or in the same words there. */
static bool
stands_at(const DgUnit *unit, const Anchor *anchor, DgStr quote)
{
  for (size_t i = 0; i < unit->tellings.n; ++i) {
    const DgTelling *const t = &unit->tellings.items[i];
    if (!dg_str_equal(t->article, anchor->article)) {
      continue;
    }
    for (size_t j = 0; j < t->passages.n; ++j) {
      const DgPassage *const p = &t->passages.items[j];
      if ((p->begin < anchor->end && anchor->begin < p->end) ||
          (quote.len && dg_str_equal(p->quote, quote))) {
        return true;
      }
    }
  }
  return false;
}

/* Rules have changed, or the article: the deal of the same kind in its place.
 */
static DgStatus
find_at(DgMerge *merge, const Anchor *anchor, DgStr quote, int type,
        Found *found)
{
  const DgTerm graph = dg_term_iri(anchor->article);
  DgToldStrings deals = { 0 };
  DG_TRY(dg_merge_deals_of(merge->set, &graph, merge->arena, &deals));
  for (size_t i = 0; i < deals.n && !found->known; ++i) {
    DgId id;
    DgUnit *unit;
    DG_TRY(dg_merge_id(merge, deals.items[i], &id));
    DG_TRY(dg_merge_unit(merge, id, &unit));
    if (unit && (type < 0 || unit->kin == dg_told_kin((DgToldType)type))) {
      DG_TRY(dg_merge_passages(merge, unit));
      if (stands_at(unit, anchor, quote)) {
        DG_TRY(find_deal(merge, unit->iri, found));
      }
    }
  }
  return DG_OK;
}

static int
type_of(const DgDecision *decision)
{
  return dg_told_find(dg_told_types, DG_TOLD_TYPE_COUNT,
                      dg_decision_get(decision, "type"));
}

static DgStatus
find_by_passages(DgMerge *merge, const DgDecision *decision, Found *found)
{
  const DgStr quote = dg_decision_get(decision, "quote");
  for (size_t i = 0; i < decision->fields.n && !found->known; ++i) {
    const DgField *const field = &decision->fields.items[i];
    Anchor anchor;
    if (dg_str_equal(field->name, DG_STR("at")) &&
        read_anchor(field->value, &anchor)) {
      DG_TRY(find_at(merge, &anchor, quote, type_of(decision), found));
    }
  }
  return DG_OK;
}

/* The parties that the decision's deal had, by role. */
static DgStatus
read_parties(DgMerge *merge, const DgDecision *decision, DgParties *roles,
             bool *any)
{
  for (size_t i = 0; i < decision->fields.n; ++i) {
    const DgField *const field = &decision->fields.items[i];
    if (!dg_str_starts(field->name, DG_STR("was."))) {
      continue;
    }
    const int role = dg_told_find(dg_told_roles, DG_TOLD_ROLE_COUNT,
                                  dg_str_sub(field->name, 4, field->name.len));
    if (role >= 0) {
      uint32_t actor;
      DG_TRY(dg_actors_number(merge->actors, field->value, &actor));
      actor = dg_actors_who(merge->actors, actor, DG_STR_NONE);
      DG_TRY(dg_parties_add(merge->arena, &roles[role], actor));
      *any = true;
    }
  }
  return DG_OK;
}

static bool
has_parties(const DgUnit *unit, const DgParties *roles)
{
  for (size_t r = 0; r < DG_TOLD_ROLE_COUNT; ++r) {
    const bool counts = r != DG_TOLD_investor && r != DG_TOLD_leadInvestor &&
                        r != DG_TOLD_seller;
    if (counts && (unit->roles[r].n != roles[r].n ||
                   !dg_parties_cover(&unit->roles[r], &roles[r]))) {
      return false;
    }
  }
  return true;
}

static bool
is_near(const DgUnit *unit, DgStr text)
{
  enum { DAYS = 60 };
  const DgDays days = dg_unit_days(unit);
  DgDate date;
  if (!days.known || dg_date_read(text, &date) != DG_OK) {
    return false;
  }
  return dg_date_first_day(date) <= days.last + DAYS &&
         days.first <= dg_date_last_day(date) + DAYS;
}

/*
 * The article is another now, or all of its words: deals of the same kind,
 * parties and time. All that fit are meant, so that it does not matter which
 * deals are looked at.
 */
static DgStatus
apply_by_parties(DgMerge *merge, const DgDecision *decision,
                 DgStatus (*put)(DgMerge *, DgGroup *, const DgDecision *),
                 bool *any)
{
  DgParties roles[DG_TOLD_ROLE_COUNT] = { 0 };
  const int type = type_of(decision);
  const DgStr date = dg_decision_get(decision, "was.date");
  bool has_roles = false;
  DG_TRY(read_parties(merge, decision, roles, &has_roles));
  for (size_t i = 0; has_roles && type >= 0 && i < merge->n_groups; ++i) {
    DgGroup *const group = &merge->groups[i];
    for (size_t j = 0; j < group->units.n; ++j) {
      const DgUnit *const unit = group->units.items[j];
      if (unit->kin == dg_told_kin((DgToldType)type) && is_near(unit, date) &&
          has_parties(unit, roles)) {
        DG_TRY(put(merge, group, decision));
        *any = true;
        break;
      }
    }
  }
  return DG_OK;
}

/* ---- edits ---- */

DgStatus
dg_told_money_read(DgStr text, DgToldMoney *money)
{
  static const char *const qualifiers[] = { "exact", "about", "more_than",
                                            "up_to" };
  *money = (DgToldMoney){ .qualifier = DG_STR("exact") };
  const size_t blank = dg_str_find(text, DG_STR(" "), 0);
  for (size_t i = 0; blank != SIZE_MAX && i < 4; ++i) {
    if (dg_str_equal(dg_str_sub(text, 0, blank), dg_str(qualifiers[i]))) {
      money->qualifier = dg_str(qualifiers[i]);
      text = dg_str_trim(dg_str_sub(text, blank, text.len));
      break;
    }
  }
  const size_t colon = dg_str_find(text, DG_STR(":"), 0);
  if (colon != SIZE_MAX) {
    money->currency = dg_str_sub(text, 0, colon);
    text = dg_str_sub(text, colon + 1, text.len);
    for (size_t i = 0; i < money->currency.len; ++i) {
      if (money->currency.ptr[i] < 'A' || money->currency.ptr[i] > 'Z') {
        return DG_BAD_INPUT;
      }
    }
    if (money->currency.len != 3) {
      return DG_BAD_INPUT;
    }
  }
  money->known = dg_decimal_read(text, &money->value) == DG_OK;
  return money->known && money->value.digits >= 0 ? DG_OK : DG_BAD_INPUT;
}

static void
take_out(DgParties *parties, uint32_t actor)
{
  size_t n = 0;
  for (size_t i = 0; i < parties->n; ++i) {
    if (parties->items[i] != actor) {
      parties->items[n++] = parties->items[i];
    }
  }
  parties->n = n;
}

static DgStatus
edit_role(DgMerge *merge, DgGroup *group, int role, const DgField *field,
          unsigned *cleared)
{
  DgParties *const parties = &group->roles[role];
  DgStr iri;
  DgStr name;
  uint32_t actor;
  if (field->op == '=' && !(*cleared & 1U << role)) {
    *cleared |= 1U << role; /* the first sets, further ones add */
    parties->n = 0;
  }
  dg_actor_cut(field->value, &iri, &name);
  if (!iri.len) {
    return DG_OK;
  }
  DG_TRY(dg_actors_number(merge->actors, iri, &actor));
  actor = dg_actors_who(merge->actors, actor, DG_STR_NONE);
  if (field->op == '-') {
    take_out(parties, actor);
    if (role == DG_TOLD_investor) {
      take_out(&group->roles[DG_TOLD_leadInvestor], actor);
    }
    return DG_OK;
  }
  if (role == DG_TOLD_leadInvestor) {
    DG_TRY(
        dg_parties_add(merge->arena, &group->roles[DG_TOLD_investor], actor));
  }
  return dg_parties_add(merge->arena, parties, actor);
}

static void
edit_money(DgGroup *group, DgStr value, DgToldMoney *money, DgDisagree bit)
{
  DgToldMoney read;
  group->disagrees &= ~(unsigned)bit;
  if (!value.len) {
    *money = (DgToldMoney){ 0 };
  } else if (dg_told_money_read(value, &read) == DG_OK) {
    *money = read;
  }
}

static void
edit_date(DgGroup *group, DgStr value)
{
  DgDate date = { 0 };
  group->disagrees &= ~(unsigned)DG_DISAGREE_DATE;
  if (!value.len || dg_date_read(value, &date) == DG_OK) {
    group->date = date;
    group->announced = (DgDate){ 0 };
  }
}

static void
edit_type(DgGroup *group, DgStr value)
{
  const int type = dg_told_find(dg_told_types, DG_TOLD_TYPE_COUNT, value);
  group->type = type < 0 ? group->type : (DgToldType)type;
}

static void
edit_status(DgGroup *group, DgStr value)
{
  const int status =
      dg_told_find(dg_told_statuses, DG_TOLD_STATUS_COUNT, value);
  group->status = status < 0 ? group->status : (DgToldStatus)status;
}

static DgStatus
edit_product(DgMerge *merge, DgGroup *group, const DgField *field)
{
  if (field->op == '=') {
    group->products.n = 0;
  }
  if (!field->value.len || field->op == '-') {
    return DG_OK;
  }
  DgStr *const slot = DG_VEC_ADD(merge->arena, &group->products);
  DG_TRY_PTR(slot);
  *slot = field->value;
  return DG_OK;
}

static DgStatus
edit_field(DgMerge *merge, DgGroup *group, DgStr name, const DgField *field,
           unsigned *cleared)
{
  const int role = dg_told_find(dg_told_roles, DG_TOLD_ROLE_COUNT, name);
  if (role >= 0) {
    return edit_role(merge, group, role, field, cleared);
  }
  if (dg_str_equal(name, DG_STR("amount"))) {
    edit_money(group, field->value, &group->amount, DG_DISAGREE_AMOUNT);
  } else if (dg_str_equal(name, DG_STR("valuation"))) {
    edit_money(group, field->value, &group->valuation, DG_DISAGREE_VALUATION);
  } else if (dg_str_equal(name, DG_STR("stake"))) {
    group->disagrees &= ~(unsigned)DG_DISAGREE_STAKE;
    group->has_stake = dg_decimal_read(field->value, &group->stake) == DG_OK;
  } else if (dg_str_equal(name, DG_STR("status"))) {
    edit_status(group, field->value);
  } else if (dg_str_equal(name, DG_STR("type"))) {
    edit_type(group, field->value);
  } else if (dg_str_equal(name, DG_STR("date"))) {
    edit_date(group, field->value);
  } else if (dg_str_equal(name, DG_STR("round"))) {
    group->round = field->value;
  } else if (dg_str_equal(name, DG_STR("exclusive"))) {
    group->exclusive =
        !field->value.len ? -1 : dg_str_equal(field->value, DG_STR("true"));
  } else if (dg_str_equal(name, DG_STR("product"))) {
    return edit_product(merge, group, field);
  }
  return DG_OK;
}

static DgStatus
edit(DgMerge *merge, DgGroup *group, const DgDecision *decision)
{
  unsigned cleared = 0;
  group->merged = true;
  group->edited = decision;
  for (size_t i = 0; i < decision->fields.n; ++i) {
    const DgField *const field = &decision->fields.items[i];
    if (dg_str_starts(field->name, DG_STR("set."))) {
      DG_TRY(edit_field(merge, group,
                        dg_str_sub(field->name, 4, field->name.len), field,
                        &cleared));
    }
  }
  return DG_OK;
}

static DgStatus
put(DgMerge *merge, DgGroup *group, const DgDecision *decision)
{
  if (decision->verb == DG_VERB_EDIT) {
    return edit(merge, group, decision);
  }
  const bool accepts = decision->verb == DG_VERB_ACCEPT;
  group->accepted = accepts ? decision : NULL;
  group->rejected = accepts ? NULL : decision;
  return DG_OK;
}

static DgStatus
apply(DgMerge *merge, const DgDecision *decision)
{
  Found found = { false, NULL };
  DG_TRY(find_deal(merge, dg_decision_get(decision, "deal"), &found));
  if (!found.known) {
    DG_TRY(find_by_passages(merge, decision, &found));
  }
  if (found.known) {
    return found.group ? put(merge, found.group, decision) : DG_OK;
  }
  bool any = false;
  DG_TRY(apply_by_parties(merge, decision, put, &any));
  if (!any && merge->all) {
    const DgDecision **const slot = DG_VEC_ADD(merge->arena, &merge->lost);
    DG_TRY_PTR(slot);
    *slot = decision;
  }
  return DG_OK;
}

DgStatus
dg_merge_apply(DgMerge *merge)
{
  for (size_t i = 0; i < merge->decisions->n; ++i) {
    const DgDecision *const decision = &merge->decisions->items[i];
    if (!decision->undone &&
        (decision->verb == DG_VERB_ACCEPT || decision->verb == DG_VERB_REJECT ||
         decision->verb == DG_VERB_EDIT)) {
      DG_TRY(apply(merge, decision));
    }
  }
  for (size_t i = 0; i < merge->n_groups; ++i) {
    DgGroup *const group = &merge->groups[i];
    group->confidence = group->accepted ? 1 : group->confidence;
    if (!group->merged) {
      group->iri = group->units.items[0]->iri;
    }
  }
  return DG_OK;
}
