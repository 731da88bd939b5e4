/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_SCRATCH_H
#define DG_STORE_SCRATCH_H

#include "base/status.h"

#include <stddef.h>

/**
 * Memory that grows at its end, stays where it is, and is backed by an unnamed
 * file, so that the system can put it aside. A full disk is told when it
 * grows, not by a signal when it is used.
 */
typedef struct {
  char *data;      /**< cleared when new */
  size_t size;     /**< bytes that may be used */
  size_t reserved; /**< address space */
  int fd;
} DgScratch;

/** @param folder  Where the file is made. */
DgStatus
dg_scratch_open(DgScratch *scratch, const char *folder);

/** Make at least `size` bytes usable. @return DG_IO_ERROR when disk is out. */
DgStatus
dg_scratch_grow(DgScratch *scratch, size_t size);

/** A zeroed one is allowed. */
void
dg_scratch_close(DgScratch *scratch);

#endif
