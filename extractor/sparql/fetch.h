/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_FETCH_H
#define DG_SPARQL_FETCH_H

#include "base/buf.h"
#include "base/diag.h"
#include "rdf/syntax.h"

/** Bounds of one exchange with another server. */
typedef struct {
  double timeout; /**< seconds, or 0 for a minute */
  const volatile int *cancel;
} DgFetchLimits;

/**
 * Read the RDF document that an IRI names: file:, http: or https:.
 *
 * @param syntax  Set by the answer's media type, else by the name's extension.
 * @return DG_IO_ERROR or DG_NOT_FOUND with the reason in `diag`.
 */
DgStatus
dg_fetch_document(DgStr iri, DgBuf *bytes, DgRdfSyntax *syntax, DgDiag *diag);

/**
 * Ask a SPARQL endpoint: POST, application/x-www-form-urlencoded (SPARQL 1.1
 * Protocol, section 2.1.2).
 *
 * @param body   The answer, which was asked for in the XML format.
 */
DgStatus
dg_fetch_query(DgStr endpoint, DgStr query, const DgFetchLimits *limits,
               DgBuf *body, DgDiag *diag);

#endif
