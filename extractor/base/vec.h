/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_VEC_H
#define DG_BASE_VEC_H

#include "base/arena.h"

/**
 * A growing array in an arena. Outgrown copies stay in the arena until it is
 * reset, so pointers into it stay readable but go stale.
 */
#define DG_VEC(T)                                                              \
  struct {                                                                     \
    T *items; /**< [n] */                                                      \
    size_t n;                                                                  \
    size_t cap;                                                                \
  }

/** Room for one more item; returns `items`, moved or not, or null. */
static inline void *
dg_vec_room(DgArena *arena, void *items, size_t n, size_t *cap, size_t size)
{
  if (n < *cap) {
    return items;
  }
  const size_t more = *cap ? *cap * 2 : 8;
  void *const moved = dg_arena_calloc(arena, more, size);
  if (moved) {
    if (n) {
      memcpy(moved, items, n * size);
    }
    *cap = more;
  }
  return moved;
}

/**
 * Append a cleared item and evaluate to its address, or to null when memory
 * is out (the vector is then unchanged).
 */
#define DG_VEC_ADD(arena, vec)                                                 \
  (dg_vec_grow_((arena), (void **)&(vec)->items, &(vec)->n, &(vec)->cap,       \
                sizeof *(vec)->items)                                          \
       ? &(vec)->items[(vec)->n - 1]                                           \
       : NULL)

static inline int
dg_vec_grow_(DgArena *arena, void **items, size_t *n, size_t *cap, size_t size)
{
  void *const room = dg_vec_room(arena, *items, *n, cap, size);
  if (!room) {
    return 0;
  }
  *items = room;
  ++*n;
  return 1;
}

#endif
