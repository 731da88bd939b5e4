/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_LEXER_H
#define DG_SPARQL_LEXER_H

#include "base/arena.h"
#include "base/diag.h"

/**
 * Kinds of token, with the words that errors use for them.
 * Source: SPARQL 1.1 Query Language, section 19.8, productions 139 to 173.
 */
#define DG_TOKENS(X)                                                           \
  X(DG_TOK_END, "the end")                                                     \
  X(DG_TOK_IRI, "an IRI")                                                      \
  X(DG_TOK_PNAME, "a prefixed name")                                           \
  X(DG_TOK_BLANK, "a blank node")                                              \
  X(DG_TOK_VAR, "a variable")                                                  \
  X(DG_TOK_LANG, "a language tag")                                             \
  X(DG_TOK_INTEGER, "a number")                                                \
  X(DG_TOK_DECIMAL, "a number")                                                \
  X(DG_TOK_DOUBLE, "a number")                                                 \
  X(DG_TOK_STRING, "a string")                                                 \
  X(DG_TOK_WORD, "a keyword")                                                  \
  X(DG_TOK_PUNCT, "punctuation")                                               \
  X(DG_TOK_BAD, "an invalid character")

typedef enum {
#define DG_TOKEN_VALUE(name, text) name,
  DG_TOKENS(DG_TOKEN_VALUE)
#undef DG_TOKEN_VALUE
} DgTok;

/** One token of a query. */
typedef struct {
  DgTok kind;
  DgStr text;  /**< as written, a slice of the query */
  DgSpan span; /**< bytes in the query */
} DgToken;

const char *
dg_token_text(DgTok kind);

/**
 * The token at or after byte `at` of `text`, which is valid UTF-8, white space
 * and comments skipped. Numbers come without a sign: a sign is punctuation.
 * Keywords are not told from other words, nor `()` and `[]` from their halves.
 */
DgToken
dg_lexer_next(DgStr text, size_t at);

/**
 * Replace \uXXXX and \UXXXXXXXX everywhere (section 19.2).
 * @param out  `text` itself when there is nothing to replace.
 * @return DG_BAD_QUERY for a code point that does not exist.
 */
DgStatus
dg_lexer_unescape_codes(DgArena *arena, DgStr text, DgStr *out, DgDiag *diag);

/** The value of a string token: quotes off, escapes resolved. */
DgStr
dg_lexer_string(DgArena *arena, DgStr token);

/** The local part of a prefixed name, backslashes off. */
DgStr
dg_lexer_local(DgArena *arena, DgStr local);

#endif
