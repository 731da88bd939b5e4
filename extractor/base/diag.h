/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_DIAG_H
#define DG_BASE_DIAG_H

#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"

/**
 * The detail behind a status: what is wrong, where, and the user's own line.
 * All strings are owned by the diagnostic. Line and column count from 1, the
 * column in code points; 0 means unknown.
 */
typedef struct {
  DgStatus status;
  char *source; /**< file name or other origin, or null */
  size_t line;
  size_t column;
  size_t width;    /**< code points to underline, at least 1 */
  char *line_text; /**< the line as the user wrote it, or null */
  char *message;   /**< one sentence: the reason, and what to do */
} DgDiag;

/** An empty diagnostic, for initialisers. */
#define DG_DIAG_INIT ((DgDiag){ DG_OK, NULL, 0, 0, 0, NULL, NULL })

void
dg_diag_clear(DgDiag *diag);

/**
 * Fill `diag` (null is allowed) with a status and a message, replacing what it
 * held.
 * @return `status`, so that a caller can write `return dg_diag_set(...)`.
 */
DgStatus
dg_diag_set(DgDiag *diag, DgStatus status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Name the origin; null `diag` is allowed. */
void
dg_diag_source(DgDiag *diag, const char *source);

/**
 * Point at bytes [begin, end) of `text`: sets line, column, width and the
 * line's own text.
 */
void
dg_diag_point(DgDiag *diag, DgStr text, DgSpan at);

/**
 * Append "source:line:column: message", then the line and its underline where
 * they are known, each ended by a newline.
 */
void
dg_diag_print(const DgDiag *diag, DgBuf *out);

#endif
