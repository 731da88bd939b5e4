/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_EVAL_NAME_H
#define DG_PIPELINE_EVAL_NAME_H

#include "base/buf.h"
#include "base/vec.h"

/**
 * Names as the scoring compares them: "Société Générale SA" is "societe
 * generale", and one that holds the other as whole words is the same. The
 * rules stand in doc/facts-format.md; they are not those by which articles
 * are read, so that a fault of the one does not hide in the other.
 */

/** A name of a deal; "A|B" are two forms of it. */
typedef struct {
  DgStr text;   /**< as written */
  DgStr *forms; /**< [n_forms] compared forms, some may be empty */
  size_t n_forms;
} DgEvalName;

typedef DG_VEC(DgEvalName) DgEvalNames;

/**
 * Fold case, accents and ligatures; keep letters a to z, digits, "&" and "+",
 * and one blank for anything else between them.
 * @return a string in `arena`, its `ptr` null when memory is out.
 */
DgStr
dg_eval_fold(DgArena *arena, DgStr text);

/** dg_eval_fold, then legal forms such as "SA" left out. */
DgStr
dg_eval_name_key(DgArena *arena, DgStr name);

/**
 * Read `text` into `name`; all memory is in `arena`.
 * @return DG_NO_MATCH when nothing of it can be compared.
 */
DgStatus
dg_eval_name_read(DgArena *arena, DgStr text, DgEvalName *name);

/** Some form of one is, or holds as whole words, some form of the other. */
bool
dg_eval_name_match(const DgEvalName *a, const DgEvalName *b);

/** Most names in one deal. */
enum { DG_EVAL_NAMES = 256 };

/**
 * Pair names one to one, equal ones first, each in order.
 * @param a,b  [n_a], [n_b], at most DG_EVAL_NAMES each.
 * @return pairs.
 */
size_t
dg_eval_name_pair(const DgEvalName *const *a, size_t n_a,
                  const DgEvalName *const *b, size_t n_b);

#endif
