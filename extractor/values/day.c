/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

size_t
dg_day_at(const DgReader *r, size_t at, int *out)
{
  const int32_t digits = dg_reader_digits(r, at);
  DgDecimal ordinal;
  int32_t value;
  if (digits >= 0) {
    if (digits < 1 || digits > 31 || dg_reader_size(r, at) > 2) {
      return 0;
    }
    *out = digits;
    const bool tail = dg_reader_glued(r, at + 1) &&
                      dg_reader_in(r, at + 1, "st nd rd th er e eme ere");
    return at + 1 + tail;
  }
  size_t end = dg_ordinal_at(r, at, &ordinal);
  if (end && !ordinal.scale && ordinal.digits >= 1 && ordinal.digits <= 31) {
    *out = (int)ordinal.digits;
    return end;
  }
  end = dg_tens_at(r, at, &value);
  *out = value;
  return end && value >= 1 && value <= 31 ? end : 0;
}

bool
dg_when_day(DgWhen *out, int year, int month, int day)
{
  *out = (DgWhen){ .date = dg_calendar_date(year, month, day) };
  return dg_calendar_exists(out->date);
}

/* A bare day and month: the year by the reference date, or by the word after
 * it: le 12 mai dernier. */
size_t
dg_when_near(const DgReader *r, size_t at, size_t end, int month, int day,
             DgWhen *out)
{
  const DgWord *const rel = dg_reader_as_in(r, end, DG_WORD_REL, DG_WORD_FR);
  if (rel && rel->value) {
    *out =
        (DgWhen){ .date = dg_year_in_direction(r, rel->value > 0, month, day) };
    return out->date.precision != DG_DATE_NONE ? end + 1 : 0;
  }
  *out = (DgWhen){ .date = dg_near_year(r, at, month, day), .near = true };
  return out->date.precision != DG_DATE_NONE ? end : 0;
}

/* The year that gives the day its weekday, looked for in the direction that
 * the sentence takes first. */
void
dg_match_weekday(const DgReader *r, size_t at, int weekday, DgWhen *when)
{
  const int step = dg_lies_ahead(r, at) ? 1 : -1;
  for (int i = 0; i < 4; ++i) {
    const int years = i % 2 ? -step * (i / 2 + 1) : step * (i / 2);
    const DgDate day = dg_calendar_date(when->date.year + years,
                                        when->date.month, when->date.day);
    if (dg_calendar_exists(day) &&
        dg_date_weekday(dg_date_first_day(day)) == weekday) {
      when->date = day;
      return;
    }
  }
}

/* The nearest such day of a month in one direction; today is behind, and
 * ahead too when it has the weekday that is asked for. */
static DgDate
fitting_day(const DgReader *r, int day, int weekday, int step)
{
  DgDate month = dg_calendar_coarser(dg_date_from_day(r->today), DG_DATE_MONTH);
  for (int i = 0; i < 14; ++i, month = dg_calendar_add(month, step)) {
    const DgDate found = dg_calendar_date(month.year, month.month, day);
    if (!dg_calendar_exists(found)) {
      continue;
    }
    const int32_t n = dg_date_first_day(found);
    const bool right = weekday < 0 || dg_date_weekday(n) == weekday;
    const bool there = step > 0
                           ? n > r->today || (weekday >= 0 && n == r->today)
                           : n <= r->today;
    if (right && there) {
      return found;
    }
  }
  return (DgDate){ 0 };
}

/* Give a day of the month, with its weekday or -1, its month and year. */
static bool
settle_day(const DgReader *r, size_t at, int day, int weekday, DgWhen *out)
{
  const DgDate ahead = fitting_day(r, day, weekday, 1);
  const DgDate behind = fitting_day(r, day, weekday, -1);
  const bool future = dg_lies_ahead(r, at);
  DgDate found = future ? ahead : behind;
  if (weekday >= 0 && !r->options->prefer_future && ahead.precision &&
      behind.precision) {
    const int32_t after = dg_date_first_day(ahead) - r->today;
    const int32_t before = r->today - dg_date_first_day(behind);
    found = after < before ? ahead : behind;
  }
  *out = (DgWhen){ .date = found, .near = true };
  return found.precision != DG_DATE_NONE;
}

/* A day of the month whose month the reference gives: le 16, the 15th,
 * mercredi 13. The weekday, when known, must fit. */
size_t
dg_bare_day_at(const DgReader *r, size_t at, int weekday, DgWhen *out)
{
  int day;
  const size_t end = dg_day_at(r, at, &day);
  DgDecimal rank;
  const bool ranked = weekday < 0 || dg_reader_digits(r, at) > 0 ||
                      dg_ordinal_at(r, at, &rank) == end;
  if (!end || !ranked || dg_reader_as(r, end, DG_WORD_PERIOD) || !r->dated ||
      dg_reader_mark(r, end, '%') ||
      (dg_reader_glued(r, end) &&
       (dg_reader_kind(r, end, DG_TOKEN_WORD) ||
        dg_reader_kind(r, end + 1, DG_TOKEN_DIGITS)))) {
    return 0;
  }
  return settle_day(r, at, day, weekday, out) ? end : 0;
}

/* "le 16", "on the 15th": what follows must not be a thing that is counted. */
size_t
dg_lone_day_at(const DgReader *r, size_t at, DgWhen *out)
{
  int day;
  const bool since =
      dg_reader_phrase_before(r, at, "partir du|compter du|jusqu ' au") < at;
  const size_t named =
      r->dated && dg_reader_in(r, at, "le") ? dg_day_at(r, at + 1, &day) : 0;
  const DgWord *const weekday =
      named ? dg_reader_as(r, named, DG_WORD_WEEKDAY) : NULL;
  if (weekday) { /* le 25 mardi */
    return settle_day(r, at, day, weekday->value, out) ? named + 1 : 0;
  }
  const bool fr = at > 0 && (since || dg_reader_in(r, at - 1, "le")) &&
                  (r->langs & DG_WORD_FR) && dg_reader_digits(r, at) > 0;
  const bool en = dg_reader_in(r, at, "the");
  const size_t place = fr ? at : at + 1;
  const size_t end = fr || en ? dg_bare_day_at(r, place, -1, out) : 0;
  if (!end || dg_reader_kind(r, end, DG_TOKEN_DIGITS)) {
    return 0;
  }
  const bool rank = dg_reader_digits(r, place) > 0 && end == place + 2;
  const bool word = dg_reader_kind(r, end, DG_TOKEN_WORD);
  const bool small = dg_reader_in(
      r, end,
      "pour a au dernier prochain et avec en lors par dans for and or "
      "at to in with when from until");
  const bool on = at > 0 && dg_reader_in(r, at - 1, "on");
  const bool due =
      at == 0 || dg_reader_in(r, at - 1, "on by for of until since from to");
  if (fr) {
    return word && !small ? 0 : end;
  }
  return (rank && due && (!word || small)) || (on && (!word || small)) ? end
                                                                       : 0;
}
