/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/quad_stream.h"

#include "store/key_sort.h"

#include <stdlib.h>

/*
 * Ids follow the order in which terms came. So the distinct terms are sorted
 * first, and each quad becomes four ranks, which sort as its terms do. The
 * default graph is a term like others here, the least one.
 */
typedef struct {
  DgId id;
  DgTerm term;
} Item;

typedef struct {
  DgId id; /* 0 for free */
  uint64_t place;
} Slot;

struct DgQuadStream {
  DgDataset *dataset;
  DgQuadStreamOptions options;
  bool reading;
  DgId graph;  /* 0: all */
  DgId except; /* 0: none */
  bool nothing;
  DgArena *arena;
  Item *items; /* [n] */
  size_t n;
  size_t cap;
  Slot *slots; /* [size] */
  size_t size;
  DgKeySorter sorter;
  uint64_t quads;
  DgKey last;
  bool any;
};

static const DgTerm no_term = {
  DG_TERM_NONE, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }
};

static Slot *
slot_of(const DgQuadStream *s, DgId id)
{
  size_t at = (id * 0x9E3779B97F4A7C15U >> 17) & (s->size - 1);
  while (s->slots[at].id && s->slots[at].id != id) {
    at = (at + 1) & (s->size - 1);
  }
  return &s->slots[at];
}

static DgStatus
grow(DgQuadStream *s)
{
  const size_t cap = s->cap ? s->cap * 2 : 1024;
  Item *const items = realloc(s->items, cap * sizeof *items);
  DG_TRY_PTR(items);
  s->items = items;
  s->cap = cap;
  Slot *const slots = calloc(cap * 2, sizeof *slots);
  DG_TRY_PTR(slots);
  free(s->slots);
  s->slots = slots;
  s->size = cap * 2;
  for (size_t i = 0; i < s->n; ++i) {
    *slot_of(s, items[i].id) = (Slot){ items[i].id, i };
  }
  return DG_OK;
}

static DgStatus
note_term(DgQuadStream *s, DgId id)
{
  if (s->n == s->cap) {
    DG_TRY(grow(s));
  }
  Slot *const slot = slot_of(s, id);
  if (slot->id) {
    return DG_OK;
  }
  *slot = (Slot){ id, s->n };
  Item *const item = &s->items[s->n];
  *item = (Item){ id, no_term };
  if (id != DG_ID_DEFAULT_GRAPH) {
    DG_TRY(s->dataset->class_->term(s->dataset, id, s->arena, &item->term));
  }
  ++s->n;
  return DG_OK;
}

static DgStatus
note_quad(DgQuadStream *s, const DgIdQuad *quad)
{
  ++s->quads;
  DG_TRY(note_term(s, quad->s));
  DG_TRY(note_term(s, quad->p));
  DG_TRY(note_term(s, quad->o));
  return s->options.triples ? DG_OK : note_term(s, quad->g);
}

static DgStatus
sort_quad(DgQuadStream *s, const DgIdQuad *quad)
{
  const uint64_t subject = slot_of(s, quad->s)->place;
  const uint64_t predicate = slot_of(s, quad->p)->place;
  const uint64_t object = slot_of(s, quad->o)->place;
  const uint64_t graph = s->options.triples ? 0 : slot_of(s, quad->g)->place;
  const DgKey key = { { graph, subject, predicate, object } };
  return dg_key_sorter_add(&s->sorter, &key);
}

static DgStatus
each_quad(DgQuadStream *s, DgStatus (*put)(DgQuadStream *, const DgIdQuad *))
{
  const DgDatasetClass *const class_ = s->dataset->class_;
  DgDatasetCursor *cursor = NULL;
  const DgIdQuad pattern = { 0, 0, 0, s->graph };
  DG_TRY(class_->find(s->dataset, pattern, DG_ORDER_ANY, &cursor));
  DgStatus status = DG_OK;
  DgIdQuad quad;
  while (status == DG_OK && (status = class_->next(cursor, &quad)) == DG_OK) {
    if (!s->except || quad.g != s->except) {
      status = put(s, &quad);
    }
  }
  class_->close(cursor);
  return status == DG_NO_MATCH ? DG_OK : status;
}

static int
compare_items(const void *a, const void *b)
{
  return dg_term_compare(&((const Item *)a)->term, &((const Item *)b)->term);
}

static void
rank_terms(DgQuadStream *s)
{
  if (s->n) {
    qsort(s->items, s->n, sizeof *s->items, compare_items);
  }
  for (size_t i = 0; i < s->n; ++i) {
    slot_of(s, s->items[i].id)->place = i;
  }
}

static DgStatus
find_graph(DgQuadStream *s, const DgTerm *graph, DgId *id)
{
  if (!graph) {
    return DG_OK;
  }
  if (graph->kind == DG_TERM_NONE) {
    *id = DG_ID_DEFAULT_GRAPH;
    return DG_OK;
  }
  return s->dataset->class_->find_id(s->dataset, graph, id);
}

static DgStatus
find_graphs(DgQuadStream *s)
{
  DgStatus status = find_graph(s, s->options.graph, &s->graph);
  s->nothing = status == DG_NO_MATCH;
  if (status == DG_OK || s->nothing) {
    status = find_graph(s, s->options.except, &s->except);
  }
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
prepare(DgQuadStream *s, DgDiag *diag)
{
  const char *const folder = getenv("TMPDIR");
  DG_TRY(dg_key_sorter_open(&s->sorter, folder && *folder ? folder : "/tmp"));
  DG_TRY(s->dataset->class_->read_begin(s->dataset, diag));
  s->reading = true;
  DG_TRY(find_graphs(s));
  if (!s->nothing) {
    DG_TRY(each_quad(s, note_quad));
    rank_terms(s);
    DG_TRY(each_quad(s, sort_quad));
  }
  return dg_key_sorter_sort(&s->sorter);
}

DgStatus
dg_quad_stream_new(DgDataset *dataset, const DgQuadStreamOptions *options,
                   DgQuadStream **stream, DgDiag *diag)
{
  DgQuadStream *const s = calloc(1, sizeof *s);
  DG_TRY_PTR(s);
  s->dataset = dataset;
  s->options = *options;
  s->arena = dg_arena_new();
  const DgStatus status = s->arena ? prepare(s, diag) : DG_NO_MEMORY;
  if (status != DG_OK) {
    dg_quad_stream_free(s);
    if (diag && diag->status == DG_OK) {
      (void)dg_diag_set(diag, status, "cannot sort the quads: %s",
                        dg_status_text(status));
    }
    return status;
  }
  *stream = s;
  return DG_OK;
}

DgStatus
dg_quad_stream_next(DgQuadStream *s, DgQuad *quad)
{
  const DgKey *key = dg_key_sorter_next(&s->sorter);
  while (key && s->any && !dg_key_compare(key, &s->last)) {
    key = dg_key_sorter_next(&s->sorter);
  }
  if (!key) {
    return DG_NO_MATCH;
  }
  s->last = *key;
  s->any = true;
  quad->s = s->items[key->at[1]].term;
  quad->p = s->items[key->at[2]].term;
  quad->o = s->items[key->at[3]].term;
  quad->g = s->options.triples ? no_term : s->items[key->at[0]].term;
  return DG_OK;
}

uint64_t
dg_quad_stream_size(const DgQuadStream *s)
{
  return s->quads;
}

void
dg_quad_stream_free(DgQuadStream *s)
{
  if (s) {
    if (s->reading) {
      s->dataset->class_->read_end(s->dataset);
    }
    dg_key_sorter_close(&s->sorter);
    dg_arena_free(s->arena);
    free(s->items);
    free(s->slots);
    free(s);
  }
}
