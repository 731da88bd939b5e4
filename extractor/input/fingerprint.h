/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_FINGERPRINT_H
#define DG_INPUT_FINGERPRINT_H

#include "input/document.h"

enum { DG_PRINT_BINS = 64, DG_PRINT_NAMES = 4 };

/**
 * What tells whether two articles are the same story: two addresses that lead
 * to one page, the same words, or nearly the same words. Pure, the same on
 * every machine.
 *
 * The words are compared in overlapping threes by MinHash in one permutation:
 * of the hashes that fall into a bin the least is kept; the share of bins that
 * agree estimates the share of threes in common. Notices made from a form
 * share their words too, but not the names and numbers, so these are kept as
 * well, a bit each.
 *
 * Source: Broder 1997, "On the resemblance and containment of documents"; Li,
 * Owen and Zhang 2012, "One permutation hashing".
 */
typedef struct {
  uint64_t url;     /**< hash of the canonical address, or 0 */
  uint64_t content; /**< hash of the folded words in order: equal for texts
                         that differ in case, accents and punctuation only */
  uint64_t names[DG_PRINT_NAMES]; /**< a bit for each, of the body alone */
  uint16_t minima[DG_PRINT_BINS]; /**< 0: nothing in this bin */
  uint32_t words;                 /**< of the text */
  int32_t day;                    /**< of publication since 1970; 0 unknown */
} DgPrint;

/** @return DG_NO_MEMORY, or DG_OK. */
DgStatus
dg_print_of(const DgDocument *document, DgPrint *print);

/** Estimated share of word threes in common, 0..1. */
double
dg_print_resemblance(const DgPrint *a, const DgPrint *b);

/**
 * True for two tellings of one text: one may be cut short, have another
 * headline, or a sentence more. Symmetric, not transitive.
 */
bool
dg_print_same(const DgPrint *a, const DgPrint *b);

/**
 * The address without what does not change the page: scheme and host in lower
 * case, http as https, no "www.", default port, fragment, tracking parameters
 * or closing slash; parameters in byte order.
 *
 * @return a copy in the arena; `url` as it is when it is no http address; a
 *         null `ptr` when memory is out.
 */
DgStr
dg_url_canonical(DgStr url, DgArena *arena);

#endif
