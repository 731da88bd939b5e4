/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_QUANTITY_H
#define DG_VALUES_QUANTITY_H

#include "values/reader.h"

/**
 * A number, an amount, a percentage or a duration, or a range of them whose
 * ends share what only one of them names: entre 10 et 15 millions d'euros,
 * $10-15m, 3 a 5 %. Fills all of `out` but its span and qualifier words
 * around it.
 *
 * In a list, "15 et 20 millions d'euros", only the first is read, and takes
 * scale and unit from the next.
 */
size_t
dg_quantity_at(const DgReader *r, size_t at, DgValue *out);

/**
 * What the words right before token `at` and right after token `end` - 1 say
 * of the value between them: environ, more than, au plus, or more.
 */
DgQualifier
dg_qualifier_around(const DgReader *r, size_t at, size_t end);

#endif
