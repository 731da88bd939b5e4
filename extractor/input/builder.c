/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/builder.h"

#include "base/utf8.h"
#include "input/language.h"

static const size_t none = SIZE_MAX;

bool
dg_block_is_text(DgBlockKind kind)
{
  return kind != DG_BLOCK_BYLINE && kind != DG_BLOCK_FURNITURE;
}

void
dg_builder_init(DgBuilder *builder, DgArena *arena, const DgDecoded *decoded)
{
  *builder = (DgBuilder){
    .arena = arena, .decoded = decoded, .space_at = none, .source = { none, 0 }
  };
}

static bool
fail(DgBuilder *builder)
{
  builder->status = DG_NO_MEMORY;
  return false;
}

static bool
grow(DgBuilder *builder, char **bytes, size_t len, size_t *cap, size_t more)
{
  if (*cap - len >= more) {
    return true;
  }
  const size_t size = (*cap + more) * 2;
  char *const moved = dg_arena_alloc(builder->arena, size);
  if (!moved) {
    return fail(builder);
  }
  if (len) {
    memcpy(moved, *bytes, len);
  }
  *bytes = moved;
  *cap = size;
  return true;
}

static size_t
source_of(const DgBuilder *builder, size_t at)
{
  return dg_map_source(builder->decoded->map, builder->decoded->n_map, at);
}

static void
point(DgBuilder *builder, size_t text, size_t source)
{
  const DgStatus status =
      dg_map_add(&builder->map, builder->arena, text, source);
  if (status != DG_OK) {
    builder->status = status;
  }
}

/** Points for text bytes [at, at + n) that equal decoded bytes from `from`. */
static void
map_run(DgBuilder *builder, size_t at, size_t from, size_t n)
{
  const DgMapPoint *const points = builder->decoded->map;
  const size_t n_points = builder->decoded->n_map;
  point(builder, at, source_of(builder, from));
  for (size_t i = dg_map_index(points, n_points, from) + 1;
       i < n_points && points[i].text < from + n; ++i) {
    point(builder, at + (points[i].text - from), points[i].source);
  }
}

static void
add_aside(DgBuilder *builder, DgStr s)
{
  if (grow(builder, &builder->aside, builder->aside_len, &builder->aside_cap,
           s.len)) {
    memcpy(builder->aside + builder->aside_len, s.ptr, s.len);
    builder->aside_len += s.len;
  }
}

/** Append bytes to the block; `same` when they equal the decoded ones. */
static void
append(DgBuilder *builder, DgStr s, size_t from, bool same)
{
  if (!dg_block_is_text(builder->block.kind)) {
    add_aside(builder, s);
    return;
  }
  if (!grow(builder, &builder->text, builder->len, &builder->cap, s.len)) {
    return;
  }
  memcpy(builder->text + builder->len, s.ptr, s.len);
  if (same) {
    map_run(builder, builder->len, from, s.len);
  } else {
    point(builder, builder->len, source_of(builder, from));
  }
  builder->len += s.len;
}

static bool
block_is_empty(const DgBuilder *builder)
{
  return dg_block_is_text(builder->block.kind)
             ? builder->len == builder->block.text.begin
             : builder->aside_len == builder->block.text.begin;
}

/** The space that came between, then a word. */
static void
append_word(DgBuilder *builder, DgStr s, DgSpan run, bool same)
{
  if (builder->space_at != none && !block_is_empty(builder)) {
    append(builder, DG_STR(" "), builder->space_at, false);
  }
  builder->space_at = none;
  append(builder, s, run.begin, same);
  if (builder->source.begin == none) {
    builder->source.begin = run.begin;
  }
  builder->source.end = run.end;
}

static bool
is_blank(char c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' ||
         c == '\v';
}

/** Words of `s`, blanks between them made one space. */
static void
append_words(DgBuilder *builder, DgStr s, DgSpan run, bool same)
{
  for (size_t i = 0; i < s.len;) {
    if (is_blank(s.ptr[i])) {
      if (builder->space_at == none) {
        builder->space_at = same ? run.begin + i : run.begin;
      }
      ++i;
      continue;
    }
    const size_t begin = i;
    /* A single space inside a run needs no word of its own. */
    while (i < s.len &&
           (!is_blank(s.ptr[i]) ||
            (s.ptr[i] == ' ' && i + 1 < s.len && !is_blank(s.ptr[i + 1])))) {
      ++i;
    }
    const DgSpan part =
        same ? (DgSpan){ run.begin + begin, run.begin + i } : run;
    append_word(builder, dg_str_sub(s, begin, i), part, same);
  }
}

void
dg_builder_begin(DgBuilder *builder, DgBlockKind kind)
{
  builder->block = (DgBlock){ .kind = kind };
  builder->space_at = none;
  builder->source = (DgSpan){ none, 0 };
  if (dg_block_is_text(kind)) {
    if (builder->len &&
        grow(builder, &builder->text, builder->len, &builder->cap, 2)) {
      memcpy(builder->text + builder->len, "\n\n", 2);
      builder->len += 2;
    }
    builder->block.text.begin = builder->len;
  } else {
    builder->block.text.begin = builder->aside_len;
  }
}

void
dg_builder_run(DgBuilder *builder, DgSpan run)
{
  append_words(builder, dg_str_sub(builder->decoded->text, run.begin, run.end),
               run, true);
}

void
dg_builder_put(DgBuilder *builder, DgStr s, DgSpan run)
{
  append_words(builder, s, run, false);
}

/** A block that came to nothing leaves no trace. */
static bool
drop(DgBuilder *builder)
{
  if (dg_block_is_text(builder->block.kind) && builder->len) {
    builder->len -= 2;
  }
  return false;
}

bool
dg_builder_end(DgBuilder *builder)
{
  if (builder->status != DG_OK) {
    return false;
  }
  if (block_is_empty(builder)) {
    return drop(builder);
  }
  DgBlock *const block = DG_VEC_ADD(builder->arena, &builder->blocks);
  if (!block) {
    return fail(builder);
  }
  *block = builder->block;
  const bool in_text = dg_block_is_text(block->kind);
  block->text.end = in_text ? builder->len : builder->aside_len;
  block->source.begin = source_of(builder, builder->source.begin);
  block->source.end = source_of(builder, builder->source.end);
  if (in_text) {
    /* What separates this block from the next comes from behind it. */
    point(builder, builder->len, block->source.end);
  }
  return true;
}

DgStatus
dg_builder_finish(DgBuilder *builder, DgDocument *document)
{
  DG_TRY(builder->status);
  for (size_t i = 0; i < builder->blocks.n; ++i) {
    DgBlock *const block = &builder->blocks.items[i];
    const bool in_text = dg_block_is_text(block->kind);
    const DgStr all = in_text ? dg_str_n(builder->text, builder->len)
                              : dg_str_n(builder->aside, builder->aside_len);
    block->content = dg_str_sub(all, block->text.begin, block->text.end);
    if (!in_text) {
      block->text = (DgSpan){ 0, 0 };
    }
    block->lang = dg_language_of(block->content);
  }
  document->text = dg_str_n(builder->text, builder->len);
  document->blocks = builder->blocks.items;
  document->n_blocks = builder->blocks.n;
  document->map = builder->map.items;
  document->n_map = builder->map.n;
  return DG_OK;
}
