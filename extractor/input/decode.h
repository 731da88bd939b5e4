/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_DECODE_H
#define DG_INPUT_DECODE_H

#include "base/arena.h"
#include "base/diag.h"
#include "input/document.h"

/**
 * Bytes of some encoding made into UTF-8 that the rooms after this one can
 * trust: well-formed, no NUL, control characters turned into blanks,
 * private-use characters into U+FFFD.
 */
typedef struct {
  DgStr text;            /**< borrows the bytes where nothing had to change */
  const DgMapPoint *map; /**< [n_map] text byte to source byte, n_map > 0 */
  size_t n_map;
  DgStr encoding; /**< "UTF-8", "UTF-16LE", "windows-1252", ... */
  DgStr notice;   /**< what was repaired, or absent */
} DgDecoded;

/**
 * Decode `bytes`: a byte order mark decides, then well-formed UTF-8, then
 * UTF-16 seen by its zero bytes, then `declared`, then windows-1252.
 *
 * @param declared  Name of the encoding by header or markup, or absent.
 * @return DG_BAD_INPUT for bytes that are no text, the reason in `diag`.
 *
 * Source: WHATWG Encoding standard, sections 4.2 (labels), 6 (BOM), 9
 * (windows-1252).
 */
DgStatus
dg_decode(DgStr bytes, DgStr declared, DgArena *arena, DgDecoded *out,
          DgDiag *diag);

/** True when a head of a file looks like text in some encoding. */
bool
dg_decode_is_text(DgStr head);

#endif
