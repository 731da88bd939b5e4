/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/setup.h"

#include "pipeline/check.h"
#include "rules/whynot.h"

#include <getopt.h>
#include <stdio.h>

static DgStatus
ask(const DgSetup *setup, uint32_t rule, const char *text, DgBuf *out)
{
  DgExtractor *const extractor = dg_extractor_new(&setup->config);
  DgArena *const arena = dg_arena_new();
  DgStatus status = extractor && arena ? DG_OK : DG_NO_MEMORY;
  const DgExtraction *x = NULL;
  if (status == DG_OK) {
    const DgLang own = dg_ruleset_rule(setup->ruleset, rule)->lang;
    const DgLang lang = setup->read.lang ? setup->read.lang : own;
    status =
        dg_check_extract(extractor, dg_str(text), lang ? lang : DG_LANG_EN, &x);
  }
  if (status == DG_OK) {
    status = dg_rules_whynot(setup->ruleset, rule, &setup->config.limits,
                             x->facts.text, &x->facts.mentions, arena, out);
  }
  dg_arena_free(arena);
  dg_extractor_free(extractor);
  return status;
}

static int
run(int argc, char **argv)
{
  static const struct option options[] = { DG_SETUP_OPTIONS,
                                           { NULL, 0, NULL, 0 } };
  DgSetup setup = dg_setup_default();
  int option;
  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
    if (!dg_setup_option(&setup, option, optarg)) {
      return dg_cli_usage(&dg_command_whynot);
    }
  }
  if (argc - optind != 2) {
    return dg_cli_usage(&dg_command_whynot);
  }
  DgStatus status = dg_setup_open(&setup);
  if (status != DG_OK) {
    return dg_cli_exit(status);
  }
  const uint32_t rule = dg_ruleset_find(setup.ruleset, dg_str(argv[optind]));
  if (rule == DG_NO_INDEX) {
    dg_cli_error("no rule '%s'; 'dealgraph rules list' names them",
                 argv[optind]);
    status = DG_USAGE;
  } else {
    DgBuf out = DG_BUF_INIT;
    status = ask(&setup, rule, argv[optind + 1], &out);
    if (out.data) {
      (void)fwrite(out.data, 1, out.len, stdout);
    }
    dg_buf_clear(&out);
  }
  dg_setup_close(&setup);
  return dg_cli_exit(status);
}

const DgCommand dg_command_whynot = {
  "whynot", "RULE TEXT [OPTION...]",
  "Say what keeps a rule from matching a sentence", DG_SETUP_DETAILS, run
};
