/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

static size_t
skip(const DgReader *r, size_t at, const char *phrases)
{
  const size_t end = dg_reader_phrase(r, at, phrases);
  return end ? end : at;
}

/* The period that a part is of: October 2015, next month, the year. */
static size_t
whole_at(const DgReader *r, size_t at, DgDate *out)
{
  DgWhen when;
  size_t begin =
      skip(r, at,
           "le mois de|du mois de|du mois d '|mois de|mois d '|the month of|"
           "l ' annee|l ' exercice|de l ' annee|de l ' "
           "exercice|the year|fiscal year|around|calendar "
           "year");
  size_t end = dg_relative_at(r, begin, &when);
  end = end ? end : dg_absolute_at(r, begin, &when);
  if (end && when.date.precision != DG_DATE_DAY && !when.last.precision) {
    *out = when.date;
    return end;
  }
  begin = skip(r, at, "the|le|la|l '");
  const DgWord *const unit = dg_reader_as(r, begin, DG_WORD_PERIOD);
  if (!unit || !strchr("YQMWH", unit->value) ||
      (dg_reader_size(r, begin) > 4 && unit->text[unit->len - 1] == 's' &&
       unit->value != 'M')) {
    return 0;
  }
  *out = dg_current_period(r, unit->value);
  return out->precision != DG_DATE_NONE ? begin + 1 : 0;
}

/* fin mars, early 2024, mid-November, at the end of the year */
static size_t
edge(const DgReader *r, size_t at, DgWhen *out)
{
  const size_t begin = at;
  if (!dg_reader_as(r, begin, DG_WORD_EDGE)) {
    return 0;
  }
  const bool mid = dg_reader_in(r, begin, "mi mid");
  size_t next = begin + 1;
  next = mid || dg_reader_mark(r, next, '-') ? skip(r, next, "-") : next;
  next = skip(r, next, "of|in|du|de|d '|part of");
  next = skip(r, next, "the|le|la|l '");
  *out = (DgWhen){ 0 };
  const size_t end = whole_at(r, next, &out->date);
  if (end) {
    return end;
  }
  const size_t back = next > 0 && dg_reader_in(r, next - 1, "the du la le")
                          ? whole_at(r, next - 1, &out->date)
                          : 0;
  return back;
}

/* earlier this year, later in the week, plus tard dans l'annee */
static size_t
earlier(const DgReader *r, size_t at, DgWhen *out)
{
  size_t next = dg_reader_phrase(
      r, at,
      "earlier in|later in|earlier|later|plus tot dans|plus tot|plus "
      "tard dans|plus tard");
  if (!next || !r->dated) {
    return 0;
  }
  next = skip(r, next, "the|l '|la|le");
  const DgWord *const this = dg_reader_as(r, next, DG_WORD_REL);
  const bool the = dg_reader_in(r, next - 1, "the la le") ||
                   dg_reader_mark(r, next - 1, '\'');
  if (this ? this->value > 0 : !the) {
    return 0;
  }
  const DgWord *const unit =
      dg_reader_as(r, next + (this != NULL), DG_WORD_PERIOD);
  if (!unit || !strchr("YQMWH", unit->value)) {
    return 0;
  }
  *out = (DgWhen){ .date = dg_calendar_add(dg_current_period(r, unit->value),
                                           this ? this->value : 0) };
  return out->date.precision != DG_DATE_NONE ? next + (this != NULL) + 1 : 0;
}

/* the rest of the year, le reste de l'annee: from today on */
static size_t
rest_of(const DgReader *r, size_t at, DgWhen *out)
{
  const size_t of = dg_reader_phrase(r, at,
                                     "rest of|remainder of|remaining of|"
                                     "reste de|reste du|reste d '");
  DgDate whole;
  const size_t end = of && r->dated ? whole_at(r, of, &whole) : 0;
  if (!end || whole.precision == DG_DATE_DAY) {
    return 0;
  }
  const int32_t last = dg_date_last_day(whole);
  if (dg_date_first_day(whole) > r->today || last <= r->today) {
    return 0;
  }
  *out = (DgWhen){ .date = dg_date_from_day(r->today),
                   .last = dg_date_from_day(last) };
  return end;
}

typedef struct {
  int32_t n;     /* which, from 1 */
  bool from_end; /* counted from the last one */
  int32_t unit;  /* D, W, or F for a half of a month */
  int weekday;   /* or -1 */
} Rank;

/* first Monday, last day, third last week, premiere quinzaine */
static size_t
rank_at(const DgReader *r, size_t at, Rank *out)
{
  DgDecimal rank;
  *out = (Rank){ .n = 1, .weekday = -1 };
  size_t next = dg_ordinal_at(r, at, &rank);
  if (next) {
    if (rank.scale || rank.digits < 1 || rank.digits > 366) {
      return 0;
    }
    out->n = (int32_t)rank.digits;
  }
  const size_t last =
      dg_reader_phrase(r, next ? next : at, "last|dernier|derniere");
  out->from_end = last > 0;
  next = last ? last : next;
  if (!next) {
    return 0;
  }
  const DgWord *const day = dg_reader_as(r, next, DG_WORD_WEEKDAY);
  const DgWord *const unit = dg_reader_as(r, next, DG_WORD_PERIOD);
  if (day) {
    out->weekday = day->value;
  } else if (dg_reader_in(r, next, "quinzaine")) {
    out->unit = 'F';
  } else if (unit && strchr("DWM", unit->value)) {
    out->unit = unit->value;
  } else {
    return 0;
  }
  return next + 1;
}

/* The n-th day, weekday or full week inside a period. */
static DgDate
pick(Rank rank, DgDate whole)
{
  const int32_t first = dg_date_first_day(whole);
  const int32_t last = dg_date_last_day(whole);
  if (rank.unit == 'M') {
    const DgDate edge = dg_calendar_coarser(
        dg_date_from_day(rank.from_end ? last : first), DG_DATE_MONTH);
    const DgDate month =
        dg_calendar_add(edge, rank.from_end ? 1 - rank.n : rank.n - 1);
    const int32_t day = dg_date_first_day(month);
    return day < first || day > last ? (DgDate){ 0 } : month;
  }
  const bool week = rank.unit == 'W';
  const int weekday = week ? 3 : rank.weekday; /* a week is its Thursday */
  const int32_t step = weekday < 0 ? 1 : 7;
  int32_t day = rank.from_end ? last : first;
  if (weekday >= 0) {
    day += rank.from_end ? -((dg_date_weekday(day) - weekday + 7) % 7)
                         : (weekday - dg_date_weekday(day) + 7) % 7;
  }
  day += (rank.n - 1) * (rank.from_end ? -step : step);
  if (day < first || day > last) {
    return (DgDate){ 0 };
  }
  return week ? dg_calendar_week(day) : dg_date_from_day(day);
}

static size_t
ranked(const DgReader *r, size_t at, DgWhen *out)
{
  Rank rank;
  DgDate whole;
  const size_t begin = skip(r, at, "the|le|la|on the");
  size_t next = rank_at(r, begin, &rank);
  next = next ? dg_reader_phrase(r, next, "of|in|de|d '|du") : 0;
  const size_t end = next ? whole_at(r, next, &whole) : 0;
  if (!end || whole.precision == DG_DATE_WEEK) {
    return 0;
  }
  *out = (DgWhen){ .date = rank.unit == 'F' ? whole : pick(rank, whole) };
  return out->date.precision != DG_DATE_NONE ? end : 0;
}

static size_t
few_at(const DgReader *r, size_t at, int32_t *n)
{
  *n = dg_reader_digits(r, at);
  return *n >= 0 ? at + 1 : dg_hundreds_at(r, at, n);
}

/* the first 2 weeks of 2021, the last four months of this year */
static size_t
several(const DgReader *r, size_t at, DgWhen *out)
{
  static const char order[] =
      "first|last|premiers|premieres|derniers|dernieres";
  const size_t begin = skip(r, at, "the|les");
  const size_t next = dg_reader_phrase(r, begin, order);
  int32_t n;
  size_t counted = few_at(r, next ? next : begin, &n);
  const size_t after =
      next || !counted ? 0 : dg_reader_phrase(r, counted, order);
  const size_t word = next ? next : after; /* les neuf premiers mois */
  if (!word) {
    return 0;
  }
  const bool last = dg_reader_in(r, word - 1, "last derniers dernieres");
  counted = after ? after : counted;
  const DgWord *const unit =
      counted ? dg_reader_as(r, counted, DG_WORD_PERIOD) : NULL;
  const size_t of =
      unit ? dg_reader_phrase(r, counted + 1, "of|de|d '|du|in") : 0;
  DgDate whole;
  const size_t end = of ? whole_at(r, of, &whole) : 0;
  if (!end || !strchr("DWM", unit->value) || n < 2 || n > 366) {
    return 0;
  }
  Rank rank = { .n = 1, .from_end = last, .unit = unit->value, .weekday = -1 };
  const DgDate near = pick(rank, whole);
  rank.n = n;
  const DgDate far = pick(rank, whole);
  *out = last ? (DgWhen){ .date = far, .last = near }
              : (DgWhen){ .date = near, .last = far };
  return near.precision && far.precision ? end : 0;
}

/* 20th of next month, the 21st this month, le 3 de ce mois */
static size_t
day_of(const DgReader *r, size_t at, DgWhen *out)
{
  int day;
  DgWhen when;
  const size_t begin = skip(r, at, "the|le");
  size_t next = dg_day_at(r, begin, &day);
  if (!next) {
    return 0;
  }
  const size_t of = dg_reader_phrase(r, next, "day of|of|de|du|in|day in");
  DgDecimal rank;
  if (!of && dg_ordinal_at(r, begin, &rank) != next) {
    return 0; /* 2 derniers mois */
  }
  next = skip(r, of ? of : next, "the");
  const size_t end = dg_relative_at(r, next, &when);
  if (!end || when.date.precision != DG_DATE_MONTH) {
    return 0;
  }
  *out = (DgWhen){ .date =
                       dg_calendar_date(when.date.year, when.date.month, day) };
  return dg_calendar_exists(out->date) ? end : 0;
}

/* the week of October 6th, la semaine du 6 octobre; week 31 */
static size_t
week_of(const DgReader *r, size_t at, DgWhen *out)
{
  const size_t begin = skip(r, at, "the|la");
  const size_t of = dg_reader_phrase(
      r, begin,
      "week of the|week of|semaine du|week starting on|week starting|"
      "week beginning|week commencing|w / c");
  DgWhen when;
  if (of) {
    size_t end = dg_absolute_at(r, of, &when);
    end = end ? end : dg_bare_day_at(r, of, -1, &when);
    if (!end || when.date.precision != DG_DATE_DAY) {
      return 0;
    }
    *out = (DgWhen){ .date = dg_calendar_coarser(when.date, DG_DATE_WEEK) };
    const bool sunday = dg_date_weekday(dg_date_first_day(when.date)) == 6;
    if (sunday) { /* a week that is named by a Sunday begins after it */
      out->date = dg_calendar_add(out->date, 1);
    }
    return end;
  }
  const int32_t n = dg_reader_digits(r, begin + 1);
  if (begin > at || !dg_reader_in(r, begin, "week semaine") || n < 1 ||
      n > 53 || !r->dated) {
    return 0;
  }
  int year = dg_date_from_day(r->today).year;
  size_t end = begin + 2;
  const size_t of_year = skip(r, end, "of|de");
  size_t dated = dg_year_at(r, of_year, false, &year);
  if (!dated && of_year > end && (dated = dg_relative_at(r, of_year, &when))) {
    if (when.date.precision != DG_DATE_YEAR) {
      return 0;
    }
    year = when.date.year;
  }
  *out = (DgWhen){ .date = { .year = (int16_t)year,
                             .part = (uint8_t)n,
                             .precision = DG_DATE_WEEK } };
  end = dated ? dated : end;
  return dg_calendar_exists(out->date) ? end : 0;
}

/* EOY, BOM */
static size_t
initials(const DgReader *r, size_t at, DgWhen *out)
{
  const size_t begin = at;
  if (!dg_reader_in(r, begin, "eoy eom boy bom") || !r->dated ||
      !(dg_reader_token(r, begin)->flags & DG_TOKEN_CAPS)) {
    return 0;
  }
  const bool year = dg_reader_in(r, begin, "eoy boy");
  *out = (DgWhen){ .date = dg_current_period(r, year ? 'Y' : 'M') };
  return begin + 1;
}

size_t
dg_part_of_period_at(const DgReader *r, size_t at, DgWhen *out)
{
  static size_t (*const readers[])(const DgReader *, size_t, DgWhen *) = {
    edge, earlier, rest_of, several, ranked, day_of, week_of, initials,
  };
  for (size_t i = 0; i < sizeof readers / sizeof *readers; ++i) {
    const size_t end = readers[i](r, at, out);
    if (end) {
      return end;
    }
  }
  return 0;
}

/* First month of a season and of the year it is named after. */
size_t
dg_season_at(const DgReader *r, size_t at, DgWhen *out)
{
  size_t begin = skip(r, at, "the|le|l '|au");
  const DgWord *const before = dg_reader_as(r, begin, DG_WORD_REL);
  begin += before != NULL;
  const DgWord *const season = dg_reader_as(r, begin, DG_WORD_SEASON);
  if (!season) {
    return 0;
  }
  int year;
  const size_t of = skip(r, begin + 1, "of|de");
  size_t end = dg_year_at(r, of, false, &year);
  const DgWord *const after =
      dg_reader_as_in(r, begin + 1, DG_WORD_REL, DG_WORD_FR);
  const DgWord *const rel = before ? before : after;
  const uint8_t month = (uint8_t)(season->value * 3);
  if (!end) {
    if (!rel || !r->dated) {
      return 0;
    }
    const DgDate today = dg_date_from_day(r->today);
    year = today.year;
    const bool begun = today.month >= month;
    year -= rel->value == 0 && month == 12 && today.month <= 3;
    year += rel->value > 0 && begun ? 1 : rel->value < 0 && !begun ? -1 : 0;
    end = before ? begin + 1 : begin + 2;
  }
  *out = (DgWhen){ .date = { .year = (int16_t)year,
                             .month = month,
                             .precision = DG_DATE_MONTH } };
  out->last = dg_calendar_add(out->date, 3);
  return out->last.precision != DG_DATE_NONE ? end : 0;
}
