/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Preloaded, makes the call number N that writes to a file, or syncs one, go
 * wrong. DG_FAULT is "MODE:N":
 *
 *   kill    the process dies before the call
 *   torn    half of the bytes are written, then the process dies
 *   full    this call and all after it fail with ENOSPC
 *   once    this call alone fails with EIO
 *
 * Descriptors 0 to 2 are let through. The number of calls seen is written to
 * the file of DG_FAULT_COUNT when the process ends well.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

typedef enum { NOTHING, KILL, TORN, FULL, ONCE } Mode;

static struct {
  Mode mode;
  long at;
  long calls;
} fault;

static void __attribute__((constructor)) read_fault(void)
{
  static const char *const names[] = { "", "kill", "torn", "full", "once" };
  const char *const text = getenv("DG_FAULT");
  const char *const colon = text ? strchr(text, ':') : NULL;
  for (int i = 1; colon && i < 5; ++i) {
    if (!strncmp(text, names[i], (size_t)(colon - text))) {
      fault.mode = (Mode)i;
      fault.at = strtol(colon + 1, NULL, 10);
    }
  }
}

static void __attribute__((destructor)) write_count(void)
{
  const char *const path = getenv("DG_FAULT_COUNT");
  FILE *const file = path ? fopen(path, "w") : NULL;
  if (file) {
    (void)fprintf(file, "%ld\n", fault.calls);
    (void)fclose(file);
  }
}

/* What is to happen to this call; dies itself for KILL. */
static Mode
next_fault(int fd)
{
  if (fd <= 2 || fault.mode == NOTHING) {
    return NOTHING;
  }
  const long call = ++fault.calls;
  if (call < fault.at || (call > fault.at && fault.mode != FULL)) {
    return NOTHING;
  }
  if (fault.mode == KILL) {
    (void)raise(SIGKILL);
  }
  errno = fault.mode == ONCE ? EIO : ENOSPC;
  return fault.mode;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t
write(int fd, const void *bytes, size_t n)
{
  switch (next_fault(fd)) {
  case NOTHING:
    return NEXT(write)(fd, bytes, n);
  case TORN:
    (void)!NEXT(write)(fd, bytes, n / 2);
    (void)raise(SIGKILL);
    return -1;
  default:
    return -1;
  }
}

ssize_t
pwrite(int fd, const void *bytes, size_t n, off_t at)
{
  switch (next_fault(fd)) {
  case NOTHING:
    return NEXT(pwrite)(fd, bytes, n, at);
  case TORN:
    (void)!NEXT(pwrite)(fd, bytes, n / 2, at);
    (void)raise(SIGKILL);
    return -1;
  default:
    return -1;
  }
}

ssize_t
pwritev(int fd, const struct iovec *parts, int n, off_t at)
{
  switch (next_fault(fd)) {
  case NOTHING:
    return NEXT(pwritev)(fd, parts, n, at);
  case TORN:
    (void)!NEXT(pwritev)(fd, parts, n / 2, at);
    (void)raise(SIGKILL);
    return -1;
  default:
    return -1;
  }
}

int
fsync(int fd)
{
  return next_fault(fd) == NOTHING ? NEXT(fsync)(fd) : -1;
}

int
fdatasync(int fd)
{
  return next_fault(fd) == NOTHING ? NEXT(fdatasync)(fd) : -1;
}

int
ftruncate(int fd, off_t size)
{
  return next_fault(fd) == NOTHING ? NEXT(ftruncate)(fd, size) : -1;
}

int
posix_fallocate(int fd, off_t at, off_t size)
{
  return next_fault(fd) == NOTHING ? NEXT(posix_fallocate)(fd, at, size)
                                   : errno;
}
