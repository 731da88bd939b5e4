/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_BUF_H
#define DG_BASE_BUF_H

#include "base/status.h"
#include "base/str.h"

#include <stdarg.h>

/**
 * A growing byte buffer on the heap, always terminated once written to.
 * A failed allocation sets `failed` and makes further writes do nothing, so
 * that a writer may check once at the end.
 */
typedef struct {
  char *data;
  size_t len;
  size_t cap;
  bool failed;
} DgBuf;

/** An empty buffer, for initialisers. */
#define DG_BUF_INIT ((DgBuf){ NULL, 0, 0, false })

void
dg_buf_clear(DgBuf *buf);

/** Forget the content, keep the memory. */
void
dg_buf_reset(DgBuf *buf);

/** Make room for `more` bytes. */
bool
dg_buf_reserve(DgBuf *buf, size_t more);

void
dg_buf_add(DgBuf *buf, DgStr s);

void
dg_buf_add_char(DgBuf *buf, char c);

/** Append a code point as UTF-8. */
void
dg_buf_add_code(DgBuf *buf, uint32_t code);

void
dg_buf_printf(DgBuf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void
dg_buf_vprintf(DgBuf *buf, const char *format, va_list args);

/** The content, good until the buffer changes. */
DgStr
dg_buf_str(const DgBuf *buf);

/** DG_NO_MEMORY when a write failed, else DG_OK. */
DgStatus
dg_buf_status(const DgBuf *buf);

#endif
