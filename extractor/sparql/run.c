/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/run.h"

#include "sparql/op.h"

#include <time.h>

uint64_t
dg_run_clock(void)
{
  struct timespec now = { 0 };
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

DgStatus
dg_run_check(DgRun *run)
{
  if (run->cancel && *run->cancel) {
    return dg_diag_set(run->diag, DG_CANCELLED, "cancelled");
  }
  if (run->deadline && dg_run_clock() > run->deadline) {
    return dg_diag_set(run->diag, DG_LIMIT,
                       "the query took longer than --timeout allows");
  }
  return dg_run_hold(run, 0);
}

DgStatus
dg_run_hold(DgRun *run, size_t bytes)
{
  run->memory += bytes;
  if (run->memory_max &&
      run->memory + dg_terms_size(run->terms) > run->memory_max) {
    run->memory -= bytes;
    return dg_diag_set(run->diag, DG_LIMIT,
                       "the query needs more than --max-memory allows");
  }
  return DG_OK;
}

void
dg_run_release(DgRun *run, size_t bytes)
{
  run->memory -= bytes < run->memory ? bytes : run->memory;
}

static bool
among(const DgId *ids, size_t n, DgId id)
{
  size_t low = 0;
  while (low < n) {
    const size_t mid = low + (n - low) / 2;
    if (ids[mid] == id) {
      return true;
    }
    if (ids[mid] < id) {
      low = mid + 1;
    } else {
      n = mid;
    }
  }
  return false;
}

bool
dg_run_is_named(const DgRun *run, DgId graph)
{
  return graph != DG_ID_DEFAULT_GRAPH &&
         (!run->named_listed || among(run->named, run->n_named, graph));
}

bool
dg_run_is_from(const DgRun *run, DgId graph)
{
  return among(run->from, run->n_from, graph);
}

bool
dg_eval_exists(DgEval *eval, const DgCode *code)
{
  if (eval->depth + 1 >= DG_EVAL_DEPTH) {
    (void)dg_diag_set(eval->run->diag, DG_LIMIT,
                      "EXISTS nested more than %d deep", DG_EVAL_DEPTH - 1);
    return dg_eval_fail(eval, DG_LIMIT);
  }
  /* What the expression around has computed must outlive the pattern's. */
  DgArena **const arena = &eval->arenas[++eval->depth];
  *arena = *arena ? *arena : dg_arena_new();
  if (!*arena) {
    return dg_eval_fail(eval, DG_NO_MEMORY);
  }
  eval->arena = *arena;
  DgStatus status = dg_op_open(code->op, eval->run);
  if (status == DG_OK) {
    status = dg_op_next(code->op, eval->run);
  }
  dg_op_close(code->op, eval->run);
  eval->arena = eval->arenas[--eval->depth];
  if (status != DG_OK && status != DG_NO_MATCH) {
    return dg_eval_fail(eval, status);
  }
  return status == DG_OK;
}
