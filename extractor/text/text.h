/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_TEXT_TEXT_H
#define DG_TEXT_TEXT_H

#include "base/arena.h"
#include "base/limits.h"
#include "input/document.h"

typedef enum {
  DG_TOKEN_WORD = 1,    /**< has a letter or a digit */
  DG_TOKEN_NUMBER = 2,  /**< starts with a digit */
  DG_TOKEN_CAPITAL = 4, /**< first letter is upper case */
  DG_TOKEN_UPPER = 8,   /**< two letters or more, none lower case */
  DG_TOKEN_SPACE = 16,  /**< a space, or the start of a block, before it */
  DG_TOKEN_FIRST = 32,  /**< first word of its sentence, quotes skipped */
  DG_TOKEN_MIXED = 64   /**< upper case after a lower case ("iPhone") */
} DgTokenFlag;

/**
 * A word, a number or one punctuation mark. A hyphen and an apostrophe cut:
 * "joint-venture" is 3 tokens, "l'usine" is "l'" and "usine", "Apple's" is
 * "Apple" and "'s"; "1,5" and "94 000" keep their separators only where no
 * space stands in them; "U.S." and "S.A." are one token.
 */
typedef struct {
  uint32_t begin; /**< byte in the text */
  uint32_t end;
  uint32_t word_len;   /**< bytes */
  uint32_t folded_len; /**< bytes */
  const char *word;    /**< lower case, accents kept, apostrophe straight */
  const char *folded;  /**< lower case, accents stripped */
  uint32_t hash;       /**< of `folded` */
  uint32_t flags;      /**< DgTokenFlag */
} DgToken;

/** A sentence; a heading, a caption or a list item is at least one. */
typedef struct {
  uint32_t first; /**< first token */
  uint32_t end;   /**< one past its last token */
  uint32_t block; /**< index in DgDocument.blocks */
  DgSpan span;    /**< bytes of the text, blanks at the ends left out */
  DgBlockKind kind;
  DgLang lang;
} DgSentence;

/** A text as words; all memory is in the arena it was made in. */
typedef struct {
  DgStr text;
  DgToken *tokens; /**< [n_tokens] */
  size_t n_tokens;
  DgSentence *sentences; /**< [n_sentences] */
  size_t n_sentences;
  size_t cut; /**< sentences cut at the limit of their length */
} DgText;

/**
 * Cut a document's text into tokens and sentences, block by block.
 * Abbreviations and legal forms ("Inc.", "M.", "S.A.") end no sentence.
 */
DgStatus
dg_text_read(const DgDocument *document, const DgLimits *limits, DgArena *arena,
             DgText *text);

/**
 * Cut a plain string, one block, in one language: for rule words, names and
 * test sentences.
 */
DgStatus
dg_text_read_string(DgStr string, DgLang lang, DgArena *arena, DgText *text);

static inline DgStr
dg_token_word(const DgToken *token)
{
  return dg_str_n(token->word, token->word_len);
}

static inline DgStr
dg_token_folded(const DgToken *token)
{
  return dg_str_n(token->folded, token->folded_len);
}

static inline DgStr
dg_token_surface(const DgText *text, const DgToken *token)
{
  return dg_str_sub(text->text, token->begin, token->end);
}

/** The text of tokens [first, end). */
static inline DgStr
dg_text_of(const DgText *text, uint32_t first, uint32_t end)
{
  return first >= end ? DG_STR("")
                      : dg_str_sub(text->text, text->tokens[first].begin,
                                   text->tokens[end - 1].end);
}

#endif
