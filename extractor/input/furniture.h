/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_FURNITURE_H
#define DG_INPUT_FURNITURE_H

#include "base/str.h"

/** What a line of a page is, when it is no part of the article. */
typedef enum {
  DG_FURNITURE_NONE,
  DG_FURNITURE_LINE,   /**< this line only: a link, a button, a banner */
  DG_FURNITURE_MORE,   /**< "read on": the text goes on elsewhere */
  DG_FURNITURE_LIST,   /**< heads a list of teasers inside or below the text */
  DG_FURNITURE_END,    /**< the article is over */
  DG_FURNITURE_PAYWALL /**< a line that asks the reader to subscribe */
} DgFurniture;

/**
 * Tell furniture by its wording, French and English. Case, accents and blanks
 * do not matter. Prose is never furniture because of a word in it: the
 * wordings hold for the beginning of a line, or for all of it.
 */
DgFurniture
dg_furniture_of(DgStr line);

#endif
