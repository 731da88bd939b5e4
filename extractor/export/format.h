/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_EXPORT_FORMAT_H
#define DG_EXPORT_FORMAT_H

#include "base/io.h"
#include "rdf/writer.h"
#include "store/quad_stream.h"

/** A format that a store is exported in: one file, one const entry. */
typedef struct {
  const char *name;       /**< for --format: "ttl" */
  const char *extensions; /**< names of files, without the point, separated by
                               blanks: "nt ntriples" */
  const char *title;      /**< "Turtle" */
  const char *media_type; /**< "text/turtle" */
  bool graphs;            /**< takes quads by graph; else each triple once */

  /** Write all quads of a sorted stream. */
  DgStatus (*write)(DgQuadStream *quads, DgOutput *out, DgDiag *diag);
} DgFormat;

#define DG_FORMATS(X)                                                          \
  X(ttl)                                                                       \
  X(trig)                                                                      \
  X(nt)                                                                        \
  X(nq)

#define DG_FORMAT_DECLARE(name) extern const DgFormat dg_format_##name;
DG_FORMATS(DG_FORMAT_DECLARE)
#undef DG_FORMAT_DECLARE

/** The format of a name, or of a file name's extension; null for none. */
const DgFormat *
dg_format_find(const char *name);

/** Formats by number, for listing them; null after the last. */
const DgFormat *
dg_format_at(size_t number);

/** Prefixes that people expect in Turtle. */
extern const DgRdfPrefix dg_format_prefixes[];
extern const size_t dg_format_prefix_count;

/** Write with the RDF writer of a syntax; for the RDF formats. */
DgStatus
dg_format_write_rdf(DgRdfSyntax syntax, DgQuadStream *quads, DgOutput *out);

#endif
