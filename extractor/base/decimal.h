/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_DECIMAL_H
#define DG_BASE_DECIMAL_H

#include "base/status.h"
#include "base/str.h"

__extension__ typedef __int128 DgInt128;

/**
 * An exact decimal number: `digits` / 10^`scale`. Holds 38 digits, more than
 * the 18 that xsd:decimal asks for. Never a float: money goes through here.
 */
typedef struct {
  DgInt128 digits;
  uint32_t scale; /**< digits after the point, 0..DG_DECIMAL_SCALE_MAX */
} DgDecimal;

enum {
  DG_DECIMAL_SCALE_MAX = 37,
  DG_DECIMAL_DIGITS_MAX = 38,
  DG_DECIMAL_TEXT = 48 /**< bytes that hold any decimal as text */
};

#define DG_DECIMAL_ZERO ((DgDecimal){ 0, 0 })

DgDecimal
dg_decimal_from_int(int64_t value);

/**
 * Read [+-]?[0-9]*(.[0-9]*)? with at least one digit, all of `text`.
 * @return DG_NO_MATCH for anything else, DG_LIMIT for too many digits.
 *
 * Source: xsd:decimal, XSD 1.1 part 2, section 3.3.3.
 */
DgStatus
dg_decimal_read(DgStr text, DgDecimal *out);

/**
 * Write in canonical form: no exponent, no trailing zeros after the point, no
 * point without digits after it ("15000000", "-1.5", "0").
 * @return bytes written; `out` is terminated.
 */
size_t
dg_decimal_write(DgDecimal value, char out[DG_DECIMAL_TEXT]);

/** Without trailing zeros after the point. */
DgDecimal
dg_decimal_normal(DgDecimal value);

/** Negative, zero or positive. */
int
dg_decimal_compare(DgDecimal a, DgDecimal b);

/** @return DG_LIMIT when the exact result does not fit. */
DgStatus
dg_decimal_add(DgDecimal a, DgDecimal b, DgDecimal *out);

DgStatus
dg_decimal_subtract(DgDecimal a, DgDecimal b, DgDecimal *out);

DgStatus
dg_decimal_multiply(DgDecimal a, DgDecimal b, DgDecimal *out);

/**
 * Quotient to at least 18 digits, rounded half to even at the last one.
 * @return DG_BAD_INPUT for division by zero, DG_LIMIT when it does not fit.
 */
DgStatus
dg_decimal_divide(DgDecimal a, DgDecimal b, DgDecimal *out);

double
dg_decimal_to_double(DgDecimal value);

#endif
