/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static DgStatus
io_failure(DgDiag *diag, const char *path, const char *verb, int error)
{
  const DgStatus status = error == ENOENT ? DG_NOT_FOUND : DG_IO_ERROR;
  (void)dg_diag_set(diag, status, "cannot %s: %s", verb, strerror(error));
  dg_diag_source(diag, path);
  return status;
}

static DgStatus
read_all(int fd, const char *path, size_t limit, DgBuf *out, DgDiag *diag)
{
  for (;;) {
    if (!dg_buf_reserve(out, 64 * 1024)) {
      return DG_NO_MEMORY;
    }
    const ssize_t n = read(fd, out->data + out->len, out->cap - out->len - 1);
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n < 0) {
      return io_failure(diag, path, "read", errno);
    }
    out->len += (size_t)n;
    out->data[out->len] = '\0';
    if (n == 0) {
      return DG_OK;
    }
    if (limit && out->len > limit) {
      (void)dg_diag_set(diag, DG_LIMIT, "longer than the limit of %zu bytes",
                        limit);
      dg_diag_source(diag, path);
      return DG_LIMIT;
    }
  }
}

DgStatus
dg_io_read(const char *path, size_t limit, DgBuf *out, DgDiag *diag)
{
  const bool is_stdin = !strcmp(path, "-");
  const int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return io_failure(diag, path, "open", errno);
  }
  struct stat info;
  DgStatus status = DG_OK;
  if (!fstat(fd, &info) && S_ISDIR(info.st_mode)) {
    status = io_failure(diag, path, "read", EISDIR);
  } else {
    status = read_all(fd, path, limit, out, diag);
  }
  if (!is_stdin) {
    (void)close(fd);
  }
  return status;
}

struct DgOutput {
  char *path;
  char *scratch; /**< null where bytes go straight to the descriptor */
  int fd;
  int error; /**< first errno, 0 while all is well */
  DgBuf pending;
};

enum { FLUSH_AT = 256 * 1024 };

static void
flush_pending(DgOutput *out)
{
  size_t at = 0;
  while (!out->error && at < out->pending.len) {
    const ssize_t n =
        write(out->fd, out->pending.data + at, out->pending.len - at);
    if (n >= 0) {
      at += (size_t)n;
    } else if (errno != EINTR) {
      out->error = errno;
    }
  }
  dg_buf_reset(&out->pending);
}

static void
free_output(DgOutput *out)
{
  if (out->fd >= 0 && out->fd != STDOUT_FILENO) {
    (void)close(out->fd);
  }
  dg_buf_clear(&out->pending);
  free(out->path);
  free(out->scratch);
  free(out);
}

static int
open_scratch(DgOutput *out)
{
  DgBuf name = DG_BUF_INIT;
  dg_buf_printf(&name, "%s.XXXXXX", out->path);
  if (!name.data) {
    return -1;
  }
  out->scratch = name.data;
  const int fd = mkostemp(out->scratch, O_CLOEXEC);
  if (fd >= 0) {
    /* mkstemp gives 0600; an ordinary file follows the umask. */
    const mode_t mask = umask(0);
    (void)umask(mask);
    (void)fchmod(fd, 0666 & ~mask);
  }
  return fd;
}

/** A rename would put an ordinary file in the place of a device or pipe. */
static bool
writes_in_place(const char *path)
{
  struct stat info;
  return !stat(path, &info) && !S_ISREG(info.st_mode);
}

DgStatus
dg_output_open(const char *path, DgOutput **result, DgDiag *diag)
{
  DgOutput *const out = calloc(1, sizeof *out);
  DG_TRY_PTR(out);
  out->fd = STDOUT_FILENO;
  out->path = strdup(path);
  if (out->path && strcmp(path, "-")) {
    out->fd = writes_in_place(path) ? open(path, O_WRONLY | O_CLOEXEC)
                                    : open_scratch(out);
  }
  if (!out->path || out->fd < 0) {
    const int error = errno;
    free_output(out);
    return io_failure(diag, path, "write", error);
  }
  *result = out;
  return DG_OK;
}

void
dg_output_write(DgOutput *out, DgStr bytes)
{
  if (out->error) {
    return;
  }
  dg_buf_add(&out->pending, bytes);
  if (out->pending.failed) {
    out->error = ENOMEM;
  } else if (out->pending.len >= FLUSH_AT) {
    flush_pending(out);
  }
}

DgStatus
dg_output_commit(DgOutput *out, DgDiag *diag)
{
  flush_pending(out);
  if (out->scratch && !out->error && fsync(out->fd) && errno != EINVAL) {
    out->error = errno;
  }
  if (out->scratch && !out->error && rename(out->scratch, out->path)) {
    out->error = errno;
  }
  DgStatus status = DG_OK;
  if (out->error) {
    status = io_failure(diag, out->path, "write", out->error);
    if (out->scratch) {
      (void)unlink(out->scratch);
    }
  }
  free_output(out);
  return status;
}

void
dg_output_cancel(DgOutput *out)
{
  if (out) {
    if (out->scratch) {
      (void)unlink(out->scratch);
    }
    free_output(out);
  }
}
