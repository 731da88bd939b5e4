/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_MERGE_MATCH_H
#define DG_MERGE_MATCH_H

#include "merge/told.h"

/** Whether two deals are one event. */
typedef enum {
  DG_MATCH_OPEN,     /**< nothing says so, nothing speaks against it */
  DG_MATCH_SAME,     /**< taken for one */
  DG_MATCH_DIFFERENT /**< cannot be one, whatever lies between them */
} DgMatchVerdict;

typedef struct {
  DgMatchVerdict verdict;
  int strength;       /**< SAME: greater is surer */
  const char *reason; /**< constant words */
} DgMatch;

/**
 * Compare two deals of any articles. Pure, and the same either way round.
 *
 * They can be one when they are of one family and
 *
 *   - share the parties that make such a deal: the target, and the acquirer
 *     where both name one; the company that raises money; the partners; the
 *     company and the product that it launches;
 *   - nothing else rules it out: other acquirers, other round, other stake,
 *     amounts that lie far apart, an article that tells both;
 *   - lie close enough in time. How close depends on what they agree on, and
 *     is more when the earlier was only a rumour or a plan.
 *
 * Amounts need not be equal: those that are near (a quarter apart) are one
 * deal's with the disagreement kept.
 */
DgMatch
dg_deals_match(const DgUnit *a, const DgUnit *b);

/** Most days that may lie between two deals that are SAME. */
enum { DG_MATCH_DAYS = 730 };

/** How two amounts compare. */
typedef enum {
  DG_MONEY_UNKNOWN, /**< one is not known, or currencies differ */
  DG_MONEY_EQUAL,   /**< within 1 %, or within what "about" allows */
  DG_MONEY_NEAR,    /**< a quarter apart at most */
  DG_MONEY_FAR
} DgMoneyMatch;

DgMoneyMatch
dg_money_match(const DgToldMoney *a, const DgToldMoney *b);

#endif
