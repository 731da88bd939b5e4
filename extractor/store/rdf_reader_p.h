/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_RDF_READER_P_H
#define DG_STORE_RDF_READER_P_H

#include "store/rdf_reader.h"

#define DG_XSD_STRING "http://www.w3.org/2001/XMLSchema#string"

/** One document being read; shared by the two libraries that read. */
typedef struct {
  const DgRdfOptions *options;
  const DgQuadSink *sink;
  DgDiag *diag;
  const char *name;
  DgStr bytes;
  DgStr base;
  DgArena *arena;   /**< strings of one statement */
  DgArena *lasting; /**< strings of the document */
  DgStatus status;  /**< first failure */
} DgRdfReading;

/** The label of a blank node with the document's prefix. */
DgStr
dg_rdf_reading_blank(DgRdfReading *reading, DgStr label);

/** Make `term`, whose value is set, a literal. */
void
dg_rdf_reading_literal(DgRdfReading *reading, DgTerm *term, DgStr datatype,
                       DgStr lang);

/** Put a quad, with the default graph filled in. */
DgStatus
dg_rdf_reading_put(DgRdfReading *reading, DgQuad *quad);

/** Keep the first error; line and column (bytes) count from 1, 0 unknown. */
void
dg_rdf_reading_error(DgRdfReading *reading, size_t line, size_t column,
                     const char *message);

/** Read RDF/XML. */
DgStatus
dg_rdf_read_raptor(DgRdfReading *reading);

#endif
