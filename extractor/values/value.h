/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_VALUE_H
#define DG_VALUES_VALUE_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/lang.h"
#include "base/status.h"
#include "values/date.h"

typedef enum {
  DG_VALUE_NUMBER,
  DG_VALUE_ORDINAL,
  DG_VALUE_MONEY,
  DG_VALUE_PERCENT,
  DG_VALUE_DATE,
  DG_VALUE_DURATION
} DgValueKind;

typedef enum {
  DG_QUALIFIER_EXACT,
  DG_QUALIFIER_ABOUT,
  DG_QUALIFIER_MORE_THAN, /**< more than, at least */
  DG_QUALIFIER_UP_TO      /**< less than, at most, up to */
} DgQualifier;

/** "exact", "about", "more_than", "up_to". */
const char *
dg_qualifier_text(DgQualifier qualifier);

/** An amount of money: an exact decimal in whole currency units. */
typedef struct {
  DgDecimal value;
  DgDecimal value_max; /**< upper end when `is_range` */
  bool is_range;
  char currency[4]; /**< ISO 4217 code, or "" when the text names none */
  DgQualifier qualifier;
} DgMoney;

/** One value that a text states. */
typedef struct {
  DgValueKind kind;
  DgSpan span; /**< bytes of the text that was read */
  DgQualifier qualifier;
  bool is_range;
  DgDecimal number;     /**< number, ordinal, percent, duration: count */
  DgDecimal number_max; /**< upper end of a range */
  char unit;            /**< duration: Y year, M month, W week, D day, h hour,
                             m minute, s second */
  DgMoney money;        /**< kind money; first currency given */
  DgMoney conversion;   /**< the same amount in a second currency, or
                             currency "" */
  DgDate date;          /**< kind date */
  DgDate date_max;      /**< last date of a range */
} DgValue;

/** What reading finds out about its own word lists, to be kept from text to
 * text; one for each thread. */
typedef struct DgValueMemo DgValueMemo;

DgValueMemo *
dg_value_memo_new(void);

void
dg_value_memo_free(DgValueMemo *memo);

/** How to read. A zeroed struct is allowed and means: no date is known. */
typedef struct {
  DgLang lang;        /**< DG_LANG_NONE tries both */
  DgDate reference;   /**< publication date, for relative dates */
  bool prefer_future; /**< bare weekdays and months lie ahead */
  char dollar[4];     /**< meaning of a bare "dollar", default "USD" */
  DgValueMemo *memo;  /**< or null */
} DgValueOptions;

/**
 * Find all values in `text`, valid UTF-8, left to right, not overlapping
 * (a number that is part of an amount, percentage or date is not given alone).
 *
 * @param values  [*n] in `arena`, set on DG_OK; none is fine.
 */
DgStatus
dg_values_read(DgStr text, const DgValueOptions *options, DgArena *arena,
               DgValue **values, size_t *n);

#endif
