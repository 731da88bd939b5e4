/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "base/buf.h"
#include "store/memory.h"
#include "store/rdf_reader.h"
#include "store/shacl.h"

#include <stdio.h>
#include <stdlib.h>

static const char prefixes[] =
    "@prefix : <http://e/> .\n"
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";

static void
put_text(DgDataset *set, const char *text)
{
  DgBuf all = DG_BUF_INIT;
  dg_buf_printf(&all, "%s%s", prefixes, text);
  const DgQuadSink sink = dg_dataset_sink(set);
  const DgRdfOptions options = { .base = DG_STR("http://e/") };
  assert_int_equal(
      dg_rdf_read(dg_buf_str(&all), "x.ttl", &options, &sink, NULL), DG_OK);
  dg_buf_clear(&all);
}

static DgDataset *
new_set(const char *text)
{
  DgDataset *set = NULL;
  assert_int_equal(dg_memory_new(&set), DG_OK);
  assert_int_equal(set->class_->write_begin(set, NULL), DG_OK);
  put_text(set, text);
  assert_int_equal(set->class_->write_commit(set, NULL), DG_OK);
  return set;
}

/* Components that break, with focus and value, in the report's order. */
static void
summarise(const DgShaclReport *report, DgBuf *out)
{
  for (size_t i = 0; i < report->n; ++i) {
    const DgShaclResult *const result = &report->results[i];
    const DgStr component = result->component;
    const DgStr tail = DG_STR("ConstraintComponent");
    dg_buf_add(out,
               dg_str_sub(result->focus.value, 9, result->focus.value.len));
    dg_buf_add_char(out, ' ');
    dg_buf_add(out, dg_str_sub(component, 0, component.len - tail.len));
    if (result->value.kind != DG_TERM_NONE) {
      dg_buf_add_char(out, ' ');
      dg_buf_add(out, result->value.value);
    }
    dg_buf_add_char(out, ';');
  }
}

typedef struct {
  const char *shapes;
  const char *data;
  const char *expected;
} Case;

/* A shape for the class :T, "%s" being what it says of :p. */
#define OF_P(says)                                                             \
  ":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; " says   \
  " ] ."

static const Case cases[] = {
  { OF_P("sh:minCount 1"), ":a a :T . :b a :T ; :p 1 .", "a MinCount;" },
  { OF_P("sh:maxCount 1"), ":a a :T ; :p 1, 2 . :b a :T .", "a MaxCount;" },
  { OF_P("sh:datatype xsd:integer"), ":a a :T ; :p 1, 1.5, \"x\" .",
    "a Datatype 1.5;a Datatype x;" },
  { OF_P("sh:datatype xsd:date"),
    ":a a :T ; :p \"2023-02-29\"^^xsd:date, \"2024-02-29\"^^xsd:date .",
    "a Datatype 2023-02-29;" },
  { OF_P("sh:class :C"),
    ":a a :T ; :p :x, :y, :z . :x a :C . :y a :D . :D rdfs:subClassOf :C .",
    "a Class http://e/z;" },
  { OF_P("sh:nodeKind sh:IRI"), ":a a :T ; :p :x, \"x\" .", "a NodeKind x;" },
  { OF_P("sh:in ( 1 :x )"), ":a a :T ; :p 1, :x, 2 .", "a In 2;" },
  { OF_P("sh:hasValue :x"), ":a a :T ; :p :y . :b a :T ; :p :x .",
    "a HasValue;" },
  { OF_P("sh:pattern \"^[a-z]+$\""), ":a a :T ; :p \"ab\", \"Ab\" .",
    "a Pattern Ab;" },
  { OF_P("sh:pattern \"^[a-z]+$\" ; sh:flags \"i\""),
    ":a a :T ; :p \"ab\", \"Ab\" .", "" },
  { OF_P("sh:minLength 2 ; sh:maxLength 3"),
    ":a a :T ; :p \"\303\251\", \"ab\", \"abcd\" .",
    "a MaxLength abcd;a MinLength \303\251;" },
  { OF_P("sh:minInclusive 0 ; sh:maxExclusive 1.5"),
    ":a a :T ; :p -1, 0, 1.49, 1.5, \"x\" .",
    "a MaxExclusive 1.5;a MaxExclusive x;a MinInclusive -1;"
    "a MinInclusive x;" },
  { OF_P("sh:minExclusive \"2020-01-01\"^^xsd:date"),
    ":a a :T ; :p \"2020-01-01\"^^xsd:date, \"2020-01-02\"^^xsd:date .",
    "a MinExclusive 2020-01-01;" },
  { OF_P("sh:lessThan :q"), ":a a :T ; :p 1, 3 ; :q 3 .", "a LessThan 3;" },
  { OF_P("sh:disjoint :q"), ":a a :T ; :p :x, :y ; :q :y .",
    "a Disjoint http://e/y;" },
  { OF_P("sh:uniqueLang true"), ":a a :T ; :p \"x\"@fr, \"y\"@fr, \"z\" .",
    "a UniqueLang;" },
  { OF_P("sh:languageIn ( \"fr\" )"),
    ":a a :T ; :p \"x\"@fr, \"y\"@fr-CA, \"z\"@en, \"w\" .",
    "a LanguageIn w;a LanguageIn z;" },
  { OF_P("sh:or ( [ sh:datatype xsd:integer ] [ sh:nodeKind sh:IRI ] )"),
    ":a a :T ; :p 1, :x, \"s\" .", "a Or s;" },
  { OF_P("sh:not [ sh:datatype xsd:integer ]"), ":a a :T ; :p 1, :x .",
    "a Not 1;" },
  { OF_P("sh:xone ( [ sh:minLength 2 ] [ sh:maxLength 3 ] )"),
    ":a a :T ; :p \"x\", \"xx\" .", "a Xone xx;" },
  { OF_P("sh:node [ sh:property [ sh:path :q ; sh:minCount 1 ] ]"),
    ":a a :T ; :p :x, :y . :x :q 1 .", "a Node http://e/y;" },
  { OF_P("sh:property [ sh:path :q ; sh:minCount 1 ]"),
    ":a a :T ; :p :x, :y . :x :q 1 .", "y MinCount;" },
  { ":S a sh:NodeShape ; sh:targetClass :T ; sh:closed true ; "
    "sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    ") ; sh:property [ sh:path :p ] .",
    ":a a :T ; :p 1 ; :q 2 .", "a Closed 2;" },
  { ":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ "
    "sh:path [ sh:inversePath :p ] ; sh:minCount 1 ] .",
    ":a a :T . :b a :T . :x :p :b .", "a MinCount;" },
  { ":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ "
    "sh:path ( :p [ sh:zeroOrMorePath :q ] ) ; sh:maxCount 2 ] .",
    ":a a :T ; :p :b . :b :q :c . :c :q :d . :d :q :b .", "a MaxCount;" },
  { ":S a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:nodeKind sh:BlankNode . "
    ":R a sh:NodeShape ; sh:targetObjectsOf :p ; sh:class :C . "
    ":Q a sh:NodeShape ; sh:targetNode :n ; sh:property [ sh:path :p ; "
    "sh:minCount 1 ] .",
    ":a :p :b .", "a NodeKind http://e/a;b Class http://e/b;n MinCount;" },
  { OF_P("sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 2"),
    ":a a :T ; :p :x, :y . :x a :C . :b a :T ; :p :x, :z . :z a :C .",
    "a QualifiedMinCount;" },
  { ":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; "
    "sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 1 ; "
    "sh:qualifiedValueShapesDisjoint true ] , [ sh:path :p ; "
    "sh:qualifiedValueShape [ sh:class :D ] ; sh:qualifiedMaxCount 1 ] .",
    ":a a :T ; :p :x, :y . :x a :C, :D . :y a :D .",
    "a QualifiedMaxCount;a QualifiedMinCount;" },
  { OF_P("sh:qualifiedMinCount 1"), ":a a :T .", "" },
  { OF_P("sh:minCount 1 ; sh:deactivated true"), ":a a :T .", "" },
};

static void
test_constraints(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    DgDataset *const shapes = new_set(cases[i].shapes);
    DgDataset *const data = new_set(cases[i].data);
    DgShaclReport report;
    DgDiag diag = DG_DIAG_INIT;
    if (dg_shacl_check(data, shapes, &report, &diag) != DG_OK) {
      fail_msg("%s: %s", cases[i].shapes, diag.message);
    }
    DgBuf summary = DG_BUF_INIT;
    summarise(&report, &summary);
    if (!dg_str_equal(dg_buf_str(&summary), dg_str(cases[i].expected))) {
      fail_msg("%s\n%s\ngot %s", cases[i].shapes, cases[i].data,
               summary.data ? summary.data : "nothing");
    }
    dg_buf_clear(&summary);
    dg_shacl_report_clear(&report);
    data->class_->free(data);
    shapes->class_->free(shapes);
  }
}

static const struct {
  const char *shapes;
  DgStatus status;
} bad_shapes[] = {
  { ":x :p 1 .", DG_BAD_INPUT },
  { OF_P("sh:sparql [ sh:select \"\" ]"), DG_UNSUPPORTED },
  { OF_P("sh:in ( 1"
         " ) ; sh:minCount \"many\""),
    DG_BAD_INPUT },
  { OF_P("sh:in :nolist"), DG_BAD_INPUT },
  { OF_P("sh:pattern \"(\""), DG_BAD_INPUT },
  { ":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path [] ] .",
    DG_BAD_INPUT },
  { ":S a sh:NodeShape ; sh:targetNode :a ; sh:node :S .", DG_LIMIT },
};

static void
test_bad_shapes_are_refused(void **state)
{
  (void)state;
  DgDataset *const data = new_set(":a a :T .");
  for (size_t i = 0; i < sizeof bad_shapes / sizeof *bad_shapes; ++i) {
    DgDataset *const shapes = new_set(bad_shapes[i].shapes);
    DgShaclReport report;
    DgDiag diag = DG_DIAG_INIT;
    const DgStatus status = dg_shacl_check(data, shapes, &report, &diag);
    if (status != bad_shapes[i].status || !diag.message) {
      fail_msg("%s: %s, %s", bad_shapes[i].shapes, dg_status_text(status),
               diag.message ? diag.message : "no message");
    }
    dg_diag_clear(&diag);
    shapes->class_->free(shapes);
  }
  data->class_->free(data);
}

static void
test_report_as_text_and_turtle(void **state)
{
  (void)state;
  DgDataset *const shapes =
      new_set(OF_P("sh:minCount 1") " :W a sh:NodeShape ; sh:targetClass :T ; "
                                    "sh:property [ sh:path :q ; sh:severity "
                                    "sh:Warning ; sh:in ( 1 ) ; "
                                    "sh:message \"must be one\" ] .");
  DgDataset *const data = new_set(":a a :T ; :q 2 .");
  DgShaclReport report;
  assert_int_equal(dg_shacl_check(data, shapes, &report, NULL), DG_OK);
  assert_int_equal(report.n_violations, 1);
  DgBuf text = DG_BUF_INIT;
  dg_shacl_write_text(&report, &text);
  assert_str(dg_buf_str(&text),
             "Violation: <http://e/a> <http://e/p>: fewer values than 1\n"
             "Warning: <http://e/a> <http://e/q>: "
             "\"2\"^^<http://www.w3.org/2001/XMLSchema#integer> must be one\n"
             "does not conform: 2 results, 1 violations; 2 shapes, 2 checks\n");
  dg_buf_reset(&text);
  dg_shacl_write_turtle(&report, &text);
  DgDataset *const read_back = new_set(text.data);
  uint64_t n = 0;
  bool exact = false;
  assert_int_equal(
      read_back->class_->count(read_back, (DgIdQuad){ 0 }, &n, &exact), DG_OK);
  /* Two for the report and its answer, 8 and 9 a result with its link. */
  assert_int_equal(n, 2 + 8 + 9);
  read_back->class_->free(read_back);
  dg_buf_clear(&text);
  dg_shacl_report_clear(&report);
  data->class_->free(data);
  shapes->class_->free(shapes);
}

/* What lift makes of an article, and what the shapes must not let pass. */
static const struct {
  const char *extra;
  const char *expected;
} slips[] = {
  { "", "" },
  { "<urn:d> a <https://dealgraph.org/ns#Deal> .", "Or" },
  { "<https://dealgraph.org/id/company/noria> "
    "<https://dealgraph.org/ns#country> \"France\" .",
    "Pattern" },
  { "<urn:d> a <https://dealgraph.org/ns#Deal> ; "
    "<https://dealgraph.org/ns#currency> <http://example.org/EUR> .",
    "Node http://example.org/EUR" },
  { "<urn:x> <https://dealgraph.org/ns#investedIn> <urn:y> .", "Node urn:y" },
};

static void
test_shipped_shapes(void **state)
{
  (void)state;
  const char *const source = getenv("DG_SOURCE");
  char path[4096];
  DgDataset *shapes = new_set("");
  (void)snprintf(path, sizeof path, "%s/ontology/shapes.ttl",
                 source ? source : ".");
  const DgRdfOptions options = { 0 };
  DgQuadSink sink = dg_dataset_sink(shapes);
  assert_int_equal(shapes->class_->write_begin(shapes, NULL), DG_OK);
  assert_int_equal(dg_rdf_read_file(path, &options, &sink, NULL), DG_OK);
  assert_int_equal(shapes->class_->write_commit(shapes, NULL), DG_OK);
  (void)snprintf(path, sizeof path, "%s/tests/unit/lift.nq",
                 source ? source : ".");
  for (size_t i = 0; i < sizeof slips / sizeof *slips; ++i) {
    DgDataset *const data = new_set(slips[i].extra);
    sink = dg_dataset_sink(data);
    assert_int_equal(data->class_->write_begin(data, NULL), DG_OK);
    assert_int_equal(dg_rdf_read_file(path, &options, &sink, NULL), DG_OK);
    assert_int_equal(data->class_->write_commit(data, NULL), DG_OK);
    DgShaclReport report;
    assert_int_equal(dg_shacl_check(data, shapes, &report, NULL), DG_OK);
    DgBuf summary = DG_BUF_INIT;
    summarise(&report, &summary);
    const bool as_expected =
        *slips[i].expected
            ? report.n_violations > 0 &&
                  dg_str_find(dg_buf_str(&summary), dg_str(slips[i].expected),
                              0) != SIZE_MAX
            : report.n == 0;
    if (!as_expected) {
      fail_msg("%s: %s", slips[i].extra, summary.data ? summary.data : "none");
    }
    dg_buf_clear(&summary);
    dg_shacl_report_clear(&report);
    data->class_->free(data);
  }
  shapes->class_->free(shapes);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_constraints),
    cmocka_unit_test(test_bad_shapes_are_refused),
    cmocka_unit_test(test_report_as_text_and_turtle),
    cmocka_unit_test(test_shipped_shapes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
