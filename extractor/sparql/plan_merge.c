/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/plan.h"

static bool
same_graph(const DgAlg *a, const DgAlg *b)
{
  return a->graph.kind == b->graph.kind &&
         (a->graph.kind == DG_GRAPH_DEFAULT ||
          a->graph.place.id == b->graph.place.id);
}

/* ?x <p> <o>, in a graph that is known, of terms that the dataset has. */
static bool
can_merge(const DgRun *run, const DgAlg *alg)
{
  if (alg->kind != DG_ALG_SCAN || alg->s.slot == DG_SLOT_NONE ||
      alg->p.slot != DG_SLOT_NONE || alg->o.slot != DG_SLOT_NONE ||
      ((alg->p.id | alg->o.id) & DG_ID_LOCAL)) {
    return false;
  }
  if (alg->graph.kind == DG_GRAPH_PLACE) {
    return alg->graph.place.slot == DG_SLOT_NONE &&
           !(alg->graph.place.id & DG_ID_LOCAL) &&
           dg_run_is_named(run, alg->graph.place.id);
  }
  return run->default_graph != DG_DEFAULT_LIST ||
         (run->n_from == 1 && !(run->from[0] & DG_ID_LOCAL));
}

/* Whether the dataset gives subjects in order, and lets a cursor leap. */
static bool
is_sorted(DgRun *run, const DgAlg *scan)
{
  DgDatasetCursor *cursor;
  const DgIdQuad pattern = dg_op_merge_pattern(run, scan);
  if (!run->class_->seek ||
      run->class_->find(run->dataset, pattern, dg_op_merge_order(pattern),
                        &cursor) != DG_OK) {
    return false;
  }
  run->class_->close(cursor);
  return true;
}

static DgStatus
merge_with(DgRun *run, DgAlg **parts, size_t n, size_t first, DgAlg **merge)
{
  DgAlg *const alg = *merge = dg_alg_new(run->arena, DG_ALG_MERGE);
  DG_TRY_PTR(alg);
  alg->slot = parts[first]->s.slot;
  for (size_t i = first; i < n; ++i) {
    if (can_merge(run, parts[i]) && parts[i]->s.slot == alg->slot &&
        same_graph(parts[i], parts[first])) {
      DG_TRY_PTR(dg_alg_add(run->arena, alg, parts[i]));
    }
  }
  return dg_alg_finish(run->arena, alg);
}

DgStatus
dg_plan_merge(DgRun *run, DgAlg **parts, size_t *n)
{
  for (size_t i = 0; i < *n; ++i) {
    DgAlg *merge;
    if (!can_merge(run, parts[i])) {
      continue;
    }
    DG_TRY(merge_with(run, parts, *n, i, &merge));
    if (merge->kids.n < 2 || !is_sorted(run, parts[i])) {
      continue;
    }
    /* The merged parts leave the list; the join stands for the first. */
    size_t kept = i + 1;
    size_t leg = 1;
    parts[i] = merge;
    for (size_t j = i + 1; j < *n; ++j) {
      if (leg < merge->kids.n && parts[j] == merge->kids.items[leg]) {
        ++leg;
      } else {
        parts[kept++] = parts[j];
      }
    }
    *n = kept;
  }
  return DG_OK;
}
