/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/record.h"

#include "input/article.h"
#include "input/html.h"

#include <strings.h>

static const char *const field_keys[DG_FIELD_COUNT] = {
#define FIELD_KEYS(name, keys) keys,
  DG_FIELDS(FIELD_KEYS)
#undef FIELD_KEYS
};

static const char *const field_names[DG_FIELD_COUNT] = {
#define FIELD_NAME(name, keys) #name,
  DG_FIELDS(FIELD_NAME)
#undef FIELD_NAME
};

static bool
same_name(DgStr a, DgStr b)
{
  return a.len == b.len && !strncasecmp(a.ptr, b.ptr, a.len);
}

/** Place of `name` among keys parted by blanks. @return false if absent. */
static bool
find_key(DgStr keys, DgStr name, unsigned *rank)
{
  DgStr key;
  for (*rank = 0; dg_str_cut(&keys, ' ', &key);) {
    if (key.len && same_name(key, name)) {
      return true;
    }
    *rank += key.len > 0;
  }
  return false;
}

/** "text = corps, contenu" lines of the user's mapping. */
static bool
find_mapped(DgStr mapping, DgStr name, DgField *field, unsigned *rank)
{
  DgStr line;
  while (dg_str_cut(&mapping, '\n', &line)) {
    const size_t mark = dg_str_find(line, DG_STR("="), 0);
    if (mark == SIZE_MAX || dg_str_starts(line, DG_STR("#"))) {
      continue;
    }
    const DgStr left = dg_str_trim(dg_str_sub(line, 0, mark));
    DgStr right = dg_str_sub(line, mark + 1, line.len);
    DgStr key;
    for (*rank = 0; dg_str_cut(&right, ',', &key); ++*rank) {
      if (!same_name(dg_str_trim(key), name)) {
        continue;
      }
      for (size_t i = 0; i < DG_FIELD_COUNT; ++i) {
        if (same_name(left, dg_str(field_names[i]))) {
          *field = (DgField)i;
          return true;
        }
      }
    }
  }
  return false;
}

static bool
is_field(DgStr name)
{
  for (size_t i = 0; i < DG_FIELD_COUNT; ++i) {
    if (same_name(name, dg_str(field_names[i]))) {
      return true;
    }
  }
  return false;
}

DgStatus
dg_mapping_check(DgStr mapping, DgDiag *diag)
{
  DgStr line;
  for (size_t number = 1; dg_str_cut(&mapping, '\n', &line); ++number) {
    line = dg_str_trim(line);
    if (line.len == 0 || line.ptr[0] == '#') {
      continue;
    }
    const size_t mark = dg_str_find(line, DG_STR("="), 0);
    const DgStr field = dg_str_trim(dg_str_sub(line, 0, mark));
    const DgStr names = dg_str_trim(
        dg_str_sub(line, mark == SIZE_MAX ? line.len : mark + 1, line.len));
    if (names.len == 0 || !is_field(field)) {
      (void)dg_diag_set(
          diag, DG_BAD_INPUT,
          is_field(field)
              ? "line %zu: \"%.*s\" needs names after a '='"
              : "line %zu: no field \"%.*s\": id, url, title, subtitle, "
                "author, published, updated, publisher, language, text, html "
                "or summary",
          number, (int)field.len, field.ptr);
      return DG_BAD_INPUT;
    }
  }
  return DG_OK;
}

bool
dg_field_of(const DgReadOptions *options, DgStr name, DgField *field,
            unsigned *rank)
{
  if (options->mapping &&
      find_mapped(dg_str(options->mapping), name, field, rank)) {
    return true;
  }
  for (size_t i = 0; i < DG_FIELD_COUNT; ++i) {
    if (find_key(dg_str(field_keys[i]), name, rank)) {
      *field = (DgField)i;
      *rank += 1000; /* the user's names go first */
      return true;
    }
  }
  return false;
}

void
dg_record_keep(DgRecord *record, unsigned ranks[DG_FIELD_COUNT], DgField field,
               unsigned rank, DgStr value)
{
  value = dg_str_trim(value);
  if (value.len && (!record->values[field].ptr || rank < ranks[field])) {
    record->values[field] = value;
    ranks[field] = rank;
  }
}

bool
dg_record_is_article(const DgRecord *record)
{
  const DgStr *const values = record->values;
  return values[DG_FIELD_text].ptr || values[DG_FIELD_html].ptr ||
         values[DG_FIELD_title].ptr;
}

/** One line of `value`, its line ends made blanks. */
static void
add_line(DgBuf *out, DgStr value)
{
  for (size_t i = 0; i < value.len; ++i) {
    const char c = value.ptr[i];
    dg_buf_add_char(out, c == '\n' || c == '\r' ? ' ' : c);
  }
}

static void
add_escaped(DgBuf *out, DgStr value)
{
  for (size_t i = 0; i < value.len; ++i) {
    const char c = value.ptr[i];
    dg_buf_add(out, c == '<'   ? DG_STR("&lt;")
                    : c == '&' ? DG_STR("&amp;")
                               : dg_str_n(&value.ptr[i], 1));
  }
}

/** True when the text begins with the title, so that it need not be added. */
static bool
repeats_title(DgStr text, DgStr title)
{
  const size_t end = dg_str_find(text, DG_STR("\n"), 0);
  return title.len &&
         dg_str_equal(dg_str_trim(dg_str_sub(text, 0, end)), title);
}

/** Title, subtitle and text as one plain text. */
static void
compose_plain(const DgRecord *record, DgBuf *out, DgPlainHead *head)
{
  const DgStr title = record->values[DG_FIELD_title];
  const DgStr subtitle = record->values[DG_FIELD_subtitle];
  DgStr text = record->values[DG_FIELD_text];
  text = text.ptr ? text : record->values[DG_FIELD_summary];
  head->title = title.len > 0;
  if (title.len && !repeats_title(text, title)) {
    add_line(out, title);
    dg_buf_add(out, DG_STR("\n\n"));
    head->subtitle = subtitle.len > 0;
    if (subtitle.len) {
      add_line(out, subtitle);
      dg_buf_add(out, DG_STR("\n\n"));
    }
  }
  dg_buf_add(out, text);
}

static void
compose_html(const DgRecord *record, DgBuf *out)
{
  const DgStr title = record->values[DG_FIELD_title];
  if (title.len) {
    dg_buf_add(out, DG_STR("<h1>"));
    add_escaped(out, title);
    dg_buf_add(out, DG_STR("</h1>\n"));
  }
  dg_buf_add(out, record->values[DG_FIELD_html]);
}

/** Text that is markup all the same, as feeds and crawls often have it. */
static bool
is_markup(DgStr text)
{
  return dg_str_find(text, DG_STR("</p>"), 0) != SIZE_MAX ||
         dg_str_find(text, DG_STR("<br"), 0) != SIZE_MAX ||
         (text.len && text.ptr[0] == '<' &&
          dg_str_find(text, DG_STR("</"), 0) != SIZE_MAX);
}

static DgStatus
take_metadata(DgInput *input, const DgRecord *record, size_t number,
              DgDocument *document)
{
  const DgStr *const values = record->values;
  document->id = values[DG_FIELD_id];
  document->url = values[DG_FIELD_url];
  document->publisher = values[DG_FIELD_publisher];
  if (!document->id.ptr) {
    document->id = dg_str(dg_arena_printf(
        input->arena, "%.*s#%zu", (int)input->id.len, input->id.ptr, number));
    DG_TRY_PTR(document->id.ptr);
  }
  if (dg_dateline_find(values[DG_FIELD_published], DG_LANG_EN,
                       &document->published) ||
      dg_dateline_from_stamp(values[DG_FIELD_published],
                             &document->published)) {
    document->published_how = DG_PUBLISHED_METADATA;
  }
  (void)dg_dateline_find(values[DG_FIELD_updated], DG_LANG_EN,
                         &document->updated);
  DgStr rest = values[DG_FIELD_author];
  DgStr name;
  while (dg_str_cut(&rest, ';', &name)) {
    DG_TRY(dg_article_add_author(document, name, input->arena));
  }
  return DG_OK;
}

static DgStatus
read_body(DgInput *input, DgRecord *record, DgDocument *document, DgDiag *diag)
{
  DgStr *const values = record->values;
  if (!values[DG_FIELD_html].ptr && is_markup(values[DG_FIELD_text])) {
    values[DG_FIELD_html] = values[DG_FIELD_text];
    values[DG_FIELD_text] = DG_STR_NONE;
  }
  const bool plain = values[DG_FIELD_text].ptr || !values[DG_FIELD_html].ptr;
  DgBuf source = DG_BUF_INIT;
  DgPlainHead head = { false, false };
  if (plain) {
    compose_plain(record, &source, &head);
  } else {
    compose_html(record, &source);
  }
  DgStatus status = dg_buf_status(&source);
  const DgStr bytes = dg_arena_copy(input->arena, dg_buf_str(&source));
  dg_buf_clear(&source);
  DG_TRY(status);
  DG_TRY_PTR(bytes.ptr);
  DgDecoded decoded;
  DG_TRY(dg_decode(bytes, DG_STR_NONE, input->arena, &decoded, diag));
  document->encoding = decoded.encoding;
  if (decoded.notice.ptr) {
    document->flags |= DG_FLAG_REPAIRED;
    DG_TRY(dg_input_notice(input, document, decoded.notice));
  }
  return plain ? dg_article_from_plain(&decoded, head, input->arena, document)
               : dg_article_from_html(&decoded, input->arena, document);
}

/** All that the record says is its source. */
static bool
is_known(DgInput *input, const DgRecord *record)
{
  uint64_t hash = 0;
  for (size_t i = 0; i < DG_FIELD_COUNT; ++i) {
    hash = hash * 31 + dg_str_hash(record->values[i]);
  }
  return dg_input_known(input, dg_str_n((const char *)&hash, sizeof hash));
}

DgStatus
dg_record_emit(DgInput *input, const DgRecord *record, size_t number,
               DgDiag *diag)
{
  if (!dg_record_is_article(record)) {
    return dg_diag_set(diag, DG_BAD_INPUT,
                       "record %zu has no field that holds a text or title; "
                       "name yours in a mapping file",
                       number);
  }
  if (is_known(input, record)) {
    return DG_OK;
  }
  DgDocument document = { 0 };
  DgRecord copy = *record;
  DG_TRY(take_metadata(input, record, number, &document));
  DG_TRY(read_body(input, &copy, &document, diag));
  const DgStr language = record->values[DG_FIELD_language];
  if (document.lang == DG_LANG_NONE && language.len >= 2) {
    document.lang = dg_lang_from_tag(language);
  }
  if (document.text.len == 0) {
    return dg_diag_set(diag, DG_BAD_INPUT, "record %zu has no text", number);
  }
  return dg_input_emit(input, &document);
}
