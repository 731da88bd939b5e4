/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_HTML_TREE_H
#define DG_INPUT_HTML_TREE_H

#include "base/vec.h"
#include "input/decode.h"

/** What an element is to the reader of an article. */
typedef enum {
  DG_HTML_INLINE, /**< part of the line it stands in */
  DG_HTML_BLOCK,  /**< begins and ends a line */
  DG_HTML_BREAK,  /**< a line end: br, hr */
  DG_HTML_SKIP    /**< nothing in it is text of the page: script, form field */
} DgHtmlFlow;

/** Elements that are told apart, in byte order of their names. */
#define DG_HTML_TAGS(X)                                                        \
  X(a, INLINE)                                                                 \
  X(abbr, INLINE)                                                              \
  X(address, BLOCK)                                                            \
  X(article, BLOCK)                                                            \
  X(aside, BLOCK)                                                              \
  X(audio, SKIP)                                                               \
  X(b, INLINE)                                                                 \
  X(base, SKIP)                                                                \
  X(blockquote, BLOCK)                                                         \
  X(body, BLOCK)                                                               \
  X(br, BREAK)                                                                 \
  X(button, SKIP)                                                              \
  X(canvas, SKIP)                                                              \
  X(caption, BLOCK)                                                            \
  X(center, BLOCK)                                                             \
  X(cite, INLINE)                                                              \
  X(code, INLINE)                                                              \
  X(dd, BLOCK)                                                                 \
  X(del, INLINE)                                                               \
  X(details, BLOCK)                                                            \
  X(dialog, SKIP)                                                              \
  X(div, BLOCK)                                                                \
  X(dl, BLOCK)                                                                 \
  X(dt, BLOCK)                                                                 \
  X(em, INLINE)                                                                \
  X(embed, SKIP)                                                               \
  X(fieldset, BLOCK)                                                           \
  X(figcaption, BLOCK)                                                         \
  X(figure, BLOCK)                                                             \
  X(font, INLINE)                                                              \
  X(footer, BLOCK)                                                             \
  X(form, BLOCK)                                                               \
  X(frameset, SKIP)                                                            \
  X(h1, BLOCK)                                                                 \
  X(h2, BLOCK)                                                                 \
  X(h3, BLOCK)                                                                 \
  X(h4, BLOCK)                                                                 \
  X(h5, BLOCK)                                                                 \
  X(h6, BLOCK)                                                                 \
  X(head, BLOCK)                                                               \
  X(header, BLOCK)                                                             \
  X(hr, BREAK)                                                                 \
  X(html, BLOCK)                                                               \
  X(i, INLINE)                                                                 \
  X(iframe, SKIP)                                                              \
  X(img, INLINE)                                                               \
  X(input, SKIP)                                                               \
  X(ins, INLINE)                                                               \
  X(label, INLINE)                                                             \
  X(legend, BLOCK)                                                             \
  X(li, BLOCK)                                                                 \
  X(link, SKIP)                                                                \
  X(main, BLOCK)                                                               \
  X(map, SKIP)                                                                 \
  X(menu, BLOCK)                                                               \
  X(meta, SKIP)                                                                \
  X(nav, BLOCK)                                                                \
  X(noscript, SKIP)                                                            \
  X(object, SKIP)                                                              \
  X(ol, BLOCK)                                                                 \
  X(option, SKIP)                                                              \
  X(p, BLOCK)                                                                  \
  X(picture, INLINE)                                                           \
  X(pre, BLOCK)                                                                \
  X(q, INLINE)                                                                 \
  X(s, INLINE)                                                                 \
  X(script, SKIP)                                                              \
  X(section, BLOCK)                                                            \
  X(select, SKIP)                                                              \
  X(small, INLINE)                                                             \
  X(span, INLINE)                                                              \
  X(strong, INLINE)                                                            \
  X(style, SKIP)                                                               \
  X(sub, INLINE)                                                               \
  X(summary, BLOCK)                                                            \
  X(sup, INLINE)                                                               \
  X(svg, SKIP)                                                                 \
  X(table, BLOCK)                                                              \
  X(tbody, BLOCK)                                                              \
  X(td, BLOCK)                                                                 \
  X(template, SKIP)                                                            \
  X(textarea, SKIP)                                                            \
  X(tfoot, BLOCK)                                                              \
  X(th, BLOCK)                                                                 \
  X(thead, BLOCK)                                                              \
  X(time, INLINE)                                                              \
  X(title, SKIP)                                                               \
  X(tr, BLOCK)                                                                 \
  X(u, INLINE)                                                                 \
  X(ul, BLOCK)                                                                 \
  X(video, SKIP)

typedef enum {
  DG_HTML_TEXT,  /**< a run of text, no element */
  DG_HTML_other, /**< an element without an entry of its own: inline */
#define DG_HTML_TAG_VALUE(name, flow) DG_HTML_##name,
  DG_HTML_TAGS(DG_HTML_TAG_VALUE)
#undef DG_HTML_TAG_VALUE
} DgHtmlTag;

DgHtmlFlow
dg_html_flow(DgHtmlTag tag);

/** Attributes that are kept; the others are dropped. */
#define DG_HTML_ATTRIBUTES(X)                                                  \
  X("aria-hidden", aria_hidden)                                                \
  X("charset", charset)                                                        \
  X("class", class)                                                            \
  X("content", content)                                                        \
  X("data-testid", testid)                                                     \
  X("datetime", datetime)                                                      \
  X("hidden", hidden)                                                          \
  X("href", href)                                                              \
  X("http-equiv", http_equiv)                                                  \
  X("id", id)                                                                  \
  X("itemprop", itemprop)                                                      \
  X("itemtype", itemtype)                                                      \
  X("lang", lang)                                                              \
  X("name", name)                                                              \
  X("property", property)                                                      \
  X("rel", rel)                                                                \
  X("role", role)                                                              \
  X("style", style)                                                            \
  X("title", title)                                                            \
  X("type", type)

typedef enum {
#define DG_HTML_ATTRIBUTE_VALUE(name, word) DG_HTML_ATTR_##word,
  DG_HTML_ATTRIBUTES(DG_HTML_ATTRIBUTE_VALUE)
#undef DG_HTML_ATTRIBUTE_VALUE
      DG_HTML_ATTR_COUNT
} DgHtmlAttribute;

typedef struct {
  DgHtmlAttribute name;
  DgStr value;
} DgHtmlAttr;

/** An element or a run of text. */
typedef struct {
  DgHtmlTag tag;
  uint32_t parent; /**< the root is its own parent */
  uint32_t end;    /**< first node behind the subtree */
  uint32_t depth;  /**< of the root: 0 */
  uint32_t attrs;  /**< first of its attributes */
  uint32_t n_attrs;
  DgSpan source; /**< decoded bytes: of the text, or of the start tag */
  DgStr text;    /**< of a run; scripts have theirs too */
  bool same;     /**< the text equals the decoded bytes */
} DgHtmlNode;

/**
 * A page as a row of nodes in document order, so that every walk is a loop. A
 * node's children lie between it and its `end`.
 */
typedef struct {
  DgArena *arena;
  const DgDecoded *decoded;
  DG_VEC(DgHtmlNode) nodes; /**< node 0 is the page itself */
  DG_VEC(DgHtmlAttr) attrs;
} DgHtmlTree;

/**
 * Parse a page; broken markup is read as well as it goes. Elements nested
 * deeper than 200 become children of the one at that depth.
 */
DgStatus
dg_html_parse(const DgDecoded *decoded, DgArena *arena, DgHtmlTree *tree);

/** Value of an attribute; absent when the node has none. */
DgStr
dg_html_attr(const DgHtmlTree *tree, uint32_t node, DgHtmlAttribute name);

/** The encoding that a `meta` in the first bytes declares, or absent. */
DgStr
dg_html_declared(DgStr head);

#endif
