/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/html_body.h"

#include "input/furniture.h"

enum {
  PROSE_MIN = 80, /**< characters that make a line outside `p` prose */
  SHORT_MAX = 25,
  WORD_MIN = 3 /**< fewer characters are a bullet, a number, a mark */
};

/** A child this close to its parent's value is the better choice. */
static const double close_enough = 0.9;

static double
value_of(const DgHtmlPiece *piece)
{
  const double chars = piece->chars;
  const double linked = piece->linked / chars;
  const unsigned hints = piece->hints;
  if (hints & (DG_HINT_HEADING | DG_HINT_CAPTION | DG_HINT_BYLINE)) {
    return linked > 0.5 ? -chars : 0;
  }
  if (linked > 0.5) {
    const double unlinked = chars - piece->linked;
    return hints & DG_HINT_PARAGRAPH && unlinked > PROSE_MIN ? unlinked / 2
                                                             : -chars - 10;
  }
  if (hints & DG_HINT_CELL && !(hints & DG_HINT_PARAGRAPH)) {
    return piece->chars > PROSE_MIN ? 0.5 * chars * (1 - 2 * linked) : 0;
  }
  if (hints & DG_HINT_ITEM && !(hints & DG_HINT_PARAGRAPH)) {
    return piece->chars > PROSE_MIN ? 0.6 * chars * (1 - 3 * linked)
                                    : -chars * linked;
  }
  if (hints & (DG_HINT_PARAGRAPH | DG_HINT_QUOTE)) {
    return piece->chars > SHORT_MAX || piece->stops ? chars * (1 - 1.5 * linked)
                                                    : 0;
  }
  return piece->chars > PROSE_MIN ? chars * (1 - 2 * linked) : -10;
}

/** Sums over pieces: sum[i] is that of pieces before i. */
static void
sum_up(const DgHtmlPage *page, bool prose_only, double *sum)
{
  sum[0] = 0;
  for (size_t i = 0; i < page->pieces.n; ++i) {
    const DgHtmlPiece *const piece = &page->pieces.items[i];
    const bool counts = !piece->dropped && (!prose_only || piece->value > 0);
    sum[i + 1] = sum[i] + (counts ? piece->value : 0);
  }
}

static double
value_in(const DgHtmlPage *page, const double *sum, uint32_t node)
{
  const uint32_t end = page->tree->nodes.items[node].end;
  return sum[page->piece_at[end]] - sum[page->piece_at[node]];
}

/**
 * Drop the subtrees with a hint of `bad`, unless they hold more than the share
 * `most` of the page's prose: then the name means something else.
 */
static void
drop_hinted(DgHtmlPage *page, unsigned bad, double most, double *sum)
{
  sum_up(page, true, sum);
  const double all = value_in(page, sum, 0);
  for (uint32_t i = 0; i < page->tree->nodes.n; ++i) {
    if (!(page->own[i] & bad) || page->own[i] & DG_HINT_BODY ||
        value_in(page, sum, i) > most * all) {
      continue;
    }
    const uint32_t end = page->tree->nodes.items[i].end;
    for (uint32_t k = page->piece_at[i]; k < page->piece_at[end]; ++k) {
      page->pieces.items[k].dropped = true;
    }
  }
}

static bool
is_container(DgHtmlTag tag)
{
  switch (tag) {
  case DG_HTML_p:
  case DG_HTML_li:
  case DG_HTML_ul:
  case DG_HTML_ol:
  case DG_HTML_dl:
  case DG_HTML_h1:
  case DG_HTML_h2:
  case DG_HTML_h3:
  case DG_HTML_figure:
  case DG_HTML_blockquote:
    return false;
  default:
    return dg_html_flow(tag) == DG_HTML_BLOCK || tag == DG_HTML_other ||
           tag == DG_HTML_span;
  }
}

/** The subtree whose values sum highest, or 0. */
static uint32_t
best_subtree(const DgHtmlPage *page, const double *sum)
{
  uint32_t best = 0;
  double most = 0;
  for (uint32_t i = 1; i < page->tree->nodes.n; ++i) {
    if (!is_container(page->tree->nodes.items[i].tag)) {
      continue;
    }
    double value = value_in(page, sum, i);
    if (page->own[i] & DG_HINT_BODY) {
      value *= 1.6;
    } else if (page->own[i] & DG_HINT_ARTICLE) {
      value *= 1.1;
    }
    if (value > most) {
      most = value;
      best = i;
    }
  }
  return best;
}

/** Go down while one child holds nearly all. */
static uint32_t
narrow(const DgHtmlPage *page, const double *sum, uint32_t node)
{
  const DgHtmlNode *const nodes = page->tree->nodes.items;
  for (;;) {
    const double value = value_in(page, sum, node);
    uint32_t heir = 0;
    for (uint32_t k = node + 1; k < nodes[node].end; k = nodes[k].end) {
      if (is_container(nodes[k].tag) &&
          value_in(page, sum, k) >= close_enough * value) {
        heir = k;
      }
    }
    if (!heir || page->own[node] & DG_HINT_BODY) {
      return node;
    }
    node = heir;
  }
}

static bool
is_picked(const DgHtmlPiece *piece)
{
  if (piece->chars < WORD_MIN && !(piece->hints & DG_HINT_CELL)) {
    return false;
  }
  if (piece->dropped || piece->hints & (DG_HINT_CAPTION | DG_HINT_BYLINE)) {
    return false;
  }
  /* A paragraph that is one link leads to another article. */
  if (piece->linked * 10 > piece->chars * 9 && piece->chars > SHORT_MAX) {
    return false;
  }
  return !(piece->linked * 2 > piece->chars && piece->value < 0 &&
           !(piece->hints & DG_HINT_PARAGRAPH));
}

/** Drop the lines whose wording makes them furniture. */
static void
drop_worded(DgHtmlPage *page, DgArena *arena)
{
  for (size_t i = 0; i < page->pieces.n; ++i) {
    DgHtmlPiece *const piece = &page->pieces.items[i];
    if (piece->chars > 400) {
      continue;
    }
    const DgStr text = dg_html_piece_text(page, piece, arena);
    piece->furniture = dg_furniture_of(text);
    if (piece->hints & DG_HINT_HEADING &&
        dg_str_starts(text, DG_STR("More ")) && !piece->furniture) {
      piece->furniture = DG_FURNITURE_LIST;
    }
    piece->dropped = piece->dropped || piece->furniture == DG_FURNITURE_LINE ||
                     piece->furniture == DG_FURNITURE_MORE ||
                     piece->furniture == DG_FURNITURE_PAYWALL ||
                     dg_str_starts(text, DG_STR("<img ")) ||
                     dg_str_starts(text, DG_STR("<iframe "));
  }
}

/**
 * Cut at a line that heads what comes below articles, when most of the text
 * stands before it.
 */
static void
cut_at_end(const DgHtmlPage *page, const uint32_t *picked, size_t *n)
{
  double all = 0;
  for (size_t i = 0; i < *n; ++i) {
    const double value = page->pieces.items[picked[i]].value;
    all += value > 0 ? value : 0;
  }
  double before = 0;
  for (size_t i = 0; i < *n; ++i) {
    const DgHtmlPiece *const piece = &page->pieces.items[picked[i]];
    if (piece->furniture && before > all / 3) {
      *n = i;
      return;
    }
    before += piece->value > 0 ? piece->value : 0;
  }
}

/** A line that is prose, or an item of a list within prose. */
static bool
is_body(const DgHtmlPiece *piece)
{
  static const unsigned aside = DG_HINT_BYLINE | DG_HINT_HEADING;
  return piece->value > 0 ||
         (piece->stops && !(piece->hints & aside) && piece->value >= 0) ||
         (piece->hints & DG_HINT_ITEM && !(piece->hints & aside) &&
          piece->linked * 2 < piece->chars);
}

/** Cut what stands before the first and behind the last line of prose. */
static void
trim_ends(const DgHtmlPage *page, uint32_t *picked, size_t *n)
{
  const DgHtmlPiece *const pieces = page->pieces.items;
  while (*n && !is_body(&pieces[picked[*n - 1]])) {
    --*n;
  }
  size_t from = 0;
  while (from < *n && pieces[picked[from]].value <= 0) {
    ++from;
  }
  *n -= from;
  memmove(picked, picked + from, *n * sizeof *picked);
}

/** A page of short lines only: all that are no links or headings. */
static void
pick_short(const DgHtmlPage *page, uint32_t *picked, size_t *n)
{
  static const unsigned aside =
      DG_HINT_HEADING | DG_HINT_CAPTION | DG_HINT_BYLINE | DG_HINT_TITLE;
  for (uint32_t i = 0; i < page->pieces.n; ++i) {
    const DgHtmlPiece *const piece = &page->pieces.items[i];
    if (!piece->dropped && !(piece->hints & aside) &&
        piece->linked * 2 <= piece->chars && piece->chars > SHORT_MAX) {
      picked[(*n)++] = i;
    }
  }
}

DgStatus
dg_html_find_body(DgHtmlPage *page, DgArena *arena, uint32_t **picked,
                  size_t *n)
{
  const size_t n_pieces = page->pieces.n;
  double *const sum = DG_NEW_ARRAY(arena, double, n_pieces + 1);
  *picked = DG_NEW_ARRAY(arena, uint32_t, n_pieces + 1);
  *n = 0;
  if (!sum || !*picked) {
    return DG_NO_MEMORY;
  }
  for (size_t i = 0; i < n_pieces; ++i) {
    page->pieces.items[i].value = value_of(&page->pieces.items[i]);
  }
  drop_hinted(page, DG_HINT_COMMENT, 0.9, sum);
  drop_hinted(page, DG_HINT_ASIDE | DG_HINT_BAD | DG_HINT_WALL, 0.4, sum);
  drop_worded(page, arena);
  sum_up(page, false, sum);
  const uint32_t body = narrow(page, sum, best_subtree(page, sum));
  const uint32_t end = page->tree->nodes.items[body].end;
  for (uint32_t i = page->piece_at[body]; i < page->piece_at[end]; ++i) {
    if (is_picked(&page->pieces.items[i])) {
      (*picked)[(*n)++] = i;
    }
  }
  cut_at_end(page, *picked, n);
  trim_ends(page, *picked, n);
  if (*n == 0) {
    pick_short(page, *picked, n);
  }
  return DG_OK;
}
