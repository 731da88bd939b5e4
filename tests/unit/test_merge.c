/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "merge/actors.h"
#include "merge/match.h"

static DgArena *arena;

static int
set_up(void **state)
{
  (void)state;
  arena = dg_arena_new();
  return arena == NULL;
}

static int
tear_down(void **state)
{
  (void)state;
  dg_arena_free(arena);
  return 0;
}

static DgDecisions
read(const char *text)
{
  DgDecisions all;
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(dg_decisions_read(dg_str(text), "f", arena, &all, &diag),
                   DG_OK);
  return all;
}

static void
line_is_read_back(void **state)
{
  (void)state;
  DgDecision made = { .when = DG_STR("2024-03-05T10:00:00Z"),
                      .who = DG_STR("Ana\tB"),
                      .verb = DG_VERB_EDIT };
  const DgField fields[] = {
    { DG_STR("deal"), '=', DG_STR("https://e/deal/1") },
    { DG_STR("set.investor"), '+', DG_STR("https://e/x X") },
    { DG_STR("note"), '=', DG_STR("a\\b\nc\x1b[0m \xC2\x9B = d") },
  };
  for (size_t i = 0; i < 3; ++i) {
    *DG_VEC_ADD(arena, &made.fields) = fields[i];
  }
  DgBuf line = DG_BUF_INIT;
  dg_decision_write(&made, &line);
  dg_buf_add_char(&line, '\0');
  assert_string_equal(line.data,
                      "2024-03-05T10:00:00Z\tAna\\tB\tedit\t"
                      "deal=https://e/deal/1\tset.investor+=https://e/x X\t"
                      "note=a\\\\b\\nc\\x1B[0m \\u009B = d\n");
  const DgDecisions all = read(line.data);
  assert_int_equal(all.n, 1);
  assert_true(dg_str_equal(all.items[0].who, made.who));
  assert_int_equal(all.items[0].fields.n, 3);
  assert_int_equal(all.items[0].fields.items[1].op, '+');
  assert_true(
      dg_str_equal(dg_decision_get(&all.items[0], "note"), fields[2].value));
  dg_buf_clear(&line);
}

static void
bad_lines_are_pointed_at(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    size_t line;
    const char *message;
  } bad[] = {
    { "# x\n\nonly words\n", 3, "a decision is WHEN" },
    { "2024-03-05\tAna\taccept\tdeal=x\n", 1, "a time is like" },
    { "2024-03-05T10:00:00Z\tAna\tfrown\tdeal=x\n", 1, "unknown verb" },
    { "2024-03-05T10:00:00Z\tAna\taccept\tdeal\n", 1, "NAME=VALUE" },
    { "2024-03-05T10:00:00Z\tAna\taccept\n", 1, "needs the field deal" },
    { "2024-03-05T10:00:00Z\tAna\tmerge\tactor=x\n", 1, "and into" },
    { "2024-03-05T10:00:00Z\tA\\q\taccept\tdeal=x\n", 1, "unknown escape" },
    { "2024-03-05T10:00:00Z\tA\xFF\taccept\tdeal=x\n", 1, "not UTF-8" },
    { "2023-02-29T10:00:00Z\tAna\taccept\tdeal=x\n", 1, "a time is like" },
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
    DgDecisions all;
    DgDiag diag = DG_DIAG_INIT;
    assert_int_equal(
        dg_decisions_read(dg_str(bad[i].text), "f", arena, &all, &diag),
        DG_BAD_INPUT);
    assert_int_equal(diag.line, bad[i].line);
    assert_non_null(strstr(diag.message, bad[i].message));
    dg_diag_clear(&diag);
  }
}

#define AT(minute, rest) "2024-03-05T10:" minute ":00Z\tAna\t" rest "\n"

static void
decisions_count_by_time_and_once(void **state)
{
  (void)state;
  const DgDecisions all =
      read(AT("09", "reject\tdeal=b") /* later */
           AT("01", "accept\tdeal=a") AT("01", "accept\tdeal=c")
               AT("01", "accept\tdeal=a"));
  assert_int_equal(all.n, 3);
  assert_true(
      dg_str_equal(dg_decision_get(&all.items[0], "deal"), DG_STR("a")));
  assert_true(
      dg_str_equal(dg_decision_get(&all.items[1], "deal"), DG_STR("c")));
  assert_int_equal(all.items[2].verb, DG_VERB_REJECT);
  const DgDecisions turned = read(AT("01", "accept\tdeal=a") AT(
      "09", "reject\tdeal=b") AT("01", "accept\tdeal=c"));
  assert_true(dg_decisions_hash(&all) == dg_decisions_hash(&turned));
}

static void
an_undo_can_be_undone(void **state)
{
  (void)state;
  DgDecisions all = read(AT("01", "accept\tdeal=a"));
  const char *const first =
      dg_arena_printf(arena, "%s2024-03-05T10:02:00Z\tAna\tundo\ttarget=%s\n",
                      AT("01", "accept\tdeal=a"), all.items[0].id.ptr);
  all = read(first);
  assert_true(all.items[0].undone);
  assert_false(all.items[1].undone);
  const char *const second =
      dg_arena_printf(arena, "%s2024-03-05T10:03:00Z\tAna\tundo\ttarget=%s\n",
                      first, all.items[1].id.ptr);
  all = read(second);
  assert_false(all.items[0].undone);
  assert_true(all.items[1].undone);
  assert_ptr_equal(dg_decisions_find(&all, all.items[0].id), &all.items[0]);
  assert_null(dg_decisions_find(&all, DG_STR("zzzz")));
}

static uint32_t
number(DgActors *actors, const char *iri)
{
  uint32_t n;
  assert_int_equal(dg_actors_number(actors, dg_str(iri), &n), DG_OK);
  return n;
}

static void
merges_lead_to_the_end_and_make_no_ring(void **state)
{
  (void)state;
  const DgDecisions all = read(
      AT("01", "merge\tactor=e:a A\tinto=e:b B")
          AT("02", "merge\tactor=e:b B\tinto=e:c C") AT(
              "03", "merge\tactor=e:c C\tinto=e:a A") /* would close a ring */
      AT("04", "split\tactor=e:d D\tinto=e:f F\tarticle=e:art"));
  DgActors *actors;
  assert_int_equal(dg_actors_new(arena, &all, &actors), DG_OK);
  const uint32_t c = number(actors, "e:c");
  const uint32_t d = number(actors, "e:d");
  assert_int_equal(dg_actors_who(actors, number(actors, "e:a"), DG_STR_NONE),
                   c);
  assert_int_equal(dg_actors_who(actors, c, DG_STR_NONE), c);
  assert_int_equal(dg_actors_who(actors, d, DG_STR("e:art")),
                   number(actors, "e:f"));
  assert_int_equal(dg_actors_who(actors, d, DG_STR("e:other")), d);
  DgActorNumbers others = { 0 };
  assert_int_equal(dg_actors_others(actors, c, arena, &others), DG_OK);
  assert_int_equal(others.n, 3);
  for (int i = 0; i < 1000; ++i) {
    const char *const iri = dg_arena_printf(arena, "e:n%d", i);
    assert_int_equal(number(actors, iri), number(actors, iri));
  }
}

static DgToldMoney
money(const char *text)
{
  DgToldMoney out = { .known = true,
                      .currency = DG_STR("EUR"),
                      .qualifier = DG_STR("exact") };
  assert_int_equal(dg_decimal_read(dg_str(text), &out.value), DG_OK);
  return out;
}

static void
amounts_compare(void **state)
{
  (void)state;
  DgToldMoney a = money("40000000");
  DgToldMoney b = money("40300000");
  assert_int_equal(dg_money_match(&a, &b), DG_MONEY_EQUAL);
  b = money("45000000");
  assert_int_equal(dg_money_match(&a, &b), DG_MONEY_NEAR);
  b = money("60000000");
  assert_int_equal(dg_money_match(&a, &b), DG_MONEY_FAR);
  b.currency = DG_STR("USD");
  assert_int_equal(dg_money_match(&a, &b), DG_MONEY_UNKNOWN);
  b = money("0");
  assert_int_equal(dg_money_match(&a, &b), DG_MONEY_FAR);
  a.has_max = true;
  a.max = money("50000000").value;
  b = money("48000000");
  assert_int_equal(dg_money_match(&a, &b), DG_MONEY_EQUAL);
  assert_int_equal(dg_money_match(&b, &a), DG_MONEY_EQUAL);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    TEST(line_is_read_back),
    TEST(bad_lines_are_pointed_at),
    TEST(decisions_count_by_time_and_once),
    TEST(an_undo_can_be_undone),
    TEST(merges_lead_to_the_end_and_make_no_ring),
    TEST(amounts_compare),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
