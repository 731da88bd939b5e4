/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_TOKENS_H
#define DG_INPUT_TOKENS_H

#include "base/str.h"

typedef enum {
  DG_TOKEN_END, /**< behind the last one */
  DG_TOKEN_WORD,
  DG_TOKEN_NUMBER,
  DG_TOKEN_MARK /**< any other character but blanks */
} DgTokenKind;

enum { DG_TOKENS_MAX = 96, DG_TOKEN_FOLDED = 20 };

/** A word, a number or a mark of a short line. */
typedef struct {
  DgTokenKind kind;
  DgSpan span;                  /**< bytes of the line */
  char folded[DG_TOKEN_FOLDED]; /**< of a word or mark, cut to fit */
  unsigned value;               /**< of a number of up to 8 digits */
  unsigned digits;
  bool capital; /**< a word that begins with an upper-case letter */
  bool glued;   /**< no blank before it */
} DgToken;

/** The tokens of a line that may hold a date or a byline. */
typedef struct {
  DgStr line;
  DgToken items[DG_TOKENS_MAX + 1]; /**< [n], then one of kind END */
  size_t n;
  bool cut; /**< the line has more */
} DgTokens;

/** Split valid UTF-8. Letters and digits part: "18h05" is three tokens. */
void
dg_tokens_read(DgStr line, DgTokens *tokens);

/** The token at `i`, or the END token. */
static inline const DgToken *
dg_token(const DgTokens *tokens, size_t i)
{
  return &tokens->items[i < tokens->n ? i : tokens->n];
}

/** True when the token at `i` folds to `text`. */
bool
dg_token_is(const DgTokens *tokens, size_t i, const char *text);

/** True when it folds to one of the words, which are parted by blanks. */
bool
dg_token_in(const DgTokens *tokens, size_t i, const char *words);

#endif
