/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "base/io.h"
#include "entity/entity.h"

#include <stdio.h>
#include <stdlib.h>

/* Expectations of the corpus that must hold; may only rise. */
enum { CORPUS_LEAST = 331 };

static DgLexicon *lexicon;
static DgArena *arena;

static int
open_all(void **state)
{
  (void)state;
  const char *const data = getenv("DEALGRAPH_DATA");
  char folder[4096];
  (void)snprintf(folder, sizeof folder, "%s/lexicon", data ? data : "data");
  DgDiag diag = DG_DIAG_INIT;
  arena = dg_arena_new();
  assert_int_equal(dg_lexicon_open(folder, NULL, 0, &lexicon, &diag), DG_OK);
  return arena ? 0 : -1;
}

static int
close_all(void **state)
{
  (void)state;
  dg_lexicon_free(lexicon);
  dg_arena_free(arena);
  return 0;
}

static void
key(const char *name, const char *expected)
{
  assert_str(dg_entity_key(dg_str(name), arena), expected);
}

static void
keys_are_folded_without_legal_forms(void **state)
{
  (void)state;
  key("Société Générale S.A.", "societe generale");
  key("Microsoft Corporation", "microsoft");
  key("Apple, Inc.", "apple");
  key("L'Oréal", "loreal");
  key("Johnson & Johnson", "johnson & johnson");
  key("Mistral AI SAS", "mistral ai");
  key("Procter & Gamble Co.", "procter & gamble");
  key("SA", "sa");
  key("Coca-Cola  Company", "coca cola");
  key("", "");
}

static double
alike(const char *a, const char *b)
{
  return dg_entity_name_similarity(dg_str(a), dg_str(b), arena);
}

static void
names_are_alike_across_forms_and_slips(void **state)
{
  (void)state;
  assert_true(alike("Siemens AG", "Siemens Aktiengesellschaft") == 1);
  assert_true(alike("The Harlan Company", "Harlan Co.") == 1);
  assert_true(alike("Harlan & Sons", "Harlan and Sons") == 1);
  assert_true(alike("Voltizza Motors", "Voltiza Motors") > 0.7);
  assert_true(alike("Banque Kerlann (Suisse)", "Banque Kerlann") > 0.7);
  assert_true(alike("Kerlann Systems", "Kerlann Services") < 0.7);
  assert_true(alike("BD plc", "BP plc") < 0.7);
  assert_true(alike("Kerlann II", "Kerlann") < 0.7);
  assert_true(alike("", "Kerlann") < 0.7);
}

/* ----------------------------------------------------------- the corpus */

typedef struct {
  DgText text;
  DgMentions mentions;
  DgEntities entities;
} Result;

static void
read_text(DgStr string, DgLang lang, Result *r)
{
  const DgValueOptions options = { .lang = lang };
  DgValue *values = NULL;
  size_t n = 0;
  assert_int_equal(dg_values_read(string, &options, arena, &values, &n), DG_OK);
  assert_int_equal(dg_text_read_string(string, lang, arena, &r->text), DG_OK);
  assert_int_equal(dg_entities_read(&r->text, lexicon, values, n, arena,
                                    &r->mentions, &r->entities),
                   DG_OK);
}

static bool
is_org(const DgEntity *e)
{
  return e->kind != DG_ENTITY_PERSON && e->kind != DG_ENTITY_PLACE &&
         e->kind != DG_ENTITY_PRODUCT;
}

static const DgEntity *
entity_named(const Result *r, DgStr name)
{
  for (size_t i = 0; i < r->entities.n; ++i) {
    if (dg_str_equal(r->entities.items[i].name, name)) {
      return &r->entities.items[i];
    }
  }
  return NULL;
}

/* The entity that goes by this name, fullest or other. */
static const DgEntity *
entity_called(const Result *r, DgStr name)
{
  for (size_t i = 0; i < r->entities.n; ++i) {
    const DgEntity *const e = &r->entities.items[i];
    bool called = dg_str_equal(e->name, name);
    for (size_t j = 0; j < e->n_aliases; ++j) {
      called |= dg_str_equal(e->aliases[j], name);
    }
    if (called) {
      return e;
    }
  }
  return NULL;
}

static bool
ends_in_country(DgStr line, DgStr *name, DgStr *country)
{
  *name = line;
  if (line.len < 4 || line.ptr[line.len - 3] != ' ') {
    return false;
  }
  *country = dg_str_sub(line, line.len - 2, line.len);
  *name = dg_str_sub(line, 0, line.len - 3);
  return country->ptr[0] >= 'A' && country->ptr[0] <= 'Z' &&
         country->ptr[1] >= 'A' && country->ptr[1] <= 'Z';
}

static bool
holds_org(const Result *r, DgStr line)
{
  const DgEntity *e = entity_named(r, line);
  DgStr name;
  DgStr country;
  if (!e && ends_in_country(line, &name, &country)) {
    e = entity_named(r, name);
    return e && is_org(e) && e->kind != DG_ENTITY_UNKNOWN &&
           dg_str_equal(dg_str(e->country), country);
  }
  return e && is_org(e) && e->kind != DG_ENTITY_UNKNOWN;
}

static bool
holds_kind(const Result *r, DgStr name, DgEntityKind kind)
{
  const DgEntity *const e = entity_named(r, name);
  return e && e->kind == kind;
}

/* Does a mention stand for the entity of this name, alone or with others? */
static bool
stands_for(const Result *r, const DgMention *m, DgStr name)
{
  const DgEntity *const e = entity_called(r, name);
  const uint32_t index = e ? (uint32_t)(e - r->entities.items) : DG_NO_INDEX;
  bool found = e && m->entity == index;
  for (uint32_t i = 0; e && i < m->n_others; ++i) {
    found |= m->others[i] == index;
  }
  return found;
}

/* A mention with this text stands for all of "A + B"; for "?", none does. */
static bool
holds_mention(const Result *r, DgStr text, DgStr names)
{
  const bool open = dg_str_equal(names, DG_STR("?"));
  for (size_t i = 0; i < r->mentions.n; ++i) {
    const DgMention *const m = &r->mentions.items[i];
    if (!dg_str_equal(dg_text_of(&r->text, m->first, m->end), text) ||
        m->entity == DG_NO_INDEX) {
      continue;
    }
    if (open) {
      return false;
    }
    DgStr rest = names;
    DgStr name;
    uint32_t n = 0;
    bool all = true;
    while (rest.len && dg_str_cut(&rest, '+', &name)) {
      all &= stands_for(r, m, dg_str_trim(name));
      ++n;
    }
    if (all && n == m->n_others + 1) {
      return true;
    }
  }
  return open;
}

static bool
holds(const Result *r, DgStr line)
{
  static const struct {
    const char *word;
    DgEntityKind kind;
  } kinds[] = { { "person ", DG_ENTITY_PERSON },
                { "place ", DG_ENTITY_PLACE },
                { "product ", DG_ENTITY_PRODUCT } };
  const size_t arrow = dg_str_find(line, DG_STR(" -> "), 0);
  if (arrow != SIZE_MAX) {
    return holds_mention(r, dg_str_sub(line, 0, arrow),
                         dg_str_sub(line, arrow + 4, line.len));
  }
  if (dg_str_starts(line, DG_STR("org "))) {
    return holds_org(r, dg_str_sub(line, 4, line.len));
  }
  if (dg_str_starts(line, DG_STR("name "))) {
    return entity_called(r, dg_str_sub(line, 5, line.len)) != NULL;
  }
  if (dg_str_starts(line, DG_STR("! "))) {
    const DgEntity *const e = entity_called(r, dg_str_sub(line, 2, line.len));
    return !e || e->kind == DG_ENTITY_PLACE;
  }
  const size_t equals = dg_str_find(line, DG_STR(" = "), 0);
  if (dg_str_starts(line, DG_STR("alias ")) && equals != SIZE_MAX) {
    const DgEntity *const e = entity_called(r, dg_str_sub(line, 6, equals));
    return e && e == entity_called(r, dg_str_sub(line, equals + 3, line.len));
  }
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    const DgStr word = dg_str(kinds[i].word);
    if (dg_str_starts(line, word)) {
      return holds_kind(r, dg_str_sub(line, word.len, line.len), kinds[i].kind);
    }
  }
  fail_msg("no expectation: %.*s", (int)line.len, line.ptr);
  return false;
}

static DgLang
lang_of(DgStr line)
{
  return dg_str_starts(line, DG_STR("fr "))   ? DG_LANG_FR
         : dg_str_starts(line, DG_STR("en ")) ? DG_LANG_EN
                                              : DG_LANG_NONE;
}

static void
corpus_holds(void **state)
{
  (void)state;
  const char *const source = getenv("DG_SOURCE");
  char path[4096];
  (void)snprintf(path, sizeof path, "%s/tests/corpus/entity.txt",
                 source ? source : ".");
  DgBuf bytes = DG_BUF_INIT;
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(dg_io_read(path, 0, &bytes, &diag), DG_OK);
  DgStr rest = dg_buf_str(&bytes);
  DgStr line;
  DgStr text = DG_STR_NONE;
  Result r = { 0 };
  size_t n = 0;
  size_t good = 0;
  while (rest.len && dg_str_cut(&rest, '\n', &line)) {
    if (!line.len || line.ptr[0] == '#') {
      continue;
    }
    if (lang_of(line) != DG_LANG_NONE) {
      text = dg_str_sub(line, 3, line.len);
      dg_arena_reset(arena);
      read_text(text, lang_of(line), &r);
      continue;
    }
    ++n;
    if (holds(&r, line)) {
      ++good;
    } else {
      print_message("not held: %.*s\n    in: %.*s\n", (int)line.len, line.ptr,
                    (int)text.len, text.ptr);
    }
  }
  dg_buf_clear(&bytes);
  print_message("%zu of %zu expectations hold\n", good, n);
  assert_true(good >= CORPUS_LEAST);
}

/* --------------------------------------------------------- what must hold */

static void
mentions_are_in_order_and_apart(void **state)
{
  (void)state;
  Result r;
  read_text(DG_STR("Le groupe américain Kerlann (KRL) et Voltiza SAS, PDG "
                   "compris, ont vu l'Américain à Paris. Il a racheté X."),
            DG_LANG_FR, &r);
  assert_true(r.mentions.n > 3);
  for (size_t i = 0; i < r.mentions.n; ++i) {
    const DgMention *const m = &r.mentions.items[i];
    assert_true(m->first < m->end);
    assert_true(m->end <= r.text.n_tokens);
    assert_int_equal(m->span.begin, r.text.tokens[m->first].begin);
    assert_int_equal(m->span.end, r.text.tokens[m->end - 1].end);
    assert_true(m->score > 0 && m->score <= 1);
    assert_true(m->entity == DG_NO_INDEX || m->entity < r.entities.n);
    assert_true(!i || m[-1].end <= m->first);
  }
}

static void
empty_and_odd_texts_are_read(void **state)
{
  (void)state;
  static const char *const texts[] = {
    "",
    " ",
    ".",
    "A",
    "L'",
    "Le",
    "&",
    "- -",
    "A & B",
    "(((",
    "M.",
    "S.A.",
    ", Inc.",
    "de de de",
    "du",
    "PDG de",
    "A.",
    "X (Y) (Z",
    "l'Américain",
    "ce dernier",
    "la start-up",
    "Paris-based",
    "-based start-up",
    "the",
    "Groupe",
    "A-B-C-D-E-F",
    "Il a racheté",
    "1",
    "M6 (RTL",
    "\"\"\"",
    "Banque de",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
    Result r;
    read_text(dg_str(texts[i]), DG_LANG_FR, &r);
    read_text(dg_str(texts[i]), DG_LANG_EN, &r);
  }
}

static void
values_and_names_share_the_tokens(void **state)
{
  (void)state;
  const DgStr string = DG_STR("En 2019, Europe 1 valait 3 millions d'euros.");
  DgText text;
  assert_int_equal(dg_text_read_string(string, DG_LANG_FR, arena, &text),
                   DG_OK);
  DgValue *values = NULL;
  size_t n = 0;
  const DgValueOptions options = { .lang = DG_LANG_FR };
  assert_int_equal(dg_values_read(string, &options, arena, &values, &n), DG_OK);
  DgMentions mentions;
  DgEntities entities;
  assert_int_equal(
      dg_entities_read(&text, lexicon, values, n, arena, &mentions, &entities),
      DG_OK);
  size_t orgs = 0;
  size_t money = 0;
  for (size_t i = 0; i < mentions.n; ++i) {
    orgs += mentions.items[i].type == DG_MENTION_ORG;
    money += mentions.items[i].type == DG_MENTION_MONEY;
    assert_int_not_equal(mentions.items[i].type, DG_MENTION_NUMBER);
  }
  assert_int_equal(orgs, 1);
  assert_int_equal(money, 1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(keys_are_folded_without_legal_forms),
    cmocka_unit_test(names_are_alike_across_forms_and_slips),
    cmocka_unit_test(mentions_are_in_order_and_apart),
    cmocka_unit_test(empty_and_odd_texts_are_read),
    cmocka_unit_test(values_and_names_share_the_tokens),
    cmocka_unit_test(corpus_holds),
  };
  return cmocka_run_group_tests(tests, open_all, close_all);
}
