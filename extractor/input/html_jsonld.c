/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/html_meta.h"

#include "base/utf8.h"
#include "input/dateline.h"
#include "input/json_text.h"

#include <jansson.h>

enum { DEPTH_MAX = 8 };

typedef struct {
  DgHtmlMeta *meta;
  DgArena *arena;
} Reader;

static bool
is_article_type(const char *type)
{
  static const char *const ends[] = { "Article", "Posting", "Report", "Review",
                                      NULL };
  for (size_t i = 0; ends[i]; ++i) {
    if (dg_str_ends(dg_str(type), dg_str(ends[i]))) {
      return true;
    }
  }
  return false;
}

static bool
is_article(const json_t *object)
{
  const json_t *const type = json_object_get(object, "@type");
  if (json_is_string(type)) {
    return is_article_type(json_string_value(type));
  }
  for (size_t i = 0; i < json_array_size(type); ++i) {
    const char *const one = json_string_value(json_array_get(type, i));
    if (one && is_article_type(one)) {
      return true;
    }
  }
  return false;
}

/** A clean copy of a string member, or absent. */
static DgStr
member(const Reader *reader, const json_t *object, const char *name)
{
  return dg_json_clean(reader->arena, json_object_get(object, name));
}

static void
read_date(const Reader *reader, const json_t *object, const char *name,
          DgDate *date)
{
  const DgStr text = member(reader, object, name);
  if (date->precision == DG_DATE_NONE && text.ptr &&
      dg_dateline_find(text, DG_LANG_EN, date) &&
      date == &reader->meta->published) {
    reader->meta->stamp = text;
  }
}

/** The name of a person or body: a string, or an object with a name. */
static DgStr
name_of(const Reader *reader, const json_t *value)
{
  return json_is_object(value) ? member(reader, value, "name")
                               : dg_json_clean(reader->arena, value);
}

static void
read_authors(const Reader *reader, const json_t *value)
{
  DgHtmlMeta *const meta = reader->meta;
  const size_t n = json_is_array(value) ? json_array_size(value) : 1;
  for (size_t i = 0; i < n; ++i) {
    const DgStr name = name_of(
        reader, json_is_array(value) ? json_array_get(value, i) : value);
    if (name.len && name.len < 120 &&
        meta->n_authors < sizeof meta->authors / sizeof *meta->authors &&
        !dg_str_starts(name, DG_STR("http"))) {
      meta->authors[meta->n_authors++] = name;
    }
  }
}

static void
keep(DgStr *place, DgStr value)
{
  if (!place->ptr && value.len) {
    *place = value;
  }
}

static void
read_article(const Reader *reader, const json_t *object)
{
  DgHtmlMeta *const meta = reader->meta;
  keep(&meta->title, member(reader, object, "headline"));
  keep(&meta->body, member(reader, object, "articleBody"));
  keep(&meta->lang, member(reader, object, "inLanguage"));
  keep(&meta->publisher, name_of(reader, json_object_get(object, "publisher")));
  read_date(reader, object, "datePublished", &meta->published);
  read_date(reader, object, "dateCreated", &meta->published);
  read_date(reader, object, "dateModified", &meta->updated);
  if (meta->n_authors == 0) {
    read_authors(reader, json_object_get(object, "author"));
  }
  const json_t *const access = json_object_get(object, "isAccessibleForFree");
  const char *const text = json_string_value(access);
  meta->walled = meta->walled || json_is_false(access) ||
                 (text && (!strcmp(text, "False") || !strcmp(text, "false")));
}

/** Look for articles in a value and, not too deep, in what it holds. */
static void
walk(const Reader *reader, const json_t *value, unsigned depth)
{
  if (depth > DEPTH_MAX) {
    return;
  }
  for (size_t i = 0; i < json_array_size(value); ++i) {
    walk(reader, json_array_get(value, i), depth + 1);
  }
  if (!json_is_object(value)) {
    return;
  }
  if (is_article(value)) {
    read_article(reader, value);
    return;
  }
  static const char *const inner[] = { "@graph", "mainEntity",
                                       "mainEntityOfPage", "hasPart", NULL };
  for (size_t i = 0; inner[i]; ++i) {
    walk(reader, json_object_get(value, inner[i]), depth + 1);
  }
  if (json_object_get(value, "datePublished")) {
    read_date(reader, value, "datePublished", &reader->meta->published);
    read_date(reader, value, "dateModified", &reader->meta->updated);
  }
}

/** A member's value by its wording, in JSON that does not parse. */
static void
scan_date(DgStr json, DgStr name, DgDate *date)
{
  const size_t at = dg_str_find(json, name, 0);
  if (date->precision == DG_DATE_NONE && at != SIZE_MAX) {
    (void)dg_dateline_find(dg_str_sub(json, at + name.len, at + name.len + 40),
                           DG_LANG_EN, date);
  }
}

DgStatus
dg_html_read_json_ld(DgStr json, DgArena *arena, DgHtmlMeta *meta)
{
  json_error_t error;
  json_t *const value = dg_json_parse(json, arena, &error);
  const Reader reader = { meta, arena };
  if (value) {
    walk(&reader, value, 0);
    json_decref(value);
  } else {
    scan_date(json, DG_STR("\"datePublished\""), &meta->published);
    scan_date(json, DG_STR("\"dateModified\""), &meta->updated);
  }
  return DG_OK;
}
