/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/librdf_node.h"

#define XSD_STRING "http://www.w3.org/2001/XMLSchema#string"

static DgStr
uri_text(librdf_uri *uri)
{
  size_t len = 0;
  const unsigned char *const text =
      uri ? librdf_uri_as_counted_string(uri, &len) : NULL;
  return dg_str_n((const char *)text, len);
}

/* RDF 1.1 Concepts, section 3.3: tags compare without case. */
static DgStatus
lower_tag(DgStr tag, DgArena *arena, DgStr *lower)
{
  *lower = tag;
  bool upper = false;
  for (size_t i = 0; i < tag.len; ++i) {
    upper |= tag.ptr[i] >= 'A' && tag.ptr[i] <= 'Z';
  }
  if (!upper) {
    return DG_OK;
  }
  char *const copy = dg_arena_alloc(arena, tag.len);
  DG_TRY_PTR(copy);
  for (size_t i = 0; i < tag.len; ++i) {
    const char c = tag.ptr[i];
    copy[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  *lower = dg_str_n(copy, tag.len);
  return DG_OK;
}

static DgStatus
literal_term(librdf_node *node, DgArena *arena, DgTerm *term)
{
  size_t len = 0;
  const unsigned char *const text =
      librdf_node_get_literal_value_as_counted_string(node, &len);
  const char *const lang = librdf_node_get_literal_value_language(node);
  *term = dg_term_string(dg_str_n((const char *)text, len));
  if (lang && *lang) {
    return lower_tag(dg_str(lang), arena, &term->lang);
  }
  term->datatype = uri_text(librdf_node_get_literal_value_datatype_uri(node));
  if (dg_str_equal(term->datatype, DG_STR(XSD_STRING))) {
    term->datatype = DG_STR_NONE;
  }
  return DG_OK;
}

DgStatus
dg_librdf_term(librdf_node *node, DgArena *arena, DgTerm *term)
{
  *term = (DgTerm){ DG_TERM_NONE, DG_STR_NONE, DG_STR_NONE, DG_STR_NONE };
  if (!node) {
    return DG_OK;
  }
  if (librdf_node_is_resource(node)) {
    *term = dg_term_iri(uri_text(librdf_node_get_uri(node)));
    return DG_OK;
  }
  if (librdf_node_is_literal(node)) {
    return literal_term(node, arena, term);
  }
  if (librdf_node_is_blank(node)) {
    size_t len = 0;
    const unsigned char *const label =
        librdf_node_get_counted_blank_identifier(node, &len);
    term->kind = DG_TERM_BLANK;
    term->value = dg_str_n((const char *)label, len);
    return DG_OK;
  }
  return DG_BAD_INPUT;
}

/* Redland wants terminated strings even where it takes a length. */
typedef struct {
  char small[192];
  char *large;
} Terminated;

static const unsigned char *
terminate(Terminated *t, DgStr s)
{
  char *copy = t->small;
  t->large = NULL;
  if (s.len >= sizeof t->small) {
    DgBuf buf = DG_BUF_INIT;
    dg_buf_add(&buf, s);
    t->large = buf.data;
    copy = buf.data;
  } else {
    if (s.len) {
      memcpy(copy, s.ptr, s.len);
    }
    copy[s.len] = '\0';
  }
  return (const unsigned char *)copy;
}

static void
release(Terminated *t)
{
  DgBuf buf = { t->large, 0, 0, false };
  dg_buf_clear(&buf);
}

static librdf_node *
literal_node(librdf_world *world, const DgTerm *term)
{
  Terminated value;
  Terminated other;
  librdf_node *node = NULL;
  const unsigned char *const text = terminate(&value, term->value);
  if (term->lang.len) {
    const unsigned char *const lang = terminate(&other, term->lang);
    node = text && lang ? librdf_new_node_from_typed_counted_literal(
                              world, text, term->value.len, (const char *)lang,
                              term->lang.len, NULL)
                        : NULL;
  } else {
    const unsigned char *const iri = terminate(&other, term->datatype);
    librdf_uri *const datatype =
        term->datatype.len && iri ? librdf_new_uri(world, iri) : NULL;
    if (text && (datatype || !term->datatype.len)) {
      node = librdf_new_node_from_typed_counted_literal(
          world, text, term->value.len, NULL, 0, datatype);
    }
    if (datatype) {
      librdf_free_uri(datatype);
    }
  }
  release(&value);
  release(&other);
  return node;
}

librdf_node *
dg_librdf_node(librdf_world *world, const DgTerm *term)
{
  if (term->kind == DG_TERM_LITERAL) {
    return literal_node(world, term);
  }
  Terminated value;
  librdf_node *node = NULL;
  const unsigned char *const text = terminate(&value, term->value);
  if (text && term->kind == DG_TERM_IRI) {
    node =
        librdf_new_node_from_counted_uri_string(world, text, term->value.len);
  } else if (text && term->kind == DG_TERM_BLANK) {
    node = librdf_new_node_from_counted_blank_identifier(world, text,
                                                         term->value.len);
  }
  release(&value);
  return node;
}
