/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/decode.h"
#include "input/json_text.h"
#include "input/record.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <limits.h>
#include <stdio.h>

/*
 * Feeds and agency wires in XML: RSS, Atom, NITF, NewsML 1 and G2. The stream
 * is cut at the elements that stand for an article, and each is parsed alone:
 * one that is broken or too long stops no other, memory is bounded by the
 * largest, and a document type with its entities is never read. The elements
 * in it that are known by name fill a record.
 */

/** Elements that are an article. */
static const char *const articles[] = { "item",     "entry", "newsItem",
                                        "NewsItem", "nitf",  NULL };

/** Elements in it, by local name; an earlier one is preferred. */
static const struct {
  const char *name;
  const char *attribute; /**< holds the value, or null for the content */
  DgField field;
  bool body; /**< markup within is kept */
} elements[] = {
  { "title", NULL, DG_FIELD_title, false },
  { "headline", NULL, DG_FIELD_title, false },
  { "HeadLine", NULL, DG_FIELD_title, false },
  { "hl1", NULL, DG_FIELD_title, false },
  { "hl2", NULL, DG_FIELD_subtitle, false },
  { "SubHeadLine", NULL, DG_FIELD_subtitle, false },
  { "guid", NULL, DG_FIELD_id, false },
  { "id", NULL, DG_FIELD_id, false },
  { "doc-id", "id-string", DG_FIELD_id, false },
  { "NewsItemId", NULL, DG_FIELD_id, false },
  { "link", "href", DG_FIELD_url, false },
  { "link", NULL, DG_FIELD_url, false },
  { "pubDate", NULL, DG_FIELD_published, false },
  { "published", NULL, DG_FIELD_published, false },
  { "issued", NULL, DG_FIELD_published, false },
  { "firstCreated", NULL, DG_FIELD_published, false },
  { "contentCreated", NULL, DG_FIELD_published, false },
  { "versionCreated", NULL, DG_FIELD_published, false },
  { "date.issue", "norm", DG_FIELD_published, false },
  { "story.date", "norm", DG_FIELD_published, false },
  { "FirstCreated", NULL, DG_FIELD_published, false },
  { "date", NULL, DG_FIELD_published, false },
  { "updated", NULL, DG_FIELD_updated, false },
  { "contentModified", NULL, DG_FIELD_updated, false },
  { "ThisRevisionCreated", NULL, DG_FIELD_updated, false },
  { "creator", NULL, DG_FIELD_author, false },
  { "author", NULL, DG_FIELD_author, false },
  { "by", NULL, DG_FIELD_author, false },
  { "ByLine", NULL, DG_FIELD_author, false },
  { "person", NULL, DG_FIELD_author, false },
  { "publisher", NULL, DG_FIELD_publisher, false },
  { "infoSource", "literal", DG_FIELD_publisher, false },
  { "distributor", NULL, DG_FIELD_publisher, false },
  { "source", NULL, DG_FIELD_publisher, false },
  { "language", "tag", DG_FIELD_language, false },
  { "body.content", NULL, DG_FIELD_html, true },
  { "encoded", NULL, DG_FIELD_html, true },
  { "inlineXML", NULL, DG_FIELD_html, true },
  { "inlineData", NULL, DG_FIELD_html, true },
  { "DataContent", NULL, DG_FIELD_html, true },
  { "content", NULL, DG_FIELD_html, true },
  { "description", NULL, DG_FIELD_html, true },
  { "summary", NULL, DG_FIELD_html, true },
};

enum { N_ELEMENTS = sizeof elements / sizeof *elements };

typedef struct {
  DgInput *input;
  DgStream *stream;
  DgStr encoding; /**< that the XML declaration names, or absent */
  size_t number;
} Feed;

static const char *
local_name(const xmlChar *name)
{
  const char *const colon = strrchr((const char *)name, ':');
  return colon ? colon + 1 : (const char *)name;
}

static bool
is_named(const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE &&
         !strcmp(local_name(node->name), name);
}

/** The node behind `node` in document order, within `top`. */
static xmlNode *
next_node(const xmlNode *top, xmlNode *node, bool enter)
{
  if (enter && node->type == XML_ELEMENT_NODE && node->children) {
    return node->children;
  }
  while (node != top && !node->next) {
    node = node->parent;
  }
  return node == top ? NULL : node->next;
}

/**
 * The text below an element or attribute. References to entities are left
 * out: expanding them is what a bomb waits for.
 */
static DgStr
text_in(DgArena *arena, xmlNode *top)
{
  DgBuf text = DG_BUF_INIT;
  for (xmlNode *node = top->children; node; node = next_node(top, node, true)) {
    if (node->content &&
        (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)) {
      dg_buf_add(&text, dg_str((const char *)node->content));
    }
  }
  const DgStr clean = dg_text_clean(arena, dg_buf_str(&text));
  dg_buf_clear(&text);
  return clean;
}

static DgStr
attribute_of(DgArena *arena, const xmlNode *node, const char *name)
{
  DgStr value = DG_STR_NONE;
  for (xmlAttr *at = node->properties; at; at = at->next) {
    if (strcmp((const char *)at->name, name) != 0) {
      continue;
    }
    /* An attribute is no element: its pieces of text stand in a row. */
    for (const xmlNode *part = at->children; part && !value.len;
         part = part->next) {
      value = part->type == XML_TEXT_NODE && part->content
                  ? dg_text_clean(arena, dg_str((const char *)part->content))
                  : value;
    }
  }
  return value;
}

static bool
has_elements(const xmlNode *node)
{
  for (const xmlNode *child = node->children; child; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) {
      return true;
    }
  }
  return false;
}

/** The content of a body element as HTML. */
static DgStr
markup_of(DgArena *arena, xmlNode *node)
{
  if (!has_elements(node)) {
    return text_in(arena, node);
  }
  xmlBufferPtr const buffer = xmlBufferCreate();
  if (!buffer) {
    return DG_STR_NONE;
  }
  for (xmlNode *child = node->children; child; child = child->next) {
    (void)xmlNodeDump(buffer, node->doc, child, 0, 0);
  }
  const DgStr markup =
      dg_text_clean(arena, dg_str_n((const char *)xmlBufferContent(buffer),
                                    (size_t)xmlBufferLength(buffer)));
  xmlBufferFree(buffer);
  return markup;
}

/** Atom links lead to many things; the page is "alternate" or unnamed. */
static bool
is_other_link(DgArena *arena, const xmlNode *node)
{
  const DgStr rel = attribute_of(arena, node, "rel");
  return is_named(node, "link") && rel.len &&
         !dg_str_equal(rel, DG_STR("alternate"));
}

static DgStr
value_of(DgArena *arena, xmlNode *node, unsigned i)
{
  if (elements[i].attribute) {
    return attribute_of(arena, node, elements[i].attribute);
  }
  return elements[i].body ? markup_of(arena, node) : text_in(arena, node);
}

/** @return true when the node was a known one: what is in it is done. */
static bool
read_node(const Feed *feed, xmlNode *node, DgRecord *record,
          unsigned ranks[DG_FIELD_COUNT])
{
  DgArena *const arena = feed->input->arena;
  bool known = false;
  for (unsigned i = 0; i < N_ELEMENTS; ++i) {
    if (!is_named(node, elements[i].name) || is_other_link(arena, node)) {
      continue;
    }
    const DgStr value = value_of(arena, node, i);
    dg_record_keep(record, ranks, elements[i].field, i, value);
    known = known || value.len > 0;
  }
  return known;
}

/** A body whose text has no markup is plain text. */
static void
settle_body(DgRecord *record)
{
  const DgStr html = record->values[DG_FIELD_html];
  if (html.ptr && !memchr(html.ptr, '<', html.len)) {
    record->values[DG_FIELD_text] = html;
    record->values[DG_FIELD_html] = DG_STR_NONE;
  }
}

static DgStatus
read_article(Feed *feed, xmlNode *top, DgDiag *diag)
{
  DgArena *const arena = feed->input->arena;
  DgRecord record = { 0 };
  unsigned ranks[DG_FIELD_COUNT];
  for (xmlNode *node = top->children; node;) {
    const bool known =
        node->type == XML_ELEMENT_NODE && read_node(feed, node, &record, ranks);
    node = next_node(top, node, !known);
  }
  dg_record_keep(&record, ranks, DG_FIELD_id, 0,
                 attribute_of(arena, top, "guid"));
  dg_record_keep(&record, ranks, DG_FIELD_language, N_ELEMENTS,
                 attribute_of(arena, top, "lang"));
  settle_body(&record);
  return dg_record_emit(feed->input, &record, feed->number, diag);
}

/** Parse the bytes of one element and read it. */
static DgStatus
parse_article(Feed *feed, DgStr bytes, DgDiag *diag)
{
  DgDecoded decoded;
  DG_TRY(dg_decode(bytes, feed->encoding, feed->input->arena, &decoded, diag));
  const DgStr text = decoded.text;
  if (text.len > INT_MAX) {
    return dg_diag_set(diag, DG_LIMIT, "an article of 2 GiB");
  }
  xmlDoc *const doc =
      xmlReadMemory(text.ptr, (int)text.len, NULL, "UTF-8",
                    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                        XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
  xmlNode *const top = doc ? xmlDocGetRootElement(doc) : NULL;
  const DgStatus status =
      top ? read_article(feed, top, diag)
          : dg_diag_set(diag, DG_BAD_INPUT, "article %zu is not XML",
                        feed->number);
  xmlFreeDoc(doc);
  return status;
}

enum { TAG_MAX = 64 };

static bool
is_name_end(char c)
{
  return c == '>' || c == ' ' || c == '/' || c == '\n' || c == '\r' ||
         c == '\t';
}

/**
 * The name with its prefix, if a start tag of an article begins at `at`;
 * absent otherwise.
 */
static DgStr
article_at(DgStr window, size_t at)
{
  window = dg_str_sub(window, 0, at + TAG_MAX);
  size_t end = at + 1;
  size_t local = end;
  for (; end < window.len && !is_name_end(window.ptr[end]); ++end) {
    local = window.ptr[end] == ':' ? end + 1 : local;
  }
  const DgStr name = dg_str_sub(window, local, end);
  for (size_t i = 0; articles[i] && end < window.len; ++i) {
    if (dg_str_equal(name, dg_str(articles[i]))) {
      return dg_str_sub(window, at + 1, end);
    }
  }
  return DG_STR_NONE;
}

/** Take what is before the next article. @return DG_NO_MATCH at the end. */
static DgStatus
next_article(Feed *feed, DgStr *window, char close[TAG_MAX + 4], DgDiag *diag)
{
  for (;;) {
    DG_TRY(dg_stream_peek(feed->stream, TAG_MAX, window, diag));
    if (window->len == 0) {
      return DG_NO_MATCH;
    }
    const char *const open = memchr(window->ptr, '<', window->len);
    const size_t at = open ? (size_t)(open - window->ptr) : window->len;
    if (at > 0) {
      dg_stream_take(feed->stream, at);
      continue;
    }
    const DgStr name = article_at(*window, 0);
    if (name.ptr && name.len < TAG_MAX) {
      (void)snprintf(close, TAG_MAX + 4, "</%.*s>", (int)name.len, name.ptr);
      return DG_OK;
    }
    dg_stream_take(feed->stream, 1);
  }
}

/**
 * The bytes of the next article, still to be taken.
 * @return DG_NO_MATCH at the end; DG_LIMIT for one that is too long, which is
 *         then skipped.
 */
static DgStatus
cut_article(Feed *feed, DgStr *bytes, DgDiag *diag)
{
  const size_t limit = feed->input->options->limits.article_bytes;
  char close[TAG_MAX + 4];
  DgStr window;
  DG_TRY(next_article(feed, &window, close, diag));
  const size_t close_len = strlen(close);
  bool too_long = false;
  for (size_t from = 0;;) {
    const size_t end = dg_str_find(window, dg_str(close), from);
    if (end != SIZE_MAX || feed->stream->ended) {
      *bytes =
          dg_str_sub(window, 0, end == SIZE_MAX ? window.len : end + close_len);
      break;
    }
    /* The closing tag may begin in what was seen. */
    const size_t seen = window.len;
    from = seen > close_len ? seen - close_len : 0;
    size_t want = seen + 1;
    if (from > limit) {
      too_long = true;
      dg_stream_take(feed->stream, from);
      want -= from;
      from = 0;
    }
    DG_TRY(dg_stream_peek(feed->stream, want, &window, diag));
  }
  if (too_long || bytes->len > limit) {
    dg_stream_take(feed->stream, bytes->len);
    return dg_diag_set(diag, DG_LIMIT,
                       "an article longer than the limit of %zu bytes", limit);
  }
  return DG_OK;
}

static DgStatus
read_articles(Feed *feed, DgDiag *diag)
{
  for (;;) {
    DgStr bytes;
    DgStatus status = cut_article(feed, &bytes, diag);
    if (status == DG_NO_MATCH) {
      return DG_OK;
    }
    ++feed->number;
    if (status == DG_OK) {
      const size_t n = bytes.len;
      status = parse_article(feed, bytes, diag);
      dg_stream_take(feed->stream, n);
    }
    if (status != DG_OK) {
      DG_TRY(dg_input_failed(feed->input, status, diag));
    }
  }
}

/** The encoding that the declaration names. */
static DgStr
declared_encoding(DgStr head, DgArena *arena)
{
  const DgStr key = DG_STR("encoding=");
  head = dg_str_sub(head, 0, dg_str_find(head, DG_STR("?>"), 0));
  const size_t at = dg_str_find(head, key, 0);
  if (!dg_str_starts(head, DG_STR("<?xml")) || at == SIZE_MAX) {
    return DG_STR_NONE;
  }
  const size_t begin = at + key.len + 1;
  size_t end = begin;
  while (end < head.len && !strchr("\"'? ", head.ptr[end])) {
    ++end;
  }
  return dg_arena_copy(arena, dg_str_sub(head, begin, end));
}

static DgStatus
read_xml(DgInput *input, DgStream *stream, DgDiag *diag)
{
  const size_t before = input->articles;
  Feed feed = { .input = input, .stream = stream };
  DgStr head;
  DG_TRY(dg_stream_peek(stream, 512, &head, diag));
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  feed.encoding = declared_encoding(dg_str_sub(head, 0, 512), arena);
  const DgStatus status = read_articles(&feed, diag);
  dg_arena_free(arena);
  return status == DG_OK ? dg_input_outcome(input, before, "XML", diag)
                         : status;
}

static int
sniff_xml(DgStr head, DgStr name)
{
  static const char *const roots[] = { "<rss",         "<feed",     "<rdf:RDF",
                                       "<newsMessage", "<nitf",     "<newsItem",
                                       "<NewsML",      "<newsItem", NULL };
  (void)name;
  const DgStr start = dg_str_trim(dg_str_sub(head, 0, 256));
  const bool xml = dg_str_starts(start, DG_STR("<")) ||
                   dg_str_starts(start, DG_STR("\xEF\xBB\xBF<"));
  for (size_t i = 0; xml && roots[i]; ++i) {
    if (dg_str_find(dg_str_sub(head, 0, 4096), dg_str(roots[i]), 0) !=
        SIZE_MAX) {
      return 85;
    }
  }
  return 0;
}

const DgFormat dg_format_xml = {
  .name = "xml",
  .summary = "RSS, Atom, NITF and NewsML: an article an item",
  .sniff = sniff_xml,
  .read = read_xml,
};
