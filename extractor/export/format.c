/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/format.h"

#include "rdf/vocab.h"

static const DgExportFormat *const formats[] = {
#define FORMAT_ADDRESS(name) &dg_export_##name,
  DG_EXPORTS(FORMAT_ADDRESS)
#undef FORMAT_ADDRESS
};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

#define PREFIX(name, iri)                                                      \
  {                                                                            \
    { name, sizeof name - 1 },                                                 \
    {                                                                          \
      iri, sizeof iri - 1                                                      \
    }                                                                          \
  }

const DgRdfPrefix dg_export_prefixes[] = {
  PREFIX("dcterms", "http://purl.org/dc/terms/"),
  PREFIX("deal", DG_NS),
  PREFIX("foaf", "http://xmlns.com/foaf/0.1/"),
  PREFIX("oa", "http://www.w3.org/ns/oa#"),
  PREFIX("org", "http://www.w3.org/ns/org#"),
  PREFIX("owl", "http://www.w3.org/2002/07/owl#"),
  PREFIX("prov", "http://www.w3.org/ns/prov#"),
  PREFIX("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
  PREFIX("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
  PREFIX("schema", "https://schema.org/"),
  PREFIX("skos", "http://www.w3.org/2004/02/skos/core#"),
  PREFIX("void", "http://rdfs.org/ns/void#"),
  PREFIX("wd", "http://www.wikidata.org/entity/"),
  PREFIX("xsd", "http://www.w3.org/2001/XMLSchema#"),
};

const size_t dg_export_prefix_count =
    sizeof dg_export_prefixes / sizeof *dg_export_prefixes;

static bool
has_word(const char *words, DgStr word)
{
  DgStr rest = dg_str(words);
  DgStr piece;
  while (dg_str_cut(&rest, ' ', &piece)) {
    if (dg_str_equal(piece, word)) {
      return true;
    }
  }
  return false;
}

const DgExportFormat *
dg_export_find(const char *name)
{
  const char *const point = strrchr(name, '.');
  const DgStr word = dg_str(point ? point + 1 : name);
  for (size_t i = 0; i < FORMAT_COUNT; ++i) {
    if (dg_str_equal(word, dg_str(formats[i]->name)) ||
        has_word(formats[i]->extensions, word)) {
      return formats[i];
    }
  }
  return NULL;
}

const DgExportFormat *
dg_export_at(size_t number)
{
  return number < FORMAT_COUNT ? formats[number] : NULL;
}

DgStatus
dg_export_stream(const DgExport *x, bool triples, DgQuadStream **stream)
{
  const DgQuadStreamOptions options = { .triples = triples,
                                        .graph = x->graph,
                                        .except = x->except };
  return dg_quad_stream_new(x->store, &options, stream, x->diag);
}

DgStatus
dg_export_flush(const DgExport *x, DgBuf *buf, bool end)
{
  enum { FLUSH_AT = 128 * 1024 };
  DG_TRY(dg_buf_status(buf));
  if (buf->len && (end || buf->len >= FLUSH_AT)) {
    dg_output_write(x->out, dg_buf_str(buf));
    dg_buf_reset(buf);
  }
  return DG_OK;
}

static DgStatus
write_quads(DgRdfWriter *writer, DgQuadStream *stream)
{
  DgQuad quad;
  DgStatus status;
  while ((status = dg_quad_stream_next(stream, &quad)) == DG_OK) {
    DG_TRY(dg_rdf_writer_put(writer, &quad));
  }
  return status == DG_NO_MATCH ? dg_rdf_writer_end(writer) : status;
}

DgStatus
dg_export_write_rdf(DgRdfSyntax syntax, const DgExport *x)
{
  const DgRdfWriterOptions options = { syntax, dg_export_prefixes,
                                       dg_export_prefix_count };
  const bool triples = syntax == DG_RDF_NTRIPLES || syntax == DG_RDF_TURTLE;
  DgBuf buf = DG_BUF_INIT;
  DgQuadStream *stream = NULL;
  DgRdfWriter *writer = NULL;
  DgStatus status = dg_export_stream(x, triples, &stream);
  if (status == DG_OK) {
    status = dg_rdf_writer_new(&options, &buf, x->out, &writer);
  }
  if (status == DG_OK) {
    status = write_quads(writer, stream);
  }
  dg_rdf_writer_free(writer);
  dg_quad_stream_free(stream);
  dg_buf_clear(&buf);
  return status;
}
