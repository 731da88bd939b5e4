/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_CHECK_H
#define DG_PIPELINE_CHECK_H

#include "pipeline/expect.h"

/** Examples and sentences are read as if published on this Wednesday. */
#define DG_CHECK_PUBLISHED "2024-03-06"

typedef struct {
  size_t rules;
  size_t passed; /**< examples that are so */
  size_t failed;
  size_t warnings; /**< lint */
} DgCheckCounts;

/**
 * Run the examples of all rules: a "+" sentence must give a deal (or relation)
 * with what it lists; a "-" sentence must give none by that rule. Then look
 * for what is wrong with the rules themselves.
 *
 * @param out  Each failure is appended: place, sentence, expected and found.
 */
DgStatus
dg_check_rules(const DgExtractConfig *config, DgBuf *out,
               DgCheckCounts *counts);

/** What a file of sentences gave. */
typedef struct {
  size_t sentences;
  size_t right;        /**< sentences with exactly the deals expected */
  size_t expected;     /**< deals expected */
  size_t found;        /**< deals found */
  size_t met;          /**< expected deals found with all that they list */
  size_t quiet;        /**< sentences marked "*" */
  size_t false_alarms; /**< of these, with a deal */
} DgSentenceCounts;

/**
 * Run a file of sentences with their deals (tests/corpus/README.md).
 * @param out  Each sentence that differs, with expected and found.
 */
DgStatus
dg_check_sentences(const DgExtractConfig *config, DgStr file, const char *name,
                   DgLang lang, DgBuf *out, DgSentenceCounts *counts,
                   DgDiag *diag);

/** Read one sentence as an article of its own. */
DgStatus
dg_check_extract(DgExtractor *extractor, DgStr sentence, DgLang lang,
                 const DgExtraction **extraction);

#endif
