/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/eval.h"

static bool
has_date(const DgItem *item)
{
  return item->kind == DG_ITEM_DATETIME || item->kind == DG_ITEM_DATE;
}

static bool
has_time(const DgItem *item)
{
  return item->kind == DG_ITEM_DATETIME || item->kind == DG_ITEM_TIME;
}

static bool
has_moment(const DgItem *item)
{
  return item->kind >= DG_ITEM_DATETIME && item->kind <= DG_ITEM_GDAY;
}

static bool
eval_now(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)args;
  (void)n;
  *out = eval->now;
  return true;
}

static bool
eval_year(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_integer(args[0].as.moment.year);
  return has_date(&args[0]) || args[0].kind == DG_ITEM_GYEAR ||
         args[0].kind == DG_ITEM_GYEARMONTH;
}

static bool
eval_month(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_integer(args[0].as.moment.month);
  return has_date(&args[0]) || args[0].kind == DG_ITEM_GYEARMONTH ||
         args[0].kind == DG_ITEM_GMONTH || args[0].kind == DG_ITEM_GMONTHDAY;
}

static bool
eval_day(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_integer(args[0].as.moment.day);
  return has_date(&args[0]) || args[0].kind == DG_ITEM_GDAY ||
         args[0].kind == DG_ITEM_GMONTHDAY;
}

static bool
eval_hours(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_integer(args[0].as.moment.hour);
  return has_time(&args[0]);
}

static bool
eval_minutes(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_integer(args[0].as.moment.minute);
  return has_time(&args[0]);
}

static bool
eval_seconds(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_number(DG_ITEM_DECIMAL, args[0].as.moment.second);
  return has_time(&args[0]);
}

static bool
eval_timezone(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  if (!has_moment(&args[0]) || !args[0].as.moment.zoned) {
    return false;
  }
  *out = (DgItem){ .kind = DG_ITEM_DURATION,
                   .type = DG_STR(DG_XSD "dayTimeDuration") };
  out->as.duration =
      (DgDuration){ 0,
                    dg_decimal_from_int((int64_t)args[0].as.moment.zone * 60) };
  return true;
}

static bool
eval_tz(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  if (!has_moment(&args[0])) {
    return false;
  }
  const DgMoment *const m = &args[0].as.moment;
  DgBuf buf = DG_BUF_INIT;
  if (m->zoned && !m->zone) {
    dg_buf_add_char(&buf, 'Z');
  } else if (m->zoned) {
    const int zone = m->zone < 0 ? -m->zone : m->zone;
    dg_buf_printf(&buf, "%c%02d:%02d", m->zone < 0 ? '-' : '+', zone / 60,
                  zone % 60);
  }
  return dg_eval_give(eval, &buf, NULL, out);
}

const DgFunction dg_functions_date[] = {
  { "NOW", 0, 0, eval_now, NULL, true },
  { "YEAR", 1, 1, eval_year, NULL, false },
  { "MONTH", 1, 1, eval_month, NULL, false },
  { "DAY", 1, 1, eval_day, NULL, false },
  { "HOURS", 1, 1, eval_hours, NULL, false },
  { "MINUTES", 1, 1, eval_minutes, NULL, false },
  { "SECONDS", 1, 1, eval_seconds, NULL, false },
  { "TIMEZONE", 1, 1, eval_timezone, NULL, false },
  { "TZ", 1, 1, eval_tz, NULL, false },
  { 0 },
};
