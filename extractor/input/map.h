/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_MAP_H
#define DG_INPUT_MAP_H

#include "base/status.h"
#include "base/vec.h"
#include "input/document.h"

/** Points that lead from bytes of one text to bytes of another. */
typedef DG_VEC(DgMapPoint) DgMap;

/**
 * Add the point (text, source), unless the points before it already say so.
 * `text` must not be below that of the last point; an equal one is replaced.
 */
DgStatus
dg_map_add(DgMap *map, DgArena *arena, size_t text, size_t source);

/** Index of the last point at or before `at`; 0 when there is none. */
size_t
dg_map_index(const DgMapPoint *points, size_t n, size_t at);

/** Where byte `at` comes from. @param points  [n] n > 0 */
size_t
dg_map_source(const DgMapPoint *points, size_t n, size_t at);

#endif
