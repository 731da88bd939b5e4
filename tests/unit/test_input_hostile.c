/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test_input.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/** An archive being written to memory. */
typedef struct {
  struct archive *archive;
  char *bytes;
  size_t size;
  size_t used;
} Pack;

static void
pack_open(Pack *pack, bool zip)
{
  pack->size = 4U * 1024 * 1024;
  pack->bytes = malloc(pack->size);
  assert_non_null(pack->bytes);
  pack->archive = archive_write_new();
  if (zip) {
    assert_int_equal(archive_write_set_format_zip(pack->archive), ARCHIVE_OK);
  } else {
    assert_int_equal(archive_write_set_format_ustar(pack->archive), ARCHIVE_OK);
    assert_int_equal(archive_write_add_filter_gzip(pack->archive), ARCHIVE_OK);
  }
  assert_int_equal(archive_write_open_memory(pack->archive, pack->bytes,
                                             pack->size, &pack->used),
                   ARCHIVE_OK);
}

/** Add a member of `times` copies of `bytes`. */
static void
pack_add(Pack *pack, const char *name, DgStr bytes, size_t times)
{
  struct archive_entry *const entry = archive_entry_new();
  archive_entry_set_pathname(entry, name);
  archive_entry_set_size(entry, (la_int64_t)(bytes.len * times));
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  assert_int_equal(archive_write_header(pack->archive, entry), ARCHIVE_OK);
  for (size_t i = 0; i < times; ++i) {
    assert_int_equal(archive_write_data(pack->archive, bytes.ptr, bytes.len),
                     (la_ssize_t)bytes.len);
  }
  archive_entry_free(entry);
}

static DgStr
pack_close(Pack *pack)
{
  assert_int_equal(archive_write_free(pack->archive), ARCHIVE_OK);
  return dg_str_n(pack->bytes, pack->used);
}

/** Read and compare texts, each ended by "|", and errors. */
static void
assert_gives(DgStr bytes, DgStatus status, const char *texts,
             const char *errors)
{
  Seen seen = { .n = 0 };
  DgDiag diag = DG_DIAG_INIT;
  DgReadOptions options = plain_options();
  options.limits.article_bytes = 1024 * 1024;
  const DgStatus got =
      dg_input_read(bytes, "x", &options, see, see_error, &seen, &diag);
  for (size_t i = 0; i < seen.text.len; ++i) {
    seen.text.data[i] = seen.text.data[i] ? seen.text.data[i] : '|';
  }
  if (got != status) {
    fail_msg("%s: %s", dg_status_text(got), diag.message ? diag.message : "");
  }
  assert_str(dg_buf_str(&seen.text), texts);
  assert_str(dg_buf_str(&seen.errors), errors);
  assert_true(got == DG_OK || diag.message);
  dg_diag_clear(&diag);
  seen_clear(&seen);
}

static void
archives_are_read_member_by_member(void **state)
{
  (void)state;
  for (int zip = 0; zip < 2; ++zip) {
    Pack pack;
    pack_open(&pack, zip);
    pack_add(&pack, "a.txt", DG_STR("Titre A"), 1);
    pack_add(&pack, ".hidden", DG_STR("Titre"), 1);
    pack_add(&pack, "dir/b.json", DG_STR("{\"title\": \"Titre B\"}"), 1);
    assert_gives(pack_close(&pack), DG_OK, "Titre A|Titre B|", "");
    free(pack.bytes);
  }
}

/** `bytes` through a filter of libarchive, without an archive around. */
static void
squeeze(Pack *pack, int filter, DgStr bytes, size_t times)
{
  pack->size = 4U * 1024 * 1024;
  pack->bytes = malloc(pack->size);
  assert_non_null(pack->bytes);
  pack->archive = archive_write_new();
  assert_int_equal(archive_write_set_format_raw(pack->archive), ARCHIVE_OK);
  assert_int_equal(archive_write_add_filter(pack->archive, filter), ARCHIVE_OK);
  assert_int_equal(archive_write_open_memory(pack->archive, pack->bytes,
                                             pack->size, &pack->used),
                   ARCHIVE_OK);
  pack_add(pack, "data", bytes, times);
}

static void
compression_is_seen_through(void **state)
{
  (void)state;
  static const int filters[] = { ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_ZSTD,
                                 ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_BZIP2,
                                 ARCHIVE_FILTER_LZ4 };
  static const char zeros[65536];
  for (size_t i = 0; i < sizeof filters / sizeof *filters; ++i) {
    Pack pack;
    squeeze(&pack, filters[i], DG_STR("{\"title\": \"Titre\"}\n"), 2);
    assert_gives(pack_close(&pack), DG_OK, "Titre|Titre|", "");
    free(pack.bytes);
    squeeze(&pack, filters[i], dg_str_n(zeros, sizeof zeros), 2048);
    assert_gives(pack_close(&pack), DG_BAD_INPUT, "", "");
    free(pack.bytes);
  }
}

static void
a_bomb_of_zeros_is_refused_at_its_head(void **state)
{
  (void)state;
  static const char zeros[65536];
  Pack pack;
  pack_open(&pack, true);
  pack_add(&pack, "bomb", dg_str_n(zeros, sizeof zeros), 4096);
  pack_add(&pack, "a.txt", DG_STR("Titre A"), 1);
  assert_gives(pack_close(&pack), DG_OK, "Titre A|",
               "bad input: not a text file, and no format that is known; give "
               "plain text, HTML, JSON or an archive of these\n");
  free(pack.bytes);
}

static void
a_bomb_of_text_is_stopped_at_the_limit(void **state)
{
  (void)state;
  char text[4096];
  memset(text, 'a', sizeof text);
  text[sizeof text - 1] = '\n';
  Pack pack;
  pack_open(&pack, true);
  pack_add(&pack, "bomb", dg_str_n(text, sizeof text), 16384);
  pack_add(&pack, "a.txt", DG_STR("Titre A"), 1);
  assert_gives(pack_close(&pack), DG_OK, "Titre A|",
               "limit reached: an article longer than the limit of 1048576 "
               "bytes; raise the limit or split it\n");
  free(pack.bytes);
}

static void
containers_are_opened_only_so_deep(void **state)
{
  (void)state;
  DgStr inner = DG_STR("Titre");
  char *held = NULL;
  for (int depth = 0; depth < 5; ++depth) {
    Pack pack;
    pack_open(&pack, true);
    pack_add(&pack, depth == 0 ? "a.txt" : "a.zip", inner, 1);
    inner = pack_close(&pack);
    free(held);
    held = pack.bytes;
    if (depth == 2) {
      assert_gives(inner, DG_OK, "Titre|", "");
    }
  }
  Seen seen = { .n = 0 };
  DgDiag diag = DG_DIAG_INIT;
  const DgReadOptions options = plain_options();
  assert_int_equal(
      dg_input_read(inner, "x", &options, see, see_error, &seen, &diag),
      DG_LIMIT);
  assert_non_null(strstr(seen.errors.data, "nested more than"));
  dg_diag_clear(&diag);
  seen_clear(&seen);
  free(held);
}

static void
a_cut_archive_gives_what_is_whole(void **state)
{
  (void)state;
  Pack pack;
  pack_open(&pack, false);
  pack_add(&pack, "a.txt", DG_STR("Titre A"), 1);
  static char noise[300000];
  uint32_t seed = 5;
  for (size_t i = 0; i < sizeof noise; ++i) {
    seed = seed * 1103515245U + 12345U;
    noise[i] = (char)('a' + (seed >> 16) % 26);
  }
  pack_add(&pack, "b.txt", dg_str_n(noise, sizeof noise), 1);
  const DgStr all = pack_close(&pack);
  Seen seen = { .n = 0 };
  DgDiag diag = DG_DIAG_INIT;
  const DgReadOptions options = plain_options();
  assert_int_equal(dg_input_read(dg_str_sub(all, 0, all.len - 5000), "x",
                                 &options, see, see_error, &seen, &diag),
                   DG_OK);
  assert_int_equal(seen.n, 1);
  assert_non_null(strstr(seen.errors.data, "archive is broken"));
  seen_clear(&seen);
  /* Cut anywhere, it must end, and say why. */
  for (size_t cut = 1; cut < all.len; cut += 997) {
    seen = (Seen){ .n = 0 };
    const DgStatus status = dg_input_read(
        dg_str_sub(all, 0, cut), "x", &options, see, see_error, &seen, &diag);
    assert_true(status == DG_OK || diag.message);
    seen_clear(&seen);
  }
  dg_diag_clear(&diag);
  free(pack.bytes);
}

static void
deep_json_is_refused(void **state)
{
  (void)state;
  DgBuf json = DG_BUF_INIT;
  dg_buf_add(&json, DG_STR("{\"title\": \"a\"}\n{\"x\": "));
  for (int i = 0; i < 100000; ++i) {
    dg_buf_add_char(&json, '[');
  }
  for (int i = 0; i < 100000; ++i) {
    dg_buf_add_char(&json, ']');
  }
  dg_buf_add(&json, DG_STR("}\n{\"title\": \"b\"}\n"));
  assert_gives(dg_buf_str(&json), DG_OK, "a|b|",
               "bad input: record 2 is not JSON: maximum parsing depth "
               "reached near '[', line 1\n");
  dg_buf_clear(&json);
}

static void
unreadable_files_stop_no_other(void **state)
{
  (void)state;
  if (geteuid() == 0) {
    print_message("skipped: root reads every file\n");
    skip();
  }
  char folder[] = "/tmp/dg-input-XXXXXX";
  assert_non_null(mkdtemp(folder));
  char path[64];
  for (int i = 0; i < 2; ++i) {
    (void)snprintf(path, sizeof path, "%s/%d.txt", folder, i);
    FILE *const file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs("Titre", file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, i == 0 ? 0 : 0600), 0);
  }
  Seen seen = { .n = 0 };
  DgDiag diag = DG_DIAG_INIT;
  const DgReadOptions options = plain_options();
  assert_int_equal(
      dg_input_read_path(folder, &options, see, see_error, &seen, &diag),
      DG_OK);
  assert_int_equal(seen.n, 1);
  assert_non_null(strstr(seen.errors.data, "cannot open"));
  seen_clear(&seen);
  dg_diag_clear(&diag);
  for (int i = 0; i < 2; ++i) {
    (void)snprintf(path, sizeof path, "%s/%d.txt", folder, i);
    (void)unlink(path);
  }
  (void)rmdir(folder);
}

/** Any byte of `seed` may be anything: reading ends, and says why. */
static void
survive_noise(DgStr seed, uint32_t random)
{
  char bytes[4096];
  const DgReadOptions options = plain_options();
  for (int round = 0; round < 300; ++round) {
    const size_t len = seed.len < sizeof bytes ? seed.len : sizeof bytes;
    memcpy(bytes, seed.ptr, len);
    for (int k = 0; k < 6; ++k) {
      random = random * 1103515245U + 12345U;
      bytes[(random >> 8) % len] = (char)(random >> 24);
    }
    Seen seen = { .n = 0 };
    DgDiag diag = DG_DIAG_INIT;
    const DgStatus status = dg_input_read(dg_str_n(bytes, len), "x", &options,
                                          see, see_error, &seen, &diag);
    assert_true(status == DG_OK || diag.message);
    dg_diag_clear(&diag);
    seen_clear(&seen);
  }
}

static void
noise_breaks_nothing(void **state)
{
  (void)state;
  static const char *const seeds[] = {
    "Titre\n\nPublié le 28-02-2024 par Luc Aubry\n\nLe corps du texte.\n",
    "<html><head><title>a</title></head><body><div><h1>b</h1><p>Le corps "
    "&eacute; du texte, qui est assez long pour compter comme tel.</p></div>",
    "{\"title\": \"a\\u00e9\", \"text\": \"Le corps.\", \"date\": 1e5}\n",
    "title,text,date\n\"a \"\"b\",\"Le corps\n\",2024-02-03\n",
    "<rss><channel><item><title>a</title><link>b</link></item></channel>",
    "From: a <a@e.org>\nSubject: =?utf-8?Q?a=20b?=\nDate: Mon, 4 Mar 2024\n"
    "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nText\n--x--\n",
    "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 60\r\n\r\nHTTP/1.1 "
    "200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>Le corps</p>",
    "---\ntitle: a\n---\n\n# b\n\n[c](d) **e** `f`\n",
  };
  for (size_t i = 0; i < sizeof seeds / sizeof *seeds; ++i) {
    survive_noise(dg_str(seeds[i]), (uint32_t)i + 1);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(archives_are_read_member_by_member),
    cmocka_unit_test(compression_is_seen_through),
    cmocka_unit_test(a_bomb_of_zeros_is_refused_at_its_head),
    cmocka_unit_test(a_bomb_of_text_is_stopped_at_the_limit),
    cmocka_unit_test(containers_are_opened_only_so_deep),
    cmocka_unit_test(a_cut_archive_gives_what_is_whole),
    cmocka_unit_test(deep_json_is_refused),
    cmocka_unit_test(unreadable_files_stop_no_other),
    cmocka_unit_test(noise_breaks_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
