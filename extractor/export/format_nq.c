/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/format.h"

static DgStatus
write_nq(const DgExport *x)
{
  return dg_export_write_rdf(DG_RDF_NQUADS, x);
}

const DgExportFormat dg_export_nq = { "nq", "nq nquads", "N-Quads",
                                      "application/n-quads", write_nq };
