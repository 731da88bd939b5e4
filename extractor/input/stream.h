/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_STREAM_H
#define DG_INPUT_STREAM_H

#include "base/buf.h"
#include "base/diag.h"

/**
 * Bytes that come piece by piece, with a window to look at before they are
 * taken. Memory is bounded by the largest piece that a reader asks for.
 */
typedef struct DgStream DgStream;

/**
 * Gives up to `size` bytes.
 * @param n  Set to the bytes given; 0 at the end.
 */
typedef DgStatus (*DgStreamSource)(void *user, char *bytes, size_t size,
                                   size_t *n, DgDiag *diag);

struct DgStream {
  DgStreamSource source; /**< null when all bytes are in the window */
  void *user;
  DgBuf held;    /**< bytes read and not yet given back */
  DgStr all;     /**< all bytes, where there is no source */
  size_t at;     /**< first byte not taken, in `held` or `all` */
  size_t offset; /**< bytes taken since the start */
  bool ended;    /**< the source has no more */
};

/** Over bytes that outlive the stream. */
void
dg_stream_init_bytes(DgStream *stream, DgStr bytes);

void
dg_stream_init_source(DgStream *stream, DgStreamSource source, void *user);

void
dg_stream_clear(DgStream *stream);

/**
 * What lies ahead: at least `want` bytes, less only at the end. Good until the
 * next call.
 */
DgStatus
dg_stream_peek(DgStream *stream, size_t want, DgStr *window, DgDiag *diag);

/** Take `n` bytes that were peeked. */
void
dg_stream_take(DgStream *stream, size_t n);

/**
 * The next line without its end (LF or CR LF), taken; good until the next
 * call.
 * @return DG_NO_MATCH at the end; DG_LIMIT for a line longer than `limit`,
 *         which is then skipped.
 */
DgStatus
dg_stream_line(DgStream *stream, size_t limit, DgStr *line, DgDiag *diag);

/** Take and forget `n` bytes, or what there is. @return bytes taken. */
DgStatus
dg_stream_skip(DgStream *stream, size_t n, size_t *taken, DgDiag *diag);

#endif
