/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/calendar.h"

static DgDate
checked(DgDate date)
{
  return dg_calendar_exists(date) ? date : (DgDate){ 0 };
}

static int64_t
floor_div(int64_t a, int64_t b)
{
  return a / b - (a % b < 0);
}

/* Parts of a year that a precision counts in, 0 for days and weeks. */
static int
parts_of_year(DgDatePrecision precision)
{
  static const uint8_t parts[] = {
    [DG_DATE_YEAR] = 1,   [DG_DATE_HALF] = 2, [DG_DATE_QUARTER] = 4,
    [DG_DATE_MONTH] = 12, [DG_DATE_DAY] = 0,
  };
  return parts[precision];
}

DgDate
dg_calendar_add(DgDate date, int32_t n)
{
  if (date.precision == DG_DATE_NONE || n > 4000000 || n < -4000000) {
    return (DgDate){ 0 };
  }
  const int parts = parts_of_year(date.precision);
  if (!parts) {
    const bool week = date.precision == DG_DATE_WEEK;
    const int64_t day = dg_date_first_day(date) + (int64_t)n * (week ? 7 : 1);
    if (day < dg_calendar_day(1, 1, 1) || day > dg_calendar_day(9999, 12, 31)) {
      return (DgDate){ 0 };
    }
    return week ? dg_calendar_week((int32_t)day)
                : dg_date_from_day((int32_t)day);
  }
  const int place = date.precision == DG_DATE_MONTH ? date.month - 1
                    : date.part                     ? date.part - 1
                                                    : 0;
  const int64_t total = (int64_t)date.year * parts + place + n;
  const int64_t year = floor_div(total, parts);
  if (year < 1 || year > 9999) {
    return (DgDate){ 0 };
  }
  const uint8_t part = (uint8_t)(total - year * parts + 1);
  date.year = (int16_t)year;
  if (date.precision == DG_DATE_MONTH) {
    date.month = part;
  } else if (date.precision != DG_DATE_YEAR) {
    date.part = part;
  }
  return checked(date);
}

DgDate
dg_calendar_add_months(DgDate day, int32_t n)
{
  const DgDate month =
      dg_calendar_add(dg_calendar_coarser(day, DG_DATE_MONTH), n);
  if (month.precision == DG_DATE_NONE) {
    return month;
  }
  const int most = dg_calendar_month_days(month.year, month.month);
  return dg_calendar_date(month.year, month.month,
                          day.day > most ? most : day.day);
}

DgDate
dg_calendar_coarser(DgDate date, DgDatePrecision precision)
{
  if (date.precision == DG_DATE_NONE || date.precision == precision) {
    return date;
  }
  const int32_t first = dg_date_first_day(date);
  if (precision == DG_DATE_WEEK) {
    return dg_calendar_week(first);
  }
  DgDate day = dg_date_from_day(first);
  if (precision == DG_DATE_DAY) {
    return day;
  }
  DgDate out = { .year = day.year, .precision = precision };
  if (precision == DG_DATE_MONTH) {
    out.month = day.month;
  } else if (precision == DG_DATE_QUARTER) {
    out.part = (uint8_t)((day.month + 2) / 3);
  } else if (precision == DG_DATE_HALF) {
    out.part = (uint8_t)((day.month + 5) / 6);
  }
  return out;
}

DgDate
dg_calendar_easter(int year)
{
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int sum = h + l - 7 * m + 114;
  return dg_calendar_date(year, sum / 31, sum % 31 + 1);
}
