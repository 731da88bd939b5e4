/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/told.h"

#include "base/utf8.h"

/* Place of `actor` among the parties, or where it would stand. */
static size_t
place_of(const DgParties *parties, uint32_t actor)
{
  size_t low = 0;
  size_t high = parties->n;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (parties->items[middle] < actor) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

DgStatus
dg_parties_add(DgArena *arena, DgParties *parties, uint32_t actor)
{
  const size_t at = place_of(parties, actor);
  if (at < parties->n && parties->items[at] == actor) {
    return DG_OK;
  }
  DG_TRY_PTR(DG_VEC_ADD(arena, parties));
  for (size_t i = parties->n - 1; i > at; --i) {
    parties->items[i] = parties->items[i - 1];
  }
  parties->items[at] = actor;
  return DG_OK;
}

bool
dg_parties_have(const DgParties *parties, uint32_t actor)
{
  const size_t at = place_of(parties, actor);
  return at < parties->n && parties->items[at] == actor;
}

bool
dg_parties_meet(const DgParties *a, const DgParties *b)
{
  for (size_t i = 0; i < a->n; ++i) {
    if (dg_parties_have(b, a->items[i])) {
      return true;
    }
  }
  return false;
}

bool
dg_parties_cover(const DgParties *all, const DgParties *part)
{
  for (size_t i = 0; i < part->n; ++i) {
    if (!dg_parties_have(all, part->items[i])) {
      return false;
    }
  }
  return true;
}

static DgStatus
add_all(DgArena *arena, DgParties *into, const DgParties *from)
{
  for (size_t i = 0; i < from->n; ++i) {
    DG_TRY(dg_parties_add(arena, into, from->items[i]));
  }
  return DG_OK;
}

static DgStatus
add_folded(DgArena *arena, DgToldStrings *into, DgStr name)
{
  char *const folded = dg_arena_alloc(arena, name.len * 3 + 1);
  DgStr *const slot = DG_VEC_ADD(arena, into);
  if (!folded || !slot) {
    return DG_NO_MEMORY;
  }
  *slot = dg_str_n(folded, dg_utf8_fold(name, folded));
  return DG_OK;
}

static void
widen(DgDays *days, DgDate date)
{
  if (date.precision == DG_DATE_NONE) {
    return;
  }
  const int32_t first = dg_date_first_day(date);
  const int32_t last = dg_date_last_day(date);
  days->first = days->known && days->first < first ? days->first : first;
  days->last = days->known && days->last > last ? days->last : last;
  days->known = true;
}

static DgStatus
add_telling(DgArena *arena, DgUnit *unit, const DgTelling *telling)
{
  for (size_t r = 0; r < DG_TOLD_ROLE_COUNT; ++r) {
    DG_TRY(add_all(arena, &unit->roles[r], &telling->roles[r]));
  }
  for (size_t i = 0; i < telling->products.n; ++i) {
    DG_TRY(add_folded(arena, &unit->products, telling->products.items[i]));
  }
  unit->statuses |= 1U << telling->status;
  if (!unit->amount.known) {
    unit->amount = telling->amount;
  }
  if (!unit->has_stake && telling->has_stake) {
    unit->has_stake = true;
    unit->stake = telling->stake;
  }
  if (!unit->round.len) {
    unit->round = telling->round;
  }
  widen(&unit->dated, telling->date);
  widen(&unit->published, telling->published);
  return DG_OK;
}

DgStatus
dg_unit_sum_up(DgArena *arena, DgUnit *unit)
{
  unit->type = unit->tellings.items[0].type;
  unit->kin = dg_told_kin(unit->type);
  for (size_t i = 0; i < unit->tellings.n; ++i) {
    DG_TRY(add_telling(arena, unit, &unit->tellings.items[i]));
  }
  return DG_OK;
}

DgDays
dg_unit_days(const DgUnit *unit)
{
  return unit->dated.known ? unit->dated : unit->published;
}
