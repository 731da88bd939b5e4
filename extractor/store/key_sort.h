/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_KEY_SORT_H
#define DG_STORE_KEY_SORT_H

#include "store/order.h"
#include "store/scratch.h"

/**
 * Sort `keys` [n]; equal ones stay.
 * @param scratch  Room for [n] more.
 */
void
dg_key_sort(DgKey *keys, size_t n, DgKey *scratch);

/** Reads sorted pieces that stand in a row as one. */
typedef struct {
  const DgKey **at;  /**< [n] */
  const DgKey **end; /**< [n] */
  size_t n;
} DgKeyMerge;

/**
 * @param keys   [total], sorted within each `piece`; used until the close.
 */
DgStatus
dg_key_merge_open(DgKeyMerge *merge, const DgKey *keys, size_t total,
                  size_t piece);

/** The next key, equal ones too; null at the end. */
const DgKey *
dg_key_merge_next(DgKeyMerge *merge);

void
dg_key_merge_close(DgKeyMerge *merge);

/** Sorts any number of keys in little memory, with a file for the rest. */
typedef struct {
  DgKey *keys; /**< [2 * piece], the second half for sorting */
  size_t n;
  size_t piece;
  DgScratch runs; /**< whole pieces, sorted */
  size_t n_runs;  /**< keys in them */
  DgKeyMerge merge;
} DgKeySorter;

/** @param folder  For the file, should one be needed. */
DgStatus
dg_key_sorter_open(DgKeySorter *sorter, const char *folder);

DgStatus
dg_key_sorter_add(DgKeySorter *sorter, const DgKey *key);

/** To be called once after the last key; then dg_key_sorter_next. */
DgStatus
dg_key_sorter_sort(DgKeySorter *sorter);

/** The next key, equal ones too; null at the end. */
const DgKey *
dg_key_sorter_next(DgKeySorter *sorter);

/** A zeroed one is allowed. */
void
dg_key_sorter_close(DgKeySorter *sorter);

#endif
