/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_ENTITY_ENTITY_H
#define DG_ENTITY_ENTITY_H

#include "lexicon/lexicon.h"
#include "text/mention.h"

#define DG_ENTITY_KINDS(X)                                                     \
  X(UNKNOWN, "unknown")                                                        \
  X(COMPANY, "company")                                                        \
  X(FUND, "fund")                                                              \
  X(BANK, "bank")                                                              \
  X(PUBLIC, "public-body")                                                     \
  X(UNIVERSITY, "university")                                                  \
  X(ORGANISATION, "organisation")                                              \
  X(PERSON, "person")                                                          \
  X(PRODUCT, "product")                                                        \
  X(PLACE, "place")

typedef enum {
#define DG_ENTITY_KIND_VALUE(name, text) DG_ENTITY_##name,
  DG_ENTITY_KINDS(DG_ENTITY_KIND_VALUE)
#undef DG_ENTITY_KIND_VALUE
} DgEntityKind;

/** "company", "fund", ... */
const char *
dg_entity_kind_text(DgEntityKind kind);

/** An actor of one article, whatever the names it goes by there. */
typedef struct {
  DgStr name; /**< the fullest form in the article, as written */
  DgStr key;  /**< normalised canonical name: what its IRI is made of */
  DgEntityKind kind;
  bool sure;       /**< kind known, not guessed from form */
  char country[3]; /**< ISO 3166-1 alpha-2, or "" */
  DgStr *aliases;  /**< [n_aliases] other names in the article */
  size_t n_aliases;
  uint32_t entry;    /**< index of its lexicon entry, or DG_NO_INDEX */
  uint32_t parent;   /**< person: index of the organisation, or DG_NO_INDEX */
  uint32_t mentions; /**< how often it is named */
} DgEntity;

typedef struct {
  DgEntity *items; /**< [n] in order of first mention */
  size_t n;
  size_t cap;
} DgEntities;

/**
 * Find all mentions of a text: names from the lexicon and from form, and
 * values; then group them into entities, and tie definite descriptions and
 * anaphora ("la start-up", "ce dernier", "l'Américain") to them.
 *
 * A description directly before a name is part of its mention ("le géant
 * américain Microsoft"), with its article but not a contracted one ("du"); one
 * that a comma sets off is a mention of its own with the same entity. A noun
 * that tells a tie ("filiale", "rival") stays outside, for the rules to read.
 * A description whose score stays below the threshold is left without an
 * entity rather than guessed; such a mention is not given. So are possessives
 * ("son capital", type POSS) and descriptions of several ("les deux groupes",
 * type ORGS), which stand for one entity and `others`.
 *
 * @param values    [n_values] in text order, as dg_values_read gives them for
 *                  the whole text.
 * @param mentions  Set on DG_OK, in `arena`; sentences in order.
 * @param entities  Set on DG_OK, in `arena`.
 */
DgStatus
dg_entities_read(const DgText *text, const DgLexicon *lexicon,
                 const DgValue *values, size_t n_values, DgArena *arena,
                 DgMentions *mentions, DgEntities *entities);

/**
 * The normalised form of a name, which the same company has in every run:
 * folded, legal forms stripped at the end, punctuation to single spaces.
 * "Société Générale S.A." gives "societe generale".
 */
DgStr
dg_entity_key(DgStr name, DgArena *arena);

/** The same with its legal forms; both are absent when memory is out. */
DgStr
dg_entity_fold(DgStr name, DgArena *arena);

/**
 * How likely two names are one company's, 0..1: 1 for the same words, legal
 * forms and small words aside; less for slips of the pen, initials, a
 * parenthesis that only one has. From 0.7 on they may be taken for the same.
 */
double
dg_entity_name_similarity(DgStr a, DgStr b, DgArena *arena);

#endif
