/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/select.h"

#include "sparql/sparql.h"

typedef DgStatus (*Row)(void *self, const DgTerm *values, size_t n);

static DgStatus
give_rows(DgSolutions *solutions, Row row, void *self, DgArena *arena)
{
  const size_t n = dg_solutions_width(solutions);
  DgTerm *const values = DG_NEW_ARRAY(arena, DgTerm, n + 1);
  DG_TRY_PTR(values);
  DgStatus status;
  while ((status = dg_solutions_next(solutions)) == DG_OK) {
    for (size_t i = 0; i < n; ++i) {
      DG_TRY(dg_solutions_value(solutions, i, &values[i]));
    }
    DG_TRY(row(self, values, n));
  }
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
ask(const DgExport *x, DgStr text, Row row, void *self, DgArena *arena)
{
  const DgParseOptions parse = { 0 };
  const DgSparqlOptions options = { 0 };
  DgSparql *query = NULL;
  DgSolutions *solutions = NULL;
  DgStatus status = dg_sparql_prepare(text, false, &parse, &query, x->diag);
  if (status == DG_OK) {
    status = dg_sparql_execute(query, x->store, &options, &solutions, x->diag);
  }
  if (status == DG_OK) {
    status = give_rows(solutions, row, self, arena);
  }
  dg_solutions_free(solutions);
  dg_sparql_free(query);
  return status;
}

DgStatus
dg_export_select(const DgExport *x, const DgExportQuery *query, Row row,
                 void *self)
{
  DgBuf text = DG_BUF_INIT;
  DgArena *const arena = dg_arena_new();
  dg_buf_add(&text, dg_str(query->head));
  if (x->graph) {
    dg_buf_add(&text, DG_STR("\nFROM "));
    dg_term_write(x->graph, &text);
  }
  dg_buf_add_char(&text, '\n');
  dg_buf_add(&text, dg_str(query->where));
  DgStatus status = arena ? dg_buf_status(&text) : DG_NO_MEMORY;
  if (status == DG_OK) {
    status = ask(x, dg_buf_str(&text), row, self, arena);
  }
  dg_arena_free(arena);
  dg_buf_clear(&text);
  return status;
}
