/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/json_text.h"

#include "base/utf8.h"
#include "input/decode.h"

typedef struct {
  DgStr in;
  size_t at;
  char *out; /**< never longer than `in` */
  size_t len;
} Repair;

static void
put(Repair *repair, const char *bytes, size_t n)
{
  memcpy(repair->out + repair->len, bytes, n);
  repair->len += n;
}

static int
hex_digit(char c)
{
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

/** The code unit of "\uXXXX" at `at`. */
static bool
unit_at(DgStr s, size_t at, unsigned *unit)
{
  *unit = 0;
  if (at + 6 > s.len || s.ptr[at] != '\\' || s.ptr[at + 1] != 'u') {
    return false;
  }
  for (size_t i = at + 2; i < at + 6; ++i) {
    const int digit = hex_digit(s.ptr[i]);
    if (digit < 0) {
      return false;
    }
    *unit = *unit << 4 | (unsigned)digit;
  }
  return true;
}

/** An escape within a string: a surrogate without its other half goes. */
static void
repair_escape(Repair *repair)
{
  unsigned unit;
  unsigned low;
  size_t n = repair->at + 2 <= repair->in.len ? 2 : 1;
  if (unit_at(repair->in, repair->at, &unit)) {
    n = 6;
    if (unit >= 0xD800 && unit < 0xDC00 &&
        unit_at(repair->in, repair->at + 6, &low) && low >= 0xDC00 &&
        low < 0xE000) {
      n = 12;
    } else if (unit >= 0xD800 && unit < 0xE000) {
      put(repair, "\\uFFFD", 6);
      repair->at += 6;
      return;
    }
  }
  put(repair, repair->in.ptr + repair->at, n);
  repair->at += n;
}

static void
repair_string(Repair *repair)
{
  put(repair, "\"", 1);
  for (++repair->at; repair->at < repair->in.len;) {
    const char c = repair->in.ptr[repair->at];
    if (c == '\\') {
      repair_escape(repair);
      continue;
    }
    const bool control = (unsigned char)c < 0x20;
    put(repair, control ? " " : &c, 1);
    ++repair->at;
    if (c == '"') {
      return;
    }
  }
}

static bool
is_word_char(char c)
{
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || c == '-' || c == '+' || c == '.';
}

/** A number or bare word. */
static void
repair_word(Repair *repair)
{
  const size_t begin = repair->at;
  while (repair->at < repair->in.len &&
         is_word_char(repair->in.ptr[repair->at])) {
    ++repair->at;
  }
  const DgStr word = dg_str_sub(repair->in, begin, repair->at);
  const bool number = hex_digit(word.ptr[0]) >= 0 && word.ptr[0] <= '9';
  const bool nan = dg_str_equal(word, DG_STR("NaN")) ||
                   dg_str_find(word, DG_STR("Infinity"), 0) != SIZE_MAX;
  if (nan) {
    put(repair, "0", 1);
  } else if ((number || word.ptr[0] == '-') &&
             (word.len > 18 || memchr(word.ptr, 'e', word.len) ||
              memchr(word.ptr, 'E', word.len))) {
    put(repair, "0", 1);
  } else {
    put(repair, word.ptr, word.len);
  }
}

static DgStr
repaired(DgStr bytes, DgArena *arena)
{
  Repair repair = { .in = bytes, .out = dg_arena_alloc(arena, bytes.len + 1) };
  while (repair.out && repair.at < bytes.len) {
    const char c = bytes.ptr[repair.at];
    if (c == '"') {
      repair_string(&repair);
    } else if (is_word_char(c)) {
      repair_word(&repair);
    } else {
      put(&repair, &c, 1);
      ++repair.at;
    }
  }
  return dg_str_n(repair.out, repair.len);
}

json_t *
dg_json_parse(DgStr bytes, DgArena *arena, json_error_t *error)
{
  size_t bad;
  DgDecoded decoded;
  if (!dg_utf8_valid(bytes, &bad) &&
      dg_decode(bytes, DG_STR_NONE, arena, &decoded, NULL) == DG_OK) {
    bytes = decoded.text;
  }
  json_t *const value = json_loadb(bytes.ptr, bytes.len, JSON_ALLOW_NUL, error);
  if (value) {
    return value;
  }
  const DgStr again = repaired(bytes, arena);
  return again.ptr ? json_loadb(again.ptr, again.len, JSON_ALLOW_NUL, error)
                   : NULL;
}
