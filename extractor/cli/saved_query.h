/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_CLI_SAVED_QUERY_H
#define DG_CLI_SAVED_QUERY_H

#include "base/diag.h"
#include "sparql/parse.h"

/**
 * Saved queries: files NAME.rq in the folder DEALGRAPH_QUERIES, else `queries`
 * beside the program, else the installed one. Lines of comment before
 * the query describe it:
 *
 *   # title: words
 *   # question: words
 *   # param: name type [default]  words
 *   # column: name type  words
 *
 * Types of parameters: string, integer, decimal, date, iri, company. One
 * without a value and without a default leaves its variable free.
 */

/** Path of a saved query in `arena`. @return DG_USAGE for an unknown name,
 * with the near ones. */
DgStatus
dg_saved_query_find(DgArena *arena, const char *name, const char **path,
                    DgDiag *diag);

/**
 * Values for the variables of a query, from "name=value" words and the
 * defaults of its header; those without either are given as left out.
 * @return DG_USAGE for a word that fits no parameter or a value that does not
 *         fit its type.
 */
DgStatus
dg_saved_query_params(DgArena *arena, DgStr text, const char *const *words,
                      size_t n_words, DgParam **params, size_t *n,
                      DgDiag *diag);

/** Append the list of all saved queries: name, title, parameters. */
DgStatus
dg_saved_query_list(DgArena *arena, DgBuf *out, DgDiag *diag);

#endif
