/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_TOKEN_H
#define DG_VALUES_TOKEN_H

#include "base/arena.h"
#include "base/lang.h"
#include "base/status.h"

/** What a token of the value readers is. Blanks are no tokens. */
typedef enum {
  DG_TOKEN_END, /**< after the last one */
  DG_TOKEN_WORD,
  DG_TOKEN_DIGITS, /**< a run of 0-9 */
  DG_TOKEN_MARK    /**< any other single character */
} DgTokenKind;

enum {
  DG_TOKEN_SPACE = 1, /**< a blank stands before it */
  DG_TOKEN_WIDE = 2,  /**< ... and it is more than one character */
  DG_TOKEN_LINE = 4,  /**< ... and it holds a line break */
  DG_TOKEN_UPPER = 8, /**< the first letter is a capital */
  DG_TOKEN_CAPS = 16  /**< all letters are capitals */
};

/** A word, a run of digits, or a mark; offsets are bytes of the text. */
typedef struct {
  uint32_t begin;
  uint32_t end;
  uint32_t code;    /**< mark: its code point, dashes and quotes made plain */
  uint32_t classes; /**< of the word in the language read, see words.h */
  uint16_t word;    /**< first entry in the word table plus one, or 0 */
  uint8_t kind;
  uint8_t flags;
  char first;        /**< first byte of the folded word, or the mark itself */
  uint8_t to_date;   /**< tokens from here to one that a date must hold */
  uint8_t to_number; /**< ... that a number must hold; 255 is far or none */
} DgToken;

/** The tokens of a text, then one of kind DG_TOKEN_END. */
typedef struct {
  DgToken *items; /**< [n + 1] */
  size_t n;
  DgLang lang; /**< the language that the known words speak for */
} DgTokens;

/**
 * Cut `text`, valid UTF-8, into tokens in `arena`, and look each up.
 * @return DG_LIMIT for a text of 4 GiB or more, DG_NO_MEMORY.
 */
DgStatus
dg_value_tokens_read(DgStr text, DgArena *arena, DgTokens *out);

/**
 * Fill in what depends on the language, `langs` as in words.h: the classes of
 * each word, and the distances to the next words of dates and numbers.
 */
void
dg_value_tokens_class(DgTokens *tokens, unsigned langs);

#endif
