/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RULES_PATTERN_H
#define DG_RULES_PATTERN_H

#include "base/diag.h"
#include "base/vec.h"
#include "rules/inflect.h"
#include "text/mention.h"

/**
 * A pattern as a tree. The text of a `match` line is parsed to it; from it
 * come the PCRE2 pattern, the trigger words and the types it needs.
 */

/** Types that are words to rules that do not ask for them, as a bit set. */
#define DG_TYPES_ASKED (1U << DG_MENTION_POSS | 1U << DG_MENTION_ORGS)

/** One form of a word list: tokens in lower case, accents kept. */
typedef struct {
  DgStr *words; /**< [n_words] */
  size_t n_words;
  DgFormPart part;
  bool told; /**< its part is told by hand: it counts before others */
} DgForm;

/** A word list. */
typedef struct {
  DgStr name;
  DG_VEC(DgForm) forms;
  DgStr trees[DG_FORM_PART_COUNT + 1]; /**< as a pattern, by part + 1; made
                                            when first written */
  uint64_t hash; /**< of its forms, in any order; 0 until wanted */
} DgLex;

typedef enum {
  DG_NODE_WORDS, /**< words in a row, hyphens optional */
  DG_NODE_LEX,   /**< any form of a word list */
  DG_NODE_TYPE,  /**< one mention of a set of types */
  DG_NODE_LIST,  /**< mentions in a list: "A, B et C" */
  DG_NODE_GAP,   /**< `min` to `max` tokens, as few as possible */
  DG_NODE_SEQUENCE,
  DG_NODE_CHOICE,
  DG_NODE_ANY_ORDER, /**< all children, in any order */
  DG_NODE_ABSENT,    /**< what is inside must not follow */
  DG_NODE_NOT_AFTER, /**< no word that is inside may stand before */
  DG_NODE_START,     /**< start of the sentence */
  DG_NODE_END
} DgNodeKind;

typedef struct DgNode DgNode;

struct DgNode {
  DgNodeKind kind;
  DgSpan at;    /**< bytes of the pattern's text */
  DgStr role;   /**< captured as this, or absent */
  uint32_t min; /**< quantifier */
  uint32_t max;
  DgForm words;     /**< WORDS */
  const DgLex *lex; /**< LEX */
  int part;         /**< LEX: DgFormPart, or -1 for all */
  uint32_t types;   /**< TYPE, LIST: bit set of DgMentionType */
  uint32_t least;   /**< LIST: fewest items; GAP: 1 if it crosses names */
  DgNode *child;    /**< first */
  DgNode *next;     /**< sibling */
};

/** Looks up what a pattern names; `user` is the caller's. */
typedef struct {
  void *user;
  /** A word list by name, or null. */
  const DgLex *(*lex)(void *user, DgStr name);
  /** Bit set of a class, or 0. */
  uint32_t (*types)(void *user, DgStr name);
  /** Words that a list may be held together with ("et", "ainsi que"). */
  const DgLex *(*list_words)(void *user);
  /** Words that introduce no item of a list ("cédé"), or null. */
  const DgLex *(*list_stops)(void *user);
} DgPatternScope;

/**
 * Parse the text of a pattern whose macros are expanded.
 * @param gap  Tokens that may stand between its parts, 0 for none.
 */
DgStatus
dg_pattern_parse(DgStr text, uint32_t gap, const DgPatternScope *scope,
                 DgLang lang, uint32_t depth, DgArena *arena, DgNode **node,
                 DgDiag *diag);

/** What group n + 1 of the compiled pattern captures. */
typedef struct {
  DgStr role;     /**< "" for the trigger */
  uint32_t types; /**< types that it takes, 0 for text */
  bool list;
} DgGroup;

/** What comes of a pattern. */
typedef struct {
  DgStr regex;     /**< PCRE2 pattern over a projection; dg_pattern_write */
  DgGroup *groups; /**< [n_groups]; dg_pattern_write */
  size_t n_groups;
  DgStr *triggers; /**< [n_triggers] folded words, one of which must occur */
  size_t n_triggers;
  uint32_t *needs; /**< [n_needs] type sets, of each of which one must occur */
  size_t n_needs;
  const DgNode *trigger; /**< its node, or null */
  uint32_t asked;        /**< types of DG_TYPES_ASKED that it names */
} DgCompiled;

/**
 * Find what a sentence must have for a pattern to match.
 * @param trigger  Name of the word list that is the trigger where the pattern
 *                 requires it; else the required list, word or choice with
 *                 the longest forms is.
 */
DgStatus
dg_pattern_compile(const DgNode *node, DgStr trigger, DgArena *arena,
                   DgCompiled *compiled);

/** Write the PCRE2 pattern of a tree, once it is wanted: it is long. */
DgStatus
dg_pattern_write(const DgNode *node, const DgPatternScope *scope,
                 DgArena *arena, DgCompiled *compiled);

/** A hash of what a tree takes: its types, and the forms of its lists. */
uint64_t
dg_pattern_hash(const DgNode *node, const DgPatternScope *scope);

/** Cut words out of text: lower case, as the projection has them. */
DgStatus
dg_pattern_words(DgStr text, DgLang lang, DgArena *arena, DgForm *form);

#endif
