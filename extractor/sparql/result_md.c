/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/results.h"

/* Source: GitHub Flavored Markdown, section 4.10 (tables). */

static void
add_cell(DgStr text, DgBuf *out)
{
  dg_buf_add_char(out, ' ');
  for (size_t i = 0; i < text.len; ++i) {
    const char c = text.ptr[i];
    if (strchr("|\\`*_<>[]", c) && c) {
      dg_buf_add_char(out, '\\');
    }
    dg_buf_add_char(out, c);
  }
  dg_buf_add(out, DG_STR(" |"));
}

static void
md_begin(DgResults *r)
{
  dg_buf_add_char(r->out, '|');
  for (size_t i = 0; i < r->n; ++i) {
    add_cell(r->names[i], r->out);
  }
  dg_buf_add(r->out, DG_STR("\n|"));
  for (size_t i = 0; i < r->n; ++i) {
    dg_buf_add(r->out, DG_STR(" --- |"));
  }
  dg_buf_add_char(r->out, '\n');
}

static void
md_row(DgResults *r, const DgTerm *terms)
{
  DgBuf text = DG_BUF_INIT;
  dg_buf_add_char(r->out, '|');
  for (size_t i = 0; i < r->n; ++i) {
    dg_buf_reset(&text);
    dg_results_plain(&terms[i], &text);
    add_cell(dg_buf_str(&text), r->out);
  }
  dg_buf_add_char(r->out, '\n');
  r->out->failed |= text.failed;
  dg_buf_clear(&text);
}

static void
md_end(DgResults *r)
{
  (void)r;
}

static void
md_boolean(DgResults *r, bool answer)
{
  dg_buf_add(r->out, answer ? DG_STR("yes\n") : DG_STR("no\n"));
}

const DgResultFormat dg_results_md = { "md",   "text/markdown", md_begin,
                                       md_row, md_end,          md_boolean };
