/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_IRI_H
#define DG_SPARQL_IRI_H

#include "base/arena.h"

/** True when `iri` starts with a scheme and a colon. */
bool
dg_iri_absolute(DgStr iri);

/**
 * Resolve a reference against a base IRI; an absent base leaves it as it is.
 * Absolute references are not normalised.
 * @return a string in `arena` or `reference` itself; absent when memory is out.
 *
 * Source: RFC 3986, section 5.2, as SPARQL 1.1 section 4.1.1.2 asks.
 */
DgStr
dg_iri_resolve(DgArena *arena, DgStr base, DgStr reference);

#endif
