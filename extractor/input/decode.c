/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/decode.h"

#include "base/utf8.h"
#include "input/map.h"

#include <iconv.h>
#include <strings.h>

enum { SAMPLE = 4096, REPLACEMENT = 0xFFFD };

typedef struct {
  DgArena *arena;
  DgStr in;
  char *out; /**< [cap] in the arena */
  size_t len;
  size_t cap;
  DgMap map;
  size_t broken;  /**< bytes that the encoding does not allow */
  size_t private; /**< private-use characters */
} Decoder;

/** C1 range of windows-1252; the five holes stand for themselves. */
static const uint16_t windows_1252[32] = {
  0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
  0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static uint32_t
code_of_1252(unsigned char byte)
{
  return byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
}

/** A control character that text has no use for. */
static bool
is_control(uint32_t code)
{
  return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
         (code >= 0x7F && code < 0xA0 && code != 0x85);
}

static DgStatus
make_room(Decoder *decoder, size_t more)
{
  if (decoder->cap - decoder->len >= more) {
    return DG_OK;
  }
  const size_t cap = (decoder->cap + more) * 2;
  char *const moved = dg_arena_alloc(decoder->arena, cap);
  DG_TRY_PTR(moved);
  if (decoder->len) {
    memcpy(moved, decoder->out, decoder->len);
  }
  decoder->out = moved;
  decoder->cap = cap;
  return DG_OK;
}

/** One character that came from source byte `at`. */
static DgStatus
put(Decoder *decoder, uint32_t code, size_t at)
{
  if (dg_utf8_is_private(code)) {
    code = REPLACEMENT;
    ++decoder->private;
  } else if (is_control(code)) {
    code = ' ';
  }
  DG_TRY(make_room(decoder, 4));
  DG_TRY(dg_map_add(&decoder->map, decoder->arena, decoder->len, at));
  decoder->len += dg_utf8_encode(code, decoder->out + decoder->len);
  return DG_OK;
}

static DgStatus
decode_1252(Decoder *decoder, size_t from)
{
  for (size_t i = from; i < decoder->in.len; ++i) {
    DG_TRY(put(decoder, code_of_1252((unsigned char)decoder->in.ptr[i]), i));
  }
  return DG_OK;
}

/** UTF-8 in which broken bytes are taken for windows-1252. */
static DgStatus
decode_utf8(Decoder *decoder, size_t from)
{
  const DgStr in = decoder->in;
  for (size_t i = from, size; i < in.len; i += size) {
    uint32_t code = dg_utf8_decode(in, i, &size);
    if (code == REPLACEMENT && size == 1) {
      ++decoder->broken;
      code = code_of_1252((unsigned char)in.ptr[i]);
    }
    DG_TRY(put(decoder, code, i));
  }
  return DG_OK;
}

static uint32_t
unit_16(DgStr in, size_t at, bool big)
{
  const unsigned a = (unsigned char)in.ptr[at];
  const unsigned b = (unsigned char)in.ptr[at + 1];
  return big ? a << 8 | b : b << 8 | a;
}

static DgStatus
decode_utf16(Decoder *decoder, size_t from, bool big)
{
  const DgStr in = decoder->in;
  for (size_t i = from; i + 1 < in.len;) {
    const size_t at = i;
    uint32_t code = unit_16(in, i, big);
    i += 2;
    if (code >= 0xD800 && code < 0xDC00 && i + 1 < in.len) {
      const uint32_t low = unit_16(in, i, big);
      if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    if (code >= 0xD800 && code < 0xE000) {
      ++decoder->broken;
      code = REPLACEMENT;
    }
    DG_TRY(put(decoder, code, at));
  }
  return DG_OK;
}

/** One character by iconv, from as few bytes as it takes. */
static DgStatus
convert_one(Decoder *decoder, iconv_t converter, size_t *at)
{
  for (size_t n = 1; n <= 8 && *at + n <= decoder->in.len; ++n) {
    char bytes[8];
    memcpy(bytes, decoder->in.ptr + *at, n);
    char utf8[32];
    char *in = bytes;
    char *out = utf8;
    size_t in_left = n;
    size_t out_left = sizeof utf8;
    if (iconv(converter, &in, &in_left, &out, &out_left) == (size_t)-1) {
      continue;
    }
    const DgStr made = dg_str_n(utf8, sizeof utf8 - out_left);
    for (size_t i = 0, size; i < made.len; i += size) {
      DG_TRY(put(decoder, dg_utf8_decode(made, i, &size), *at));
    }
    *at += n;
    return DG_OK;
  }
  ++decoder->broken;
  DG_TRY(put(decoder, REPLACEMENT, *at));
  ++*at;
  return DG_OK;
}

static DgStatus
decode_by_iconv(Decoder *decoder, iconv_t converter)
{
  for (size_t at = 0; at < decoder->in.len;) {
    DG_TRY(convert_one(decoder, converter, &at));
  }
  return DG_OK;
}

/** What decides between encodings, from one look at the bytes. */
typedef struct {
  size_t zeros[2]; /**< at even and odd places, in the sample */
  size_t sampled;
  size_t controls; /**< in the sample, NUL included */
} Look;

static Look
look_at(DgStr bytes)
{
  Look look = { { 0, 0 }, 0, 0 };
  look.sampled = bytes.len < SAMPLE ? bytes.len : SAMPLE;
  for (size_t i = 0; i < look.sampled; ++i) {
    const unsigned char byte = (unsigned char)bytes.ptr[i];
    look.zeros[i % 2] += byte == 0;
    look.controls += byte < 0x20 && byte != '\t' && byte != '\n' &&
                     byte != '\r' && byte != '\f' && byte != 0x1B;
  }
  return look;
}

typedef enum { KIND_BINARY, KIND_BYTES, KIND_16LE, KIND_16BE } Kind;

static Kind
kind_of(DgStr bytes, size_t *bom)
{
  *bom = 0;
  if (bytes.len >= 2 && !memcmp(bytes.ptr, "\xFF\xFE", 2)) {
    *bom = 2;
    return KIND_16LE;
  }
  if (bytes.len >= 2 && !memcmp(bytes.ptr, "\xFE\xFF", 2)) {
    *bom = 2;
    return KIND_16BE;
  }
  if (bytes.len >= 3 && !memcmp(bytes.ptr, "\xEF\xBB\xBF", 3)) {
    *bom = 3;
  }
  const Look look = look_at(bytes);
  if (look.zeros[0] + look.zeros[1] == 0) {
    return look.controls > 8 + look.sampled / 10 ? KIND_BINARY : KIND_BYTES;
  }
  /* Latin text in UTF-16 has a zero in nearly every second byte. */
  if (look.zeros[1] * 10 > look.sampled * 3 &&
      look.zeros[0] * 50 < look.sampled) {
    return KIND_16LE;
  }
  if (look.zeros[0] * 10 > look.sampled * 3 &&
      look.zeros[1] * 50 < look.sampled) {
    return KIND_16BE;
  }
  return KIND_BINARY;
}

bool
dg_decode_is_text(DgStr head)
{
  size_t bom;
  return kind_of(head, &bom) != KIND_BINARY;
}

/** True when `text` can be handed on as it is. */
static bool
is_clean(DgStr text)
{
  for (size_t i = 0; i < text.len; ++i) {
    const unsigned char byte = (unsigned char)text.ptr[i];
    if (byte < 0x20 ? is_control(byte) : byte == 0x7F) {
      return false;
    }
    /* Lead bytes of U+0080.., U+E000..U+FFFF and the planes from 15 on. */
    if (byte >= 0xC2) {
      size_t size;
      if (byte == 0xC2 || byte >= 0xEE) {
        const uint32_t code = dg_utf8_decode(text, i, &size);
        if (dg_utf8_is_private(code) || is_control(code)) {
          return false;
        }
        i += size - 1;
      }
    }
  }
  return true;
}

/** Well-formed sequences of several bytes, and bytes that are in none. */
static void
count_sequences(DgStr bytes, size_t *good, size_t *bad)
{
  *good = *bad = 0;
  for (size_t i = 0, size; i < bytes.len; i += size) {
    const uint32_t code = dg_utf8_decode(bytes, i, &size);
    *good += size > 1;
    *bad += size == 1 && code == REPLACEMENT;
  }
}

static bool
is_named(DgStr name, const char *const *names)
{
  for (; *names; ++names) {
    if (name.len == strlen(*names) &&
        !strncasecmp(name.ptr, *names, name.len)) {
      return true;
    }
  }
  return false;
}

static const char *const names_1252[] = {
  "windows-1252", "cp1252", "x-cp1252",        "iso-8859-1", "iso8859-1",
  "iso_8859-1",   "latin1", "latin-1",         "l1",         "us-ascii",
  "ascii",        "ansi",   "iso-8859-1:1987", NULL
};
static const char *const names_utf8[] = {
  "utf-8",    "utf8",     "unicode-1-1-utf-8", "utf-16",
  "utf-16le", "utf-16be", "unicode",           NULL
};

/** A converter for a declared encoding that is none of our own. */
static bool
open_converter(DgStr declared, iconv_t *converter)
{
  char name[40];
  if (declared.len == 0 || declared.len >= sizeof name ||
      is_named(declared, names_1252) || is_named(declared, names_utf8)) {
    return false;
  }
  for (size_t i = 0; i < declared.len; ++i) {
    const char c = declared.ptr[i];
    if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
          (c >= 'a' && c <= 'z') || c == '-' || c == '_')) {
      return false;
    }
    name[i] = c;
  }
  name[declared.len] = '\0';
  *converter = iconv_open("UTF-8", name);
  return *converter != (iconv_t)-1;
}

static DgStatus
decode_bytes(Decoder *decoder, DgStr declared, size_t bom, DgDecoded *out)
{
  const DgStr bytes = decoder->in;
  size_t bad = 0;
  out->encoding = DG_STR("UTF-8");
  if (bom || dg_utf8_valid(bytes, &bad)) {
    return decode_utf8(decoder, bom);
  }
  iconv_t converter;
  if (open_converter(declared, &converter)) {
    out->encoding = dg_arena_copy(decoder->arena, declared);
    const DgStatus status = decode_by_iconv(decoder, converter);
    (void)iconv_close(converter);
    return status;
  }
  size_t good;
  count_sequences(bytes, &good, &bad);
  if (good >= bad) {
    return decode_utf8(decoder, 0);
  }
  out->encoding = DG_STR("windows-1252");
  return decode_1252(decoder, 0);
}

static DgStatus
describe(const Decoder *decoder, DgStr declared, DgDecoded *out)
{
  DgStr notice = DG_STR_NONE;
  DgArena *const arena = decoder->arena;
  if (dg_str_equal(out->encoding, DG_STR("windows-1252")) &&
      !is_named(declared, names_1252)) {
    notice = DG_STR("not UTF-8: read as windows-1252");
  } else if (dg_str_starts(out->encoding, DG_STR("UTF-16"))) {
    notice = dg_str(dg_arena_printf(arena, "%s: decoded", out->encoding.ptr));
    DG_TRY_PTR(notice.ptr);
  } else if (decoder->broken) {
    notice = dg_str(dg_arena_printf(
        arena, "not %s throughout: %zu bytes read as windows-1252",
        out->encoding.ptr, decoder->broken));
    DG_TRY_PTR(notice.ptr);
  }
  if (decoder->private) {
    notice = dg_str(
        dg_arena_printf(arena, "%.*s%s%zu private-use characters replaced",
                        (int)notice.len, notice.ptr ? notice.ptr : "",
                        notice.ptr ? "; " : "", decoder->private));
    DG_TRY_PTR(notice.ptr);
  }
  out->notice = notice;
  return DG_OK;
}

static DgStatus
decode_any(Decoder *decoder, Kind kind, DgStr declared, size_t bom,
           DgDecoded *out)
{
  DG_TRY(make_room(decoder, decoder->in.len + 16));
  if (kind == KIND_BYTES) {
    DG_TRY(decode_bytes(decoder, declared, bom, out));
  } else {
    out->encoding = kind == KIND_16LE ? DG_STR("UTF-16LE") : DG_STR("UTF-16BE");
    DG_TRY(decode_utf16(decoder, bom, kind == KIND_16BE));
  }
  /* The end bounds a last character that grew. */
  DG_TRY(
      dg_map_add(&decoder->map, decoder->arena, decoder->len, decoder->in.len));
  out->text = dg_str_n(decoder->out, decoder->len);
  out->map = decoder->map.items;
  out->n_map = decoder->map.n;
  return describe(decoder, declared, out);
}

DgStatus
dg_decode(DgStr bytes, DgStr declared, DgArena *arena, DgDecoded *out,
          DgDiag *diag)
{
  *out = (DgDecoded){ 0 };
  size_t bom;
  const Kind kind = kind_of(bytes, &bom);
  if (kind == KIND_BINARY ||
      (kind == KIND_BYTES && bytes.len && memchr(bytes.ptr, 0, bytes.len))) {
    return dg_diag_set(diag, DG_BAD_INPUT,
                       "not a text file (NUL or control bytes); give text, "
                       "HTML or another format that `formats` lists");
  }
  size_t bad;
  const DgStr rest = dg_str_sub(bytes, bom, bytes.len);
  if (kind == KIND_BYTES && dg_utf8_valid(rest, &bad) && is_clean(rest)) {
    DgMapPoint *const point = DG_NEW(arena, DgMapPoint);
    DG_TRY_PTR(point);
    *point = (DgMapPoint){ 0, bom };
    *out = (DgDecoded){ rest, point, 1, DG_STR("UTF-8"), DG_STR_NONE };
    return DG_OK;
  }
  Decoder decoder = { .arena = arena, .in = bytes };
  return decode_any(&decoder, kind, declared, bom, out);
}
