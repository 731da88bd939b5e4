/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/format.h"

static DgStatus
write_ttl(DgQuadStream *quads, DgOutput *out, DgDiag *diag)
{
  (void)diag;
  return dg_format_write_rdf(DG_RDF_TURTLE, quads, out);
}

const DgFormat dg_format_ttl = { "ttl",         "ttl turtle", "Turtle",
                                 "text/turtle", false,        write_ttl };
