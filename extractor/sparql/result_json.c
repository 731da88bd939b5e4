/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "sparql/results.h"

/* Source: SPARQL 1.1 Query Results JSON Format. */

static void
json_begin(DgResults *r)
{
  dg_buf_add(r->out, DG_STR("{\"head\":{\"vars\":["));
  for (size_t i = 0; i < r->n; ++i) {
    if (i) {
      dg_buf_add_char(r->out, ',');
    }
    dg_json_add_string(r->out, r->names[i]);
  }
  dg_buf_add(r->out, DG_STR("]},\"results\":{\"bindings\":["));
}

static void
add_term(DgResults *r, const DgTerm *term)
{
  static const char *const types[] = { [DG_TERM_NONE] = "",
                                       [DG_TERM_IRI] = "uri",
                                       [DG_TERM_LITERAL] = "literal",
                                       [DG_TERM_BLANK] = "bnode" };
  dg_buf_printf(r->out, "{\"type\":\"%s\",\"value\":", types[term->kind]);
  dg_json_add_string(r->out, term->value.ptr ? term->value : DG_STR(""));
  if (term->lang.len) {
    dg_buf_add(r->out, DG_STR(",\"xml:lang\":"));
    dg_json_add_string(r->out, term->lang);
  } else if (term->datatype.len) {
    dg_buf_add(r->out, DG_STR(",\"datatype\":"));
    dg_json_add_string(r->out, term->datatype);
  }
  dg_buf_add_char(r->out, '}');
}

static void
json_row(DgResults *r, const DgTerm *terms)
{
  bool first = true;
  dg_buf_add(r->out, r->rows ? DG_STR(",\n{") : DG_STR("\n{"));
  for (size_t i = 0; i < r->n; ++i) {
    if (terms[i].kind == DG_TERM_NONE) {
      continue;
    }
    if (!first) {
      dg_buf_add_char(r->out, ',');
    }
    first = false;
    dg_json_add_string(r->out, r->names[i]);
    dg_buf_add_char(r->out, ':');
    add_term(r, &terms[i]);
  }
  dg_buf_add_char(r->out, '}');
}

static void
json_end(DgResults *r)
{
  dg_buf_add(r->out, DG_STR("\n]}}\n"));
}

static void
json_boolean(DgResults *r, bool answer)
{
  dg_buf_printf(r->out, "{\"head\":{},\"boolean\":%s}\n",
                answer ? "true" : "false");
}

const DgResultFormat dg_results_json = {
  "json",     "application/sparql-results+json",
  json_begin, json_row,
  json_end,   json_boolean
};
