/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rdf/syntax.h"

static const struct {
  const char *extension;
  DgRdfSyntax syntax;
} extensions[] = {
  { "ttl", DG_RDF_TURTLE }, { "turtle", DG_RDF_TURTLE },
  { "n3", DG_RDF_TURTLE },  { "nt", DG_RDF_NTRIPLES },
  { "nq", DG_RDF_NQUADS },  { "trig", DG_RDF_TRIG },
  { "rdf", DG_RDF_XML },    { "owl", DG_RDF_XML },
  { "xml", DG_RDF_XML },
};

DgRdfSyntax
dg_rdf_syntax(DgStr name)
{
  for (size_t i = name.len; i-- > 0;) {
    if (name.ptr[i] == '.') {
      name = dg_str_sub(name, i + 1, name.len);
      break;
    }
  }
  for (size_t i = 0; i < sizeof extensions / sizeof *extensions; ++i) {
    if (dg_str_equal(name, dg_str(extensions[i].extension))) {
      return extensions[i].syntax;
    }
  }
  return DG_RDF_NONE;
}
