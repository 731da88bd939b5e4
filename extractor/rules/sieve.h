/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RULES_SIEVE_H
#define DG_RULES_SIEVE_H

#include "rules/pattern.h"
#include "rules/projection.h"

/**
 * Where patterns may match, found without PCRE2.
 *
 * All word forms of all patterns stand in one tree of words; one pass over a
 * sentence marks where each of them occurs, as sets of positions: bit i is the
 * place before token i. A pattern is then read from its end to its start: each
 * part takes the set of places at which the rest of the pattern fits, and
 * gives those from which it leads there. This costs a few machine words an
 * element, whatever the text, and no choice is tried twice; what is left at
 * the pattern's start are the places at which it matches, and only there PCRE2
 * says what the groups take.
 *
 * After the bit-parallel simulation of Baeza-Yates and Gonnet, "A new approach
 * to text searching", CACM 35(10), 1992, here over words.
 */
typedef struct DgSieve DgSieve;

/** One pattern in a sieve. */
typedef struct {
  uint32_t root;      /**< of its elements */
  uint32_t *required; /**< [n_required] word sets that must all occur */
  uint32_t n_required;
  bool open; /**< too complex to be sieved: may match anywhere */
} DgSieved;

/** An empty sieve in `arena`. */
DgSieve *
dg_sieve_new(DgArena *arena);

/** Add a pattern; `node` and what it names must outlive the sieve. */
DgStatus
dg_sieve_add(DgSieve *sieve, const DgNode *node, DgLang lang,
             const DgPatternScope *scope, DgSieved *sieved);

/** No pattern follows: make the sieve ready for use. */
DgStatus
dg_sieve_finish(DgSieve *sieve);

/** A sieve with one thread's scratch space. */
typedef struct DgSieveRun DgSieveRun;

/** @param steps  Elements that one question may look at. */
DgSieveRun *
dg_sieve_run_new(const DgSieve *sieve, uint32_t steps);

void
dg_sieve_run_free(DgSieveRun *run);

/**
 * Look at a sentence.
 * @param projection  Borrowed until the next call.
 */
DgStatus
dg_sieve_read(DgSieveRun *run, const DgProjection *projection, DgLang lang);

/**
 * Places of the sentence at which a pattern matches.
 * @return false when there is none; else dg_sieve_next tells them.
 */
bool
dg_sieve_ask(DgSieveRun *run, const DgSieved *sieved);

/** First place >= `from` that the last question gave, or SIZE_MAX. */
size_t
dg_sieve_next(const DgSieveRun *run, size_t from);

#endif
