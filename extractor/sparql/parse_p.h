/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_PARSE_P_H
#define DG_SPARQL_PARSE_P_H

#include "sparql/ast.h"
#include "sparql/lexer.h"
#include "sparql/parse.h"

/* Bounds of one request, so that no text can exhaust the stack. */
enum {
  DG_PARSE_DEPTH = 200,  /**< groups and parentheses in one another */
  DG_PARSE_CHAIN = 2000, /**< operators, or parts of a group, in a row */
  DG_PARSE_VARS = 8192   /**< variables and blank nodes */
};

typedef struct {
  DgStr name;
  DgStr iri;
} DgPrefix;

typedef struct {
  DgStr label;
  DgVar var;
  bool in_template;
  bool in_data;
  uint32_t scope; /**< number of the basic graph pattern or of the operation */
} DgLabel;

/** A recursive-descent parser, one token ahead. */
typedef struct {
  DgArena *arena;
  DgDiag *diag;
  DgRequest *request;
  const DgParseOptions *options;
  DgStr text;
  DgToken token;
  size_t last_end; /**< end of the token before */
  DG_VEC(DgPrefix) prefixes;
  DG_VEC(DgLabel) labels;
  uint32_t scope;
  uint32_t last_scope;
  bool in_template;
  bool no_vars;    /**< in DATA */
  bool no_blanks;  /**< in DELETE */
  bool aggregates; /**< an aggregate may stand here */
  bool aggregated; /**< an aggregate was read */
  unsigned depth;
} DgParser;

/* Tokens */

void
dg_parse_advance(DgParser *p);

bool
dg_parse_is_word(const DgParser *p, const char *word);

bool
dg_parse_is_punct(const DgParser *p, const char *punct);

/** Step over a word or punctuation if it is next. */
bool
dg_parse_skip_word(DgParser *p, const char *word);

bool
dg_parse_skip_punct(DgParser *p, const char *punct);

/** Step over `punct` or fail. */
DgStatus
dg_parse_need_punct(DgParser *p, const char *punct);

DgStatus
dg_parse_need_word(DgParser *p, const char *word);

/** Reject at the current token: "found X, expected Y". */
DgStatus
dg_parse_expected(DgParser *p, const char *what);

/** Reject at a place. */
DgStatus
dg_parse_reject(DgParser *p, DgSpan at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Go one level down; the caller goes up again. */
DgStatus
dg_parse_deeper(DgParser *p);

/* Terms: parse_term.c */

/** iri (136): IRIREF or a prefixed name. */
DgStatus
dg_parse_iri(DgParser *p, DgTerm *term);

bool
dg_parse_is_iri(const DgParser *p);

/** Var (108) as a number; fails where a parameter stands in its place. */
DgStatus
dg_parse_new_var(DgParser *p, DgVar *var);

/** RDFLiteral, NumericLiteral, BooleanLiteral (129 to 134). */
DgStatus
dg_parse_literal(DgParser *p, DgTerm *term);

bool
dg_parse_is_literal(const DgParser *p);

/** Var, or the term that a parameter gives it. */
DgStatus
dg_parse_var(DgParser *p, DgNode *node);

/** True before the variable of a parameter that has no value. */
bool
dg_parse_is_left_out(const DgParser *p);

/** VarOrIri (107). */
DgStatus
dg_parse_var_or_iri(DgParser *p, DgNode *node);

/** VarOrTerm (106), blank nodes included. */
DgStatus
dg_parse_node(DgParser *p, DgNode *node);

/** A new hidden variable that stands for a blank node. */
DgStatus
dg_parse_fresh_blank(DgParser *p, DgNode *node);

/** The prologue (4): BASE and PREFIX, any number. */
DgStatus
dg_parse_prologue(DgParser *p);

/* Triples: parse_triples.c */

/** TriplesTemplate (52) or TriplesBlock (55), up to what is no triple. */
DgStatus
dg_parse_triples(DgParser *p, DgTriples *triples, bool paths);

bool
dg_parse_is_triples(const DgParser *p);

/* Patterns: parse_pattern.c */

/** GroupGraphPattern (53), braces included. */
DgStatus
dg_parse_group(DgParser *p, DgPattern **pattern);

/** DataBlock (62) after VALUES. */
DgStatus
dg_parse_values(DgParser *p, DgPattern **pattern);

DgPattern *
dg_parse_new_pattern(DgParser *p, DgPatternKind kind);

/* Expressions: parse_expr.c */

/** Expression (110). */
DgStatus
dg_parse_expr(DgParser *p, DgExpr **expr);

/** Constraint (69): in brackets, a call of a built-in or of a function. */
DgStatus
dg_parse_constraint(DgParser *p, DgExpr **expr);

bool
dg_parse_is_constraint(const DgParser *p);

/* Queries: parse_query.c */

/** SubSelect (8) from SELECT on, trailing VALUES included. */
DgStatus
dg_parse_select(DgParser *p, DgSelect *select, bool is_sub);

/** The query after its prologue. */
DgStatus
dg_parse_query(DgParser *p);

/** DatasetClause (13), UsingClause (44) after the word. */
DgStatus
dg_parse_dataset(DgParser *p, DgDatasetClause *clause);

/** Update (29) from its first prologue on. */
DgStatus
dg_parse_update(DgParser *p);

/** What the grammar's notes ask beyond the productions (19.8): check.c. */
DgStatus
dg_parse_check(DgParser *p);

#endif
