/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_KEY_SORT_H
#define DG_STORE_KEY_SORT_H

#include "store/order.h"

/**
 * Sort `keys` [n]; equal ones stay.
 * @param scratch  Room for [n] more.
 */
void
dg_key_sort(DgKey *keys, size_t n, DgKey *scratch);

#endif
