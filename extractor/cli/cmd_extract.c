/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/reading.h"

#include "config.h"

#include "cli/dedupe.h"
#include "cli/journal.h"

#include "base/io.h"
#include "base/vec.h"
#include "export/format.h"
#include "input/article_json.h"
#include "lift/lift.h"
#include "pipeline/pool.h"
#include "rdf/writer.h"
#include "store/rdf_reader.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * Articles in, one of these formats out. RDF is sorted as a whole, so that the
 * order of articles does not show; all else keeps the order of the input.
 */
typedef enum {
  FORMAT_FACTS,
  FORMAT_TEXT,
  FORMAT_ARTICLE,
  FORMAT_NT,
  FORMAT_NQ,
  FORMAT_TTL,
  FORMAT_TRIG,
  FORMAT_COUNT
} Format;

static const char *const format_names[] = { "facts", "text", "article", "nt",
                                            "nq",    "ttl",  "trig" };

typedef struct {
  DgSetup setup;
  Format format;
  const char *output;
  unsigned long shard;  /**< of `shards`, from 0 */
  unsigned long shards; /**< 1 for all */
  DgPool *pool;
  DgOutput *out;
  DgLiftOptions lift;
  DgBuf lines; /**< RDF: all lines, until they are sorted */
  DgReadingCounts counts;
  size_t seen; /**< articles before sharding */
  DgDedupe dedupe;
  bool resume;
  DgJournal *journal; /**< of --resume */
  DgDiag diag;        /**< of the journal's failure */
} Extract;

static bool
is_rdf(Format format)
{
  return format >= FORMAT_NT;
}

/* ---- rendering, in any thread ---- */

typedef struct {
  DgBuf *out;
  bool graphs;
} Lines;

static DgStatus
put_line(void *self, const DgQuad *quad)
{
  const Lines *const lines = self;
  DgQuad copy = *quad;
  if (!lines->graphs) {
    copy.g = (DgTerm){ 0 };
  }
  dg_quad_write(&copy, lines->out);
  return DG_OK;
}

static DgStatus
render(void *user, const DgExtraction *extraction, DgBuf *out)
{
  const Extract *const x = user;
  const DgDocument *const document = extraction->facts.document;
  switch (x->format) {
  case FORMAT_FACTS:
    dg_facts_write_json(&extraction->facts, out);
    return DG_OK;
  case FORMAT_ARTICLE:
    dg_article_json(document, out);
    return DG_OK;
  case FORMAT_TEXT:
    dg_buf_add(out, document->text);
    dg_buf_add_char(out, '\n');
    return DG_OK;
  default: {
    Lines lines = { out, x->format == FORMAT_NQ || x->format == FORMAT_TRIG };
    const DgQuadSink sink = { put_line, &lines };
    return dg_lift_article(&extraction->facts, &x->lift, &sink);
  }
  }
}

/* ---- delivery, in order ---- */

/** What the article is called where copies are told: an IRI in RDF. */
static DgStr
name_of(const Extract *x, const DgDocument *document, DgArena *arena)
{
  return is_rdf(x->format) ? dg_lift_article_iri(document, x->lift.base, arena)
                           : document->id;
}

/** Keep an article's output where an interruption does not reach it. */
static DgStatus
put_journal(Extract *x, const DgDocument *document, DgStr rendered)
{
  DgJournalEntry entry = { .source = document->source };
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  entry.name = name_of(x, document, arena);
  DgStatus status =
      entry.name.ptr ? dg_print_of(document, &entry.print) : DG_NO_MEMORY;
  if (status == DG_OK) {
    status = dg_journal_put(x->journal, &entry, rendered, &x->diag);
  }
  dg_arena_free(arena);
  return status;
}

static DgStatus
deliver(void *user, const DgDocument *document, DgStr rendered)
{
  Extract *const x = user;
  ++x->counts.articles;
  if (x->journal) {
    return put_journal(x, document, rendered);
  }
  if (is_rdf(x->format)) {
    dg_buf_add(&x->lines, rendered);
    return dg_buf_status(&x->lines);
  }
  dg_output_write(x->out, rendered);
  return DG_OK;
}

/** Whether an earlier run has done an article; asked before it is read. */
static bool
is_done(void *user, uint64_t source)
{
  Extract *const x = user;
  const DgJournalEntry *entry;
  DgStr earliest;
  if (!dg_journal_take(x->journal, source, &entry) ||
      dg_dedupe_take(&x->dedupe, &entry->print, entry->name, &earliest) !=
          DG_OK) {
    return false;
  }
  ++x->seen;
  ++x->counts.articles;
  ++x->counts.resumed;
  return true;
}

/** @param earliest  Set to what `document` is a copy of, or to none. */
static DgStatus
find_copy(Extract *x, const DgDocument *document, DgStr *earliest)
{
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  const DgStr name = name_of(x, document, arena);
  DgPrint print;
  DgStatus status = name.ptr ? dg_print_of(document, &print) : DG_NO_MEMORY;
  if (status == DG_OK) {
    status = dg_dedupe_take(&x->dedupe, &print, name, earliest);
  }
  dg_arena_free(arena);
  return status;
}

static DgStatus
take_document(void *user, const DgDocument *document)
{
  Extract *const x = user;
  DgDocument copy = *document;
  if (x->dedupe.mode != DG_DEDUPE_NONE) {
    DG_TRY(find_copy(x, document, &copy.copy_of));
  }
  if (x->seen++ % x->shards != x->shard ||
      (copy.copy_of.ptr && x->dedupe.mode == DG_DEDUPE_SKIP)) {
    return DG_OK;
  }
  dg_reading_take(&x->counts, &copy);
  return dg_pool_submit(x->pool, &copy);
}

static void
take_error(void *user, const DgDiag *diag)
{
  dg_reading_error(&((Extract *)user)->counts, diag);
}

/* ---- sorting RDF ---- */

typedef struct {
  DgArena *arena;
  DG_VEC(DgQuad) list;
} Quads;

static int
compare_lines(const void *a, const void *b)
{
  return dg_str_compare(*(const DgStr *)a, *(const DgStr *)b);
}

static void
sort_lines(const Extract *x, DgStr *lines, size_t n)
{
  DgStr rest = dg_buf_str(&x->lines);
  for (size_t i = 0; i < n; ++i) {
    (void)dg_str_cut(&rest, '\n', &lines[i]);
    ++lines[i].len; /* its newline goes with it */
  }
  qsort(lines, n, sizeof *lines, compare_lines);
}

/** Sorted lines, each once: N-Triples or N-Quads as they are. */
static void
put_sorted(const DgStr *lines, size_t n, DgBuf *out)
{
  for (size_t i = 0; i < n; ++i) {
    if (i == 0 || !dg_str_equal(lines[i], lines[i - 1])) {
      dg_buf_add(out, lines[i]);
    }
  }
}

static DgStatus
keep_quad(void *self, const DgQuad *quad)
{
  Quads *const quads = self;
  DgQuad *const slot = DG_VEC_ADD(quads->arena, &quads->list);
  DG_TRY_PTR(slot);
  return dg_quad_copy(quads->arena, quad, slot);
}

static int
compare_quads(const void *a, const void *b)
{
  return dg_quad_compare(a, b);
}

/** Read the sorted lines back and write them with prefixes. */
static DgStatus
put_pretty(Extract *x, DgStr sorted)
{
  Quads quads = { .arena = dg_arena_new() };
  DG_TRY_PTR(quads.arena);
  const DgRdfOptions reading = { .syntax = DG_RDF_NQUADS };
  const DgQuadSink sink = { keep_quad, &quads };
  DgStatus status = dg_rdf_read(sorted, NULL, &reading, &sink, NULL);
  qsort(quads.list.items, quads.list.n, sizeof(DgQuad), compare_quads);
  const DgRdfWriterOptions writing = { .syntax = x->format == FORMAT_TTL
                                                     ? DG_RDF_TURTLE
                                                     : DG_RDF_TRIG,
                                       .prefixes = dg_export_prefixes,
                                       .n_prefixes = dg_export_prefix_count };
  DgBuf buf = DG_BUF_INIT;
  DgRdfWriter *writer = NULL;
  if (status == DG_OK) {
    status = dg_rdf_writer_new(&writing, &buf, x->out, &writer);
  }
  for (size_t i = 0; i < quads.list.n && status == DG_OK; ++i) {
    status = dg_rdf_writer_put(writer, &quads.list.items[i]);
  }
  if (status == DG_OK) {
    status = dg_rdf_writer_end(writer);
  }
  dg_rdf_writer_free(writer);
  dg_buf_clear(&buf);
  dg_arena_free(quads.arena);
  return status;
}

static DgStatus
add_links(Extract *x)
{
  Lines lines = { &x->lines,
                  x->format == FORMAT_NQ || x->format == FORMAT_TRIG };
  const DgQuadSink sink = { put_line, &lines };
  return dg_dedupe_links(&x->dedupe, &sink);
}

/** Write the collected lines in order, each once. */
static DgStatus
write_sorted(Extract *x)
{
  size_t n = 0;
  if (x->journal) {
    DG_TRY(dg_journal_read(x->journal, &x->lines, &x->diag));
  }
  DG_TRY(add_links(x));
  DG_TRY(dg_buf_status(&x->lines));
  for (size_t i = 0; i < x->lines.len; ++i) {
    n += x->lines.data[i] == '\n';
  }
  DgStr *const lines = calloc(n + 1, sizeof *lines);
  DG_TRY_PTR(lines);
  sort_lines(x, lines, n);
  DgBuf sorted = DG_BUF_INIT;
  put_sorted(lines, n, &sorted);
  free(lines);
  DgStatus status = dg_buf_status(&sorted);
  if (status == DG_OK && x->format >= FORMAT_TTL) {
    status = put_pretty(x, dg_buf_str(&sorted));
  } else if (status == DG_OK) {
    dg_output_write(x->out, dg_buf_str(&sorted));
  }
  dg_buf_clear(&sorted);
  return status;
}

/* ---- the command ---- */

static bool
read_format(const char *name, Format *format)
{
  for (int i = 0; i < FORMAT_COUNT; ++i) {
    if (!strcmp(name, format_names[i])) {
      *format = (Format)i;
      return true;
    }
  }
  dg_cli_error("no format '%s': facts, text, article, nt, nq, ttl or trig",
               name);
  return false;
}

/** Format by the extension of the output's name. */
static void
guess_format(Extract *x)
{
  const char *const dot = strrchr(x->output, '.');
  for (int i = 0; dot && i < FORMAT_COUNT; ++i) {
    if (!strcmp(dot + 1, format_names[i])) {
      x->format = (Format)i;
    }
  }
}

static bool
read_shard(const char *text, Extract *x)
{
  char *end = NULL;
  x->shard = strtoul(text, &end, 10);
  if (*end == '/') {
    x->shards = strtoul(end + 1, &end, 10);
  }
  if (*end || x->shards == 0 || x->shard >= x->shards) {
    dg_cli_error("a shard is written i/n with i from 0 to n-1, not '%s'", text);
    return false;
  }
  return true;
}

static bool
read_options(int argc, char **argv, Extract *x)
{
  static const struct option options[] = {
    { "format", required_argument, NULL, 'f' },
    { "output", required_argument, NULL, 'o' },
    { "jobs", required_argument, NULL, 'j' },
    { "shard", required_argument, NULL, 's' },
    { "dedupe", required_argument, NULL, 'u' },
    { "resume", no_argument, NULL, 'r' },
    DG_SETUP_OPTIONS,
    { NULL, 0, NULL, 0 }
  };
  int option;
  bool formatted = false;
  while ((option = getopt_long(argc, argv, "f:o:j:", options, NULL)) != -1) {
    bool good;
    switch (option) {
    case 'f':
      good = read_format(optarg, &x->format);
      formatted = true;
      break;
    case 'o':
      x->output = optarg;
      good = true;
      break;
    case 'j':
      good = dg_reading_threads(optarg, &x->setup.threads);
      break;
    case 's':
      good = read_shard(optarg, x);
      break;
    case 'u':
      good = dg_dedupe_option(optarg, &x->dedupe.mode);
      break;
    case 'r':
      good = x->resume = true;
      break;
    default:
      good = dg_setup_option(&x->setup, option, optarg);
    }
    if (!good) {
      return false;
    }
  }
  if (!formatted) {
    guess_format(x);
  }
  if (x->resume && !strcmp(x->output, "-")) {
    dg_cli_error("--resume needs -o FILE: standard output cannot be gone on "
                 "with");
    return false;
  }
  return optind < argc;
}

/** Hash of all that decides what is written. */
static uint64_t
settings_hash(const Extract *x)
{
  const DgReadOptions *const read = &x->setup.read;
  DgBuf all = DG_BUF_INIT;
  dg_buf_printf(
      &all, PACKAGE_VERSION " %llx %d %lu/%lu %d %d %d %zu %d %s\n%s",
      (unsigned long long)dg_setup_hash(&x->setup), (int)x->format, x->shard,
      x->shards, (int)x->dedupe.mode, (int)read->lang, (int)read->cut,
      read->limits.article_bytes, dg_date_first_day(read->published),
      read->format ? read->format : "", read->mapping ? read->mapping : "");
  const uint64_t hash = dg_str_hash(dg_buf_str(&all));
  dg_buf_clear(&all);
  return hash;
}

static DgStatus
open_output(Extract *x)
{
  DG_TRY(dg_dedupe_open(&x->dedupe, x->dedupe.mode,
                        x->setup.config.limits.copies));
  if (x->resume) {
    DG_TRY(dg_journal_open(x->output, settings_hash(x), &x->journal, &x->diag));
    x->setup.read.known = is_done;
  }
  return x->resume && !is_rdf(x->format)
             ? DG_OK
             : dg_output_open(x->output, &x->out, &x->diag);
}

/** Put the output in its place, or leave what a later run can go on with. */
static DgStatus
close_output(Extract *x, DgStatus status)
{
  DgJournal *const journal = x->journal;
  x->journal = NULL;
  if (status != DG_OK || x->counts.articles == 0) {
    dg_output_cancel(x->out);
    if (status == DG_OK) {
      dg_journal_drop(journal);
    } else {
      dg_journal_close(journal);
    }
    return status;
  }
  if (!x->out) {
    return dg_journal_commit(journal, &x->diag);
  }
  status = dg_output_commit(x->out, &x->diag);
  if (status == DG_OK) {
    dg_journal_drop(journal);
  } else {
    dg_journal_close(journal);
  }
  return status;
}

static void
tell_summary(const Extract *x)
{
  if (x->setup.summary) {
    (void)fprintf(stderr, "%zu articles, %zu failed", x->counts.articles,
                  x->counts.failed);
    if (x->dedupe.mode != DG_DEDUPE_NONE) {
      (void)fprintf(stderr, ", %zu copies%s", x->dedupe.found,
                    x->dedupe.mode == DG_DEDUPE_SKIP ? " left out" : "");
    }
    (void)fputc('\n', stderr);
    dg_reading_summary(&x->counts);
  }
  if (x->dedupe.full) {
    dg_cli_error("copies were looked for among the first %zu articles alone",
                 x->setup.config.limits.copies);
  }
}

/** Read, write and tell. @return the exit status. */
static int
work(Extract *x, char **paths, DgStatus *status)
{
  *status = dg_reading_run(&x->counts, &x->setup.read, paths, take_document,
                           take_error, x);
  if (*status == DG_OK && is_rdf(x->format)) {
    *status = write_sorted(x);
  }
  const int result =
      *status == DG_OK ? dg_reading_exit(&x->counts) : dg_cli_exit(*status);
  tell_summary(x);
  if (x->setup.stats) {
    dg_reading_stats(&x->counts);
  }
  return result;
}

static int
extract(Extract *x, char **paths)
{
  DgStatus status = open_output(x);
  x->pool = status == DG_OK ? dg_pool_new(&x->setup.config, x->setup.threads,
                                          render, deliver, x)
                            : NULL;
  int result = DG_EXIT_FAILED;
  if (x->pool) {
    x->counts.pool = x->pool;
    result = work(x, paths, &status);
  } else if (status == DG_OK) {
    status = DG_NO_MEMORY;
  }
  const DgStatus closed = close_output(x, status);
  if (closed != DG_OK) {
    dg_cli_report(&x->diag);
    result = DG_EXIT_FAILED;
  }
  dg_pool_free(x->pool);
  dg_dedupe_close(&x->dedupe);
  dg_buf_clear(&x->lines);
  dg_diag_clear(&x->diag);
  return result;
}

static int
run(int argc, char **argv)
{
  Extract x = { .setup = dg_setup_default(),
                .output = "-",
                .shards = 1,
                .diag = DG_DIAG_INIT };
  if (!read_options(argc, argv, &x)) {
    return dg_cli_usage(&dg_command_extract);
  }
  if (dg_setup_open(&x.setup) != DG_OK) {
    return DG_EXIT_FAILED;
  }
  x.lift = (DgLiftOptions){ .version = DG_STR(PACKAGE_VERSION),
                            .ruleset = dg_setup_hash(&x.setup),
                            .lexicon = x.setup.lexicon };
  const int result = extract(&x, argv + optind);
  dg_setup_close(&x.setup);
  return result;
}

const DgCommand dg_command_extract = {
  "extract", "[OPTION...] FILE|DIR|-...",
  "Read articles and print what they say, as facts or RDF",
  "  -f, --format FORMAT facts (default), text, article, nt, nq, ttl,\n"
  "                      of the output\n"
  "  -o, --output FILE   write there, whole or not at all\n"
  "  -j, --jobs N        threads\n"
  "      --dedupe HOW    copies of a story: link (default), skip or none\n"
  "      --resume        go on where an interrupted run of this -o stopped\n"
  "      --shard I/N     every N-th article, from the I-th (0 to "
  "N-1)\n" DG_SETUP_DETAILS,
  run
};
