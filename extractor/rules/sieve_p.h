/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RULES_SIEVE_P_H
#define DG_RULES_SIEVE_P_H

/* For this room only: what a sieve is made of. */

#include "base/vec.h"
#include "rules/sieve.h"

typedef enum {
  DG_SIEVE_WORDS,     /**< a form of word set `of` */
  DG_SIEVE_MENTION,   /**< a mention of the types `of` */
  DG_SIEVE_TOKEN,     /**< a token of DgSieveToken `of` */
  DG_SIEVE_ROW,       /**< its parts, which stand last to first */
  DG_SIEVE_CHOICE,    /**< one of its parts */
  DG_SIEVE_ORDERS,    /**< all its parts, in any order */
  DG_SIEVE_AHEAD,     /**< its part must follow */
  DG_SIEVE_ABSENT,    /**< its part must not follow */
  DG_SIEVE_NOT_AFTER, /**< none of its parts, words, stands before */
  DG_SIEVE_START,     /**< start of the sentence */
  DG_SIEVE_END        /**< its end, or before its closing mark */
} DgSieveKind;

/** Classes of single tokens. */
typedef enum {
  DG_SIEVE_ANY,
  DG_SIEVE_PLAIN, /**< what a gap crosses: no name, no semicolon */
  DG_SIEVE_INTRO, /**< what may introduce an item of a list */
  DG_SIEVE_CLOSE, /**< "." and the like */
  DG_SIEVE_TOKEN_COUNT
} DgSieveToken;

/** One element; 0 is none. */
typedef struct {
  uint8_t kind; /**< DgSieveKind */
  uint8_t min;  /**< how often it is repeated */
  uint8_t max;
  uint32_t of;
  uint32_t child; /**< first part */
  uint32_t next;  /**< next part of the same whole */
} DgSieveOp;

/** Forms of a list that have the same number of tokens: one set of places. */
typedef struct {
  uint32_t set;
  uint32_t len; /**< tokens */
} DgSieveSlot;

typedef struct {
  uint32_t first; /**< slot */
  uint32_t n;
} DgSieveSet;

/** One way to write words, exactly; several lists may have it. */
typedef struct {
  const DgStr *words; /**< [len] */
  uint32_t len;
  uint32_t next;  /**< form + 1 at the same node */
  uint32_t first; /**< in `postings` */
  uint32_t n;
} DgSieveForm;

/** A step in the tree of words. */
typedef struct {
  uint32_t node;
  uint32_t hash;  /**< of the folded word */
  uint32_t child; /**< 0 for an empty place */
} DgSieveEdge;

typedef struct {
  uint32_t form;
  uint32_t slot;
} DgSievePair;

/** A word set by what it is made of. */
typedef struct {
  uint64_t key; /**< 0 for an empty place */
  uint32_t set;
} DgSieveKey;

enum { DG_SIEVE_STARTS = 1 << 15 /**< bits of the first look at a word */ };

struct DgSieve {
  DgArena *arena;
  DG_VEC(DgSieveOp) ops;
  DG_VEC(DgSieveSlot) slots;
  DG_VEC(DgSieveSet) sets;
  DG_VEC(DgSieveForm) forms;
  DG_VEC(uint32_t) nodes; /**< form + 1 that ends here; 1.. are languages */
  DG_VEC(DgSievePair) pairs;
  uint32_t *postings; /**< [pairs.n] slots, by form */
  DgSieveEdge *edges; /**< [n_edges] a power of two, open addressing */
  size_t n_edges;
  size_t used_edges;
  DgSieveKey *keys; /**< [n_keys] a power of two */
  size_t n_keys;
  size_t used_keys;
  uint64_t starts[DG_LANG_COUNT][DG_SIEVE_STARTS / 64]; /**< first words */
};

/** Slot of a step in `edges`: the step's, or the empty one for it. */
static inline size_t
dg_sieve_edge(const DgSieveEdge *edges, size_t n, uint32_t node, uint32_t hash)
{
  size_t at = (hash ^ node * 0x9E3779B1U) & (n - 1);
  while (edges[at].child &&
         (edges[at].node != node || edges[at].hash != hash)) {
    at = (at + 1) & (n - 1);
  }
  return at;
}

/** The tree's root for a language. */
static inline uint32_t
dg_sieve_root(DgLang lang)
{
  return 1 + (uint32_t)lang;
}

#endif
