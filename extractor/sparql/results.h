/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_RESULTS_H
#define DG_SPARQL_RESULTS_H

#include "base/buf.h"
#include "rdf/term.h"

typedef struct DgResults DgResults;

/** How solutions are written; one file each. */
typedef struct {
  const char *name;
  const char *media_type;
  void (*begin)(DgResults *results);
  void (*row)(DgResults *results, const DgTerm *terms);
  void (*end)(DgResults *results);
  void (*boolean)(DgResults *results, bool answer);
} DgResultFormat;

/** Solutions being written. */
struct DgResults {
  const DgResultFormat *format;
  DgBuf *out;         /**< grows; the caller empties it between calls */
  const DgStr *names; /**< [n] columns, without "?" */
  size_t n;
  uint64_t rows;  /**< written so far */
  bool colour;    /**< a terminal that shows bold text */
  DgArena *arena; /**< for what a format must keep back */
  void *state;
};

extern const DgResultFormat dg_results_csv;
extern const DgResultFormat dg_results_tsv;
extern const DgResultFormat dg_results_json;
extern const DgResultFormat dg_results_xml;
extern const DgResultFormat dg_results_md;
extern const DgResultFormat dg_results_table;

/** By short name or media type; null when there is none. */
const DgResultFormat *
dg_results_find(DgStr name);

/** Append a term as people read it: prefixed name, text without quotes,
 * control characters escaped. */
void
dg_results_plain(const DgTerm *term, DgBuf *out);

#endif
