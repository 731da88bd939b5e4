/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NESTING_MAX = 64 };

typedef struct {
  int fd;
  uint64_t *bytes; /* counts them; or null */
} File;

static DgStatus
read_descriptor(void *user, char *bytes, size_t size, size_t *n, DgDiag *diag)
{
  const File *const file = user;
  const int fd = file->fd;
  ssize_t got;
  do {
    got = read(fd, bytes, size);
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    return dg_diag_set(diag, DG_IO_ERROR, "cannot read: %s", strerror(errno));
  }
  *n = (size_t)got;
  if (file->bytes) {
    *file->bytes += *n;
  }
  return DG_OK;
}

static DgStatus
open_failure(DgDiag *diag, const char *path, int error)
{
  const DgStatus status = error == ENOENT ? DG_NOT_FOUND : DG_IO_ERROR;
  (void)dg_diag_set(diag, status, "cannot open: %s", strerror(error));
  dg_diag_source(diag, path);
  return status;
}

static DgStatus
read_fd(DgInput *input, int fd, const char *name, DgDiag *diag)
{
  DgStream stream;
  File file = { fd, input->options->bytes };
  dg_stream_init_source(&stream, read_descriptor, &file);
  const DgStatus status = dg_input_named(input, dg_str(name), &stream, diag);
  dg_stream_clear(&stream);
  return status;
}

static DgStatus
read_file(DgInput *input, const char *path, DgDiag *diag)
{
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return open_failure(diag, path, errno);
  }
  const DgStatus status = read_fd(input, fd, path, diag);
  (void)close(fd);
  return status;
}

/** The folders that lead here, to see a symbolic link that leads back. */
typedef struct Folder {
  const struct Folder *above;
  dev_t device;
  ino_t inode;
  unsigned depth;
} Folder;

static bool
leads_back(const Folder *above, const struct stat *info)
{
  for (; above; above = above->above) {
    if (above->device == info->st_dev && above->inode == info->st_ino) {
      return true;
    }
  }
  return false;
}

static DgStatus
read_folder(DgInput *input, const char *path, const Folder *above,
            const struct stat *info, DgDiag *diag);

static DgStatus
read_entry(DgInput *input, const char *path, const Folder *above, DgDiag *diag)
{
  struct stat info;
  if (stat(path, &info) != 0) {
    return open_failure(diag, path, errno);
  }
  if (S_ISDIR(info.st_mode)) {
    return leads_back(above, &info)
               ? DG_OK
               : read_folder(input, path, above, &info, diag);
  }
  return S_ISREG(info.st_mode) ? read_file(input, path, diag) : DG_OK;
}

/** Hidden files are no articles, nor are the facts expected of one. */
static int
is_visible(const struct dirent *entry)
{
  return entry->d_name[0] != '.' &&
         !dg_str_ends(dg_str(entry->d_name), DG_STR(".facts.json"));
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
  return strcmp((*a)->d_name, (*b)->d_name);
}

/** One entry of a folder; its failure is reported and the others go on. */
static DgStatus
read_child(DgInput *input, const char *path, const char *name,
           const Folder *here)
{
  DgBuf child = DG_BUF_INIT;
  dg_buf_printf(&child, "%s%s%s", path,
                dg_str_ends(dg_str(path), DG_STR("/")) ? "" : "/", name);
  DgStatus status = dg_buf_status(&child);
  if (status == DG_OK) {
    DgDiag diag = DG_DIAG_INIT;
    status = read_entry(input, child.data, here, &diag);
    if (status != DG_OK) {
      input->origin = dg_buf_str(&child);
      status = dg_input_failed(input, status, &diag);
      input->origin = DG_STR_NONE;
    }
    dg_diag_clear(&diag);
  }
  dg_buf_clear(&child);
  return status;
}

static DgStatus
read_folder(DgInput *input, const char *path, const Folder *above,
            const struct stat *info, DgDiag *diag)
{
  const Folder here = { above, info->st_dev, info->st_ino,
                        above ? above->depth + 1 : 0 };
  if (here.depth > NESTING_MAX) {
    return dg_diag_set(diag, DG_LIMIT, "folders nested more than %d deep",
                       NESTING_MAX);
  }
  struct dirent **entries = NULL;
  const int n = scandir(path, &entries, is_visible, by_bytes);
  if (n < 0) {
    return open_failure(diag, path, errno);
  }
  DgStatus status = DG_OK;
  for (int i = 0; i < n; ++i) {
    if (status == DG_OK) {
      status = read_child(input, path, entries[i]->d_name, &here);
    }
    free(entries[i]);
  }
  free(entries);
  return status;
}

/** A directory that was asked for, and what came of it. */
static DgStatus
read_path(DgInput *input, const char *path, DgDiag *diag);

static DgStatus
read_root(DgInput *input, const char *path, const struct stat *info,
          DgDiag *diag)
{
  DG_TRY(read_folder(input, path, NULL, info, diag));
  DgStatus status = DG_OK;
  if (input->articles == 0 && input->failures == 0) {
    status = dg_diag_set(diag, DG_NO_MATCH,
                         "no articles in this directory; hidden files are "
                         "left out");
  } else {
    status = dg_input_outcome(input, 0, "directory", diag);
  }
  if (status != DG_OK) {
    dg_diag_source(diag, path);
  }
  return status;
}

/** The files that a pattern names, where no shell has put them in its place. */
static DgStatus
read_pattern(DgInput *input, const char *pattern, DgDiag *diag)
{
  glob_t found;
  const int code = glob(pattern, 0, NULL, &found);
  if (code == GLOB_NOSPACE) {
    return DG_NO_MEMORY;
  }
  if (code != 0) {
    return open_failure(diag, pattern, ENOENT);
  }
  DgStatus status = DG_OK;
  for (size_t i = 0; i < found.gl_pathc && status == DG_OK; ++i) {
    DgDiag one = DG_DIAG_INIT;
    status = read_path(input, found.gl_pathv[i], &one);
    if (status != DG_OK) {
      input->origin = dg_str(found.gl_pathv[i]);
      status = dg_input_failed(input, status, &one);
      input->origin = DG_STR_NONE;
    }
    dg_diag_clear(&one);
  }
  globfree(&found);
  return status == DG_OK ? dg_input_outcome(input, 0, "pattern", diag) : status;
}

static DgStatus
read_path(DgInput *input, const char *path, DgDiag *diag)
{
  struct stat info;
  if (!strcmp(path, "-")) {
    return read_fd(input, STDIN_FILENO, "stdin", diag);
  }
  if (stat(path, &info) != 0) {
    return errno == ENOENT && strpbrk(path, "*?[")
               ? read_pattern(input, path, diag)
               : open_failure(diag, path, errno);
  }
  return S_ISDIR(info.st_mode) ? read_root(input, path, &info, diag)
                               : read_file(input, path, diag);
}

DgStatus
dg_input_read_path(const char *path, const DgReadOptions *options,
                   DgDocumentSink sink, DgInputErrorSink error, void *user,
                   DgDiag *diag)
{
  DgInput input;
  DgDiag own = DG_DIAG_INIT; /* readers need one, callers may not */
  DG_TRY(dg_input_open(&input, options, sink, error, user));
  const DgStatus status = read_path(&input, path, diag ? diag : &own);
  dg_diag_clear(&own);
  dg_input_close(&input);
  return status;
}
