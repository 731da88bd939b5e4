/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_RATES_H
#define DG_SPARQL_RATES_H

#include "base/decimal.h"
#include "base/diag.h"

/**
 * What currencies are worth, as central banks list it: units of each for one
 * unit of a currency that all share.
 */
typedef struct DgRates DgRates;

/**
 * Read lines "CODE,RATE": an ISO 4217 code and a decimal number above zero.
 * Empty lines, those that begin with "#", and a first line "currency,rate" are
 * passed over. The currency that all share is listed with rate 1.
 *
 * @return DG_BAD_INPUT with the line for anything else, or a code twice.
 */
DgStatus
dg_rates_read(const char *path, DgRates **rates, DgDiag *diag);

/** Null is allowed. */
void
dg_rates_free(DgRates *rates);

/**
 * @param amount  In currency `from`.
 * @param out     In currency `to`: exact where the quotient ends, else to 18
 *                digits at least.
 * @return DG_NO_MATCH for a currency that is not listed, DG_LIMIT for too many
 *         digits.
 */
DgStatus
dg_rates_convert(const DgRates *rates, DgDecimal amount, DgStr from, DgStr to,
                 DgDecimal *out);

#endif
