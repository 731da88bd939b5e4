/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/map.h"

DgStatus
dg_map_add(DgMap *map, DgArena *arena, size_t text, size_t source)
{
  if (map->n) {
    DgMapPoint *const last = &map->items[map->n - 1];
    if (last->text == text) {
      last->source = source;
      return DG_OK;
    }
    if (last->source + (text - last->text) == source) {
      return DG_OK;
    }
  }
  DgMapPoint *const point = DG_VEC_ADD(arena, map);
  DG_TRY_PTR(point);
  *point = (DgMapPoint){ text, source };
  return DG_OK;
}

size_t
dg_map_index(const DgMapPoint *points, size_t n, size_t at)
{
  size_t low = 0;
  size_t high = n;
  while (high - low > 1) {
    const size_t middle = low + (high - low) / 2;
    if (points[middle].text <= at) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

size_t
dg_map_source(const DgMapPoint *points, size_t n, size_t at)
{
  const size_t i = dg_map_index(points, n, at);
  const DgMapPoint point = points[i];
  if (at < point.text) {
    return point.source;
  }
  const size_t source = point.source + (at - point.text);
  if (i + 1 < n) {
    /* A character that grew must not lead into what follows it. */
    const size_t next = points[i + 1].source;
    if (next > point.source && source >= next) {
      return next - 1;
    }
  }
  return source;
}
