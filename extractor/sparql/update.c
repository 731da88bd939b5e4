/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/fetch.h"
#include "sparql/sparql_p.h"
#include "store/memory.h"
#include "store/rdf_reader.h"

#include <stdio.h>

/*
 * Update (SPARQL 1.1 Update, section 4): the operations of a request run one
 * after the other in one write. Each first finds all that it will remove and
 * add, then does so, so that it does not see its own changes.
 */

typedef struct {
  const DgRequest *request;
  const DgSparqlOptions *options;
  DgDataset *dataset;
  DgUpdateCounts *counts;
  DgDiag *diag;
  size_t number; /**< of the operation */
} Updating;

static DgStatus
remove_quad(Updating *u, DgIdQuad quad)
{
  const DgStatus status = u->dataset->class_->remove(u->dataset, quad);
  u->counts->removed += status == DG_OK;
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
add_quad(Updating *u, DgIdQuad quad)
{
  const DgStatus status = u->dataset->class_->add(u->dataset, quad);
  u->counts->added += status == DG_OK;
  return status == DG_NO_MATCH ? DG_OK : status;
}

/* Modify (4.1.3), and what is written shorter ------------------------- */

typedef struct {
  DgTemplate *items; /**< [n] */
  size_t n;
} Templates;

typedef struct {
  Updating *u;
  const DgUpdate *update;
  DgRun run;
  DgTranslate translate;
  Templates deletes;
  Templates inserts;
  DgRows removed; /**< quads */
  DgRows added;
  DgOp *op;
} Modify;

static DgStatus
read_templates(Modify *m, const DgQuads *quads, size_t n, Templates *out)
{
  size_t total = 0;
  for (size_t i = 0; i < n; ++i) {
    total += quads[i].triples.list.n;
  }
  out->items = DG_NEW_ARRAY(m->run.arena, DgTemplate, total + 1);
  DG_TRY_PTR(out->items);
  /* Without GRAPH, WITH says where triples are. */
  const DgNode with = { DG_VAR_NONE, m->update->with };
  for (size_t i = 0; i < n; ++i) {
    const bool named = quads[i].graph.var != DG_VAR_NONE ||
                       quads[i].graph.term.kind != DG_TERM_NONE;
    DG_TRY(dg_template_read(&m->translate, &quads[i].triples,
                            named ? &quads[i].graph : &with,
                            out->items + out->n));
    out->n += quads[i].triples.list.n;
  }
  return DG_OK;
}

static DgStatus
collect(Modify *m, const Templates *templates, uint64_t solution, DgRows *rows)
{
  for (size_t i = 0; i < templates->n; ++i) {
    DgIdQuad quad;
    DgStatus status;
    const bool fine = dg_template_fill(&m->run, &templates->items[i], solution,
                                       &quad, &status);
    DG_TRY(status);
    if (!fine) {
      continue;
    }
    const DgId key[] = { quad.s, quad.p, quad.o, quad.g };
    bool fresh;
    if (dg_rows_put(rows, &m->run, 4, key, &fresh) == SIZE_MAX) {
      return DG_LIMIT;
    }
  }
  return DG_OK;
}

static DgStatus
find_changes(Modify *m)
{
  DgRun *const run = &m->run;
  const DgGraphRef graph = { .kind = DG_GRAPH_DEFAULT };
  DgAlg *alg = dg_alg_new(run->arena, DG_ALG_UNIT);
  DG_TRY_PTR(alg);
  DG_TRY(dg_run_translate(run, &m->translate));
  if (m->update->where) {
    DG_TRY(dg_translate_pattern(&m->translate, m->update->where, graph, &alg));
  }
  DG_TRY(read_templates(m, m->update->deletes.items, m->update->deletes.n,
                        &m->deletes));
  DG_TRY(read_templates(m, m->update->inserts.items, m->update->inserts.n,
                        &m->inserts));
  DG_TRY(dg_run_plan(run, &m->translate, alg, &m->op));
  DgStatus status = dg_op_open(m->op, run);
  uint64_t solution = 0;
  while (status == DG_OK && (status = dg_op_next(m->op, run)) == DG_OK) {
    ++solution;
    status = collect(m, &m->deletes, solution, &m->removed);
    if (status == DG_OK) {
      status = collect(m, &m->inserts, solution, &m->added);
    }
  }
  dg_op_close(m->op, run);
  return status == DG_NO_MATCH ? DG_OK : status;
}

/* A computed term gets its place in the dataset. */
static DgStatus
settle_id(Modify *m, DgId *id)
{
  if (!(*id & DG_ID_LOCAL)) {
    return DG_OK;
  }
  DgTerm term;
  DgDataset *const dataset = m->u->dataset;
  dg_arena_reset(m->run.eval.arena);
  DG_TRY(dg_terms_term(m->run.terms, *id, m->run.eval.arena, &term));
  return dataset->class_->make_id(dataset, &term, id);
}

static DgStatus
apply_changes(Modify *m)
{
  for (size_t i = 0; i < m->removed.n; ++i) {
    const DgId *const k = dg_rows_at(&m->removed, i);
    if (!((k[0] | k[1] | k[2] | k[3]) & DG_ID_LOCAL)) {
      DG_TRY(remove_quad(m->u, (DgIdQuad){ k[0], k[1], k[2], k[3] }));
    }
  }
  for (size_t i = 0; i < m->added.n; ++i) {
    const DgId *const k = dg_rows_at(&m->added, i);
    DgIdQuad quad = { k[0], k[1], k[2], k[3] };
    DG_TRY(settle_id(m, &quad.s));
    DG_TRY(settle_id(m, &quad.p));
    DG_TRY(settle_id(m, &quad.o));
    DG_TRY(settle_id(m, &quad.g));
    DG_TRY(add_quad(m->u, quad));
  }
  return DG_OK;
}

/* USING names the dataset; else WITH names the default graph alone. */
static DgStatus
choose_dataset(Modify *m)
{
  DgRun *const run = &m->run;
  DG_TRY(
      dg_run_dataset(run, &m->update->usings, m->u->options->strict_default));
  if (run->default_graph != DG_DEFAULT_LIST &&
      m->update->with.kind != DG_TERM_NONE) {
    DgId *const with = DG_NEW(run->arena, DgId);
    DG_TRY_PTR(with);
    DG_TRY(dg_terms_id(run->terms, &m->update->with, with));
    run->default_graph = DG_DEFAULT_LIST;
    run->from = with;
    run->n_from = 1;
  }
  return DG_OK;
}

static DgStatus
modify(Updating *u, const DgUpdate *update)
{
  Modify m = { .u = u, .update = update };
  dg_rows_init(&m.removed, 4);
  dg_rows_init(&m.added, 4);
  DgStatus status =
      dg_run_init(&m.run, u->request, u->dataset, u->options, u->diag);
  if (status == DG_OK) {
    status = choose_dataset(&m);
  }
  status = status == DG_OK ? find_changes(&m) : status;
  status = status == DG_OK ? apply_changes(&m) : status;
  dg_op_free(m.op, &m.run);
  dg_rows_clear(&m.removed, &m.run);
  dg_rows_clear(&m.added, &m.run);
  dg_run_clear(&m.run);
  return status;
}

/* Graph management (3.2) ---------------------------------------------- */

typedef struct {
  DG_VEC(DgIdQuad) list;
} Quads;

/* Id of a graph; DG_ID_NONE when the dataset does not know it. */
static DgStatus
graph_id(Updating *u, DgTarget kind, const DgTerm *term, bool make, DgId *id)
{
  *id = DG_ID_DEFAULT_GRAPH;
  if (kind != DG_TARGET_GRAPH) {
    return DG_OK;
  }
  const DgDatasetClass *const class_ = u->dataset->class_;
  if (make) {
    return class_->make_id(u->dataset, term, id);
  }
  const DgStatus status = class_->find_id(u->dataset, term, id);
  if (status == DG_NO_MATCH) {
    *id = DG_ID_NONE;
    return DG_OK;
  }
  return status;
}

static bool
is_target(DgTarget kind, DgId wanted, DgId graph)
{
  switch (kind) {
  case DG_TARGET_ALL:
    return true;
  case DG_TARGET_NAMED:
    return graph != DG_ID_DEFAULT_GRAPH;
  default:
    return graph == wanted;
  }
}

static DgStatus
list_quads(Updating *u, DgTarget kind, DgId graph, DgArena *arena, Quads *quads)
{
  DgIdQuad pattern = { 0 };
  DgDatasetCursor *cursor;
  if (kind == DG_TARGET_GRAPH && graph == DG_ID_NONE) {
    return DG_OK;
  }
  if (kind == DG_TARGET_GRAPH || kind == DG_TARGET_DEFAULT) {
    pattern.g = graph;
  }
  const DgDatasetClass *const class_ = u->dataset->class_;
  DG_TRY(class_->find(u->dataset, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  DgStatus status;
  while ((status = class_->next(cursor, &quad)) == DG_OK) {
    if (!is_target(kind, graph, quad.g)) {
      continue;
    }
    DgIdQuad *const slot = DG_VEC_ADD(arena, &quads->list);
    if (!slot) {
      status = DG_NO_MEMORY;
      break;
    }
    *slot = quad;
  }
  class_->close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
no_graph(Updating *u, const DgUpdate *update, const char *what)
{
  (void)dg_diag_set(u->diag, DG_NOT_FOUND, "graph <%.*s> %s",
                    (int)update->source.value.len, update->source.value.ptr,
                    what);
  dg_diag_point(u->diag, u->request->text, update->span);
  return DG_NOT_FOUND;
}

static DgStatus
clear_graph(Updating *u, DgTarget kind, DgId graph, DgArena *arena)
{
  Quads quads = { 0 };
  DG_TRY(list_quads(u, kind, graph, arena, &quads));
  for (size_t i = 0; i < quads.list.n; ++i) {
    DG_TRY(remove_quad(u, quads.list.items[i]));
  }
  return DG_OK;
}

/* ADD (3.2.5), COPY (3.2.3), MOVE (3.2.4). */
static DgStatus
transfer(Updating *u, const DgUpdate *update, DgArena *arena)
{
  DgId from;
  DgId to;
  Quads quads = { 0 };
  DG_TRY(graph_id(u, update->source_kind, &update->source, false, &from));
  DG_TRY(list_quads(u, update->source_kind, from, arena, &quads));
  if (!quads.list.n && update->source_kind == DG_TARGET_GRAPH) {
    return no_graph(u, update, "is not there");
  }
  DG_TRY(graph_id(u, update->target_kind, &update->target, true, &to));
  if (from == to) {
    return DG_OK;
  }
  if (update->kind != DG_UPDATE_ADD) {
    DG_TRY(clear_graph(u, update->target_kind, to, arena));
  }
  for (size_t i = 0; i < quads.list.n; ++i) {
    DgIdQuad quad = quads.list.items[i];
    if (update->kind == DG_UPDATE_MOVE) {
      DG_TRY(remove_quad(u, quad));
    }
    quad.g = to;
    DG_TRY(add_quad(u, quad));
  }
  return DG_OK;
}

static DgStatus
create(Updating *u, const DgUpdate *update, DgArena *arena)
{
  DgId graph;
  Quads quads = { 0 };
  DG_TRY(graph_id(u, DG_TARGET_GRAPH, &update->source, false, &graph));
  DG_TRY(list_quads(u, DG_TARGET_GRAPH, graph, arena, &quads));
  /* Empty graphs are not kept: there is nothing to make. */
  return quads.list.n ? no_graph(u, update, "is there already") : DG_OK;
}

static DgStatus
count_quad(void *self, const DgQuad *quad)
{
  Updating *const u = self;
  const DgDatasetClass *const class_ = u->dataset->class_;
  DgIdQuad ids = { 0, 0, 0, DG_ID_DEFAULT_GRAPH };
  DG_TRY(class_->make_id(u->dataset, &quad->s, &ids.s));
  DG_TRY(class_->make_id(u->dataset, &quad->p, &ids.p));
  DG_TRY(class_->make_id(u->dataset, &quad->o, &ids.o));
  if (quad->g.kind != DG_TERM_NONE) {
    DG_TRY(class_->make_id(u->dataset, &quad->g, &ids.g));
  }
  return add_quad(u, ids);
}

/* LOAD (3.1.4). */
static DgStatus
load(Updating *u, const DgUpdate *update)
{
  char prefix[64];
  DgBuf bytes = DG_BUF_INIT;
  DgRdfOptions options = { .base = update->source.value };
  const DgQuadSink sink = { count_quad, u };
  if (!u->options->allow_load) {
    return dg_diag_set(u->diag, DG_UNSUPPORTED,
                       "LOAD reads documents only with --allow-load");
  }
  (void)snprintf(prefix, sizeof prefix, "l%016llxn%zux",
                 (unsigned long long)dg_str_hash(update->source.value),
                 u->number);
  options.blank_prefix = dg_str(prefix);
  if (update->target_kind == DG_TARGET_GRAPH) {
    options.graph = update->target;
  }
  DgStatus status =
      dg_fetch_document(update->source.value, &bytes, &options.syntax, u->diag);
  if (status == DG_OK) {
    const DgStr name = update->source.value;
    DgBuf source = DG_BUF_INIT;
    dg_buf_add(&source, name);
    status = source.data ? dg_rdf_read(dg_buf_str(&bytes), source.data,
                                       &options, &sink, u->diag)
                         : DG_NO_MEMORY;
    dg_buf_clear(&source);
  }
  dg_buf_clear(&bytes);
  return status;
}

static DgStatus
manage(Updating *u, const DgUpdate *update, DgArena *arena)
{
  DgId graph;
  switch (update->kind) {
  case DG_UPDATE_LOAD:
    return load(u, update);
  case DG_UPDATE_CREATE:
    return create(u, update, arena);
  case DG_UPDATE_CLEAR:
  case DG_UPDATE_DROP:
    DG_TRY(graph_id(u, update->source_kind, &update->source, false, &graph));
    return clear_graph(u, update->source_kind, graph, arena);
  default:
    return transfer(u, update, arena);
  }
}

static DgStatus
run_one(Updating *u, const DgUpdate *update)
{
  if (update->kind == DG_UPDATE_MODIFY) {
    return modify(u, update);
  }
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  DgStatus status = manage(u, update, arena);
  dg_arena_free(arena);
  const bool forgiven = status != DG_OK && status != DG_NO_MEMORY &&
                        status != DG_CANCELLED && status != DG_LIMIT;
  if (update->silent && forgiven) {
    if (u->diag) {
      dg_diag_clear(u->diag);
    }
    status = DG_OK;
  }
  return status;
}

DgStatus
dg_sparql_update(DgSparql *query, DgDataset *dataset,
                 const DgSparqlOptions *options, DgUpdateCounts *counts,
                 DgDiag *diag)
{
  const DgDatasetClass *const class_ = dataset->class_;
  DgUpdateCounts own = { 0, 0 };
  Updating u = { .request = &query->request,
                 .options = options,
                 .dataset = dataset,
                 .counts = &own,
                 .diag = diag };
  if (!class_->write_begin) {
    return dg_diag_set(diag, DG_UNSUPPORTED, "the store can only be read");
  }
  DG_TRY(class_->write_begin(dataset, diag));
  DgStatus status = DG_OK;
  for (size_t i = 0; i < u.request->updates.n && status == DG_OK; ++i) {
    u.number = i;
    status = run_one(&u, &u.request->updates.items[i]);
  }
  if (status != DG_OK || options->dry_run) {
    class_->write_rollback(dataset);
  } else {
    status = class_->write_commit(dataset, diag);
  }
  *counts = own;
  return dg_run_told(status, diag);
}
