/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_MERGE_NEAR_H
#define DG_MERGE_NEAR_H

#include "store/dataset.h"
#include "base/vec.h"

/** An actor of the graph, with its least label. */
typedef struct {
  DgStr iri;
  DgStr name;
  DgStr country;  /**< or absent */
  size_t deals;   /**< deal tellings that it has a role in */
  DgStr replaced; /**< IRI of the actor that stands for it, or absent */
} DgActorRow;

typedef DG_VEC(DgActorRow) DgActorRows;

/** All actors with a label that are below the folder of organisations, by IRI;
 * inside a read. */
DgStatus
dg_actor_rows(DgDataset *set, DgArena *arena, DgActorRows *rows);

/** Two actors whose names are near. */
typedef struct {
  size_t a; /**< index of a row, with more deals than `b` */
  size_t b;
  double score;
} DgNearPair;

typedef DG_VEC(DgNearPair) DgNearPairs;

/** How likely two names are one company's, 0..1. */
typedef double (*DgNameSimilarity)(DgStr a, DgStr b, DgArena *arena);

/**
 * Pairs of actors, none of them replaced, with names at least `least` alike,
 * best first. Only names that share their first four letters, or a word that
 * few names have, are compared.
 */
DgStatus
dg_near_pairs(const DgActorRows *rows, DgNameSimilarity similarity,
              double least, DgArena *arena, DgNearPairs *pairs);

#endif
