/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/copies.h"

#include "test.h"
#include "test_input.h"

/** A document of made-up words; `seed` decides them all. */
static DgStr
words(DgBuf *out, uint32_t seed, int from, int to)
{
  dg_buf_reset(out);
  for (int i = 0; i < to; ++i) {
    seed = seed * 1103515245U + 12345U;
    if (i >= from) {
      dg_buf_printf(out, "mot%c%c ", 'a' + (int)(seed >> 16 & 15U),
                    'a' + (int)(seed >> 20 & 15U));
      dg_buf_printf(out, "%c%u ", i % 9 ? 'q' : 'Q', seed >> 24);
    }
  }
  return dg_buf_str(out);
}

static DgPrint
print_of(DgStr text, const char *url, const char *day)
{
  DgDocument document = { .text = text, .url = dg_str(url) };
  if (day) {
    assert_int_equal(dg_date_read(dg_str(day), &document.published), DG_OK);
  }
  DgPrint print;
  assert_int_equal(dg_print_of(&document, &print), DG_OK);
  return print;
}

static void
the_same_words_are_a_copy(void **state)
{
  (void)state;
  const DgPrint a =
      print_of(DG_STR("L'Été — fini : Solvane achète Microtec, dit Solvane."),
               NULL, NULL);
  const DgPrint b = print_of(
      DG_STR("l’ete, fini, solvane achete microtec dit solvane"), NULL, NULL);
  assert_true(dg_print_same(&a, &b));
  const DgPrint c =
      print_of(DG_STR("L'été, fini : Solvane achète Larkspur, dit Solvane."),
               NULL, NULL);
  assert_false(dg_print_same(&a, &c));
  /* Two words may be anyone's. */
  const DgPrint d = print_of(DG_STR("En bref"), NULL, NULL);
  assert_false(dg_print_same(&d, &d));
}

static void
a_cut_text_is_a_copy(void **state)
{
  (void)state;
  DgBuf out = DG_BUF_INIT;
  const DgPrint whole = print_of(words(&out, 7, 0, 300), NULL, "2024-03-04");
  const DgPrint cut = print_of(words(&out, 7, 0, 180), NULL, "2024-03-05");
  const DgPrint late = print_of(words(&out, 7, 0, 180), NULL, "2024-06-05");
  const DgPrint other = print_of(words(&out, 8, 0, 300), NULL, "2024-03-04");
  assert_true(dg_print_same(&whole, &cut));
  assert_true(dg_print_same(&cut, &whole));
  assert_false(dg_print_same(&whole, &late));
  assert_false(dg_print_same(&whole, &other));
  assert_true(dg_print_resemblance(&whole, &other) < 0.1);
  dg_buf_clear(&out);
}

/** One form, filled in with other names and amounts. */
static DgStr
notice(DgBuf *out, const char *name, const char *amount)
{
  dg_buf_reset(out);
  for (int i = 0; i < 6; ++i) {
    dg_buf_printf(out,
                  "La société annonce que le nombre total de droits de vote "
                  "et d'actions qui composent son capital figure ci-après, "
                  "au titre %c de l'article cité. ",
                  'a' + i);
  }
  dg_buf_printf(out, "%s détient %s actions, cotées à %s.", name, amount, name);
  return dg_buf_str(out);
}

static void
a_form_filled_in_anew_is_none(void **state)
{
  (void)state;
  DgBuf out = DG_BUF_INIT;
  const DgPrint a =
      print_of(notice(&out, "Solvane Paris", "120345 sur 98"), NULL, NULL);
  const DgPrint b =
      print_of(notice(&out, "Microtec Lyon", "77120 sur 64"), NULL, NULL);
  assert_true(dg_print_resemblance(&a, &b) > 0.6);
  assert_false(dg_print_same(&a, &b));
  dg_buf_clear(&out);
}

static void
an_address_tells_a_page(void **state)
{
  (void)state;
  DgBuf out = DG_BUF_INIT;
  const DgPrint a = print_of(words(&out, 7, 0, 300),
                             "http://www.a.example/b/?utm_id=1", NULL);
  const DgPrint b =
      print_of(words(&out, 7, 200, 400), "https://a.example/b", NULL);
  const DgPrint c =
      print_of(words(&out, 7, 0, 300), "https://a.example/", NULL);
  assert_true(dg_print_same(&a, &b));
  assert_int_equal(c.url, 0);
  dg_buf_clear(&out);
}

/** Group of each of the articles, which are given in some order. */
static void
groups(const DgPrint *prints, const size_t *order, size_t n, size_t *of)
{
  DgCopies *const copies = dg_copies_new(100000);
  assert_non_null(copies);
  for (size_t i = 0; i < n; ++i) {
    assert_int_equal(dg_copies_add(copies, &prints[order[i]]), DG_OK);
  }
  assert_int_equal(dg_copies_count(copies), n);
  for (size_t i = 0; i < n; ++i) {
    of[order[i]] = order[dg_copies_first(copies, (uint32_t)i)];
  }
  dg_copies_free(copies);
}

static void
groups_know_no_order(void **state)
{
  (void)state;
  enum { N = 900 };
  static DgPrint prints[N];
  static size_t order[N], back[N], one[N], two[N];
  DgBuf out = DG_BUF_INIT;
  for (size_t i = 0; i < N; ++i) {
    /* Stories of three tellings each. */
    prints[i] = print_of(words(&out, (uint32_t)(i % (N / 3)) * 97 + 5, 0,
                               200 - (int)(i / (N / 3)) * 25),
                         NULL, NULL);
    order[i] = i;
    back[i] = N - 1 - i;
  }
  groups(prints, order, N, one);
  groups(prints, back, N, two);
  for (size_t i = 0; i < N; ++i) {
    assert_int_equal(one[i], i % (N / 3));
    assert_int_equal(two[i], i % (N / 3) + 2 * (N / 3));
  }
  dg_buf_clear(&out);
}

static void
what_is_remembered_has_a_bound(void **state)
{
  (void)state;
  DgBuf out = DG_BUF_INIT;
  DgCopies *const copies = dg_copies_new(1);
  const DgPrint a = print_of(words(&out, 1, 0, 99), NULL, NULL);
  const DgPrint b = print_of(words(&out, 2, 0, 99), NULL, NULL);
  assert_int_equal(dg_copies_find(copies, &a), DG_COPIES_NONE);
  assert_int_equal(dg_copies_add(copies, &a), DG_OK);
  assert_int_equal(dg_copies_add(copies, &b), DG_LIMIT);
  assert_int_equal(dg_copies_find(copies, &a), 0);
  assert_int_equal(dg_copies_find(copies, &b), DG_COPIES_NONE);
  dg_copies_free(copies);
  dg_buf_clear(&out);
}

static void
a_print_is_read_as_it_was_written(void **state)
{
  (void)state;
  DgBuf out = DG_BUF_INIT;
  const DgPrint a =
      print_of(words(&out, 1, 0, 99), "https://a.example/b", "1969-12-30");
  char bytes[DG_PRINT_BYTES];
  DgPrint b;
  dg_print_write(&a, bytes);
  assert_true(dg_print_read(dg_str_n(bytes, sizeof bytes), &b));
  assert_memory_equal(&a, &b, sizeof a);
  assert_false(dg_print_read(dg_str_n(bytes, sizeof bytes - 1), &b));
  dg_buf_clear(&out);
}

/* ---- how it is read ---- */

static void
a_long_article_is_cut_at_a_paragraph(void **state)
{
  (void)state;
  DgReadOptions options = plain_options();
  options.limits.article_bytes = 90;
  options.cut = true;
  assert_reads(DG_STR("Un titre\n\nSolvane a acheté Microtec pour un prix non "
                      "communiqué.\n\nLa suite est trop longue pour ce qui "
                      "est permis.\n"),
               "x", options,
               "id: x\ntitle: Un titre\nlang: fr\nencoding: UTF-8\n"
               "notice: longer than the limit: cut at a paragraph; no "
               "publication date found: relative dates stay open\n"
               "flag: truncated\nflag: cut\n[title] Un titre\n"
               "[paragraph] Solvane a acheté Microtec pour un prix non "
               "communiqué.\n");
}

static void
a_mapping_reaches_members_of_members(void **state)
{
  (void)state;
  DgReadOptions options = plain_options();
  options.mapping = "text = page.corps\ntitle = page.titre";
  assert_reads(
      DG_STR("{\"page\": {\"titre\": \"Un\", \"corps\": \"Le corps.\"}}"), "x",
      options,
      "id: x#1\ntitle: Un\nlang: fr\nencoding: UTF-8\nnotice: no publication "
      "date found: relative dates stay open\n[title] Un\n[paragraph] Le "
      "corps.\n");
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(dg_mapping_check(DG_STR("# x\n\ntext = a, b\n"), &diag),
                   DG_OK);
  assert_int_equal(dg_mapping_check(DG_STR("text = a\ncorps = b\n"), &diag),
                   DG_BAD_INPUT);
  assert_non_null(strstr(diag.message, "line 2: no field \"corps\""));
  dg_diag_clear(&diag);
  assert_int_equal(dg_mapping_check(DG_STR("text\n"), &diag), DG_BAD_INPUT);
  dg_diag_clear(&diag);
}

static bool
is_known(void *user, uint64_t source)
{
  Seen *const seen = user;
  return source == seen->known;
}

static DgStatus
note_source(void *user, const DgDocument *document)
{
  Seen *const seen = user;
  ++seen->n;
  seen->known = seen->known ? seen->known : document->source;
  assert_non_null(document->format);
  return DG_OK;
}

static void
what_is_done_is_left_out(void **state)
{
  (void)state;
  static const char *const inputs[] = {
    "Un titre\n\nUn corps de texte.\n",
    "<html><body><h1>Un titre</h1><p>Un corps de texte, assez long pour en "
    "être un.</p></body></html>",
    "# Un titre\n\nUn *corps* de texte.\n",
    "{\"title\": \"a\", \"text\": \"b c d\"}\n{\"title\": \"x\", \"text\": "
    "\"y\"}\n",
    "title,text\nUn,Un corps\nDeux,Un autre\n",
  };
  DgReadOptions options = plain_options();
  options.known = is_known;
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; ++i) {
    Seen seen = { .n = 0 };
    assert_int_equal(dg_input_read(dg_str(inputs[i]), "x", &options,
                                   note_source, NULL, &seen, NULL),
                     DG_OK);
    assert_true(seen.known);
    const size_t all = seen.n;
    seen.n = 0;
    assert_int_equal(dg_input_read(dg_str(inputs[i]), "x", &options,
                                   note_source, NULL, &seen, NULL),
                     DG_OK);
    assert_int_equal(seen.n, all - 1);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_same_words_are_a_copy),
    cmocka_unit_test(a_cut_text_is_a_copy),
    cmocka_unit_test(a_form_filled_in_anew_is_none),
    cmocka_unit_test(an_address_tells_a_page),
    cmocka_unit_test(groups_know_no_order),
    cmocka_unit_test(what_is_remembered_has_a_bound),
    cmocka_unit_test(a_print_is_read_as_it_was_written),
    cmocka_unit_test(a_long_article_is_cut_at_a_paragraph),
    cmocka_unit_test(a_mapping_reaches_members_of_members),
    cmocka_unit_test(what_is_done_is_left_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
