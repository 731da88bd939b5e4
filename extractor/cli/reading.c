/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/reading.h"

#include <stdio.h>
#include <stdlib.h>

void
dg_reading_notice(const DgDocument *document)
{
  if (document->notice.ptr) {
    (void)fprintf(stderr, "dealgraph: %.*s: notice: %.*s\n",
                  (int)document->origin.len, document->origin.ptr,
                  (int)document->notice.len, document->notice.ptr);
  }
}

void
dg_reading_error(DgReadingCounts *counts, const DgDiag *diag)
{
  ++counts->failed;
  counts->limited = counts->limited || diag->status == DG_LIMIT;
  dg_cli_report(diag);
}

DgStatus
dg_reading_run(DgReadingCounts *counts, const DgReadOptions *options,
               char **paths, DgDocumentSink sink, DgInputErrorSink error,
               void *user)
{
  for (; *paths; ++paths) {
    DgDiag diag = DG_DIAG_INIT;
    const size_t failed = counts->failed;
    const DgStatus status =
        dg_input_read_path(*paths, options, sink, error, user, &diag);
    if (status != DG_OK && status != DG_CANCELLED &&
        (diag.message || counts->failed == failed)) {
      if (!diag.message) {
        (void)dg_diag_set(&diag, status, "%s", dg_status_text(status));
        dg_diag_source(&diag, *paths);
      }
      dg_reading_error(counts, &diag);
    }
    dg_diag_clear(&diag);
    if (status == DG_NO_MEMORY || status == DG_CANCELLED) {
      return status;
    }
  }
  return dg_pool_finish(counts->pool);
}

int
dg_reading_exit(const DgReadingCounts *counts)
{
  if (counts->limited) {
    return DG_EXIT_LIMIT;
  }
  if (counts->failed + dg_pool_failed(counts->pool)) {
    return counts->articles ? DG_EXIT_INPUTS : DG_EXIT_FAILED;
  }
  return DG_EXIT_FINE;
}

void
dg_reading_stats(const DgReadingCounts *counts)
{
  const DgExtractCounts c = dg_pool_counts(counts->pool);
  dg_reading_counters(counts->articles, &c);
}

void
dg_reading_counters(size_t articles, const DgExtractCounts *c)
{
  (void)fprintf(stderr,
                "articles %zu, other languages %llu, bytes %llu, deals %llu\n"
                "sentences %llu, cut %llu, projected %llu, candidates %llu, "
                "matches %llu\n"
                "pattern runs %llu, stopped by the limit %llu, without JIT "
                "%llu, mentions dropped %llu\n",
                articles, (unsigned long long)c->other_language,
                (unsigned long long)c->bytes, (unsigned long long)c->deals,
                (unsigned long long)c->rules.sentences,
                (unsigned long long)c->cut_sentences,
                (unsigned long long)c->rules.projected,
                (unsigned long long)c->rules.candidates,
                (unsigned long long)c->rules.matches,
                (unsigned long long)c->regex.runs,
                (unsigned long long)c->regex.limits,
                (unsigned long long)c->regex.jit_fallbacks,
                (unsigned long long)c->rules.dropped);
}

bool
dg_reading_threads(const char *text, unsigned *threads)
{
  char *end = NULL;
  const unsigned long n = strtoul(text, &end, 10);
  if (end == text || *end || n < 1 || n > 256) {
    dg_cli_error("-j takes a number from 1 to 256, not '%s'", text);
    return false;
  }
  *threads = (unsigned)n;
  return true;
}
