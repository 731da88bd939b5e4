/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_STR_H
#define DG_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/**
 * A borrowed string: `len` bytes at `ptr`, not terminated. Whoever hands one
 * out says until when it is good. An absent string has a null `ptr`.
 */
typedef struct {
  const char *ptr;
  size_t len;
} DgStr;

/** A half-open range [begin, end); the unit (bytes, tokens) is said in use. */
typedef struct {
  size_t begin;
  size_t end;
} DgSpan;

/** A DgStr from a string literal, also in initialisers. */
#define DG_STR(literal) ((DgStr){ "" literal, sizeof(literal) - 1 })

/** No string at all. */
#define DG_STR_NONE ((DgStr){ NULL, 0 })

/** View of a terminated string; null gives DG_STR_NONE. */
static inline DgStr
dg_str(const char *text)
{
  return (DgStr){ text, text ? strlen(text) : 0 };
}

/** View of `len` bytes. */
static inline DgStr
dg_str_n(const char *ptr, size_t len)
{
  return (DgStr){ ptr, len };
}

/** The part [begin, end) of `s`, in bytes; ends are clamped to `s`. */
static inline DgStr
dg_str_sub(DgStr s, size_t begin, size_t end)
{
  end = end > s.len ? s.len : end;
  begin = begin > end ? end : begin;
  return (DgStr){ s.ptr ? s.ptr + begin : NULL, end - begin };
}

static inline bool
dg_str_equal(DgStr a, DgStr b)
{
  return a.len == b.len && (a.len == 0 || !memcmp(a.ptr, b.ptr, a.len));
}

/** Order of bytes, as strcmp: negative, zero or positive. */
int
dg_str_compare(DgStr a, DgStr b);

bool
dg_str_starts(DgStr s, DgStr prefix);

bool
dg_str_ends(DgStr s, DgStr suffix);

/** First position of `needle` at or after `from`, or SIZE_MAX. */
size_t
dg_str_find(DgStr s, DgStr needle, size_t from);

/** `s` without ASCII blanks (space, tab, CR, LF) at both ends. */
DgStr
dg_str_trim(DgStr s);

/**
 * Cut the next piece of `*rest` that ends at byte `separator`, and step over
 * it. The last piece is what remains.
 * @return false when nothing is left.
 */
bool
dg_str_cut(DgStr *rest, char separator, DgStr *piece);

/**
 * 64-bit hash (XXH3). The same on every machine and in every run: used for
 * tables and, rendered, in minted names.
 */
uint64_t
dg_str_hash(DgStr s);

#endif
