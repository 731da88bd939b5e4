/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/decisions.h"

#include "base/utf8.h"
#include "values/date.h"

#include <stdio.h>
#include <stdlib.h>

const char dg_decisions_head[] =
    "# Decisions on deals and actors, read by dealgraph: when, who, verb, "
    "then\n"
    "# name=value, separated by tabs. Lines are added, never changed.\n";

static const char *const verbs[] = {
#define VERB_TEXT(name, text) text,
  DG_VERBS(VERB_TEXT)
#undef VERB_TEXT
};

const char *
dg_verb_text(DgVerb verb)
{
  return verbs[verb];
}

DgStr
dg_decision_get(const DgDecision *decision, const char *name)
{
  for (size_t i = 0; i < decision->fields.n; ++i) {
    if (dg_str_equal(decision->fields.items[i].name, dg_str(name))) {
      return decision->fields.items[i].value;
    }
  }
  return DG_STR_NONE;
}

/* ---- writing ---- */

void
dg_decision_escape(DgStr text, DgBuf *out)
{
  for (size_t at = 0, size; at < text.len; at += size) {
    const uint32_t code = dg_utf8_decode(text, at, &size);
    if (code == '\\') {
      dg_buf_add(out, DG_STR("\\\\"));
    } else if (code == '\t') {
      dg_buf_add(out, DG_STR("\\t"));
    } else if (code == '\n') {
      dg_buf_add(out, DG_STR("\\n"));
    } else if (code == '\r') {
      dg_buf_add(out, DG_STR("\\r"));
    } else if (code < 0x20 || code == 0x7F) {
      dg_buf_printf(out, "\\x%02X", (unsigned)code);
    } else if ((code >= 0x80 && code < 0xA0) || code == 0x2028 ||
               code == 0x2029) {
      dg_buf_printf(out, "\\u%04X", (unsigned)code);
    } else {
      dg_buf_add(out, dg_str_sub(text, at, at + size));
    }
  }
}

void
dg_decision_write(const DgDecision *decision, DgBuf *out)
{
  dg_buf_add(out, decision->when);
  dg_buf_add_char(out, '\t');
  dg_decision_escape(decision->who, out);
  dg_buf_printf(out, "\t%s", verbs[decision->verb]);
  for (size_t i = 0; i < decision->fields.n; ++i) {
    const DgField *const field = &decision->fields.items[i];
    dg_buf_add_char(out, '\t');
    dg_buf_add(out, field->name);
    if (field->op != '=') {
      dg_buf_add_char(out, field->op);
    }
    dg_buf_add_char(out, '=');
    dg_decision_escape(field->value, out);
  }
  dg_buf_add_char(out, '\n');
}

/* ---- reading ---- */

typedef struct {
  DgStr text;
  const char *source;
  DgArena *arena;
  DgDecisions *out;
  DgDiag *diag;
  size_t *seen; /* [seen_mask + 1] a hash table: number of a line plus one */
  size_t seen_mask;
} Reader;

static DgStatus
refuse(const Reader *r, DgStr piece, const char *why)
{
  dg_diag_set(r->diag, DG_BAD_INPUT, "%s", why);
  dg_diag_source(r->diag, r->source);
  const size_t begin = (size_t)(piece.ptr - r->text.ptr);
  dg_diag_point(r->diag, r->text, (DgSpan){ begin, begin + piece.len });
  return DG_BAD_INPUT;
}

static int
hex_digit(char c)
{
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                : -1;
}

/* "HH" or "HHHH" at `at`. @return the code, or 0 when it is none. */
static uint32_t
hex_code(DgStr text, size_t at, size_t n)
{
  uint32_t code = 0;
  for (size_t i = 0; i < n; ++i) {
    const int digit = at + i < text.len ? hex_digit(text.ptr[at + i]) : -1;
    if (digit < 0) {
      return 0;
    }
    code = code * 16 + (uint32_t)digit;
  }
  return code;
}

/* @return false for an escape that is none. */
static bool
unescape(DgStr text, DgBuf *out)
{
  for (size_t at = 0; at < text.len; ++at) {
    if (text.ptr[at] != '\\') {
      dg_buf_add_char(out, text.ptr[at]);
      continue;
    }
    const char c = ++at < text.len ? text.ptr[at] : 0;
    if (c == 'x' || c == 'u') {
      const size_t digits = c == 'x' ? 2 : 4;
      const uint32_t code = hex_code(text, at + 1, digits);
      if (!code) {
        return false;
      }
      dg_buf_add_code(out, code);
      at += digits;
      continue;
    }
    const char plain = c == 't'    ? '\t'
                       : c == 'n'  ? '\n'
                       : c == 'r'  ? '\r'
                       : c == '\\' ? '\\'
                                   : 0;
    if (!plain) {
      return false;
    }
    dg_buf_add_char(out, plain);
  }
  return true;
}

static DgStatus
read_value(const Reader *r, DgStr piece, DgStr *value)
{
  if (dg_str_find(piece, DG_STR("\\"), 0) == SIZE_MAX) {
    *value = piece;
    return DG_OK;
  }
  DgBuf buf = DG_BUF_INIT;
  const bool good = unescape(piece, &buf);
  *value = dg_arena_copy(r->arena, dg_buf_str(&buf));
  const DgStatus status = dg_buf_status(&buf);
  dg_buf_clear(&buf);
  if (!good) {
    return refuse(r, piece, "unknown escape; \\\\ is a backslash");
  }
  return status == DG_OK && !value->ptr ? DG_NO_MEMORY : status;
}

static DgStatus
read_field(const Reader *r, DgStr piece, DgFields *fields)
{
  const size_t equals = dg_str_find(piece, DG_STR("="), 0);
  if (equals == SIZE_MAX || equals == 0) {
    return refuse(r, piece, "a field is NAME=VALUE");
  }
  const char before = piece.ptr[equals - 1];
  const bool counts = before == '+' || before == '-';
  DgField field = { .name = dg_str_sub(piece, 0, equals - counts),
                    .op = counts ? before : '=' };
  DG_TRY(read_value(r, dg_str_sub(piece, equals + 1, piece.len), &field.value));
  DgField *const slot = DG_VEC_ADD(r->arena, fields);
  DG_TRY_PTR(slot);
  *slot = field;
  return DG_OK;
}

/* "2024-03-05T10:00:00Z" */
static bool
is_time(DgStr text)
{
  static const char form[] = "0000-00-00T00:00:00Z";
  DgDate date;
  if (text.len != sizeof form - 1 ||
      dg_date_read(dg_str_sub(text, 0, 10), &date) != DG_OK) {
    return false;
  }
  for (size_t i = 0; i < text.len; ++i) {
    const char c = text.ptr[i];
    if (form[i] == '0' ? c < '0' || c > '9' : c != form[i]) {
      return false;
    }
  }
  return true;
}

static int
find_verb(DgStr text)
{
  for (int i = 0; i < DG_VERB_COUNT; ++i) {
    if (dg_str_equal(text, dg_str(verbs[i]))) {
      return i;
    }
  }
  return -1;
}

static const char *const needed[] = {
  [DG_VERB_ACCEPT] = "deal",    [DG_VERB_REJECT] = "deal",
  [DG_VERB_EDIT] = "deal",      [DG_VERB_ADD] = "type",
  [DG_VERB_MERGE] = "actor",    [DG_VERB_SPLIT] = "actor",
  [DG_VERB_REDIRECT] = "actor", [DG_VERB_UNDO] = "target",
};

static DgStatus
check(const Reader *r, const DgDecision *decision)
{
  const char *const name = needed[decision->verb];
  if (!dg_decision_get(decision, name).len ||
      (dg_verb_is_of_actors(decision->verb) &&
       !dg_decision_get(decision, "into").len)) {
    char why[80];
    (void)snprintf(why, sizeof why, "%s needs the field %s%s",
                   verbs[decision->verb], name,
                   dg_verb_is_of_actors(decision->verb) ? " and into" : "");
    return refuse(r, decision->line, why);
  }
  return DG_OK;
}

/* Room for twice as many lines as there are. */
static DgStatus
make_seen(Reader *r)
{
  size_t lines = 1;
  for (size_t i = 0; i < r->text.len; ++i) {
    lines += r->text.ptr[i] == '\n';
  }
  r->seen_mask = 15;
  while (r->seen_mask < lines * 2) {
    r->seen_mask = r->seen_mask * 2 + 1;
  }
  r->seen = DG_NEW_ARRAY(r->arena, size_t, r->seen_mask + 1);
  return r->seen ? DG_OK : DG_NO_MEMORY;
}

/* Whether a line stood before; it is noted as the next one when not. */
static bool
is_known(const Reader *r, DgStr line)
{
  size_t at = dg_str_hash(line) & r->seen_mask;
  for (; r->seen[at]; at = (at + 1) & r->seen_mask) {
    if (dg_str_equal(r->out->items[r->seen[at] - 1].line, line)) {
      return true;
    }
  }
  r->seen[at] = r->out->n + 1;
  return false;
}

static DgStatus
read_line(const Reader *r, DgStr line)
{
  DgDecision decision = { .line = line };
  DgStr rest = line;
  DgStr who = DG_STR_NONE;
  DgStr verb = DG_STR_NONE;
  if (!dg_str_cut(&rest, '\t', &decision.when) ||
      !dg_str_cut(&rest, '\t', &who) || !dg_str_cut(&rest, '\t', &verb)) {
    return refuse(r, line,
                  "a decision is WHEN, WHO, VERB and fields, "
                  "separated by tabs");
  }
  const int number = find_verb(verb);
  if (!is_time(decision.when)) {
    return refuse(r, decision.when, "a time is like 2024-03-05T10:00:00Z");
  }
  if (number < 0) {
    return refuse(r, verb, "unknown verb");
  }
  decision.verb = (DgVerb)number;
  DG_TRY(read_value(r, who, &decision.who));
  DgStr piece;
  while (dg_str_cut(&rest, '\t', &piece)) {
    DG_TRY(read_field(r, piece, &decision.fields));
  }
  DG_TRY(check(r, &decision));
  const char *const id =
      dg_arena_printf(r->arena, "%08llx",
                      (unsigned long long)(dg_str_hash(line) & 0xFFFFFFFFU));
  DG_TRY_PTR(id);
  decision.id = dg_str(id);
  DgDecision *const slot = DG_VEC_ADD(r->arena, r->out);
  DG_TRY_PTR(slot);
  *slot = decision;
  return DG_OK;
}

/* Stable: by time, and else as they stand. */
static DgStatus
sort_by_time(DgArena *arena, DgDecisions *all)
{
  DgDecision *const spare = DG_NEW_ARRAY(arena, DgDecision, all->n + 1);
  DG_TRY_PTR(spare);
  for (size_t width = 1; width < all->n; width *= 2) {
    for (size_t low = 0; low < all->n; low += 2 * width) {
      const size_t middle = low + width < all->n ? low + width : all->n;
      const size_t high = middle + width < all->n ? middle + width : all->n;
      size_t a = low;
      size_t b = middle;
      for (size_t to = low; to < high; ++to) {
        const bool left =
            a < middle &&
            (b >= high ||
             dg_str_compare(all->items[a].when, all->items[b].when) <= 0);
        spare[to] = all->items[left ? a++ : b++];
      }
    }
    memcpy(all->items, spare, all->n * sizeof *spare);
  }
  return DG_OK;
}

/* An undo takes one decision back, be it an undo itself. */
static void
apply_undos(DgDecisions *all)
{
  for (size_t i = all->n; i-- > 0;) {
    const DgDecision *const undo = &all->items[i];
    if (undo->verb != DG_VERB_UNDO || undo->undone) {
      continue;
    }
    const DgStr target = dg_decision_get(undo, "target");
    for (size_t j = 0; j < i; ++j) {
      all->items[j].undone |= dg_str_equal(all->items[j].id, target);
    }
  }
}

DgStatus
dg_decisions_read(DgStr text, const char *source, DgArena *arena,
                  DgDecisions *out, DgDiag *diag)
{
  Reader r = { text, source, arena, out, diag, NULL, 0 };
  size_t bad;
  *out = (DgDecisions){ 0 };
  if (!dg_utf8_valid(text, &bad)) {
    return refuse(&r, dg_str_sub(text, bad, bad + 1), "not UTF-8");
  }
  DG_TRY(make_seen(&r));
  DgStr rest = text;
  DgStr line;
  while (dg_str_cut(&rest, '\n', &line)) {
    if (line.len && line.ptr[line.len - 1] == '\r') {
      --line.len;
    }
    if (line.len && line.ptr[0] != '#' && !is_known(&r, line)) {
      DG_TRY(read_line(&r, line));
    }
  }
  DG_TRY(sort_by_time(arena, out));
  apply_undos(out);
  return DG_OK;
}

const DgDecision *
dg_decisions_find(const DgDecisions *decisions, DgStr id)
{
  const DgDecision *found = NULL;
  for (size_t i = 0; i < decisions->n && id.len >= 4; ++i) {
    const DgDecision *const one = &decisions->items[i];
    if (dg_str_starts(one->id, id)) {
      if (found) {
        return NULL;
      }
      found = one;
    }
  }
  return found;
}

uint64_t
dg_decisions_hash(const DgDecisions *decisions)
{
  uint64_t sum = decisions->n;
  for (size_t i = 0; i < decisions->n; ++i) {
    sum += dg_str_hash(decisions->items[i].line);
  }
  return sum;
}
