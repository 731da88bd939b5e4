/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_ENTITY_SCAN_H
#define DG_ENTITY_SCAN_H

#include "lexicon/lexicon.h"
#include "values/value.h"

/**
 * What is known of each token before names are looked for: which lists of the
 * lexicon have it, what its grammar is, which value covers it. One array per
 * fact, all of [text->n_tokens].
 */
typedef struct {
  const DgText *text;
  const DgLexicon *lexicon;
  DgArena *arena;
  const DgLexHit *hits; /**< [n_hits] by first token */
  size_t n_hits;
  uint32_t *first_hit; /**< [n_tokens + 1] first hit that starts there or on */
  uint32_t *covers;    /**< bit 1 << DgLexKind of the hits that cover it */
  DgLexWord *words;    /**< of tokens that were asked for */
  uint8_t *asked;      /**< 1 where `words` is filled */
  uint8_t *langs;      /**< DgLang of the token's sentence */
  uint8_t *cue;        /**< DgLexDetail of a CUE that ends with it, or 0 */
  uint8_t *value;      /**< DgValueKind + 1 of the value that covers it */
  uint32_t *lower;     /**< hashes of the words that occur in lower case, in
                            open addressing; 0 is empty */
  uint32_t lower_mask; /**< slots less 1 */
} DgScan;

/** Read the lexicon's hits and the values into a scan. */
DgStatus
dg_scan_read(const DgText *text, const DgLexicon *lexicon,
             const DgValue *values, size_t n_values, DgArena *arena,
             DgScan *scan);

/** The hit of `kind` that starts at `token`, or null. */
const DgLexHit *
dg_scan_hit(const DgScan *scan, uint32_t token, DgLexKind kind);

/** What a token is among common words and words of grammar. */
static inline DgLexWord
dg_scan_word(const DgScan *scan, uint32_t token)
{
  if (!scan->asked[token]) {
    scan->asked[token] = 1;
    scan->words[token] = dg_lexicon_word(
        scan->lexicon, &scan->text->tokens[token], (DgLang)scan->langs[token]);
  }
  return scan->words[token];
}

/** DgLexDetail of a word of grammar, or 0. */
static inline uint8_t
dg_scan_grammar(const DgScan *scan, uint32_t token)
{
  return dg_scan_word(scan, token).grammar;
}

/** True when a hit of `kind` covers `token`. */
static inline bool
dg_scan_has(const DgScan *scan, uint32_t token, DgLexKind kind)
{
  return scan->covers[token] >> kind & 1;
}

/** The slot of a word's hash in `lower`: where it is or may be put. */
static inline uint32_t *
dg_scan_lower_slot(const DgScan *scan, uint32_t hash)
{
  uint32_t at = hash & scan->lower_mask;
  while (scan->lower[at] && scan->lower[at] != hash) {
    at = (at + 1) & scan->lower_mask;
  }
  return &scan->lower[at];
}

/** True when the word of `token` also occurs in lower case in this text. */
static inline bool
dg_scan_is_lower_elsewhere(const DgScan *scan, uint32_t token)
{
  const uint32_t hash = scan->text->tokens[token].hash;
  return hash && *dg_scan_lower_slot(scan, hash) == hash;
}

static inline bool
dg_scan_is_capital(const DgScan *scan, uint32_t token)
{
  return scan->text->tokens[token].flags &
         (DG_TOKEN_CAPITAL | DG_TOKEN_MIXED | DG_TOKEN_UPPER);
}

/** True when `token` is this one punctuation mark or folded word. */
static inline bool
dg_scan_is(const DgScan *scan, uint32_t token, const char *folded)
{
  return dg_str_equal(dg_token_folded(&scan->text->tokens[token]),
                      dg_str(folded));
}

#endif
