/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "sparql/digest.h"
#include "sparql/iri.h"
#include "sparql/results.h"
#include "sparql/results_read.h"
#include "sparql/sparql.h"
#include "sparql/xpath_regex.h"
#include "store/memory.h"
#include "store/rdf_reader.h"

#include <stdio.h>
#include <stdlib.h>

static const char deals[] =
    "@prefix : <http://e/> . @prefix x: <http://www.w3.org/2001/XMLSchema#> .\n"
    ":d1 a :Deal ; :amount 10.5 ; :by :a , :b ; :on \"2024-01-31\"^^x:date .\n"
    ":d2 a :Deal ; :amount 4 ; :by :a .\n"
    ":d3 a :Deal ; :by :c ; :on \"2023-06-01\"^^x:date .\n"
    ":a :label \"Alpha\"@en , \"Alfa\"@fr ; :knows :b . :b :knows :c .\n"
    ":c :knows :a ; :label \"Gamma\" .\n"
    "GRAPH :g1 { :d1 :by :a . :d1 :note \"one\" }\n"
    "GRAPH :g2 { :d2 :note \"two\" ; :by :z }\n";

static DgDataset *
new_set(const char *trig)
{
  DgDataset *set = NULL;
  const DgRdfOptions options = { .syntax = DG_RDF_TRIG };
  assert_int_equal(dg_memory_new(&set), DG_OK);
  const DgQuadSink sink = dg_dataset_sink(set);
  assert_int_equal(set->class_->write_begin(set, NULL), DG_OK);
  assert_int_equal(dg_rdf_read(dg_str(trig), "data", &options, &sink, NULL),
                   DG_OK);
  assert_int_equal(set->class_->write_commit(set, NULL), DG_OK);
  return set;
}

static const char prefix[] = "PREFIX : <http://e/> ";

static DgStatus
prepare(const char *text, bool update, const DgParam *params, size_t n,
        DgSparql **query, DgDiag *diag)
{
  DgBuf buf = DG_BUF_INIT;
  const DgParseOptions options = { .base = DG_STR("http://e/"),
                                   .params = params,
                                   .n_params = n };
  dg_buf_add(&buf, dg_str(prefix));
  dg_buf_add(&buf, dg_str(text));
  const DgStatus status =
      dg_sparql_prepare(dg_buf_str(&buf), update, &options, query, diag);
  dg_buf_clear(&buf);
  return status;
}

static void
add_short(const DgTerm *term, DgBuf *out)
{
  if (term->kind == DG_TERM_IRI &&
      dg_str_starts(term->value, DG_STR("http://e/"))) {
    dg_buf_add_char(out, ':');
    dg_buf_add(out, dg_str_sub(term->value, 9, term->value.len));
  } else {
    dg_buf_add(out, term->value);
    if (term->lang.len) {
      dg_buf_printf(out, "@%.*s", (int)term->lang.len, term->lang.ptr);
    }
  }
}

/* Solutions as "a b;c d": values, "-" for none. */
static void
write_rows(DgSolutions *solutions, DgBuf *out)
{
  while (dg_solutions_next(solutions) == DG_OK) {
    if (out->len) {
      dg_buf_add_char(out, ';');
    }
    for (size_t i = 0; i < dg_solutions_width(solutions); ++i) {
      DgTerm term;
      assert_int_equal(dg_solutions_value(solutions, i, &term), DG_OK);
      if (i) {
        dg_buf_add_char(out, ' ');
      }
      if (term.kind == DG_TERM_NONE) {
        dg_buf_add_char(out, '-');
      }
      add_short(&term, out);
    }
  }
}

static void
check_with(DgDataset *set, const DgSparqlOptions *options, const char *text,
           const DgParam *params, size_t n, const char *expected)
{
  DgDiag diag = DG_DIAG_INIT;
  DgSparql *query = NULL;
  DgSolutions *solutions = NULL;
  DgBuf out = DG_BUF_INIT;
  if (prepare(text, false, params, n, &query, &diag) != DG_OK ||
      dg_sparql_execute(query, set, options, &solutions, &diag) != DG_OK) {
    fail_msg("%s: %s", text, diag.message);
  }
  write_rows(solutions, &out);
  if (strcmp(out.data ? out.data : "", expected) != 0) {
    fail_msg("%s\ngot      %s\nexpected %s", text, out.data, expected);
  }
  dg_buf_clear(&out);
  dg_solutions_free(solutions);
  dg_sparql_free(query);
  dg_diag_clear(&diag);
}

static void
check(const char *text, const char *expected)
{
  DgDataset *const set = new_set(deals);
  const DgSparqlOptions options = { 0 };
  check_with(set, &options, text, NULL, 0, expected);
  set->class_->free(set);
}

static void
test_patterns(void **state)
{
  (void)state;
  check("SELECT ?d ?n { ?d a :Deal OPTIONAL { ?d :amount ?n } } ORDER BY ?d",
        ":d1 10.5;:d2 4;:d3 -");
  check("SELECT ?d { ?d a :Deal FILTER NOT EXISTS { ?d :on ?x } }", ":d2");
  check("SELECT ?d { ?d a :Deal MINUS { ?d :on ?x } }", ":d2");
  check("SELECT ?d { ?d a :Deal MINUS { ?x :on ?y } } ORDER BY ?d",
        ":d1;:d2;:d3");
  check("SELECT ?d ?b { { ?d :amount 4 } UNION { ?d :on ?b } } ORDER BY ?d",
        ":d1 2024-01-31;:d2 -;:d3 2023-06-01");
  check("SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) (2 3) } VALUES ?y { 3 4 } } "
        "ORDER BY ?x ?y",
        "1 3;1 4;2 3");
  check("SELECT ?d { ?d :by ?x FILTER(?x IN (:b, :c)) } ORDER BY ?d",
        ":d1;:d3");
}

static void
test_scopes(void **state)
{
  (void)state;
  /* A filter sees its own group alone. */
  check("SELECT ?d { ?d :amount ?n { FILTER(?n > 5) } }", "");
  check("SELECT ?d { ?d :amount ?n OPTIONAL { ?d :on ?x FILTER(?n > 5) } } "
        "ORDER BY ?d",
        ":d1;:d2");
  check("SELECT ?n ?m { ?d :amount ?n { SELECT (MAX(?n) AS ?m) { ?x :amount "
        "?n } } } ORDER BY ?n",
        "4 10.5;10.5 10.5");
  /* Hidden variables of a sub-select are others. */
  check("SELECT ?x { VALUES ?x { 1 } { SELECT ?y { VALUES (?x ?y) { (2 3) } } "
        "} }",
        "1");
  check("SELECT ?x ?z { VALUES ?x { 1 2 } BIND(?x + 1 AS ?z) } ORDER BY ?z",
        "1 2;2 3");
}

static void
test_graphs(void **state)
{
  (void)state;
  check("SELECT ?x { :d1 :by ?x } ORDER BY ?x", ":a;:b");
  check("SELECT ?g ?x { GRAPH ?g { ?d :note ?x } } ORDER BY ?g",
        ":g1 one;:g2 two");
  check("SELECT ?g { GRAPH ?g { } } ORDER BY ?g", ":g1;:g2");
  check("SELECT ?x FROM :g1 FROM :g2 { ?d :note ?x } ORDER BY ?x", "one;two");
  check("SELECT ?x FROM NAMED :g2 { GRAPH ?g { ?d :note ?x } }", "two");
  check("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?d :by ?x } } GROUP BY ?g "
        "ORDER BY ?g",
        ":g1 1;:g2 1");
  DgDataset *const set = new_set(deals);
  const DgSparqlOptions strict = { .strict_default = true };
  check_with(set, &strict, "SELECT ?x { ?d :note ?x }", NULL, 0, "");
  set->class_->free(set);
}

static void
test_paths(void **state)
{
  (void)state;
  check("SELECT ?x { :a :knows+ ?x } ORDER BY ?x", ":a;:b;:c");
  check("SELECT ?x { :a :knows* ?x } ORDER BY ?x", ":a;:b;:c");
  check("SELECT ?x { ?x :knows/:knows :a }", ":b");
  check("SELECT ?x { :a ^:knows ?x }", ":c");
  check("SELECT ?x { :b :knows? ?x } ORDER BY ?x", ":b;:c");
  check("SELECT ?x { :d2 !(a|:note) ?x } ORDER BY STR(?x)", "4;:a;:z");
  check("SELECT ?x { ?x :knows+ ?x } ORDER BY ?x", ":a;:b;:c");
  check("SELECT (COUNT(*) AS ?n) { ?x (:by|:knows)/:label ?l }", "8");
}

static void
test_aggregates(void **state)
{
  (void)state;
  check("SELECT (SUM(?n) AS ?s) (AVG(?n) AS ?v) (MIN(?n) AS ?i) (COUNT(?n) AS "
        "?c) { ?d :amount ?n }",
        "14.5 7.25 4 2");
  check("SELECT (COUNT(*) AS ?n) (SUM(?x) AS ?s) { ?x :none ?y }", "0 0");
  check("SELECT ?x (COUNT(*) AS ?n) { ?x :none ?y } GROUP BY ?x", "");
  check("SELECT ?x (COUNT(DISTINCT ?d) AS ?n) { ?d :by ?x } GROUP BY ?x HAVING "
        "(?n > 1)",
        ":a 2");
  check("SELECT ?y (COUNT(*) AS ?n) { ?d :on ?t } GROUP BY (YEAR(?t) AS ?y) "
        "ORDER BY ?y",
        "2023 1;2024 1");
  check("SELECT (GROUP_CONCAT(?x; SEPARATOR=\"+\") AS ?l) { SELECT (STR(?n) AS "
        "?x) { ?d :amount ?n } ORDER BY ?n }",
        "4+10.5");
  check("SELECT (SUM(?o) AS ?s) { :a :label|:knows ?o }", "-");
}

static void
test_numbers_are_exact(void **state)
{
  (void)state;
  check("SELECT (0.1 + 0.2 AS ?x) (1/3 AS ?y) (7 - 7.50 AS ?z) {}",
        "0.3 0.333333333333333333 -0.5");
  check("SELECT (99999999999999999999 * 10 AS ?x) (-7/2 AS ?y) {}",
        "999999999999999999990 -3.5");
  check("SELECT (1e0 + 1 AS ?x) (ROUND(-2.5) AS ?y) (CEIL(1.2) AS ?z) {}",
        "2.0E0 -2 2");
  check("SELECT (1/0 AS ?x) (1e0/0 AS ?y) (xsd:integer(\"x\") AS ?z) {}",
        "- INF -");
  check("SELECT (1 -1 AS ?x) (3-2-1 AS ?y) (2 -1 * 2 AS ?z) {}", "0 0 0");
}

static void
test_strings(void **state)
{
  (void)state;
  check("SELECT (SUBSTR(\"h\u00E9llo\", 2, 3) AS ?x) (STRLEN(\"h\u00E9\") AS "
        "?y) (UCASE(\"stra\u00DFe\") AS ?z) {}",
        "\u00E9ll 2 STRASSE");
  check("SELECT (STRBEFORE(\"abc\"@en, \"b\") AS ?x) (STRAFTER(\"abc\", \"z\") "
        "AS ?y) (CONCAT(\"a\"@en, \"b\"@en) AS ?z) {}",
        "a@en  ab@en");
  check("SELECT (REPLACE(\"abab\", \"(a)(b)\", \"$2$1\") AS ?x) (REGEX(\"ab\\n"
        "\", \"b$\") AS ?y) (REGEX(\"AB\", \"b\", \"i\") AS ?z) {}",
        "baba false true");
  check("SELECT (REPLACE(\"a\", \"x*\", \"y\") AS ?x) (MD5(\"abc\") AS ?y) {}",
        "- 900150983cd24fb0d6963f7d28e17f72");
  check("SELECT (deal:matches(\"L'\u00C9lys\u00E9e a dit\", \"elysee di*\") AS "
        "?x) (deal:quarter(\"2024-05-01\"^^xsd:date) AS ?y) {}",
        "true 2");
}

static void
test_dates(void **state)
{
  (void)state;
  check("SELECT ?d { ?d :on ?t FILTER(?t >= \"2024-01-01\"^^xsd:date) }",
        ":d1");
  check("SELECT (MONTH(\"2024-02-29T23:30:00-05:00\"^^xsd:dateTime) AS ?m) "
        "(TZ(\"2024-02-29T23:30:00-05:00\"^^xsd:dateTime) AS ?z) {}",
        "2 -05:00");
  check("SELECT (\"2024-02-30\"^^xsd:date = \"2024-02-30\"^^xsd:date AS ?x) "
        "(\"2024-01-31\"^^xsd:date + \"P1M\"^^xsd:yearMonthDuration AS ?y) {}",
        "true 2024-02-29");
  check("SELECT (\"2024-01-01T00:00:00Z\"^^xsd:dateTime = "
        "\"2024-01-01T01:00:00+01:00\"^^xsd:dateTime AS ?x) {}",
        "true");
}

static void
test_order_and_slices(void **state)
{
  (void)state;
  check("SELECT ?x { VALUES ?x { \"b\" 2 <http://e/i> UNDEF 10 \"a\" } } ORDER "
        "BY ?x",
        "-;:i;a;b;2;10");
  check("SELECT ?x { VALUES ?x { 1 2 3 4 5 } } ORDER BY DESC(?x) LIMIT 2 "
        "OFFSET 1",
        "4;3");
  check("SELECT DISTINCT ?x { VALUES ?x { 1 1 2 } } ORDER BY ?x LIMIT 5",
        "1;2");
}

static void
test_parameters_are_values(void **state)
{
  (void)state;
  DgDataset *const set = new_set(deals);
  const DgSparqlOptions options = { 0 };
  const DgParam nasty = { DG_STR("l"),
                          dg_term_string(DG_STR("\" } DROP ALL #")) };
  const DgParam good = { DG_STR("l"), dg_term_string(DG_STR("Gamma")) };
  const char text[] = "SELECT ?x ?l { ?x :label ?l }";
  check_with(set, &options, "SELECT ?x { ?x :label ?l }", &nasty, 1, "");
  check_with(set, &options, "SELECT ?x { ?x :label ?l FILTER(BOUND(?l)) }",
             &good, 1, ":c");
  DgSparql *query = NULL;
  assert_int_equal(prepare(text, false, &good, 1, &query, NULL), DG_BAD_QUERY);
  set->class_->free(set);
}

static void
check_rejected(const char *text, size_t column, const char *part)
{
  DgDiag diag = DG_DIAG_INIT;
  DgSparql *query = NULL;
  assert_int_equal(prepare(text, false, NULL, 0, &query, &diag), DG_BAD_QUERY);
  if (diag.column != column + strlen(prefix) || !strstr(diag.message, part)) {
    fail_msg("%s: column %zu: %s", text, diag.column - strlen(prefix),
             diag.message);
  }
  dg_diag_clear(&diag);
}

static void
test_faults_say_where_and_what(void **state)
{
  (void)state;
  check_rejected("SELECT * { ?s ?p }", 18, "expected a variable or a term");
  check_rejected("SELECT * { ?s a dael:X }", 17, "did you mean 'deal:'?");
  check_rejected("SELECT * { } ORDR BY ?x", 14, "did you mean ORDER?");
  check_rejected("SELECT ?x (COUNT(*) AS ?n) { ?x a ?y }", 8, "GROUP BY");
  check_rejected("SELECT * { ?s ?p \"x }", 18, "not closed");
  check_rejected("SELECT (SUM(COUNT(?x)) AS ?n) { ?x a ?y }", 13, "aggregate");
  check_rejected("SELECT * { _:a ?p 1 OPTIONAL { _:a ?q 2 } }", 32, "_:a");
}

static DgUpdateCounts
update(DgDataset *set, const char *text, bool dry_run, DgStatus expected)
{
  DgSparql *request = NULL;
  DgUpdateCounts counts = { 0, 0 };
  const DgSparqlOptions options = { .strict_default = true,
                                    .dry_run = dry_run };
  assert_int_equal(prepare(text, true, NULL, 0, &request, NULL), DG_OK);
  assert_int_equal(dg_sparql_update(request, set, &options, &counts, NULL),
                   expected);
  dg_sparql_free(request);
  return counts;
}

static void
test_updates(void **state)
{
  (void)state;
  DgDataset *const set = new_set(deals);
  const DgSparqlOptions options = { 0 };
  DgUpdateCounts counts =
      update(set, "INSERT DATA { :n :p 1 , 2 ; :q [ :r 3 ] }", false, DG_OK);
  assert_int_equal(counts.added, 4);
  counts = update(set,
                  "DELETE { ?s :p ?o } INSERT { ?s :p ?m } WHERE { ?s :p "
                  "?o BIND(?o + 1 AS ?m) }",
                  false, DG_OK);
  assert_int_equal(counts.removed, 2);
  check_with(set, &options, "SELECT ?o { :n :p ?o } ORDER BY ?o", NULL, 0,
             "2;3");
  (void)update(set, "MOVE :g1 TO :g9 ; DELETE WHERE { GRAPH :g2 { ?s ?p ?o } }",
               false, DG_OK);
  check_with(set, &options, "SELECT ?g { GRAPH ?g {} }", NULL, 0, ":g9");
  (void)update(set, "CLEAR ALL", true, DG_OK);
  check_with(set, &options, "SELECT ?g { GRAPH ?g {} }", NULL, 0, ":g9");
  /* All or nothing: the second operation fails. */
  (void)update(set, "CLEAR ALL ; COPY :none TO :x", false, DG_NOT_FOUND);
  check_with(set, &options, "SELECT ?g { GRAPH ?g {} }", NULL, 0, ":g9");
  set->class_->free(set);
}

static DgStatus
run_bounded(const char *text, const DgSparqlOptions *options, DgDiag *diag)
{
  DgDataset *const set = new_set(deals);
  DgSparql *query = NULL;
  DgSolutions *solutions = NULL;
  assert_int_equal(prepare(text, false, NULL, 0, &query, diag), DG_OK);
  DgStatus status = dg_sparql_execute(query, set, options, &solutions, diag);
  while (status == DG_OK) {
    status = dg_solutions_next(solutions);
  }
  dg_solutions_free(solutions);
  dg_sparql_free(query);
  set->class_->free(set);
  return status;
}

static void
test_bounds_stop_a_query(void **state)
{
  (void)state;
  static const char product[] =
      "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n "
      "?o }";
  DgDiag diag = DG_DIAG_INIT;
  const int cancel = 1;
  const DgSparqlOptions bounds[] = {
    { .limits = { .timeout = 0.02 } },
    { .limits = { .memory = 4U << 20 } },
    { .limits = { .rows = 10 } },
    { .limits = { .cancel = &cancel } },
  };
  static const char *const words[] = { "--timeout", "--max-memory",
                                       "--max-rows", "cancelled" };
  for (size_t i = 0; i < 4; ++i) {
    dg_diag_clear(&diag);
    assert_int_equal(run_bounded(product, &bounds[i], &diag),
                     i == 3 ? DG_CANCELLED : DG_LIMIT);
    assert_non_null(strstr(diag.message, words[i]));
  }
  dg_diag_clear(&diag);
}

/* The same rows whatever way the planner goes. */
static void
test_plans_agree(void **state)
{
  (void)state;
  check("SELECT ?d ?l { ?d :by ?x . ?x :label ?l . ?d :amount ?n . ?x :knows "
        "?y . FILTER(LANG(?l) = \"fr\") } ORDER BY ?d",
        ":d1 Alfa@fr;:d2 Alfa@fr");
  check("SELECT ?d ?l { { SELECT ?x (COUNT(*) AS ?n) { ?d :by ?x } GROUP BY ?x "
        "} ?d :by ?x FILTER(?n = 3) BIND(?n AS ?l) } ORDER BY ?d",
        "");
  check("SELECT ?d ?n { OPTIONAL { ?d :amount ?n } ?d :on ?t } ORDER BY ?d",
        ":d1 10.5");
  /* Patterns of one subject, merged, alone and after others. */
  check("SELECT ?d { ?d a :Deal ; :by :a ; :amount 4 }", ":d2");
  check(
      "SELECT ?d { VALUES ?d { :d3 :d2 :d1 } ?d :by :a ; a :Deal } ORDER BY ?d",
      ":d1;:d2");
  check("SELECT ?d { ?d a :Deal ; :by :a , :c }", "");
  check("SELECT ?x ?y { OPTIONAL { :d3 :amount ?y } ?x :amount ?y } ORDER BY "
        "?y",
        ":d2 4;:d1 10.5");
}

static void
write_result(const DgResultFormat *format, DgBuf *out)
{
  const DgStr names[] = { DG_STR("a"), DG_STR("b") };
  const DgTerm terms[] = { dg_term_iri(DG_STR("http://e/x")),
                           dg_term_lang(DG_STR("q\"\t,\n<\x1b"),
                                        DG_STR("fr")) };
  DgResults results = { .format = format,
                        .out = out,
                        .names = names,
                        .n = 2,
                        .arena = dg_arena_new() };
  format->begin(&results);
  format->row(&results, terms);
  ++results.rows;
  format->end(&results);
  dg_arena_free(results.arena);
}

static void
test_formats(void **state)
{
  (void)state;
  static const struct {
    const char *name;
    const char *part;
  } cases[] = {
    { "csv", "a,b\r\nhttp://e/x,\"q\"\"\t,\n<\x1b\"\r\n" },
    { "tsv", "?a\t?b\n<http://e/x>\t\"q\\\"\\t,\\n<\x1b\"@fr\n" },
    { "json", "\"b\":{\"type\":\"literal\",\"value\":\"q\\\"\\t,\\n<\\u001b\","
              "\"xml:lang\":\"fr\"}" },
    { "xml", "<literal xml:lang=\"fr\">q&quot;\t,\n&lt;\uFFFD</literal>" },
    { "table", "http://e/x  q\"\\t,\\n<\\u001B\n(1 row)\n" },
    { "md", "| http://e/x | q\"\\\\t,\\\\n\\<\\\\u001B |\n" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    DgBuf out = DG_BUF_INIT;
    write_result(dg_results_find(dg_str(cases[i].name)), &out);
    if (!strstr(out.data, cases[i].part)) {
      fail_msg("%s: %s", cases[i].name, out.data);
    }
    dg_buf_clear(&out);
  }
}

static DgStatus
take_binding(void *self, DgStr name, const DgTerm *term)
{
  dg_buf_add(self, name);
  dg_buf_add_char(self, '=');
  dg_term_write(term, self);
  dg_buf_add_char(self, ' ');
  return DG_OK;
}

static DgStatus
take_solution(void *self)
{
  dg_buf_add_char(self, ';');
  return DG_OK;
}

static void
test_xml_results_come_back(void **state)
{
  (void)state;
  DgBuf xml = DG_BUF_INIT;
  DgBuf out = DG_BUF_INIT;
  const DgSolutionSink sink = { take_binding, take_solution, &out };
  write_result(&dg_results_xml, &xml);
  assert_int_equal(dg_results_read_xml(dg_buf_str(&xml), &sink, NULL), DG_OK);
  assert_str(dg_buf_str(&out), "a=<http://e/x> b=\"q\\\"\t,\\n<\uFFFD\"@fr ;");
  assert_int_equal(
      dg_results_read_xml(DG_STR("<!DOCTYPE x><results/>"), &sink, NULL),
      DG_BAD_INPUT);
  assert_int_equal(dg_results_read_xml(DG_STR("<html/>"), &sink, NULL),
                   DG_BAD_INPUT);
  dg_buf_clear(&xml);
  dg_buf_clear(&out);
}

/* Source of the pairs: RFC 3986, section 5.4. */
static void
test_iris_are_resolved(void **state)
{
  (void)state;
  static const char *const pairs[][2] = {
    { "g", "http://a/b/c/g" },
    { "./g/", "http://a/b/c/g/" },
    { "/g", "http://a/g" },
    { "//g", "http://g" },
    { "?y", "http://a/b/c/d;p?y" },
    { "#s", "http://a/b/c/d;p?q#s" },
    { "", "http://a/b/c/d;p?q" },
    { "../../g", "http://a/g" },
    { "../../../g", "http://a/g" },
    { "g;x=1/../y", "http://a/b/c/y" },
    { "g:h", "g:h" },
    { "..", "http://a/b/" },
  };
  DgArena *const arena = dg_arena_new();
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; ++i) {
    assert_str(dg_iri_resolve(arena, DG_STR("http://a/b/c/d;p?q"),
                              dg_str(pairs[i][0])),
               pairs[i][1]);
  }
  dg_arena_free(arena);
}

/* Source of the values: FIPS 180-4 examples, RFC 1321 appendix A.5. */
static void
test_digests(void **state)
{
  (void)state;
  char out[DG_DIGEST_TEXT];
  dg_digest(DG_DIGEST_MD5, DG_STR(""), out);
  assert_string_equal(out, "d41d8cd98f00b204e9800998ecf8427e");
  dg_digest(DG_DIGEST_SHA1, DG_STR("abc"), out);
  assert_string_equal(out, "a9993e364706816aba3e25717850c26c9cd0d89d");
  dg_digest(DG_DIGEST_SHA256, DG_STR("abc"), out);
  assert_string_equal(out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb4"
                           "10ff61f20015ad");
  char long_text[1000];
  memset(long_text, 'a', sizeof long_text);
  dg_digest(DG_DIGEST_SHA512, dg_str_n(long_text, sizeof long_text), out);
  assert_int_equal(strlen(out), 128);
  dg_digest(DG_DIGEST_SHA384, DG_STR("abc"), out);
  out[32] = '\0';
  assert_string_equal(out, "cb00753f45a35e8bb5a03d699ac65007");
}

static void
test_xpath_patterns(void **state)
{
  (void)state;
  static const struct {
    const char *pattern;
    const char *flags;
    const char *made; /* null: refused */
  } cases[] = {
    { "[a-z-[m]]", "", "(?:(?![m])[a-z])" },
    { "^a.$", "", "^a[^\\n\\r]\\z" },
    { "^a.$", "ms", "^a.$" },
    { "a b", "x", "ab" },
    { "(?=a)", "", NULL },
    { "a", "z", NULL },
    { "\\p{Lu}\\s", "", "\\p{Lu}[ \\t\\n\\r]" },
    { "a++", "", NULL },
    { "a.b", "q", "a.b" },
    { "[a", "", NULL },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    DgBuf out = DG_BUF_INIT;
    unsigned flags;
    const bool fine = dg_xpath_regex(dg_str(cases[i].pattern),
                                     dg_str(cases[i].flags), &out, &flags);
    assert_int_equal(fine, cases[i].made != NULL);
    if (fine) {
      assert_str(dg_buf_str(&out), cases[i].made);
    }
    dg_buf_clear(&out);
  }
}

/* Numbers and times of every kind, and what only looks like them. */
static const char values[] =
    "@prefix : <http://e/> . @prefix x: <http://www.w3.org/2001/XMLSchema#> .\n"
    ":a :v -5 , 0 , 3 , 3.0 , 3.5 , 4 , 1e3 , \"3.1\"^^x:float , 10.50 ,\n"
    "  \"7\"^^x:int , \"0003\" , \"0003\"^^x:integer , 2.5e0 , \"3\" , true ,\n"
    "  123456789012345678901234 , 0.123456789012345678 , \"-3.5\"^^x:double ;\n"
    "  :t \"2024-01-01\"^^x:date , \"2024-01-01Z\"^^x:date ,\n"
    "  \"2023-12-31\"^^x:date , \"2024-02-01+14:00\"^^x:date ,\n"
    "  \"2024-01-01T00:00:00Z\"^^x:dateTime , \"-0044-03-15\"^^x:date ,\n"
    "  \"2023-12-31T20:00:00-05:00\"^^x:dateTime , \"2024\"^^x:gYear .\n"
    "GRAPH :g { :b :v 3 , 9 ; :t \"2024-01-15\"^^x:date . :a :v 3 }\n";

static size_t
count_rows(DgDataset *set, const char *text, bool *ranged)
{
  DgDiag diag = DG_DIAG_INIT;
  const DgSparqlOptions options = { 0 };
  DgSparql *query = NULL;
  DgSolutions *solutions = NULL;
  DgBuf plan = DG_BUF_INIT;
  size_t n = 0;
  assert_int_equal(prepare(text, false, NULL, 0, &query, &diag), DG_OK);
  assert_int_equal(dg_sparql_execute(query, set, &options, &solutions, &diag),
                   DG_OK);
  while (dg_solutions_next(solutions) == DG_OK) {
    ++n;
  }
  dg_solutions_explain(solutions, &plan);
  *ranged = dg_str_find(dg_buf_str(&plan), DG_STR("in range"), 0) != SIZE_MAX;
  dg_buf_clear(&plan);
  dg_solutions_free(solutions);
  dg_sparql_free(query);
  return n;
}

/* A range gives what the filter alone gives. "COALESCE(?x)" is ?x to the
 * filter, and nothing that the planner looks into. */
static void
test_ranges_lose_nothing(void **state)
{
  static const char *const bounds[] = {
    "3",
    "3.0",
    "3.25",
    "-3.5",
    "0",
    "1000",
    "10.5",
    "1e0",
    "99999999999999999999",
    "0.123456789012345678",
    "\"2024-01-01\"^^<http://www.w3.org/2001/XMLSchema#date>",
    "\"2024-01-01T00:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime>",
    "\"2024-01-15-14:00\"^^<http://www.w3.org/2001/XMLSchema#date>",
  };
  static const char *const operators[] = { "<", "<=", ">", ">=", "=" };
  static const char *const where[] = { "?s :v ?x", "?s :t ?x",
                                       "GRAPH ?g { ?s :v ?x }",
                                       "GRAPH :g { ?s :v ?x }" };
  DgDataset *const set = new_set(values);
  size_t found = 0;
  (void)state;
  for (size_t i = 0; i < sizeof bounds / sizeof *bounds; ++i) {
    for (size_t j = 0; j < 5 * 4 * 2; ++j) {
      char text[2][512];
      const char *const op = operators[j % 5];
      const char *const pattern = where[j / 5 % 4];
      const bool turned = j >= 20;
      bool ranged[2];
      for (int k = 0; k < 2; ++k) {
        const char *const x = k ? "COALESCE(?x)" : "?x";
        (void)snprintf(text[k], sizeof text[k],
                       "SELECT * { %s FILTER(%s %s %s && %s != 4) }", pattern,
                       turned ? bounds[i] : x, op, turned ? x : bounds[i], x);
      }
      const size_t n = count_rows(set, text[0], &ranged[0]);
      if (n != count_rows(set, text[1], &ranged[1])) {
        fail_msg("%s", text[0]);
      }
      assert_int_equal(ranged[0], strcmp(bounds[i], "1e0") != 0);
      assert_false(ranged[1]);
      found += n;
    }
  }
  assert_true(found > 300);
  set->class_->free(set);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_patterns),
    cmocka_unit_test(test_scopes),
    cmocka_unit_test(test_graphs),
    cmocka_unit_test(test_paths),
    cmocka_unit_test(test_aggregates),
    cmocka_unit_test(test_numbers_are_exact),
    cmocka_unit_test(test_strings),
    cmocka_unit_test(test_dates),
    cmocka_unit_test(test_order_and_slices),
    cmocka_unit_test(test_parameters_are_values),
    cmocka_unit_test(test_faults_say_where_and_what),
    cmocka_unit_test(test_updates),
    cmocka_unit_test(test_bounds_stop_a_query),
    cmocka_unit_test(test_plans_agree),
    cmocka_unit_test(test_ranges_lose_nothing),
    cmocka_unit_test(test_formats),
    cmocka_unit_test(test_xml_results_come_back),
    cmocka_unit_test(test_iris_are_resolved),
    cmocka_unit_test(test_digests),
    cmocka_unit_test(test_xpath_patterns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
