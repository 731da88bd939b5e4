/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

static size_t
skip(const DgReader *r, size_t at, const char *phrases)
{
  const size_t end = dg_reader_phrase(r, at, phrases);
  return end ? end : at;
}

static size_t
give(DgDate date, size_t end, DgWhen *out)
{
  *out = (DgWhen){ .date = date };
  return date.precision != DG_DATE_NONE ? end : 0;
}

/* A count in words or digits: two, 3, a few, a couple of. */
static size_t
count_at(const DgReader *r, size_t at, int32_t *n)
{
  DgNumber number;
  const size_t few =
      dg_reader_phrase(r, at, "few|couple of|couple|a couple of|a couple");
  if (few && (r->langs & DG_WORD_EN)) {
    *n = dg_reader_in(r, at, "few") ? 3 : 2;
    return few;
  }
  const size_t words = dg_hundreds_at(r, at, n);
  if (words && *n > 0) {
    return words;
  }
  const size_t end = dg_number_at(r, at, DG_NUMBER_ARTICLE, &number);
  if (!end || number.value.scale || number.value.digits < 1 ||
      number.value.digits > 5000 || number.fraction || number.scaled) {
    return 0;
  }
  *n = (int32_t)number.value.digits;
  return end;
}

/* The unit after a count; decades and fortnights are counted in years and
 * weeks. */
static size_t
unit_at(const DgReader *r, size_t at, int32_t *n, int32_t *unit)
{
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_PERIOD);
  if (!word || strchr("hmsECS", word->value)) {
    return 0;
  }
  *unit = word->value;
  if (*unit == 'X') {
    *n *= 10;
    *unit = 'Y';
  } else if (*unit == 'F') {
    *n *= 2;
    *unit = 'W';
  }
  return at + 1;
}

/* n units before or after the present one, as a range of whole units. */
static size_t
set_range(const DgReader *r, int32_t n, int32_t unit, int32_t sign, size_t end,
          DgWhen *out)
{
  const DgDate now = dg_current_period(r, unit);
  const DgDate one = dg_calendar_add(now, sign);
  const DgDate far = dg_calendar_add(now, sign * n);
  if (one.precision == DG_DATE_NONE || far.precision == DG_DATE_NONE) {
    return 0;
  }
  *out = (DgWhen){ .date = sign < 0 ? far : one };
  if (n > 1) {
    out->last = sign < 0 ? one : far;
  }
  return end;
}

/* last 3 weeks, the next few days, les trois derniers mois, 2 past years */
static size_t
run(const DgReader *r, size_t at, DgWhen *out)
{
  int32_t n;
  int32_t unit;
  const size_t begin = at;
  const DgWord *rel = dg_reader_as(r, begin, DG_WORD_REL);
  const size_t first = rel ? begin + 1 : begin;
  size_t end = count_at(r, first, &n);
  if (!end) {
    return 0;
  }
  if (!rel) {
    rel = dg_reader_as(r, end, DG_WORD_REL);
    end += rel != NULL;
  }
  const bool bare =
      rel && first == begin && dg_reader_in(r, end - 1, "next last");
  end = skip(r, end, "business|working|calendar|fiscal|full|jours ouvres");
  end = unit_at(r, end, &n, &unit);
  if (end && bare && n > 1 && !dg_reader_plural(r, end - 1)) {
    return 0; /* only 3 next week */
  }
  if (end && !rel) {
    rel = dg_reader_as_in(r, end, DG_WORD_REL, DG_WORD_FR);
    end += rel != NULL;
  }
  return end && rel && rel->value && unit
             ? set_range(r, n, unit, rel->value, end, out)
             : 0;
}

/* two years ago, il y a deux ans, in 2 weeks, dans trois mois */
static size_t
offset(const DgReader *r, size_t at, DgWhen *out)
{
  int32_t n;
  int32_t unit;
  size_t next = dg_reader_phrase(r, at, "il y a|il ya|voici|voila");
  int sign = next ? -1 : 0;
  if (!next) {
    next = dg_reader_phrase(r, at, "dans|in");
    sign = next ? 1 : 0;
  }
  next = next ? next : at;
  const size_t about = skip(r, next,
                            "environ|about|around|pres de|quelque|"
                            "some|a peu pres|almost|nearly|just over|"
                            "plus de|plus d '|more than|over");
  size_t end = count_at(r, about, &n);
  end = end ? unit_at(r, end, &n, &unit) : 0;
  if (!end) {
    return 0;
  }
  const size_t ago = dg_reader_phrase(r, end, "ago|back");
  const size_t hence = dg_reader_phrase(
      r, end,
      "from now|hence|from today|after today|a compter d ' aujourd ' "
      "hui");
  if ((!sign && !ago && !hence) || (sign > 0 && hence)) {
    return 0;
  }
  sign = sign ? sign : ago ? -1 : 1;
  end = ago ? ago : hence ? hence : end;
  return give(dg_calendar_add(dg_current_period(r, unit), sign * n), end, out);
}

static int32_t
months_in(int32_t unit)
{
  return unit == 'Y' ? 12 : unit == 'H' ? 6 : unit == 'Q' ? 3 : 1;
}

/* `n` units after `day`, or before it. */
static DgDate
step(DgDate day, int32_t n, int32_t unit)
{
  return unit == 'D' || unit == 'W'
             ? dg_calendar_add(day, n * (unit == 'W' ? 7 : 1))
             : dg_calendar_add_months(day, n * months_in(unit));
}

/* 2 weeks and 2 days ago, a year and three months ago: two units */
static size_t
compound(const DgReader *r, size_t at, DgWhen *out)
{
  int32_t n;
  int32_t m;
  int32_t large;
  int32_t small;
  const size_t il_y_a = dg_reader_phrase(r, at, "il y a");
  size_t end = count_at(r, il_y_a ? il_y_a : at, &n);
  end = end ? unit_at(r, end, &n, &large) : 0;
  end = end ? dg_reader_phrase(r, end, "and|et") : 0;
  end = end ? count_at(r, end, &m) : 0;
  end = end ? unit_at(r, end, &m, &small) : 0;
  const size_t ago = end && !il_y_a ? dg_reader_phrase(r, end, "ago") : end;
  if (!ago) {
    return 0;
  }
  DgDate day = step(dg_date_from_day(r->today), -n, large);
  day = step(day, -m, small);
  const DgDatePrecision precision = small == 'D'   ? DG_DATE_DAY
                                    : small == 'W' ? DG_DATE_WEEK
                                    : small == 'M' ? DG_DATE_MONTH
                                                   : DG_DATE_YEAR;
  return give(dg_calendar_coarser(day, precision), ago, out);
}

/* The words between a length of time and its first day. */
static size_t
starting_at(const DgReader *r, size_t at)
{
  return dg_reader_phrase(
      r, at,
      "starting from|starting on|starting|beginning on|beginning|, starting "
      "from|, starting on|, starting|, beginning on|, beginning|commencing on|"
      "commencing|a compter du|a compter de|a compter d '|a partir du|a partir "
      "de|a partir d '|, a compter du|, a compter de|, a partir du|, a partir "
      "de");
}

/* for 3 days from today, five years starting May 20th: the days or months of
 * that time */
static size_t
lasting(const DgReader *r, size_t at, DgWhen *out)
{
  int32_t n;
  int32_t unit;
  const size_t lead = dg_reader_phrase(r, at, "for|pour|pendant|durant");
  size_t end = count_at(r, lead ? lead : at, &n);
  end = end ? unit_at(r, end, &n, &unit) : 0;
  size_t from = end && !lead ? starting_at(r, end) : 0;
  from = end && !from && lead ? dg_reader_phrase(r, end, "from|, from") : from;
  DgWhen when;
  size_t stop = from ? dg_relative_at(r, from, &when) : 0;
  stop = from && !stop ? dg_absolute_at(r, from, &when) : stop;
  if (!stop || when.last.precision || n > 200) {
    return 0;
  }
  const DgDatePrecision precision = when.date.precision;
  if (precision != DG_DATE_DAY && precision != DG_DATE_MONTH &&
      !(precision == DG_DATE_YEAR && unit == 'Y')) {
    return 0;
  }
  const DgDate first = dg_calendar_coarser(when.date, DG_DATE_DAY);
  const DgDate last = dg_calendar_add(step(first, n, unit), -1);
  *out = (DgWhen){ .date = when.date,
                   .last = dg_calendar_coarser(last, precision) };
  const bool grows = last.precision && dg_date_first_day(out->last) >
                                           dg_date_first_day(when.date);
  return grows ? stop : 0;
}

/* within 9 months, d'ici trois ans: from now to then */
static size_t
within(const DgReader *r, size_t at, DgWhen *out)
{
  int32_t n;
  int32_t unit;
  size_t next = dg_reader_phrase(r, at, "within the next|within next|within");
  size_t end = next ? count_at(r, next, &n) : 0;
  end = end ? unit_at(r, end, &n, &unit) : 0;
  if (!end) {
    return 0;
  }
  const DgDate now = dg_current_period(r, unit);
  *out = (DgWhen){ .date = now, .last = dg_calendar_add(now, n) };
  return out->last.precision != DG_DATE_NONE ? end : 0;
}

/* three weeks from tomorrow, 3 days after January 12th */
static size_t
from_day(const DgReader *r, size_t at, DgWhen *out)
{
  int32_t n;
  int32_t unit;
  const size_t more = dg_reader_phrase(r, at, "more than|plus de");
  const size_t less = dg_reader_phrase(r, at, "less than|moins de|within");
  size_t end = count_at(r, more ? more : less ? less : at, &n);
  end = end ? unit_at(r, end, &n, &unit) : 0;
  const size_t after = end ? dg_reader_phrase(r, end, "after|from|apres") : 0;
  const size_t before = end ? dg_reader_phrase(r, end, "before|avant") : 0;
  const size_t next = after ? after : before;
  DgWhen when;
  size_t stop = next ? dg_relative_at(r, next, &when) : 0;
  stop = next && !stop ? dg_absolute_at(r, next, &when) : stop;
  if (!stop || when.date.precision != DG_DATE_DAY || when.last.precision) {
    return 0;
  }
  const DgDate base = when.date;
  const int32_t signed_n = after ? n : -n;
  const DgQualifier qualifier = !more   ? DG_QUALIFIER_EXACT
                                : after ? DG_QUALIFIER_MORE_THAN
                                        : DG_QUALIFIER_UP_TO;
  const DgDate far = step(base, signed_n, unit);
  if (less && far.precision) {
    *out = (DgWhen){ .date = after ? base : far, .last = after ? far : base };
    return stop;
  }
  stop = give(far, stop, out);
  out->qualifier = qualifier;
  return stop;
}

/* 3 Fridays from now, two Thursdays ago */
static size_t
weekdays(const DgReader *r, size_t at, DgWhen *out)
{
  int32_t n;
  const size_t next = count_at(r, at, &n);
  const DgWord *const word =
      next ? dg_reader_as(r, next, DG_WORD_WEEKDAY) : NULL;
  const size_t hence =
      word ? dg_reader_phrase(r, next + 1, "from now|hence") : 0;
  const size_t ago = word ? dg_reader_phrase(r, next + 1, "ago|back") : 0;
  if (!hence && !ago) {
    return 0;
  }
  const int today = dg_date_weekday(r->today);
  const int ahead = (word->value - today + 6) % 7 + 1;
  const int behind = (today - word->value + 6) % 7 + 1;
  const int32_t days = hence ? ahead + (n - 1) * 7 : -(behind + (n - 1) * 7);
  return give(dg_calendar_add(dg_date_from_day(r->today), days),
              hence ? hence : ago, out);
}

size_t
dg_counted_at(const DgReader *r, size_t at, DgWhen *out)
{
  static size_t (*const readers[])(const DgReader *, size_t, DgWhen *) = {
    run, lasting, from_day, compound, within, offset, weekdays,
  };
  for (size_t i = 0; i < sizeof readers / sizeof *readers && r->dated; ++i) {
    const size_t end = readers[i](r, at, out);
    if (end) {
      return end;
    }
  }
  return 0;
}
