/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <stdio.h>

#include "base/vec.h"
#include "rules/match.h"

/* ---- inflection ---- */

typedef struct {
  DgBuf out;
  DgFormPart part;
} Forms;

static DgStatus
take_form(void *user, DgFormPart part, DgStr form)
{
  Forms *const forms = user;
  if (part == forms->part) {
    dg_buf_add(&forms->out, dg_str(forms->out.len ? " " : ""));
    dg_buf_add(&forms->out, form);
  }
  return DG_OK;
}

static void
assert_verb(DgLang lang, const char *verb, DgFormPart part,
            const char *expected)
{
  Forms forms = { DG_BUF_INIT, part };
  assert_int_equal(dg_inflect_verb(lang, dg_str(verb), take_form, &forms),
                   DG_OK);
  assert_str(dg_buf_str(&forms.out), expected);
  dg_buf_clear(&forms.out);
}

static void
verbs_are_inflected(void **state)
{
  (void)state;
  static const struct {
    DgLang lang;
    const char *verb;
    DgFormPart part;
    const char *forms;
  } rows[] = {
    { DG_LANG_FR, "signer", DG_FORM_PRES,
      "signe signes signent signons signez" },
    { DG_LANG_FR, "racheter", DG_FORM_PRES,
      "rachète rachètes rachètent rachetons rachetez" },
    { DG_LANG_FR, "racheter", DG_FORM_PP,
      "racheté rachetée rachetés rachetées" },
    { DG_LANG_FR, "céder", DG_FORM_PRES, "cède cèdes cèdent cédons cédez" },
    { DG_LANG_FR, "lancer", DG_FORM_IMP,
      "lançais lançait lançaient lancions lanciez" },
    { DG_LANG_FR, "partager", DG_FORM_GER, "partageant" },
    { DG_LANG_FR, "acquérir", DG_FORM_PRES,
      "acquiers acquiert acquérons acquérez acquièrent" },
    { DG_LANG_FR, "acquérir", DG_FORM_COND,
      "acquerrais acquerrait acquerrions acquerriez acquerraient" },
    { DG_LANG_FR, "détenir", DG_FORM_PRES,
      "détiens détient détenons détenez détiennent" },
    { DG_LANG_FR, "investir", DG_FORM_PP,
      "investi investie investis investies" },
    { DG_LANG_FR, "vendre", DG_FORM_PRES, "vends vend vendons vendez vendent" },
    { DG_LANG_FR, "s'associer", DG_FORM_INF, "associer" },
    { DG_LANG_FR, "mettre en place", DG_FORM_PP,
      "mis en place mise en place mises en place" },
    { DG_LANG_EN, "acquire", DG_FORM_PRES, "acquire acquires" },
    { DG_LANG_EN, "acquire", DG_FORM_GER, "acquiring" },
    { DG_LANG_EN, "buy", DG_FORM_PAST, "bought" },
    { DG_LANG_EN, "buy", DG_FORM_PRES, "buy buys" },
    { DG_LANG_EN, "snap up", DG_FORM_PAST, "snapped up" },
    { DG_LANG_EN, "carry out", DG_FORM_PRES, "carry out carries out" },
    { DG_LANG_EN, "take over", DG_FORM_PP, "taken over" },
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    assert_verb(rows[i].lang, rows[i].verb, rows[i].part, rows[i].forms);
  }
  Forms forms = { DG_BUF_INIT, DG_FORM_PP };
  assert_int_equal(
      dg_inflect_verb(DG_LANG_FR, DG_STR("clore"), take_form, &forms),
      DG_NO_MATCH);
}

/* ---- reading ---- */

static DgRuleset *
read_rules(const char *source)
{
  DgRuleset *rules = NULL;
  DgDiag diag = DG_DIAG_INIT;
  if (dg_ruleset_read(dg_str(source), "t.rules", DG_LANG_EN, &rules, &diag) !=
      DG_OK) {
    fail_msg("line %zu: %s", diag.line, diag.message);
  }
  return rules;
}

static void
assert_refused(const char *source, size_t line, size_t column,
               const char *message)
{
  DgRuleset *rules = NULL;
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(
      dg_ruleset_read(dg_str(source), "t.rules", DG_LANG_EN, &rules, &diag),
      DG_BAD_INPUT);
  assert_int_equal(diag.line, line);
  assert_int_equal(diag.column, column);
  assert_non_null(strstr(diag.message, message));
  assert_string_equal(diag.source, "t.rules");
  dg_diag_clear(&diag);
}

static void
errors_name_their_place(void **state)
{
  (void)state;
  assert_refused("lex a = b\nlexx c = d\n", 2, 1, "starts no statement");
  assert_refused("event x : Merger\n  match <a:ORG> %nope <b:ORG>\nend\n", 2,
                 17, "no word list is named nope");
  assert_refused("event x : Merger\n  match <a:FOO> buys\nend\n", 2, 12,
                 "no type or class is named FOO");
  assert_refused("event x : Merger\n  match (a | b\nend\n", 2, 9,
                 "bracket without an end");
  assert_refused("event x : Merger\n  match buys\n", 1, 7, "without 'end'");
  assert_refused("lex a = %b\nlex b = %a\n", 1, 5, "names itself");
  assert_refused("event x : Merger\n  match {m} buys\nend\n", 2, 9,
                 "no macro {m}");
  assert_refused("macro m = {m} x\nevent x : Merger\n  match {m}\nend\n", 3, 9,
                 "without end");
  assert_refused("event x : Merger\n  match a ..99 b\nend\n", 2, 11,
                 "at most 60");
  assert_refused("event x : Merger\n  match a\nend\nevent x : Merger\n"
                 "  match b\nend\n",
                 4, 7, "two rules are called");
  assert_refused("lex a = \xFF\n", 1, 9, "not UTF-8");
}

static const char part_one[] = "lex buy = buys | acquires\n"
                               "event b : Acquisition\n"
                               "  match <acquirer:ORG> %buy <target:ORG>\n"
                               "end\n";
static const char part_two[] = "lex sell = sells\n"
                               "event a : Acquisition\n"
                               "  match <seller:ORG> %sell <target:ORG>\n"
                               "end\n";

static void
the_order_of_statements_changes_nothing(void **state)
{
  (void)state;
  char one[1024];
  char two[1024];
  (void)snprintf(one, sizeof one, "%s%s", part_one, part_two);
  (void)snprintf(two, sizeof two, "%s%s", part_two, part_one);
  DgRuleset *const a = read_rules(one);
  DgRuleset *const b = read_rules(two);
  assert_true(dg_ruleset_hash(a) == dg_ruleset_hash(b));
  assert_int_equal(dg_ruleset_size(a), 2);
  assert_str(dg_ruleset_rule(a, 0)->id, "a");
  assert_str(dg_ruleset_rule(b, 1)->id, "b");
  assert_int_equal(dg_ruleset_find(a, DG_STR("b")), 1);
  assert_int_equal(dg_ruleset_find(a, DG_STR("c")), DG_NO_INDEX);
  dg_ruleset_free(a);
  dg_ruleset_free(b);
}

/* ---- matching ---- */

/* Single capital letters are organisations, "#" is an amount; "it" is a
 * description of A. */
static void
mention_letters(const DgText *text, DgArena *arena, DgMentions *mentions)
{
  *mentions = (DgMentions){ 0 };
  for (uint32_t s = 0; s < text->n_sentences; ++s) {
    for (uint32_t t = text->sentences[s].first; t < text->sentences[s].end;
         ++t) {
      const DgStr word = dg_token_surface(text, &text->tokens[t]);
      const bool is_org =
          word.len == 1 && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z';
      const bool is_money = dg_str_equal(word, DG_STR("#"));
      const bool is_nominal = dg_str_equal(word, DG_STR("it"));
      if (!is_org && !is_money && !is_nominal) {
        continue;
      }
      DgMention *const mention = DG_VEC_ADD(arena, mentions);
      mention->type = is_money ? DG_MENTION_MONEY : DG_MENTION_ORG;
      mention->form = is_nominal ? DG_MENTION_BY_NOMINAL : DG_MENTION_BY_NAME;
      mention->first = t;
      mention->end = t + 1;
      mention->sentence = s;
      mention->entity = is_org       ? (uint32_t)(word.ptr[0] - 'A')
                        : is_nominal ? 0
                                     : DG_NO_INDEX;
      mention->value = DG_NO_INDEX;
      mention->score = 1;
    }
  }
}

/* Held matches as "rule role=A,B role=C; ...". */
static void
assert_matches(const char *source, const char *sentence, const char *expected)
{
  DgRuleset *const rules = read_rules(source);
  const DgLimits limits = DG_LIMITS_DEFAULT;
  DgRuleRunner *const runner = dg_rule_runner_new(rules, &limits);
  DgArena *const arena = dg_arena_new();
  DgText text;
  DgMentions mentions;
  DgMatches matches;
  assert_int_equal(
      dg_text_read_string(dg_str(sentence), DG_LANG_EN, arena, &text), DG_OK);
  mention_letters(&text, arena, &mentions);
  assert_int_equal(
      dg_rules_match(runner, &text, &mentions, NULL, arena, &matches), DG_OK);
  DgBuf out = DG_BUF_INIT;
  for (size_t i = 0; i < matches.n; ++i) {
    const DgMatch *const m = &matches.items[i];
    if (m->fate != DG_MATCH_HELD) {
      continue;
    }
    dg_buf_add(&out, dg_str(out.len ? "; " : ""));
    dg_buf_add(&out, dg_ruleset_rule(rules, m->rule)->id);
    for (size_t c = 0; c < m->n_captures; ++c) {
      const DgCapture *const capture = &m->captures[c];
      dg_buf_printf(&out, " %.*s=", (int)capture->role.len, capture->role.ptr);
      for (size_t k = 0; k < capture->n_mentions; ++k) {
        const DgMention *const mention = &mentions.items[capture->mentions[k]];
        dg_buf_add(&out, dg_text_of(&text, mention->first, mention->end));
      }
    }
  }
  assert_str(dg_buf_str(&out), expected);
  dg_buf_clear(&out);
  dg_arena_free(arena);
  dg_rule_runner_free(runner);
  dg_ruleset_free(rules);
}

static void
patterns_match_words_and_mentions(void **state)
{
  (void)state;
  static const char rules[] =
      "lex list-words = and | as well as\n"
      "lex apposition = the\n"
      "verb buy = buy | acquire\n"
      "event buy : Acquisition\n"
      "  match <acquirer:LIST(ORG)> ..3 %buy ..2 <target:LIST(ORG)> "
      "[for <amount:MONEY>]\n"
      "end\n";
  assert_matches(rules, "A buys B.", "buy acquirer=A target=B");
  assert_matches(rules, "A has now acquired tiny little B for #.",
                 "buy acquirer=A target=B amount=#");
  assert_matches(rules, "A, B and C buy D as well as E.",
                 "buy acquirer=ABC target=DE");
  assert_matches(rules, "A buys, B said.", "buy acquirer=A target=B");
  assert_matches(rules, "A rises, B buys C, D said.",
                 "buy acquirer=B target=C");
  assert_matches(rules, "A, the maker of B, buys C.",
                 "buy acquirer=A target=C");
  assert_matches(rules, "A (a rival of B) buys C.", "buy acquirer=A target=C");
  assert_matches(rules, "A, it of B, buys C.", "buy acquirer=A target=C");
  assert_matches(rules, "On #, it buys C, D rises.",
                 "buy acquirer=it target=C");
  assert_matches(rules, "A sells B.", "");
  assert_matches(rules, "A one two three four buys B.", "");
  assert_matches(rules, "BOUGHT: A BUYS B", "buy acquirer=A target=B");
}

static void
one_match_of_a_trigger_is_held(void **state)
{
  (void)state;
  static const char rules[] =
      "event low : Acquisition prio 40\n  match <a:ORG> buys <b:ORG> for "
      "<c:MONEY>\nend\n"
      "event high : Acquisition prio 60\n  match <a:ORG> buys <b:ORG>\nend\n"
      "event x.few : Merger\n  match <a:ORG> merges\nend\n"
      "event y.more : Merger\n  match <a:ORG> merges with <b:ORG>\nend\n";
  assert_matches(rules, "A buys B for #.", "high a=A b=B");
  assert_matches(rules, "A merges with B.", "y.more a=A b=B");
}

static void
guards_are_asked(void **state)
{
  (void)state;
  static const char rules[] =
      "event g : Merger\n  match <a:ORG> ..1 meets <b:ORG> [for <c:MONEY>]\n"
      "  where a != b\n  where no c\nend\n"
      "event h : Merger\n  match <what:(big|old)> thing <b:ORG>\n"
      "  where what contains ol\nend\n";
  assert_matches(rules, "A meets B.", "g a=A b=B");
  assert_matches(rules, "A big thing B.", "");
  assert_matches(rules, "A old thing B.", "h what= b=B");
}

static void
forms_have_accents_or_capitals(void **state)
{
  (void)state;
  static const char rules[] =
      "event r : Acquisition\n  match <a:ORG> rach\xC3\xA8te <b:ORG>\nend\n";
  assert_matches(rules, "A rach\xC3\xA8te B", "r a=A b=B");
  assert_matches(rules, "A RACHETE B", "r a=A b=B");
  assert_matches(rules, "A rachet\xC3\xA9 B", "");
}

static void
any_order_and_negation(void **state)
{
  (void)state;
  static const char rules[] =
      "event o : Merger\n  match deal &(with <a:ORG>, for <b:MONEY>)\nend\n"
      "event n : Merger\n  match <a:ORG> !(not _) _ wins <b:ORG>\nend\n"
      "event s : Merger\n  match ^ only <a:ORG> $\nend\n";
  assert_matches(rules, "A deal with B for #.", "o a=B b=#");
  assert_matches(rules, "A deal for # with B.", "o b=# a=B");
  assert_matches(rules, "A now wins B.", "n a=A b=B");
  assert_matches(rules, "A not wins B.", "");
  assert_matches(rules, "Only A.", "s a=A");
  assert_matches(rules, "Only A today.", "");
}

static void
what_stands_before_is_looked_at(void **state)
{
  (void)state;
  static const char rules[] =
      "lex by = of | of the\n"
      "event r : Merger\n  match !<(%by|with) <a:ORG> wins <b:ORG>\nend\n";
  assert_matches(rules, "A wins B.", "r a=A b=B");
  assert_matches(rules, "The A wins B.", "r a=A b=B");
  assert_matches(rules, "Friend of A wins B.", "");
  assert_matches(rules, "Friend of the A wins B.", "");
  assert_matches(rules, "Friend with A wins B.", "");
  assert_matches(rules, "Friend with my A wins B.", "r a=A b=B");
}

static void
a_hostile_sentence_ends(void **state)
{
  (void)state;
  DgBuf words = DG_BUF_INIT;
  for (int i = 0; i < 2000; ++i) {
    dg_buf_add(&words, DG_STR("A and "));
  }
  static const char rules[] = "lex list-words = and\n"
                              "event l : Merger\n"
                              "  match <a:LIST(ORG)> (_ _ | _){0,20} (_ | _ "
                              "_){0,20} never <b:ORG>\nend\n";
  assert_matches(rules, dg_buf_str(&words).ptr, "");
  dg_buf_clear(&words);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(verbs_are_inflected),
    cmocka_unit_test(errors_name_their_place),
    cmocka_unit_test(the_order_of_statements_changes_nothing),
    cmocka_unit_test(patterns_match_words_and_mentions),
    cmocka_unit_test(one_match_of_a_trigger_is_held),
    cmocka_unit_test(guards_are_asked),
    cmocka_unit_test(forms_have_accents_or_capitals),
    cmocka_unit_test(any_order_and_negation),
    cmocka_unit_test(what_stands_before_is_looked_at),
    cmocka_unit_test(a_hostile_sentence_ends),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
