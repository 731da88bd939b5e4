/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RDF_SYNTAX_H
#define DG_RDF_SYNTAX_H

#include "base/str.h"

typedef enum {
  DG_RDF_NONE, /**< not known */
  DG_RDF_TURTLE,
  DG_RDF_NTRIPLES,
  DG_RDF_NQUADS,
  DG_RDF_TRIG,
  DG_RDF_XML
} DgRdfSyntax;

/** Syntax by a file name's extension or a short name such as "ttl". */
DgRdfSyntax
dg_rdf_syntax(DgStr name);

#endif
