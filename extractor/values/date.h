/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_DATE_H
#define DG_VALUES_DATE_H

#include "base/status.h"
#include "base/str.h"

typedef enum {
  DG_DATE_NONE, /**< no date at all; a zeroed DgDate is this */
  DG_DATE_YEAR,
  DG_DATE_HALF,    /**< `part` is 1..2 */
  DG_DATE_QUARTER, /**< `part` is 1..4 */
  DG_DATE_MONTH,
  DG_DATE_WEEK, /**< `part` is the ISO week 1..53, `year` the ISO year */
  DG_DATE_DAY
} DgDatePrecision;

/** A calendar date at its own precision, proleptic Gregorian. */
typedef struct {
  int16_t year;  /**< 1..9999 */
  uint8_t month; /**< 1..12 at month and day precision, else 0 */
  uint8_t day;   /**< 1..31 at day precision, else 0 */
  uint8_t part;  /**< half, quarter or ISO week, else 0 */
  DgDatePrecision precision;
} DgDate;

enum { DG_DATE_TEXT = 16 /**< bytes that hold any date as text */ };

/**
 * Read an ISO 8601 date, all of `text`: "2024", "2024-03", "2024-03-05",
 * "2024-Q3", "2024-H2", "2024-W10". A time after "T" is ignored.
 *
 * @return DG_NO_MATCH for anything else, DG_BAD_INPUT for a date that does
 *         not exist ("2023-02-29").
 */
DgStatus
dg_date_read(DgStr text, DgDate *date);

/** Write in the forms that dg_date_read takes. @return bytes written. */
size_t
dg_date_write(DgDate date, char out[DG_DATE_TEXT]);

/** First day, as days since 1970-01-01. */
int32_t
dg_date_first_day(DgDate date);

/** Last day, as days since 1970-01-01. */
int32_t
dg_date_last_day(DgDate date);

/** The day-precision date of a day number. */
DgDate
dg_date_from_day(int32_t day);

/** Monday is 0. */
int
dg_date_weekday(int32_t day);

#endif
