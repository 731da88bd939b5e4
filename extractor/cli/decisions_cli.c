/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/decisions_cli.h"

#include "base/io.h"
#include "base/utf8.h"
#include "values/date.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- the file ---- */

/* "news/" or "lmdb:news" is "news.decisions"; null when memory is out. */
static char *
path_beside(const char *spec)
{
  DgStr name = dg_str(spec);
  if (dg_str_starts(name, DG_STR("lmdb:"))) {
    name = dg_str_sub(name, 5, name.len);
  }
  while (name.len > 1 && name.ptr[name.len - 1] == '/') {
    --name.len;
  }
  DgBuf path = DG_BUF_INIT;
  dg_buf_add(&path, name);
  dg_buf_add(&path, DG_STR(".decisions"));
  dg_buf_add_char(&path, '\0');
  if (path.failed) {
    dg_buf_clear(&path);
    return NULL;
  }
  return path.data;
}

static DgStatus
find_path(DgCliDecisions *decisions, const DgDataset *store, const char *spec,
          const char *file)
{
  const char *const named = file ? file : getenv("DEALGRAPH_DECISIONS");
  spec = spec ? spec : getenv("DEALGRAPH_STORE");
  if (named && *named) {
    decisions->path = strdup(named);
  } else if (spec && dg_lmdb_is(store)) {
    decisions->path = path_beside(spec);
  } else {
    return DG_OK;
  }
  return decisions->path ? DG_OK : DG_NO_MEMORY;
}

/* From a copy, since the text grows. */
static DgStatus
read_text(DgCliDecisions *decisions, DgDiag *diag)
{
  const DgStr copy =
      dg_arena_copy(decisions->arena, dg_buf_str(&decisions->text));
  DG_TRY_PTR(copy.ptr);
  return dg_decisions_read(copy, decisions->path, decisions->arena,
                           &decisions->all, diag);
}

DgStatus
dg_cli_decisions_open(DgCliDecisions *decisions, DgDataset *store,
                      const char *spec, const char *file, DgDiag *diag)
{
  *decisions = (DgCliDecisions){ .arena = dg_arena_new() };
  DG_TRY_PTR(decisions->arena);
  DG_TRY(find_path(decisions, store, spec, file));
  if (decisions->path && access(decisions->path, F_OK) == 0) {
    DG_TRY(dg_io_read(decisions->path, 0, &decisions->text, diag));
  } else {
    DgBuf lines = DG_BUF_INIT;
    const DgStatus status = dg_merge_read_records(store, &lines);
    if (status == DG_OK && lines.len) {
      dg_buf_add(&decisions->text, dg_str(dg_decisions_head));
      dg_buf_add(&decisions->text, dg_buf_str(&lines));
    }
    dg_buf_clear(&lines);
    DG_TRY(status);
  }
  return read_text(decisions, diag);
}

void
dg_cli_decisions_close(DgCliDecisions *decisions)
{
  dg_arena_free(decisions->arena);
  dg_buf_clear(&decisions->text);
  free(decisions->path);
}

static time_t
time_now(void)
{
  const char *const fixed = getenv("SOURCE_DATE_EPOCH");
  return fixed && *fixed ? (time_t)strtoll(fixed, NULL, 10) : time(NULL);
}

static DgStr
time_text(time_t when, DgArena *arena)
{
  struct tm utc;
  char text[32];
  if (!gmtime_r(&when, &utc) ||
      !strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc)) {
    return DG_STR_NONE;
  }
  return dg_arena_copy(arena, dg_str(text));
}

/* Seconds of a time of the file, "2024-03-05T10:00:00Z". */
static time_t
seconds_of(DgStr when)
{
  DgDate date;
  if (dg_date_read(dg_str_sub(when, 0, 10), &date) != DG_OK) {
    return 0;
  }
  const char *const t = when.ptr + 11;
  const int hours = (t[0] - '0') * 10 + t[1] - '0';
  const int minutes = (t[3] - '0') * 10 + t[4] - '0';
  const int seconds = (t[6] - '0') * 10 + t[7] - '0';
  return (time_t)dg_date_first_day(date) * 86400 + hours * 3600 + minutes * 60 +
         seconds;
}

/* Now, or the time of the last decision, should the clock be behind it. */
static time_t
next_time(const DgDecisions *all)
{
  const time_t now = time_now();
  const time_t last = all->n ? seconds_of(all->items[all->n - 1].when) : 0;
  return now > last ? now : last;
}

static bool
is_written(const DgDecisions *all, DgStr line)
{
  for (size_t i = 0; i < all->n; ++i) {
    if (dg_str_equal(all->items[i].line, line)) {
      return true;
    }
  }
  return false;
}

static DgStr
person(void)
{
  const char *const named = getenv("DEALGRAPH_USER");
  if (named && *named) {
    return dg_str(named);
  }
  const struct passwd *const entry = getpwuid(getuid());
  return entry && *entry->pw_name ? dg_str(entry->pw_name) : DG_STR("unknown");
}

static DgStatus
write_file(const DgCliDecisions *decisions, DgDiag *diag)
{
  DgOutput *out;
  DG_TRY(dg_output_open(decisions->path, &out, diag));
  dg_output_write(out, dg_buf_str(&decisions->text));
  return dg_output_commit(out, diag);
}

/*
 * Append the decision with a time that none after it has, and that makes its
 * line another than all before.
 */
static DgStatus
write_next(DgCliDecisions *decisions, DgDecision *decision)
{
  DgBuf line = DG_BUF_INIT;
  time_t when = next_time(&decisions->all);
  for (bool again = true; again; ++when) {
    dg_buf_reset(&line);
    decision->when = time_text(when, decisions->arena);
    dg_decision_write(decision, &line);
    if (line.failed || !decision->when.ptr) {
      break;
    }
    again = is_written(&decisions->all,
                       dg_str_sub(dg_buf_str(&line), 0, line.len - 1));
  }
  const DgStatus status = dg_buf_status(&line);
  dg_buf_add(&decisions->text, dg_buf_str(&line));
  dg_buf_clear(&line);
  return status == DG_OK ? dg_buf_status(&decisions->text) : status;
}

DgStatus
dg_cli_decisions_add(DgCliDecisions *decisions, DgDecision decision,
                     const DgDecision **added, DgDiag *diag)
{
  if (!decisions->path) {
    return dg_diag_set(diag, DG_USAGE,
                       "where are decisions kept? give --decisions FILE");
  }
  decision.who = decision.who.len ? decision.who : person();
  DgBuf *const text = &decisions->text;
  if (!text->len) {
    dg_buf_add(text, dg_str(dg_decisions_head));
  } else if (text->data[text->len - 1] != '\n') {
    dg_buf_add_char(text, '\n');
  }
  const size_t begin = text->len;
  DG_TRY(write_next(decisions, &decision));
  const DgStr line = dg_str_sub(dg_buf_str(text), begin, text->len - 1);
  DG_TRY(read_text(decisions, diag));
  DG_TRY(write_file(decisions, diag));
  for (size_t i = 0; i < decisions->all.n; ++i) {
    if (dg_str_equal(decisions->all.items[i].line, line)) {
      *added = &decisions->all.items[i];
    }
  }
  return DG_OK;
}

DgStatus
dg_cli_redirect(DgCliDecisions *decisions, DgStr from, DgStr into, DgStr name,
                DgDiag *diag)
{
  DgDecision decision = { .who = DG_STR("dealgraph"),
                          .verb = DG_VERB_REDIRECT };
  const DgStr ends[] = { from, into };
  static const char *const names[] = { "actor", "into" };
  for (size_t i = 0; i < 2; ++i) {
    const char *const value =
        dg_arena_printf(decisions->arena, "%.*s %.*s", (int)ends[i].len,
                        ends[i].ptr, (int)name.len, name.ptr);
    DgField *const field = DG_VEC_ADD(decisions->arena, &decision.fields);
    if (!value || !field) {
      return DG_NO_MEMORY;
    }
    *field = (DgField){ dg_str(names[i]), '=', dg_str(value) };
  }
  for (size_t i = 0; i < decisions->all.n; ++i) {
    const DgDecision *const one = &decisions->all.items[i];
    if (one->verb == DG_VERB_REDIRECT &&
        dg_str_equal(dg_decision_get(one, "actor"),
                     decision.fields.items[0].value) &&
        dg_str_equal(dg_decision_get(one, "into"),
                     decision.fields.items[1].value)) {
      return DG_OK;
    }
  }
  const DgDecision *added;
  return dg_cli_decisions_add(decisions, decision, &added, diag);
}

/* ---- merging ---- */

#define PENDING DG_STR("merge:pending")
#define DECIDED DG_STR("merge:decisions")

static void
write_hash(const DgCliDecisions *decisions, char out[17])
{
  (void)snprintf(out, 17, "%016llx",
                 (unsigned long long)dg_decisions_hash(&decisions->all));
}

DgStatus
dg_cli_merge_pending(DgDataset *store)
{
  return dg_lmdb_is(store) ? dg_store_journal_put(store, PENDING, DG_STR("1"))
                           : DG_OK;
}

static DgStatus
merge_and_note(DgDataset *store, const DgCliDecisions *decisions,
               const DgMergeScope *scope, DgMergeCounts *counts)
{
  char hash[17];
  DG_TRY(dg_merge_run(store, &decisions->all, scope, counts));
  if (!dg_lmdb_is(store)) {
    return DG_OK;
  }
  write_hash(decisions, hash);
  const DgStatus status = dg_store_journal_remove(store, PENDING);
  DG_TRY(status == DG_NO_MATCH ? DG_OK : status);
  return dg_store_journal_put(store, DECIDED, dg_str(hash));
}

/* Whether the last merge came to its end and knew the same decisions. */
static bool
is_current(DgDataset *store, const DgCliDecisions *decisions)
{
  char hash[17];
  DgStr noted;
  write_hash(decisions, hash);
  return dg_lmdb_is(store) &&
         dg_store_journal_get(store, DECIDED, &noted) == DG_OK &&
         dg_str_equal(noted, dg_str(hash));
}

DgStatus
dg_cli_merge(DgDataset *store, const DgCliDecisions *decisions,
             const DgMergeScope *scope, DgMergeCounts *counts)
{
  return merge_and_note(store, decisions,
                        is_current(store, decisions) ? scope : NULL, counts);
}

DgStatus
dg_cli_merge_decided(DgDataset *store, const DgCliDecisions *decisions,
                     const DgMergeScope *scope, DgMergeCounts *counts)
{
  DgStr pending;
  const bool behind = !dg_lmdb_is(store) ||
                      dg_store_journal_get(store, PENDING, &pending) == DG_OK;
  return merge_and_note(store, decisions, behind ? NULL : scope, counts);
}

/* ---- showing ---- */

static bool
is_hidden(uint32_t code)
{
  return code < 0x20 || (code >= 0x7F && code < 0xA0) ||
         (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

void
dg_cli_show(DgStr text, DgBuf *out)
{
  for (size_t at = 0, size; at < text.len; at += size) {
    const uint32_t code = dg_utf8_decode(text, at, &size);
    if (code == '\n' || code == '\r' || code == '\t' || code == 0x2028 ||
        code == 0x2029) {
      dg_buf_add_char(out, ' ');
    } else if (is_hidden(code)) {
      dg_buf_add(out, DG_STR("\xEF\xBF\xBD"));
    } else {
      dg_buf_add(out, dg_str_sub(text, at, at + size));
    }
  }
}

void
dg_cli_put(DgBuf *out)
{
  if (out->failed) {
    dg_cli_error("out of memory");
  } else {
    (void)fwrite(out->data, 1, out->len, stdout);
  }
  dg_buf_clear(out);
}
