/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/shacl_p.h"

#include "base/decimal.h"
#include "values/date.h"

#include <ctype.h>
#include <stdlib.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

static bool
is_decimal(DgStr text)
{
  DgDecimal value;
  return dg_decimal_read(text, &value) != DG_NO_MATCH;
}

static bool
is_integer(DgStr text)
{
  return is_decimal(text) && dg_str_find(text, DG_STR("."), 0) == SIZE_MAX;
}

static bool
is_boolean(DgStr text)
{
  return dg_str_equal(text, DG_STR("true")) ||
         dg_str_equal(text, DG_STR("false")) ||
         dg_str_equal(text, DG_STR("1")) || dg_str_equal(text, DG_STR("0"));
}

static bool
read_double(DgStr text, double *value)
{
  char copy[64];
  if (!text.len || text.len >= sizeof copy ||
      isspace((unsigned char)*text.ptr)) {
    return false;
  }
  memcpy(copy, text.ptr, text.len);
  copy[text.len] = '\0';
  char *end = NULL;
  *value = strtod(copy, &end);
  return !*end;
}

static bool
is_double(DgStr text)
{
  double value = 0;
  return read_double(text, &value);
}

/*
 * Fits a picture, where "9" is a digit, and what follows it a time zone or
 * nothing.
 */
static bool
fits(DgStr text, const char *picture, bool fraction)
{
  size_t at = 0;
  for (; picture[at]; ++at) {
    if (at >= text.len) {
      return false;
    }
    const char c = text.ptr[at];
    if (picture[at] == '9' ? c < '0' || c > '9' : c != picture[at]) {
      return false;
    }
  }
  if (fraction && at < text.len && text.ptr[at] == '.') {
    do {
      ++at;
    } while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9');
  }
  const DgStr zone = dg_str_sub(text, at, text.len);
  return !zone.len || dg_str_equal(zone, DG_STR("Z")) ||
         (zone.len == 6 && (*zone.ptr == '+' || *zone.ptr == '-') &&
          fits(dg_str_sub(zone, 1, 6), "99:99", false));
}

/* The number that two digits at `at` spell. */
static int
two(DgStr text, size_t at)
{
  return (text.ptr[at] - '0') * 10 + text.ptr[at + 1] - '0';
}

static bool
is_month_day(DgStr text)
{
  static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  const int month = two(text, 5);
  const int year = two(text, 0) * 100 + two(text, 2);
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int day = two(text, 8);
  return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
         (day < 29 || month != 2 || leap);
}

static bool
is_date(DgStr text)
{
  return fits(text, "9999-99-99", false) && is_month_day(text);
}

static bool
is_date_time(DgStr text)
{
  return fits(text, "9999-99-99T99:99:99", true) && is_month_day(text) &&
         two(text, 11) <= 24 && two(text, 14) < 60 && two(text, 17) < 60;
}

static bool
is_year(DgStr text)
{
  return fits(text, "9999", false);
}

static bool
is_year_month(DgStr text)
{
  return fits(text, "9999-99", false) && two(text, 5) >= 1 &&
         two(text, 5) <= 12;
}

/** Source: XSD 1.1 part 2, sections 3.3 and 3.4; years of four digits. */
static const struct {
  const char *type;
  bool (*is)(DgStr text);
  bool number;
  const char *least; /* integers within bounds, or null */
  const char *most;
} types[] = {
  { XSD "integer", is_integer, true, NULL, NULL },
  { XSD "decimal", is_decimal, true, NULL, NULL },
  { XSD "double", is_double, true, NULL, NULL },
  { XSD "float", is_double, true, NULL, NULL },
  { XSD "nonNegativeInteger", is_integer, true, "0", NULL },
  { XSD "positiveInteger", is_integer, true, "1", NULL },
  { XSD "nonPositiveInteger", is_integer, true, NULL, "0" },
  { XSD "negativeInteger", is_integer, true, NULL, "-1" },
  { XSD "byte", is_integer, true, "-128", "127" },
  { XSD "short", is_integer, true, "-32768", "32767" },
  { XSD "int", is_integer, true, "-2147483648", "2147483647" },
  { XSD "long", is_integer, true, "-9223372036854775808",
    "9223372036854775807" },
  { XSD "unsignedByte", is_integer, true, "0", "255" },
  { XSD "unsignedShort", is_integer, true, "0", "65535" },
  { XSD "unsignedInt", is_integer, true, "0", "4294967295" },
  { XSD "unsignedLong", is_integer, true, "0", "18446744073709551615" },
  { XSD "boolean", is_boolean, false, NULL, NULL },
  { XSD "date", is_date, false, NULL, NULL },
  { XSD "dateTime", is_date_time, false, NULL, NULL },
  { XSD "gYear", is_year, false, NULL, NULL },
  { XSD "gYearMonth", is_year_month, false, NULL, NULL },
};

enum { TYPES = sizeof types / sizeof *types };

static size_t
type_of(const DgTerm *literal)
{
  size_t type = 0;
  while (type < TYPES &&
         !dg_str_equal(literal->datatype, dg_str(types[type].type))) {
    ++type;
  }
  return type;
}

static bool
compare_numbers(DgStr a, DgStr b, int *order)
{
  DgDecimal left;
  DgDecimal right;
  if (dg_decimal_read(a, &left) == DG_OK &&
      dg_decimal_read(b, &right) == DG_OK) {
    *order = dg_decimal_compare(left, right);
    return true;
  }
  double x = 0;
  double y = 0;
  if (!read_double(a, &x) || !read_double(b, &y) || x != x || y != y) {
    return false;
  }
  *order = (x > y) - (x < y);
  return true;
}

/* Whether `order` is the sign of text compared with a bound. */
static bool
is_beyond(DgStr text, const char *bound, int sign)
{
  int order = 0;
  return bound && compare_numbers(text, dg_str(bound), &order) &&
         order * sign > 0;
}

bool
dg_shacl_well_formed(const DgTerm *literal)
{
  const size_t type = type_of(literal);
  return type == TYPES || (types[type].is(literal->value) &&
                           !is_beyond(literal->value, types[type].least, -1) &&
                           !is_beyond(literal->value, types[type].most, 1));
}

/* Minutes of the time zone that a dateTime ends in; false when it has none. */
static bool
zone_of(DgStr text, int *minutes)
{
  if (dg_str_ends(text, DG_STR("Z"))) {
    *minutes = 0;
    return true;
  }
  const char sign = text.ptr[text.len - 6];
  if (sign != '+' && sign != '-') {
    return false;
  }
  *minutes = two(text, text.len - 5) * 60 + two(text, text.len - 2);
  *minutes = sign == '-' ? -*minutes : *minutes;
  return true;
}

/* Seconds since 1970 of a well-formed dateTime, and what is after them. */
static int64_t
seconds_of(DgStr text, int zone, DgStr *fraction)
{
  const DgDate date = { .year = (int16_t)(two(text, 0) * 100 + two(text, 2)),
                        .month = (uint8_t)two(text, 5),
                        .day = (uint8_t)two(text, 8),
                        .precision = DG_DATE_DAY };
  const int64_t minutes = (int64_t)dg_date_first_day(date) * 1440 +
                          two(text, 11) * 60 + two(text, 14) - zone;
  size_t end = 19;
  while (end < text.len && (text.ptr[end] == '.' ||
                            (text.ptr[end] >= '0' && text.ptr[end] <= '9'))) {
    ++end;
  }
  *fraction = dg_str_sub(text, 19, end);
  return minutes * 60 + two(text, 17);
}

/* With and without a time zone have no order here, as in SPARQL. */
static bool
compare_times(DgStr a, DgStr b, int *order)
{
  int left = 0;
  int right = 0;
  if (zone_of(a, &left) != zone_of(b, &right)) {
    return false;
  }
  DgStr x = DG_STR_NONE;
  DgStr y = DG_STR_NONE;
  const int64_t s = seconds_of(a, left, &x);
  const int64_t t = seconds_of(b, right, &y);
  *order = s != t ? (s > t) - (s < t) : dg_str_compare(x, y);
  return true;
}

bool
dg_shacl_compare(const DgTerm *a, const DgTerm *b, int *order)
{
  if (a->kind != DG_TERM_LITERAL || b->kind != DG_TERM_LITERAL ||
      !dg_shacl_well_formed(a) || !dg_shacl_well_formed(b)) {
    return false;
  }
  const size_t left = type_of(a);
  const size_t right = type_of(b);
  if (left < TYPES && right < TYPES && types[left].number &&
      types[right].number) {
    return compare_numbers(a->value, b->value, order);
  }
  if (left == right && left < TYPES && types[left].is == is_date_time) {
    return compare_times(a->value, b->value, order);
  }
  *order = dg_str_compare(a->value, b->value);
  return dg_str_equal(a->datatype, b->datatype) && !a->lang.len && !b->lang.len;
}
