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

/* dans la journee, dans l'annee: the present one */
static size_t
inside(const DgReader *r, size_t at, DgWhen *out)
{
  const size_t next = dg_reader_phrase(r, at, "dans la|dans le|dans l '");
  const DgWord *const unit =
      next ? dg_reader_as_in(r, next, DG_WORD_PERIOD, DG_WORD_FR) : NULL;
  if (!unit || dg_reader_kind(r, next + 1, DG_TOKEN_WORD)) {
    return 0;
  }
  return give(dg_current_period(r, unit->value), next + 1, out);
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
    *out =
        (DgWhen){ .date = dg_calendar_date(today.year, 1, 1), .last = today };
  }
  return to_date;
}

/* in the coming weeks, les prochains mois: from the next one on. Days are too
 * fine for what is said; they give the present week. */
static size_t
coming(const DgReader *r, size_t at, DgWhen *out)
{
  const DgWord *const rel = dg_reader_as(r, at, DG_WORD_REL);
  const DgWord *const unit =
      rel ? dg_reader_as(r, at + 1, DG_WORD_PERIOD) : NULL;
  if (!unit || rel->value <= 0 || !strchr("DWMY", unit->value) ||
      unit->text[unit->len - 1] != 's' ||
      (unit->value == 'M' && (unit->langs & DG_WORD_FR) &&
       rel->text[rel->len - 1] != 's')) {
    return 0;
  }
  const bool days = unit->value == 'D';
  const DgDate now = dg_current_period(r, days ? 'W' : unit->value);
  const size_t end = give(dg_calendar_add(now, days ? 0 : 1), at + 2, out);
  out->qualifier = DG_QUALIFIER_MORE_THAN;
  return end;
}

/* next fortnight: two weeks, from the present one */
static size_t
fortnight(const DgReader *r, size_t at, DgWhen *out)
{
  const DgWord *const rel = dg_reader_as_in(r, at, DG_WORD_REL, DG_WORD_EN);
  if (!rel || !dg_reader_in(r, at + 1, "fortnight")) {
    return 0;
  }
  const DgDate week =
      dg_calendar_add(dg_current_period(r, 'W'), rel->value * 2);
  *out = (DgWhen){ .date = week, .last = dg_calendar_add(week, 1) };
  return out->last.precision != DG_DATE_NONE ? at + 2 : 0;
}

/* last month, la semaine derniere, cette annee, the current quarter */
static size_t
period(const DgReader *r, size_t at, DgWhen *out)
{
  const size_t begin = skip(r, at, "le|la|l '");
  const DgWord *const before = dg_reader_as(r, begin, DG_WORD_REL);
  if (before) {
    const bool several = dg_reader_in(r, begin,
                                      "derniers prochains ces passes "
                                      "suivants precedents");
    const size_t fiscal = skip(r, begin + 1, "fiscal|financial|calendar");
    const DgWord *const unit = dg_reader_as(r, fiscal, DG_WORD_PERIOD);
    if (!unit || several || strchr("hmsEXCF", unit->value) != NULL ||
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
    day,   dg_weekday_at, dg_weekend_at, month,  inside,
    fixed, coming,        fortnight,     period,
  };
  for (size_t i = 0; i < sizeof readers / sizeof *readers && r->dated; ++i) {
    const size_t end = readers[i](r, at, out);
    if (end) {
      return end;
    }
  }
  return 0;
}
