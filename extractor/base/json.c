/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"

#include "base/utf8.h"

static void
add_control(DgBuf *out, unsigned char c)
{
  static const char *const names = "btn\vfr"; /* from U+0008 to U+000D */
  if (c >= 8 && c <= 13 && c != 11) {
    dg_buf_add_char(out, '\\');
    dg_buf_add_char(out, names[c - 8]);
  } else {
    dg_buf_printf(out, "\\u%04x", c);
  }
}

void
dg_json_add_string(DgBuf *out, DgStr s)
{
  if (!s.ptr) {
    dg_buf_add(out, DG_STR("null"));
    return;
  }
  dg_buf_add_char(out, '"');
  size_t plain = 0;
  for (size_t at = 0; at < s.len;) {
    const unsigned char c = (unsigned char)s.ptr[at];
    size_t size = 1;
    const bool broken =
        c >= 0x80 && dg_utf8_decode(s, at, &size) == 0xFFFD && size == 1;
    if (c >= 32 && c != '"' && c != '\\' && c != 127 && !broken) {
      at += size;
      continue;
    }
    dg_buf_add(out, dg_str_sub(s, plain, at));
    if (broken) {
      dg_buf_add_code(out, 0xFFFD);
    } else if (c == '"' || c == '\\') {
      dg_buf_add_char(out, '\\');
      dg_buf_add_char(out, (char)c);
    } else {
      add_control(out, c);
    }
    plain = ++at;
  }
  dg_buf_add(out, dg_str_sub(s, plain, s.len));
  dg_buf_add_char(out, '"');
}
