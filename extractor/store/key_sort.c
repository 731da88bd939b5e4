/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/key_sort.h"

#include <stdlib.h>

/* Merge sort from below: runs of RUN keys by insertion, then doubled. Keys
 * that come in order, as most do, cost one comparison a level. */
enum { RUN = 16 };

static void
sort_run(DgKey *keys, size_t n)
{
  for (size_t i = 1; i < n; ++i) {
    const DgKey key = keys[i];
    size_t at = i;
    for (; at && dg_key_compare(&key, &keys[at - 1]) < 0; --at) {
      keys[at] = keys[at - 1];
    }
    keys[at] = key;
  }
}

/* Merge [0, middle) and [middle, n) of `from` into `to`. */
static void
merge_runs(const DgKey *from, size_t middle, size_t n, DgKey *to)
{
  if (middle >= n || dg_key_compare(&from[middle - 1], &from[middle]) <= 0) {
    memcpy(to, from, n * sizeof *to);
    return;
  }
  const DgKey *left = from;
  const DgKey *const left_end = from + middle;
  const DgKey *right = left_end;
  const DgKey *const right_end = from + n;
  while (left < left_end && right < right_end) {
    *to++ = dg_key_compare(right, left) < 0 ? *right++ : *left++;
  }
  memcpy(to, left, (size_t)(left_end - left) * sizeof *to);
  to += left_end - left;
  memcpy(to, right, (size_t)(right_end - right) * sizeof *to);
}

static size_t
least(size_t a, size_t b)
{
  return a < b ? a : b;
}

void
dg_key_sort(DgKey *keys, size_t n, DgKey *scratch)
{
  for (size_t at = 0; at < n; at += RUN) {
    sort_run(keys + at, least(RUN, n - at));
  }
  DgKey *from = keys;
  DgKey *to = scratch;
  for (size_t width = RUN; width < n; width *= 2) {
    for (size_t at = 0; at < n; at += 2 * width) {
      merge_runs(from + at, least(width, n - at), least(2 * width, n - at),
                 to + at);
    }
    DgKey *const swap = from;
    from = to;
    to = swap;
  }
  if (from != keys) {
    memcpy(keys, from, n * sizeof *keys);
  }
}

DgStatus
dg_key_merge_open(DgKeyMerge *merge, const DgKey *keys, size_t total,
                  size_t piece)
{
  merge->n = total / piece + 1;
  merge->at = calloc(merge->n, sizeof *merge->at);
  merge->end = calloc(merge->n, sizeof *merge->end);
  if (!merge->at || !merge->end) {
    dg_key_merge_close(merge);
    return DG_NO_MEMORY;
  }
  for (size_t i = 0; i < merge->n; ++i) {
    merge->at[i] = keys + i * piece;
    merge->end[i] = keys + least(total, (i + 1) * piece);
  }
  return DG_OK;
}

const DgKey *
dg_key_merge_next(DgKeyMerge *merge)
{
  size_t best = SIZE_MAX;
  for (size_t i = 0; i < merge->n; ++i) {
    if (merge->at[i] < merge->end[i] &&
        (best == SIZE_MAX ||
         dg_key_compare(merge->at[i], merge->at[best]) < 0)) {
      best = i;
    }
  }
  return best == SIZE_MAX ? NULL : merge->at[best]++;
}

void
dg_key_merge_close(DgKeyMerge *merge)
{
  free(merge->at);
  free(merge->end);
  *merge = (DgKeyMerge){ NULL, NULL, 0 };
}

enum { SORTER_PIECE = 1 << 20 };

DgStatus
dg_key_sorter_open(DgKeySorter *s, const char *folder)
{
  *s = (DgKeySorter){ .piece = SORTER_PIECE };
  s->keys = malloc(2 * s->piece * sizeof *s->keys);
  DG_TRY_PTR(s->keys);
  const DgStatus status = dg_scratch_open(&s->runs, folder);
  if (status != DG_OK) {
    dg_key_sorter_close(s);
  }
  return status;
}

static DgStatus
put_run(DgKeySorter *s)
{
  dg_key_sort(s->keys, s->n, s->keys + s->piece);
  DG_TRY(dg_scratch_grow(&s->runs, (s->n_runs + s->n) * sizeof *s->keys));
  memcpy(s->runs.data + s->n_runs * sizeof *s->keys, s->keys,
         s->n * sizeof *s->keys);
  s->n_runs += s->n;
  s->n = 0;
  return DG_OK;
}

DgStatus
dg_key_sorter_add(DgKeySorter *s, const DgKey *key)
{
  if (s->n == s->piece) {
    DG_TRY(put_run(s));
  }
  s->keys[s->n++] = *key;
  return DG_OK;
}

DgStatus
dg_key_sorter_sort(DgKeySorter *s)
{
  if (!s->n_runs) {
    dg_key_sort(s->keys, s->n, s->keys + s->piece);
    return dg_key_merge_open(&s->merge, s->keys, s->n, s->piece);
  }
  DG_TRY(put_run(s));
  const DgKey *const runs = (const DgKey *)(const void *)s->runs.data;
  return dg_key_merge_open(&s->merge, runs, s->n_runs, s->piece);
}

const DgKey *
dg_key_sorter_next(DgKeySorter *s)
{
  return dg_key_merge_next(&s->merge);
}

void
dg_key_sorter_close(DgKeySorter *s)
{
  if (s->keys) {
    dg_key_merge_close(&s->merge);
    dg_scratch_close(&s->runs);
    free(s->keys);
    s->keys = NULL;
  }
}
