/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_SETUP_H
#define DG_CLI_SETUP_H

#include "cli/cli.h"
#include "pipeline/extract.h"

/**
 * What commands that read articles have in common: rules, lexicon, limits,
 * threads, and their options.
 */
typedef struct {
  const char *rules[16]; /**< [n_rules] folders given by the user */
  size_t n_rules;
  const char *lexicons[16]; /**< [n_lexicons] files given by the user */
  size_t n_lexicons;
  bool only_user_rules; /**< --no-shipped-rules */
  unsigned threads;
  DgReadOptions read; /**< how to read input */
  DgBuf mapping;      /**< what --map gave; read.mapping points there */
  bool stats;
  bool summary; /**< counts by format, language and reason at the end */
  DgRuleset *ruleset;
  DgLexicon *lexicon;
  DgExtractConfig config; /**< set by dg_setup_open */
} DgSetup;

/** Option letters from 1000 on are the set-up's own. */
enum {
  DG_OPTION_RULES = 1000,
  DG_OPTION_LEXICON,
  DG_OPTION_NO_RULES,
  DG_OPTION_LANG,
  DG_OPTION_DATE,
  DG_OPTION_INPUT,
  DG_OPTION_MAX_ARTICLE,
  DG_OPTION_TOO_LONG,
  DG_OPTION_MAP,
  DG_OPTION_SUMMARY,
  DG_OPTION_STATS
};

/** For a getopt_long table. */
#define DG_SETUP_OPTIONS                                                       \
  { "rules", required_argument, NULL, DG_OPTION_RULES },                       \
      { "lexicon", required_argument, NULL, DG_OPTION_LEXICON },               \
      { "no-shipped-rules", no_argument, NULL, DG_OPTION_NO_RULES },           \
      { "lang", required_argument, NULL, DG_OPTION_LANG },                     \
      { "date", required_argument, NULL, DG_OPTION_DATE },                     \
      { "input", required_argument, NULL, DG_OPTION_INPUT },                   \
      { "max-article", required_argument, NULL, DG_OPTION_MAX_ARTICLE },       \
      { "too-long", required_argument, NULL, DG_OPTION_TOO_LONG },             \
      { "summary", no_argument, NULL, DG_OPTION_SUMMARY },                     \
      { "map", required_argument, NULL, DG_OPTION_MAP },                       \
  {                                                                            \
    "stats", no_argument, NULL, DG_OPTION_STATS                                \
  }

/** What these options do, for a command's details. */
#define DG_SETUP_DETAILS                                                       \
  "  --rules DIR         add rules, or replace shipped ones of the same id\n"  \
  "  --no-shipped-rules  use the rules of --rules alone\n"                     \
  "  --lexicon FILE      add names (TSV)\n"                                    \
  "  --lang fr|en        language of the input; else detected\n"               \
  "  --date YYYY-MM-DD   publication date of articles that tell none\n"        \
  "  --input FORMAT      format of the input; else detected\n"                 \
  "  --map FILE          field names of JSON and CSV: text = corps, contenu\n" \
  "  --max-article N     longest article in bytes (default 8388608)\n"         \
  "  --too-long cut|skip a longer one: cut at a paragraph, or skip "           \
  "(default)\n"                                                                \
  "  --summary           articles by format and language, failures by "        \
  "reason\n"                                                                   \
  "  --stats             counters on standard error\n"

DgSetup
dg_setup_default(void);

/** Take one option; @return false, after a message, for a bad value. */
bool
dg_setup_option(DgSetup *setup, int option, const char *value);

/** Open rules and lexicon; a failure is reported. */
DgStatus
dg_setup_open(DgSetup *setup);

void
dg_setup_close(DgSetup *setup);

/** Hash of all that decides what is extracted. */
uint64_t
dg_setup_hash(const DgSetup *setup);

#endif
