/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/article.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * PDF by the pdftotext program, where it is installed: the text it writes is
 * read as plain text, and is the source that spans refer to. The document is
 * handed over as a scratch file without a name of its own.
 */

extern char **environ;

/** A scratch file with these bytes, at its start; -1 on failure. */
static int
scratch_file(DgStr bytes)
{
  char name[] = "/tmp/dealgraph-pdf-XXXXXX";
  const int fd = mkostemp(name, O_CLOEXEC);
  if (fd < 0) {
    return -1;
  }
  (void)unlink(name);
  for (size_t at = 0; at < bytes.len;) {
    const ssize_t n = write(fd, bytes.ptr + at, bytes.len - at);
    if (n < 0 && errno != EINTR) {
      (void)close(fd);
      return -1;
    }
    at += n > 0 ? (size_t)n : 0;
  }
  (void)lseek(fd, 0, SEEK_SET);
  return fd;
}

/** Start pdftotext from `pdf` to `out`. @return errno, 0 for started. */
static int
start(int pdf, int out, pid_t *child)
{
  char *const args[] = { (char[]){ "pdftotext" }, (char[]){ "-q" },
                         (char[]){ "-enc" },      (char[]){ "UTF-8" },
                         (char[]){ "-nopgbrk" },  (char[]){ "/dev/stdin" },
                         (char[]){ "-" },         NULL };
  posix_spawn_file_actions_t actions;
  if (posix_spawn_file_actions_init(&actions) != 0) {
    return ENOMEM;
  }
  (void)posix_spawn_file_actions_adddup2(&actions, pdf, STDIN_FILENO);
  (void)posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  const int error = posix_spawnp(child, args[0], &actions, NULL, args, environ);
  (void)posix_spawn_file_actions_destroy(&actions);
  return error;
}

/** Read what the program writes, at most `limit` bytes. */
static DgStatus
collect(int fd, size_t limit, DgBuf *text, DgDiag *diag)
{
  for (;;) {
    if (!dg_buf_reserve(text, 65536)) {
      return DG_NO_MEMORY;
    }
    const ssize_t n = read(fd, text->data + text->len, 65536);
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n <= 0) {
      return DG_OK;
    }
    text->len += (size_t)n;
    if (text->len > limit) {
      return dg_diag_set(diag, DG_LIMIT,
                         "a PDF whose text is longer than the limit of %zu "
                         "bytes",
                         limit);
    }
  }
}

static DgStatus
run(int pdf, size_t limit, DgBuf *text, DgDiag *diag)
{
  int ends[2];
  pid_t child;
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return dg_diag_set(diag, DG_IO_ERROR, "cannot open a pipe: %s",
                       strerror(errno));
  }
  const int error = start(pdf, ends[1], &child);
  (void)close(ends[1]);
  if (error != 0) {
    (void)close(ends[0]);
    return dg_diag_set(diag, DG_UNSUPPORTED,
                       "a PDF needs the program pdftotext; install "
                       "poppler-utils");
  }
  const DgStatus status = collect(ends[0], limit, text, diag);
  (void)close(ends[0]);
  int code = 0;
  (void)waitpid(child, &code, 0);
  if (status == DG_OK && (!WIFEXITED(code) || WEXITSTATUS(code) != 0)) {
    return WIFEXITED(code) && WEXITSTATUS(code) == 127
               ? dg_diag_set(diag, DG_UNSUPPORTED,
                             "a PDF needs the program pdftotext; install "
                             "poppler-utils")
               : dg_diag_set(diag, DG_BAD_INPUT,
                             "pdftotext cannot read this PDF");
  }
  return status;
}

static DgStatus
read_text(DgInput *input, DgStr text, DgDiag *diag)
{
  DgDecoded decoded;
  DG_TRY(dg_decode(text, DG_STR_NONE, input->arena, &decoded, diag));
  DgDocument document = { .encoding = decoded.encoding, .url = input->url };
  DG_TRY(dg_article_from_plain(&decoded, (DgPlainHead){ false, false },
                               input->arena, &document));
  if (document.text.len == 0) {
    return dg_diag_set(diag, DG_BAD_INPUT,
                       "there is no text in this PDF; it may be a scan");
  }
  return dg_input_emit(input, &document);
}

static DgStatus
read_pdf(DgInput *input, DgStream *stream, DgDiag *diag)
{
  DgStr bytes;
  DG_TRY(dg_input_article(input, stream, &bytes, diag));
  const int pdf = scratch_file(bytes);
  if (pdf < 0) {
    return dg_diag_set(diag, DG_IO_ERROR, "cannot write a scratch file: %s",
                       strerror(errno));
  }
  DgBuf text = DG_BUF_INIT;
  DgStatus status = run(pdf, input->options->limits.article_bytes, &text, diag);
  (void)close(pdf);
  if (status == DG_OK) {
    status = read_text(input, dg_buf_str(&text), diag);
  }
  dg_buf_clear(&text);
  return status;
}

static int
sniff_pdf(DgStr head, DgStr name)
{
  (void)name;
  return dg_str_starts(head, DG_STR("%PDF-")) ? 95 : 0;
}

const DgFormat dg_format_pdf = {
  .name = "pdf",
  .summary = "PDF, by the program pdftotext where it is installed",
  .sniff = sniff_pdf,
  .read = read_pdf,
};
