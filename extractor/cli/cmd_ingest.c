/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/reading.h"

#include "config.h"

#include "cli/dedupe.h"

#include "base/vec.h"
#include "cli/decisions_cli.h"
#include "lift/lift.h"
#include "merge/redirect.h"
#include "rdf/mint.h"
#include "rdf/vocab.h"
#include "store/librdf_dataset.h"
#include "store/open.h"
#include "store/rdf_reader.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * Each article is a graph of its own. The store's journal knows, for each
 * article's IRI, the hashes of its text and of the rules that read it; for
 * each file, which article it was. Quads and journal change in one
 * transaction, so a rerun after a kill goes on where it was.
 */
typedef struct {
  DgSetup setup;
  const char *spec;
  size_t batch; /**< articles a transaction */
  bool refresh; /**< read again what older rules have read */
  bool update;  /**< replace articles that have changed */
  DgReadingCounts counts;
  DgPool *pool;
  DgDataset *store;
  DgLiftOptions lift;
  DgDedupe dedupe;
  DgArena *arena;
  size_t pending; /**< articles since the last commit */
  size_t known;
  size_t changed;   /**< known under the same address, left alone */
  size_t removed;   /**< older versions that went */
  DgStatus failure; /**< of the store: nothing more is written */
  bool journal;     /**< the store has one */
  bool apart;       /**< --no-merge */
  bool unmerged;    /**< an earlier run did not come to its merge */
  const char *file; /**< --decisions */
  DgArena *deal_arena;
  DgToldStrings deals; /**< that articles told or tell, for the merge */
  DgRedirects redirects;
} Ingest;

/* ---- the journal ---- */

/** "text-hash rules-hash" of an article. */
static void
write_entry(const Ingest *x, const DgDocument *document, DgBuf *out)
{
  dg_mint_hash(document->text, out);
  dg_buf_printf(out, " %016llx", (unsigned long long)x->lift.ruleset);
}

static DgStatus
journal_get(Ingest *x, const char *kind, DgStr name, DgStr *value)
{
  if (!x->journal) {
    return DG_NO_MATCH;
  }
  DgBuf key = DG_BUF_INIT;
  dg_buf_printf(&key, "%s:", kind);
  dg_buf_add(&key, name);
  const DgStatus status =
      key.len > 500 ? DG_NO_MATCH
                    : dg_store_journal_get(x->store, dg_buf_str(&key), value);
  dg_buf_clear(&key);
  return status;
}

static DgStatus
journal_put(Ingest *x, const char *kind, DgStr name, DgStr value)
{
  if (!x->journal) {
    return DG_OK;
  }
  DgBuf key = DG_BUF_INIT;
  dg_buf_printf(&key, "%s:", kind);
  dg_buf_add(&key, name);
  const DgStatus status =
      key.len > 500 ? DG_OK
                    : dg_store_journal_put(x->store, dg_buf_str(&key), value);
  dg_buf_clear(&key);
  return status;
}

/** Whether an article is to be read, by what the journal says of it. */
static bool
is_wanted(Ingest *x, const DgDocument *document, DgStr iri)
{
  DgStr entry;
  if (journal_get(x, "article", iri, &entry) != DG_OK || entry.len != 33) {
    return true;
  }
  DgBuf now = DG_BUF_INIT;
  write_entry(x, document, &now);
  const DgStr new_entry = dg_buf_str(&now);
  const bool same_text =
      dg_str_equal(dg_str_sub(entry, 0, 16), dg_str_sub(new_entry, 0, 16));
  const bool same_rules =
      dg_str_equal(dg_str_sub(entry, 17, 33), dg_str_sub(new_entry, 17, 33));
  dg_buf_clear(&now);
  if (!same_text && !x->update) {
    ++x->changed;
    return false;
  }
  x->known += same_text && (same_rules || !x->refresh);
  return !same_text || (x->refresh && !same_rules);
}

/* ---- one article ---- */

static DgStatus
put_line(void *self, const DgQuad *quad)
{
  dg_quad_write(quad, self);
  return DG_OK;
}

static DgStatus
render(void *user, const DgExtraction *extraction, DgBuf *out)
{
  const Ingest *const x = user;
  const DgQuadSink sink = { put_line, out };
  return dg_lift_article(&extraction->facts, &x->lift, &sink);
}

typedef struct {
  DgArena *arena;
  DG_VEC(DgQuad) list;
} Quads;

static DgStatus
keep_quad(void *self, const DgQuad *quad)
{
  Quads *const quads = self;
  DgQuad *const slot = DG_VEC_ADD(quads->arena, &quads->list);
  DG_TRY_PTR(slot);
  return dg_quad_copy(quads->arena, quad, slot);
}

/** Note the deals of a graph as it stands in the store. */
static DgStatus
note_old_deals(Ingest *x, const DgTerm *graph)
{
  return x->apart
             ? DG_OK
             : dg_merge_deals_of(x->store, graph, x->deal_arena, &x->deals);
}

static DgStatus
note_new_deals(Ingest *x, const Quads *quads)
{
  for (size_t i = 0; i < quads->list.n && !x->apart; ++i) {
    const DgQuad *const quad = &quads->list.items[i];
    if (dg_str_equal(quad->o.value, DG_STR(DG_V_deal_Deal)) &&
        dg_str_equal(quad->p.value, DG_STR(DG_V_rdf_type))) {
      DgStr *const slot = DG_VEC_ADD(x->deal_arena, &x->deals);
      DG_TRY_PTR(slot);
      *slot = dg_arena_copy(x->deal_arena, quad->s.value);
      DG_TRY_PTR(slot->ptr);
    }
  }
  return DG_OK;
}

/** Remember what tells copies; the links are then to be made anew. */
static DgStatus
put_print(Ingest *x, const DgDocument *document, DgStr iri)
{
  DgPrint print;
  char bytes[DG_PRINT_BYTES];
  DG_TRY(dg_print_of(document, &print));
  dg_print_write(&print, bytes);
  DG_TRY(journal_put(x, "print", iri, dg_str_n(bytes, sizeof bytes)));
  return journal_put(x, "copies", DG_STR("links"), DG_STR("stale"));
}

/** A file that held another article before: with --update, that one goes. */
static DgStatus
remove_older(Ingest *x, const DgDocument *document, DgStr iri)
{
  DgStr older;
  if (!x->update || journal_get(x, "file", document->origin, &older) != DG_OK ||
      dg_str_equal(older, iri)) {
    return DG_OK;
  }
  const DgTerm graph = dg_term_iri(dg_arena_copy(x->arena, older));
  DG_TRY_PTR(graph.value.ptr);
  DG_TRY(note_old_deals(x, &graph));
  DG_TRY(dg_store_replace_graph(x->store, &graph, NULL, 0));
  ++x->removed;
  return dg_cli_forget_article(x->store, graph.value);
}

static DgStatus
commit(Ingest *x, bool more)
{
  DgDiag diag = DG_DIAG_INIT;
  DgStatus status = x->store->class_->write_commit(x->store, &diag);
  x->pending = 0;
  if (status == DG_OK && more) {
    status = x->store->class_->write_begin(x->store, &diag);
  }
  if (status != DG_OK) {
    dg_cli_report(&diag);
  }
  dg_diag_clear(&diag);
  return status;
}

static DgStatus
put_article(Ingest *x, const DgDocument *document, DgStr rendered)
{
  dg_arena_reset(x->arena);
  const DgStr iri = dg_lift_article_iri(document, x->lift.base, x->arena);
  DG_TRY_PTR(iri.ptr);
  Quads quads = { .arena = x->arena };
  const DgRdfOptions options = { .syntax = DG_RDF_NQUADS };
  const DgQuadSink sink = { keep_quad, &quads };
  DG_TRY(dg_rdf_read(rendered, NULL, &options, &sink, NULL));
  DG_TRY(remove_older(x, document, iri));
  const DgTerm graph = dg_term_iri(iri);
  DG_TRY(dg_cli_merge_pending(x->store));
  DG_TRY(note_old_deals(x, &graph));
  DG_TRY(note_new_deals(x, &quads));
  if (x->refresh && !x->apart) {
    DG_TRY(dg_redirects_find(x->store, &graph, quads.list.items, quads.list.n,
                             x->deal_arena, &x->redirects));
  }
  DG_TRY(
      dg_store_replace_graph(x->store, &graph, quads.list.items, quads.list.n));
  DgBuf entry = DG_BUF_INIT;
  write_entry(x, document, &entry);
  DgStatus status = journal_put(x, "article", iri, dg_buf_str(&entry));
  dg_buf_clear(&entry);
  if (status == DG_OK) {
    status = journal_put(x, "file", document->origin, iri);
  }
  DG_TRY(status);
  DG_TRY(put_print(x, document, iri));
  ++x->counts.articles;
  return ++x->pending >= x->batch ? commit(x, true) : DG_OK;
}

/** Half a graph must not be committed: the first failure ends the whole. */
static DgStatus
deliver(void *user, const DgDocument *document, DgStr rendered)
{
  Ingest *const x = user;
  if (x->failure == DG_OK) {
    x->failure = put_article(x, document, rendered);
  }
  return x->failure == DG_OK ? DG_OK : DG_CANCELLED;
}

static DgStatus
take_document(void *user, const DgDocument *document)
{
  Ingest *const x = user;
  if (x->failure != DG_OK) {
    return DG_CANCELLED;
  }
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  const DgStr iri = dg_lift_article_iri(document, x->lift.base, arena);
  const bool wanted = iri.ptr && is_wanted(x, document, iri);
  DgStatus status = iri.ptr ? DG_OK : DG_NO_MEMORY;
  DgStr earliest = DG_STR_NONE;
  if (wanted && x->dedupe.copies) {
    DgPrint print;
    status = dg_print_of(document, &print);
    if (status == DG_OK) {
      status = dg_dedupe_take(&x->dedupe, &print, iri, &earliest);
    }
  }
  const bool same = dg_str_equal(earliest, iri); /* an older version of it */
  dg_arena_free(arena);
  if (!wanted || status != DG_OK || (earliest.ptr && !same)) {
    return status;
  }
  dg_reading_take(&x->counts, document);
  return dg_pool_submit(x->pool, document);
}

static void
take_error(void *user, const DgDiag *diag)
{
  dg_reading_error(&((Ingest *)user)->counts, diag);
}

/* ---- merging ---- */

/** From so many deals on, all of the store is looked at. */
enum { MANY_DEALS = 5000 };

/** Where a newer lexicon names an actor otherwise, the old IRI leads to it. */
static DgStatus
redirect(Ingest *x, DgCliDecisions *decisions, DgDiag *diag)
{
  if (!decisions->path) {
    return DG_OK;
  }
  DG_TRY(dg_redirects_settle(x->store, &x->redirects));
  for (size_t i = 0; i < x->redirects.n; ++i) {
    const DgRedirect *const one = &x->redirects.items[i];
    DG_TRY(dg_cli_redirect(decisions, one->from, one->into, one->name, diag));
  }
  return DG_OK;
}

static DgStatus
merge_in(Ingest *x, DgDiag *diag)
{
  DgCliDecisions decisions = { 0 };
  DgMergeCounts counts;
  const DgMergeScope scope = { x->deals.items, x->deals.n };
  const bool all = x->unmerged || x->deals.n > MANY_DEALS;
  DgStatus status =
      dg_cli_decisions_open(&decisions, x->store, x->spec, x->file, diag);
  if (status == DG_OK) {
    status = redirect(x, &decisions, diag);
  }
  if (status == DG_OK) {
    status = dg_cli_merge(x->store, &decisions, all ? NULL : &scope, &counts);
  }
  dg_cli_decisions_close(&decisions);
  return status;
}

/**
 * Merge what this run has read, in a transaction of its own: should it be
 * stopped, the journal tells the next one.
 */
static DgStatus
merge(Ingest *x)
{
  DgDiag diag = DG_DIAG_INIT;
  const DgDatasetClass *const class_ = x->store->class_;
  if (x->apart || (!x->deals.n && !x->unmerged)) {
    return DG_OK;
  }
  DgStatus status = class_->write_begin(x->store, &diag);
  if (status == DG_OK) {
    status = merge_in(x, &diag);
    if (status == DG_OK) {
      status = class_->write_commit(x->store, &diag);
    } else {
      class_->write_rollback(x->store);
    }
  }
  if (status != DG_OK) {
    dg_cli_error("the articles are in the store, but not merged");
    (void)dg_cli_failed(status, &diag);
  }
  return status;
}

/* ---- copies ---- */

static DgStatus
load_print(void *self, DgStr key, DgStr value)
{
  static const char kind[] = "print:";
  DgDedupe *const dedupe = self;
  DgPrint print;
  DgStr earliest;
  if (!dg_str_starts(key, dg_str(kind)) || !dg_print_read(value, &print)) {
    return DG_OK;
  }
  return dg_dedupe_take(dedupe, &print,
                        dg_str_sub(key, sizeof kind - 1, key.len), &earliest);
}

/** The articles of the store, so that copies of them are seen. */
static DgStatus
open_dedupe(Ingest *x)
{
  const DgDedupeMode mode = x->dedupe.mode;
  if (mode != DG_DEDUPE_SKIP || !x->journal) {
    return DG_OK;
  }
  DG_TRY(dg_dedupe_open(&x->dedupe, mode, x->setup.config.limits.copies));
  DG_TRY(dg_store_journal_each(x->store, load_print, &x->dedupe));
  x->dedupe.found = 0;
  return DG_OK;
}

/** All links between the store's articles, in place of those there were. */
static DgStatus
replace_links(Ingest *x, DgDedupe *dedupe)
{
  dg_arena_reset(x->arena);
  Quads quads = { .arena = x->arena };
  const DgQuadSink sink = { keep_quad, &quads };
  DG_TRY(dg_store_journal_each(x->store, load_print, dedupe));
  DG_TRY(dg_dedupe_links(dedupe, &sink));
  const DgTerm graph = dg_term_iri(DG_STR(DG_DEDUPE_GRAPH));
  DG_TRY(
      dg_store_replace_graph(x->store, &graph, quads.list.items, quads.list.n));
  return journal_put(x, "copies", DG_STR("links"), DG_STR("fresh"));
}

static DgStatus
make_links(Ingest *x)
{
  DgStr state;
  if (x->dedupe.mode == DG_DEDUPE_NONE ||
      journal_get(x, "copies", DG_STR("links"), &state) != DG_OK ||
      !dg_str_equal(state, DG_STR("stale"))) {
    return DG_OK;
  }
  DgDedupe dedupe;
  DgStatus status =
      dg_dedupe_open(&dedupe, DG_DEDUPE_LINK, x->setup.config.limits.copies);
  if (status == DG_OK) {
    status = replace_links(x, &dedupe);
  }
  if (dedupe.full) {
    dg_cli_error("copies were looked for among %zu articles alone",
                 x->setup.config.limits.copies);
  }
  dg_dedupe_close(&dedupe);
  return status;
}

/* ---- the command ---- */

/** After the last article: keep all, or nothing since the last commit. */
static DgStatus
end_write(Ingest *x, DgStatus status)
{
  status = x->failure == DG_OK ? status : x->failure;
  if (status == DG_OK) {
    status = make_links(x);
  }
  if (status == DG_OK) {
    return commit(x, false);
  }
  const char *const why = dg_librdf_message(x->store);
  dg_cli_error("stopped: %s; what was committed before stays",
               why ? why : dg_status_text(status));
  x->store->class_->write_rollback(x->store);
  return status;
}

static void
tell_summary(const Ingest *x, DgStatus status)
{
  if (status != DG_OK) {
    (void)fputs("read until then, not all kept: ", stderr);
  }
  (void)fprintf(stderr, "%zu new article%s, %zu known already",
                x->counts.articles, x->counts.articles == 1 ? "" : "s",
                x->known);
  if (x->changed) {
    (void)fprintf(stderr, ", %zu changed and left alone (--update takes them)",
                  x->changed);
  }
  if (x->removed) {
    (void)fprintf(stderr, ", %zu older versions replaced", x->removed);
  }
  if (x->dedupe.mode == DG_DEDUPE_SKIP) {
    (void)fprintf(stderr, ", %zu copies left out", x->dedupe.found);
  }
  if (x->counts.failed) {
    (void)fprintf(stderr, ", %zu failed", x->counts.failed);
  }
  (void)fputc('\n', stderr);
  if (x->setup.summary) {
    dg_reading_summary(&x->counts);
  }
}

static int
exit_of(const Ingest *x, DgStatus status)
{
  if (status != DG_OK) {
    return dg_cli_exit(status);
  }
  const int result = dg_reading_exit(&x->counts);
  return result == DG_EXIT_FAILED && x->known ? DG_EXIT_INPUTS : result;
}

static int
ingest(Ingest *x, char **paths)
{
  DgDiag diag = DG_DIAG_INIT;
  x->pool = dg_pool_new(&x->setup.config, x->setup.threads, render, deliver, x);
  DgStatus status =
      x->pool ? x->store->class_->write_begin(x->store, &diag) : DG_NO_MEMORY;
  if (status != DG_OK) {
    dg_cli_report(&diag);
    dg_diag_clear(&diag);
    dg_pool_free(x->pool);
    return dg_cli_exit(status);
  }
  x->counts.pool = x->pool;
  DgStr pending;
  x->unmerged =
      x->journal && dg_store_journal_get(x->store, DG_STR("merge:pending"),
                                         &pending) == DG_OK;
  status = open_dedupe(x);
  if (status == DG_OK) {
    status = dg_reading_run(&x->counts, &x->setup.read, paths, take_document,
                            take_error, x);
  }
  status = end_write(x, status);
  if (status == DG_OK) {
    status = merge(x);
  }
  tell_summary(x, status);
  if (x->setup.stats) {
    dg_reading_stats(&x->counts);
  }
  const int result = exit_of(x, status);
  dg_pool_free(x->pool);
  return result;
}

static bool
read_batch(const char *text, size_t *batch)
{
  char *end = NULL;
  const unsigned long n = strtoul(text, &end, 10);
  if (end == text || *end || n == 0 || n > 1000000) {
    dg_cli_error("--batch takes a number of articles, not '%s'", text);
    return false;
  }
  *batch = n;
  return true;
}

static bool
read_options(int argc, char **argv, Ingest *x)
{
  static const struct option options[] = {
    { "store", required_argument, NULL, 'd' },
    { "jobs", required_argument, NULL, 'j' },
    { "batch", required_argument, NULL, 'b' },
    { "refresh", no_argument, NULL, 'r' },
    { "no-merge", no_argument, NULL, 'm' },
    { "decisions", required_argument, NULL, 'f' },
    { "update", no_argument, NULL, 'u' },
    { "dedupe", required_argument, NULL, 'c' },
    { "resume", no_argument, NULL, 'R' },
    DG_SETUP_OPTIONS,
    { NULL, 0, NULL, 0 }
  };
  int option;
  while ((option = getopt_long(argc, argv, "d:j:", options, NULL)) != -1) {
    bool good = true;
    switch (option) {
    case 'd':
      x->spec = optarg;
      break;
    case 'j':
      good = dg_reading_threads(optarg, &x->setup.threads);
      break;
    case 'b':
      good = read_batch(optarg, &x->batch);
      break;
    case 'r':
      x->refresh = true;
      break;
    case 'u':
      x->update = true;
      break;
    case 'm':
      x->apart = true;
      break;
    case 'f':
      x->file = optarg;
      break;
    case 'c':
      good = dg_dedupe_option(optarg, &x->dedupe.mode);
      break;
    case 'R': /* it always does */
      break;
    default:
      good = dg_setup_option(&x->setup, option, optarg);
    }
    if (!good) {
      return false;
    }
  }
  return x->spec && optind < argc;
}

static DgStatus
open_store(Ingest *x)
{
  const char *const warning = dg_store_warning(x->spec);
  if (warning) {
    dg_cli_error("%s: warning: %s", x->spec, warning);
  }
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus status =
      dg_store_open(x->spec, DG_STORE_CREATE, &x->store, &diag);
  if (status != DG_OK) {
    dg_cli_report(&diag);
  } else {
    x->journal = dg_lmdb_is(x->store);
  }
  dg_diag_clear(&diag);
  if (status == DG_OK && dg_librdf_lacks_graphs(x->store)) {
    dg_cli_error("%s: this storage keeps no graphs, and each article is one",
                 x->spec);
    return DG_UNSUPPORTED;
  }
  return status;
}

static int
run(int argc, char **argv)
{
  Ingest x = { .setup = dg_setup_default(), .batch = 100 };
  if (!read_options(argc, argv, &x)) {
    return dg_cli_usage(&dg_command_ingest);
  }
  if (dg_setup_open(&x.setup) != DG_OK) {
    return DG_EXIT_FAILED;
  }
  x.lift = (DgLiftOptions){ .version = DG_STR(PACKAGE_VERSION),
                            .ruleset = dg_setup_hash(&x.setup),
                            .lexicon = x.setup.lexicon };
  x.arena = dg_arena_new();
  x.deal_arena = dg_arena_new();
  const DgStatus status =
      x.arena && x.deal_arena ? open_store(&x) : DG_NO_MEMORY;
  const int result =
      status == DG_OK ? ingest(&x, argv + optind) : dg_cli_exit(status);
  dg_dedupe_close(&x.dedupe);
  dg_store_free(x.store);
  dg_arena_free(x.arena);
  dg_arena_free(x.deal_arena);
  dg_setup_close(&x.setup);
  return result;
}

const DgCommand dg_command_ingest = {
  "ingest", "-d STORE [OPTION...] FILE|DIR|-...",
  "Read articles into a store, only what is new",
  "  -d, --store STORE   made when it is not there\n"
  "  -j, --jobs N        threads\n"
  "      --batch N       articles a transaction (default 100)\n"
  "      --dedupe HOW    copies of a story: link (default), skip or none\n"
  "      --resume        go on where an interrupted run stopped, as it always "
  "does\n"
  "      --update        replace articles that have changed\n"
  "      --refresh       read again what older rules have read\n"
  "      --no-merge      leave it to `dealgraph merge` to find deals that\n"
  "                      several articles tell\n"
  "      --decisions FILE  what people decided (default: "
  "STORE.decisions)\n" DG_SETUP_DETAILS,
  run
};
