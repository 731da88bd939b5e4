/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_HTML_PIECES_H
#define DG_INPUT_HTML_PIECES_H

#include "input/furniture.h"
#include "input/html_tree.h"

/** What an element, or one around it, says about the text in it. */
typedef enum {
  DG_HINT_HIDDEN = 1, /**< not shown, or not text */
  DG_HINT_LINK = 2,   /**< in an anchor */
  DG_HINT_ASIDE = 4,  /**< nav, aside, footer, dialog by tag or role */
  DG_HINT_BAD = 8,    /**< its class or id names page furniture */
  DG_HINT_BODY = 16,  /**< its class, id or itemprop names an article's body */
  DG_HINT_ARTICLE = 32, /**< in an `article` or `main` */
  DG_HINT_HEADING = 64,
  DG_HINT_CAPTION = 128,
  DG_HINT_QUOTE = 256,
  DG_HINT_ITEM = 512,
  DG_HINT_CELL = 1024,
  DG_HINT_PARAGRAPH = 2048,
  DG_HINT_BYLINE = 4096, /**< names an author, a date or the like */
  DG_HINT_TITLE = 8192,
  DG_HINT_STANDFIRST = 16384,
  DG_HINT_COMMENT = 32768, /**< readers' comments */
  DG_HINT_WALL = 65536     /**< paywall */
} DgHint;

/** A line of the page: the text between two block boundaries. */
typedef struct {
  uint32_t first; /**< nodes [first, end) hold its runs of text */
  uint32_t end;
  uint32_t holder; /**< the innermost block element around it */
  uint32_t chars;  /**< characters that are no blanks */
  uint32_t linked; /**< those of them in anchors */
  uint32_t stops;  /**< commas and ends of sentences */
  unsigned hints;  /**< of the first run */
  double value;    /**< how much it speaks for being the article, in chars */
  bool dropped;
  DgFurniture furniture; /**< by its wording */
} DgHtmlPiece;

/** A page cut into pieces. */
typedef struct {
  const DgHtmlTree *tree;
  unsigned *hints; /**< [nodes] own and inherited, of elements and runs */
  unsigned *own;   /**< [nodes] own only */
  DG_VEC(DgHtmlPiece) pieces;
  uint32_t *piece_at; /**< [nodes + 1] first piece at or after a node */
} DgHtmlPage;

/** Cut; pieces in hidden elements are left out. */
DgStatus
dg_html_cut(const DgHtmlTree *tree, DgArena *arena, DgHtmlPage *page);

/** The text of a piece, blanks made single, in the arena. */
DgStr
dg_html_piece_text(const DgHtmlPage *page, const DgHtmlPiece *piece,
                   DgArena *arena);

/** Hints that the words of a class or id give. */
unsigned
dg_html_hints_of_words(DgStr words);

#endif
