/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_HTML_META_H
#define DG_INPUT_HTML_META_H

#include "input/html_pieces.h"
#include "values/date.h"

/**
 * What a page says about itself outside its text: schema.org JSON-LD and
 * microdata, OpenGraph, Dublin Core and plain meta elements, links.
 *
 * Where several sources speak, the order is: JSON-LD, meta, microdata.
 */
typedef struct {
  DgStr title;         /**< headline, og:title or the title element */
  uint32_t title_node; /**< the element that says it, 0 for JSON-LD */
  DgStr authors[8];    /**< [n_authors] */
  size_t n_authors;
  DgStr publisher;
  DgStr url; /**< canonical */
  DgStr lang;
  DgDate published;
  DgStr stamp; /**< `published` as written, with its time */
  DgDate updated;
  DgStr body;  /**< articleBody of JSON-LD, or absent */
  bool walled; /**< isAccessibleForFree is false */
} DgHtmlMeta;

DgStatus
dg_html_read_meta(const DgHtmlTree *tree, DgArena *arena, DgHtmlMeta *meta);

/** Read one block of JSON-LD; broken JSON gives nothing. */
DgStatus
dg_html_read_json_ld(DgStr json, DgArena *arena, DgHtmlMeta *meta);

#endif
