/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/results.h"

/* Source: SPARQL 1.1 Query Results CSV and TSV Formats, section 4. */

static void
tsv_begin(DgResults *r)
{
  for (size_t i = 0; i < r->n; ++i) {
    dg_buf_printf(r->out, "%s?%.*s", i ? "\t" : "", (int)r->names[i].len,
                  r->names[i].ptr);
  }
  dg_buf_add_char(r->out, '\n');
}

static void
tsv_row(DgResults *r, const DgTerm *terms)
{
  for (size_t i = 0; i < r->n; ++i) {
    if (i) {
      dg_buf_add_char(r->out, '\t');
    }
    const size_t begin = r->out->len;
    dg_term_write(&terms[i], r->out);
    /* A tab inside a term would end the field. */
    for (size_t at = begin; at < r->out->len; ++at) {
      if (r->out->data[at] == '\t' && dg_buf_reserve(r->out, 1)) {
        char *const here = r->out->data + at;
        memmove(here + 2, here + 1, r->out->len - at);
        memcpy(here, "\\t", 2);
        ++r->out->len;
      }
    }
  }
  dg_buf_add_char(r->out, '\n');
}

static void
tsv_end(DgResults *r)
{
  (void)r;
}

static void
tsv_boolean(DgResults *r, bool answer)
{
  dg_buf_add(r->out, answer ? DG_STR("true\n") : DG_STR("false\n"));
}

const DgResultFormat dg_results_tsv = { "tsv",     "text/tab-separated-values",
                                        tsv_begin, tsv_row,
                                        tsv_end,   tsv_boolean };
