/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/journal.h"

#include "base/io.h"
#include "base/vec.h"
#include "input/copies.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/*
 * The journal's lines:
 *   dealgraph-journal 1 SETTINGS     first
 *   a SOURCE PRINT NAME              an article; hexadecimal, NAME as well
 *   = BYTES                          the partial output had so many
 */
#define HEAD "dealgraph-journal 1 "

enum { MARK_ARTICLES = 32, MARK_SECONDS = 1 };

struct DgJournal {
  char *output;
  char *partial;
  char *path;
  int out;      /* the partial output */
  int log;      /* the journal */
  size_t bytes; /* of the partial output */
  DgBuf lines;  /* of articles since the last mark */
  DgBuf text;   /* their output */
  size_t unmarked;
  time_t marked;
  DgArena *arena;
  DG_VEC(DgJournalEntry) entries; /* sorted by source */
  DG_VEC(bool) taken;             /* [entries.n] */
};

static void
free_journal(DgJournal *j)
{
  if (j->out >= 0) {
    (void)close(j->out);
  }
  if (j->log >= 0) {
    (void)close(j->log);
  }
  dg_buf_clear(&j->lines);
  dg_buf_clear(&j->text);
  dg_arena_free(j->arena);
  free(j->output);
  free(j->partial);
  free(j->path);
  free(j);
}

static DgStatus
failure(DgDiag *diag, const char *path)
{
  (void)dg_diag_set(diag, DG_IO_ERROR, "cannot write: %s", strerror(errno));
  dg_diag_source(diag, path);
  return DG_IO_ERROR;
}

static bool
write_all(int fd, DgStr bytes)
{
  while (bytes.len) {
    const ssize_t n = write(fd, bytes.ptr, bytes.len);
    if (n < 0 && errno != EINTR) {
      return false;
    }
    bytes = dg_str_sub(bytes, n > 0 ? (size_t)n : 0, bytes.len);
  }
  return true;
}

/* ---- reading the journal ---- */

static int
digit(char c)
{
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                : -1;
}

/** Bytes of hexadecimal digits. @return absent for anything else. */
static DgStr
unhex(DgStr hex, DgArena *arena)
{
  char *const out = dg_arena_alloc(arena, hex.len / 2 + 1);
  for (size_t i = 0; out && i + 1 < hex.len; i += 2) {
    const int high = digit(hex.ptr[i]);
    const int low = digit(hex.ptr[i + 1]);
    if (high < 0 || low < 0) {
      return DG_STR_NONE;
    }
    out[i / 2] = (char)(high * 16 + low);
  }
  return out && hex.len % 2 == 0 ? dg_str_n(out, hex.len / 2) : DG_STR_NONE;
}

static void
add_hex(DgBuf *out, DgStr bytes)
{
  for (size_t i = 0; i < bytes.len; ++i) {
    dg_buf_add_char(out, "0123456789abcdef"[(unsigned char)bytes.ptr[i] >> 4]);
    dg_buf_add_char(out, "0123456789abcdef"[(unsigned char)bytes.ptr[i] & 15]);
  }
}

/** "SOURCE PRINT NAME" of an article's line. */
static bool
read_entry(DgJournal *j, DgStr line)
{
  DgStr source;
  DgStr print;
  DgJournalEntry entry = { 0 };
  if (!dg_str_cut(&line, ' ', &source) || !dg_str_cut(&line, ' ', &print)) {
    return false;
  }
  entry.source = strtoull(source.ptr, NULL, 16);
  entry.name = unhex(line, j->arena);
  if (!entry.name.ptr || !dg_print_read(unhex(print, j->arena), &entry.print)) {
    return false;
  }
  DgJournalEntry *const slot = DG_VEC_ADD(j->arena, &j->entries);
  if (slot) {
    *slot = entry;
  }
  return slot != NULL;
}

static int
by_source(const void *a, const void *b)
{
  const uint64_t x = ((const DgJournalEntry *)a)->source;
  const uint64_t y = ((const DgJournalEntry *)b)->source;
  return x < y ? -1 : x > y;
}

/**
 * Read lines up to the last mark.
 * @return bytes of the journal that hold.
 */
static size_t
read_lines(DgJournal *j, DgStr text)
{
  size_t good = 0;
  size_t n_good = 0;
  DgStr rest = text;
  DgStr line;
  while (dg_str_find(rest, DG_STR("\n"), 0) != SIZE_MAX &&
         dg_str_cut(&rest, '\n', &line)) {
    const DgStr body = dg_str_sub(line, 2, line.len);
    if (dg_str_starts(line, DG_STR("= "))) {
      j->bytes = strtoull(body.ptr, NULL, 10);
      good = text.len - rest.len;
      n_good = j->entries.n;
    } else if (!dg_str_starts(line, DG_STR("a ")) || !read_entry(j, body)) {
      break;
    }
  }
  j->entries.n = n_good;
  if (n_good) {
    qsort(j->entries.items, n_good, sizeof *j->entries.items, by_source);
  }
  return good;
}

/** Go on with what an interrupted run left, if it left anything. */
static DgStatus
recover(DgJournal *j, DgStr head, DgDiag *diag)
{
  DgBuf text = DG_BUF_INIT;
  DgStatus status = dg_io_read(j->path, 0, &text, diag);
  size_t good = 0;
  if (status == DG_OK && dg_str_starts(dg_buf_str(&text), head)) {
    good = head.len +
           read_lines(j, dg_str_sub(dg_buf_str(&text), head.len, text.len));
  } else if (status == DG_OK && text.len > head.len) {
    status = dg_diag_set(diag, DG_CONFLICT,
                         "the interrupted run had other rules or options; go "
                         "on with those, or remove the journal to begin anew");
    dg_diag_source(diag, j->path);
  }
  dg_buf_clear(&text);
  DG_TRY(status);
  for (size_t i = 0; i < j->entries.n; ++i) {
    DG_TRY_PTR(DG_VEC_ADD(j->arena, &j->taken));
  }
  if (lseek(j->out, 0, SEEK_END) < (off_t)j->bytes) {
    (void)dg_diag_set(diag, DG_BROKEN, "shorter than its journal says");
    dg_diag_source(diag, j->partial);
    return DG_BROKEN;
  }
  if (ftruncate(j->out, (off_t)j->bytes) || ftruncate(j->log, (off_t)good) ||
      lseek(j->out, 0, SEEK_END) < 0 || lseek(j->log, 0, SEEK_END) < 0 ||
      (good == 0 && !write_all(j->log, head))) {
    return failure(diag, j->partial);
  }
  return DG_OK;
}

static char *
with_suffix(const char *path, const char *suffix)
{
  const size_t n = strlen(path) + strlen(suffix) + 1;
  char *const made = malloc(n);
  if (made) {
    (void)snprintf(made, n, "%s%s", path, suffix);
  }
  return made;
}

DgStatus
dg_journal_open(const char *output, uint64_t settings, DgJournal **journal,
                DgDiag *diag)
{
  DgJournal *const j = calloc(1, sizeof *j);
  DG_TRY_PTR(j);
  j->out = j->log = -1;
  j->output = strdup(output);
  j->partial = with_suffix(output, ".partial");
  j->path = with_suffix(output, ".journal");
  j->arena = dg_arena_new();
  j->marked = time(NULL);
  DgStatus status =
      j->output && j->partial && j->path && j->arena ? DG_OK : DG_NO_MEMORY;
  if (status == DG_OK) {
    j->out = open(j->partial, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    j->log = open(j->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    status = j->out < 0 || j->log < 0 ? failure(diag, j->partial) : DG_OK;
  }
  if (status == DG_OK) {
    char head[64];
    (void)snprintf(head, sizeof head, HEAD "%016llx\n",
                   (unsigned long long)settings);
    status = recover(j, dg_str(head), diag);
  }
  if (status != DG_OK) {
    free_journal(j);
    return status;
  }
  *journal = j;
  return DG_OK;
}

bool
dg_journal_take(DgJournal *journal, uint64_t source,
                const DgJournalEntry **entry)
{
  size_t low = 0;
  size_t high = journal->entries.n;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (journal->entries.items[middle].source < source) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (;
       low < journal->entries.n && journal->entries.items[low].source == source;
       ++low) {
    if (!journal->taken.items[low]) {
      journal->taken.items[low] = true;
      *entry = &journal->entries.items[low];
      return true;
    }
  }
  return false;
}

/* ---- writing ---- */

/** The output first, then what says that it is there. */
static DgStatus
mark(DgJournal *j, DgDiag *diag)
{
  DG_TRY(dg_buf_status(&j->text));
  if (!write_all(j->out, dg_buf_str(&j->text)) || fsync(j->out)) {
    return failure(diag, j->partial);
  }
  j->bytes += j->text.len;
  dg_buf_printf(&j->lines, "= %zu\n", j->bytes);
  DG_TRY(dg_buf_status(&j->lines));
  if (!write_all(j->log, dg_buf_str(&j->lines))) {
    return failure(diag, j->path);
  }
  dg_buf_reset(&j->lines);
  dg_buf_reset(&j->text);
  j->unmarked = 0;
  j->marked = time(NULL);
  return DG_OK;
}

DgStatus
dg_journal_put(DgJournal *journal, const DgJournalEntry *entry, DgStr bytes,
               DgDiag *diag)
{
  char print[DG_PRINT_BYTES];
  dg_print_write(&entry->print, print);
  DgBuf *const lines = &journal->lines;
  dg_buf_printf(lines, "a %016llx ", (unsigned long long)entry->source);
  add_hex(lines, dg_str_n(print, sizeof print));
  dg_buf_add_char(lines, ' ');
  add_hex(lines, entry->name);
  dg_buf_add_char(lines, '\n');
  dg_buf_add(&journal->text, bytes);
  const bool due = ++journal->unmarked >= MARK_ARTICLES ||
                   time(NULL) - journal->marked >= MARK_SECONDS;
  return due ? mark(journal, diag) : DG_OK;
}

DgStatus
dg_journal_read(DgJournal *journal, DgBuf *out, DgDiag *diag)
{
  DG_TRY(mark(journal, diag));
  return dg_io_read(journal->partial, 0, out, diag);
}

void
dg_journal_close(DgJournal *journal)
{
  if (journal) {
    DgDiag diag = DG_DIAG_INIT;
    (void)mark(journal, &diag);
    dg_diag_clear(&diag);
    free_journal(journal);
  }
}

void
dg_journal_drop(DgJournal *journal)
{
  if (journal) {
    (void)unlink(journal->path);
    (void)unlink(journal->partial);
    free_journal(journal);
  }
}

DgStatus
dg_journal_commit(DgJournal *journal, DgDiag *diag)
{
  DgStatus status = mark(journal, diag);
  /* In this order a kill between the two costs work, but leaves no journal
   * without its output. */
  if (status == DG_OK &&
      (unlink(journal->path) || rename(journal->partial, journal->output))) {
    status = failure(diag, journal->output);
  }
  free_journal(journal);
  return status;
}
