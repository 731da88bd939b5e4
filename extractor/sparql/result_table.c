/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/utf8.h"
#include "sparql/results.h"

/*
 * A table for people. The first rows are kept back to find the widths of the
 * columns; longer values that come later stick out rather than get lost.
 */

enum { KEPT_ROWS = 1000, WIDTH_MAX = 60 };

typedef struct {
  DgStr text;
  size_t width; /**< columns of a terminal */
  bool number;
} Cell;

typedef struct {
  Cell *cells; /**< [KEPT_ROWS * n] */
  size_t rows;
  size_t *widths; /**< [n] */
  bool started;
} Table;

static bool
is_number(const DgTerm *term)
{
  return term->datatype.len && term->value.len &&
         (strchr("+-.0123456789", term->value.ptr[0]) != NULL) &&
         !dg_str_ends(term->datatype, DG_STR("date")) &&
         !dg_str_ends(term->datatype, DG_STR("dateTime"));
}

static void
pad(DgBuf *out, size_t n, char c)
{
  while (n--) {
    dg_buf_add_char(out, c);
  }
}

static void
write_cell(DgResults *r, const Cell *cell, size_t i)
{
  const size_t wanted = ((Table *)r->state)->widths[i];
  const size_t gap = wanted > cell->width ? wanted - cell->width : 0;
  if (i) {
    dg_buf_add(r->out, DG_STR("  "));
  }
  if (cell->number) {
    pad(r->out, gap, ' ');
  }
  dg_buf_add(r->out, cell->text);
  if (!cell->number && i + 1 < r->n) {
    pad(r->out, gap, ' ');
  }
}

static void
write_row(DgResults *r, const Cell *cells)
{
  for (size_t i = 0; i < r->n; ++i) {
    write_cell(r, &cells[i], i);
  }
  dg_buf_add_char(r->out, '\n');
}

static void
start(DgResults *r)
{
  Table *const table = r->state;
  table->started = true;
  dg_buf_add(r->out, r->colour ? DG_STR("\033[1m") : DG_STR(""));
  for (size_t i = 0; i < r->n; ++i) {
    const Cell name = { r->names[i], dg_utf8_width(r->names[i]), false };
    size_t width = name.width;
    for (size_t j = 0; j < table->rows; ++j) {
      const size_t one = table->cells[j * r->n + i].width;
      width = one > width ? one : width;
    }
    table->widths[i] = width > WIDTH_MAX ? WIDTH_MAX : width;
    write_cell(r, &name, i);
  }
  dg_buf_add(r->out, r->colour ? DG_STR("\033[0m\n") : DG_STR("\n"));
  for (size_t i = 0; i < r->n; ++i) {
    dg_buf_add(r->out, i ? DG_STR("  ") : DG_STR(""));
    pad(r->out, table->widths[i], '-');
  }
  dg_buf_add_char(r->out, '\n');
  for (size_t j = 0; j < table->rows; ++j) {
    write_row(r, table->cells + j * r->n);
  }
}

static void
table_begin(DgResults *r)
{
  Table *const table = DG_NEW(r->arena, Table);
  r->state = table;
  if (table) {
    table->widths = DG_NEW_ARRAY(r->arena, size_t, r->n + 1);
    table->cells = DG_NEW_ARRAY(r->arena, Cell, (r->n + 1) * KEPT_ROWS);
  }
  if (!table || !table->widths || !table->cells) {
    r->out->failed = true;
  }
}

static void
table_row(DgResults *r, const DgTerm *terms)
{
  Table *const table = r->state;
  if (r->out->failed) {
    return;
  }
  if (table->rows == KEPT_ROWS && !table->started) {
    start(r);
  }
  /* Once all widths are known, the first kept row is scratch. */
  Cell *const cells =
      table->cells + (table->started ? 0 : table->rows++ * r->n);
  DgBuf text = DG_BUF_INIT;
  for (size_t i = 0; i < r->n; ++i) {
    dg_buf_reset(&text);
    dg_results_plain(&terms[i], &text);
    const DgStr value = dg_arena_copy(r->arena, dg_buf_str(&text));
    r->out->failed |= !value.ptr;
    cells[i] = (Cell){ value, dg_utf8_width(value), is_number(&terms[i]) };
  }
  dg_buf_clear(&text);
  if (table->started) {
    write_row(r, cells);
  }
}

static void
table_end(DgResults *r)
{
  Table *const table = r->state;
  if (!r->out->failed && !table->started) {
    start(r);
  }
  dg_buf_printf(r->out, "(%llu row%s)\n", (unsigned long long)r->rows,
                r->rows == 1 ? "" : "s");
}

static void
table_boolean(DgResults *r, bool answer)
{
  dg_buf_add(r->out, answer ? DG_STR("yes\n") : DG_STR("no\n"));
}

const DgResultFormat dg_results_table = {
  "table", "text/plain", table_begin, table_row, table_end, table_boolean
};
