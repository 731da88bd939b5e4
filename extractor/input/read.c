/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/reader.h"

#include "input/decode.h"
#include "input/language.h"

#include <stdlib.h>

enum { HEAD = 16 * 1024, DEPTH_MAX = 3 };

static const DgFormat *const formats[] = {
#define DG_FORMAT_ENTRY(name) &dg_format_##name,
  DG_INPUT_FORMATS(DG_FORMAT_ENTRY)
#undef DG_FORMAT_ENTRY
};

enum { N_FORMATS = sizeof formats / sizeof *formats };

static void
forget(DgInput *input)
{
  dg_arena_reset(input->arena);
}

DgStatus
dg_input_notice(DgInput *input, DgDocument *document, DgStr notice)
{
  const DgStr old = document->notice;
  if (!old.ptr) {
    document->notice = notice;
    return DG_OK;
  }
  const char *const both =
      dg_arena_printf(input->arena, "%.*s; %.*s", (int)old.len, old.ptr,
                      (int)notice.len, notice.ptr);
  DG_TRY_PTR(both);
  document->notice = dg_str(both);
  return DG_OK;
}

DgStatus
dg_input_emit(DgInput *input, DgDocument *document)
{
  const DgReadOptions *const options = input->options;
  document->origin = input->origin;
  document->format = input->format;
  document->source = input->source;
  if (input->was_cut) {
    input->was_cut = false;
    document->flags |= DG_FLAG_CUT | DG_FLAG_TRUNCATED;
    DG_TRY(dg_input_notice(input, document,
                           DG_STR("longer than the limit: cut at a "
                                  "paragraph")));
  }
  if (!document->id.ptr) {
    document->id = input->id;
  }
  if (!document->url.ptr) {
    document->url = input->url;
  }
  if (options->lang != DG_LANG_NONE) {
    document->lang = options->lang;
  }
  if (document->lang == DG_LANG_NONE) {
    document->lang = dg_language_of_few(document->text);
  }
  /* A headline has too few words to tell: it is in the article's language. */
  for (size_t i = 0; i < document->n_blocks; ++i) {
    if (document->blocks[i].lang == DG_LANG_NONE) {
      document->blocks[i].lang = document->lang;
    }
  }
  if (document->published.precision == DG_DATE_NONE) {
    document->published = options->published;
    document->published_how = options->published.precision == DG_DATE_NONE
                                  ? DG_PUBLISHED_UNKNOWN
                                  : DG_PUBLISHED_OPTION;
  }
  if (document->published.precision == DG_DATE_NONE) {
    DG_TRY(dg_input_notice(input, document,
                           DG_STR("no publication date found: relative dates "
                                  "stay open")));
  }
  ++input->articles;
  input->stopped = input->sink(input->user, document);
  forget(input);
  return input->stopped;
}

DgStatus
dg_input_failed(DgInput *input, DgStatus status, DgDiag *diag)
{
  if (input->stopped != DG_OK || status == DG_NO_MEMORY) {
    return status;
  }
  if (!diag->message) {
    (void)dg_diag_set(diag, status, "%s", dg_status_text(status));
  }
  if (!diag->source && input->origin.ptr) {
    const char *const source = dg_arena_printf(
        input->arena, "%.*s", (int)input->origin.len, input->origin.ptr);
    dg_diag_source(diag, source);
  }
  diag->status = status;
  if (input->error) {
    input->error(input->user, diag);
  }
  if (input->failures++ == 0) {
    input->first = *diag;
    *diag = DG_DIAG_INIT;
  }
  dg_diag_clear(diag);
  forget(input);
  return DG_OK;
}

DgStatus
dg_input_outcome(const DgInput *input, size_t before, const char *what,
                 DgDiag *diag)
{
  if (input->articles > before || input->stopped != DG_OK) {
    return input->stopped;
  }
  if (input->failures == 0) {
    return dg_diag_set(diag, DG_BAD_INPUT, "no article in this %s", what);
  }
  return dg_diag_set(diag, input->first.status,
                     "no article of this %s could be read; the first failed: "
                     "%s",
                     what, input->first.message);
}

static DgStatus
too_long(size_t limit, DgDiag *diag)
{
  return dg_diag_set(diag, DG_LIMIT,
                     "an article longer than the limit of %zu bytes; raise the "
                     "limit or split it",
                     limit);
}

DgStatus
dg_input_whole(DgInput *input, DgStream *stream, DgStr *bytes, DgDiag *diag)
{
  const size_t limit = input->options->limits.article_bytes;
  DG_TRY(dg_stream_peek(stream, limit + 1, bytes, diag));
  if (bytes->len > limit) {
    return too_long(limit, diag);
  }
  return DG_OK;
}

bool
dg_input_known(DgInput *input, DgStr bytes)
{
  const DgReadOptions *const options = input->options;
  input->source = dg_str_hash(bytes) * 31 + dg_str_hash(input->origin);
  input->was_known =
      options->known && options->known(input->user, input->source);
  input->articles += input->was_known;
  return input->was_known;
}

/** Cut before the last paragraph that begins in `bytes`, or at a line. */
static DgStr
cut_paragraph(DgStr bytes)
{
  static const char *const marks[] = { "\n\n", "<p", "\n", " " };
  for (size_t m = 0; m < sizeof marks / sizeof *marks; ++m) {
    const DgStr mark = dg_str(marks[m]);
    for (size_t i = bytes.len; i > bytes.len / 2; --i) {
      if (dg_str_starts(dg_str_sub(bytes, i, bytes.len), mark)) {
        return dg_str_sub(bytes, 0, i);
      }
    }
  }
  return bytes;
}

/** Read what is left, so that whatever is around it can go on. */
static DgStatus
skip_rest(DgStream *stream, DgDiag *diag)
{
  size_t taken;
  do {
    DG_TRY(dg_stream_skip(stream, 1U << 20, &taken, diag));
  } while (taken);
  return DG_OK;
}

DgStatus
dg_input_article(DgInput *input, DgStream *stream, DgStr *bytes, DgDiag *diag)
{
  const size_t limit = input->options->limits.article_bytes;
  DG_TRY(dg_stream_peek(stream, limit + 1, bytes, diag));
  if (bytes->len > limit) {
    if (!input->options->cut) {
      return too_long(limit, diag);
    }
    *bytes = dg_arena_copy(input->arena,
                           cut_paragraph(dg_str_sub(*bytes, 0, limit)));
    DG_TRY_PTR(bytes->ptr);
    input->was_cut = true;
    DG_TRY(skip_rest(stream, diag));
  }
  return dg_input_known(input, *bytes) ? DG_NO_MATCH : DG_OK;
}

static const DgFormat *
format_named(const char *name)
{
  for (size_t i = 0; i < N_FORMATS; ++i) {
    if (!strcmp(formats[i]->name, name)) {
      return formats[i];
    }
  }
  return NULL;
}

static const DgFormat *
format_of(DgStr head, DgStr name)
{
  const DgFormat *best = NULL;
  int surest = 0;
  for (size_t i = 0; i < N_FORMATS; ++i) {
    const int sure = formats[i]->sniff(head, name);
    if (sure > surest) {
      surest = sure;
      best = formats[i];
    }
  }
  return best;
}

const char *
dg_input_format(size_t i, const char **summary)
{
  if (i >= N_FORMATS) {
    return NULL;
  }
  *summary = formats[i]->summary;
  return formats[i]->name;
}

static bool
is_blank(DgStr head)
{
  return dg_str_trim(head).len == 0;
}

static DgStatus
choose_format(const DgInput *input, DgStr head, const DgFormat **format,
              DgDiag *diag)
{
  const char *const forced = input->depth == 0 ? input->options->format : NULL;
  *format = forced ? format_named(forced) : format_of(head, input->origin);
  if (*format) {
    return DG_OK;
  }
  return forced ? dg_diag_set(diag, DG_USAGE, "there is no input format \"%s\"",
                              forced)
                : dg_diag_set(diag, DG_BAD_INPUT,
                              "not a text file, and no format that is known; "
                              "give plain text, HTML, JSON or an archive of "
                              "these");
}

/** UTF-16 by its mark, as spreadsheets and some databases write. */
static bool
is_utf16(DgStr head)
{
  return head.len > 2 &&
         (!memcmp(head.ptr, "\xFF\xFE", 2) || !memcmp(head.ptr, "\xFE\xFF", 2));
}

/** A format's reading, under its name; an article done before is no failure. */
static DgStatus
read_format(DgInput *input, DgStream *stream, const DgFormat *format,
            DgDiag *diag)
{
  const char *const outer = input->format;
  input->format = format->name;
  input->was_known = false;
  const DgStatus status = format->read(input, stream, diag);
  input->format = outer;
  input->was_cut = false;
  return status == DG_NO_MATCH && input->was_known ? DG_OK : status;
}

/**
 * Records in UTF-16 are decoded as a whole first, for their readers cut
 * bytes. Other formats decode their own, so that offsets stay those of the
 * file.
 */
static DgStatus
read_utf16(DgInput *input, DgStream *stream, const DgFormat *format,
           DgDiag *diag)
{
  DgStr bytes;
  DgDecoded decoded;
  DG_TRY(dg_input_whole(input, stream, &bytes, diag));
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  DgStatus status = dg_decode(bytes, DG_STR_NONE, arena, &decoded, diag);
  if (status == DG_OK) {
    DgStream text;
    dg_stream_init_bytes(&text, decoded.text);
    status = read_format(input, &text, format, diag);
    dg_stream_clear(&text);
  }
  dg_arena_free(arena);
  return status;
}

/** The format of records that a UTF-16 head holds, or null. */
static const DgFormat *
records_of_utf16(const DgInput *input, DgStr head)
{
  DgDecoded decoded;
  if (!is_utf16(head) || input->options->format ||
      dg_decode(dg_str_sub(head, 0, head.len & ~(size_t)1), DG_STR_NONE,
                input->arena, &decoded, NULL) != DG_OK) {
    return NULL;
  }
  const DgFormat *const format = format_of(decoded.text, input->origin);
  const bool records = format == &dg_format_json || format == &dg_format_csv ||
                       format == &dg_format_xml;
  return records ? format : NULL;
}

DgStatus
dg_input_read_stream(DgInput *input, DgStream *stream, DgDiag *diag)
{
  if (input->depth > DEPTH_MAX) {
    return dg_diag_set(diag, DG_LIMIT, "containers nested more than %d deep",
                       DEPTH_MAX);
  }
  DgStr head;
  DG_TRY(dg_stream_peek(stream, HEAD, &head, diag));
  if (is_blank(head) && head.len < HEAD) {
    return dg_diag_set(diag, DG_BAD_INPUT,
                       "the file is empty; give it an article's text");
  }
  head = dg_str_sub(head, 0, HEAD);
  const DgFormat *format = records_of_utf16(input, head);
  if (format) {
    return read_utf16(input, stream, format, diag);
  }
  DG_TRY(choose_format(input, head, &format, diag));
  return read_format(input, stream, format, diag);
}

/** The last part of a path, less its extension. */
static DgStr
id_of(DgStr name)
{
  for (size_t i = name.len; i > 0; --i) {
    if (name.ptr[i - 1] == '/') {
      name = dg_str_sub(name, i, name.len);
      break;
    }
  }
  for (size_t i = name.len; i > 1; --i) {
    if (name.ptr[i - 1] == '.') {
      return dg_str_sub(name, 0, i - 1);
    }
  }
  return name;
}

DgStatus
dg_input_named(DgInput *input, DgStr name, DgStream *stream, DgDiag *diag)
{
  const DgInput outer = *input;
  input->origin = name;
  input->id = id_of(name);
  input->url = DG_STR_NONE;
  input->declared = DG_STR_NONE;
  const DgStatus status = dg_input_read_stream(input, stream, diag);
  if (status != DG_OK && diag && !diag->source && input->stopped == DG_OK) {
    char *const source = strndup(name.ptr, name.len);
    dg_diag_source(diag, source);
    free(source);
  }
  input->origin = outer.origin;
  input->id = outer.id;
  input->url = outer.url;
  input->declared = outer.declared;
  return status;
}

DgStatus
dg_input_open(DgInput *input, const DgReadOptions *options, DgDocumentSink sink,
              DgInputErrorSink error, void *user)
{
  *input = (DgInput){ .options = options,
                      .sink = sink,
                      .error = error,
                      .user = user,
                      .first = DG_DIAG_INIT,
                      .arena = dg_arena_new() };
  return input->arena ? DG_OK : DG_NO_MEMORY;
}

void
dg_input_close(DgInput *input)
{
  dg_arena_free(input->arena);
  dg_diag_clear(&input->first);
}

DgStatus
dg_input_read(DgStr bytes, const char *name, const DgReadOptions *options,
              DgDocumentSink sink, DgInputErrorSink error, void *user,
              DgDiag *diag)
{
  DgInput input;
  DgStream stream;
  DgDiag own = DG_DIAG_INIT; /* readers need one, callers may not */
  DG_TRY(dg_input_open(&input, options, sink, error, user));
  dg_stream_init_bytes(&stream, bytes);
  const DgStatus status =
      dg_input_named(&input, dg_str(name), &stream, diag ? diag : &own);
  dg_diag_clear(&own);
  dg_input_close(&input);
  return status;
}
