/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_READING_H
#define DG_CLI_READING_H

#include "cli/setup.h"
#include "pipeline/pool.h"

/** How often something came. */
typedef struct {
  char name[72];
  size_t n;
} DgTally;

/**
 * The part that all commands share which read many articles: inputs one after
 * another, failures told and counted, the exit status at the end.
 */
typedef struct {
  DgPool *pool;
  size_t articles;     /**< delivered */
  size_t resumed;      /**< of these, by an earlier run */
  DgTally formats[16]; /**< articles read, by format */
  size_t languages[DG_LANG_COUNT];
  DgTally reasons[24]; /**< failures; the last: all others */
  uint64_t bytes;      /**< read of files */
  uint64_t total;      /**< bytes of all files, 0 when not known */
  double began;        /**< seconds */
  double told;         /**< when progress was last shown */
  bool terminal;       /**< progress is shown */
  size_t failed;       /**< inputs or articles that could not be read */
  bool limited;        /**< a limit was reached */
} DgReadingCounts;

/** Print an article's notice, if it has one, on standard error. */
void
dg_reading_notice(const DgDocument *document);

/** Count an article that was read, tell its notice, show progress. */
void
dg_reading_take(DgReadingCounts *counts, const DgDocument *document);

/** Articles by format and language, failures by reason, on standard error. */
void
dg_reading_summary(const DgReadingCounts *counts);

/** Tell of an input that failed, and count it. */
void
dg_reading_error(DgReadingCounts *counts, const DgDiag *diag);

/**
 * Read all inputs; `user` is given to `sink`, `error` tells of a failure by
 * dg_reading_error.
 * @return a failure that ends the whole, such as DG_NO_MEMORY.
 */
DgStatus
dg_reading_run(DgReadingCounts *counts, DgReadOptions *options, char **paths,
               DgDocumentSink sink, DgInputErrorSink error, void *user);

/** Limit before input before failure. */
int
dg_reading_exit(const DgReadingCounts *counts);

/** Counters on standard error, for --stats. */
void
dg_reading_stats(const DgReadingCounts *counts);

/** The same of a reading without a pool. */
void
dg_reading_counters(size_t articles, const DgExtractCounts *counts);

/** Read the argument of -j. @return false after a message. */
bool
dg_reading_threads(const char *text, unsigned *threads);

#endif
