/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_LEXICON_COMPILE_H
#define DG_LEXICON_COMPILE_H

#include "lexicon/source.h"

/** Make the image (see image.h) of rows; equal rows become one entry. */
DgStatus
dg_lex_image_write(const DgLexRows *rows, uint64_t hash, DgArena *arena,
                   DgBuf *out);

#endif
