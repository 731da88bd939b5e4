/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_EXPORT_FORMAT_H
#define DG_EXPORT_FORMAT_H

#include "base/io.h"
#include "rdf/writer.h"
#include "store/quad_stream.h"

/** What is exported, and where to. */
typedef struct {
  DgDataset *store;
  const DgTerm *graph;  /**< this graph alone; null: all */
  const DgTerm *except; /**< but not this one; may be null */
  DgOutput *out;
  DgDiag *diag;
} DgExport;

/**
 * A format that a store is exported in: one file, one const entry. Whatever
 * the format, equal stores give equal bytes.
 */
typedef struct {
  const char *name;       /**< for --format: "ttl" */
  const char *extensions; /**< names of files, without the point, separated by
                               blanks: "nt ntriples" */
  const char *title;      /**< "Turtle" */
  const char *media_type; /**< "text/turtle" */
  DgStatus (*write)(const DgExport *x);
} DgExportFormat;

#define DG_EXPORTS(X)                                                          \
  X(ttl)                                                                       \
  X(trig)                                                                      \
  X(nt)                                                                        \
  X(nq)                                                                        \
  X(rdf)                                                                       \
  X(jsonld)                                                                    \
  X(csv)                                                                       \
  X(xlsx)                                                                      \
  X(gexf)                                                                      \
  X(graphml)                                                                   \
  X(dot)

#define DG_EXPORT_DECLARE(name) extern const DgExportFormat dg_export_##name;
DG_EXPORTS(DG_EXPORT_DECLARE)
#undef DG_EXPORT_DECLARE

/** The format of a name, or of a file name's extension; null for none. */
const DgExportFormat *
dg_export_find(const char *name);

/** Formats by number, for listing them; null after the last. */
const DgExportFormat *
dg_export_at(size_t number);

/** Prefixes that people expect in Turtle. */
extern const DgRdfPrefix dg_export_prefixes[];
extern const size_t dg_export_prefix_count;

/** Write with the RDF writer of a syntax. */
DgStatus
dg_export_write_rdf(DgRdfSyntax syntax, const DgExport *x);

/**
 * Open the quads of an export, sorted.
 * @param triples  Graphs left out, each triple once.
 */
DgStatus
dg_export_stream(const DgExport *x, bool triples, DgQuadStream **stream);

/** Give `buf` to the output once it is large, or at the end; then it is empty.
 */
DgStatus
dg_export_flush(const DgExport *x, DgBuf *buf, bool end);

#endif
