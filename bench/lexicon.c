/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How fast names are looked up and entities read: `bench/lexicon FOLDER FILE`
 * reads a plain text, a paragraph a line, some times over and prints megabytes
 * of text a second of processor time for each step, and the time to open the
 * lexicon.
 */
#include "base/io.h"
#include "base/vec.h"
#include "entity/entity.h"

#include <stdio.h>
#include <time.h>

static double
now(void)
{
  struct timespec t;
  (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Seconds spent in each step. */
typedef struct {
  double text;
  double find;
  double values;
  double entities;
  size_t bytes;
} Times;

static DgStatus
run_text(DgStr string, const DgLexicon *lexicon, DgArena *arena, Times *times)
{
  DgBlock block = { .kind = DG_BLOCK_PARAGRAPH,
                    .content = string,
                    .text = { 0, string.len },
                    .lang = DG_LANG_FR };
  const DgDocument document = {
    .text = string, .lang = DG_LANG_FR, .blocks = &block, .n_blocks = 1
  };
  const DgValueOptions options = { .lang = DG_LANG_FR };
  DgText text;
  DgLexHit *hits;
  size_t n_hits;
  DgValue *values = NULL;
  size_t n_values = 0;
  DgMentions mentions;
  DgEntities entities;
  const double t0 = now();
  DG_TRY(dg_text_read(&document, &DG_LIMITS_DEFAULT, arena, &text));
  const double t1 = now();
  DG_TRY(dg_lexicon_find(lexicon, &text, arena, &hits, &n_hits));
  const double t2 = now();
  DG_TRY(dg_values_read(string, &options, arena, &values, &n_values));
  const double t3 = now();
  DG_TRY(dg_entities_read(&text, lexicon, values, n_values, arena, &mentions,
                          &entities));
  const double t4 = now();
  times->text += t1 - t0;
  times->find += t2 - t1;
  times->values += t3 - t2;
  times->entities += t4 - t3;
  times->bytes += string.len;
  return DG_OK;
}

static DgStatus
run_all(DgStr all, size_t piece, const DgLexicon *lexicon, Times *times)
{
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  DgStatus status = DG_OK;
  for (size_t at = 0; at < all.len && !status;) {
    size_t end = at + piece < all.len ? at + piece : all.len;
    while (end < all.len && all.ptr[end] != '\n') {
      ++end;
    }
    dg_arena_reset(arena);
    status = run_text(dg_str_sub(all, at, end), lexicon, arena, times);
    at = end;
  }
  dg_arena_free(arena);
  return status;
}

static void
print(const char *what, double seconds, size_t bytes)
{
  (void)printf("%-10s %8.1f MB/s\n", what, (double)bytes / seconds * 1e-6);
}

int
main(int argc, char **argv)
{
  if (argc != 3) {
    (void)fputs("usage: lexicon FOLDER FILE\n", stderr);
    return 2;
  }
  DgDiag diag = DG_DIAG_INIT;
  DgLexicon *lexicon = NULL;
  DgBuf bytes = DG_BUF_INIT;
  const double t0 = now();
  DgStatus status = dg_lexicon_open(argv[1], NULL, 0, &lexicon, &diag);
  const double t1 = now();
  if (!status) {
    status = dg_io_read(argv[2], 0, &bytes, &diag);
  }
  static const size_t pieces[] = { 3000, 1000000 };
  for (size_t i = 0; i < 2 && !status; ++i) {
    Times times = { 0 };
    status = run_all(dg_buf_str(&bytes), pieces[i], lexicon, &times);
    (void)printf("pieces of %zu bytes\n", pieces[i]);
    print("text", times.text, times.bytes);
    print("find", times.find, times.bytes);
    print("values", times.values, times.bytes);
    print("entities", times.entities, times.bytes);
  }
  if (!status) {
    (void)printf("open       %8.2f ms, %zu entries\n", (t1 - t0) * 1e3,
                 dg_lexicon_size(lexicon));
  }
  dg_lexicon_free(lexicon);
  dg_buf_clear(&bytes);
  dg_diag_clear(&diag);
  return status ? 1 : 0;
}
