/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/results.h"

/* Source: SPARQL 1.1 Query Results CSV and TSV Formats, section 3; RFC 4180. */

static void
add_field(DgStr value, DgBuf *out)
{
  bool quote = false;
  for (size_t i = 0; i < value.len && !quote; ++i) {
    const char c = value.ptr[i];
    quote = c == '"' || c == ',' || c == '\n' || c == '\r';
  }
  if (!quote) {
    dg_buf_add(out, value);
    return;
  }
  dg_buf_add_char(out, '"');
  for (size_t i = 0; i < value.len; ++i) {
    if (value.ptr[i] == '"') {
      dg_buf_add_char(out, '"');
    }
    dg_buf_add_char(out, value.ptr[i]);
  }
  dg_buf_add_char(out, '"');
}

static void
csv_begin(DgResults *r)
{
  for (size_t i = 0; i < r->n; ++i) {
    if (i) {
      dg_buf_add_char(r->out, ',');
    }
    add_field(r->names[i], r->out);
  }
  dg_buf_add(r->out, DG_STR("\r\n"));
}

static void
csv_row(DgResults *r, const DgTerm *terms)
{
  for (size_t i = 0; i < r->n; ++i) {
    if (i) {
      dg_buf_add_char(r->out, ',');
    }
    if (terms[i].kind == DG_TERM_BLANK) {
      dg_buf_add(r->out, DG_STR("_:"));
    }
    add_field(terms[i].value, r->out);
  }
  dg_buf_add(r->out, DG_STR("\r\n"));
}

static void
csv_end(DgResults *r)
{
  (void)r;
}

static void
csv_boolean(DgResults *r, bool answer)
{
  dg_buf_add(r->out, answer ? DG_STR("true\r\n") : DG_STR("false\r\n"));
}

const DgResultFormat dg_results_csv = { "csv",   "text/csv", csv_begin,
                                        csv_row, csv_end,    csv_boolean };
