/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_MERGE_MERGE_H
#define DG_MERGE_MERGE_H

#include "merge/actors.h"
#include "merge/group.h"

/**
 * Deals across articles. What articles tell stays in their graphs. From it and
 * from what people decided, this makes groups of deals that are one event, and
 * for each group of more than one telling a deal of its own in the graph of
 * merges (DG_GRAPH_MERGES): with the values that count, the articles it was
 * told by, and what they disagree on. The deals of the group become its
 * deal:duplicateOf. A deal told once counts itself.
 *
 * All of that graph follows from the other graphs and the decisions, whatever
 * the order in which they came: it can be dropped and made again.
 */

/** What the tellings of a deal can disagree on; bits. */
typedef enum {
  DG_DISAGREE_AMOUNT = 1,
  DG_DISAGREE_VALUATION = 2,
  DG_DISAGREE_STAKE = 4,
  DG_DISAGREE_DATE = 8
} DgDisagree;

/** One event: the deals that tell it, and what counts. */
typedef struct {
  DgStr iri;     /**< of the deal that is counted */
  DgUnits units; /**< the earliest first */
  bool merged;   /**< `iri` is a deal of its own, beside the units */
  DgToldType type;
  DgToldStatus status;
  DgParties roles[DG_TOLD_ROLE_COUNT];
  DgToldMoney amount;
  DgToldMoney valuation;
  bool has_stake;
  DgDecimal stake;
  DgStr round;
  DgDate date;
  DgDate announced;
  int exclusive;
  DgToldStrings products;
  unsigned disagrees; /**< DgDisagree */
  size_t sources;     /**< articles with words of their own */
  double confidence;  /**< 0..1, of all that tell it together; 1 if accepted */
  const DgDecision *accepted; /**< or null; so the next */
  const DgDecision *rejected;
  const DgDecision *edited; /**< the last */
} DgGroup;

typedef struct DgMerge DgMerge;

/** Which deals to look at. */
typedef struct {
  const DgStr *deals; /**< [n] IRIs of deals, and all that hang together with
                           them; null for all deals there are */
  size_t n;
} DgMergeScope;

/**
 * Read deals and group them, inside a read or a write of `set`.
 *
 * @param decisions  Used as long as the merge is.
 * @param arena      Holds all.
 */
DgStatus
dg_merge_read(DgDataset *set, const DgDecisions *decisions,
              const DgMergeScope *scope, DgArena *arena, DgMerge **out);

/** Groups, in the order of their first deals' IRIs. */
size_t
dg_merge_count(const DgMerge *merge);

DgGroup *
dg_merge_group(const DgMerge *merge, size_t index);

/** The group of a deal, be it the one that counts or one of the others; null
 * when it is not known. */
const DgGroup *
dg_merge_find(const DgMerge *merge, DgStr deal);

const DgActors *
dg_merge_actors(const DgMerge *merge);

/** The name of an actor: the first of its labels in order. */
DgStatus
dg_merge_name(DgMerge *merge, uint32_t actor, DgStr *name);

/** The date of an article, and where it is: its address, else its id. */
DgStatus
dg_merge_source(DgMerge *merge, DgStr article, DgStr *title, DgStr *where);

/** Decisions on deals that no deal fits now. */
typedef DG_VEC(const DgDecision *) DgLostDecisions;
const DgLostDecisions *
dg_merge_lost(const DgMerge *merge);

/** What a merge did. */
typedef struct {
  size_t deals;   /**< looked at, by IRI */
  size_t groups;  /**< events among them */
  size_t merged;  /**< with more than one telling */
  size_t added;   /**< quads */
  size_t removed; /**< quads */
  size_t lost;    /**< decisions that fit no deal */
  bool limited;   /**< a key had more deals than are compared */
} DgMergeCounts;

/**
 * Make the graph of merges say what `merge` found, for the deals that it
 * looked at, inside a write. Only what changes is written.
 */
DgStatus
dg_merge_write(DgMerge *merge, DgMergeCounts *counts);

/** Make the graph of decisions of the decisions, inside a write. */
DgStatus
dg_merge_write_decisions(DgDataset *set, const DgDecisions *decisions,
                         DgMergeCounts *counts);

/**
 * The lines of a decisions file, as the graph of decisions has them, inside a
 * read.
 */
DgStatus
dg_merge_read_records(DgDataset *set, DgBuf *out);

/**
 * The whole, inside a write: decisions, groups, merges.
 * @param counts  May be null.
 */
DgStatus
dg_merge_run(DgDataset *set, const DgDecisions *decisions,
             const DgMergeScope *scope, DgMergeCounts *counts);

/** Read "EUR:12000000", "about EUR:12000000" or "12000000", as people give
 * amounts; DG_BAD_INPUT for anything else. */
DgStatus
dg_told_money_read(DgStr text, DgToldMoney *money);

/** IRIs of the deals that a graph tells of, inside a read or write. */
DgStatus
dg_merge_deals_of(DgDataset *set, const DgTerm *graph, DgArena *arena,
                  DgToldStrings *deals);

#endif
