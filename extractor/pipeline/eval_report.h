/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_EVAL_REPORT_H
#define DG_PIPELINE_EVAL_REPORT_H

#include "pipeline/eval_stats.h"

/** Append tables: all articles, each language, types of deals, confidence. */
DgStatus
dg_eval_write_tables(const DgEvalRun *run, DgBuf *out);

/**
 * Append the same as one JSON object, newline included: "all", "fr" and "en"
 * (each with slots, types, false_alarms, articles), and "reliability". Numbers
 * have all their digits.
 */
DgStatus
dg_eval_write_json(const DgEvalRun *run, DgBuf *out);

/** Append errors by kind, the first `most` of each, with what the text says. */
void
dg_eval_write_errors(const DgEvalRun *run, size_t most, DgBuf *out);

/**
 * Append what `run` has over `old`, which is of the same gold: rates of both,
 * deals won and lost, false deals that are new or gone.
 */
void
dg_eval_write_comparison(const DgEvalRun *run, const DgEvalRun *old,
                         DgBuf *out);

#endif
