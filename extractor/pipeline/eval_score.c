/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/eval.h"

/*
 * From aligned deals to counts and errors.
 */

typedef struct {
  DgArena *arena;
  const DgEvalArticle *article;
  DgEvalCounts *counts;
  DgEvalErrorList *errors;
} Scoring;

const char *
dg_eval_row_text(size_t row)
{
  static const char *const texts[DG_EVAL_SLOTS] = {
    [DG_EVAL_DEAL] = "deal",           [DG_EVAL_MAIN] = "deal(main)",
    [DG_EVAL_AMOUNT] = "amount",       [DG_EVAL_STAKE] = "stake",
    [DG_EVAL_VALUATION] = "valuation", [DG_EVAL_ROUND] = "round",
    [DG_EVAL_DATE] = "date",           [DG_EVAL_STATUS] = "status",
    [DG_EVAL_ALL] = "SLOTS",
#define ROLE_TEXT(name, text) [DG_EVAL_ROLE + DG_ROLE_##name] = "role:" text,
    DG_EVAL_ROLE_LIST(ROLE_TEXT)
#undef ROLE_TEXT
  };
  return row < DG_EVAL_SLOTS
             ? texts[row]
             : dg_deal_type_text((DgDealType)(row - DG_EVAL_TYPE));
}

static DgStatus
note(Scoring *s, DgEvalErrorKind kind, size_t role, const DgEvalDeal *pred,
     const DgEvalDeal *gold)
{
  DgEvalError *const error = DG_VEC_ADD(s->arena, s->errors);
  DG_TRY_PTR(error);
  *error = (DgEvalError){ kind, role, s->article, pred, gold };
  return DG_OK;
}

static void
add(DgEvalCount *count, size_t tp, size_t fp, size_t fn)
{
  count->tp += tp;
  count->fp += fp;
  count->fn += fn;
}

/** A thing that is at most once in a deal. */
static void
add_slot(DgEvalCount *count, bool in_pred, bool in_gold, bool same)
{
  add(count, same, !same && in_pred, !same && in_gold);
}

/** All of a deal without a partner is wrong, or missed. */
static void
add_alone(DgEvalCounts *counts, const DgEvalDeal *deal, bool missed)
{
  size_t n[DG_EVAL_SLOTS] = { [DG_EVAL_AMOUNT] = deal->amount.given,
                              [DG_EVAL_STAKE] = deal->has_stake,
                              [DG_EVAL_VALUATION] = deal->valuation.given,
                              [DG_EVAL_ROUND] = deal->round.ptr != NULL,
                              [DG_EVAL_DATE] = deal->has_date,
                              [DG_EVAL_STATUS] = deal->status.ptr != NULL };
  for (size_t r = 0; r < DG_EVAL_ROLES; ++r) {
    n[DG_EVAL_ROLE + r] = deal->roles[r].n;
  }
  n[DG_EVAL_DEAL] = 1;
  n[DG_EVAL_MAIN] = missed && deal->is_main;
  for (size_t i = 0; i < DG_EVAL_SLOTS; ++i) {
    add(&counts->rows[i], 0, missed ? 0 : n[i], missed ? n[i] : 0);
  }
  const int type = dg_deal_type_named(deal->type);
  if (type >= 0) {
    add(&counts->rows[DG_EVAL_TYPE + type], 0, !missed, missed);
  }
}

static DgStatus
score_roles(Scoring *s, const DgEvalDeal *pred, const DgEvalDeal *gold)
{
  for (size_t r = 0; r < DG_EVAL_ROLES; ++r) {
    size_t n = 0;
    const size_t pairs = dg_eval_role_pairs(pred, gold, r, &n);
    const size_t wanted = gold->roles[r].n;
    add(&s->counts->rows[DG_EVAL_ROLE + r], pairs, n - pairs, wanted - pairs);
    if (pairs < n || pairs < wanted) {
      DG_TRY(note(s, DG_EVAL_ERROR_ROLE, r, pred, gold));
    }
  }
  return DG_OK;
}

/** A date that gold does not have is let be when it is that of publication. */
static void
score_date(Scoring *s, const DgEvalDeal *pred, const DgEvalDeal *gold)
{
  const bool in_pred = pred->dates[0].len > 0;
  if (gold->has_date || !in_pred ||
      !dg_eval_date_same(pred->dates[0], s->article->published)) {
    add_slot(&s->counts->rows[DG_EVAL_DATE], in_pred, gold->dates[0].len > 0,
             dg_eval_date_found(pred, gold));
  }
}

static DgStatus
score_pair(Scoring *s, const DgEvalDeal *pred, const DgEvalDeal *gold)
{
  DgEvalCount *const rows = s->counts->rows;
  const bool amount = dg_eval_money_same(&pred->amount, &gold->amount);
  const bool status = dg_eval_text_same(pred->status, gold->status);
  const bool round = pred->round.len && gold->round.len &&
                     dg_str_equal(pred->round_key, gold->round_key);
  add(&rows[DG_EVAL_DEAL], 1, 0, 0);
  add(&rows[DG_EVAL_MAIN], gold->is_main, 0, 0);
  const int type = dg_deal_type_named(gold->type);
  if (type >= 0) {
    add(&s->counts->rows[DG_EVAL_TYPE + type], 1, 0, 0);
  }
  DG_TRY(score_roles(s, pred, gold));
  add_slot(&rows[DG_EVAL_AMOUNT], pred->amount.given, gold->amount.given,
           amount);
  add_slot(&rows[DG_EVAL_VALUATION], pred->valuation.given,
           gold->valuation.given,
           dg_eval_money_same(&pred->valuation, &gold->valuation));
  add_slot(&rows[DG_EVAL_STAKE], pred->has_stake, gold->has_stake,
           dg_eval_stake_same(pred, gold));
  add_slot(&rows[DG_EVAL_ROUND], pred->round.len, gold->round.len, round);
  score_date(s, pred, gold);
  add_slot(&rows[DG_EVAL_STATUS], pred->status.len, gold->status.len, status);
  if (gold->amount.n && !amount) {
    DG_TRY(note(s, DG_EVAL_ERROR_AMOUNT, 0, pred, gold));
  }
  if (gold->dates[0].len && !dg_eval_date_found(pred, gold)) {
    DG_TRY(note(s, DG_EVAL_ERROR_DATE, 0, pred, gold));
  }
  return status ? DG_OK : note(s, DG_EVAL_ERROR_STATUS, 0, pred, gold);
}

/** The sum over all that a deal tells, beside status. */
static void
sum_rows(DgEvalCount *rows)
{
  DgEvalCount sum = { 0, 0, 0 };
  for (size_t i = DG_EVAL_ROLE; i <= DG_EVAL_DATE; ++i) {
    add(&sum, rows[i].tp, rows[i].fp, rows[i].fn);
  }
  rows[DG_EVAL_ALL] = sum;
}

DgStatus
dg_eval_score(DgArena *arena, const DgEvalArticle *article,
              const DgEvalDeals *pred, const DgEvalPairs *pairs,
              DgEvalCounts *counts, DgEvalErrorList *errors)
{
  *counts = (DgEvalCounts){ .articles = 1, .negative = article->negative };
  Scoring s = { arena, article, counts, errors };
  if (article->negative) {
    counts->alarms = pred->n;
    counts->alarmed = pred->n > 0;
  }
  for (size_t i = 0; i < pred->n; ++i) {
    if (pairs->gold_of[i] == DG_NO_INDEX) {
      add_alone(counts, &pred->items[i], false);
      DG_TRY(note(&s, DG_EVAL_ERROR_SPURIOUS, 0, &pred->items[i], NULL));
    }
  }
  for (size_t i = 0; i < article->deals.n; ++i) {
    const DgEvalDeal *const gold = &article->deals.items[i];
    if (pairs->pred_of[i] == DG_NO_INDEX) {
      add_alone(counts, gold, true);
      DG_TRY(note(&s, DG_EVAL_ERROR_MISSED, 0, NULL, gold));
    } else {
      DG_TRY(score_pair(&s, &pred->items[pairs->pred_of[i]], gold));
    }
  }
  sum_rows(counts->rows);
  return DG_OK;
}

DgStatus
dg_eval_run(DgArena *arena, const DgEvalGold *gold, DgStr facts, bool lenient,
            DgEvalRun *run, DgDiag *diag)
{
  *run = (DgEvalRun){ .gold = *gold,
                      .deals = DG_NEW_ARRAY(arena, DgEvalDeals, gold->n),
                      .pairs = DG_NEW_ARRAY(arena, DgEvalPairs, gold->n),
                      .counts = DG_NEW_ARRAY(arena, DgEvalCounts, gold->n) };
  DG_TRY_PTR(run->deals);
  DG_TRY_PTR(run->pairs);
  DG_TRY_PTR(run->counts);
  DG_TRY(
      dg_eval_read_facts(arena, facts, gold, run->deals, &run->unknown, diag));
  for (size_t i = 0; i < gold->n; ++i) {
    const DgEvalArticle *const article = &gold->items[i];
    if (!article->left_out) {
      DG_TRY(dg_eval_align(arena, &run->deals[i], &article->deals, lenient,
                           &run->pairs[i]));
      DG_TRY(dg_eval_score(arena, article, &run->deals[i], &run->pairs[i],
                           &run->counts[i], &run->errors));
    }
  }
  return DG_OK;
}
