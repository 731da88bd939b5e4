/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/parse.h"

#include "base/utf8.h"
#include "rdf/vocab.h"
#include "sparql/parse_p.h"

#include <stdio.h>
#include <strings.h>

static const char *const keywords[] = {
  "ADD",      "ALL",          "AS",        "ASC",       "ASK",      "BASE",
  "BIND",     "BY",           "CLEAR",     "CONSTRUCT", "COPY",     "CREATE",
  "DATA",     "DEFAULT",      "DELETE",    "DESC",      "DESCRIBE", "DISTINCT",
  "DROP",     "EXISTS",       "FILTER",    "FROM",      "GRAPH",    "GROUP",
  "HAVING",   "IN",           "INSERT",    "INTO",      "LIMIT",    "LOAD",
  "MINUS",    "MOVE",         "NAMED",     "NOT",       "OFFSET",   "OPTIONAL",
  "ORDER",    "PREFIX",       "REDUCED",   "SELECT",    "SERVICE",  "SILENT",
  "TO",       "UNDEF",        "UNION",     "USING",     "VALUES",   "WHERE",
  "WITH",     "COUNT",        "SUM",       "AVG",       "MIN",      "MAX",
  "SAMPLE",   "GROUP_CONCAT", "SEPARATOR", "REGEX",     "BOUND",    "STR",
  "LANG",     "DATATYPE",     "CONTAINS",  "STRSTARTS", "STRENDS",  "REPLACE",
  "COALESCE", "CONCAT",       "SUBSTR",    "YEAR",      "MONTH",    "ROUND",
};

static const DgKnownPrefix known_prefixes[] = {
  { "deal", DG_NS },
  { "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#" },
  { "rdfs", "http://www.w3.org/2000/01/rdf-schema#" },
  { "xsd", "http://www.w3.org/2001/XMLSchema#" },
  { "owl", "http://www.w3.org/2002/07/owl#" },
  { "skos", "http://www.w3.org/2004/02/skos/core#" },
  { "schema", "https://schema.org/" },
  { "prov", "http://www.w3.org/ns/prov#" },
  { "dct", "http://purl.org/dc/terms/" },
  { "sem", "http://semanticweb.cs.vu.nl/2009/11/sem/" },
  { "cur", "http://publications.europa.eu/resource/authority/currency/" },
};

const DgKnownPrefix *
dg_parse_known_prefixes(size_t *n)
{
  *n = sizeof known_prefixes / sizeof *known_prefixes;
  return known_prefixes;
}

enum { WORD_MAX = 32 };

static int
lower(char c)
{
  return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

size_t
dg_parse_distance(DgStr a, DgStr b)
{
  if (a.len > WORD_MAX || b.len > WORD_MAX) {
    return SIZE_MAX;
  }
  size_t row[WORD_MAX + 1];
  for (size_t j = 0; j <= b.len; ++j) {
    row[j] = j;
  }
  for (size_t i = 0; i < a.len; ++i) {
    size_t corner = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < b.len; ++j) {
      const size_t swap = corner + (lower(a.ptr[i]) != lower(b.ptr[j]));
      corner = row[j + 1];
      const size_t side = 1 + (row[j] < row[j + 1] ? row[j] : row[j + 1]);
      row[j + 1] = swap < side ? swap : side;
    }
  }
  return row[b.len];
}

static const char *
near_keyword(DgStr word)
{
  const char *best = NULL;
  size_t least = word.len / 3 + 1;
  for (size_t i = 0; i < sizeof keywords / sizeof *keywords; ++i) {
    const size_t d = dg_parse_distance(word, dg_str(keywords[i]));
    if (d && d <= least && d < word.len) {
      least = d - 1;
      best = keywords[i];
    }
  }
  return best;
}

void
dg_parse_advance(DgParser *p)
{
  p->last_end = p->token.span.end;
  p->token = dg_lexer_next(p->text, p->token.span.end);
}

bool
dg_parse_is_word(const DgParser *p, const char *word)
{
  return p->token.kind == DG_TOK_WORD && p->token.text.len == strlen(word) &&
         !strncasecmp(p->token.text.ptr, word, p->token.text.len);
}

bool
dg_parse_is_punct(const DgParser *p, const char *punct)
{
  return p->token.kind == DG_TOK_PUNCT &&
         dg_str_equal(p->token.text, dg_str(punct));
}

bool
dg_parse_skip_word(DgParser *p, const char *word)
{
  const bool is = dg_parse_is_word(p, word);
  if (is) {
    dg_parse_advance(p);
  }
  return is;
}

bool
dg_parse_skip_punct(DgParser *p, const char *punct)
{
  const bool is = dg_parse_is_punct(p, punct);
  if (is) {
    dg_parse_advance(p);
  }
  return is;
}

DgStatus
dg_parse_need_punct(DgParser *p, const char *punct)
{
  if (dg_parse_skip_punct(p, punct)) {
    return DG_OK;
  }
  char what[16];
  (void)snprintf(what, sizeof what, "'%s'", punct);
  return dg_parse_expected(p, what);
}

DgStatus
dg_parse_need_word(DgParser *p, const char *word)
{
  return dg_parse_skip_word(p, word) ? DG_OK : dg_parse_expected(p, word);
}

DgStatus
dg_parse_reject(DgParser *p, DgSpan at, const char *format, ...)
{
  DgBuf message = DG_BUF_INIT;
  va_list args;
  va_start(args, format);
  dg_buf_vprintf(&message, format, args);
  va_end(args);
  (void)dg_diag_set(p->diag, DG_BAD_QUERY, "%s",
                    message.data ? message.data : "query rejected");
  dg_diag_point(p->diag, p->text, at);
  dg_buf_clear(&message);
  return DG_BAD_QUERY;
}

DgStatus
dg_parse_expected(DgParser *p, const char *what)
{
  const DgToken *const token = &p->token;
  if (token->kind == DG_TOK_END) {
    return dg_parse_reject(p, token->span, "the query ends, expected %s", what);
  }
  if (token->kind == DG_TOK_BAD) {
    const char first = token->text.ptr[0];
    const char *const why = first == '"' || first == '\''
                                ? "string is not closed or has a bad escape"
                            : first == '<' ? "not an IRI"
                                           : "no token starts here";
    return dg_parse_reject(p, token->span, "%s; expected %s", why, what);
  }
  const size_t shown = token->text.len > 60 ? 60 : token->text.len;
  const char *const near =
      token->kind == DG_TOK_WORD ? near_keyword(token->text) : NULL;
  return dg_parse_reject(p, token->span, "found '%.*s', expected %s%s%s%s",
                         (int)shown, token->text.ptr, what,
                         near ? "; did you mean " : "", near ? near : "",
                         near ? "?" : "");
}

DgStatus
dg_parse_deeper(DgParser *p)
{
  if (++p->depth > DG_PARSE_DEPTH) {
    return dg_parse_reject(p, p->token.span, "nested more than %d levels deep",
                           DG_PARSE_DEPTH);
  }
  return DG_OK;
}

static DgStatus
parse_all(DgParser *p, bool update)
{
  dg_parse_advance(p);
  if (update) {
    DG_TRY(dg_parse_update(p));
  } else {
    DG_TRY(dg_parse_prologue(p));
    DG_TRY(dg_parse_query(p));
  }
  if (p->token.kind != DG_TOK_END) {
    return dg_parse_expected(p, "the end");
  }
  return dg_parse_check(p);
}

DgStatus
dg_parse_request(DgArena *arena, DgStr text, bool update,
                 const DgParseOptions *options, DgRequest *request,
                 DgDiag *diag)
{
  size_t bad;
  if (!dg_utf8_valid(text, &bad)) {
    (void)dg_diag_set(diag, DG_BAD_QUERY, "the query is not UTF-8");
    dg_diag_point(diag, text, (DgSpan){ bad, bad + 1 });
    return DG_BAD_QUERY;
  }
  *request = (DgRequest){ .base = options->base };
  DG_TRY(dg_lexer_unescape_codes(arena, text, &request->text, diag));
  /* A byte order mark is no part of the text. */
  const bool mark = dg_str_starts(request->text, DG_STR("\xEF\xBB\xBF"));
  DgParser p = { .arena = arena,
                 .diag = diag,
                 .request = request,
                 .options = options,
                 .text = request->text,
                 .token = { .span = { 0, mark ? 3 : 0 } } };
  return parse_all(&p, update);
}
