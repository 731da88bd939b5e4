/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_CALENDAR_H
#define DG_VALUES_CALENDAR_H

#include "values/date.h"

/** Day number (since 1970-01-01) of a day that exists. */
int32_t
dg_calendar_day(int year, int month, int day);

bool
dg_calendar_is_leap(int year);

/** 28..31; `month` is 1..12. */
int
dg_calendar_month_days(int year, int month);

/** The ISO week that holds a day. */
DgDate
dg_calendar_week(int32_t day);

/** A date of day precision; not checked, see dg_calendar_exists. */
DgDate
dg_calendar_date(int year, int month, int day);

/** True for a date that the calendar has, in the years 1..9999. */
bool
dg_calendar_exists(DgDate date);

/**
 * The date `n` units of its own precision later, or earlier for negative `n`;
 * at day precision, days.
 * @return a date of precision DG_DATE_NONE outside the years 1..9999.
 */
DgDate
dg_calendar_add(DgDate date, int32_t n);

/**
 * The day `n` months later; the day of the month is lowered where the month
 * is shorter (31 January and one month gives 28 or 29 February).
 */
DgDate
dg_calendar_add_months(DgDate day, int32_t n);

/** `date` told at a coarser precision: the period that holds its first day. */
DgDate
dg_calendar_coarser(DgDate date, DgDatePrecision precision);

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). */
DgDate
dg_calendar_easter(int year);

#endif
