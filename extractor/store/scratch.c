/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/scratch.h"

#include "base/buf.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define RESERVE_MOST ((size_t)1 << 38)
#define RESERVE_LEAST ((size_t)1 << 30)
#define STEP ((size_t)1 << 24)

static int
unnamed_file(const char *folder)
{
  DgBuf name = DG_BUF_INIT;
  dg_buf_printf(&name, "%s/scratch.XXXXXX", folder);
  const int fd = name.failed ? -1 : mkostemp(name.data, O_CLOEXEC);
  if (fd >= 0) {
    (void)unlink(name.data);
  }
  dg_buf_clear(&name);
  return fd;
}

DgStatus
dg_scratch_open(DgScratch *scratch, const char *folder)
{
  *scratch = (DgScratch){ NULL, 0, RESERVE_MOST, unnamed_file(folder) };
  if (scratch->fd < 0) {
    return DG_IO_ERROR;
  }
  for (;; scratch->reserved /= 2) {
    void *const map = mmap(NULL, scratch->reserved, PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_NORESERVE, scratch->fd, 0);
    if (map != MAP_FAILED) {
      scratch->data = map;
      return DG_OK;
    }
    if (scratch->reserved <= RESERVE_LEAST) {
      dg_scratch_close(scratch);
      return DG_NO_MEMORY;
    }
  }
}

DgStatus
dg_scratch_grow(DgScratch *scratch, size_t size)
{
  if (size <= scratch->size) {
    return DG_OK;
  }
  if (size > scratch->reserved) {
    return DG_LIMIT;
  }
  const size_t more = scratch->size / 4 > STEP ? scratch->size / 4 : STEP;
  size_t wanted = size > scratch->size + more ? size : scratch->size + more;
  wanted = (wanted + STEP - 1) / STEP * STEP;
  wanted = wanted > scratch->reserved ? scratch->reserved : wanted;
  if (posix_fallocate(scratch->fd, (off_t)scratch->size,
                      (off_t)(wanted - scratch->size))) {
    return DG_IO_ERROR;
  }
  scratch->size = wanted;
  return DG_OK;
}

void
dg_scratch_close(DgScratch *scratch)
{
  if (scratch->data) {
    (void)munmap(scratch->data, scratch->reserved);
    (void)close(scratch->fd);
  } else if (scratch->fd > 0) {
    (void)close(scratch->fd);
  }
  *scratch = (DgScratch){ NULL, 0, 0, -1 };
}
