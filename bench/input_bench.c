/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * input_bench FILE...      each article as a line of JSON
 * input_bench -t N FILE... megabytes of input read in a second, over N rounds
 */

#include "base/io.h"
#include "input/article_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static DgStatus
print_article(void *user, const DgDocument *document)
{
  DgBuf *const out = user;
  dg_buf_reset(out);
  dg_article_json(document, out);
  (void)fwrite(out->data, 1, out->len, stdout);
  return dg_buf_status(out);
}

static DgStatus
count_article(void *user, const DgDocument *document)
{
  *(size_t *)user += document->text.len;
  return DG_OK;
}

static void
print_error(void *user, const DgDiag *diag)
{
  (void)user;
  (void)fprintf(stderr, "%s: %s\n", diag->source ? diag->source : "",
                diag->message);
}

static int
print_all(char **paths, const DgReadOptions *options)
{
  int failed = 0;
  DgBuf out = DG_BUF_INIT;
  for (; *paths; ++paths) {
    DgDiag diag = DG_DIAG_INIT;
    if (dg_input_read_path(*paths, options, print_article, print_error, &out,
                           &diag) != DG_OK) {
      print_error(NULL, &diag);
      failed = 1;
    }
    dg_diag_clear(&diag);
  }
  dg_buf_clear(&out);
  return failed;
}

static double
seconds(void)
{
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int
time_all(long rounds, char **paths, const DgReadOptions *options)
{
  double spent = 0;
  size_t bytes = 0;
  size_t text = 0;
  for (; *paths; ++paths) {
    DgBuf file = DG_BUF_INIT;
    if (dg_io_read(*paths, 0, &file, NULL) != DG_OK) {
      continue;
    }
    const double start = seconds();
    for (long i = 0; i < rounds; ++i) {
      (void)dg_input_read(dg_buf_str(&file), *paths, options, count_article,
                          NULL, &text, NULL);
      bytes += file.len;
    }
    spent += seconds() - start;
    dg_buf_clear(&file);
  }
  (void)printf("%.1f MB of input, %.1f MB of text, %.3f s: %.1f MB/s\n",
               (double)bytes / 1e6, (double)text / 1e6, spent,
               (double)bytes / 1e6 / spent);
  return 0;
}

int
main(int argc, char **argv)
{
  const DgReadOptions options = { .limits = DG_LIMITS_DEFAULT };
  if (argc > 3 && !strcmp(argv[1], "-t")) {
    return time_all(strtol(argv[2], NULL, 10), argv + 3, &options);
  }
  return print_all(argv + 1, &options);
}
