/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/format.h"

static DgStatus
write_nt(const DgExport *x)
{
  return dg_export_write_rdf(DG_RDF_NTRIPLES, x);
}

const DgExportFormat dg_export_nt = { "nt", "nt ntriples", "N-Triples",
                                      "application/n-triples", write_nt };
