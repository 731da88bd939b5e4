/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_MERGE_TOLD_H
#define DG_MERGE_TOLD_H

#include "base/decimal.h"
#include "base/vec.h"
#include "merge/names.h"
#include "values/date.h"

/**
 * What articles tell of deals, as it is read back from the graph. All strings
 * and arrays are in the arena of the whole. An actor is its index in the
 * actors' table ("merge/actors.h"); who is who is settled there, so two
 * numbers are equal for one actor.
 */

/** Actors, ascending, each once. */
typedef DG_VEC(uint32_t) DgParties;

/** Put `actor` in its place. */
DgStatus
dg_parties_add(DgArena *arena, DgParties *parties, uint32_t actor);

bool
dg_parties_have(const DgParties *parties, uint32_t actor);

/** Whether there is one in both. */
bool
dg_parties_meet(const DgParties *a, const DgParties *b);

/** Whether all of `part` are in `all`. */
bool
dg_parties_cover(const DgParties *all, const DgParties *part);

typedef struct {
  bool known;
  DgDecimal value;
  bool has_max;
  DgDecimal max;   /**< upper end of a range */
  DgStr currency;  /**< ISO 4217 code, or absent */
  DgStr qualifier; /**< "exact", "about", "more_than", "up_to", or absent */
} DgToldMoney;

/** A passage that tells it. */
typedef struct {
  DgStr quote;
  uint64_t begin; /**< code points */
  uint64_t end;
  double confidence; /**< 0..1 */
  DgStr said_by;
  DgStr rule;
} DgPassage;

typedef DG_VEC(DgStr) DgToldStrings;

/** What one article, or one decision, tells of one deal. */
typedef struct {
  DgStr article;  /**< IRI; also its graph */
  bool by_person; /**< an added deal: no article, no passage */
  DgToldType type;
  DgToldStatus status;
  DgDate published; /**< of the article, or when it was added */
  DgParties roles[DG_TOLD_ROLE_COUNT];
  DgToldMoney amount;
  DgToldMoney valuation;
  bool has_stake;
  DgDecimal stake; /**< percent */
  DgStr round;
  DgDate date;
  DgDate announced;
  int exclusive; /**< 1 yes, 0 no, -1 not said */
  DgToldStrings products;
  DG_VEC(DgPassage) passages; /**< the mentions' own, best confidence first */
} DgTelling;

/** Days from 1970-01-01; `known` is false when there are none. */
typedef struct {
  bool known;
  int32_t first;
  int32_t last;
} DgDays;

/** A deal as its IRI names it, with all that tell it. */
typedef struct {
  DgStr iri;
  DG_VEC(DgTelling) tellings; /**< by article */
  DgKin kin;
  bool replaced; /**< a party goes by another actor than in the articles */
  /* The union over tellings: */
  DgToldType type; /**< of the first */
  DgParties roles[DG_TOLD_ROLE_COUNT];
  unsigned statuses; /**< bits of DgToldStatus */
  DgToldMoney amount;
  bool has_stake;
  DgDecimal stake;
  DgStr round;
  DgToldStrings products; /**< folded */
  DgDays dated;           /**< by its own date */
  DgDays published;       /**< of its articles */
  size_t group;           /**< index of its group, or SIZE_MAX */
  bool in_scope;          /**< it is to be grouped */
} DgUnit;

/** Fill the union from the tellings. */
DgStatus
dg_unit_sum_up(DgArena *arena, DgUnit *unit);

/** Where the deal lies in time: its date, else its articles'. */
DgDays
dg_unit_days(const DgUnit *unit);

/** Whether no one has it announced or completed yet. */
static inline bool
dg_unit_is_before(const DgUnit *unit)
{
  return !(unit->statuses &
           (1U << DG_TOLD_announced | 1U << DG_TOLD_completed));
}

#endif
