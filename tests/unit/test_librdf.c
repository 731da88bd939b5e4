/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "store/librdf_dataset.h"
#include "store/librdf_storage.h"
#include "store/lmdb_store.h"
#include "store/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EX "http://example.org/"

static char folder[64];
static librdf_world *world;
static librdf_storage *storage;
static librdf_model *model;

static void
open_storage(const char *options)
{
  world = librdf_new_world();
  librdf_world_open(world);
  assert_int_equal(dg_librdf_register(world), 0);
  storage = librdf_new_storage(world, "lmdb", folder, options);
  assert_non_null(storage);
  model = librdf_new_model(world, storage, NULL);
  assert_non_null(model);
}

static void
close_storage(void)
{
  librdf_free_model(model);
  librdf_free_storage(storage);
  librdf_free_world(world);
}

static int
set_up(void **state)
{
  (void)state;
  (void)strcpy(folder, "/tmp/test_librdf.XXXXXX");
  if (!mkdtemp(folder)) {
    return -1;
  }
  open_storage(NULL);
  return 0;
}

static int
tear_down(void **state)
{
  (void)state;
  close_storage();
  DgDataset *store = NULL;
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(dg_lmdb_open(folder, DG_STORE_READ, NULL, &store, NULL),
                   DG_OK);
  if (dg_lmdb_check(store, &diag) != DG_OK) {
    fail_msg("%s", diag.message);
  }
  store->class_->free(store);
  char command[128];
  (void)snprintf(command, sizeof command, "rm -rf %s", folder);
  return system(command);
}

/* "_:x" is a blank node, "'x" a string, "'x@y" with a language, "" nothing. */
static librdf_node *
node(const char *text)
{
  const unsigned char *const bytes = (const unsigned char *)text;
  if (!*text) {
    return NULL;
  }
  if (!strncmp(text, "_:", 2)) {
    return librdf_new_node_from_blank_identifier(world, bytes + 2);
  }
  if (*text == '\'') {
    char value[64];
    (void)snprintf(value, sizeof value, "%s", text + 1);
    char *const at = strchr(value, '@');
    if (at) {
      *at = '\0';
    }
    return librdf_new_node_from_literal(world, (unsigned char *)value,
                                        at ? at + 1 : NULL, 0);
  }
  char iri[128];
  (void)snprintf(iri, sizeof iri, EX "%s", text);
  return librdf_new_node_from_uri_string(world, (unsigned char *)iri);
}

static librdf_statement *
statement(const char *s, const char *p, const char *o)
{
  return librdf_new_statement_from_nodes(world, node(s), node(p), node(o));
}

static int
add(const char *s, const char *p, const char *o, const char *g)
{
  librdf_statement *const st = statement(s, p, o);
  librdf_node *const context = node(g);
  const int failed =
      context ? librdf_model_context_add_statement(model, context, st)
              : librdf_model_add_statement(model, st);
  librdf_free_statement(st);
  if (context) {
    librdf_free_node(context);
  }
  return failed;
}

static int
remove_one(const char *s, const char *p, const char *o, const char *g)
{
  librdf_statement *const st = statement(s, p, o);
  librdf_node *const context = node(g);
  const int failed =
      context ? librdf_model_context_remove_statement(model, context, st)
              : librdf_model_remove_statement(model, st);
  librdf_free_statement(st);
  if (context) {
    librdf_free_node(context);
  }
  return failed;
}

static int
stream_length(librdf_stream *stream)
{
  assert_non_null(stream);
  int n = 0;
  for (; !librdf_stream_end(stream); (void)librdf_stream_next(stream)) {
    assert_non_null(librdf_stream_get_object(stream));
    ++n;
  }
  librdf_free_stream(stream);
  return n;
}

static int
found(const char *s, const char *p, const char *o)
{
  librdf_statement *const st = statement(s, p, o);
  const int n = stream_length(librdf_model_find_statements(model, st));
  librdf_free_statement(st);
  return n;
}

static int
found_in(const char *s, const char *p, const char *o, const char *g)
{
  librdf_statement *const st = statement(s, p, o);
  librdf_node *const context = node(g);
  const int n = stream_length(
      librdf_model_find_statements_in_context(model, st, context));
  librdf_free_statement(st);
  librdf_free_node(context);
  return n;
}

static int
contains(const char *s, const char *p, const char *o)
{
  librdf_statement *const st = statement(s, p, o);
  const int there = librdf_model_contains_statement(model, st);
  librdf_free_statement(st);
  return there;
}

static void
add_some(void)
{
  assert_int_equal(add("a", "p", "b", ""), 0);
  assert_int_equal(add("a", "p", "b", "g"), 0);
  assert_int_equal(add("a", "p", "c", "g"), 0);
  assert_int_equal(add("a", "q", "'text@EN", "g"), 0);
  assert_int_equal(add("_:x", "p", "'a longer text", "h"), 0);
  assert_int_equal(add("a", "p", "b", "g"), 0); /* once more */
}

static void
statements_are_found_by_every_pattern(void **state)
{
  (void)state;
  add_some();
  assert_int_equal(librdf_model_size(model), 5);
  assert_int_equal(found("", "", ""), 5);
  assert_int_equal(found("a", "", ""), 4);
  assert_int_equal(found("", "p", ""), 4);
  assert_int_equal(found("", "", "b"), 2);
  assert_int_equal(found("a", "p", ""), 3);
  assert_int_equal(found("", "p", "b"), 2);
  assert_int_equal(found("a", "", "b"), 2);
  assert_int_equal(found("a", "p", "b"), 2);
  assert_int_equal(found("a", "q", "'text@en"), 1);
  assert_int_equal(found("_:x", "", ""), 1);
  assert_int_equal(found("nobody", "", ""), 0);
  assert_int_equal(found_in("", "", "", "g"), 3);
  assert_int_equal(found_in("a", "p", "", "g"), 2);
  assert_int_equal(found_in("", "", "b", "h"), 0);
  assert_true(contains("a", "p", "c"));
  assert_false(contains("a", "q", "c"));
}

static void
removing_without_context_means_the_default_graph(void **state)
{
  (void)state;
  add_some();
  assert_int_equal(remove_one("a", "p", "b", ""), 0);
  assert_int_equal(found("a", "p", "b"), 1);
  assert_int_equal(remove_one("a", "p", "b", "g"), 0);
  assert_int_equal(found("a", "p", "b"), 0);
  (void)remove_one("a", "p", "never", "g");
  librdf_node *const context = node("g");
  assert_int_equal(librdf_model_context_remove_statements(model, context), 0);
  librdf_free_node(context);
  assert_int_equal(librdf_model_size(model), 1);
}

static int
iterator_length(librdf_iterator *iterator)
{
  assert_non_null(iterator);
  int n = 0;
  for (; !librdf_iterator_end(iterator); (void)librdf_iterator_next(iterator)) {
    assert_non_null(librdf_iterator_get_object(iterator));
    ++n;
  }
  librdf_free_iterator(iterator);
  return n;
}

static void
sources_arcs_and_targets_come_by_statement(void **state)
{
  (void)state;
  add_some();
  librdf_node *const a = node("a");
  librdf_node *const b = node("b");
  librdf_node *const p = node("p");
  assert_int_equal(iterator_length(librdf_model_get_targets(model, a, p)), 3);
  assert_int_equal(iterator_length(librdf_model_get_sources(model, p, b)), 2);
  assert_int_equal(iterator_length(librdf_model_get_arcs(model, a, b)), 2);
  assert_true(librdf_model_has_arc_out(model, a, p));
  assert_true(librdf_model_has_arc_in(model, b, p));
  assert_false(librdf_model_has_arc_in(model, a, p));
  librdf_free_node(a);
  librdf_free_node(b);
  librdf_free_node(p);
}

static void
contexts_are_the_named_graphs(void **state)
{
  (void)state;
  assert_int_equal(iterator_length(librdf_model_get_contexts(model)), 0);
  add_some();
  assert_int_equal(iterator_length(librdf_model_get_contexts(model)), 2);
  librdf_node *const context = node("g");
  assert_int_equal(
      stream_length(librdf_model_context_as_stream(model, context)), 3);
  librdf_free_node(context);
  librdf_stream *const stream = librdf_model_as_stream(model);
  int without = 0;
  for (; !librdf_stream_end(stream); (void)librdf_stream_next(stream)) {
    without += librdf_stream_get_context2(stream) == NULL;
  }
  librdf_free_stream(stream);
  assert_int_equal(without, 1);
  librdf_uri *const feature = librdf_new_uri(
      world, (const unsigned char *)LIBRDF_MODEL_FEATURE_CONTEXTS);
  librdf_node *const value = librdf_model_get_feature(model, feature);
  assert_non_null(value);
  librdf_free_node(value);
  librdf_free_uri(feature);
}

static void
transactions_end_both_ways(void **state)
{
  (void)state;
  int handle = 0;
  add_some();
  assert_int_equal(librdf_model_transaction_start(model), 0);
  assert_int_not_equal(librdf_model_transaction_start(model), 0);
  assert_int_equal(add("new", "p", "'one", "g"), 0);
  assert_int_equal(found("new", "", ""), 1);
  assert_int_equal(librdf_model_transaction_rollback(model), 0);
  assert_int_equal(found("new", "", ""), 0);
  assert_int_equal(librdf_model_transaction_start_with_handle(model, &handle),
                   0);
  assert_ptr_equal(librdf_model_transaction_get_handle(model), &handle);
  assert_int_equal(add("newer", "p", "'another text", "g"), 0);
  assert_int_equal(librdf_model_transaction_commit(model), 0);
  assert_int_equal(found("newer", "", ""), 1);
  assert_int_not_equal(librdf_model_transaction_commit(model), 0);
}

/* What a stream gives is not disturbed by writes while it is read. */
static void
streams_have_a_snapshot(void **state)
{
  (void)state;
  add_some();
  librdf_stream *const all = librdf_model_as_stream(model);
  int n = 0;
  for (; !librdf_stream_end(all); (void)librdf_stream_next(all)) {
    librdf_statement *const st = librdf_stream_get_object(all);
    librdf_node *const context = librdf_stream_get_context2(all);
    assert_int_equal(librdf_model_context_remove_statement(model, context, st),
                     0);
    ++n;
  }
  librdf_free_stream(all);
  assert_int_equal(n, 5);
  assert_int_equal(librdf_model_size(model), 0);
  add_some();
  assert_int_equal(librdf_model_transaction_start(model), 0);
  librdf_stream *const within = librdf_model_as_stream(model);
  assert_false(librdf_stream_end(within));
  assert_int_equal(librdf_model_transaction_commit(model), 0);
  assert_int_not_equal(librdf_stream_next(within), 0);
  librdf_free_stream(within);
  assert_int_equal(add("after", "p", "b", ""), 0);
}

static void
a_stream_is_added_at_once(void **state)
{
  (void)state;
  add_some();
  librdf_node *const context = node("copy");
  librdf_stream *const all = librdf_model_as_stream(model);
  assert_int_equal(librdf_model_context_add_statements(model, context, all), 0);
  librdf_free_stream(all);
  librdf_free_node(context);
  assert_int_equal(found_in("", "", "", "copy"), 4);
  assert_int_equal(librdf_model_size(model), 9);
}

static void
what_is_written_is_there_when_opened_again(void **state)
{
  (void)state;
  add_some();
  close_storage();
  open_storage("write='no'");
  assert_int_equal(librdf_model_size(model), 5);
  assert_int_not_equal(add("a", "b", "c", ""), 0);
  close_storage();
  open_storage("batch='3'");
  for (int i = 0; i < 10; ++i) {
    char object[16];
    (void)snprintf(object, sizeof object, "o%d", i);
    assert_int_equal(add("batch", "p", object, "g"), 0);
  }
  assert_int_equal(librdf_model_sync(model), 0);
  close_storage();
  open_storage(NULL);
  assert_int_equal(librdf_model_size(model), 15);
  close_storage();
  open_storage("new='yes'");
  assert_int_equal(librdf_model_size(model), 0);
}

static DgIdQuad
ids(DgDataset *set, const char *s, const char *o, const char *g)
{
  const DgTerm terms[4] = { dg_term_iri(dg_str(s)), dg_term_iri(dg_str(EX "p")),
                            dg_term_string(dg_str(o)), dg_term_iri(dg_str(g)) };
  DgIdQuad quad = { 0, 0, 0, DG_ID_DEFAULT_GRAPH };
  assert_int_equal(set->class_->make_id(set, &terms[0], &quad.s), DG_OK);
  assert_int_equal(set->class_->make_id(set, &terms[1], &quad.p), DG_OK);
  assert_int_equal(set->class_->make_id(set, &terms[2], &quad.o), DG_OK);
  if (*g) {
    assert_int_equal(set->class_->make_id(set, &terms[3], &quad.g), DG_OK);
  }
  return quad;
}

static int
length(DgDataset *set, DgIdQuad pattern)
{
  DgDatasetCursor *cursor = NULL;
  DgIdQuad quad;
  int n = 0;
  assert_int_equal(set->class_->find(set, pattern, DG_ORDER_ANY, &cursor),
                   DG_OK);
  while (set->class_->next(cursor, &quad) == DG_OK) {
    ++n;
  }
  set->class_->close(cursor);
  return n;
}

/* Any storage of librdf serves as a dataset, one with duplicates too. */
static void
use_other_storage(const char *spec, bool graphs)
{
  DgDataset *set = NULL;
  DgDiag diag = DG_DIAG_INIT;
  if (dg_store_open(spec, DG_STORE_CREATE, &set, &diag) != DG_OK) {
    print_message("skipped %s: %s\n", spec, diag.message);
    dg_diag_clear(&diag);
    return;
  }
  const DgDatasetClass *const class_ = set->class_;
  const char *const g = graphs ? EX "g" : "";
  assert_int_equal(dg_librdf_lacks_graphs(set), !graphs);
  assert_int_equal(class_->write_begin(set, NULL), DG_OK);
  const DgIdQuad one = ids(set, EX "a", "a text that is long", g);
  const DgIdQuad two = ids(set, EX "a", "short", g);
  assert_int_equal(class_->add(set, one), DG_OK);
  assert_int_equal(class_->add(set, two), DG_OK);
  assert_int_equal(class_->add(set, two), DG_NO_MATCH);
  assert_int_equal(class_->write_commit(set, NULL), DG_OK);
  assert_int_equal(length(set, (DgIdQuad){ 0, 0, 0, 0 }), 2);
  assert_int_equal(length(set, (DgIdQuad){ one.s, 0, 0, 0 }), 2);
  assert_int_equal(length(set, (DgIdQuad){ 0, 0, two.o, one.g }), 1);
  assert_int_equal(class_->write_begin(set, NULL), DG_OK);
  assert_int_equal(class_->remove(set, one), DG_OK);
  assert_int_equal(class_->remove(set, one), DG_NO_MATCH);
  assert_int_equal(class_->add(set, ids(set, EX "b", "new", g)), DG_OK);
  class_->write_rollback(set);
  assert_int_equal(length(set, (DgIdQuad){ 0, 0, 0, 0 }), 2);
  assert_int_equal(length(set, one), 1);
  dg_store_free(set);
}

static void
other_storages_are_datasets_too(void **state)
{
  (void)state;
  char spec[128];
  /* Loadable ones work for the first world of a process alone. */
  (void)snprintf(spec, sizeof spec, "sqlite:%s/a.db?new='yes'", folder);
  use_other_storage(spec, true);
  use_other_storage("trees:x", false);
  use_other_storage("hashes:x?hash-type='memory'", true);
  use_other_storage("hashes:x?hash-type='memory',contexts='no'", false);
  DgDataset *set = NULL;
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(dg_store_open("nonesuch:x", DG_STORE_READ, &set, &diag),
                   DG_NOT_FOUND);
  assert_non_null(diag.message);
  dg_diag_clear(&diag);
  assert_non_null(dg_store_warning("hashes:x"));
  assert_null(dg_store_warning("./hashes:x"));
}

static int
make_folder(void **state)
{
  (void)state;
  (void)strcpy(folder, "/tmp/test_librdf.XXXXXX");
  return mkdtemp(folder) ? 0 : -1;
}

static int
remove_folder(void **state)
{
  (void)state;
  char command[128];
  (void)snprintf(command, sizeof command, "rm -rf %s", folder);
  return system(command);
}

#define STORAGE_TEST(test)                                                     \
  cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(other_storages_are_datasets_too,
                                    make_folder, remove_folder),
    STORAGE_TEST(statements_are_found_by_every_pattern),
    STORAGE_TEST(removing_without_context_means_the_default_graph),
    STORAGE_TEST(sources_arcs_and_targets_come_by_statement),
    STORAGE_TEST(contexts_are_the_named_graphs),
    STORAGE_TEST(transactions_end_both_ways),
    STORAGE_TEST(streams_have_a_snapshot),
    STORAGE_TEST(a_stream_is_added_at_once),
    STORAGE_TEST(what_is_written_is_there_when_opened_again),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
