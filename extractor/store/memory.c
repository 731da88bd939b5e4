/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/memory.h"

#include "store/term_table.h"

#include <pthread.h>
#include <stdlib.h>

enum { ORDERS = DG_ORDER_GOSP + 1, PLACES = 4 };

/** Places of an order, by their number in DgIdQuad: s 0, p 1, o 2, g 3. */
static const uint8_t order_places[ORDERS][PLACES] = {
  [DG_ORDER_ANY] = { 0, 1, 2, 3 },  [DG_ORDER_SPOG] = { 0, 1, 2, 3 },
  [DG_ORDER_POSG] = { 1, 2, 0, 3 }, [DG_ORDER_OSPG] = { 2, 0, 1, 3 },
  [DG_ORDER_GSPO] = { 3, 0, 1, 2 }, [DG_ORDER_GPOS] = { 3, 1, 2, 0 },
  [DG_ORDER_GOSP] = { 3, 2, 0, 1 },
};

/** Best order for the bound places: bit 0 s, 1 p, 2 o, 3 g. */
static const DgOrder order_for[16] = {
  DG_ORDER_SPOG, DG_ORDER_SPOG, DG_ORDER_POSG, DG_ORDER_SPOG,
  DG_ORDER_OSPG, DG_ORDER_OSPG, DG_ORDER_POSG, DG_ORDER_SPOG,
  DG_ORDER_GSPO, DG_ORDER_GSPO, DG_ORDER_GPOS, DG_ORDER_GSPO,
  DG_ORDER_GOSP, DG_ORDER_GOSP, DG_ORDER_GPOS, DG_ORDER_GSPO,
};

/** A quad with its ids in the places of some order. */
typedef struct {
  DgId k[PLACES];
} Key;

typedef struct {
  DgIdQuad quad;
  bool added; /**< else removed */
} Change;

typedef struct {
  DgDataset base;
  DgTermTable *terms;
  DgIdQuad *quads; /**< [n], in no order */
  size_t n;
  size_t cap;
  uint32_t *slots;     /**< [n_slots] index + 1 into `quads`, or 0 */
  size_t n_slots;      /**< a power of two */
  Key *sorted[ORDERS]; /**< [n], or null until asked for */
  Change *log;         /**< [n_log] what the open write did */
  size_t n_log;
  size_t log_cap;
  pthread_mutex_t lock; /**< held while an order is made */
} Memory;

typedef struct {
  DgDatasetCursor base;
  const Key *at;
  const Key *end;
  const uint8_t *places;
  Key pattern;
  bool filter; /**< some bound places are not in the order's head */
} Cursor;

static uint64_t
hash_quad(DgIdQuad q)
{
  uint64_t h = q.s * 0x9E3779B97F4A7C15U;
  h = (h ^ (h >> 29)) + q.p * 0xBF58476D1CE4E5B9U;
  h = (h ^ (h >> 32)) + q.o * 0x94D049BB133111EBU;
  h = (h ^ (h >> 30)) + q.g * 0xD6E8FEB86659FD93U;
  h *= 0x9E3779B97F4A7C15U;
  return h ^ (h >> 32);
}

static bool
same_quad(DgIdQuad a, DgIdQuad b)
{
  return a.s == b.s && a.p == b.p && a.o == b.o && a.g == b.g;
}

/** Slot that holds `quad`, or the empty one where it would go. */
static size_t
find_slot(const Memory *self, DgIdQuad quad)
{
  size_t at = hash_quad(quad) & (self->n_slots - 1);
  while (self->slots[at] &&
         !same_quad(self->quads[self->slots[at] - 1], quad)) {
    at = (at + 1) & (self->n_slots - 1);
  }
  return at;
}

static DgStatus
grow_slots(Memory *self)
{
  const size_t more = self->n_slots ? self->n_slots * 2 : 1024;
  uint32_t *const slots = calloc(more, sizeof *slots);
  DG_TRY_PTR(slots);
  free(self->slots);
  self->slots = slots;
  self->n_slots = more;
  for (size_t i = 0; i < self->n; ++i) {
    slots[find_slot(self, self->quads[i])] = (uint32_t)i + 1;
  }
  return DG_OK;
}

static DgStatus
make_room(Memory *self)
{
  if (self->n >= UINT32_MAX - 1) {
    return DG_LIMIT;
  }
  if (self->n == self->cap) {
    const size_t more = self->cap ? self->cap * 2 : 512;
    DgIdQuad *const quads = realloc(self->quads, more * sizeof *quads);
    DG_TRY_PTR(quads);
    self->quads = quads;
    self->cap = more;
  }
  return self->n * 2 >= self->n_slots ? grow_slots(self) : DG_OK;
}

static void
forget_orders(Memory *self)
{
  for (size_t i = 0; i < ORDERS; ++i) {
    free(self->sorted[i]);
    self->sorted[i] = NULL;
  }
}

static DgStatus
insert(Memory *self, DgIdQuad quad)
{
  DG_TRY(make_room(self));
  const size_t slot = find_slot(self, quad);
  if (self->slots[slot]) {
    return DG_NO_MATCH;
  }
  self->quads[self->n++] = quad;
  self->slots[slot] = (uint32_t)self->n;
  forget_orders(self);
  return DG_OK;
}

/* Close the gap at an emptied slot, so that probing still finds the rest. */
static void
close_gap(Memory *self, size_t gap)
{
  const size_t mask = self->n_slots - 1;
  for (size_t at = (gap + 1) & mask; self->slots[at]; at = (at + 1) & mask) {
    const size_t home = hash_quad(self->quads[self->slots[at] - 1]) & mask;
    if (((at - home) & mask) >= ((at - gap) & mask)) {
      self->slots[gap] = self->slots[at];
      self->slots[at] = 0;
      gap = at;
    }
  }
}

static DgStatus
erase(Memory *self, DgIdQuad quad)
{
  if (!self->n_slots) {
    return DG_NO_MATCH;
  }
  const size_t slot = find_slot(self, quad);
  if (!self->slots[slot]) {
    return DG_NO_MATCH;
  }
  const size_t index = self->slots[slot] - 1U;
  self->slots[slot] = 0;
  close_gap(self, slot);
  const size_t last = --self->n;
  if (index != last) {
    const size_t moved = find_slot(self, self->quads[last]);
    self->slots[moved] = (uint32_t)index + 1;
    self->quads[index] = self->quads[last];
  }
  forget_orders(self);
  return DG_OK;
}

static DgStatus
log_change(Memory *self, DgIdQuad quad, bool added)
{
  if (self->n_log == self->log_cap) {
    const size_t more = self->log_cap ? self->log_cap * 2 : 256;
    Change *const log = realloc(self->log, more * sizeof *log);
    DG_TRY_PTR(log);
    self->log = log;
    self->log_cap = more;
  }
  self->log[self->n_log++] = (Change){ quad, added };
  return DG_OK;
}

static DgStatus
memory_add(DgDataset *base, DgIdQuad quad)
{
  Memory *const self = (Memory *)base;
  DG_TRY(insert(self, quad));
  const DgStatus status = log_change(self, quad, true);
  if (status != DG_OK) {
    (void)erase(self, quad);
  }
  return status;
}

static DgStatus
memory_remove(DgDataset *base, DgIdQuad quad)
{
  Memory *const self = (Memory *)base;
  DG_TRY(log_change(self, quad, false));
  const DgStatus status = erase(self, quad);
  if (status != DG_OK) {
    --self->n_log;
  }
  return status;
}

static DgStatus
memory_write_begin(DgDataset *base, DgDiag *diag)
{
  (void)diag;
  ((Memory *)base)->n_log = 0;
  return DG_OK;
}

static DgStatus
memory_write_commit(DgDataset *base, DgDiag *diag)
{
  (void)diag;
  ((Memory *)base)->n_log = 0;
  return DG_OK;
}

static void
memory_write_rollback(DgDataset *base)
{
  Memory *const self = (Memory *)base;
  while (self->n_log) {
    const Change change = self->log[--self->n_log];
    /* Room for what comes back was there before it was removed. */
    (void)(change.added ? erase(self, change.quad) : insert(self, change.quad));
  }
}

static DgStatus
memory_read_begin(DgDataset *base, DgDiag *diag)
{
  (void)base;
  (void)diag;
  return DG_OK;
}

static void
memory_read_end(DgDataset *base)
{
  (void)base;
}

static DgStatus
memory_find_id(DgDataset *base, const DgTerm *term, DgId *id)
{
  return dg_term_table_find(((Memory *)base)->terms, term, id);
}

static DgStatus
memory_make_id(DgDataset *base, const DgTerm *term, DgId *id)
{
  return dg_term_table_add(((Memory *)base)->terms, term, id);
}

static DgStatus
memory_term(DgDataset *base, DgId id, DgArena *arena, DgTerm *term)
{
  return dg_term_table_get(((Memory *)base)->terms, id, arena, term);
}

/* Orders -------------------------------------------------------------- */

static inline DgId
place_of(DgIdQuad quad, uint8_t place)
{
  const DgId ids[PLACES] = { quad.s, quad.p, quad.o, quad.g };
  return ids[place];
}

static inline int
compare_keys(const Key *a, const Key *b, size_t n)
{
  for (size_t i = 0; i < n; ++i) {
    if (a->k[i] != b->k[i]) {
      return a->k[i] < b->k[i] ? -1 : 1;
    }
  }
  return 0;
}

static int
compare_whole(const void *a, const void *b)
{
  return compare_keys(a, b, PLACES);
}

static Key *
make_order(const Memory *self, DgOrder order)
{
  Key *const keys = malloc((self->n ? self->n : 1) * sizeof *keys);
  if (!keys) {
    return NULL;
  }
  const uint8_t *const places = order_places[order];
  for (size_t i = 0; i < self->n; ++i) {
    for (size_t j = 0; j < PLACES; ++j) {
      keys[i].k[j] = place_of(self->quads[i], places[j]);
    }
  }
  qsort(keys, self->n, sizeof *keys, compare_whole);
  return keys;
}

static const Key *
need_order(Memory *self, DgOrder order)
{
  Key *keys = __atomic_load_n(&self->sorted[order], __ATOMIC_ACQUIRE);
  if (keys) {
    return keys;
  }
  (void)pthread_mutex_lock(&self->lock);
  keys = self->sorted[order];
  if (!keys) {
    keys = make_order(self, order);
    __atomic_store_n(&self->sorted[order], keys, __ATOMIC_RELEASE);
  }
  (void)pthread_mutex_unlock(&self->lock);
  return keys;
}

/** First key in [from, to) whose first `n` places are not before (or, with
 * `past`, are behind) those of `key`. */
static const Key *
lower_bound(const Key *from, const Key *to, const Key *key, size_t n, bool past)
{
  size_t count = (size_t)(to - from);
  while (count) {
    const size_t half = count / 2;
    const int order = compare_keys(from + half, key, n);
    if (order < 0 || (past && order == 0)) {
      from += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return from;
}

/* End of the run of `key`'s head; runs are short, so look near first. */
static const Key *
run_end(const Key *from, const Key *to, const Key *key, size_t n)
{
  size_t step = 1;
  const Key *low = from;
  while ((size_t)(to - low) > step && !compare_keys(low + step, key, n)) {
    low += step;
    step *= 2;
  }
  const Key *const high = (size_t)(to - low) > step ? low + step : to;
  return lower_bound(low, high, key, n, true);
}

static unsigned
bound_places(DgIdQuad q)
{
  return (q.s != 0) | (unsigned)(q.p != 0) << 1 | (unsigned)(q.o != 0) << 2 |
         (unsigned)(q.g != 0) << 3;
}

/** Fill the cursor's fields for a pattern. */
static DgStatus
place_cursor(Memory *self, DgIdQuad pattern, DgOrder order, Cursor *cursor)
{
  const unsigned bound = bound_places(pattern);
  order = order == DG_ORDER_ANY ? order_for[bound] : order;
  const Key *const keys = need_order(self, order);
  DG_TRY_PTR(keys);
  cursor->places = order_places[order];
  size_t head = 0;
  size_t n_bound = 0;
  for (size_t i = 0; i < PLACES; ++i) {
    cursor->pattern.k[i] = place_of(pattern, cursor->places[i]);
    n_bound += cursor->pattern.k[i] != 0;
    head += head == i && cursor->pattern.k[i] != 0;
  }
  cursor->filter = n_bound > head;
  const Key *const end = keys + self->n;
  cursor->at =
      head ? lower_bound(keys, end, &cursor->pattern, head, false) : keys;
  cursor->end = head ? run_end(cursor->at, end, &cursor->pattern, head) : end;
  return DG_OK;
}

static DgStatus
memory_find(DgDataset *base, DgIdQuad pattern, DgOrder order,
            DgDatasetCursor **out)
{
  Cursor *const cursor = malloc(sizeof *cursor);
  DG_TRY_PTR(cursor);
  cursor->base.class_ = base->class_;
  const DgStatus status = place_cursor((Memory *)base, pattern, order, cursor);
  if (status != DG_OK) {
    free(cursor);
    return status;
  }
  *out = &cursor->base;
  return DG_OK;
}

static bool
fits_pattern(const Cursor *cursor, const Key *key)
{
  for (size_t i = 0; i < PLACES; ++i) {
    if (cursor->pattern.k[i] && cursor->pattern.k[i] != key->k[i]) {
      return false;
    }
  }
  return true;
}

static DgStatus
memory_next(DgDatasetCursor *base, DgIdQuad *quad)
{
  Cursor *const cursor = (Cursor *)base;
  while (cursor->at < cursor->end && cursor->filter &&
         !fits_pattern(cursor, cursor->at)) {
    ++cursor->at;
  }
  if (cursor->at >= cursor->end) {
    return DG_NO_MATCH;
  }
  const DgId *const k = cursor->at++->k;
  DgId ids[PLACES];
  ids[cursor->places[0]] = k[0];
  ids[cursor->places[1]] = k[1];
  ids[cursor->places[2]] = k[2];
  ids[cursor->places[3]] = k[3];
  *quad = (DgIdQuad){ ids[0], ids[1], ids[2], ids[3] };
  return DG_OK;
}

static DgStatus
memory_seek(DgDatasetCursor *base, DgIdQuad key)
{
  Cursor *const cursor = (Cursor *)base;
  Key wanted;
  for (size_t i = 0; i < PLACES; ++i) {
    wanted.k[i] = place_of(key, cursor->places[i]);
  }
  size_t step = 1;
  const Key *low = cursor->at;
  while ((size_t)(cursor->end - low) > step &&
         compare_keys(low + step, &wanted, PLACES) < 0) {
    low += step;
    step *= 2;
  }
  const Key *const high =
      (size_t)(cursor->end - low) > step ? low + step : cursor->end;
  cursor->at = lower_bound(low, high, &wanted, PLACES, false);
  return DG_OK;
}

static void
memory_close(DgDatasetCursor *cursor)
{
  free(cursor);
}

static DgStatus
memory_count(DgDataset *base, DgIdQuad pattern, uint64_t *n, bool *exact)
{
  Cursor cursor;
  DG_TRY(place_cursor((Memory *)base, pattern, DG_ORDER_ANY, &cursor));
  *n = (uint64_t)(cursor.end - cursor.at);
  *exact = true;
  return DG_OK;
}

/* Runs looked at before the rest is estimated from their mean length. */
enum { RUNS_MAX = 256 };

/** An order that has the bound places first and `place` next, or any. */
static DgOrder
order_with(unsigned bound, uint8_t place)
{
  for (int order = DG_ORDER_SPOG; order < ORDERS; ++order) {
    unsigned head = 0;
    size_t i = 0;
    while (i < PLACES && head != bound) {
      head |= 1U << order_places[order][i++];
    }
    if (head == bound && i < PLACES && order_places[order][i] == place) {
      return (DgOrder)order;
    }
  }
  return DG_ORDER_ANY;
}

static DgStatus
memory_distinct(DgDataset *base, DgIdQuad pattern, char place, uint64_t *n)
{
  const char *const found = strchr("spog", place);
  const uint8_t number = (uint8_t)(found ? found - "spog" : 0);
  const DgOrder order = order_with(bound_places(pattern), number);
  Cursor cursor;
  DG_TRY(place_cursor((Memory *)base, pattern, order, &cursor));
  const uint64_t all = (uint64_t)(cursor.end - cursor.at);
  *n = all;
  if (order == DG_ORDER_ANY || !all) {
    return DG_OK;
  }
  size_t depth = 0;
  while (cursor.places[depth] != number) {
    ++depth;
  }
  const Key *at = cursor.at;
  uint64_t runs = 0;
  while (at < cursor.end && runs < RUNS_MAX) {
    at = run_end(at, cursor.end, at, depth + 1);
    ++runs;
  }
  const uint64_t seen = (uint64_t)(at - cursor.at);
  *n = seen ? runs * all / seen : runs;
  return DG_OK;
}

static void
memory_free(DgDataset *base)
{
  Memory *const self = (Memory *)base;
  if (self) {
    forget_orders(self);
    dg_term_table_free(self->terms);
    free(self->quads);
    free(self->slots);
    free(self->log);
    (void)pthread_mutex_destroy(&self->lock);
    free(self);
  }
}

static const DgDatasetClass memory_class = {
  .name = "memory",
  .free = memory_free,
  .read_begin = memory_read_begin,
  .read_end = memory_read_end,
  .find_id = memory_find_id,
  .term = memory_term,
  .find = memory_find,
  .next = memory_next,
  .seek = memory_seek,
  .close = memory_close,
  .count = memory_count,
  .distinct = memory_distinct,
  .write_begin = memory_write_begin,
  .write_commit = memory_write_commit,
  .write_rollback = memory_write_rollback,
  .make_id = memory_make_id,
  .add = memory_add,
  .remove = memory_remove,
};

DgStatus
dg_memory_new(DgDataset **out)
{
  Memory *const self = calloc(1, sizeof *self);
  DG_TRY_PTR(self);
  self->base.class_ = &memory_class;
  self->terms = dg_term_table_new();
  if (!self->terms || pthread_mutex_init(&self->lock, NULL)) {
    dg_term_table_free(self->terms);
    free(self);
    return DG_NO_MEMORY;
  }
  *out = &self->base;
  return DG_OK;
}

static DgStatus
sink_quad(void *self, const DgQuad *quad)
{
  DgDataset *const dataset = self;
  const DgDatasetClass *const class_ = dataset->class_;
  DgIdQuad ids = { 0, 0, 0, DG_ID_DEFAULT_GRAPH };
  DG_TRY(class_->make_id(dataset, &quad->s, &ids.s));
  DG_TRY(class_->make_id(dataset, &quad->p, &ids.p));
  DG_TRY(class_->make_id(dataset, &quad->o, &ids.o));
  if (quad->g.kind != DG_TERM_NONE) {
    DG_TRY(class_->make_id(dataset, &quad->g, &ids.g));
  }
  const DgStatus status = class_->add(dataset, ids);
  return status == DG_NO_MATCH ? DG_OK : status;
}

DgQuadSink
dg_dataset_sink(DgDataset *dataset)
{
  return (DgQuadSink){ sink_quad, dataset };
}
