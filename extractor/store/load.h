/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_LOAD_H
#define DG_STORE_LOAD_H

#include "rdf/syntax.h"
#include "rdf/term.h"
#include "store/dataset.h"

/** How to load. A zeroed struct is allowed. */
typedef struct {
  DgRdfSyntax syntax; /**< DG_RDF_NONE: by each file's name */
  DgTerm graph;       /**< of statements that name none */
  bool lenient;       /**< go on after what cannot be read: lines of N-Triples
                           and N-Quads one by one, else the rest of the file */

  /** Told of what cannot be read, when lenient. */
  void (*skipped)(void *self, const DgDiag *diag);

  /** Told now and then how far a file has come; bytes of the file. */
  void (*progress)(void *self, uint64_t quads, uint64_t bytes, uint64_t total);
  void *self; /**< of both */
} DgLoadOptions;

/** What was loaded. */
typedef struct {
  uint64_t quads;   /**< read */
  uint64_t added;   /**< of them, new; unknown (0) for a bulk load */
  uint64_t skipped; /**< what could not be read */
} DgLoadCounts;

/**
 * Add the quads of an RDF file, "-" for standard input, in one transaction of
 * its own: on failure the dataset is as before. A blank node's label stays
 * unless the dataset has it already; then another one is made, since a label
 * means nothing outside its file.
 *
 * @param counts  Added to.
 * @return DG_BAD_INPUT with line and column for what is not right, unless
 *         lenient.
 */
DgStatus
dg_load_file(DgDataset *store, const char *path, const DgLoadOptions *options,
             DgLoadCounts *counts, DgDiag *diag);

/**
 * Load files into an embedded store, all or nothing, by writing its data file
 * anew ("store/lmdb_build.h"): for much data at once.
 */
DgStatus
dg_load_bulk(DgDataset *store, const char *const *paths, size_t n_paths,
             const DgLoadOptions *options, DgLoadCounts *counts, DgDiag *diag);

#endif
