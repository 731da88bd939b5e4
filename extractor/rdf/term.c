/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rdf/term.h"

bool
dg_term_equal(const DgTerm *a, const DgTerm *b)
{
  return a->kind == b->kind && dg_str_equal(a->value, b->value) &&
         dg_str_equal(a->datatype, b->datatype) &&
         dg_str_equal(a->lang, b->lang);
}

int
dg_term_compare(const DgTerm *a, const DgTerm *b)
{
  if (a->kind != b->kind) {
    return a->kind < b->kind ? -1 : 1;
  }
  int order = dg_str_compare(a->value, b->value);
  order = order ? order : dg_str_compare(a->datatype, b->datatype);
  return order ? order : dg_str_compare(a->lang, b->lang);
}

int
dg_quad_compare(const DgQuad *a, const DgQuad *b)
{
  int order = dg_term_compare(&a->g, &b->g);
  order = order ? order : dg_term_compare(&a->s, &b->s);
  order = order ? order : dg_term_compare(&a->p, &b->p);
  return order ? order : dg_term_compare(&a->o, &b->o);
}

uint64_t
dg_term_hash(const DgTerm *term)
{
  uint64_t hash = dg_str_hash(term->value) * 4 + (uint64_t)term->kind;
  hash = hash * 0x9E3779B97F4A7C15U + dg_str_hash(term->datatype);
  return hash * 0x9E3779B97F4A7C15U + dg_str_hash(term->lang);
}

static DgStatus
copy_str(DgArena *arena, DgStr s, DgStr *copy)
{
  *copy = s.ptr ? dg_arena_copy(arena, s) : DG_STR_NONE;
  return s.ptr && !copy->ptr ? DG_NO_MEMORY : DG_OK;
}

DgStatus
dg_term_copy(DgArena *arena, const DgTerm *term, DgTerm *copy)
{
  copy->kind = term->kind;
  DG_TRY(copy_str(arena, term->value, &copy->value));
  DG_TRY(copy_str(arena, term->datatype, &copy->datatype));
  return copy_str(arena, term->lang, &copy->lang);
}

DgStatus
dg_quad_copy(DgArena *arena, const DgQuad *quad, DgQuad *copy)
{
  DG_TRY(dg_term_copy(arena, &quad->s, &copy->s));
  DG_TRY(dg_term_copy(arena, &quad->p, &copy->p));
  DG_TRY(dg_term_copy(arena, &quad->o, &copy->o));
  return dg_term_copy(arena, &quad->g, &copy->g);
}

static void
write_escaped(DgStr s, bool is_iri, DgBuf *out)
{
  size_t plain = 0;
  for (size_t at = 0; at < s.len; ++at) {
    const unsigned char c = (unsigned char)s.ptr[at];
    const bool escape = is_iri
                            ? c <= 32 || strchr("<>\"{}|^`\\", c) != NULL
                            : c == '"' || c == '\\' || c == '\n' || c == '\r';
    if (!escape) {
      continue;
    }
    dg_buf_add(out, dg_str_sub(s, plain, at));
    plain = at + 1;
    if (is_iri) {
      dg_buf_printf(out, "\\u%04X", c);
    } else {
      dg_buf_add_char(out, '\\');
      dg_buf_add_char(out, (char)(c == '\n' ? 'n' : c == '\r' ? 'r' : c));
    }
  }
  dg_buf_add(out, dg_str_sub(s, plain, s.len));
}

void
dg_term_write(const DgTerm *term, DgBuf *out)
{
  switch (term->kind) {
  case DG_TERM_NONE:
    break;
  case DG_TERM_IRI:
    dg_buf_add_char(out, '<');
    write_escaped(term->value, true, out);
    dg_buf_add_char(out, '>');
    break;
  case DG_TERM_BLANK:
    dg_buf_add(out, DG_STR("_:"));
    dg_buf_add(out, term->value);
    break;
  case DG_TERM_LITERAL:
    dg_buf_add_char(out, '"');
    write_escaped(term->value, false, out);
    dg_buf_add_char(out, '"');
    if (term->lang.len) {
      dg_buf_add_char(out, '@');
      dg_buf_add(out, term->lang);
    } else if (term->datatype.len) {
      dg_buf_add(out, DG_STR("^^<"));
      write_escaped(term->datatype, true, out);
      dg_buf_add_char(out, '>');
    }
    break;
  }
}

void
dg_quad_write(const DgQuad *quad, DgBuf *out)
{
  dg_term_write(&quad->s, out);
  dg_buf_add_char(out, ' ');
  dg_term_write(&quad->p, out);
  dg_buf_add_char(out, ' ');
  dg_term_write(&quad->o, out);
  if (quad->g.kind != DG_TERM_NONE) {
    dg_buf_add_char(out, ' ');
    dg_term_write(&quad->g, out);
  }
  dg_buf_add(out, DG_STR(" .\n"));
}
