/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "base/buf.h"
#include "text/text.h"

/* Tokens joined by "|", sentences ended by " / ". */
static void
assert_cut(const char *in, const char *expected)
{
  DgArena *const arena = dg_arena_new();
  DgText text;
  assert_int_equal(dg_text_read_string(dg_str(in), DG_LANG_FR, arena, &text),
                   DG_OK);
  DgBuf out = DG_BUF_INIT;
  for (size_t i = 0; i < text.n_sentences; ++i) {
    dg_buf_add(&out, dg_str(i ? " / " : ""));
    for (uint32_t t = text.sentences[i].first; t < text.sentences[i].end; ++t) {
      dg_buf_add(&out, dg_str(t > text.sentences[i].first ? "|" : ""));
      dg_buf_add(&out, dg_token_surface(&text, &text.tokens[t]));
    }
  }
  assert_str(dg_buf_str(&out), expected);
  dg_buf_clear(&out);
  dg_arena_free(arena);
}

static void
words_are_cut(void **state)
{
  (void)state;
  assert_cut("l'usine d\xE2\x80\x99Orange", "l'|usine|d\xE2\x80\x99|Orange");
  assert_cut("Apple's joint-venture", "Apple|'s|joint|-|venture");
  assert_cut("aujourd'hui, O'Reilly don't", "aujourd'hui|,|O'Reilly|don't");
  assert_cut("qu'elle jusqu'ici", "qu'|elle|jusqu'|ici");
  assert_cut("1,5 million, 94.000 et 8x7B", "1,5|million|,|94.000|et|8x7B");
  assert_cut("Booking.com vaut 15M\xE2\x82\xAC.",
             "Booking.com|vaut|15M|\xE2\x82\xAC|.");
  assert_cut("AT&T, Canal+", "AT|&|T|,|Canal|+");
}

static void
sentences_end_where_they_should(void **state)
{
  (void)state;
  assert_cut("Il ach\xC3\xA8te. Elle vend.",
             "Il|ach\xC3\xA8te|. / Elle|vend|.");
  assert_cut("M. Dupont de Widget Inc. vend U.S. Steel.",
             "M|.|Dupont|de|Widget|Inc|.|vend|U.S.|Steel|.");
  assert_cut("Widget Inc. The group", "Widget|Inc|. / The|group");
  assert_cut("J. R. Smith joue. Fin", "J|.|R|.|Smith|joue|. / Fin");
  assert_cut("\xC2\xAB Oui. \xC2\xBB Puis non.",
             "\xC2\xAB|Oui|.|\xC2\xBB / Puis|non|.");
  assert_cut("Vraiment ? Oui ! bien", "Vraiment|? / Oui|!|bien");
  assert_cut("cit\xC3\xA9 par l'AFP.Le groupe",
             "cit\xC3\xA9|par|l'|AFP|. / Le|groupe");
}

static void
forms_are_lower_case_and_folded(void **state)
{
  (void)state;
  DgArena *const arena = dg_arena_new();
  DgText text;
  assert_int_equal(dg_text_read_string(DG_STR("\xC3\x89TAT Lev\xC3\xA9 iPhone"),
                                       DG_LANG_FR, arena, &text),
                   DG_OK);
  assert_int_equal(text.n_tokens, 3);
  assert_str(dg_token_word(&text.tokens[0]), "\xC3\xA9tat");
  assert_str(dg_token_folded(&text.tokens[0]), "etat");
  assert_str(dg_token_word(&text.tokens[1]), "lev\xC3\xA9");
  assert_str(dg_token_folded(&text.tokens[1]), "leve");
  assert_true(text.tokens[0].flags & DG_TOKEN_UPPER);
  assert_true(text.tokens[0].flags & DG_TOKEN_FIRST);
  assert_true(text.tokens[1].flags & DG_TOKEN_CAPITAL);
  assert_true(text.tokens[2].flags & DG_TOKEN_MIXED);
  assert_false(text.tokens[2].flags & DG_TOKEN_CAPITAL);
  dg_arena_free(arena);
}

static void
a_long_sentence_is_cut(void **state)
{
  (void)state;
  DgBuf words = DG_BUF_INIT;
  for (int i = 0; i < 10000; ++i) {
    dg_buf_add(&words, DG_STR("mot "));
  }
  DgArena *const arena = dg_arena_new();
  DgText text;
  assert_int_equal(
      dg_text_read_string(dg_buf_str(&words), DG_LANG_FR, arena, &text), DG_OK);
  assert_int_equal(text.n_tokens, 10000);
  assert_true(text.cut >= 9);
  dg_arena_free(arena);
  dg_buf_clear(&words);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(words_are_cut),
    cmocka_unit_test(sentences_end_where_they_should),
    cmocka_unit_test(forms_are_lower_case_and_folded),
    cmocka_unit_test(a_long_sentence_is_cut),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
