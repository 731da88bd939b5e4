/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/json_text.h"
#include "input/record.h"

#include <libxml/xmlreader.h>

#include <stdlib.h>

/*
 * Feeds and agency wires in XML: RSS, Atom, NITF, NewsML 1 and G2. The
 * document is read as a stream; each element that stands for an article is
 * taken out as a small tree, and the elements in it that are known by name
 * fill a record. Entities are not expanded, nothing outside is loaded.
 */

enum { SLACK = 1024 * 1024 };

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
  DgDiag *diag;
  DgStatus failed;   /**< of the stream */
  size_t since_item; /**< bytes fed since an article ended */
  size_t number;
} Feed;

static int
feed_bytes(void *user, char *bytes, int size)
{
  Feed *const feed = user;
  DgStr window;
  const size_t limit = feed->input->options->limits.article_bytes + SLACK;
  feed->failed = dg_stream_peek(feed->stream, 1, &window, feed->diag);
  if (feed->failed == DG_OK && feed->since_item > limit) {
    feed->failed = dg_diag_set(feed->diag, DG_LIMIT,
                               "an article longer than the limit of %zu bytes; "
                               "what follows it is not read",
                               limit - SLACK);
  }
  if (feed->failed != DG_OK) {
    return -1;
  }
  const size_t n = window.len < (size_t)size ? window.len : (size_t)size;
  if (n) {
    memcpy(bytes, window.ptr, n);
  }
  dg_stream_take(feed->stream, n);
  feed->since_item += n;
  return (int)n;
}

static bool
is_named(const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE &&
         !strcmp((const char *)node->name, name);
}

static bool
is_article(const xmlChar *name)
{
  for (size_t i = 0; name && articles[i]; ++i) {
    if (!strcmp((const char *)name, articles[i])) {
      return true;
    }
  }
  return false;
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

static DgStatus
take_article(Feed *feed, xmlTextReaderPtr reader)
{
  xmlNode *const top = xmlTextReaderExpand(reader);
  DgDiag diag = DG_DIAG_INIT;
  ++feed->number;
  if (!top) {
    return DG_OK; /* the document breaks off in it */
  }
  DgStatus status = read_article(feed, top, &diag);
  if (status != DG_OK) {
    status = dg_input_failed(feed->input, status, &diag);
  }
  dg_diag_clear(&diag);
  feed->since_item = 0;
  return status;
}

static DgStatus
read_all(Feed *feed, xmlTextReaderPtr reader)
{
  int more = xmlTextReaderRead(reader);
  while (more == 1) {
    const bool article =
        xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT &&
        is_article(xmlTextReaderConstLocalName(reader));
    /* A NITF document inside a NewsItem belongs to it: the item is expanded
       and stepped over whole. */
    if (article) {
      DG_TRY(take_article(feed, reader));
    }
    more = article ? xmlTextReaderNext(reader) : xmlTextReaderRead(reader);
  }
  if (feed->failed != DG_OK) {
    return feed->failed;
  }
  return more < 0
             ? dg_diag_set(feed->diag, DG_BAD_INPUT,
                           "the XML is broken after %zu articles", feed->number)
             : DG_OK;
}

static void
ignore_error(void *user, xmlErrorPtr error)
{
  (void)user;
  (void)error;
}

static DgStatus
read_xml(DgInput *input, DgStream *stream, DgDiag *diag)
{
  const size_t before = input->articles;
  Feed feed = { .input = input, .stream = stream, .diag = diag };
  xmlTextReaderPtr const reader =
      xmlReaderForIO(feed_bytes, NULL, &feed, NULL, NULL,
                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                         XML_PARSE_NOCDATA);
  DG_TRY_PTR(reader);
  xmlTextReaderSetStructuredErrorHandler(reader, ignore_error, NULL);
  DgStatus status = read_all(&feed, reader);
  xmlFreeTextReader(reader);
  if (status != DG_OK && input->stopped == DG_OK &&
      (input->articles > before || input->failures)) {
    status = dg_input_failed(input, status, diag);
  }
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
