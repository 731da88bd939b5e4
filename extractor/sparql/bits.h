/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_BITS_H
#define DG_SPARQL_BITS_H

#include "base/arena.h"

/** A set of small numbers; all sets of one query have the same room. */
typedef struct {
  uint64_t *words; /**< [n], or null for the empty set */
  size_t n;
} DgBits;

static inline bool
dg_bits_has(DgBits set, uint32_t i)
{
  return i / 64 < set.n && (set.words[i / 64] >> (i % 64) & 1);
}

static inline bool
dg_bits_meet(DgBits a, DgBits b)
{
  for (size_t i = 0; i < a.n && i < b.n; ++i) {
    if (a.words[i] & b.words[i]) {
      return true;
    }
  }
  return false;
}

/** True when all of `a` is in `b`. */
static inline bool
dg_bits_within(DgBits a, DgBits b)
{
  for (size_t i = 0; i < a.n; ++i) {
    if (a.words[i] & ~(i < b.n ? b.words[i] : 0)) {
      return false;
    }
  }
  return true;
}

/** A new set: `a`, with `b` added, or taken away, or what both have. */
static inline DgBits
dg_bits_make(DgArena *arena, DgBits a, DgBits b, char how)
{
  const size_t n = a.n > b.n ? a.n : b.n;
  DgBits set = { dg_arena_calloc(arena, n ? n : 1, sizeof(uint64_t)), n };
  if (!set.words) {
    return (DgBits){ NULL, 0 };
  }
  for (size_t i = 0; i < n; ++i) {
    const uint64_t x = i < a.n ? a.words[i] : 0;
    const uint64_t y = i < b.n ? b.words[i] : 0;
    set.words[i] = how == '|' ? x | y : how == '-' ? x & ~y : x & y;
  }
  return set;
}

static inline DgBits
dg_bits_or(DgArena *arena, DgBits a, DgBits b)
{
  return dg_bits_make(arena, a, b, '|');
}

static inline DgBits
dg_bits_minus(DgArena *arena, DgBits a, DgBits b)
{
  return dg_bits_make(arena, a, b, '-');
}

static inline DgBits
dg_bits_and(DgArena *arena, DgBits a, DgBits b)
{
  return dg_bits_make(arena, a, b, '&');
}

static inline DgBits
dg_bits_one(DgArena *arena, uint32_t i)
{
  const size_t n = i / 64 + 1;
  DgBits set = { dg_arena_calloc(arena, n, sizeof(uint64_t)), n };
  if (!set.words) {
    return (DgBits){ NULL, 0 };
  }
  set.words[i / 64] |= (uint64_t)1 << (i % 64);
  return set;
}

static inline DgBits
dg_bits_with(DgArena *arena, DgBits a, uint32_t i)
{
  return dg_bits_or(arena, a, dg_bits_one(arena, i));
}

static inline bool
dg_bits_empty(DgBits a)
{
  for (size_t i = 0; i < a.n; ++i) {
    if (a.words[i]) {
      return false;
    }
  }
  return true;
}

#endif
