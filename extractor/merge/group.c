/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/group.h"

#include "merge/match.h"

#include <stdlib.h>

/* ---- keys ---- */

static DgStatus
add_key(DgArena *arena, DgKeys *keys, DgKin kin, uint32_t one, uint32_t other)
{
  const uint64_t both[] = { ((uint64_t)one << 32) | other, kin };
  const uint64_t key = dg_str_hash(dg_str_n((const char *)both, sizeof both));
  for (size_t i = 0; i < keys->n; ++i) {
    if (keys->items[i] == key) {
      return DG_OK;
    }
  }
  uint64_t *const slot = DG_VEC_ADD(arena, keys);
  DG_TRY_PTR(slot);
  *slot = key;
  return DG_OK;
}

static DgStatus
add_each(DgArena *arena, DgKeys *keys, DgKin kin, const DgParties *parties)
{
  for (size_t i = 0; i < parties->n; ++i) {
    DG_TRY(add_key(arena, keys, kin, parties->items[i], UINT32_MAX));
  }
  return DG_OK;
}

/* Partners match in twos at least. A pact of very many is left alone. */
static DgStatus
add_pairs(DgArena *arena, DgKeys *keys, const DgParties *parties)
{
  enum { MOST = 40 };
  const size_t n = parties->n <= MOST ? parties->n : 0;
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = i + 1; j < n; ++j) {
      DG_TRY(add_key(arena, keys, DG_KIN_ALLIANCE, parties->items[i],
                     parties->items[j]));
    }
  }
  return DG_OK;
}

DgStatus
dg_unit_keys(const DgUnit *unit, DgArena *arena, DgKeys *keys)
{
  const DgParties *const roles = unit->roles;
  keys->n = 0;
  switch (unit->kin) {
  case DG_KIN_ALLIANCE:
    return add_pairs(arena, keys, &roles[DG_TOLD_partner]);
  case DG_KIN_CONTROL:
    DG_TRY(add_each(arena, keys, unit->kin, &roles[DG_TOLD_target]));
    return unit->type == DG_TOLD_Merger
               ? add_each(arena, keys, unit->kin, &roles[DG_TOLD_partner])
               : DG_OK;
  default:
    return add_each(arena, keys, unit->kin, &roles[DG_TOLD_company]);
  }
}

/* ---- pairs ---- */

/* A unit under one of its keys. */
typedef struct {
  uint64_t key;
  int32_t day;
  size_t unit;
} Entry;

static int
compare_entries(const void *a, const void *b)
{
  const Entry *const x = a;
  const Entry *const y = b;
  if (x->key != y->key) {
    return x->key < y->key ? -1 : 1;
  }
  if (x->day != y->day) {
    return x->day < y->day ? -1 : 1;
  }
  return (x->unit > y->unit) - (x->unit < y->unit);
}

static DgStatus
list_entries(const DgUnits *units, DgArena *arena, Entry **entries, size_t *n)
{
  DG_VEC(Entry) list = { 0 };
  DgKeys keys = { 0 };
  for (size_t i = 0; i < units->n; ++i) {
    const DgDays days = dg_unit_days(units->items[i]);
    DG_TRY(dg_unit_keys(units->items[i], arena, &keys));
    for (size_t k = 0; k < keys.n; ++k) {
      Entry *const entry = DG_VEC_ADD(arena, &list);
      DG_TRY_PTR(entry);
      *entry = (Entry){ keys.items[k], days.known ? days.first : INT32_MIN, i };
    }
  }
  if (list.n) {
    qsort(list.items, list.n, sizeof *list.items, compare_entries);
  }
  *entries = list.items;
  *n = list.n;
  return DG_OK;
}

static DgStatus
compare_pair(const DgUnits *units, const Entry *x, const Entry *y,
             DgArena *arena, DgTies *ties)
{
  const DgMatch match =
      dg_deals_match(units->items[x->unit], units->items[y->unit]);
  if (match.verdict != DG_MATCH_SAME) {
    return DG_OK;
  }
  DgTie *const tie = DG_VEC_ADD(arena, ties);
  DG_TRY_PTR(tie);
  const bool turned = x->unit > y->unit;
  *tie = (DgTie){ turned ? y->unit : x->unit, turned ? x->unit : y->unit,
                  match.strength };
  return DG_OK;
}

DgStatus
dg_group_ties(const DgUnits *units, DgArena *arena, DgTies *ties, bool *limited)
{
  Entry *entries;
  size_t n;
  *limited = false;
  DG_TRY(list_entries(units, arena, &entries, &n));
  for (size_t i = 0; i < n; ++i) {
    size_t j = i + 1;
    for (; j < n && entries[j].key == entries[i].key; ++j) {
      if (j - i > DG_GROUP_NEIGHBOURS) {
        *limited = true;
        break;
      }
      if (entries[i].unit != entries[j].unit) {
        DG_TRY(compare_pair(units, &entries[i], &entries[j], arena, ties));
      }
    }
  }
  return DG_OK;
}

/* ---- groups ---- */

typedef struct {
  const DgUnits *units;
  size_t *next; /* [n] ring of the units of a group */
  size_t *head; /* [n] first unit of each unit's group */
} Groups;

/* Strongest first, then by place, which is the order of IRIs. */
static int
compare_ties(const void *a, const void *b)
{
  const DgTie *const x = a;
  const DgTie *const y = b;
  if (x->strength != y->strength) {
    return x->strength > y->strength ? -1 : 1;
  }
  if (x->a != y->a) {
    return x->a < y->a ? -1 : 1;
  }
  return (x->b > y->b) - (x->b < y->b);
}

static bool
excludes(const Groups *g, size_t one, size_t group)
{
  size_t other = group;
  do {
    if (dg_deals_match(g->units->items[one], g->units->items[other]).verdict ==
        DG_MATCH_DIFFERENT) {
      return true;
    }
    other = g->next[other];
  } while (other != group);
  return false;
}

static bool
can_join(const Groups *g, size_t a, size_t b)
{
  size_t one = a;
  do {
    if (excludes(g, one, b)) {
      return false;
    }
    one = g->next[one];
  } while (one != a);
  return true;
}

static void
join(Groups *g, size_t a, size_t b)
{
  const size_t head = g->head[a] < g->head[b] ? g->head[a] : g->head[b];
  const size_t after = g->next[a];
  g->next[a] = g->next[b];
  g->next[b] = after;
  size_t one = a;
  do {
    g->head[one] = head;
    one = g->next[one];
  } while (one != a);
}

DgStatus
dg_group_units(DgUnits *units, DgTies *ties, DgArena *arena, size_t *n_groups)
{
  Groups g = { units, DG_NEW_ARRAY(arena, size_t, units->n + 1),
               DG_NEW_ARRAY(arena, size_t, units->n + 1) };
  if (!g.next || !g.head) {
    return DG_NO_MEMORY;
  }
  for (size_t i = 0; i < units->n; ++i) {
    g.next[i] = i;
    g.head[i] = i;
  }
  if (ties->n) {
    qsort(ties->items, ties->n, sizeof *ties->items, compare_ties);
  }
  for (size_t i = 0; i < ties->n; ++i) {
    const DgTie *const tie = &ties->items[i];
    if (g.head[tie->a] != g.head[tie->b] && can_join(&g, tie->a, tie->b)) {
      join(&g, tie->a, tie->b);
    }
  }
  *n_groups = 0;
  for (size_t i = 0; i < units->n; ++i) {
    const bool is_first = g.head[i] == i;
    units->items[i]->group =
        is_first ? (*n_groups)++ : units->items[g.head[i]]->group;
  }
  return DG_OK;
}
