/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/key_sort.h"

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
