/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/format.h"

static DgStatus
write_trig(const DgExport *x)
{
  return dg_export_write_rdf(DG_RDF_TRIG, x);
}

const DgExportFormat dg_export_trig = { "trig", "trig", "TriG",
                                        "application/trig", write_trig };
