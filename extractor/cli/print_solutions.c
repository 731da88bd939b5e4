/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/print_solutions.h"

#include "rdf/writer.h"
#include "sparql/results.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Text is given out when so much has come together. */
enum { FLUSH_BYTES = 64 * 1024 };

static DgStatus
flush(DgBuf *out, DgDiag *diag)
{
  DG_TRY(dg_buf_status(out));
  if (out->len && fwrite(out->data, 1, out->len, stdout) != out->len) {
    return dg_diag_set(diag, DG_IO_ERROR, "cannot write to standard output");
  }
  dg_buf_reset(out);
  return DG_OK;
}

static DgStatus
find_format(const DgSparqlArgs *args, const DgResultFormat **format,
            DgDiag *diag)
{
  const char *const name = args->format            ? args->format
                           : isatty(STDOUT_FILENO) ? "table"
                                                   : "csv";
  *format = dg_results_find(dg_str(name));
  return *format ? DG_OK
                 : dg_diag_set(diag, DG_USAGE,
                               "no format '%s' for rows; there are table, "
                               "csv, tsv, json, xml, md",
                               name);
}

static DgStatus
print_rows(DgSolutions *solutions, DgResults *results, DgTerm *terms,
           DgDiag *diag)
{
  DgStatus status;
  while ((status = dg_solutions_next(solutions)) == DG_OK) {
    for (size_t i = 0; i < results->n; ++i) {
      DG_TRY(dg_solutions_value(solutions, i, &terms[i]));
    }
    results->format->row(results, terms);
    ++results->rows;
    if (results->out->len >= FLUSH_BYTES) {
      DG_TRY(flush(results->out, diag));
    }
  }
  return status;
}

static DgStatus
print_select(const DgSparqlArgs *args, DgSolutions *solutions, DgBuf *out,
             DgDiag *diag)
{
  DgResults results = { .out = out,
                        .n = dg_solutions_width(solutions),
                        .colour = args->colour,
                        .arena = args->arena };
  DG_TRY(find_format(args, &results.format, diag));
  DgStr *const names = DG_NEW_ARRAY(args->arena, DgStr, results.n + 1);
  DgTerm *const terms = DG_NEW_ARRAY(args->arena, DgTerm, results.n + 1);
  DG_TRY_PTR(names);
  DG_TRY_PTR(terms);
  for (size_t i = 0; i < results.n; ++i) {
    names[i] = dg_solutions_name(solutions, i);
  }
  results.names = names;
  results.format->begin(&results);
  const DgStatus status = print_rows(solutions, &results, terms, diag);
  /* What came before a limit is shown, and is well-formed. */
  results.format->end(&results);
  DG_TRY(flush(out, diag));
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
print_ask(const DgSparqlArgs *args, DgSolutions *solutions, DgBuf *out,
          DgDiag *diag)
{
  DgResults results = { .out = out, .arena = args->arena };
  bool answer;
  DG_TRY(find_format(args, &results.format, diag));
  DG_TRY(dg_solutions_ask(solutions, &answer));
  results.format->boolean(&results, answer);
  return flush(out, diag);
}

/* Triples of a graph, to be sorted: the writer wants them so. */
typedef struct {
  DgArena *arena;
  DG_VEC(DgQuad) list;
} Triples;

static DgStatus
keep_triple(void *self, const DgQuad *quad)
{
  Triples *const triples = self;
  DgQuad *const copy = DG_VEC_ADD(triples->arena, &triples->list);
  DG_TRY_PTR(copy);
  return dg_quad_copy(triples->arena, quad, copy);
}

static int
compare_quads(const void *a, const void *b)
{
  return dg_quad_compare(a, b);
}

static bool
is_used(const Triples *triples, DgStr start)
{
  for (size_t i = 0; i < triples->list.n; ++i) {
    const DgQuad *const quad = &triples->list.items[i];
    if (dg_str_starts(quad->s.value, start) ||
        dg_str_starts(quad->p.value, start) ||
        dg_str_starts(quad->o.value, start) ||
        dg_str_starts(quad->o.datatype, start)) {
      return true;
    }
  }
  return false;
}

static DgStatus
write_graph(const Triples *triples, DgRdfSyntax syntax, DgBuf *out)
{
  size_t n;
  const DgKnownPrefix *const known = dg_parse_known_prefixes(&n);
  DgRdfPrefix *const prefixes = DG_NEW_ARRAY(triples->arena, DgRdfPrefix, n);
  DG_TRY_PTR(prefixes);
  size_t used = 0;
  for (size_t i = 0; i < n; ++i) {
    if (is_used(triples, dg_str(known[i].iri))) {
      prefixes[used++] =
          (DgRdfPrefix){ dg_str(known[i].name), dg_str(known[i].iri) };
    }
  }
  const DgRdfWriterOptions options = { syntax, prefixes, used };
  DgRdfWriter *writer;
  DG_TRY(dg_rdf_writer_new(&options, out, NULL, &writer));
  DgStatus status = DG_OK;
  for (size_t i = 0; i < triples->list.n && status == DG_OK; ++i) {
    status = dg_rdf_writer_put(writer, &triples->list.items[i]);
  }
  status = status == DG_OK ? dg_rdf_writer_end(writer) : status;
  dg_rdf_writer_free(writer);
  return status;
}

static DgStatus
print_graph(const DgSparqlArgs *args, DgSolutions *solutions, DgBuf *out,
            DgDiag *diag)
{
  const char *const name = args->format ? args->format : "ttl";
  const DgRdfSyntax syntax = dg_rdf_syntax(dg_str(name));
  if (syntax != DG_RDF_TURTLE && syntax != DG_RDF_NTRIPLES) {
    return dg_diag_set(diag, DG_USAGE,
                       "no format '%s' for a graph; there are ttl and nt",
                       name);
  }
  Triples triples = { .arena = args->arena };
  const DgQuadSink sink = { keep_triple, &triples };
  DG_TRY(dg_solutions_graph(solutions, &sink));
  if (triples.list.n) {
    qsort(triples.list.items, triples.list.n, sizeof(DgQuad), compare_quads);
  }
  DG_TRY(write_graph(&triples, syntax, out));
  return flush(out, diag);
}

DgStatus
dg_cli_print_solutions(const DgSparqlArgs *args, DgForm form,
                       DgSolutions *solutions, DgDiag *diag)
{
  DgBuf out = DG_BUF_INIT;
  DgStatus status;
  switch (form) {
  case DG_FORM_SELECT:
    status = print_select(args, solutions, &out, diag);
    break;
  case DG_FORM_ASK:
    status = print_ask(args, solutions, &out, diag);
    break;
  default:
    status = print_graph(args, solutions, &out, diag);
  }
  dg_buf_clear(&out);
  return status;
}
