/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/eval.h"

#include <math.h>

/* Arithmetic after XPath functions 3.1, section 4.2: integers and decimals are
 * exact, mixed kinds go up to the wider one, division of integers is decimal.
 */

static bool
exact(DgArithmetic op, const DgItem *a, const DgItem *b, DgItem *out)
{
  static DgStatus (*const ops[])(DgDecimal, DgDecimal, DgDecimal *) = {
    [DG_ADD] = dg_decimal_add,
    [DG_SUBTRACT] = dg_decimal_subtract,
    [DG_MULTIPLY] = dg_decimal_multiply,
    [DG_DIVIDE] = dg_decimal_divide,
  };
  DgDecimal result;
  if (ops[op](a->as.number, b->as.number, &result) != DG_OK) {
    return false;
  }
  const bool whole = a->kind == DG_ITEM_INTEGER && b->kind == DG_ITEM_INTEGER &&
                     op != DG_DIVIDE;
  *out = dg_item_number(whole ? DG_ITEM_INTEGER : DG_ITEM_DECIMAL, result);
  return true;
}

static bool
inexact(DgArithmetic op, const DgItem *a, const DgItem *b, DgItem *out)
{
  const double x = dg_item_real(a);
  const double y = dg_item_real(b);
  *out = dg_item_double(op == DG_ADD        ? x + y
                        : op == DG_SUBTRACT ? x - y
                        : op == DG_MULTIPLY ? x * y
                                            : x / y);
  if (a->kind != DG_ITEM_DOUBLE && b->kind != DG_ITEM_DOUBLE) {
    out->kind = DG_ITEM_FLOAT;
    out->type = DG_STR(DG_XSD "float");
    out->as.real = (double)(float)out->as.real;
  }
  return true;
}

static bool
is_moment(const DgItem *item)
{
  return item->kind >= DG_ITEM_DATETIME && item->kind <= DG_ITEM_TIME;
}

static DgItem
duration_of(DgDecimal seconds)
{
  DgItem item = { .kind = DG_ITEM_DURATION,
                  .type = DG_STR(DG_XSD "dayTimeDuration") };
  item.as.duration = (DgDuration){ 0, seconds };
  return item;
}

static unsigned
days_in(int64_t year, unsigned month)
{
  const int64_t next = month == 12 ? dg_moment_day(year + 1, 1, 1)
                                   : dg_moment_day(year, month + 1, 1);
  return (unsigned)(next - dg_moment_day(year, month, 1));
}

/* XSD 1.1 part 2, appendix E.3: months first, the day cut to the month. */
static bool
shift_moment(const DgItem *moment, const DgItem *duration, int sign,
             DgItem *out)
{
  DgMoment m = moment->as.moment;
  const int64_t months =
      m.year * 12 + m.month - 1 + sign * duration->as.duration.months;
  m.year = months >= 0 ? months / 12 : -((11 - months) / 12);
  m.month = (uint8_t)(months - m.year * 12 + 1);
  const unsigned most = days_in(m.year, m.month);
  m.day = (uint8_t)(m.day > most ? most : m.day);
  DgDecimal seconds = duration->as.duration.seconds;
  seconds.digits *= sign;
  DgDecimal sum;
  if (dg_decimal_add(dg_moment_seconds(&m), seconds, &sum) != DG_OK) {
    return false;
  }
  *out = *moment;
  out->id = DG_ID_NONE;
  out->text = DG_STR_NONE;
  out->as.moment = dg_moment_at(sum, m.zoned, m.zone);
  if (moment->kind == DG_ITEM_DATE) {
    out->as.moment.hour = out->as.moment.minute = 0;
    out->as.moment.second = DG_DECIMAL_ZERO;
  }
  return true;
}

static bool
temporal(DgArithmetic op, const DgItem *a, const DgItem *b, DgItem *out)
{
  if (op > DG_SUBTRACT) {
    return false;
  }
  const int sign = op == DG_ADD ? 1 : -1;
  if (is_moment(a) && b->kind == DG_ITEM_DURATION) {
    return shift_moment(a, b, sign, out);
  }
  if (op == DG_ADD && a->kind == DG_ITEM_DURATION && is_moment(b)) {
    return shift_moment(b, a, 1, out);
  }
  DgDecimal seconds;
  if (op == DG_SUBTRACT && is_moment(a) && a->kind == b->kind) {
    const bool fine = dg_decimal_subtract(dg_moment_seconds(&a->as.moment),
                                          dg_moment_seconds(&b->as.moment),
                                          &seconds) == DG_OK;
    *out = duration_of(fine ? seconds : DG_DECIMAL_ZERO);
    return fine;
  }
  if (a->kind != DG_ITEM_DURATION || b->kind != DG_ITEM_DURATION) {
    return false;
  }
  *out = *a;
  out->id = DG_ID_NONE;
  out->text = DG_STR_NONE;
  out->as.duration.months += sign * b->as.duration.months;
  DgDecimal other = b->as.duration.seconds;
  other.digits *= sign;
  return dg_decimal_add(a->as.duration.seconds, other,
                        &out->as.duration.seconds) == DG_OK;
}

bool
dg_eval_arithmetic(DgArithmetic op, const DgItem *a, const DgItem *b,
                   DgItem *out)
{
  if (!dg_item_is_number(a) || !dg_item_is_number(b)) {
    return temporal(op, a, b, out);
  }
  if (a->kind <= DG_ITEM_DECIMAL && b->kind <= DG_ITEM_DECIMAL) {
    return exact(op, a, b, out);
  }
  return inexact(op, a, b, out);
}

typedef enum { ROUND_ABS, ROUND_UP, ROUND_DOWN, ROUND_HALF } Rounding;

static DgDecimal
round_decimal(Rounding how, DgDecimal value)
{
  DgInt128 unit = 1;
  for (uint32_t i = 0; i < value.scale; ++i) {
    unit *= 10;
  }
  DgInt128 whole = value.digits / unit;
  const DgInt128 rest = value.digits - whole * unit;
  if (how == ROUND_UP) {
    whole += rest > 0;
  } else if (how == ROUND_DOWN) {
    whole -= rest < 0;
  } else {
    /* Halves go up, also below zero. */
    whole += rest >= 0 ? rest * 2 >= unit && rest : -(rest * 2 < -unit);
  }
  return (DgDecimal){ whole, 0 };
}

static double
round_real(Rounding how, double value)
{
  switch (how) {
  case ROUND_ABS:
    return fabs(value);
  case ROUND_UP:
    return ceil(value);
  case ROUND_DOWN:
    return floor(value);
  case ROUND_HALF:
    break;
  }
  return copysign(floor(value + 0.5), value);
}

static bool
round_item(Rounding how, const DgItem *item, DgItem *out)
{
  if (!dg_item_is_number(item)) {
    return false;
  }
  if (item->kind == DG_ITEM_FLOAT || item->kind == DG_ITEM_DOUBLE) {
    *out = *item;
    out->id = DG_ID_NONE;
    out->text = DG_STR_NONE;
    out->as.real = round_real(how, item->as.real);
    return true;
  }
  DgDecimal value = item->as.number;
  if (how == ROUND_ABS) {
    value.digits = value.digits < 0 ? -value.digits : value.digits;
  } else if (item->kind == DG_ITEM_DECIMAL) {
    value = round_decimal(how, value);
  }
  *out = dg_item_number(item->kind, value);
  return true;
}

static bool
eval_abs(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return round_item(ROUND_ABS, &args[0], out);
}

static bool
eval_ceil(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return round_item(ROUND_UP, &args[0], out);
}

static bool
eval_floor(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return round_item(ROUND_DOWN, &args[0], out);
}

static bool
eval_round(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return round_item(ROUND_HALF, &args[0], out);
}

static bool
eval_rand(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)args;
  (void)n;
  *out = dg_item_double((double)(dg_eval_random(eval) >> 11) * 0x1p-53);
  return true;
}

const DgFunction dg_functions_numeric[] = {
  { "ABS", 1, 1, eval_abs, NULL, false },
  { "CEIL", 1, 1, eval_ceil, NULL, false },
  { "FLOOR", 1, 1, eval_floor, NULL, false },
  { "ROUND", 1, 1, eval_round, NULL, false },
  { "RAND", 0, 0, eval_rand, NULL, true },
  { 0 },
};
