/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/format.h"

static DgStatus
write_ttl(const DgExport *x)
{
  return dg_export_write_rdf(DG_RDF_TURTLE, x);
}

const DgExportFormat dg_export_ttl = { "ttl", "ttl turtle", "Turtle",
                                       "text/turtle", write_ttl };
