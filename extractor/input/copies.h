/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_COPIES_H
#define DG_INPUT_COPIES_H

#include "input/fingerprint.h"

/**
 * Which of many articles are one story: those that are the same by
 * dg_print_same, and those that such pairs join. About half a kilobyte an
 * article, so 100,000 take 50 MB; see also DgLimits.copies.
 *
 * Only articles that share an address, all words, or two neighbouring bins of
 * their prints are compared, found by a hash table; of two texts with half of
 * their word threes in common, one pair in 10,000 is missed. Groups do not
 * depend on the order of articles, unless more than 256 share a key.
 */
typedef struct DgCopies DgCopies;

/** No article. */
#define DG_COPIES_NONE UINT32_MAX

/** @param max  Articles to remember; those after are compared only. */
DgCopies *
dg_copies_new(size_t max);

void
dg_copies_free(DgCopies *copies);

/** The first remembered article that `print` is a copy of, or none. */
uint32_t
dg_copies_find(DgCopies *copies, const DgPrint *print);

/**
 * Remember an article under the next number, from 0.
 * @return DG_LIMIT when there are `max` already.
 */
DgStatus
dg_copies_add(DgCopies *copies, const DgPrint *print);

/** Articles remembered. */
size_t
dg_copies_count(const DgCopies *copies);

/** The first article of the story that article `i` tells: `i` for a story's
 * first. */
uint32_t
dg_copies_first(DgCopies *copies, uint32_t i);

const DgPrint *
dg_copies_print(const DgCopies *copies, uint32_t i);

/** Bytes that dg_print_write gives. */
enum { DG_PRINT_BYTES = 8 + 8 + DG_PRINT_NAMES * 8 + DG_PRINT_BINS * 2 + 8 };

/** A print as bytes, the same on every machine. */
void
dg_print_write(const DgPrint *print, char bytes[DG_PRINT_BYTES]);

/** @return false for bytes of another length. */
bool
dg_print_read(DgStr bytes, DgPrint *print);

#endif
