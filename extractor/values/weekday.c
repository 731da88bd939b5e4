/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

static size_t
give(DgDate date, size_t end, DgWhen *out)
{
  *out = (DgWhen){ .date = date };
  return date.precision != DG_DATE_NONE ? end : 0;
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
    { "last week|of last week|from last week|of the previous week|la semaine "
      "derniere|de la semaine "
      "derniere|la semaine passee",
      -1 },
    { "this week|of this week|cette semaine|de cette semaine", 0 },
    { "next week|of next week|of the following week|of the coming week|la "
      "semaine prochaine|de la semaine prochaine|la "
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

/* "last week's Sunday", "next week on Tuesday" */
static size_t
owned(const DgReader *r, size_t at, DgWhen *out)
{
  int32_t weeks;
  const size_t whose = week_after(r, at, &weeks);
  if (!whose) {
    return 0;
  }
  const size_t of = dg_reader_phrase(r, whose, "' s|on|, on|,");
  const size_t place = of ? of : whose;
  const DgWord *const word = dg_reader_as(r, place, DG_WORD_WEEKDAY);
  return word ? give(weekday_of_week(r, word->value, weeks), place + 1, out)
              : 0;
}

/* The name of a weekday at `at`, or its abbreviation where that is clear. */
static size_t
name_at(const DgReader *r, size_t at, int *out)
{
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_WEEKDAY);
  if (!word) {
    return 0;
  }
  *out = word->value;
  if (word->len > 4) {
    return at + 1;
  }
  const bool upper = (dg_reader_token(r, at)->flags & DG_TOKEN_UPPER) != 0;
  const bool dot = dg_reader_mark(r, at + 1, '.');
  const bool fr = word->langs == DG_WORD_FR;
  const bool noun = dg_reader_in(r, at, "sat sun wed");
  if (!dot && !upper && (fr || noun)) {
    return 0;
  }
  if (fr && at > 0 && dg_reader_kind(r, at - 1, DG_TOKEN_WORD) &&
      !dg_reader_in(r, at - 1, "le ce du au")) {
    return 0; /* a la mer. */
  }
  return at + 1 + (dot && !dg_reader_kind(r, at + 2, DG_TOKEN_END));
}

/* Monday two weeks from now, lundi il y a deux semaines: of that week */
static size_t
counted_week(const DgReader *r, size_t at, int weekday, DgWhen *out)
{
  DgWhen when;
  const size_t end = dg_counted_at(r, at, &when);
  if (!end || when.last.precision || when.date.precision < DG_DATE_WEEK ||
      !(dg_reader_in(r, end - 1, "now ago hence today") ||
        dg_reader_phrase(r, at, "il y a"))) {
    return 0;
  }
  const int32_t day = dg_date_first_day(when.date);
  return give(dg_date_from_day(day - dg_date_weekday(day) + weekday), end, out);
}

/* What follows a weekday tells which: dernier, of last week, en huit. */
static size_t
with_words_after(const DgReader *r, size_t at, int weekday, DgWhen *out)
{
  int32_t weeks;
  size_t end = week_after(r, at, &weeks);
  if (end) {
    return give(weekday_of_week(r, weekday, weeks), end, out);
  }
  end = dg_reader_phrase(r, at, "suivant|d ' apres");
  if (end) {
    return give(weekday_of_week(r, weekday, 1), end, out);
  }
  const DgWord *const rel = dg_reader_as_in(r, at, DG_WORD_REL, DG_WORD_FR);
  if (rel && rel->value) {
    return give(near_weekday(r, weekday, rel->value > 0, true), at + 1, out);
  }
  end = dg_reader_phrase(r, at, "after next");
  if (end) {
    const DgDate day = near_weekday(r, weekday, true, true);
    return give(dg_calendar_add(day, 7), end, out);
  }
  end = en_huit(r, at, &weeks);
  return end ? give(weekday_in_weeks(r, weekday, weeks), end, out)
             : counted_week(r, at, weekday, out);
}

/* lundi dernier, next Monday, Friday of last week, vendredi */
size_t
dg_weekday_at(const DgReader *r, size_t at, DgWhen *out)
{
  const size_t week = owned(r, at, out);
  if (week) {
    return week;
  }
  const DgWord *rel = dg_reader_as(r, at, DG_WORD_REL);
  size_t place = rel ? at + 1 : at;
  const DgWord *const second = dg_reader_as(r, place, DG_WORD_REL);
  if (rel && second) { /* this past Wednesday */
    rel = second;
    ++place;
  }
  int weekday;
  const size_t end = name_at(r, place, &weekday);
  if (!end) {
    return 0;
  }
  if (rel && rel->value) {
    /* "last" and "next" name the week before or after; "past" and "coming"
     * the nearest such day. */
    return give(dg_reader_in(r, place - 1, "last previous next following") &&
                        !dg_reader_phrase(r, end, "after next")
                    ? weekday_of_week(r, weekday, rel->value)
                    : near_weekday(r, weekday, rel->value > 0, true),
                end, out);
  }
  const size_t after = with_words_after(r, end, weekday, out);
  if (after) {
    return after;
  }
  const bool ahead = dg_lies_ahead(r, at);
  const size_t part = dg_reader_phrase(r, end,
                                       "matin|soir|apres - midi|midi|"
                                       "morning|afternoon|evening|"
                                       "night|nuit");
  return give(near_weekday(r, weekday, ahead, ahead), part ? part : end, out);
}

/* this weekend, le week-end dernier: Saturday and Sunday */
size_t
dg_weekend_at(const DgReader *r, size_t at, DgWhen *out)
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
