/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_JSON_H
#define DG_BASE_JSON_H

#include "base/buf.h"

/**
 * Append `s` as a JSON string with its quotes: control characters escaped,
 * broken UTF-8 replaced by U+FFFD. An absent string gives null.
 *
 * Source: RFC 8259, section 7. Reading is jansson's; writing is ours, since
 * jansson has no decimal number and no order of our choosing.
 */
void
dg_json_add_string(DgBuf *out, DgStr s);

#endif
