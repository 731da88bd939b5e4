/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/utf8.h"
#include "base/xml.h"
#include "export/format.h"

/*
 * RDF/XML, one rdf:Description a subject, written as the triples come.
 * Source: RDF 1.1 XML Syntax, sections 5.1 and 6.1; XML 1.0 for names.
 */

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define XML_NAMES "http://www.w3.org/XML/1998/namespace"
#define XMLNS "http://www.w3.org/2000/xmlns/"

typedef struct {
  const DgExport *x;
  DgBuf buf;
  DgQuad before; /* its strings last as long as the stream */
  bool any;
} Writer;

/* Production 4, without the colon (Namespaces in XML, production 4). */
static bool
is_name_start(uint32_t c)
{
  static const uint32_t ranges[][2] = {
    { 'A', 'Z' },       { '_', '_' },       { 'a', 'z' },
    { 0xC0, 0xD6 },     { 0xD8, 0xF6 },     { 0xF8, 0x2FF },
    { 0x370, 0x37D },   { 0x37F, 0x1FFF },  { 0x200C, 0x200D },
    { 0x2070, 0x218F }, { 0x2C00, 0x2FEF }, { 0x3001, 0xD7FF },
    { 0xF900, 0xFDCF }, { 0xFDF0, 0xFFFC }, { 0x10000, 0xEFFFF },
  };
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; ++i) {
    if (c >= ranges[i][0] && c <= ranges[i][1]) {
      return true;
    }
  }
  return false;
}

/* Production 4a. */
static bool
is_name_char(uint32_t c)
{
  return is_name_start(c) || c == '-' || c == '.' || (c >= '0' && c <= '9') ||
         c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
         (c >= 0x203F && c <= 0x2040);
}

/* Where the longest name at the end of an IRI begins. */
static size_t
name_begin(DgStr iri)
{
  size_t begin = SIZE_MAX;
  for (size_t at = 0; at < iri.len;) {
    size_t size;
    const uint32_t c = dg_utf8_decode(iri, at, &size);
    if (!is_name_char(c)) {
      begin = SIZE_MAX;
    } else if (begin == SIZE_MAX && is_name_start(c)) {
      begin = at;
    }
    at += size;
  }
  return begin == SIZE_MAX ? iri.len : begin;
}

/* Names of the RDF namespace that mean something else as a property. */
static bool
is_reserved(DgStr iri)
{
  static const char *const names[] = {
    "RDF",      "ID", "about",       "parseType", "resource", "nodeID",
    "datatype", "li", "Description", "aboutEach", "bagID",    "aboutEachPrefix"
  };
  if (!dg_str_starts(iri, DG_STR(RDF))) {
    return false;
  }
  const DgStr local = dg_str_sub(iri, sizeof RDF - 1, iri.len);
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    if (dg_str_equal(local, dg_str(names[i]))) {
      return true;
    }
  }
  return false;
}

static const DgRdfPrefix *
known_prefix(DgStr space)
{
  for (size_t i = 0; i < dg_export_prefix_count; ++i) {
    if (dg_str_equal(dg_export_prefixes[i].iri, space)) {
      return &dg_export_prefixes[i];
    }
  }
  return NULL;
}

static DgStatus
refuse(const Writer *w, const char *what, DgStr value)
{
  return dg_diag_set(w->x->diag, DG_UNSUPPORTED,
                     "RDF/XML cannot hold %s '%.*s'; expected another format, "
                     "such as ttl",
                     what, value.len > 80 ? 80 : (int)value.len, value.ptr);
}

static void
add_attribute(Writer *w, const char *name, DgStr value)
{
  dg_buf_printf(&w->buf, " %s=\"", name);
  dg_xml_add_attribute(&w->buf, value);
  dg_buf_add_char(&w->buf, '"');
}

/* A blank node's label as an XML name: other characters as "_" and their
 * bytes. */
static void
add_node_id(Writer *w, DgStr label)
{
  dg_buf_add(&w->buf, DG_STR(" rdf:nodeID=\"b"));
  for (size_t i = 0; i < label.len; ++i) {
    const char c = label.ptr[i];
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                       (c >= 'A' && c <= 'Z');
    if (plain) {
      dg_buf_add_char(&w->buf, c);
    } else {
      dg_buf_printf(&w->buf, "_%02X", (unsigned)(unsigned char)c);
    }
  }
  dg_buf_add_char(&w->buf, '"');
}

static void
add_reference(Writer *w, const DgTerm *term, const char *name)
{
  if (term->kind == DG_TERM_BLANK) {
    add_node_id(w, term->value);
  } else {
    add_attribute(w, name, term->value);
  }
}

static void
end_subject(Writer *w)
{
  if (w->any) {
    dg_buf_add(&w->buf, DG_STR("  </rdf:Description>\n"));
  }
}

static void
start_subject(Writer *w, const DgTerm *subject)
{
  dg_buf_add(&w->buf, DG_STR("  <rdf:Description"));
  add_reference(w, subject, "rdf:about");
  dg_buf_add(&w->buf, DG_STR(">\n"));
}

/* The start tag, open for attributes; `name` is what the end tag repeats. */
static DgStatus
start_property(Writer *w, DgStr iri, DgBuf *name)
{
  const size_t at = name_begin(iri);
  const DgStr space = dg_str_sub(iri, 0, at);
  if (at == iri.len || !at || is_reserved(iri) ||
      dg_str_equal(space, DG_STR(XML_NAMES)) ||
      dg_str_equal(space, DG_STR(XMLNS))) {
    return refuse(w, "the property", iri);
  }
  const DgRdfPrefix *const prefix = known_prefix(space);
  dg_buf_add(name, prefix ? prefix->name : DG_STR("ns"));
  dg_buf_add_char(name, ':');
  dg_buf_add(name, dg_str_sub(iri, at, iri.len));
  dg_buf_add(&w->buf, DG_STR("    <"));
  dg_buf_add(&w->buf, dg_buf_str(name));
  if (!prefix) {
    add_attribute(w, "xmlns:ns", space);
  }
  return DG_OK;
}

static DgStatus
add_object(Writer *w, const DgTerm *object, DgStr name)
{
  if (object->kind != DG_TERM_LITERAL) {
    add_reference(w, object, "rdf:resource");
    dg_buf_add(&w->buf, DG_STR("/>\n"));
    return DG_OK;
  }
  if (!dg_xml_can_hold(object->value)) {
    return refuse(w, "a control character of the text", object->value);
  }
  if (object->lang.len) {
    add_attribute(w, "xml:lang", object->lang);
  } else if (object->datatype.len) {
    add_attribute(w, "rdf:datatype", object->datatype);
  }
  dg_buf_add_char(&w->buf, '>');
  dg_xml_add(&w->buf, object->value);
  dg_buf_add(&w->buf, DG_STR("</"));
  dg_buf_add(&w->buf, name);
  dg_buf_add(&w->buf, DG_STR(">\n"));
  return DG_OK;
}

static DgStatus
put(Writer *w, const DgQuad *quad)
{
  if (!w->any || !dg_term_equal(&quad->s, &w->before.s)) {
    end_subject(w);
    start_subject(w, &quad->s);
    w->any = true;
  }
  w->before = *quad;
  DgBuf name = DG_BUF_INIT;
  DgStatus status = start_property(w, quad->p.value, &name);
  if (status == DG_OK) {
    status = add_object(w, &quad->o, dg_buf_str(&name));
  }
  dg_buf_clear(&name);
  return status == DG_OK ? dg_export_flush(w->x, &w->buf, false) : status;
}

static DgStatus
put_all(Writer *w, DgQuadStream *stream)
{
  dg_buf_add(&w->buf, DG_STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                             "<rdf:RDF"));
  for (size_t i = 0; i < dg_export_prefix_count; ++i) {
    const DgRdfPrefix *const prefix = &dg_export_prefixes[i];
    dg_buf_printf(&w->buf, "\n    xmlns:%.*s=\"%.*s\"", (int)prefix->name.len,
                  prefix->name.ptr, (int)prefix->iri.len, prefix->iri.ptr);
  }
  dg_buf_add(&w->buf, DG_STR(">\n"));
  DgQuad quad;
  DgStatus status;
  while ((status = dg_quad_stream_next(stream, &quad)) == DG_OK) {
    DG_TRY(put(w, &quad));
  }
  end_subject(w);
  dg_buf_add(&w->buf, DG_STR("</rdf:RDF>\n"));
  return status == DG_NO_MATCH ? dg_export_flush(w->x, &w->buf, true) : status;
}

static DgStatus
write_rdf(const DgExport *x)
{
  Writer w = { .x = x };
  DgQuadStream *stream = NULL;
  DG_TRY(dg_export_stream(x, true, &stream));
  const DgStatus status = put_all(&w, stream);
  dg_quad_stream_free(stream);
  dg_buf_clear(&w.buf);
  return status;
}

const DgExportFormat dg_export_rdf = { "rdf", "rdf rdfxml owl", "RDF/XML",
                                       "application/rdf+xml", write_rdf };
