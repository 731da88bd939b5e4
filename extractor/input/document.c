/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/document.h"

#include "input/map.h"

const char *
dg_block_kind_text(DgBlockKind kind)
{
  static const char *const texts[] = {
    [DG_BLOCK_TITLE] = "title",         [DG_BLOCK_SUBTITLE] = "subtitle",
    [DG_BLOCK_HEADING] = "heading",     [DG_BLOCK_PARAGRAPH] = "paragraph",
    [DG_BLOCK_LIST_ITEM] = "list_item", [DG_BLOCK_QUOTE] = "quote",
    [DG_BLOCK_CAPTION] = "caption",     [DG_BLOCK_TABLE] = "table",
    [DG_BLOCK_BYLINE] = "byline",       [DG_BLOCK_FURNITURE] = "furniture",
  };
  return texts[kind];
}

const char *
dg_published_how_text(DgPublishedHow how)
{
  static const char *const texts[] = {
    [DG_PUBLISHED_UNKNOWN] = "unknown", [DG_PUBLISHED_METADATA] = "metadata",
    [DG_PUBLISHED_BYLINE] = "byline",   [DG_PUBLISHED_URL] = "url",
    [DG_PUBLISHED_TEXT] = "text",       [DG_PUBLISHED_OPTION] = "option",
  };
  return texts[how];
}

const char *
dg_document_flag_text(DgDocumentFlag flag)
{
  switch (flag) {
  case DG_FLAG_AGENCY:
    return "agency";
  case DG_FLAG_PAYWALLED:
    return "paywalled";
  case DG_FLAG_TRUNCATED:
    return "truncated";
  case DG_FLAG_REPAIRED:
    return "repaired";
  case DG_FLAG_CUT:
    return "cut";
  }
  return "";
}

size_t
dg_document_source_at(const DgDocument *document, size_t at)
{
  if (document->n_map == 0) {
    return at;
  }
  return dg_map_source(document->map, document->n_map, at);
}
