/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_PERCENT_H
#define DG_VALUES_PERCENT_H

#include "values/number.h"

/**
 * A percentage, in percent: 34 %, 34,5%, vingt pour cent, 51 per cent. A
 * fraction of a company's capital is one too: un tiers du capital.
 */
size_t
dg_percent_at(const DgReader *r, size_t at, DgNumber *out);

/** The sign or word after the number. */
size_t
dg_percent_sign_at(const DgReader *r, size_t at);

#endif
