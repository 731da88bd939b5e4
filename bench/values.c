/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How fast values are read: bench/values LANG FILE...
 *
 * Prints megabytes a second over all files, on one core, and then the time
 * for a megabyte of each kind of hostile text.
 */
#include "base/io.h"
#include "values/calendar.h"
#include "values/value.h"

#include <stdio.h>
#include <time.h>

enum { MEGABYTE = 1000000 };

static double
seconds(void)
{
  struct timespec now;
  (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Seconds for one reading; `found` counts the values. */
static double
time_of(DgStr text, const DgValueOptions *options, DgArena *arena,
        size_t *found)
{
  DgValue *values;
  size_t n = 0;
  const double begin = seconds();
  if (dg_values_read(text, options, arena, &values, &n) != DG_OK) {
    (void)fprintf(stderr, "cannot read\n");
  }
  const double end = seconds();
  *found += n;
  dg_arena_reset(arena);
  return end - begin;
}

static void
measure(int argc, char **argv, const DgValueOptions *options, DgArena *arena)
{
  size_t bytes = 0;
  size_t found = 0;
  double spent = 0;
  for (int round = 0; spent < 2 && round < 1000; ++round) {
    for (int i = 2; i < argc; ++i) {
      DgBuf file = DG_BUF_INIT;
      if (dg_io_read(argv[i], 0, &file, NULL) == DG_OK) {
        spent += time_of(dg_buf_str(&file), options, arena, &found);
        bytes += file.len;
      }
      dg_buf_clear(&file);
    }
  }
  (void)printf("%.1f MB/s, %.0f values a MB\n", (double)bytes / 1e6 / spent,
               (double)found / ((double)bytes / 1e6));
}

static void
attack(const char *piece, const DgValueOptions *options, DgArena *arena)
{
  DgBuf text = DG_BUF_INIT;
  size_t found = 0;
  while (text.len < MEGABYTE) {
    dg_buf_add(&text, dg_str(piece));
  }
  (void)printf("%8.1f ms  1 MB of \"%s\"\n",
               time_of(dg_buf_str(&text), options, arena, &found) * 1e3, piece);
  dg_buf_clear(&text);
}

/* clang-format off */
/* A megabyte of each must take little more than a megabyte of news. */
static const char *const pieces[] = {
  "1", "1,", "1.", "1 ", "100 ", "-", "million ", "mille ", "cent ", "un ",
  "et ", "de ", "vingt ", "quatre vingt ", "zero ", "et demi ", "twenty ",
  "hundred and ", "one hundred and ", "a ", "half a ", "and ", "in ", "$",
  "$ ", "$1 ", "1 $", "(", "1/", "1/2 ", "from ", "between ", "2024-",
  "2024 ", "le ", "the ", "last ", "first ", "week of ", "mars ", "March ",
  "lundi ", "Monday ", "du 3 au ", "il y a ", "d'", "1:", "//",
  "first week of ", "end of the ", "before ", "2 years and ", "un an et ",
  "2 weeks from ", "minus ", "\"", "1' ", "1.2.3 ", "\xC3\xA9",
  "\xE2\x80\xAF",
};
/* clang-format on */

int
main(int argc, char **argv)
{
  (void)setvbuf(stdout, NULL, _IOLBF, 0);
  if (argc < 3) {
    (void)fprintf(stderr, "usage: values LANG FILE...\n");
    return 2;
  }
  DgArena *const arena = dg_arena_new();
  const DgValueOptions options = { .lang = dg_lang_from_tag(dg_str(argv[1])),
                                   .reference = dg_calendar_date(2024, 2, 28) };
  measure(argc, argv, &options, arena);
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; ++i) {
    attack(pieces[i], &options, arena);
  }
  dg_arena_free(arena);
  return 0;
}
