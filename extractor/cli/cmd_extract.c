/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/setup.h"

#include "config.h"

#include "base/io.h"
#include "lift/lift.h"
#include "pipeline/pool.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * Articles in, one of these formats out. RDF is sorted as a whole, so that the
 * order of articles does not show; all else keeps the order of the input.
 */
typedef enum {
  FORMAT_FACTS,
  FORMAT_TEXT,
  FORMAT_NT,
  FORMAT_NQ,
  FORMAT_COUNT
} Format;

static const char *const format_names[] = { "facts", "text", "nt", "nq" };

typedef struct {
  DgSetup setup;
  Format format;
  const char *output;
  unsigned long shard;  /**< of `shards`, from 0 */
  unsigned long shards; /**< 1 for all */
  DgPool *pool;
  DgOutput *out;
  DgLiftOptions lift;
  DgBuf lines; /**< RDF: all lines, until they are sorted */
  size_t articles;
  size_t seen; /**< articles before sharding */
  size_t failed;
  bool limited;
} Extract;

static bool
is_rdf(Format format)
{
  return format >= FORMAT_NT;
}

/* ---- rendering, in any thread ---- */

typedef struct {
  DgBuf *out;
  bool graphs;
} Lines;

static DgStatus
put_line(void *self, const DgQuad *quad)
{
  const Lines *const lines = self;
  DgQuad copy = *quad;
  if (!lines->graphs) {
    copy.g = (DgTerm){ 0 };
  }
  dg_quad_write(&copy, lines->out);
  return DG_OK;
}

static DgStatus
render(void *user, const DgExtraction *extraction, DgBuf *out)
{
  const Extract *const x = user;
  const DgDocument *const document = extraction->facts.document;
  switch (x->format) {
  case FORMAT_FACTS:
    dg_facts_write_json(&extraction->facts, out);
    return DG_OK;
  case FORMAT_TEXT:
    dg_buf_add(out, document->text);
    dg_buf_add_char(out, '\n');
    return DG_OK;
  default: {
    Lines lines = { out, x->format == FORMAT_NQ };
    const DgQuadSink sink = { put_line, &lines };
    return dg_lift_article(&extraction->facts, &x->lift, &sink);
  }
  }
}

/* ---- delivery, in order ---- */

static DgStatus
deliver(void *user, const DgDocument *document, DgStr rendered)
{
  Extract *const x = user;
  (void)document;
  ++x->articles;
  if (is_rdf(x->format)) {
    dg_buf_add(&x->lines, rendered);
    return dg_buf_status(&x->lines);
  }
  dg_output_write(x->out, rendered);
  return DG_OK;
}

static void
tell_notice(const DgDocument *document)
{
  if (document->notice.ptr) {
    (void)fprintf(stderr, "dealgraph: %.*s: notice: %.*s\n",
                  (int)document->origin.len, document->origin.ptr,
                  (int)document->notice.len, document->notice.ptr);
  }
}

static DgStatus
take_document(void *user, const DgDocument *document)
{
  Extract *const x = user;
  if (x->seen++ % x->shards != x->shard) {
    return DG_OK;
  }
  tell_notice(document);
  return dg_pool_submit(x->pool, document);
}

static void
take_error(void *user, const DgDiag *diag)
{
  Extract *const x = user;
  ++x->failed;
  x->limited = x->limited || diag->status == DG_LIMIT;
  dg_cli_report(diag);
}

/* ---- sorting RDF ---- */

static int
compare_lines(const void *a, const void *b)
{
  return dg_str_compare(*(const DgStr *)a, *(const DgStr *)b);
}

/** Write the collected lines in order of bytes, each once. */
static DgStatus
write_sorted(Extract *x)
{
  DgStr rest = dg_buf_str(&x->lines);
  size_t n = 0;
  for (size_t i = 0; i < rest.len; ++i) {
    n += rest.ptr[i] == '\n';
  }
  DgStr *const lines = calloc(n + 1, sizeof *lines);
  DG_TRY_PTR(lines);
  for (size_t i = 0; i < n; ++i) {
    (void)dg_str_cut(&rest, '\n', &lines[i]);
    ++lines[i].len; /* its newline goes with it */
  }
  qsort(lines, n, sizeof *lines, compare_lines);
  for (size_t i = 0; i < n; ++i) {
    if (i == 0 || !dg_str_equal(lines[i], lines[i - 1])) {
      dg_output_write(x->out, lines[i]);
    }
  }
  free(lines);
  return DG_OK;
}

/* ---- the command ---- */

static bool
read_format(const char *name, Format *format)
{
  for (int i = 0; i < FORMAT_COUNT; ++i) {
    if (!strcmp(name, format_names[i])) {
      *format = (Format)i;
      return true;
    }
  }
  dg_cli_error("no format '%s': facts, text, nt or nq", name);
  return false;
}

/** Format by the extension of the output's name. */
static void
guess_format(Extract *x)
{
  const char *const dot = strrchr(x->output, '.');
  for (int i = 0; dot && i < FORMAT_COUNT; ++i) {
    if (!strcmp(dot + 1, format_names[i])) {
      x->format = (Format)i;
    }
  }
}

static bool
read_shard(const char *text, Extract *x)
{
  char *end = NULL;
  x->shard = strtoul(text, &end, 10);
  if (*end == '/') {
    x->shards = strtoul(end + 1, &end, 10);
  }
  if (*end || x->shards == 0 || x->shard >= x->shards) {
    dg_cli_error("a shard is written i/n with i from 0 to n-1, not '%s'", text);
    return false;
  }
  return true;
}

static bool
read_threads(const char *text, unsigned *threads)
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

static bool
read_options(int argc, char **argv, Extract *x)
{
  static const struct option options[] = {
    { "format", required_argument, NULL, 'f' },
    { "output", required_argument, NULL, 'o' },
    { "jobs", required_argument, NULL, 'j' },
    { "shard", required_argument, NULL, 's' },
    DG_SETUP_OPTIONS,
    { NULL, 0, NULL, 0 }
  };
  int option;
  bool formatted = false;
  while ((option = getopt_long(argc, argv, "f:o:j:", options, NULL)) != -1) {
    bool good;
    switch (option) {
    case 'f':
      good = read_format(optarg, &x->format);
      formatted = true;
      break;
    case 'o':
      x->output = optarg;
      good = true;
      break;
    case 'j':
      good = read_threads(optarg, &x->setup.threads);
      break;
    case 's':
      good = read_shard(optarg, x);
      break;
    default:
      good = dg_setup_option(&x->setup, option, optarg);
    }
    if (!good) {
      return false;
    }
  }
  if (!formatted) {
    guess_format(x);
  }
  return optind < argc;
}

static void
tell_stats(const Extract *x)
{
  const DgExtractCounts c = dg_pool_counts(x->pool);
  (void)fprintf(stderr,
                "articles %zu, other languages %llu, bytes %llu, deals %llu\n"
                "sentences %llu, cut %llu, projected %llu, candidates %llu, "
                "matches %llu\n"
                "pattern runs %llu, stopped by the limit %llu, without JIT "
                "%llu, mentions dropped %llu\n",
                x->articles, (unsigned long long)c.other_language,
                (unsigned long long)c.bytes, (unsigned long long)c.deals,
                (unsigned long long)c.rules.sentences,
                (unsigned long long)c.cut_sentences,
                (unsigned long long)c.rules.projected,
                (unsigned long long)c.rules.candidates,
                (unsigned long long)c.rules.matches,
                (unsigned long long)c.regex.runs,
                (unsigned long long)c.regex.limits,
                (unsigned long long)c.regex.jit_fallbacks,
                (unsigned long long)c.rules.dropped);
}

/** Read all inputs; each failure is told and counted. */
static DgStatus
read_inputs(Extract *x, char **paths)
{
  for (; *paths; ++paths) {
    DgDiag diag = DG_DIAG_INIT;
    const size_t failed = x->failed;
    const DgStatus status = dg_input_read_path(
        *paths, &x->setup.read, take_document, take_error, x, &diag);
    if (status != DG_OK && (diag.message || x->failed == failed)) {
      take_error(x, &diag);
    }
    dg_diag_clear(&diag);
    if (status == DG_NO_MEMORY) {
      return status;
    }
  }
  return dg_pool_finish(x->pool);
}

static int
exit_status(const Extract *x)
{
  const size_t failed = x->failed + dg_pool_failed(x->pool);
  if (x->limited) {
    return DG_EXIT_LIMIT;
  }
  if (failed) {
    return x->articles ? DG_EXIT_INPUTS : DG_EXIT_FAILED;
  }
  return DG_EXIT_FINE;
}

static int
extract(Extract *x, char **paths)
{
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status = dg_output_open(x->output, &x->out, &diag);
  x->pool = status == DG_OK ? dg_pool_new(&x->setup.config, x->setup.threads,
                                          render, deliver, x)
                            : NULL;
  int result = DG_EXIT_FAILED;
  if (x->pool) {
    status = read_inputs(x, paths);
    if (status == DG_OK && is_rdf(x->format)) {
      status = write_sorted(x);
    }
    result = status == DG_OK ? exit_status(x) : dg_cli_exit(status);
    if (x->setup.stats) {
      tell_stats(x);
    }
  }
  if (x->pool && status == DG_OK && x->articles) {
    status = dg_output_commit(x->out, &diag);
  } else {
    dg_output_cancel(x->out);
  }
  if (status != DG_OK) {
    dg_cli_report(&diag);
    result = DG_EXIT_FAILED;
  }
  dg_pool_free(x->pool);
  dg_buf_clear(&x->lines);
  dg_diag_clear(&diag);
  return result;
}

static int
run(int argc, char **argv)
{
  Extract x = { .setup = dg_setup_default(), .output = "-", .shards = 1 };
  if (!read_options(argc, argv, &x)) {
    return dg_cli_usage(&dg_command_extract);
  }
  if (dg_setup_open(&x.setup) != DG_OK) {
    return DG_EXIT_FAILED;
  }
  x.lift = (DgLiftOptions){ .version = DG_STR(PACKAGE_VERSION),
                            .ruleset = dg_setup_hash(&x.setup),
                            .lexicon = x.setup.lexicon };
  const int result = extract(&x, argv + optind);
  dg_setup_close(&x.setup);
  return result;
}

const DgCommand dg_command_extract = {
  "extract", "[OPTION...] FILE|DIR|-...",
  "Read articles and print what they say, as facts or RDF",
  "  -f, --format FORMAT facts (default), text, nt, nq; else by the extension\n"
  "                      of the output\n"
  "  -o, --output FILE   write there, whole or not at all\n"
  "  -j, --jobs N        threads\n"
  "      --shard I/N     every N-th article, from the I-th (0 to "
  "N-1)\n" DG_SETUP_DETAILS,
  run
};
