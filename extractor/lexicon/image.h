/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_LEXICON_IMAGE_H
#define DG_LEXICON_IMAGE_H

#include "base/str.h"

/**
 * The compiled lexicon: one block of bytes, little-endian, that is used where
 * it lies. A header, then entries, forms, nodes, edges, the filters of first
 * words and of edges, single words and the strings; each begins at a multiple
 * of 8.
 *
 * The words of all forms make a trie. Its edges are one open-addressing table
 * keyed by (node, hash of the folded word); a node that ends forms has a chain
 * of them. A form keeps its folded words, so that no hash is trusted.
 *
 * A string is an offset to a 16-bit length and its bytes; 0 is absent.
 */
enum {
  DG_IMAGE_FILTER_BITS = 1 << 20, /**< a power of two */
  DG_IMAGE_STEP_BITS = 1 << 21,   /**< a power of two */
  DG_IMAGE_STRING_MAX = 4095,     /**< bytes */
  DG_IMAGE_WORDS_MAX = 24         /**< words in a form */
};

#define DG_IMAGE_MAGIC "DGLEX\0\0\5"

/** How a form must be written; the low bits are DgLexFlag. */
enum {
  DG_IMAGE_FORM_CAPITAL = 64 /**< starts with a capital letter */
};

typedef struct {
  char magic[8];
  uint64_t hash;  /**< of the source files */
  uint64_t size;  /**< bytes of the whole image */
  uint64_t check; /**< hash of all that follows the header */
  uint32_t n_entries;
  uint32_t n_forms;
  uint32_t n_nodes;
  uint32_t n_edges; /**< slots, a power of two */
  uint32_t entries; /**< offsets of the arrays */
  uint32_t forms;
  uint32_t nodes;
  uint32_t edges;
  uint32_t filter;
  uint32_t strings;
  uint32_t words;
  uint32_t n_words; /**< slots, a power of two */
  uint32_t steps;
  uint32_t unused;
} DgImageHeader;

typedef struct {
  uint8_t kind;
  uint8_t flags;
  uint8_t lang;
  char country[2];
  uint8_t is; /**< DgLexDetail */
  uint8_t unused[2];
  uint32_t name;
  uint32_t detail;
  uint32_t ticker;
  uint32_t wikidata;
  uint32_t lei;
  uint32_t siren;
  uint32_t website;
  uint32_t unused2;
} DgImageEntry;

typedef struct {
  uint32_t entry;
  uint32_t next;    /**< next form at the same node, plus 1; or 0 */
  uint32_t folded;  /**< words, a space between */
  uint32_t surface; /**< as written, when case counts; or 0 */
  uint8_t kind;
  uint8_t lang;
  uint8_t flags;
  uint8_t n_words;
} DgImageForm;

typedef struct {
  uint32_t node;
  uint32_t hash;
  uint32_t child; /**< 0 marks an empty slot */
} DgImageEdge;

/** A single word of the lists COMMON or FUNCTION; open addressing by hash. */
typedef struct {
  uint32_t hash;
  uint32_t word; /**< as written in lower case when accents count, or 0 */
  uint8_t kind;
  uint8_t lang;
  uint8_t is; /**< DgLexDetail, never 0: an empty slot has 0 */
  uint8_t flags;
} DgImageWord;

static inline uint32_t
dg_image_slot(uint32_t node, uint32_t hash)
{
  const uint64_t key = ((uint64_t)node << 32 | hash) * 0x9E3779B97F4A7C15U;
  return (uint32_t)(key >> 32);
}

#endif
