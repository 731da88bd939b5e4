/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_OP_H
#define DG_SPARQL_OP_H

#include "sparql/run.h"

/**
 * A step of a plan. It reads the slots that are bound when it is opened as
 * values that its solutions must have, binds its own while it gives solutions,
 * and leaves all as it found them when it is at its end or closed. It can be
 * opened again any number of times.
 */
typedef struct {
  const char *name;
  DgStatus (*open)(DgOp *op, DgRun *run);
  /** DG_OK: a solution is in the row; DG_NO_MATCH: there are no more. */
  DgStatus (*next)(DgOp *op, DgRun *run);
  void (*close)(DgOp *op, DgRun *run);
  /** Free what it keeps between openings; may be null. */
  void (*free)(DgOp *op, DgRun *run);
  /** What --explain says after the name; may be null. */
  void (*describe)(const DgOp *op, const DgRun *run, DgBuf *out);
} DgOpClass;

enum { DG_OP_KIDS = 2 };

struct DgOp {
  const DgOpClass *class_;
  const DgAlg *alg;   /**< what it was made from */
  const DgCode *code; /**< condition or value that it computes, or null */
  DgOp **kids;        /**< [n_kids] */
  size_t n_kids;
  double estimate; /**< rows expected of one opening */
  uint64_t opens;
  uint64_t rows;
  uint64_t time; /**< nanoseconds, kids included; only when profiling */
};

static inline DgStatus
dg_op_open(DgOp *op, DgRun *run)
{
  ++op->opens;
  if (!run->profile) {
    return op->class_->open(op, run);
  }
  const uint64_t begin = dg_run_clock();
  const DgStatus status = op->class_->open(op, run);
  op->time += dg_run_clock() - begin;
  return status;
}

static inline DgStatus
dg_op_next(DgOp *op, DgRun *run)
{
  if (!run->profile) {
    const DgStatus status = op->class_->next(op, run);
    op->rows += status == DG_OK;
    return status;
  }
  const uint64_t begin = dg_run_clock();
  const DgStatus status = op->class_->next(op, run);
  op->time += dg_run_clock() - begin;
  op->rows += status == DG_OK;
  return status;
}

static inline void
dg_op_close(DgOp *op, DgRun *run)
{
  op->class_->close(op, run);
}

void
dg_op_free(DgOp *op, DgRun *run);

/* One maker an operator; null when memory is out. */

DgOp *
dg_op_unit(DgRun *run, const DgAlg *alg);

DgOp *
dg_op_scan(DgRun *run, const DgAlg *alg);

DgOp *
dg_op_path(DgRun *run, const DgAlg *alg);

DgOp *
dg_op_values(DgRun *run, const DgAlg *alg);

/** For each solution of `left`, those of `right`. */
DgOp *
dg_op_nested(DgRun *run, DgOp *left, DgOp *right);

/** The same, keeping solutions of `left` without any; `code` may be null. */
DgOp *
dg_op_optional(DgRun *run, const DgAlg *alg, DgOp *left, DgOp *right,
               DgCode *code);

/** Solutions of `left` for which `right` has none. */
DgOp *
dg_op_without(DgRun *run, const DgAlg *alg, DgOp *left, DgOp *right);

typedef enum { DG_HASH_JOIN, DG_HASH_LEFT, DG_HASH_MINUS } DgHashMode;

typedef struct {
  DgHashMode mode;
  DgOp *left;
  DgOp *right;          /**< evaluated by itself, once, into a table */
  const uint32_t *keys; /**< [n_keys] bound on both sides for certain */
  size_t n_keys;
  const uint32_t *slots; /**< [n_slots] that `right` may bind */
  size_t n_slots;
  const uint32_t *clear; /**< [n_clear] that `right` must not see bound */
  size_t n_clear;
  const uint32_t *shared; /**< [n_shared] MINUS: that both may bind */
  size_t n_shared;
  uint32_t graph_slot; /**< slot of the graph around, or DG_SLOT_NONE */
  DgCode *code;
} DgHashPlan;

DgOp *
dg_op_hash(DgRun *run, const DgAlg *alg, const DgHashPlan *plan);

DgOp *
dg_op_union(DgRun *run, const DgAlg *alg, DgOp **kids, size_t n);

DgOp *
dg_op_filter(DgRun *run, DgOp *kid, DgCode *code);

DgOp *
dg_op_extend(DgRun *run, const DgAlg *alg, DgOp *kid);

DgOp *
dg_op_graph(DgRun *run, const DgAlg *alg, DgOp *kid);

DgOp *
dg_op_group(DgRun *run, const DgAlg *alg, DgOp *kid);

DgOp *
dg_op_distinct(DgRun *run, const DgAlg *alg, DgOp *kid);

DgOp *
dg_op_order(DgRun *run, const DgAlg *alg, DgOp *kid);

DgOp *
dg_op_slice(DgRun *run, const DgAlg *alg, DgOp *kid);

DgOp *
dg_op_service(DgRun *run, const DgAlg *alg);

DgOp *
dg_op_merge(DgRun *run, const DgAlg *alg);

/** What a leg of a merge join looks for, and in which order. */
DgIdQuad
dg_op_merge_pattern(const DgRun *run, const DgAlg *scan);

DgOrder
dg_op_merge_order(DgIdQuad pattern);

/* For operators */

/** A cleared operator of `size` bytes with room for `n` kids. */
void *
dg_op_new(DgRun *run, const DgOpClass *class_, const DgAlg *alg, size_t size,
          size_t n);

/** The members of a set; null when memory is out. */
uint32_t *
dg_op_slots(DgArena *arena, DgBits set, size_t *n);

/** Append "?name" of a slot. */
void
dg_op_name(const DgRun *run, uint32_t slot, DgBuf *out);

/** Append a constant or a slot's name. */
void
dg_op_place(const DgRun *run, DgPlace place, DgBuf *out);

#endif
