/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/merge_p.h"

#include "base/utf8.h"
#include "merge/match.h"
#include "rdf/graphs.h"
#include "rdf/mint.h"

#include <stdlib.h>

/* A telling in the history of its group. */
typedef struct {
  const DgTelling *telling;
  uint64_t words; /* hash of its passage, folded: copies have the same */
} Told;

typedef struct {
  DgMerge *merge;
  DgGroup *group;
  DG_VEC(Told) history; /* by publication */
} Settling;

/* ---- history and sources ---- */

static int32_t
day_of(const DgTelling *telling)
{
  return telling->published.precision ? dg_date_first_day(telling->published)
                                      : INT32_MIN;
}

static int
compare_told(const void *a, const void *b)
{
  const DgTelling *const x = ((const Told *)a)->telling;
  const DgTelling *const y = ((const Told *)b)->telling;
  if (day_of(x) != day_of(y)) {
    return day_of(x) < day_of(y) ? -1 : 1;
  }
  if (x->status != y->status) {
    return x->status < y->status ? -1 : 1;
  }
  return dg_str_compare(x->article, y->article);
}

/* A hash of letters and digits, so that blanks and quotes do not count. */
static DgStatus
hash_words(DgArena *arena, DgStr quote, uint64_t *hash)
{
  char *const text = dg_arena_alloc(arena, quote.len * 3 + 1);
  DG_TRY_PTR(text);
  size_t n = 0;
  for (size_t at = 0, size; at < quote.len; at += size) {
    const uint32_t code = dg_utf8_decode(quote, at, &size);
    if (dg_utf8_is_letter(code) || (code >= '0' && code <= '9')) {
      char folded[8];
      const size_t len = dg_utf8_fold_code(code, folded);
      memcpy(text + n, folded, len);
      n += len;
    }
  }
  *hash = dg_str_hash(dg_str_n(text, n));
  return DG_OK;
}

static DgStatus
list_history(Settling *s)
{
  DgArena *const arena = s->merge->arena;
  for (size_t i = 0; i < s->group->units.n; ++i) {
    DgUnit *const unit = s->group->units.items[i];
    DG_TRY(dg_merge_passages(s->merge, unit));
    for (size_t j = 0; j < unit->tellings.n; ++j) {
      const DgTelling *const telling = &unit->tellings.items[j];
      Told *const told = DG_VEC_ADD(arena, &s->history);
      DG_TRY_PTR(told);
      const DgStr words =
          telling->passages.n ? telling->passages.items[0].quote : unit->iri;
      told->telling = telling;
      DG_TRY(hash_words(arena, words, &told->words));
    }
  }
  qsort(s->history.items, s->history.n, sizeof(Told), compare_told);
  return DG_OK;
}

/* Whether an earlier one has the same words. */
static bool
is_copy(const Settling *s, size_t index)
{
  for (size_t i = 0; i < index; ++i) {
    if (s->history.items[i].words == s->history.items[index].words) {
      return true;
    }
  }
  return false;
}

static void
count_sources(Settling *s)
{
  double wrong = 1;
  for (size_t i = 0; i < s->history.n; ++i) {
    const DgTelling *const telling = s->history.items[i].telling;
    if (!is_copy(s, i)) {
      ++s->group->sources;
      wrong *= telling->by_person    ? 0
               : telling->passages.n ? 1 - telling->passages.items[0].confidence
                                     : 1;
    }
  }
  s->group->confidence = 1 - wrong;
}

/* ---- what counts ---- */

/*
 * A later word stands when it is further, or calls the deal off; a deal that
 * was called off goes on when a party says so, not by a rumour.
 */
static DgToldStatus
next_status(DgToldStatus now, DgToldStatus next)
{
  if (dg_told_is_off(next)) {
    return next;
  }
  if (dg_told_is_off(now)) {
    return next == DG_TOLD_rumoured ? now : next;
  }
  return next > now ? next : now;
}

static void
settle_status(Settling *s)
{
  s->group->status = s->history.items[0].telling->status;
  for (size_t i = 1; i < s->history.n; ++i) {
    s->group->status =
        next_status(s->group->status, s->history.items[i].telling->status);
  }
}

/* How far a telling is; what was called off says least of amounts. */
static int
weight_of(const Settling *s, size_t index)
{
  const DgTelling *const telling = s->history.items[index].telling;
  return telling->by_person                ? 100
         : dg_told_is_off(telling->status) ? 0
                                           : 1 + (int)telling->status;
}

static const DgToldMoney *
money_at(const Settling *s, size_t index, bool valuation)
{
  const DgTelling *const telling = s->history.items[index].telling;
  return valuation ? &telling->valuation : &telling->amount;
}

/* Tellings, copies aside, that have the amount. */
static size_t
backers(const Settling *s, const DgToldMoney *money, bool valuation)
{
  size_t n = 0;
  for (size_t i = 0; i < s->history.n; ++i) {
    n += !is_copy(s, i) &&
         dg_money_match(money, money_at(s, i, valuation)) == DG_MONEY_EQUAL;
  }
  return n;
}

static bool
is_exact(const DgToldMoney *money)
{
  return dg_str_equal(money->qualifier, DG_STR("exact"));
}

/* Further, then told by more, then exact, then greater, then later. */
static bool
is_better(const Settling *s, size_t one, size_t other, bool valuation)
{
  const DgToldMoney *const a = money_at(s, one, valuation);
  const DgToldMoney *const b = money_at(s, other, valuation);
  const int further = weight_of(s, one) - weight_of(s, other);
  if (further) {
    return further > 0;
  }
  const size_t na = backers(s, a, valuation);
  const size_t nb = backers(s, b, valuation);
  if (na != nb) {
    return na > nb;
  }
  if (is_exact(a) != is_exact(b)) {
    return is_exact(a);
  }
  const int order = dg_decimal_compare(a->value, b->value);
  return order ? order > 0 : dg_str_compare(a->currency, b->currency) < 0;
}

static void
settle_money(Settling *s, bool valuation, DgToldMoney *out, DgDisagree disagree)
{
  size_t best = SIZE_MAX;
  for (size_t i = 0; i < s->history.n; ++i) {
    if (money_at(s, i, valuation)->known &&
        (best == SIZE_MAX || is_better(s, i, best, valuation))) {
      best = i;
    }
  }
  if (best == SIZE_MAX) {
    return;
  }
  *out = *money_at(s, best, valuation);
  for (size_t i = 0; i < s->history.n; ++i) {
    if (dg_money_match(out, money_at(s, i, valuation)) >= DG_MONEY_NEAR) {
      s->group->disagrees |= disagree;
    }
  }
}

static void
settle_stake(Settling *s)
{
  DgGroup *const g = s->group;
  int best = -1;
  for (size_t i = 0; i < s->history.n; ++i) {
    const DgTelling *const t = s->history.items[i].telling;
    if (t->has_stake && g->has_stake &&
        dg_decimal_compare(t->stake, g->stake) != 0) {
      g->disagrees |= DG_DISAGREE_STAKE;
    }
    if (t->has_stake && weight_of(s, i) >= best) {
      best = weight_of(s, i);
      g->has_stake = true;
      g->stake = t->stake;
    }
  }
}

static bool
dates_exclude(DgDate a, DgDate b)
{
  return dg_date_first_day(a) > dg_date_last_day(b) ||
         dg_date_first_day(b) > dg_date_last_day(a);
}

/* A finer date within the one that stands is the same, told better. */
static void
refine_date(Settling *s)
{
  DgGroup *const g = s->group;
  for (size_t i = 0; i < s->history.n; ++i) {
    const DgDate date = s->history.items[i].telling->date;
    if (date.precision > g->date.precision && !dates_exclude(date, g->date)) {
      g->date = date;
    }
  }
}

/* The date of the furthest telling that has one, the finest of those. */
static void
settle_date(Settling *s)
{
  DgGroup *const g = s->group;
  int best = -1;
  bool agreed = true;
  for (size_t i = 0; i < s->history.n; ++i) {
    const DgTelling *const t = s->history.items[i].telling;
    if (t->date.precision == DG_DATE_NONE) {
      continue;
    }
    const int weight = weight_of(s, i) * 10 + (t->status == g->status) * 5000 +
                       (int)t->date.precision;
    agreed &= best < 0 || t->status != g->status || best < 5000 ||
              !dates_exclude(t->date, g->date);
    if (weight > best) {
      best = weight;
      g->date = t->date;
    }
  }
  g->disagrees |= agreed ? 0 : DG_DISAGREE_DATE;
  if (best >= 0) {
    refine_date(s);
  }
}

/*
 * Without a date of its own, a deal with a history is dated by the first
 * article that has it as far as it is, not by the first rumour.
 */
static void
date_by_history(Settling *s)
{
  DgGroup *const g = s->group;
  const bool has_history = s->history.items[0].telling->status != g->status;
  for (size_t i = 0; has_history && i < s->history.n; ++i) {
    const DgTelling *const t = s->history.items[i].telling;
    if (g->date.precision == DG_DATE_NONE && t->status == g->status) {
      g->date = t->published;
    }
  }
}

static void
settle_type(Settling *s)
{
  size_t votes[DG_TOLD_TYPE_COUNT] = { 0 };
  for (size_t i = 0; i < s->history.n; ++i) {
    votes[s->history.items[i].telling->type] +=
        s->history.items[i].telling->by_person ? 1000 : !is_copy(s, i);
  }
  /* A round is more than one investor's part, a purchase more than a sale. */
  static const DgToldType order[] = { DG_TOLD_FundingRound, DG_TOLD_Acquisition,
                                      DG_TOLD_JointVenture, DG_TOLD_Contract,
                                      DG_TOLD_Partnership,  DG_TOLD_Investment,
                                      DG_TOLD_Merger,       DG_TOLD_Divestiture,
                                      DG_TOLD_ProductLaunch };
  DgToldType best = order[0];
  for (size_t i = 1; i < DG_TOLD_TYPE_COUNT; ++i) {
    best = votes[order[i]] > votes[best] ? order[i] : best;
  }
  if (best == DG_TOLD_Divestiture && votes[DG_TOLD_Acquisition]) {
    best = DG_TOLD_Acquisition;
  }
  s->group->type = best;
}

static DgStatus
add_product(Settling *s, DgStr name)
{
  DgToldStrings *const list = &s->group->products;
  for (size_t i = 0; i < list->n; ++i) {
    if (dg_str_equal(list->items[i], name)) {
      return DG_OK;
    }
  }
  DgStr *const slot = DG_VEC_ADD(s->merge->arena, list);
  DG_TRY_PTR(slot);
  *slot = name;
  return DG_OK;
}

static DgStatus
settle_rest(Settling *s)
{
  DgGroup *const g = s->group;
  g->exclusive = -1;
  for (size_t i = 0; i < s->history.n; ++i) {
    const DgTelling *const t = s->history.items[i].telling;
    for (size_t r = 0; r < DG_TOLD_ROLE_COUNT; ++r) {
      for (size_t j = 0; j < t->roles[r].n; ++j) {
        DG_TRY(dg_parties_add(s->merge->arena, &g->roles[r],
                              t->roles[r].items[j]));
      }
    }
    for (size_t j = 0; j < t->products.n; ++j) {
      DG_TRY(add_product(s, t->products.items[j]));
    }
    if (t->round.len &&
        (!g->round.len || dg_str_compare(t->round, g->round) < 0)) {
      g->round = t->round;
    }
    g->exclusive = t->exclusive > g->exclusive ? t->exclusive : g->exclusive;
    if (t->announced.precision &&
        (!g->announced.precision ||
         dg_date_first_day(t->announced) < dg_date_first_day(g->announced))) {
      g->announced = t->announced;
    }
  }
  return DG_OK;
}

/* A purchase and a merger told of one deal: a target is no acquirer. */
static void
part_sides(DgGroup *g, DgToldRole keep, DgToldRole from)
{
  DgParties *const parties = &g->roles[from];
  size_t n = 0;
  for (size_t i = 0; i < parties->n; ++i) {
    if (!dg_parties_have(&g->roles[keep], parties->items[i])) {
      parties->items[n++] = parties->items[i];
    }
  }
  parties->n = n;
}

/* ---- the group's own IRI ---- */

static int
compare_units(const void *a, const void *b)
{
  const DgUnit *const x = *(DgUnit *const *)a;
  const DgUnit *const y = *(DgUnit *const *)b;
  const int32_t dx = x->published.known ? x->published.first : INT32_MAX;
  const int32_t dy = y->published.known ? y->published.first : INT32_MAX;
  return dx != dy ? dx < dy ? -1 : 1 : dg_str_compare(x->iri, y->iri);
}

/* Made of the first deal's, so that later articles do not change it. */
static DgStatus
name_group(DgMerge *merge, DgGroup *group)
{
  const DgStr first = group->units.items[0]->iri;
  const size_t slash = dg_str_find(first, DG_STR("/deal/"), 0);
  const DgStr base =
      slash == SIZE_MAX ? DG_STR(DG_ID_BASE) : dg_str_sub(first, 0, slash + 1);
  DgBuf iri = DG_BUF_INIT;
  dg_buf_add(&iri, DG_STR("merged;"));
  dg_buf_add(&iri, slash == SIZE_MAX ? first
                                     : dg_str_sub(first, slash + 1, first.len));
  DgBuf out = DG_BUF_INIT;
  dg_buf_add(&out, base);
  dg_buf_add(&out, DG_STR("deal/"));
  dg_mint_hash(dg_buf_str(&iri), &out);
  group->iri = iri.failed || out.failed
                   ? DG_STR_NONE
                   : dg_arena_copy(merge->arena, dg_buf_str(&out));
  dg_buf_clear(&iri);
  dg_buf_clear(&out);
  return group->iri.ptr ? DG_OK : DG_NO_MEMORY;
}

static DgStatus
settle_group(DgMerge *merge, DgGroup *group)
{
  Settling s = { .merge = merge, .group = group };
  qsort(group->units.items, group->units.n, sizeof(DgUnit *), compare_units);
  const DgUnit *const first = group->units.items[0];
  DG_TRY(list_history(&s));
  settle_status(&s);
  settle_type(&s);
  settle_money(&s, false, &group->amount, DG_DISAGREE_AMOUNT);
  settle_money(&s, true, &group->valuation, DG_DISAGREE_VALUATION);
  settle_stake(&s);
  settle_date(&s);
  date_by_history(&s);
  DG_TRY(settle_rest(&s));
  count_sources(&s);
  part_sides(group, DG_TOLD_target, DG_TOLD_acquirer);
  part_sides(group, DG_TOLD_company, DG_TOLD_investor);
  part_sides(group, DG_TOLD_company, DG_TOLD_leadInvestor);
  group->merged = s.history.n > 1 || first->replaced;
  group->iri = first->iri;
  return name_group(merge, group);
}

static int
compare_iris(const void *a, const void *b)
{
  return dg_str_compare((*(DgUnit *const *)a)->iri, (*(DgUnit *const *)b)->iri);
}

DgStatus
dg_merge_settle(DgMerge *merge)
{
  DgTies ties = { 0 };
  if (merge->scope.n) {
    qsort(merge->scope.items, merge->scope.n, sizeof(DgUnit *), compare_iris);
  }
  bool limited;
  DG_TRY(dg_group_ties(&merge->scope, merge->arena, &ties, &limited));
  merge->limited |= limited;
  DG_TRY(dg_group_units(&merge->scope, &ties, merge->arena, &merge->n_groups));
  merge->groups = DG_NEW_ARRAY(merge->arena, DgGroup, merge->n_groups + 1);
  DG_TRY_PTR(merge->groups);
  for (size_t i = 0; i < merge->scope.n; ++i) {
    DgUnit *const unit = merge->scope.items[i];
    DgUnit **const slot =
        DG_VEC_ADD(merge->arena, &merge->groups[unit->group].units);
    DG_TRY_PTR(slot);
    *slot = unit;
  }
  for (size_t i = 0; i < merge->n_groups; ++i) {
    DG_TRY(settle_group(merge, &merge->groups[i]));
  }
  return dg_merge_apply(merge);
}
