/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/html_tree.h"

#include "base/utf8.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <strings.h>

enum { DEPTH_MAX = 200 };

typedef struct {
  const char *name;
  DgHtmlFlow flow;
} Tag;

static const Tag tags[] = {
#define TAG_ENTRY(name, flow) { #name, DG_HTML_##flow },
  DG_HTML_TAGS(TAG_ENTRY)
#undef TAG_ENTRY
};

static const char *const attributes[] = {
#define ATTRIBUTE_ENTRY(name, word) name,
  DG_HTML_ATTRIBUTES(ATTRIBUTE_ENTRY)
#undef ATTRIBUTE_ENTRY
};

DgHtmlFlow
dg_html_flow(DgHtmlTag tag)
{
  return tag <= DG_HTML_other ? DG_HTML_INLINE
                              : tags[tag - DG_HTML_other - 1].flow;
}

static int
compare_tag(const void *key, const void *item)
{
  return strcmp(key, ((const Tag *)item)->name);
}

static DgHtmlTag
tag_of(const char *name)
{
  const Tag *const tag = bsearch(name, tags, sizeof tags / sizeof *tags,
                                 sizeof *tags, compare_tag);
  return tag ? (DgHtmlTag)(tag - tags) + DG_HTML_other + 1 : DG_HTML_other;
}

static int
compare_name(const void *key, const void *item)
{
  return strcmp(key, *(const char *const *)item);
}

/** What libxml2 calls back, and where the tree has got to. */
typedef struct {
  DgHtmlTree *tree;
  xmlParserCtxtPtr parser;
  uint32_t open;   /**< the innermost element */
  uint32_t beyond; /**< elements open below the greatest depth */
  size_t at;       /**< decoded bytes that earlier events took */
  DgStatus status;
} Builder;

static size_t
position(const Builder *builder)
{
  const xmlParserInputPtr input = builder->parser->input;
  return input ? (size_t)(input->cur - input->base) : builder->at;
}

/** A terminated copy in which nothing forges a mention. */
static DgStr
clean_copy(DgArena *arena, DgStr s)
{
  char *const out = dg_arena_alloc(arena, s.len * 3 + 1);
  if (!out) {
    return DG_STR_NONE;
  }
  size_t len = 0;
  for (size_t i = 0, size; i < s.len; i += size) {
    uint32_t code = dg_utf8_decode(s, i, &size);
    if (dg_utf8_is_private(code)) {
      code = 0xFFFD;
    } else if (code < 0x20 || (code >= 0x7F && code < 0xA0)) {
      code = code == '\n' ? '\n' : ' ';
    }
    len += dg_utf8_encode(code, out + len);
  }
  out[len] = '\0';
  return dg_str_n(out, len);
}

static DgHtmlNode *
add_node(Builder *builder, DgHtmlTag tag, size_t end)
{
  DgHtmlTree *const tree = builder->tree;
  if (builder->status != DG_OK) {
    return NULL;
  }
  DgHtmlNode *const node = DG_VEC_ADD(tree->arena, &tree->nodes);
  if (!node || tree->nodes.n >= UINT32_MAX) {
    builder->status = DG_NO_MEMORY;
    return NULL;
  }
  const uint32_t parent = builder->open;
  *node = (DgHtmlNode){ .tag = tag,
                        .parent = parent,
                        .end = (uint32_t)tree->nodes.n,
                        .depth = tree->nodes.items[parent].depth + 1,
                        .attrs = (uint32_t)tree->attrs.n,
                        .source = { builder->at, end } };
  builder->at = end;
  return node;
}

static void
add_attribute(Builder *builder, DgHtmlNode *node, const char *name,
              const char *value)
{
  DgHtmlTree *const tree = builder->tree;
  const char *const *const found =
      bsearch(name, attributes, sizeof attributes / sizeof *attributes,
              sizeof *attributes, compare_name);
  if (!found) {
    return;
  }
  DgHtmlAttr *const attr = DG_VEC_ADD(tree->arena, &tree->attrs);
  if (!attr) {
    builder->status = DG_NO_MEMORY;
    return;
  }
  attr->name = (DgHtmlAttribute)(found - attributes);
  attr->value = clean_copy(tree->arena, dg_str(value ? value : ""));
  ++node->n_attrs;
}

static void
start_element(void *user, const xmlChar *name, const xmlChar **atts)
{
  Builder *const builder = user;
  const size_t end = position(builder);
  if (builder->tree->nodes.items[builder->open].depth >= DEPTH_MAX) {
    ++builder->beyond;
    builder->at = end;
    return;
  }
  DgHtmlNode *const node = add_node(builder, tag_of((const char *)name), end);
  if (!node) {
    return;
  }
  builder->open = (uint32_t)builder->tree->nodes.n - 1;
  for (size_t i = 0; atts && atts[i]; i += 2) {
    add_attribute(builder, node, (const char *)atts[i],
                  (const char *)atts[i + 1]);
  }
}

static void
end_element(void *user, const xmlChar *name)
{
  Builder *const builder = user;
  (void)name;
  builder->at = position(builder);
  if (builder->beyond) {
    --builder->beyond;
    return;
  }
  DgHtmlNode *const node = &builder->tree->nodes.items[builder->open];
  node->end = (uint32_t)builder->tree->nodes.n;
  builder->open = node->parent;
}

/**
 * Where the text that ends at about `end` stands in the decoded bytes. The
 * parser hands over a full buffer before it steps over the last character, so
 * the end may lie up to four bytes on.
 *
 * @return false when it stands nowhere: an entity was in it.
 */
static bool
find_run(const Builder *builder, DgStr text, size_t end, DgSpan *span)
{
  const DgStr decoded = builder->tree->decoded->text;
  for (size_t last = end; last <= end + 4 && last <= decoded.len; ++last) {
    if (last >= builder->at + text.len &&
        !memcmp(decoded.ptr + last - text.len, text.ptr, text.len)) {
      *span = (DgSpan){ last - text.len, last };
      return true;
    }
  }
  return false;
}

static void
characters(void *user, const xmlChar *bytes, int length)
{
  Builder *const builder = user;
  const DgStr text = dg_str_n((const char *)bytes, (size_t)length);
  const size_t end = position(builder);
  DgSpan span;
  const bool same = find_run(builder, text, end, &span);
  if (text.len == 0) {
    return;
  }
  DgHtmlNode *const node =
      add_node(builder, DG_HTML_TEXT, same ? span.end : end);
  if (!node) {
    return;
  }
  node->same = same;
  if (same) {
    node->source = span;
    node->text = dg_str_sub(builder->tree->decoded->text, span.begin, span.end);
  } else {
    node->text = clean_copy(builder->tree->arena, text);
  }
}

static void
comment(void *user, const xmlChar *text)
{
  Builder *const builder = user;
  (void)text;
  builder->at = position(builder);
}

static xmlSAXHandler
make_handler(void)
{
  xmlSAXHandler handler = { 0 };
  handler.startElement = start_element;
  handler.endElement = end_element;
  handler.characters = characters;
  handler.ignorableWhitespace = characters;
  handler.cdataBlock = characters;
  handler.comment = comment;
  return handler;
}

/** Let the parser read the decoded text in its place, without a copy. */
static DgStatus
run_parser(Builder *builder, const char *text, size_t len)
{
  xmlParserCtxtPtr const parser = htmlNewParserCtxt();
  DG_TRY_PTR(parser);
  xmlSAXHandler handler = make_handler();
  DgStatus status = DG_NO_MEMORY;
  xmlParserInputPtr input = xmlNewInputStream(parser);
  if (input) {
    input->base = input->cur = (const xmlChar *)text;
    input->end = input->base + len;
    (void)inputPush(parser, input);
    (void)htmlCtxtUseOptions(parser,
                             HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                 HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                 HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
    parser->charset = XML_CHAR_ENCODING_UTF8;
    *parser->sax = handler;
    parser->userData = builder;
    builder->parser = parser;
    (void)htmlParseDocument(parser);
    status = builder->status;
  }
  htmlFreeParserCtxt(parser);
  return status;
}

static void
close_all(DgHtmlTree *tree, uint32_t open)
{
  const uint32_t n = (uint32_t)tree->nodes.n;
  for (uint32_t node = open;; node = tree->nodes.items[node].parent) {
    tree->nodes.items[node].end = n;
    if (node == 0) {
      return;
    }
  }
}

DgStatus
dg_html_parse(const DgDecoded *decoded, DgArena *arena, DgHtmlTree *tree)
{
  *tree = (DgHtmlTree){ .arena = arena, .decoded = decoded };
  DgHtmlNode *const root = DG_VEC_ADD(arena, &tree->nodes);
  DG_TRY_PTR(root);
  root->tag = DG_HTML_other;
  const DgStr text = dg_arena_copy(arena, decoded->text);
  DG_TRY_PTR(text.ptr);
  Builder builder = { .tree = tree };
  DG_TRY(run_parser(&builder, text.ptr, text.len));
  close_all(tree, builder.open);
  return DG_OK;
}

DgStr
dg_html_attr(const DgHtmlTree *tree, uint32_t node, DgHtmlAttribute name)
{
  const DgHtmlNode *const at = &tree->nodes.items[node];
  for (uint32_t i = at->attrs; i < at->attrs + at->n_attrs; ++i) {
    if (tree->attrs.items[i].name == name) {
      return tree->attrs.items[i].value;
    }
  }
  return DG_STR_NONE;
}

static bool
is_label(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '_';
}

DgStr
dg_html_declared(DgStr head)
{
  static const DgStr key = { "charset", 7 };
  for (size_t i = 0; i + key.len < head.len; ++i) {
    if (strncasecmp(head.ptr + i, key.ptr, key.len) != 0) {
      continue;
    }
    size_t begin = i + key.len;
    while (begin < head.len && strchr(" =\"'", head.ptr[begin])) {
      ++begin;
    }
    size_t end = begin;
    while (end < head.len && is_label(head.ptr[end])) {
      ++end;
    }
    if (end > begin && begin > i + key.len) {
      return dg_str_sub(head, begin, end);
    }
  }
  return DG_STR_NONE;
}
