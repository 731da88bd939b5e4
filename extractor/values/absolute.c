/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

enum { YEAR_MIN = 1000, YEAR_MAX = 2199 };

static size_t
skip_mark(const DgReader *r, size_t at, uint32_t code)
{
  return dg_reader_mark(r, at, code) ? at + 1 : at;
}

static int
century_of(int short_year)
{
  return short_year < 50 ? 2000 + short_year : 1900 + short_year;
}

size_t
dg_year_at(const DgReader *r, size_t at, bool two_digits, int *out)
{
  const bool quote = dg_reader_mark(r, at, '\'');
  const size_t next = at + quote;
  const int32_t value = dg_reader_digits(r, next);
  const size_t size = dg_reader_size(r, next);
  const bool tail =
      dg_reader_glued(r, next + 1) &&
      (dg_reader_kind(r, next + 1, DG_TOKEN_WORD) ||
       dg_reader_mark(r, next + 1, '%') ||
       (dg_reader_kind(r, next + 2, DG_TOKEN_DIGITS) &&
        dg_reader_glued(r, next + 2) &&
        (dg_reader_mark(r, next + 1, ',') || dg_reader_mark(r, next + 1, '.') ||
         dg_reader_mark(r, next + 1, ':'))));
  if (value < 0 || tail) {
    return 0;
  }
  if (size == 4 && !quote && value >= YEAR_MIN && value <= YEAR_MAX) {
    *out = value;
    return next + 1;
  }
  if (size == 2 && (quote || two_digits)) {
    *out = century_of(value);
    return next + 1;
  }
  return 0;
}

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
                   !dg_reader_kind(r, at + 2, DG_TOKEN_END);
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
  if (dg_reader_in(r, at, "may march mar sun")) {
    return upper && !(token->flags & DG_TOKEN_CAPS);
  }
  return dg_reader_size(r, at) > 3 || upper || dg_reader_mark(r, at + 1, '.');
}

static bool
set_day(DgWhen *out, int year, int month, int day)
{
  *out = (DgWhen){ .date = dg_calendar_date(year, month, day) };
  return dg_calendar_exists(out->date);
}

/* A bare day and month: the year by the reference date. */
static size_t
set_near(const DgReader *r, size_t at, size_t end, int month, int day,
         DgWhen *out)
{
  *out = (DgWhen){ .date = dg_near_year(r, at, month, day), .near = true };
  return out->date.precision != DG_DATE_NONE ? end : 0;
}

/* After a month or day: ", 2015", "de 2015", "of 2015", "2015". */
static size_t
following_year(const DgReader *r, size_t at, int *year)
{
  size_t next = dg_reader_phrase(r, at, "de|d '|of|,|in|de l ' annee");
  next = next ? next : at;
  if (dg_reader_breaks(r, next)) {
    return 0;
  }
  const size_t end =
      dg_year_at(r, next, next == at || dg_reader_mark(r, at, '\''), year);
  return end;
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
  if (!end) {
    return 0;
  }
  if ((dg_reader_mark(r, end, '-') || dg_reader_mark(r, end, '/')) &&
      dg_reader_glued(r, end) && dg_reader_glued(r, end + 1)) {
    const size_t dashed = dg_year_at(r, end + 1, true, &year);
    if (dashed) {
      return set_day(out, year, month, day) ? dashed : 0;
    }
  }
  const size_t dated = following_year(r, end, &year);
  if (dated) {
    return set_day(out, year, month, day) ? dated : 0;
  }
  return set_near(r, at, end, month, day, out);
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
  const bool named = is_month_name(r, at) ||
                     (dg_reader_as(r, at, DG_WORD_MONTH) && !verb &&
                      dg_reader_size(r, at) > 2);
  size_t next = named ? month_at(r, at, &month) : 0;
  if (!next) {
    return 0;
  }
  const size_t the = dg_reader_phrase(r, next, "the|le|/|-|, the|,");
  next = the ? the : next;
  const size_t end = dg_day_at(r, next, &day);
  if (!end ||
      (dg_reader_kind(r, end, DG_TOKEN_DIGITS) && dg_reader_glued(r, end)) ||
      (dg_reader_mark(r, end, ',') && dg_reader_glued(r, end + 1) &&
       dg_reader_kind(r, end + 1, DG_TOKEN_DIGITS) &&
       dg_reader_size(r, end + 1) != 4) ||
      dg_reader_mark(r, end, '%')) {
    return 0;
  }
  const size_t dated = following_year(r, end, &year);
  if (dated) {
    return set_day(out, year, month, day) ? dated : 0;
  }
  return set_near(r, at, end, month, day, out);
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
  next = is_month_name(r, at) ? month_at(r, at, &month) : 0;
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
  return set_near(r, at, next, month, 0, out);
}

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
    return set_day(out, year, month, day) ? at + 5 : 0;
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
  const size_t end = dg_year_at(r, at + 4, true, &year);
  return end && order(r, a, b, &day, &month) && set_day(out, year, month, day)
             ? end
             : 0;
}

/* Which part of the year a word such as T3, Q3, S1, H1 names. */
static size_t
part_letter(const DgReader *r, size_t at, DgDate *out)
{
  const bool quarter = dg_reader_in(r, at, "t q");
  const int32_t part = dg_reader_digits(r, at + 1);
  if (!(quarter || dg_reader_in(r, at, "h s")) || !dg_reader_glued(r, at + 1) ||
      dg_reader_size(r, at + 1) != 1 || part < 1 || part > (quarter ? 4 : 2) ||
      !(dg_reader_token(r, at)->flags & DG_TOKEN_UPPER) ||
      (dg_reader_in(r, at, "t s") && !(r->langs & DG_WORD_FR))) {
    return 0;
  }
  *out = (DgDate){ .part = (uint8_t)part,
                   .precision = quarter ? DG_DATE_QUARTER : DG_DATE_HALF };
  return at + 2;
}

/* troisieme trimestre, second half, 3e trimestre */
static size_t
part_words(const DgReader *r, size_t at, DgDate *out)
{
  DgDecimal rank;
  size_t next = dg_ordinal_at(r, at, &rank);
  if (!next) {
    next = dg_reader_phrase(r, at, "dernier|last|final");
    rank = (DgDecimal){ 0, 0 };
  }
  if (!next || rank.scale || rank.digits > 4) {
    return 0;
  }
  next = dg_reader_phrase(r, next, "fiscal|-") ? next + 1 : next;
  const DgWord *const period = dg_reader_as(r, next, DG_WORD_PERIOD);
  const bool half = (period && period->value == 'H') ||
                    dg_reader_in(r, next, "half semester");
  if (!half && !(period && period->value == 'Q')) {
    return 0;
  }
  const int most = half ? 2 : 4;
  const int part = rank.digits ? (int)rank.digits : most;
  *out = (DgDate){ .part = (uint8_t)part,
                   .precision = half ? DG_DATE_HALF : DG_DATE_QUARTER };
  return part <= most ? next + 1 : 0;
}

/* The last quarter or half that has begun, or the next one, by direction. */
static size_t
near_part(const DgReader *r, size_t at, size_t end, DgDate part, DgWhen *out)
{
  if (!r->dated) {
    return 0;
  }
  const DgDate today = dg_date_from_day(r->today);
  part.year = today.year;
  const bool ahead = dg_lies_ahead(r, at);
  if (!ahead && dg_date_first_day(part) > r->today) {
    part = dg_calendar_add(part, part.precision == DG_DATE_HALF ? -2 : -4);
  } else if (ahead && dg_date_last_day(part) < r->today) {
    part = dg_calendar_add(part, part.precision == DG_DATE_HALF ? 2 : 4);
  }
  *out = (DgWhen){ .date = part };
  return part.precision != DG_DATE_NONE ? end : 0;
}

/* T3 2024, Q3 of 2018, troisieme trimestre 2024, 3Q24, 2018Q4, 1H 2023 */
static size_t
part_of_year(const DgReader *r, size_t at, DgWhen *out)
{
  DgDate part;
  int year;
  size_t next = part_letter(r, at, &part);
  next = next ? next : part_words(r, at, &part);
  const int32_t digit = dg_reader_digits(r, at);
  if (!next && digit > 0 && dg_reader_size(r, at) == 1 &&
      dg_reader_in(r, at + 1, "q h") && dg_reader_glued(r, at + 1)) {
    const bool quarter = dg_reader_in(r, at + 1, "q");
    part = (DgDate){ .part = (uint8_t)digit,
                     .precision = quarter ? DG_DATE_QUARTER : DG_DATE_HALF };
    next = digit <= (quarter ? 4 : 2) ? at + 2 : 0;
  }
  if (!next) {
    return 0;
  }
  size_t of = dg_reader_phrase(r, next,
                               "of the year|of|de l ' annee|de l ' "
                               "exercice|de|d '|in|,|fy");
  of = of ? of : next;
  const size_t end = dg_year_at(r, of, of == next, &year);
  if (end && !dg_reader_breaks(r, of)) {
    part.year = (int16_t)year;
    *out = (DgWhen){ .date = part };
    return end;
  }
  return near_part(r, at, next, part, out);
}

/* A bare year: what goes before or after shows that it is one. */
static size_t
bare_year(const DgReader *r, size_t at, DgWhen *out)
{
  int year;
  const size_t end = dg_year_at(r, at, false, &year);
  if (!end || year < 1800 || year > 2100 || dg_reader_mark(r, at, '\'')) {
    return 0;
  }
  const bool before =
      at > 0 && dg_reader_in(r, at - 1,
                             "en in since depuis by of de des d ici fin debut "
                             "mi year annee l exercice fy until before after "
                             "avant apres fiscal year pour for early late mid "
                             "during from to a and et");
  const bool clear =
      at > 0 && dg_reader_in(r, at - 1,
                             "en in since depuis by year annee exercice fy "
                             "until fin debut mi ici early late mid fiscal");
  const bool word = dg_reader_kind(r, end, DG_TOKEN_WORD);
  const bool small = dg_reader_in(
      r, end,
      "and et ou or to a au aux the le la les l de des du en in on at with "
      "avec for pour par by from was were is are has had have est sera ont "
      "mais but when quand lorsque apres before after as qui que dont d s "
      "contre against sur over selon after grace due comme puis then it its "
      "we he she they ce cette il elle ils nous on, bonus results resultats");
  const bool unit = dg_reader_as(r, end, DG_WORD_SCALE) ||
                    dg_reader_as(r, end, DG_WORD_PERIOD) ||
                    dg_reader_mark(r, end, '%') ||
                    dg_reader_mark(r, end, 0x20AC) ||
                    dg_reader_mark(r, end, '$') || dg_reader_mark(r, end, '/');
  if (unit || (word && !clear && !small && !before)) {
    return 0;
  }
  if (at > 0 && dg_reader_glued(r, at) && !dg_reader_mark(r, at - 1, '(') &&
      !dg_reader_mark(r, at - 1, '\'')) {
    return 0;
  }
  *out =
      (DgWhen){ .date = { .year = (int16_t)year, .precision = DG_DATE_YEAR } };
  return end;
}

/* 17/02, le 2/3, on 2/15: day and month alone, where they cannot be a
 * fraction. */
static size_t
slashed_day(const DgReader *r, size_t at, DgWhen *out)
{
  const int32_t a = dg_reader_digits(r, at);
  const int32_t b = dg_reader_digits(r, at + 2);
  int day;
  int month;
  if (a < 1 || b < 1 || !dg_reader_mark(r, at + 1, '/') ||
      !dg_reader_glued(r, at + 1) || !dg_reader_glued(r, at + 2) ||
      dg_reader_size(r, at) > 2 || dg_reader_size(r, at + 2) > 2 ||
      (dg_reader_mark(r, at + 3, '/') && dg_reader_glued(r, at + 3)) ||
      !order(r, a, b, &day, &month)) {
    return 0;
  }
  const bool named =
      at > 0 && (dg_reader_in(r, at - 1, "le du au on until by before after") ||
                 dg_reader_as(r, at - 1, DG_WORD_WEEKDAY));
  const bool padded = dg_reader_size(r, at + 2) == 2 &&
                      *dg_reader_text(r, at + 2).ptr == '0';
  return named || padded || (day > 12 && a == day)
             ? set_near(r, at, at + 3, month, day, out)
             : 0;
}

/* 03/2024 */
static size_t
slashed_month(const DgReader *r, size_t at, DgWhen *out)
{
  const int32_t month = dg_reader_digits(r, at);
  int year;
  if (month < 1 || month > 12 || dg_reader_size(r, at) > 2 ||
      !dg_reader_mark(r, at + 1, '/') || !dg_reader_glued(r, at + 1) ||
      !dg_reader_glued(r, at + 2)) {
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
      month > 12 || dg_reader_size(r, at + 1) > 2 || dg_reader_size(r, at) > 2) {
    return 0;
  }
  const size_t end = dg_year_at(r, at + 2, true, &year);
  if (end && set_day(out, year, month, day)) {
    return end;
  }
  return le && !dg_reader_kind(r, at + 2, DG_TOKEN_WORD)
             ? set_near(r, at, at + 2, month, day, out)
             : 0;
}

/* 2018Q4, 18q4 */
static size_t
year_part(const DgReader *r, size_t at, DgWhen *out)
{
  const int32_t part = dg_reader_digits(r, at + 2);
  const bool quarter = dg_reader_in(r, at + 1, "q");
  int32_t year = dg_reader_digits(r, at);
  const size_t size = dg_reader_size(r, at);
  if (year < 0 || (size != 4 && size != 2) ||
      !(quarter || dg_reader_in(r, at + 1, "h")) ||
      !dg_reader_glued(r, at + 1) || !dg_reader_glued(r, at + 2) || part < 1 ||
      part > (quarter ? 4 : 2)) {
    return 0;
  }
  year = size == 2 ? century_of(year) : year;
  *out = (DgWhen){ .date = { .year = (int16_t)year,
                             .part = (uint8_t)part,
                             .precision =
                                 quarter ? DG_DATE_QUARTER : DG_DATE_HALF } };
  return dg_calendar_exists(out->date) ? at + 3 : 0;
}

/* The year that gives the day its weekday, looked for in the direction that
 * the sentence takes first. */
static void
match_weekday(const DgReader *r, size_t at, int weekday, DgWhen *when)
{
  const int step = dg_lies_ahead(r, at) ? 1 : -1;
  for (int i = 0; i < 12; ++i) {
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

/* A day of the month whose month the reference gives: le 16, the 15th,
 * mercredi 13. The weekday, when known, must fit. */
static size_t
bare_day(const DgReader *r, size_t at, int weekday, DgWhen *out)
{
  int day;
  const size_t end = dg_day_at(r, at, &day);
  if (!end || !r->dated || dg_reader_mark(r, end, '%') ||
      (dg_reader_glued(r, end) &&
       (dg_reader_kind(r, end, DG_TOKEN_WORD) ||
        dg_reader_kind(r, end + 1, DG_TOKEN_DIGITS)))) {
    return 0;
  }
  const bool ahead = dg_lies_ahead(r, at);
  DgDate month = dg_calendar_coarser(dg_date_from_day(r->today), DG_DATE_MONTH);
  for (int i = 0; i < 14; ++i, month = dg_calendar_add(month, ahead ? 1 : -1)) {
    const DgDate found = dg_calendar_date(month.year, month.month, day);
    if (!dg_calendar_exists(found)) {
      continue;
    }
    const int32_t number = dg_date_first_day(found);
    const bool right = weekday < 0 || dg_date_weekday(number) == weekday;
    if (right && (ahead ? number > r->today || (weekday >= 0 && number == r->today) : number <= r->today)) {
      *out = (DgWhen){ .date = found, .near = true };
      return end;
    }
  }
  return 0;
}

/* "le 16", "on the 15th": what follows must not be a thing that is counted. */
static size_t
lone_day(const DgReader *r, size_t at, DgWhen *out)
{
  const bool fr = dg_reader_in(r, at, "le") && dg_reader_digits(r, at + 1) > 0;
  const bool en = dg_reader_in(r, at, "the");
  const size_t end = fr || en ? bare_day(r, at + 1, -1, out) : 0;
  if (!end) {
    return 0;
  }
  const bool rank = dg_reader_digits(r, at + 1) > 0 && end == at + 3;
  const bool word = dg_reader_kind(r, end, DG_TOKEN_WORD);
  const bool small = dg_reader_in(
      r, end, "pour a au dernier prochain et avec en lors par dans for and or "
              "at to in with when from until");
  const bool on = at > 0 && dg_reader_in(r, at - 1, "on");
  if (fr) {
    return word && !small ? 0 : end;
  }
  return (rank && (!word || small)) || (on && (!word || small)) ? end : 0;
}

/* "lundi", "Mon,": a weekday before a date; gives its number. */
static size_t
skip_weekday(const DgReader *r, size_t at, int *weekday)
{
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_WEEKDAY);
  *weekday = word ? word->value : -1;
  if (!word) {
    return at;
  }
  size_t next = skip_mark(r, at + 1, '.');
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
    match_weekday(r, begin, word->value, out);
  }
  return next + 1;
}

size_t
dg_absolute_at(const DgReader *r, size_t at, DgWhen *out)
{
  static size_t (*const readers[])(const DgReader *, size_t, DgWhen *) = {
    year_first, numeric,      day_month, month_day, slashed_day,
    spaced,     part_of_year, year_part, month_year, slashed_month,
    bare_year,  lone_day,
  };
  enum { DAYS = 6 };
  int weekday;
  const size_t begin = skip_weekday(r, at, &weekday);
  const size_t tries = begin > at ? DAYS : sizeof readers / sizeof *readers;
  for (size_t i = 0; i < tries; ++i) {
    const size_t end = readers[i](r, begin, out);
    if (!end) {
      continue;
    }
    if (weekday >= 0 && out->near) {
      match_weekday(r, at, weekday, out);
    }
    return weekday_after(r, end, at, out);
  }
  return weekday >= 0 ? bare_day(r, begin, weekday, out) : 0;
}
