/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/diag.h"

#include "base/utf8.h"

#include <stdlib.h>

/* A line longer than this is shown from shortly before the fault. */
enum { SHOWN = 160, LEAD = 40 };

void
dg_diag_clear(DgDiag *diag)
{
  free(diag->source);
  free(diag->line_text);
  free(diag->message);
  *diag = DG_DIAG_INIT;
}

DgStatus
dg_diag_set(DgDiag *diag, DgStatus status, const char *format, ...)
{
  if (!diag) {
    return status;
  }
  dg_diag_clear(diag);
  diag->status = status;
  DgBuf buf = DG_BUF_INIT;
  va_list args;
  va_start(args, format);
  dg_buf_vprintf(&buf, format, args);
  va_end(args);
  diag->message = buf.data;
  return status;
}

static char *
copy_of(DgStr s)
{
  char *const copy = malloc(s.len + 1);
  if (copy) {
    if (s.len) {
      memcpy(copy, s.ptr, s.len);
    }
    copy[s.len] = '\0';
  }
  return copy;
}

void
dg_diag_source(DgDiag *diag, const char *source)
{
  if (diag) {
    free(diag->source);
    diag->source = copy_of(dg_str(source));
  }
}

void
dg_diag_point(DgDiag *diag, DgStr text, DgSpan at)
{
  if (!diag) {
    return;
  }
  at.begin = at.begin > text.len ? text.len : at.begin;
  at.end = at.end > text.len ? text.len : at.end;
  size_t start = at.begin;
  while (start && text.ptr[start - 1] != '\n') {
    --start;
  }
  size_t stop = at.begin;
  while (stop < text.len && text.ptr[stop] != '\n') {
    ++stop;
  }
  diag->line = 1;
  for (size_t i = 0; i < start; ++i) {
    diag->line += text.ptr[i] == '\n';
  }
  at.end = at.end > stop ? stop : at.end;
  at.end = at.end < at.begin ? at.begin : at.end;
  diag->column = 1 + dg_utf8_count(dg_str_sub(text, start, at.begin));
  diag->width = dg_utf8_count(dg_str_sub(text, at.begin, at.end));
  diag->width = diag->width ? diag->width : 1;
  free(diag->line_text);
  diag->line_text = copy_of(dg_str_sub(text, start, stop));
}

/** Byte offset of code point `n` in `s`, or its length. */
static size_t
offset_of(DgStr s, size_t n)
{
  size_t at = 0;
  while (n-- && at < s.len) {
    size_t size;
    (void)dg_utf8_decode(s, at, &size);
    at += size;
  }
  return at;
}

static void
print_line(const DgDiag *diag, DgBuf *out)
{
  const DgStr line = dg_str(diag->line_text);
  const size_t column = diag->column - 1;
  const size_t skip = column > SHOWN - LEAD ? column - LEAD : 0;
  const size_t begin = offset_of(line, skip);
  const DgStr rest = dg_str_sub(line, begin, line.len);
  const DgStr shown = dg_str_sub(rest, 0, offset_of(rest, SHOWN));
  dg_buf_add(out, DG_STR("  "));
  for (size_t i = 0; i < shown.len; ++i) {
    const unsigned char c = (unsigned char)shown.ptr[i];
    dg_buf_add_char(out, c < 32 || c == 127 ? ' ' : (char)c);
  }
  dg_buf_add(out, DG_STR("\n  "));
  for (size_t i = skip; i < column; ++i) {
    dg_buf_add_char(out, ' ');
  }
  const size_t room = SHOWN - (column - skip);
  for (size_t i = 0; i < diag->width && i < room; ++i) {
    dg_buf_add_char(out, '^');
  }
  dg_buf_add_char(out, '\n');
}

void
dg_diag_print(const DgDiag *diag, DgBuf *out)
{
  if (diag->source) {
    dg_buf_printf(out, "%s:", diag->source);
    if (diag->line) {
      dg_buf_printf(out, "%zu:%zu:", diag->line, diag->column);
    }
    dg_buf_add_char(out, ' ');
  } else if (diag->line) {
    dg_buf_printf(out, "line %zu, column %zu: ", diag->line, diag->column);
  }
  dg_buf_printf(out, "%s\n",
                diag->message ? diag->message : dg_status_text(diag->status));
  if (diag->line_text) {
    print_line(diag, out);
  }
}
