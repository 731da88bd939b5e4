/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_EVAL_STATS_H
#define DG_PIPELINE_EVAL_STATS_H

#include "pipeline/eval.h"

/** Precision, recall, F1; 0 where nothing was counted. */
typedef struct {
  double p;
  double r;
  double f1;
} DgEvalRates;

DgEvalRates
dg_eval_rates(const DgEvalCount *count);

/** False alarms per negative article. */
double
dg_eval_alarm_rate(const DgEvalCounts *counts);

typedef struct {
  double low;
  double high;
} DgEvalInterval;

/** A part of the articles and what it gave. */
typedef struct {
  DgEvalCounts counts;
  DgEvalInterval p[DG_EVAL_ROWS];
  DgEvalInterval r[DG_EVAL_ROWS];
  DgEvalInterval f1[DG_EVAL_ROWS];
  DgEvalInterval alarm_rate;
} DgEvalGroup;

/**
 * Sum the articles of `lang`, or all for an absent one, and find 95 %
 * intervals by drawing articles anew 1000 times from a fixed seed.
 *
 * Source: percentile bootstrap (Efron 1979, doi:10.1214/aos/1176344552).
 */
DgStatus
dg_eval_group(const DgEvalRun *run, DgStr lang, DgEvalGroup *group);

enum { DG_EVAL_BINS = 10 };

/** Predictions by confidence: tenths, the last one closed. */
typedef struct {
  size_t n;
  size_t right;     /**< aligned with a gold deal */
  double predicted; /**< sum of confidence */
} DgEvalBin;

typedef struct {
  DgEvalBin bins[DG_EVAL_BINS];
  DgEvalBin all;
  double brier;  /**< mean squared error of confidence; 0 is best */
  double error;  /**< mean distance of bins, weighted by size */
  size_t silent; /**< predictions without confidence */
} DgEvalReliability;

void
dg_eval_reliability(const DgEvalRun *run, DgEvalReliability *reliability);

#endif
