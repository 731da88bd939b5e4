/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event/event_p.h"

/* A party is left out only while it is fresh: sentences back to look. */
enum { ELISION_REACH = 5 };

/** Actors of a deal, at most `cap` of them told; returns how many there are. */
static size_t
actors_of(const DgDeal *deal, uint32_t *actors, size_t cap)
{
  size_t n = 0;
  for (size_t r = 0; r < DG_ROLE_COUNT; ++r) {
    for (size_t i = 0; i < deal->roles[r].n; ++i) {
      const uint32_t actor = deal->roles[r].items[i];
      size_t k = 0;
      while (k < n && k < cap && actors[k] != actor) {
        ++k;
      }
      if (k == n) {
        if (n < cap) {
          actors[n] = actor;
        }
        ++n;
      }
    }
  }
  return n;
}

/** The other party of a deal between `actor` and one more, or DG_NO_INDEX. */
static uint32_t
other_party(const DgDeal *deal, uint32_t actor)
{
  uint32_t two[2];
  if (actors_of(deal, two, 2) != 2 || (two[0] != actor && two[1] != actor)) {
    return DG_NO_INDEX;
  }
  return two[0] == actor ? two[1] : two[0];
}

/** The party that the nearest deal before tells beside the draft's only one. */
static uint32_t
elided_party(const DgReading *reading, const DgDraft *draft)
{
  uint32_t actor;
  if (actors_of(&draft->deal, &actor, 1) != 1) {
    return DG_NO_INDEX;
  }
  const uint32_t here = draft->match->sentence;
  for (const DgDraft *d = draft; d-- > reading->drafts.items;) {
    if (here - d->match->sentence > ELISION_REACH) {
      break;
    }
    const uint32_t other = other_party(&d->deal, actor);
    if (!d->dropped && !d->in_title && other != DG_NO_INDEX) {
      return other;
    }
  }
  return DG_NO_INDEX;
}

/** The role as the nearest deal before of the same family fills it. */
static const DgRoleFill *
same_as_before(const DgReading *reading, const DgDraft *draft, DgDealRole role)
{
  const uint32_t here = draft->match->sentence;
  for (const DgDraft *d = draft; d-- > reading->drafts.items;) {
    if (here - d->match->sentence > ELISION_REACH) {
      break;
    }
    if (!d->dropped && !d->in_title && d->deal.roles[role].n &&
        dg_deal_family(d->deal.type) == dg_deal_family(draft->deal.type)) {
      return &d->deal.roles[role];
    }
  }
  return NULL;
}

static DgStatus
take_same(DgReading *reading, DgDraft *draft)
{
  const int role =
      dg_deal_role_named(dg_rule_setting(draft->rule, DG_STR("same")));
  if (draft->dropped || role < 0 || draft->deal.roles[role].n) {
    return DG_OK;
  }
  const DgRoleFill *const fill =
      same_as_before(reading, draft, (DgDealRole)role);
  uint32_t actors[1];
  for (size_t i = 0; fill && i < fill->n; ++i) {
    if (actors_of(&draft->deal, actors, 1) == 1 &&
        actors[0] == fill->items[i]) {
      return DG_OK; /* nobody buys himself */
    }
    DG_TRY(
        dg_role_add(reading->arena, &draft->deal.roles[role], fill->items[i]));
  }
  return fill ? dg_step_add(reading, &draft->deal.steps, DG_STEP_FILL, NULL,
                            dg_str(dg_deal_role_text((DgDealRole)role)))
              : DG_OK;
}

DgStatus
dg_elisions_fill(DgReading *reading)
{
  for (size_t i = 0; i < reading->drafts.n; ++i) {
    DgDraft *const draft = &reading->drafts.items[i];
    DG_TRY(take_same(reading, draft));
    const int role =
        dg_deal_role_named(dg_rule_setting(draft->rule, DG_STR("elided")));
    if (draft->dropped || role < 0 || draft->deal.roles[role].n) {
      continue;
    }
    const uint32_t other = elided_party(reading, draft);
    if (other != DG_NO_INDEX) {
      DG_TRY(dg_role_add(reading->arena, &draft->deal.roles[role], other));
      DG_TRY(dg_step_add(reading, &draft->deal.steps, DG_STEP_FILL, NULL,
                         dg_str(dg_deal_role_text((DgDealRole)role))));
    }
  }
  return DG_OK;
}
