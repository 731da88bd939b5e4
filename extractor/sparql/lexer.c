/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/lexer.h"

#include "base/utf8.h"

const char *
dg_token_text(DgTok kind)
{
  static const char *const texts[] = {
#define TOKEN_TEXT(name, text) text,
    DG_TOKENS(TOKEN_TEXT)
#undef TOKEN_TEXT
  };
  return texts[kind];
}

static unsigned char
byte_at(DgStr text, size_t at)
{
  return at < text.len ? (unsigned char)text.ptr[at] : 0;
}

static bool
is_digit(unsigned c)
{
  return c >= '0' && c <= '9';
}

static bool
is_ascii_letter(unsigned c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_hex(unsigned c)
{
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/** PN_CHARS_BASE, production 164, beyond ASCII. */
static bool
is_base_beyond_ascii(uint32_t c)
{
  static const uint32_t ranges[][2] = {
    { 0xC0, 0xD6 },     { 0xD8, 0xF6 },     { 0xF8, 0x2FF },
    { 0x370, 0x37D },   { 0x37F, 0x1FFF },  { 0x200C, 0x200D },
    { 0x2070, 0x218F }, { 0x2C00, 0x2FEF }, { 0x3001, 0xD7FF },
    { 0xF900, 0xFDCF }, { 0xFDF0, 0xFFFD }, { 0x10000, 0xEFFFF },
  };
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; ++i) {
    if (c >= ranges[i][0] && c <= ranges[i][1]) {
      return true;
    }
  }
  return false;
}

static bool
is_base(uint32_t c)
{
  return c < 128 ? is_ascii_letter(c) : is_base_beyond_ascii(c);
}

/** VARNAME's further characters, production 166. */
static bool
is_name(uint32_t c)
{
  return is_base(c) || c == '_' || is_digit(c) || c == 0xB7 ||
         (c >= 0x300 && c <= 0x36F) || (c >= 0x203F && c <= 0x2040);
}

/** PN_CHARS, production 167. */
static bool
is_pn(uint32_t c)
{
  return is_name(c) || c == '-';
}

static uint32_t
code_at(DgStr text, size_t at, size_t *size)
{
  *size = 1;
  if (at >= text.len) {
    return 0;
  }
  return dg_utf8_decode(text, at, size);
}

static size_t
skip_blank(DgStr text, size_t at)
{
  while (at < text.len) {
    const char c = text.ptr[at];
    if (c == '#') {
      while (at < text.len && text.ptr[at] != '\n' && text.ptr[at] != '\r') {
        ++at;
      }
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

/** End of an IRIREF (139) that starts at `at`, or 0. */
static size_t
iri_end(DgStr text, size_t at)
{
  for (++at; at < text.len; ++at) {
    const unsigned char c = (unsigned char)text.ptr[at];
    if (c == '>') {
      return at + 1;
    }
    if (c <= 32 || strchr("<\"{}|^`\\", c)) {
      return 0;
    }
  }
  return 0;
}

/** End of a string (156 to 159), or 0 when it is not closed. */
static size_t
string_end(DgStr text, size_t at)
{
  const char quote = text.ptr[at];
  const bool is_long =
      byte_at(text, at + 1) == quote && byte_at(text, at + 2) == quote;
  for (at += is_long ? 3 : 1; at < text.len; ++at) {
    const char c = text.ptr[at];
    if (c == '\\') {
      const unsigned char next = byte_at(text, at + 1);
      if (!next || !strchr("tbnrf\\\"'", next)) {
        return 0;
      }
      ++at;
    } else if (c == quote && !is_long) {
      return at + 1;
    } else if (c == quote && byte_at(text, at + 1) == quote &&
               byte_at(text, at + 2) == quote) {
      return at + 3;
    } else if (!is_long && (c == '\n' || c == '\r')) {
      return 0;
    }
  }
  return 0;
}

/** End of PN_LOCAL (169); `at` itself when there is none. */
static size_t
local_end(DgStr text, size_t at)
{
  size_t end = at;
  for (size_t here = at; here < text.len;) {
    size_t size;
    const uint32_t c = code_at(text, here, &size);
    if (c == '%' && is_hex(byte_at(text, here + 1)) &&
        is_hex(byte_at(text, here + 2))) {
      size = 3;
    } else if (c == '\\' && byte_at(text, here + 1) &&
               strchr("_~.-!$&'()*+,;=/?#@%", byte_at(text, here + 1))) {
      size = 2;
    } else if (c == '.' && here > at) {
      here += 1; /* not the last one: `end` stays behind */
      continue;
    } else if (!(is_name(c) || c == ':' || (c == '-' && here > at)) ||
               (here == at && !is_base(c) && c != '_' && c != ':' &&
                !is_digit(c))) {
      break;
    }
    here += size;
    end = here;
  }
  return end;
}

/** End of PN_CHARS and inner dots, the form of a prefix or a blank label. */
static size_t
dotted_end(DgStr text, size_t at)
{
  size_t end = at;
  for (size_t here = at; here < text.len;) {
    size_t size;
    const uint32_t c = code_at(text, here, &size);
    if (!is_pn(c) && c != '.') {
      break;
    }
    here += size;
    end = c == '.' ? end : here;
  }
  return end;
}

static size_t
name_end(DgStr text, size_t at)
{
  size_t size;
  while (at < text.len && is_name(code_at(text, at, &size))) {
    at += size;
  }
  return at;
}

static size_t
digits_end(DgStr text, size_t at)
{
  while (is_digit(byte_at(text, at))) {
    ++at;
  }
  return at;
}

/** A number without sign: 146 to 148. */
static size_t
number_end(DgStr text, size_t at, DgTok *kind)
{
  size_t end = digits_end(text, at);
  *kind = DG_TOK_INTEGER;
  if (byte_at(text, end) == '.') {
    const size_t after = digits_end(text, end + 1);
    const unsigned char next = byte_at(text, after);
    const bool exponent = next == 'e' || next == 'E';
    if (after > end + 1 || (exponent && end > at)) {
      /* "1." alone is an integer and a full stop; "1.e5" is a double. */
      const size_t sign =
          byte_at(text, after + 1) == '+' || byte_at(text, after + 1) == '-';
      if (after > end + 1 || is_digit(byte_at(text, after + 1 + sign))) {
        end = after;
        *kind = DG_TOK_DECIMAL;
      }
    }
  }
  const unsigned char e = byte_at(text, end);
  if (e == 'e' || e == 'E') {
    const unsigned char c = byte_at(text, end + 1);
    const size_t from = end + 1 + (c == '+' || c == '-');
    const size_t after = digits_end(text, from);
    if (after > from) {
      end = after;
      *kind = DG_TOK_DOUBLE;
    }
  }
  return end;
}

static size_t
lang_end(DgStr text, size_t at)
{
  size_t end = at + 1;
  while (is_ascii_letter(byte_at(text, end))) {
    ++end;
  }
  if (end == at + 1) {
    return 0;
  }
  while (byte_at(text, end) == '-' &&
         (is_ascii_letter(byte_at(text, end + 1)) ||
          is_digit(byte_at(text, end + 1)))) {
    ++end;
    while (is_ascii_letter(byte_at(text, end)) ||
           is_digit(byte_at(text, end))) {
      ++end;
    }
  }
  return end;
}

static size_t
punct_end(DgStr text, size_t at)
{
  static const char *const pairs[] = { "^^", "&&", "||", "!=", "<=", ">=" };
  const DgStr two = dg_str_sub(text, at, at + 2);
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; ++i) {
    if (dg_str_equal(two, dg_str(pairs[i]))) {
      return at + 2;
    }
  }
  return strchr("{}()[].,;|/^*+?!=<>-", text.ptr[at]) ? at + 1 : 0;
}

/** A word, or a prefixed name (140, 141) when a colon follows. */
static size_t
word_end(DgStr text, size_t at, DgTok *kind)
{
  const size_t prefix = dotted_end(text, at);
  if (byte_at(text, prefix) == ':') {
    *kind = DG_TOK_PNAME;
    return local_end(text, prefix + 1);
  }
  size_t end = at;
  while (is_ascii_letter(byte_at(text, end)) || is_digit(byte_at(text, end)) ||
         byte_at(text, end) == '_') {
    ++end;
  }
  *kind = end > at ? DG_TOK_WORD : DG_TOK_BAD;
  return end;
}

static size_t
blank_label_end(DgStr text, size_t at)
{
  size_t size;
  const uint32_t first = code_at(text, at + 2, &size);
  if (!is_base(first) && first != '_' && !is_digit(first)) {
    return 0;
  }
  return dotted_end(text, at + 2);
}

static size_t
token_end(DgStr text, size_t at, DgTok *kind)
{
  const unsigned char c = (unsigned char)text.ptr[at];
  const unsigned char next = byte_at(text, at + 1);
  size_t size;
  size_t end = 0;
  if (c == '<' && (end = iri_end(text, at)) != 0) {
    *kind = DG_TOK_IRI;
  } else if (c == '"' || c == '\'') {
    *kind = DG_TOK_STRING;
    end = string_end(text, at);
  } else if ((c == '?' || c == '$') &&
             (end = name_end(text, at + 1)) > at + 1 &&
             (is_base(code_at(text, at + 1, &size)) || next == '_' ||
              is_digit(next))) {
    *kind = DG_TOK_VAR;
  } else if (c == '@') {
    *kind = DG_TOK_LANG;
    end = lang_end(text, at);
  } else if (c == '_' && next == ':') {
    *kind = DG_TOK_BLANK;
    end = blank_label_end(text, at);
  } else if (c == ':') {
    *kind = DG_TOK_PNAME;
    end = local_end(text, at + 1);
  } else if (is_digit(c) || (c == '.' && is_digit(next))) {
    end = number_end(text, at, kind);
  } else if (is_base(code_at(text, at, &size))) {
    end = word_end(text, at, kind);
  } else {
    *kind = DG_TOK_PUNCT;
    end = c ? punct_end(text, at) : 0;
  }
  return end;
}

DgToken
dg_lexer_next(DgStr text, size_t at)
{
  at = skip_blank(text, at);
  DgToken token = { DG_TOK_END, DG_STR_NONE, { at, at } };
  if (at >= text.len) {
    return token;
  }
  size_t end = token_end(text, at, &token.kind);
  if (end <= at) {
    size_t size;
    (void)dg_utf8_decode(text, at, &size);
    token.kind = DG_TOK_BAD;
    end = at + size;
  }
  token.span.end = end;
  token.text = dg_str_sub(text, at, end);
  return token;
}

static bool
read_hex(DgStr text, size_t at, size_t n, uint32_t *code)
{
  *code = 0;
  for (size_t i = 0; i < n; ++i) {
    const unsigned char c = byte_at(text, at + i);
    if (!is_hex(c)) {
      return false;
    }
    *code = *code * 16 + (is_digit(c) ? c - 48U : (c | 32U) - 87U);
  }
  return true;
}

DgStatus
dg_lexer_unescape_codes(DgArena *arena, DgStr text, DgStr *out, DgDiag *diag)
{
  *out = text;
  if (dg_str_find(text, DG_STR("\\u"), 0) == SIZE_MAX &&
      dg_str_find(text, DG_STR("\\U"), 0) == SIZE_MAX) {
    return DG_OK;
  }
  char *const copy = dg_arena_alloc(arena, text.len + 1);
  DG_TRY_PTR(copy);
  size_t n = 0;
  for (size_t at = 0; at < text.len; ++at) {
    const unsigned char next = byte_at(text, at + 1);
    if (text.ptr[at] != '\\' || (next != 'u' && next != 'U')) {
      copy[n++] = text.ptr[at];
      if (text.ptr[at] == '\\' && at + 1 < text.len) {
        copy[n++] = text.ptr[++at];
      }
      continue;
    }
    uint32_t code;
    const size_t digits = next == 'u' ? 4 : 8;
    if (!read_hex(text, at + 2, digits, &code) || code > 0x10FFFF || !code ||
        (code >= 0xD800 && code <= 0xDFFF)) {
      (void)dg_diag_set(diag, DG_BAD_QUERY, "no such character");
      dg_diag_point(diag, text, (DgSpan){ at, at + 2 + digits });
      return DG_BAD_QUERY;
    }
    n += dg_utf8_encode(code, copy + n);
    at += digits + 1;
  }
  *out = dg_str_n(copy, n);
  return DG_OK;
}

DgStr
dg_lexer_string(DgArena *arena, DgStr token)
{
  const size_t quotes = token.len >= 6 && token.ptr[1] == token.ptr[0] &&
                                token.ptr[2] == token.ptr[0]
                            ? 3
                            : 1;
  const DgStr body = dg_str_sub(token, quotes, token.len - quotes);
  char *const copy = dg_arena_alloc(arena, body.len + 1);
  if (!copy) {
    return DG_STR_NONE;
  }
  static const char escapes[] = "tbnrf\\\"'";
  static const char values[] = "\t\b\n\r\f\\\"'";
  size_t n = 0;
  for (size_t i = 0; i < body.len; ++i) {
    char c = body.ptr[i];
    if (c == '\\' && i + 1 < body.len) {
      const char *const found = strchr(escapes, body.ptr[++i]);
      c = found ? values[found - escapes] : body.ptr[i];
    }
    copy[n++] = c;
  }
  copy[n] = '\0';
  return dg_str_n(copy, n);
}

DgStr
dg_lexer_local(DgArena *arena, DgStr local)
{
  char *const copy = dg_arena_alloc(arena, local.len + 1);
  if (!copy) {
    return DG_STR_NONE;
  }
  size_t n = 0;
  for (size_t i = 0; i < local.len; ++i) {
    i += local.ptr[i] == '\\' && i + 1 < local.len;
    copy[n++] = local.ptr[i];
  }
  copy[n] = '\0';
  return dg_str_n(copy, n);
}
