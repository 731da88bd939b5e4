/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/op.h"
#include "sparql/rows.h"

/*
 * A repeated path: "?", "*" or "+" (18.4, ALP). From a node that is bound, or
 * from each node of the graph, a breadth-first walk collects what is reached,
 * each node once, so cycles end. When only the object is bound the walk goes
 * backwards.
 */
typedef struct {
  DgOp base;
  DgId graph;   /**< of the pattern, or DG_ID_NONE for several */
  bool in_from; /**< the graph must be of FROM */
  bool nothing; /**< no quad can match */
  DgId s;       /**< bound subject, or DG_ID_NONE */
  DgId o;
  bool own_s; /**< the operator binds the slot */
  bool own_o;
  bool same;      /**< subject and object are one variable */
  bool backwards; /**< walks from the object */
  DgRows starts;  /**< nodes to walk from */
  size_t start;   /**< the next one */
  DgRows reached; /**< from the current start */
  size_t at;      /**< the next one to give */
} Path;

static DgStatus
step(Path *self, DgRun *run, const DgPathCode *path, DgId node, bool inverse,
     DgRows *out);

static DgStatus
put(DgRun *run, DgRows *out, DgId node)
{
  bool fresh;
  return dg_rows_put(out, run, 1, &node, &fresh) == SIZE_MAX ? DG_LIMIT : DG_OK;
}

typedef enum { PUT_SUBJECT = 1, PUT_OBJECT = 2 } Put;

/* Put the ends of all quads of a pattern whose property passes. */
static DgStatus
put_ends(Path *self, DgRun *run, DgIdQuad pattern, unsigned which,
         const DgPathCode *except, bool inverse, DgRows *out)
{
  pattern.g = self->graph;
  if (self->nothing || ((pattern.s | pattern.p | pattern.o) & DG_ID_LOCAL)) {
    return DG_OK;
  }
  DgDatasetCursor *cursor;
  DG_TRY(run->class_->find(run->dataset, pattern, DG_ORDER_ANY, &cursor));
  DgStatus status;
  DgIdQuad quad;
  while ((status = run->class_->next(cursor, &quad)) == DG_OK &&
         (status = dg_run_tick(run)) == DG_OK) {
    bool wanted = !self->in_from || dg_run_is_from(run, quad.g);
    for (size_t i = 0; except && i < except->n && wanted; ++i) {
      const DgPathCode *const part = except->parts[i];
      const bool back = part->kind == DG_PATH_INVERSE;
      const DgId id = back ? part->parts[0]->id : part->id;
      wanted = back != inverse || id != quad.p;
    }
    if (wanted && (which & PUT_SUBJECT)) {
      status = put(run, out, quad.s);
    }
    if (wanted && status == DG_OK && (which & PUT_OBJECT)) {
      status = put(run, out, quad.o);
    }
    if (status != DG_OK) {
      break;
    }
  }
  run->class_->close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
step_link(Path *self, DgRun *run, DgId property, DgId node, bool inverse,
          const DgPathCode *except, bool except_inverse, DgRows *out)
{
  const DgIdQuad forward = { node, property, 0, 0 };
  const DgIdQuad backward = { 0, property, node, 0 };
  return put_ends(self, run, inverse ? backward : forward,
                  inverse ? PUT_SUBJECT : PUT_OBJECT, except, except_inverse,
                  out);
}

/* !(a|^b): forward over all but a, backward over all but b (18.2.2.3). */
static DgStatus
step_negated(Path *self, DgRun *run, const DgPathCode *path, DgId node,
             bool inverse, DgRows *out)
{
  bool forward = path->n == 0;
  bool backward = false;
  for (size_t i = 0; i < path->n; ++i) {
    const bool back = path->parts[i]->kind == DG_PATH_INVERSE;
    forward |= !back;
    backward |= back;
  }
  if (forward) {
    DG_TRY(step_link(self, run, DG_ID_NONE, node, inverse, path, false, out));
  }
  if (backward) {
    DG_TRY(step_link(self, run, DG_ID_NONE, node, !inverse, path, true, out));
  }
  return DG_OK;
}

static DgStatus
step_sequence(Path *self, DgRun *run, const DgPathCode *path, DgId node,
              bool inverse, DgRows *out)
{
  DgRows now;
  DgRows next;
  dg_rows_init(&now, 1);
  dg_rows_init(&next, 1);
  DgStatus status = put(run, &now, node);
  for (size_t i = 0; i < path->n && status == DG_OK; ++i) {
    const DgPathCode *const part = path->parts[inverse ? path->n - 1 - i : i];
    DgRows *const to = i + 1 == path->n ? out : &next;
    for (size_t j = 0; j < now.n && status == DG_OK; ++j) {
      status = step(self, run, part, *dg_rows_at(&now, j), inverse, to);
    }
    dg_rows_clear(&now, run);
    if (to == &next) {
      now = next;
      dg_rows_init(&next, 1);
    }
  }
  dg_rows_clear(&now, run);
  dg_rows_clear(&next, run);
  return status;
}

/* All that repetition reaches from a node; `until` ends it early. */
static DgStatus
walk(Path *self, DgRun *run, const DgPathCode *path, DgId node, bool inverse,
     DgRows *out, DgId until)
{
  const DgPathCode *const inner = path->parts[0];
  if (!path->min_one) {
    DG_TRY(put(run, out, node));
    if (node == until) {
      return DG_OK;
    }
  }
  DG_TRY(step(self, run, inner, node, inverse, out));
  for (size_t i = 0; path->many && i < out->n; ++i) {
    const DgId here = *dg_rows_at(out, i);
    if (until && here == until) {
      return DG_OK;
    }
    if (here != node || path->min_one) {
      DG_TRY(step(self, run, inner, here, inverse, out));
    }
  }
  return DG_OK;
}

static DgStatus
step_repeat(Path *self, DgRun *run, const DgPathCode *path, DgId node,
            bool inverse, DgRows *out)
{
  DgRows found;
  dg_rows_init(&found, 1);
  DgStatus status = walk(self, run, path, node, inverse, &found, DG_ID_NONE);
  for (size_t i = 0; i < found.n && status == DG_OK; ++i) {
    status = put(run, out, *dg_rows_at(&found, i));
  }
  dg_rows_clear(&found, run);
  return status;
}

static DgStatus
step(Path *self, DgRun *run, const DgPathCode *path, DgId node, bool inverse,
     DgRows *out)
{
  switch (path->kind) {
  case DG_PATH_LINK:
    return step_link(self, run, path->id, node, inverse, NULL, false, out);
  case DG_PATH_INVERSE:
    return step(self, run, path->parts[0], node, !inverse, out);
  case DG_PATH_SEQUENCE:
    return step_sequence(self, run, path, node, inverse, out);
  case DG_PATH_CHOICE:
    for (size_t i = 0; i < path->n; ++i) {
      DG_TRY(step(self, run, path->parts[i], node, inverse, out));
    }
    return DG_OK;
  case DG_PATH_REPEAT:
    return step_repeat(self, run, path, node, inverse, out);
  case DG_PATH_NEGATED:
    return step_negated(self, run, path, node, inverse, out);
  }
  return DG_OK;
}

static DgId
value_of(const DgRun *run, DgPlace place)
{
  return place.slot == DG_SLOT_NONE ? place.id : run->row[place.slot];
}

/* The one graph to look in, if it is one. */
static void
bind_graph(Path *self, const DgRun *run)
{
  const DgGraphRef *const ref = &self->base.alg->graph;
  self->graph = DG_ID_NONE;
  self->in_from = self->nothing = false;
  if (ref->kind == DG_GRAPH_PLACE) {
    self->graph = value_of(run, ref->place);
    self->nothing = !self->graph || (self->graph & DG_ID_LOCAL) ||
                    !dg_run_is_named(run, self->graph);
  } else if (run->default_graph == DG_DEFAULT_STRICT) {
    self->graph = DG_ID_DEFAULT_GRAPH;
  } else if (run->default_graph == DG_DEFAULT_LIST) {
    self->in_from = true;
    self->nothing = !run->n_from;
    if (run->n_from == 1) {
      self->graph = run->from[0];
      self->nothing = (self->graph & DG_ID_LOCAL) != 0;
    }
  }
}

/* Nodes to walk from when neither end is bound. */
static DgStatus
list_starts(Path *self, DgRun *run)
{
  const DgPathCode *const path = self->base.alg->path;
  const DgPathCode *const inner = path->parts[0];
  DgIdQuad pattern = { 0 };
  if (path->min_one && inner->kind == DG_PATH_LINK) {
    pattern.p = inner->id;
    return put_ends(self, run, pattern, PUT_SUBJECT, NULL, false,
                    &self->starts);
  }
  return put_ends(self, run, pattern, PUT_SUBJECT | PUT_OBJECT, NULL, false,
                  &self->starts);
}

static DgStatus
path_open(DgOp *op, DgRun *run)
{
  Path *const self = (Path *)op;
  const DgAlg *const alg = op->alg;
  bind_graph(self, run);
  dg_rows_clear(&self->starts, run);
  dg_rows_clear(&self->reached, run);
  self->start = self->at = 0;
  self->s = value_of(run, alg->s);
  self->o = value_of(run, alg->o);
  self->own_s = !self->s;
  self->own_o = !self->o;
  self->same = self->own_s && alg->s.slot == alg->o.slot;
  self->backwards = !self->s && self->o;
  if (self->s || self->o) {
    return put(run, &self->starts, self->s ? self->s : self->o);
  }
  return list_starts(self, run);
}

static void
unbind(Path *self, DgRun *run)
{
  if (self->own_s) {
    run->row[self->base.alg->s.slot] = DG_ID_NONE;
  }
  if (self->own_o) {
    run->row[self->base.alg->o.slot] = DG_ID_NONE;
  }
}

static DgStatus
next_start(Path *self, DgRun *run)
{
  if (self->start == self->starts.n) {
    return DG_NO_MATCH;
  }
  const DgId start = *dg_rows_at(&self->starts, self->start++);
  const DgId until = self->s && self->o ? self->o
                     : self->same       ? start
                                        : DG_ID_NONE;
  dg_rows_clear(&self->reached, run);
  self->at = 0;
  return walk(self, run, self->base.alg->path, start, self->backwards,
              &self->reached, until);
}

/* Bind a pair; false when it is not one of those asked for. */
static bool
bind_pair(Path *self, DgRun *run, DgId start, DgId end)
{
  const DgId s = self->backwards ? end : start;
  const DgId o = self->backwards ? start : end;
  if ((self->o && o != self->o) || (self->s && s != self->s) ||
      (self->same && s != o)) {
    return false;
  }
  if (self->own_s) {
    run->row[self->base.alg->s.slot] = s;
  }
  if (self->own_o) {
    run->row[self->base.alg->o.slot] = o;
  }
  return true;
}

static DgStatus
path_next(DgOp *op, DgRun *run)
{
  Path *const self = (Path *)op;
  for (;;) {
    while (self->at < self->reached.n) {
      const DgId start = *dg_rows_at(&self->starts, self->start - 1);
      if (bind_pair(self, run, start,
                    *dg_rows_at(&self->reached, self->at++))) {
        return dg_run_tick(run);
      }
    }
    const DgStatus status = next_start(self, run);
    if (status != DG_OK) {
      unbind(self, run);
      return status;
    }
  }
}

static void
path_close(DgOp *op, DgRun *run)
{
  Path *const self = (Path *)op;
  unbind(self, run);
  self->own_s = self->own_o = false;
  dg_rows_clear(&self->starts, run);
  dg_rows_clear(&self->reached, run);
}

static void
write_path(const DgRun *run, const DgPathCode *path, DgBuf *out)
{
  const DgPlace place = { DG_SLOT_NONE, path->id };
  switch (path->kind) {
  case DG_PATH_LINK:
    dg_op_place(run, place, out);
    return;
  case DG_PATH_INVERSE:
    dg_buf_add_char(out, '^');
    break;
  case DG_PATH_NEGATED:
    dg_buf_add_char(out, '!');
    break;
  default:
    break;
  }
  dg_buf_add_char(out, '(');
  for (size_t i = 0; i < path->n; ++i) {
    if (i) {
      dg_buf_add_char(out, path->kind == DG_PATH_SEQUENCE ? '/' : '|');
    }
    write_path(run, path->parts[i], out);
  }
  dg_buf_add_char(out, ')');
  if (path->kind == DG_PATH_REPEAT) {
    dg_buf_add_char(out, path->min_one ? '+' : path->many ? '*' : '?');
  }
}

static void
path_describe(const DgOp *op, const DgRun *run, DgBuf *out)
{
  dg_op_place(run, op->alg->s, out);
  dg_buf_add_char(out, ' ');
  write_path(run, op->alg->path, out);
  dg_buf_add_char(out, ' ');
  dg_op_place(run, op->alg->o, out);
}

static const DgOpClass path_class = { "path",     path_open,  path_next,
                                      path_close, path_close, path_describe };

DgOp *
dg_op_path(DgRun *run, const DgAlg *alg)
{
  Path *const self = dg_op_new(run, &path_class, alg, sizeof *self, 0);
  if (self) {
    dg_rows_init(&self->starts, 1);
    dg_rows_init(&self->reached, 1);
  }
  return self ? &self->base : NULL;
}
