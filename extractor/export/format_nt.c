/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/format.h"

static DgStatus
write_nt(DgQuadStream *quads, DgOutput *out, DgDiag *diag)
{
  (void)diag;
  return dg_format_write_rdf(DG_RDF_NTRIPLES, quads, out);
}

const DgFormat dg_format_nt = { "nt",        "nt ntriples",
                                "N-Triples", "application/n-triples",
                                false,       write_nt };
