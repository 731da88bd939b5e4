/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

/*
 * Containers: what gzip, zstd, xz, bzip2 or lz4 made smaller, and the members
 * of zip, tar and 7z. Each member is a stream of its own, read by the format
 * that it turns out to have. A bomb bursts at the first limit it meets: a
 * member that is no text is left at its head, one article at its size, a
 * member in a member at the depth; and output that outgrows its input by far
 * is stopped here.
 */

enum {
  PIECE = 64 * 1024,
  RATIO_MAX = 2000,             /**< bytes out for a byte in */
  RATIO_FREE = 64 * 1024 * 1024 /**< bytes out before the ratio counts */
};

typedef struct {
  DgStream *stream; /**< of the container's bytes */
  DgDiag *diag;
  DgStatus failed; /**< of that stream */
  DgStr window;    /**< last given to libarchive, not yet taken */
  struct archive *archive;
  uint64_t out; /**< bytes unpacked */
} Box;

static la_ssize_t
give_bytes(struct archive *archive, void *user, const void **bytes)
{
  Box *const box = user;
  (void)archive;
  dg_stream_take(box->stream, box->window.len);
  box->failed = dg_stream_peek(box->stream, 1, &box->window, box->diag);
  if (box->failed != DG_OK) {
    box->window = DG_STR_NONE;
    return -1;
  }
  *bytes = box->window.ptr;
  return (la_ssize_t)box->window.len;
}

static DgStatus
box_failure(Box *box, DgDiag *diag)
{
  if (box->failed != DG_OK) {
    return box->failed;
  }
  const char *const why = archive_error_string(box->archive);
  return dg_diag_set(diag, DG_BAD_INPUT, "the archive is broken: %s",
                     why ? why : "it ends early");
}

/** The source of a member's stream. */
static DgStatus
read_member(void *user, char *bytes, size_t size, size_t *n, DgDiag *diag)
{
  Box *const box = user;
  const la_ssize_t got = archive_read_data(box->archive, bytes, size);
  if (got < 0) {
    return box_failure(box, diag);
  }
  *n = (size_t)got;
  box->out += *n;
  const uint64_t in = box->stream->offset + box->window.len;
  if (box->out > RATIO_FREE && box->out / RATIO_MAX > in) {
    return dg_diag_set(diag, DG_LIMIT, "unpacks to more than %d times its size",
                       RATIO_MAX);
  }
  return DG_OK;
}

/** "archive.zip/dir/member", or the container's own name less ".gz". */
static DgStatus
member_name(const DgInput *input, const char *path, DgBuf *name)
{
  dg_buf_add(name, input->origin);
  if (path && strcmp(path, "data") != 0) {
    dg_buf_printf(name, "/%s", path);
    return dg_buf_status(name);
  }
  static const char *const ends[] = {
    ".gz", ".zst", ".xz", ".bz2", ".lz4", NULL
  };
  for (size_t i = 0; ends[i]; ++i) {
    if (dg_str_ends(dg_buf_str(name), dg_str(ends[i]))) {
      name->len -= strlen(ends[i]);
      break;
    }
  }
  return dg_buf_status(name);
}

static DgStatus
read_entry(DgInput *input, Box *box, const char *path, DgDiag *diag)
{
  DgBuf name = DG_BUF_INIT;
  DgStatus status = member_name(input, path, &name);
  if (status == DG_OK) {
    DgStream member;
    dg_stream_init_source(&member, read_member, box);
    ++input->depth;
    status = dg_input_named(input, dg_buf_str(&name), &member, diag);
    --input->depth;
    dg_stream_clear(&member);
  }
  dg_buf_clear(&name);
  return status;
}

static bool
is_article_name(const char *path)
{
  const char *const slash = strrchr(path, '/');
  const char *const base = slash ? slash + 1 : path;
  return base[0] != '.' && base[0] != '\0' &&
         strncmp(path, "__MACOSX/", 9) != 0;
}

static DgStatus
read_entries(DgInput *input, Box *box, DgDiag *diag)
{
  for (;;) {
    struct archive_entry *entry;
    const int code = archive_read_next_header(box->archive, &entry);
    if (code == ARCHIVE_EOF) {
      return DG_OK;
    }
    if (code < ARCHIVE_WARN) {
      return box_failure(box, diag);
    }
    const char *const path = archive_entry_pathname(entry);
    if (archive_entry_filetype(entry) != AE_IFREG || !path ||
        !is_article_name(path)) {
      continue;
    }
    const bool raw = archive_format(box->archive) == ARCHIVE_FORMAT_RAW;
    const DgStatus status = read_entry(input, box, raw ? NULL : path, diag);
    if (status != DG_OK) {
      if (raw) {
        return status;
      }
      DG_TRY(dg_input_failed(input, status, diag));
    }
  }
}

static DgStatus
open_box(Box *box, DgDiag *diag)
{
  struct archive *const archive = box->archive;
  (void)archive_read_support_filter_gzip(archive);
  (void)archive_read_support_filter_bzip2(archive);
  (void)archive_read_support_filter_xz(archive);
  (void)archive_read_support_filter_zstd(archive);
  (void)archive_read_support_filter_lz4(archive);
  (void)archive_read_support_format_tar(archive);
  (void)archive_read_support_format_zip(archive);
  (void)archive_read_support_format_7zip(archive);
  (void)archive_read_support_format_raw(archive);
  return archive_read_open(archive, box, NULL, give_bytes, NULL) == ARCHIVE_OK
             ? DG_OK
             : box_failure(box, diag);
}

static DgStatus
read_container(DgInput *input, DgStream *stream, DgDiag *diag)
{
  Box box = { .stream = stream, .diag = diag, .archive = archive_read_new() };
  DG_TRY_PTR(box.archive);
  const size_t before = input->articles;
  const size_t failures = input->failures;
  DgStatus status = open_box(&box, diag);
  const bool opened = status == DG_OK;
  if (opened) {
    status = read_entries(input, &box, diag);
  }
  const bool raw = archive_format(box.archive) == ARCHIVE_FORMAT_RAW;
  (void)archive_read_free(box.archive);
  if (status != DG_OK && !raw && input->stopped == DG_OK &&
      (input->articles > before || input->failures > failures)) {
    status = dg_input_failed(input, status, diag);
  }
  if (status != DG_OK || raw) {
    return status;
  }
  return dg_input_outcome(input, before, "archive", diag);
}

static int
sniff_container(DgStr head, DgStr name)
{
  static const struct {
    size_t at;
    DgStr magic;
  } magics[] = {
    { 0, DG_STR("\x1F\x8B\x08") },
    { 0, DG_STR("\x28\xB5\x2F\xFD") },
    { 0, DG_STR("\xFD"
                "7zXZ\x00") },
    { 0, DG_STR("BZh") },
    { 0, DG_STR("\x04\x22\x4D\x18") },
    { 0, DG_STR("PK\x03\x04") },
    { 0, DG_STR("PK\x05\x06") },
    { 0, DG_STR("7z\xBC\xAF\x27\x1C") },
    { 257, DG_STR("ustar") },
  };
  (void)name;
  for (size_t i = 0; i < sizeof magics / sizeof *magics; ++i) {
    const DgStr magic = magics[i].magic;
    if (dg_str_equal(dg_str_sub(head, magics[i].at, magics[i].at + magic.len),
                     magic) &&
        head.len > magics[i].at) {
      return 95;
    }
  }
  return 0;
}

const DgFormat dg_format_archive = {
  .name = "archive",
  .summary = "gzip, zstd, xz, bzip2, zip, tar, 7z: each member by its format",
  .sniff = sniff_container,
  .read = read_container,
};
