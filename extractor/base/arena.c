/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define DG_ARENA_PLAIN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DG_ARENA_PLAIN 1
#endif
#endif

typedef struct Chunk Chunk;

struct Chunk {
  Chunk *next;
  size_t size; /**< bytes of `data` */
  _Alignas(16) char data[];
};

struct DgArena {
  Chunk *chunks; /**< newest first; the head is being filled */
  size_t fill;   /**< bytes used in the head */
  size_t used;   /**< bytes given out since the last reset */
};

enum { FIRST_CHUNK = 64 * 1024, LARGEST_CHUNK = 8 * 1024 * 1024 };

DgArena *
dg_arena_new(void)
{
  return calloc(1, sizeof(DgArena));
}

static void
free_chunks(Chunk *chunk)
{
  while (chunk) {
    Chunk *const next = chunk->next;
    free(chunk);
    chunk = next;
  }
}

void
dg_arena_free(DgArena *arena)
{
  if (arena) {
    free_chunks(arena->chunks);
    free(arena);
  }
}

void
dg_arena_reset(DgArena *arena)
{
  Chunk *const head = arena->chunks;
  arena->used = 0;
  arena->fill = 0;
  if (!head) {
    return;
  }
#ifdef DG_ARENA_PLAIN
  free_chunks(head);
  arena->chunks = NULL;
#else
  /* Chunks grow, so the head is the largest regular one: keep it alone. */
  free_chunks(head->next);
  head->next = NULL;
#endif
}

static Chunk *
new_chunk(size_t size)
{
  Chunk *const chunk = malloc(sizeof(Chunk) + size);
  if (chunk) {
    chunk->next = NULL;
    chunk->size = size;
  }
  return chunk;
}

static size_t
chunk_size_for(const DgArena *arena, size_t wanted)
{
#ifdef DG_ARENA_PLAIN
  (void)arena;
  return wanted;
#else
  size_t size = arena->chunks ? arena->chunks->size * 2 : FIRST_CHUNK;
  size = size > LARGEST_CHUNK ? LARGEST_CHUNK : size;
  return wanted > size ? wanted : size;
#endif
}

void *
dg_arena_alloc(DgArena *arena, size_t size)
{
  if (size > SIZE_MAX / 4) {
    return NULL;
  }
  size = (size + 15U) & ~(size_t)15U;
  size = size ? size : 16;
  Chunk *head = arena->chunks;
  if (!head || head->size - arena->fill < size) {
    head = new_chunk(chunk_size_for(arena, size));
    if (!head) {
      return NULL;
    }
    head->next = arena->chunks;
    arena->chunks = head;
    arena->fill = 0;
  }
  void *const piece = head->data + arena->fill;
  arena->fill += size;
  arena->used += size;
  return piece;
}

void *
dg_arena_calloc(DgArena *arena, size_t n, size_t size)
{
  if (size && n > SIZE_MAX / 4 / size) {
    return NULL;
  }
  void *const piece = dg_arena_alloc(arena, n * size);
  return piece ? memset(piece, 0, n * size) : NULL;
}

DgStr
dg_arena_copy(DgArena *arena, DgStr s)
{
  char *const copy = dg_arena_alloc(arena, s.len + 1);
  if (!copy) {
    return DG_STR_NONE;
  }
  if (s.len) {
    memcpy(copy, s.ptr, s.len);
  }
  copy[s.len] = '\0';
  return dg_str_n(copy, s.len);
}

char *
dg_arena_printf(DgArena *arena, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  va_list again;
  va_copy(again, args);
  const int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  char *const text = n < 0 ? NULL : dg_arena_alloc(arena, (size_t)n + 1);
  if (text) {
    (void)vsnprintf(text, (size_t)n + 1, format, again);
  }
  va_end(again);
  return text;
}

size_t
dg_arena_used(const DgArena *arena)
{
  return arena->used;
}
