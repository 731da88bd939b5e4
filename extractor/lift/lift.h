/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_LIFT_LIFT_H
#define DG_LIFT_LIFT_H

#include "event/facts.h"
#include "rdf/graphs.h"
#include "rdf/term.h"

/** Where the IRIs of data start unless told otherwise. */
#define DG_LIFT_BASE DG_ID_BASE

typedef struct {
  DgStr version;            /**< of the program, "0.1.0" */
  uint64_t ruleset;         /**< hash of rules and lexicon */
  DgStr base;               /**< absent: DG_LIFT_BASE; ends with "/" */
  const DgLexicon *lexicon; /**< for identifiers; may be null */
} DgLiftOptions;

/**
 * The IRI of an article, which is also that of its graph; it needs no facts.
 * @param base  As in DgLiftOptions.
 * @return its `ptr` is null when memory is out.
 */
DgStr
dg_lift_article_iri(const DgDocument *document, DgStr base, DgArena *arena);

/**
 * Turn the facts of one article into quads, all in the graph that the
 * article's IRI names: the article, the program that read it, its deals and
 * relations, what says so, and the actors that take part in them
 * (ontology/dealgraph.ttl has the terms).
 *
 * IRIs are made of content alone, there are no blank nodes and no clock
 * times; so the same article gives the same quads in every run, and runs merge
 * by sorting. Each quad is put once, in the order of dg_quad_compare; its
 * strings are good until the sink returns.
 *
 * @return DG_NO_MEMORY, or what the sink returned when not DG_OK.
 */
DgStatus
dg_lift_article(const DgFacts *facts, const DgLiftOptions *options,
                const DgQuadSink *sink);

#endif
