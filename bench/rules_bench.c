/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How fast rules are matched, everything before them done:
 *
 *   bench/rules_bench LEXICON RULES LANG ARTICLE...
 *
 * prints megabytes of text a second of processor time, the median of 9 turns,
 * and the milliseconds that opening the rules takes.
 */
#include "base/io.h"
#include "base/vec.h"
#include "entity/entity.h"
#include "rules/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TURNS = 9 };

typedef struct {
  DgText text;
  DgMentions mentions;
  DgEntities entities;
} Article;

typedef struct {
  DgArena *arena; /* of what is read before the clock starts */
  DgLang lang;
  const DgLexicon *lexicon;
  DG_VEC(Article) articles;
  size_t bytes;
} Bench;

static double
now(void)
{
  struct timespec t;
  (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static DgStatus
read_article(Bench *b, const char *path, DgDiag *diag)
{
  DgBuf bytes = DG_BUF_INIT;
  DgStatus status = dg_io_read(path, 0, &bytes, diag);
  const DgStr string = dg_arena_copy(b->arena, dg_buf_str(&bytes));
  dg_buf_clear(&bytes);
  DG_TRY(status);
  Article *const article = DG_VEC_ADD(b->arena, &b->articles);
  DgBlock *const block = DG_NEW(b->arena, DgBlock);
  DG_TRY_PTR(string.ptr);
  DG_TRY_PTR(article);
  DG_TRY_PTR(block);
  *block = (DgBlock){ .kind = DG_BLOCK_PARAGRAPH,
                      .content = string,
                      .text = { 0, string.len },
                      .lang = b->lang };
  const DgDocument document = {
    .text = string, .lang = b->lang, .blocks = block, .n_blocks = 1
  };
  const DgValueOptions options = { .lang = b->lang };
  DgValue *values = NULL;
  size_t n_values = 0;
  b->bytes += string.len;
  DG_TRY(dg_text_read(&document, &DG_LIMITS_DEFAULT, b->arena, &article->text));
  DG_TRY(dg_values_read(string, &options, b->arena, &values, &n_values));
  return dg_entities_read(&article->text, b->lexicon, values, n_values,
                          b->arena, &article->mentions, &article->entities);
}

static DgStatus
match_all(const Bench *b, DgRuleRunner *runner, DgArena *arena)
{
  for (size_t i = 0; i < b->articles.n; ++i) {
    const Article *const article = &b->articles.items[i];
    DgMatches matches;
    dg_arena_reset(arena);
    DG_TRY(dg_rules_match(runner, &article->text, &article->mentions,
                          &article->entities, arena, &matches));
  }
  return DG_OK;
}

static int
compare(const void *a, const void *b)
{
  const double x = *(const double *)a;
  const double y = *(const double *)b;
  return (x > y) - (x < y);
}

static DgStatus
time_rules(const Bench *b, const DgRuleset *rules, double *median)
{
  double turns[TURNS];
  DgArena *const arena = dg_arena_new();
  DgRuleRunner *const runner = dg_rule_runner_new(rules, &DG_LIMITS_DEFAULT);
  DgStatus status = arena && runner ? DG_OK : DG_NO_MEMORY;
  for (int i = -1; i < TURNS && status == DG_OK; ++i) {
    const double start = now();
    status = match_all(b, runner, arena);
    if (i >= 0) { /* the first turn compiles */
      turns[i] = now() - start;
    }
  }
  dg_rule_runner_free(runner);
  dg_arena_free(arena);
  qsort(turns, TURNS, sizeof *turns, compare);
  *median = turns[TURNS / 2];
  return status;
}

static DgStatus
run(char **argv, int argc, DgDiag *diag)
{
  DgLexicon *lexicon = NULL;
  DgRuleset *rules = NULL;
  const char *const folders[] = { argv[2] };
  Bench b = { .arena = dg_arena_new(),
              .lang = dg_lang_from_tag(dg_str(argv[3])) };
  DgStatus status = dg_lexicon_open(argv[1], NULL, 0, &lexicon, diag);
  const double start = now();
  if (status == DG_OK) {
    status = dg_ruleset_open(folders, 1, &rules, diag);
  }
  const double opened = now() - start;
  b.lexicon = lexicon;
  for (int i = 4; i < argc && status == DG_OK; ++i) {
    status = read_article(&b, argv[i], diag);
  }
  double median = 0;
  if (status == DG_OK) {
    status = time_rules(&b, rules, &median);
  }
  if (status == DG_OK) {
    (void)printf("%zu rules  %.2f MB  %.1f MB/s  opened in %.1f ms\n",
                 dg_ruleset_size(rules), (double)b.bytes * 1e-6,
                 (double)b.bytes / median * 1e-6, opened * 1e3);
  }
  dg_ruleset_free(rules);
  dg_lexicon_free(lexicon);
  dg_arena_free(b.arena);
  return status;
}

int
main(int argc, char **argv)
{
  if (argc < 5) {
    (void)fputs("usage: rules_bench LEXICON RULES LANG ARTICLE...\n", stderr);
    return 2;
  }
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus status = run(argv, argc, &diag);
  if (status != DG_OK) {
    (void)fprintf(stderr, "rules_bench: %s\n",
                  diag.message ? diag.message : dg_status_text(status));
  }
  dg_diag_clear(&diag);
  return status != DG_OK;
}
