/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/copies.h"

#include <stdlib.h>

/*
 * Each pair of bins is a key, and so are the content and the address. There is
 * a hash table for each key: heads[] by the key's hash, next[] from an article
 * to the one before it in the same slot. Groups are a forest whose roots are
 * the first articles.
 */
enum {
  BANDS = DG_PRINT_BINS / 2,
  KEYS = BANDS + 2,
  CHAIN_MAX = 256 /* articles looked at under one key, the latest */
};

struct DgCopies {
  size_t max;
  size_t n;
  size_t cap;
  DgPrint *prints;  /* [cap] */
  uint32_t *parent; /* [cap] */
  uint32_t *looked; /* [cap] the round in which it was last compared */
  uint32_t *next;   /* [cap * KEYS] */
  uint32_t *heads;  /* [cap * KEYS] cap is a power of two */
  uint32_t round;
};

DgCopies *
dg_copies_new(size_t max)
{
  DgCopies *const copies = calloc(1, sizeof *copies);
  if (copies) {
    copies->max = max < DG_COPIES_NONE ? max : DG_COPIES_NONE - 1;
  }
  return copies;
}

void
dg_copies_free(DgCopies *copies)
{
  if (copies) {
    free(copies->prints);
    free(copies->parent);
    free(copies->looked);
    free(copies->next);
    free(copies->heads);
    free(copies);
  }
}

size_t
dg_copies_count(const DgCopies *copies)
{
  return copies->n;
}

const DgPrint *
dg_copies_print(const DgCopies *copies, uint32_t i)
{
  return &copies->prints[i];
}

/** @return 0 for a key that the print does not have. */
static uint64_t
key_of(const DgPrint *print, size_t i)
{
  if (i == BANDS) {
    return print->content;
  }
  if (i == BANDS + 1) {
    return print->url;
  }
  const uint64_t a = print->minima[2 * i];
  const uint64_t b = print->minima[2 * i + 1];
  return a && b ? (a << 32 | b << 8 | i) * 0x9E3779B97F4A7C15U : 0;
}

static uint32_t *
head_of(const DgCopies *copies, size_t k, uint64_t key)
{
  key ^= key >> 31;
  return &copies->heads[k * copies->cap + (key & (copies->cap - 1))];
}

/* ---- growing ---- */

static bool
grow_array(void *array, size_t n, size_t size)
{
  void **const place = array;
  void *const moved = reallocarray(*place, n, size);
  if (moved) {
    *place = moved;
  }
  return moved != NULL;
}

static void
link_article(DgCopies *copies, uint32_t i)
{
  for (size_t k = 0; k < KEYS; ++k) {
    const uint64_t key = key_of(&copies->prints[i], k);
    uint32_t *const next = &copies->next[(size_t)i * KEYS + k];
    *next = DG_COPIES_NONE;
    if (key) {
      uint32_t *const head = head_of(copies, k, key);
      *next = *head;
      *head = i;
    }
  }
}

/** Room for twice as many; the table is made anew. */
static DgStatus
grow(DgCopies *copies)
{
  const size_t cap = copies->cap ? copies->cap * 2 : 256;
  if (!grow_array(&copies->prints, cap, sizeof *copies->prints) ||
      !grow_array(&copies->parent, cap, sizeof *copies->parent) ||
      !grow_array(&copies->looked, cap, sizeof *copies->looked) ||
      !grow_array(&copies->next, cap * KEYS, sizeof *copies->next) ||
      !grow_array(&copies->heads, cap * KEYS, sizeof *copies->heads)) {
    return DG_NO_MEMORY;
  }
  copies->cap = cap;
  memset(copies->heads, 0xFF, cap * KEYS * sizeof *copies->heads);
  for (uint32_t i = 0; i < copies->n; ++i) {
    link_article(copies, i);
  }
  return DG_OK;
}

/* ---- groups ---- */

uint32_t
dg_copies_first(DgCopies *copies, uint32_t i)
{
  uint32_t *const parent = copies->parent;
  while (parent[i] != i) {
    parent[i] = parent[parent[i]];
    i = parent[i];
  }
  return i;
}

static void
join(DgCopies *copies, uint32_t a, uint32_t b)
{
  a = dg_copies_first(copies, a);
  b = dg_copies_first(copies, b);
  copies->parent[a > b ? a : b] = a < b ? a : b;
}

/* ---- comparing ---- */

typedef void (*MatchSink)(DgCopies *copies, uint32_t match, uint32_t *user);

static void
look_at(DgCopies *copies, uint32_t i, const DgPrint *print, MatchSink sink,
        uint32_t *user)
{
  if (copies->looked[i] != copies->round) {
    copies->looked[i] = copies->round;
    if (dg_print_same(print, &copies->prints[i])) {
      sink(copies, i, user);
    }
  }
}

/** Each remembered article that `print` is a copy of, once. */
static void
each_match(DgCopies *copies, const DgPrint *print, MatchSink sink,
           uint32_t *user)
{
  ++copies->round;
  for (size_t k = 0; k < KEYS && copies->n; ++k) {
    const uint64_t key = key_of(print, k);
    uint32_t i = key ? *head_of(copies, k, key) : DG_COPIES_NONE;
    for (unsigned n = 0; i != DG_COPIES_NONE && n < CHAIN_MAX; ++n) {
      look_at(copies, i, print, sink, user);
      i = copies->next[(size_t)i * KEYS + k];
    }
  }
}

static void
take_least(DgCopies *copies, uint32_t match, uint32_t *least)
{
  (void)copies;
  *least = match < *least ? match : *least;
}

uint32_t
dg_copies_find(DgCopies *copies, const DgPrint *print)
{
  uint32_t least = DG_COPIES_NONE;
  each_match(copies, print, take_least, &least);
  return least;
}

static void
take_all(DgCopies *copies, uint32_t match, uint32_t *self)
{
  join(copies, match, *self);
}

DgStatus
dg_copies_add(DgCopies *copies, const DgPrint *print)
{
  if (copies->n >= copies->max) {
    return DG_LIMIT;
  }
  if (copies->n == copies->cap) {
    DG_TRY(grow(copies));
  }
  uint32_t i = (uint32_t)copies->n;
  copies->prints[i] = *print;
  copies->parent[i] = i;
  copies->looked[i] = 0;
  each_match(copies, print, take_all, &i);
  ++copies->n;
  link_article(copies, i);
  return DG_OK;
}

/* ---- prints as bytes ---- */

static char *
put(char *out, uint64_t value, size_t n)
{
  for (size_t i = 0; i < n; ++i) {
    *out++ = (char)(value >> (8 * i) & 255U);
  }
  return out;
}

static uint64_t
take(const char **in, size_t n)
{
  uint64_t value = 0;
  for (size_t i = 0; i < n; ++i) {
    value |= (uint64_t)(unsigned char)*(*in)++ << (8 * i);
  }
  return value;
}

void
dg_print_write(const DgPrint *print, char bytes[DG_PRINT_BYTES])
{
  char *out = put(put(bytes, print->url, 8), print->content, 8);
  for (size_t i = 0; i < DG_PRINT_NAMES; ++i) {
    out = put(out, print->names[i], 8);
  }
  for (size_t i = 0; i < DG_PRINT_BINS; ++i) {
    out = put(out, print->minima[i], 2);
  }
  (void)put(put(out, print->words, 4), (uint32_t)print->day, 4);
}

bool
dg_print_read(DgStr bytes, DgPrint *print)
{
  if (bytes.len != DG_PRINT_BYTES) {
    return false;
  }
  const char *in = bytes.ptr;
  print->url = take(&in, 8);
  print->content = take(&in, 8);
  for (size_t i = 0; i < DG_PRINT_NAMES; ++i) {
    print->names[i] = take(&in, 8);
  }
  for (size_t i = 0; i < DG_PRINT_BINS; ++i) {
    print->minima[i] = (uint16_t)take(&in, 2);
  }
  print->words = (uint32_t)take(&in, 4);
  print->day = (int32_t)(uint32_t)take(&in, 4);
  return true;
}
