/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_MONEY_H
#define DG_VALUES_MONEY_H

#include "values/number.h"

/** A currency as the text names it. */
typedef struct {
  char code[4];  /**< ISO 4217, or "" when the name does not tell */
  uint8_t cents; /**< 2 when a hundredth of it is meant, 1 for a tenth */
  bool weak;     /**< the word has another meaning: livre, won, mark */
  bool coin;     /**< ... and only millions of it are money: mark, sol */
  bool symbol;   /**< a sign or a code, which may stand before the amount */
  int32_t power; /**< power of ten that the name holds: M in MEUR */
} DgCurrency;

/**
 * A name, symbol or code of a currency, with its country before or after it:
 * euros, US$, dollars australiens, $ CAD, MEUR.
 *
 * Source: ISO 4217 (codes), CLDR 44 (symbols, names).
 */
size_t
dg_currency_at(const DgReader *r, size_t at, DgCurrency *out);

/** One amount, "15 millions d'euros" or "$1.2m", with what was written. */
typedef struct {
  DgNumber number;
  DgDecimal value; /**< in whole units of the currency */
  DgCurrency currency;
  bool prefixed; /**< the currency goes before the number */
} DgAmount;

size_t
dg_amount_at(const DgReader *r, size_t at, DgAmount *out);

#endif
