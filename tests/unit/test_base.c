/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/decimal.h"
#include "base/diag.h"
#include "base/io.h"
#include "base/json.h"
#include "base/regex.h"
#include "base/utf8.h"
#include "base/vec.h"

static void
decimal_text(const char *in, const char *out)
{
  DgDecimal value;
  assert_int_equal(dg_decimal_read(dg_str(in), &value), DG_OK);
  char text[DG_DECIMAL_TEXT];
  assert_int_equal(dg_decimal_write(value, text), strlen(out));
  assert_string_equal(text, out);
}

static void
decimals_are_read_and_written(void **state)
{
  (void)state;
  decimal_text("0", "0");
  decimal_text("-0.50", "-0.5");
  decimal_text("+15000000", "15000000");
  decimal_text("007.25", "7.25");
  decimal_text(".5", "0.5");
  decimal_text("5.", "5");
  decimal_text("0.001", "0.001");
  decimal_text("99999999999999999999999999999999999999",
               "99999999999999999999999999999999999999");
  DgDecimal value;
  assert_int_equal(dg_decimal_read(DG_STR("1e3"), &value), DG_NO_MATCH);
  assert_int_equal(dg_decimal_read(DG_STR("."), &value), DG_NO_MATCH);
  assert_int_equal(dg_decimal_read(DG_STR(""), &value), DG_NO_MATCH);
  assert_int_equal(
      dg_decimal_read(DG_STR("999999999999999999999999999999999999999"),
                      &value),
      DG_LIMIT);
}

static DgDecimal
decimal(const char *text)
{
  DgDecimal value = DG_DECIMAL_ZERO;
  assert_int_equal(dg_decimal_read(dg_str(text), &value), DG_OK);
  return value;
}

static void
assert_decimal(DgDecimal value, const char *expected)
{
  char text[DG_DECIMAL_TEXT];
  (void)dg_decimal_write(value, text);
  assert_string_equal(text, expected);
}

static void
decimals_are_exact(void **state)
{
  (void)state;
  DgDecimal out;
  assert_int_equal(dg_decimal_add(decimal("0.1"), decimal("0.2"), &out), DG_OK);
  assert_decimal(out, "0.3");
  assert_int_equal(dg_decimal_subtract(decimal("1"), decimal("1.5"), &out),
                   DG_OK);
  assert_decimal(out, "-0.5");
  assert_int_equal(
      dg_decimal_multiply(decimal("2.5"), decimal("1000000000"), &out), DG_OK);
  assert_decimal(out, "2500000000");
  assert_int_equal(dg_decimal_divide(decimal("1"), decimal("8"), &out), DG_OK);
  assert_decimal(out, "0.125");
  assert_int_equal(dg_decimal_divide(decimal("10"), decimal("0.25"), &out),
                   DG_OK);
  assert_decimal(out, "40");
  assert_int_equal(dg_decimal_divide(decimal("2"), decimal("3"), &out), DG_OK);
  assert_decimal(out, "0.666666666666666667");
  assert_int_equal(dg_decimal_divide(decimal("1"), decimal("0"), &out),
                   DG_BAD_INPUT);
  assert_true(dg_decimal_compare(decimal("1.50"), decimal("1.5")) == 0);
  assert_true(dg_decimal_compare(decimal("-2"), decimal("1")) < 0);
  assert_true(
      dg_decimal_compare(decimal("99999999999999999999999999999999999999"),
                         decimal("0.5")) > 0);
}

static void
utf8_is_checked(void **state)
{
  (void)state;
  size_t bad = 0;
  assert_true(
      dg_utf8_valid(DG_STR("d\xC3\xA9j\xC3\xA0 \xF0\x9F\x98\x80"), &bad));
  assert_false(dg_utf8_valid(DG_STR("ab\xE9t"), &bad));
  assert_int_equal(bad, 2);
  assert_false(dg_utf8_valid(DG_STR("\xC0\x80"), &bad));
  assert_false(dg_utf8_valid(DG_STR("\xED\xA0\x80"), &bad));
  assert_int_equal(dg_utf8_count(DG_STR("d\xC3\xA9j\xC3\xA0")), 4);
}

static void
folding_strips_case_and_accents(void **state)
{
  (void)state;
  char out[64];
  const DgStr text = DG_STR("\xC3\x89T\xC3\x89 C\xC5\x93ur d\xE2\x80\x99"
                            "\xC5\x81\xC3\xB3"
                            "d\xC5\xBA");
  const size_t n = dg_utf8_fold(text, out);
  assert_str(dg_str_n(out, n), "ete coeur d'lodz");
}

static void
bare_text_has_no_marks(void **state)
{
  (void)state;
  DgBuf buf = DG_BUF_INIT;
  dg_utf8_bare_text(DG_STR("\xC3\x89T\xC3\x89 \xEF\xAC\x81n "
                           "Stra\xC3\x9F"
                           "e \xE2\x84\xAA"),
                    &buf);
  assert_str(dg_buf_str(&buf), "ete fin strasse k");
  dg_buf_reset(&buf);
  dg_utf8_bare_text(DG_STR(""), &buf);
  assert_false(buf.failed);
  assert_int_equal(buf.len, 0);
  dg_buf_clear(&buf);
}

static void
json_strings_are_escaped(void **state)
{
  (void)state;
  DgBuf buf = DG_BUF_INIT;
  dg_json_add_string(&buf, DG_STR("a\"b\\c\n\x01\xFF\xC3\xA9"));
  assert_str(dg_buf_str(&buf), "\"a\\\"b\\\\c\\n\\u0001\xEF\xBF\xBD\xC3\xA9\"");
  dg_buf_clear(&buf);
}

static void
diagnostics_underline_the_line(void **state)
{
  (void)state;
  DgDiag diag = DG_DIAG_INIT;
  (void)dg_diag_set(&diag, DG_BAD_INPUT, "no such word");
  dg_diag_source(&diag, "a.rules");
  dg_diag_point(&diag, DG_STR("one\ntw\xC3\xA9 three\n"), (DgSpan){ 9, 14 });
  DgBuf buf = DG_BUF_INIT;
  dg_diag_print(&diag, &buf);
  assert_str(dg_buf_str(&buf), "a.rules:2:5: no such word\n"
                               "  tw\xC3\xA9 three\n"
                               "      ^^^^^\n");
  dg_buf_clear(&buf);
  dg_diag_clear(&diag);
}

static void
regexes_match_and_trace(void **state)
{
  (void)state;
  DgRegex *regex = NULL;
  DgDiag diag = DG_DIAG_INIT;
  assert_int_equal(dg_regex_new(DG_STR("(?<who>[\\x{E000}-\\x{E0FF}]) buys"), 0,
                                &regex, &diag),
                   DG_OK);
  DgMatcher *const matcher = dg_matcher_new(1000, 64 * 1024);
  DgSpan spans[2];
  assert_int_equal(dg_regex_match(regex, matcher, DG_STR("x \xEE\x80\x81 buys"),
                                  0, spans, 2),
                   DG_OK);
  assert_int_equal(spans[dg_regex_group(regex, "who")].begin, 2);
  assert_int_equal(
      dg_regex_match(regex, matcher, DG_STR("nobody buys"), 0, spans, 2),
      DG_NO_MATCH);
  dg_regex_free(regex);
  assert_int_equal(dg_regex_new(DG_STR("a(b"), 0, &regex, &diag), DG_BAD_INPUT);
  assert_non_null(diag.message);
  dg_diag_clear(&diag);
  assert_int_equal(dg_regex_new(DG_STR("(a+)+$"), 0, &regex, &diag), DG_OK);
  assert_int_equal(dg_regex_match(regex, matcher,
                                  DG_STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"),
                                  0, spans, 2),
                   DG_LIMIT);
  dg_regex_free(regex);
  dg_matcher_free(matcher);
}

static void
arenas_give_and_forget(void **state)
{
  (void)state;
  DgArena *const arena = dg_arena_new();
  DG_VEC(int) numbers = { 0 };
  for (int i = 0; i < 1000; ++i) {
    *DG_VEC_ADD(arena, &numbers) = i;
  }
  assert_int_equal(numbers.n, 1000);
  assert_int_equal(numbers.items[999], 999);
  assert_null(dg_arena_calloc(arena, SIZE_MAX / 2, 16));
  dg_arena_reset(arena);
  assert_int_equal(dg_arena_used(arena), 0);
  dg_arena_free(arena);
  dg_arena_free(NULL);
}

/** Through links in a scratch folder, so that a failure spares the device. */
static void
devices_are_written_in_place(void **state)
{
  (void)state;
  char folder[] = "/tmp/dealgraph-base-XXXXXX";
  assert_non_null(mkdtemp(folder));
  char fifo[64];
  char full[64];
  (void)snprintf(fifo, sizeof fifo, "%s/fifo", folder);
  (void)snprintf(full, sizeof full, "%s/full", folder);
  assert_int_equal(mkfifo(fifo, 0600), 0);
  assert_int_equal(symlink("/dev/full", full), 0);
  const int reader = open(fifo, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  assert_true(reader >= 0);

  DgDiag diag = DG_DIAG_INIT;
  DgOutput *out = NULL;
  assert_int_equal(dg_output_open(fifo, &out, &diag), DG_OK);
  dg_output_write(out, DG_STR("deal"));
  assert_int_equal(dg_output_commit(out, &diag), DG_OK);
  char bytes[8];
  assert_int_equal(read(reader, bytes, sizeof bytes), 4);
  assert_memory_equal(bytes, "deal", 4);
  struct stat info;
  assert_int_equal(lstat(fifo, &info), 0);
  assert_true(S_ISFIFO(info.st_mode));

  assert_int_equal(dg_output_open(full, &out, &diag), DG_OK);
  dg_output_write(out, DG_STR("deal"));
  assert_int_equal(dg_output_commit(out, &diag), DG_IO_ERROR);
  assert_non_null(diag.message);
  assert_int_equal(lstat(full, &info), 0);
  assert_true(S_ISLNK(info.st_mode));

  dg_diag_clear(&diag);
  (void)close(reader);
  (void)unlink(fifo);
  (void)unlink(full);
  (void)rmdir(folder);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(decimals_are_read_and_written),
    cmocka_unit_test(decimals_are_exact),
    cmocka_unit_test(utf8_is_checked),
    cmocka_unit_test(folding_strips_case_and_accents),
    cmocka_unit_test(bare_text_has_no_marks),
    cmocka_unit_test(json_strings_are_escaped),
    cmocka_unit_test(diagnostics_underline_the_line),
    cmocka_unit_test(regexes_match_and_trace),
    cmocka_unit_test(arenas_give_and_forget),
    cmocka_unit_test(devices_are_written_in_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
