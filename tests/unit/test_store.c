/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "store/id.h"

#include <stdio.h>
#include <stdlib.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

static DgTerm
literal(const char *text, const char *type)
{
  static char iri[128];
  if (!type) {
    return dg_term_string(dg_str(text));
  }
  (void)snprintf(iri, sizeof iri, XSD "%s", type);
  return dg_term_typed(dg_str(text), dg_str(iri));
}

/* The id of a literal, which must come back as it was; 0 if not inline. */
static DgId
encoded(const char *text, const char *type)
{
  const DgTerm term = literal(text, type);
  DgId id = DG_ID_NONE;
  if (dg_id_encode(&term, &id) != DG_OK) {
    return DG_ID_NONE;
  }
  char back[DG_ID_TEXT];
  DgTerm decoded;
  assert_int_equal(dg_id_decode(id, back, &decoded), DG_OK);
  if (!dg_term_equal(&term, &decoded)) {
    fail_msg("%s^^%s came back as %s", text, type ? type : "string", back);
  }
  return id;
}

static const struct {
  const char *type;
  const char *texts[12];
} inline_in_order[] = {
  { NULL, { "", "!", "A", "Zz", "a", "aa", "b", "\303\251t\303\251", NULL } },
  { "integer",
    { "-36028797018963968", "-100", "-9", "-1", "0", "1", "9", "10", "2019",
      "36028797018963967", NULL } },
  { "int", { "-2147483648", "0", "2147483647", NULL } },
  { "unsignedByte", { "0", "255", NULL } },
  { "decimal",
    { "-99999999999999", "-12.5", "-12.50", "-0.001", "0", "0.0", "0.00",
      "0.001", "1", "1.0", "12.5" } },
  { "decimal",
    { "0.000000000000001", "0.1", "12", "12.25", "999999999999.99",
      "15000000000000", "9000000000000000", NULL } },
  { "double", { "0.05", "0.25", "1", "100", NULL } },
  { "float", { "0.5", "0.75", NULL } },
  { "boolean", { "false", "true", NULL } },
  { "date",
    { "0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "2024-03-01",
      "9999-12-31", NULL } },
  { "date",
    { "2024-01-01+14:00", "2024-01-01", "2024-01-01Z", "2024-01-01-05:30",
      NULL } },
  { "dateTime",
    { "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z",
      "2024-02-29T12:00:00+01:00", "2024-02-29T11:00:00.5Z",
      "2024-02-29T11:00:00.51Z", "2024-02-29T23:59:59", "9999-12-31T23:59:59",
      NULL } },
  { "gYear", { "0001", "0987", "2024", NULL } },
  { "gYearMonth", { "2023-12", "2024-01", NULL } },
};

static void
small_values_are_inline_and_in_order(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof inline_in_order / sizeof *inline_in_order;
       ++i) {
    DgId before = DG_ID_NONE;
    for (size_t j = 0; j < 12 && inline_in_order[i].texts[j]; ++j) {
      const char *const text = inline_in_order[i].texts[j];
      const DgId id = encoded(text, inline_in_order[i].type);
      if (id <= before) {
        fail_msg("%s is not inline, or not after the one before", text);
      }
      before = id;
    }
  }
}

static const char *const not_inline[][2] = {
  { "12345678", NULL },
  { "+1", "integer" },
  { "01", "integer" },
  { "-0", "integer" },
  { "", "integer" },
  { "1x", "integer" },
  { "36028797018963968", "integer" },
  { "256", "unsignedByte" },
  { "-1", "nonNegativeInteger" },
  { "0", "positiveInteger" },
  { "5.", "decimal" },
  { ".5", "decimal" },
  { "-0", "decimal" },
  { "-0.0", "decimal" },
  { "00.5", "decimal" },
  { "1.5E0", "double" },
  { "INF", "double" },
  { "1.00000000", "decimal" },
  { "123456789012345", "decimal" },
  { "0.0000000000000001", "decimal" },
  { "1", "boolean" },
  { "2023-02-29", "date" },
  { "0000-01-01", "date" },
  { "2024-01-01+00:00", "date" },
  { "2024-01-01+01:07", "date" },
  { "0001-01-01+01:00", "date" },
  { "2024-1-01", "date" },
  { "2024-01-01T24:00:00", "dateTime" },
  { "2024-01-01T00:00:00.50", "dateTime" },
  { "2024-01-01T00:00:00.", "dateTime" },
  { "2024-01-01T00:00:00.1234", "dateTime" },
  { "2024Z", "gYear" },
  { "2024-13", "gYearMonth" },
  { "1", "anyURI" },
};

static void
other_literals_are_not_inline(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof not_inline / sizeof *not_inline; ++i) {
    if (encoded(not_inline[i][0], not_inline[i][1]) != DG_ID_NONE) {
      fail_msg("%s is inline", not_inline[i][0]);
    }
  }
  const DgTerm tagged = dg_term_lang(DG_STR("a"), DG_STR("fr"));
  const DgTerm zero = dg_term_string(dg_str_n("a\0b", 3));
  DgId id;
  assert_int_equal(dg_id_encode(&tagged, &id), DG_NO_MATCH);
  assert_int_equal(dg_id_encode(&zero, &id), DG_NO_MATCH);
  assert_int_equal(dg_id_kind_of(&tagged), DG_ID_KIND_LANG);
  assert_int_equal(dg_id_kind_of(&zero), DG_ID_KIND_STRING);
}

static void
values_are_read_from_ids(void **state)
{
  (void)state;
  int64_t integer = 0;
  assert_int_equal(dg_id_integer(encoded("-42", "short"), &integer), DG_OK);
  assert_int_equal(integer, -42);
  assert_int_equal(dg_id_integer(encoded("1", "decimal"), &integer),
                   DG_NO_MATCH);
  DgDecimal decimal;
  char text[DG_DECIMAL_TEXT];
  assert_int_equal(dg_id_decimal(encoded("-12.50", "decimal"), &decimal),
                   DG_OK);
  (void)dg_decimal_write(decimal, text);
  assert_string_equal(text, "-12.5");
  int32_t days = 0;
  int year = 0;
  assert_int_equal(dg_id_days(encoded("1970-01-02", "date"), &days), DG_OK);
  assert_int_equal(days, 1);
  const DgId late = encoded("1969-12-31T23:30:00-01:00", "dateTime");
  assert_int_equal(dg_id_days(late, &days), DG_OK);
  assert_int_equal(days, -1);
  assert_int_equal(dg_id_year(late, &year), DG_OK);
  assert_int_equal(year, 1969);
  assert_int_equal(dg_id_year(encoded("2024-02", "gYearMonth"), &year), DG_OK);
  assert_int_equal(year, 2024);
  bool truth = false;
  assert_int_equal(dg_id_boolean(encoded("true", "boolean"), &truth), DG_OK);
  assert_true(truth);
}

/* Every value of a random walk comes back; order follows the value. */
static void
random_decimals_sort_by_value(void **state)
{
  (void)state;
  srand(7);
  DgId before = DG_ID_NONE;
  DgDecimal last = DG_DECIMAL_ZERO;
  for (int i = 0; i < 20000; ++i) {
    char text[64];
    const int whole = rand() % (1 << rand() % 30);
    const int places = rand() % 6;
    (void)snprintf(text, sizeof text, "%s%d", rand() % 2 && whole ? "-" : "",
                   whole);
    for (int k = 0; k < places; ++k) {
      char *const end = text + strlen(text);
      (void)snprintf(end, 8, "%s%d", k ? "" : ".", rand() % 10);
    }
    const DgId id = encoded(text, "decimal");
    assert_true(id != DG_ID_NONE);
    DgDecimal value;
    assert_int_equal(dg_id_decimal(id, &value), DG_OK);
    const int order = dg_decimal_compare(last, value);
    if (before &&
        ((order < 0 && before >= id) || (order > 0 && before <= id))) {
      fail_msg("%s sorts wrongly", text);
    }
    before = id;
    last = value;
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(small_values_are_inline_and_in_order),
    cmocka_unit_test(other_literals_are_not_inline),
    cmocka_unit_test(values_are_read_from_ids),
    cmocka_unit_test(random_decimals_sort_by_value),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
