/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_ALGEBRA_H
#define DG_SPARQL_ALGEBRA_H

#include "sparql/ast.h"
#include "sparql/bits.h"
#include "sparql/eval.h"

/**
 * The algebra of section 18, made from the parser's tree. Variables are slots
 * of one row; a variable that a sub-select hides has a slot of its own, so
 * that projection needs no work. Constants are ids.
 */
typedef enum {
  DG_ALG_UNIT,  /**< one empty solution */
  DG_ALG_EMPTY, /**< no solution */
  DG_ALG_SCAN,
  DG_ALG_PATH,
  DG_ALG_VALUES,
  DG_ALG_JOIN, /**< of any number, in any order */
  DG_ALG_LEFT_JOIN,
  DG_ALG_UNION,
  DG_ALG_MINUS,
  DG_ALG_FILTER,
  DG_ALG_EXTEND,
  DG_ALG_GRAPH, /**< once for each graph */
  DG_ALG_GROUP,
  DG_ALG_DISTINCT,
  DG_ALG_ORDER,
  DG_ALG_SLICE,
  DG_ALG_SERVICE,
  DG_ALG_MERGE /**< made by the planner: SCANs that share a subject */
} DgAlgKind;

#define DG_SLOT_NONE UINT32_MAX

/** A slot or a constant. */
typedef struct {
  uint32_t slot; /**< DG_SLOT_NONE: `id` counts */
  DgId id;
} DgPlace;

typedef enum { DG_GRAPH_DEFAULT, DG_GRAPH_PLACE } DgGraphKind;

/** Ids from first to last, both included. */
typedef struct {
  DgId first;
  DgId last;
} DgIdRange;

/** The graph that patterns are matched in. */
typedef struct {
  DgGraphKind kind;
  DgPlace place;
} DgGraphRef;

/** A path with its links as ids. */
typedef struct DgPathCode DgPathCode;
struct DgPathCode {
  DgPathKind kind;
  DgId id;            /**< LINK */
  DgPathCode **parts; /**< [n] */
  size_t n;
  bool min_one; /**< REPEAT: "+" */
  bool many;    /**< REPEAT: not "?" */
};

typedef struct {
  DgAggregate aggregate;
  bool distinct;
  DgCode *arg; /**< null for COUNT(*) */
  DgStr separator;
  uint32_t slot; /**< where the result goes */
} DgAggCode;

typedef struct {
  DgCode *code;
  bool descending;
} DgSortKey;

typedef struct DgAlg DgAlg;
struct DgAlg {
  DgAlgKind kind;
  DG_VEC(DgAlg *) kids;
  DgPlace s; /**< SCAN, PATH */
  DgPlace p;
  DgPlace o;
  DgIdRange *ranges; /**< SCAN [n_ranges]: where ?o is looked for, sorted; or
                          null: anywhere */
  size_t n_ranges;
  DgPathCode *path;
  DgGraphRef graph;
  DgCode *code;     /**< FILTER, EXTEND; LEFT_JOIN, or null */
  DgBits code_vars; /**< slots that `code` mentions */
  uint32_t slot;    /**< EXTEND, GRAPH */
  uint32_t *slots;  /**< [n_slots] VALUES, DISTINCT; GROUP: keys */
  size_t n_slots;
  DgId *ids; /**< [n_rows * n_slots] VALUES */
  size_t n_rows;
  DG_VEC(DgAggCode) aggregates;
  DG_VEC(DgSortKey) keys;
  uint64_t limit;
  uint64_t offset;
  const DgPattern *service;
  DgPlace endpoint;
  /* Slots by what is known of them. */
  DgBits maybe;     /**< a solution may bind them */
  DgBits certain;   /**< every solution binds them */
  DgBits mentioned; /**< named anywhere below */
  DgBits blocked;   /**< binding them before would change the solutions */
};

/** What a request becomes, with the state shared by its parts. */
typedef struct {
  DgArena *arena;
  const DgRequest *request;
  DgEval *eval;
  DgTerms *terms;
  DgDiag *diag;
  DG_VEC(DgStr) names; /**< of slots; absent for hidden ones */
  uint32_t *map;       /**< [n vars] slot of each variable in this scope */
  unsigned depth;
} DgTranslate;

/** Start: no slots yet. */
DgStatus
dg_translate_init(DgTranslate *t);

/** A group or other pattern in the default graph. */
DgStatus
dg_translate_pattern(DgTranslate *t, const DgPattern *pattern, DgGraphRef graph,
                     DgAlg **alg);

/** A SELECT with its modifiers; `columns` [*n] gives its slots. */
DgStatus
dg_translate_select(DgTranslate *t, const DgSelect *select, DgGraphRef graph,
                    DgAlg **alg, uint32_t **columns, size_t *n);

/** Slot of a variable in the current scope, made when new. */
DgStatus
dg_translate_slot(DgTranslate *t, DgVar var, uint32_t *slot);

DgStatus
dg_translate_hidden(DgTranslate *t, uint32_t *slot);

DgStatus
dg_translate_place(DgTranslate *t, const DgNode *node, DgPlace *place);

/** Variables that a pattern makes visible, for SELECT *; [*n] in order. */
DgStatus
dg_translate_visible(DgTranslate *t, const DgPattern *pattern, DgVar **vars,
                     size_t *n);

/** True when a pattern names a variable, or shows one of that name. */
bool
dg_pattern_names(const DgPattern *pattern, DgVar var);

/* code.c */

/** Where aggregates go while a grouped SELECT is translated. */
typedef struct {
  DgAlg *group; /**< null: none may come */
  DgGraphRef graph;
} DgCodeScope;

/** An expression with its slots; `vars` (may be null) gets what it names. */
DgStatus
dg_translate_code(DgTranslate *t, const DgExpr *expr, const DgCodeScope *scope,
                  DgCode **code, DgBits *vars);

/* build.c: nodes with their sets of slots filled in. */

DgAlg *
dg_alg_new(DgArena *arena, DgAlgKind kind);

bool
dg_alg_add(DgArena *arena, DgAlg *alg, DgAlg *kid);

/** Fill the sets from kids and fields. */
DgStatus
dg_alg_finish(DgArena *arena, DgAlg *alg);

DgStatus
dg_alg_join(DgArena *arena, DgAlg *left, DgAlg *right, DgAlg **out);

DgStatus
dg_alg_filter(DgArena *arena, DgAlg *alg, DgCode *code, DgBits vars,
              DgAlg **out);

#endif
