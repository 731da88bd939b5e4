/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/stream.h"

enum { PIECE = 64 * 1024 };

void
dg_stream_init_bytes(DgStream *stream, DgStr bytes)
{
  *stream = (DgStream){ .all = bytes, .ended = true };
}

void
dg_stream_init_source(DgStream *stream, DgStreamSource source, void *user)
{
  *stream = (DgStream){ .source = source, .user = user, .held = DG_BUF_INIT };
}

void
dg_stream_clear(DgStream *stream)
{
  dg_buf_clear(&stream->held);
}

static DgStr
window_of(const DgStream *stream)
{
  const DgStr all = stream->source ? dg_buf_str(&stream->held) : stream->all;
  return dg_str_sub(all, stream->at, all.len);
}

/** Move what is left to the front, when that frees much. */
static void
compact(DgStream *stream)
{
  DgBuf *const held = &stream->held;
  if (stream->at >= PIECE && stream->at * 2 >= held->len) {
    memmove(held->data, held->data + stream->at, held->len - stream->at);
    held->len -= stream->at;
    stream->at = 0;
  }
}

static DgStatus
pull(DgStream *stream, DgDiag *diag)
{
  compact(stream);
  DgBuf *const held = &stream->held;
  if (!dg_buf_reserve(held, PIECE)) {
    return DG_NO_MEMORY;
  }
  size_t n = 0;
  DG_TRY(stream->source(stream->user, held->data + held->len, PIECE, &n, diag));
  held->len += n;
  stream->ended = n == 0;
  return DG_OK;
}

DgStatus
dg_stream_peek(DgStream *stream, size_t want, DgStr *window, DgDiag *diag)
{
  while (!stream->ended && window_of(stream).len < want) {
    DG_TRY(pull(stream, diag));
  }
  *window = window_of(stream);
  return DG_OK;
}

void
dg_stream_take(DgStream *stream, size_t n)
{
  stream->at += n;
  stream->offset += n;
}

/** Position of the next LF, or SIZE_MAX. @param from  Already searched. */
static size_t
find_end(DgStr window, size_t from)
{
  const char *const end =
      from < window.len ? memchr(window.ptr + from, '\n', window.len - from)
                        : NULL;
  return end ? (size_t)(end - window.ptr) : SIZE_MAX;
}

DgStatus
dg_stream_line(DgStream *stream, size_t limit, DgStr *line, DgDiag *diag)
{
  DgStr window = DG_STR_NONE;
  bool too_long = false;
  size_t searched = 0;
  for (;;) {
    DG_TRY(dg_stream_peek(stream, searched + 1, &window, diag));
    const size_t end = find_end(window, searched);
    if (end != SIZE_MAX || (window.len <= searched && stream->ended)) {
      const size_t n = end != SIZE_MAX ? end : window.len;
      dg_stream_take(stream, end != SIZE_MAX ? n + 1 : n);
      *line = dg_str_sub(window, 0, n);
      if (line->len && line->ptr[line->len - 1] == '\r') {
        --line->len;
      }
      if (too_long || n > limit) {
        return dg_diag_set(diag, DG_LIMIT,
                           "a line is longer than the limit of %zu bytes",
                           limit);
      }
      return end == SIZE_MAX && n == 0 ? DG_NO_MATCH : DG_OK;
    }
    searched = window.len;
    if (searched > limit) {
      too_long = true;
      dg_stream_take(stream, searched);
      searched = 0;
    }
  }
}

DgStatus
dg_stream_skip(DgStream *stream, size_t n, size_t *taken, DgDiag *diag)
{
  *taken = 0;
  while (*taken < n) {
    DgStr window;
    DG_TRY(dg_stream_peek(stream, 1, &window, diag));
    if (window.len == 0) {
      return DG_OK;
    }
    const size_t step = window.len < n - *taken ? window.len : n - *taken;
    dg_stream_take(stream, step);
    *taken += step;
  }
  return DG_OK;
}
