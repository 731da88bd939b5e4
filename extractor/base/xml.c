/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/xml.h"

#include "base/utf8.h"

/* XML 1.0, production 2. */
static bool
is_char(uint32_t c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) ||
         (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF;
}

static const char *
reference(uint32_t c, bool attribute)
{
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\r':
    return "&#xD;";
  case '\n':
    return attribute ? "&#xA;" : NULL;
  case '\t':
    return attribute ? "&#x9;" : NULL;
  default:
    return NULL;
  }
}

static void
add(DgBuf *out, DgStr text, bool attribute)
{
  for (size_t at = 0; at < text.len;) {
    size_t size;
    const uint32_t c = dg_utf8_decode(text, at, &size);
    const char *const written = reference(c, attribute);
    if (written) {
      dg_buf_add(out, dg_str(written));
    } else {
      dg_buf_add_code(out, is_char(c) ? c : 0xFFFD);
    }
    at += size;
  }
}

void
dg_xml_add(DgBuf *out, DgStr text)
{
  add(out, text, false);
}

void
dg_xml_add_attribute(DgBuf *out, DgStr text)
{
  add(out, text, true);
}

bool
dg_xml_can_hold(DgStr text)
{
  for (size_t at = 0; at < text.len;) {
    size_t size;
    if (!is_char(dg_utf8_decode(text, at, &size))) {
      return false;
    }
    at += size;
  }
  return true;
}
