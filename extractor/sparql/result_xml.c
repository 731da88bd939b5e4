/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/xml.h"
#include "sparql/results.h"

/* Source: SPARQL Query Results XML Format (Second Edition). */

static void
add_head(DgResults *r)
{
  dg_buf_add(r->out, DG_STR("<?xml version=\"1.0\"?>\n<sparql xmlns=\"http://"
                            "www.w3.org/2005/sparql-results#\">\n<head>"));
  for (size_t i = 0; i < r->n; ++i) {
    dg_buf_add(r->out, DG_STR("<variable name=\""));
    dg_xml_add(r->out, r->names[i]);
    dg_buf_add(r->out, DG_STR("\"/>"));
  }
  dg_buf_add(r->out, DG_STR("</head>\n"));
}

static void
xml_begin(DgResults *r)
{
  add_head(r);
  dg_buf_add(r->out, DG_STR("<results>\n"));
}

static void
add_literal(const DgTerm *term, DgBuf *out)
{
  dg_buf_add(out, DG_STR("<literal"));
  if (term->lang.len) {
    dg_buf_add(out, DG_STR(" xml:lang=\""));
    dg_xml_add(out, term->lang);
    dg_buf_add_char(out, '"');
  } else if (term->datatype.len) {
    dg_buf_add(out, DG_STR(" datatype=\""));
    dg_xml_add(out, term->datatype);
    dg_buf_add_char(out, '"');
  }
  dg_buf_add_char(out, '>');
  dg_xml_add(out, term->value);
  dg_buf_add(out, DG_STR("</literal>"));
}

static void
xml_row(DgResults *r, const DgTerm *terms)
{
  dg_buf_add(r->out, DG_STR("<result>"));
  for (size_t i = 0; i < r->n; ++i) {
    if (terms[i].kind == DG_TERM_NONE) {
      continue;
    }
    dg_buf_add(r->out, DG_STR("<binding name=\""));
    dg_xml_add(r->out, r->names[i]);
    dg_buf_add(r->out, DG_STR("\">"));
    if (terms[i].kind == DG_TERM_LITERAL) {
      add_literal(&terms[i], r->out);
    } else {
      const bool iri = terms[i].kind == DG_TERM_IRI;
      dg_buf_add(r->out, iri ? DG_STR("<uri>") : DG_STR("<bnode>"));
      dg_xml_add(r->out, terms[i].value);
      dg_buf_add(r->out, iri ? DG_STR("</uri>") : DG_STR("</bnode>"));
    }
    dg_buf_add(r->out, DG_STR("</binding>"));
  }
  dg_buf_add(r->out, DG_STR("</result>\n"));
}

static void
xml_end(DgResults *r)
{
  dg_buf_add(r->out, DG_STR("</results>\n</sparql>\n"));
}

static void
xml_boolean(DgResults *r, bool answer)
{
  add_head(r);
  dg_buf_printf(r->out, "<boolean>%s</boolean>\n</sparql>\n",
                answer ? "true" : "false");
}

const DgResultFormat dg_results_xml = {
  "xml",      "application/sparql-results+xml", xml_begin, xml_row, xml_end,
  xml_boolean
};
