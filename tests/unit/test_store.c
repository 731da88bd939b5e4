/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "base/vec.h"
#include "store/id.h"
#include "store/lmdb_store.h"
#include "store/load.h"
#include "store/memory.h"
#include "store/order.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

static DgTerm
literal(const char *text, const char *type)
{
  static char iri[128];
  if (!type) {
    return dg_term_string(dg_str(text));
  }
  (void)snprintf(iri, sizeof iri, XSD "%s", type);
  return dg_term_typed(dg_str(text), dg_str(iri));
}

/* The id of a literal, which must come back as it was; 0 if not inline. */
static DgId
encoded(const char *text, const char *type)
{
  const DgTerm term = literal(text, type);
  DgId id = DG_ID_NONE;
  if (dg_id_encode(&term, &id) != DG_OK) {
    return DG_ID_NONE;
  }
  char back[DG_ID_TEXT];
  DgTerm decoded;
  assert_int_equal(dg_id_decode(id, back, &decoded), DG_OK);
  if (!dg_term_equal(&term, &decoded)) {
    fail_msg("%s^^%s came back as %s", text, type ? type : "string", back);
  }
  return id;
}

static const struct {
  const char *type;
  const char *texts[12];
} inline_in_order[] = {
  { NULL, { "", "!", "A", "Zz", "a", "aa", "b", "\303\251t\303\251", NULL } },
  { "integer",
    { "-36028797018963968", "-100", "-9", "-1", "0", "1", "9", "10", "2019",
      "36028797018963967", NULL } },
  { "int", { "-2147483648", "0", "2147483647", NULL } },
  { "unsignedByte", { "0", "255", NULL } },
  { "decimal",
    { "-99999999999999", "-12.5", "-12.50", "-0.001", "0", "0.0", "0.00",
      "0.001", "1", "1.0", "12.5" } },
  { "decimal",
    { "0.000000000000001", "0.1", "12", "12.25", "999999999999.99",
      "15000000000000", "9000000000000000", NULL } },
  { "double", { "0.05", "0.25", "1", "100", NULL } },
  { "float", { "0.5", "0.75", NULL } },
  { "boolean", { "false", "true", NULL } },
  { "date",
    { "0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "2024-03-01",
      "9999-12-31", NULL } },
  { "date",
    { "2024-01-01+14:00", "2024-01-01", "2024-01-01Z", "2024-01-01-05:30",
      NULL } },
  { "dateTime",
    { "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z",
      "2024-02-29T12:00:00+01:00", "2024-02-29T11:00:00.5Z",
      "2024-02-29T11:00:00.51Z", "2024-02-29T23:59:59", "9999-12-31T23:59:59",
      NULL } },
  { "gYear", { "0001", "0987", "2024", NULL } },
  { "gYearMonth", { "2023-12", "2024-01", NULL } },
};

static void
small_values_are_inline_and_in_order(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof inline_in_order / sizeof *inline_in_order;
       ++i) {
    DgId before = DG_ID_NONE;
    for (size_t j = 0; j < 12 && inline_in_order[i].texts[j]; ++j) {
      const char *const text = inline_in_order[i].texts[j];
      const DgId id = encoded(text, inline_in_order[i].type);
      if (id <= before) {
        fail_msg("%s is not inline, or not after the one before", text);
      }
      before = id;
    }
  }
}

static const char *const not_inline[][2] = {
  { "12345678", NULL },
  { "+1", "integer" },
  { "01", "integer" },
  { "-0", "integer" },
  { "", "integer" },
  { "1x", "integer" },
  { "36028797018963968", "integer" },
  { "256", "unsignedByte" },
  { "-1", "nonNegativeInteger" },
  { "0", "positiveInteger" },
  { "5.", "decimal" },
  { ".5", "decimal" },
  { "-0", "decimal" },
  { "-0.0", "decimal" },
  { "00.5", "decimal" },
  { "1.5E0", "double" },
  { "INF", "double" },
  { "1.00000000", "decimal" },
  { "123456789012345", "decimal" },
  { "0.0000000000000001", "decimal" },
  { "1", "boolean" },
  { "2023-02-29", "date" },
  { "0000-01-01", "date" },
  { "2024-01-01+00:00", "date" },
  { "2024-01-01+01:07", "date" },
  { "0001-01-01+01:00", "date" },
  { "2024-1-01", "date" },
  { "2024-01-01T24:00:00", "dateTime" },
  { "2024-01-01T00:00:00.50", "dateTime" },
  { "2024-01-01T00:00:00.", "dateTime" },
  { "2024-01-01T00:00:00.1234", "dateTime" },
  { "2024Z", "gYear" },
  { "2024-13", "gYearMonth" },
  { "1", "anyURI" },
};

static void
other_literals_are_not_inline(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof not_inline / sizeof *not_inline; ++i) {
    if (encoded(not_inline[i][0], not_inline[i][1]) != DG_ID_NONE) {
      fail_msg("%s is inline", not_inline[i][0]);
    }
  }
  const DgTerm tagged = dg_term_lang(DG_STR("a"), DG_STR("fr"));
  const DgTerm zero = dg_term_string(dg_str_n("a\0b", 3));
  DgId id;
  assert_int_equal(dg_id_encode(&tagged, &id), DG_NO_MATCH);
  assert_int_equal(dg_id_encode(&zero, &id), DG_NO_MATCH);
  assert_int_equal(dg_id_kind_of(&tagged), DG_ID_KIND_LANG);
  assert_int_equal(dg_id_kind_of(&zero), DG_ID_KIND_STRING);
}

static void
values_are_read_from_ids(void **state)
{
  (void)state;
  int64_t integer = 0;
  assert_int_equal(dg_id_integer(encoded("-42", "short"), &integer), DG_OK);
  assert_int_equal(integer, -42);
  assert_int_equal(dg_id_integer(encoded("1", "decimal"), &integer),
                   DG_NO_MATCH);
  DgDecimal decimal;
  char text[DG_DECIMAL_TEXT];
  assert_int_equal(dg_id_decimal(encoded("-12.50", "decimal"), &decimal),
                   DG_OK);
  (void)dg_decimal_write(decimal, text);
  assert_string_equal(text, "-12.5");
  int32_t days = 0;
  int year = 0;
  assert_int_equal(dg_id_days(encoded("1970-01-02", "date"), &days), DG_OK);
  assert_int_equal(days, 1);
  const DgId late = encoded("1969-12-31T23:30:00-01:00", "dateTime");
  assert_int_equal(dg_id_days(late, &days), DG_OK);
  assert_int_equal(days, -1);
  assert_int_equal(dg_id_year(late, &year), DG_OK);
  assert_int_equal(year, 1969);
  assert_int_equal(dg_id_year(encoded("2024-02", "gYearMonth"), &year), DG_OK);
  assert_int_equal(year, 2024);
  bool truth = false;
  assert_int_equal(dg_id_boolean(encoded("true", "boolean"), &truth), DG_OK);
  assert_true(truth);
}

/* Every value of a random walk comes back; order follows the value. */
static void
random_decimals_sort_by_value(void **state)
{
  (void)state;
  srand(7);
  DgId before = DG_ID_NONE;
  DgDecimal last = DG_DECIMAL_ZERO;
  for (int i = 0; i < 20000; ++i) {
    char text[64];
    const int whole = rand() % (1 << rand() % 30);
    const int places = rand() % 6;
    (void)snprintf(text, sizeof text, "%s%d", rand() % 2 && whole ? "-" : "",
                   whole);
    for (int k = 0; k < places; ++k) {
      char *const end = text + strlen(text);
      (void)snprintf(end, 8, "%s%d", k ? "" : ".", rand() % 10);
    }
    const DgId id = encoded(text, "decimal");
    assert_true(id != DG_ID_NONE);
    DgDecimal value;
    assert_int_equal(dg_id_decimal(id, &value), DG_OK);
    const int order = dg_decimal_compare(last, value);
    if (before &&
        ((order < 0 && before >= id) || (order > 0 && before <= id))) {
      fail_msg("%s sorts wrongly", text);
    }
    before = id;
    last = value;
  }
}

/* Stores. Each test has a folder of its own. */

static char folder[64];

static int
make_folder(void **state)
{
  (void)state;
  (void)strcpy(folder, "/tmp/test_store.XXXXXX");
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

static DgDataset *
open_store(DgStoreMode mode)
{
  DgDataset *store = NULL;
  DgDiag diag = DG_DIAG_INIT;
  if (dg_lmdb_open(folder, mode, NULL, &store, &diag) != DG_OK) {
    fail_msg("%s", diag.message);
  }
  return store;
}

static void
assert_checks(DgDataset *store)
{
  DgDiag diag = DG_DIAG_INIT;
  if (dg_lmdb_check(store, &diag) != DG_OK) {
    fail_msg("%s", diag.message);
  }
}

static DgTerm
iri(DgArena *arena, const char *kind, int number)
{
  return dg_term_iri(
      dg_str(dg_arena_printf(arena, "http://example.org/%s/%d", kind, number)));
}

static DgTerm
object(DgArena *arena, int number)
{
  switch (number % 5) {
  case 0:
    return iri(arena, "s", number);
  case 1:
    return dg_term_typed(dg_str(dg_arena_printf(arena, "%d", number - 50)),
                         DG_STR(XSD "integer"));
  case 2:
    return dg_term_lang(dg_str(dg_arena_printf(arena, "mot %d", number)),
                        DG_STR("fr"));
  case 3:
    return dg_term_typed(dg_str(dg_arena_printf(arena, "<b>%d</b>", number)),
                         DG_STR("http://example.org/html"));
  default:
    return dg_term_string(
        dg_str(dg_arena_printf(arena, "a rather long text %d", number)));
  }
}

/* A random quad out of a few thousand. */
static DgQuad
random_quad(DgArena *arena)
{
  const int graph = rand() % 8;
  return (DgQuad){ .s = iri(arena, "s", rand() % 40),
                   .p = iri(arena, "p", rand() % 5),
                   .o = object(arena, rand() % 60),
                   .g = graph ? iri(arena, "g", graph) : (DgTerm){ 0 } };
}

static DgIdQuad
ids_of(DgDataset *set, const DgQuad *quad)
{
  DgIdQuad ids;
  assert_int_equal(set->class_->make_id(set, &quad->s, &ids.s), DG_OK);
  assert_int_equal(set->class_->make_id(set, &quad->p, &ids.p), DG_OK);
  assert_int_equal(set->class_->make_id(set, &quad->o, &ids.o), DG_OK);
  ids.g = DG_ID_DEFAULT_GRAPH;
  if (quad->g.kind != DG_TERM_NONE) {
    assert_int_equal(set->class_->make_id(set, &quad->g, &ids.g), DG_OK);
  }
  return ids;
}

static int
compare_lines(const void *a, const void *b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All quads that fit a pattern, as N-Quads lines in order. */
static DgBuf
lines_of(DgDataset *set, DgArena *arena, DgIdQuad pattern)
{
  DG_VEC(char *) lines = { 0 };
  DgDatasetCursor *cursor = NULL;
  assert_int_equal(set->class_->find(set, pattern, DG_ORDER_ANY, &cursor),
                   DG_OK);
  DgIdQuad ids;
  while (set->class_->next(cursor, &ids) == DG_OK) {
    DgQuad quad;
    assert_int_equal(set->class_->term(set, ids.s, arena, &quad.s), DG_OK);
    assert_int_equal(set->class_->term(set, ids.p, arena, &quad.p), DG_OK);
    assert_int_equal(set->class_->term(set, ids.o, arena, &quad.o), DG_OK);
    quad.g = (DgTerm){ 0 };
    if (ids.g != DG_ID_DEFAULT_GRAPH) {
      assert_int_equal(set->class_->term(set, ids.g, arena, &quad.g), DG_OK);
    }
    DgBuf line = DG_BUF_INIT;
    dg_quad_write(&quad, &line);
    char **const slot = DG_VEC_ADD(arena, &lines);
    *slot = dg_arena_printf(arena, "%s", line.data);
    dg_buf_clear(&line);
  }
  set->class_->close(cursor);
  if (lines.n) {
    qsort(lines.items, lines.n, sizeof *lines.items, compare_lines);
  }
  DgBuf all = DG_BUF_INIT;
  for (size_t i = 0; i < lines.n; ++i) {
    dg_buf_add(&all, dg_str(lines.items[i]));
  }
  return all;
}

static DgIdQuad
masked(DgIdQuad quad, int mask)
{
  return (DgIdQuad){ mask & 1 ? quad.s : 0, mask & 2 ? quad.p : 0,
                     mask & 4 ? quad.o : 0, mask & 8 ? quad.g : 0 };
}

/* All sixteen patterns of a quad find the same in both sets. */
static void
assert_same_finds(DgDataset *a, DgDataset *b, DgArena *arena,
                  const DgQuad *quad)
{
  for (int mask = 0; mask < 16; ++mask) {
    const DgIdQuad in_a = masked(ids_of(a, quad), mask);
    const DgIdQuad in_b = masked(ids_of(b, quad), mask);
    DgBuf one = lines_of(a, arena, in_a);
    DgBuf other = lines_of(b, arena, in_b);
    if (!dg_str_equal(dg_buf_str(&one), dg_buf_str(&other))) {
      fail_msg("pattern %d: got\n%s\nexpected\n%s", mask, one.data, other.data);
    }
    uint64_t n = 0;
    bool exact = false;
    assert_int_equal(a->class_->count(a, in_a, &n, &exact), DG_OK);
    assert_true(exact);
    uint64_t lines = 0;
    for (size_t i = 0; i < one.len; ++i) {
      lines += one.data[i] == '\n';
    }
    assert_int_equal(n, lines);
    dg_buf_clear(&one);
    dg_buf_clear(&other);
  }
}

/* The store does what a plain set does, whatever comes. */
static void
random_writes_match_a_plain_set(void **state)
{
  (void)state;
  srand(11);
  DgDataset *const store = open_store(DG_STORE_CREATE);
  DgDataset *plain = NULL;
  assert_int_equal(dg_memory_new(&plain), DG_OK);
  DgArena *const arena = dg_arena_new();
  for (int turn = 0; turn < 60; ++turn) {
    assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
    assert_int_equal(plain->class_->write_begin(plain, NULL), DG_OK);
    const int steps = rand() % 400;
    const bool shrink = turn % 3 == 2;
    for (int i = 0; i < steps; ++i) {
      const DgQuad quad = random_quad(arena);
      const DgIdQuad mine = ids_of(store, &quad);
      const DgIdQuad other = ids_of(plain, &quad);
      const bool add = rand() % 4 ? !shrink : shrink;
      if (add) {
        assert_int_equal(store->class_->add(store, mine),
                         plain->class_->add(plain, other));
      } else {
        assert_int_equal(store->class_->remove(store, mine),
                         plain->class_->remove(plain, other));
      }
    }
    const DgQuad probe = random_quad(arena);
    assert_same_finds(store, plain, arena, &probe);
    assert_int_equal(plain->class_->write_commit(plain, NULL), DG_OK);
    assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
    assert_checks(store);
    dg_arena_reset(arena);
  }
  dg_arena_free(arena);
  plain->class_->free(plain);
  store->class_->free(store);
}

static void
add_quads(DgDataset *store, DgArena *arena, int from, int to)
{
  for (int i = from; i < to; ++i) {
    const DgQuad quad = { .s = iri(arena, "s", i / 10),
                          .p = iri(arena, "p", i % 10),
                          .o = object(arena, i % 100),
                          .g = iri(arena, "g", i / 100) };
    assert_int_equal(store->class_->add(store, ids_of(store, &quad)), DG_OK);
  }
}

static uint64_t
count_all(DgDataset *store)
{
  uint64_t n = 0;
  bool exact = false;
  assert_int_equal(store->class_->read_begin(store, NULL), DG_OK);
  assert_int_equal(store->class_->count(store, (DgIdQuad){ 0 }, &n, &exact),
                   DG_OK);
  store->class_->read_end(store);
  assert_true(exact);
  return n;
}

static void
a_rollback_leaves_no_trace(void **state)
{
  (void)state;
  DgDataset *const store = open_store(DG_STORE_CREATE);
  DgArena *const arena = dg_arena_new();
  assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
  add_quads(store, arena, 0, 500);
  assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
  assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
  add_quads(store, arena, 1000, 3000);
  uint64_t n = 0;
  bool exact = false;
  assert_int_equal(store->class_->count(store, (DgIdQuad){ 0 }, &n, &exact),
                   DG_OK);
  assert_int_equal(n, 2500);
  store->class_->write_rollback(store);
  assert_int_equal(count_all(store), 500);
  const DgTerm gone = iri(arena, "s", 250);
  DgId id;
  assert_int_equal(store->class_->read_begin(store, NULL), DG_OK);
  assert_int_equal(store->class_->find_id(store, &gone, &id), DG_NO_MATCH);
  store->class_->read_end(store);
  assert_checks(store);
  dg_arena_free(arena);
  store->class_->free(store);
}

static void
a_reader_keeps_its_snapshot(void **state)
{
  (void)state;
  DgDataset *const writer = open_store(DG_STORE_CREATE);
  DgDataset *const reader = open_store(DG_STORE_READ);
  DgArena *const arena = dg_arena_new();
  assert_int_equal(writer->class_->write_begin(writer, NULL), DG_OK);
  add_quads(writer, arena, 0, 100);
  assert_int_equal(writer->class_->write_commit(writer, NULL), DG_OK);
  assert_int_equal(reader->class_->read_begin(reader, NULL), DG_OK);
  DgDatasetCursor *cursor = NULL;
  assert_int_equal(
      reader->class_->find(reader, (DgIdQuad){ 0 }, DG_ORDER_ANY, &cursor),
      DG_OK);
  assert_int_equal(writer->class_->write_begin(writer, NULL), DG_OK);
  add_quads(writer, arena, 100, 5000);
  assert_int_equal(writer->class_->write_commit(writer, NULL), DG_OK);
  int seen = 0;
  DgIdQuad quad;
  while (reader->class_->next(cursor, &quad) == DG_OK) {
    ++seen;
  }
  assert_int_equal(seen, 100);
  reader->class_->close(cursor);
  reader->class_->read_end(reader);
  assert_int_equal(count_all(reader), 5000);
  assert_int_equal(reader->class_->write_begin(reader, NULL), DG_UNSUPPORTED);
  dg_arena_free(arena);
  reader->class_->free(reader);
  writer->class_->free(writer);
}

static void
a_second_write_of_one_thread_is_refused(void **state)
{
  (void)state;
  DgDataset *const one = open_store(DG_STORE_CREATE);
  DgDataset *const other = open_store(DG_STORE_WRITE);
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(one->class_->write_begin(one, NULL), DG_OK);
  assert_int_equal(one->class_->write_begin(one, NULL), DG_CONFLICT);
  assert_int_equal(other->class_->write_begin(other, &diag), DG_CONFLICT);
  assert_non_null(strstr(diag.message, "writing"));
  one->class_->write_rollback(one);
  assert_int_equal(other->class_->write_begin(other, NULL), DG_OK);
  other->class_->write_rollback(other);
  dg_diag_clear(&diag);
  one->class_->free(one);
  other->class_->free(other);
}

/* Each order is the order of ids, and a seek skips to its key. */
static void
cursors_give_their_order_and_seek(void **state)
{
  (void)state;
  DgDataset *const store = open_store(DG_STORE_CREATE);
  DgArena *const arena = dg_arena_new();
  assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
  add_quads(store, arena, 0, 3000);
  assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
  assert_int_equal(store->class_->read_begin(store, NULL), DG_OK);
  for (int order = DG_ORDER_SPOG; order <= DG_ORDER_GOSP; ++order) {
    const int index = dg_order_index((DgOrder)order);
    DgIdQuad all[3000];
    DgDatasetCursor *cursor = NULL;
    size_t n = 0;
    assert_int_equal(
        store->class_->find(store, (DgIdQuad){ 0 }, (DgOrder)order, &cursor),
        DG_OK);
    while (n < 3000 && store->class_->next(cursor, &all[n]) == DG_OK) {
      const DgKey key = dg_key_of(&all[n], index);
      const DgKey before = dg_key_of(&all[n ? n - 1 : 0], index);
      assert_true(!n || dg_key_compare(&before, &key) < 0);
      ++n;
    }
    assert_int_equal(n, 3000);
    store->class_->close(cursor);
    assert_int_equal(
        store->class_->find(store, (DgIdQuad){ 0 }, (DgOrder)order, &cursor),
        DG_OK);
    for (size_t at = 7; at < n; at += 1 + at / 3) {
      DgIdQuad quad;
      assert_int_equal(store->class_->seek(cursor, all[at]), DG_OK);
      assert_int_equal(store->class_->next(cursor, &quad), DG_OK);
      assert_memory_equal(&quad, &all[at], sizeof quad);
    }
    store->class_->close(cursor);
  }
  DgDatasetCursor *cursor = NULL;
  const DgIdQuad of_predicate = { 0, dg_id_make(DG_ID_KIND_IRI, 17), 0, 0 };
  assert_int_equal(
      store->class_->find(store, of_predicate, DG_ORDER_SPOG, &cursor),
      DG_UNSUPPORTED);
  store->class_->read_end(store);
  dg_arena_free(arena);
  store->class_->free(store);
}

static DgStatus
join_keys(void *self, DgStr key, DgStr value)
{
  (void)value;
  dg_buf_add(self, key);
  dg_buf_add_char(self, ' ');
  return DG_OK;
}

static void
the_journal_follows_the_transaction(void **state)
{
  (void)state;
  DgDataset *const store = open_store(DG_STORE_CREATE);
  assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
  assert_int_equal(dg_store_journal_put(store, DG_STR("b"), DG_STR("two")),
                   DG_OK);
  assert_int_equal(dg_store_journal_put(store, DG_STR("a"), DG_STR("one")),
                   DG_OK);
  assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
  assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
  assert_int_equal(dg_store_journal_put(store, DG_STR("c"), DG_STR("three")),
                   DG_OK);
  store->class_->write_rollback(store);
  assert_int_equal(store->class_->read_begin(store, NULL), DG_OK);
  DgStr value;
  assert_int_equal(dg_store_journal_get(store, DG_STR("b"), &value), DG_OK);
  assert_str(value, "two");
  assert_int_equal(dg_store_journal_get(store, DG_STR("c"), &value),
                   DG_NO_MATCH);
  DgBuf keys = DG_BUF_INIT;
  assert_int_equal(dg_store_journal_each(store, join_keys, &keys), DG_OK);
  assert_string_equal(keys.data, "a b ");
  dg_buf_clear(&keys);
  store->class_->read_end(store);
  store->class_->free(store);
}

static void
a_graph_is_replaced_as_a_whole(void **state)
{
  (void)state;
  DgDataset *const store = open_store(DG_STORE_CREATE);
  DgArena *const arena = dg_arena_new();
  const DgTerm graph = iri(arena, "g", 1);
  DgQuad quads[2] = {
    { iri(arena, "s", 1), iri(arena, "p", 1), object(arena, 2), graph },
    { iri(arena, "s", 2), iri(arena, "p", 1), object(arena, 3), graph }
  };
  assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
  add_quads(store, arena, 0, 1000);
  assert_int_equal(dg_store_replace_graph(store, &graph, quads, 2), DG_OK);
  assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
  assert_int_equal(count_all(store), 902);
  assert_checks(store);
  dg_arena_free(arena);
  store->class_->free(store);
}

static void
write_text(const char *name, const char *text)
{
  char path[128];
  (void)snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *const file = fopen(path, "w");
  assert_non_null(file);
  (void)fputs(text, file);
  (void)fclose(file);
}

static void
what_is_no_store_is_refused(void **state)
{
  (void)state;
  DgDataset *store = NULL;
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(dg_lmdb_open(folder, DG_STORE_READ, NULL, &store, &diag),
                   DG_NOT_FOUND);
  write_text("current", "dealgraph store, format 2\n1.lmdb\n");
  assert_int_equal(dg_lmdb_open(folder, DG_STORE_CREATE, NULL, &store, &diag),
                   DG_UNSUPPORTED);
  assert_non_null(strstr(diag.message, "format 2"));
  write_text("current", "something else\n");
  assert_int_equal(dg_lmdb_open(folder, DG_STORE_CREATE, NULL, &store, &diag),
                   DG_BROKEN);
  char path[128];
  (void)snprintf(path, sizeof path, "%s/current", folder);
  (void)remove(path);
  write_text("letter.txt", "hello");
  assert_int_equal(dg_lmdb_open(folder, DG_STORE_CREATE, NULL, &store, &diag),
                   DG_BAD_INPUT);
  dg_diag_clear(&diag);
}

static void
a_small_map_grows(void **state)
{
  (void)state;
  const DgLmdbOptions small = { .map_size = 1 << 20 };
  DgDataset *store = NULL;
  DgDataset *reader = NULL;
  assert_int_equal(dg_lmdb_open(folder, DG_STORE_CREATE, &small, &store, NULL),
                   DG_OK);
  assert_int_equal(dg_lmdb_open(folder, DG_STORE_READ, &small, &reader, NULL),
                   DG_OK);
  DgArena *const arena = dg_arena_new();
  for (int i = 0; i < 40; ++i) {
    assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
    add_quads(store, arena, i * 1000, i * 1000 + 1000);
    assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
    assert_int_equal(count_all(reader), i * 1000 + 1000);
  }
  /* A write that does not fit is undone, and finds room when tried again. */
  DgStatus status = DG_LIMIT;
  for (int turn = 0; status == DG_LIMIT && turn < 10; ++turn) {
    assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
    for (int i = 40000; i < 400000; ++i) {
      const DgQuad quad = { .s = iri(arena, "s", i),
                            .p = iri(arena, "p", 1),
                            .o = object(arena, i) };
      DgIdQuad ids = { 0, 0, 0, DG_ID_DEFAULT_GRAPH };
      (void)store->class_->make_id(store, &quad.s, &ids.s);
      (void)store->class_->make_id(store, &quad.p, &ids.p);
      (void)store->class_->make_id(store, &quad.o, &ids.o);
      (void)store->class_->add(store, ids);
      dg_arena_reset(arena);
    }
    status = store->class_->write_commit(store, NULL);
    assert_true(turn > 0 || status == DG_LIMIT);
    if (status == DG_LIMIT) {
      assert_int_equal(count_all(reader), 40000);
    }
  }
  assert_int_equal(status, DG_OK);
  assert_int_equal(count_all(reader), 400000);
  assert_checks(store);
  dg_arena_free(arena);
  reader->class_->free(reader);
  store->class_->free(store);
}

/* Another process makes the file larger than this one's map. */
static void
growth_by_another_process_is_followed(void **state)
{
  (void)state;
  const char *const program = getenv("DG_PROGRAM");
  if (!program) {
    print_message("skipped: DG_PROGRAM does not name the program\n");
    return;
  }
  char command[512];
  char path[128];
  (void)snprintf(path, sizeof path, "%s/store", folder);
  const DgLmdbOptions small = { .map_size = 1 << 20 };
  DgDataset *store = NULL;
  assert_int_equal(dg_lmdb_open(path, DG_STORE_CREATE, &small, &store, NULL),
                   DG_OK);
  assert_int_equal(count_all(store), 0);
  DgBuf text = DG_BUF_INIT;
  for (int i = 0; i < 20000; ++i) {
    dg_buf_printf(&text,
                  "<http://example.org/%d> <http://example.org/p> "
                  "\"a text that is too long to be inline, %d\" .\n",
                  i, i);
  }
  write_text("many.nq", text.data);
  dg_buf_clear(&text);
  (void)snprintf(command, sizeof command, "%s load -q -d %s %s/many.nq",
                 program, path, folder);
  assert_int_equal(system(command), 0);
  assert_int_equal(count_all(store), 20000);
  DgArena *const arena = dg_arena_new();
  assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
  add_quads(store, arena, 0, 100);
  assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
  assert_checks(store);
  dg_arena_free(arena);
  store->class_->free(store);
}

/* All quads in order, as N-Quads. */
static DgBuf
dump_of(DgDataset *store)
{
  DgArena *const arena = dg_arena_new();
  assert_int_equal(store->class_->read_begin(store, NULL), DG_OK);
  const DgBuf all = lines_of(store, arena, (DgIdQuad){ 0 });
  store->class_->read_end(store);
  dg_arena_free(arena);
  return all;
}

static void
assert_dump(DgDataset *store, const DgBuf *expected)
{
  DgBuf all = dump_of(store);
  assert_true(dg_str_equal(dg_buf_str(&all), dg_buf_str(expected)));
  dg_buf_clear(&all);
}

/* What quads and terms are there stays; what is not used goes. */
static void
compacting_keeps_the_quads(void **state)
{
  (void)state;
  DgDataset *const store = open_store(DG_STORE_CREATE);
  DgDataset *const other = open_store(DG_STORE_WRITE);
  DgArena *const arena = dg_arena_new();
  for (int i = 0; i < 20; ++i) {
    assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
    add_quads(store, arena, i * 500, i * 500 + 500);
    assert_int_equal(dg_store_journal_put(store, DG_STR("k"), DG_STR("v")),
                     DG_OK);
    assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
  }
  const DgTerm graph = iri(arena, "g", 3);
  assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
  assert_int_equal(dg_store_replace_graph(store, &graph, NULL, 0), DG_OK);
  assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
  DgBuf before = dump_of(store);
  DgDiag diag = DG_DIAG_INIT;
  if (dg_lmdb_compact(store, &diag) != DG_OK) {
    fail_msg("%s", diag.message);
  }
  assert_checks(store);
  assert_dump(store, &before);
  assert_dump(other, &before); /* another handle goes over to the new file */
  assert_int_equal(store->class_->read_begin(store, NULL), DG_OK);
  DgId id;
  DgStr value;
  assert_int_equal(store->class_->find_id(store, &graph, &id), DG_NO_MATCH);
  assert_int_equal(dg_store_journal_get(store, DG_STR("k"), &value), DG_OK);
  store->class_->read_end(store);
  assert_int_equal(other->class_->write_begin(other, NULL), DG_OK);
  add_quads(other, arena, 20000, 20100);
  assert_int_equal(other->class_->write_commit(other, NULL), DG_OK);
  assert_int_equal(count_all(store), 10000);
  assert_checks(store);
  dg_buf_clear(&before);
  dg_arena_free(arena);
  other->class_->free(other);
  store->class_->free(store);
}

static void
a_backup_is_a_store(void **state)
{
  (void)state;
  DgDataset *const store = open_store(DG_STORE_CREATE);
  DgArena *const arena = dg_arena_new();
  assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
  add_quads(store, arena, 0, 3000);
  assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
  DgBuf before = dump_of(store);
  char path[128];
  (void)snprintf(path, sizeof path, "%s/copy", folder);
  assert_int_equal(dg_lmdb_backup(store, path, NULL), DG_OK);
  assert_int_equal(dg_lmdb_backup(store, path, NULL), DG_CONFLICT);
  assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
  add_quads(store, arena, 3000, 5000);
  assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
  DgDataset *copy = NULL;
  assert_int_equal(dg_lmdb_open(path, DG_STORE_READ, NULL, &copy, NULL), DG_OK);
  assert_checks(copy);
  assert_dump(copy, &before);
  assert_int_equal(dg_lmdb_restore(store, copy, NULL), DG_OK);
  assert_checks(store);
  assert_dump(store, &before);
  dg_buf_clear(&before);
  dg_arena_free(arena);
  copy->class_->free(copy);
  store->class_->free(store);
}

static const char some_quads[] =
    "# a comment\n"
    "<http://example.org/s> <http://example.org/p> \"a\\u00E9\\n\"@FR "
    "<http://example.org/g> . # end\n"
    "\n"
    "  _:b.1\t<http://example.org/p>  \"5\"^^<" XSD "integer>.\r\n"
    "_:b.1 <http://example.org/q> _:c .\n"
    "<http://example.org/s> <http://example.org/p> \"a\"^^<" XSD "string> .";

/* The same files give the same store, in bulk or not; a label of one file is
 * not that of another. */
static void
bulk_and_single_loads_agree(void **state)
{
  (void)state;
  char one[128];
  char two[128];
  char bulk[128];
  write_text("one.nq", some_quads);
  write_text("two.ttl", "@prefix : <http://example.org/> .\n"
                        ":s :p 5, 5.0, \"x\" ; :q [ :r ( 1 2 ) ] .\n");
  (void)snprintf(one, sizeof one, "%s/one.nq", folder);
  (void)snprintf(two, sizeof two, "%s/two.ttl", folder);
  (void)snprintf(bulk, sizeof bulk, "%s/bulk", folder);
  (void)strcat(folder, "/single");
  const char *const paths[] = { one, two, one };
  const DgLoadOptions options = { .lenient = false };
  DgLoadCounts counts = { 0, 0, 0 };
  DgDataset *const single = open_store(DG_STORE_CREATE);
  DgDataset *other = NULL;
  DgDiag diag = DG_DIAG_INIT;
  for (int i = 0; i < 3; ++i) {
    if (dg_load_file(single, paths[i], &options, &counts, &diag) != DG_OK) {
      fail_msg("%s", diag.message);
    }
  }
  assert_int_equal(counts.quads, 17);
  assert_int_equal(counts.added, 15);
  assert_int_equal(dg_lmdb_open(bulk, DG_STORE_CREATE, NULL, &other, NULL),
                   DG_OK);
  assert_int_equal(dg_load_bulk(other, paths, 3, &options, &counts, &diag),
                   DG_OK);
  assert_checks(other);
  assert_checks(single);
  DgBuf dump = dump_of(single);
  assert_dump(other, &dump);
  assert_non_null(strstr(dump.data, "\"a\303\251\\n\"@fr"));
  assert_non_null(strstr(dump.data, "_:b.1-2 "));
  /* Once more, into what is there: the blank nodes alone are new. */
  const uint64_t before = count_all(other);
  assert_int_equal(dg_load_bulk(other, paths, 2, &options, &counts, &diag),
                   DG_OK);
  assert_checks(other);
  assert_int_equal(count_all(other), before + 8);
  dg_buf_clear(&dump);
  single->class_->free(single);
  other->class_->free(other);
  folder[strlen(folder) - strlen("/single")] = '\0';
}

static const char *const bad_lines[] = {
  "<http://e/s> <http://e/p> .",
  "<http://e/s> <http://e/p> \"x .",
  "<http://e/s> <http://e/p> \"x\\q\" .",
  "<http://e/s> <http://e/p> \"x\\uD800\" .",
  "<http://e/s> <http://e/p> \"x\"@ .",
  "<http://e/s> <http://e/p> \"x\"@en- .",
  "<http://e/s> \"p\" \"x\" .",
  "<http://e/s> _:p \"x\" .",
  "\"s\" <http://e/p> \"x\" .",
  "<s> <http://e/p> \"x\" .",
  "<http://e/ s> <http://e/p> \"x\" .",
  "<http://e/\\u0020s> <http://e/p> \"x\" .",
  "<http://e/s> <http://e/p> \"x\" <http://e/g> <http://e/h> .",
  "<http://e/s> <http://e/p> \"x\" \"g\" .",
  "<http://e/s> <http://e/p> \"x\" . x",
  "<http://e/s> <http://e/p> \"x\"",
  "<http://e/s> <http://e/p> \"x\" \n.",
  "<http://e/s> <http://e/p> \"\377\" .",
  "_:-b <http://e/p> \"x\" .",
};

static void
bad_lines_are_refused_or_passed_over(void **state)
{
  (void)state;
  char path[128];
  char store_path[128];
  (void)snprintf(path, sizeof path, "%s/bad.nq", folder);
  (void)snprintf(store_path, sizeof store_path, "%s/store", folder);
  DgDataset *store = NULL;
  assert_int_equal(
      dg_lmdb_open(store_path, DG_STORE_CREATE, NULL, &store, NULL), DG_OK);
  for (size_t i = 0; i < sizeof bad_lines / sizeof *bad_lines; ++i) {
    char text[512];
    (void)snprintf(text, sizeof text,
                   "<http://e/%zu> <http://e/p> \"x\" .\n%s\n"
                   "<http://e/%zu> <http://e/p> \"y\" .\n",
                   i, bad_lines[i], i);
    write_text("bad.nq", text);
    DgLoadOptions options = { .lenient = false };
    DgLoadCounts counts = { 0, 0, 0 };
    DgDiag diag = DG_DIAG_INIT;
    if (dg_load_file(store, path, &options, &counts, &diag) != DG_BAD_INPUT) {
      fail_msg("taken: %s", bad_lines[i]);
    }
    assert_int_equal(diag.line, 2);
    assert_true(diag.column > 0);
    assert_int_equal(count_all(store), 2 * i);
    options.lenient = true;
    assert_int_equal(dg_load_file(store, path, &options, &counts, &diag),
                     DG_OK);
    assert_int_equal(counts.added, 2);
    assert_true(counts.skipped > 0);
    dg_diag_clear(&diag);
  }
  store->class_->free(store);
}

/* Threads: each read sees whole batches of BATCH quads, while one writes. */
enum { THREADS = 4, BATCH = 500, BATCHES = 40 };

static void *
read_while_written(void *self)
{
  int *const wrong = self;
  DgDataset *store = NULL;
  if (dg_lmdb_open(folder, DG_STORE_READ, NULL, &store, NULL) != DG_OK) {
    *wrong = 1;
    return NULL;
  }
  uint64_t seen = 0;
  while (!*wrong && seen < BATCH * BATCHES) {
    DgDatasetCursor *cursor = NULL;
    DgIdQuad quad;
    uint64_t n = 0;
    uint64_t counted = 0;
    bool exact = false;
    *wrong |= store->class_->read_begin(store, NULL) != DG_OK;
    *wrong |=
        store->class_->count(store, (DgIdQuad){ 0 }, &counted, &exact) != DG_OK;
    *wrong |= store->class_->find(store, (DgIdQuad){ 0 }, DG_ORDER_POSG,
                                  &cursor) != DG_OK;
    while (!*wrong && store->class_->next(cursor, &quad) == DG_OK) {
      ++n;
    }
    store->class_->close(cursor);
    store->class_->read_end(store);
    *wrong |= n != counted || n % BATCH || n < seen;
    seen = n;
  }
  store->class_->free(store);
  return NULL;
}

static void
threads_read_while_one_writes(void **state)
{
  (void)state;
  DgDataset *const store = open_store(DG_STORE_CREATE);
  DgArena *const arena = dg_arena_new();
  pthread_t threads[THREADS];
  int wrong[THREADS] = { 0 };
  for (int i = 0; i < THREADS; ++i) {
    assert_int_equal(
        pthread_create(&threads[i], NULL, read_while_written, &wrong[i]), 0);
  }
  for (int i = 0; i < BATCHES; ++i) {
    assert_int_equal(store->class_->write_begin(store, NULL), DG_OK);
    add_quads(store, arena, i * BATCH, i * BATCH + BATCH);
    assert_int_equal(store->class_->write_commit(store, NULL), DG_OK);
    if (i == BATCHES / 2) {
      assert_int_equal(dg_lmdb_compact(store, NULL), DG_OK);
    }
  }
  for (int i = 0; i < THREADS; ++i) {
    (void)pthread_join(threads[i], NULL);
    assert_int_equal(wrong[i], 0);
  }
  assert_checks(store);
  dg_arena_free(arena);
  store->class_->free(store);
}

#define STORE_TEST(test)                                                       \
  cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(small_values_are_inline_and_in_order),
    cmocka_unit_test(other_literals_are_not_inline),
    cmocka_unit_test(values_are_read_from_ids),
    cmocka_unit_test(random_decimals_sort_by_value),
    STORE_TEST(random_writes_match_a_plain_set),
    STORE_TEST(a_rollback_leaves_no_trace),
    STORE_TEST(a_reader_keeps_its_snapshot),
    STORE_TEST(a_second_write_of_one_thread_is_refused),
    STORE_TEST(cursors_give_their_order_and_seek),
    STORE_TEST(the_journal_follows_the_transaction),
    STORE_TEST(a_graph_is_replaced_as_a_whole),
    STORE_TEST(what_is_no_store_is_refused),
    STORE_TEST(a_small_map_grows),
    STORE_TEST(growth_by_another_process_is_followed),
    STORE_TEST(compacting_keeps_the_quads),
    STORE_TEST(a_backup_is_a_store),
    STORE_TEST(bulk_and_single_loads_agree),
    STORE_TEST(threads_read_while_one_writes),
    STORE_TEST(bad_lines_are_refused_or_passed_over),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
