/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_UTF8_H
#define DG_BASE_UTF8_H

#include "base/buf.h"
#include "base/str.h"

/**
 * Decode the code point at byte `at` of `s`.
 *
 * @param size  Set to the bytes it takes, 1 to 4; 1 for a broken byte.
 * @return The code point, or U+FFFD for a broken or overlong sequence, a
 *         surrogate, or a value above U+10FFFF.
 *
 * Source: Unicode 15, table 3-7 (well-formed UTF-8 byte sequences).
 */
uint32_t
dg_utf8_decode(DgStr s, size_t at, size_t *size);

/** Write `code` to `out` as UTF-8. @return bytes written, 1 to 4. */
size_t
dg_utf8_encode(uint32_t code, char out[4]);

/** True when all of `s` is well-formed; else `*bad` is the first bad byte. */
bool
dg_utf8_valid(DgStr s, size_t *bad);

/** Code points in `s`; each broken byte counts as one. */
size_t
dg_utf8_count(DgStr s);

/**
 * Fold one code point for comparison: lower case, accents of Latin letters
 * stripped. Ligatures and sharp s give two letters.
 *
 * @param out  UTF-8 of the folded form, at most 8 bytes.
 * @return bytes written.
 *
 * Source: Unicode simple case folding and canonical decomposition, by
 * libunistring; the table is the same in every locale.
 */
size_t
dg_utf8_fold_code(uint32_t code, char out[8]);

/**
 * Fold all of `s` (see dg_utf8_fold_code) into `out`.
 * @param out  Room for at least 3 * s.len bytes.
 * @return bytes written.
 */
size_t
dg_utf8_fold(DgStr s, char *out);

/**
 * Append `s` in upper case, or in lower case, by the full mappings of Unicode
 * (special casing included), the same in every locale.
 */
void
dg_utf8_upper_text(DgStr s, DgBuf *out);

void
dg_utf8_lower_text(DgStr s, DgBuf *out);

/**
 * Append what remains of `s`, which is valid, for a comparison that is as loose
 * as Unicode makes it: compatibility decomposition (NFKD), full case folding,
 * then no code point of a combining class.
 */
void
dg_utf8_bare_text(DgStr s, DgBuf *out);

/** Columns that `s` takes on a terminal: wide characters count two. */
size_t
dg_utf8_width(DgStr s);

/** Lower case of one code point; the code point itself where it has none. */
uint32_t
dg_utf8_lower(uint32_t code);

bool
dg_utf8_is_upper(uint32_t code);

bool
dg_utf8_is_lower(uint32_t code);

/** A letter or a combining mark of any script. */
bool
dg_utf8_is_letter(uint32_t code);

/** A space of any kind, no-break and narrow ones included. */
bool
dg_utf8_is_space(uint32_t code);

/** A code point of the private-use areas, which stand for mentions. */
static inline bool
dg_utf8_is_private(uint32_t code)
{
  return (code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000;
}

#endif
