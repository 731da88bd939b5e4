/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/mime.h"

#include "input/decode.h"
#include "input/headers.h"
#include "input/json_text.h"

#include <strings.h>

enum { DEPTH_MAX = 8, PLAIN_ENOUGH = 200 };

static int
base64_digit(char c)
{
  return c >= 'A' && c <= 'Z'   ? c - 'A'
         : c >= 'a' && c <= 'z' ? c - 'a' + 26
         : c >= '0' && c <= '9' ? c - '0' + 52
         : c == '+'             ? 62
         : c == '/'             ? 63
                                : -1;
}

/** Digits in fours; anything else is stepped over. */
static size_t
decode_base64(DgStr in, char *out)
{
  size_t len = 0;
  uint32_t bits = 0;
  unsigned n = 0;
  for (size_t i = 0; i < in.len && in.ptr[i] != '='; ++i) {
    const int digit = base64_digit(in.ptr[i]);
    if (digit < 0) {
      continue;
    }
    bits = bits << 6 | (uint32_t)digit;
    n += 6;
    if (n >= 8) {
      n -= 8;
      out[len++] = (char)(bits >> n & 0xFFU);
    }
  }
  return len;
}

static int
hex_digit(char c)
{
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

/** @param word  In a header, "_" stands for a space. */
static size_t
decode_quoted(DgStr in, bool word, char *out)
{
  size_t len = 0;
  for (size_t i = 0; i < in.len; ++i) {
    const char c = in.ptr[i];
    if (c != '=') {
      out[len++] = word && c == '_' ? ' ' : c;
      continue;
    }
    if (i + 2 < in.len && hex_digit(in.ptr[i + 1]) >= 0 &&
        hex_digit(in.ptr[i + 2]) >= 0) {
      out[len++] =
          (char)(hex_digit(in.ptr[i + 1]) * 16 + hex_digit(in.ptr[i + 2]));
      i += 2;
    } else {
      /* A soft line end: "=" and the line end go. */
      i += i + 1 < in.len && in.ptr[i + 1] == '\r';
      i += i + 1 < in.len && in.ptr[i + 1] == '\n';
    }
  }
  return len;
}

static bool
is_word(DgStr s, const char *word)
{
  return s.len == strlen(word) && !strncasecmp(s.ptr, word, s.len);
}

static DgStr
uncoded(DgStr body, DgStr coding, DgArena *arena)
{
  const bool base64 = is_word(coding, "base64");
  if (!base64 && !is_word(coding, "quoted-printable")) {
    return body;
  }
  char *const out = dg_arena_alloc(arena, body.len + 1);
  if (!out) {
    return DG_STR_NONE;
  }
  return dg_str_n(out, base64 ? decode_base64(body, out)
                              : decode_quoted(body, false, out));
}

/** The best part of each kind so far. */
typedef struct {
  DgArena *arena;
  DgMimePart plain;
  DgMimePart html;
} Search;

static bool
has_type(DgStr type, const char *start)
{
  const size_t n = strlen(start);
  return type.len >= n && !strncasecmp(type.ptr, start, n);
}

static void
keep_part(Search *search, DgStr headers, DgStr body, DgStr type)
{
  const bool html = has_type(type, "text/html");
  DgMimePart *const best = html ? &search->html : &search->plain;
  const DgStr bytes = uncoded(
      body, dg_header(headers, "Content-Transfer-Encoding"), search->arena);
  if (bytes.len > best->bytes.len) {
    *best = (DgMimePart){ bytes, dg_header_parameter(type, "charset"), html };
  }
}

/** Where the next line "--boundary" begins at or after `from`. */
static size_t
find_boundary(DgStr body, DgStr boundary, size_t from)
{
  for (size_t at = from;; ++at) {
    at = dg_str_find(body, DG_STR("--"), at);
    if (at == SIZE_MAX) {
      return SIZE_MAX;
    }
    if ((at == 0 || body.ptr[at - 1] == '\n') &&
        dg_str_starts(dg_str_sub(body, at + 2, body.len), boundary)) {
      return at;
    }
  }
}

static void
search_part(Search *search, DgStr part, unsigned depth);

static void
search_parts(Search *search, DgStr body, DgStr boundary, unsigned depth)
{
  size_t at = find_boundary(body, boundary, 0);
  while (at != SIZE_MAX) {
    const size_t line = dg_str_find(body, DG_STR("\n"), at);
    if (line == SIZE_MAX) {
      return;
    }
    const size_t next = find_boundary(body, boundary, line);
    search_part(search, dg_str_sub(body, line + 1, next), depth + 1);
    at = next;
  }
}

static void
search_part(Search *search, DgStr part, unsigned depth)
{
  /* A part may have no headers: an empty line comes first. */
  const bool bare = part.len && (part.ptr[0] == '\n' || part.ptr[0] == '\r');
  const size_t end = bare ? 0 : dg_headers_end(part);
  if (end == SIZE_MAX || depth > DEPTH_MAX) {
    return;
  }
  const DgStr headers = dg_str_sub(part, 0, end);
  const DgStr body = dg_str_sub(part, end, part.len);
  const DgStr type = dg_header(headers, "Content-Type");
  const DgStr boundary = dg_header_parameter(type, "boundary");
  if (has_type(type, "multipart/") && boundary.len) {
    search_parts(search, body, boundary, depth);
  } else if (!type.len || has_type(type, "text/plain") ||
             has_type(type, "text/html")) {
    keep_part(search, headers, body, type);
  }
}

DgStatus
dg_mime_text(DgStr message, DgArena *arena, DgMimePart *part)
{
  Search search = { .arena = arena };
  search_part(&search, message, 0);
  const bool plain =
      search.plain.bytes.len >= PLAIN_ENOUGH || !search.html.bytes.len;
  *part = plain ? search.plain : search.html;
  return part->bytes.len ? DG_OK : DG_NO_MATCH;
}

/** Decode the word "=?charset?Q?text?=" at the start of `s`. @return its size,
 * or 0. */
static size_t
decode_word(DgStr s, DgArena *arena, DgBuf *out)
{
  if (!dg_str_starts(s, DG_STR("=?"))) {
    return 0;
  }
  const size_t first = dg_str_find(s, DG_STR("?"), 2);
  if (first == SIZE_MAX || first + 3 > s.len || s.ptr[first + 2] != '?') {
    return 0;
  }
  const size_t end = dg_str_find(s, DG_STR("?="), first + 3);
  if (end == SIZE_MAX) {
    return 0;
  }
  const DgStr text = dg_str_sub(s, first + 3, end);
  char *const bytes = dg_arena_alloc(arena, text.len + 1);
  DgDecoded decoded;
  if (!bytes) {
    return 0;
  }
  const char kind = s.ptr[first + 1];
  const size_t n = kind == 'B' || kind == 'b'
                       ? decode_base64(text, bytes)
                       : decode_quoted(text, true, bytes);
  if (dg_decode(dg_str_n(bytes, n), dg_str_sub(s, 2, first), arena, &decoded,
                NULL) == DG_OK) {
    dg_buf_add(out, decoded.text);
  }
  return end + 2;
}

DgStr
dg_mime_words(DgStr value, DgArena *arena)
{
  DgBuf out = DG_BUF_INIT;
  bool after_word = false;
  for (size_t i = 0; i < value.len;) {
    const size_t n = decode_word(dg_str_sub(value, i, value.len), arena, &out);
    if (n) {
      i += n;
      after_word = true;
      continue;
    }
    /* Blanks between two encoded words are none. */
    size_t next = i;
    while (next < value.len && strchr(" \t\r\n", value.ptr[next])) {
      ++next;
    }
    if (after_word && next > i &&
        dg_str_starts(dg_str_sub(value, next, value.len), DG_STR("=?"))) {
      i = next;
      continue;
    }
    after_word = false;
    dg_buf_add_char(&out, value.ptr[i++]);
  }
  DgDecoded decoded;
  DgStr clean = DG_STR_NONE;
  if (dg_decode(dg_buf_str(&out), DG_STR_NONE, arena, &decoded, NULL) ==
      DG_OK) {
    clean = dg_text_clean(arena, decoded.text);
  }
  dg_buf_clear(&out);
  return clean;
}
