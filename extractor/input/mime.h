/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_MIME_H
#define DG_INPUT_MIME_H

#include "base/arena.h"
#include "base/status.h"

/** The part of a message that a reader would read. */
typedef struct {
  DgStr bytes;   /**< transfer coding undone */
  DgStr charset; /**< or absent */
  bool html;
} DgMimePart;

/**
 * Find the text of a message: the longest text/plain part if there is one of
 * 200 bytes or more, else the longest text/html, else any text.
 *
 * @return DG_NO_MATCH when it has none.
 *
 * Source: RFC 2045 (codings), RFC 2046 section 5.1 (multipart).
 */
DgStatus
dg_mime_text(DgStr message, DgArena *arena, DgMimePart *part);

/** A header's text with its encoded words decoded (RFC 2047), as UTF-8. */
DgStr
dg_mime_words(DgStr value, DgArena *arena);

#endif
