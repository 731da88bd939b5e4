/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/dedupe.h"

#include "cli/cli.h"
#include "rdf/vocab.h"

#include <stdlib.h>

bool
dg_dedupe_option(const char *text, DgDedupeMode *mode)
{
  static const char *const names[] = { "link", "skip", "none" };
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    if (!strcmp(text, names[i])) {
      *mode = (DgDedupeMode)i;
      return true;
    }
  }
  dg_cli_error("--dedupe takes none, link or skip, not '%s'", text);
  return false;
}

DgStatus
dg_dedupe_open(DgDedupe *dedupe, DgDedupeMode mode, size_t max)
{
  *dedupe = (DgDedupe){ .mode = mode };
  if (mode != DG_DEDUPE_NONE) {
    dedupe->arena = dg_arena_new();
    dedupe->copies = dg_copies_new(max);
    DG_TRY_PTR(dedupe->arena);
    DG_TRY_PTR(dedupe->copies);
  }
  return DG_OK;
}

void
dg_dedupe_close(DgDedupe *dedupe)
{
  dg_copies_free(dedupe->copies);
  dg_arena_free(dedupe->arena);
  *dedupe = (DgDedupe){ .mode = dedupe->mode };
}

static DgStatus
remember(DgDedupe *dedupe, const DgPrint *print, DgStr name)
{
  const DgStatus status = dg_copies_add(dedupe->copies, print);
  if (status != DG_OK) {
    dedupe->full = dedupe->full || status == DG_LIMIT;
    return status == DG_LIMIT ? DG_OK : status;
  }
  DgStr *const slot = DG_VEC_ADD(dedupe->arena, &dedupe->names);
  DG_TRY_PTR(slot);
  *slot = dg_arena_copy(dedupe->arena, name);
  return slot->ptr ? DG_OK : DG_NO_MEMORY;
}

DgStatus
dg_dedupe_take(DgDedupe *dedupe, const DgPrint *print, DgStr name,
               DgStr *earliest)
{
  *earliest = DG_STR_NONE;
  if (!dedupe->copies) {
    return DG_OK;
  }
  const uint32_t match = dg_copies_find(dedupe->copies, print);
  if (match != DG_COPIES_NONE) {
    ++dedupe->found;
    *earliest = dedupe->names.items[dg_copies_first(dedupe->copies, match)];
    if (dedupe->mode == DG_DEDUPE_SKIP) {
      return DG_OK;
    }
  }
  return remember(dedupe, print, name);
}

/** Whether article `a` is rather the story's original than `b`. */
static bool
goes_before(const DgDedupe *dedupe, uint32_t a, uint32_t b)
{
  const int32_t day_a = dg_copies_print(dedupe->copies, a)->day;
  const int32_t day_b = dg_copies_print(dedupe->copies, b)->day;
  if (day_a != day_b) {
    return day_b == 0 || (day_a != 0 && day_a < day_b);
  }
  return dg_str_compare(dedupe->names.items[a], dedupe->names.items[b]) < 0;
}

static DgStatus
put_link(const DgQuadSink *sink, DgStr copy, DgStr head)
{
  const DgQuad quad = { .s = dg_term_iri(copy),
                        .p = dg_term_iri(DG_STR(DG_V_deal_copyOf)),
                        .o = dg_term_iri(head),
                        .g = dg_term_iri(DG_STR(DG_DEDUPE_GRAPH)) };
  return dg_str_equal(copy, head) ? DG_OK : dg_quad_sink_put(sink, &quad);
}

DgStatus
dg_dedupe_links(DgDedupe *dedupe, const DgQuadSink *sink)
{
  const uint32_t n =
      dedupe->copies ? (uint32_t)dg_copies_count(dedupe->copies) : 0;
  uint32_t *const heads = calloc((size_t)n + 1, sizeof *heads);
  DG_TRY_PTR(heads);
  for (uint32_t i = 0; i < n; ++i) {
    heads[i] = i;
  }
  for (uint32_t i = 0; i < n; ++i) {
    uint32_t *const head = &heads[dg_copies_first(dedupe->copies, i)];
    *head = goes_before(dedupe, i, *head) ? i : *head;
  }
  DgStatus status = DG_OK;
  for (uint32_t i = 0; i < n && status == DG_OK; ++i) {
    const uint32_t head = heads[dg_copies_first(dedupe->copies, i)];
    status = put_link(sink, dedupe->names.items[i], dedupe->names.items[head]);
  }
  free(heads);
  return status;
}
