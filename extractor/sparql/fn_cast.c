/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/eval.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Casts of 17.5, after XPath functions 3.1, section 19. */

/* A literal's text read as `type`; false when it is not of that type. */
static bool
from_text(DgStr text, DgStr type, DgItemKind kind, DgItem *out)
{
  const DgTerm term = dg_term_typed(dg_str_trim(text), type);
  dg_item_read(&term, out);
  if (out->kind != kind) {
    return false;
  }
  out->text = kind == DG_ITEM_OTHER ? out->text : DG_STR_NONE;
  return true;
}

/* The exact decimal that a double is nearest to in its shortest form. */
static bool
decimal_of(double real, DgDecimal *out)
{
  char text[400];
  if (isnan(real) || isinf(real)) {
    return false;
  }
  char shortest[40];
  const size_t n = dg_item_write_real(real, false, shortest);
  double back;
  if (!dg_item_read_real(dg_str_n(shortest, n), &back)) {
    return false;
  }
  /* The shortest form has at most 17 digits; spread its exponent. */
  const char *const e = strchr(shortest, 'E');
  const int exponent = e ? (int)strtol(e + 1, NULL, 10) : 0;
  const int digits = e ? (int)(e - shortest) - 2 - (real < 0) : 0;
  const int places = digits - exponent > 0 ? digits - exponent : 0;
  (void)snprintf(text, sizeof text, "%.*f", places, real);
  return dg_decimal_read(dg_str(text), out) == DG_OK;
}

static bool
cast_integer(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  const DgItem *const from = &args[0];
  DgDecimal value;
  if (from->kind == DG_ITEM_STRING) {
    return from_text(from->text, DG_STR(DG_XSD "integer"), DG_ITEM_INTEGER,
                     out);
  }
  if (from->kind == DG_ITEM_BOOLEAN) {
    *out = dg_item_integer(from->as.truth);
    return true;
  }
  if (!dg_item_is_number(from)) {
    return false;
  }
  if (from->kind <= DG_ITEM_DECIMAL) {
    value = from->as.number;
  } else if (!decimal_of(trunc(from->as.real), &value)) {
    return false;
  }
  while (value.scale) {
    value.digits /= 10;
    --value.scale;
  }
  *out = dg_item_number(DG_ITEM_INTEGER, value);
  return true;
}

static bool
cast_decimal(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  const DgItem *const from = &args[0];
  DgDecimal value = DG_DECIMAL_ZERO;
  if (from->kind == DG_ITEM_STRING) {
    return from_text(from->text, DG_STR(DG_XSD "decimal"), DG_ITEM_DECIMAL,
                     out);
  }
  if (from->kind == DG_ITEM_BOOLEAN) {
    value = dg_decimal_from_int(from->as.truth);
  } else if (!dg_item_is_number(from)) {
    return false;
  } else if (from->kind <= DG_ITEM_DECIMAL) {
    value = from->as.number;
  } else if (!decimal_of(from->as.real, &value)) {
    return false;
  }
  *out = dg_item_number(DG_ITEM_DECIMAL, value);
  return true;
}

static bool
cast_real(const DgItem *from, DgItemKind kind, DgItem *out)
{
  const DgStr type =
      kind == DG_ITEM_FLOAT ? DG_STR(DG_XSD "float") : DG_STR(DG_XSD "double");
  if (from->kind == DG_ITEM_STRING) {
    return from_text(from->text, type, kind, out);
  }
  if (!dg_item_is_number(from) && from->kind != DG_ITEM_BOOLEAN) {
    return false;
  }
  *out = dg_item_double(from->kind == DG_ITEM_BOOLEAN ? from->as.truth
                                                      : dg_item_real(from));
  out->kind = kind;
  out->type = type;
  if (kind == DG_ITEM_FLOAT) {
    out->as.real = (double)(float)out->as.real;
  }
  return true;
}

static bool
cast_float(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return cast_real(&args[0], DG_ITEM_FLOAT, out);
}

static bool
cast_double(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return cast_real(&args[0], DG_ITEM_DOUBLE, out);
}

static bool
cast_boolean(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  if (args[0].kind == DG_ITEM_STRING) {
    return from_text(args[0].text, DG_STR(DG_XSD "boolean"), DG_ITEM_BOOLEAN,
                     out);
  }
  bool truth;
  if (!(dg_item_is_number(&args[0]) || args[0].kind == DG_ITEM_BOOLEAN) ||
      !dg_item_truth(&args[0], &truth)) {
    return false;
  }
  *out = dg_item_boolean(truth);
  return true;
}

/* XPath writes whole doubles below a million without an exponent. */
static bool
real_text(DgEval *eval, const DgItem *item, DgStr *text)
{
  DgDecimal value;
  const double size = fabs(item->as.real);
  if (!(size == 0 || (size >= 1e-6 && size < 1e6)) ||
      !decimal_of(item->as.real, &value)) {
    DgItem canonical = *item;
    canonical.text = DG_STR_NONE;
    canonical.id = DG_ID_NONE;
    return dg_eval_text(eval, &canonical, text);
  }
  char out[DG_DECIMAL_TEXT];
  const size_t n = dg_decimal_write(value, out);
  *text = dg_arena_copy(eval->arena, dg_str_n(out, n));
  return text->ptr || dg_eval_fail(eval, DG_NO_MEMORY);
}

static bool
cast_string(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  DgStr text;
  const DgItemKind kind = args[0].kind;
  const bool real = kind == DG_ITEM_FLOAT || kind == DG_ITEM_DOUBLE;
  if (kind == DG_ITEM_BLANK || !(real ? real_text(eval, &args[0], &text)
                                      : dg_eval_text(eval, &args[0], &text))) {
    return false;
  }
  if (kind == DG_ITEM_DECIMAL || kind == DG_ITEM_INTEGER ||
      kind == DG_ITEM_BOOLEAN) {
    DgItem canonical = args[0];
    canonical.text = DG_STR_NONE;
    canonical.id = DG_ID_NONE;
    if (!dg_item_write(&canonical, eval->arena)) {
      return dg_eval_fail(eval, DG_NO_MEMORY);
    }
    text = canonical.text;
  }
  *out = dg_item_string(text);
  return true;
}

static bool
cast_moment(const DgItem *from, DgItemKind kind, DgStr type, DgItem *out)
{
  if (from->kind == DG_ITEM_STRING) {
    return from_text(from->text, type, kind, out);
  }
  if (from->kind != kind && from->kind != DG_ITEM_DATETIME &&
      (from->kind != DG_ITEM_DATE || kind == DG_ITEM_TIME)) {
    return false;
  }
  *out = (DgItem){ .kind = kind, .type = type };
  out->as.moment = from->as.moment;
  if (kind != DG_ITEM_DATETIME && kind != DG_ITEM_TIME) {
    out->as.moment.hour = out->as.moment.minute = 0;
    out->as.moment.second = DG_DECIMAL_ZERO;
  }
  return true;
}

static bool
cast_datetime(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return cast_moment(&args[0], DG_ITEM_DATETIME, DG_STR(DG_XSD "dateTime"),
                     out);
}

static bool
cast_date(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return cast_moment(&args[0], DG_ITEM_DATE, DG_STR(DG_XSD "date"), out);
}

static bool
cast_time(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return cast_moment(&args[0], DG_ITEM_TIME, DG_STR(DG_XSD "time"), out);
}

static bool
cast_year(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return cast_moment(&args[0], DG_ITEM_GYEAR, DG_STR(DG_XSD "gYear"), out);
}

static bool
cast_year_month(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return cast_moment(&args[0], DG_ITEM_GYEARMONTH, DG_STR(DG_XSD "gYearMonth"),
                     out);
}

static bool
cast_duration(const DgItem *from, DgStr type, bool months, bool seconds,
              DgItem *out)
{
  if (from->kind == DG_ITEM_STRING) {
    return from_text(from->text, type, DG_ITEM_DURATION, out);
  }
  if (from->kind != DG_ITEM_DURATION) {
    return false;
  }
  *out = (DgItem){ .kind = DG_ITEM_DURATION, .type = type };
  out->as.duration = from->as.duration;
  out->as.duration.months *= months;
  if (!seconds) {
    out->as.duration.seconds = DG_DECIMAL_ZERO;
  }
  return true;
}

static bool
cast_any_duration(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return cast_duration(&args[0], DG_STR(DG_XSD "duration"), true, true, out);
}

static bool
cast_day_time(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  return cast_duration(&args[0], DG_STR(DG_XSD "dayTimeDuration"), false, true,
                       out);
}

static bool
cast_year_month_duration(DgEval *eval, const DgItem *args, size_t n,
                         DgItem *out)
{
  (void)eval;
  (void)n;
  return cast_duration(&args[0], DG_STR(DG_XSD "yearMonthDuration"), true,
                       false, out);
}

const DgFunction dg_functions_cast[] = {
  { DG_XSD "integer", 1, 1, cast_integer, NULL, false },
  { DG_XSD "decimal", 1, 1, cast_decimal, NULL, false },
  { DG_XSD "float", 1, 1, cast_float, NULL, false },
  { DG_XSD "double", 1, 1, cast_double, NULL, false },
  { DG_XSD "boolean", 1, 1, cast_boolean, NULL, false },
  { DG_XSD "string", 1, 1, cast_string, NULL, false },
  { DG_XSD "dateTime", 1, 1, cast_datetime, NULL, false },
  { DG_XSD "date", 1, 1, cast_date, NULL, false },
  { DG_XSD "time", 1, 1, cast_time, NULL, false },
  { DG_XSD "gYear", 1, 1, cast_year, NULL, false },
  { DG_XSD "gYearMonth", 1, 1, cast_year_month, NULL, false },
  { DG_XSD "duration", 1, 1, cast_any_duration, NULL, false },
  { DG_XSD "dayTimeDuration", 1, 1, cast_day_time, NULL, false },
  { DG_XSD "yearMonthDuration", 1, 1, cast_year_month_duration, NULL, false },
  { 0 },
};
