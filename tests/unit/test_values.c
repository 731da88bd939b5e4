/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "base/buf.h"
#include "values/calendar.h"
#include "values/value.h"

/*
 * Each line is a claim: in this language, this text states these values. A
 * value is told as
 *
 *   kind value[..last] [currency or unit] [~ about, > more than, < up to]
 *   {its words}
 *
 * and several are parted by "; ". The reference date is 2024-02-28, a
 * Wednesday. The same claims stand in both languages where both have them.
 */
typedef struct {
  DgLang lang;
  const char *text;
  const char *values;
} Claim;

#define FR DG_LANG_FR
#define EN DG_LANG_EN

static void
add_decimal(DgBuf *out, DgDecimal value)
{
  char text[DG_DECIMAL_TEXT];
  (void)dg_decimal_write(value, text);
  dg_buf_add(out, dg_str(text));
}

static void
add_pair(DgBuf *out, DgDecimal value, DgDecimal last, bool is_range)
{
  add_decimal(out, value);
  if (is_range) {
    dg_buf_add(out, DG_STR(".."));
    add_decimal(out, last);
  }
}

static void
add_date(DgBuf *out, DgDate date)
{
  char text[DG_DATE_TEXT];
  dg_buf_add(out, dg_str_n(text, dg_date_write(date, text)));
}

static void
add_value(DgBuf *out, DgStr text, const DgValue *value)
{
  static const char *const kinds[] = { "number",  "ordinal", "money",
                                       "percent", "date",    "duration" };
  static const char *const marks[] = { "", " ~", " >", " <" };
  const DgMoney *const money = &value->money;
  dg_buf_printf(out, "%s%s ", out->len ? "; " : "", kinds[value->kind]);
  switch (value->kind) {
  case DG_VALUE_MONEY:
    add_pair(out, money->value, money->value_max, value->is_range);
    dg_buf_printf(out, " %s", money->currency[0] ? money->currency : "?");
    break;
  case DG_VALUE_DATE:
    add_date(out, value->date);
    if (value->is_range) {
      dg_buf_add(out, DG_STR(".."));
      add_date(out, value->date_max);
    }
    break;
  default:
    add_pair(out, value->number, value->number_max, value->is_range);
  }
  if (value->kind == DG_VALUE_DURATION) {
    dg_buf_printf(out, " %c", value->unit);
  }
  dg_buf_printf(out, "%s {", marks[value->qualifier]);
  dg_buf_add(out, dg_str_sub(text, value->span.begin, value->span.end));
  dg_buf_add_char(out, '}');
  if (value->conversion.currency[0]) {
    dg_buf_add(out, DG_STR(" = "));
    add_decimal(out, value->conversion.value);
    dg_buf_printf(out, " %s", value->conversion.currency);
  }
}

static void
check_with(DgValueOptions options, const char *text, const char *expected)
{
  DgArena *const arena = dg_arena_new();
  DgBuf found = DG_BUF_INIT;
  DgValue *values;
  size_t n;
  assert_int_equal(dg_values_read(dg_str(text), &options, arena, &values, &n),
                   DG_OK);
  for (size_t i = 0; i < n; ++i) {
    add_value(&found, dg_str(text), &values[i]);
  }
  if (strcmp(found.data ? found.data : "", expected) != 0) {
    print_error("%s\n  found    %s\n  expected %s\n", text,
                found.data ? found.data : "", expected);
    fail();
  }
  dg_buf_clear(&found);
  dg_arena_free(arena);
}

static void
check_all(const Claim *claims, size_t n)
{
  for (size_t i = 0; i < n; ++i) {
    const DgValueOptions options = {
      .lang = claims[i].lang,
      .reference = dg_calendar_date(2024, 2, 28),
    };
    check_with(options, claims[i].text, claims[i].values);
  }
}

#define CHECK(claims) check_all((claims), sizeof(claims) / sizeof *(claims))

static void
iso_dates_are_read_and_written(void **state)
{
  (void)state;
  static const char *const good[] = { "2024",      "2024-03", "2024-02-29",
                                      "2024-Q3",   "2024-H2", "2020-W53",
                                      "0001-01-01" };
  for (size_t i = 0; i < sizeof good / sizeof *good; ++i) {
    DgDate date;
    char text[DG_DATE_TEXT];
    assert_int_equal(dg_date_read(dg_str(good[i]), &date), DG_OK);
    assert_int_equal(dg_date_write(date, text), strlen(good[i]));
    assert_string_equal(text, good[i]);
  }
  static const struct {
    const char *text;
    DgStatus status;
  } bad[] = {
    { "2023-02-29", DG_BAD_INPUT },
    { "2024-Q5", DG_BAD_INPUT },
    { "2024-W53", DG_BAD_INPUT },
    { "0000", DG_BAD_INPUT },
    { "2024-3-5", DG_NO_MATCH },
    { "24", DG_NO_MATCH },
    { "2024-", DG_NO_MATCH },
    { "2024-03-05x", DG_NO_MATCH },
    { "", DG_NO_MATCH },
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
    DgDate date;
    assert_int_equal(dg_date_read(dg_str(bad[i].text), &date), bad[i].status);
  }
  DgDate timed;
  assert_int_equal(dg_date_read(DG_STR("2024-03-05T10:00:00Z"), &timed), DG_OK);
  assert_int_equal(timed.day, 5);
}

static void
calendar_days_are_counted(void **state)
{
  (void)state;
  assert_int_equal(dg_calendar_day(1970, 1, 1), 0);
  assert_int_equal(dg_calendar_day(2000, 3, 1), 11017);
  assert_int_equal(dg_date_weekday(dg_calendar_day(2024, 2, 28)), 2);
  for (int32_t day = -800000; day < 800000; day += 97) {
    const DgDate date = dg_date_from_day(day);
    if (date.year >= 1) {
      assert_int_equal(dg_date_first_day(date), day);
    }
  }
  assert_int_equal(dg_calendar_easter(2024).day, 31);
  assert_int_equal(dg_calendar_easter(2025).month, 4);
}

static void
amounts_of_money(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "lève 15 millions d'euros auprès de",
      "money 15000000 EUR {15 millions d'euros}" },
    { EN, "raised 15 million euros from",
      "money 15000000 EUR {15 million euros}" },
    { FR, "soit 2,5 Md€", "money 2500000000 EUR {2,5 Md€}" },
    { EN, "worth €2.5bn", "money 2500000000 EUR {€2.5bn}" },
    { FR, "une enveloppe de 400 k€", "money 400000 EUR {400 k€}" },
    { EN, "a $400k grant", "money 400000 USD {$400k}" },
    { FR, "94 000 dollars canadiens",
      "money 94000 CAD {94 000 dollars "
      "canadiens}" },
    { EN, "94,000 Canadian dollars",
      "money 94000 CAD {94,000 Canadian dollars}" },
    { FR, "quatre-vingt-dix-sept mille francs suisses",
      "money 97000 CHF {quatre-vingt-dix-sept mille francs suisses}" },
    { EN, "ninety-seven thousand Swiss francs",
      "money 97000 CHF {ninety-seven thousand Swiss francs}" },
    { FR, "un demi-milliard de yens",
      "money 500000000 JPY {un demi-milliard de yens}" },
    { EN, "half a billion yen", "money 500000000 JPY {half a billion yen}" },
  };
  CHECK(claims);
}

static void
dates_of_the_calendar(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "signé le 3 mars 2021.", "date 2021-03-03 {3 mars 2021}" },
    { EN, "signed on March 3, 2021.", "date 2021-03-03 {March 3, 2021}" },
    { FR, "au T3 2023", "date 2023-Q3 {T3 2023}" },
    { EN, "in Q3 2023", "date 2023-Q3 {Q3 2023}" },
    { FR, "a annoncé vendredi dernier", "date 2024-02-23 {vendredi dernier}" },
    { EN, "announced last Friday", "date 2024-02-23 {last Friday}" },
    { FR, "a annoncé lundi", "date 2024-02-26 {lundi}" },
    { EN, "announced on Monday", "date 2024-02-26 {Monday}" },
    { FR, "hier", "date 2024-02-27 {hier}" },
    { EN, "yesterday", "date 2024-02-27 {yesterday}" },
  };
  CHECK(claims);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(iso_dates_are_read_and_written),
    cmocka_unit_test(calendar_days_are_counted),
    cmocka_unit_test(amounts_of_money),
    cmocka_unit_test(dates_of_the_calendar),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
