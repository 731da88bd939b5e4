/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/reading.h"

#include "base/io.h"
#include "pipeline/eval_report.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * The facts to score are JSON lines, whether from a file or from reading the
 * texts here; so both go the same way.
 */
typedef struct {
  DgSetup setup;
  const char *gold;
  const char *texts;   /**< folder, or null */
  const char *facts;   /**< file of ready facts, or null */
  const char *compare; /**< file of older facts, or null */
  const char *lang;    /**< of the articles to score, or null for all */
  bool lenient;
  bool json;
  size_t errors; /**< to list of each kind */
  DgArena *arena;
  DgEvalGold articles;
  DgExtractor *extractor;
  size_t failed; /**< texts that could not be read */
} Eval;

enum {
  OPTION_LENIENT = 1,
  OPTION_ERRORS,
  OPTION_COMPARE,
  OPTION_PRED,
  OPTION_JSON
};

/* ---- reading ---- */

typedef struct {
  Eval *eval;
  DgBuf *out;
} Reading;

static DgStatus
take_document(void *user, const DgDocument *document)
{
  const Reading *const reading = user;
  const DgExtraction *x;
  DG_TRY(dg_extract(reading->eval->extractor, document, &x));
  dg_facts_write_json(&x->facts, reading->out);
  return dg_buf_status(reading->out);
}

static void
take_error(void *user, const DgDiag *diag)
{
  (void)user;
  dg_cli_report(diag);
}

/** Read TEXTDIR/<id>.txt; one that fails is told and counted. */
static DgStatus
read_text(Eval *e, DgStr id, DgBuf *out)
{
  char *const path =
      dg_arena_printf(e->arena, "%s/%.*s.txt", e->texts, (int)id.len, id.ptr);
  DG_TRY_PTR(path);
  DgDiag diag = DG_DIAG_INIT;
  Reading reading = { e, out };
  DgStatus status = dg_input_read_path(path, &e->setup.read, take_document,
                                       take_error, &reading, &diag);
  if (status != DG_OK && status != DG_NO_MEMORY) {
    dg_cli_report(&diag);
    ++e->failed;
    status = DG_OK;
  }
  dg_diag_clear(&diag);
  return status;
}

/** An id names a file of the folder, so it may not lead out of it. */
static bool
is_file_name(DgStr id)
{
  return !memchr(id.ptr, '/', id.len) && !memchr(id.ptr, '\0', id.len);
}

static void
print_stats(const DgExtractor *extractor)
{
  const DgExtractCounts counts = dg_extractor_counts(extractor);
  dg_reading_counters((size_t)counts.articles, &counts);
}

static DgStatus
read_texts(Eval *e, DgBuf *out)
{
  DG_TRY(dg_setup_open(&e->setup));
  e->extractor = dg_extractor_new(&e->setup.config);
  DgStatus status = e->extractor ? DG_OK : DG_NO_MEMORY;
  for (size_t i = 0; i < e->articles.n && status == DG_OK; ++i) {
    const DgEvalArticle *const article = &e->articles.items[i];
    if (!is_file_name(article->id)) {
      dg_cli_error("%s: '%.*s' is no name of a text", e->gold,
                   (int)article->id.len, article->id.ptr);
      status = DG_BAD_INPUT;
    } else if (!article->left_out) {
      status = read_text(e, article->id, out);
    }
  }
  if (status == DG_OK && e->setup.stats) {
    print_stats(e->extractor);
  }
  dg_extractor_free(e->extractor);
  dg_setup_close(&e->setup);
  return status;
}

static DgStatus
read_file(const char *path, DgBuf *out)
{
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus status = dg_io_read(path, 0, out, &diag);
  if (status != DG_OK) {
    dg_cli_report(&diag);
  }
  dg_diag_clear(&diag);
  return status;
}

static DgStatus
read_gold(Eval *e)
{
  DgBuf file = DG_BUF_INIT;
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status = read_file(e->gold, &file);
  if (status == DG_OK) {
    status =
        dg_eval_read_gold(e->arena, dg_buf_str(&file), &e->articles, &diag);
    if (status != DG_OK) {
      dg_diag_source(&diag, e->gold);
      dg_cli_report(&diag);
    }
  }
  for (size_t i = 0; e->lang && i < e->articles.n; ++i) {
    DgEvalArticle *const article = &e->articles.items[i];
    article->left_out = !dg_str_equal(article->lang, dg_str(e->lang));
  }
  dg_buf_clear(&file);
  dg_diag_clear(&diag);
  return status;
}

/** Score facts; `name` is where they come from. */
static DgStatus
score(Eval *e, const char *name, DgStr facts, DgEvalRun *run)
{
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus status =
      dg_eval_run(e->arena, &e->articles, facts, e->lenient, run, &diag);
  if (status != DG_OK) {
    dg_diag_source(&diag, name);
    dg_cli_report(&diag);
  } else if (run->unknown) {
    dg_cli_error("%s: %zu articles that %s does not have", name, run->unknown,
                 e->gold);
  }
  dg_diag_clear(&diag);
  return status;
}

/* ---- the command ---- */

static DgStatus
write_report(Eval *e, const DgEvalRun *run, const DgEvalRun *old)
{
  DgBuf out = DG_BUF_INIT;
  DgStatus status =
      e->json ? dg_eval_write_json(run, &out) : dg_eval_write_tables(run, &out);
  if (old && !e->json) {
    dg_eval_write_comparison(run, old, &out);
  }
  if (e->errors && !e->json) {
    dg_eval_write_errors(run, e->errors, &out);
  }
  if (status == DG_OK) {
    status = dg_buf_status(&out);
  }
  if (status == DG_OK) {
    (void)fwrite(out.data, 1, out.len, stdout);
  }
  dg_buf_clear(&out);
  return status;
}

static DgStatus
evaluate(Eval *e)
{
  DgBuf facts = DG_BUF_INIT;
  DgBuf old_facts = DG_BUF_INIT;
  DgEvalRun run;
  DgEvalRun old;
  DgStatus status = read_gold(e);
  if (status == DG_OK) {
    status = e->facts ? read_file(e->facts, &facts) : read_texts(e, &facts);
  }
  if (status == DG_OK) {
    status = score(e, e->facts ? e->facts : e->texts, dg_buf_str(&facts), &run);
  }
  if (status == DG_OK && e->compare) {
    status = read_file(e->compare, &old_facts);
    if (status == DG_OK) {
      status = score(e, e->compare, dg_buf_str(&old_facts), &old);
    }
  }
  if (status == DG_OK) {
    status = write_report(e, &run, e->compare ? &old : NULL);
  }
  dg_buf_clear(&facts);
  dg_buf_clear(&old_facts);
  return status;
}

static bool
set_errors(const char *text, size_t *errors)
{
  char *end = NULL;
  const unsigned long n = strtoul(text, &end, 10);
  if (end == text || *end || text[0] == '-') {
    dg_cli_error("--errors takes a number, not '%s'", text);
    return false;
  }
  *errors = n;
  return true;
}

static bool
set_lang(const char *text, const char **lang)
{
  *lang = text;
  if (strcmp(text, "fr") && strcmp(text, "en")) {
    dg_cli_error("no language '%s': fr or en", text);
    return false;
  }
  return true;
}

static bool
set_option(Eval *e, int option, const char *value)
{
  switch (option) {
  case OPTION_LENIENT:
    e->lenient = true;
    return true;
  case OPTION_ERRORS:
    return set_errors(value, &e->errors);
  case OPTION_COMPARE:
    e->compare = value;
    return true;
  case OPTION_PRED:
    e->facts = value;
    return true;
  case OPTION_JSON:
    e->json = true;
    return true;
  case DG_OPTION_LANG: /* which articles count; texts tell their own */
    return set_lang(value, &e->lang);
  default:
    return dg_setup_option(&e->setup, option, value);
  }
}

static int
run(int argc, char **argv)
{
  static const struct option options[] = {
    { "lenient", no_argument, NULL, OPTION_LENIENT },
    { "errors", required_argument, NULL, OPTION_ERRORS },
    { "compare", required_argument, NULL, OPTION_COMPARE },
    { "pred", required_argument, NULL, OPTION_PRED },
    { "json", no_argument, NULL, OPTION_JSON },
    DG_SETUP_OPTIONS,
    { NULL, 0, NULL, 0 }
  };
  Eval e = { .setup = dg_setup_default() };
  int option;
  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
    if (!set_option(&e, option, optarg)) {
      return dg_cli_usage(&dg_command_eval);
    }
  }
  if (argc - optind != (e.facts ? 1 : 2)) {
    return dg_cli_usage(&dg_command_eval);
  }
  if (e.json && (e.errors || e.compare)) {
    dg_cli_error("--json has figures alone, no --errors and no --compare");
    return DG_EXIT_USAGE;
  }
  e.gold = argv[optind];
  e.texts = argv[optind + 1];
  e.arena = dg_arena_new();
  const DgStatus status = e.arena ? evaluate(&e) : DG_NO_MEMORY;
  dg_arena_free(e.arena);
  return status == DG_OK && e.failed ? DG_EXIT_INPUTS : dg_cli_exit(status);
}

const DgCommand dg_command_eval = {
  "eval", "GOLD TEXTDIR [OPTION...] | GOLD --pred FACTS [OPTION...]",
  "Compare what is extracted with annotated articles",
  "  --pred FACTS        score these facts instead of reading TEXTDIR/ID.txt\n"
  "  --lenient           investments and acquisitions may match each other\n"
  "  --errors N          list up to N errors of each kind\n"
  "  --compare FACTS     say what is won and lost since these older facts\n"
  "  --json              all figures as one JSON object\n"
  "With --lang only articles of that language count.\n" DG_SETUP_DETAILS,
  run
};
