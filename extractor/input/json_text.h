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

#endif
