/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_TEXT_ABBREVIATION_H
#define DG_TEXT_ABBREVIATION_H

#include "base/str.h"

/** What a point after a word may mean for the sentence. */
typedef enum {
  DG_ABBREVIATION_NONE,  /**< an ordinary word: the point ends it */
  DG_ABBREVIATION_TITLE, /**< never ends one: "M.", "Dr.", "vs." */
  DG_ABBREVIATION_TAIL   /**< may end one: "Inc.", "Corp.", "etc." */
} DgAbbreviation;

/** Look up a lower-case word without its point. */
DgAbbreviation
dg_abbreviation(DgStr word);

/** A word that starts sentences and seldom a name ("The", "Le", "Il"). */
bool
dg_starts_sentence(DgStr word);

#endif
