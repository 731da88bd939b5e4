/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/headers.h"

#include <strings.h>
#include <zlib.h>

size_t
dg_headers_end(DgStr bytes)
{
  for (size_t i = 0; i < bytes.len; ++i) {
    if (bytes.ptr[i] != '\n') {
      continue;
    }
    if (i + 1 < bytes.len && bytes.ptr[i + 1] == '\n') {
      return i + 2;
    }
    if (i + 2 < bytes.len && bytes.ptr[i + 1] == '\r' &&
        bytes.ptr[i + 2] == '\n') {
      return i + 3;
    }
  }
  return SIZE_MAX;
}

static bool
goes_on(DgStr rest)
{
  return rest.len && (rest.ptr[0] == ' ' || rest.ptr[0] == '\t');
}

DgStr
dg_header(DgStr headers, const char *name)
{
  const size_t n = strlen(name);
  DgStr rest = headers;
  DgStr line;
  while (dg_str_cut(&rest, '\n', &line)) {
    if (line.len <= n || line.ptr[n] != ':' ||
        strncasecmp(line.ptr, name, n) != 0) {
      continue;
    }
    DgStr more;
    while (goes_on(rest) && dg_str_cut(&rest, '\n', &more)) {
      line.len = (size_t)(more.ptr + more.len - line.ptr);
    }
    return dg_str_trim(dg_str_sub(line, n + 1, line.len));
  }
  return DG_STR_NONE;
}

bool
dg_header_number(DgStr headers, const char *name, size_t *value)
{
  const DgStr text = dg_header(headers, name);
  *value = 0;
  for (size_t i = 0; i < text.len; ++i) {
    if (text.ptr[i] < '0' || text.ptr[i] > '9' || *value > SIZE_MAX / 16) {
      return false;
    }
    *value = *value * 10 + (size_t)(text.ptr[i] - '0');
  }
  return text.len > 0;
}

DgStr
dg_header_parameter(DgStr value, const char *name)
{
  const size_t n = strlen(name);
  DgStr part;
  while (dg_str_cut(&value, ';', &part)) {
    part = dg_str_trim(part);
    if (part.len > n + 1 && part.ptr[n] == '=' &&
        !strncasecmp(part.ptr, name, n)) {
      part = dg_str_trim(dg_str_sub(part, n + 1, part.len));
      const bool quoted =
          part.len > 1 && part.ptr[0] == '"' && part.ptr[part.len - 1] == '"';
      return quoted ? dg_str_sub(part, 1, part.len - 1) : part;
    }
  }
  return DG_STR_NONE;
}

static int
hex_digit(char c)
{
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

/** Join the chunks; one that lies about its length ends the body. */
static DgStatus
join_chunks(DgStr raw, DgArena *arena, DgStr *body)
{
  char *const out = dg_arena_alloc(arena, raw.len + 1);
  DG_TRY_PTR(out);
  size_t len = 0;
  for (size_t at = 0; at < raw.len;) {
    size_t size = 0;
    while (at < raw.len && hex_digit(raw.ptr[at]) >= 0 &&
           size < SIZE_MAX / 32) {
      size = size * 16 + (size_t)hex_digit(raw.ptr[at++]);
    }
    const size_t end = dg_str_find(raw, DG_STR("\n"), at);
    if (size == 0 || end == SIZE_MAX) {
      break;
    }
    const DgStr chunk = size < raw.len
                            ? dg_str_sub(raw, end + 1, end + 1 + size)
                            : dg_str_sub(raw, end + 1, raw.len);
    memcpy(out + len, chunk.ptr, chunk.len);
    len += chunk.len;
    at = end + 1 + chunk.len;
    while (at < raw.len && (raw.ptr[at] == '\r' || raw.ptr[at] == '\n')) {
      ++at;
    }
  }
  *body = dg_str_n(out, len);
  return DG_OK;
}

static DgStatus
inflate_into(z_stream *zip, DgBuf *out, size_t limit, DgDiag *diag)
{
  int code = Z_OK;
  while (code == Z_OK) {
    if (!dg_buf_reserve(out, 64 * 1024)) {
      return DG_NO_MEMORY;
    }
    const size_t room = out->cap - out->len - 1;
    zip->next_out = (Bytef *)(out->data + out->len);
    zip->avail_out = (uInt)(room < 65536 ? room : 65536);
    const uInt before = zip->avail_out;
    code = inflate(zip, Z_NO_FLUSH);
    out->len += before - zip->avail_out;
    if (out->len > limit) {
      return dg_diag_set(diag, DG_LIMIT,
                         "a page longer than the limit of %zu bytes", limit);
    }
    if (code == Z_OK && zip->avail_in == 0 && zip->avail_out > 0) {
      break;
    }
  }
  return code == Z_STREAM_END || code == Z_OK || code == Z_BUF_ERROR
             ? DG_OK
             : dg_diag_set(diag, DG_BAD_INPUT, "the page's gzip is broken");
}

static DgStatus
unzip(DgStr raw, size_t limit, DgArena *arena, DgStr *body, DgDiag *diag)
{
  z_stream zip = { 0 };
  zip.next_in = (Bytef *)(uintptr_t)raw.ptr;
  zip.avail_in = (uInt)(raw.len < UINT32_MAX ? raw.len : UINT32_MAX);
  if (inflateInit2(&zip, 32 + MAX_WBITS) != Z_OK) {
    return DG_NO_MEMORY;
  }
  DgBuf out = DG_BUF_INIT;
  DgStatus status = inflate_into(&zip, &out, limit, diag);
  (void)inflateEnd(&zip);
  if (status == DG_OK) {
    *body = dg_arena_copy(arena, dg_buf_str(&out));
    status = body->ptr ? DG_OK : DG_NO_MEMORY;
  }
  dg_buf_clear(&out);
  return status;
}

DgStatus
dg_http_body(DgStr headers, DgStr raw, size_t limit, DgArena *arena,
             DgStr *body, DgDiag *diag)
{
  *body = raw;
  if (dg_str_find(dg_header(headers, "Transfer-Encoding"), DG_STR("chunked"),
                  0) != SIZE_MAX) {
    DG_TRY(join_chunks(raw, arena, body));
  }
  const DgStr coding = dg_header(headers, "Content-Encoding");
  const bool zipped = body->len > 2 && !memcmp(body->ptr, "\x1F\x8B", 2);
  if (dg_str_find(coding, DG_STR("deflate"), 0) != SIZE_MAX || zipped) {
    return unzip(*body, limit, arena, body, diag);
  }
  /* Crawlers often store the page unpacked and keep the header. */
  if (dg_str_equal(coding, DG_STR("br")) && body->len && body->ptr[0] != '<' &&
      (unsigned char)body->ptr[0] != 0xEF) {
    return dg_diag_set(diag, DG_UNSUPPORTED, "a page coded with Brotli");
  }
  return DG_OK;
}
