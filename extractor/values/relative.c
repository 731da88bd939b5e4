/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

DgDate
dg_current_period(const DgReader *r, int32_t unit)
{
  static const struct {
    char unit;
    DgDatePrecision precision;
  } known[] = {
    { 'Y', DG_DATE_YEAR },  { 'H', DG_DATE_HALF }, { 'Q', DG_DATE_QUARTER },
    { 'M', DG_DATE_MONTH }, { 'W', DG_DATE_WEEK }, { 'D', DG_DATE_DAY },
  };
  for (size_t i = 0; i < sizeof known / sizeof *known && r->dated; ++i) {
    if (known[i].unit == unit) {
      return dg_calendar_coarser(dg_date_from_day(r->today),
                                 known[i].precision);
    }
  }
  return (DgDate){ 0 };
}

static size_t
give(DgDate date, size_t end, DgWhen *out)
{
  *out = (DgWhen){ .date = date };
  return date.precision != DG_DATE_NONE ? end : 0;
}

static size_t
skip(const DgReader *r, size_t at, const char *phrases)
{
  const size_t end = dg_reader_phrase(r, at, phrases);
  return end ? end : at;
}

/* Part of the day: the day itself is what is kept. */
static const char parts_of_day[] = "matin|soir|apres - midi|midi|morning|"
                                   "afternoon|evening|night|nuit";

/* hier, avant-hier, ce matin, the day after tomorrow */
static size_t
day(const DgReader *r, size_t at, DgWhen *out)
{
  static const struct {
    const char *phrases;
    int32_t days;
  } fixed[] = {
    { "avant - hier|avant hier|the day before yesterday|day before yesterday",
      -2 },
    { "apres - demain|apres demain|the day after tomorrow|day after tomorrow",
      2 },
    { "aujourd ' hui|ce jour|ce matin|ce soir|cet apres - midi|cette nuit|"
      "this morning|this afternoon|this evening",
      0 },
    { "last night", -1 },
  };
  if (!r->dated) {
    return 0;
  }
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; ++i) {
    const size_t end = dg_reader_phrase(r, at, fixed[i].phrases);
    if (end) {
      return give(dg_date_from_day(r->today + fixed[i].days), end, out);
    }
  }
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_DAYREL);
  if (!word || dg_reader_in(r, at, "aujourd")) {
    return 0;
  }
  const size_t end = skip(r, at + 1, parts_of_day);
  return give(dg_date_from_day(r->today + word->value), end, out);
}

/* The nearest such weekday, the day itself left out when `strict`. */
static DgDate
near_weekday(const DgReader *r, int weekday, bool ahead, bool strict)
{
  const int today = dg_date_weekday(r->today);
  int step = ahead ? (weekday - today + 7) % 7 : -((today - weekday + 7) % 7);
  if (step == 0 && strict) {
    step = ahead ? 7 : -7;
  }
  return dg_date_from_day(r->today + step);
}

static DgDate
weekday_of_week(const DgReader *r, int weekday, int32_t weeks)
{
  const int32_t monday = r->today - dg_date_weekday(r->today);
  return dg_date_from_day(monday + weeks * 7 + weekday);
}

/* "last week", "de la semaine derniere" after a weekday. */
static size_t
week_after(const DgReader *r, size_t at, int32_t *weeks)
{
  static const struct {
    const char *phrases;
    int32_t weeks;
  } known[] = {
    { "last week|of last week|from last week|of the previous week|la semaine derniere|de la semaine "
      "derniere|la semaine passee",
      -1 },
    { "this week|of this week|cette semaine|de cette semaine", 0 },
    { "next week|of next week|of the following week|of the coming week|la semaine prochaine|de la semaine prochaine|la "
      "semaine suivante|de la semaine suivante|la semaine d ' apres|de la "
      "semaine d ' apres",
      1 },
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
    const size_t end = dg_reader_phrase(r, at, known[i].phrases);
    if (end) {
      *weeks = known[i].weeks;
      return end;
    }
  }
  return 0;
}

/* "en huit" and "en quinze": a week, two weeks after the day itself. */
static size_t
en_huit(const DgReader *r, size_t at, int32_t *weeks)
{
  if (!dg_reader_in(r, at, "en") || !(r->langs & DG_WORD_FR)) {
    return 0;
  }
  int32_t n = dg_reader_digits(r, at + 1);
  const size_t end = n >= 0 ? at + 2 : dg_tens_at(r, at + 1, &n);
  *weeks = n == 8 ? 1 : 2;
  return n == 8 || n == 15 ? end : 0;
}

/* The weekday on or after tomorrow that is `weeks` weeks from its like in
 * this week. */
static DgDate
weekday_in_weeks(const DgReader *r, int weekday, int32_t weeks)
{
  const bool over = weekday <= dg_date_weekday(r->today) - 1;
  return weekday_of_week(r, weekday, weeks + over);
}

/* lundi dernier, next Monday, Friday of last week, vendredi */
static size_t
weekday(const DgReader *r, size_t at, DgWhen *out)
{
  int32_t weeks;
  const size_t whose = week_after(r, at, &weeks);
  const size_t s = whose ? dg_reader_phrase(r, whose, "' s|on|, on|,") : 0;
  const size_t of = s ? s : whose;
  const DgWord *const owned = of ? dg_reader_as(r, of, DG_WORD_WEEKDAY) : NULL;
  if (owned && r->dated) { /* last week's Sunday, next week on Tuesday */
    return give(weekday_of_week(r, owned->value, weeks), of + 1, out);
  }
  const DgWord *before = dg_reader_as(r, at, DG_WORD_REL);
  size_t place = before ? at + 1 : at;
  const DgWord *const second = dg_reader_as(r, place, DG_WORD_REL);
  if (before && second) { /* this past Wednesday */
    before = second;
    ++place;
  }
  const DgWord *const word = dg_reader_as(r, place, DG_WORD_WEEKDAY);
  if (!word || !r->dated) {
    return 0;
  }
  const bool upper = (dg_reader_token(r, place)->flags & DG_TOKEN_UPPER) != 0;
  size_t end = place + 1;
  if (word->len <= 5) { /* an abbreviation: mon., Tue */
    const bool dot = dg_reader_mark(r, end, '.');
    if (word->len <= 4 && !dot && !upper && word->langs != DG_WORD_EN) {
      return 0;
    }
    if (dg_reader_in(r, place, "sat sun wed mon mar mer sam") && !dot &&
        !upper) {
      return 0;
    }
    if (word->langs == DG_WORD_FR && at > 0 &&
        dg_reader_kind(r, at - 1, DG_TOKEN_WORD) &&
        !dg_reader_in(r, at - 1, "le ce du au")) {
      return 0; /* a la mer. */
    }
    end += word->len <= 4 && dot && !dg_reader_kind(r, end + 1, DG_TOKEN_END);
  }
  const size_t week = week_after(r, end, &weeks);
  if (week) {
    return give(weekday_of_week(r, word->value, weeks), week, out);
  }
  const size_t following = dg_reader_phrase(r, end, "suivant|d ' apres");
  if (following && !before) {
    return give(weekday_of_week(r, word->value, 1), following, out);
  }
  const DgWord *const after = dg_reader_as_in(r, end, DG_WORD_REL, DG_WORD_FR);
  if (after && after->value && !before) {
    return give(near_weekday(r, word->value, after->value > 0, true), end + 1,
                out);
  }
  const size_t after_next = dg_reader_phrase(r, end, "after next");
  if (after_next) { /* the one after the next */
    const DgDate day = near_weekday(r, word->value, true, true);
    return give(dg_calendar_add(day, 7), after_next, out);
  }
  const size_t weeks_on = en_huit(r, end, &weeks);
  if (weeks_on) {
    return give(weekday_in_weeks(r, word->value, weeks), weeks_on, out);
  }
  if (before && before->value) {
    /* "last" and "next" name the week before or after; "past" and "coming"
     * the nearest such day. */
    const bool week_of = dg_reader_in(r, place - 1, "last previous next following");
    return give(week_of ? weekday_of_week(r, word->value, before->value)
                        : near_weekday(r, word->value, before->value > 0, true),
                end, out);
  }
  const bool ahead = dg_lies_ahead(r, at);
  end = skip(r, end, parts_of_day);
  return give(near_weekday(r, word->value, ahead, ahead), end, out);
}

/* The month named before or after "last", "prochain", "de l'an dernier". */
static size_t
month(const DgReader *r, size_t at, DgWhen *out)
{
  const DgWord *const before = dg_reader_as(r, at, DG_WORD_REL);
  const size_t place = before ? at + 1 : at;
  const DgWord *const word = dg_reader_as(r, place, DG_WORD_MONTH);
  if (!word || !r->dated) {
    return 0;
  }
  const bool upper = (dg_reader_token(r, place)->flags & DG_TOKEN_UPPER) != 0;
  if (dg_reader_in(r, place, "may march") && !upper &&
      dg_reader_kind(r, place + 1, DG_TOKEN_WORD)) {
    return 0; /* this may be */
  }
  const DgDate today = dg_date_from_day(r->today);
  DgDate date = { .year = today.year,
                  .month = (uint8_t)word->value,
                  .precision = DG_DATE_MONTH };
  const DgWord *const after =
      dg_reader_as_in(r, place + 1, DG_WORD_REL, DG_WORD_FR);
  const size_t year = dg_reader_phrase(
      r, place + 1,
      "last year|of last year|de l ' an dernier|de l ' annee derniere|l ' an "
      "dernier|l ' annee derniere");
  if (year) {
    --date.year;
    return give(date, year, out);
  }
  const size_t after_next = dg_reader_phrase(r, place + 1, "after next");
  if (after_next) {
    date.year = (int16_t)(date.year + (word->value <= today.month ? 2 : 1));
    return give(date, after_next, out);
  }
  const DgWord *const rel = before ? before : after;
  if (!rel) {
    return 0;
  }
  if (rel->value < 0 && word->value >= today.month) {
    --date.year;
  } else if (rel->value > 0 && word->value <= today.month) {
    ++date.year;
  }
  return give(date, before ? place + 1 : place + 2, out);
}

/* this weekend, le week-end dernier: Saturday and Sunday */
static size_t
weekend(const DgReader *r, size_t at, DgWhen *out)
{
  const DgWord *const before = dg_reader_as(r, at, DG_WORD_REL);
  const bool that = dg_reader_in(r, at, "that the le");
  const size_t place = before || that ? at + 1 : at;
  const size_t end = dg_reader_phrase(r, place, "weekend|week - end");
  const DgWord *const after =
      end ? dg_reader_as_in(r, end, DG_WORD_REL, DG_WORD_FR) : NULL;
  const DgWord *const rel = before ? before : after;
  if (!end || (!rel && !that)) {
    return 0;
  }
  const int32_t weeks = rel ? rel->value : 0;
  *out = (DgWhen){ .date = weekday_of_week(r, 5, weeks),
                   .last = weekday_of_week(r, 6, weeks) };
  return after && !before ? end + 1 : end;
}

/* the week after next; year to date */
static size_t
fixed(const DgReader *r, size_t at, DgWhen *out)
{
  const size_t begin = skip(r, at, "the");
  const DgWord *const unit = dg_reader_as(r, begin, DG_WORD_PERIOD);
  const size_t next = unit ? dg_reader_phrase(r, begin + 1, "after next") : 0;
  if (next) {
    return give(dg_calendar_add(dg_current_period(r, unit->value), 2), next,
                out);
  }
  const size_t to_date = dg_reader_phrase(r, at, "year to date");
  if (to_date) {
    const DgDate today = dg_date_from_day(r->today);
    *out = (DgWhen){ .date = dg_calendar_date(today.year, 1, 1),
                     .last = today };
  }
  return to_date;
}

/* last month, la semaine derniere, cette annee, the current quarter */
static size_t
period(const DgReader *r, size_t at, DgWhen *out)
{
  const size_t begin = skip(r, at, "le|la|l '");
  const DgWord *const before = dg_reader_as(r, begin, DG_WORD_REL);
  if (before) {
    const size_t fiscal = skip(r, begin + 1, "fiscal|financial|calendar");
    const DgWord *const unit = dg_reader_as(r, fiscal, DG_WORD_PERIOD);
    if (!unit || strchr("hmsEXCF", unit->value) != NULL ||
        (unit->text[unit->len - 1] == 's' && unit->len > 4)) {
      return 0;
    }
    size_t end = skip(r, fiscal + 1, "- ci|- la");
    return give(
        dg_calendar_add(dg_current_period(r, unit->value), before->value), end,
        out);
  }
  const DgWord *const unit =
      dg_reader_as_in(r, begin, DG_WORD_PERIOD, DG_WORD_FR);
  const bool of =
      at > 0 && (dg_reader_in(r, at - 1, "du de") ||
                 (dg_reader_mark(r, at - 1, '\'') && dg_reader_glued(r, at)));
  if (!unit || (begin == at && !of)) {
    return 0;
  }
  const size_t coming =
      dg_reader_phrase(r, begin + 1, "qui suit|qui vient|a venir");
  if (coming) {
    return give(dg_calendar_add(dg_current_period(r, unit->value), 1), coming,
                out);
  }
  const size_t current = dg_reader_phrase(r, begin + 1, "en cours");
  const DgWord *const after =
      dg_reader_as_in(r, begin + 1, DG_WORD_REL, DG_WORD_FR);
  if (current) {
    return give(dg_current_period(r, unit->value), current, out);
  }
  if (!after || dg_reader_in(r, at, "les")) {
    return 0;
  }
  return give(dg_calendar_add(dg_current_period(r, unit->value), after->value),
              begin + 2, out);
}

size_t
dg_relative_at(const DgReader *r, size_t at, DgWhen *out)
{
  static size_t (*const readers[])(const DgReader *, size_t, DgWhen *) = {
    day,
    weekday,
    weekend,
    month,
    fixed,
    period,
  };
  for (size_t i = 0; i < sizeof readers / sizeof *readers && r->dated; ++i) {
    const size_t end = readers[i](r, at, out);
    if (end) {
      return end;
    }
  }
  return 0;
}
