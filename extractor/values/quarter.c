/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

/* T3 and Q3; in small letters only beside a year. */
static bool
is_capital_or_dated(const DgReader *r, size_t at)
{
  int year;
  return (dg_reader_token(r, at)->flags & DG_TOKEN_UPPER) ||
         dg_year_at(r, at + 2, false, &year) ||
         dg_year_at(r, at + 3, false, &year) ||
         (at > 0 &&
          (dg_reader_size(r, at - 1) == 4 ||
           (dg_reader_size(r, at - 1) == 2 && dg_reader_glued(r, at)))) ||
         (at > 1 && dg_reader_mark(r, at - 1, '-') &&
          dg_reader_size(r, at - 2) == 4);
}

/* Which part of the year a word such as T3, Q3, S1, H1 names. */
static size_t
part_letter(const DgReader *r, size_t at, DgDate *out)
{
  const bool quarter = dg_reader_in(r, at, "t q");
  const int32_t part = dg_reader_digits(r, at + 1);
  if (!(quarter || dg_reader_in(r, at, "h s")) || !dg_reader_glued(r, at + 1) ||
      dg_reader_size(r, at + 1) != 1 || part < 1 || part > (quarter ? 4 : 2) ||
      !is_capital_or_dated(r, at) ||
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
  int year;
  if (!rank.digits &&
      !dg_year_at(r,
                  dg_reader_phrase(r, next + 1, "of|de") ? next + 2 : next + 1,
                  false, &year)) {
    return 0; /* the one before this one */
  }
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

/* 2018Q4, 18q4, 2017-q1, 2019 H2 */
static size_t
year_part(const DgReader *r, size_t at, DgWhen *out)
{
  int32_t year = dg_reader_digits(r, at);
  const size_t size = dg_reader_size(r, at);
  const size_t next = dg_reader_mark(r, at + 1, '-') ? at + 2 : at + 1;
  DgDate part;
  if (year < 0 || !(size == 4 || (size == 2 && dg_reader_glued(r, next))) ||
      !part_letter(r, next, &part) || dg_reader_in(r, next, "t s")) {
    return 0;
  }
  part.year = (int16_t)(size == 2 ? dg_short_year(year) : year);
  *out = (DgWhen){ .date = part };
  return dg_calendar_exists(part) ? next + 2 : 0;
}

/* Whose part it is: next year's first quarter, last year's Q3. */
static size_t
owner_at(const DgReader *r, size_t at, int *year)
{
  const size_t end = dg_reader_as_in(r, at, DG_WORD_REL, DG_WORD_EN)
                         ? dg_told_year_at(r, at, year)
                         : 0;
  return end ? dg_reader_phrase(r, end, "' s") : 0;
}

/* T3 2024, Q3 of 2018, troisieme trimestre 2024, 3Q24, 2018Q4, 1H 2023 */
size_t
dg_part_of_year_at(const DgReader *r, size_t at, DgWhen *out)
{
  DgDate part;
  int year;
  const size_t owner = owner_at(r, at, &year);
  size_t next = part_letter(r, owner ? owner : at, &part);
  next = next ? next : part_words(r, owner ? owner : at, &part);
  if (owner) {
    part.year = (int16_t)year;
    *out = (DgWhen){ .date = part };
    return next;
  }
  const int32_t digit = dg_reader_digits(r, at);
  if (!next && digit > 0 && dg_reader_size(r, at) == 1 &&
      dg_reader_in(r, at + 1, r->langs & DG_WORD_FR ? "q h t s" : "q h") &&
      dg_reader_glued(r, at + 1)) {
    const bool quarter = dg_reader_in(r, at + 1, "q t");
    part = (DgDate){ .part = (uint8_t)digit,
                     .precision = quarter ? DG_DATE_QUARTER : DG_DATE_HALF };
    next = digit <= (quarter ? 4 : 2) ? at + 2 : 0;
  }
  if (!next) {
    return year_part(r, at, out);
  }
  size_t of = dg_reader_phrase(r, next,
                               "of the year|of|de l ' annee|de l ' "
                               "exercice|de|d '|in|,|fy|-");
  of = of ? of : next;
  const size_t end = dg_year_at(r, of, of == next, &year);
  if (end && !dg_reader_breaks(r, of)) {
    part.year = (int16_t)year;
    *out = (DgWhen){ .date = part };
    return end;
  }
  const size_t told = dg_told_year_at(r, next, &year);
  if (told) {
    part.year = (int16_t)year;
    *out = (DgWhen){ .date = part };
    return told;
  }
  const size_t present =
      dg_reader_phrase(r, next,
                       "of the year|of this year|de l ' annee|de cette "
                       "annee|de l ' exercice");
  if (present && r->dated) {
    part.year = dg_date_from_day(r->today).year;
    *out = (DgWhen){ .date = part };
    return present;
  }
  return near_part(r, at, next, part, out);
}
