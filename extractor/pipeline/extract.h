/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_EXTRACT_H
#define DG_PIPELINE_EXTRACT_H

#include "event/event.h"

/** What all threads share; borrowed for the life of the extractors. */
typedef struct {
  const DgRuleset *rules;
  const DgLexicon *lexicon;
  DgLimits limits;
} DgExtractConfig;

/** Counters, for `--stats`; they add up over threads. */
typedef struct {
  uint64_t articles;
  uint64_t other_language; /**< left alone */
  uint64_t bytes;          /**< of article text */
  uint64_t deals;
  uint64_t beyond_limit;  /**< tellings that articles had too many of */
  uint64_t cut_sentences; /**< cut at the limit of their length */
  DgRuleCounts rules;
  DgRegexCounts regex;
} DgExtractCounts;

/** Everything read from one article, for facts and for explanations. */
typedef struct {
  DgFacts facts;
  DgMatches matches; /**< losers included */
} DgExtraction;

/** Reads articles one after another; one for each thread. */
typedef struct DgExtractor DgExtractor;

DgExtractor *
dg_extractor_new(const DgExtractConfig *config);

void
dg_extractor_free(DgExtractor *extractor);

DgExtractCounts
dg_extractor_counts(const DgExtractor *extractor);

void
dg_extract_counts_add(DgExtractCounts *sum, const DgExtractCounts *more);

/**
 * Read an article: words, values, names, rules, deals.
 *
 * An article in a language that is neither French nor English gives no facts
 * and is counted.
 *
 * @param extraction  Set on DG_OK; good until the next call.
 */
DgStatus
dg_extract(DgExtractor *extractor, const DgDocument *document,
           const DgExtraction **extraction);

#endif
