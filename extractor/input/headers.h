/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_HEADERS_H
#define DG_INPUT_HEADERS_H

#include "base/arena.h"
#include "base/diag.h"

/** Headers as mail, HTTP and WARC have them: "Name: value" lines. */

/** First byte behind the empty line that ends the headers, or SIZE_MAX. */
size_t
dg_headers_end(DgStr bytes);

/**
 * Value of the first header of that name, its case ignored; lines that go on
 * with a blank belong to it. Absent when there is none.
 */
DgStr
dg_header(DgStr headers, const char *name);

/** A decimal value. @return false when absent, no number or too large. */
bool
dg_header_number(DgStr headers, const char *name, size_t *value);

/** "utf-8" of "text/html; charset=\"utf-8\"", or absent. */
DgStr
dg_header_parameter(DgStr value, const char *name);

/**
 * The body of an HTTP response without its transfer and content coding
 * (chunked, gzip, deflate).
 *
 * @param limit  Most bytes when unpacked.
 * @return DG_LIMIT, DG_BAD_INPUT for broken coding, DG_UNSUPPORTED for others.
 */
DgStatus
dg_http_body(DgStr headers, DgStr raw, size_t limit, DgArena *arena,
             DgStr *body, DgDiag *diag);

#endif
