/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_RDF_SOURCE_H
#define DG_STORE_RDF_SOURCE_H

#include "base/diag.h"
#include "rdf/syntax.h"

/**
 * The bytes of an input as one piece of address space, whatever its size: a
 * file is mapped; standard input ("-") and what is packed with gzip or zstd
 * goes through a temporary file (in TMPDIR, else /tmp), which is mapped.
 */
typedef struct {
  DgStr bytes;        /**< good until dg_rdf_source_close */
  DgRdfSyntax syntax; /**< by the name without ".gz" or ".zst" */
  void *map;
  size_t map_size;
} DgRdfSource;

/**
 * @return DG_NOT_FOUND, DG_IO_ERROR, or DG_BAD_INPUT for a packed file that is
 *         damaged or cut short.
 */
DgStatus
dg_rdf_source_open(const char *path, DgRdfSource *source, DgDiag *diag);

void
dg_rdf_source_close(DgRdfSource *source);

#endif
