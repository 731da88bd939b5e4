/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_WHEN_H
#define DG_VALUES_WHEN_H

#include "values/calendar.h"
#include "values/number.h"

/** A date as the text gives it: a period of the calendar, or a range. */
typedef struct {
  DgDate date;
  DgDate last;           /**< last period of a range, else of precision NONE */
  bool near;             /**< the reference date gave the year */
  DgQualifier qualifier; /**< since: MORE_THAN, before: UP_TO */
} DgWhen;

/**
 * A date with its year in it: 3 mars 2015, March 3rd, 2015, 2015-03-03,
 * 03/03/15 (day first in French, month first in English), mars 2015, T3 2024,
 * first half of 2023, 2024; also one that lacks the year, which the reference
 * date then gives: le 3 mars, Q3, in March.
 */
size_t
dg_absolute_at(const DgReader *r, size_t at, DgWhen *out);

/** hier, lundi dernier, last month, il y a deux ans, next quarter. */
size_t
dg_relative_at(const DgReader *r, size_t at, DgWhen *out);

/** A weekday: lundi dernier, next Monday; needs the reference date. */
size_t
dg_weekday_at(const DgReader *r, size_t at, DgWhen *out);

/** this weekend: its Saturday and Sunday */
size_t
dg_weekend_at(const DgReader *r, size_t at, DgWhen *out);

/**
 * A part of a period of the calendar: last Friday of October, premiere semaine
 * de mars 2015, end of 2024, fin mars, earlier this year. Early and late give
 * the period itself.
 */
size_t
dg_part_of_period_at(const DgReader *r, size_t at, DgWhen *out);

/** A period counted from the reference date: last 3 weeks, two years ago. */
size_t
dg_counted_at(const DgReader *r, size_t at, DgWhen *out);

/** A season: summer 2024, cet hiver; its months. */
size_t
dg_season_at(const DgReader *r, size_t at, DgWhen *out);

/** One date, no range. */
size_t
dg_single_date_at(const DgReader *r, size_t at, DgWhen *out);

/** The period of the calendar that holds the reference day, by its letter. */
DgDate
dg_current_period(const DgReader *r, int32_t unit);

/** Any date, and ranges of dates. */
size_t
dg_date_at(const DgReader *r, size_t at, DgWhen *out);

/** "2024", "'24", "24" after a month; two digits are 1950..2049. */
size_t
dg_year_at(const DgReader *r, size_t at, bool two_digits, int *out);

/** The year that two digits stand for. */
int
dg_short_year(int digits);

/**
 * The year that words after a month or quarter tell by the reference date: of
 * last year, de l'an prochain, de l'exercice en cours.
 */
size_t
dg_told_year_at(const DgReader *r, size_t at, int *out);

/** A year alone: what goes before or after shows that it is one. */
size_t
dg_bare_year_at(const DgReader *r, size_t at, DgWhen *out);

/** A decade or century: les annees 1990, the nineties, 21st century. */
size_t
dg_decade_at(const DgReader *r, size_t at, DgWhen *out);

/** T3 2024, first half of 2023, 2018Q4; the year may be left out. */
size_t
dg_part_of_year_at(const DgReader *r, size_t at, DgWhen *out);

/** A date in numbers: 2015-03-03, 31/10/74, 20150303, 03/2024. */
size_t
dg_numeric_date_at(const DgReader *r, size_t at, DgWhen *out);

/**
 * Day and month, 17/02 or le 2/3.
 * @param sure  the place shows that it is no fraction.
 */
size_t
dg_slashed_day_at(const DgReader *r, size_t at, bool sure, DgWhen *out);

/** A day of the month alone, after "le" or "the": le 16, on the 15th. */
size_t
dg_lone_day_at(const DgReader *r, size_t at, DgWhen *out);

/** A day of the month, with a weekday that it must have (or -1). */
size_t
dg_bare_day_at(const DgReader *r, size_t at, int weekday, DgWhen *out);

/** Move a day to the year nearest to its own where it has this weekday. */
void
dg_match_weekday(const DgReader *r, size_t at, int weekday, DgWhen *when);

/** Set a day; false when the calendar does not have it. */
bool
dg_when_day(DgWhen *out, int year, int month, int day);

/** The year of a month or day that lies ahead, or behind, of the reference
 * date; of precision NONE as dg_near_year. */
DgDate
dg_year_in_direction(const DgReader *r, bool ahead, int month, int day);

/** Set a month, or a day of it, in the year that the reference date gives, or
 * "dernier", "prochain" after it.
 * @return `end`, or 0 when there is none. */
size_t
dg_when_near(const DgReader *r, size_t at, size_t end, int month, int day,
             DgWhen *out);

/** A day of a month, 1..31: 3, 3rd, 1er, third, vingt-neuf. */
size_t
dg_day_at(const DgReader *r, size_t at, int *out);

/**
 * True when a date without its year, or a bare weekday, lies ahead: by the
 * tense of the words around `at`, else by the options.
 */
bool
dg_lies_ahead(const DgReader *r, size_t at);

/**
 * Give a month or a day of a month its year by the reference date.
 * @return of precision NONE without a reference date, or for a day that no
 *         near year has.
 */
DgDate
dg_near_year(const DgReader *r, size_t at, int month, int day);

#endif
