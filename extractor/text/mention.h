/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_TEXT_MENTION_H
#define DG_TEXT_MENTION_H

#include "text/text.h"
#include "values/value.h"

/**
 * Kinds of mention; each has a block of private-use code points in the
 * projection that rules match on.
 */
#define DG_MENTION_TYPES(X)                                                    \
  X(ORG)  /* a company, fund, bank, body: surely one */                        \
  X(NAME) /* a capitalised name of unknown kind */                             \
  X(PERSON)                                                                    \
  X(PLACE)                                                                     \
  X(PRODUCT)                                                                   \
  X(NATIONALITY) /* "français", "Paris-based": says a country */              \
  X(TITLE)       /* a person's function: "PDG", "cofounder" */                 \
  X(MONEY)                                                                     \
  X(PERCENT)                                                                   \
  X(DATE)                                                                      \
  X(NUMBER)                                                                    \
  X(DURATION)                                                                  \
  X(POSS) /* "son", "its", "dont": stands for whose it is */                   \
  X(ORGS) /* "les deux groupes": stands for several */

typedef enum {
#define DG_MENTION_VALUE(name) DG_MENTION_##name,
  DG_MENTION_TYPES(DG_MENTION_VALUE)
#undef DG_MENTION_VALUE
      DG_MENTION_COUNT
} DgMentionType;

/** "ORG", "NAME", ... */
const char *
dg_mention_type_text(DgMentionType type);

/** How a mention names its entity. */
typedef enum {
  DG_MENTION_BY_NAME,
  DG_MENTION_BY_NOMINAL,   /**< "la start-up", "the group", "l'Américain" */
  DG_MENTION_BY_PRONOUN,   /**< "ce dernier", "celle-ci", "it" */
  DG_MENTION_BY_POSSESSIVE /**< "son", "leur", "its", "whose", "dont" */
} DgMentionForm;

/** "name", "nominal", "pronoun", "possessive" */
const char *
dg_mention_form_text(DgMentionForm form);

#define DG_NO_INDEX UINT32_MAX

/** A stretch of tokens that stands for something. */
typedef struct {
  DgMentionType type;
  DgMentionForm form;
  uint32_t first;         /**< first token */
  uint32_t end;           /**< one past its last token */
  uint32_t sentence;      /**< index of its sentence */
  DgSpan span;            /**< bytes of the text */
  uint32_t entity;        /**< index of its entity, or DG_NO_INDEX */
  const uint32_t *others; /**< [n_others] further entities of a plural */
  uint32_t n_others;
  uint32_t value;     /**< index of its value, or DG_NO_INDEX */
  uint32_t entry;     /**< index of its lexicon entry, or DG_NO_INDEX */
  float score;        /**< 0..1: how sure type and entity are */
  const char *reason; /**< constant word for how it was found, or null */
} DgMention;

/** Mentions in text order, not overlapping; in an arena. */
typedef struct {
  DgMention *items; /**< [n] */
  size_t n;
  size_t cap;
} DgMentions;

#endif
