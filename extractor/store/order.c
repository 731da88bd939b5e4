/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/order.h"

const uint8_t dg_order_places[DG_INDEXES][4] = {
  { 0, 1, 2, 3 }, { 1, 2, 0, 3 }, { 2, 0, 1, 3 },
  { 3, 0, 1, 2 }, { 3, 1, 2, 0 }, { 3, 2, 0, 1 },
};

const char *const dg_order_names[DG_INDEXES] = { "spog", "posg", "ospg",
                                                 "gspo", "gpos", "gosp" };

/* How many places of the index are bound before the first that is not. */
static int
bound_prefix(const DgIdQuad *pattern, int index)
{
  int n = 0;
  while (n < 4 && dg_quad_place(pattern, dg_order_places[index][n])) {
    ++n;
  }
  return n;
}

/* True when the two orders agree once the bound places are left out. */
static bool
same_rest(const DgIdQuad *pattern, int index, int wanted, int bound)
{
  int at = bound;
  for (int i = 0; i < 4; ++i) {
    const uint8_t place = dg_order_places[wanted][i];
    if (!dg_quad_place(pattern, place) &&
        dg_order_places[index][at++] != place) {
      return false;
    }
  }
  return true;
}

int
dg_order_choose(const DgIdQuad *pattern, DgOrder order, int *bound)
{
  const int count = (pattern->s != 0) + (pattern->p != 0) + (pattern->o != 0) +
                    (pattern->g != 0);
  *bound = count;
  for (int i = 0; i < DG_INDEXES; ++i) {
    if (bound_prefix(pattern, i) == count &&
        (order == DG_ORDER_ANY ||
         same_rest(pattern, i, dg_order_index(order), count))) {
      return i;
    }
  }
  return -1;
}
