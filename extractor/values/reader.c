/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/reader.h"

#include "base/utf8.h"

/* True when the token, folded, is the `len` bytes at `word`. */
static bool
folds_to(const DgReader *r, size_t at, const char *word, size_t len)
{
  const DgStr text = dg_reader_text(r, at);
  size_t n = 0;
  for (size_t i = 0; i < text.len;) {
    size_t size;
    char folded[8];
    const uint32_t code = dg_utf8_decode(text, i, &size);
    const size_t m = dg_utf8_fold_code(code, folded);
    if (n + m > len || memcmp(word + n, folded, m) != 0) {
      return false;
    }
    n += m;
    i += size;
  }
  return n == len && n > 0;
}

bool
dg_reader_in(const DgReader *r, size_t at, const char *list)
{
  if (!dg_reader_kind(r, at, DG_TOKEN_WORD)) {
    return false;
  }
  while (*list) {
    const size_t len = strcspn(list, " ");
    if (folds_to(r, at, list, len)) {
      return true;
    }
    list += len + (list[len] == ' ');
  }
  return false;
}

static bool
is_piece(const DgReader *r, size_t at, const char *piece, size_t len)
{
  const DgToken *const token = dg_reader_token(r, at);
  if (token->kind == DG_TOKEN_MARK) {
    return len == 1 && token->code == (unsigned char)*piece;
  }
  return token->kind == DG_TOKEN_WORD && folds_to(r, at, piece, len);
}

static size_t
pieces_of(const char *phrase, size_t len)
{
  size_t n = 1;
  for (size_t i = 0; i < len; ++i) {
    n += phrase[i] == ' ';
  }
  return n;
}

/* All of one phrase of `len` bytes at `at`. */
static size_t
phrase_at(const DgReader *r, size_t at, const char *phrase, size_t len)
{
  for (size_t i = 0; i < len; ++at) {
    const size_t piece = strcspn(phrase + i, " |");
    if (!is_piece(r, at, phrase + i, piece)) {
      return 0;
    }
    i += piece + 1;
  }
  return at;
}

size_t
dg_reader_phrase(const DgReader *r, size_t at, const char *phrases)
{
  while (*phrases) {
    const size_t len = strcspn(phrases, "|");
    const size_t end = phrase_at(r, at, phrases, len);
    if (end) {
      return end;
    }
    phrases += len + (phrases[len] == '|');
  }
  return 0;
}

size_t
dg_reader_phrase_before(const DgReader *r, size_t end, const char *phrases)
{
  while (*phrases) {
    const size_t len = strcspn(phrases, "|");
    const size_t n = pieces_of(phrases, len);
    if (n <= end && phrase_at(r, end - n, phrases, len)) {
      return end - n;
    }
    phrases += len + (phrases[len] == '|');
  }
  return end;
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
