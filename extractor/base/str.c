/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/str.h"

#include <xxhash.h>

int
dg_str_compare(DgStr a, DgStr b)
{
  const size_t n = a.len < b.len ? a.len : b.len;
  const int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
  return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool
dg_str_starts(DgStr s, DgStr prefix)
{
  return s.len >= prefix.len &&
         dg_str_equal(dg_str_sub(s, 0, prefix.len), prefix);
}

bool
dg_str_ends(DgStr s, DgStr suffix)
{
  return s.len >= suffix.len &&
         dg_str_equal(dg_str_sub(s, s.len - suffix.len, s.len), suffix);
}

size_t
dg_str_find(DgStr s, DgStr needle, size_t from)
{
  if (from > s.len || needle.len > s.len - from) {
    return SIZE_MAX;
  }
  if (needle.len == 0) {
    return from;
  }
  const char *hit = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
  return hit ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

static bool
is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

DgStr
dg_str_trim(DgStr s)
{
  while (s.len && is_blank(s.ptr[0])) {
    ++s.ptr;
    --s.len;
  }
  while (s.len && is_blank(s.ptr[s.len - 1])) {
    --s.len;
  }
  return s;
}

bool
dg_str_cut(DgStr *rest, char separator, DgStr *piece)
{
  if (!rest->ptr) {
    return false;
  }
  const char *hit = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
  if (!hit) {
    *piece = *rest;
    *rest = DG_STR_NONE;
    return true;
  }
  const size_t n = (size_t)(hit - rest->ptr);
  *piece = dg_str_n(rest->ptr, n);
  *rest = dg_str_n(hit + 1, rest->len - n - 1);
  return true;
}

uint64_t
dg_str_hash(DgStr s)
{
  return XXH3_64bits(s.ptr ? s.ptr : "", s.len);
}
