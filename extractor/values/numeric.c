/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

enum { YEAR_MIN = 1000, YEAR_MAX = 2199 };

/* One separator, glued or as wide on both sides. */
static bool
separator(const DgReader *r, size_t at, uint32_t code)
{
  return dg_reader_mark(r, at, code) &&
         dg_reader_glued(r, at) == dg_reader_glued(r, at + 1);
}

/* 2015-03-03, 2015/3/3, 2015-03 */
static size_t
year_first(const DgReader *r, size_t at, DgWhen *out)
{
  const int32_t year = dg_reader_digits(r, at);
  const int32_t month = dg_reader_digits(r, at + 2);
  const int32_t day = dg_reader_digits(r, at + 4);
  const uint32_t code = dg_reader_token(r, at + 1)->code;
  if (dg_reader_size(r, at) != 4 || year < YEAR_MIN || year > YEAR_MAX ||
      (code != '-' && code != '/' && code != '.') ||
      !separator(r, at + 1, code) || !dg_reader_glued(r, at + 1) || month < 1 ||
      month > 12 || dg_reader_size(r, at + 2) > 2) {
    return 0;
  }
  if (day >= 1 && separator(r, at + 3, code) && dg_reader_glued(r, at + 3)) {
    return dg_when_day(out, year, month, day) ? at + 5 : 0;
  }
  if (code == '.' || dg_reader_glued(r, at + 3)) {
    const bool closed = dg_reader_kind(r, at + 3, DG_TOKEN_MARK) &&
                        !dg_reader_kind(r, at + 4, DG_TOKEN_DIGITS);
    if (code == '.' || !closed) {
      return 0;
    }
  }
  *out = (DgWhen){ .date = { .year = (int16_t)year,
                             .month = (uint8_t)month,
                             .precision = DG_DATE_MONTH } };
  return at + 3;
}

/* 2015 03 03: each number with both of its digits */
static size_t
year_first_spaced(const DgReader *r, size_t at, DgWhen *out)
{
  const int32_t year = dg_reader_digits(r, at);
  const int32_t month = dg_reader_digits(r, at + 1);
  const int32_t day = dg_reader_digits(r, at + 2);
  if (dg_reader_size(r, at) != 4 || dg_reader_size(r, at + 1) != 2 ||
      dg_reader_size(r, at + 2) != 2 || year < YEAR_MIN || year > YEAR_MAX ||
      month < 1 || day < 1 || dg_reader_breaks(r, at + 1) ||
      dg_reader_breaks(r, at + 2) ||
      dg_reader_kind(r, at + 3, DG_TOKEN_DIGITS) ||
      (dg_reader_glued(r, at + 3) &&
       dg_reader_kind(r, at + 4, DG_TOKEN_DIGITS))) {
    return 0;
  }
  return dg_when_day(out, year, month, day) ? at + 3 : 0;
}

/* Which of two numbers is the day; false when neither order exists. */
static bool
order(const DgReader *r, int32_t a, int32_t b, int *day, int *month)
{
  const bool day_first = r->langs == DG_WORD_FR || a > 12;
  *day = day_first ? a : b;
  *month = day_first ? b : a;
  if (*month > 12 && *day <= 12) {
    const int swapped = *day;
    *day = *month;
    *month = swapped;
  }
  return *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31;
}

/* 31/10/1974, 10-31-74, 15.05.99 */
static size_t
numeric(const DgReader *r, size_t at, DgWhen *out)
{
  const int32_t a = dg_reader_digits(r, at);
  const int32_t b = dg_reader_digits(r, at + 2);
  const uint32_t code = dg_reader_token(r, at + 1)->code;
  int year;
  int day;
  int month;
  if (a < 1 || b < 1 || (code != '/' && code != '-' && code != '.') ||
      !separator(r, at + 1, code) || !separator(r, at + 3, code) ||
      !dg_reader_glued(r, at + 1) || dg_reader_size(r, at) > 2 ||
      dg_reader_size(r, at + 2) > 2) {
    return 0;
  }
  size_t end = dg_year_at(r, at + 4, true, &year);
  if (end && dg_reader_size(r, at + 4) == 2 && dg_reader_mark(r, end, code) &&
      dg_reader_glued(r, end) && dg_reader_glued(r, end + 1)) {
    end = 0; /* four numbers are no date */
  }
  return end && order(r, a, b, &day, &month) &&
                 dg_when_day(out, year, month, day)
             ? end
             : 0;
}

/* 17/02, le 2/3, on 2/15: day and month alone, where they cannot be a
 * fraction. */
size_t
dg_slashed_day_at(const DgReader *r, size_t at, bool sure, DgWhen *out)
{
  const int32_t a = dg_reader_digits(r, at);
  const int32_t b = dg_reader_digits(r, at + 2);
  int day;
  int month;
  if (a < 1 || b < 1 || !dg_reader_mark(r, at + 1, '/') ||
      !dg_reader_glued(r, at + 1) || !dg_reader_glued(r, at + 2) ||
      dg_reader_size(r, at) > 2 || dg_reader_size(r, at + 2) > 2 ||
      (dg_reader_glued(r, at + 3) && dg_reader_glued(r, at + 4) &&
       (dg_reader_mark(r, at + 3, '.') || dg_reader_mark(r, at + 3, ',')) &&
       dg_reader_kind(r, at + 4, DG_TOKEN_DIGITS)) ||
      (dg_reader_mark(r, at + 3, '/') && dg_reader_glued(r, at + 3)) ||
      !order(r, a, b, &day, &month)) {
    return 0;
  }
  const bool named =
      at > 0 && (dg_reader_in(r, at - 1, "le du au on until by before after") ||
                 dg_reader_as(r, at - 1, DG_WORD_WEEKDAY));
  const bool padded =
      dg_reader_size(r, at + 2) == 2 && *dg_reader_text(r, at + 2).ptr == '0';
  if (!(sure || named || padded || (day > 12 && a == day))) {
    return 0;
  }
  int year;
  const size_t dated =
      dg_reader_mark(r, at + 3, ',') ? dg_year_at(r, at + 4, false, &year) : 0;
  if (dated) {
    return dg_when_day(out, year, month, day) ? dated : 0;
  }
  return dg_when_near(r, at, at + 3, month, day, out);
}

/* 03/2024 */
static size_t
slashed_month(const DgReader *r, size_t at, DgWhen *out)
{
  const int32_t month = dg_reader_digits(r, at);
  int year;
  if (month < 1 || month > 12 || dg_reader_size(r, at) > 2 ||
      !(dg_reader_mark(r, at + 1, '/') || dg_reader_mark(r, at + 1, '-')) ||
      !dg_reader_glued(r, at + 1) || !dg_reader_glued(r, at + 2)) {
    return 0;
  }
  const size_t end = dg_year_at(r, at + 2, false, &year);
  *out = (DgWhen){ .date = { .year = (int16_t)year,
                             .month = (uint8_t)month,
                             .precision = DG_DATE_MONTH } };
  return end;
}

/* 20 02 2014; without the century only after "le" */
static size_t
spaced(const DgReader *r, size_t at, DgWhen *out)
{
  const int32_t day = dg_reader_digits(r, at);
  const int32_t month = dg_reader_digits(r, at + 1);
  const bool le = at > 0 && dg_reader_in(r, at - 1, "le");
  int year;
  if (r->langs != DG_WORD_FR || day < 1 || day > 31 || month < 1 ||
      month > 12 || dg_reader_size(r, at + 1) > 2 ||
      dg_reader_size(r, at) > 2) {
    return 0;
  }
  const size_t end = dg_year_at(r, at + 2, true, &year);
  if (end && dg_when_day(out, year, month, day)) {
    return end;
  }
  return le && !dg_reader_kind(r, at + 2, DG_TOKEN_WORD)
             ? dg_when_near(r, at, at + 2, month, day, out)
             : 0;
}

/* 20150303 */
static size_t
compact(const DgReader *r, size_t at, DgWhen *out)
{
  const int32_t value = dg_reader_digits(r, at);
  if (dg_reader_size(r, at) != 8 || value < 19000101 || value > 20991231 ||
      (dg_reader_glued(r, at + 1) &&
       dg_reader_kind(r, at + 2, DG_TOKEN_DIGITS))) {
    return 0;
  }
  return dg_when_day(out, value / 10000, value / 100 % 100, value % 100)
             ? at + 1
             : 0;
}

static size_t
slashed(const DgReader *r, size_t at, DgWhen *out)
{
  return dg_slashed_day_at(r, at, false, out);
}

/* The same mark stands before it and after: 133-03-03-2020. */
static bool
is_code(const DgReader *r, size_t at)
{
  return at >= 2 && dg_reader_glued(r, at) && dg_reader_glued(r, at - 1) &&
         dg_reader_kind(r, at - 2, DG_TOKEN_DIGITS) &&
         dg_reader_size(r, at - 2) != 4 && /* 10-1-2018-10-7-2018 */
         dg_reader_kind(r, at - 1, DG_TOKEN_MARK) &&
         dg_reader_mark(r, at + 1, dg_reader_token(r, at - 1)->code);
}

size_t
dg_numeric_date_at(const DgReader *r, size_t at, DgWhen *out)
{
  static size_t (*const readers[])(const DgReader *, size_t, DgWhen *) = {
    year_first, year_first_spaced, numeric, slashed,
    spaced,     slashed_month,     compact,
  };
  if (!dg_reader_kind(r, at, DG_TOKEN_DIGITS) || is_code(r, at)) {
    return 0;
  }
  for (size_t i = 0; i < sizeof readers / sizeof *readers; ++i) {
    const size_t end = readers[i](r, at, out);
    if (end) {
      return end;
    }
  }
  return 0;
}
