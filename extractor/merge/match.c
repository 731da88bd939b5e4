/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/match.h"

/*
 * Days that may lie between two deals of a family:
 *
 *   firm    both amounts are the same, or what else names the deal (its round,
 *           its product, acquirer and target both)
 *   loose   nothing disagrees, and nothing of that kind is known of both
 *   near    the amounts are near and not equal
 *   talks   the earlier one was only a rumour or a plan
 *
 * A company is bought once, but raises money every year: hence the numbers. A
 * round that is told as long done, without a date, may be older still.
 */
typedef struct {
  int firm;
  int loose;
  int near;
  int talks;
} Windows;

static const Windows windows[] = {
  [DG_KIN_ALLIANCE] = { 180, 120, 60, 200 },
  [DG_KIN_MONEY] = { 120, 45, 31, 200 },
  [DG_KIN_CONTROL] = { DG_MATCH_DAYS, 60, 400, DG_MATCH_DAYS },
  [DG_KIN_LAUNCH] = { 180, 0, 180, 365 },
};

enum {
  DATED_APART = 45,  /* rounds that both have a date of their own */
  RETOLD_DAYS = 400, /* an undated round, done: equal amounts, this far back */
  KIN_CHANGES = 7 /* what one article calls a contract, and one an alliance */
};

/* Amounts of talks and of the deal that came of them. */
static const double talks_ratio = 2.5;

/* ---- amounts ---- */

static bool
is_qualifier(const DgToldMoney *money, DgStr qualifier)
{
  return dg_str_equal(money->qualifier, qualifier);
}

/* Greater over lesser, at least 1. */
static double
ratio_of(const DgToldMoney *a, const DgToldMoney *b)
{
  const double x = dg_decimal_to_double(a->value);
  const double y = dg_decimal_to_double(b->value);
  if (x <= 0 || y <= 0) {
    return x == y ? 1 : 1e9;
  }
  return x > y ? x / y : y / x;
}

/* "more than 40" and 42; "up to 50" and 45. */
static bool
bound_holds(const DgToldMoney *bound, const DgToldMoney *other)
{
  const int order = dg_decimal_compare(bound->value, other->value);
  return (is_qualifier(bound, DG_STR("more_than")) && order <= 0) ||
         (is_qualifier(bound, DG_STR("up_to")) && order >= 0) ||
         (bound->has_max && order <= 0 &&
          dg_decimal_compare(other->value, bound->max) <= 0);
}

DgMoneyMatch
dg_money_match(const DgToldMoney *a, const DgToldMoney *b)
{
  if (!a->known || !b->known || !dg_str_equal(a->currency, b->currency)) {
    return DG_MONEY_UNKNOWN;
  }
  const double ratio = ratio_of(a, b);
  const bool about =
      is_qualifier(a, DG_STR("about")) || is_qualifier(b, DG_STR("about"));
  const bool bounded = bound_holds(a, b) || bound_holds(b, a);
  return ratio <= 1.0101 || (about && ratio <= 1.1) || (bounded && ratio <= 1.3)
             ? DG_MONEY_EQUAL
         : ratio <= 1.25 ? DG_MONEY_NEAR
                         : DG_MONEY_FAR;
}

/* ---- the pair ---- */

typedef struct {
  const DgUnit *a; /* the earlier, when times are known */
  const DgUnit *b;
  DgMoneyMatch money;
  bool timed;
  int gap; /* days between, 0 when they overlap */
} Pair;

static const DgParties *
role(const DgUnit *unit, DgToldRole r)
{
  return &unit->roles[r];
}

static bool
meet(const Pair *p, DgToldRole r)
{
  return dg_parties_meet(role(p->a, r), role(p->b, r));
}

/* Both name someone, and nobody in common. */
static bool
exclude(const Pair *p, DgToldRole r)
{
  return role(p->a, r)->n && role(p->b, r)->n && !meet(p, r);
}

static DgMatch
different(const char *reason)
{
  return (DgMatch){ DG_MATCH_DIFFERENT, 0, reason };
}

static DgMatch
open(const char *reason)
{
  return (DgMatch){ DG_MATCH_OPEN, 0, reason };
}

/* The same if no more than `window` days lie between. */
static DgMatch
same_within(const Pair *p, int window, int strength, const char *reason)
{
  if (p->timed && p->gap > window) {
    return open("too far apart in time");
  }
  return (DgMatch){ DG_MATCH_SAME, strength * 10000 - p->gap, reason };
}

static bool
is_talks(const Pair *p)
{
  return dg_unit_is_before(p->a);
}

static bool
round_is_the_same(const Pair *p)
{
  return p->a->round.len && dg_str_equal(p->a->round, p->b->round);
}

static bool
stakes_differ(const Pair *p)
{
  DgDecimal apart;
  if (!p->a->has_stake || !p->b->has_stake ||
      dg_decimal_subtract(p->a->stake, p->b->stake, &apart) != DG_OK) {
    return false;
  }
  const double points = dg_decimal_to_double(apart);
  return points > 1 || points < -1;
}

/* Amounts that no talks explain. */
static bool
money_excludes(const Pair *p)
{
  return p->money == DG_MONEY_FAR &&
         !(is_talks(p) &&
           ratio_of(&p->a->amount, &p->b->amount) <= talks_ratio);
}

static bool
told_together(const Pair *p)
{
  for (size_t i = 0; i < p->a->tellings.n; ++i) {
    for (size_t j = 0; j < p->b->tellings.n; ++j) {
      const DgTelling *const one = &p->a->tellings.items[i];
      const DgTelling *const other = &p->b->tellings.items[j];
      if (!one->by_person && dg_str_equal(one->article, other->article)) {
        return true;
      }
    }
  }
  return false;
}

/* ---- families ---- */

/* An undated round that is said to be done may be told long after. */
static bool
is_retelling(const DgUnit *unit)
{
  return !unit->dated.known && unit->statuses == 1U << DG_TOLD_completed;
}

static DgMatch
match_money(const Pair *p)
{
  const Windows *const w = &windows[DG_KIN_MONEY];
  const bool mixed = p->a->type != p->b->type;
  const bool same_round = round_is_the_same(p);
  const bool equal = p->money == DG_MONEY_EQUAL;
  if (!meet(p, DG_TOLD_company)) {
    return open("no company in common");
  }
  if (p->a->round.len && p->b->round.len && !same_round) {
    return different("another round");
  }
  if (mixed && p->money >= DG_MONEY_NEAR) {
    return different("one investor's part and a round's total");
  }
  if (exclude(p, DG_TOLD_investor) && !equal && !same_round) {
    return mixed || p->a->type == DG_TOLD_Investment
               ? different("other investors")
               : open("other investors");
  }
  const bool both_dated = p->a->dated.known && p->b->dated.known;
  if (both_dated && !is_talks(p) && p->gap > DATED_APART) {
    return different("dates far apart");
  }
  if (is_talks(p)) {
    return same_within(p, w->talks, equal ? 3 : 1, "talks and what came of it");
  }
  if (equal) {
    return same_within(p, is_retelling(p->b) ? RETOLD_DAYS : w->firm, 3,
                       "company and amount");
  }
  if (p->money == DG_MONEY_NEAR) {
    return same_within(p, w->near, 1, "company and near amount");
  }
  return same_round ? same_within(p, w->firm, 2, "company and round")
                    : same_within(p, w->loose, 1, "company and time");
}

/* Acquirer and target of one are partners of the other. */
static bool
merger_covers(const DgUnit *merger, const DgUnit *purchase)
{
  const DgParties *const partners = role(merger, DG_TOLD_partner);
  return role(purchase, DG_TOLD_acquirer)->n &&
         role(purchase, DG_TOLD_target)->n &&
         dg_parties_cover(partners, role(purchase, DG_TOLD_acquirer)) &&
         dg_parties_cover(partners, role(purchase, DG_TOLD_target));
}

static bool
partners_agree(const Pair *p)
{
  const DgParties *const a = role(p->a, DG_TOLD_partner);
  const DgParties *const b = role(p->b, DG_TOLD_partner);
  return a->n > 1 && b->n > 1 &&
         (dg_parties_cover(a, b) || dg_parties_cover(b, a));
}

static DgMatch
match_control(const Pair *p)
{
  const Windows *const w = &windows[DG_KIN_CONTROL];
  const bool is_merger_a = p->a->type == DG_TOLD_Merger;
  const bool is_merger_b = p->b->type == DG_TOLD_Merger;
  if (is_merger_a || is_merger_b) {
    const bool fits = is_merger_a && is_merger_b ? partners_agree(p)
                      : is_merger_a              ? merger_covers(p->a, p->b)
                                                 : merger_covers(p->b, p->a);
    return fits ? same_within(p, w->near, 2, "the same parties merge")
                : open("other parties");
  }
  if (!meet(p, DG_TOLD_target)) {
    return open("no target in common");
  }
  if (exclude(p, DG_TOLD_acquirer)) {
    return different("another acquirer");
  }
  if (exclude(p, DG_TOLD_seller)) {
    return different("another seller");
  }
  if (meet(p, DG_TOLD_acquirer)) {
    return p->money == DG_MONEY_NEAR
               ? same_within(p, w->near, 2, "acquirer, target, near amount")
               : same_within(p, w->firm, 3, "acquirer and target");
  }
  const int window = meet(p, DG_TOLD_seller) ? w->near : w->loose;
  return same_within(p, is_talks(p) ? 2 * w->loose : window, 1,
                     "target and time");
}

/* Who supplies in one is customer in the other. */
static bool
sides_change(const Pair *p)
{
  return exclude(p, DG_TOLD_supplier) || exclude(p, DG_TOLD_customer);
}

static bool
products_exclude(const Pair *p)
{
  const DgToldStrings *const a = &p->a->products;
  const DgToldStrings *const b = &p->b->products;
  for (size_t i = 0; i < a->n; ++i) {
    for (size_t j = 0; j < b->n; ++j) {
      if (dg_str_equal(a->items[i], b->items[j])) {
        return false;
      }
    }
  }
  return a->n && b->n;
}

static DgMatch
match_alliance(const Pair *p)
{
  const Windows *const w = &windows[DG_KIN_ALLIANCE];
  if (!partners_agree(p)) {
    return open("other partners");
  }
  if (sides_change(p)) {
    return different("other supplier or customer");
  }
  if (products_exclude(p)) {
    return different("other products");
  }
  if (p->a->type != p->b->type) {
    return same_within(p, KIN_CHANGES, 1, "partners, told at once");
  }
  if (is_talks(p)) {
    return same_within(p, w->talks, 1, "talks and what came of it");
  }
  return p->money == DG_MONEY_EQUAL  ? same_within(p, w->firm, 3, "and amount")
         : p->money == DG_MONEY_NEAR ? same_within(p, w->near, 1, "near amount")
                                     : same_within(p, w->loose, 2, "partners");
}

static DgMatch
match_launch(const Pair *p)
{
  const Windows *const w = &windows[DG_KIN_LAUNCH];
  const bool has_both = p->a->products.n && p->b->products.n;
  if (!meet(p, DG_TOLD_company) || !has_both || products_exclude(p)) {
    return open("another product");
  }
  return same_within(p, is_talks(p) ? w->talks : w->firm, 2,
                     "company and product");
}

/* ---- all ---- */

static void
measure_time(Pair *p)
{
  const DgDays a = dg_unit_days(p->a);
  const DgDays b = dg_unit_days(p->b);
  p->timed = a.known && b.known;
  if (!p->timed) {
    return;
  }
  p->gap = a.first > b.last   ? a.first - b.last
           : b.first > a.last ? b.first - a.last
                              : 0;
  /* At one time, what is only talked of comes before. */
  const bool turn = p->gap
                        ? a.first > b.first
                        : dg_unit_is_before(p->b) && !dg_unit_is_before(p->a);
  if (turn) {
    const DgUnit *const later = p->a;
    p->a = p->b;
    p->b = later;
  }
}

DgMatch
dg_deals_match(const DgUnit *a, const DgUnit *b)
{
  Pair p = { .a = a, .b = b, .money = dg_money_match(&a->amount, &b->amount) };
  if (a->kin != b->kin) {
    return different("another kind of deal");
  }
  measure_time(&p);
  if (stakes_differ(&p)) {
    return different("another stake");
  }
  if (money_excludes(&p)) {
    return different("another amount");
  }
  if (told_together(&p)) {
    return different("one article tells both");
  }
  switch (a->kin) {
  case DG_KIN_ALLIANCE:
    return match_alliance(&p);
  case DG_KIN_MONEY:
    return match_money(&p);
  case DG_KIN_CONTROL:
    return match_control(&p);
  default:
    return match_launch(&p);
  }
}
