/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/json_text.h"
#include "input/record.h"

/*
 * JSON of any framing: one object, an array of objects, an object that wraps
 * such an array ("articles", "items"), objects a line each, objects one after
 * the other. The stream is cut into values without parsing, so memory is
 * bounded by one record.
 */

enum { MAPPED_DEPTH = 4 };

/** Where a scan through JSON has got to. */
typedef struct {
  size_t at;
  unsigned depth;
  bool in_string;
  bool escaped;
} Scan;

/** Go on through `bytes`. @return true at the end of the value. */
static bool
scan_value(Scan *scan, DgStr bytes)
{
  for (; scan->at < bytes.len; ++scan->at) {
    const char c = bytes.ptr[scan->at];
    if (scan->in_string) {
      scan->in_string = scan->escaped || c != '"';
      scan->escaped = !scan->escaped && c == '\\';
    } else if (c == '"') {
      scan->in_string = true;
    } else if (c == '{' || c == '[') {
      ++scan->depth;
    } else if ((c == '}' || c == ']') && --scan->depth == 0) {
      ++scan->at;
      return true;
    }
  }
  return false;
}

/** Take blanks, commas and brackets up to the next object. */
static DgStatus
next_object(DgStream *stream, DgStr *window, DgDiag *diag)
{
  for (;;) {
    DG_TRY(dg_stream_peek(stream, 1, window, diag));
    size_t n = 0;
    while (n < window->len && window->ptr[n] != '{') {
      ++n;
    }
    dg_stream_take(stream, n);
    if (n < window->len) {
      *window = dg_str_sub(*window, n, window->len);
      return DG_OK;
    }
    if (window->len == 0) {
      return DG_NO_MATCH;
    }
  }
}

/**
 * The next whole object, still to be taken.
 * @return DG_NO_MATCH at the end; DG_LIMIT for one that is too long, which is
 *         then skipped; DG_BAD_INPUT for one that does not end.
 */
static DgStatus
cut_object(DgStream *stream, size_t limit, DgStr *object, DgDiag *diag)
{
  DgStr window;
  DG_TRY(next_object(stream, &window, diag));
  Scan scan = { 0 };
  bool too_long = false;
  while (!scan_value(&scan, window)) {
    if (stream->ended) {
      dg_stream_take(stream, window.len);
      return dg_diag_set(diag, DG_BAD_INPUT, "the JSON ends inside a value");
    }
    if (window.len > limit) {
      too_long = true;
      dg_stream_take(stream, window.len);
      scan.at = 0;
    }
    DG_TRY(dg_stream_peek(stream, scan.at + 1, &window, diag));
  }
  *object = dg_str_sub(window, 0, scan.at);
  if (too_long || scan.at > limit) {
    dg_stream_take(stream, scan.at);
    return dg_diag_set(diag, DG_LIMIT,
                       "a record longer than the limit of %zu bytes", limit);
  }
  return DG_OK;
}

/** A value as text: a string, a number, names of a list joined by "; ". */
static DgStr
text_of(DgInput *input, const json_t *value)
{
  if (json_is_object(value)) {
    const json_t *const name = json_object_get(value, "name");
    return dg_json_clean(input->arena,
                         name ? name : json_object_get(value, "title"));
  }
  if (json_is_integer(value)) {
    return dg_str(dg_arena_printf(input->arena, "%lld",
                                  (long long)json_integer_value(value)));
  }
  if (!json_is_array(value)) {
    return dg_json_clean(input->arena, value);
  }
  DgStr all = DG_STR_NONE;
  for (size_t i = 0; i < json_array_size(value) && i < 32; ++i) {
    const json_t *const item = json_array_get(value, i);
    const DgStr one = json_is_array(item) ? DG_STR_NONE : text_of(input, item);
    if (one.len) {
      all = dg_str(dg_arena_printf(input->arena, "%.*s%s%.*s", (int)all.len,
                                   all.ptr ? all.ptr : "", all.len ? "; " : "",
                                   (int)one.len, one.ptr));
    }
  }
  return all;
}

typedef struct {
  DgInput *input;
  DgRecord *record;
  unsigned ranks[DG_FIELD_COUNT];
} Filling;

/** @param path  Of the object: "" or "content."; a mapping names such members
 *               as "content.body". */
static void
fill_members(Filling *filling, json_t *object, DgStr path, unsigned depth)
{
  DgInput *const input = filling->input;
  const char *name;
  json_t *value;
  json_object_foreach(object, name, value)
  {
    const char *const full =
        dg_arena_printf(input->arena, "%.*s%s", (int)path.len, path.ptr, name);
    DgField field;
    unsigned rank;
    if (full && dg_field_of(input->options, dg_str(full), &field, &rank)) {
      dg_record_keep(filling->record, filling->ranks, field, rank,
                     text_of(input, value));
    } else if (full && json_is_object(value) && input->options->mapping &&
               depth < MAPPED_DEPTH) {
      const char *const below = dg_arena_printf(input->arena, "%s.", full);
      fill_members(filling, value, below ? dg_str(below) : DG_STR(""),
                   depth + 1);
    }
  }
}

static void
fill_record(DgInput *input, json_t *object, DgRecord *record)
{
  Filling filling = { .input = input, .record = record };
  fill_members(&filling, object, DG_STR(""), 1);
}

/** The list of articles that a reply of some service wraps, or null. */
static json_t *
wrapped_list(const json_t *object)
{
  static const char *const names[] = { "articles",  "items",   "results",
                                       "documents", "docs",    "data",
                                       "entries",   "records", NULL };
  for (size_t i = 0; names[i]; ++i) {
    json_t *const list = json_object_get(object, names[i]);
    if (json_is_array(list) && json_is_object(json_array_get(list, 0))) {
      return list;
    }
  }
  const json_t *const response = json_object_get(object, "response");
  return json_is_object(response) ? json_object_get(response, "docs") : NULL;
}

static DgStatus
emit_object(DgInput *input, json_t *object, size_t *number)
{
  DgDiag diag = DG_DIAG_INIT;
  DgRecord record = { 0 };
  ++*number;
  fill_record(input, object, &record);
  DgStatus status = dg_record_emit(input, &record, *number, &diag);
  if (status != DG_OK) {
    status = dg_input_failed(input, status, &diag);
  }
  dg_diag_clear(&diag);
  return status;
}

static bool
has_text(const json_t *object)
{
  static const char *const names[] = { "text", "maintext",    "content",
                                       "body", "articleBody", NULL };
  for (size_t i = 0; names[i]; ++i) {
    if (json_is_string(json_object_get(object, names[i]))) {
      return true;
    }
  }
  return false;
}

static DgStatus
read_object(DgInput *input, json_t *object, size_t *number)
{
  json_t *const list = has_text(object) ? NULL : wrapped_list(object);
  if (!list) {
    return emit_object(input, object, number);
  }
  for (size_t i = 0; i < json_array_size(list); ++i) {
    json_t *const item = json_array_get(list, i);
    if (json_is_object(item)) {
      DG_TRY(emit_object(input, item, number));
    }
  }
  return DG_OK;
}

/** Parse one object's bytes and read what is in it. */
static DgStatus
read_bytes(DgInput *input, DgStr bytes, size_t *number, DgDiag *diag)
{
  json_error_t error;
  json_t *const object = dg_json_parse(bytes, input->arena, &error);
  if (!object) {
    ++*number;
    return dg_input_failed(input,
                           dg_diag_set(diag, DG_BAD_INPUT,
                                       "record %zu is not JSON: %s, line %d",
                                       *number, error.text, error.line),
                           diag);
  }
  const DgStatus status = read_object(input, object, number);
  json_decref(object);
  return status;
}

static DgStatus
read_json(DgInput *input, DgStream *stream, DgDiag *diag)
{
  const size_t limit = input->options->limits.article_bytes;
  const size_t before = input->articles;
  size_t number = 0;
  for (;;) {
    DgStr bytes;
    DgStatus status = cut_object(stream, limit, &bytes, diag);
    if (status == DG_NO_MATCH) {
      return dg_input_outcome(input, before, "JSON", diag);
    }
    if (status == DG_OK) {
      const size_t n = bytes.len;
      status = read_bytes(input, bytes, &number, diag);
      dg_stream_take(stream, n);
    } else {
      ++number;
      status = dg_input_failed(input, status, diag);
    }
    DG_TRY(status);
  }
}

static int
sniff_json(DgStr head, DgStr name)
{
  DgStr start = head;
  if (dg_str_starts(start, DG_STR("\xEF\xBB\xBF"))) {
    start = dg_str_sub(start, 3, start.len);
  }
  start = dg_str_trim(start);
  if (start.len == 0 || (start.ptr[0] != '{' && start.ptr[0] != '[')) {
    return 0;
  }
  const DgStr rest = dg_str_trim(dg_str_sub(start, 1, start.len));
  const bool opens = rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '{' ||
                                  rest.ptr[0] == '}' || rest.ptr[0] == ']');
  const bool named = dg_str_find(name, DG_STR(".json"), 0) != SIZE_MAX ||
                     dg_str_ends(name, DG_STR(".ndjson"));
  return opens ? 75 : named ? 40 : 0;
}

const DgFormat dg_format_json = {
  .name = "json",
  .summary = "JSON, an object a line (NDJSON) or an array: text, title, date",
  .sniff = sniff_json,
  .read = read_json,
};
