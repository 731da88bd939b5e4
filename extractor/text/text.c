/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "text/text.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "text/abbreviation.h"

#include <xxhash.h>

/*
 * One pass over the bytes of each block. A token's lower-case and folded forms
 * point into the text itself where they are the same, which is the common
 * case; others go to one scratch buffer for the whole text.
 */
typedef struct {
  DgArena *arena;
  DgText *text;
  size_t token_cap;
  size_t sentence_cap;
  char *forms; /* scratch for forms that differ from the text */
  size_t forms_len;
  size_t forms_cap;
  size_t longest; /* bytes of a sentence */
} Reader;

typedef enum { OTHER, LETTER, DIGIT, SPACE, HIGH } ByteClass;

static ByteClass
class_of(char c)
{
  const unsigned char u = (unsigned char)c;
  if (u >= 0x80) {
    return HIGH;
  }
  if ((u | 32) >= 'a' && (u | 32) <= 'z') {
    return LETTER;
  }
  if (u >= '0' && u <= '9') {
    return DIGIT;
  }
  return u == ' ' || (u >= 9 && u <= 13) ? SPACE : OTHER;
}

static char
byte_at(DgStr s, size_t at)
{
  return at < s.len ? s.ptr[at] : '\0';
}

/** Bytes of a letter or digit at `at`, 0 when it is something else. */
static size_t
letter_size(DgStr s, size_t at)
{
  if (at >= s.len) {
    return 0;
  }
  const ByteClass c = class_of(s.ptr[at]);
  if (c == LETTER || c == DIGIT) {
    return 1;
  }
  if (c != HIGH) {
    return 0;
  }
  size_t size;
  const uint32_t code = dg_utf8_decode(s, at, &size);
  return dg_utf8_is_letter(code) ? size : 0;
}

/** Bytes of an apostrophe at `at`, 0 when there is none. */
static size_t
apostrophe_size(DgStr s, size_t at)
{
  if (byte_at(s, at) == '\'') {
    return 1;
  }
  return at + 2 < s.len && !memcmp(s.ptr + at, "\xE2\x80\x99", 3) ? 3 : 0;
}

/** An article, pronoun or "qu" that elides before a vowel. */
static bool
elides(DgStr word)
{
  if (word.len == 1) {
    return strchr("ldjmtsncLDJMTSNC", word.ptr[0]) != NULL;
  }
  return word.len >= 2 && (word.ptr[word.len - 2] | 32) == 'q' &&
         (word.ptr[word.len - 1] | 32) == 'u';
}

/** End of a dotted short form ("U.S.", "S.A.") that starts at `at`, or `at`. */
static size_t
dotted_end(DgStr s, size_t at)
{
  size_t end = at;
  size_t letters = 0;
  while (class_of(byte_at(s, end)) == LETTER && byte_at(s, end + 1) == '.') {
    end += 2;
    ++letters;
  }
  if (letters < 2) {
    return at;
  }
  return letter_size(s, end) ? at : end;
}

/** True when a point at `at` joins two parts of one name ("Booking.com"). */
static bool
point_joins(DgStr s, size_t at)
{
  const char next = byte_at(s, at + 1);
  return byte_at(s, at) == '.' &&
         ((next >= 'a' && next <= 'z') || class_of(next) == DIGIT);
}

static size_t
number_end(DgStr s, size_t at)
{
  for (;;) {
    while (class_of(byte_at(s, at)) == DIGIT) {
      ++at;
    }
    const char c = byte_at(s, at);
    const bool separator = c == '.' || c == ',' || c == '\'';
    if (!separator || class_of(byte_at(s, at + 1)) != DIGIT) {
      break;
    }
    ++at;
  }
  size_t size;
  while ((size = letter_size(s, at)) != 0) {
    at += size;
  }
  return at;
}

static size_t
word_end(DgStr s, size_t begin)
{
  size_t at = dotted_end(s, begin);
  if (at > begin) {
    return at;
  }
  for (;;) {
    size_t size;
    while ((size = letter_size(s, at)) != 0) {
      at += size;
    }
    const size_t mark = apostrophe_size(s, at);
    if (mark && at + mark == s.len && elides(dg_str_sub(s, begin, at))) {
      return at + mark; /* "d'" alone, as rules write it before a name */
    }
    if (mark && letter_size(s, at + mark)) {
      const DgStr before = dg_str_sub(s, begin, at);
      if (elides(before)) {
        return at + mark;
      }
      const char next = byte_at(s, at + mark);
      if ((next == 's' || next == 'S') && !letter_size(s, at + mark + 1)) {
        return at;
      }
      at += mark;
    } else if (point_joins(s, at)) {
      ++at;
    } else {
      return at;
    }
  }
}

static size_t
possessive_end(DgStr s, size_t at)
{
  const size_t mark = apostrophe_size(s, at);
  const char next = byte_at(s, at + mark);
  return mark && (next == 's' || next == 'S') && !letter_size(s, at + mark + 1)
             ? at + mark + 1
             : at;
}

/** End of the token at `at`, which is no space. */
static size_t
token_end(DgStr s, size_t at)
{
  const char c = s.ptr[at];
  switch (class_of(c)) {
  case DIGIT:
    return number_end(s, at);
  case LETTER:
    return word_end(s, at);
  case HIGH: {
    if (letter_size(s, at)) {
      return word_end(s, at);
    }
    const size_t possessive = possessive_end(s, at);
    if (possessive > at) {
      return possessive;
    }
    size_t size;
    (void)dg_utf8_decode(s, at, &size);
    return at + size;
  }
  default: {
    const size_t possessive = possessive_end(s, at);
    return possessive > at ? possessive : at + 1;
  }
  }
}

/** True when lower case and folding change nothing. */
static bool
is_plain(DgStr s)
{
  for (size_t i = 0; i < s.len; ++i) {
    const unsigned char c = (unsigned char)s.ptr[i];
    if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
      return false;
    }
  }
  return true;
}

/** Room for the forms of a token of `len` bytes; null when memory is out. */
static char *
form_room(Reader *reader, size_t len)
{
  /* Lower case takes at most 3 bytes for 2, folding at most as many. */
  const size_t wanted = len * 4 + 16;
  if (reader->forms_cap - reader->forms_len < wanted) {
    size_t cap = reader->text->text.len; /* a short text needs little */
    cap = cap > 64 * 1024 ? 64 * 1024 : cap;
    cap = cap > wanted ? cap : wanted;
    reader->forms = dg_arena_alloc(reader->arena, cap);
    reader->forms_cap = reader->forms ? cap : 0;
    reader->forms_len = 0;
  }
  return reader->forms ? reader->forms + reader->forms_len : NULL;
}

static DgStatus
set_forms(Reader *reader, DgStr surface, DgToken *token)
{
  token->word = surface.ptr;
  token->folded = surface.ptr;
  token->word_len = (uint32_t)surface.len;
  token->folded_len = (uint32_t)surface.len;
  if (is_plain(surface)) {
    return DG_OK;
  }
  char *const word = form_room(reader, surface.len);
  DG_TRY_PTR(word);
  size_t n = 0;
  bool high = false;
  for (size_t at = 0; at < surface.len;) {
    const unsigned char c = (unsigned char)surface.ptr[at];
    if (c < 0x80) {
      word[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
      ++at;
      continue;
    }
    size_t size;
    const uint32_t code = dg_utf8_decode(surface, at, &size);
    const size_t mark = code == 0x2019;
    n += dg_utf8_encode(mark ? '\'' : dg_utf8_lower(code), word + n);
    high = high || !mark;
    at += size;
  }
  token->word = word;
  token->word_len = (uint32_t)n;
  token->folded = word;
  token->folded_len = (uint32_t)n;
  if (high) {
    token->folded = word + n;
    token->folded_len = (uint32_t)dg_utf8_fold(dg_str_n(word, n), word + n);
    n += token->folded_len;
  }
  reader->forms_len += n;
  return DG_OK;
}

static uint32_t
flags_of(DgStr surface)
{
  uint32_t flags = 0;
  size_t upper = 0;
  size_t lower = 0;
  for (size_t at = 0; at < surface.len;) {
    size_t size = 1;
    const unsigned char c = (unsigned char)surface.ptr[at];
    const uint32_t code = c < 0x80 ? c : dg_utf8_decode(surface, at, &size);
    const bool is_upper = dg_utf8_is_upper(code);
    const bool is_lower = !is_upper && dg_utf8_is_lower(code);
    const bool is_digit = code >= '0' && code <= '9';
    if (is_upper || is_lower || is_digit || dg_utf8_is_letter(code)) {
      flags |= DG_TOKEN_WORD;
    }
    if (at == 0) {
      flags |= is_digit ? DG_TOKEN_NUMBER : 0;
      flags |= is_upper ? DG_TOKEN_CAPITAL : 0;
    }
    if (is_upper && lower) {
      flags |= DG_TOKEN_MIXED;
    }
    upper += is_upper;
    lower += is_lower;
    at += size;
  }
  return flags | (upper >= 2 && !lower ? DG_TOKEN_UPPER : 0);
}

static DgStatus
add_token(Reader *reader, size_t begin, size_t end, bool space)
{
  DgText *const text = reader->text;
  DgToken *const items =
      dg_vec_room(reader->arena, text->tokens, text->n_tokens,
                  &reader->token_cap, sizeof *text->tokens);
  DG_TRY_PTR(items);
  text->tokens = items;
  DgToken *const token = &items[text->n_tokens++];
  const DgStr surface = dg_str_sub(text->text, begin, end);
  token->begin = (uint32_t)begin;
  token->end = (uint32_t)end;
  token->flags = flags_of(surface) | (space ? DG_TOKEN_SPACE : 0);
  DG_TRY(set_forms(reader, surface, token));
  token->hash = (uint32_t)XXH3_64bits(token->folded, token->folded_len);
  return DG_OK;
}

static bool
is_one_of(DgStr s, const char *const *list)
{
  for (; *list; ++list) {
    if (dg_str_equal(s, dg_str(*list))) {
      return true;
    }
  }
  return false;
}

static bool
is_closer(DgStr s)
{
  static const char *const closers[] = { "\"",           ")", "]", "\xC2\xBB",
                                         "\xE2\x80\x9D", "'", NULL };
  return is_one_of(s, closers);
}

static bool
is_opener(DgStr s)
{
  static const char *const openers[] = { "\"",
                                         "(",
                                         "[",
                                         "\xC2\xAB",
                                         "\xE2\x80\x9C",
                                         "-",
                                         "\xE2\x80\x93",
                                         "\xE2\x80\x94",
                                         "\xE2\x80\xA2",
                                         NULL };
  return is_one_of(s, openers);
}

/** The point at token `at` belongs to the word before it. */
static bool
point_abbreviates(const DgText *text, size_t first, size_t at, size_t end)
{
  if (at == first) {
    return false;
  }
  const DgToken *const before = &text->tokens[at - 1];
  const DgToken *const next = at + 1 < end ? before + 2 : NULL;
  if (before[1].flags & DG_TOKEN_SPACE) {
    return false;
  }
  const bool initial =
      before->flags & DG_TOKEN_CAPITAL && before->end - before->begin == 1;
  const DgAbbreviation kind = dg_abbreviation(dg_token_word(before));
  if (initial || kind == DG_ABBREVIATION_TITLE) {
    return true;
  }
  return kind == DG_ABBREVIATION_TAIL && next &&
         !(next->flags & DG_TOKEN_CAPITAL &&
           dg_starts_sentence(dg_token_word(next)));
}

/** True when a sentence of block tokens [first, end) ends with token `at`. */
static bool
ends_sentence(const DgText *text, size_t first, size_t at, size_t end)
{
  static const char *const stops[] = { ".", "!", "?", "\xE2\x80\xA6", NULL };
  if (at + 1 < end && text->tokens[at].flags & DG_TOKEN_WORD) {
    return false; /* the usual case */
  }
  size_t mark = at;
  while (mark > first &&
         is_closer(dg_token_surface(text, &text->tokens[mark]))) {
    --mark;
  }
  const DgStr stop = dg_token_surface(text, &text->tokens[mark]);
  const DgToken *const next = at + 1 < end ? &text->tokens[at + 1] : NULL;
  if (!next) {
    return true;
  }
  if (!is_one_of(stop, stops)) {
    return false;
  }
  const DgStr follows = dg_token_surface(text, next);
  if (is_closer(follows) && !(next->flags & DG_TOKEN_SPACE)) {
    return false;
  }
  if (dg_str_equal(follows, DG_STR("\xC2\xBB"))) {
    return false; /* French quotes close after a space */
  }
  if (dg_str_equal(stop, DG_STR(".")) &&
      point_abbreviates(text, first, mark, end)) {
    return false;
  }
  const bool starts = next->flags & (DG_TOKEN_CAPITAL | DG_TOKEN_NUMBER) ||
                      next->flags & DG_TOKEN_MIXED || is_opener(follows);
  return starts && (next->flags & DG_TOKEN_SPACE || mark < at ||
                    next->flags & DG_TOKEN_CAPITAL);
}

static DgStatus
add_sentence(Reader *reader, size_t first, size_t end, const DgBlock *block,
             size_t block_index)
{
  DgText *const text = reader->text;
  DgSentence *const items =
      dg_vec_room(reader->arena, text->sentences, text->n_sentences,
                  &reader->sentence_cap, sizeof *items);
  DG_TRY_PTR(items);
  text->sentences = items;
  items[text->n_sentences++] = (DgSentence){
    .first = (uint32_t)first,
    .end = (uint32_t)end,
    .block = (uint32_t)block_index,
    .span = { text->tokens[first].begin, text->tokens[end - 1].end },
    .kind = block->kind,
    .lang = block->lang,
  };
  for (size_t i = first; i < end; ++i) {
    if (text->tokens[i].flags & DG_TOKEN_WORD) {
      text->tokens[i].flags |= DG_TOKEN_FIRST;
      break;
    }
  }
  return DG_OK;
}

static DgStatus
split_sentences(Reader *reader, size_t first, const DgBlock *block,
                size_t block_index)
{
  DgText *const text = reader->text;
  const size_t end = text->n_tokens;
  for (size_t at = first; at < end; ++at) {
    const bool too_long =
        text->tokens[at].end - text->tokens[first].begin > reader->longest;
    if (too_long || ends_sentence(text, first, at, end)) {
      text->cut += too_long && at + 1 < end;
      DG_TRY(add_sentence(reader, first, at + 1, block, block_index));
      first = at + 1;
    }
  }
  return DG_OK;
}

static DgStatus
read_block(Reader *reader, const DgBlock *block, size_t index)
{
  const DgStr all = reader->text->text;
  const size_t first = reader->text->n_tokens;
  const DgStr s = dg_str_sub(all, 0, block->text.end);
  bool space = true;
  for (size_t at = block->text.begin; at < s.len;) {
    const ByteClass c = class_of(s.ptr[at]);
    if (c == SPACE) {
      space = true;
      ++at;
      continue;
    }
    if (c == HIGH) {
      size_t size;
      if (dg_utf8_is_space(dg_utf8_decode(s, at, &size))) {
        space = true;
        at += size;
        continue;
      }
    }
    const size_t end = token_end(s, at);
    DG_TRY(add_token(reader, at, end, space));
    space = false;
    at = end;
  }
  return split_sentences(reader, first, block, index);
}

static Reader
reader_for(DgStr string, const DgLimits *limits, DgArena *arena, DgText *text)
{
  *text = (DgText){ .text = string };
  return (Reader){ .arena = arena,
                   .text = text,
                   .longest = limits->sentence_bytes };
}

DgStatus
dg_text_read(const DgDocument *document, const DgLimits *limits, DgArena *arena,
             DgText *text)
{
  if (document->text.len >= UINT32_MAX) {
    return DG_LIMIT;
  }
  Reader reader = reader_for(document->text, limits, arena, text);
  for (size_t i = 0; i < document->n_blocks; ++i) {
    const DgBlock *const block = &document->blocks[i];
    if (block->text.end > block->text.begin) {
      DG_TRY(read_block(&reader, block, i));
    }
  }
  return DG_OK;
}

DgStatus
dg_text_read_string(DgStr string, DgLang lang, DgArena *arena, DgText *text)
{
  if (string.len >= UINT32_MAX) {
    return DG_LIMIT;
  }
  const DgLimits limits = DG_LIMITS_DEFAULT;
  const DgBlock block = { .kind = DG_BLOCK_PARAGRAPH,
                          .content = string,
                          .text = { 0, string.len },
                          .lang = lang };
  Reader reader = reader_for(string, &limits, arena, text);
  return read_block(&reader, &block, 0);
}
