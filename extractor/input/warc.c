/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/headers.h"
#include "input/reader.h"

#include <stdlib.h>

/*
 * Web archives: each response is a page. Source: ISO 28500:2017 (WARC 1.1),
 * sections 4 to 6; RFC 9112 for the HTTP message inside.
 */

enum { HEADER_MAX = 64 * 1024 };

typedef struct {
  DgInput *input;
  DgStream *stream;
  size_t number;
} Archive;

/** The block of header lines at the front of the stream, still to be taken. */
static DgStatus
peek_headers(Archive *archive, DgStr *headers, DgDiag *diag)
{
  DgStr window;
  for (size_t want = 4096;; want *= 2) {
    DG_TRY(dg_stream_peek(archive->stream, want, &window, diag));
    size_t end = dg_headers_end(window);
    if (end != SIZE_MAX) {
      *headers = dg_str_sub(window, 0, end);
      return DG_OK;
    }
    if (window.len < want || want >= HEADER_MAX) {
      return dg_diag_set(diag, DG_BAD_INPUT,
                         "WARC record %zu has no end of headers",
                         archive->number);
    }
  }
}

/** Take line ends between records. @return DG_NO_MATCH at the end. */
static DgStatus
skip_blanks(Archive *archive, DgDiag *diag)
{
  for (;;) {
    DgStr window;
    DG_TRY(dg_stream_peek(archive->stream, 1, &window, diag));
    if (window.len == 0) {
      return DG_NO_MATCH;
    }
    size_t n = 0;
    while (n < window.len && (window.ptr[n] == '\r' || window.ptr[n] == '\n')) {
      ++n;
    }
    dg_stream_take(archive->stream, n);
    if (n < window.len) {
      return DG_OK;
    }
  }
}

/** Read the page in a record's block, which holds a whole HTTP response. */
static DgStatus
read_response(Archive *archive, DgStr block, DgStr url, DgDiag *diag)
{
  const size_t end = dg_headers_end(block);
  if (end == SIZE_MAX) {
    return dg_diag_set(diag, DG_BAD_INPUT, "WARC record %zu holds no response",
                       archive->number);
  }
  const DgStr headers = dg_str_sub(block, 0, end);
  DgStr body;
  DG_TRY(dg_http_body(headers, dg_str_sub(block, end, block.len),
                      archive->input->options->limits.article_bytes,
                      archive->input->arena, &body, diag));
  const DgInput outer = *archive->input;
  DgStream stream;
  dg_stream_init_bytes(&stream, body);
  archive->input->declared =
      dg_header_parameter(dg_header(headers, "Content-Type"), "charset");
  archive->input->url = dg_arena_copy(outer.arena, url);
  archive->input->id =
      dg_str(dg_arena_printf(outer.arena, "%.*s#%zu", (int)outer.id.len,
                             outer.id.ptr, archive->number));
  ++archive->input->depth;
  const DgStatus status = dg_input_read_stream(archive->input, &stream, diag);
  --archive->input->depth;
  archive->input->declared = outer.declared;
  archive->input->url = outer.url;
  archive->input->id = outer.id;
  dg_stream_clear(&stream);
  return status;
}

/** A response that is a page that was found, by its first lines. */
static bool
is_page(DgStr headers, DgStr block)
{
  const DgStr type = dg_header(headers, "WARC-Type");
  if (!dg_str_equal(type, DG_STR("response"))) {
    return false;
  }
  const size_t end = dg_headers_end(block);
  const DgStr content = dg_header(dg_str_sub(block, 0, end), "Content-Type");
  const size_t space = dg_str_find(block, DG_STR(" "), 0);
  const bool found =
      dg_str_starts(block, DG_STR("HTTP/")) &&
      dg_str_starts(dg_str_sub(block, space, block.len), DG_STR(" 2"));
  return found && (dg_str_find(content, DG_STR("html"), 0) != SIZE_MAX ||
                   dg_str_find(content, DG_STR("text/plain"), 0) != SIZE_MAX);
}

static DgStatus
read_block(Archive *archive, DgStr headers, size_t length, DgDiag *diag)
{
  const size_t limit = archive->input->options->limits.article_bytes;
  DgStr block;
  if (length > limit + HEADER_MAX) {
    DG_TRY(dg_stream_peek(archive->stream, HEADER_MAX, &block, diag));
    return is_page(headers, block)
               ? dg_diag_set(diag, DG_LIMIT,
                             "WARC record %zu is longer than the limit of %zu "
                             "bytes",
                             archive->number, limit)
               : DG_OK;
  }
  DG_TRY(dg_stream_peek(archive->stream, length, &block, diag));
  if (block.len < length) {
    return dg_diag_set(diag, DG_BAD_INPUT,
                       "WARC record %zu ends after %zu of %zu bytes",
                       archive->number, block.len, length);
  }
  block = dg_str_sub(block, 0, length);
  return is_page(headers, block)
             ? read_response(archive, block,
                             dg_header(headers, "WARC-Target-URI"), diag)
             : DG_OK;
}

static DgStatus
read_record(Archive *archive, DgDiag *diag)
{
  DgStr headers;
  ++archive->number;
  DG_TRY(peek_headers(archive, &headers, diag));
  size_t length;
  if (!dg_str_starts(headers, DG_STR("WARC/")) ||
      !dg_header_number(headers, "Content-Length", &length)) {
    return dg_diag_set(diag, DG_BAD_INPUT,
                       "WARC record %zu does not begin as one",
                       archive->number);
  }
  char *const copy = malloc(headers.len);
  DG_TRY_PTR(copy);
  memcpy(copy, headers.ptr, headers.len);
  dg_stream_take(archive->stream, headers.len);
  DgStatus status =
      read_block(archive, dg_str_n(copy, headers.len), length, diag);
  free(copy);
  if (status != DG_OK) {
    status = dg_input_failed(archive->input, status, diag);
  }
  size_t taken;
  DG_TRY(status);
  return dg_stream_skip(archive->stream, length, &taken, diag);
}

static DgStatus
read_warc(DgInput *input, DgStream *stream, DgDiag *diag)
{
  Archive archive = { .input = input, .stream = stream };
  const size_t before = input->articles;
  for (;;) {
    DgStatus status = skip_blanks(&archive, diag);
    if (status == DG_NO_MATCH) {
      return dg_input_outcome(input, before, "WARC", diag);
    }
    if (status == DG_OK) {
      status = read_record(&archive, diag);
    }
    if (status != DG_OK) {
      /* Without a length that holds, the next record cannot be found. */
      DG_TRY(dg_input_failed(input, status, diag));
      return dg_input_outcome(input, before, "WARC", diag);
    }
  }
}

static int
sniff_warc(DgStr head, DgStr name)
{
  (void)name;
  return dg_str_starts(head, DG_STR("WARC/")) ? 95 : 0;
}

const DgFormat dg_format_warc = {
  .name = "warc",
  .summary = "web archives: each page that was found",
  .sniff = sniff_warc,
  .read = read_warc,
};
