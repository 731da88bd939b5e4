/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_RUN_H
#define DG_SPARQL_RUN_H

#include "base/diag.h"
#include "sparql/algebra.h"
#include "sparql/rates.h"

/** Which quads the default graph has. */
typedef enum {
  DG_DEFAULT_UNION,  /**< those of all graphs, each triple once */
  DG_DEFAULT_STRICT, /**< those of the default graph */
  DG_DEFAULT_LIST    /**< those of the graphs that FROM names */
} DgDefaultGraph;

/** A running query or update. */
struct DgRun {
  DgDataset *dataset;
  const DgDatasetClass *class_;
  DgTerms *terms;
  DgArena *arena; /**< plan and operators, until the end */
  DgEval eval;
  DgId *row; /**< [n_slots] what is bound now */
  size_t n_slots;
  const DgStr *names; /**< [n_slots] */
  DgDiag *diag;

  DgDefaultGraph default_graph;
  const DgId *from; /**< [n_from] sorted graphs of the default graph */
  size_t n_from;
  bool named_listed;
  const DgId *named; /**< [n_named] sorted; counts when `named_listed` */
  size_t n_named;

  uint64_t deadline; /**< monotonic nanoseconds, or 0 */
  size_t memory;     /**< bytes of rows held by operators */
  size_t memory_max; /**< or 0 */
  const volatile int *cancel;
  uint64_t ticks;        /**< rows that leaves gave */
  DG_VEC(DgOp *) exists; /**< plans of EXISTS, freed with the run */
  bool profile;
  bool allow_service;
  const DgRates *rates; /**< or null */
  const DgRequest *request;
};

uint64_t
dg_run_clock(void);

/** Look at the clock, the memory and the cancel flag. */
DgStatus
dg_run_check(DgRun *run);

/** Count a row that a leaf gave; now and then look at the bounds. */
static inline DgStatus
dg_run_tick(DgRun *run)
{
  return (++run->ticks & 1023) ? DG_OK : dg_run_check(run);
}

/** Account for `bytes` more (or less) held; DG_LIMIT above the bound. */
DgStatus
dg_run_hold(DgRun *run, size_t bytes);

void
dg_run_release(DgRun *run, size_t bytes);

/** True when a graph may be named by GRAPH. */
bool
dg_run_is_named(const DgRun *run, DgId graph);

/** True when the default graph of FROM has a graph. */
bool
dg_run_is_from(const DgRun *run, DgId graph);

#endif
