/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

static size_t
skip_mark(const DgReader *r, size_t at, uint32_t code)
{
  return dg_reader_mark(r, at, code) ? at + 1 : at;
}

static size_t
month_at(const DgReader *r, size_t at, int *out)
{
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_MONTH);
  if (!word) {
    return 0;
  }
  *out = word->value;
  const bool dot = word->len <= 5 && dg_reader_mark(r, at + 1, '.') &&
                   dg_reader_glued(r, at + 1) &&
                   !dg_reader_kind(r, at + 2, DG_TOKEN_END) &&
                   !dg_reader_in(r, at,
                                 "mars avril mai juin aout march april "
                                 "may june july");
  return at + 1 + dot;
}

/* "mars" and "may" and "march" are words too: a capital in English, and no
 * auxiliary verb. */
static bool
is_month_name(const DgReader *r, size_t at)
{
  const DgToken *const token = dg_reader_token(r, at);
  const bool upper = (token->flags & DG_TOKEN_UPPER) != 0;
  if (!dg_reader_as(r, at, DG_WORD_MONTH)) {
    return false;
  }
  if (at > 0 && dg_reader_mark(r, at - 1, '$') && dg_reader_glued(r, at)) {
    return false; /* a ticker */
  }
  if (dg_reader_in(r, at, "may march mar")) {
    const bool after =
        at > 0 && dg_reader_in(r, at - 1,
                               "in of since until till by during last next mid "
                               "early late from to between and this");
    const bool asks = dg_reader_in(
        r, at + 1,
        "i we you he she it they or not be have take ask also well "
        "has on");
    return (upper || (after && !dg_reader_in(r, at - 1, "this and to"))) &&
           !asks && !(token->flags & DG_TOKEN_CAPS);
  }
  return dg_reader_size(r, at) > 3 || upper || dg_reader_mark(r, at + 1, '.') ||
         (at > 0 && dg_reader_in(r, at - 1, "in en of since until by"));
}

/* Whether the digits before `at` count something: 10 millions, 10 %, 10 M€. */
static bool
goes_on_as_number(const DgReader *r, size_t at)
{
  static const DgWordClass more[] = { DG_WORD_SCALE,  DG_WORD_HUNDRED,
                                      DG_WORD_SUFFIX, DG_WORD_MONEY,
                                      DG_WORD_COIN,   DG_WORD_SHARED };
  for (size_t i = 0; i < sizeof more / sizeof *more; ++i) {
    if (dg_reader_as(r, at, more[i])) {
      return true;
    }
  }
  return dg_reader_mark(r, at, '%');
}

/* After a month or day: ", 2015", "de 2015", "of 87", "-2015", "2015". */
static size_t
following_year(const DgReader *r, size_t at, int *year)
{
  size_t next =
      dg_reader_phrase(r, at, "de l ' annee|de|d '|of|,|in|of the year");
  const bool joined =
      (dg_reader_mark(r, at, '-') || dg_reader_mark(r, at, '/')) &&
      dg_reader_glued(r, at) && dg_reader_glued(r, at + 1) &&
      dg_reader_size(r, at + 1) == 4;
  next = joined ? at + 1 : next ? next : at;
  if (dg_reader_breaks(r, next)) {
    return 0;
  }
  const size_t told = dg_told_year_at(r, at, year);
  if (told) {
    return told;
  }
  const bool of = next > at && dg_reader_in(r, next - 1, "of de");
  const bool two = (next == at || (of && dg_reader_digits(r, next) > 31)) &&
                   !goes_on_as_number(r, next + 1);
  return dg_year_at(r, next, two || dg_reader_mark(r, at, '\''), year);
}

/* 3 mars 2015, the 3rd of March, first of April 2020 */
static size_t
day_month(const DgReader *r, size_t at, DgWhen *out)
{
  int day;
  int month;
  int year;
  size_t next = dg_day_at(r, at, &day);
  if (!next) {
    return 0;
  }
  const size_t of = dg_reader_phrase(r, next, "of|de|d '|-|/");
  next = of ? of : next;
  size_t end = month_at(r, next, &month);
  const bool verb = dg_reader_in(r, next, "may") &&
                    !(dg_reader_token(r, next)->flags & DG_TOKEN_UPPER);
  if (!end || (verb && dg_reader_kind(r, end, DG_TOKEN_WORD))) {
    return 0;
  }
  if ((dg_reader_mark(r, end, '-') || dg_reader_mark(r, end, '/')) &&
      dg_reader_glued(r, end) && dg_reader_glued(r, end + 1)) {
    const size_t dashed = dg_year_at(r, end + 1, true, &year);
    if (dashed) {
      return dg_when_day(out, year, month, day) ? dashed : 0;
    }
  }
  const size_t dated = following_year(r, end, &year);
  if (dated) {
    return dg_when_day(out, year, month, day) ? dated : 0;
  }
  return dg_when_near(r, at, end, month, day, out);
}

/* March 3rd, 2015; Oct 2 */
static size_t
month_day(const DgReader *r, size_t at, DgWhen *out)
{
  int day;
  int month;
  int year;
  const bool verb = dg_reader_in(r, at, "may march") &&
                    dg_reader_kind(r, at + 2, DG_TOKEN_WORD) &&
                    dg_reader_digits(r, at + 1) >= 0 &&
                    !dg_reader_glued(r, at + 2);
  const bool named =
      is_month_name(r, at) || (dg_reader_as(r, at, DG_WORD_MONTH) && !verb &&
                               dg_reader_size(r, at) > 2);
  size_t next = named ? month_at(r, at, &month) : 0;
  if (!next) {
    return 0;
  }
  const size_t the = dg_reader_phrase(r, next, "the|le|/|-|, the|,");
  next = the ? the : next;
  const size_t end = dg_day_at(r, next, &day);
  if (!end || dg_reader_in(r, next, "un une one") ||
      goes_on_as_number(r, end) ||
      (dg_reader_kind(r, end, DG_TOKEN_DIGITS) && dg_reader_glued(r, end)) ||
      (dg_reader_mark(r, end, ',') && dg_reader_glued(r, end + 1) &&
       dg_reader_kind(r, end + 1, DG_TOKEN_DIGITS) &&
       dg_reader_size(r, end + 1) != 4)) {
    return 0;
  }
  const size_t dated = following_year(r, end, &year);
  if (dated) {
    return dg_when_day(out, year, month, day) ? dated : 0;
  }
  return dg_when_near(r, at, end, month, day, out);
}

/* Sep-23-2020, 2020/Sep/23, 23-2020-septembre: the month by its name, in any
 * order. */
static size_t
mixed(const DgReader *r, size_t at, DgWhen *out)
{
  int year = 0;
  int month = 0;
  int32_t day = 0;
  const uint32_t mark = dg_reader_token(r, at + 1)->code;
  if ((mark != '-' && mark != '/') || !dg_reader_mark(r, at + 3, mark)) {
    return 0;
  }
  for (size_t i = at; i <= at + 4; i += 2) {
    const DgWord *const name = dg_reader_as(r, i, DG_WORD_MONTH);
    if (i > at && !(dg_reader_glued(r, i) && dg_reader_glued(r, i - 1))) {
      return 0;
    }
    if (name) {
      month = name->value;
    } else if (dg_reader_size(r, i) == 4) {
      year = dg_reader_digits(r, i);
    } else {
      day = dg_reader_digits(r, i);
    }
  }
  return year >= 1000 && month && day >= 1 && day <= 31 &&
                 dg_when_day(out, year, month, day)
             ? at + 5
             : 0;
}

/* mars 2015, March of 2015, 2017 April; bare: en mars */
static size_t
month_year(const DgReader *r, size_t at, DgWhen *out)
{
  int month;
  int year;
  size_t next = dg_year_at(r, at, false, &year);
  if (next) {
    const size_t end = is_month_name(r, next) ? month_at(r, next, &month) : 0;
    *out = (DgWhen){ .date = { .year = (int16_t)year,
                               .month = (uint8_t)month,
                               .precision = DG_DATE_MONTH } };
    return end;
  }
  const size_t of = dg_reader_phrase(r, at, "mois de|mois d '|month of");
  const size_t begin = of ? of : at;
  next = is_month_name(r, begin) ? month_at(r, begin, &month) : 0;
  if (!next) {
    return 0;
  }
  const size_t end = following_year(r, next, &year);
  if (end) {
    *out = (DgWhen){ .date = { .year = (int16_t)year,
                               .month = (uint8_t)month,
                               .precision = DG_DATE_MONTH } };
    return end;
  }
  return dg_when_near(r, at, next, month, 0, out);
}

/* "lundi", "Mon,", "ce lundi", "vendredi dernier,": a weekday before a date;
 * gives its number. */
static size_t
skip_weekday(const DgReader *r, size_t at, int *weekday)
{
  const size_t begin = dg_reader_as(r, at, DG_WORD_REL) ? at + 1 : at;
  const DgWord *const word = dg_reader_as(r, begin, DG_WORD_WEEKDAY);
  *weekday = word ? word->value : -1;
  if (!word) {
    return at;
  }
  size_t next = skip_mark(r, begin + 1, '.');
  next += dg_reader_as_in(r, next, DG_WORD_REL, DG_WORD_FR) ? 1 : 0;
  next = skip_mark(r, next, ',');
  next = dg_reader_mark(r, next, '-') || dg_reader_mark(r, next, '(') ? next + 1
                                                                      : next;
  const size_t the = dg_reader_phrase(r, next, "le|the");
  return the ? the : next;
}

/* A weekday after the date, "Jul 18, Fri" */
static size_t
weekday_after(const DgReader *r, size_t at, size_t begin, DgWhen *out)
{
  const size_t next = skip_mark(r, at, ',');
  const DgWord *const word = dg_reader_as(r, next, DG_WORD_WEEKDAY);
  if (!word || out->date.precision != DG_DATE_DAY || next == at) {
    return at;
  }
  if (out->near) {
    dg_match_weekday(r, begin, word->value, out);
  }
  return next + 1;
}

/* next June 30, this 5/12, next 6th of April: the word tells the year. */
static size_t
with_word_before(const DgReader *r, size_t at, DgWhen *out)
{
  const DgWord *const rel = dg_reader_as_in(r, at, DG_WORD_REL, DG_WORD_EN);
  if (!rel || !r->dated) {
    return 0;
  }
  size_t end = dg_slashed_day_at(r, at + 1, true, out);
  end = end ? end : day_month(r, at + 1, out);
  end = end ? end : month_day(r, at + 1, out);
  if (!end || !out->near || out->date.precision != DG_DATE_DAY) {
    return 0;
  }
  const int month = out->date.month;
  const int day = out->date.day;
  if (rel->value) {
    out->date = dg_year_in_direction(r, rel->value > 0, month, day);
  } else {
    out->date.year = dg_date_from_day(r->today).year;
  }
  out->near = false;
  return dg_calendar_exists(out->date) ? end : 0;
}

/* A day in brackets after its weekday ends with them: Friday (June 15). */
static size_t
close_bracket(const DgReader *r, size_t begin, size_t end)
{
  const bool open = begin > 0 && dg_reader_mark(r, begin - 1, '(');
  return !open ? end : dg_reader_mark(r, end, ')') ? end + 1 : 0;
}

size_t
dg_absolute_at(const DgReader *r, size_t at, DgWhen *out)
{
  static size_t (*const readers[])(const DgReader *, size_t, DgWhen *) = {
    dg_numeric_date_at, mixed,      day_month,    month_day,
    dg_part_of_year_at, month_year, dg_decade_at, dg_bare_year_at,
    dg_lone_day_at,
  };
  enum { DAYS = 4 }; /* of them that give a day */
  int weekday;
  const size_t begin = skip_weekday(r, at, &weekday);
  const size_t tries = begin > at ? DAYS : sizeof readers / sizeof *readers;
  const size_t told = begin > at ? 0 : with_word_before(r, at, out);
  if (told) {
    return told;
  }
  for (size_t i = 0; i < tries; ++i) {
    const size_t stop = readers[i](r, begin, out);
    const size_t end =
        stop && begin > at ? close_bracket(r, begin, stop) : stop;
    if (!end) {
      continue;
    }
    if (weekday >= 0 && out->near) {
      dg_match_weekday(r, at, weekday, out);
    }
    return weekday_after(r, end, at, out);
  }
  const bool guess =
      weekday >= 0 && !dg_reader_mark(r, begin - 1, '(') &&
      !(dg_reader_as(r, at, DG_WORD_REL) && (r->langs & DG_WORD_EN));
  return guess ? dg_bare_day_at(r, begin, weekday, out) : 0;
}
