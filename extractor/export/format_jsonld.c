/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "export/format.h"

/*
 * JSON-LD 1.1 with one node object a subject and one a named graph, written as
 * the quads come. Literals keep their lexical forms: no JSON numbers.
 * Source: JSON-LD 1.1, sections 4.1.5 (compact IRIs), 4.2 and 4.9.
 */

#define RDF_TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

typedef struct {
  const DgExport *x;
  DgBuf buf;
  DgQuad before; /* its strings last as long as the stream */
  bool any;
  bool as_type; /* the property that is open is "@type" */
} Writer;

/* An IRI as a compact one would be read again as another one. */
static bool
is_mistaken(DgStr iri)
{
  for (size_t i = 0; i < dg_export_prefix_count; ++i) {
    const DgStr name = dg_export_prefixes[i].name;
    if (dg_str_starts(iri, name) && iri.len > name.len &&
        iri.ptr[name.len] == ':' &&
        !dg_str_starts(dg_str_sub(iri, name.len + 1, iri.len), DG_STR("//"))) {
      return true;
    }
  }
  return false;
}

static DgStatus
add_iri(Writer *w, DgStr iri)
{
  if (is_mistaken(iri)) {
    return dg_diag_set(w->x->diag, DG_UNSUPPORTED,
                       "JSON-LD would take <%.*s> for a shortened IRI; "
                       "expected another format, such as trig",
                       (int)iri.len, iri.ptr);
  }
  for (size_t i = 0; i < dg_export_prefix_count; ++i) {
    const DgRdfPrefix *const prefix = &dg_export_prefixes[i];
    const DgStr local = dg_str_sub(iri, prefix->iri.len, iri.len);
    if (dg_str_starts(iri, prefix->iri) && local.len &&
        !dg_str_starts(local, DG_STR("//"))) {
      DgBuf text = DG_BUF_INIT;
      dg_buf_add(&text, prefix->name);
      dg_buf_add_char(&text, ':');
      dg_buf_add(&text, local);
      dg_json_add_string(&w->buf, dg_buf_str(&text));
      const DgStatus status = dg_buf_status(&text);
      dg_buf_clear(&text);
      return status;
    }
  }
  dg_json_add_string(&w->buf, iri);
  return DG_OK;
}

static DgStatus
add_node(Writer *w, const DgTerm *term)
{
  if (term->kind != DG_TERM_BLANK) {
    return add_iri(w, term->value);
  }
  DgBuf label = DG_BUF_INIT;
  dg_term_write(term, &label);
  dg_json_add_string(&w->buf, dg_buf_str(&label));
  const DgStatus status = dg_buf_status(&label);
  dg_buf_clear(&label);
  return status;
}

static DgStatus
add_literal(Writer *w, const DgTerm *term)
{
  if (!term->lang.len && !term->datatype.len) {
    dg_json_add_string(&w->buf, term->value);
    return DG_OK;
  }
  dg_buf_add(&w->buf, DG_STR("{\"@value\": "));
  dg_json_add_string(&w->buf, term->value);
  if (term->lang.len) {
    dg_buf_add(&w->buf, DG_STR(", \"@language\": "));
    dg_json_add_string(&w->buf, term->lang);
  } else {
    dg_buf_add(&w->buf, DG_STR(", \"@type\": "));
    DG_TRY(add_iri(w, term->datatype));
  }
  dg_buf_add_char(&w->buf, '}');
  return DG_OK;
}

static DgStatus
add_object(Writer *w, const DgTerm *object)
{
  if (w->as_type) {
    return add_iri(w, object->value);
  }
  if (object->kind == DG_TERM_LITERAL) {
    return add_literal(w, object);
  }
  dg_buf_add(&w->buf, DG_STR("{\"@id\": "));
  DG_TRY(add_node(w, object));
  dg_buf_add_char(&w->buf, '}');
  return DG_OK;
}

/* A property and the start of its values. What is no IRI cannot stand after
 * "@type" and gets rdf:type's own name; it sorts after the IRIs. */
static DgStatus
start_property(Writer *w, const DgQuad *quad)
{
  w->as_type = quad->o.kind == DG_TERM_IRI &&
               dg_str_equal(quad->p.value, DG_STR(RDF_TYPE));
  dg_buf_add(&w->buf, DG_STR(",\n  "));
  if (w->as_type) {
    dg_buf_add(&w->buf, DG_STR("\"@type\""));
  } else {
    DG_TRY(add_iri(w, quad->p.value));
  }
  dg_buf_add(&w->buf, DG_STR(": ["));
  return DG_OK;
}

static DgStatus
start_node(Writer *w, const DgTerm *term, bool first)
{
  dg_buf_add(&w->buf,
             first ? DG_STR("\n{ \"@id\": ") : DG_STR(",\n{ \"@id\": "));
  return add_node(w, term);
}

static void
end_node(Writer *w)
{
  dg_buf_add(&w->buf, DG_STR("] }"));
}

static void
end_graph(Writer *w)
{
  if (w->before.g.kind != DG_TERM_NONE) {
    dg_buf_add(&w->buf, DG_STR("\n] }"));
  }
}

/* Go over to the graph of `quad`. @return whether it is another one. */
static DgStatus
change_graph(Writer *w, const DgQuad *quad, bool *changed)
{
  *changed = !w->any || !dg_term_equal(&quad->g, &w->before.g);
  if (!*changed) {
    return DG_OK;
  }
  if (w->any) {
    end_node(w);
    end_graph(w);
  }
  if (quad->g.kind == DG_TERM_NONE) {
    return DG_OK;
  }
  DG_TRY(start_node(w, &quad->g, !w->any));
  dg_buf_add(&w->buf, DG_STR(",\n  \"@graph\": ["));
  return DG_OK;
}

static DgStatus
put(Writer *w, const DgQuad *quad)
{
  bool fresh;
  DG_TRY(change_graph(w, quad, &fresh));
  const bool subject = fresh || !dg_term_equal(&quad->s, &w->before.s);
  if (subject) {
    if (!fresh) {
      end_node(w);
    }
    DG_TRY(start_node(w, &quad->s, fresh));
  }
  const bool property = subject || !dg_term_equal(&quad->p, &w->before.p) ||
                        (w->as_type && quad->o.kind != DG_TERM_IRI);
  if (property) {
    dg_buf_add(&w->buf, subject ? DG_STR("") : DG_STR("]"));
    DG_TRY(start_property(w, quad));
  } else {
    dg_buf_add(&w->buf, DG_STR(", "));
  }
  DG_TRY(add_object(w, &quad->o));
  w->before = *quad;
  w->any = true;
  return dg_export_flush(w->x, &w->buf, false);
}

static void
add_context(Writer *w)
{
  dg_buf_add(&w->buf, DG_STR("{ \"@context\": {"));
  for (size_t i = 0; i < dg_export_prefix_count; ++i) {
    dg_buf_add(&w->buf, i ? DG_STR(",\n  ") : DG_STR("\n  "));
    dg_json_add_string(&w->buf, dg_export_prefixes[i].name);
    dg_buf_add(&w->buf, DG_STR(": "));
    dg_json_add_string(&w->buf, dg_export_prefixes[i].iri);
  }
  dg_buf_add(&w->buf, DG_STR(" },\n\"@graph\": ["));
}

static DgStatus
put_all(Writer *w, DgQuadStream *stream)
{
  DgQuad quad;
  DgStatus status;
  add_context(w);
  while ((status = dg_quad_stream_next(stream, &quad)) == DG_OK) {
    DG_TRY(put(w, &quad));
  }
  if (w->any) {
    end_node(w);
    end_graph(w);
  }
  dg_buf_add(&w->buf, DG_STR("\n] }\n"));
  return status == DG_NO_MATCH ? dg_export_flush(w->x, &w->buf, true) : status;
}

static DgStatus
write_jsonld(const DgExport *x)
{
  Writer w = { .x = x };
  DgQuadStream *stream = NULL;
  DG_TRY(dg_export_stream(x, false, &stream));
  const DgStatus status = put_all(&w, stream);
  dg_quad_stream_free(stream);
  dg_buf_clear(&w.buf);
  return status;
}

const DgExportFormat dg_export_jsonld = { "jsonld", "jsonld", "JSON-LD",
                                          "application/ld+json", write_jsonld };
