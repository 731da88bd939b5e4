/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/format.h"

static DgStatus
write_nq(DgQuadStream *quads, DgOutput *out, DgDiag *diag)
{
  (void)diag;
  return dg_format_write_rdf(DG_RDF_NQUADS, quads, out);
}

const DgFormat dg_format_nq = { "nq",      "nq nquads",
                                "N-Quads", "application/n-quads",
                                true,      write_nq };
