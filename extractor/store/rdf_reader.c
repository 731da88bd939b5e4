/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/rdf_reader.h"

#include "base/io.h"
#include "base/utf8.h"
#include "store/rdf_reader_p.h"

#include <serd/serd.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  DgRdfReading common;
  SerdEnv *env;
  SerdReader *reader;
} Serd;

DgStr
dg_rdf_reading_blank(DgRdfReading *reading, DgStr label)
{
  const DgStr prefix = reading->options->blank_prefix;
  if (!prefix.len) {
    return dg_arena_copy(reading->arena, label);
  }
  char *const text =
      dg_arena_printf(reading->arena, "%.*s%.*s", (int)prefix.len, prefix.ptr,
                      (int)label.len, label.ptr);
  return dg_str(text);
}

void
dg_rdf_reading_literal(DgRdfReading *reading, DgTerm *term, DgStr datatype,
                       DgStr lang)
{
  term->kind = DG_TERM_LITERAL;
  if (lang.len) {
    /* RDF 1.1 Concepts, section 3.3: tags compare without case. */
    term->lang = dg_arena_copy(reading->arena, lang);
    char *const tag = (char *)(uintptr_t)term->lang.ptr;
    for (size_t i = 0; tag && i < lang.len; ++i) {
      tag[i] = (char)(tag[i] >= 'A' && tag[i] <= 'Z' ? tag[i] + 32 : tag[i]);
    }
  } else if (datatype.len && !dg_str_equal(datatype, DG_STR(DG_XSD_STRING))) {
    term->datatype = datatype;
  }
}

/* RFC 3986, section 3.1: a letter, then letters, digits, "+", "-", ".". And
 * what the RDF syntaxes bar from an IRI, lest the IRI be unreadable when
 * it is written. */
static bool
is_absolute(DgStr iri)
{
  static const char barred[] = "<>\"{}|^`\\";
  size_t colon = 0;
  while (colon < iri.len && iri.ptr[colon] != ':') {
    const char c = iri.ptr[colon++];
    const char letter = (char)(c | 0x20);
    const bool later = (c >= '0' && c <= '9') || strchr("+-.", c);
    if (!(letter >= 'a' && letter <= 'z') && (colon == 1 || !c || !later)) {
      return false;
    }
  }
  for (size_t i = colon; i < iri.len; ++i) {
    if ((unsigned char)iri.ptr[i] <= ' ' || strchr(barred, iri.ptr[i])) {
      return false;
    }
  }
  return colon > 0 && colon < iri.len;
}

/* LANGTAG of Turtle: letters, then parts of letters and digits; or none. */
static bool
is_tag(DgStr lang)
{
  bool first = true;
  for (size_t i = 0; i < lang.len; ++i) {
    const char c = lang.ptr[i];
    const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    const bool digit = c >= '0' && c <= '9' && !first;
    const bool hyphen = c == '-' && i && lang.ptr[i - 1] != '-';
    if (!letter && !digit && !hyphen) {
      return false;
    }
    first = first && !hyphen;
  }
  return !lang.len || lang.ptr[lang.len - 1] != '-';
}

static bool
is_sound(const DgTerm *term)
{
  if (term->kind == DG_TERM_IRI) {
    return is_absolute(term->value);
  }
  return is_tag(term->lang) &&
         (!term->datatype.len || is_absolute(term->datatype));
}

DgStatus
dg_rdf_reading_put(DgRdfReading *reading, DgQuad *quad)
{
  if (quad->g.kind == DG_TERM_NONE) {
    quad->g = reading->options->graph;
  }
  if (!is_sound(&quad->s) || !is_sound(&quad->p) || !is_sound(&quad->o) ||
      !is_sound(&quad->g)) {
    dg_rdf_reading_error(reading, 0, 0,
                         "an IRI that is not absolute or has characters that "
                         "no IRI has, or a bad language tag");
  }
  if (reading->status == DG_OK) {
    reading->status = dg_quad_sink_put(reading->sink, quad);
  }
  dg_arena_reset(reading->arena);
  return reading->status;
}

static DgStr
node_str(const SerdNode *node)
{
  return node && node->buf ? dg_str_n((const char *)node->buf, node->n_bytes)
                           : DG_STR_NONE;
}

/* An absolute IRI in the reading's arena; absent when a prefix is unknown. */
static DgStr
expand(Serd *self, const SerdNode *node)
{
  if (node->type == SERD_URI && serd_uri_string_has_scheme(node->buf)) {
    return node_str(node);
  }
  SerdNode whole = serd_env_expand_node(self->env, node);
  const DgStr copy = whole.buf
                         ? dg_arena_copy(self->common.arena, node_str(&whole))
                         : DG_STR_NONE;
  serd_node_free(&whole);
  return copy;
}

static bool
read_node(Serd *self, const SerdNode *node, const SerdNode *datatype,
          const SerdNode *lang, DgTerm *term)
{
  *term = (DgTerm){ 0 };
  if (!node || node->type == SERD_NOTHING) {
    return true;
  }
  if (node->type == SERD_BLANK) {
    term->kind = DG_TERM_BLANK;
    term->value = dg_rdf_reading_blank(&self->common, node_str(node));
  } else if (node->type == SERD_LITERAL) {
    const bool typed = datatype && datatype->type != SERD_NOTHING;
    const DgStr type = typed ? expand(self, datatype) : DG_STR_NONE;
    if (typed && !is_absolute(type)) {
      return false;
    }
    term->value = node_str(node);
    dg_rdf_reading_literal(&self->common, term, type, node_str(lang));
  } else {
    term->kind = DG_TERM_IRI;
    term->value = expand(self, node);
    return term->value.ptr && is_absolute(term->value);
  }
  return term->value.ptr != NULL;
}

static SerdStatus
on_statement(void *handle, SerdStatementFlags flags, const SerdNode *graph,
             const SerdNode *subject, const SerdNode *predicate,
             const SerdNode *object, const SerdNode *datatype,
             const SerdNode *lang)
{
  (void)flags;
  Serd *const self = handle;
  DgQuad quad;
  if (!read_node(self, subject, NULL, NULL, &quad.s) ||
      !read_node(self, predicate, NULL, NULL, &quad.p) ||
      !read_node(self, object, datatype, lang, &quad.o) ||
      !read_node(self, graph, NULL, NULL, &quad.g)) {
    return SERD_ERR_BAD_CURIE;
  }
  return dg_rdf_reading_put(&self->common, &quad) == DG_OK ? SERD_SUCCESS
                                                           : SERD_FAILURE;
}

static SerdStatus
on_base(void *handle, const SerdNode *uri)
{
  return serd_env_set_base_uri(((Serd *)handle)->env, uri);
}

static SerdStatus
on_prefix(void *handle, const SerdNode *name, const SerdNode *uri)
{
  return serd_env_set_prefix(((Serd *)handle)->env, name, uri);
}

void
dg_rdf_reading_error(DgRdfReading *reading, size_t line, size_t column,
                     const char *message)
{
  DgDiag *const diag = reading->diag;
  if (reading->status != DG_OK) {
    return; /* the first fault is the one to tell */
  }
  reading->status = dg_diag_set(diag, DG_BAD_INPUT, "%s", message);
  if (!diag) {
    return;
  }
  if (reading->name) {
    dg_diag_source(diag, reading->name);
  }
  size_t begin = 0;
  for (size_t n = 1; n < line && begin < reading->bytes.len; ++begin) {
    n += reading->bytes.ptr[begin] == '\n';
  }
  const size_t at = begin + (column ? column - 1 : 0);
  dg_diag_point(diag, reading->bytes, (DgSpan){ at, at + 1 });
  diag->column = column ? column : diag->column;
  diag->line = line ? line : diag->line;
}

static SerdStatus
on_error(void *handle, const SerdError *error)
{
  Serd *const self = handle;
  char text[256];
  va_list args;
  va_copy(args, *error->args);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  (void)vsnprintf(text, sizeof text, error->fmt, args);
#pragma GCC diagnostic pop
  va_end(args);
  text[strcspn(text, "\n")] = '\0';
  dg_rdf_reading_error(&self->common, error->line, error->col, text);
  return SERD_SUCCESS;
}

/* serd goes down a level with each bracket, without a bound of its own. */
enum { BRACKETS_DEEP = 128 };

/* End of the IRI, string or comment that starts at `i`; `i` when none does. */
static size_t
skip_quoted(DgStr text, size_t i)
{
  const char c = text.ptr[i];
  if (c == '<' || c == '#') {
    const char close = c == '<' ? '>' : '\n';
    while (i < text.len && text.ptr[i] != close) {
      ++i;
    }
    return i;
  }
  if (c != '"' && c != '\'') {
    return i;
  }
  const char mark[] = { c, c, c };
  const DgStr rest = dg_str_sub(text, i, text.len);
  const DgStr three = dg_str_n(mark, 3);
  const DgStr quote = dg_str_starts(rest, three) ? three : dg_str_n(mark, 1);
  for (i += quote.len; i < text.len; ++i) {
    if (text.ptr[i] == '\\') {
      ++i;
    } else if (dg_str_starts(dg_str_sub(text, i, text.len), quote)) {
      return i + quote.len - 1;
    }
  }
  return text.len;
}

/* Byte of the bracket that goes too deep, or the length of the text. */
static size_t
find_too_deep(DgStr text)
{
  size_t depth = 0;
  for (size_t i = 0; i < text.len; ++i) {
    i = skip_quoted(text, i);
    const char c = i < text.len ? text.ptr[i] : '\0';
    if (c == '\\') {
      ++i;
    } else if ((c == '(' || c == '[') && ++depth > BRACKETS_DEEP) {
      return i;
    } else if ((c == ')' || c == ']') && depth) {
      --depth;
    }
  }
  return text.len;
}

static SerdSyntax
serd_syntax(DgRdfSyntax syntax)
{
  static const SerdSyntax map[] = { [DG_RDF_TURTLE] = SERD_TURTLE,
                                    [DG_RDF_NTRIPLES] = SERD_NTRIPLES,
                                    [DG_RDF_NQUADS] = SERD_NQUADS,
                                    [DG_RDF_TRIG] = SERD_TRIG };
  return map[syntax];
}

typedef struct {
  const char *at;
  size_t left;
} Bytes;

static size_t
give_bytes(void *buf, size_t size, size_t n, void *stream)
{
  Bytes *const bytes = stream;
  const size_t wanted = size * n;
  const size_t given = wanted < bytes->left ? wanted : bytes->left;
  memcpy(buf, bytes->at, given);
  bytes->at += given;
  bytes->left -= given;
  return size ? given / size : 0;
}

static int
no_stream_error(void *stream)
{
  (void)stream;
  return 0;
}

static DgStatus
read_serd(DgRdfReading *reading, DgRdfSyntax syntax)
{
  const size_t deep = find_too_deep(reading->bytes);
  if (deep < reading->bytes.len) {
    (void)dg_diag_set(reading->diag, DG_LIMIT,
                      "brackets within brackets, more than %d deep",
                      (int)BRACKETS_DEEP);
    dg_diag_source(reading->diag, reading->name ? reading->name : "input");
    dg_diag_point(reading->diag, reading->bytes, (DgSpan){ deep, deep + 1 });
    return DG_LIMIT;
  }
  Serd self = { .common = *reading };
  const DgStr base_copy = dg_arena_copy(reading->lasting, reading->base);
  const SerdNode base =
      serd_node_from_string(SERD_URI, (const uint8_t *)base_copy.ptr);
  self.env = serd_env_new(base_copy.len ? &base : NULL);
  self.reader = serd_reader_new(serd_syntax(syntax), &self, NULL, on_base,
                                on_prefix, on_statement, NULL);
  SerdStatus status = SERD_ERR_INTERNAL;
  if (self.env && self.reader) {
    Bytes bytes = { reading->bytes.ptr, reading->bytes.len };
    serd_reader_set_strict(self.reader, true);
    serd_reader_set_error_sink(self.reader, on_error, &self);
    status = serd_reader_read_source(
        self.reader, give_bytes, no_stream_error, &bytes,
        (const uint8_t *)(reading->name ? reading->name : "input"), 4096);
  }
  if (status > SERD_FAILURE) {
    dg_rdf_reading_error(&self.common, 0, 0,
                         (const char *)serd_strerror(status));
  }
  serd_reader_free(self.reader);
  serd_env_free(self.env);
  return self.common.status;
}

DgStatus
dg_rdf_read(DgStr bytes, const char *name, const DgRdfOptions *options,
            const DgQuadSink *sink, DgDiag *diag)
{
  const DgRdfSyntax syntax =
      options->syntax ? options->syntax : dg_rdf_syntax(dg_str(name));
  if (syntax == DG_RDF_NONE) {
    return dg_diag_set(diag, DG_USAGE,
                       "%s: unknown kind of RDF; known extensions are .ttl, "
                       ".nt, .nq, .trig, .rdf",
                       name ? name : "input");
  }
  DgRdfReading reading = { .options = options,
                           .sink = sink,
                           .diag = diag,
                           .name = name,
                           .bytes = bytes,
                           .base = options->base,
                           .arena = dg_arena_new(),
                           .lasting = dg_arena_new() };
  size_t bad = 0;
  DgStatus status = DG_NO_MEMORY;
  if (!reading.arena || !reading.lasting) {
    status = DG_NO_MEMORY;
  } else if (syntax != DG_RDF_XML && !dg_utf8_valid(bytes, &bad)) {
    status = dg_diag_set(diag, DG_BAD_INPUT, "not UTF-8");
    dg_diag_source(diag, name ? name : "input");
    dg_diag_point(diag, bytes, (DgSpan){ bad, bad + 1 });
  } else {
    status = syntax == DG_RDF_XML ? dg_rdf_read_raptor(&reading)
                                  : read_serd(&reading, syntax);
  }
  dg_arena_free(reading.arena);
  dg_arena_free(reading.lasting);
  return status;
}

char *
dg_rdf_file_iri(const char *path)
{
  char *const real = realpath(path, NULL);
  SerdNode node = serd_node_new_file_uri((const uint8_t *)(real ? real : path),
                                         NULL, NULL, true);
  char *const iri = node.buf ? strdup((const char *)node.buf) : NULL;
  serd_node_free(&node);
  free(real);
  return iri;
}

DgStatus
dg_rdf_read_file(const char *path, const DgRdfOptions *options,
                 const DgQuadSink *sink, DgDiag *diag)
{
  DgBuf bytes = DG_BUF_INIT;
  DgStatus status = dg_io_read(path, 0, &bytes, diag);
  if (status == DG_OK) {
    DgRdfOptions own = *options;
    char *const iri = own.base.ptr ? NULL : dg_rdf_file_iri(path);
    own.base = own.base.ptr ? own.base : dg_str(iri);
    status = dg_rdf_read(dg_buf_str(&bytes), path, &own, sink, diag);
    free(iri);
  }
  dg_buf_clear(&bytes);
  return status;
}
