/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/setup.h"

#include "base/io.h"

#include <stdio.h>
#include <stdlib.h>

DgSetup
dg_setup_default(void)
{
  DgSetup setup = { .threads = 1 };
  setup.config.limits = DG_LIMITS_DEFAULT;
  setup.read.limits = DG_LIMITS_DEFAULT;
  return setup;
}

static bool
add_path(const char **paths, size_t *n, const char *path)
{
  if (*n == 16) {
    dg_cli_error("at most 16 of these options are taken");
    return false;
  }
  paths[(*n)++] = path;
  return true;
}

static bool
set_size(const char *text, size_t *value)
{
  char *end = NULL;
  const unsigned long long n = strtoull(text, &end, 10);
  if (end == text || *end || text[0] == '-' || n == 0) {
    dg_cli_error("a number of bytes is expected, not '%s'", text);
    return false;
  }
  *value = (size_t)n;
  return true;
}

/** A mapping file, whose lines must be sound. */
static bool
read_mapping(DgSetup *setup, const char *path)
{
  enum { MAPPING_MAX = 1 << 20 };
  DgDiag diag = DG_DIAG_INIT;
  dg_buf_reset(&setup->mapping);
  DgStatus status = dg_io_read(path, MAPPING_MAX, &setup->mapping, &diag);
  if (status == DG_OK) {
    dg_buf_add_char(&setup->mapping, '\n');
    status = dg_buf_status(&setup->mapping);
  }
  if (status == DG_OK) {
    status = dg_mapping_check(dg_buf_str(&setup->mapping), &diag);
    if (status != DG_OK) {
      dg_diag_source(&diag, path);
    }
  }
  if (status != DG_OK) {
    dg_cli_report(&diag);
  }
  dg_diag_clear(&diag);
  setup->read.mapping = setup->mapping.data;
  return status == DG_OK;
}

static bool
read_too_long(const char *value, bool *cut)
{
  *cut = !strcmp(value, "cut");
  if (!*cut && strcmp(value, "skip") != 0) {
    dg_cli_error("--too-long takes cut or skip, not '%s'", value);
    return false;
  }
  return true;
}

bool
dg_setup_option(DgSetup *setup, int option, const char *value)
{
  switch (option) {
  case DG_OPTION_RULES:
    return add_path(setup->rules, &setup->n_rules, value);
  case DG_OPTION_LEXICON:
    return add_path(setup->lexicons, &setup->n_lexicons, value);
  case DG_OPTION_NO_RULES:
    setup->only_user_rules = true;
    return true;
  case DG_OPTION_LANG:
    setup->read.lang = dg_lang_from_tag(dg_str(value));
    if (setup->read.lang == DG_LANG_OTHER) {
      dg_cli_error("no language '%s': fr or en", value);
      return false;
    }
    return true;
  case DG_OPTION_DATE:
    if (dg_date_read(dg_str(value), &setup->read.published) != DG_OK) {
      dg_cli_error("no date '%s': write it as 2024-02-28", value);
      return false;
    }
    return true;
  case DG_OPTION_INPUT:
    setup->read.format = value;
    return true;
  case DG_OPTION_MAX_ARTICLE:
    return set_size(value, &setup->read.limits.article_bytes);
  case DG_OPTION_TOO_LONG:
    return read_too_long(value, &setup->read.cut);
  case DG_OPTION_MAP:
    return read_mapping(setup, value);
  case DG_OPTION_SUMMARY:
    setup->summary = true;
    return true;
  case DG_OPTION_STATS:
    setup->stats = true;
    return true;
  default:
    return false;
  }
}

static DgStatus
open_rules(DgSetup *setup, DgDiag *diag)
{
  const char *folders[17];
  size_t n = 0;
  char *const shipped = dg_cli_data("rules");
  if (!setup->only_user_rules) {
    folders[n++] = shipped;
  }
  for (size_t i = 0; i < setup->n_rules; ++i) {
    folders[n++] = setup->rules[i];
  }
  const DgStatus status = dg_ruleset_open(folders, n, &setup->ruleset, diag);
  free(shipped);
  return status;
}

DgStatus
dg_setup_open(DgSetup *setup)
{
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status = open_rules(setup, &diag);
  if (status == DG_OK) {
    char *const folder = dg_cli_data("lexicon");
    status = dg_lexicon_open(folder, setup->lexicons, setup->n_lexicons,
                             &setup->lexicon, &diag);
    free(folder);
  }
  if (status == DG_OK) {
    setup->config.rules = setup->ruleset;
    setup->config.lexicon = setup->lexicon;
  } else {
    dg_cli_report(&diag);
    dg_setup_close(setup);
  }
  dg_diag_clear(&diag);
  return status;
}

void
dg_setup_close(DgSetup *setup)
{
  dg_ruleset_free(setup->ruleset);
  dg_lexicon_free(setup->lexicon);
  dg_buf_clear(&setup->mapping);
  setup->read.mapping = NULL;
  setup->ruleset = NULL;
  setup->lexicon = NULL;
}

uint64_t
dg_setup_hash(const DgSetup *setup)
{
  return dg_ruleset_hash(setup->ruleset) * 31 + dg_lexicon_hash(setup->lexicon);
}
