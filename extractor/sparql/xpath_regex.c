/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/xpath_regex.h"

#include "base/regex.h"

/* Names and name characters of XML 1.0, productions 4 and 4a. */
#define NAME_START                                                             \
  ":A-Z_a-z\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{2FF}\\x{370}-\\x{37D}"    \
  "\\x{37F}-\\x{1FFF}\\x{200C}-\\x{200D}\\x{2070}-\\x{218F}\\x{2C00}-"         \
  "\\x{2FEF}\\x{3001}-\\x{D7FF}\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFFD}"         \
  "\\x{10000}-\\x{EFFFF}"
#define NAME_CHAR                                                              \
  NAME_START "\\-.0-9\\x{B7}\\x{300}-\\x{36F}\\x{203F}-\\x{2040}"

enum { CLASS_DEPTH = 16 };

typedef struct {
  DgStr in;
  size_t at;
  DgBuf *out;
  bool multiline;
  bool dotall;
  bool extended;
  bool caseless;
} Rewrite;

static bool
read_flags(DgStr flags, Rewrite *r, unsigned *regex_flags, bool *literal)
{
  for (size_t i = 0; i < flags.len; ++i) {
    switch (flags.ptr[i]) {
    case 'i':
      r->caseless = true;
      *regex_flags |= DG_REGEX_CASELESS;
      break;
    case 'm':
      r->multiline = true;
      *regex_flags |= DG_REGEX_MULTILINE;
      break;
    case 's':
      r->dotall = true;
      *regex_flags |= DG_REGEX_DOTALL;
      break;
    case 'x':
      r->extended = true;
      break;
    case 'q':
      *literal = true;
      break;
    default:
      return false;
    }
  }
  return true;
}

static void
put(Rewrite *r, const char *text)
{
  dg_buf_add(r->out, dg_str(text));
}

static char
peek(const Rewrite *r)
{
  return r->at < r->in.len ? r->in.ptr[r->at] : '\0';
}

/** \p{...}: categories pass, blocks ("IsGreek") become ranges of a few. */
static bool
put_property(Rewrite *r, char letter)
{
  static const struct {
    const char *name;
    const char *range;
  } blocks[] = {
    { "IsBasicLatin", "\\x{0}-\\x{7F}" },
    { "IsLatin-1Supplement", "\\x{80}-\\x{FF}" },
    { "IsLatinExtended-A", "\\x{100}-\\x{17F}" },
    { "IsLatinExtended-B", "\\x{180}-\\x{24F}" },
    { "IsGreek", "\\x{370}-\\x{3FF}" },
    { "IsCyrillic", "\\x{400}-\\x{4FF}" },
    { "IsGeneralPunctuation", "\\x{2000}-\\x{206F}" },
    { "IsCurrencySymbols", "\\x{20A0}-\\x{20CF}" },
    { "IsCJKUnifiedIdeographs", "\\x{4E00}-\\x{9FFF}" },
  };
  const size_t close = dg_str_find(r->in, DG_STR("}"), r->at);
  if (peek(r) != '{' || close == SIZE_MAX) {
    return false;
  }
  const DgStr name = dg_str_sub(r->in, r->at + 1, close);
  r->at = close + 1;
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; ++i) {
    if (dg_str_equal(name, dg_str(blocks[i].name))) {
      dg_buf_printf(r->out, "[%s%s]", letter == 'P' ? "^" : "",
                    blocks[i].range);
      return true;
    }
  }
  if (!name.len || name.len > 2) {
    return false;
  }
  dg_buf_printf(r->out, "\\%c{%.*s}", letter, (int)name.len, name.ptr);
  return true;
}

static bool
put_escape(Rewrite *r, bool in_class)
{
  const char c = peek(r);
  if (!c) {
    return false;
  }
  ++r->at;
  switch (c) {
  case 'i':
    put(r, in_class ? NAME_START : "[" NAME_START "]");
    return true;
  case 'I':
    put(r, "[^" NAME_START "]");
    return !in_class;
  case 'c':
    put(r, in_class ? NAME_CHAR : "[" NAME_CHAR "]");
    return true;
  case 'C':
    put(r, "[^" NAME_CHAR "]");
    return !in_class;
  case 'd':
    put(r, "\\p{Nd}");
    return true;
  case 'D':
    put(r, "\\P{Nd}");
    return true;
  case 'w': /* all but punctuation, separators and others */
    put(r,
        in_class ? "\\p{L}\\p{M}\\p{N}\\p{S}" : "[\\p{L}\\p{M}\\p{N}\\p{S}]");
    return true;
  case 'W':
    put(r, in_class ? "\\p{P}\\p{Z}\\p{C}" : "[\\p{P}\\p{Z}\\p{C}]");
    return true;
  case 's':
    put(r, in_class ? " \\t\\n\\r" : "[ \\t\\n\\r]");
    return true;
  case 'S':
    put(r, "[^ \\t\\n\\r]");
    return !in_class;
  case 'p':
  case 'P':
    return put_property(r, c);
  default:
    break;
  }
  const bool digit = c >= '1' && c <= '9';
  if (!(digit && !in_class) && !strchr("nrt\\|.?*+(){}-[]^$/\"'", c)) {
    return false;
  }
  if (digit) {
    dg_buf_printf(r->out, "(?:\\g{%c})", c);
  } else {
    dg_buf_printf(r->out, "\\%c", c);
  }
  return true;
}

/* [a-z-[aeiou]] becomes (?![aeiou])[a-z]; the subtraction is last. */
static bool
put_class(Rewrite *r, unsigned depth)
{
  if (depth > CLASS_DEPTH) {
    return false;
  }
  DgBuf body = DG_BUF_INIT;
  DgBuf without = DG_BUF_INIT;
  DgBuf *const out = r->out;
  bool fine = true;
  bool closed = false;
  const bool negated = peek(r) == '^';
  r->at += negated;
  r->out = &body;
  while (fine && !closed && r->at < r->in.len) {
    const char c = r->in.ptr[r->at++];
    if (c == ']') {
      closed = body.len > 0;
      fine = closed;
    } else if (c == '-' && peek(r) == '[') {
      ++r->at;
      r->out = &without;
      fine = put_class(r, depth + 1) && peek(r) == ']';
      r->out = &body;
    } else if (c == '[') {
      fine = false;
    } else if (c == '\\') {
      fine = put_escape(r, true);
    } else if (!(r->extended && (c == ' ' || c == '\t' || c == '\n'))) {
      dg_buf_add_char(&body, c);
    }
  }
  r->out = out;
  if (fine && closed) {
    if (without.len) {
      dg_buf_printf(out, "(?:(?!%s)", without.data);
    }
    dg_buf_printf(out, "[%s%s]%s", negated ? "^" : "", body.data,
                  without.len ? ")" : "");
  }
  dg_buf_clear(&body);
  dg_buf_clear(&without);
  return fine && closed;
}

/* Groups are plain or (?:...): no look-around, names or options. */
static bool
put_open(Rewrite *r)
{
  dg_buf_add_char(r->out, '(');
  if (peek(r) == '*') {
    return false;
  }
  if (peek(r) != '?') {
    return true;
  }
  if (!dg_str_starts(dg_str_sub(r->in, r->at, r->in.len), DG_STR("?:"))) {
    return false;
  }
  r->at += 2;
  put(r, "?:");
  return true;
}

static bool
put_next(Rewrite *r)
{
  const char c = r->in.ptr[r->at++];
  switch (c) {
  case '\\':
    return put_escape(r, false);
  case '[':
    return put_class(r, 0);
  case '(':
    return put_open(r);
  case '$':
    put(r, r->multiline ? "$" : "\\z");
    return true;
  case '.':
    put(r, r->dotall ? "." : "[^\\n\\r]");
    return true;
  case '+': /* PCRE2 would read "a++" as possessive */
  case '?':
  case '*':
    dg_buf_add_char(r->out, c);
    return !(peek(r) == '+' || peek(r) == '*');
  case ' ':
  case '\t':
  case '\n':
  case '\r':
    if (r->extended) {
      return true;
    }
    break;
  case '#':
    put(r, "\\");
    break;
  default:
    break;
  }
  dg_buf_add_char(r->out, c);
  return true;
}

bool
dg_xpath_regex(DgStr pattern, DgStr flags, DgBuf *out, unsigned *regex_flags)
{
  Rewrite r = { .in = pattern, .out = out };
  bool literal = false;
  *regex_flags = 0;
  if (!read_flags(flags, &r, regex_flags, &literal)) {
    return false;
  }
  if (literal) {
    *regex_flags &= DG_REGEX_CASELESS;
    *regex_flags |= DG_REGEX_LITERAL;
    dg_buf_add(out, pattern);
    return true;
  }
  while (r.at < pattern.len) {
    if (!put_next(&r)) {
      return false;
    }
  }
  return true;
}
