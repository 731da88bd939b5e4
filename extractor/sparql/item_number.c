/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/item.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

bool
dg_item_read_real(DgStr text, double *value)
{
  static const struct {
    const char *name;
    double value;
  } words[] = { { "INF", INFINITY },
                { "+INF", INFINITY },
                { "-INF", -INFINITY },
                { "NaN", NAN } };
  for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
    if (dg_str_equal(text, dg_str(words[i].name))) {
      *value = words[i].value;
      return true;
    }
  }
  char copy[400];
  bool digit = false;
  if (text.len >= sizeof copy) {
    return false;
  }
  for (size_t i = 0; i < text.len; ++i) {
    const char c = text.ptr[i];
    digit |= c >= '0' && c <= '9';
    /* strtod also knows words and hexadecimal numbers, which XSD does not. */
    if (!((c >= '0' && c <= '9') || (c && strchr("+-.eE", c)))) {
      return false;
    }
    copy[i] = c;
  }
  copy[text.len] = '\0';
  char *end;
  *value = strtod(copy, &end);
  return digit && end == copy + text.len;
}

size_t
dg_item_write_real(double value, bool is_float, char out[40])
{
  if (isnan(value)) {
    return (size_t)snprintf(out, 40, "NaN");
  }
  if (isinf(value)) {
    return (size_t)snprintf(out, 40, value < 0 ? "-INF" : "INF");
  }
  /* The fewest digits that read back as the same number. */
  char text[40];
  const int most = is_float ? 9 : 17;
  for (int digits = 1; digits <= most; ++digits) {
    (void)snprintf(text, sizeof text, "%.*E", digits - 1, value);
    const double back = strtod(text, NULL);
    if (is_float ? (float)back == (float)value : back == value) {
      break;
    }
  }
  const char *const e = strchr(text, 'E');
  const int mantissa = e ? (int)(e - text) : 0;
  const bool point = memchr(text, '.', (size_t)mantissa) != NULL;
  return (size_t)snprintf(out, 40, "%.*s%sE%d", mantissa, text,
                          point ? "" : ".0", e ? atoi(e + 1) : 0);
}

/* Ranges of XSD 1.1 part 2, sections 3.4.13 to 3.4.25; null: no bound. */
static const struct {
  const char *name;
  const char *least;
  const char *most;
} integer_types[] = {
  { "integer", NULL, NULL },
  { "int", "-2147483648", "2147483647" },
  { "long", "-9223372036854775808", "9223372036854775807" },
  { "short", "-32768", "32767" },
  { "byte", "-128", "127" },
  { "nonNegativeInteger", "0", NULL },
  { "positiveInteger", "1", NULL },
  { "nonPositiveInteger", NULL, "0" },
  { "negativeInteger", NULL, "-1" },
  { "unsignedLong", "0", "18446744073709551615" },
  { "unsignedInt", "0", "4294967295" },
  { "unsignedShort", "0", "65535" },
  { "unsignedByte", "0", "255" },
};

bool
dg_item_integer_type(DgStr local, DgDecimal value, bool *fits)
{
  for (size_t i = 0; i < sizeof integer_types / sizeof *integer_types; ++i) {
    if (!dg_str_equal(local, dg_str(integer_types[i].name))) {
      continue;
    }
    DgDecimal bound;
    const char *const least = integer_types[i].least;
    const char *const most = integer_types[i].most;
    *fits = !(least && dg_decimal_read(dg_str(least), &bound) == DG_OK &&
              dg_decimal_compare(value, bound) < 0) &&
            !(most && dg_decimal_read(dg_str(most), &bound) == DG_OK &&
              dg_decimal_compare(value, bound) > 0);
    return true;
  }
  return false;
}
