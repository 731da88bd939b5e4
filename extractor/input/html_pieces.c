/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/html_pieces.h"

#include "base/utf8.h"

#include <strings.h>

/** Hints of the tags that have any. */
static unsigned
hints_of_tag(DgHtmlTag tag)
{
  switch (tag) {
  case DG_HTML_a:
    return DG_HINT_LINK;
  case DG_HTML_nav:
  case DG_HTML_aside:
  case DG_HTML_footer:
  case DG_HTML_menu:
  case DG_HTML_form:
    return DG_HINT_ASIDE;
  case DG_HTML_article:
  case DG_HTML_main:
    return DG_HINT_ARTICLE;
  case DG_HTML_h1:
  case DG_HTML_h2:
  case DG_HTML_h3:
  case DG_HTML_h4:
  case DG_HTML_h5:
  case DG_HTML_h6:
    return DG_HINT_HEADING;
  case DG_HTML_figcaption:
  case DG_HTML_figure:
  case DG_HTML_caption:
    return DG_HINT_CAPTION;
  case DG_HTML_blockquote:
    return DG_HINT_QUOTE;
  case DG_HTML_li:
  case DG_HTML_dd:
  case DG_HTML_dt:
    return DG_HINT_ITEM;
  case DG_HTML_td:
  case DG_HTML_th:
    return DG_HINT_CELL;
  case DG_HTML_p:
    return DG_HINT_PARAGRAPH;
  case DG_HTML_time:
  case DG_HTML_address:
    return DG_HINT_BYLINE;
  default:
    return dg_html_flow(tag) == DG_HTML_SKIP ? DG_HINT_HIDDEN : 0;
  }
}

static bool
contains(DgStr s, const char *part)
{
  return dg_str_find(s, dg_str(part), 0) != SIZE_MAX;
}

static bool
is_one_of(DgStr s, const char *const *words)
{
  for (; *words; ++words) {
    if (dg_str_equal(s, dg_str(*words))) {
      return true;
    }
  }
  return false;
}

static unsigned
hints_of_role(DgStr role)
{
  static const char *const asides[] = {
    "navigation", "banner", "contentinfo", "complementary", "dialog",
    "search",     "menu",   "alertdialog", "toolbar",       NULL
  };
  if (is_one_of(role, asides)) {
    return DG_HINT_ASIDE;
  }
  return dg_str_equal(role, DG_STR("main")) ? DG_HINT_ARTICLE : 0;
}

static unsigned
hints_of_property(DgStr property)
{
  static const struct {
    const char *name;
    unsigned hints;
  } properties[] = {
    { "articleBody", DG_HINT_BODY },    { "headline", DG_HINT_TITLE },
    { "author", DG_HINT_BYLINE },       { "datePublished", DG_HINT_BYLINE },
    { "dateModified", DG_HINT_BYLINE }, { "caption", DG_HINT_CAPTION },
    { "comment", DG_HINT_COMMENT },
  };
  for (size_t i = 0; i < sizeof properties / sizeof *properties; ++i) {
    if (dg_str_equal(property, dg_str(properties[i].name))) {
      return properties[i].hints;
    }
  }
  return 0;
}

static unsigned
hints_of_attribute(const DgHtmlAttr *attr)
{
  switch (attr->name) {
  case DG_HTML_ATTR_class:
  case DG_HTML_ATTR_id:
  case DG_HTML_ATTR_testid:
    return dg_html_hints_of_words(attr->value);
  case DG_HTML_ATTR_role:
    return hints_of_role(attr->value);
  case DG_HTML_ATTR_itemprop:
    return hints_of_property(attr->value);
  case DG_HTML_ATTR_hidden:
    return DG_HINT_HIDDEN;
  case DG_HTML_ATTR_aria_hidden:
    return dg_str_equal(attr->value, DG_STR("true")) ? DG_HINT_BAD : 0;
  case DG_HTML_ATTR_style:
    return contains(attr->value, "display:none") ||
                   contains(attr->value, "display: none")
               ? DG_HINT_HIDDEN
               : 0;
  case DG_HTML_ATTR_rel:
    return dg_str_equal(attr->value, DG_STR("author")) ? DG_HINT_BYLINE : 0;
  default:
    return 0;
  }
}

/** Hints that only a short element passes on to what is in it. */
static const struct {
  unsigned hint;
  size_t most; /**< bytes of text */
} short_hints[] = {
  { DG_HINT_BYLINE, 250 },      { DG_HINT_HEADING, 400 },
  { DG_HINT_TITLE, 400 },       { DG_HINT_CAPTION, 900 },
  { DG_HINT_STANDFIRST, 1200 },
};

static unsigned
without_long(unsigned hints, size_t bytes)
{
  for (size_t i = 0; i < sizeof short_hints / sizeof *short_hints; ++i) {
    if (bytes > short_hints[i].most) {
      hints &= ~short_hints[i].hint;
    }
  }
  return hints;
}

static unsigned
own_hints(const DgHtmlTree *tree, uint32_t i, size_t bytes)
{
  const DgHtmlNode *const node = &tree->nodes.items[i];
  unsigned own = hints_of_tag(node->tag);
  const bool outer = node->tag == DG_HTML_html || node->tag == DG_HTML_body;
  for (uint32_t k = 0; k < node->n_attrs && !outer; ++k) {
    own |= hints_of_attribute(&tree->attrs.items[node->attrs + k]);
  }
  return without_long(own, bytes);
}

/** @param before  [nodes + 1] bytes of text before each node. */
static void
set_hints(const DgHtmlTree *tree, const size_t *before, DgHtmlPage *page)
{
  for (uint32_t i = 0; i < tree->nodes.n; ++i) {
    const DgHtmlNode *const node = &tree->nodes.items[i];
    page->own[i] = own_hints(tree, i, before[node->end] - before[i]);
    page->hints[i] = page->own[i] | (i ? page->hints[node->parent] : 0);
  }
}

static size_t *
text_before(const DgHtmlTree *tree, DgArena *arena)
{
  size_t *const before = DG_NEW_ARRAY(arena, size_t, tree->nodes.n + 1);
  for (size_t i = 0; before && i < tree->nodes.n; ++i) {
    const DgHtmlNode *const node = &tree->nodes.items[i];
    const bool counts =
        node->tag == DG_HTML_TEXT &&
        dg_html_flow(tree->nodes.items[node->parent].tag) != DG_HTML_SKIP;
    before[i + 1] = before[i] + (counts ? dg_str_trim(node->text).len : 0);
  }
  return before;
}

static void
count_text(DgHtmlPiece *piece, DgStr text, bool linked)
{
  uint32_t chars = 0;
  for (size_t i = 0; i < text.len; ++i) {
    const unsigned char c = (unsigned char)text.ptr[i];
    /* Bytes that begin a character; no-break spaces count, which is little. */
    chars += c > ' ' && (c & 0xC0U) != 0x80U;
    const bool ends = i + 1 >= text.len || text.ptr[i + 1] <= ' ';
    piece->stops += (c == ',' || c == '.' || c == '!' || c == '?') && ends;
  }
  piece->chars += chars;
  piece->linked += linked ? chars : 0;
}

typedef struct {
  DgHtmlPage *page;
  DgArena *arena;
  DgHtmlPiece piece;
  bool open;
} Cutter;

static DgStatus
close_piece(Cutter *cutter, uint32_t end)
{
  if (cutter->open && cutter->piece.chars) {
    DgHtmlPiece *const piece = DG_VEC_ADD(cutter->arena, &cutter->page->pieces);
    DG_TRY_PTR(piece);
    *piece = cutter->piece;
    piece->end = end;
  }
  cutter->open = false;
  return DG_OK;
}

static uint32_t
holder_of(const DgHtmlTree *tree, uint32_t node)
{
  while (node && dg_html_flow(tree->nodes.items[node].tag) != DG_HTML_BLOCK) {
    node = tree->nodes.items[node].parent;
  }
  return node;
}

static DgStatus
cut_at_text(Cutter *cutter, uint32_t i)
{
  const DgHtmlTree *const tree = cutter->page->tree;
  const DgHtmlNode *const node = &tree->nodes.items[i];
  const uint32_t holder = holder_of(tree, node->parent);
  if (cutter->open && cutter->piece.holder != holder) {
    DG_TRY(close_piece(cutter, i));
  }
  if (!cutter->open) {
    cutter->piece = (DgHtmlPiece){ .first = i,
                                   .holder = holder,
                                   .hints = cutter->page->hints[i] };
    cutter->open = true;
  }
  count_text(&cutter->piece, node->text, cutter->page->hints[i] & DG_HINT_LINK);
  return DG_OK;
}

/** Two line ends in a row part paragraphs; one only lines of one. */
static bool
breaks_twice(const DgHtmlTree *tree, uint32_t i)
{
  if (tree->nodes.items[i].tag == DG_HTML_hr) {
    return true;
  }
  for (uint32_t k = i + 1; k < tree->nodes.n; ++k) {
    const DgHtmlNode *const node = &tree->nodes.items[k];
    if (node->tag == DG_HTML_br) {
      return true;
    }
    if (node->tag != DG_HTML_TEXT || dg_str_trim(node->text).len) {
      return false;
    }
  }
  return true;
}

DgStatus
dg_html_cut(const DgHtmlTree *tree, DgArena *arena, DgHtmlPage *page)
{
  const size_t n = tree->nodes.n;
  *page = (DgHtmlPage){ .tree = tree };
  page->hints = DG_NEW_ARRAY(arena, unsigned, n);
  page->own = DG_NEW_ARRAY(arena, unsigned, n);
  page->piece_at = DG_NEW_ARRAY(arena, uint32_t, n + 1);
  if (!page->hints || !page->own || !page->piece_at) {
    return DG_NO_MEMORY;
  }
  const size_t *const before = text_before(tree, arena);
  DG_TRY_PTR(before);
  set_hints(tree, before, page);
  Cutter cutter = { .page = page, .arena = arena };
  for (uint32_t i = 0; i < n;) {
    const DgHtmlNode *const node = &tree->nodes.items[i];
    if (page->own[i] & DG_HINT_HIDDEN) {
      i = node->end;
      continue;
    }
    if (node->tag == DG_HTML_TEXT) {
      DG_TRY(cut_at_text(&cutter, i));
    } else if (dg_html_flow(node->tag) == DG_HTML_BLOCK ||
               (dg_html_flow(node->tag) == DG_HTML_BREAK &&
                breaks_twice(tree, i))) {
      DG_TRY(close_piece(&cutter, i));
    }
    ++i;
  }
  DG_TRY(close_piece(&cutter, (uint32_t)n));
  uint32_t piece = (uint32_t)page->pieces.n;
  for (size_t i = n + 1; i-- > 0;) {
    while (piece && page->pieces.items[piece - 1].first >= i) {
      --piece;
    }
    page->piece_at[i] = piece;
  }
  return DG_OK;
}

DgStr
dg_html_piece_text(const DgHtmlPage *page, const DgHtmlPiece *piece,
                   DgArena *arena)
{
  size_t size = 1;
  const DgHtmlNode *const nodes = page->tree->nodes.items;
  for (uint32_t i = piece->first; i < piece->end; ++i) {
    size += nodes[i].tag == DG_HTML_TEXT ? nodes[i].text.len : 1;
  }
  char *const out = dg_arena_alloc(arena, size);
  if (!out) {
    return DG_STR_NONE;
  }
  size_t len = 0;
  bool space = false;
  for (uint32_t i = piece->first; i < piece->end; ++i) {
    if (page->hints[i] & DG_HINT_HIDDEN) {
      continue;
    }
    space = space || nodes[i].tag == DG_HTML_br;
    const DgStr text =
        nodes[i].tag == DG_HTML_TEXT ? nodes[i].text : DG_STR_NONE;
    for (size_t k = 0; k < text.len; ++k) {
      const char c = text.ptr[k];
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        space = true;
        continue;
      }
      if (space && len) {
        out[len++] = ' ';
      }
      space = false;
      out[len++] = c;
    }
  }
  return dg_str_n(out, len);
}
