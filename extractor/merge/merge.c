/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/merge_p.h"

#include "merge/match.h"

/* ---- what hangs together with some deals ---- */

static DgStatus
include(DgMerge *merge, DgUnit *unit)
{
  if (!unit || unit->in_scope) {
    return DG_OK;
  }
  unit->in_scope = true;
  DgUnit **const slot = DG_VEC_ADD(merge->arena, &merge->scope);
  DG_TRY_PTR(slot);
  *slot = unit;
  return DG_OK;
}

/* A merged deal and all that it was made of, whether they are still told. */
static DgStatus
include_group(DgMerge *merge, DgId merged)
{
  const DgIdQuad pattern = { 0, merge->ids.terms[DG_READ_deal_duplicateOf],
                             merged, merge->ids.merges };
  DgIds members = { 0 };
  if (pattern.p == DG_ID_NONE || pattern.g == DG_ID_NONE) {
    return DG_OK;
  }
  DG_TRY(dg_ids_add(merge->arena, &merge->touched, merged));
  DG_TRY(dg_lookup_all(merge->set, pattern, 's', merge->arena, &members));
  for (size_t i = 0; i < members.n; ++i) {
    DgUnit *unit;
    DG_TRY(dg_ids_add(merge->arena, &merge->touched, members.items[i]));
    DG_TRY(dg_merge_unit(merge, members.items[i], &unit));
    DG_TRY(include(merge, unit));
  }
  return DG_OK;
}

/* A deal, and what it was merged with before. */
static DgStatus
include_deal(DgMerge *merge, DgId deal)
{
  const DgIdQuad pattern = { deal, merge->ids.terms[DG_READ_deal_duplicateOf],
                             0, merge->ids.merges };
  DgUnit *unit;
  DgIds merged = { 0 };
  DG_TRY(dg_ids_add(merge->arena, &merge->touched, deal));
  DG_TRY(dg_merge_unit(merge, deal, &unit));
  DG_TRY(include(merge, unit));
  DG_TRY(include_group(merge, deal));
  if (pattern.p == DG_ID_NONE || pattern.g == DG_ID_NONE) {
    return DG_OK;
  }
  DG_TRY(dg_lookup_all(merge->set, pattern, 'o', merge->arena, &merged));
  for (size_t i = 0; i < merged.n; ++i) {
    DG_TRY(include_group(merge, merged.items[i]));
  }
  return DG_OK;
}

/* Deals where `actor`, by any of its IRIs, has a role. */
static DgStatus
deals_of_actor(DgMerge *merge, uint32_t actor, DgToldRole role, DgIds *deals)
{
  DgActorNumbers numbers = { 0 };
  const DgId property = merge->ids.roles[role];
  DG_TRY(dg_actors_others(merge->actors, actor, merge->arena, &numbers));
  for (size_t i = 0; i < numbers.n && property != DG_ID_NONE; ++i) {
    DgId id;
    DG_TRY(dg_merge_id(merge, dg_actors_iri(merge->actors, numbers.items[i]),
                       &id));
    if (id != DG_ID_NONE) {
      const DgIdQuad pattern = { 0, property, id, 0 };
      DG_TRY(dg_lookup_all(merge->set, pattern, 's', merge->arena, deals));
    }
  }
  return DG_OK;
}

/* All deals that can have a key in common with `unit`. */
static DgStatus
candidates(DgMerge *merge, const DgUnit *unit, DgIds *deals)
{
  static const struct {
    DgKin kin;
    DgToldRole own;   /* the unit's role */
    DgToldRole other; /* the same actor's in the other deal */
  } roles[] = {
    { DG_KIN_ALLIANCE, DG_TOLD_partner, DG_TOLD_partner },
    { DG_KIN_ALLIANCE, DG_TOLD_partner, DG_TOLD_supplier },
    { DG_KIN_ALLIANCE, DG_TOLD_partner, DG_TOLD_customer },
    { DG_KIN_MONEY, DG_TOLD_company, DG_TOLD_company },
    { DG_KIN_CONTROL, DG_TOLD_target, DG_TOLD_target },
    { DG_KIN_CONTROL, DG_TOLD_target, DG_TOLD_partner },
    { DG_KIN_CONTROL, DG_TOLD_partner, DG_TOLD_target },
    { DG_KIN_CONTROL, DG_TOLD_partner, DG_TOLD_partner },
    { DG_KIN_LAUNCH, DG_TOLD_company, DG_TOLD_company },
  };
  for (size_t i = 0; i < sizeof roles / sizeof *roles; ++i) {
    const DgParties *const parties = &unit->roles[roles[i].own];
    for (size_t j = 0; roles[i].kin == unit->kin && j < parties->n; ++j) {
      DG_TRY(deals_of_actor(merge, parties->items[j], roles[i].other, deals));
    }
  }
  dg_ids_unique(deals);
  return DG_OK;
}

/* @return in `*crowded` whether there are more than are compared. */
static DgStatus
include_matches(DgMerge *merge, DgUnit *unit, bool *crowded)
{
  DgIds deals = { 0 };
  size_t kin = 0;
  DG_TRY(candidates(merge, unit, &deals));
  for (size_t i = 0; i < deals.n; ++i) {
    DgUnit *other;
    DG_TRY(dg_merge_unit(merge, deals.items[i], &other));
    if (!other || other == unit || other->kin != unit->kin) {
      continue;
    }
    ++kin;
    if (dg_deals_match(unit, other).verdict == DG_MATCH_SAME) {
      DG_TRY(include_deal(merge, deals.items[i]));
    }
  }
  *crowded |= kin > DG_GROUP_NEIGHBOURS;
  return DG_OK;
}

static DgStatus
include_all(DgMerge *merge)
{
  merge->all = true;
  DG_TRY(dg_merge_read_all(merge));
  for (size_t i = 0; i < merge->units.n; ++i) {
    DG_TRY(include(merge, merge->units.items[i]));
  }
  return DG_OK;
}

/*
 * All that matches what is included is included, so what is left out has no
 * tie into it. In a crowd ties depend on who stands between: then all is read.
 */
static DgStatus
include_closure(DgMerge *merge, const DgMergeScope *scope)
{
  bool crowded = false;
  for (size_t i = 0; i < scope->n; ++i) {
    DgId id;
    DG_TRY(dg_merge_id(merge, scope->deals[i], &id));
    if (id != DG_ID_NONE) {
      DG_TRY(include_deal(merge, id));
    }
  }
  for (size_t i = 0; i < merge->scope.n && !crowded; ++i) {
    DgUnit *const unit = merge->scope.items[i];
    DgId id;
    DG_TRY(dg_merge_id(merge, unit->iri, &id));
    DG_TRY(include_deal(merge, id));
    DG_TRY(include_matches(merge, unit, &crowded));
  }
  return crowded ? include_all(merge) : DG_OK;
}

/* ---- the whole ---- */

static DgStatus
read_scope(DgMerge *merge, const DgMergeScope *scope)
{
  DG_TRY(dg_actors_new(merge->arena, merge->decisions, &merge->actors));
  DG_TRY(dg_merge_find_ids(merge));
  DG_TRY(scope && scope->deals ? include_closure(merge, scope)
                               : include_all(merge));
  return dg_merge_settle(merge);
}

DgStatus
dg_merge_read(DgDataset *set, const DgDecisions *decisions,
              const DgMergeScope *scope, DgArena *arena, DgMerge **out)
{
  DgMerge *const merge = DG_NEW(arena, DgMerge);
  DG_TRY_PTR(merge);
  *merge = (DgMerge){ .set = set,
                      .decisions = decisions,
                      .arena = arena,
                      .scratch = dg_arena_new() };
  *out = merge;
  DG_TRY_PTR(merge->scratch);
  const DgStatus status = read_scope(merge, scope);
  dg_arena_free(merge->scratch);
  merge->scratch = NULL;
  return status;
}

size_t
dg_merge_count(const DgMerge *merge)
{
  return merge->n_groups;
}

DgGroup *
dg_merge_group(const DgMerge *merge, size_t index)
{
  return &merge->groups[index];
}

const DgGroup *
dg_merge_find(const DgMerge *merge, DgStr deal)
{
  for (size_t i = 0; i < merge->n_groups; ++i) {
    const DgGroup *const group = &merge->groups[i];
    if (dg_str_equal(group->iri, deal)) {
      return group;
    }
    for (size_t j = 0; j < group->units.n; ++j) {
      if (dg_str_equal(group->units.items[j]->iri, deal)) {
        return group;
      }
    }
  }
  return NULL;
}

const DgActors *
dg_merge_actors(const DgMerge *merge)
{
  return merge->actors;
}

const DgLostDecisions *
dg_merge_lost(const DgMerge *merge)
{
  return &merge->lost;
}

static DgStatus
run(DgDataset *set, const DgDecisions *decisions, const DgMergeScope *scope,
    DgArena *arena, DgMergeCounts *counts)
{
  DgMerge *merge;
  DG_TRY(dg_merge_write_decisions(set, decisions, counts));
  DG_TRY(dg_merge_read(set, decisions, scope, arena, &merge));
  return dg_merge_write(merge, counts);
}

DgStatus
dg_merge_run(DgDataset *set, const DgDecisions *decisions,
             const DgMergeScope *scope, DgMergeCounts *counts)
{
  DgMergeCounts unused;
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  counts = counts ? counts : &unused;
  *counts = (DgMergeCounts){ 0 };
  const DgStatus status = run(set, decisions, scope, arena, counts);
  dg_arena_free(arena);
  return status;
}
