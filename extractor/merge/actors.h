/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_MERGE_ACTORS_H
#define DG_MERGE_ACTORS_H

#include "merge/decisions.h"
#include "store/dataset.h"

/**
 * The actors of a graph by number, and who is who: what people decided
 * (merge, split) and what a newer lexicon names otherwise (redirect).
 */
typedef struct DgActors DgActors;

/**
 * @param decisions  Used as long as the actors are. A merge into an actor that
 *                   is itself merged goes on to the end; one that would close
 *                   a ring is left out.
 */
DgStatus
dg_actors_new(DgArena *arena, const DgDecisions *decisions, DgActors **out);

/** Number of the actor of an IRI, as articles name it. */
DgStatus
dg_actors_number(DgActors *actors, DgStr iri, uint32_t *number);

/** The same by id, which is looked up once. */
DgStatus
dg_actors_of_id(DgActors *actors, DgDataset *set, DgId id, uint32_t *number);

/** Whom `number` stands for in an article: itself, or who it was decided. */
uint32_t
dg_actors_who(const DgActors *actors, uint32_t number, DgStr article);

/** Its IRI; `number` below dg_actors_count. */
DgStr
dg_actors_iri(const DgActors *actors, uint32_t number);

size_t
dg_actors_count(const DgActors *actors);

/** The name that a decision gave it, or DG_STR_NONE. */
DgStr
dg_actors_given_name(const DgActors *actors, uint32_t number);

/** Numbers that stand for `number` somewhere, itself first. */
typedef DG_VEC(uint32_t) DgActorNumbers;
DgStatus
dg_actors_others(const DgActors *actors, uint32_t number, DgArena *arena,
                 DgActorNumbers *out);

/** "IRI Name" of the decisions file in its two parts. */
void
dg_actor_cut(DgStr value, DgStr *iri, DgStr *name);

#endif
