/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/librdf_storage.h"

#include "store/id.h"
#include "store/librdf_node.h"
#include "store/lmdb_store.h"

#include <limits.h>
#include <rdf_storage_module.h>
#include <stdlib.h>

enum { NODE_CACHE = 16384, ASKED_CACHE = 32768 };

typedef struct {
  DgId id; /* 0 for free */
  librdf_node *node;
} CachedNode;

/* Redland has each URI once, so its address tells it as long as it is held. */
typedef struct {
  librdf_uri *uri; /* null for free */
  DgId id;
} AskedUri;

/* A handle on the store and what goes with it; each stream that is open has
 * one of its own, so that it has its own snapshot. */
typedef struct Reader {
  struct Reader *next;
  DgDataset *store;
  DgArena *arena;
  uint64_t numbering; /* of the store, when the cache was filled */
  CachedNode *nodes;  /* [NODE_CACHE], or null */
  AskedUri *asked;    /* [ASKED_CACHE], or null */
} Reader;

typedef struct {
  librdf_storage *storage;
  librdf_world *world;
  char *folder;
  bool read_only;
  long batch;
  Reader *idle;  /* readers that no stream has */
  Reader *write; /* of the transaction, kept */
  bool in_transaction;
  bool implicit; /* it is one that `batch` has made */
  long pending;  /* changes in it */
  void *handle;  /* the user's */
} Instance;

static Instance *
instance_of(librdf_storage *storage)
{
  return librdf_storage_get_instance(storage);
}

static int
complain(Instance *self, DgStatus status, DgDiag *diag)
{
  if (status != DG_OK) {
    librdf_log(self->world, 0, LIBRDF_LOG_ERROR, LIBRDF_FROM_STORAGE, NULL,
               "lmdb: %s: %s", self->folder,
               diag && diag->message ? diag->message : dg_status_text(status));
  }
  if (diag) {
    dg_diag_clear(diag);
  }
  return status != DG_OK;
}

/* Readers. */

static void
forget_nodes(Reader *reader)
{
  for (size_t i = 0; reader->nodes && i < NODE_CACHE; ++i) {
    if (reader->nodes[i].node) {
      librdf_free_node(reader->nodes[i].node);
    }
  }
  for (size_t i = 0; reader->asked && i < ASKED_CACHE; ++i) {
    if (reader->asked[i].uri) {
      librdf_free_uri(reader->asked[i].uri);
    }
  }
  free(reader->nodes);
  free(reader->asked);
  reader->nodes = NULL;
  reader->asked = NULL;
}

static void
free_reader(Reader *reader)
{
  if (reader) {
    forget_nodes(reader);
    if (reader->store) {
      reader->store->class_->free(reader->store);
    }
    dg_arena_free(reader->arena);
    free(reader);
  }
}

static Reader *
new_reader(Instance *self, DgStoreMode mode)
{
  DgDiag diag = DG_DIAG_INIT;
  Reader *const reader = calloc(1, sizeof *reader);
  DgStatus status = reader ? DG_OK : DG_NO_MEMORY;
  if (reader) {
    reader->arena = dg_arena_new();
    status = reader->arena
                 ? dg_lmdb_open(self->folder, mode, NULL, &reader->store, &diag)
                 : DG_NO_MEMORY;
  }
  if (complain(self, status, &diag)) {
    free_reader(reader);
    return NULL;
  }
  return reader;
}

static void
put_back(Instance *self, Reader *reader)
{
  reader->next = self->idle;
  self->idle = reader;
}

/* A reader for one look: the transaction's own within one. Ended by
 * end_read. */
static Reader *
begin_read(Instance *self)
{
  Reader *reader = self->write;
  if (!self->in_transaction) {
    reader = self->idle;
    if (reader) {
      self->idle = reader->next;
    } else {
      reader = new_reader(self, DG_STORE_READ);
    }
  }
  if (!reader) {
    return NULL;
  }
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus status =
      reader->store->class_->read_begin(reader->store, &diag);
  if (complain(self, status, &diag)) {
    if (reader != self->write) {
      put_back(self, reader);
    }
    return NULL;
  }
  const uint64_t numbering = dg_lmdb_numbering(reader->store);
  if (numbering != reader->numbering) {
    forget_nodes(reader);
    reader->numbering = numbering;
  }
  dg_arena_reset(reader->arena);
  return reader;
}

static void
end_read(Instance *self, Reader *reader)
{
  reader->store->class_->read_end(reader->store);
  if (reader != self->write) {
    put_back(self, reader);
  }
}

/* Ids and nodes. */

/* The place of an id in the reader's cache; null when memory is out. */
static CachedNode *
node_place(Reader *reader, DgId id)
{
  if (!reader->nodes) {
    reader->nodes = calloc(NODE_CACHE, sizeof *reader->nodes);
  }
  return reader->nodes
             ? &reader->nodes[(id * 0x9E3779B97F4A7C15U >> 40) % NODE_CACHE]
             : NULL;
}

/* Keep a node; **takes** it. */
static void
keep_node(CachedNode *place, DgId id, librdf_node *node)
{
  if (place->node) {
    librdf_free_node(place->node);
  }
  *place = (CachedNode){ id, node };
}

/* What is asked for is given back soon. A literal may be written otherwise
 * than the store has it. */
static void
keep_asked(Reader *reader, DgId id, librdf_node *node)
{
  CachedNode *const place =
      librdf_node_is_literal(node) ? NULL : node_place(reader, id);
  if (place && place->id != id) {
    keep_node(place, id, librdf_new_node_from_node(node));
  }
}

/* The place of a node's URI in the reader's cache; null when it has none, or
 * when memory is out. */
static AskedUri *
asked_place(Reader *reader, librdf_node *node)
{
  if (!librdf_node_is_resource(node)) {
    return NULL;
  }
  if (!reader->asked) {
    reader->asked = calloc(ASKED_CACHE, sizeof *reader->asked);
  }
  const uint64_t address = (uint64_t)(uintptr_t)librdf_node_get_uri(node);
  return reader->asked
             ? &reader
                    ->asked[(address * 0x9E3779B97F4A7C15U >> 40) % ASKED_CACHE]
             : NULL;
}

static void
keep_uri(AskedUri *place, librdf_uri *uri, DgId id)
{
  if (place->uri) {
    librdf_free_uri(place->uri);
  }
  *place = (AskedUri){ librdf_new_uri_from_uri(uri), id };
}

/* Id of a node; null is a wildcard. DG_NO_MATCH for what is not there. */
static DgStatus
find_node(Reader *reader, librdf_node *node, DgId *id)
{
  *id = DG_ID_NONE;
  if (!node) {
    return DG_OK;
  }
  AskedUri *const asked = asked_place(reader, node);
  if (asked && asked->uri == librdf_node_get_uri(node)) {
    *id = asked->id;
    return DG_OK;
  }
  DgTerm term;
  DG_TRY(dg_librdf_term(node, reader->arena, &term));
  DG_TRY(reader->store->class_->find_id(reader->store, &term, id));
  keep_asked(reader, *id, node);
  if (asked) {
    keep_uri(asked, librdf_node_get_uri(node), *id);
  }
  return DG_OK;
}

static DgStatus
find_pattern(Reader *reader, librdf_statement *statement, librdf_node *context,
             DgIdQuad *pattern)
{
  *pattern = (DgIdQuad){ 0, 0, 0, 0 };
  if (statement) {
    DG_TRY(find_node(reader, librdf_statement_get_subject(statement),
                     &pattern->s));
    DG_TRY(find_node(reader, librdf_statement_get_predicate(statement),
                     &pattern->p));
    DG_TRY(
        find_node(reader, librdf_statement_get_object(statement), &pattern->o));
  }
  return find_node(reader, context, &pattern->g);
}

static DgStatus
make_node(Reader *reader, librdf_node *node, DgId *id)
{
  DgTerm term;
  DG_TRY(dg_librdf_term(node, reader->arena, &term));
  return reader->store->class_->make_id(reader->store, &term, id);
}

static DgStatus
make_quad(Reader *reader, librdf_statement *statement, librdf_node *context,
          DgIdQuad *quad)
{
  dg_arena_reset(reader->arena);
  quad->g = DG_ID_DEFAULT_GRAPH;
  DG_TRY(make_node(reader, librdf_statement_get_subject(statement), &quad->s));
  DG_TRY(
      make_node(reader, librdf_statement_get_predicate(statement), &quad->p));
  DG_TRY(make_node(reader, librdf_statement_get_object(statement), &quad->o));
  return context ? make_node(reader, context, &quad->g) : DG_OK;
}

static librdf_node *
new_node(Instance *self, Reader *reader, DgId id)
{
  DgTerm term;
  dg_arena_reset(reader->arena);
  const DgStatus status =
      reader->store->class_->term(reader->store, id, reader->arena, &term);
  return complain(self, status, NULL) ? NULL
                                      : dg_librdf_node(self->world, &term);
}

/* The node of an id, which the caller owns; null for the default graph. */
static librdf_node *
node_of(Instance *self, Reader *reader, DgId id)
{
  if (id == DG_ID_DEFAULT_GRAPH) {
    return NULL;
  }
  CachedNode *const place = node_place(reader, id);
  if (!place) {
    return NULL;
  }
  if (place->id != id) {
    librdf_node *const node = new_node(self, reader, id);
    if (!node) {
      return NULL;
    }
    keep_node(place, id, node);
  }
  return librdf_new_node_from_node(place->node);
}

/* Streams. */

/* A cursor for librdf: of statements, or of the nodes at one place. */
typedef struct {
  Instance *self;
  Reader *reader;
  bool within;     /* made within a transaction */
  uint64_t number; /* of that transaction */
  DgDatasetCursor *cursor;
  DgIdQuad quad;
  DgId *contexts; /* for a list of contexts: [n_contexts] */
  size_t n_contexts;
  size_t at;
  char place; /* 's', 'p', 'o', 'g', or 0 for statements */
  bool ended;
  librdf_statement *statement; /* made when asked for */
  librdf_node *node;
  librdf_node *context;
} Walk;

static void
drop_current(Walk *walk)
{
  if (walk->statement) {
    librdf_free_statement(walk->statement);
  }
  if (walk->node) {
    librdf_free_node(walk->node);
  }
  if (walk->context) {
    librdf_free_node(walk->context);
  }
  walk->statement = NULL;
  walk->node = NULL;
  walk->context = NULL;
}

static DgId
place_id(const Walk *walk, const DgIdQuad *quad)
{
  return walk->place == 's'   ? quad->s
         : walk->place == 'p' ? quad->p
         : walk->place == 'o' ? quad->o
                              : quad->g;
}

/* The transaction that the walk was made in is over. */
static bool
is_stale(const Walk *walk)
{
  return walk->within && walk->number != dg_lmdb_epoch(walk->reader->store);
}

static void
step(Walk *walk)
{
  drop_current(walk);
  if (walk->contexts) {
    walk->ended = ++walk->at >= walk->n_contexts;
    if (!walk->ended) {
      walk->quad.g = walk->contexts[walk->at];
    }
    return;
  }
  const DgStatus status =
      walk->reader->store->class_->next(walk->cursor, &walk->quad);
  walk->ended = status != DG_OK;
  if (status != DG_OK && status != DG_NO_MATCH && status != DG_CONFLICT) {
    (void)complain(walk->self, status, NULL);
  }
}

static int
walk_is_end(void *context)
{
  Walk *const walk = context;
  return walk->ended || is_stale(walk);
}

static int
walk_next(void *context)
{
  Walk *const walk = context;
  if (!walk_is_end(walk)) {
    step(walk);
  }
  return walk_is_end(walk);
}

static librdf_statement *
current_statement(Walk *walk)
{
  if (!walk->statement) {
    Instance *const self = walk->self;
    /* Takes the nodes, also when it fails. */
    walk->statement = librdf_new_statement_from_nodes(
        self->world, node_of(self, walk->reader, walk->quad.s),
        node_of(self, walk->reader, walk->quad.p),
        node_of(self, walk->reader, walk->quad.o));
  }
  return walk->statement;
}

static void *
walk_get(void *context, int flags)
{
  Walk *const walk = context;
  if (walk_is_end(walk)) {
    return NULL;
  }
  if (flags == LIBRDF_ITERATOR_GET_METHOD_GET_CONTEXT) {
    if (!walk->context) {
      walk->context = node_of(walk->self, walk->reader, walk->quad.g);
    }
    return walk->context;
  }
  if (flags != LIBRDF_ITERATOR_GET_METHOD_GET_OBJECT) {
    return NULL;
  }
  if (!walk->place) {
    return current_statement(walk);
  }
  if (!walk->node) {
    walk->node = node_of(walk->self, walk->reader, place_id(walk, &walk->quad));
  }
  return walk->node;
}

static void
walk_finished(void *context)
{
  Walk *const walk = context;
  librdf_storage *const storage = walk->self->storage;
  drop_current(walk);
  if (walk->cursor) {
    walk->reader->store->class_->close(walk->cursor);
  }
  if (!is_stale(walk)) {
    end_read(walk->self, walk->reader);
  }
  free(walk->contexts);
  free(walk);
  librdf_storage_remove_reference(storage);
}

/* A walk over a pattern's quads; null, after a message, on failure. */
static Walk *
new_walk(Instance *self)
{
  Walk *const walk = calloc(1, sizeof *walk);
  if (!walk) {
    return NULL;
  }
  walk->self = self;
  walk->within = self->in_transaction;
  walk->reader = begin_read(self);
  if (!walk->reader) {
    free(walk);
    return NULL;
  }
  walk->number = dg_lmdb_epoch(walk->reader->store);
  librdf_storage_add_reference(self->storage);
  return walk;
}

static DgStatus
start_walk(Walk *walk, librdf_statement *statement, librdf_node *context)
{
  DgIdQuad pattern;
  DgDataset *const store = walk->reader->store;
  DG_TRY(find_pattern(walk->reader, statement, context, &pattern));
  DG_TRY(store->class_->find(store, pattern, DG_ORDER_ANY, &walk->cursor));
  return store->class_->next(walk->cursor, &walk->quad);
}

static Walk *
find_walk(librdf_storage *storage, librdf_statement *statement,
          librdf_node *context)
{
  Instance *const self = instance_of(storage);
  Walk *const walk = new_walk(self);
  if (!walk) {
    return NULL;
  }
  const DgStatus status = start_walk(walk, statement, context);
  walk->ended = status != DG_OK;
  if (status != DG_NO_MATCH && complain(self, status, NULL)) {
    walk_finished(walk);
    return NULL;
  }
  return walk;
}

static librdf_stream *
stream_of(librdf_storage *storage, librdf_statement *statement,
          librdf_node *context)
{
  Walk *const walk = find_walk(storage, statement, context);
  if (!walk) {
    return NULL;
  }
  librdf_stream *const stream = librdf_new_stream(
      walk->self->world, walk, walk_is_end, walk_next, walk_get, walk_finished);
  if (!stream) {
    walk_finished(walk);
  }
  return stream;
}

static librdf_iterator *
iterator_of(Walk *walk)
{
  if (!walk) {
    return NULL;
  }
  librdf_iterator *const iterator = librdf_new_iterator(
      walk->self->world, walk, walk_is_end, walk_next, walk_get, walk_finished);
  if (!iterator) {
    walk_finished(walk);
  }
  return iterator;
}

/* Finding. */

static librdf_stream *
serialise(librdf_storage *storage)
{
  return stream_of(storage, NULL, NULL);
}

static librdf_stream *
find_statements(librdf_storage *storage, librdf_statement *statement)
{
  return stream_of(storage, statement, NULL);
}

static librdf_stream *
find_in_context(librdf_storage *storage, librdf_statement *statement,
                librdf_node *context)
{
  return stream_of(storage, statement, context);
}

static librdf_stream *
context_serialise(librdf_storage *storage, librdf_node *context)
{
  return stream_of(storage, NULL, context);
}

/* Nodes at the place of a pattern with the two others bound. */
static librdf_iterator *
find_nodes(librdf_storage *storage, char place, librdf_node *s, librdf_node *p,
           librdf_node *o)
{
  Instance *const self = instance_of(storage);
  librdf_statement *const statement = librdf_new_statement(self->world);
  if (!statement) {
    return NULL;
  }
  librdf_statement_set_subject(statement,
                               s ? librdf_new_node_from_node(s) : NULL);
  librdf_statement_set_predicate(statement,
                                 p ? librdf_new_node_from_node(p) : NULL);
  librdf_statement_set_object(statement,
                              o ? librdf_new_node_from_node(o) : NULL);
  Walk *const walk = find_walk(storage, statement, NULL);
  librdf_free_statement(statement);
  if (walk) {
    walk->place = place;
  }
  return iterator_of(walk);
}

static librdf_iterator *
find_sources(librdf_storage *storage, librdf_node *arc, librdf_node *target)
{
  return find_nodes(storage, 's', NULL, arc, target);
}

static librdf_iterator *
find_arcs(librdf_storage *storage, librdf_node *source, librdf_node *target)
{
  return find_nodes(storage, 'p', source, NULL, target);
}

static librdf_iterator *
find_targets(librdf_storage *storage, librdf_node *source, librdf_node *arc)
{
  return find_nodes(storage, 'o', source, arc, NULL);
}

static DgStatus
add_context(void *self, const DgStoreCount *count)
{
  Walk *const walk = self;
  if (count->id != DG_ID_DEFAULT_GRAPH) {
    walk->contexts[walk->n_contexts++] = count->id;
  }
  return DG_OK;
}

static DgStatus
list_contexts(Walk *walk)
{
  DgStoreTotals totals;
  DG_TRY(dg_lmdb_totals(walk->reader->store, &totals));
  walk->contexts = calloc((size_t)totals.graphs + 1, sizeof *walk->contexts);
  DG_TRY_PTR(walk->contexts);
  DG_TRY(dg_lmdb_counts(walk->reader->store, 'g', add_context, walk));
  walk->ended = walk->n_contexts == 0;
  walk->quad.g = walk->contexts[0];
  return DG_OK;
}

static librdf_iterator *
get_contexts(librdf_storage *storage)
{
  Instance *const self = instance_of(storage);
  Walk *const walk = new_walk(self);
  if (!walk) {
    return NULL;
  }
  walk->place = 'g';
  if (complain(self, list_contexts(walk), NULL)) {
    walk_finished(walk);
    return NULL;
  }
  return iterator_of(walk);
}

static int
contains_statement(librdf_storage *storage, librdf_statement *statement)
{
  Walk *const walk = find_walk(storage, statement, NULL);
  if (!walk) {
    return 0;
  }
  const int found = !walk->ended;
  walk_finished(walk);
  return found;
}

static int
size(librdf_storage *storage)
{
  Instance *const self = instance_of(storage);
  Reader *const reader = begin_read(self);
  if (!reader) {
    return -1;
  }
  DgStoreTotals totals = { .quads = 0 };
  const DgStatus status = dg_lmdb_totals(reader->store, &totals);
  end_read(self, reader);
  if (complain(self, status, NULL)) {
    return -1;
  }
  return totals.quads > INT_MAX ? INT_MAX : (int)totals.quads;
}

/* Transactions. */

static int
begin_write(Instance *self)
{
  DgDiag diag = DG_DIAG_INIT;
  if (!self->write) {
    self->write = new_reader(self, DG_STORE_WRITE);
    if (!self->write) {
      return 1;
    }
  }
  const DgStatus status =
      self->read_only
          ? dg_diag_set(&diag, DG_UNSUPPORTED, "the store is read only")
          : self->write->store->class_->write_begin(self->write->store, &diag);
  if (complain(self, status, &diag)) {
    return 1;
  }
  self->in_transaction = true;
  self->pending = 0;
  return 0;
}

static int
commit_write(Instance *self)
{
  DgDiag diag = DG_DIAG_INIT;
  self->in_transaction = false;
  self->implicit = false;
  return complain(
      self, self->write->store->class_->write_commit(self->write->store, &diag),
      &diag);
}

static void
rollback_write(Instance *self)
{
  self->in_transaction = false;
  self->implicit = false;
  self->write->store->class_->write_rollback(self->write->store);
}

/* End what a batch has begun. */
static int
end_batch(Instance *self)
{
  return self->implicit ? commit_write(self) : 0;
}

static int
transaction_start(librdf_storage *storage)
{
  Instance *const self = instance_of(storage);
  if (end_batch(self) || self->in_transaction) {
    return 1;
  }
  self->handle = NULL;
  return begin_write(self);
}

static int
transaction_start_with_handle(librdf_storage *storage, void *handle)
{
  const int failed = transaction_start(storage);
  if (!failed) {
    instance_of(storage)->handle = handle;
  }
  return failed;
}

static int
transaction_commit(librdf_storage *storage)
{
  Instance *const self = instance_of(storage);
  self->handle = NULL;
  return !self->in_transaction || self->implicit || commit_write(self);
}

static int
transaction_rollback(librdf_storage *storage)
{
  Instance *const self = instance_of(storage);
  self->handle = NULL;
  if (!self->in_transaction || self->implicit) {
    return 1;
  }
  rollback_write(self);
  return 0;
}

static void *
transaction_get_handle(librdf_storage *storage)
{
  return instance_of(storage)->handle;
}

/* A single change: in the open transaction, else in one of its own. */

static int
begin_change(Instance *self, bool *own)
{
  *own = !self->in_transaction;
  if (*own && begin_write(self)) {
    return 1;
  }
  if (*own && self->batch > 0) {
    self->implicit = true;
    *own = false;
  }
  return 0;
}

static int
end_change(Instance *self, bool own, DgStatus status)
{
  status = status == DG_NO_MATCH ? DG_OK : status;
  const int failed = complain(self, status, NULL);
  if (own && failed) {
    rollback_write(self);
  } else if (own || (self->implicit && ++self->pending >= self->batch)) {
    return commit_write(self) || failed;
  }
  return failed;
}

static int
change(librdf_storage *storage, librdf_node *context,
       librdf_statement *statement, bool add)
{
  Instance *const self = instance_of(storage);
  bool own = false;
  if (begin_change(self, &own)) {
    return 1;
  }
  DgDataset *const store = self->write->store;
  DgIdQuad quad;
  DgStatus status = DG_OK;
  if (add) {
    status = make_quad(self->write, statement, context, &quad);
    status = status == DG_OK ? store->class_->add(store, quad) : status;
  } else {
    dg_arena_reset(self->write->arena);
    status = find_pattern(self->write, statement, context, &quad);
    quad.g = context ? quad.g : DG_ID_DEFAULT_GRAPH;
    status = status == DG_OK ? store->class_->remove(store, quad) : status;
  }
  return end_change(self, own, status);
}

static int
context_add_statement(librdf_storage *storage, librdf_node *context,
                      librdf_statement *statement)
{
  return change(storage, context, statement, true);
}

static int
add_statement(librdf_storage *storage, librdf_statement *statement)
{
  return change(storage, NULL, statement, true);
}

static int
context_remove_statement(librdf_storage *storage, librdf_node *context,
                         librdf_statement *statement)
{
  return change(storage, context, statement, false);
}

static int
remove_statement(librdf_storage *storage, librdf_statement *statement)
{
  return change(storage, NULL, statement, false);
}

/* Add a stream's statements, in their own contexts unless one is given. */
static DgStatus
add_stream(Instance *self, librdf_node *context, librdf_stream *stream)
{
  DgDataset *const store = self->write->store;
  for (; !librdf_stream_end(stream); (void)librdf_stream_next(stream)) {
    librdf_statement *const statement = librdf_stream_get_object(stream);
    if (!statement) {
      return DG_BAD_INPUT;
    }
    DgIdQuad quad;
    DG_TRY(make_quad(self->write, statement, context, &quad));
    const DgStatus status = store->class_->add(store, quad);
    if (status != DG_OK && status != DG_NO_MATCH) {
      return status;
    }
  }
  return DG_OK;
}

static int
context_add_statements(librdf_storage *storage, librdf_node *context,
                       librdf_stream *stream)
{
  Instance *const self = instance_of(storage);
  bool own = false;
  if (begin_change(self, &own)) {
    return 1;
  }
  return end_change(self, own, add_stream(self, context, stream));
}

static int
add_statements(librdf_storage *storage, librdf_stream *stream)
{
  return context_add_statements(storage, NULL, stream);
}

static int
context_remove_statements(librdf_storage *storage, librdf_node *context)
{
  Instance *const self = instance_of(storage);
  bool own = false;
  if (begin_change(self, &own)) {
    return 1;
  }
  DgIdQuad pattern;
  dg_arena_reset(self->write->arena);
  DgStatus status = find_pattern(self->write, NULL, context, &pattern);
  pattern.g = context ? pattern.g : DG_ID_DEFAULT_GRAPH;
  if (status == DG_OK) {
    status = dg_store_remove_matching(self->write->store, pattern, NULL);
  }
  return end_change(self, own, status);
}

static int
sync_storage(librdf_storage *storage)
{
  return end_batch(instance_of(storage));
}

/* Features. */

static librdf_node *
get_feature(librdf_storage *storage, librdf_uri *feature)
{
  const char *const name = (const char *)librdf_uri_as_string(feature);
  if (!name || strcmp(name, LIBRDF_MODEL_FEATURE_CONTEXTS) != 0) {
    return NULL;
  }
  return librdf_new_node_from_typed_literal(
      instance_of(storage)->world, (const unsigned char *)"1", NULL, NULL);
}

/* Life. */

static void
free_instance(Instance *self)
{
  if (self->in_transaction) {
    rollback_write(self);
  }
  free_reader(self->write);
  while (self->idle) {
    Reader *const reader = self->idle;
    self->idle = reader->next;
    free_reader(reader);
  }
  free(self->folder);
  free(self);
}

/* The folder of a name and the option "dir", on the heap. */
static char *
folder_of(const char *name, librdf_hash *options)
{
  char *const dir = options ? librdf_hash_get(options, "dir") : NULL;
  DgBuf folder = DG_BUF_INIT;
  if (dir && *name != '/') {
    dg_buf_printf(&folder, "%s/", dir);
  }
  dg_buf_add(&folder, dg_str(name));
  librdf_free_memory(dir);
  return folder.data;
}

static bool
remove_everything(Instance *self)
{
  if (begin_write(self)) {
    return false;
  }
  const DgIdQuad all = { 0, 0, 0, 0 };
  return !end_change(self, true,
                     dg_store_remove_matching(self->write->store, all, NULL));
}

static bool
open_instance(Instance *self, bool is_new)
{
  if (self->read_only) {
    Reader *const reader = new_reader(self, DG_STORE_READ);
    if (reader) {
      put_back(self, reader);
    }
    return reader != NULL;
  }
  self->write = new_reader(self, DG_STORE_CREATE);
  return self->write && (!is_new || remove_everything(self));
}

static int
init_instance(librdf_storage *storage, char *folder, bool read_only, long batch,
              bool is_new)
{
  Instance *const self = calloc(1, sizeof *self);
  if (!self || !folder) {
    free(self);
    free(folder);
    return 1;
  }
  self->storage = storage;
  self->world = librdf_storage_get_world(storage);
  self->folder = folder;
  self->read_only = read_only;
  self->batch = batch;
  if (!open_instance(self, is_new)) {
    free_instance(self);
    return 1;
  }
  librdf_storage_set_instance(storage, self);
  return 0;
}

static int
init(librdf_storage *storage, const char *name, librdf_hash *options)
{
  if (!name) {
    if (options) {
      librdf_free_hash(options);
    }
    return 1;
  }
  char *const folder = folder_of(name, options);
  const bool is_new = options && librdf_hash_get_as_boolean(options, "new") > 0;
  const bool read_only =
      options && librdf_hash_get_as_boolean(options, "write") == 0;
  const long batch = options ? librdf_hash_get_as_long(options, "batch") : 0;
  if (options) {
    librdf_free_hash(options); /* ours, by the factory's contract */
  }
  return init_instance(storage, folder, read_only, batch, is_new);
}

static int
clone_storage(librdf_storage *new_storage, librdf_storage *old_storage)
{
  const Instance *const old = instance_of(old_storage);
  return init_instance(new_storage, strdup(old->folder), old->read_only,
                       old->batch, false);
}

static void
terminate(librdf_storage *storage)
{
  Instance *const self = instance_of(storage);
  if (self) {
    (void)end_batch(self);
    free_instance(self);
  }
}

static int
open_storage(librdf_storage *storage, librdf_model *model)
{
  (void)storage;
  (void)model;
  return 0;
}

static int
close_storage(librdf_storage *storage)
{
  return end_batch(instance_of(storage));
}

static void
fill_factory(librdf_storage_factory *factory)
{
  factory->version = LIBRDF_STORAGE_INTERFACE_VERSION;
  factory->init = init;
  factory->clone = clone_storage;
  factory->terminate = terminate;
  factory->open = open_storage;
  factory->close = close_storage;
  factory->size = size;
  factory->add_statement = add_statement;
  factory->add_statements = add_statements;
  factory->remove_statement = remove_statement;
  factory->contains_statement = contains_statement;
  factory->serialise = serialise;
  factory->find_statements = find_statements;
  factory->find_sources = find_sources;
  factory->find_arcs = find_arcs;
  factory->find_targets = find_targets;
  factory->context_add_statement = context_add_statement;
  factory->context_add_statements = context_add_statements;
  factory->context_remove_statement = context_remove_statement;
  factory->context_remove_statements = context_remove_statements;
  factory->context_serialise = context_serialise;
  factory->find_statements_in_context = find_in_context;
  factory->get_contexts = get_contexts;
  factory->get_feature = get_feature;
  factory->sync = sync_storage;
  factory->transaction_start = transaction_start;
  factory->transaction_start_with_handle = transaction_start_with_handle;
  factory->transaction_commit = transaction_commit;
  factory->transaction_rollback = transaction_rollback;
  factory->transaction_get_handle = transaction_get_handle;
}

int
dg_librdf_register(librdf_world *world)
{
  return librdf_storage_register_factory(
      world, "lmdb", "Embedded quads in LMDB", fill_factory);
}
