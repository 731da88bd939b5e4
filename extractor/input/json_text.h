/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_JSON_TEXT_H
#define DG_INPUT_JSON_TEXT_H

#include "base/arena.h"

#include <jansson.h>

/**
 * A copy of a JSON string as the text rooms may see it: private-use
 * characters replaced, control characters made blanks, blanks at the ends
 * left out. Absent for anything but a string.
 */
DgStr
dg_json_clean(DgArena *arena, const json_t *value);

/** The same for UTF-8 from elsewhere. */
DgStr
dg_text_clean(DgArena *arena, DgStr text);

/**
 * Parse JSON of others. What a parser may reject though its meaning is plain
 * is repaired in a copy: bytes that are not UTF-8, lone surrogates, control
 * characters in strings, numbers that no machine type holds and NaN
 * (made 0).
 *
 * @param error  Set when null is returned.
 * @return A new reference, or null.
 */
json_t *
dg_json_parse(DgStr bytes, DgArena *arena, json_error_t *error);

#endif
