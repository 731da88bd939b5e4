/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/token.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "values/words.h"

/* Longer words are in no table. */
enum { WORD_MAX = 24 };

enum { OTHER, LETTER, CAPITAL, DIGIT, BLANK, BREAK, HIGH };

static uint8_t
class_of(unsigned char c)
{
  if (c >= 0x80) {
    return HIGH;
  }
  if ((unsigned char)(c - 'a') < 26) {
    return LETTER;
  }
  if ((unsigned char)(c - 'A') < 26) {
    return CAPITAL;
  }
  if ((unsigned char)(c - '0') < 10) {
    return DIGIT;
  }
  return c == '\n' || c == '\r'            ? BREAK
         : c == ' ' || (c >= 9 && c <= 12) ? BLANK
                                           : OTHER;
}

/* Folded letters of U+00C0..U+00FF; '?' has two letters or is none. */
static const char latin1[] = "aaaaaa?ceeeeiiii?nooooo?ouuuuy??"
                             "aaaaaa?ceeeeiiii?nooooo?ouuuuy?y";

typedef struct {
  DgStr text;
  size_t at;
  uint8_t flags; /* of the blanks before `at` */
  size_t fr;     /* known words of one language only */
  size_t en;
} Cutter;

typedef struct {
  char folded[WORD_MAX + 8];
  size_t n; /* bytes of the folded word, also past the room */
  bool lower;
} Fold;

static void
fold_add(Fold *fold, const char *bytes, size_t n)
{
  if (fold->n + n <= WORD_MAX) {
    memcpy(fold->folded + fold->n, bytes, n);
  }
  fold->n += n;
}

/* Take a letter above ASCII at `at` into the word; 0 bytes when it is none. */
static size_t
high_letter(DgStr text, size_t at, Fold *fold)
{
  const unsigned char a = (unsigned char)text.ptr[at];
  if (a == 0xC3 && at + 1 < text.len) {
    const unsigned char b = (unsigned char)text.ptr[at + 1];
    const char c = latin1[b & 0x3F];
    if (c != '?') {
      fold->lower = fold->lower || b >= 0xA0;
      fold_add(fold, &c, 1);
      return 2;
    }
  }
  size_t size;
  const uint32_t code = dg_utf8_decode(text, at, &size);
  if (!dg_utf8_is_letter(code)) {
    return 0;
  }
  if (code >= 0x300 && code < 0x370) { /* a combining accent */
    return size;
  }
  char folded[8];
  fold->lower = fold->lower || !dg_utf8_is_upper(code);
  fold_add(fold, folded, dg_utf8_fold_code(code, folded));
  return size;
}

static void
read_word(Cutter *c, DgToken *token)
{
  Fold fold = { .n = 0, .lower = false };
  size_t at = c->at;
  while (at < c->text.len) {
    const unsigned char byte = (unsigned char)c->text.ptr[at];
    const unsigned char low = byte | 0x20;
    if ((unsigned char)(low - 'a') < 26) {
      if (fold.n < WORD_MAX) {
        fold.folded[fold.n] = (char)low;
      }
      ++fold.n;
      fold.lower = fold.lower || byte == low;
      ++at;
    } else if (byte >= 0x80) {
      const size_t size = high_letter(c->text, at, &fold);
      if (!size) {
        break;
      }
      at += size;
    } else {
      break;
    }
  }
  const unsigned char first = (unsigned char)c->text.ptr[c->at];
  size_t size;
  const bool upper =
      first < 0x80 ? class_of(first) == CAPITAL
                   : dg_utf8_is_upper(dg_utf8_decode(c->text, c->at, &size));
  token->kind = DG_TOKEN_WORD;
  token->flags = (uint8_t)(c->flags | (upper ? DG_TOKEN_UPPER : 0) |
                           (fold.lower ? 0 : DG_TOKEN_CAPS));
  token->first = fold.n ? fold.folded[0] : '\0';
  if (fold.n <= WORD_MAX) {
    token->word = dg_word_find(fold.folded, fold.n);
  }
  c->at = at;
}

static void
read_digits(Cutter *c, DgToken *token)
{
  token->kind = DG_TOKEN_DIGITS;
  token->flags = c->flags;
  while (c->at < c->text.len &&
         class_of((unsigned char)c->text.ptr[c->at]) == DIGIT) {
    ++c->at;
  }
}

/* Typographic forms of one mark are one mark. */
static uint32_t
plain_mark(uint32_t code)
{
  switch (code) {
  case 0x2019:
  case 0x02BC:
    return '\'';
  case 0x2010:
  case 0x2011:
  case 0x2212:
  case 0xAD:
    return '-';
  case 0x2014:
    return 0x2013; /* both dashes */
  default:
    return code;
  }
}

static void
read_mark(Cutter *c, DgToken *token, uint32_t code, size_t size)
{
  token->kind = DG_TOKEN_MARK;
  token->flags = c->flags;
  token->code = plain_mark(code);
  token->first = token->code < 0x80 ? (char)token->code : '\0';
  if (code >= 0x80 || code == '$') {
    token->word = dg_word_find(c->text.ptr + c->at, size);
  }
  c->at += size;
}

/* Step over one blank character; false when `at` stands on none. */
static bool
skip_blank(Cutter *c, uint8_t class)
{
  size_t size = 1;
  uint8_t flag = DG_TOKEN_SPACE;
  if (class == HIGH) {
    const uint32_t code = dg_utf8_decode(c->text, c->at, &size);
    if (!dg_utf8_is_space(code)) {
      return false;
    }
    flag |= code == 0x2028 || code == 0x2029 ? DG_TOKEN_LINE : 0;
  } else if (class == BREAK) {
    flag |= DG_TOKEN_LINE;
  } else if (class != BLANK) {
    return false;
  }
  flag |= c->flags & DG_TOKEN_SPACE ? DG_TOKEN_WIDE : 0;
  c->flags |= flag;
  c->at += size;
  return true;
}

static void
read_token(Cutter *c, DgToken *token)
{
  const uint8_t class = class_of((unsigned char)c->text.ptr[c->at]);
  size_t size = 1;
  token->begin = (uint32_t)c->at;
  token->word = 0;
  token->code = 0;
  token->first = '\0';
  if (class == LETTER || class == CAPITAL) {
    read_word(c, token);
  } else if (class == DIGIT) {
    read_digits(c, token);
  } else {
    const uint32_t code = dg_utf8_decode(c->text, c->at, &size);
    if (class == HIGH && dg_utf8_is_letter(code)) {
      read_word(c, token);
    } else {
      read_mark(c, token, code, size);
    }
  }
  token->end = (uint32_t)c->at;
  c->flags = 0;
}

static void
count_language(Cutter *c, const DgToken *token)
{
  if (token->word && token->kind == DG_TOKEN_WORD) {
    const unsigned langs = dg_word_langs(token->word);
    c->fr += langs == DG_WORD_FR;
    c->en += langs == DG_WORD_EN;
  }
}

DgStatus
dg_value_tokens_read(DgStr text, DgArena *arena, DgTokens *out)
{
  if (text.len >= UINT32_MAX) {
    return DG_LIMIT;
  }
  Cutter c = { .text = text, .flags = DG_TOKEN_SPACE };
  size_t cap = text.len / 4 + 16;
  DgToken *items = dg_arena_alloc(arena, cap * sizeof *items);
  size_t n = 0;
  DG_TRY_PTR(items);
  while (c.at < text.len) {
    if (skip_blank(&c, class_of((unsigned char)text.ptr[c.at]))) {
      continue;
    }
    if (n + 1 >= cap) {
      items = dg_vec_room(arena, items, cap, &cap, sizeof *items);
      DG_TRY_PTR(items);
    }
    read_token(&c, &items[n]);
    count_language(&c, &items[n]);
    ++n;
  }
  items[n] = (DgToken){ .begin = (uint32_t)text.len,
                        .end = (uint32_t)text.len,
                        .flags = DG_TOKEN_SPACE | DG_TOKEN_LINE };
  *out = (DgTokens){ .items = items,
                     .n = n,
                     .lang = c.fr > c.en   ? DG_LANG_FR
                             : c.en > c.fr ? DG_LANG_EN
                                           : DG_LANG_NONE };
  return DG_OK;
}

enum { FAR = 255 };

/* Classes of which a date must hold one, or digits. */
static const uint32_t date_classes =
    1U << DG_WORD_MONTH | 1U << DG_WORD_WEEKDAY | 1U << DG_WORD_PERIOD |
    1U << DG_WORD_DAYREL | 1U << DG_WORD_SEASON | 1U << DG_WORD_CORE;

/* Classes of which a number must hold one, or digits. */
static const uint32_t number_classes =
    1U << DG_WORD_UNIT | 1U << DG_WORD_TEEN | 1U << DG_WORD_TENS |
    1U << DG_WORD_HUNDRED | 1U << DG_WORD_SCALE | 1U << DG_WORD_LOTS |
    1U << DG_WORD_PART | 1U << DG_WORD_ORDUNIT | 1U << DG_WORD_ORDTEEN |
    1U << DG_WORD_ORDTENS | 1U << DG_WORD_ORDHUNDRED | 1U << DG_WORD_ORDSCALE |
    1U << DG_WORD_FEW | 1U << DG_WORD_CENT;

static uint8_t
one_more(uint8_t distance)
{
  return distance == FAR ? FAR : (uint8_t)(distance + 1);
}

void
dg_value_tokens_class(DgTokens *tokens, unsigned langs)
{
  uint8_t to_date = FAR;
  uint8_t to_number = FAR;
  tokens->items[tokens->n].classes = 0;
  tokens->items[tokens->n].to_date = FAR;
  tokens->items[tokens->n].to_number = FAR;
  for (size_t i = tokens->n; i-- > 0;) {
    DgToken *const token = &tokens->items[i];
    const bool digits = token->kind == DG_TOKEN_DIGITS;
    const DgToken *const next = token + 1;
    token->classes = token->word ? dg_word_classes(token->word, langs) : 0;
    const bool article =
        token->first == 'u' && next->kind == DG_TOKEN_WORD && !next->classes;
    const bool fraction = token->kind == DG_TOKEN_MARK && token->code >= 0xBC &&
                          token->code < 0x2190;
    to_date = digits || (token->classes & date_classes) ? 0 : one_more(to_date);
    to_number =
        digits || fraction || ((token->classes & number_classes) && !article)
            ? 0
            : one_more(to_number);
    token->to_date = to_date;
    token->to_number = to_number;
  }
}
