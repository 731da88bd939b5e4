/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_BUILDER_H
#define DG_INPUT_BUILDER_H

#include "base/vec.h"
#include "input/decode.h"
#include "input/map.h"

/**
 * Builds the text, the blocks and the map of a DgDocument from pieces of
 * decoded text, in the order in which they shall stand. Runs of blanks become
 * one space; blanks at the ends of a block go.
 *
 * The first failure is kept and told by dg_builder_finish, so the calls in
 * between need no check.
 */
typedef struct {
  DgArena *arena;
  const DgDecoded *decoded;
  char *text; /**< [cap] */
  size_t len;
  size_t cap;
  DgMap map;
  DG_VEC(DgBlock) blocks; /**< contents are set by dg_builder_finish */
  DgBlock block;          /**< being built; `text` begins at its first byte */
  size_t space_at;        /**< decoded byte of a space to come, or SIZE_MAX */
  char *aside;            /**< [aside_cap] content of blocks not in the text */
  size_t aside_len;
  size_t aside_cap;
  DgSpan source; /**< decoded bytes of the block so far */
  DgStatus status;
} DgBuilder;

/** `decoded` must outlive the builder. */
void
dg_builder_init(DgBuilder *builder, DgArena *arena, const DgDecoded *decoded);

void
dg_builder_begin(DgBuilder *builder, DgBlockKind kind);

/** Append bytes [begin, end) of the decoded text as they stand. */
void
dg_builder_run(DgBuilder *builder, DgSpan run);

/**
 * Append `s`, which stands for the decoded bytes `run`: valid UTF-8 without
 * private-use characters.
 */
void
dg_builder_put(DgBuilder *builder, DgStr s, DgSpan run);

/** End the block; one without content is dropped. @return false for such. */
bool
dg_builder_end(DgBuilder *builder);

/** Set text, blocks and map of `document`. */
DgStatus
dg_builder_finish(DgBuilder *builder, DgDocument *document);

/** Blocks of this kind belong to the text. */
bool
dg_block_is_text(DgBlockKind kind);

#endif
