/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/article.h"

#include "input/language.h"

/** The name alone: "By Jane Roe" is Jane Roe, and "By" is nobody. */
static DgStr
without_by(DgStr name)
{
  static const char *const labels[] = { "By ",  "by ",  "BY ", "Par ",
                                        "par ", "PAR ", NULL };
  name = dg_str_trim(name);
  for (size_t i = 0; labels[i]; ++i) {
    const DgStr label = dg_str(labels[i]);
    if (dg_str_starts(name, label)) {
      return dg_str_trim(dg_str_sub(name, label.len, name.len));
    }
    if (dg_str_equal(name, dg_str_trim(label))) {
      return DG_STR_NONE;
    }
  }
  return name;
}

DgStatus
dg_article_add_author(DgDocument *document, DgStr name, DgArena *arena)
{
  name = without_by(name);
  if (name.len == 0 || dg_str_starts(name, DG_STR("http")) ||
      dg_str_find(document->author, name, 0) != SIZE_MAX) {
    return DG_OK;
  }
  const DgStr old = document->author;
  const char *const joined =
      dg_arena_printf(arena, "%.*s%s%.*s", (int)old.len, old.ptr ? old.ptr : "",
                      old.len ? ", " : "", (int)name.len, name.ptr);
  DG_TRY_PTR(joined);
  document->author = dg_str(joined);
  return DG_OK;
}

DgStatus
dg_article_add_byline(DgDocument *document, const DgByline *byline,
                      DgPublishedHow how, DgArena *arena)
{
  if (document->published.precision == DG_DATE_NONE &&
      byline->published.precision != DG_DATE_NONE) {
    document->published = byline->published;
    document->published_how = how;
  }
  if (document->updated.precision == DG_DATE_NONE) {
    document->updated = byline->updated;
  }
  if (byline->agency.ptr && !document->agency.ptr) {
    document->agency = byline->agency;
    document->flags |= DG_FLAG_AGENCY;
  }
  if (byline->printed.ptr && !document->author.len) {
    return dg_article_add_author(document, byline->printed, arena);
  }
  for (size_t i = 0; i < byline->n_authors; ++i) {
    DG_TRY(dg_article_add_author(document, byline->authors[i], arena));
  }
  return DG_OK;
}

static DgStatus
read_lead(DgDocument *document, DgArena *arena)
{
  for (size_t i = 0; i < document->n_blocks; ++i) {
    const DgBlock *const block = &document->blocks[i];
    if (block->kind == DG_BLOCK_PARAGRAPH) {
      DgByline byline;
      return dg_byline_lead(block->content, document->lang, &byline)
                 ? dg_article_add_byline(document, &byline, DG_PUBLISHED_TEXT,
                                         arena)
                 : DG_OK;
    }
  }
  return DG_OK;
}

DgStatus
dg_article_complete(DgDocument *document, DgArena *arena)
{
  if (document->lang == DG_LANG_NONE) {
    document->lang = dg_language_of(document->text);
  }
  if (document->published.precision == DG_DATE_NONE && document->url.ptr &&
      dg_dateline_from_url(document->url, &document->published)) {
    document->published_how = DG_PUBLISHED_URL;
  }
  DG_TRY(read_lead(document, arena));
  /* A page that was only ever updated was published by then. */
  if (document->published.precision == DG_DATE_NONE &&
      document->updated.precision != DG_DATE_NONE) {
    document->published = document->updated;
    document->published_how = DG_PUBLISHED_BYLINE;
  }
  return DG_OK;
}
