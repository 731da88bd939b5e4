/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/shacl_p.h"

#include "base/decimal.h"

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
is_natural(DgStr text)
{
  return is_integer(text) && text.ptr[0] != '-';
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

/** Source: XSD 1.1 part 2, section 3.3; years of four digits. */
static const struct {
  const char *type;
  bool (*is)(DgStr text);
  bool number;
} types[] = {
  { XSD "integer", is_integer, true },
  { XSD "decimal", is_decimal, true },
  { XSD "nonNegativeInteger", is_natural, true },
  { XSD "int", is_integer, true },
  { XSD "long", is_integer, true },
  { XSD "double", is_double, true },
  { XSD "float", is_double, true },
  { XSD "boolean", is_boolean, false },
  { XSD "date", is_date, false },
  { XSD "dateTime", is_date_time, false },
  { XSD "gYear", is_year, false },
  { XSD "gYearMonth", is_year_month, false },
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

bool
dg_shacl_well_formed(const DgTerm *literal)
{
  const size_t type = type_of(literal);
  return type == TYPES || types[type].is(literal->value);
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

bool
dg_shacl_compare(const DgTerm *a, const DgTerm *b, int *order)
{
  if (a->kind != DG_TERM_LITERAL || b->kind != DG_TERM_LITERAL) {
    return false;
  }
  const size_t left = type_of(a);
  const size_t right = type_of(b);
  if (left < TYPES && right < TYPES && types[left].number &&
      types[right].number) {
    return compare_numbers(a->value, b->value, order);
  }
  *order = dg_str_compare(a->value, b->value);
  return dg_str_equal(a->datatype, b->datatype) && !a->lang.len &&
         !b->lang.len && dg_shacl_well_formed(a) && dg_shacl_well_formed(b);
}
