/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_ENTITY_NAME_H
#define DG_ENTITY_NAME_H

#include "entity/entity.h"
#include "entity/scan.h"

/** A name as it stands in the text, before it is known whose it is. */
typedef struct {
  uint32_t first; /**< first token */
  uint32_t end;   /**< one past its last token */
  uint32_t core;  /**< one past the last token that is no legal form */
  uint32_t sentence;
  DgMentionType type; /**< ORG, NAME, PERSON, PLACE or PRODUCT */
  DgEntityKind kind;
  uint32_t entry;     /**< lexicon entry that is all of it, or DG_NO_INDEX */
  float score;        /**< 0..1: how sure the type is */
  const char *reason; /**< constant word */
  bool weak;          /**< dropped unless another mention confirms it */
} DgName;

typedef struct {
  DgName *items; /**< [n] in text order, not overlapping */
  size_t n;
  size_t cap;
} DgNames;

/**
 * Find the names of a text: longest stretches of capitalised words and entries
 * of the lexicon, cut where a second known name starts, with legal form; their
 * type from the lexicon, from their words, then from what stands around.
 */
DgStatus
dg_names_read(const DgScan *scan, DgNames *names);

/** The kind that a lexicon detail says, or DG_ENTITY_UNKNOWN. */
DgEntityKind
dg_entity_kind_of(DgLexDetail detail);

#endif
