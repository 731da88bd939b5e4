/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_ID_RANGE_H
#define DG_STORE_ID_RANGE_H

#include "store/id.h"

/**
 * The least id of an inline kind whose value is not below `value`, and the
 * greatest whose value is not above it; `*last` < `*first` when the kind has
 * no such value.
 *
 * @param kind  Integer, decimal, double or float.
 * @return DG_NO_MATCH where that cannot be told: a value of more digits than
 *         inline ids have.
 */
DgStatus
dg_id_range_number(DgIdKind kind, DgDecimal value, DgId *first, DgId *last);

/**
 * The same for points in time.
 *
 * @param kind     DG_ID_KIND_DATE or DG_ID_KIND_DATE_TIME.
 * @param seconds  Since 1970-01-01T00:00:00Z; what has no zone counts as UTC.
 */
DgStatus
dg_id_range_time(DgIdKind kind, int64_t seconds, DgId *first, DgId *last);

#endif
