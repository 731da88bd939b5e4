/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/json_text.h"

#include "base/utf8.h"

static uint32_t
clean_code(uint32_t code)
{
  if (dg_utf8_is_private(code)) {
    return 0xFFFD;
  }
  const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
  return control && code != '\n' ? ' ' : code;
}

DgStr
dg_text_clean(DgArena *arena, DgStr text)
{
  text = dg_str_trim(text);
  char *const out = dg_arena_alloc(arena, text.len * 3 + 1);
  if (!out) {
    return DG_STR_NONE;
  }
  size_t len = 0;
  for (size_t i = 0, size; i < text.len; i += size) {
    const uint32_t code = clean_code(dg_utf8_decode(text, i, &size));
    len += dg_utf8_encode(code, out + len);
  }
  out[len] = '\0';
  return dg_str_n(out, len);
}

DgStr
dg_json_clean(DgArena *arena, const json_t *value)
{
  return json_is_string(value)
             ? dg_text_clean(arena, dg_str_n(json_string_value(value),
                                             json_string_length(value)))
             : DG_STR_NONE;
}
