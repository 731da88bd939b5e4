/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/eval_stats.h"

#include <math.h>
#include <stdlib.h>

enum { DRAWS = 1000 };

static double
share(size_t part, size_t rest)
{
  return part + rest ? (double)part / (double)(part + rest) : 0;
}

DgEvalRates
dg_eval_rates(const DgEvalCount *count)
{
  const double p = share(count->tp, count->fp);
  const double r = share(count->tp, count->fn);
  return (DgEvalRates){ p, r, p + r > 0 ? 2 * p * r / (p + r) : 0 };
}

double
dg_eval_alarm_rate(const DgEvalCounts *counts)
{
  return counts->negative ? (double)counts->alarms / (double)counts->negative
                          : 0;
}

static void
add_counts(DgEvalCounts *sum, const DgEvalCounts *more)
{
  for (size_t i = 0; i < DG_EVAL_ROWS; ++i) {
    sum->rows[i].tp += more->rows[i].tp;
    sum->rows[i].fp += more->rows[i].fp;
    sum->rows[i].fn += more->rows[i].fn;
  }
  sum->articles += more->articles;
  sum->negative += more->negative;
  sum->alarms += more->alarms;
  sum->alarmed += more->alarmed;
}

/* ---- intervals ---- */

/** What each draw gave. */
typedef struct {
  double p[DG_EVAL_ROWS][DRAWS];
  double r[DG_EVAL_ROWS][DRAWS];
  double f1[DG_EVAL_ROWS][DRAWS];
  double alarm_rate[DRAWS];
} Draws;

/** SplitMix64 (Steele et al. 2014, doi:10.1145/2660193.2660195). */
static uint64_t
next_random(uint64_t *state)
{
  uint64_t z = *state += 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

static void
draw(const DgEvalCounts *const *articles, size_t n, uint64_t *state, size_t at,
     Draws *draws)
{
  DgEvalCounts sum = { 0 };
  for (size_t i = 0; i < n; ++i) {
    add_counts(&sum, articles[next_random(state) % n]);
  }
  for (size_t i = 0; i < DG_EVAL_ROWS; ++i) {
    const DgEvalRates rates = dg_eval_rates(&sum.rows[i]);
    draws->p[i][at] = rates.p;
    draws->r[i][at] = rates.r;
    draws->f1[i][at] = rates.f1;
  }
  draws->alarm_rate[at] = dg_eval_alarm_rate(&sum);
}

static int
compare_doubles(const void *a, const void *b)
{
  const double one = *(const double *)a;
  const double other = *(const double *)b;
  return (one > other) - (one < other);
}

/** The middle 95 %: 25 of 1000 draws lie on either side. */
static DgEvalInterval
middle(double *values)
{
  enum { TAIL = DRAWS / 40 };
  qsort(values, DRAWS, sizeof *values, compare_doubles);
  return (DgEvalInterval){ values[TAIL], values[DRAWS - 1 - TAIL] };
}

static DgStatus
find_intervals(const DgEvalCounts *const *articles, size_t n,
               DgEvalGroup *group)
{
  Draws *const draws = calloc(1, sizeof *draws);
  DG_TRY_PTR(draws);
  uint64_t state = 1;
  for (size_t i = 0; i < DRAWS; ++i) {
    draw(articles, n, &state, i, draws);
  }
  for (size_t i = 0; i < DG_EVAL_ROWS; ++i) {
    group->p[i] = middle(draws->p[i]);
    group->r[i] = middle(draws->r[i]);
    group->f1[i] = middle(draws->f1[i]);
  }
  group->alarm_rate = middle(draws->alarm_rate);
  free(draws);
  return DG_OK;
}

DgStatus
dg_eval_group(const DgEvalRun *run, DgStr lang, DgEvalGroup *group)
{
  *group = (DgEvalGroup){ 0 };
  const DgEvalCounts **const articles = calloc(run->gold.n, sizeof *articles);
  DG_TRY_PTR(articles);
  size_t n = 0;
  for (size_t i = 0; i < run->gold.n; ++i) {
    const DgEvalArticle *const article = &run->gold.items[i];
    if (!article->left_out &&
        (!lang.ptr || dg_str_equal(article->lang, lang))) {
      articles[n++] = &run->counts[i];
      add_counts(&group->counts, &run->counts[i]);
    }
  }
  const DgStatus status = n ? find_intervals(articles, n, group) : DG_OK;
  free(articles);
  return status;
}

/* ---- confidence ---- */

static void
add_to_bin(DgEvalBin *bin, double confidence, bool right)
{
  ++bin->n;
  bin->right += right;
  bin->predicted += confidence;
}

static void
add_prediction(DgEvalReliability *x, double confidence, bool right)
{
  if (confidence < 0) {
    ++x->silent;
    return;
  }
  /* Written with two digits, 0.7 is not below its tenth. */
  const double tenth = floor(confidence * DG_EVAL_BINS + 1e-9);
  const size_t bin =
      tenth < DG_EVAL_BINS ? (size_t)tenth : (size_t)DG_EVAL_BINS - 1;
  add_to_bin(&x->bins[bin], confidence, right);
  add_to_bin(&x->all, confidence, right);
  x->brier += (confidence - right) * (confidence - right);
}

void
dg_eval_reliability(const DgEvalRun *run, DgEvalReliability *reliability)
{
  *reliability = (DgEvalReliability){ 0 };
  for (size_t i = 0; i < run->gold.n; ++i) {
    const size_t n = run->gold.items[i].left_out ? 0 : run->deals[i].n;
    for (size_t k = 0; k < n; ++k) {
      add_prediction(reliability, run->deals[i].items[k].confidence,
                     run->pairs[i].gold_of[k] != DG_NO_INDEX);
    }
  }
  const double n = (double)reliability->all.n;
  for (size_t i = 0; i < DG_EVAL_BINS && n > 0; ++i) {
    const DgEvalBin *const bin = &reliability->bins[i];
    reliability->error += fabs(bin->predicted - (double)bin->right) / n;
  }
  reliability->brier = n > 0 ? reliability->brier / n : 0;
}
