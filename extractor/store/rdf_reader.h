/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_RDF_READER_H
#define DG_STORE_RDF_READER_H

#include "base/diag.h"
#include "rdf/syntax.h"
#include "rdf/term.h"

/** How to read. A zeroed struct is allowed. */
typedef struct {
  DgRdfSyntax syntax; /**< DG_RDF_NONE: by the name's extension */
  DgStr base;         /**< absolute IRI that relative ones are read against;
                           absent: the file's own "file:" IRI */
  DgStr blank_prefix; /**< put before every blank label: give each file its
                           own, since a label means nothing outside its file */
  DgTerm graph;       /**< of statements that name none */
} DgRdfOptions;

/**
 * Read an RDF document and put its quads into `sink`, in document order; what
 * was read before an error has been put already.
 *
 * @param name  Names the source in `diag`; may be null.
 * @return DG_BAD_INPUT with line and column in `diag`; DG_USAGE for an unknown
 *         syntax; else what the sink returned.
 *
 * Source: Turtle, TriG, N-Triples, N-Quads (W3C 2014) by serd; RDF/XML (W3C
 * 2014) by raptor2, which is kept off the network and off other files.
 */
DgStatus
dg_rdf_read(DgStr bytes, const char *name, const DgRdfOptions *options,
            const DgQuadSink *sink, DgDiag *diag);

/** As dg_rdf_read, from a file, "-" for standard input. */
DgStatus
dg_rdf_read_file(const char *path, const DgRdfOptions *options,
                 const DgQuadSink *sink, DgDiag *diag);

/** The "file:" IRI of a path, on the heap; null when memory is out. */
char *
dg_rdf_file_iri(const char *path);

#endif
