/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/reading.h"

#include "base/io.h"
#include "pipeline/explain.h"

#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

typedef enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_HTML, FORMAT_COUNT } Format;

static const char *const format_names[] = { "text", "json", "html" };

typedef struct {
  DgSetup setup;
  Format format;
  const char *output;
  bool colour;
  DgPool *pool;
  DgOutput *out;
  DgReadingCounts counts;
  size_t rendered;
} Explain;

/** In the caller's thread: the pool has no other. */
static DgStatus
render(void *user, const DgExtraction *extraction, DgBuf *out)
{
  Explain *const x = user;
  const DgRuleset *const rules = x->setup.ruleset;
  const size_t number = ++x->rendered;
  switch (x->format) {
  case FORMAT_JSON:
    return dg_explain_json(rules, extraction, out);
  case FORMAT_HTML:
    return dg_explain_html(rules, extraction, number, out);
  default:
    dg_buf_add(out, dg_str(number > 1 ? "\n" : ""));
    return dg_explain_text(rules, extraction, x->colour, out);
  }
}

static DgStatus
deliver(void *user, const DgDocument *document, DgStr rendered)
{
  Explain *const x = user;
  (void)document;
  ++x->counts.articles;
  dg_output_write(x->out, rendered);
  return DG_OK;
}

static DgStatus
take_document(void *user, const DgDocument *document)
{
  dg_reading_notice(document);
  return dg_pool_submit(((Explain *)user)->pool, document);
}

static void
take_error(void *user, const DgDiag *diag)
{
  dg_reading_error(&((Explain *)user)->counts, diag);
}

/** Write what stands around the articles. */
static void
write_frame(Explain *x, void (*write)(DgBuf *out))
{
  if (x->format == FORMAT_HTML) {
    DgBuf buf = DG_BUF_INIT;
    write(&buf);
    dg_output_write(x->out, dg_buf_str(&buf));
    dg_buf_clear(&buf);
  }
}

static int
explain(Explain *x, char **paths)
{
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status = dg_output_open(x->output, &x->out, &diag);
  if (status == DG_OK) {
    x->pool = dg_pool_new(&x->setup.config, 1, render, deliver, x);
    status = x->pool ? DG_OK : DG_NO_MEMORY;
  }
  int result = DG_EXIT_FAILED;
  if (status == DG_OK) {
    x->counts.pool = x->pool;
    write_frame(x, dg_explain_html_begin);
    status = dg_reading_run(&x->counts, &x->setup.read, paths, take_document,
                            take_error, x);
    write_frame(x, dg_explain_html_end);
    result =
        status == DG_OK ? dg_reading_exit(&x->counts) : dg_cli_exit(status);
    if (x->setup.stats) {
      dg_reading_stats(&x->counts);
    }
  }
  if (status == DG_OK && x->counts.articles) {
    status = dg_output_commit(x->out, &diag);
  } else {
    dg_output_cancel(x->out);
  }
  if (status != DG_OK) {
    dg_cli_report(&diag);
    result = DG_EXIT_FAILED;
  }
  dg_pool_free(x->pool);
  dg_diag_clear(&diag);
  return result;
}

/** Format by name, or -1. */
static int
format_named(const char *name)
{
  for (int i = 0; i < FORMAT_COUNT; ++i) {
    if (!strcmp(name, format_names[i])) {
      return i;
    }
  }
  return -1;
}

static bool
read_options(int argc, char **argv, Explain *x)
{
  static const struct option options[] = {
    { "format", required_argument, NULL, 'f' },
    { "output", required_argument, NULL, 'o' },
    DG_SETUP_OPTIONS,
    { NULL, 0, NULL, 0 }
  };
  const char *format = NULL;
  int option;
  while ((option = getopt_long(argc, argv, "f:o:", options, NULL)) != -1) {
    if (option == 'f') {
      format = optarg;
    } else if (option == 'o') {
      x->output = optarg;
    } else if (!dg_setup_option(&x->setup, option, optarg)) {
      return false;
    }
  }
  const char *const dot = strrchr(x->output, '.');
  const char *const name = format ? format : dot ? dot + 1 : "text";
  const int known = format_named(name);
  if (known < 0 && format) {
    dg_cli_error("no format '%s': text, json or html", format);
    return false;
  }
  x->format = known < 0 ? FORMAT_TEXT : (Format)known;
  return optind < argc;
}

/** Colour on a terminal, unless NO_COLOR is set to something. */
static bool
wants_colour(const char *output)
{
  const char *const no = getenv("NO_COLOR");
  return !strcmp(output, "-") && isatty(STDOUT_FILENO) && !(no && *no);
}

static int
run(int argc, char **argv)
{
  Explain x = { .setup = dg_setup_default(), .output = "-" };
  if (!read_options(argc, argv, &x)) {
    return dg_cli_usage(&dg_command_explain);
  }
  x.colour = wants_colour(x.output);
  if (dg_setup_open(&x.setup) != DG_OK) {
    return DG_EXIT_FAILED;
  }
  const int result = explain(&x, argv + optind);
  dg_setup_close(&x.setup);
  return result;
}

const DgCommand dg_command_explain = {
  "explain", "[OPTION...] FILE|DIR|-...",
  "Say how the deals of an article came about",
  "  -f, --format FORMAT text (default), json, html; else by the extension\n"
  "                      of the output\n"
  "  -o, --output FILE   write there, whole or not at all\n" DG_SETUP_DETAILS,
  run
};
