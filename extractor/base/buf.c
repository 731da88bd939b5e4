/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/buf.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

void
dg_buf_clear(DgBuf *buf)
{
  free(buf->data);
  *buf = DG_BUF_INIT;
}

void
dg_buf_reset(DgBuf *buf)
{
  buf->len = 0;
  buf->failed = false;
  if (buf->data) {
    buf->data[0] = '\0';
  }
}

bool
dg_buf_reserve(DgBuf *buf, size_t more)
{
  if (buf->failed) {
    return false;
  }
  if (more < buf->cap - buf->len) {
    return true;
  }
  if (more > SIZE_MAX / 4 - buf->len) {
    buf->failed = true;
    return false;
  }
  size_t cap = buf->cap ? buf->cap : 64;
  while (cap <= buf->len + more) {
    cap *= 2;
  }
  char *const data = realloc(buf->data, cap);
  if (!data) {
    buf->failed = true;
    return false;
  }
  buf->data = data;
  buf->cap = cap;
  return true;
}

void
dg_buf_add(DgBuf *buf, DgStr s)
{
  if (dg_buf_reserve(buf, s.len)) {
    if (s.len) {
      memcpy(buf->data + buf->len, s.ptr, s.len);
    }
    buf->len += s.len;
    buf->data[buf->len] = '\0';
  }
}

void
dg_buf_add_char(DgBuf *buf, char c)
{
  dg_buf_add(buf, dg_str_n(&c, 1));
}

void
dg_buf_add_code(DgBuf *buf, uint32_t code)
{
  char bytes[4];
  dg_buf_add(buf, dg_str_n(bytes, dg_utf8_encode(code, bytes)));
}

void
dg_buf_vprintf(DgBuf *buf, const char *format, va_list args)
{
  va_list again;
  va_copy(again, args);
  const int n = vsnprintf(NULL, 0, format, again);
  va_end(again);
  if (n >= 0 && dg_buf_reserve(buf, (size_t)n)) {
    (void)vsnprintf(buf->data + buf->len, (size_t)n + 1, format, args);
    buf->len += (size_t)n;
  }
}

void
dg_buf_printf(DgBuf *buf, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  dg_buf_vprintf(buf, format, args);
  va_end(args);
}

DgStr
dg_buf_str(const DgBuf *buf)
{
  return dg_str_n(buf->data ? buf->data : "", buf->len);
}

DgStatus
dg_buf_status(const DgBuf *buf)
{
  return buf->failed ? DG_NO_MEMORY : DG_OK;
}
