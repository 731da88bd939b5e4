/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_ORDER_H
#define DG_STORE_ORDER_H

#include "store/dataset.h"

/** A quad with its places in the order of an index. */
typedef struct {
  DgId at[4];
} DgKey;

enum { DG_INDEXES = 6 };

/** An index is named by its order, from DG_ORDER_SPOG on, less one. */
static inline int
dg_order_index(DgOrder order)
{
  return (int)order - (int)DG_ORDER_SPOG;
}

/** Places of each index: 0 subject, 1 predicate, 2 object, 3 graph. */
extern const uint8_t dg_order_places[DG_INDEXES][4];

/** Names of the indexes: "spog" and so on. */
extern const char *const dg_order_names[DG_INDEXES];

static inline DgId
dg_quad_place(const DgIdQuad *quad, unsigned place)
{
  return place == 0   ? quad->s
         : place == 1 ? quad->p
         : place == 2 ? quad->o
                      : quad->g;
}

static inline DgKey
dg_key_of(const DgIdQuad *quad, int index)
{
  const uint8_t *const places = dg_order_places[index];
  return (DgKey){
    { dg_quad_place(quad, places[0]), dg_quad_place(quad, places[1]),
      dg_quad_place(quad, places[2]), dg_quad_place(quad, places[3]) }
  };
}

static inline DgIdQuad
dg_key_quad(const DgKey *key, int index)
{
  const uint8_t *const places = dg_order_places[index];
  DgId at[4];
  for (int i = 0; i < 4; ++i) {
    at[places[i]] = key->at[i];
  }
  return (DgIdQuad){ at[0], at[1], at[2], at[3] };
}

static inline int
dg_key_compare(const DgKey *a, const DgKey *b)
{
  for (int i = 0; i < 4; ++i) {
    if (a->at[i] != b->at[i]) {
      return a->at[i] < b->at[i] ? -1 : 1;
    }
  }
  return 0;
}

/** How many first places are the same. */
static inline int
dg_key_shared(const DgKey *a, const DgKey *b)
{
  int n = 0;
  while (n < 4 && a->at[n] == b->at[n]) {
    ++n;
  }
  return n;
}

/** True when the first `n` places are the same. */
static inline bool
dg_key_same(const DgKey *a, const DgKey *b, int n)
{
  for (int i = 0; i < n; ++i) {
    if (a->at[i] != b->at[i]) {
      return false;
    }
  }
  return true;
}

/**
 * The index that has all bound places of `pattern` first and gives `order`.
 *
 * @param bound  Set to how many places are bound.
 * @return an index, or -1 when none gives that order.
 */
int
dg_order_choose(const DgIdQuad *pattern, DgOrder order, int *bound);

#endif
