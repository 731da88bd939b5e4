/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_RESULTS_READ_H
#define DG_SPARQL_RESULTS_READ_H

#include "base/diag.h"
#include "rdf/term.h"

/** Where the solutions of a result document go. */
typedef struct {
  DgStatus (*binding)(void *self, DgStr name, const DgTerm *term);
  /** After the bindings of a solution. */
  DgStatus (*solution)(void *self);
  void *self;
} DgSolutionSink;

/**
 * Read solutions in the SPARQL Query Results XML Format. Of XML it knows what
 * such documents hold: elements, attributes, text, CDATA, comments, the five
 * entities and character references; a document type is refused.
 *
 * @return DG_BAD_INPUT for anything else.
 */
DgStatus
dg_results_read_xml(DgStr xml, const DgSolutionSink *sink, DgDiag *diag);

#endif
