/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/decimal.h"

#include <stdlib.h>

/* 10^38 - 1 is the largest magnitude that is held; 10^37 in two halves. */
static const DgInt128 ten_37 =
    (DgInt128)10000000000000000000U * 1000000000000000000U;

static bool
fits(DgInt128 digits)
{
  const DgInt128 most = ten_37 * 10 - 1;
  return digits <= most && digits >= -most;
}

/* True when ten times as much still fits; the product itself may not. */
static bool
can_grow(DgInt128 digits)
{
  const DgInt128 most = ten_37 - 1;
  return digits <= most && digits >= -most;
}

static DgStatus
settle(DgInt128 digits, uint32_t scale, DgDecimal *out)
{
  while (scale && (scale > DG_DECIMAL_SCALE_MAX || !fits(digits)) &&
         digits % 10 == 0) {
    digits /= 10;
    --scale;
  }
  if (scale > DG_DECIMAL_SCALE_MAX || !fits(digits)) {
    return DG_LIMIT;
  }
  *out = (DgDecimal){ digits, scale };
  return DG_OK;
}

DgDecimal
dg_decimal_from_int(int64_t value)
{
  return (DgDecimal){ value, 0 };
}

DgStatus
dg_decimal_read(DgStr text, DgDecimal *out)
{
  size_t at = 0;
  const bool negative = text.len && text.ptr[0] == '-';
  if (text.len && (negative || text.ptr[0] == '+')) {
    ++at;
  }
  DgDecimal value = DG_DECIMAL_ZERO;
  bool point = false;
  size_t n = 0;
  size_t held = 0; /* digits after leading zeros */
  for (; at < text.len; ++at) {
    const char c = text.ptr[at];
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      ++n;
      held += held || c != '0';
      if (held > DG_DECIMAL_DIGITS_MAX ||
          (point && value.scale == DG_DECIMAL_SCALE_MAX)) {
        return DG_LIMIT;
      }
      value.digits = value.digits * 10 + (c - '0');
      value.scale += point;
    } else {
      return DG_NO_MATCH;
    }
  }
  if (!n) {
    return DG_NO_MATCH;
  }
  value.digits = negative ? -value.digits : value.digits;
  *out = value;
  return DG_OK;
}

DgDecimal
dg_decimal_normal(DgDecimal value)
{
  while (value.scale && value.digits % 10 == 0) {
    value.digits /= 10;
    --value.scale;
  }
  return value;
}

size_t
dg_decimal_write(DgDecimal value, char out[DG_DECIMAL_TEXT])
{
  value = dg_decimal_normal(value);
  const bool negative = value.digits < 0;
  DgInt128 rest = negative ? -value.digits : value.digits;
  char backwards[DG_DECIMAL_TEXT];
  size_t n = 0;
  uint32_t place = 0;
  do {
    if (place && place == value.scale) {
      backwards[n++] = '.';
    }
    backwards[n++] = (char)('0' + (int)(rest % 10));
    rest /= 10;
    ++place;
  } while (rest || place <= value.scale);
  size_t len = 0;
  if (negative) {
    out[len++] = '-';
  }
  while (n) {
    out[len++] = backwards[--n];
  }
  out[len] = '\0';
  return len;
}

/* Bring both to one scale; false when a digit would be lost. */
static bool
align(DgDecimal *a, DgDecimal *b)
{
  while (a->scale < b->scale && can_grow(a->digits)) {
    a->digits *= 10;
    ++a->scale;
  }
  while (b->scale < a->scale && can_grow(b->digits)) {
    b->digits *= 10;
    ++b->scale;
  }
  return a->scale == b->scale;
}

int
dg_decimal_compare(DgDecimal a, DgDecimal b)
{
  a = dg_decimal_normal(a);
  b = dg_decimal_normal(b);
  if (align(&a, &b)) {
    return (a.digits > b.digits) - (a.digits < b.digits);
  }
  /* Not alignable: the one with the smaller scale has the larger size. */
  const bool a_larger = a.scale < b.scale;
  const DgInt128 larger = a_larger ? a.digits : b.digits;
  const int sign = larger > 0 ? 1 : -1;
  return a_larger ? sign : -sign;
}

DgStatus
dg_decimal_add(DgDecimal a, DgDecimal b, DgDecimal *out)
{
  a = dg_decimal_normal(a);
  b = dg_decimal_normal(b);
  if (!align(&a, &b)) {
    return DG_LIMIT;
  }
  return settle(a.digits + b.digits, a.scale, out);
}

DgStatus
dg_decimal_subtract(DgDecimal a, DgDecimal b, DgDecimal *out)
{
  b.digits = -b.digits;
  return dg_decimal_add(a, b, out);
}

DgStatus
dg_decimal_multiply(DgDecimal a, DgDecimal b, DgDecimal *out)
{
  a = dg_decimal_normal(a);
  b = dg_decimal_normal(b);
  DgInt128 product;
  if (__builtin_mul_overflow(a.digits, b.digits, &product)) {
    return DG_LIMIT;
  }
  return settle(product, a.scale + b.scale, out);
}

DgStatus
dg_decimal_divide(DgDecimal a, DgDecimal b, DgDecimal *out)
{
  if (b.digits == 0) {
    return DG_BAD_INPUT;
  }
  a = dg_decimal_normal(a);
  b = dg_decimal_normal(b);
  DgInt128 rest = a.digits;
  DgInt128 quotient = rest / b.digits;
  rest %= b.digits;
  uint32_t scale = a.scale;
  /* Long division: go on until exact, or until 18 digits and room is used. */
  while (rest && scale < b.scale + 18 && can_grow(quotient)) {
    DgInt128 tenfold;
    if (__builtin_mul_overflow(rest, 10, &tenfold)) {
      break;
    }
    quotient = quotient * 10 + tenfold / b.digits;
    rest = tenfold % b.digits;
    ++scale;
  }
  DgInt128 twice;
  if (rest && !__builtin_mul_overflow(rest, 2, &twice)) {
    const DgInt128 left = twice < 0 ? -twice : twice;
    const DgInt128 right = b.digits < 0 ? -b.digits : b.digits;
    if (left > right || (left == right && quotient % 2)) {
      quotient += (a.digits < 0) == (b.digits < 0) ? 1 : -1;
    }
  }
  while (scale < b.scale) {
    if (!can_grow(quotient)) {
      return DG_LIMIT;
    }
    quotient *= 10;
    ++scale;
  }
  DG_TRY(settle(quotient, scale - b.scale, out));
  *out = dg_decimal_normal(*out);
  return DG_OK;
}

double
dg_decimal_to_double(DgDecimal value)
{
  char text[DG_DECIMAL_TEXT];
  (void)dg_decimal_write(value, text);
  return strtod(text, NULL); /* correctly rounded, unlike a division */
}
