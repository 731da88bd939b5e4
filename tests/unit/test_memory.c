/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "store/memory.h"
#include "store/rdf_reader.h"

static DgDataset *
loaded(const char *name, const char *text, DgStatus expected, DgDiag *diag)
{
  DgDataset *set = NULL;
  assert_int_equal(dg_memory_new(&set), DG_OK);
  const DgQuadSink sink = dg_dataset_sink(set);
  const DgRdfOptions options = { .base = DG_STR("http://e/"),
                                 .blank_prefix = DG_STR("f1") };
  assert_int_equal(set->class_->write_begin(set, NULL), DG_OK);
  assert_int_equal(dg_rdf_read(dg_str(text), name, &options, &sink, diag),
                   expected);
  assert_int_equal(set->class_->write_commit(set, NULL), DG_OK);
  return set;
}

static uint64_t
count(DgDataset *set, DgIdQuad pattern, DgOrder order)
{
  DgDatasetCursor *cursor = NULL;
  assert_int_equal(set->class_->find(set, pattern, order, &cursor), DG_OK);
  DgIdQuad quad;
  uint64_t n = 0;
  while (set->class_->next(cursor, &quad) == DG_OK) {
    ++n;
  }
  set->class_->close(cursor);
  return n;
}

static DgId
id_of(DgDataset *set, const char *iri)
{
  const DgTerm term = dg_term_iri(dg_str(iri));
  DgId id = DG_ID_NONE;
  assert_int_equal(set->class_->find_id(set, &term, &id), DG_OK);
  return id;
}

static const char sample[] = "@prefix : <http://e/> .\n"
                             ":a :p :b , :c , 1 ; :q \"x\"@FR .\n"
                             ":b :p :c . _:n :p <rel> .\n";

static void
test_patterns_agree_in_every_order(void **state)
{
  (void)state;
  DgDataset *const set = loaded("x.ttl", sample, DG_OK, NULL);
  const DgId a = id_of(set, "http://e/a");
  const DgId p = id_of(set, "http://e/p");
  const DgId c = id_of(set, "http://e/c");
  for (DgOrder order = DG_ORDER_ANY; order <= DG_ORDER_GOSP; ++order) {
    assert_int_equal(count(set, (DgIdQuad){ 0, 0, 0, 0 }, order), 6);
    assert_int_equal(count(set, (DgIdQuad){ a, 0, 0, 0 }, order), 4);
    assert_int_equal(count(set, (DgIdQuad){ 0, p, 0, 0 }, order), 5);
    assert_int_equal(count(set, (DgIdQuad){ 0, p, c, 0 }, order), 2);
    assert_int_equal(count(set, (DgIdQuad){ a, 0, c, 1 }, order), 1);
    assert_int_equal(count(set, (DgIdQuad){ a, p, a, 0 }, order), 0);
  }
  uint64_t n = 0;
  bool exact = false;
  assert_int_equal(
      set->class_->count(set, (DgIdQuad){ 0, p, 0, 0 }, &n, &exact), DG_OK);
  assert_true(exact);
  assert_int_equal(n, 5);
  assert_int_equal(
      set->class_->distinct(set, (DgIdQuad){ 0, p, 0, 0 }, 'o', &n), DG_OK);
  assert_int_equal(n, 4);
  (void)id_of(set, "http://e/rel");
  set->class_->free(set);
}

static void
test_removed_quads_are_gone_and_rollback_brings_them_back(void **state)
{
  (void)state;
  DgDataset *const set = loaded("x.ttl", sample, DG_OK, NULL);
  const DgId a = id_of(set, "http://e/a");
  const DgId p = id_of(set, "http://e/p");
  const DgIdQuad gone = { a, p, id_of(set, "http://e/b"), 1 };
  const DgIdQuad fresh = { a, p, a, 1 };
  (void)set->class_->write_begin(set, NULL);
  assert_int_equal(set->class_->remove(set, gone), DG_OK);
  assert_int_equal(set->class_->remove(set, gone), DG_NO_MATCH);
  assert_int_equal(set->class_->add(set, fresh), DG_OK);
  assert_int_equal(set->class_->add(set, fresh), DG_NO_MATCH);
  assert_int_equal(count(set, gone, DG_ORDER_ANY), 0);
  assert_int_equal(count(set, fresh, DG_ORDER_ANY), 1);
  set->class_->write_rollback(set);
  assert_int_equal(count(set, gone, DG_ORDER_ANY), 1);
  assert_int_equal(count(set, fresh, DG_ORDER_ANY), 0);
  set->class_->free(set);
}

static void
test_seek_moves_to_the_first_quad_not_before(void **state)
{
  (void)state;
  DgDataset *const set = loaded("x.ttl", sample, DG_OK, NULL);
  const DgId b = id_of(set, "http://e/b");
  DgDatasetCursor *cursor = NULL;
  assert_int_equal(
      set->class_->find(set, (DgIdQuad){ 0 }, DG_ORDER_SPOG, &cursor), DG_OK);
  assert_int_equal(set->class_->seek(cursor, (DgIdQuad){ b, 0, 0, 0 }), DG_OK);
  DgIdQuad quad;
  assert_int_equal(set->class_->next(cursor, &quad), DG_OK);
  assert_true(quad.s >= b);
  set->class_->close(cursor);
  set->class_->free(set);
}

static void
test_many_quads_can_be_added_and_removed(void **state)
{
  (void)state;
  DgDataset *set = NULL;
  assert_int_equal(dg_memory_new(&set), DG_OK);
  (void)set->class_->write_begin(set, NULL);
  for (DgId i = 0; i < 5000; ++i) {
    const DgIdQuad quad = { 16 + i % 97, 16 + i % 7, 16 + i, 1 };
    assert_int_equal(set->class_->add(set, quad), DG_OK);
  }
  for (DgId i = 0; i < 5000; i += 3) {
    const DgIdQuad quad = { 16 + i % 97, 16 + i % 7, 16 + i, 1 };
    assert_int_equal(set->class_->remove(set, quad), DG_OK);
  }
  for (DgId i = 0; i < 5000; ++i) {
    const DgIdQuad quad = { 16 + i % 97, 16 + i % 7, 16 + i, 1 };
    assert_int_equal(count(set, quad, DG_ORDER_ANY), i % 3 != 0);
  }
  set->class_->free(set);
}

static void
test_reader_keeps_labels_languages_and_graphs(void **state)
{
  (void)state;
  DgDataset *const set =
      loaded("x.nq", "_:n <http://e/p> \"x\"@FR <http://e/g> .\n", DG_OK, NULL);
  DgTerm term = { DG_TERM_BLANK, DG_STR("f1n"), DG_STR_NONE, DG_STR_NONE };
  DgId id;
  assert_int_equal(set->class_->find_id(set, &term, &id), DG_OK);
  term = dg_term_lang(DG_STR("x"), DG_STR("fr"));
  assert_int_equal(set->class_->find_id(set, &term, &id), DG_OK);
  const DgId g = id_of(set, "http://e/g");
  assert_int_equal(count(set, (DgIdQuad){ 0, 0, 0, g }, DG_ORDER_ANY), 1);
  set->class_->free(set);
}

static void
test_reader_reads_rdf_xml(void **state)
{
  (void)state;
  DgDataset *const set =
      loaded("x.rdf",
             "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
             "xmlns:e='http://e/'><rdf:Description rdf:about='a'><e:p>v</e:p>"
             "</rdf:Description></rdf:RDF>",
             DG_OK, NULL);
  assert_int_equal(count(set,
                         (DgIdQuad){ id_of(set, "http://e/a"),
                                     id_of(set, "http://e/p"), 0, 1 },
                         DG_ORDER_ANY),
                   1);
  set->class_->free(set);
}

static void
test_reader_says_where_the_error_is(void **state)
{
  (void)state;
  DgDiag diag = DG_DIAG_INIT;
  DgDataset *set =
      loaded("x.ttl", "@prefix : <http://e/> .\n:a :b nonsense .\n",
             DG_BAD_INPUT, &diag);
  assert_int_equal(diag.line, 2);
  assert_true(diag.column >= 7);
  set->class_->free(set);
  set = loaded("x.ttl", "<a> <b> \"\xff\" .", DG_BAD_INPUT, &diag);
  assert_int_equal(diag.column, 10);
  set->class_->free(set);
  set = loaded("x.rdf", "<rdf:RDF", DG_BAD_INPUT, &diag);
  set->class_->free(set);
  dg_diag_clear(&diag);
}

/* What no syntax could write again is not let in. */
static void
test_reader_refuses_terms_that_could_not_be_written(void **state)
{
  (void)state;
  static const struct {
    const char *name;
    const char *text;
  } cases[] = {
    { "x.ttl", "@prefix : <h!t://e/> . :a :p :b ." },
    { "x.ttl", "<http://e/a> <http://e/p> \"1\"^^<a|b> ." },
    { "x.rdf",
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
      " xmlns:e=\"http://e/\"><rdf:Description rdf:about=\"http://e/a\">"
      "<e:p xml:lang=\"f4\">x</e:p></rdf:Description></rdf:RDF>" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    DgDiag diag = DG_DIAG_INIT;
    DgDataset *const set =
        loaded(cases[i].name, cases[i].text, DG_BAD_INPUT, &diag);
    assert_non_null(diag.message);
    assert_int_equal(count(set, (DgIdQuad){ 0, 0, 0, 0 }, DG_ORDER_ANY), 0);
    set->class_->free(set);
    dg_diag_clear(&diag);
  }
}

/* A tag of more than 255 bytes, as such or by a reference. */
static void
test_reader_refuses_long_languages_of_xml(void **state)
{
  (void)state;
  char tag[301];
  memset(tag, 'a', sizeof tag - 1);
  tag[sizeof tag - 1] = '\0';
  const char *const tags[] = { tag, "&a;" };
  for (size_t i = 0; i < sizeof tags / sizeof *tags; ++i) {
    DgBuf text = DG_BUF_INIT;
    dg_buf_printf(&text,
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/"
                  "22-rdf-syntax-ns#\" xmlns:e=\"http://e/\">"
                  "<rdf:Description rdf:about=\"http://e/a\">"
                  "<e:p xml:lang = \"%s\">x</e:p>"
                  "</rdf:Description></rdf:RDF>",
                  tags[i]);
    DgDiag diag = DG_DIAG_INIT;
    DgDataset *const set = loaded("x.rdf", text.data, DG_BAD_INPUT, &diag);
    assert_string_equal(diag.message, "xml:lang is no short plain value");
    set->class_->free(set);
    dg_diag_clear(&diag);
    dg_buf_clear(&text);
  }
}

/* The parser below would run out of stack. */
static void
test_reader_bounds_nested_brackets(void **state)
{
  (void)state;
  enum { DEEP = 100000 };
  DgBuf text = DG_BUF_INIT;
  dg_buf_add(&text, DG_STR("<a:b> <c:d> \"(((\" ,\n"));
  for (int i = 0; i < DEEP; ++i) {
    dg_buf_add_char(&text, i % 2 ? '(' : '[');
  }
  DgDiag diag = DG_DIAG_INIT;
  DgDataset *const set = loaded("x.ttl", text.data, DG_LIMIT, &diag);
  assert_int_equal(diag.line, 2);
  set->class_->free(set);
  dg_diag_clear(&diag);
  dg_buf_clear(&text);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_patterns_agree_in_every_order),
    cmocka_unit_test(test_removed_quads_are_gone_and_rollback_brings_them_back),
    cmocka_unit_test(test_seek_moves_to_the_first_quad_not_before),
    cmocka_unit_test(test_many_quads_can_be_added_and_removed),
    cmocka_unit_test(test_reader_keeps_labels_languages_and_graphs),
    cmocka_unit_test(test_reader_reads_rdf_xml),
    cmocka_unit_test(test_reader_refuses_terms_that_could_not_be_written),
    cmocka_unit_test(test_reader_refuses_long_languages_of_xml),
    cmocka_unit_test(test_reader_bounds_nested_brackets),
    cmocka_unit_test(test_reader_says_where_the_error_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
