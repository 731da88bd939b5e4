/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_ARTICLE_H
#define DG_INPUT_ARTICLE_H

#include "input/builder.h"
#include "input/dateline.h"
#include "input/reader.h"

/**
 * Add what a byline says to the metadata of `document`; what is known already
 * stays.
 */
DgStatus
dg_article_add_byline(DgDocument *document, const DgByline *byline,
                      DgPublishedHow how, DgArena *arena);

/** Add an author unless the name is there already. */
DgStatus
dg_article_add_author(DgDocument *document, DgStr name, DgArena *arena);

/**
 * Fill what the blocks tell and the metadata does not: the agency and date of
 * the first paragraph's lead, a date in the URL, a wall.
 */
DgStatus
dg_article_complete(DgDocument *document, DgArena *arena);

/** What the first lines of a plain text are known to be. */
typedef struct {
  bool title;    /**< the first line is the title */
  bool subtitle; /**< the line after it is the subtitle */
} DgPlainHead;

/**
 * Read plain text as an article into `document`: sets text, blocks, map, and
 * the metadata that is still missing. Used for text files and for the text
 * fields of records.
 */
DgStatus
dg_article_from_plain(const DgDecoded *decoded, DgPlainHead head,
                      DgArena *arena, DgDocument *document);

#endif
