/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_AST_H
#define DG_SPARQL_AST_H

#include "base/vec.h"
#include "rdf/term.h"
#include "sparql/function.h"

/**
 * What the parser makes of a request: the shape of the text, before any
 * meaning. Everything lies in the query's arena. Variables are numbers into
 * DgRequest.vars; blank nodes of patterns and templates are variables too,
 * with a name that starts with "_:".
 */

typedef uint32_t DgVar;

#define DG_VAR_NONE ((DgVar)UINT32_MAX)

/** A variable or a term. */
typedef struct {
  DgVar var; /**< DG_VAR_NONE: `term` counts */
  DgTerm term;
} DgNode;

/* Property paths (88 to 96). */
typedef enum {
  DG_PATH_LINK,    /**< `iri` */
  DG_PATH_INVERSE, /**< parts[0] */
  DG_PATH_SEQUENCE,
  DG_PATH_CHOICE,
  DG_PATH_REPEAT, /**< parts[0]; zero when `min` is 0, many when `many` */
  DG_PATH_NEGATED /**< none of the parts, each LINK or INVERSE of one */
} DgPathKind;

typedef struct DgPath DgPath;
struct DgPath {
  DgPathKind kind;
  DgTerm iri;
  DG_VEC(DgPath *) parts;
  uint8_t min; /**< 0 or 1 */
  bool many;
};

/** Exactly one of `path` and `p` counts: `path` when it is not null. */
typedef struct {
  DgNode s;
  DgNode p;
  DgPath *path;
  DgNode o;
} DgTriple;

typedef struct {
  DG_VEC(DgTriple) list;
} DgTriples;

typedef struct DgExpr DgExpr;
typedef struct DgPattern DgPattern;
typedef struct DgSelect DgSelect;

typedef enum {
  DG_EXPR_VAR,
  DG_EXPR_TERM,
  DG_EXPR_CALL,     /**< `function` of `args` */
  DG_EXPR_EXISTS,   /**< `pattern`; negated when `negated` */
  DG_EXPR_AGGREGATE /**< `aggregate` of args[0], or of * when there is none */
} DgExprKind;

typedef enum {
  DG_AGG_COUNT,
  DG_AGG_SUM,
  DG_AGG_MIN,
  DG_AGG_MAX,
  DG_AGG_AVG,
  DG_AGG_SAMPLE,
  DG_AGG_GROUP_CONCAT
} DgAggregate;

struct DgExpr {
  DgExprKind kind;
  DgSpan span; /**< bytes of the query */
  DgVar var;
  DgTerm term;
  const DgFunction *function;
  DG_VEC(DgExpr *) args;
  bool negated;
  bool distinct;
  DgAggregate aggregate;
  DgStr separator; /**< GROUP_CONCAT; absent: a space */
  DgPattern *pattern;
};

typedef enum {
  DG_PATTERN_GROUP, /**< `parts` in the order written */
  DG_PATTERN_TRIPLES,
  DG_PATTERN_OPTIONAL, /**< parts[0] */
  DG_PATTERN_UNION,
  DG_PATTERN_MINUS,   /**< parts[0] */
  DG_PATTERN_GRAPH,   /**< `node`, parts[0] */
  DG_PATTERN_SERVICE, /**< `node`, parts[0], `silent`, `text` */
  DG_PATTERN_FILTER,  /**< `expr` */
  DG_PATTERN_BIND,    /**< `expr` as `var` */
  DG_PATTERN_VALUES,
  DG_PATTERN_SELECT /**< `select` */
} DgPatternKind;

/** An inline table; an absent term is UNDEF. */
typedef struct {
  DG_VEC(DgVar) vars;
  DG_VEC(DgTerm) terms; /**< row by row */
  size_t n_rows;
} DgValues;

struct DgPattern {
  DgPatternKind kind;
  DgSpan span;
  DG_VEC(DgPattern *) parts;
  DgTriples triples;
  DgExpr *expr;
  DgVar var;
  DgNode node;
  bool silent;
  DgStr text; /**< SERVICE: a query for the group, prefixes included */
  DgValues values;
  DgSelect *select;
};

typedef struct {
  DgVar var;
  DgExpr *expr; /**< null for a plain variable */
  DgSpan span;
} DgProjected;

typedef struct {
  DgExpr *expr;
  bool descending;
} DgOrderKey;

/** SELECT in a query or a group, and the solution modifiers of all forms. */
struct DgSelect {
  bool distinct;
  bool reduced;
  bool star;
  bool grouped; /**< GROUP BY or an aggregate is there */
  DG_VEC(DgProjected) columns;
  DgPattern *where;
  DG_VEC(DgProjected) keys; /**< GROUP BY; var DG_VAR_NONE without AS */
  DG_VEC(DgExpr *) having;
  DG_VEC(DgOrderKey) order;
  uint64_t limit; /**< UINT64_MAX for none */
  uint64_t offset;
  DgPattern *values; /**< the trailing VALUES, or null */
};

typedef enum {
  DG_FORM_SELECT,
  DG_FORM_ASK,
  DG_FORM_CONSTRUCT,
  DG_FORM_DESCRIBE,
  DG_FORM_UPDATE
} DgForm;

/** Triples of a template, and the graph that they go to. */
typedef struct {
  DgNode graph; /**< term of kind DG_TERM_NONE: the default graph */
  DgTriples triples;
} DgQuads;

typedef enum {
  DG_UPDATE_MODIFY, /**< also INSERT DATA, DELETE DATA, DELETE WHERE */
  DG_UPDATE_LOAD,
  DG_UPDATE_CLEAR,
  DG_UPDATE_DROP,
  DG_UPDATE_CREATE,
  DG_UPDATE_ADD,
  DG_UPDATE_MOVE,
  DG_UPDATE_COPY
} DgUpdateKind;

typedef enum {
  DG_TARGET_GRAPH,
  DG_TARGET_DEFAULT,
  DG_TARGET_NAMED,
  DG_TARGET_ALL
} DgTarget;

typedef struct {
  DG_VEC(DgTerm) from;
  DG_VEC(DgTerm) named;
} DgDatasetClause;

typedef struct {
  DgUpdateKind kind;
  DgSpan span;
  bool silent;
  DgTarget source_kind; /**< ADD, MOVE, COPY: from; CLEAR, DROP: what */
  DgTerm source;        /**< graph, or the document of LOAD */
  DgTarget target_kind; /**< ADD, MOVE, COPY, LOAD: to */
  DgTerm target;
  DgTerm with; /**< DG_TERM_NONE without WITH */
  DgDatasetClause usings;
  DG_VEC(DgQuads) deletes;
  DG_VEC(DgQuads) inserts;
  DgPattern *where; /**< null for DATA */
} DgUpdate;

typedef struct {
  DgForm form;
  DG_VEC(DgStr) vars; /**< names without "?" */
  DgSelect select;    /**< where and modifiers of every query form */
  DgTriples template_;
  DG_VEC(DgNode) describe; /**< with select.star for DESCRIBE * */
  DgDatasetClause dataset;
  DG_VEC(DgUpdate) updates;
  DgStr text; /**< the request, escapes of code points resolved */
  DgStr base;
} DgRequest;

#endif
