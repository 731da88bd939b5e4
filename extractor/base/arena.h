/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_ARENA_H
#define DG_BASE_ARENA_H

#include "base/str.h"

/**
 * Memory that is given out piece by piece and freed all at once. What comes
 * from one article lives in one arena and dies with it. Not for sharing
 * between threads.
 *
 * Under AddressSanitizer each piece is a malloc of its own, so that overruns
 * are seen.
 */
typedef struct DgArena DgArena;

/** A new arena; null when memory is out. */
DgArena *
dg_arena_new(void);

/** Free the arena and all that came from it; null is allowed. */
void
dg_arena_free(DgArena *arena);

/** Forget all that was given out, and keep the memory for what comes. */
void
dg_arena_reset(DgArena *arena);

/** `size` bytes aligned to 16, not cleared; null when memory is out. */
void *
dg_arena_alloc(DgArena *arena, size_t size);

/** `n` cleared items of `size` bytes; null on overflow or no memory. */
void *
dg_arena_calloc(DgArena *arena, size_t n, size_t size);

/** A terminated copy of `s`; its `ptr` is null when memory is out. */
DgStr
dg_arena_copy(DgArena *arena, DgStr s);

/** A terminated string from a printf format; null when memory is out. */
char *
dg_arena_printf(DgArena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Bytes given out since the last reset. */
size_t
dg_arena_used(const DgArena *arena);

/** One cleared T. */
#define DG_NEW(arena, T) ((T *)dg_arena_calloc((arena), 1, sizeof(T)))

/** `n` cleared T in a row. */
#define DG_NEW_ARRAY(arena, T, n)                                              \
  ((T *)dg_arena_calloc((arena), (n), sizeof(T)))

#endif
