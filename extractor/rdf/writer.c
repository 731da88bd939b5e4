/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rdf/writer.h"

#include <stdlib.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"
#define RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

enum { FLUSH_AT = 128 * 1024 };

/* A term of the quad before, with room of its own. */
typedef struct {
  DgBuf text; /* as dg_term_write gives it */
  bool any;
} Before;

struct DgRdfWriter {
  DgRdfWriterOptions options;
  DgBuf *buf;
  DgOutput *out;
  Before graph;
  Before subject;
  Before predicate;
  Before object;
  DgBuf scratch;
};

/* Turtle terms. */

static bool
is_local_char(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

/* A local name that needs no escapes: a safe part of PN_LOCAL. */
static bool
is_local(DgStr local)
{
  for (size_t i = 0; i < local.len; ++i) {
    const char c = local.ptr[i];
    if (!is_local_char(c) || (i == 0 && (c == '-' || c == '.'))) {
      return false;
    }
  }
  return !local.len || local.ptr[local.len - 1] != '.';
}

static const DgRdfPrefix *
find_prefix(DgStr iri, const DgRdfPrefix *prefixes, size_t n)
{
  const DgRdfPrefix *best = NULL;
  for (size_t i = 0; i < n; ++i) {
    const DgStr start = prefixes[i].iri;
    if (dg_str_starts(iri, start) && (!best || start.len > best->iri.len) &&
        is_local(dg_str_sub(iri, start.len, iri.len))) {
      best = &prefixes[i];
    }
  }
  return best;
}

static void
write_iri(DgStr iri, const DgRdfPrefix *prefixes, size_t n, DgBuf *out)
{
  const DgRdfPrefix *const prefix = find_prefix(iri, prefixes, n);
  if (!prefix) {
    const DgTerm term = dg_term_iri(iri);
    dg_term_write(&term, out);
    return;
  }
  dg_buf_add(out, prefix->name);
  dg_buf_add_char(out, ':');
  dg_buf_add(out, dg_str_sub(iri, prefix->iri.len, iri.len));
}

static size_t
digits_from(DgStr text, size_t at)
{
  size_t end = at;
  while (end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9') {
    ++end;
  }
  return end;
}

static size_t
after_sign(DgStr text, size_t at)
{
  return at < text.len && (text.ptr[at] == '+' || text.ptr[at] == '-') ? at + 1
                                                                       : at;
}

static bool
is_bare_integer(DgStr text)
{
  const size_t begin = after_sign(text, 0);
  return begin < text.len && digits_from(text, begin) == text.len;
}

/* With a point and a digit after it; `*end` is after the last digit. */
static bool
is_decimal_until(DgStr text, size_t *end)
{
  const size_t point = digits_from(text, after_sign(text, 0));
  if (point >= text.len || text.ptr[point] != '.') {
    return false;
  }
  *end = digits_from(text, point + 1);
  return *end > point + 1;
}

static bool
is_bare_decimal(DgStr text)
{
  size_t end = 0;
  return is_decimal_until(text, &end) && end == text.len;
}

static bool
is_bare_double(DgStr text)
{
  size_t end = 0;
  if (!is_decimal_until(text, &end)) {
    end = digits_from(text, after_sign(text, 0));
    if (end == after_sign(text, 0)) {
      return false;
    }
  }
  if (end >= text.len || (text.ptr[end] != 'e' && text.ptr[end] != 'E')) {
    return false;
  }
  const size_t exponent = after_sign(text, end + 1);
  return exponent < text.len && digits_from(text, exponent) == text.len;
}

static bool
is_bare_boolean(DgStr text)
{
  return dg_str_equal(text, DG_STR("true")) ||
         dg_str_equal(text, DG_STR("false"));
}

/* Turtle 1.1, section 2.5.2 and 2.5.3: literals written without quotes. */
static const struct {
  const char *datatype;
  bool (*fits)(DgStr text);
} bare[] = {
  { XSD "integer", is_bare_integer },
  { XSD "decimal", is_bare_decimal },
  { XSD "double", is_bare_double },
  { XSD "boolean", is_bare_boolean },
};

static bool
is_bare(const DgTerm *term)
{
  for (size_t i = 0; i < sizeof bare / sizeof *bare; ++i) {
    if (dg_str_equal(term->datatype, dg_str(bare[i].datatype))) {
      return bare[i].fits(term->value);
    }
  }
  return false;
}

static void
write_literal(const DgTerm *term, const DgRdfPrefix *prefixes, size_t n,
              DgBuf *out)
{
  if (term->lang.len || !term->datatype.len) {
    dg_term_write(term, out);
    return;
  }
  if (is_bare(term)) {
    dg_buf_add(out, term->value);
    return;
  }
  const DgTerm text = dg_term_string(term->value);
  dg_term_write(&text, out);
  dg_buf_add(out, DG_STR("^^"));
  write_iri(term->datatype, prefixes, n, out);
}

void
dg_rdf_write_turtle_term(const DgTerm *term, const DgRdfPrefix *prefixes,
                         size_t n_prefixes, DgBuf *out)
{
  if (term->kind == DG_TERM_IRI) {
    write_iri(term->value, prefixes, n_prefixes, out);
  } else if (term->kind == DG_TERM_LITERAL) {
    write_literal(term, prefixes, n_prefixes, out);
  } else {
    dg_term_write(term, out);
  }
}

/* Writers. */

/* Note a term; true when it differs from the one noted before. */
static bool
is_new(DgRdfWriter *w, Before *before, const DgTerm *term)
{
  dg_buf_reset(&w->scratch);
  dg_term_write(term, &w->scratch);
  if (before->any &&
      dg_str_equal(dg_buf_str(&before->text), dg_buf_str(&w->scratch))) {
    return false;
  }
  const DgBuf swap = before->text;
  before->text = w->scratch;
  w->scratch = swap;
  before->any = true;
  return true;
}

static void
forget(Before *before)
{
  before->any = false;
}

static void
write_term(DgRdfWriter *w, const DgTerm *term)
{
  dg_rdf_write_turtle_term(term, w->options.prefixes, w->options.n_prefixes,
                           w->buf);
}

static void
write_head(DgRdfWriter *w)
{
  for (size_t i = 0; i < w->options.n_prefixes; ++i) {
    const DgTerm iri = dg_term_iri(w->options.prefixes[i].iri);
    dg_buf_add(w->buf, DG_STR("@prefix "));
    dg_buf_add(w->buf, w->options.prefixes[i].name);
    dg_buf_add(w->buf, DG_STR(": "));
    dg_term_write(&iri, w->buf);
    dg_buf_add(w->buf, DG_STR(" .\n"));
  }
}

static void
write_line(DgRdfWriter *w, const DgQuad *quad)
{
  DgQuad line = *quad;
  if (w->options.syntax == DG_RDF_NTRIPLES) {
    line.g = (DgTerm){ DG_TERM_NONE, DG_STR_NONE, DG_STR_NONE, DG_STR_NONE };
    const bool s = is_new(w, &w->subject, &quad->s);
    const bool p = is_new(w, &w->predicate, &quad->p);
    const bool o = is_new(w, &w->object, &quad->o);
    if (!s && !p && !o) {
      return;
    }
  }
  dg_quad_write(&line, w->buf);
}

static void
end_subject(DgRdfWriter *w)
{
  if (w->subject.any) {
    dg_buf_add(w->buf, DG_STR(" .\n"));
  }
  forget(&w->subject);
  forget(&w->predicate);
  forget(&w->object);
}

static void
end_graph(DgRdfWriter *w)
{
  end_subject(w);
  if (w->graph.any && w->graph.text.len) {
    dg_buf_add(w->buf, DG_STR("}\n"));
  }
}

static void
start_graph(DgRdfWriter *w, const DgTerm *graph)
{
  if (graph->kind != DG_TERM_NONE) {
    dg_buf_add_char(w->buf, '\n');
    write_term(w, graph);
    dg_buf_add(w->buf, DG_STR(" {"));
  }
}

static void
write_predicate(DgRdfWriter *w, const DgTerm *predicate)
{
  if (dg_str_equal(predicate->value, DG_STR(RDF_TYPE))) {
    dg_buf_add_char(w->buf, 'a');
  } else {
    write_term(w, predicate);
  }
  dg_buf_add_char(w->buf, ' ');
}

/* A subject, its predicates, their objects: each said once. */
static void
write_grouped(DgRdfWriter *w, const DgQuad *quad)
{
  if (w->options.syntax == DG_RDF_TRIG) {
    const bool had = w->graph.any;
    const bool named = had && w->graph.text.len;
    if (is_new(w, &w->graph, &quad->g)) {
      end_subject(w);
      if (named) {
        dg_buf_add(w->buf, DG_STR("}\n"));
      }
      start_graph(w, &quad->g);
    }
  }
  if (is_new(w, &w->subject, &quad->s)) {
    if (w->predicate.any) {
      dg_buf_add(w->buf, DG_STR(" .\n"));
    }
    forget(&w->predicate);
    forget(&w->object);
    dg_buf_add_char(w->buf, '\n');
    write_term(w, &quad->s);
    dg_buf_add_char(w->buf, ' ');
  }
  const bool had_predicate = w->predicate.any;
  if (is_new(w, &w->predicate, &quad->p)) {
    dg_buf_add(w->buf, had_predicate ? DG_STR(" ;\n    ") : DG_STR(""));
    forget(&w->object);
    write_predicate(w, &quad->p);
  }
  const bool had_object = w->object.any;
  if (is_new(w, &w->object, &quad->o)) {
    dg_buf_add(w->buf, had_object ? DG_STR(",\n        ") : DG_STR(""));
    write_term(w, &quad->o);
  }
}

static bool
is_grouped(const DgRdfWriter *w)
{
  return w->options.syntax == DG_RDF_TURTLE || w->options.syntax == DG_RDF_TRIG;
}

static void
flush(DgRdfWriter *w, size_t at)
{
  if (w->out && w->buf->len >= at) {
    dg_output_write(w->out, dg_buf_str(w->buf));
    dg_buf_reset(w->buf);
  }
}

DgStatus
dg_rdf_writer_new(const DgRdfWriterOptions *options, DgBuf *buf, DgOutput *out,
                  DgRdfWriter **writer)
{
  if (options->syntax == DG_RDF_NONE || options->syntax == DG_RDF_XML) {
    return DG_UNSUPPORTED;
  }
  DgRdfWriter *const w = calloc(1, sizeof *w);
  DG_TRY_PTR(w);
  w->options = *options;
  w->buf = buf;
  w->out = out;
  if (is_grouped(w)) {
    write_head(w);
  }
  *writer = w;
  return DG_OK;
}

DgStatus
dg_rdf_writer_put(DgRdfWriter *w, const DgQuad *quad)
{
  if (is_grouped(w)) {
    write_grouped(w, quad);
  } else {
    write_line(w, quad);
  }
  flush(w, FLUSH_AT);
  return w->buf->failed || w->scratch.failed ? DG_NO_MEMORY : DG_OK;
}

static DgStatus
put_quad(void *self, const DgQuad *quad)
{
  return dg_rdf_writer_put(self, quad);
}

DgQuadSink
dg_rdf_writer_sink(DgRdfWriter *writer)
{
  return (DgQuadSink){ put_quad, writer };
}

DgStatus
dg_rdf_writer_end(DgRdfWriter *w)
{
  if (is_grouped(w)) {
    end_graph(w);
    forget(&w->graph);
  }
  flush(w, 1);
  return w->buf->failed || w->scratch.failed ? DG_NO_MEMORY : DG_OK;
}

void
dg_rdf_writer_free(DgRdfWriter *w)
{
  if (w) {
    dg_buf_clear(&w->graph.text);
    dg_buf_clear(&w->subject.text);
    dg_buf_clear(&w->predicate.text);
    dg_buf_clear(&w->object.text);
    dg_buf_clear(&w->scratch);
    free(w);
  }
}
