/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_BLOCK_H
#define DG_STORE_BLOCK_H

#include "store/order.h"

/**
 * A block is a sorted run of keys packed into bytes, so that a quad takes
 * some 8 bytes in an index instead of the 42 of a B-tree entry of its own.
 *
 * Two bytes say how many keys there are. Of the first key all four places
 * follow; of each next one, the place where it first differs from the key
 * before, how much more it is there, and the places after. Numbers are LEB128.
 * A place after the first difference is the signed distance to the same place
 * of the key before; or, where that is far, an escape and the id itself with
 * its kind moved to the low byte.
 */
enum {
  DG_BLOCK_BYTES = 464, /**< most bytes of a block: seven fill a page */
  DG_BLOCK_KEYS = 464   /**< more keys than any block can hold */
};

/** Reads a block key by key. */
typedef struct {
  const uint8_t *at;
  const uint8_t *end;
  unsigned left; /**< keys not yet read */
  DgKey key;     /**< the last one read */
} DgBlockReader;

/** @return DG_BROKEN for bytes that are no block. */
DgStatus
dg_block_open(DgBlockReader *reader, const void *bytes, size_t size);

/** @return DG_OK and `reader->key`, DG_NO_MATCH at the end, DG_BROKEN. */
DgStatus
dg_block_next(DgBlockReader *reader);

/** Keys in a block, from its head alone; 0 for what is no block. */
unsigned
dg_block_count(const void *bytes, size_t size);

/** Packs keys, given in order. */
typedef struct {
  uint8_t bytes[DG_BLOCK_BYTES];
  size_t size;
  unsigned count;
  DgKey last;
} DgBlockWriter;

void
dg_block_start(DgBlockWriter *writer);

/**
 * Append a key greater than the last one.
 * @param limit  Most bytes that the block may have then.
 * @return false, and nothing done, when it does not fit.
 */
bool
dg_block_add(DgBlockWriter *writer, const DgKey *key, size_t limit);

/** Bytes that `key` takes after `before`. */
size_t
dg_block_cost(const DgKey *before, const DgKey *key);

#endif
