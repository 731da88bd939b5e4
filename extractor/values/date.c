/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/date.h"

#include "values/calendar.h"

/*
 * Day numbers count from 1970-01-01 in the proleptic Gregorian calendar. The
 * arithmetic works in eras of 400 years that begin on 1 March, so that the
 * leap day is the last day of a year.
 */
enum { ERA_DAYS = 146097, EPOCH_DAYS = 719468 };

int32_t
dg_calendar_day(int year, int month, int day)
{
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int of_era = y - era * 400;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
         EPOCH_DAYS;
}

bool
dg_calendar_is_leap(int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
dg_calendar_month_days(int year, int month)
{
  static const uint8_t days[] = {
    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
  };
  return days[month - 1] + (month == 2 && dg_calendar_is_leap(year));
}

int
dg_date_weekday(int32_t day)
{
  const int32_t shifted = (day + 3) % 7; /* 1970-01-01 was a Thursday */
  return shifted < 0 ? shifted + 7 : shifted;
}

DgDate
dg_date_from_day(int32_t day)
{
  const int z = day + EPOCH_DAYS;
  const int era = (z >= 0 ? z : z - (ERA_DAYS - 1)) / ERA_DAYS;
  const int of_era = z - era * ERA_DAYS;
  const int year =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA_DAYS - 1)) / 365;
  const int of_year = of_era - (365 * year + year / 4 - year / 100);
  const int shifted = (5 * of_year + 2) / 153;
  const int month = shifted < 10 ? shifted + 3 : shifted - 9;
  return dg_calendar_date(year + era * 400 + (month <= 2), month,
                          of_year - (153 * shifted + 2) / 5 + 1);
}

/* Monday of ISO week `week` of ISO year `year` (ISO 8601, 3.1.1.23). */
static int32_t
week_monday(int year, int week)
{
  const int32_t fourth = dg_calendar_day(year, 1, 4);
  return fourth - dg_date_weekday(fourth) + (week - 1) * 7;
}

static int
weeks_of(int year)
{
  return (int)((week_monday(year + 1, 1) - week_monday(year, 1)) / 7);
}

DgDate
dg_calendar_week(int32_t day)
{
  const int32_t thursday = day - dg_date_weekday(day) + 3;
  const DgDate date = dg_date_from_day(thursday);
  const int32_t first = dg_calendar_day(date.year, 1, 1);
  return (DgDate){ .year = date.year,
                   .part = (uint8_t)((thursday - first) / 7 + 1),
                   .precision = DG_DATE_WEEK };
}

DgDate
dg_calendar_date(int year, int month, int day)
{
  return (DgDate){ .year = (int16_t)year,
                   .month = (uint8_t)month,
                   .day = (uint8_t)day,
                   .precision = DG_DATE_DAY };
}

bool
dg_calendar_exists(DgDate date)
{
  if (date.year < 1 || date.year > 9999) {
    return false;
  }
  switch (date.precision) {
  case DG_DATE_NONE:
    return false;
  case DG_DATE_YEAR:
    return true;
  case DG_DATE_HALF:
    return date.part >= 1 && date.part <= 2;
  case DG_DATE_QUARTER:
    return date.part >= 1 && date.part <= 4;
  case DG_DATE_WEEK:
    return date.part >= 1 && date.part <= weeks_of(date.year);
  case DG_DATE_MONTH:
    return date.month >= 1 && date.month <= 12;
  case DG_DATE_DAY:
    break;
  }
  return date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= dg_calendar_month_days(date.year, date.month);
}

/* First and last month of a date that is coarser than a day and no week. */
static void
months_of(DgDate date, int *first, int *last)
{
  const int part = date.part;
  *first = date.precision == DG_DATE_HALF      ? part * 6 - 5
           : date.precision == DG_DATE_QUARTER ? part * 3 - 2
           : date.precision == DG_DATE_MONTH   ? date.month
                                               : 1;
  *last = date.precision == DG_DATE_HALF      ? part * 6
          : date.precision == DG_DATE_QUARTER ? part * 3
          : date.precision == DG_DATE_MONTH   ? date.month
                                              : 12;
}

int32_t
dg_date_first_day(DgDate date)
{
  if (date.precision == DG_DATE_WEEK) {
    return week_monday(date.year, date.part);
  }
  if (date.precision == DG_DATE_DAY) {
    return dg_calendar_day(date.year, date.month, date.day);
  }
  int first;
  int last;
  months_of(date, &first, &last);
  return dg_calendar_day(date.year, first, 1);
}

int32_t
dg_date_last_day(DgDate date)
{
  if (date.precision == DG_DATE_WEEK) {
    return week_monday(date.year, date.part) + 6;
  }
  if (date.precision == DG_DATE_DAY) {
    return dg_date_first_day(date);
  }
  int first;
  int last;
  months_of(date, &first, &last);
  return dg_calendar_day(date.year, last,
                         dg_calendar_month_days(date.year, last));
}

/* Exactly `n` digits at `at`. */
static bool
read_digits(DgStr text, size_t at, size_t n, int *out)
{
  if (at > text.len || n > text.len - at) {
    return false;
  }
  *out = 0;
  for (size_t i = at; i < at + n; ++i) {
    if (text.ptr[i] < '0' || text.ptr[i] > '9') {
      return false;
    }
    *out = *out * 10 + (text.ptr[i] - '0');
  }
  return true;
}

/* The part after "YYYY-"; false when its form is none of ours. */
static bool
read_rest(DgStr rest, DgDate *date)
{
  int a;
  int b;
  const char mark = rest.len ? rest.ptr[0] : '\0';
  if ((mark == 'Q' || mark == 'H') && rest.len == 2 &&
      read_digits(rest, 1, 1, &a)) {
    date->precision = mark == 'Q' ? DG_DATE_QUARTER : DG_DATE_HALF;
    date->part = (uint8_t)a;
    return true;
  }
  if (mark == 'W' && rest.len == 3 && read_digits(rest, 1, 2, &a)) {
    date->precision = DG_DATE_WEEK;
    date->part = (uint8_t)a;
    return true;
  }
  if (!read_digits(rest, 0, 2, &a)) {
    return false;
  }
  date->month = (uint8_t)a;
  date->precision = DG_DATE_MONTH;
  if (rest.len == 2) {
    return true;
  }
  if (rest.ptr[2] != '-' || !read_digits(rest, 3, 2, &b) ||
      (rest.len > 5 && rest.ptr[5] != 'T')) {
    return false;
  }
  date->day = (uint8_t)b;
  date->precision = DG_DATE_DAY;
  return true;
}

DgStatus
dg_date_read(DgStr text, DgDate *date)
{
  int year;
  DgDate read = { .precision = DG_DATE_YEAR };
  if (!read_digits(text, 0, 4, &year)) {
    return DG_NO_MATCH;
  }
  read.year = (int16_t)year;
  if (text.len > 4 && (text.ptr[4] != '-' ||
                       !read_rest(dg_str_sub(text, 5, text.len), &read))) {
    return DG_NO_MATCH;
  }
  if (!dg_calendar_exists(read)) {
    return DG_BAD_INPUT;
  }
  *date = read;
  return DG_OK;
}

static size_t
put_digits(char *out, int value, size_t n)
{
  for (size_t i = n; i-- > 0; value /= 10) {
    out[i] = (char)('0' + value % 10);
  }
  return n;
}

size_t
dg_date_write(DgDate date, char out[DG_DATE_TEXT])
{
  size_t n = 0;
  if (date.precision != DG_DATE_NONE) {
    n += put_digits(out, date.year, 4);
  }
  if (date.precision > DG_DATE_YEAR) {
    out[n++] = '-';
  }
  if (date.precision == DG_DATE_HALF || date.precision == DG_DATE_QUARTER) {
    out[n++] = date.precision == DG_DATE_HALF ? 'H' : 'Q';
    n += put_digits(out + n, date.part, 1);
  } else if (date.precision == DG_DATE_WEEK) {
    out[n++] = 'W';
    n += put_digits(out + n, date.part, 2);
  } else if (date.precision >= DG_DATE_MONTH) {
    n += put_digits(out + n, date.month, 2);
  }
  if (date.precision == DG_DATE_DAY) {
    out[n++] = '-';
    n += put_digits(out + n, date.day, 2);
  }
  out[n] = '\0';
  return n;
}
