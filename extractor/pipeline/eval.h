/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_EVAL_H
#define DG_PIPELINE_EVAL_H

#include "base/diag.h"
#include "event/facts.h"
#include "pipeline/eval_name.h"

/**
 * Facts compared with what people found in the same articles. Both come as
 * JSON lines in the facts format (doc/facts-format.md). Within an article the
 * deals of both are aligned one to one, the best first; from the pairs come
 * counts for each thing that a deal tells, from the counts precision, recall
 * and F1. Gold may name further right answers: "A|B" in names, `type_alt`,
 * `date_alt`, `alt` of an amount, `value_max` for a range.
 */

/** The roles that are scored, the first of DG_DEAL_ROLES. */
#define DG_EVAL_ROLE_LIST(X)                                                   \
  X(COMPANY, "company")                                                        \
  X(PARTNER, "partner")                                                        \
  X(INVESTOR, "investor")                                                      \
  X(LEAD_INVESTOR, "lead_investor")                                            \
  X(ACQUIRER, "acquirer")                                                      \
  X(TARGET, "target")                                                          \
  X(SELLER, "seller")

enum { DG_EVAL_ROLES = DG_ROLE_SELLER + 1 };

/** What is counted. */
typedef enum {
  DG_EVAL_DEAL, /**< deals found */
  DG_EVAL_MAIN, /**< of these the main ones of an article: recall alone */
  DG_EVAL_ROLE, /**< the first of DG_EVAL_ROLES */
  DG_EVAL_AMOUNT = DG_EVAL_ROLE + DG_EVAL_ROLES,
  DG_EVAL_STAKE,
  DG_EVAL_VALUATION,
  DG_EVAL_ROUND,
  DG_EVAL_DATE,
  DG_EVAL_STATUS,
  DG_EVAL_ALL, /**< all but deals and status */
  DG_EVAL_SLOTS,
  DG_EVAL_TYPE = DG_EVAL_SLOTS, /**< deals of DgDealType 0, and so on: of the
                                     gold's type, else the predicted one */
  DG_EVAL_ROWS = DG_EVAL_TYPE + DG_DEAL_TYPE_COUNT
} DgEvalRow;

/** "deal", "role:company", "SLOTS", "Acquisition", ... */
const char *
dg_eval_row_text(size_t row);

/** Money within [low, high] of one currency. */
typedef struct {
  double low;
  double high;
  DgStr currency; /**< upper case, empty when none is named */
} DgEvalRange;

typedef struct {
  bool given;         /**< not null */
  DgEvalRange *items; /**< [n] the sum, then others as good */
  size_t n;           /**< 0 when it cannot be compared */
} DgEvalMoney;

/** One deal, predicted or gold. An absent text has a null `ptr`. */
typedef struct {
  DgStr type;
  unsigned families; /**< bits of the type and of `type_alt` */
  unsigned family;   /**< bit of the type alone */
  DgStr status;
  DgEvalNames roles[DG_EVAL_ROLES];
  DgEvalMoney amount;
  DgEvalMoney valuation;
  bool has_stake;
  double stake; /**< percent, NaN when it is no number */
  DgStr round;
  DgStr round_key; /**< compared form */
  DgStr *dates;    /**< [n_dates] the date, then others as good */
  size_t n_dates;
  bool has_date;
  bool is_main;
  DgStr evidence;
  DgStr rule;
  double confidence; /**< 0..1, or negative when absent */
} DgEvalDeal;

typedef DG_VEC(DgEvalDeal) DgEvalDeals;

/** One article of gold. */
typedef struct {
  DgStr id;
  DgStr lang;
  DgStr published;
  bool negative; /**< tells no deal */
  bool left_out; /**< not scored */
  DgEvalDeals deals;
} DgEvalArticle;

typedef DG_VEC(DgEvalArticle) DgEvalGold;

/** Read gold, a JSON object a line; all memory is in `arena`. */
DgStatus
dg_eval_read_gold(DgArena *arena, DgStr lines, DgEvalGold *gold, DgDiag *diag);

/**
 * Read facts.
 * @param deals    [gold->n] deals by article are appended here; launches are
 *                 left out.
 * @param unknown  Counts lines about articles that gold does not have.
 */
DgStatus
dg_eval_read_facts(DgArena *arena, DgStr lines, const DgEvalGold *gold,
                   DgEvalDeals *deals, size_t *unknown, DgDiag *diag);

/** Right, wrong and missed. */
typedef struct {
  size_t tp;
  size_t fp;
  size_t fn;
} DgEvalCount;

/** What one article, or many, gave. */
typedef struct {
  DgEvalCount rows[DG_EVAL_ROWS];
  size_t articles;
  size_t negative; /**< articles without a deal */
  size_t alarms;   /**< deals predicted in these */
  size_t alarmed;  /**< of these articles, with such a deal */
} DgEvalCounts;

/** Which deals of an article belong together; DG_NO_INDEX for none. */
typedef struct {
  uint32_t *gold_of; /**< [predicted deals] */
  uint32_t *pred_of; /**< [gold deals] */
} DgEvalPairs;

/**
 * Align the deals of one article.
 * @param lenient  Investments and acquisitions may match each other.
 */
DgStatus
dg_eval_align(DgArena *arena, const DgEvalDeals *pred, const DgEvalDeals *gold,
              bool lenient, DgEvalPairs *pairs);

/** The kinds of error, in the order of lists. */
#define DG_EVAL_ERRORS(X)                                                      \
  X(SPURIOUS) X(MISSED) X(ROLE) X(AMOUNT) X(DATE) X(STATUS)

typedef enum {
#define DG_EVAL_ERROR_VALUE(name) DG_EVAL_ERROR_##name,
  DG_EVAL_ERRORS(DG_EVAL_ERROR_VALUE)
#undef DG_EVAL_ERROR_VALUE
      DG_EVAL_ERROR_COUNT
} DgEvalErrorKind;

typedef struct {
  DgEvalErrorKind kind;
  size_t role;             /**< for ROLE */
  const DgEvalArticle *in; /**< the article */
  const DgEvalDeal *pred;  /**< null for MISSED */
  const DgEvalDeal *gold;  /**< null for SPURIOUS */
} DgEvalError;

typedef DG_VEC(DgEvalError) DgEvalErrorList;

/** Count one aligned article; errors are appended. */
DgStatus
dg_eval_score(DgArena *arena, const DgEvalArticle *article,
              const DgEvalDeals *pred, const DgEvalPairs *pairs,
              DgEvalCounts *counts, DgEvalErrorList *errors);

/** Names of one role of a prediction, as read against `gold`, which may be
 * null. @return how many. */
size_t
dg_eval_role_names(const DgEvalDeal *pred, const DgEvalDeal *gold, size_t role,
                   const DgEvalName *names[DG_EVAL_NAMES]);

/** Pairs of names in one role; `n_pred` is set to the prediction's names. */
size_t
dg_eval_role_pairs(const DgEvalDeal *pred, const DgEvalDeal *gold, size_t role,
                   size_t *n_pred);

/** Amounts within 1 % in the same currency. */
bool
dg_eval_money_same(const DgEvalMoney *pred, const DgEvalMoney *gold);

/** Equal at the coarser precision of the two, a year at least. */
bool
dg_eval_date_same(DgStr a, DgStr b);

/** The prediction's date is one of gold's. */
bool
dg_eval_date_found(const DgEvalDeal *pred, const DgEvalDeal *gold);

/** Stakes within 1 % of each other, or 0.05 points. */
bool
dg_eval_stake_same(const DgEvalDeal *pred, const DgEvalDeal *gold);

/** Equal, or both absent. */
bool
dg_eval_text_same(DgStr a, DgStr b);

/** A run over all articles of gold. */
typedef struct {
  DgEvalGold gold;
  DgEvalDeals *deals;     /**< [gold.n] predicted */
  DgEvalPairs *pairs;     /**< [gold.n] */
  DgEvalCounts *counts;   /**< [gold.n] */
  DgEvalErrorList errors; /**< in the order of articles */
  size_t unknown;         /**< lines of facts about other articles */
} DgEvalRun;

/**
 * Read facts and score them; articles that are left out count nothing.
 * @param run  All its memory is in `arena`; `gold` is shared with it.
 */
DgStatus
dg_eval_run(DgArena *arena, const DgEvalGold *gold, DgStr facts, bool lenient,
            DgEvalRun *run, DgDiag *diag);

#endif
