/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "base/io.h"
#include "lexicon/lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char words[] = "# a comment\n"
                            "@ kind=org detail=company country=FR\n"
                            "name\taliases\tticker\n"
                            "Saint-Gobain\tCompagnie de Saint-Gobain\tSGO\n"
                            "Orange?\tOrange SA\n"
                            "bpifrance\n"
                            "ADP=\n"
                            "Mistral AI\tMistral?\n"
                            "@ kind=place country=FR\n"
                            "Paris\n"
                            "@ kind=org country=\n"
                            "Paris Turf\n";
static const char articles[] =
    "@ kind=function detail=article flags=masculine\n"
    "name\n"
    "le\n"
    "@ kind=function detail=preposition flags=\n"
    "à\n"
    "@ kind=common detail=starter\n"
    "selon\n";

/* A folder of sources, with an arena and what was opened from it. */
typedef struct {
  char folder[64];
  DgArena *arena;
  DgLexicon *lexicon;
} Fixture;

static void
put(const char *folder, const char *name, const char *content)
{
  char path[128];
  (void)snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *const out = fopen(path, "w");
  assert_non_null(out);
  assert_true(fputs(content, out) >= 0);
  assert_int_equal(fclose(out), 0);
}

static int
set_up(void **state)
{
  Fixture *const f = calloc(1, sizeof *f);
  assert_non_null(f);
  (void)strcpy(f->folder, "/tmp/dg-lexicon-XXXXXX");
  assert_non_null(mkdtemp(f->folder));
  put(f->folder, "names.tsv", words);
  char path[128];
  (void)snprintf(path, sizeof path, "%s/fr", f->folder);
  assert_int_equal(mkdir(path, 0700), 0);
  put(path, "words.tsv", articles);
  f->arena = dg_arena_new();
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(dg_lexicon_open(f->folder, NULL, 0, &f->lexicon, &diag),
                   DG_OK);
  *state = f;
  return 0;
}

static int
tear_down(void **state)
{
  Fixture *const f = *state;
  static const char *const names[] = { "names.tsv", "fr/words.tsv", "own.tsv",
                                       "fr", "" };
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", f->folder, names[i]);
    (void)remove(path);
  }
  char path[128];
  (void)snprintf(path, sizeof path, "%s.bin", f->folder);
  (void)remove(path);
  dg_lexicon_free(f->lexicon);
  dg_arena_free(f->arena);
  free(f);
  return 0;
}

/* Hits of a text as "name[first,end)kind;"; in the arena. */
static const char *
found(const Fixture *f, const DgLexicon *lexicon, const char *string)
{
  DgText text;
  assert_int_equal(
      dg_text_read_string(dg_str(string), DG_LANG_FR, f->arena, &text), DG_OK);
  DgLexHit *hits = NULL;
  size_t n = 0;
  assert_int_equal(dg_lexicon_find(lexicon, &text, f->arena, &hits, &n), DG_OK);
  const char *out = "";
  for (size_t i = 0; i < n; ++i) {
    const DgLexEntry entry = dg_lexicon_entry(lexicon, hits[i].entry);
    out = dg_arena_printf(f->arena, "%s%.*s[%u,%u)%s%s;", out,
                          (int)entry.name.len, entry.name.ptr, hits[i].first,
                          hits[i].end, dg_lex_kind_text(entry.kind),
                          hits[i].flags & DG_LEX_AMBIGUOUS ? "?" : "");
  }
  return out;
}

static void
names_are_found_with_case_and_hyphen(void **state)
{
  const Fixture *const f = *state;
  assert_string_equal(found(f, f->lexicon, "Chez Saint-Gobain hier"),
                      "Saint-Gobain[1,4)org;");
  assert_string_equal(found(f, f->lexicon, "Chez Saint Gobain hier"),
                      "Saint-Gobain[1,3)org;");
  assert_string_equal(found(f, f->lexicon, "un saint gobain"), "");
  assert_string_equal(found(f, f->lexicon, "bpifrance et Bpifrance"),
                      "bpifrance[0,1)org;bpifrance[2,3)org;");
  assert_string_equal(found(f, f->lexicon, "adp et ADP"), "ADP[2,3)org;");
}

static void
forms_carry_their_own_doubt(void **state)
{
  const Fixture *const f = *state;
  assert_string_equal(found(f, f->lexicon, "Orange"), "Orange[0,1)org?;");
  assert_string_equal(found(f, f->lexicon, "Mistral puis Mistral AI"),
                      "Mistral AI[0,1)org?;Mistral AI[2,4)org;");
}

static void
kinds_overlap_and_each_takes_its_longest(void **state)
{
  const Fixture *const f = *state;
  assert_string_equal(found(f, f->lexicon, "Paris-Turf"),
                      "Paris Turf[0,3)org;Paris[0,1)place;");
}

static void
words_are_looked_up_with_accents(void **state)
{
  const Fixture *const f = *state;
  DgText text;
  assert_int_equal(
      dg_text_read_string(DG_STR("Le à a Selon"), DG_LANG_FR, f->arena, &text),
      DG_OK);
  assert_int_equal(text.n_tokens, 4);
  const DgLexWord le = dg_lexicon_word(f->lexicon, &text.tokens[0], DG_LANG_FR);
  assert_int_equal(le.grammar, DG_LEX_IS_ARTICLE);
  assert_int_equal(le.flags, DG_LEX_MASCULINE);
  assert_int_equal(
      dg_lexicon_word(f->lexicon, &text.tokens[1], DG_LANG_FR).grammar,
      DG_LEX_IS_PREPOSITION);
  assert_int_equal(
      dg_lexicon_word(f->lexicon, &text.tokens[2], DG_LANG_FR).grammar,
      DG_LEX_IS_NONE);
  assert_int_equal(
      dg_lexicon_word(f->lexicon, &text.tokens[3], DG_LANG_FR).common,
      DG_LEX_IS_STARTER);
  assert_int_equal(
      dg_lexicon_word(f->lexicon, &text.tokens[0], DG_LANG_EN).grammar,
      DG_LEX_IS_NONE);
}

static void
compiled_form_gives_the_same(void **state)
{
  const Fixture *const f = *state;
  DgBuf image = DG_BUF_INIT;
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(dg_lexicon_compile(f->folder, &image, &diag), DG_OK);
  char path[128];
  (void)snprintf(path, sizeof path, "%s.bin", f->folder);
  FILE *const out = fopen(path, "wb");
  assert_non_null(out);
  assert_int_equal(fwrite(image.data, 1, image.len, out), image.len);
  assert_int_equal(fclose(out), 0);
  DgLexicon *mapped = NULL;
  assert_int_equal(dg_lexicon_open(f->folder, NULL, 0, &mapped, &diag), DG_OK);
  assert_int_equal(dg_lexicon_hash(mapped), dg_lexicon_hash(f->lexicon));
  assert_int_equal(dg_lexicon_size(mapped), dg_lexicon_size(f->lexicon));
  assert_string_equal(found(f, mapped, "Saint-Gobain, Orange SA"),
                      "Saint-Gobain[0,3)org;Orange[4,6)org;");
  dg_lexicon_free(mapped);

  /* A compiled form that is cut or changed is not used. */
  image.data[image.len / 2] ^= 1;
  FILE *const again = fopen(path, "wb");
  assert_non_null(again);
  assert_int_equal(fwrite(image.data, 1, image.len, again), image.len);
  assert_int_equal(fclose(again), 0);
  assert_int_equal(dg_lexicon_open(f->folder, NULL, 0, &mapped, &diag), DG_OK);
  assert_string_equal(found(f, mapped, "bpifrance"), "bpifrance[0,1)org;");
  dg_lexicon_free(mapped);
  dg_buf_clear(&image);
}

static void
own_files_come_first(void **state)
{
  const Fixture *const f = *state;
  put(f->folder, "own.tsv",
      "@ kind=org detail=fund\nname\tlei\nZenflot\tXYZ\nSaint-Gobain\n");
  char path[128];
  (void)snprintf(path, sizeof path, "%s/own.tsv", f->folder);
  const char *const extra[] = { path };
  DgDiag diag = DG_DIAG_INIT;
  DgLexicon *both = NULL;
  char folder[128];
  (void)snprintf(folder, sizeof folder, "%s/fr", f->folder);
  assert_int_equal(dg_lexicon_open(folder, extra, 1, &both, &diag), DG_OK);
  DgText text;
  assert_int_equal(
      dg_text_read_string(DG_STR("Zenflot"), DG_LANG_FR, f->arena, &text),
      DG_OK);
  DgLexHit *hits = NULL;
  size_t n = 0;
  assert_int_equal(dg_lexicon_find(both, &text, f->arena, &hits, &n), DG_OK);
  assert_int_equal(n, 1);
  const DgLexEntry entry = dg_lexicon_entry(both, hits[0].entry);
  assert_str(entry.name, "Zenflot");
  assert_str(entry.lei, "XYZ");
  assert_int_equal(entry.is, DG_LEX_IS_FUND);
  assert_true(entry.flags & DG_LEX_PRIVATE);
  dg_lexicon_free(both);
}

static void
bad_lines_are_told(void **state)
{
  const Fixture *const f = *state;
  static const struct {
    const char *content;
    const char *message;
  } cases[] = {
    { "name\tnonsense\nx\n", "no column 'nonsense'" },
    { "@ kind=what\nname\nx\n", "no kind 'what'" },
    { "@ kind=org flags=red\nname\nx\n", "no flag 'red'" },
    { "@ kind=org country=FRA\nname\nx\n", "a country is two letters, not "
                                           "'FRA'" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    put(f->folder, "own.tsv", cases[i].content);
    DgDiag diag = DG_DIAG_INIT;
    DgLexicon *lexicon = NULL;
    assert_int_equal(dg_lexicon_open(f->folder, NULL, 0, &lexicon, &diag),
                     DG_BAD_INPUT);
    assert_string_equal(diag.message, cases[i].message);
    dg_diag_clear(&diag);
  }
  DgDiag diag = DG_DIAG_INIT;
  DgLexicon *lexicon = NULL;
  assert_int_equal(dg_lexicon_open("/no/such/folder", NULL, 0, &lexicon, &diag),
                   DG_NOT_FOUND);
  dg_diag_clear(&diag);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    TEST(names_are_found_with_case_and_hyphen),
    TEST(forms_carry_their_own_doubt),
    TEST(kinds_overlap_and_each_takes_its_longest),
    TEST(words_are_looked_up_with_accents),
    TEST(compiled_form_gives_the_same),
    TEST(own_files_come_first),
    TEST(bad_lines_are_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
