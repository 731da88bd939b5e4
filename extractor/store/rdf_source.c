/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/rdf_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { CHUNK = 1 << 18 };

static DgStatus
failure(DgDiag *diag, const char *path, const char *verb, int error)
{
  const DgStatus status = error == ENOENT ? DG_NOT_FOUND : DG_IO_ERROR;
  (void)dg_diag_set(diag, status, "cannot %s: %s", verb, strerror(error));
  dg_diag_source(diag, path);
  return status;
}

static DgStatus
damaged(DgDiag *diag, const char *path)
{
  (void)dg_diag_set(diag, DG_BAD_INPUT, "the packed data is damaged or cut");
  dg_diag_source(diag, path);
  return DG_BAD_INPUT;
}

/* An open file without a name. */
static int
scratch_file(void)
{
  const char *const given = getenv("TMPDIR");
  DgBuf name = DG_BUF_INIT;
  dg_buf_printf(&name, "%s/dealgraph.XXXXXX", given && *given ? given : "/tmp");
  const int fd = name.failed ? -1 : mkostemp(name.data, O_CLOEXEC);
  if (fd >= 0) {
    (void)unlink(name.data);
  }
  dg_buf_clear(&name);
  return fd;
}

static bool
write_all(int fd, const char *bytes, size_t n)
{
  while (n) {
    const ssize_t written = write(fd, bytes, n);
    if (written < 0 && errno != EINTR) {
      return false;
    }
    if (written > 0) {
      bytes += written;
      n -= (size_t)written;
    }
  }
  return true;
}

/* Copy a stream that cannot be mapped. */
static DgStatus
copy_stream(int from, int to, const char *path, DgDiag *diag)
{
  char *const chunk = malloc(CHUNK);
  DG_TRY_PTR(chunk);
  DgStatus status = DG_OK;
  ssize_t n = 0;
  while (status == DG_OK && (n = read(from, chunk, CHUNK)) != 0) {
    if (n < 0) {
      status = errno == EINTR ? DG_OK : failure(diag, path, "read", errno);
    } else if (!write_all(to, chunk, (size_t)n)) {
      status = failure(diag, path, "copy", errno);
    }
  }
  free(chunk);
  return status;
}

static DgStatus
unpack_gzip(DgStr packed, int to, const char *path, DgDiag *diag)
{
  z_stream stream = { 0 };
  char *const chunk = malloc(CHUNK);
  if (!chunk || inflateInit2(&stream, 15 + 16) != Z_OK) {
    free(chunk);
    return DG_NO_MEMORY;
  }
  DgStatus status = DG_OK;
  size_t at = 0;
  int code = Z_OK;
  for (;;) {
    if (!stream.avail_in) {
      const size_t left = packed.len - at;
      stream.next_in = (unsigned char *)(uintptr_t)(packed.ptr + at);
      stream.avail_in = (unsigned)(left < (1U << 30) ? left : 1U << 30);
      at += stream.avail_in;
    }
    if (code == Z_STREAM_END) {
      if (!stream.avail_in) {
        break;
      }
      (void)inflateReset(&stream); /* files may be strung together */
    }
    stream.next_out = (unsigned char *)chunk;
    stream.avail_out = CHUNK;
    code = inflate(&stream, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END) {
      status = damaged(diag, path);
      break;
    }
    if (!write_all(to, chunk, CHUNK - stream.avail_out)) {
      status = failure(diag, path, "unpack", errno);
      break;
    }
  }
  (void)inflateEnd(&stream);
  free(chunk);
  return status;
}

static DgStatus
unpack_zstd(DgStr packed, int to, const char *path, DgDiag *diag)
{
  ZSTD_DStream *const stream = ZSTD_createDStream();
  char *const chunk = malloc(CHUNK);
  DgStatus status = stream && chunk ? DG_OK : DG_NO_MEMORY;
  ZSTD_inBuffer in = { packed.ptr, packed.len, 0 };
  size_t left = 1;
  bool full = false;
  while (status == DG_OK && (in.pos < in.size || full)) {
    ZSTD_outBuffer out = { chunk, CHUNK, 0 };
    left = ZSTD_decompressStream(stream, &out, &in);
    full = out.pos == out.size;
    if (ZSTD_isError(left)) {
      status = damaged(diag, path);
    } else if (!write_all(to, chunk, out.pos)) {
      status = failure(diag, path, "unpack", errno);
    }
  }
  if (status == DG_OK && left) {
    status = damaged(diag, path);
  }
  (void)ZSTD_freeDStream(stream);
  free(chunk);
  return status;
}

static DgStatus
map_file(int fd, const char *path, DgRdfSource *source, DgDiag *diag)
{
  struct stat info;
  if (fstat(fd, &info)) {
    return failure(diag, path, "read", errno);
  }
  if (S_ISDIR(info.st_mode)) {
    return failure(diag, path, "read", EISDIR);
  }
  source->map_size = (size_t)info.st_size;
  source->map = NULL;
  if (source->map_size) {
    source->map = mmap(NULL, source->map_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (source->map == MAP_FAILED) {
      source->map = NULL;
      return failure(diag, path, "map", errno);
    }
    (void)madvise(source->map, source->map_size, MADV_SEQUENTIAL);
  }
  source->bytes =
      source->map ? dg_str_n(source->map, source->map_size) : DG_STR("");
  return DG_OK;
}

typedef DgStatus (*Unpack)(DgStr packed, int to, const char *path,
                           DgDiag *diag);

static const struct {
  const char *magic;
  const char *extension;
  Unpack unpack;
} packings[] = {
  { "\x1f\x8b", ".gz", unpack_gzip },
  { "\x28\xb5\x2f\xfd", ".zst", unpack_zstd },
};

enum { PACKINGS = sizeof packings / sizeof *packings };

static Unpack
packing_of(DgStr bytes)
{
  for (size_t i = 0; i < PACKINGS; ++i) {
    if (dg_str_starts(bytes, dg_str(packings[i].magic))) {
      return packings[i].unpack;
    }
  }
  return NULL;
}

static DgRdfSyntax
syntax_of(DgStr name)
{
  for (size_t i = 0; i < PACKINGS; ++i) {
    const DgStr extension = dg_str(packings[i].extension);
    if (dg_str_ends(name, extension)) {
      name.len -= extension.len;
    }
  }
  return dg_rdf_syntax(name);
}

/* Put the unpacked bytes in the place of the packed ones. */
static DgStatus
unpack_source(Unpack unpack, const char *path, DgRdfSource *source,
              DgDiag *diag)
{
  const int fd = scratch_file();
  if (fd < 0) {
    return failure(diag, path, "make a temporary file for", errno);
  }
  DgRdfSource packed = *source;
  source->map = NULL;
  DgStatus status = unpack(packed.bytes, fd, path, diag);
  dg_rdf_source_close(&packed);
  status = status == DG_OK ? map_file(fd, path, source, diag) : status;
  (void)close(fd);
  return status;
}

static DgStatus
open_bytes(int fd, const char *path, DgRdfSource *source, DgDiag *diag)
{
  struct stat info;
  if (!fstat(fd, &info) && (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode))) {
    return map_file(fd, path, source, diag);
  }
  const int scratch = scratch_file();
  if (scratch < 0) {
    return failure(diag, path, "make a temporary file for", errno);
  }
  DgStatus status = copy_stream(fd, scratch, path, diag);
  status = status == DG_OK ? map_file(scratch, path, source, diag) : status;
  (void)close(scratch);
  return status;
}

DgStatus
dg_rdf_source_open(const char *path, DgRdfSource *source, DgDiag *diag)
{
  const bool is_stdin = !strcmp(path, "-");
  *source = (DgRdfSource){ .syntax = syntax_of(dg_str(path)) };
  const int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return failure(diag, path, "open", errno);
  }
  DgStatus status = open_bytes(fd, path, source, diag);
  if (!is_stdin) {
    (void)close(fd);
  }
  const Unpack unpack = status == DG_OK ? packing_of(source->bytes) : NULL;
  if (unpack) {
    status = unpack_source(unpack, path, source, diag);
  }
  if (status != DG_OK) {
    dg_rdf_source_close(source);
  }
  return status;
}

void
dg_rdf_source_close(DgRdfSource *source)
{
  if (source->map) {
    (void)munmap(source->map, source->map_size);
    source->map = NULL;
  }
}
