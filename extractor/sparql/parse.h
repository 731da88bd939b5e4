/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_PARSE_H
#define DG_SPARQL_PARSE_H

#include "base/diag.h"
#include "sparql/ast.h"

/** A variable that has its value from outside. */
typedef struct {
  DgStr name;   /**< without "?" */
  DgTerm value; /**< DG_TERM_NONE: it is left out, so that it is not BOUND */
} DgParam;

typedef struct {
  DgStr base;            /**< absolute IRI, or absent */
  const DgParam *params; /**< [n_params] */
  size_t n_params;
} DgParseOptions;

/**
 * Parse a query or, with `update`, an update request. A parameter's value
 * stands wherever its variable is written, as a term: text of a value never
 * becomes text of the query.
 *
 * @param text     Kept: the request borrows slices of it.
 * @param request  Filled on DG_OK, in `arena`.
 * @return DG_BAD_QUERY with the place in `diag`.
 *
 * Source: SPARQL 1.1 Query Language, section 19; numbers in parentheses in
 * this room's files are its productions.
 */
DgStatus
dg_parse_request(DgArena *arena, DgStr text, bool update,
                 const DgParseOptions *options, DgRequest *request,
                 DgDiag *diag);

/** Prefixes that every request knows without declaring them, [*n] pairs. */
typedef struct {
  const char *name;
  const char *iri;
} DgKnownPrefix;

const DgKnownPrefix *
dg_parse_known_prefixes(size_t *n);

/** Steps of one letter that turn `a` into `b`, upper and lower case alike. */
size_t
dg_parse_distance(DgStr a, DgStr b);

#endif
