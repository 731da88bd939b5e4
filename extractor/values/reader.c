/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/reader.h"

#include "base/utf8.h"

/* True when the token, folded, is the `len` bytes at `word`. */
static bool
folds_to(const DgReader *r, const DgToken *token, const char *word, size_t len)
{
  const DgStr text = dg_str_sub(r->text, token->begin, token->end);
  size_t n = 0;
  for (size_t i = 0; i < text.len;) {
    const unsigned char byte = (unsigned char)text.ptr[i];
    if (byte < 0x80) {
      if (n >= len || (byte | 0x20) != (unsigned char)word[n]) {
        return false;
      }
      ++n;
      ++i;
      continue;
    }
    size_t size;
    char folded[8];
    const size_t m = dg_utf8_fold_code(dg_utf8_decode(text, i, &size), folded);
    if (n + m > len || memcmp(word + n, folded, m) != 0) {
      return false;
    }
    n += m;
    i += size;
  }
  return n == len && n > 0;
}

/* A bit for a first letter; all marks share one. */
static uint32_t
letter_bit(char c)
{
  return c >= 'a' && c <= 'z' ? 1U << (c - 'a') : 1U << 31;
}

/* First letters of the items of a list that `mark` parts. */
static uint32_t
first_letters(const char *list, char mark)
{
  uint32_t letters = letter_bit(*list);
  for (const char *c = list; *c; ++c) {
    letters |= *c == mark ? letter_bit(c[1]) : 0;
  }
  return letters;
}

/* First letters of the last word of each phrase. */
static uint32_t
last_letters(const char *phrases)
{
  uint32_t letters = 0;
  char first = *phrases;
  for (const char *c = phrases;; ++c) {
    if (*c == '|' || !*c) {
      letters |= letter_bit(first);
    }
    if (!*c) {
      return letters;
    }
    if (*c == '|' || *c == ' ') {
      first = c[1];
    }
  }
}

/* True when no item of the list has this letter; `mark` is '<' to ask for
 * the last words of phrases. */
static bool
lacks(const DgReader *r, const char *list, char mark, char letter)
{
  const char *const key = mark == '<' ? list + 1 : list;
  const size_t slot = ((uintptr_t)key ^ (uintptr_t)key >> 11) % DG_VALUE_MEMO;
  DgValueMemoItem *const item = &r->memo->items[slot];
  if (item->list != key) {
    item->list = key;
    item->letters =
        mark == '<' ? last_letters(list) : first_letters(list, mark);
  }
  return !(item->letters & letter_bit(letter));
}

/* Where the next item of a list begins, after `mark` or at the end. */
static const char *
after_mark(const char *list, char mark)
{
  while (*list && *list != mark) {
    ++list;
  }
  return list + (*list == mark);
}

bool
dg_reader_in(const DgReader *r, size_t at, const char *list)
{
  const DgToken *const token = dg_reader_token(r, at);
  if (token->kind != DG_TOKEN_WORD || lacks(r, list, ' ', token->first)) {
    return false;
  }
  for (; *list; list = after_mark(list, ' ')) {
    if (*list == token->first && folds_to(r, token, list, strcspn(list, " "))) {
      return true;
    }
  }
  return false;
}

/* The piece of a phrase at `piece` is the token. */
static bool
is_piece(const DgReader *r, const DgToken *token, const char *piece, size_t len)
{
  if (*piece != token->first) {
    return false;
  }
  return token->kind == DG_TOKEN_MARK
             ? len == 1
             : token->kind == DG_TOKEN_WORD && folds_to(r, token, piece, len);
}

/* All of the phrase that begins at `phrase` and ends at "|". */
static size_t
phrase_at(const DgReader *r, size_t at, const char *phrase)
{
  for (;; ++at) {
    size_t len = 0;
    while (phrase[len] && phrase[len] != ' ' && phrase[len] != '|') {
      ++len; /* pieces are too short for strcspn to pay */
    }
    if (!is_piece(r, dg_reader_token(r, at), phrase, len)) {
      return 0;
    }
    phrase += len;
    if (*phrase != ' ') {
      return at + 1;
    }
    ++phrase;
  }
}

size_t
dg_reader_phrase(const DgReader *r, size_t at, const char *phrases)
{
  const char first = dg_reader_token(r, at)->first;
  if (!first || lacks(r, phrases, '|', first)) {
    return 0;
  }
  for (; *phrases; phrases = after_mark(phrases, '|')) {
    const size_t end = *phrases == first ? phrase_at(r, at, phrases) : 0;
    if (end) {
      return end;
    }
  }
  return 0;
}

/* The last letter of the token, or 0 when it is no ASCII one. */
static char
last_letter(const DgReader *r, const DgToken *token)
{
  const unsigned char c = (unsigned char)r->text.ptr[token->end - 1];
  return c >= 0x80                      ? '\0'
         : token->kind == DG_TOKEN_WORD ? (char)(c | 0x20)
                                        : token->first;
}

/* The first token of the phrase from `phrase` to `stop`, or `end`. */
static size_t
phrase_until(const DgReader *r, size_t end, const char *phrase,
             const char *stop)
{
  size_t n = 1;
  for (const char *c = phrase; c < stop; ++c) {
    n += *c == ' ';
  }
  return n <= end && dg_reader_token(r, end - n)->first == *phrase &&
                 phrase_at(r, end - n, phrase)
             ? end - n
             : end;
}

/* Lists are long and most phrases are passed over by their last letter. */
size_t
dg_reader_phrase_before(const DgReader *r, size_t end, const char *phrases)
{
  const DgToken *const token = dg_reader_token(r, end ? end - 1 : 0);
  if (end == 0 || lacks(r, phrases, '<', token->first)) {
    return end;
  }
  const char last = last_letter(r, token);
  for (const char *stop;; phrases = stop + 1) {
    stop = strchr(phrases, '|');
    stop = stop ? stop : phrases + strlen(phrases);
    const size_t begin =
        !last || stop[-1] == last ? phrase_until(r, end, phrases, stop) : end;
    if (begin < end || !*stop) {
      return begin;
    }
  }
}

int32_t
dg_reader_digits(const DgReader *r, size_t at)
{
  const DgStr text = dg_reader_text(r, at);
  if (!dg_reader_kind(r, at, DG_TOKEN_DIGITS) || text.len > 9) {
    return -1;
  }
  int32_t value = 0;
  for (size_t i = 0; i < text.len; ++i) {
    value = value * 10 + (text.ptr[i] - '0');
  }
  return value;
}
