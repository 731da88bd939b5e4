/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rdf/mint.h"

#include <inttypes.h>

static bool
is_unreserved(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || (c && strchr("-._~", c));
}

void
dg_mint_slug(DgStr name, DgBuf *out)
{
  for (size_t i = 0; i < name.len; ++i) {
    const char c = name.ptr[i];
    if (is_unreserved(c)) {
      dg_buf_add_char(out, c);
    } else if (c == ' ') {
      dg_buf_add_char(out, '-');
    } else {
      dg_buf_printf(out, "%%%02X", (unsigned char)c);
    }
  }
}

void
dg_mint_hash(DgStr content, DgBuf *out)
{
  dg_buf_printf(out, "%016" PRIx64, dg_str_hash(content));
}

void
dg_mint_clean(DgStr iri, DgBuf *out)
{
  for (size_t i = 0; i < iri.len; ++i) {
    const unsigned char c = (unsigned char)iri.ptr[i];
    if (c <= ' ' || c == 0x7F || strchr("<>\"{}|\\^`", c)) {
      dg_buf_printf(out, "%%%02X", c);
    } else {
      dg_buf_add_char(out, (char)c);
    }
  }
}
