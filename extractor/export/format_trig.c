/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/format.h"

static DgStatus
write_trig(DgQuadStream *quads, DgOutput *out, DgDiag *diag)
{
  (void)diag;
  return dg_format_write_rdf(DG_RDF_TRIG, quads, out);
}

const DgFormat dg_format_trig = { "trig", "trig",    "TriG", "application/trig",
                                  true,   write_trig };
