/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/rows.h"

#include <stdlib.h>

void
dg_rows_init(DgRows *rows, size_t width)
{
  *rows = (DgRows){ .width = width ? width : 1 };
}

static size_t
size_of(const DgRows *rows)
{
  return rows->cap * (rows->width * sizeof(DgId) + sizeof(uint32_t)) +
         rows->n_slots * sizeof(uint32_t);
}

void
dg_rows_clear(DgRows *rows, DgRun *run)
{
  dg_run_release(run, size_of(rows));
  free(rows->ids);
  free(rows->slots);
  free(rows->chain);
  dg_rows_init(rows, rows->width);
}

static bool
grow(DgRows *rows, DgRun *run)
{
  const size_t more = rows->cap ? rows->cap * 2 : 16;
  const size_t added =
      (more - rows->cap) * (rows->width * sizeof(DgId) + sizeof(uint32_t));
  if (more >= UINT32_MAX || dg_run_hold(run, added) != DG_OK) {
    return false;
  }
  DgId *const ids = realloc(rows->ids, more * rows->width * sizeof *ids);
  if (ids) {
    rows->ids = ids;
  }
  uint32_t *const chain = realloc(rows->chain, more * sizeof *chain);
  if (chain) {
    rows->chain = chain;
  }
  if (!ids || !chain) {
    dg_run_release(run, added);
    return false;
  }
  rows->cap = more;
  return true;
}

DgId *
dg_rows_add(DgRows *rows, DgRun *run)
{
  if (rows->n == rows->cap && !grow(rows, run)) {
    return NULL;
  }
  return dg_rows_at(rows, rows->n++);
}

static uint64_t
hash_key(const DgId *key, size_t n)
{
  uint64_t h = 0x9E3779B97F4A7C15U;
  for (size_t i = 0; i < n; ++i) {
    h = (h ^ key[i]) * 0xBF58476D1CE4E5B9U;
    h ^= h >> 29;
  }
  return h;
}

static DgStatus
make_slots(DgRows *rows, DgRun *run, size_t n_slots)
{
  DG_TRY(dg_run_hold(run, (n_slots - rows->n_slots) * sizeof(uint32_t)));
  uint32_t *const slots = calloc(n_slots, sizeof *slots);
  if (!slots) {
    dg_run_release(run, (n_slots - rows->n_slots) * sizeof(uint32_t));
    return DG_NO_MEMORY;
  }
  free(rows->slots);
  rows->slots = slots;
  rows->n_slots = n_slots;
  /* From the last on, so that chains give rows in their order. */
  for (size_t i = rows->n; i-- > 0;) {
    const size_t at =
        hash_key(dg_rows_at(rows, i), rows->n_keys) & (n_slots - 1);
    rows->chain[i] = slots[at];
    slots[at] = (uint32_t)i + 1;
  }
  return DG_OK;
}

DgStatus
dg_rows_index(DgRows *rows, DgRun *run, size_t n_keys)
{
  size_t n_slots = 16;
  while (n_slots < rows->n * 2) {
    n_slots *= 2;
  }
  rows->n_keys = n_keys;
  return make_slots(rows, run, n_slots);
}

uint32_t
dg_rows_find(const DgRows *rows, const DgId *key)
{
  return rows->slots[hash_key(key, rows->n_keys) & (rows->n_slots - 1)];
}

size_t
dg_rows_put(DgRows *rows, DgRun *run, size_t n_keys, const DgId *key,
            bool *fresh)
{
  *fresh = false;
  rows->n_keys = n_keys;
  if (rows->n * 2 >= rows->n_slots &&
      make_slots(rows, run, rows->n_slots ? rows->n_slots * 2 : 16) != DG_OK) {
    return SIZE_MAX;
  }
  const size_t at = hash_key(key, n_keys) & (rows->n_slots - 1);
  for (uint32_t i = rows->slots[at]; i; i = rows->chain[i - 1]) {
    if (!n_keys ||
        !memcmp(dg_rows_at(rows, i - 1), key, n_keys * sizeof *key)) {
      return i - 1;
    }
  }
  DgId *const row = dg_rows_add(rows, run);
  if (!row) {
    return SIZE_MAX;
  }
  memset(row, 0, rows->width * sizeof *row);
  if (n_keys) {
    memcpy(row, key, n_keys * sizeof *key);
  }
  rows->chain[rows->n - 1] = rows->slots[at];
  rows->slots[at] = (uint32_t)rows->n;
  *fresh = true;
  return rows->n - 1;
}
