/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Any bytes as RDF. What is read must be well-formed terms, and must come back
 * the same from the N-Quads that are written of it.
 */
#include "store/rdf_reader.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static DgStatus
write_quad(void *self, const DgQuad *quad)
{
  dg_quad_write(quad, self);
  return DG_OK;
}

static DgStatus
read_as(DgStr bytes, DgRdfSyntax syntax, DgBuf *out)
{
  const DgRdfOptions options = { .syntax = syntax,
                                 .base = DG_STR("http://example.org/") };
  const DgQuadSink sink = { write_quad, out };
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus status = dg_rdf_read(bytes, "fuzz", &options, &sink, &diag);
  if (status != DG_OK && !diag.message) {
    abort();
  }
  dg_diag_clear(&diag);
  return status;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const DgRdfSyntax syntaxes[] = { DG_RDF_TURTLE, DG_RDF_TRIG,
                                          DG_RDF_NTRIPLES, DG_RDF_NQUADS,
                                          DG_RDF_XML };
  if (size < 1 || size > 1U << 14) {
    return 0;
  }
  const size_t n = sizeof syntaxes / sizeof *syntaxes;
  DgBuf first = DG_BUF_INIT;
  DgBuf second = DG_BUF_INIT;
  if (read_as(dg_str_n((const char *)data + 1, size - 1), syntaxes[data[0] % n],
              &first) == DG_OK) {
    if (read_as(dg_buf_str(&first), DG_RDF_NQUADS, &second) != DG_OK ||
        !dg_str_equal(dg_buf_str(&first), dg_buf_str(&second))) {
      abort();
    }
  }
  dg_buf_clear(&first);
  dg_buf_clear(&second);
  return 0;
}
