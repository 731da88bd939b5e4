/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/op.h"
#include "sparql/rows.h"

/*
 * The kid once for each named graph, whose name is bound meanwhile; or, when
 * the graph is given, once if it is there.
 */
typedef struct {
  DgOp base;
  DgRows graphs;
  bool listed;
  bool own;    /**< the slot is not bound by others */
  bool inside; /**< the kid is open */
  bool once;   /**< one given graph */
  size_t at;
} Graph;

static DgStatus
has_quads(DgRun *run, DgId graph, bool *has)
{
  *has = false;
  if ((graph & DG_ID_LOCAL) || !dg_run_is_named(run, graph)) {
    return DG_OK;
  }
  DgDatasetCursor *cursor;
  const DgIdQuad pattern = { 0, 0, 0, graph };
  DG_TRY(run->class_->find(run->dataset, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  const DgStatus status = run->class_->next(cursor, &quad);
  run->class_->close(cursor);
  *has = status == DG_OK;
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
add_graph(Graph *self, DgRun *run, DgId graph)
{
  bool fresh;
  return dg_rows_put(&self->graphs, run, 1, &graph, &fresh) == SIZE_MAX
             ? DG_LIMIT
             : DG_OK;
}

/* From one graph's first quad to the next one's. */
static DgStatus
list_all(Graph *self, DgRun *run)
{
  DgDatasetCursor *cursor;
  const DgIdQuad any = { 0 };
  DgStatus status =
      run->class_->find(run->dataset, any, DG_ORDER_GSPO, &cursor);
  const bool sorted = status == DG_OK;
  if (status == DG_UNSUPPORTED) {
    status = run->class_->find(run->dataset, any, DG_ORDER_ANY, &cursor);
  }
  DG_TRY(status);
  DgIdQuad quad;
  while ((status = run->class_->next(cursor, &quad)) == DG_OK &&
         (status = dg_run_tick(run)) == DG_OK) {
    if (quad.g != DG_ID_DEFAULT_GRAPH) {
      status = add_graph(self, run, quad.g);
    }
    if (status == DG_OK && sorted && run->class_->seek) {
      const DgIdQuad next = { 0, 0, 0, quad.g + 1 };
      status = run->class_->seek(cursor, next);
    }
    if (status != DG_OK) {
      break;
    }
  }
  run->class_->close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
list_graphs(Graph *self, DgRun *run)
{
  if (self->listed) {
    return DG_OK;
  }
  self->listed = true;
  if (!run->named_listed) {
    return list_all(self, run);
  }
  for (size_t i = 0; i < run->n_named; ++i) {
    bool has;
    DG_TRY(has_quads(run, run->named[i], &has));
    if (has) {
      DG_TRY(add_graph(self, run, run->named[i]));
    }
  }
  return DG_OK;
}

static DgStatus
graph_open(DgOp *op, DgRun *run)
{
  Graph *const self = (Graph *)op;
  const DgPlace place = op->alg->graph.place;
  const DgId given =
      place.slot == DG_SLOT_NONE ? place.id : run->row[place.slot];
  self->at = 0;
  self->inside = false;
  self->own = given == DG_ID_NONE;
  self->once = false;
  return self->own ? list_graphs(self, run)
                   : has_quads(run, given, &self->once);
}

static void
leave(Graph *self, DgRun *run)
{
  if (self->inside) {
    self->inside = false;
    dg_op_close(self->base.kids[0], run);
  }
  if (self->own) {
    run->row[self->base.alg->slot] = DG_ID_NONE;
  }
}

static void
graph_close(DgOp *op, DgRun *run)
{
  leave((Graph *)op, run);
  ((Graph *)op)->own = false;
}

/* Open the kid for the next graph; DG_NO_MATCH when there is none. */
static DgStatus
enter(Graph *self, DgRun *run)
{
  if (self->own) {
    if (self->at == self->graphs.n) {
      return DG_NO_MATCH;
    }
    run->row[self->base.alg->slot] = *dg_rows_at(&self->graphs, self->at++);
  } else if (!self->once) {
    return DG_NO_MATCH;
  }
  self->once = false;
  self->inside = true;
  return dg_op_open(self->base.kids[0], run);
}

static DgStatus
graph_next(DgOp *op, DgRun *run)
{
  Graph *const self = (Graph *)op;
  for (;;) {
    if (!self->inside) {
      DG_TRY(enter(self, run));
    }
    const DgStatus status = dg_op_next(op->kids[0], run);
    if (status != DG_NO_MATCH) {
      return status;
    }
    leave(self, run);
  }
}

static void
graph_free(DgOp *op, DgRun *run)
{
  dg_rows_clear(&((Graph *)op)->graphs, run);
}

static void
graph_describe(const DgOp *op, const DgRun *run, DgBuf *out)
{
  dg_op_place(run, op->alg->graph.place, out);
}

static const DgOpClass graph_class = {
  "graph", graph_open, graph_next, graph_close, graph_free, graph_describe
};

DgOp *
dg_op_graph(DgRun *run, const DgAlg *alg, DgOp *kid)
{
  Graph *const self = dg_op_new(run, &graph_class, alg, sizeof *self, 1);
  if (self) {
    self->base.kids[0] = kid;
    dg_rows_init(&self->graphs, 1);
  }
  return self ? &self->base : NULL;
}
