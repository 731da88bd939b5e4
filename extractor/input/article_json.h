/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_ARTICLE_JSON_H
#define DG_INPUT_ARTICLE_JSON_H

#include "base/buf.h"
#include "input/document.h"

/**
 * Append an article as one line of JSON, ended by a newline: id, origin, url,
 * title, authors, agency, publisher, published, published_how, updated,
 * language, encoding, flags, notice, text, blocks. Members without a value are
 * null, or empty lists.
 *
 * A block is {kind, begin, end, source_begin, source_end, language}, `begin`
 * and `end` in code points of `text`, the source in bytes; one that is not in
 * the text has its `content` instead of begin and end.
 */
void
dg_article_json(const DgDocument *document, DgBuf *out);

#endif
