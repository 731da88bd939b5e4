/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/iri.h"

typedef struct {
  DgStr scheme;    /**< with ":" */
  DgStr authority; /**< with "//", or absent */
  DgStr path;
  DgStr query;    /**< with "?", or absent */
  DgStr fragment; /**< with "#", or absent */
} Parts;

static size_t
scheme_end(DgStr iri)
{
  for (size_t i = 0; i < iri.len; ++i) {
    const char c = iri.ptr[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == ':') {
      return i ? i + 1 : 0;
    }
    if (!letter &&
        (!i || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
      return 0;
    }
  }
  return 0;
}

bool
dg_iri_absolute(DgStr iri)
{
  return scheme_end(iri) > 0;
}

static size_t
first_of(DgStr s, size_t from, const char *set)
{
  while (from < s.len && !(s.ptr[from] && strchr(set, s.ptr[from]))) {
    ++from;
  }
  return from;
}

static Parts
split(DgStr iri)
{
  Parts parts = { 0 };
  size_t at = scheme_end(iri);
  parts.scheme = dg_str_sub(iri, 0, at);
  if (dg_str_starts(dg_str_sub(iri, at, iri.len), DG_STR("//"))) {
    const size_t end = first_of(iri, at + 2, "/?#");
    parts.authority = dg_str_sub(iri, at, end);
    at = end;
  }
  size_t end = first_of(iri, at, "?#");
  parts.path = dg_str_sub(iri, at, end);
  at = end;
  if (at < iri.len && iri.ptr[at] == '?') {
    end = first_of(iri, at, "#");
    parts.query = dg_str_sub(iri, at, end);
    at = end;
  }
  if (at < iri.len) {
    parts.fragment = dg_str_sub(iri, at, iri.len);
  }
  return parts;
}

/** Drop "." and ".." segments in place (section 5.2.4). @return new length. */
static size_t
remove_dots(char *path, size_t len)
{
  size_t n = 0;
  size_t at = 0;
  while (at < len) {
    size_t end = at + 1;
    while (end < len && path[end] != '/') {
      ++end;
    }
    const DgStr segment = dg_str_n(path + at, end - at);
    const bool last = end == len;
    if (dg_str_equal(segment, DG_STR("/."))) {
      if (last) {
        path[n++] = '/';
      }
    } else if (dg_str_equal(segment, DG_STR("/.."))) {
      while (n && path[--n] != '/') {
      }
      if (last) {
        path[n++] = '/';
      }
    } else {
      memmove(path + n, path + at, end - at);
      n += end - at;
    }
    at = end;
  }
  return n;
}

static char *
put(char *to, DgStr s)
{
  if (s.len) {
    memcpy(to, s.ptr, s.len);
  }
  return to + s.len;
}

/** The base's path up to its last slash (section 5.2.3). */
static DgStr
folder_of(const Parts *base)
{
  size_t end = base->path.len;
  while (end && base->path.ptr[end - 1] != '/') {
    --end;
  }
  return end || !base->authority.ptr ? dg_str_sub(base->path, 0, end)
                                     : DG_STR("/");
}

DgStr
dg_iri_resolve(DgArena *arena, DgStr base, DgStr reference)
{
  if (!base.len || dg_iri_absolute(reference)) {
    return reference;
  }
  const Parts b = split(base);
  const Parts r = split(reference);
  char *const out = dg_arena_alloc(arena, base.len + reference.len + 2);
  if (!out) {
    return DG_STR_NONE;
  }
  char *at = put(out, b.scheme);
  at = put(at, r.authority.ptr ? r.authority : b.authority);
  char *const path = at;
  const bool own = r.authority.ptr || r.path.len;
  if (own && !r.authority.ptr && r.path.ptr[0] != '/') {
    at = put(at, folder_of(&b));
  }
  at = put(at, own ? r.path : b.path);
  if (own) {
    at = path + remove_dots(path, (size_t)(at - path));
  }
  at = put(at, own || r.query.ptr ? r.query : b.query);
  at = put(at, r.fragment);
  *at = '\0';
  return dg_str_n(out, (size_t)(at - out));
}
