/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_MERGE_GROUP_H
#define DG_MERGE_GROUP_H

#include "merge/told.h"

/**
 * Deals that are one, found without comparing all with all: only those that
 * share a key (family and target, company, or two partners) are compared, and
 * of a key with very many only near neighbours in time.
 */

typedef DG_VEC(DgUnit *) DgUnits;

/**
 * What `unit` can meet others by: hashes, each once.
 *
 * @param hash  Hash of an actor, the same in every run.
 */
typedef DG_VEC(uint64_t) DgKeys;

DgStatus
dg_unit_keys(const DgUnit *unit, DgArena *arena, DgKeys *keys);

/** Two units that match. */
typedef struct {
  size_t a; /**< index, less than `b` */
  size_t b;
  int strength;
} DgTie;

typedef DG_VEC(DgTie) DgTies;

/** Units of one key that are compared with each one, to either side. */
enum { DG_GROUP_NEIGHBOURS = 200 };

/**
 * All pairs that match.
 * @param units    [n] in the order of their IRIs.
 * @param limited  Set when some key has more units than are compared.
 */
DgStatus
dg_group_ties(const DgUnits *units, DgArena *arena, DgTies *ties,
              bool *limited);

/**
 * Number the groups, from 0 in the order of their first units. Ties are taken
 * from the strongest; two groups become one unless some of their deals exclude
 * each other. So the result depends on the set of deals alone.
 * @param ties      Is sorted.
 * @param n_groups  Set on DG_OK; each unit's `group` too.
 */
DgStatus
dg_group_units(DgUnits *units, DgTies *ties, DgArena *arena, size_t *n_groups);

#endif
