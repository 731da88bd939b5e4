/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/results_read.h"

typedef struct {
  DgStr xml;
  size_t at;
  DgBuf text; /**< of the element being read, entities resolved */
  DgArena *arena;
  const DgSolutionSink *sink;
  DgDiag *diag;
} Reader;

static DgStatus
reject(Reader *r, const char *why)
{
  (void)dg_diag_set(r->diag, DG_BAD_INPUT, "the answer is no SPARQL result: %s",
                    why);
  dg_diag_point(r->diag, r->xml, (DgSpan){ r->at, r->at + 1 });
  return DG_BAD_INPUT;
}

static DgStr
rest(const Reader *r)
{
  return dg_str_sub(r->xml, r->at, r->xml.len);
}

static bool
is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Step over `opening`...`closing`; false when it is not there. */
static bool
skip_block(Reader *r, DgStr opening, DgStr closing, DgStr *inner)
{
  if (!dg_str_starts(rest(r), opening)) {
    return false;
  }
  const size_t begin = r->at + opening.len;
  const size_t end = dg_str_find(r->xml, closing, begin);
  r->at = end == SIZE_MAX ? r->xml.len : end + closing.len;
  if (inner) {
    *inner = dg_str_sub(r->xml, begin, end);
  }
  return true;
}

static uint32_t
read_reference(DgStr name)
{
  static const struct {
    const char *name;
    char value;
  } entities[] = {
    { "lt", '<' },   { "gt", '>' },    { "amp", '&' },
    { "quot", '"' }, { "apos", '\'' },
  };
  for (size_t i = 0; i < sizeof entities / sizeof *entities; ++i) {
    if (dg_str_equal(name, dg_str(entities[i].name))) {
      return (uint32_t)entities[i].value;
    }
  }
  const bool hex = name.len > 2 && name.ptr[1] == 'x';
  uint32_t code = 0;
  if (name.len < 2 || name.ptr[0] != '#') {
    return 0;
  }
  for (size_t i = hex ? 2 : 1; i < name.len; ++i) {
    const char c = name.ptr[i];
    const bool digit = c >= '0' && c <= '9';
    const char low = (char)(c | 32);
    if ((!digit && !(hex && low >= 'a' && low <= 'f')) || code > 0x10FFFF) {
      return 0;
    }
    code =
        code * (hex ? 16U : 10U) + (uint32_t)(digit ? c - '0' : low - 'a' + 10);
  }
  return code > 0x10FFFF ? 0 : code;
}

static DgStatus
add_text(Reader *r, DgStr raw, DgBuf *out)
{
  for (size_t i = 0; i < raw.len; ++i) {
    if (raw.ptr[i] != '&') {
      dg_buf_add_char(out, raw.ptr[i]);
      continue;
    }
    const size_t end = dg_str_find(raw, DG_STR(";"), i);
    const uint32_t code = read_reference(dg_str_sub(raw, i + 1, end));
    if (end == SIZE_MAX || !code) {
      return reject(r, "unknown entity");
    }
    dg_buf_add_code(out, code);
    i = end;
  }
  return dg_buf_status(out);
}

/** A start or end tag. */
typedef struct {
  DgStr name; /**< without a namespace's prefix */
  DgStr attributes;
  bool is_end;
  bool is_empty; /**< "<a/>" */
} Tag;

/* Text up to the next tag goes into `text`; DG_NO_MATCH at the end. */
static DgStatus
next_tag(Reader *r, Tag *tag)
{
  dg_buf_reset(&r->text);
  for (;;) {
    const size_t open = dg_str_find(r->xml, DG_STR("<"), r->at);
    DG_TRY(add_text(r, dg_str_sub(r->xml, r->at, open), &r->text));
    if (open == SIZE_MAX) {
      return DG_NO_MATCH;
    }
    r->at = open;
    DgStr inner;
    if (skip_block(r, DG_STR("<![CDATA["), DG_STR("]]>"), &inner)) {
      dg_buf_add(&r->text, inner);
    } else if (!skip_block(r, DG_STR("<!--"), DG_STR("-->"), NULL) &&
               !skip_block(r, DG_STR("<?"), DG_STR("?>"), NULL)) {
      break;
    }
  }
  if (dg_str_starts(rest(r), DG_STR("<!"))) {
    return reject(r, "a document type");
  }
  DgStr inner;
  (void)skip_block(r, DG_STR("<"), DG_STR(">"), &inner);
  tag->is_end = inner.len && inner.ptr[0] == '/';
  tag->is_empty = inner.len && inner.ptr[inner.len - 1] == '/';
  inner = dg_str_sub(inner, tag->is_end, inner.len - tag->is_empty);
  size_t n = 0;
  while (n < inner.len && !is_blank(inner.ptr[n])) {
    ++n;
  }
  tag->name = dg_str_sub(inner, 0, n);
  const size_t colon = dg_str_find(tag->name, DG_STR(":"), 0);
  if (colon != SIZE_MAX) {
    tag->name = dg_str_sub(tag->name, colon + 1, n);
  }
  tag->attributes = dg_str_sub(inner, n, inner.len);
  return tag->name.len ? DG_OK : reject(r, "a tag without a name");
}

/* Value of an attribute in the arena; absent when it is not there. */
static DgStatus
attribute(Reader *r, const Tag *tag, const char *name, DgStr *value)
{
  DgStr left = tag->attributes;
  *value = DG_STR_NONE;
  for (;;) {
    left = dg_str_trim(left);
    const size_t equal = dg_str_find(left, DG_STR("="), 0);
    if (equal == SIZE_MAX) {
      return DG_OK;
    }
    const DgStr key = dg_str_trim(dg_str_sub(left, 0, equal));
    left = dg_str_trim(dg_str_sub(left, equal + 1, left.len));
    const size_t end =
        left.len ? dg_str_find(left, dg_str_n(left.ptr, 1), 1) : SIZE_MAX;
    if (end == SIZE_MAX || !strchr("\"'", left.ptr[0])) {
      return reject(r, "an attribute without its quotes");
    }
    if (dg_str_equal(key, dg_str(name))) {
      DgBuf buf = DG_BUF_INIT;
      const DgStatus status = add_text(r, dg_str_sub(left, 1, end), &buf);
      *value = dg_arena_copy(r->arena, dg_buf_str(&buf));
      dg_buf_clear(&buf);
      return status == DG_OK && !value->ptr ? DG_NO_MEMORY : status;
    }
    left = dg_str_sub(left, end + 1, left.len);
  }
}

static bool
is(const Tag *tag, const char *name, bool end)
{
  return dg_str_equal(tag->name, dg_str(name)) && tag->is_end == end;
}

/* The term of a binding, from its start tag on. */
static DgStatus
read_term(Reader *r, const Tag *start, DgTerm *term)
{
  *term = (DgTerm){ 0 };
  term->kind = is(start, "uri", false)       ? DG_TERM_IRI
               : is(start, "bnode", false)   ? DG_TERM_BLANK
               : is(start, "literal", false) ? DG_TERM_LITERAL
                                             : DG_TERM_NONE;
  if (term->kind == DG_TERM_NONE) {
    return reject(r, "a binding without a term");
  }
  DG_TRY(attribute(r, start, "datatype", &term->datatype));
  DG_TRY(attribute(r, start, "xml:lang", &term->lang));
  dg_buf_reset(&r->text);
  if (!start->is_empty) {
    Tag end;
    DG_TRY(next_tag(r, &end));
    if (!end.is_end) {
      return reject(r, "an element within a term");
    }
  }
  term->value = dg_arena_copy(r->arena, dg_buf_str(&r->text));
  if (dg_str_equal(term->datatype,
                   DG_STR("http://www.w3.org/2001/XMLSchema#string"))) {
    term->datatype = DG_STR_NONE;
  }
  return term->value.ptr ? DG_OK : DG_NO_MEMORY;
}

static DgStatus
read_binding(Reader *r, const Tag *binding)
{
  DgStr name;
  Tag tag;
  DgTerm term;
  DG_TRY(attribute(r, binding, "name", &name));
  DG_TRY(next_tag(r, &tag));
  DG_TRY(read_term(r, &tag, &term));
  return r->sink->binding(r->sink->self, name, &term);
}

static DgStatus
read_all(Reader *r)
{
  Tag tag;
  bool results = false;
  DgStatus status;
  while ((status = next_tag(r, &tag)) == DG_OK) {
    results |= is(&tag, "results", false);
    if (is(&tag, "binding", false)) {
      DG_TRY(read_binding(r, &tag));
    } else if (is(&tag, "result", true) ||
               (is(&tag, "result", false) && tag.is_empty)) {
      DG_TRY(r->sink->solution(r->sink->self));
      dg_arena_reset(r->arena);
    }
  }
  if (status == DG_NO_MATCH) {
    return results ? DG_OK : reject(r, "no results in it");
  }
  return status;
}

DgStatus
dg_results_read_xml(DgStr xml, const DgSolutionSink *sink, DgDiag *diag)
{
  Reader r = { .xml = xml,
               .text = DG_BUF_INIT,
               .arena = dg_arena_new(),
               .sink = sink,
               .diag = diag };
  const DgStatus status = r.arena ? read_all(&r) : DG_NO_MEMORY;
  dg_buf_clear(&r.text);
  dg_arena_free(r.arena);
  return status;
}
