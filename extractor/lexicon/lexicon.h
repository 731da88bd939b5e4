/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_LEXICON_LEXICON_H
#define DG_LEXICON_LEXICON_H

#include "base/diag.h"
#include "text/text.h"

/**
 * What an entry of the lexicon is. Names (ORG...PLACE) come from gazetteers;
 * the others are closed word lists that recognition and anaphora need, each
 * in a file of its own under data/lexicon/<lang>/.
 */
#define DG_LEX_KINDS(X)                                                        \
  X(ORG, "org")       /* company, fund, bank, public body */                   \
  X(PERSON, "person") /* a whole known person's name */                        \
  X(FIRST_NAME, "first-name")                                                  \
  X(PLACE, "place")                                                            \
  X(PRODUCT, "product")                                                        \
  X(NATIONALITY, "nationality") /* "français": says a country */              \
  X(LEGAL_FORM, "legal-form")   /* "SAS", "Inc." */                            \
  X(HEAD, "head")               /* "start-up", "groupe": noun for an actor */  \
  X(TITLE, "title")             /* "PDG", "cofondateur": a function */         \
  X(HONORIFIC, "honorific")     /* "M.", "Mme", "Mr" */                        \
  X(FUND_WORD, "fund-word")     /* "Ventures", "Capital", "Partners" */        \
  X(ORG_WORD, "org-word")       /* "Banque", "Université", "Motors" */        \
  X(PRONOUN, "pronoun")         /* "ce dernier", "celle-ci": anaphor */        \
  X(COMMON, "common")           /* word that starts sentences, no name */      \
  X(NOT_NAME, "not-name")       /* months, festivals, laws, metaphors */       \
  X(DEAL_WORD, "deal-word")     /* verbs and nouns of deals */

typedef enum {
#define DG_LEX_KIND_VALUE(name, text) DG_LEX_##name,
  DG_LEX_KINDS(DG_LEX_KIND_VALUE)
#undef DG_LEX_KIND_VALUE
      DG_LEX_COUNT
} DgLexKind;

typedef enum {
  DG_LEX_AMBIGUOUS = 1,      /**< also a common word: taken only in context */
  DG_LEX_CASE_SENSITIVE = 2, /**< only as written */
  DG_LEX_FEMININE = 4,
  DG_LEX_MASCULINE = 8,
  DG_LEX_PLURAL = 16,
  DG_LEX_PRIVATE = 32 /**< from the user's own file */
} DgLexFlag;

/** One entry: all forms of one thing. Strings live as long as the lexicon. */
typedef struct {
  DgLexKind kind;
  unsigned flags;  /**< DgLexFlag */
  DgStr name;      /**< canonical name */
  DgStr detail;    /**< org: "company", "fund", "bank", "public-body", ... */
  char country[3]; /**< ISO 3166-1 alpha-2, or "" */
  DgStr ticker;    /**< "MSFT", or absent; so the rest */
  DgStr wikidata;  /**< "Q2283" */
  DgStr lei;
  DgStr siren;
  DgStr website;
} DgLexEntry;

/**
 * An immutable dictionary, shared by threads: compiled ahead, memory-mapped.
 */
typedef struct DgLexicon DgLexicon;

/** Found: tokens [first, end) are a form of `entry`. */
typedef struct {
  uint32_t first;
  uint32_t end;
  uint32_t entry;
} DgLexHit;

/**
 * Open the lexicon of a folder: the compiled form beside it when it is newer
 * than every source file (by content hash), else compiled in memory now.
 *
 * @param folder  data/lexicon: *.tsv in it and in its language folders.
 * @param extra   [n_extra] paths of users' own TSV files.
 */
DgStatus
dg_lexicon_open(const char *folder, const char *const *extra, size_t n_extra,
                DgLexicon **lexicon, DgDiag *diag);

void
dg_lexicon_free(DgLexicon *lexicon);

size_t
dg_lexicon_size(const DgLexicon *lexicon);

DgLexEntry
dg_lexicon_entry(const DgLexicon *lexicon, uint32_t index);

/**
 * All longest hits of each kind in the text, in order of first token; hits of
 * different kinds may overlap. One pass.
 *
 * @param hits  [*n] in `arena`.
 */
DgStatus
dg_lexicon_find(const DgLexicon *lexicon, const DgText *text, DgArena *arena,
                DgLexHit **hits, size_t *n);

/** A hash of all that is in it, for provenance. */
uint64_t
dg_lexicon_hash(const DgLexicon *lexicon);

#endif
