/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/librdf_dataset.h"

#include "store/librdf_node.h"
#include "store/order.h"
#include "store/term_table.h"

#include <stdlib.h>
#include <unistd.h>

/* A change of the open write, to be undone. */
typedef struct {
  DgIdQuad quad;
  bool added;
} Change;

typedef struct {
  DgDataset base;
  librdf_world *world;
  librdf_storage *storage;
  librdf_model *model;
  DgTermTable *terms;
  DgArena *arena; /* of one call */
  char *message;  /* last one of librdf */
  bool contexts;
  bool writing;
  bool transaction;     /* librdf has one */
  bool no_transactions; /* that are of use */
  Change *changes;      /* [n_changes] */
  size_t n_changes;
  size_t cap;
} Librdf;

/* What a find has found, sorted. */
typedef struct {
  DgDatasetCursor base;
  int index;
  DgKey *keys; /* [n] */
  size_t n;
  size_t cap;
  size_t at;
} Found;

static Librdf *
librdf_of(DgDataset *dataset)
{
  return (Librdf *)dataset;
}

static int
keep_message(void *user_data, librdf_log_message *message)
{
  Librdf *const self = user_data;
  if (librdf_log_message_level(message) >= LIBRDF_LOG_ERROR) {
    free(self->message);
    self->message = strdup(librdf_log_message_message(message));
  }
  return 1;
}

static DgStatus
failure(Librdf *self, DgDiag *diag, const char *what)
{
  return dg_diag_set(diag, DG_IO_ERROR, "cannot %s: %s", what,
                     self->message ? self->message : "librdf does not say why");
}

/* Some storages log an error and say that all is fine. */
static void
forget_message(Librdf *self)
{
  free(self->message);
  self->message = NULL;
}

/* Terms. */

static DgStatus
find_id(DgDataset *dataset, const DgTerm *term, DgId *id)
{
  Librdf *const self = librdf_of(dataset);
  if (term->kind == DG_TERM_NONE) {
    *id = DG_ID_DEFAULT_GRAPH;
    return DG_OK;
  }
  return dg_term_table_add(self->terms, term, id);
}

static DgStatus
get_term(DgDataset *dataset, DgId id, DgArena *arena, DgTerm *term)
{
  Librdf *const self = librdf_of(dataset);
  if (id == DG_ID_DEFAULT_GRAPH) {
    *term = (DgTerm){ DG_TERM_NONE, DG_STR_NONE, DG_STR_NONE, DG_STR_NONE };
    return DG_OK;
  }
  return dg_term_table_get(self->terms, id, arena, term);
}

static librdf_node *
node_of(Librdf *self, DgId id)
{
  DgTerm term;
  if (id <= DG_ID_DEFAULT_GRAPH ||
      get_term(&self->base, id, self->arena, &term) != DG_OK) {
    return NULL;
  }
  return dg_librdf_node(self->world, &term);
}

static librdf_statement *
statement_of(Librdf *self, const DgIdQuad *quad)
{
  librdf_statement *const statement = librdf_new_statement(self->world);
  if (statement) {
    librdf_statement_set_subject(statement, node_of(self, quad->s));
    librdf_statement_set_predicate(statement, node_of(self, quad->p));
    librdf_statement_set_object(statement, node_of(self, quad->o));
  }
  return statement;
}

static DgStatus
node_id(Librdf *self, librdf_node *node, DgId *id)
{
  DgTerm term;
  DG_TRY(dg_librdf_term(node, self->arena, &term));
  return find_id(&self->base, &term, id);
}

/* Finding. */

static DgStatus
keep_key(Found *found, const DgIdQuad *quad)
{
  if (found->n == found->cap) {
    const size_t cap = found->cap ? found->cap * 2 : 64;
    DgKey *const keys = realloc(found->keys, cap * sizeof *keys);
    DG_TRY_PTR(keys);
    found->keys = keys;
    found->cap = cap;
  }
  found->keys[found->n++] = dg_key_of(quad, found->index);
  return DG_OK;
}

static bool
fits(DgId wanted, DgId id)
{
  return !wanted || wanted == id;
}

static DgStatus
keep_current(Librdf *self, librdf_stream *stream, const DgIdQuad *pattern,
             librdf_node *context, Found *found)
{
  librdf_statement *const statement = librdf_stream_get_object(stream);
  if (!statement) {
    return DG_IO_ERROR;
  }
  librdf_node *const own = librdf_stream_get_context2(stream);
  DgIdQuad quad;
  DG_TRY(node_id(self, librdf_statement_get_subject(statement), &quad.s));
  DG_TRY(node_id(self, librdf_statement_get_predicate(statement), &quad.p));
  DG_TRY(node_id(self, librdf_statement_get_object(statement), &quad.o));
  /* Some storages do not say the context of what they found in one. */
  DG_TRY(node_id(self, own || !context ? own : context, &quad.g));
  if (!fits(pattern->s, quad.s) || !fits(pattern->p, quad.p) ||
      !fits(pattern->o, quad.o) || !fits(pattern->g, quad.g)) {
    return DG_OK;
  }
  return keep_key(found, &quad);
}

static DgStatus
read_matching(Librdf *self, const DgIdQuad *pattern, Found *found)
{
  librdf_statement *const statement = statement_of(self, pattern);
  DG_TRY_PTR(statement);
  forget_message(self);
  librdf_node *const context =
      self->contexts ? node_of(self, pattern->g) : NULL;
  librdf_stream *const stream =
      context ? librdf_model_find_statements_in_context(self->model, statement,
                                                        context)
              : librdf_model_find_statements(self->model, statement);
  DgStatus status = stream ? DG_OK : DG_IO_ERROR;
  while (status == DG_OK && !librdf_stream_end(stream)) {
    status = keep_current(self, stream, pattern, context, found);
    (void)librdf_stream_next(stream);
    dg_arena_reset(self->arena);
  }
  if (stream) {
    librdf_free_stream(stream);
  }
  if (context) {
    librdf_free_node(context);
  }
  librdf_free_statement(statement);
  return status == DG_OK && self->message ? DG_IO_ERROR : status;
}

static int
compare_keys(const void *a, const void *b)
{
  return dg_key_compare(a, b);
}

static void
sort_found(Found *found)
{
  size_t n = 0;
  if (found->n) {
    qsort(found->keys, found->n, sizeof *found->keys, compare_keys);
  }
  for (size_t i = 0; i < found->n; ++i) {
    if (!n || dg_key_compare(&found->keys[n - 1], &found->keys[i]) != 0) {
      found->keys[n++] = found->keys[i];
    }
  }
  found->n = n;
}

static void
close_found(DgDatasetCursor *cursor)
{
  Found *const found = (Found *)cursor;
  free(found->keys);
  free(found);
}

static DgStatus
find(DgDataset *dataset, DgIdQuad pattern, DgOrder order,
     DgDatasetCursor **cursor)
{
  Librdf *const self = librdf_of(dataset);
  Found *const found = calloc(1, sizeof *found);
  DG_TRY_PTR(found);
  found->base.class_ = dataset->class_;
  found->index = order == DG_ORDER_ANY ? 0 : dg_order_index(order);
  const DgStatus status = read_matching(self, &pattern, found);
  if (status != DG_OK) {
    close_found(&found->base);
    return status;
  }
  sort_found(found);
  *cursor = &found->base;
  return DG_OK;
}

static DgStatus
next(DgDatasetCursor *cursor, DgIdQuad *quad)
{
  Found *const found = (Found *)cursor;
  if (found->at == found->n) {
    return DG_NO_MATCH;
  }
  *quad = dg_key_quad(&found->keys[found->at++], found->index);
  return DG_OK;
}

static DgStatus
seek(DgDatasetCursor *cursor, DgIdQuad quad)
{
  Found *const found = (Found *)cursor;
  const DgKey key = dg_key_of(&quad, found->index);
  size_t end = found->n;
  while (found->at < end) {
    const size_t middle = found->at + (end - found->at) / 2;
    if (dg_key_compare(&found->keys[middle], &key) < 0) {
      found->at = middle + 1;
    } else {
      end = middle;
    }
  }
  return DG_OK;
}

/* Guesses: what one bound place leaves of the whole. */
static DgStatus
count(DgDataset *dataset, DgIdQuad pattern, uint64_t *n, bool *exact)
{
  const int size = librdf_model_size(librdf_of(dataset)->model);
  uint64_t left = size > 0 ? (uint64_t)size : 1000;
  left = pattern.s ? left / 50 + 1 : left;
  left = pattern.p ? left / 10 + 1 : left;
  left = pattern.o ? left / 20 + 1 : left;
  *n = pattern.g ? left / 5 + 1 : left;
  *exact = false;
  return DG_OK;
}

static DgStatus
distinct(DgDataset *dataset, DgIdQuad pattern, char place, uint64_t *n)
{
  bool exact = false;
  DG_TRY(count(dataset, pattern, n, &exact));
  *n = place == 'p' || place == 'g' ? *n / 20 + 1 : *n / 3 + 1;
  return DG_OK;
}

static DgStatus
read_begin(DgDataset *dataset, DgDiag *diag)
{
  (void)dataset;
  (void)diag;
  return DG_OK;
}

static void
read_end(DgDataset *dataset)
{
  (void)dataset;
}

/* Writing. */

static DgStatus
write_begin(DgDataset *dataset, DgDiag *diag)
{
  Librdf *const self = librdf_of(dataset);
  if (self->writing) {
    return dg_diag_set(diag, DG_CONFLICT, "a write is open already");
  }
  self->transaction =
      !self->no_transactions && !librdf_model_transaction_start(self->model);
  self->writing = true;
  self->n_changes = 0;
  return DG_OK;
}

static DgStatus
write_commit(DgDataset *dataset, DgDiag *diag)
{
  Librdf *const self = librdf_of(dataset);
  if (!self->writing) {
    return dg_diag_set(diag, DG_USAGE, "no write is open");
  }
  self->writing = false;
  forget_message(self);
  if ((self->transaction && librdf_model_transaction_commit(self->model)) ||
      self->message) {
    return failure(self, diag, "commit");
  }
  (void)librdf_model_sync(self->model);
  return self->message ? failure(self, diag, "write") : DG_OK;
}

/* Put a quad in or take it out, as librdf does it. */
static DgStatus
apply(Librdf *self, const DgIdQuad *quad, bool add)
{
  librdf_statement *const statement = statement_of(self, quad);
  DG_TRY_PTR(statement);
  librdf_node *const context = node_of(self, quad->g);
  forget_message(self);
  int failed = 0;
  if (context && !self->contexts) {
    failed = 2;
  } else if (context) {
    failed = add ? librdf_model_context_add_statement(self->model, context,
                                                      statement)
                 : librdf_model_context_remove_statement(self->model, context,
                                                         statement);
  } else {
    failed = add ? librdf_model_add_statement(self->model, statement)
                 : librdf_model_remove_statement(self->model, statement);
  }
  if (context) {
    librdf_free_node(context);
  }
  librdf_free_statement(statement);
  dg_arena_reset(self->arena);
  return failed == 2               ? DG_UNSUPPORTED
         : failed || self->message ? DG_IO_ERROR
                                   : DG_OK;
}

static DgStatus
note_change(Librdf *self, const DgIdQuad *quad, bool added)
{
  if (self->n_changes == self->cap) {
    const size_t cap = self->cap ? self->cap * 2 : 256;
    Change *const changes = realloc(self->changes, cap * sizeof *changes);
    DG_TRY_PTR(changes);
    self->changes = changes;
    self->cap = cap;
  }
  self->changes[self->n_changes++] = (Change){ *quad, added };
  return DG_OK;
}

static DgStatus
change(DgDataset *dataset, const DgIdQuad *quad, bool add)
{
  Librdf *const self = librdf_of(dataset);
  if (!self->writing) {
    return DG_UNSUPPORTED;
  }
  Found found = { .index = 0 };
  const DgStatus status = read_matching(self, quad, &found);
  const bool there = found.n != 0;
  const size_t copies = found.n;
  free(found.keys);
  DG_TRY(status);
  if (there == add) {
    return DG_NO_MATCH;
  }
  DG_TRY(note_change(self, quad, add));
  for (size_t i = 0; i < (add ? 1 : copies); ++i) {
    DG_TRY(apply(self, quad, add));
  }
  return DG_OK;
}

static DgStatus
add_quad(DgDataset *dataset, DgIdQuad quad)
{
  return change(dataset, &quad, true);
}

static DgStatus
remove_quad(DgDataset *dataset, DgIdQuad quad)
{
  return change(dataset, &quad, false);
}

static void
write_rollback(DgDataset *dataset)
{
  Librdf *const self = librdf_of(dataset);
  if (!self->writing) {
    return;
  }
  self->writing = false;
  if (self->transaction && !librdf_model_transaction_rollback(self->model)) {
    return;
  }
  while (self->n_changes) {
    const Change *const last = &self->changes[--self->n_changes];
    (void)apply(self, &last->quad, !last->added);
  }
}

/* Life. */

static void
free_dataset(DgDataset *dataset)
{
  Librdf *const self = librdf_of(dataset);
  write_rollback(dataset);
  if (self->model) {
    librdf_free_model(self->model);
  }
  if (self->storage) {
    librdf_free_storage(self->storage);
  }
  if (self->world) {
    librdf_free_world(self->world);
  }
  dg_term_table_free(self->terms);
  dg_arena_free(self->arena);
  free(self->changes);
  free(self->message);
  free(self);
}

static const DgDatasetClass librdf_class = {
  .name = "librdf",
  .free = free_dataset,
  .read_begin = read_begin,
  .read_end = read_end,
  .find_id = find_id,
  .term = get_term,
  .find = find,
  .next = next,
  .seek = seek,
  .close = close_found,
  .count = count,
  .distinct = distinct,
  .write_begin = write_begin,
  .write_commit = write_commit,
  .write_rollback = write_rollback,
  .make_id = find_id,
  .add = add_quad,
  .remove = remove_quad,
};

static bool
has_contexts(Librdf *self)
{
  librdf_uri *const feature = librdf_new_uri(
      self->world, (const unsigned char *)LIBRDF_MODEL_FEATURE_CONTEXTS);
  librdf_node *const value =
      feature ? librdf_model_get_feature(self->model, feature) : NULL;
  const char *const text =
      value && librdf_node_is_literal(value)
          ? (const char *)librdf_node_get_literal_value(value)
          : NULL;
  const bool has = text && !strcmp(text, "1");
  if (value) {
    librdf_free_node(value);
  }
  if (feature) {
    librdf_free_uri(feature);
  }
  return has;
}

static bool
open_model(Librdf *self, const char *storage, const char *name,
           const char *options)
{
  self->world = librdf_new_world();
  if (!self->world) {
    return false;
  }
  librdf_world_set_logger(self->world, self, keep_message);
  librdf_world_open(self->world);
  self->storage =
      librdf_new_storage(self->world, storage, name, *options ? options : NULL);
  self->model =
      self->storage ? librdf_new_model(self->world, self->storage, NULL) : NULL;
  self->contexts = self->model && has_contexts(self);
  return self->model != NULL;
}

/* Whether a file of sqlite is not there, nor asked for with new='yes'; librdf
 * would make one without tables. */
static bool
is_absent(const char *storage, const char *name, DgStr options)
{
  return !strcmp(storage, "sqlite") && access(name, F_OK) != 0 &&
         dg_str_find(options, DG_STR("new="), 0) == SIZE_MAX;
}

/* Add to the user's options those that are needed and not given. */
static void
add_options(const char *storage, const char *name, bool create, DgBuf *options)
{
  const bool asks = !strcmp(storage, "hashes") || !strcmp(storage, "memory");
  const DgStr given = dg_buf_str(options);
  if (asks && dg_str_find(given, DG_STR("contexts="), 0) == SIZE_MAX) {
    dg_buf_printf(options, "%scontexts='yes'", options->len ? "," : "");
  }
  if (create && is_absent(storage, name, given)) {
    dg_buf_printf(options, "%snew='yes'", options->len ? "," : "");
  }
  dg_buf_add_char(options, '\0');
}

bool
dg_librdf_lacks_graphs(const DgDataset *dataset)
{
  return dataset->class_ == &librdf_class &&
         !((const Librdf *)dataset)->contexts;
}

const char *
dg_librdf_message(const DgDataset *dataset)
{
  return dataset->class_ == &librdf_class ? ((const Librdf *)dataset)->message
                                          : NULL;
}

DgStatus
dg_librdf_open(const char *storage, const char *rest, bool create,
               DgDataset **out, DgDiag *diag)
{
  Librdf *const self = calloc(1, sizeof *self);
  char *const name = strdup(rest);
  if (!self || !name) {
    free(self);
    free(name);
    return DG_NO_MEMORY;
  }
  self->base.class_ = &librdf_class;
  self->terms = dg_term_table_new();
  self->arena = dg_arena_new();
  /* There librdf inserts terms that are there already, and PostgreSQL ends a
   * transaction at the first error. */
  self->no_transactions = !strcmp(storage, "postgresql");
  char *const mark = strchr(name, '?');
  if (mark) {
    *mark = '\0';
  }
  DgBuf options = DG_BUF_INIT;
  dg_buf_add(&options, dg_str(mark ? mark + 1 : ""));
  const bool absent = !create && is_absent(storage, name, dg_buf_str(&options));
  add_options(storage, name, create, &options);
  const bool fine = !absent && self->terms && self->arena && !options.failed &&
                    open_model(self, storage, name, dg_buf_str(&options).ptr);
  dg_buf_clear(&options);
  free(name);
  if (!fine) {
    (void)dg_diag_set(diag, DG_NOT_FOUND, "librdf cannot open '%s': %s",
                      storage,
                      absent          ? "there is no such file"
                      : self->message ? self->message
                                      : "no such storage");
    dg_diag_source(diag, rest);
    free_dataset(&self->base);
    return DG_NOT_FOUND;
  }
  *out = &self->base;
  return DG_OK;
}
