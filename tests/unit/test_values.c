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

static bool
holds(DgValueOptions options, const char *text, const char *expected)
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
  const bool same = dg_str_equal(dg_buf_str(&found), dg_str(expected));
  if (!same) {
    print_error("%s\n  found    %s\n  expected %s\n", text,
                found.data ? found.data : "", expected);
  }
  dg_buf_clear(&found);
  dg_arena_free(arena);
  return same;
}

static void
check_with(DgValueOptions options, const char *text, const char *expected)
{
  assert_true(holds(options, text, expected));
}

/* All claims are tried, so that one run tells all that fail. */
static void
check_all(const Claim *claims, size_t n)
{
  size_t broken = 0;
  for (size_t i = 0; i < n; ++i) {
    const DgValueOptions options = {
      .lang = claims[i].lang,
      .reference = dg_calendar_date(2024, 2, 28),
    };
    broken += !holds(options, claims[i].text, claims[i].values);
  }
  assert_int_equal(broken, 0);
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
numbers_in_digits(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "94 000 salariés", "number 94000 {94 000}" },
    { EN, "94,000 employees", "number 94000 {94,000}" },
    { FR, "94.000 salariés", "number 94000 {94.000}" },
    { EN, "a factor of 94.000", "number 94 {94.000}" },
    { FR, "94 000 et 94 000 salariés",
      "number 94000 {94 000}; number 94000 {94 000}" },
    { FR, "un facteur de 1,5", "number 1.5 {1,5}" },
    { EN, "a factor of 1.5", "number 1.5 {1.5}" },
    { FR, "6.700,54 points", "number 6700.54 {6.700,54}" },
    { EN, "6,700.54 points", "number 6700.54 {6,700.54}" },
    { FR, "1'000 parts", "number 1000 {1'000}" },
    { EN, "12,34,567 shares", "number 1234567 {12,34,567}" },
    { FR, "400k abonnés", "number 400000 {400k}" },
    { EN, "400k subscribers", "number 400000 {400k}" },
    { FR, "soit -3,2", "number -3.2 {-3,2}" },
    { EN, "at -3.2", "number -3.2 {-3.2}" },
  };
  CHECK(claims);
}

static void
numbers_in_words(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "quatre-vingt-dix-sept mille",
      "number 97000 {quatre-vingt-dix-sept mille}" },
    { EN, "ninety-seven thousand", "number 97000 {ninety-seven thousand}" },
    { FR, "soixante et onze", "number 71 {soixante et onze}" },
    { EN, "seventy-one", "number 71 {seventy-one}" },
    { FR, "septante-huit et nonante",
      "number 78 {septante-huit}; number 90 {nonante}" },
    { FR, "deux cent mille", "number 200000 {deux cent mille}" },
    { EN, "two hundred thousand", "number 200000 {two hundred thousand}" },
    { FR, "2,5 milliards", "number 2500000000 {2,5 milliards}" },
    { EN, "2.5 billion", "number 2500000000 {2.5 billion}" },
    { FR, "deux millions et demi", "number 2500000 {deux millions et demi}" },
    { EN, "two and a half million", "number 2500000 {two and a half million}" },
    { FR, "un demi-milliard", "number 500000000 {un demi-milliard}" },
    { EN, "half a billion", "number 500000000 {half a billion}" },
    { FR, "une dizaine de millions",
      "number 10000000 ~ {une dizaine de millions}" },
    { EN, "a couple of million", "number 2000000 ~ {a couple of million}" },
    { FR, "une centaine de postes", "number 100 ~ {une centaine}" },
    { EN, "a dozen jobs", "number 12 {a dozen}" },
    { FR, "un milliard vingt-cinq millions",
      "number 1025000000 {un milliard vingt-cinq millions}" },
    { EN, "one billion twenty-five million",
      "number 1025000000 {one billion twenty-five million}" },
    { FR, "deux tiers", "number 0.666666666666666667 {deux tiers}" },
    { EN, "two thirds", "number 0.666666666666666667 {two thirds}" },
    { FR, "un sur trois", "number 0.333333333333333333 {un sur trois}" },
    { EN, "one in five", "number 0.2 {one in five}" },
  };
  CHECK(claims);
}

static void
what_is_no_number(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "GPT-4 et Mixtral 8x7B sur la 5G", "" },
    { EN, "GPT-4 and Mixtral 8x7B on 5G", "" },
    { FR, "un accord avec une banque", "" },
    { EN, "a deal with a bank", "" },
    { EN, "this one is the right one", "" },
    { FR, "une bouteille de 180ml", "" },
    { EN, "a 180ml bottle", "" },
    { FR, "voir https://a.example/p?n=30%25 ici", "" },
    { EN, "see https://a.example/p?n=30%25 here", "" },
    { FR, "appelez le 01 42 00 00 00 avant 18h30", "" },
    { EN, "call +33 1 42 00 00 00 at 9:30", "" },
    { FR, "l'article 49.3 et le 49.3", "" },
    { EN, "under article 5", "" },
    { FR, "des millions d'euros", "" },
    { EN, "millions of dollars", "" },
  };
  CHECK(claims);
}

static void
ordinals(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "le 2e groupe", "ordinal 2 {2e}" },
    { EN, "the 2nd group", "ordinal 2 {2nd}" },
    { FR, "la première banque", "ordinal 1 {première}" },
    { EN, "the first bank", "ordinal 1 {first}" },
    { FR, "le vingt et unième site", "ordinal 21 {vingt et unième}" },
    { EN, "the twenty-first site", "ordinal 21 {twenty-first}" },
    { FR, "la quatre-vingtième usine", "ordinal 80 {quatre-vingtième}" },
    { EN, "the eightieth plant", "ordinal 80 {eightieth}" },
  };
  CHECK(claims);
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
    { FR, "le 1.5 milliard d'euros",
      "money 1500000000 EUR {1.5 milliard d'euros}" },
    { FR, "soit 2,5 Md€", "money 2500000000 EUR {2,5 Md€}" },
    { EN, "worth €2.5bn", "money 2500000000 EUR {€2.5bn}" },
    { FR, "une enveloppe de 400 k€", "money 400000 EUR {400 k€}" },
    { EN, "a $400k grant", "money 400000 USD {$400k}" },
    { FR, "pour 30 MEUR", "money 30000000 EUR {30 MEUR}" },
    { EN, "for 30 MUSD", "money 30000000 USD {30 MUSD}" },
    { FR, "12 M$ et 3 Mds€",
      "money 12000000 USD {12 M$}; money 3000000000 EUR {3 Mds€}" },
    { EN, "£12m and A$3m",
      "money 12000000 GBP {£12m}; money 3000000 AUD {A$3m}" },
    { FR, "94 000 dollars canadiens",
      "money 94000 CAD {94 000 dollars canadiens}" },
    { EN, "94,000 Canadian dollars",
      "money 94000 CAD {94,000 Canadian dollars}" },
    { FR, "94 000 dollars de Hong Kong",
      "money 94000 HKD {94 000 dollars de Hong Kong}" },
    { EN, "HK$94,000", "money 94000 HKD {HK$94,000}" },
    { FR, "quatre-vingt-dix-sept mille francs suisses",
      "money 97000 CHF {quatre-vingt-dix-sept mille francs suisses}" },
    { EN, "ninety-seven thousand Swiss francs",
      "money 97000 CHF {ninety-seven thousand Swiss francs}" },
    { FR, "un demi-milliard de yens",
      "money 500000000 JPY {un demi-milliard de yens}" },
    { EN, "half a billion yen", "money 500000000 JPY {half a billion yen}" },
    { FR, "10 milliards de francs CFA",
      "money 10000000000 XOF {10 milliards de francs CFA}" },
    { FR, "10 milliards de francs CFA BEAC",
      "money 10000000000 XAF {10 milliards de francs CFA BEAC}" },
    { EN, "2 billion CFA francs BEAC",
      "money 2000000000 XAF {2 billion CFA francs BEAC}" },
    { EN, "3 billion West African CFA francs",
      "money 3000000000 XOF {3 billion West African CFA francs}" },
    { EN, "5 million Barbados dollars",
      "money 5000000 BBD {5 million Barbados dollars}" },
    { FR, "5 millions de dollars de la Barbade",
      "money 5000000 BBD {5 millions de dollars de la Barbade}" },
    { EN, "7 million Guyana dollars",
      "money 7000000 GYD {7 million Guyana dollars}" },
    { EN, "8 million Cayman Islands dollars",
      "money 8000000 KYD {8 million Cayman Islands dollars}" },
    { FR, "8 millions de dollars des îles Caïmans",
      "money 8000000 KYD {8 millions de dollars des îles Caïmans}" },
    { EN, "9 million Trinidad and Tobago dollars",
      "money 9000000 TTD {9 million Trinidad and Tobago dollars}" },
    { EN, "20 million East Caribbean dollars",
      "money 20000000 XCD {20 million East Caribbean dollars}" },
    { EN, "30 million Namibia dollars",
      "money 30000000 NAD {30 million Namibia dollars}" },
    { EN, "2 billion Iceland krona",
      "money 2000000000 ISK {2 billion Iceland krona}" },
    { EN, "40 million Seychelles rupees",
      "money 40000000 SCR {40 million Seychelles rupees}" },
    { EN, "50 million Mauritius rupees",
      "money 50000000 MUR {50 million Mauritius rupees}" },
    { EN, "6 billion Pakistan rupees",
      "money 6000000000 PKR {6 billion Pakistan rupees}" },
    { FR, "6 milliards de roupies indonésiennes",
      "money 6000000000 IDR {6 milliards de roupies indonésiennes}" },
    { EN, "60 million Rwanda francs",
      "money 60000000 RWF {60 million Rwanda francs}" },
    { EN, "70 million Burundi francs",
      "money 70000000 BIF {70 million Burundi francs}" },
    { FR, "80 millions de francs de Djibouti",
      "money 80000000 DJF {80 millions de francs de Djibouti}" },
    { EN, "90 million leones", "money 90000000 SLE {90 million leones}" },
    { EN, "90 million Moldovan lei",
      "money 90000000 MDL {90 million Moldovan lei}" },
    { FR, "90 millions de lei", "money 90000000 RON {90 millions de lei}" },
    { EN, "15 million Aruban florins",
      "money 15000000 AWG {15 million Aruban florins}" },
    /* Who pays is no part of the currency. */
    { FR, "20 millions de dollars du Canada",
      "money 20000000 USD {20 millions de dollars}" },
    { FR, "20 millions d'euros du Qatar",
      "money 20000000 EUR {20 millions d'euros}" },
    { EN, "RMB 2bn", "money 2000000000 CNY {RMB 2bn}" },
    /* Swedish, Norwegian or Danish. */
    { EN, "kr 200 million", "number 200000000 {200 million}" },
    { EN, "10 billion won", "money 10000000000 KRW {10 billion won}" },
    { EN, "10 billion North Korean won",
      "money 10000000000 KPW {10 billion North Korean won}" },
    { EN, "the plan to pay 2 million won the vote",
      "number 2000000 {2 million}" },
    { EN, "contracts of 3 million won by Arvelo",
      "number 3000000 {3 million}" },
    { EN, "10 billion rupees", "money 10000000000 INR {10 billion rupees}" },
    { FR, "3 millions de livres sterling",
      "money 3000000 GBP {3 millions de livres sterling}" },
    { EN, "3 million pounds", "money 3000000 GBP {3 million pounds}" },
    { EN, "S$30m and R$2bn",
      "money 30000000 SGD {S$30m}; money 2000000000 BRL {R$2bn}" },
    { FR, "30 M S$", "money 30000000 SGD {30 M S$}" },
    { EN, "250 million Ukrainian hryvnia",
      "money 250000000 UAH {250 million Ukrainian hryvnia}" },
    { FR, "250 millions de lei roumains",
      "money 250000000 RON {250 millions de lei roumains}" },
    { EN, "250 million Polish zlotys",
      "money 250000000 PLN {250 million Polish zlotys}" },
    { FR, "il a écrit deux livres", "number 2 {deux}" },
    { FR, "15 dollars et 20 cents", "money 15.2 USD {15 dollars et 20 cents}" },
    { EN, "15 dollars and 20 cents",
      "money 15.2 USD {15 dollars and 20 cents}" },
    { FR, "CHF 20 millions", "money 20000000 CHF {CHF 20 millions}" },
    { EN, "CHF 20 million", "money 20000000 CHF {CHF 20 million}" },
  };
  CHECK(claims);
}

static void
qualifiers_are_told_apart(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "environ 15 millions d'euros",
      "money 15000000 EUR ~ {15 millions d'euros}" },
    { EN, "about 15 million euros", "money 15000000 EUR ~ {15 million euros}" },
    { FR, "plus de 15 M€", "money 15000000 EUR > {15 M€}" },
    { EN, "more than €15m", "money 15000000 EUR > {€15m}" },
    { FR, "jusqu'à 15 M€", "money 15000000 EUR < {15 M€}" },
    { EN, "up to €15m", "money 15000000 EUR < {€15m}" },
    { FR, "pas moins de 15 M€", "money 15000000 EUR > {15 M€}" },
    { EN, "no less than €15m", "money 15000000 EUR > {€15m}" },
    { FR, "près de 300 salariés", "number 300 ~ {300}" },
    { EN, "nearly 300 employees", "number 300 ~ {300}" },
    { FR, "au moins 34 %", "percent 34 > {34 %}" },
    { EN, "at least 34%", "percent 34 > {34%}" },
  };
  CHECK(claims);
}

static void
ranges_share_their_unit(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "entre 10 et 15 millions d'euros",
      "money 10000000..15000000 EUR {entre 10 et 15 millions d'euros}" },
    { EN, "between 10 and 15 million euros",
      "money 10000000..15000000 EUR {between 10 and 15 million euros}" },
    { FR, "de 10 à 15 M€", "money 10000000..15000000 EUR {de 10 à 15 M€}" },
    { EN, "$10-15m", "money 10000000..15000000 USD {$10-15m}" },
    { FR, "est passé de 10 à 15 M€",
      "money 10000000 EUR {10}; money 15000000 EUR {15 M€}" },
    { EN, "rose from $10m to $15m",
      "money 10000000 USD {$10m}; money 15000000 USD {$15m}" },
    { FR, "respectivement 15 et 20 millions d'euros",
      "money 15000000 EUR {15}; money 20000000 EUR {20 millions d'euros}" },
    { EN, "15 and 20 million euros respectively",
      "money 15000000 EUR {15}; money 20000000 EUR {20 million euros}" },
    { FR, "gagne 0,5 % à 7 950 points",
      "percent 0.5 {0,5 %}; number 7950 {7 950}" },
    { FR, "contre 3 milliards un an plus tôt",
      "number 3000000000 {3 milliards}; duration 1 Y {un an}" },
    { FR, "3 à 5 %", "percent 3..5 {3 à 5 %}" },
    { EN, "3 to 5%", "percent 3..5 {3 to 5%}" },
    { FR, "10 à 15 salariés", "number 10..15 {10 à 15}" },
    { EN, "10 to 15 people", "number 10..15 {10 to 15}" },
  };
  CHECK(claims);
}

static void
a_conversion_is_one_amount(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "15 millions d'euros (16,3 millions de dollars)",
      "money 15000000 EUR {15 millions d'euros (16,3 millions de dollars)} = "
      "16300000 USD" },
    { EN, "15 million euros ($16.3 million)",
      "money 15000000 EUR {15 million euros ($16.3 million)} = 16300000 USD" },
    { FR, "10 M$, soit environ 9 M€",
      "money 10000000 USD {10 M$, soit environ 9 M€} = 9000000 EUR" },
    { EN, "$10m, or about €9m",
      "money 10000000 USD {$10m, or about €9m} = 9000000 EUR" },
  };
  CHECK(claims);
}

static void
percentages_and_stakes(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "34,5 % du capital", "percent 34.5 {34,5 %}" },
    { EN, "34.5% of the capital", "percent 34.5 {34.5%}" },
    { FR, "vingt pour cent", "percent 20 {vingt pour cent}" },
    { EN, "twenty per cent", "percent 20 {twenty per cent}" },
    { FR, "la moitié du capital", "percent 50 {moitié}" },
    { EN, "half of the capital", "percent 50 {half}" },
    { FR, "un tiers des parts", "percent 33.3333333333333333 {un tiers}" },
    { EN, "a third of the shares", "percent 33.3333333333333333 {a third}" },
  };
  CHECK(claims);
}

static void
dates_of_the_calendar(void **state)
{
  (void)state;
  static const Claim claims[] = {
    /* An hour, a count or a year spelled out is no second day. */
    { FR, "le quatre octobre à dix neuf heures",
      "date 2023-10-04 {quatre octobre}; duration 19 h {dix neuf heures}" },
    { FR, "le 4 octobre à 12 salariés",
      "date 2023-10-04 {4 octobre}; number 12 {12}" },
    { FR, "du 4 au 12 octobre",
      "date 2023-10-04..2023-10-12 {du 4 au 12 octobre}" },
    { FR, "du 4 octobre au 12",
      "date 2023-10-04..2023-10-12 {du 4 octobre au 12}" },
    { EN, "October 4 to 12", "date 2023-10-04..2023-10-12 {October 4 to 12}" },
    { EN, "from October 4 to 12 million users",
      "date 2023-10-04 {October 4}; number 12000000 {12 million}" },
    { FR, "signé le 3 mars 2021.", "date 2021-03-03 {3 mars 2021}" },
    { EN, "signed on March 3, 2021.", "date 2021-03-03 {March 3, 2021}" },
    { FR, "le 1er avril 1998", "date 1998-04-01 {1er avril 1998}" },
    { EN, "the 1st of April 1998", "date 1998-04-01 {1st of April 1998}" },
    { FR, "le 03/04/2021", "date 2021-04-03 {03/04/2021}" },
    { EN, "on 03/04/2021", "date 2021-03-04 {03/04/2021}" },
    { FR, "le 2021-04-03", "date 2021-04-03 {2021-04-03}" },
    { EN, "on 2021-04-03", "date 2021-04-03 {2021-04-03}" },
    { FR, "en mars 2021", "date 2021-03 {mars 2021}" },
    { EN, "in March 2021", "date 2021-03 {March 2021}" },
    { FR, "au T3 2023", "date 2023-Q3 {T3 2023}" },
    { EN, "in Q3 2023", "date 2023-Q3 {Q3 2023}" },
    { FR, "au premier semestre 2023", "date 2023-H1 {premier semestre 2023}" },
    { EN, "in the first half of 2023", "date 2023-H1 {first half of 2023}" },
    { EN, "in the second half of the year",
      "date 2024-H2 {second half of the year}" },
    { FR, "au second semestre de l'année",
      "date 2024-H2 {second semestre de l'année}" },
    { FR, "en 2019", "date 2019 {2019}" },
    { EN, "in 2019", "date 2019 {2019}" },
    { FR, "le 30 février 2021", "number 30 {30}; date 2021-02 {février 2021}" },
    { FR, "du 13 au 15 juillet 2021",
      "date 2021-07-13..2021-07-15 {du 13 au 15 juillet 2021}" },
    { EN, "from July 13 to 15, 2021",
      "date 2021-07-13..2021-07-15 {from July 13 to 15, 2021}" },
    { FR, "de 2010 à 2018", "date 2010..2018 {de 2010 à 2018}" },
    { EN, "from 2010 to 2018", "date 2010..2018 {from 2010 to 2018}" },
    { FR, "fin mars 2021", "date 2021-03 {fin mars 2021}" },
    { EN, "in late March 2021", "date 2021-03 {late March 2021}" },
    { FR, "l'été 2021", "date 2021-06..2021-09 {l'été 2021}" },
    { EN, "summer 2021", "date 2021-06..2021-09 {summer 2021}" },
    { FR, "les années 1990", "date 1990..1999 {les années 1990}" },
    { EN, "the 1990s", "date 1990..1999 {1990s}" },
    { FR, "exercice 2021", "date 2021 {exercice 2021}" },
    { EN, "fiscal year 2021", "date 2021 {fiscal year 2021}" },
    { FR, "depuis 2019", "date 2019 > {2019}" },
    { EN, "since 2019", "date 2019 > {since 2019}" },
    { FR, "d'ici à 2027", "date 2027 < {2027}" },
    { EN, "by 2027", "date 2027 < {by 2027}" },
  };
  CHECK(claims);
}

static void
dates_relative_to_publication(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "a annoncé vendredi dernier", "date 2024-02-23 {vendredi dernier}" },
    { EN, "announced last Friday", "date 2024-02-23 {last Friday}" },
    { FR, "a annoncé lundi", "date 2024-02-26 {lundi}" },
    { EN, "announced on Monday", "date 2024-02-26 {Monday}" },
    { FR, "sera signé lundi", "date 2024-03-04 {lundi}" },
    { EN, "will be signed on Monday", "date 2024-03-04 {Monday}" },
    { FR, "hier", "date 2024-02-27 {hier}" },
    { EN, "yesterday", "date 2024-02-27 {yesterday}" },
    { FR, "ce matin", "date 2024-02-28 {ce matin}" },
    { EN, "this morning", "date 2024-02-28 {this morning}" },
    { FR, "avant-hier", "date 2024-02-26 {avant-hier}" },
    { EN, "the day before yesterday",
      "date 2024-02-26 {the day before yesterday}" },
    { FR, "la semaine dernière", "date 2024-W08 {la semaine dernière}" },
    { EN, "last week", "date 2024-W08 {last week}" },
    { FR, "le mois prochain", "date 2024-03 {le mois prochain}" },
    { EN, "next month", "date 2024-03 {next month}" },
    { FR, "l'an dernier", "date 2023 {l'an dernier}" },
    { EN, "last year", "date 2023 {last year}" },
    { FR, "en novembre", "date 2023-11 {novembre}" },
    { EN, "in November", "date 2023-11 {November}" },
    { FR, "ouvrira en novembre", "date 2024-11 {novembre}" },
    { EN, "will open in November", "date 2024-11 {November}" },
    { FR, "le 15 novembre", "date 2023-11-15 {15 novembre}" },
    { EN, "on November 15", "date 2023-11-15 {November 15}" },
    { FR, "au deuxième trimestre", "date 2023-Q2 {deuxième trimestre}" },
    { EN, "in the second quarter", "date 2023-Q2 {second quarter}" },
    { FR, "il y a deux ans", "date 2022 {il y a deux ans}" },
    { EN, "two years ago", "date 2022 {two years ago}" },
    { FR, "dans trois mois", "date 2024-05 {dans trois mois}" },
    { EN, "in three months", "date 2024-05 {in three months}" },
    { FR, "les trois derniers mois",
      "date 2023-11..2024-01 {trois derniers mois}" },
    { EN, "the last three months",
      "date 2023-11..2024-01 {last three months}" },
    { FR, "en début d'année", "date 2024 {début d'année}" },
    { EN, "earlier this year", "date 2024 {earlier this year}" },
    { EN, "the first Monday of March 2024",
      "date 2024-03-04 {the first Monday of March 2024}" },
  };
  CHECK(claims);
}

static void
dates_told_by_words_around_them(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "le 12 mai dernier", "date 2023-05-12 {12 mai dernier}" },
    { EN, "last May 12", "date 2023-05-12 {last May 12}" },
    { FR, "le 6 avril prochain", "date 2024-04-06 {6 avril prochain}" },
    { EN, "next April 6", "date 2024-04-06 {next April 6}" },
    { FR, "le vendredi 12 mai dernier",
      "date 2023-05-12 {vendredi 12 mai dernier}" },
    { FR, "ce mercredi 28 février 2024",
      "date 2024-02-28 {ce mercredi 28 février 2024}" },
    { EN, "this Wednesday (Feb. 28)",
      "date 2024-02-28 {this Wednesday (Feb. 28)}" },
    { FR, "le 25 mardi", "date 2024-06-25 {le 25 mardi}" },
    { FR, "au premier trimestre de l'an prochain",
      "date 2025-Q1 {premier trimestre de l'an prochain}" },
    { EN, "in the first quarter of next year",
      "date 2025-Q1 {first quarter of next year}" },
    { EN, "in next year's first quarter",
      "date 2025-Q1 {next year's first quarter}" },
    { FR, "au T4 de l'année dernière",
      "date 2023-Q4 {T4 de l'année dernière}" },
    { EN, "in Q4 of last year", "date 2023-Q4 {Q4 of last year}" },
    { FR, "au 2T24", "date 2024-Q2 {2T24}" },
    { EN, "in 2Q24", "date 2024-Q2 {2Q24}" },
    { FR, "mi-2025", "date 2025 {mi-2025}" },
    { EN, "mid-2025", "date 2025 {mid-2025}" },
    { FR, "sur l'exercice 2023/2024", "date 2023..2024 {exercice 2023/2024}" },
    { EN, "in FY2023/24", "date 2023..2024 {FY2023/24}" },
    { FR, "les neuf premiers mois de 2023",
      "date 2023-01..2023-09 {les neuf premiers mois de 2023}" },
    { EN, "the first nine months of 2023",
      "date 2023-01..2023-09 {the first nine months of 2023}" },
    { FR, "le reste de l'année",
      "date 2024-02-28..2024-12-31 {reste de l'année}" },
    { EN, "the rest of the year",
      "date 2024-02-28..2024-12-31 {rest of the year}" },
    { FR, "dans les prochaines semaines",
      "date 2024-W10 > {prochaines semaines}" },
    { EN, "in the coming weeks", "date 2024-W10 > {coming weeks}" },
    { FR, "dans les prochains mois", "date 2024-03 > {prochains mois}" },
    { EN, "in the coming months", "date 2024-03 > {coming months}" },
    { FR, "il y a plus de vingt ans", "date 2004 {il y a plus de vingt ans}" },
    { EN, "more than twenty years ago",
      "date 2004 {more than twenty years ago}" },
    { FR, "il y a deux semaines et deux jours",
      "date 2024-02-12 {il y a deux semaines et deux jours}" },
    { EN, "2 weeks and 2 days ago",
      "date 2024-02-12 {2 weeks and 2 days ago}" },
    { FR, "pendant cinq ans à compter du 1er mars 2024",
      "date 2024-03-01..2029-02-28 {cinq ans à compter du 1er mars 2024}" },
    { EN, "for five years starting March 1, 2024",
      "date 2024-03-01..2029-02-28 {five years starting March 1, 2024}" },
    { EN, "Monday two weeks from now",
      "date 2024-03-11 {Monday two weeks from now}" },
    { EN, "only 3 next week", "number 3 {3}; date 2024-W10 {next week}" },
    { EN, "earlier last month", "date 2024-01 {earlier last month}" },
    { EN, "the 2008 crisis", "date 2008 {2008}" },
    { EN, "from March 2023 to date",
      "date 2023-03..2024-02-28 {from March 2023 to date}" },
    { EN, "the next fortnight", "date 2024-W11..2024-W12 {next fortnight}" },
    { EN, "from 10-1-2018-10-7-2018",
      "date 2018-10-01..2018-10-07 {from 10-1-2018-10-7-2018}" },
    { EN, "Tel: +86 138-2010-2015", "" },
    { EN, "Tel: +1 (212) 555-0100", "" },
  };
  CHECK(claims);
}

static void
lengths_of_time(void **state)
{
  (void)state;
  static const Claim claims[] = {
    { FR, "pendant trois ans", "duration 3 Y {trois ans}" },
    { EN, "for three years", "duration 3 Y {three years}" },
    { FR, "18 mois", "duration 18 M {18 mois}" },
    { EN, "18 months", "duration 18 M {18 months}" },
    { FR, "deux trimestres", "duration 6 M {deux trimestres}" },
    { EN, "2 quarters", "duration 6 M {2 quarters}" },
    { FR, "un an et demi", "duration 1.5 Y {un an et demi}" },
    { EN, "a year and a half", "duration 1.5 Y {a year and a half}" },
    { FR, "3 à 5 ans", "duration 3..5 Y {3 à 5 ans}" },
    { EN, "3 to 5 years", "duration 3..5 Y {3 to 5 years}" },
    { FR, "2 ans et 3 mois", "duration 27 M {2 ans et 3 mois}" },
    { EN, "2 years and 3 months", "duration 27 M {2 years and 3 months}" },
  };
  CHECK(claims);
}

static void
without_a_reference_date_nothing_is_guessed(void **state)
{
  (void)state;
  const DgValueOptions fr = { .lang = DG_LANG_FR };
  const DgValueOptions en = { .lang = DG_LANG_EN };
  check_with(fr, "hier, lundi dernier, en novembre", "");
  check_with(en, "yesterday, last Monday, in November", "");
  check_with(fr, "le 3 mars 2021", "date 2021-03-03 {3 mars 2021}");
}

static void
options_decide_where_the_text_does_not(void **state)
{
  (void)state;
  DgValueOptions options = { .lang = DG_LANG_EN,
                             .reference = dg_calendar_date(2024, 2, 28),
                             .prefer_future = true };
  check_with(options, "Monday", "date 2024-03-04 {Monday}");
  options.prefer_future = false;
  check_with(options, "Monday", "date 2024-02-26 {Monday}");
  memcpy(options.dollar, "CAD", 4);
  check_with(options, "$5m and US$5m",
             "money 5000000 CAD {$5m}; money 5000000 USD {US$5m}");
  const DgValueOptions none = { .lang = DG_LANG_NONE };
  check_with(none, "un contrat de 1,5 million d'euros avec la ville",
             "money 1500000 EUR {1,5 million d'euros}");
  check_with(none, "the contract is worth 1.5 million euros",
             "money 1500000 EUR {1.5 million euros}");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(iso_dates_are_read_and_written),
    cmocka_unit_test(calendar_days_are_counted),
    cmocka_unit_test(numbers_in_digits),
    cmocka_unit_test(numbers_in_words),
    cmocka_unit_test(what_is_no_number),
    cmocka_unit_test(ordinals),
    cmocka_unit_test(amounts_of_money),
    cmocka_unit_test(qualifiers_are_told_apart),
    cmocka_unit_test(ranges_share_their_unit),
    cmocka_unit_test(a_conversion_is_one_amount),
    cmocka_unit_test(percentages_and_stakes),
    cmocka_unit_test(dates_of_the_calendar),
    cmocka_unit_test(dates_relative_to_publication),
    cmocka_unit_test(dates_told_by_words_around_them),
    cmocka_unit_test(lengths_of_time),
    cmocka_unit_test(without_a_reference_date_nothing_is_guessed),
    cmocka_unit_test(options_decide_where_the_text_does_not),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
