/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/html_meta.h"

#include "input/dateline.h"

#include <strings.h>

/** What a meta element may say, by its name, property or itemprop. */
typedef enum {
  SAYS_TITLE,
  SAYS_AUTHOR,
  SAYS_PUBLISHER,
  SAYS_URL,
  SAYS_LANG,
  SAYS_PUBLISHED,
  SAYS_UPDATED,
  SAYS_WALLED
} Says;

/* In order of trust for each thing said; names in lower case. */
static const struct {
  const char *name;
  Says says;
} names[] = {
  { "article:published_time", SAYS_PUBLISHED },
  { "og:article:published_time", SAYS_PUBLISHED },
  { "og:published_time", SAYS_PUBLISHED },
  { "datepublished", SAYS_PUBLISHED },
  { "article.published", SAYS_PUBLISHED },
  { "parsely-pub-date", SAYS_PUBLISHED },
  { "sailthru.date", SAYS_PUBLISHED },
  { "pubdate", SAYS_PUBLISHED },
  { "publishdate", SAYS_PUBLISHED },
  { "publish-date", SAYS_PUBLISHED },
  { "publish_date", SAYS_PUBLISHED },
  { "publicationdate", SAYS_PUBLISHED },
  { "publication_date", SAYS_PUBLISHED },
  { "citation_publication_date", SAYS_PUBLISHED },
  { "citation_date", SAYS_PUBLISHED },
  { "dcterms.created", SAYS_PUBLISHED },
  { "dcterms.issued", SAYS_PUBLISHED },
  { "dcterms.date", SAYS_PUBLISHED },
  { "dc.date.issued", SAYS_PUBLISHED },
  { "dc.date.created", SAYS_PUBLISHED },
  { "dc.date", SAYS_PUBLISHED },
  { "dc:date", SAYS_PUBLISHED },
  { "dc:created", SAYS_PUBLISHED },
  { "datecreated", SAYS_PUBLISHED },
  { "article:post_date", SAYS_PUBLISHED },
  { "cxenseparse:recs:publishtime", SAYS_PUBLISHED },
  { "rnews:datepublished", SAYS_PUBLISHED },
  { "bt:pubdate", SAYS_PUBLISHED },
  { "og:pubdate", SAYS_PUBLISHED },
  { "date", SAYS_PUBLISHED },
  { "displaydate", SAYS_PUBLISHED },
  { "originalpublicationdate", SAYS_PUBLISHED },
  { "created", SAYS_PUBLISHED },
  { "article:modified_time", SAYS_UPDATED },
  { "og:article:modified_time", SAYS_UPDATED },
  { "og:updated_time", SAYS_UPDATED },
  { "datemodified", SAYS_UPDATED },
  { "dcterms.modified", SAYS_UPDATED },
  { "dc.date.modified", SAYS_UPDATED },
  { "last-modified", SAYS_UPDATED },
  { "lastmod", SAYS_UPDATED },
  { "revised", SAYS_UPDATED },
  { "og:title", SAYS_TITLE },
  { "twitter:title", SAYS_TITLE },
  { "headline", SAYS_TITLE },
  { "dc.title", SAYS_TITLE },
  { "author", SAYS_AUTHOR },
  { "article:author", SAYS_AUTHOR },
  { "parsely-author", SAYS_AUTHOR },
  { "sailthru.author", SAYS_AUTHOR },
  { "dc.creator", SAYS_AUTHOR },
  { "byl", SAYS_AUTHOR },
  { "og:site_name", SAYS_PUBLISHER },
  { "application-name", SAYS_PUBLISHER },
  { "dc.publisher", SAYS_PUBLISHER },
  { "og:url", SAYS_URL },
  { "og:locale", SAYS_LANG },
  { "content-language", SAYS_LANG },
  { "article:content_tier", SAYS_WALLED },
};

enum { N_NAMES = sizeof names / sizeof *names };

/** The most trusted that was found of each kind. */
typedef struct {
  size_t rank; /**< index in `names`, N_NAMES when nothing */
  DgStr value;
  uint32_t node;
} Found;

enum { N_SAYS = SAYS_WALLED + 1 };

static size_t
rank_of(DgStr name)
{
  for (size_t i = 0; i < N_NAMES; ++i) {
    if (strlen(names[i].name) == name.len &&
        !strncasecmp(names[i].name, name.ptr, name.len)) {
      return i;
    }
  }
  return N_NAMES;
}

static bool
is_usable(Says says, DgStr value)
{
  DgDate date;
  switch (says) {
  case SAYS_PUBLISHED:
  case SAYS_UPDATED:
    return dg_dateline_find(value, DG_LANG_EN, &date);
  case SAYS_AUTHOR:
    return value.len < 120 && !dg_str_starts(value, DG_STR("http")) &&
           !memchr(value.ptr, '@', value.len);
  default:
    return true;
  }
}

static void
read_named(const DgHtmlTree *tree, uint32_t node, DgHtmlAttribute by,
           DgStr value, Found found[N_SAYS])
{
  const DgStr name = dg_html_attr(tree, node, by);
  const size_t rank = name.len ? rank_of(name) : N_NAMES;
  value = dg_str_trim(value);
  if (rank == N_NAMES || value.len == 0) {
    return;
  }
  Found *const place = &found[names[rank].says];
  if (rank < place->rank && is_usable(names[rank].says, value)) {
    *place = (Found){ rank, value, node };
  }
}

static DgStr
text_in(const DgHtmlTree *tree, uint32_t node)
{
  for (uint32_t i = node + 1; i < tree->nodes.items[node].end; ++i) {
    const DgStr text = tree->nodes.items[i].text;
    if (tree->nodes.items[i].tag == DG_HTML_TEXT && dg_str_trim(text).len) {
      return dg_str_trim(text);
    }
  }
  return DG_STR_NONE;
}

/** All text of a script, which the parser may give in pieces. */
static DgStr
script_of(const DgHtmlTree *tree, uint32_t node, DgArena *arena)
{
  size_t size = 1;
  const uint32_t end = tree->nodes.items[node].end;
  for (uint32_t i = node + 1; i < end; ++i) {
    size += tree->nodes.items[i].text.len;
  }
  char *const out = dg_arena_alloc(arena, size);
  size_t len = 0;
  for (uint32_t i = node + 1; out && i < end; ++i) {
    const DgStr text = tree->nodes.items[i].text;
    if (text.len) {
      memcpy(out + len, text.ptr, text.len);
    }
    len += text.len;
  }
  return dg_str_n(out, out ? len : 0);
}

static DgStatus
read_script(const DgHtmlTree *tree, uint32_t node, DgArena *arena,
            DgHtmlMeta *meta)
{
  const DgStr type = dg_html_attr(tree, node, DG_HTML_ATTR_type);
  if (dg_str_find(type, DG_STR("ld+json"), 0) == SIZE_MAX) {
    return DG_OK;
  }
  const DgStr json = script_of(tree, node, arena);
  DG_TRY_PTR(json.ptr);
  return dg_html_read_json_ld(json, arena, meta);
}

/** Microdata: the date in `content` or `datetime`, else the text. */
static void
read_microdata(const DgHtmlTree *tree, uint32_t node, Found found[N_SAYS])
{
  DgStr value = dg_html_attr(tree, node, DG_HTML_ATTR_content);
  value = value.ptr ? value : dg_html_attr(tree, node, DG_HTML_ATTR_datetime);
  value = value.ptr ? value : text_in(tree, node);
  read_named(tree, node, DG_HTML_ATTR_itemprop, value, found);
}

static void
read_link(const DgHtmlTree *tree, uint32_t node, DgHtmlMeta *meta)
{
  const DgStr href = dg_html_attr(tree, node, DG_HTML_ATTR_href);
  if (!meta->url.ptr && dg_str_starts(href, DG_STR("http")) &&
      dg_str_equal(dg_html_attr(tree, node, DG_HTML_ATTR_rel),
                   DG_STR("canonical"))) {
    meta->url = href;
  }
}

static DgStatus
read_element(const DgHtmlTree *tree, uint32_t i, DgArena *arena,
             DgHtmlMeta *meta, Found found[N_SAYS])
{
  const DgHtmlNode *const node = &tree->nodes.items[i];
  switch (node->tag) {
  case DG_HTML_meta: {
    const DgStr content = dg_html_attr(tree, i, DG_HTML_ATTR_content);
    read_named(tree, i, DG_HTML_ATTR_property, content, found);
    read_named(tree, i, DG_HTML_ATTR_name, content, found);
    read_named(tree, i, DG_HTML_ATTR_itemprop, content, found);
    read_named(tree, i, DG_HTML_ATTR_http_equiv, content, found);
    return DG_OK;
  }
  case DG_HTML_link:
    read_link(tree, i, meta);
    return DG_OK;
  case DG_HTML_script:
    return read_script(tree, i, arena, meta);
  case DG_HTML_html:
    meta->lang = dg_html_attr(tree, i, DG_HTML_ATTR_lang);
    return DG_OK;
  case DG_HTML_title:
    if (!meta->title_node) {
      meta->title_node = i;
    }
    return DG_OK;
  default:
    if (node->n_attrs) {
      read_microdata(tree, i, found);
    }
    return DG_OK;
  }
}

/** "A headline | The Paper" less what names the paper. */
static DgStr
without_site(DgStr title)
{
  static const char *const marks[] = { " | ", " - ", " – ", " — ", NULL };
  for (size_t i = 0; marks[i]; ++i) {
    const DgStr mark = dg_str(marks[i]);
    size_t at = dg_str_find(title, mark, 0);
    size_t last = SIZE_MAX;
    while (at != SIZE_MAX) {
      last = at;
      at = dg_str_find(title, mark, at + mark.len);
    }
    if (last != SIZE_MAX && last > 20) {
      return dg_str_sub(title, 0, last);
    }
  }
  return title;
}

static void
take_dates(const Found found[N_SAYS], DgHtmlMeta *meta)
{
  if (meta->published.precision == DG_DATE_NONE &&
      dg_dateline_find(found[SAYS_PUBLISHED].value, DG_LANG_EN,
                       &meta->published)) {
    meta->stamp = found[SAYS_PUBLISHED].value;
  }
  if (meta->updated.precision == DG_DATE_NONE) {
    (void)dg_dateline_find(found[SAYS_UPDATED].value, DG_LANG_EN,
                           &meta->updated);
  }
}

static void
take(const DgHtmlTree *tree, const Found found[N_SAYS], DgHtmlMeta *meta)
{
  take_dates(found, meta);
  if (meta->title.ptr) {
    meta->title_node = 0;
  } else if (found[SAYS_TITLE].value.ptr) {
    meta->title = found[SAYS_TITLE].value;
    meta->title_node = found[SAYS_TITLE].node;
  } else if (meta->title_node) {
    meta->title = without_site(text_in(tree, meta->title_node));
  }
  if (meta->n_authors == 0 && found[SAYS_AUTHOR].value.ptr) {
    meta->authors[meta->n_authors++] = found[SAYS_AUTHOR].value;
  }
  if (!meta->publisher.ptr) {
    meta->publisher = found[SAYS_PUBLISHER].value;
  }
  if (!meta->url.ptr && dg_str_starts(found[SAYS_URL].value, DG_STR("http"))) {
    meta->url = found[SAYS_URL].value;
  }
  if (!meta->lang.ptr) {
    meta->lang = found[SAYS_LANG].value;
  }
  meta->walled =
      meta->walled || dg_str_equal(found[SAYS_WALLED].value, DG_STR("locked"));
}

DgStatus
dg_html_read_meta(const DgHtmlTree *tree, DgArena *arena, DgHtmlMeta *meta)
{
  *meta = (DgHtmlMeta){ 0 };
  Found found[N_SAYS];
  for (size_t i = 0; i < N_SAYS; ++i) {
    found[i] = (Found){ N_NAMES, DG_STR_NONE, 0 };
  }
  for (uint32_t i = 0; i < tree->nodes.n; ++i) {
    if (tree->nodes.items[i].tag > DG_HTML_other) {
      DG_TRY(read_element(tree, i, arena, meta, found));
    }
  }
  take(tree, found, meta);
  return DG_OK;
}
