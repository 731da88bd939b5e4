/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/utf8.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <uniwidth.h>

enum { BROKEN = 0xFFFD };

static unsigned
byte_at(DgStr s, size_t at)
{
  return at < s.len ? (unsigned char)s.ptr[at] : 0;
}

static bool
is_tail(unsigned byte)
{
  return (byte & 0xC0U) == 0x80U;
}

uint32_t
dg_utf8_decode(DgStr s, size_t at, size_t *size)
{
  const unsigned a = byte_at(s, at);
  *size = 1;
  if (a < 0x80) {
    return a;
  }
  const unsigned b = byte_at(s, at + 1);
  if (a < 0xC2 || !is_tail(b)) {
    return BROKEN;
  }
  if (a < 0xE0) {
    *size = 2;
    return (a & 0x1FU) << 6 | (b & 0x3FU);
  }
  const unsigned c = byte_at(s, at + 2);
  if (!is_tail(c)) {
    return BROKEN;
  }
  if (a < 0xF0) {
    const uint32_t code = (a & 0x0FU) << 12 | (b & 0x3FU) << 6 | (c & 0x3FU);
    if (code < 0x800 || (code >= 0xD800 && code <= 0xDFFF)) {
      return BROKEN;
    }
    *size = 3;
    return code;
  }
  const unsigned d = byte_at(s, at + 3);
  const uint32_t code =
      (a & 0x07U) << 18 | (b & 0x3FU) << 12 | (c & 0x3FU) << 6 | (d & 0x3FU);
  if (a > 0xF4 || !is_tail(d) || code < 0x10000 || code > 0x10FFFF) {
    return BROKEN;
  }
  *size = 4;
  return code;
}

size_t
dg_utf8_encode(uint32_t code, char out[4])
{
  if (code < 0x80) {
    out[0] = (char)code;
    return 1;
  }
  if (code < 0x800) {
    out[0] = (char)(0xC0U | code >> 6);
    out[1] = (char)(0x80U | (code & 0x3FU));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = (char)(0xE0U | code >> 12);
    out[1] = (char)(0x80U | (code >> 6 & 0x3FU));
    out[2] = (char)(0x80U | (code & 0x3FU));
    return 3;
  }
  out[0] = (char)(0xF0U | code >> 18);
  out[1] = (char)(0x80U | (code >> 12 & 0x3FU));
  out[2] = (char)(0x80U | (code >> 6 & 0x3FU));
  out[3] = (char)(0x80U | (code & 0x3FU));
  return 4;
}

bool
dg_utf8_valid(DgStr s, size_t *bad)
{
  for (size_t at = 0; at < s.len;) {
    if ((unsigned char)s.ptr[at] < 0x80) {
      ++at;
      continue;
    }
    size_t size;
    const uint32_t code = dg_utf8_decode(s, at, &size);
    if (code == BROKEN && size == 1) {
      if (bad) {
        *bad = at;
      }
      return false;
    }
    at += size;
  }
  return true;
}

size_t
dg_utf8_count(DgStr s)
{
  size_t n = 0;
  for (size_t at = 0; at < s.len; ++n) {
    size_t size = 1;
    if ((unsigned char)s.ptr[at] >= 0x80) {
      (void)dg_utf8_decode(s, at, &size);
    }
    at += size;
  }
  return n;
}

/* Two-letter results of folding; all else is one code point. */
static const struct {
  uint16_t code;
  char text[3];
} ligatures[] = {
  { 0x00C6, "ae" }, { 0x00DF, "ss" }, { 0x00E6, "ae" }, { 0x0132, "ij" },
  { 0x0133, "ij" }, { 0x0152, "oe" }, { 0x0153, "oe" }, { 0x1E9E, "ss" },
  { 0xFB01, "fi" }, { 0xFB02, "fl" },
};

static uint32_t
base_letter(uint32_t code)
{
  switch (code) {
  case 0x00D8:
  case 0x00F8:
    return 'o';
  case 0x0110:
  case 0x0111:
    return 'd';
  case 0x0131:
    return 'i';
  case 0x0141:
  case 0x0142:
    return 'l';
  default:
    break;
  }
  ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
  const int n = uc_canonical_decomposition(code, parts);
  return n > 0 && code != parts[0] ? base_letter(parts[0]) : code;
}

size_t
dg_utf8_fold_code(uint32_t code, char out[8])
{
  if (code < 0x80) {
    out[0] = (char)(code >= 'A' && code <= 'Z' ? code + 32 : code);
    return 1;
  }
  for (size_t i = 0; i < sizeof ligatures / sizeof *ligatures; ++i) {
    if (ligatures[i].code == code) {
      memcpy(out, ligatures[i].text, 2);
      return 2;
    }
  }
  if (code == 0x2019 || code == 0x02BC) {
    out[0] = '\'';
    return 1;
  }
  return dg_utf8_encode(uc_tolower(base_letter(code)), out);
}

size_t
dg_utf8_fold(DgStr s, char *out)
{
  size_t n = 0;
  for (size_t at = 0; at < s.len;) {
    size_t size;
    const uint32_t code = dg_utf8_decode(s, at, &size);
    char folded[8];
    const size_t len = dg_utf8_fold_code(code, folded);
    memcpy(out + n, folded, len);
    n += len;
    at += size;
  }
  return n;
}

uint32_t
dg_utf8_lower(uint32_t code)
{
  return uc_tolower(code);
}

bool
dg_utf8_is_upper(uint32_t code)
{
  return code < 0x80 ? code >= 'A' && code <= 'Z' : uc_is_upper(code);
}

bool
dg_utf8_is_lower(uint32_t code)
{
  return code < 0x80 ? code >= 'a' && code <= 'z' : uc_is_lower(code);
}

bool
dg_utf8_is_letter(uint32_t code)
{
  if (code < 0x80) {
    return (code | 32) >= 'a' && (code | 32) <= 'z';
  }
  return uc_is_general_category_withtable(code, UC_CATEGORY_MASK_L |
                                                    UC_CATEGORY_MASK_M);
}

bool
dg_utf8_is_space(uint32_t code)
{
  if (code < 0x80) {
    return code == ' ' || (code >= 9 && code <= 13);
  }
  return code == 0x85 || code == 0xA0 || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200B) || code == 0x2028 ||
         code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000 ||
         code == 0xFEFF;
}

static void
add_mapped(uint8_t *mapped, size_t len, DgBuf *out)
{
  if (mapped) {
    dg_buf_add(out, dg_str_n((const char *)mapped, len));
  } else {
    out->failed = true;
  }
  free(mapped);
}

void
dg_utf8_upper_text(DgStr s, DgBuf *out)
{
  size_t len = 0;
  uint8_t *const mapped =
      u8_toupper((const uint8_t *)s.ptr, s.len, "", NULL, NULL, &len);
  add_mapped(mapped, len, out);
}

void
dg_utf8_lower_text(DgStr s, DgBuf *out)
{
  size_t len = 0;
  uint8_t *const mapped =
      u8_tolower((const uint8_t *)s.ptr, s.len, "", NULL, NULL, &len);
  add_mapped(mapped, len, out);
}

void
dg_utf8_bare_text(DgStr s, DgBuf *out)
{
  size_t n_parts = 0;
  size_t n = 0;
  uint8_t *const parts =
      u8_normalize(UNINORM_NFKD, (const uint8_t *)s.ptr, s.len, NULL, &n_parts);
  uint8_t *const folded =
      parts ? u8_casefold(parts, n_parts, NULL, NULL, NULL, &n) : NULL;
  free(parts);
  const DgStr text = dg_str_n((const char *)folded, folded ? n : 0);
  out->failed = out->failed || !folded;
  size_t size;
  for (size_t at = 0; at < text.len; at += size) {
    const uint32_t code = dg_utf8_decode(text, at, &size);
    if (uc_combining_class(code) == UC_CCC_NR) {
      dg_buf_add(out, dg_str_sub(text, at, at + size));
    }
  }
  free(folded);
}

size_t
dg_utf8_width(DgStr s)
{
  const int width = u8_width((const uint8_t *)s.ptr, s.len, "UTF-8");
  return width > 0 ? (size_t)width : 0;
}
