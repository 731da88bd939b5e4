/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RDF_QUADS_H
#define DG_RDF_QUADS_H

#include "base/decimal.h"
#include "base/vec.h"
#include "rdf/term.h"
#include "values/date.h"

/**
 * Quads of one graph, gathered in an arena. A failed allocation is kept in
 * `status`, and the calls after it do nothing; dg_quads_flush tells it.
 * Predicates are terminated IRIs ("rdf/vocab.h").
 */
typedef struct {
  DgArena *arena;
  DgTerm graph;
  DG_VEC(DgQuad) list;
  DgStatus status;
} DgQuads;

/** An absent or empty object adds nothing; so with the others. */
void
dg_quads_iri(DgQuads *quads, DgStr s, const char *p, DgStr o);

/** `o` is cleaned first (see dg_mint_clean); what has no ":" adds nothing. */
void
dg_quads_address(DgQuads *quads, DgStr s, const char *p, DgStr o);

void
dg_quads_string(DgQuads *quads, DgStr s, const char *p, DgStr o);

/** `lang` may be absent. */
void
dg_quads_text(DgQuads *quads, DgStr s, const char *p, DgStr o, DgStr lang);

void
dg_quads_integer(DgQuads *quads, DgStr s, const char *p, size_t value);

void
dg_quads_decimal(DgQuads *quads, DgStr s, const char *p, DgDecimal value);

void
dg_quads_boolean(DgQuads *quads, DgStr s, const char *p, bool value);

/**
 * A date as xsd:date, xsd:gYearMonth or xsd:gYear. A week is given by its
 * month when it lies in one, else by its year; a quarter and a half by their
 * year.
 */
void
dg_quads_date(DgQuads *quads, DgStr s, const char *p, DgDate date);

/** Put each quad once, in order. */
DgStatus
dg_quads_flush(DgQuads *quads, const DgQuadSink *sink);

#endif
