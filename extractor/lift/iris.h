/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_LIFT_IRIS_H
#define DG_LIFT_IRIS_H

#include "lift/lift.h"

/** The IRIs of one article's things, in its arena. */
typedef struct {
  DgStr article;
  DgStr activity;
  DgStr *entities; /**< [facts->entities.n] */
  DgStr *deals;    /**< [facts->n_deals]; two may be equal: the same deal */
  DgStr *mentions; /**< [facts->n_deals] */
  size_t base_len; /**< bytes of the base that each starts with */
} DgLiftIris;

/**
 * Make the IRIs:
 *
 *   article/HASH     of the address without its fragment; where none is known,
 *                    of id, publication date and text
 *   activity/V-HASH  program version and ruleset
 *   company/SLUG     the entity's key; person/, product/ and place/ likewise.
 *                    What is unknown or an organisation of any kind stands
 *                    under company/, since articles differ in what they tell
 *   deal/HASH        type, core parties in order, year, amount; without an
 *                    amount a round's name, for a launch the products
 *   mention/HASH     article, deal, all parties, begin
 */
DgStatus
dg_lift_iris_make(const DgFacts *facts, const DgLiftOptions *options,
                  DgArena *arena, DgLiftIris *iris);

/** IRI of a further passage, from the mention's IRI and its place. */
DgStr
dg_lift_evidence_iri(const DgLiftIris *iris, DgStr mention, size_t begin,
                     DgArena *arena);

/** IRI of a relation's mention. */
DgStr
dg_lift_relation_iri(const DgLiftIris *iris, const DgRelation *relation,
                     DgArena *arena);

#endif
