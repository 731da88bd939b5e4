/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/load.h"

#include "base/vec.h"
#include "store/id.h"
#include "store/lmdb_build.h"
#include "store/nquads.h"
#include "store/rdf_reader.h"
#include "store/rdf_source.h"
#include "store/term_table.h"

#include <stdio.h>
#include <stdlib.h>

enum { TELL_EVERY = 1 << 16, LABEL_TRIES = 1000000 };

/* Where quads go, and what terms are called there. */
typedef struct {
  DgDataset *store;   /* null for a bulk load */
  DgLmdbBuild *build; /* null for others */
} Target;

/* One file being loaded. */
typedef struct {
  Target target;
  const DgLoadOptions *options;
  DgLoadCounts *counts;
  DgTermTable *labels; /* blank nodes of this file */
  DgArena *renamed_arena;
  DG_VEC(DgTerm) renamed; /* by the number in `labels` */
} Load;

/* Blank nodes. */

static bool
is_taken(Load *load, const DgTerm *label)
{
  if (load->target.build) {
    return dg_lmdb_build_knows(load->target.build, label);
  }
  DgId id;
  DgDataset *const store = load->target.store;
  return store->class_->find_id(store, label, &id) == DG_OK;
}

/* The label that this file's label has in the store. */
static DgStatus
new_label(Load *load, const DgTerm *label, DgTerm *name)
{
  *name = *label;
  for (unsigned i = 2; is_taken(load, name); ++i) {
    if (i > LABEL_TRIES) {
      return DG_LIMIT;
    }
    char *const text =
        dg_arena_printf(load->renamed_arena, "%.*s-%u", (int)label->value.len,
                        label->value.ptr, i);
    DG_TRY_PTR(text);
    name->value = dg_str(text);
  }
  return dg_term_copy(load->renamed_arena, name, name);
}

static DgStatus
rename_blank(Load *load, DgTerm *term)
{
  if (term->kind != DG_TERM_BLANK) {
    return DG_OK;
  }
  DgId id;
  DG_TRY(dg_term_table_add(load->labels, term, &id));
  const size_t place = dg_id_number(id) - 1;
  if (place < load->renamed.n) {
    *term = load->renamed.items[place];
    return DG_OK;
  }
  DgTerm *const name = DG_VEC_ADD(load->renamed_arena, &load->renamed);
  DG_TRY_PTR(name);
  DG_TRY(new_label(load, term, name));
  *term = *name;
  return DG_OK;
}

/* Quads. */

static DgStatus
quad_ids(const Target *target, const DgQuad *quad, DgIdQuad *ids)
{
  if (target->build) {
    DG_TRY(dg_lmdb_build_id(target->build, &quad->s, &ids->s));
    DG_TRY(dg_lmdb_build_id(target->build, &quad->p, &ids->p));
    DG_TRY(dg_lmdb_build_id(target->build, &quad->o, &ids->o));
    return dg_lmdb_build_id(target->build, &quad->g, &ids->g);
  }
  DgDataset *const store = target->store;
  DG_TRY(store->class_->make_id(store, &quad->s, &ids->s));
  DG_TRY(store->class_->make_id(store, &quad->p, &ids->p));
  DG_TRY(store->class_->make_id(store, &quad->o, &ids->o));
  ids->g = DG_ID_DEFAULT_GRAPH;
  return quad->g.kind == DG_TERM_NONE
             ? DG_OK
             : store->class_->make_id(store, &quad->g, &ids->g);
}

static DgStatus
put_quad(void *self, const DgQuad *given)
{
  Load *const load = self;
  DgQuad quad = *given;
  DG_TRY(rename_blank(load, &quad.s));
  DG_TRY(rename_blank(load, &quad.o));
  DG_TRY(rename_blank(load, &quad.g));
  DgIdQuad ids;
  DG_TRY(quad_ids(&load->target, &quad, &ids));
  ++load->counts->quads;
  if (load->target.build) {
    return dg_lmdb_build_add(load->target.build, &ids);
  }
  DgDataset *const store = load->target.store;
  const DgStatus status = store->class_->add(store, ids);
  load->counts->added += status == DG_OK;
  return status == DG_NO_MATCH ? DG_OK : status;
}

static void
tell_progress(const Load *load, size_t at, size_t total)
{
  if (load->options->progress) {
    load->options->progress(load->options->self, load->counts->quads, at,
                            total);
  }
}

/* Go on after an error of the input, when that is asked for. */
static DgStatus
pass_over(Load *load, DgStatus status, DgDiag *diag)
{
  if (status != DG_BAD_INPUT || !load->options->lenient) {
    return status;
  }
  ++load->counts->skipped;
  if (load->options->skipped) {
    load->options->skipped(load->options->self, diag);
  }
  dg_diag_clear(diag);
  return DG_OK;
}

static DgStatus
read_lines(Load *load, const char *name, DgStr text, bool triples, DgDiag *diag)
{
  DgLineReader reader = { text, name, triples, 0, dg_arena_new() };
  DG_TRY_PTR(reader.arena);
  const DgTerm graph = load->options->graph;
  DgStatus status = DG_OK;
  for (size_t turn = 1; status == DG_OK; ++turn) {
    DgQuad quad;
    status = dg_line_reader_next(&reader, &quad, diag);
    if (status == DG_OK) {
      quad.g = quad.g.kind == DG_TERM_NONE ? graph : quad.g;
      status = put_quad(load, &quad);
    } else if (status == DG_BAD_INPUT) {
      status = pass_over(load, status, diag);
    }
    if (turn % TELL_EVERY == 0) {
      tell_progress(load, reader.at, text.len);
    }
  }
  dg_arena_free(reader.arena);
  return status == DG_NO_MATCH ? DG_OK : status;
}

/* The IRI that relative ones in a file are read against, on the heap. */
static char *
base_of(const char *path)
{
  char *const real = strcmp(path, "-") ? realpath(path, NULL) : NULL;
  DgBuf iri = DG_BUF_INIT;
  dg_buf_add(&iri, DG_STR("file://"));
  for (const char *at = real ? real : "/stdin"; *at; ++at) {
    if (strchr(" <>\"{}|\\^`%#?", *at) || (unsigned char)*at < 0x20) {
      dg_buf_printf(&iri, "%%%02X", (unsigned char)*at);
    } else {
      dg_buf_add_char(&iri, *at);
    }
  }
  free(real);
  return iri.data;
}

static DgStatus
read_source(Load *load, const char *path, const DgRdfSource *source,
            DgDiag *diag)
{
  const DgRdfSyntax syntax =
      load->options->syntax ? load->options->syntax : source->syntax;
  if (syntax == DG_RDF_NTRIPLES || syntax == DG_RDF_NQUADS) {
    return read_lines(load, path, source->bytes, syntax == DG_RDF_NTRIPLES,
                      diag);
  }
  char *const base = base_of(path);
  const DgRdfOptions options = { .syntax = syntax,
                                 .base = dg_str(base),
                                 .graph = load->options->graph };
  const DgQuadSink sink = { put_quad, load };
  const DgStatus status =
      dg_rdf_read(source->bytes, path, &options, &sink, diag);
  free(base);
  return pass_over(load, status, diag);
}

static DgStatus
load_path(const Target *target, const char *path, const DgLoadOptions *options,
          DgLoadCounts *counts, DgDiag *diag)
{
  Load load = { .target = *target,
                .options = options,
                .counts = counts,
                .labels = dg_term_table_new(),
                .renamed_arena = dg_arena_new() };
  DgRdfSource source;
  DgStatus status = load.labels && load.renamed_arena ? DG_OK : DG_NO_MEMORY;
  status = status == DG_OK ? dg_rdf_source_open(path, &source, diag) : status;
  if (status == DG_OK) {
    status = read_source(&load, path, &source, diag);
    dg_rdf_source_close(&source);
  }
  dg_term_table_free(load.labels);
  dg_arena_free(load.renamed_arena);
  return status;
}

/* Every failure has a message. */
static DgStatus
told(DgStatus status, const char *path, DgDiag *diag)
{
  if (status != DG_OK && diag && diag->status == DG_OK) {
    (void)dg_diag_set(diag, status, "cannot load: %s", dg_status_text(status));
    dg_diag_source(diag, path);
  }
  return status;
}

DgStatus
dg_load_file(DgDataset *store, const char *path, const DgLoadOptions *options,
             DgLoadCounts *counts, DgDiag *diag)
{
  if (!store->class_->write_begin) {
    return told(DG_UNSUPPORTED, path, diag);
  }
  DgDiag own = DG_DIAG_INIT;
  diag = diag ? diag : &own;
  const Target target = { store, NULL };
  const DgLoadCounts before = *counts;
  DgStatus status = store->class_->write_begin(store, diag);
  if (status == DG_OK) {
    status = load_path(&target, path, options, counts, diag);
    if (status == DG_OK) {
      status = store->class_->write_commit(store, diag);
    } else {
      store->class_->write_rollback(store);
    }
  }
  if (status != DG_OK) {
    *counts = before;
  }
  status = told(status, path, diag);
  dg_diag_clear(&own);
  return status;
}

DgStatus
dg_load_bulk(DgDataset *store, const char *const *paths, size_t n_paths,
             const DgLoadOptions *options, DgLoadCounts *counts, DgDiag *diag)
{
  if (!dg_lmdb_is(store)) {
    return dg_diag_set(diag, DG_UNSUPPORTED,
                       "only the embedded store is loaded in bulk");
  }
  DgDiag own = DG_DIAG_INIT;
  diag = diag ? diag : &own;
  Target target = { NULL, NULL };
  DgStatus status = dg_lmdb_build_new(store, false, &target.build, diag);
  for (size_t i = 0; status == DG_OK && i < n_paths; ++i) {
    status = told(load_path(&target, paths[i], options, counts, diag), paths[i],
                  diag);
  }
  if (status == DG_OK) {
    status = dg_lmdb_build_end(target.build, diag);
  } else {
    dg_lmdb_build_cancel(target.build);
  }
  dg_diag_clear(&own);
  return status;
}
