/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/reading.h"

#include "pipeline/check.h"
#include "pipeline/cover.h"

#include "base/io.h"

#include <getopt.h>
#include <stdio.h>

static const char *const kinds[] = { "event", "relation", "attribute",
                                     "context" };

static int
list_rules(const DgSetup *setup)
{
  for (uint32_t i = 0; i < dg_ruleset_size(setup->ruleset); ++i) {
    const DgRule *const rule = dg_ruleset_rule(setup->ruleset, i);
    (void)printf("%-9s %-36.*s %-14.*s prio %3d  prec %.2f  %s:%zu\n",
                 kinds[rule->kind], (int)rule->id.len, rule->id.ptr,
                 (int)rule->type.len, rule->type.ptr ? rule->type.ptr : "",
                 rule->priority, rule->precision, rule->file, rule->line);
  }
  return DG_EXIT_FINE;
}

static int
dump_rules(const DgSetup *setup, const char *id)
{
  DgBuf out = DG_BUF_INIT;
  bool found = false;
  for (uint32_t i = 0; i < dg_ruleset_size(setup->ruleset); ++i) {
    if (!id ||
        dg_str_equal(dg_ruleset_rule(setup->ruleset, i)->id, dg_str(id))) {
      dg_ruleset_dump(setup->ruleset, i, &out);
      found = true;
    }
  }
  (void)fwrite(out.data, 1, out.len, stdout);
  dg_buf_clear(&out);
  if (!found) {
    dg_cli_error("no rule '%s'; 'dealgraph rules list' names them",
                 id ? id : "");
    return DG_EXIT_USAGE;
  }
  return DG_EXIT_FINE;
}

static int
check_rules(const DgSetup *setup)
{
  DgBuf out = DG_BUF_INIT;
  DgCheckCounts counts;
  const DgStatus status = dg_check_rules(&setup->config, &out, &counts);
  if (out.data) {
    (void)fwrite(out.data, 1, out.len, stdout);
  }
  dg_buf_clear(&out);
  if (status != DG_OK) {
    dg_cli_error("%s", dg_status_text(status));
    return dg_cli_exit(status);
  }
  (void)printf("%zu rules, %zu warnings\n%zu passed, %zu failed\n",
               counts.rules, counts.warnings, counts.passed, counts.failed);
  return counts.failed ? DG_EXIT_VIOLATIONS : DG_EXIT_FINE;
}

static int
check_sentences(const DgSetup *setup, const char *path)
{
  DgBuf file = DG_BUF_INIT;
  DgBuf out = DG_BUF_INIT;
  DgDiag diag = DG_DIAG_INIT;
  DgSentenceCounts c = { 0 };
  DgStatus status = dg_io_read(path, 0, &file, &diag);
  if (status == DG_OK) {
    const DgLang lang = setup->read.lang ? setup->read.lang : DG_LANG_FR;
    status = dg_check_sentences(&setup->config, dg_buf_str(&file), path, lang,
                                &out, &c, &diag);
  }
  if (out.data) {
    (void)fwrite(out.data, 1, out.len, stdout);
  }
  if (status != DG_OK) {
    dg_cli_report(&diag);
  } else {
    (void)printf("%zu of %zu sentences right; deals: %zu expected, %zu found, "
                 "%zu met in full; %zu false alarms in %zu sentences\n",
                 c.right, c.sentences, c.expected, c.found, c.met,
                 c.false_alarms, c.quiet);
  }
  dg_buf_clear(&file);
  dg_buf_clear(&out);
  dg_diag_clear(&diag);
  return dg_cli_exit(status);
}

/* ---- cover ---- */

typedef struct {
  DgCover *cover;
  DgPool *pool;
  DgReadingCounts counts;
} Covering;

static DgStatus
count_article(void *user, const DgExtraction *extraction, DgBuf *out)
{
  (void)out;
  return dg_cover_add(((Covering *)user)->cover, extraction);
}

static DgStatus
deliver_article(void *user, const DgDocument *document, DgStr rendered)
{
  (void)document;
  (void)rendered;
  ++((Covering *)user)->counts.articles;
  return DG_OK;
}

static DgStatus
take_document(void *user, const DgDocument *document)
{
  return dg_pool_submit(((Covering *)user)->pool, document);
}

static void
take_error(void *user, const DgDiag *diag)
{
  dg_reading_error(&((Covering *)user)->counts, diag);
}

static int
cover_rules(DgSetup *setup, char **paths)
{
  Covering c = { .cover = dg_cover_new(setup->ruleset) };
  c.pool = dg_pool_new(&setup->config, setup->threads, count_article,
                       deliver_article, &c);
  c.counts.pool = c.pool;
  DgStatus status = c.cover && c.pool ? DG_OK : DG_NO_MEMORY;
  DgBuf out = DG_BUF_INIT;
  int result = dg_cli_exit(status);
  if (status == DG_OK) {
    status = dg_reading_run(&c.counts, &setup->read, paths, take_document,
                            take_error, &c);
    result = status == DG_OK ? dg_reading_exit(&c.counts) : dg_cli_exit(status);
  }
  if (status == DG_OK && c.counts.articles) {
    status = dg_cover_write(c.cover, &out);
    (void)fwrite(out.data, 1, out.len, stdout);
  }
  if (status != DG_OK) {
    dg_cli_error("%s", dg_status_text(status));
    result = dg_cli_exit(status);
  }
  dg_buf_clear(&out);
  dg_pool_free(c.pool);
  dg_cover_free(c.cover);
  return result;
}

static int
run(int argc, char **argv)
{
  static const struct option options[] = {
    { "jobs", required_argument, NULL, 'j' },
    DG_SETUP_OPTIONS,
    { NULL, 0, NULL, 0 },
  };
  DgSetup setup = dg_setup_default();
  int option;
  while ((option = getopt_long(argc, argv, "j:", options, NULL)) != -1) {
    if (!(option == 'j' ? dg_reading_threads(optarg, &setup.threads)
                        : dg_setup_option(&setup, option, optarg))) {
      return dg_cli_usage(&dg_command_rules);
    }
  }
  const char *const what = optind < argc ? argv[optind] : "";
  const char *const name = optind + 1 < argc ? argv[optind + 1] : NULL;
  const bool known =
      !strcmp(what, "check") || !strcmp(what, "list") ||
      !strcmp(what, "dump") ||
      ((!strcmp(what, "sentences") || !strcmp(what, "cover")) && name);
  if (!known) {
    return dg_cli_usage(&dg_command_rules);
  }
  DgStatus status = dg_setup_open(&setup);
  if (status != DG_OK) {
    return dg_cli_exit(status);
  }
  int result;
  if (!strcmp(what, "cover")) {
    result = cover_rules(&setup, argv + optind + 1);
  } else if (what[0] == 'c') {
    result = check_rules(&setup);
  } else if (what[0] == 'l') {
    result = list_rules(&setup);
  } else if (what[0] == 'd') {
    result = dump_rules(&setup, name);
  } else {
    result = check_sentences(&setup, name);
  }
  dg_setup_close(&setup);
  return result;
}

const DgCommand dg_command_rules = {
  "rules", "check|list|dump [RULE]|sentences FILE|cover PATH... [OPTION...]",
  "Check, list and show the rules",
  "  check               run the examples of all rules; status 4 on failures\n"
  "  list                all rules, a line each\n"
  "  dump [RULE]         the compiled programs\n"
  "  sentences FILE      sentences with the deals they state, compared\n"
  "  cover FILE|DIR...   what each rule matches in these articles, and the "
  "rules\n"
  "                      that match nothing\n"
  "  -j, --jobs N        threads for cover\n" DG_SETUP_DETAILS,
  run
};
