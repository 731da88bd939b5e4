/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/actors.h"

#include "merge/names.h"

enum { NOBODY = UINT32_MAX };

typedef struct {
  DgStr iri;
  DgStr name;    /* that a decision gave, or absent */
  uint32_t into; /* whom it stands for everywhere, or itself */
} Actor;

/* In one article, `actor` is `into`. */
typedef struct {
  uint32_t actor;
  uint32_t into;
  DgStr article;
} Split;

/* A place of a hash table: what is hashed, and its number plus one. */
typedef struct {
  uint64_t key;
  uint32_t number;
} Place;

typedef struct {
  Place *places; /* [mask + 1] */
  size_t mask;
  size_t n;
} Table;

struct DgActors {
  DgArena *arena;
  DG_VEC(Actor) all;
  DG_VEC(Split) splits;
  Table by_iri; /* by hash; equal hashes stand side by side */
  Table by_id;
};

/* ---- hash tables ---- */

static size_t
first_place(const Table *table, uint64_t key)
{
  return (key * 0x9E3779B97F4A7C15U >> 20) & table->mask;
}

static void
put(Table *table, uint64_t key, uint32_t number)
{
  size_t at = first_place(table, key);
  while (table->places[at].number) {
    at = (at + 1) & table->mask;
  }
  table->places[at] = (Place){ key, number + 1 };
  ++table->n;
}

static DgStatus
make_room(DgArena *arena, Table *table)
{
  if (table->places && table->n * 2 <= table->mask) {
    return DG_OK;
  }
  const Table old = *table;
  table->mask = old.places ? old.mask * 2 + 1 : 63;
  table->places = DG_NEW_ARRAY(arena, Place, table->mask + 1);
  DG_TRY_PTR(table->places);
  table->n = 0;
  for (size_t i = 0; old.places && i <= old.mask; ++i) {
    if (old.places[i].number) {
      put(table, old.places[i].key, old.places[i].number - 1);
    }
  }
  return DG_OK;
}

/* ---- numbers ---- */

DgStatus
dg_actors_number(DgActors *actors, DgStr iri, uint32_t *number)
{
  DG_TRY(make_room(actors->arena, &actors->by_iri));
  const uint64_t key = dg_str_hash(iri);
  size_t at = first_place(&actors->by_iri, key);
  const Place *place;
  while ((place = &actors->by_iri.places[at])->number) {
    if (place->key == key &&
        dg_str_equal(actors->all.items[place->number - 1].iri, iri)) {
      *number = place->number - 1;
      return DG_OK;
    }
    at = (at + 1) & actors->by_iri.mask;
  }
  Actor *const actor = DG_VEC_ADD(actors->arena, &actors->all);
  DG_TRY_PTR(actor);
  *number = (uint32_t)(actors->all.n - 1);
  *actor = (Actor){ dg_arena_copy(actors->arena, iri), DG_STR_NONE, *number };
  DG_TRY_PTR(actor->iri.ptr);
  put(&actors->by_iri, key, *number);
  return DG_OK;
}

DgStatus
dg_actors_of_id(DgActors *actors, DgDataset *set, DgId id, uint32_t *number)
{
  DG_TRY(make_room(actors->arena, &actors->by_id));
  size_t at = first_place(&actors->by_id, id);
  const Place *place;
  while ((place = &actors->by_id.places[at])->number) {
    if (place->key == id) {
      *number = place->number - 1;
      return DG_OK;
    }
    at = (at + 1) & actors->by_id.mask;
  }
  DgTerm term;
  DG_TRY(set->class_->term(set, id, actors->arena, &term));
  DG_TRY(dg_actors_number(actors, term.value, number));
  put(&actors->by_id, id, *number);
  return DG_OK;
}

DgStr
dg_actors_iri(const DgActors *actors, uint32_t number)
{
  return actors->all.items[number].iri;
}

size_t
dg_actors_count(const DgActors *actors)
{
  return actors->all.n;
}

DgStr
dg_actors_given_name(const DgActors *actors, uint32_t number)
{
  return actors->all.items[number].name;
}

/* ---- who is who ---- */

/* To the end of the chain; there are no rings. */
static uint32_t
end_of(const DgActors *actors, uint32_t number)
{
  while (actors->all.items[number].into != number) {
    number = actors->all.items[number].into;
  }
  return number;
}

uint32_t
dg_actors_who(const DgActors *actors, uint32_t number, DgStr article)
{
  for (size_t i = 0; i < actors->splits.n; ++i) {
    const Split *const split = &actors->splits.items[i];
    if (split->actor == number && dg_str_equal(split->article, article)) {
      return end_of(actors, split->into);
    }
  }
  return end_of(actors, number);
}

DgStatus
dg_actors_others(const DgActors *actors, uint32_t number, DgArena *arena,
                 DgActorNumbers *out)
{
  uint32_t *slot = DG_VEC_ADD(arena, out);
  DG_TRY_PTR(slot);
  *slot = number;
  for (uint32_t i = 0; i < actors->all.n; ++i) {
    if (i != number && actors->all.items[i].into != i &&
        end_of(actors, i) == number) {
      slot = DG_VEC_ADD(arena, out);
      DG_TRY_PTR(slot);
      *slot = i;
    }
  }
  for (size_t i = 0; i < actors->splits.n; ++i) {
    if (end_of(actors, actors->splits.items[i].into) == number) {
      slot = DG_VEC_ADD(arena, out);
      DG_TRY_PTR(slot);
      *slot = actors->splits.items[i].actor;
    }
  }
  return DG_OK;
}

void
dg_actor_cut(DgStr value, DgStr *iri, DgStr *name)
{
  const size_t blank = dg_str_find(value, DG_STR(" "), 0);
  *iri = dg_str_sub(value, 0, blank);
  *name = blank == SIZE_MAX ? DG_STR_NONE
                            : dg_str_trim(dg_str_sub(value, blank, value.len));
}

static DgStatus
take_actor(DgActors *actors, DgStr value, uint32_t *number)
{
  DgStr iri;
  DgStr name;
  dg_actor_cut(value, &iri, &name);
  DG_TRY(dg_actors_number(actors, iri, number));
  if (name.len) {
    actors->all.items[*number].name = name;
  }
  return DG_OK;
}

static DgStatus
add_splits(DgActors *actors, const DgDecision *decision, uint32_t actor,
           uint32_t into)
{
  for (size_t i = 0; i < decision->fields.n; ++i) {
    const DgField *const field = &decision->fields.items[i];
    if (dg_str_equal(field->name, DG_STR("article"))) {
      Split *const split = DG_VEC_ADD(actors->arena, &actors->splits);
      DG_TRY_PTR(split);
      *split = (Split){ actor, into, field->value };
    }
  }
  return DG_OK;
}

static DgStatus
take_decision(DgActors *actors, const DgDecision *decision)
{
  uint32_t actor;
  uint32_t into;
  DG_TRY(take_actor(actors, dg_decision_get(decision, "actor"), &actor));
  DG_TRY(take_actor(actors, dg_decision_get(decision, "into"), &into));
  if (decision->verb == DG_VERB_SPLIT) {
    return add_splits(actors, decision, actor, into);
  }
  /* The later word stands; what leads back to the actor is left out. */
  if (end_of(actors, into) != actor) {
    actors->all.items[actor].into = into;
  }
  return DG_OK;
}

/* Actors that decisions on deals name. */
static DgStatus
take_names(DgActors *actors, const DgDecision *decision)
{
  for (size_t i = 0; i < decision->fields.n; ++i) {
    const DgStr name = decision->fields.items[i].name;
    const DgStr bare = dg_str_starts(name, DG_STR("set."))
                           ? dg_str_sub(name, 4, name.len)
                           : name;
    uint32_t number;
    DgStr iri;
    DgStr label;
    dg_actor_cut(decision->fields.items[i].value, &iri, &label);
    if (label.len && dg_str_find(iri, DG_STR(":"), 0) != SIZE_MAX &&
        dg_told_find(dg_told_roles, DG_TOLD_ROLE_COUNT, bare) >= 0) {
      DG_TRY(take_actor(actors, decision->fields.items[i].value, &number));
    }
  }
  return DG_OK;
}

DgStatus
dg_actors_new(DgArena *arena, const DgDecisions *decisions, DgActors **out)
{
  DgActors *const actors = DG_NEW(arena, DgActors);
  DG_TRY_PTR(actors);
  actors->arena = arena;
  *out = actors;
  for (size_t i = 0; i < decisions->n; ++i) {
    const DgDecision *const decision = &decisions->items[i];
    if (decision->undone) {
      continue;
    }
    DG_TRY(dg_verb_is_of_actors(decision->verb)
               ? take_decision(actors, decision)
               : take_names(actors, decision));
  }
  return DG_OK;
}
