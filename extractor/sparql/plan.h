/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_PLAN_H
#define DG_SPARQL_PLAN_H

#include "sparql/op.h"

/**
 * Make the operators for an algebra.
 *
 * Joins of up to ten parts are ordered by dynamic programming over costs from
 * index counts, longer ones greedily. A part is opened anew for each solution
 * before it, with those values bound, where that cannot change its meaning
 * and is cheaper; else it is evaluated once into a hash table.
 */
DgStatus
dg_plan(DgRun *run, DgAlg *alg, DgOp **op);

/** Append the plan, a line an operator, with actual rows when they ran. */
void
dg_plan_explain(const DgOp *op, const DgRun *run, bool ran, DgBuf *out);

/* plan_cost.c */

/** What is expected of an algebra when nothing, or `bound`, is bound. */
typedef struct {
  double rows; /**< solutions of one opening */
  double cost; /**< steps of one opening */
} DgEstimate;

DgStatus
dg_plan_estimate(DgRun *run, const DgAlg *alg, DgBits bound,
                 DgEstimate *estimate);

/** Different values of a slot in an algebra's solutions. */
DgStatus
dg_plan_distinct(DgRun *run, const DgAlg *alg, uint32_t slot, double rows,
                 double *n);

/* plan_join.c */

typedef struct {
  DgCode *code;
  DgBits vars;
  bool placed;
} DgPlanFilter;

/** Slots that may be bound around the part being planned. */
typedef struct {
  DgBits bound;
  uint32_t graph_slot; /**< bound by the GRAPH around, or DG_SLOT_NONE */
} DgPlanScope;

/** Order and make a join; filters go where their variables are bound. */
DgStatus
dg_plan_join(DgRun *run, DgAlg *join, DgPlanScope scope, DgPlanFilter *filters,
             size_t n_filters, DgOp **op);

/** Note where filters leave the object of a SCAN to lie. */
DgStatus
dg_plan_ranges(DgRun *run, DgAlg *scan, const DgPlanFilter *filters, size_t n);

/** Make fewer of `*rows`, those of a SCAN's pattern, by its ranges. */
DgStatus
dg_plan_range_count(DgRun *run, const DgAlg *scan, DgIdQuad pattern,
                    double *rows);

/** Put a MERGE in the place of parts [*n] that can be merged. */
DgStatus
dg_plan_merge(DgRun *run, DgAlg **parts, size_t *n);

DgStatus
dg_plan_part(DgRun *run, DgAlg *alg, DgPlanScope scope, DgOp **op);

/** A hash join of two parts, the right one planned by itself. */
DgStatus
dg_plan_hash(DgRun *run, const DgAlg *alg, DgHashMode mode, DgOp *left,
             DgBits left_certain, DgBits left_maybe, DgAlg *right,
             DgPlanScope scope, DgCode *code, DgOp **op);

/** Plan the patterns of EXISTS in an expression. */
DgStatus
dg_plan_code(DgRun *run, DgCode *code, DgPlanScope scope);

#endif
