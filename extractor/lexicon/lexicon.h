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
  X(DEAL_WORD, "deal-word")     /* verbs and nouns of deals */                 \
  X(FUNCTION, "function")       /* articles, prepositions, auxiliaries */      \
  X(MODIFIER, "modifier")       /* adjective of a description */               \
  X(CUE, "cue")                 /* "chez": says what kind of name follows */   \
  X(TAKER, "taker")             /* "détenir": takes what is somebody's */

typedef enum {
#define DG_LEX_KIND_VALUE(name, text) DG_LEX_##name,
  DG_LEX_KINDS(DG_LEX_KIND_VALUE)
#undef DG_LEX_KIND_VALUE
      DG_LEX_COUNT
} DgLexKind;

/** What an entry is more closely; which apply depends on its kind. */
#define DG_LEX_DETAILS(X)                                                      \
  X(NONE, "")                                                                  \
  X(COMPANY, "company")                                                        \
  X(STARTUP, "startup")                                                        \
  X(GIANT, "giant")                                                            \
  X(FUND, "fund")                                                              \
  X(INVESTOR, "investor")                                                      \
  X(BANK, "bank")                                                              \
  X(PUBLIC_BODY, "public-body")                                                \
  X(UNIVERSITY, "university")                                                  \
  X(ORGANISATION, "organisation")                                              \
  X(MEDIA, "media")                                                            \
  X(PERSON, "person")                                                          \
  X(RELATION, "relation")                                                      \
  X(PRODUCT, "product")                                                        \
  X(ARTICLE, "article")                                                        \
  X(INDEFINITE, "indefinite")                                                  \
  X(DEMONSTRATIVE, "demonstrative")                                            \
  X(POSSESSIVE, "possessive")                                                  \
  X(CONTRACTED, "contracted")                                                  \
  X(LINK, "link")                                                              \
  X(LINK_ARTICLE, "link-article")                                              \
  X(PREPOSITION, "preposition")                                                \
  X(CONJUNCTION, "conjunction")                                                \
  X(RELATIVE, "relative")                                                      \
  X(CLITIC, "clitic")                                                          \
  X(NEGATION, "negation")                                                      \
  X(AUXILIARY, "auxiliary")                                                    \
  X(PARTICLE, "particle")                                                      \
  X(LAST, "last")                                                              \
  X(SUBJECT, "subject")                                                        \
  X(RELATIVE_OWNER, "relative-owner")                                          \
  X(TWO, "two")                                                                \
  X(THREE, "three")                                                            \
  X(BEFORE, "before")                                                          \
  X(AFTER, "after")                                                            \
  X(ORG_AFTER, "org-after")                                                    \
  X(PLACE_AFTER, "place-after")                                                \
  X(SEAT, "seat")                                                              \
  X(PERSON_AFTER, "person-after")                                              \
  X(PRODUCT_AFTER, "product-after")                                            \
  X(COPULA, "copula")                                                          \
  X(SOURCE_AFTER, "source-after")                                              \
  X(WORK_AFTER, "work-after")                                                  \
  X(VERB, "verb")                                                              \
  X(NOUN, "noun")                                                              \
  X(STARTER, "starter")                                                        \
  X(EXECUTIVE, "executive")                                                    \
  X(FOUNDER, "founder")                                                        \
  X(PUBLIC, "public")                                                          \
  X(TIME, "time")                                                              \
  X(EVENT, "event")                                                            \
  X(WORK, "work")                                                              \
  X(METAPHOR, "metaphor")                                                      \
  X(LAW, "law")                                                                \
  X(ACRONYM, "acronym")                                                        \
  X(FURNITURE, "furniture")                                                    \
  X(TEAM, "team")                                                              \
  X(OTHER, "other")

typedef enum {
#define DG_LEX_DETAIL_VALUE(name, text) DG_LEX_IS_##name,
  DG_LEX_DETAILS(DG_LEX_DETAIL_VALUE)
#undef DG_LEX_DETAIL_VALUE
      DG_LEX_DETAIL_COUNT
} DgLexDetail;

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
  DgLang lang;     /**< only in sentences of it, or DG_LANG_NONE for all */
  DgLexDetail is;  /**< what `detail` says, NONE for a word of the user's own */
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
  uint8_t kind;   /**< DgLexKind of the entry */
  uint8_t flags;  /**< DgLexFlag of the entry or of this form */
  uint8_t detail; /**< DgLexDetail of the entry */
  uint8_t unused;
} DgLexHit;

/**
 * Open the lexicon of a folder: the compiled form beside it ("lexicon.bin" for
 * "lexicon") when it was made from the same source files (by content hash),
 * else compiled in memory now.
 *
 * A source file is lines of tab-separated fields. `#` starts a comment line;
 * `@ key=value ...` sets defaults for the lines that follow (kind, detail,
 * country, flags, lang); the first other line names the columns, of
 *
 *   name aliases kind detail country flags lang ticker wikidata lei siren
 *   website
 *
 * Aliases are separated by `|`. A form that ends in `?` is also a common word,
 * one that ends in `=` counts only as written, and a form whose first letter
 * is a capital counts only where the text has one there too. Flags are words
 * (ambiguous, case, feminine, masculine, plural). Lines of the same kind, name
 * and language are one entry. A file in a folder "fr" or "en" has that
 * language by default.
 *
 * @param folder  data/lexicon: *.tsv in it and in its language folders.
 * @param extra   [n_extra] paths of users' own TSV files.
 */
DgStatus
dg_lexicon_open(const char *folder, const char *const *extra, size_t n_extra,
                DgLexicon **lexicon, DgDiag *diag);

/**
 * Compile the files of a folder, in byte order of their paths, into the form
 * that dg_lexicon_open maps.
 */
DgStatus
dg_lexicon_compile(const char *folder, DgBuf *out, DgDiag *diag);

void
dg_lexicon_free(DgLexicon *lexicon);

size_t
dg_lexicon_size(const DgLexicon *lexicon);

DgLexEntry
dg_lexicon_entry(const DgLexicon *lexicon, uint32_t index);

/** What a single word is in the lists COMMON and FUNCTION. */
typedef struct {
  uint8_t common;  /**< DgLexDetail of a COMMON word, or 0 */
  uint8_t grammar; /**< DgLexDetail of a FUNCTION word, or 0 */
  uint8_t flags;   /**< DgLexFlag of the FUNCTION word */
} DgLexWord;

/**
 * Look a token up among common words and words of grammar, which are too many
 * in a text to be worth hits. Accents count for the latter ("a", "à").
 */
DgLexWord
dg_lexicon_word(const DgLexicon *lexicon, const DgToken *token, DgLang lang);

/**
 * All longest hits of each kind in the text, in order of first token; hits of
 * different kinds may overlap. COMMON and FUNCTION give none (see
 * dg_lexicon_word). One pass.
 *
 * @param hits  [*n] in `arena`.
 */
DgStatus
dg_lexicon_find(const DgLexicon *lexicon, const DgText *text, DgArena *arena,
                DgLexHit **hits, size_t *n);

/** The word for a kind in source files ("org"). */
const char *
dg_lex_kind_text(DgLexKind kind);

/** A hash of all that is in it, for provenance. */
uint64_t
dg_lexicon_hash(const DgLexicon *lexicon);

#endif
