/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Runs a harness without a fuzzer: over each file that is named, and over the
 * starts of it, as a file that was cut off. For builds with any compiler.
 */
#include "base/io.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Run on a copy of exact size, so that a sanitizer sees a byte too many. */
static bool
run_copy(const char *data, size_t size)
{
  uint8_t *const copy = malloc(size ? size : 1);
  if (!copy) {
    return false;
  }
  memcpy(copy, data, size);
  (void)LLVMFuzzerTestOneInput(copy, size);
  free(copy);
  return true;
}

int
main(int argc, char **argv)
{
  enum { CUTS = 64 };
  for (int i = 1; i < argc; ++i) {
    DgBuf file = DG_BUF_INIT;
    DgDiag diag = DG_DIAG_INIT;
    bool good = dg_io_read(argv[i], 0, &file, &diag) == DG_OK;
    for (size_t cut = 0; good && cut <= CUTS; ++cut) {
      good = run_copy(file.data ? file.data : "", file.len * cut / CUTS);
    }
    dg_buf_clear(&file);
    dg_diag_clear(&diag);
    if (!good) {
      (void)fprintf(stderr, "%s: cannot read\n", argv[i]);
      return 1;
    }
  }
  return 0;
}
