/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/nquads.h"

#include "base/utf8.h"

#define XSD_STRING "http://www.w3.org/2001/XMLSchema#string"

/* A line being read. */
typedef struct {
  DgLineReader *reader;
  const char *at;
  const char *end;   /* of all text */
  const char *wrong; /* where an error is */
  const char *what;  /* what it is */
} Line;

/* What ends the plain part of a token; 2: is refused there. */
enum { PLAIN, STOPS, REFUSED };

/* IRIREF: no blanks, controls, <>"{}|^` and backslash but for escapes. */
static uint8_t
iri_char(uint8_t c)
{
  switch (c) {
  case '>':
  case '\\':
    return STOPS;
  case '<':
  case '"':
  case '{':
  case '}':
  case '|':
  case '^':
  case '`':
    return REFUSED;
  default:
    return c <= 0x20 ? REFUSED : PLAIN;
  }
}

static bool
fail(Line *line, const char *at, const char *what)
{
  line->wrong = at;
  line->what = what;
  return false;
}

static void
skip_blanks(Line *line)
{
  while (line->at < line->end && (*line->at == ' ' || *line->at == '\t')) {
    ++line->at;
  }
}

static bool
is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/* Copies of tokens with escapes. */

static int
hex_value(char c)
{
  return is_digit(c)            ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

/* The code point of an escape, whose backslash is at `*from`; -1 when it is
 * none. `*from` goes behind it. */
static int64_t
escape_code(const char **from, const char *end, bool is_iri)
{
  static const char letters[] = "tbnrf\"'\\";
  static const char codes[] = "\t\b\n\r\f\"'\\";
  const char c = *from + 1 < end ? (*from)[1] : '\0';
  const char *const letter = c && !is_iri ? strchr(letters, c) : NULL;
  if (letter) {
    *from += 2;
    return codes[letter - letters];
  }
  const int digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
  int64_t code = digits ? 0 : -1;
  *from += 2;
  for (int i = 0; code >= 0 && i < digits; ++i) {
    const int value = *from < end ? hex_value(**from) : -1;
    code = value < 0 ? -1 : code * 16 + value;
    ++*from;
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code > 0x10FFFF || surrogate ? -1 : code;
}

/* Undo the escapes of [begin, end). */
static bool
unescape(Line *line, const char *begin, const char *end, bool is_iri,
         DgStr *value)
{
  char *const copy =
      dg_arena_alloc(line->reader->arena, (size_t)(end - begin) + 1);
  if (!copy) {
    return fail(line, begin, NULL);
  }
  size_t n = 0;
  for (const char *from = begin; from < end;) {
    if (*from != '\\') {
      copy[n++] = *from++;
      continue;
    }
    const char *const escape = from;
    const int64_t code = escape_code(&from, end, is_iri);
    if (code < 0 ||
        (is_iri && code < 0x80 && iri_char((uint8_t)code) != PLAIN)) {
      return fail(line, escape, "an escape that there is not");
    }
    n += dg_utf8_encode((uint32_t)code, copy + n);
  }
  *value = dg_str_n(copy, n);
  return true;
}

static bool
check_utf8(Line *line, const char *begin, const char *end)
{
  size_t bad = 0;
  return dg_utf8_valid(dg_str_n(begin, (size_t)(end - begin)), &bad) ||
         fail(line, begin + bad, "not UTF-8");
}

static bool
has_scheme(DgStr iri)
{
  size_t at = 0;
  while (at < iri.len &&
         (is_letter(iri.ptr[at]) ||
          (at && (is_digit(iri.ptr[at]) || strchr("+-.", iri.ptr[at]))))) {
    ++at;
  }
  return at && at < iri.len && iri.ptr[at] == ':';
}

/* "<" is at hand. */
static bool
read_iri(Line *line, DgStr *iri)
{
  const char *const begin = ++line->at;
  const char *at = begin;
  unsigned char high = 0;
  bool escaped = false;
  for (; at < line->end && *at != '>'; ++at) {
    high |= (unsigned char)*at;
    const uint8_t kind = iri_char((uint8_t)*at);
    escaped |= kind == STOPS;
    if (kind == REFUSED) {
      return fail(line, at, "a character that an IRI cannot have");
    }
  }
  if (at == line->end) {
    return fail(line, begin, "an IRI without end");
  }
  *iri = dg_str_n(begin, (size_t)(at - begin));
  line->at = at + 1;
  if ((high & 0x80 && !check_utf8(line, begin, at)) ||
      (escaped && !unescape(line, begin, at, true, iri))) {
    return false;
  }
  return has_scheme(*iri) || fail(line, begin, "a relative IRI");
}

static bool
is_label_char(char c)
{
  return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.' ||
         c == ':' || (unsigned char)c >= 0x80;
}

/* "_" is at hand. */
static bool
read_blank(Line *line, DgStr *label)
{
  const char *const begin = line->at + 2;
  if (begin >= line->end || line->at[1] != ':' || !is_label_char(*begin) ||
      *begin == '-' || *begin == '.') {
    return fail(line, line->at, "not a blank node's label");
  }
  const char *at = begin;
  while (at < line->end && is_label_char(*at)) {
    ++at;
  }
  while (at[-1] == '.') {
    --at;
  }
  *label = dg_str_n(begin, (size_t)(at - begin));
  line->at = at;
  return check_utf8(line, begin, at);
}

/* "@" is at hand. */
static bool
read_lang(Line *line, DgStr *lang)
{
  const char *const begin = ++line->at;
  bool upper = false;
  const char *at = begin;
  for (; at < line->end; ++at) {
    const bool inner = at > begin && at[-1] != '-';
    const bool later = memchr(begin, '-', (size_t)(at - begin)) != NULL;
    upper |= *at >= 'A' && *at <= 'Z';
    if (!is_letter(*at) && !(*at == '-' && inner) &&
        !(later && is_digit(*at))) {
      break;
    }
  }
  if (at == begin || at[-1] == '-') {
    return fail(line, begin, "not a language tag");
  }
  line->at = at;
  *lang = dg_str_n(begin, (size_t)(at - begin));
  if (upper) {
    /* RDF 1.1 Concepts, section 3.3: tags compare without case. */
    *lang = dg_arena_copy(line->reader->arena, *lang);
    char *const copy = (char *)(uintptr_t)lang->ptr;
    for (size_t i = 0; copy && i < lang->len; ++i) {
      copy[i] =
          (char)(copy[i] >= 'A' && copy[i] <= 'Z' ? copy[i] + 32 : copy[i]);
    }
    return copy || fail(line, begin, NULL);
  }
  return true;
}

/* "\"" is at hand. */
static bool
read_literal(Line *line, DgTerm *term)
{
  const char *const begin = ++line->at;
  const char *at = begin;
  unsigned char high = 0;
  bool escaped = false;
  for (; at < line->end && *at != '"'; ++at) {
    high |= (unsigned char)*at;
    if (*at == '\\') {
      escaped = true;
      at += at + 1 < line->end;
    } else if (*at == '\n' || *at == '\r') {
      return fail(line, at, "a line's end within a literal");
    }
  }
  if (at >= line->end) {
    return fail(line, begin, "a literal without end");
  }
  *term = dg_term_string(dg_str_n(begin, (size_t)(at - begin)));
  line->at = at + 1;
  if ((high & 0x80 && !check_utf8(line, begin, at)) ||
      (escaped && !unescape(line, begin, at, false, &term->value))) {
    return false;
  }
  if (line->at < line->end && *line->at == '@') {
    return read_lang(line, &term->lang);
  }
  if (line->end - line->at > 2 && !memcmp(line->at, "^^<", 3)) {
    line->at += 2;
    if (!read_iri(line, &term->datatype)) {
      return false;
    }
    if (dg_str_equal(term->datatype, DG_STR(XSD_STRING))) {
      term->datatype = DG_STR_NONE;
    }
  }
  return true;
}

static bool
read_term(Line *line, bool blank, bool literal, DgTerm *term)
{
  const char c = line->at < line->end ? *line->at : '\0';
  *term = (DgTerm){ DG_TERM_IRI, DG_STR_NONE, DG_STR_NONE, DG_STR_NONE };
  if (c == '<') {
    return read_iri(line, &term->value);
  }
  if (c == '_' && blank) {
    term->kind = DG_TERM_BLANK;
    return read_blank(line, &term->value);
  }
  if (c == '"' && literal) {
    return read_literal(line, term);
  }
  return fail(line, line->at,
              literal ? "expected an IRI, a blank node or a literal"
              : blank ? "expected an IRI or a blank node"
                      : "expected an IRI");
}

static bool
at_line_end(const Line *line)
{
  return line->at >= line->end || *line->at == '\n' || *line->at == '\r';
}

static bool
read_statement(Line *line, DgQuad *quad)
{
  quad->g = (DgTerm){ DG_TERM_NONE, DG_STR_NONE, DG_STR_NONE, DG_STR_NONE };
  if (!read_term(line, true, false, &quad->s)) {
    return false;
  }
  skip_blanks(line);
  if (!read_term(line, false, false, &quad->p)) {
    return false;
  }
  skip_blanks(line);
  if (!read_term(line, true, true, &quad->o)) {
    return false;
  }
  skip_blanks(line);
  if (!line->reader->triples && line->at < line->end && *line->at != '.') {
    if (!read_term(line, true, false, &quad->g)) {
      return false;
    }
    skip_blanks(line);
  }
  if (line->at >= line->end || *line->at != '.') {
    return fail(line, line->at, "expected '.'");
  }
  ++line->at;
  skip_blanks(line);
  if (line->at < line->end && *line->at == '#') {
    return true;
  }
  return at_line_end(line) || fail(line, line->at, "expected the line's end");
}

/* Blanks, empty lines and comments. */
static void
skip_empty(Line *line)
{
  for (;;) {
    while (line->at < line->end && (*line->at == ' ' || *line->at == '\t' ||
                                    *line->at == '\n' || *line->at == '\r')) {
      ++line->at;
    }
    if (line->at == line->end || *line->at != '#') {
      return;
    }
    while (!at_line_end(line)) {
      ++line->at;
    }
  }
}

static DgStatus
report(Line *line, DgDiag *diag)
{
  if (!line->what) {
    return DG_NO_MEMORY;
  }
  const DgStr text = line->reader->text;
  const size_t at = (size_t)(line->wrong - text.ptr);
  (void)dg_diag_set(diag, DG_BAD_INPUT, "%s", line->what);
  dg_diag_source(diag, line->reader->name);
  dg_diag_point(diag, text, (DgSpan){ at, at + 1 });
  return DG_BAD_INPUT;
}

DgStatus
dg_line_reader_next(DgLineReader *reader, DgQuad *quad, DgDiag *diag)
{
  const DgStr text = reader->text;
  Line line = { reader, text.ptr + reader->at, text.ptr + text.len, NULL,
                NULL };
  dg_arena_reset(reader->arena);
  skip_empty(&line);
  if (line.at == line.end) {
    reader->at = text.len;
    return DG_NO_MATCH;
  }
  const bool fine = read_statement(&line, quad);
  if (!fine) {
    line.at = line.wrong;
  }
  while (!at_line_end(&line)) {
    ++line.at;
  }
  reader->at = (size_t)(line.at - text.ptr);
  return fine ? DG_OK : report(&line, diag);
}
