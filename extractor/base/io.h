/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_IO_H
#define DG_BASE_IO_H

#include "base/buf.h"
#include "base/diag.h"

/**
 * Read a whole file, or standard input for "-", into `out`.
 *
 * @param limit  Most bytes to read; 0 for no limit.
 * @return DG_NOT_FOUND for a missing file, DG_IO_ERROR for an unreadable one
 *         or a directory, DG_LIMIT for a longer one; `diag` then says why.
 */
DgStatus
dg_io_read(const char *path, size_t limit, DgBuf *out, DgDiag *diag);

/**
 * A file that appears whole or not at all: written beside its place under
 * another name, synced, then renamed. "-" is standard output; a device or
 * pipe is written directly.
 */
typedef struct DgOutput DgOutput;

DgStatus
dg_output_open(const char *path, DgOutput **out, DgDiag *diag);

/** Write; an error is kept and told by dg_output_commit. */
void
dg_output_write(DgOutput *out, DgStr bytes);

/** Put the file in its place; **takes** `out`, also on failure. */
DgStatus
dg_output_commit(DgOutput *out, DgDiag *diag);

/** Leave the place as it was; **takes** `out`; null is allowed. */
void
dg_output_cancel(DgOutput *out);

#endif
