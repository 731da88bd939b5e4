/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_READER_H
#define DG_VALUES_READER_H

#include "values/token.h"
#include "values/value.h"
#include "values/words.h"

/**
 * Which first letters the items of a list of words have, so that most lists
 * are passed over at once. Filled as lists are met; a list is known by its
 * address, which must be that of a string literal.
 */
enum { DG_VALUE_MEMO = 2048 };
typedef struct {
  const char *list;
  uint32_t letters;
} DgValueMemoItem;
struct DgValueMemo {
  DgValueMemoItem items[DG_VALUE_MEMO];
};

/**
 * What all value readers look at. They are named dg_..._at(reader, at, out):
 * each tries to read one thing whose first token is `at` and returns the token
 * after it, or 0 when it is not there. They look a bounded number of tokens
 * ahead, so that a text is read in linear time. Places past the last token
 * are allowed and hold the end token.
 */
typedef struct {
  DgStr text;
  DgValueMemo *memo;
  DgTokens tokens;
  unsigned langs; /**< DG_WORD_FR, DG_WORD_EN, or both */
  const DgValueOptions *options;
  bool dated;    /**< the options give a reference day */
  int32_t today; /**< that day */
} DgReader;

static inline const DgToken *
dg_reader_token(const DgReader *r, size_t at)
{
  return &r->tokens.items[at < r->tokens.n ? at : r->tokens.n];
}

/** The entry of class `class` of the word at `at`, or null. */
static inline const DgWord *
dg_reader_as(const DgReader *r, size_t at, DgWordClass class)
{
  const DgToken *const token = dg_reader_token(r, at);
  return token->classes & 1U << class ? dg_word_as(token->word, class, r->langs)
                                      : NULL;
}

/** As dg_reader_as, in one language only. */
static inline const DgWord *
dg_reader_as_in(const DgReader *r, size_t at, DgWordClass class, unsigned lang)
{
  const DgToken *const token = dg_reader_token(r, at);
  return token->classes & 1U << class ? dg_word_as(token->word, class,
                                                   r->langs & lang)
                                      : NULL;
}

/** No blank stands before the token. */
static inline bool
dg_reader_glued(const DgReader *r, size_t at)
{
  return at > 0 && !(dg_reader_token(r, at)->flags & DG_TOKEN_SPACE);
}

static inline bool
dg_reader_mark(const DgReader *r, size_t at, uint32_t code)
{
  const DgToken *const token = dg_reader_token(r, at);
  return token->kind == DG_TOKEN_MARK && token->code == code;
}

static inline bool
dg_reader_kind(const DgReader *r, size_t at, DgTokenKind kind)
{
  return dg_reader_token(r, at)->kind == kind;
}

/** A line break or a wide gap stands before the token, or it is the end. */
static inline bool
dg_reader_breaks(const DgReader *r, size_t at)
{
  return (dg_reader_token(r, at)->flags & DG_TOKEN_LINE) != 0;
}

/** The token as it stands in the text. */
static inline DgStr
dg_reader_text(const DgReader *r, size_t at)
{
  const DgToken *const token = dg_reader_token(r, at);
  return dg_str_sub(r->text, token->begin, token->end);
}

/** Bytes of the token. */
static inline size_t
dg_reader_size(const DgReader *r, size_t at)
{
  const DgToken *const token = dg_reader_token(r, at);
  return token->end - token->begin;
}

/** The word at `at` ends in s. */
static inline bool
dg_reader_plural(const DgReader *r, size_t at)
{
  const DgStr text = dg_reader_text(r, at);
  return text.len && text.ptr[text.len - 1] == 's';
}

/** True when the folded word at `at` is one of `list`, split by blanks. */
bool
dg_reader_in(const DgReader *r, size_t at, const char *list);

/**
 * Read one of several phrases: words split by blanks, phrases by "|", "'" and
 * "-" as words of their own ("d ' ici|au plus"). The first that fits counts.
 */
size_t
dg_reader_phrase(const DgReader *r, size_t at, const char *phrases);

/** As dg_reader_phrase, for a phrase whose last token is `end` - 1.
 * @return its first token, or `end` when there is none. */
size_t
dg_reader_phrase_before(const DgReader *r, size_t end, const char *phrases);

/** Value of a short run of digits, at most 9 of them; -1 for all else. */
int32_t
dg_reader_digits(const DgReader *r, size_t at);

#endif
