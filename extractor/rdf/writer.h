/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RDF_WRITER_H
#define DG_RDF_WRITER_H

#include "base/io.h"
#include "rdf/syntax.h"
#include "rdf/term.h"

/** A short name for the start of IRIs. */
typedef struct {
  DgStr name; /**< without the colon: "rdfs" */
  DgStr iri;
} DgRdfPrefix;

/**
 * Writes quads as N-Triples, N-Quads, Turtle or TriG. Quads come in the order
 * of dg_quad_compare; N-Triples and Turtle have no place for graphs, so for
 * them quads come in the order of subject, predicate and object, and one that
 * is the same but for the graph is written once. Equal input gives equal
 * bytes.
 */
typedef struct DgRdfWriter DgRdfWriter;

/** How to write. */
typedef struct {
  DgRdfSyntax syntax;          /**< all but DG_RDF_NONE and DG_RDF_XML */
  const DgRdfPrefix *prefixes; /**< [n_prefixes], used until the end */
  size_t n_prefixes;
} DgRdfWriterOptions;

/**
 * @param buf  Takes the text; used until the end.
 * @param out  When not null, `buf` is written to it and emptied whenever it is
 *             large, and at the end.
 * @return DG_UNSUPPORTED for a syntax that cannot be written.
 */
DgStatus
dg_rdf_writer_new(const DgRdfWriterOptions *options, DgBuf *buf, DgOutput *out,
                  DgRdfWriter **writer);

/** Write a quad; its strings are not kept. */
DgStatus
dg_rdf_writer_put(DgRdfWriter *writer, const DgQuad *quad);

/** A sink that puts quads into the writer. */
DgQuadSink
dg_rdf_writer_sink(DgRdfWriter *writer);

/** Write what is open to its end; the buffer's own status. */
DgStatus
dg_rdf_writer_end(DgRdfWriter *writer);

/** Null is allowed. */
void
dg_rdf_writer_free(DgRdfWriter *writer);

/**
 * Append a term in Turtle: with the longest prefix that fits, numbers and
 * booleans bare.
 */
void
dg_rdf_write_turtle_term(const DgTerm *term, const DgRdfPrefix *prefixes,
                         size_t n_prefixes, DgBuf *out);

#endif
