/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "rdf/writer.h"
#include "store/rdf_reader.h"

#include <stdlib.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

static const DgRdfPrefix prefixes[] = {
  { { "ex", 2 }, { "http://example.org/", 19 } },
  { { "exs", 3 }, { "http://example.org/s/", 21 } },
  { { "xsd", 3 }, { XSD, sizeof XSD - 1 } },
};

enum { PREFIXES = sizeof prefixes / sizeof *prefixes };

typedef struct {
  DgArena *arena;
  DgQuad quads[64];
  size_t n;
} Set;

static DgStatus
keep_quad(void *self, const DgQuad *quad)
{
  Set *const set = self;
  assert_true(set->n < 64);
  DgQuad *const copy = &set->quads[set->n++];
  assert_int_equal(dg_term_copy(set->arena, &quad->s, &copy->s), DG_OK);
  assert_int_equal(dg_term_copy(set->arena, &quad->p, &copy->p), DG_OK);
  assert_int_equal(dg_term_copy(set->arena, &quad->o, &copy->o), DG_OK);
  assert_int_equal(dg_term_copy(set->arena, &quad->g, &copy->g), DG_OK);
  return DG_OK;
}

static int
compare(const void *a, const void *b)
{
  return dg_quad_compare(a, b);
}

static void
read_set(Set *set, const char *text, DgRdfSyntax syntax)
{
  const DgRdfOptions options = { .syntax = syntax };
  const DgQuadSink sink = { keep_quad, set };
  DgDiag diag = DG_DIAG_INIT;
  set->arena = dg_arena_new();
  set->n = 0;
  if (dg_rdf_read(dg_str(text), "test", &options, &sink, &diag) != DG_OK) {
    fail_msg("%s in\n%s", diag.message, text);
  }
  qsort(set->quads, set->n, sizeof *set->quads, compare);
}

static DgBuf
written(const Set *set, DgRdfSyntax syntax)
{
  DgBuf text = DG_BUF_INIT;
  DgRdfWriter *writer = NULL;
  const DgRdfWriterOptions options = { syntax, prefixes, PREFIXES };
  assert_int_equal(dg_rdf_writer_new(&options, &text, NULL, &writer), DG_OK);
  for (size_t i = 0; i < set->n; ++i) {
    assert_int_equal(dg_rdf_writer_put(writer, &set->quads[i]), DG_OK);
  }
  assert_int_equal(dg_rdf_writer_end(writer), DG_OK);
  dg_rdf_writer_free(writer);
  return text;
}

static const char triples[] =
    "<http://example.org/s/1> <http://example.org/p> \"a\\nb\\\"c\\\\d\" .\n"
    "<http://example.org/s/1> <http://example.org/p> \"5\"^^<" XSD
    "integer> .\n"
    "<http://example.org/s/1> <http://example.org/p> \"05.\"^^<" XSD
    "decimal> .\n"
    "<http://example.org/s/1> <http://example.org/p> \"-0.50\"^^<" XSD
    "decimal> .\n"
    "<http://example.org/s/1> <http://example.org/p> \"1e5\"^^<" XSD
    "double> .\n"
    "<http://example.org/s/1> <http://example.org/p> \"0.5\"^^<" XSD
    "double> .\n"
    "<http://example.org/s/1> <http://example.org/p> \"true\"^^<" XSD
    "boolean> .\n"
    "<http://example.org/s/1> <http://example.org/p> \"1\"^^<" XSD
    "boolean> .\n"
    "<http://example.org/s/1> <http://example.org/p> \"2024-01-02\"^^<" XSD
    "date> .\n"
    "<http://example.org/s/1> <http://example.org/p> \"\\u00E9t\\u00E9\"@fr .\n"
    "<http://example.org/s/1> <http://example.org/p> <http://example.org/x.> "
    ".\n"
    "<http://example.org/s/1> <http://example.org/p> "
    "<http://example.org/a/b#c> .\n"
    "<http://example.org/s/1> <http://example.org/q> <http://example.org/> .\n"
    "<http://example.org/s/1> "
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    "<http://example.org/T-1.2> .\n"
    "_:one <http://example.org/p> _:two .\n"
    "<http://other.org/> <http://example.org/p> \"\" .\n";

/* Serd does not read blank graphs in TriG, so they stand apart. */
#define NAMED                                                                  \
  "<http://example.org/s> <http://example.org/p> \"x\" .\n"                    \
  "<http://example.org/s> <http://example.org/p> \"x\" "                       \
  "<http://example.org/g/1> .\n"                                               \
  "<http://example.org/s> <http://example.org/p> \"y\" "                       \
  "<http://example.org/g/1> .\n"                                               \
  "<http://example.org/t> <http://example.org/p> \"y\" "                       \
  "<http://example.org/g/1> .\n"                                               \
  "<http://example.org/t> <http://example.org/p> \"y\" "                       \
  "<http://example.org/g2> .\n"

static const char named[] = NAMED;

static const char quads[] =
    NAMED "<http://example.org/t> <http://example.org/p> \"y\" _:graph .\n";

/* What is written and read again is the same; writing that again too. */
static void
round_trip(const char *text, DgRdfSyntax from, DgRdfSyntax through)
{
  Set first;
  Set second;
  read_set(&first, text, from);
  DgBuf once = written(&first, through);
  read_set(&second, once.data, through);
  if (first.n != second.n) {
    fail_msg("%zu became %zu in\n%s", first.n, second.n, once.data);
  }
  for (size_t i = 0; i < first.n; ++i) {
    if (dg_quad_compare(&first.quads[i], &second.quads[i]) != 0) {
      fail_msg("quad %zu differs in\n%s", i, once.data);
    }
  }
  DgBuf twice = written(&second, through);
  assert_string_equal(once.data, twice.data);
  dg_buf_clear(&once);
  dg_buf_clear(&twice);
  dg_arena_free(first.arena);
  dg_arena_free(second.arena);
}

static void
what_is_written_is_read_again(void **state)
{
  (void)state;
  round_trip(triples, DG_RDF_NTRIPLES, DG_RDF_NTRIPLES);
  round_trip(triples, DG_RDF_NTRIPLES, DG_RDF_TURTLE);
  round_trip(quads, DG_RDF_NQUADS, DG_RDF_NQUADS);
  round_trip(named, DG_RDF_NQUADS, DG_RDF_TRIG);
  round_trip(triples, DG_RDF_NTRIPLES, DG_RDF_TRIG);
}

static void
assert_written(const char *text, DgRdfSyntax from, DgRdfSyntax to,
               const char *expected)
{
  Set set;
  read_set(&set, text, from);
  DgBuf out = written(&set, to);
  assert_string_equal(out.data, expected);
  dg_buf_clear(&out);
  dg_arena_free(set.arena);
}

#define HEAD                                                                   \
  "@prefix ex: <http://example.org/> .\n"                                      \
  "@prefix exs: <http://example.org/s/> .\n"                                   \
  "@prefix xsd: <" XSD "> .\n"

static void
turtle_groups_by_subject(void **state)
{
  (void)state;
  assert_written(
      "@prefix ex: <http://example.org/> .\n"
      "ex:b a ex:T ; ex:p 1, 2.50, true, \"x\"@en .\n"
      "<http://example.org/s/a> ex:p \"2024-01-02\"^^<" XSD
      "date>, <http://example.org/s/é> .",
      DG_RDF_TURTLE, DG_RDF_TURTLE,
      HEAD "\nex:b ex:p 1,\n        2.50,\n        true,\n        \"x\"@en ;\n"
           "    a ex:T .\n"
           "\nexs:a ex:p <http://example.org/s/é>,\n        "
           "\"2024-01-02\"^^xsd:date .\n");
}

static void
trig_groups_by_graph(void **state)
{
  (void)state;
  assert_written(quads, DG_RDF_NQUADS, DG_RDF_TRIG,
                 HEAD "\nex:s ex:p \"x\" .\n"
                      "\n<http://example.org/g/1> {\n"
                      "ex:s ex:p \"x\",\n        \"y\" .\n"
                      "\nex:t ex:p \"y\" .\n"
                      "}\n"
                      "\nex:g2 {\n"
                      "ex:t ex:p \"y\" .\n"
                      "}\n"
                      "\n_:graph {\n"
                      "ex:t ex:p \"y\" .\n"
                      "}\n");
}

/* The same triple of two graphs is one triple. */
static void
triples_of_many_graphs_stand_once(void **state)
{
  (void)state;
  const char *const same =
      "<http://example.org/s> <http://example.org/p> \"x\" .\n"
      "<http://example.org/s> <http://example.org/p> \"x\" "
      "<http://example.org/g> .\n";
  assert_written(same, DG_RDF_NQUADS, DG_RDF_NTRIPLES,
                 "<http://example.org/s> <http://example.org/p> \"x\" .\n");
  assert_written(same, DG_RDF_NQUADS, DG_RDF_TURTLE,
                 HEAD "\nex:s ex:p \"x\" .\n");
}

static void
nothing_is_a_head(void **state)
{
  (void)state;
  assert_written("", DG_RDF_NTRIPLES, DG_RDF_TRIG, HEAD);
  DgRdfWriter *writer = NULL;
  DgBuf text = DG_BUF_INIT;
  const DgRdfWriterOptions options = { DG_RDF_XML, NULL, 0 };
  assert_int_equal(dg_rdf_writer_new(&options, &text, NULL, &writer),
                   DG_UNSUPPORTED);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_written_is_read_again),
    cmocka_unit_test(turtle_groups_by_subject),
    cmocka_unit_test(trig_groups_by_graph),
    cmocka_unit_test(triples_of_many_graphs_stand_once),
    cmocka_unit_test(nothing_is_a_head),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
