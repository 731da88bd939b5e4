/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/reading.h"

#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

void
dg_reading_notice(const DgDocument *document)
{
  if (document->notice.ptr) {
    (void)fprintf(stderr, "dealgraph: %.*s: notice: %.*s\n",
                  (int)document->origin.len, document->origin.ptr,
                  (int)document->notice.len, document->notice.ptr);
  }
}

/* ---- counting ---- */

/** Count `name` in a table whose last place is for all others. */
static void
tally(DgTally *table, size_t n, DgStr name)
{
  name = dg_str_sub(name, 0, sizeof table->name - 1);
  size_t i = 0;
  while (i + 1 < n && table[i].n &&
         !dg_str_equal(name, dg_str(table[i].name))) {
    ++i;
  }
  name = i + 1 < n ? name : DG_STR("others");
  memcpy(table[i].name, name.ptr, name.len);
  table[i].name[name.len] = '\0';
  ++table[i].n;
}

/** A message up to its detail, numbers as N: what failures have in common. */
static void
tally_reason(DgReadingCounts *counts, const char *message)
{
  DgBuf reason = DG_BUF_INIT;
  for (const char *at = message; *at && *at != ';' && *at != ':'; ++at) {
    const bool number = *at >= '0' && *at <= '9';
    if (!number) {
      dg_buf_add_char(&reason, *at);
    } else if (reason.len == 0 || reason.data[reason.len - 1] != 'N') {
      dg_buf_add_char(&reason, 'N');
    }
  }
  tally(counts->reasons, sizeof counts->reasons / sizeof *counts->reasons,
        dg_buf_str(&reason));
  dg_buf_clear(&reason);
}

static void
print_tallies(const char *title, const DgTally *table, size_t n)
{
  for (size_t i = 0; i < n && table[i].n; ++i) {
    (void)fprintf(stderr, "%s%s %zu", i ? ", " : title, table[i].name,
                  table[i].n);
  }
  if (table[0].n) {
    (void)fputc('\n', stderr);
  }
}

void
dg_reading_summary(const DgReadingCounts *counts)
{
  DgTally languages[DG_LANG_COUNT] = { 0 };
  size_t n = 0;
  for (size_t i = 0; i < DG_LANG_COUNT; ++i) {
    if (counts->languages[i]) {
      const DgStr name =
          i == DG_LANG_OTHER ? DG_STR("other") : dg_str(dg_lang_tag((DgLang)i));
      memcpy(languages[n].name, name.ptr, name.len);
      languages[n++].n = counts->languages[i];
    }
  }
  if (counts->resumed) {
    (void)fprintf(stderr, "read by an earlier run: %zu\n", counts->resumed);
  }
  print_tallies("formats: ", counts->formats,
                sizeof counts->formats / sizeof *counts->formats);
  print_tallies("languages: ", languages, n);
  print_tallies("rejected: ", counts->reasons,
                sizeof counts->reasons / sizeof *counts->reasons);
}

/* ---- progress ---- */

static double
now(void)
{
  struct timespec time;
  (void)clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/** Bytes of the files in and below `path`; links are not followed. */
static uint64_t
size_of(const char *path)
{
  char *const roots[] = { strdup(path), NULL };
  FTS *const tree = roots[0] ? fts_open(roots, FTS_PHYSICAL, NULL) : NULL;
  uint64_t total = 0;
  const FTSENT *entry;
  while (tree && (entry = fts_read(tree))) {
    total += entry->fts_info == FTS_F ? (uint64_t)entry->fts_statp->st_size : 0;
  }
  if (tree) {
    (void)fts_close(tree);
  }
  free(roots[0]);
  return total;
}

static void
start_progress(DgReadingCounts *counts, DgReadOptions *options, char **paths)
{
  counts->terminal = isatty(STDERR_FILENO);
  counts->began = now();
  options->bytes = &counts->bytes;
  for (; counts->terminal && *paths; ++paths) {
    counts->total += size_of(*paths);
  }
}

static void
tell_progress(DgReadingCounts *counts)
{
  const double at = now();
  if (!counts->terminal || at - counts->told < 0.2) {
    return;
  }
  counts->told = at;
  const double seconds = at - counts->began;
  const double rate = seconds > 0 ? (double)counts->bytes / seconds : 0;
  (void)fprintf(stderr, "\r%zu articles, %.1f MB, %.1f MB/s", counts->articles,
                (double)counts->bytes / 1e6, rate / 1e6);
  if (counts->total > counts->bytes && rate > 0) {
    const double left = (double)(counts->total - counts->bytes) / rate;
    (void)fprintf(stderr, ", %d:%02d left", (int)left / 60, (int)left % 60);
  }
  (void)fputs("\x1b[K", stderr);
}

static void
end_progress(const DgReadingCounts *counts)
{
  if (counts->told > 0) {
    (void)fputs("\r\x1b[K", stderr);
  }
}

void
dg_reading_take(DgReadingCounts *counts, const DgDocument *document)
{
  tally(counts->formats, sizeof counts->formats / sizeof *counts->formats,
        dg_str(document->format));
  ++counts->languages[document->lang];
  counts->limited = counts->limited || (document->flags & DG_FLAG_CUT);
  if (document->notice.ptr) {
    end_progress(counts);
    dg_reading_notice(document);
  }
  tell_progress(counts);
}

void
dg_reading_error(DgReadingCounts *counts, const DgDiag *diag)
{
  ++counts->failed;
  tally_reason(counts,
               diag->message ? diag->message : dg_status_text(diag->status));
  end_progress(counts);
  counts->limited = counts->limited || diag->status == DG_LIMIT;
  dg_cli_report(diag);
}

DgStatus
dg_reading_run(DgReadingCounts *counts, DgReadOptions *options, char **paths,
               DgDocumentSink sink, DgInputErrorSink error, void *user)
{
  start_progress(counts, options, paths);
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
  const DgStatus status = dg_pool_finish(counts->pool);
  end_progress(counts);
  return status;
}

int
dg_reading_exit(const DgReadingCounts *counts)
{
  if (counts->limited || dg_pool_counts(counts->pool).beyond_limit) {
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
