/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/format.h"

static DgStatus
write_nq(const DgExport *x)
{
  return dg_format_write_rdf(DG_RDF_NQUADS, x);
}

const DgFormat dg_format_nq = { "nq", "nq nquads", "N-Quads",
                                "application/n-quads", write_nq };
