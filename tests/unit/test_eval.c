/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "pipeline/eval_report.h"

#include <math.h>

#define TEXT(...) DG_STR(#__VA_ARGS__)

static void
fresh(void **state)
{
  dg_arena_reset(*state);
}

static bool
names_match(DgArena *arena, const char *a, const char *b)
{
  DgEvalName one;
  DgEvalName other;
  assert_int_equal(dg_eval_name_read(arena, dg_str(a), &one), DG_OK);
  assert_int_equal(dg_eval_name_read(arena, dg_str(b), &other), DG_OK);
  const bool same = dg_eval_name_match(&one, &other);
  assert_int_equal(dg_eval_name_match(&other, &one), same);
  return same;
}

static void
names_match_by_whole_words(void **state)
{
  fresh(state);
  assert_true(names_match(*state, "\xC3\x89olia S.A.", "eolia"));
  assert_true(names_match(*state, "Cœur de Lin", "COEUR DE LIN Inc."));
  assert_true(names_match(*state, "Banque Talvo|Talvo", "Groupe talvo"));
  assert_true(names_match(*state, "Lin", "Maison du Lin"));
  assert_false(names_match(*state, "Lin", "Maison Linea"));
  assert_false(names_match(*state, "Lin|Or", "Argent|Laine"));
  DgEvalName name;
  assert_int_equal(dg_eval_name_read(*state, DG_STR("S.A."), &name),
                   DG_NO_MATCH);
  assert_str(dg_eval_name_key(*state, DG_STR("Groupe SA")), "groupe sa");
}

static void
equal_names_pair_first(void **state)
{
  fresh(state);
  DgEvalName a[2];
  DgEvalName b[2];
  (void)dg_eval_name_read(*state, DG_STR("Lin"), &a[0]);
  (void)dg_eval_name_read(*state, DG_STR("Maison Lin"), &a[1]);
  (void)dg_eval_name_read(*state, DG_STR("Maison Lin"), &b[0]);
  (void)dg_eval_name_read(*state, DG_STR("Lin Nord"), &b[1]);
  const DgEvalName *const ones[] = { &a[0], &a[1] };
  const DgEvalName *const others[] = { &b[0], &b[1] };
  assert_int_equal(dg_eval_name_pair(ones, 2, others, 2), 2);
  assert_int_equal(dg_eval_name_pair(ones, 2, others, 1), 1);
}

static DgEvalRun
run(DgArena *arena, DgStr gold_lines, DgStr facts, bool lenient)
{
  DgEvalGold gold = { 0 };
  DgEvalRun result;
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(dg_eval_read_gold(arena, gold_lines, &gold, &diag), DG_OK);
  assert_int_equal(dg_eval_run(arena, &gold, facts, lenient, &result, &diag),
                   DG_OK);
  dg_diag_clear(&diag);
  return result;
}

static void
assert_count(const DgEvalRun *result, size_t row, size_t tp, size_t fp,
             size_t fn)
{
  const DgEvalCount *const c = &result->counts[0].rows[row];
  if (c->tp != tp || c->fp != fp || c->fn != fn) {
    fail_msg("%s is %zu/%zu/%zu", dg_eval_row_text(row), c->tp, c->fp, c->fn);
  }
}

#define GOLD                                                                   \
  TEXT({                                                                       \
    "id" : "a",                                                                \
    "lang" : "fr",                                                             \
    "published" : "2024-03-06",                                                \
    "negative" : false,                                                        \
    "deals" : [                                                                \
      {                                                                        \
        "type" : "Acquisition",                                                \
        "status" : "completed",                                                \
        "salience" : "main",                                                   \
        "roles" : { "acquirer" : ["Orvel|Orvel Bois"], "target" : ["Talvo"] }, \
        "amount" : {                                                           \
          "value" : 100,                                                       \
          "currency" : "EUR",                                                  \
          "alt" : [ { "value" : 120, "currency" : "USD" } ]                    \
        },                                                                     \
        "date" : "2024-03",                                                    \
        "date_alt" : ["2023"],                                                 \
        "evidence" : "Orvel a repris Talvo"                                    \
      },                                                                       \
      {                                                                        \
        "type" : "Merger",                                                     \
        "status" : "planned",                                                  \
        "roles" : { "partner" : [ "Lin", "Rame" ] },                           \
        "evidence" : "Lin et Rame"                                             \
      }                                                                        \
    ]                                                                          \
  })

static void
deals_align_one_to_one(void **state)
{
  fresh(state);
  const DgEvalRun x = run(*state, GOLD, TEXT({
    "id" : "a",
    "deals" : [
      {
        "type" : "Acquisition",
        "status" : "planned",
        "roles" : { "acquirer" : ["Rame"], "target" : ["Lin"] }
      },
      {
        "type" : "Acquisition",
        "status" : "completed",
        "roles" : { "acquirer" : ["Orvel Bois SA"], "target" : ["Brune"] },
        "amount" : { "value" : 121, "currency" : "usd" },
        "date" : "2023-05-04"
      },
      {
        "type" : "Acquisition",
        "status" : "announced",
        "roles" : { "acquirer" : ["Orvel"] }
      }
    ]
  }),
                          false);
  assert_int_equal(x.pairs[0].gold_of[0], 1);
  assert_int_equal(x.pairs[0].gold_of[1], 0);
  assert_int_equal(x.pairs[0].gold_of[2], DG_NO_INDEX);
  assert_count(&x, DG_EVAL_DEAL, 2, 1, 0);
  assert_count(&x, DG_EVAL_MAIN, 1, 0, 0);
  assert_count(&x, DG_EVAL_ROLE + DG_ROLE_PARTNER, 2, 0, 0);
  assert_count(&x, DG_EVAL_ROLE + DG_ROLE_ACQUIRER, 1, 1, 0);
  assert_count(&x, DG_EVAL_ROLE + DG_ROLE_TARGET, 0, 1, 1);
  assert_count(&x, DG_EVAL_AMOUNT, 1, 0, 0);
  assert_count(&x, DG_EVAL_DATE, 1, 0, 0);
  assert_count(&x, DG_EVAL_STATUS, 2, 1, 0);
  assert_count(&x, DG_EVAL_ALL, 5, 2, 1);
  assert_count(&x, DG_EVAL_TYPE + DG_DEAL_Merger, 1, 0, 0);
  assert_count(&x, DG_EVAL_TYPE + DG_DEAL_Acquisition, 1, 1, 0);
  assert_int_equal(x.errors.n, 2); /* one spurious, one role */
}

static void
lenient_reads_across_frames(void **state)
{
  const DgStr facts = TEXT({
    "id" : "a",
    "deals" : [ {
      "type" : "Investment",
      "status" : "completed",
      "roles" : { "investor" : ["Orvel"], "company" : ["Talvo"] }
    } ]
  });
  fresh(state);
  const DgEvalRun strict = run(*state, GOLD, facts, false);
  assert_count(&strict, DG_EVAL_DEAL, 0, 1, 2);
  const DgEvalRun lenient = run(*state, GOLD, facts, true);
  assert_count(&lenient, DG_EVAL_DEAL, 1, 0, 1);
  assert_count(&lenient, DG_EVAL_ROLE + DG_ROLE_ACQUIRER, 1, 0, 0);
  assert_count(&lenient, DG_EVAL_ROLE + DG_ROLE_INVESTOR, 0, 0, 0);
}

static void
launches_and_strangers_are_let_be(void **state)
{
  fresh(state);
  const DgEvalRun x = run(*state, GOLD,
                          DG_STR("{\"id\":\"b\",\"deals\":[]}\n"
                                 "{\"id\":\"a\",\"deals\":[{\"type\":"
                                 "\"ProductLaunch\",\"roles\":{\"company\":"
                                 "[\"Orvel\"]}}]}\n"),
                          false);
  assert_int_equal(x.unknown, 1);
  assert_count(&x, DG_EVAL_DEAL, 0, 0, 2);
}

static void
broken_lines_are_told(void **state)
{
  fresh(state);
  static const char *const bad[] = { "\n", "{\"id\": 1}", "[]",
                                     "{\"id\":", "{\"id\":\"a\"}\n{}" };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
    DgEvalGold gold = { 0 };
    DgDiag diag = DG_DIAG_INIT;
    assert_int_equal(dg_eval_read_gold(*state, dg_str(bad[i]), &gold, &diag),
                     DG_BAD_INPUT);
    assert_non_null(diag.message);
    assert_true(i < 4 || diag.line == 2);
    dg_diag_clear(&diag);
  }
}

static void
dates_agree_at_the_coarser_grain(void **state)
{
  (void)state;
  assert_true(dg_eval_date_same(DG_STR("2024"), DG_STR("2024-03-06")));
  assert_true(dg_eval_date_same(DG_STR("2024-03-06"), DG_STR("2024-03")));
  assert_false(dg_eval_date_same(DG_STR("2024-04"), DG_STR("2024-03")));
  assert_false(dg_eval_date_same(DG_STR("202"), DG_STR("2024")));
  assert_false(dg_eval_date_same(DG_STR_NONE, DG_STR("2024")));
}

static void
rates_of_nothing_are_zero(void **state)
{
  (void)state;
  const DgEvalRates none = dg_eval_rates(&(DgEvalCount){ 0, 0, 0 });
  assert_true(none.p == 0 && none.r == 0 && none.f1 == 0);
  const DgEvalRates some = dg_eval_rates(&(DgEvalCount){ 1, 1, 3 });
  assert_true(some.p == 0.5 && some.r == 0.25);
  assert_true(fabs(some.f1 - 1.0 / 3) < 1e-12);
}

/** Two articles, of which one is all right and one is all wrong. */
static void
intervals_and_bins_hold_the_truth(void **state)
{
  fresh(state);
  const DgEvalRun x = run(
      *state,
      DG_STR("{\"id\":\"a\",\"lang\":\"fr\",\"deals\":[{\"type\":\"Merger\","
             "\"roles\":{\"partner\":[\"Lin\"]}}]}\n"
             "{\"id\":\"b\",\"lang\":\"en\",\"negative\":true,\"deals\":[]}"),
      DG_STR("{\"id\":\"a\",\"deals\":[{\"type\":\"Merger\",\"confidence\":0.7,"
             "\"roles\":{\"partner\":[\"Lin\"]}}]}\n"
             "{\"id\":\"b\",\"deals\":[{\"type\":\"Merger\",\"confidence\":1,"
             "\"roles\":{\"partner\":[\"Rame\"]}}, {\"type\":\"Merger\"}]}"),
      false);
  DgEvalGroup group;
  assert_int_equal(dg_eval_group(&x, DG_STR_NONE, &group), DG_OK);
  assert_int_equal(group.counts.articles, 2);
  assert_int_equal(group.counts.alarms, 2);
  assert_true(group.f1[DG_EVAL_DEAL].low == 0);
  assert_true(group.f1[DG_EVAL_DEAL].high == 1);
  assert_true(group.alarm_rate.high == 2);
  DgEvalGroup again;
  assert_int_equal(dg_eval_group(&x, DG_STR_NONE, &again), DG_OK);
  assert_memory_equal(&group, &again, sizeof group);
  assert_int_equal(dg_eval_group(&x, DG_STR("fr"), &group), DG_OK);
  assert_true(group.f1[DG_EVAL_DEAL].low == 1);
  DgEvalReliability r;
  dg_eval_reliability(&x, &r);
  assert_int_equal(r.bins[7].n, 1);
  assert_int_equal(r.bins[7].right, 1);
  assert_int_equal(r.bins[9].n, 1);
  assert_int_equal(r.silent, 1);
  assert_true(fabs(r.brier - (0.09 + 1) / 2) < 1e-12);
  assert_true(fabs(r.error - (0.3 + 1) / 2) < 1e-12);
}

static bool
says(const DgBuf *out, const char *text)
{
  return dg_str_find(dg_buf_str(out), dg_str(text), 0) != SIZE_MAX;
}

static void
comparison_tells_won_and_lost(void **state)
{
  fresh(state);
  const DgEvalRun now = run(
      *state, GOLD,
      DG_STR("{\"id\":\"a\",\"deals\":[{\"type\":\"Acquisition\",\"roles\":"
             "{\"acquirer\":[\"Orvel\"]}},{\"type\":\"Contract\",\"evidence\":"
             "\"un mot\"}]}"),
      false);
  const DgEvalRun old =
      run(*state, GOLD,
          DG_STR("{\"id\":\"a\",\"deals\":[{\"type\":\"Merger\",\"roles\":"
                 "{\"partner\":[\"Lin\"]}}]}"),
          false);
  DgBuf out = DG_BUF_INIT;
  dg_eval_write_comparison(&now, &old, &out);
  assert_true(says(&out, "== deals won (1)\n  a: Acquisition completed"));
  assert_true(says(&out, "== deals lost (1)\n  a: Merger planned"));
  assert_true(says(&out, "== false deals that are new (1)\n  a: Contract"));
  assert_true(says(&out, "== false deals that are gone (0)"));
  dg_buf_reset(&out);
  dg_eval_write_errors(&now, 1, &out);
  assert_true(says(&out, "== SPURIOUS (1)\n  a: Contract"));
  assert_true(says(&out, "== MISSED (1)\n  a: Merger planned, partner Lin"));
  assert_true(says(&out, "target: found nobody; gold has Talvo\n"));
  assert_true(says(&out, "found nothing; gold has 100 EUR or 120 USD\n"));
  dg_buf_clear(&out);
}

static int
set_up(void **state)
{
  *state = dg_arena_new();
  return *state ? 0 : -1;
}

static int
tear_down(void **state)
{
  dg_arena_free(*state);
  return 0;
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(names_match_by_whole_words),
    cmocka_unit_test(equal_names_pair_first),
    cmocka_unit_test(deals_align_one_to_one),
    cmocka_unit_test(lenient_reads_across_frames),
    cmocka_unit_test(launches_and_strangers_are_let_be),
    cmocka_unit_test(broken_lines_are_told),
    cmocka_unit_test(dates_agree_at_the_coarser_grain),
    cmocka_unit_test(rates_of_nothing_are_zero),
    cmocka_unit_test(intervals_and_bins_hold_the_truth),
    cmocka_unit_test(comparison_tells_won_and_lost),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
