/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_EVAL_H
#define DG_SPARQL_EVAL_H

#include "base/regex.h"
#include "sparql/terms.h"

struct DgAlg;
typedef struct DgOp DgOp;
typedef struct DgRun DgRun;
typedef struct DgRegexCache DgRegexCache;

typedef enum {
  DG_CODE_SLOT,
  DG_CODE_CONSTANT,
  DG_CODE_CALL,
  DG_CODE_EXISTS
} DgCodeKind;

/** An expression made ready to run: variables are slots of the row. */
struct DgCode {
  DgCodeKind kind;
  uint32_t slot;
  DgItem constant;
  const DgFunction *function;
  DgCode **args; /**< [n] */
  size_t n;
  struct DgAlg *pattern; /**< EXISTS */
  DgOp *op;              /**< EXISTS: the pattern's plan */
  DgSpan span;           /**< bytes of the request, or empty */
  bool negated;
};

enum { DG_EVAL_DEPTH = 16 /**< EXISTS within EXISTS */ };

/** What expressions run in. */
struct DgEval {
  DgRun *run;
  DgTerms *terms;
  const DgId *row; /**< values of the slots */
  DgArena *arena;  /**< strings of the expression being evaluated */
  DgArena *arenas[DG_EVAL_DEPTH];
  unsigned depth;
  DgStatus status; /**< a failure that ends the query; sticky */
  DgStr base;      /**< for IRI() */
  DgItem now;
  uint64_t solution; /**< number of the row, for BNODE(label) */
  uint64_t fresh;    /**< blank nodes made so far */
  uint64_t random[2];
  DgMatcher *matcher;
  DgRegexCache *regexes;
};

DgStatus
dg_eval_init(DgEval *eval, DgRun *run, DgTerms *terms);

void
dg_eval_clear(DgEval *eval);

/** Value of an expression in the current row; false for an error. */
bool
dg_eval(DgEval *eval, const DgCode *code, DgItem *out);

/** Effective boolean value; an error counts as false. */
bool
dg_eval_filter(DgEval *eval, const DgCode *code);

/** Id of the value; DG_ID_NONE for an error. */
DgId
dg_eval_id(DgEval *eval, const DgCode *code);

/** Runs an EXISTS: true when the pattern has a solution. */
bool
dg_eval_exists(DgEval *eval, const DgCode *code);

/** A failure ends the query. @return false */
bool
dg_eval_fail(DgEval *eval, DgStatus status);

/** Lexical form of a literal, or the IRI: what STR() gives. */
bool
dg_eval_text(DgEval *eval, const DgItem *item, DgStr *text);

/** 64 random bits. */
uint64_t
dg_eval_random(DgEval *eval);

/** A string from `buf` in the arena, language as in `like` (may be null). */
bool
dg_eval_give(DgEval *eval, DgBuf *buf, const DgItem *like, DgItem *out);

/* Shared by functions: fn_numeric.c, fn_operator.c, fn_cast.c */

typedef enum { DG_ADD, DG_SUBTRACT, DG_MULTIPLY, DG_DIVIDE } DgArithmetic;

bool
dg_eval_arithmetic(DgArithmetic op, const DgItem *a, const DgItem *b,
                   DgItem *out);

/* regex_cache.c: XPath patterns, compiled once each. */

/** @return null for a bad pattern or flag. */
const DgRegex *
dg_regex_cache_get(DgEval *eval, DgStr pattern, DgStr flags);

void
dg_regex_cache_free(DgRegexCache *cache);

#endif
