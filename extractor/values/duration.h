/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_DURATION_H
#define DG_VALUES_DURATION_H

#include "values/number.h"

/** A length of time: a count of one unit. */
typedef struct {
  DgDecimal count;
  char unit; /**< Y M W D h m s, as DgValue.unit */
  bool about;
} DgDuration;

/** trois ans, 18 months, half an hour, 2 years and 3 months. */
size_t
dg_duration_at(const DgReader *r, size_t at, DgDuration *out);

#endif
