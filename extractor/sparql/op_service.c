/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/utf8.h"
#include "sparql/fetch.h"
#include "sparql/op.h"
#include "sparql/results_read.h"
#include "sparql/rows.h"

/*
 * SERVICE (SPARQL 1.1 Federated Query): the pattern is sent as written, with a
 * table of what is bound already, so that the other side need not send all it
 * has. Answers to a pattern without anything bound are kept for the next
 * opening.
 */
typedef struct {
  DgOp base;
  DgRows rows; /**< values of the slots */
  DgId asked;  /**< endpoint whose whole answer `rows` holds, or 0 */
  DgId *saved; /**< [n_slots] */
  size_t at;
  bool open;
  bool failed; /**< SILENT: one solution that binds nothing */
  DgId *row;   /**< the solution being read */
  DgRun *run;
  uint64_t number; /**< of the request, for blank nodes */
} Service;

static DgStatus
take_binding(void *context, DgStr name, const DgTerm *given)
{
  Service *const self = context;
  DgRun *const run = self->run;
  const DgAlg *const alg = self->base.alg;
  DgTerm term = *given;
  if (!dg_utf8_valid(term.value, &(size_t){ 0 })) {
    return dg_diag_set(run->diag, DG_BAD_INPUT, "the answer is not UTF-8");
  }
  if (term.kind == DG_TERM_BLANK) {
    char *const label = dg_arena_printf(run->eval.arena, "s%llux%.*s",
                                        (unsigned long long)self->number,
                                        (int)term.value.len, term.value.ptr);
    DG_TRY_PTR(label);
    DG_TRY(dg_terms_blank(run->terms, run->eval.arena, dg_str(label), &term));
  }
  for (size_t i = 0; i < alg->n_slots; ++i) {
    if (dg_str_equal(run->names[alg->slots[i]], name)) {
      return dg_terms_id(run->terms, &term, &self->row[i]);
    }
  }
  return DG_OK;
}

static DgStatus
take_solution(void *context)
{
  Service *const self = context;
  const size_t n = self->base.alg->n_slots;
  DgId *const row = dg_rows_add(&self->rows, self->run);
  if (!row) {
    return DG_LIMIT;
  }
  memcpy(row, self->row, n * sizeof *row);
  memset(self->row, 0, n * sizeof *row);
  dg_arena_reset(self->run->eval.arena);
  return dg_run_tick(self->run);
}

/* VALUES for what is bound; blank nodes mean nothing elsewhere. */
static DgStatus
add_bound(Service *self, DgBuf *query, bool *bound)
{
  DgRun *const run = self->run;
  const DgAlg *const alg = self->base.alg;
  DgBuf names = DG_BUF_INIT;
  DgBuf values = DG_BUF_INIT;
  DgStatus status = DG_OK;
  *bound = false;
  for (size_t i = 0; i < alg->n_slots && status == DG_OK; ++i) {
    const DgId id = run->row[alg->slots[i]];
    DgTerm term = { 0 };
    status = dg_terms_term(run->terms, id, run->eval.arena, &term);
    if (status != DG_OK || term.kind == DG_TERM_NONE ||
        term.kind == DG_TERM_BLANK) {
      continue;
    }
    dg_op_name(run, alg->slots[i], &names);
    dg_buf_add_char(&names, ' ');
    dg_term_write(&term, &values);
    dg_buf_add_char(&values, ' ');
    *bound = true;
  }
  if (*bound) {
    dg_buf_printf(query, "\nVALUES (%s) { (%s) }", names.data, values.data);
  }
  dg_buf_clear(&names);
  dg_buf_clear(&values);
  return status;
}

static DgStatus
ask(Service *self, const DgTerm *endpoint, DgStr query)
{
  DgRun *const run = self->run;
  const uint64_t now = dg_run_clock();
  const DgFetchLimits limits = { .timeout =
                                     !run->deadline ? 0
                                     : run->deadline > now
                                         ? (double)(run->deadline - now) / 1e9
                                         : 0.001,
                                 .cancel = run->cancel };
  const DgSolutionSink sink = { take_binding, take_solution, self };
  DgBuf body = DG_BUF_INIT;
  ++self->number;
  memset(self->row, 0, self->base.alg->n_slots * sizeof *self->row);
  DgStatus status =
      dg_fetch_query(endpoint->value, query, &limits, &body, run->diag);
  if (status == DG_OK) {
    status = dg_results_read_xml(dg_buf_str(&body), &sink, run->diag);
  }
  dg_buf_clear(&body);
  return status;
}

static DgStatus
fetch(Service *self, DgId endpoint)
{
  DgRun *const run = self->run;
  const DgPattern *const pattern = self->base.alg->service;
  DgBuf query = DG_BUF_INIT;
  DgTerm iri;
  bool bound;
  DG_TRY(dg_terms_term(run->terms, endpoint, run->eval.arena, &iri));
  dg_buf_add(&query, pattern->text);
  DgStatus status = add_bound(self, &query, &bound);
  if (status == DG_OK && !bound && self->asked == endpoint) {
    dg_buf_clear(&query);
    return DG_OK;
  }
  dg_rows_clear(&self->rows, run);
  self->asked = DG_ID_NONE;
  if (status == DG_OK) {
    status = iri.kind == DG_TERM_IRI
                 ? ask(self, &iri, dg_buf_str(&query))
                 : dg_diag_set(run->diag, DG_BAD_INPUT,
                               "SERVICE needs the IRI of an endpoint");
  }
  dg_buf_clear(&query);
  self->asked = status == DG_OK && !bound ? endpoint : DG_ID_NONE;
  return status;
}

static DgStatus
service_open(DgOp *op, DgRun *run)
{
  Service *const self = (Service *)op;
  const DgAlg *const alg = op->alg;
  const DgId endpoint = alg->endpoint.slot == DG_SLOT_NONE
                            ? alg->endpoint.id
                            : run->row[alg->endpoint.slot];
  if (!run->allow_service) {
    return dg_diag_set(run->diag, DG_UNSUPPORTED,
                       "SERVICE asks other servers only with "
                       "--allow-service");
  }
  self->at = 0;
  self->open = true;
  self->failed = false;
  for (size_t i = 0; i < alg->n_slots; ++i) {
    self->saved[i] = run->row[alg->slots[i]];
  }
  const DgStatus status = fetch(self, endpoint);
  if (status == DG_OK || !alg->service->silent || status == DG_LIMIT ||
      status == DG_CANCELLED || status == DG_NO_MEMORY) {
    return status;
  }
  if (run->diag) {
    dg_diag_clear(run->diag);
  }
  dg_rows_clear(&self->rows, run);
  self->failed = true;
  return DG_OK;
}

static void
restore(Service *self, DgRun *run)
{
  for (size_t i = 0; i < self->base.alg->n_slots && self->open; ++i) {
    run->row[self->base.alg->slots[i]] = self->saved[i];
  }
}

static bool
bind_row(Service *self, DgRun *run, const DgId *row)
{
  const DgAlg *const alg = self->base.alg;
  for (size_t i = 0; i < alg->n_slots; ++i) {
    if (self->saved[i] && row[i] && self->saved[i] != row[i]) {
      return false;
    }
  }
  for (size_t i = 0; i < alg->n_slots; ++i) {
    run->row[alg->slots[i]] = self->saved[i] ? self->saved[i] : row[i];
  }
  return true;
}

static DgStatus
service_next(DgOp *op, DgRun *run)
{
  Service *const self = (Service *)op;
  if (self->failed) {
    self->failed = false;
    return DG_OK;
  }
  while (self->at < self->rows.n) {
    DG_TRY(dg_run_tick(run));
    if (bind_row(self, run, dg_rows_at(&self->rows, self->at++))) {
      return DG_OK;
    }
  }
  restore(self, run);
  return DG_NO_MATCH;
}

static void
service_close(DgOp *op, DgRun *run)
{
  restore((Service *)op, run);
  ((Service *)op)->open = false;
}

static void
service_free(DgOp *op, DgRun *run)
{
  dg_rows_clear(&((Service *)op)->rows, run);
}

static void
service_describe(const DgOp *op, const DgRun *run, DgBuf *out)
{
  dg_op_place(run, op->alg->endpoint, out);
}

static const DgOpClass service_class = { "service",    service_open,
                                         service_next, service_close,
                                         service_free, service_describe };

DgOp *
dg_op_service(DgRun *run, const DgAlg *alg)
{
  Service *const self = dg_op_new(run, &service_class, alg, sizeof *self, 0);
  if (!self) {
    return NULL;
  }
  self->run = run;
  self->saved = DG_NEW_ARRAY(run->arena, DgId, alg->n_slots + 1);
  self->row = DG_NEW_ARRAY(run->arena, DgId, alg->n_slots + 1);
  dg_rows_init(&self->rows, alg->n_slots);
  return self->saved && self->row ? &self->base : NULL;
}
