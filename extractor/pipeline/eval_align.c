/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/eval.h"

#include <math.h>
#include <stdlib.h>

/*
 * Which prediction is which gold deal: every pair of one family that shares a
 * party gets a weight by what agrees, and the heaviest pairs are taken first.
 * The weights are those of the scorer beside the gold data, in its order of
 * additions, so that ties fall the same way.
 */

enum {
  FAMILY_I = 1U << DG_FAMILY_INVESTMENT,
  FAMILY_A = 1U << DG_FAMILY_ACQUISITION,
  FAMILY_NONE = 1U << DG_FAMILY_LAUNCH
};

/* ---- roles as read against another deal ---- */

/** From which roles of the prediction a role takes its names, in order. */
typedef struct {
  uint8_t from[DG_EVAL_ROLES][2];
  uint8_t n[DG_EVAL_ROLES];
} View;

static size_t
view_count(const View *view, const DgEvalDeal *deal, size_t role)
{
  size_t n = 0;
  for (size_t i = 0; i < view->n[role]; ++i) {
    n += deal->roles[view->from[role][i]].n;
  }
  return n;
}

/** `role` takes the names of two roles; these then have none. */
static void
view_join(View *view, size_t role, size_t one, size_t other)
{
  const View old = *view;
  view->n[one] = view->n[other] = view->n[role] = 0;
  for (size_t part = 0; part < 2; ++part) {
    const size_t from = part ? other : one;
    for (size_t i = 0; i < old.n[from] && view->n[role] < 2; ++i) {
      view->from[role][view->n[role]++] = old.from[from][i];
    }
  }
}

/** `role` takes the names of `one`, which then has none. */
static void
view_move(View *view, size_t role, size_t one)
{
  memcpy(view->from[role], view->from[one], sizeof view->from[role]);
  view->n[role] = view->n[one];
  view->n[one] = 0;
}

/** Frames that tell the same deal from another side. */
static void
view_across(View *view, const DgEvalDeal *pred, const DgEvalDeal *gold)
{
  const DgEvalNames *const g = gold->roles;
  if (g[DG_ROLE_COMPANY].n && !view_count(view, pred, DG_ROLE_COMPANY)) {
    view_move(view, DG_ROLE_COMPANY, DG_ROLE_TARGET);
    view_join(view, DG_ROLE_INVESTOR, DG_ROLE_INVESTOR, DG_ROLE_ACQUIRER);
  } else if (g[DG_ROLE_TARGET].n && !view_count(view, pred, DG_ROLE_TARGET)) {
    view_move(view, DG_ROLE_TARGET, DG_ROLE_COMPANY);
    view_join(view, DG_ROLE_ACQUIRER, DG_ROLE_ACQUIRER, DG_ROLE_INVESTOR);
    view->n[DG_ROLE_LEAD_INVESTOR] = 0;
  } else if (g[DG_ROLE_PARTNER].n && !view_count(view, pred, DG_ROLE_PARTNER)) {
    view_join(view, DG_ROLE_PARTNER, DG_ROLE_ACQUIRER, DG_ROLE_TARGET);
  }
}

static View
view_of(const DgEvalDeal *pred, const DgEvalDeal *gold)
{
  View view;
  for (size_t r = 0; r < DG_EVAL_ROLES; ++r) {
    view.from[r][0] = view.from[r][1] = (uint8_t)r;
    view.n[r] = 1;
  }
  if (!gold) {
    return view;
  }
  if (gold->roles[DG_ROLE_PARTNER].n && !gold->roles[DG_ROLE_ACQUIRER].n &&
      !pred->roles[DG_ROLE_PARTNER].n && pred->family == FAMILY_A) {
    view_join(&view, DG_ROLE_PARTNER, DG_ROLE_ACQUIRER, DG_ROLE_TARGET);
  }
  if (pred->family != gold->family) {
    view_across(&view, pred, gold);
  }
  return view;
}

static size_t
view_names(const View *view, const DgEvalDeal *deal, size_t role,
           const DgEvalName *names[DG_EVAL_NAMES])
{
  size_t n = 0;
  for (size_t i = 0; i < view->n[role]; ++i) {
    const DgEvalNames *const from = &deal->roles[view->from[role][i]];
    for (size_t k = 0; k < from->n; ++k) {
      names[n++] = &from->items[k];
    }
  }
  return n;
}

size_t
dg_eval_role_names(const DgEvalDeal *pred, const DgEvalDeal *gold, size_t role,
                   const DgEvalName *names[DG_EVAL_NAMES])
{
  const View view = view_of(pred, gold);
  return view_names(&view, pred, role, names);
}

/* ---- values ---- */

bool
dg_eval_money_same(const DgEvalMoney *pred, const DgEvalMoney *gold)
{
  for (size_t i = 0; pred->n && i < gold->n; ++i) {
    const DgEvalRange *const range = &gold->items[i];
    const double value = pred->items[0].low;
    if (dg_str_equal(range->currency, pred->items[0].currency) &&
        range->low * 0.99 <= value && value <= range->high * 1.01) {
      return true;
    }
  }
  return false;
}

bool
dg_eval_date_same(DgStr a, DgStr b)
{
  const size_t n = a.len < b.len ? a.len : b.len;
  return n >= 4 && !memcmp(a.ptr, b.ptr, n);
}

bool
dg_eval_date_found(const DgEvalDeal *pred, const DgEvalDeal *gold)
{
  for (size_t i = 0; gold->dates[0].len && i < gold->n_dates; ++i) {
    if (dg_eval_date_same(pred->dates[0], gold->dates[i])) {
      return true;
    }
  }
  return false;
}

bool
dg_eval_stake_same(const DgEvalDeal *pred, const DgEvalDeal *gold)
{
  return pred->has_stake && gold->has_stake &&
         fabs(pred->stake - gold->stake) <=
             fmax(0.01 * fabs(gold->stake), 0.05);
}

bool
dg_eval_text_same(DgStr a, DgStr b)
{
  return !a.ptr == !b.ptr && dg_str_equal(a, b);
}

/* ---- weights ---- */

static bool
share_party(const DgEvalDeal *pred, const View *view, const DgEvalDeal *gold)
{
  const DgEvalName *names[DG_EVAL_NAMES];
  for (size_t r = 0; r < DG_EVAL_ROLES; ++r) {
    const size_t n = view_names(view, pred, r, names);
    for (size_t i = 0; i < n; ++i) {
      for (size_t k = 0; k < DG_EVAL_ROLES; ++k) {
        for (size_t j = 0; j < gold->roles[k].n; ++j) {
          if (dg_eval_name_match(names[i], &gold->roles[k].items[j])) {
            return true;
          }
        }
      }
    }
  }
  return false;
}

static size_t
pair_role(const DgEvalDeal *pred, const View *view, const DgEvalDeal *gold,
          size_t role, size_t *n_pred)
{
  const DgEvalName *a[DG_EVAL_NAMES];
  const DgEvalName *b[DG_EVAL_NAMES];
  const DgEvalNames *const names = &gold->roles[role];
  for (size_t i = 0; i < names->n; ++i) {
    b[i] = &names->items[i];
  }
  *n_pred = view_names(view, pred, role, a);
  return dg_eval_name_pair(a, *n_pred, b, names->n);
}

size_t
dg_eval_role_pairs(const DgEvalDeal *pred, const DgEvalDeal *gold, size_t role,
                   size_t *n_pred)
{
  const View view = view_of(pred, gold);
  return pair_role(pred, &view, gold, role, n_pred);
}

/** A product of its own, never joined with the addition behind it. */
static double
times(double unit, size_t n)
{
  const volatile double product = unit * (double)n;
  return product;
}

static size_t
one_sided(const DgEvalDeal *a, const DgEvalDeal *b)
{
  return (size_t)((a->amount.given != b->amount.given) +
                  (a->has_date != b->has_date) +
                  (a->has_stake != b->has_stake) +
                  (a->valuation.given != b->valuation.given));
}

static double
weigh(const DgEvalDeal *pred, const View *view, const DgEvalDeal *gold)
{
  size_t paired = 0;
  size_t in_pred = 0;
  size_t in_gold = 0;
  for (size_t r = 0; r < DG_EVAL_ROLES; ++r) {
    size_t n = 0;
    const size_t pairs = pair_role(pred, view, gold, r, &n);
    paired += r == DG_ROLE_LEAD_INVESTOR ? 0 : pairs;
    in_pred += n;
    in_gold += gold->roles[r].n;
  }
  double s = 2.0 * (double)paired;
  s += dg_eval_money_same(&pred->amount, &gold->amount);
  s += dg_eval_date_found(pred, gold);
  s += dg_eval_stake_same(pred, gold);
  s += (dg_eval_text_same(pred->status, gold->status) ? 0.5 : 0) +
       (dg_eval_text_same(pred->type, gold->type) ? 0.25 : 0);
  s -= times(0.1, in_pred - paired) + times(0.1, in_gold - paired);
  s -= times(0.3, one_sided(pred, gold));
  return s;
}

/* ---- alignment ---- */

typedef struct {
  double weight;
  uint32_t pred;
  uint32_t gold;
} Candidate;

/** Heaviest first, then in the order of predictions, then of gold. */
static int
compare_candidates(const void *a, const void *b)
{
  const Candidate *const one = a;
  const Candidate *const other = b;
  if (one->weight != other->weight) {
    return one->weight > other->weight ? -1 : 1;
  }
  if (one->pred != other->pred) {
    return one->pred < other->pred ? -1 : 1;
  }
  return (one->gold > other->gold) - (one->gold < other->gold);
}

static bool
may_align(const DgEvalDeal *pred, const DgEvalDeal *gold, bool lenient)
{
  const unsigned both =
      pred->families & gold->families & ~(unsigned)FAMILY_NONE;
  const unsigned any = pred->families | gold->families;
  return both || (lenient && !(any & ~(unsigned)(FAMILY_I | FAMILY_A)));
}

static uint32_t *
new_indexes(DgArena *arena, size_t n)
{
  uint32_t *const items = DG_NEW_ARRAY(arena, uint32_t, n + 1);
  for (size_t i = 0; items && i < n; ++i) {
    items[i] = DG_NO_INDEX;
  }
  return items;
}

DgStatus
dg_eval_align(DgArena *arena, const DgEvalDeals *pred, const DgEvalDeals *gold,
              bool lenient, DgEvalPairs *pairs)
{
  pairs->gold_of = new_indexes(arena, pred->n);
  pairs->pred_of = new_indexes(arena, gold->n);
  DG_TRY_PTR(pairs->gold_of);
  DG_TRY_PTR(pairs->pred_of);
  DG_VEC(Candidate) found = { 0 };
  for (size_t i = 0; i < pred->n; ++i) {
    for (size_t k = 0; k < gold->n; ++k) {
      const DgEvalDeal *const p = &pred->items[i];
      const DgEvalDeal *const g = &gold->items[k];
      const View view = view_of(p, g);
      if (may_align(p, g, lenient) && share_party(p, &view, g)) {
        Candidate *const c = DG_VEC_ADD(arena, &found);
        DG_TRY_PTR(c);
        *c = (Candidate){ weigh(p, &view, g), (uint32_t)i, (uint32_t)k };
      }
    }
  }
  if (found.n) {
    qsort(found.items, found.n, sizeof *found.items, compare_candidates);
  }
  for (size_t i = 0; i < found.n; ++i) {
    const Candidate *const c = &found.items[i];
    if (pairs->gold_of[c->pred] == DG_NO_INDEX &&
        pairs->pred_of[c->gold] == DG_NO_INDEX) {
      pairs->gold_of[c->pred] = c->gold;
      pairs->pred_of[c->gold] = c->pred;
    }
  }
  return DG_OK;
}
