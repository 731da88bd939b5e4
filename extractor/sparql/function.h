/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_FUNCTION_H
#define DG_SPARQL_FUNCTION_H

#include "base/str.h"

typedef struct DgEval DgEval;
typedef struct DgItem DgItem;
typedef struct DgCode DgCode;

enum { DG_ARGS_ANY = 255 };

/**
 * A function or operator of section 17. One of `call` and `lazy` is set; both
 * return false for an error in SPARQL's sense.
 */
typedef struct {
  const char *name; /**< keyword in upper case, operator, or IRI */
  uint8_t min;      /**< least arguments */
  uint8_t max;      /**< most, or DG_ARGS_ANY */
  /** All arguments are evaluated and are no errors. */
  bool (*call)(DgEval *eval, const DgItem *args, size_t n, DgItem *out);
  /** Evaluates its own arguments. */
  bool (*lazy)(DgEval *eval, const DgCode *code, DgItem *out);
  bool fresh; /**< another value at each call: never folded */
} DgFunction;

/** A built-in by its keyword, any case; null when there is none. */
const DgFunction *
dg_function_find(DgStr keyword);

/** A cast or an extension function by its IRI; null when there is none. */
const DgFunction *
dg_function_find_iri(DgStr iri);

/** An operator such as "+" or "IN"; never null for a known one. */
const DgFunction *
dg_function_operator(const char *name);

/* One table a group, each ended by a null name. */
extern const DgFunction dg_functions_operator[];
extern const DgFunction dg_functions_logic[];
extern const DgFunction dg_functions_term[];
extern const DgFunction dg_functions_string[];
extern const DgFunction dg_functions_regex[];
extern const DgFunction dg_functions_numeric[];
extern const DgFunction dg_functions_date[];
extern const DgFunction dg_functions_hash[];
extern const DgFunction dg_functions_cast[];
extern const DgFunction dg_functions_extra[];

#endif
