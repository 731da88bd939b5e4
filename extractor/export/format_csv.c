/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/deals.h"

/* The table of deals. Source: RFC 4180. */

typedef struct {
  const DgExport *x;
  DgBuf buf;
} Writer;

/* Spreadsheets run a cell that starts so as a formula: an apostrophe before
 * it, as people type it, makes it text. */
static bool
is_formula(DgStr text)
{
  return text.len && strchr("=+-@\t\r", text.ptr[0]) != NULL;
}

static void
add_cell(DgBuf *out, DgStr text, bool number)
{
  bool quote = false;
  for (size_t i = 0; i < text.len && !quote; ++i) {
    quote = strchr("\",\r\n", text.ptr[i]) != NULL;
  }
  dg_buf_add(out, quote ? DG_STR("\"") : DG_STR(""));
  dg_buf_add(out, !number && is_formula(text) ? DG_STR("'") : DG_STR(""));
  for (size_t i = 0; i < text.len; ++i) {
    if (text.ptr[i] == '"') {
      dg_buf_add_char(out, '"');
    }
    dg_buf_add_char(out, text.ptr[i]);
  }
  dg_buf_add(out, quote ? DG_STR("\"") : DG_STR(""));
}

static DgStatus
write_row(void *self, const DgTerm *values, size_t n)
{
  Writer *const w = self;
  for (size_t i = 0; i < n; ++i) {
    dg_buf_add(&w->buf, i ? DG_STR(",") : DG_STR(""));
    add_cell(&w->buf, values[i].value, dg_deal_columns[i].number);
  }
  dg_buf_add(&w->buf, DG_STR("\r\n"));
  return dg_export_flush(w->x, &w->buf, false);
}

static DgStatus
write_csv(const DgExport *x)
{
  Writer w = { .x = x };
  for (size_t i = 0; i < dg_deal_column_count; ++i) {
    dg_buf_printf(&w.buf, "%s%s", i ? "," : "", dg_deal_columns[i].name);
  }
  dg_buf_add(&w.buf, DG_STR("\r\n"));
  DgStatus status = dg_export_select(x, &dg_deal_query, write_row, &w);
  status = status == DG_OK ? dg_export_flush(x, &w.buf, true) : status;
  dg_buf_clear(&w.buf);
  return status;
}

const DgExportFormat dg_export_csv = { "csv", "csv", "table of deals, CSV",
                                       "text/csv", write_csv };
