/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_FINGERPRINT_H
#define DG_INPUT_FINGERPRINT_H

#include "base/arena.h"

/** Distance at or below which two texts are taken for the same article. */
enum { DG_FINGERPRINT_NEAR = 8 };

/**
 * A fingerprint that is close for texts that are nearly the same: SimHash of
 * the folded words in overlapping threes. Pure, the same on every machine.
 *
 * The idea: each shingle's hash votes on each of 64 bits; few changed
 * shingles turn few bits. Source: Charikar 2002, "Similarity estimation
 * techniques from rounding algorithms"; Manku et al. 2007, "Detecting
 * near-duplicates for web crawling".
 */
uint64_t
dg_fingerprint(DgStr text);

/** Bits in which two fingerprints differ, 0..64. */
unsigned
dg_fingerprint_distance(uint64_t a, uint64_t b);

/**
 * A hash of the folded words alone: equal for texts that differ in case,
 * accents, blanks and punctuation only.
 */
uint64_t
dg_content_hash(DgStr text);

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
