/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/check_p.h"

#include "base/utf8.h"

#include <stdlib.h>

/* ---- facts, a line each ---- */

static void
write_relation(const DgFacts *facts, const DgRelation *r, DgBuf *out)
{
  const DgStr subject = facts->entities.items[r->subject].name;
  const DgStr object = facts->entities.items[r->object].name;
  dg_buf_printf(out, "%s subject=%.*s object=%.*s",
                dg_relation_type_text(r->type), (int)subject.len, subject.ptr,
                (int)object.len, object.ptr);
}

/** Fact `i`: deals first, then relations. */
static void
write_fact(const DgFacts *facts, size_t i, DgBuf *out)
{
  if (i < facts->n_deals) {
    dg_expect_write(facts, &facts->deals[i], out);
  } else {
    write_relation(facts, &facts->relations[i - facts->n_deals], out);
  }
}

static DgStr
fact_rule(const DgFacts *facts, size_t i)
{
  return i < facts->n_deals
             ? facts->deals[i].evidence[0].rule
             : facts->relations[i - facts->n_deals].evidence.rule;
}

/** Write all facts but fact `shown`. */
static void
write_others(const DgFacts *facts, size_t shown, DgBuf *out)
{
  for (size_t i = 0; i < facts->n_deals + facts->n_relations; ++i) {
    if (i != shown) {
      const DgStr rule = fact_rule(facts, i);
      dg_buf_add(out, DG_STR("    found     "));
      write_fact(facts, i, out);
      dg_buf_printf(out, "  [%.*s]\n", (int)rule.len, rule.ptr);
    }
  }
}

void
dg_check_write_found(const DgFacts *facts, DgBuf *out)
{
  write_others(facts, SIZE_MAX, out);
  if (!facts->n_deals && !facts->n_relations) {
    dg_buf_add(out, DG_STR("    found     nothing\n"));
  }
}

/* ---- the sentence, marked ---- */

static void
mark(char *marks, const DgText *text, uint32_t first, uint32_t end, char with)
{
  if (first < end && end <= text->n_tokens) {
    const uint32_t begin = text->tokens[first].begin;
    memset(marks + begin, with, text->tokens[end - 1].end - begin);
  }
}

/** Mark the matches of one rule, or of all that are held. */
static bool
mark_matches(char *marks, const DgExtraction *x, uint32_t rule)
{
  bool any = false;
  for (size_t i = 0; i < x->matches.n; ++i) {
    const DgMatch *const m = &x->matches.items[i];
    if (rule == DG_NO_INDEX ? m->fate == DG_MATCH_HELD : m->rule == rule) {
      mark(marks, x->facts.text, m->first, m->end, '~');
      any = true;
    }
  }
  for (size_t i = 0; any && i < x->matches.n; ++i) {
    const DgMatch *const m = &x->matches.items[i];
    if (rule == DG_NO_INDEX ? m->fate == DG_MATCH_HELD : m->rule == rule) {
      mark(marks, x->facts.text, m->trigger_first, m->trigger_end, '^');
    }
  }
  return any;
}

/** One mark for each column of the sentence, up to the last. */
static void
write_marks(DgStr sentence, const char *marks, DgBuf *out)
{
  size_t blank = 0;
  size_t at = 0;
  while (at < sentence.len) {
    size_t next = at + 1;
    while (next < sentence.len &&
           ((unsigned char)sentence.ptr[next] >> 6) == 2) {
      ++next;
    }
    size_t columns = dg_utf8_width(dg_str_sub(sentence, at, next));
    blank += marks[at] == ' ' ? columns : 0;
    for (; marks[at] != ' ' && columns; --columns) {
      for (; blank; --blank) {
        dg_buf_add_char(out, ' ');
      }
      dg_buf_add_char(out, marks[at]);
    }
    at = next;
  }
}

void
dg_check_write_sentence(const DgRuleExample *example, uint32_t rule,
                        const DgExtraction *x, DgBuf *out)
{
  const DgStr sentence = example->sentence;
  dg_buf_printf(out, "    %c \"%.*s\"\n", example->positive ? '+' : '-',
                (int)sentence.len, sentence.ptr);
  char *const marks = malloc(sentence.len + 1);
  if (!marks) {
    return;
  }
  memset(marks, ' ', sentence.len + 1);
  if (mark_matches(marks, x, rule) || mark_matches(marks, x, DG_NO_INDEX)) {
    dg_buf_add(out, DG_STR("       "));
    write_marks(sentence, marks, out);
    dg_buf_add_char(out, '\n');
  }
  free(marks);
}

/* ---- expected and found, side by side ---- */

static bool
same_actor(DgStr a, DgStr b)
{
  DgArena *const arena = dg_arena_new();
  const bool same =
      arena && dg_str_equal(dg_entity_key(a, arena), dg_entity_key(b, arena));
  dg_arena_free(arena);
  return same;
}

bool
dg_check_relation_meets(const DgExpect *expect, const DgFacts *facts,
                        const DgRelation *r)
{
  for (size_t i = 0; i < expect->n_members; ++i) {
    const bool is_subject =
        dg_str_equal(expect->members[i].name, DG_STR("subject"));
    const uint32_t entity = is_subject ? r->subject : r->object;
    if (!same_actor(facts->entities.items[entity].name,
                    expect->members[i].value)) {
      return false;
    }
  }
  return true;
}

/** Whether fact `i` has what `expect` lists, type left out for relations. */
static bool
fact_meets(const DgExpect *expect, const DgFacts *facts, size_t i)
{
  if (i >= facts->n_deals) {
    return dg_check_relation_meets(expect, facts,
                                   &facts->relations[i - facts->n_deals]);
  }
  DgBuf why = DG_BUF_INIT;
  const bool met = dg_expect_meets(expect, facts, &facts->deals[i], &why);
  dg_buf_clear(&why);
  return met;
}

static bool
status_met(const DgExpect *expect, const DgFacts *facts, size_t i)
{
  const DgExpect alone = { .status = expect->status };
  return fact_meets(&alone, facts, i);
}

static bool
member_met(const DgExpect *expect, size_t member, const DgFacts *facts,
           size_t i)
{
  DgExpect alone = { .n_members = 1 };
  alone.members[0].name = expect->members[member].name;
  alone.members[0].value = expect->members[member].value;
  return fact_meets(&alone, facts, i);
}

static const char *
fact_type(const DgFacts *facts, size_t i)
{
  return i < facts->n_deals
             ? dg_deal_type_text(facts->deals[i].type)
             : dg_relation_type_text(facts->relations[i - facts->n_deals].type);
}

/** The type that an example asks for: its own, else its rule's. */
static DgStr
type_wanted(const DgExpect *expect, const DgRule *rule)
{
  return expect->type.len ? expect->type : rule->type;
}

static size_t
differences(const DgExpect *expect, DgStr type, const DgFacts *facts, size_t i)
{
  size_t n = !status_met(expect, facts, i);
  if (type.len && !dg_str_equal(type, dg_str(fact_type(facts, i)))) {
    n += sizeof expect->members / sizeof *expect->members; /* counts most */
  }
  for (size_t m = 0; m < expect->n_members; ++m) {
    n += !member_met(expect, m, facts, i);
  }
  return n;
}

/** The deal, for a relation rule the relation, that is nearest, or SIZE_MAX. */
static size_t
nearest(const DgExpect *expect, DgStr type, DgRuleKind kind,
        const DgFacts *facts)
{
  const bool ties = kind == DG_RULE_RELATION;
  const size_t first = ties ? facts->n_deals : 0;
  const size_t end = facts->n_deals + (ties ? facts->n_relations : 0);
  size_t best = SIZE_MAX;
  size_t least = SIZE_MAX;
  for (size_t i = first; i < end; ++i) {
    const size_t n = differences(expect, type, facts, i);
    if (n < least) {
      least = n;
      best = i;
    }
  }
  return best;
}

static DgStr
member_value(const DgExpect *expect, DgStr name)
{
  for (size_t i = 0; i < expect->n_members; ++i) {
    if (dg_str_equal(expect->members[i].name, name)) {
      return expect->members[i].value;
    }
  }
  return DG_STR_NONE;
}

/** Append `s`, or "-", and blanks up to `columns`. */
static void
put_column(DgStr s, size_t columns, DgBuf *out)
{
  const DgStr shown = s.len ? s : DG_STR("-");
  dg_buf_add(out, shown);
  for (size_t w = dg_utf8_width(shown); w < columns; ++w) {
    dg_buf_add_char(out, ' ');
  }
}

static void
put_row(bool same, DgStr name, DgStr expected, DgStr found, size_t width,
        DgBuf *out)
{
  dg_buf_add(out, same ? DG_STR("      ") : DG_STR("    ! "));
  put_column(name, 14, out);
  put_column(expected, width + 2, out);
  put_column(found, 0, out);
  dg_buf_add_char(out, '\n');
}

static size_t
expected_width(const DgExpect *expect, DgStr type)
{
  size_t width = sizeof "expected" - 1;
  const size_t widths[] = { dg_utf8_width(type),
                            dg_utf8_width(expect->status) };
  for (size_t i = 0; i < 2; ++i) {
    width = widths[i] > width ? widths[i] : width;
  }
  for (size_t i = 0; i < expect->n_members; ++i) {
    const size_t w = dg_utf8_width(expect->members[i].value);
    width = w > width ? w : width;
  }
  return width;
}

/** Members: first those expected, then what else was found. */
static void
put_members(const DgExpect *expect, const DgExpect *found, const DgFacts *facts,
            size_t fact, size_t width, DgBuf *out)
{
  for (size_t i = 0; i < expect->n_members; ++i) {
    const DgStr name = expect->members[i].name;
    const bool same = fact != SIZE_MAX && member_met(expect, i, facts, fact);
    const DgStr value = member_value(found, name);
    /* Cue and speaker are compared but not among what a deal is written as. */
    put_row(same, name, expect->members[i].value,
            value.len || !same ? value : expect->members[i].value, width, out);
  }
  for (size_t i = 0; i < found->n_members; ++i) {
    const DgStr name = found->members[i].name;
    if (!member_value(expect, name).len) {
      put_row(true, name, DG_STR_NONE, found->members[i].value, width, out);
    }
  }
}

void
dg_check_write_table(const DgExpect *expect, const DgRule *rule,
                     const DgFacts *facts, DgBuf *out)
{
  const DgStr type = type_wanted(expect, rule);
  const size_t fact = nearest(expect, type, rule->kind, facts);
  const size_t width = expected_width(expect, type);
  DgBuf text = DG_BUF_INIT;
  DgDiag diag = DG_DIAG_INIT;
  DgExpect found = { .n_members = 0 };
  if (fact != SIZE_MAX) {
    write_fact(facts, fact, &text);
    (void)dg_expect_read(dg_buf_str(&text), &found, &diag);
    found.type = dg_str(fact_type(facts, fact));
  }
  put_row(true, DG_STR("  "), DG_STR("expected"), DG_STR("found"), width, out);
  put_row(!type.len || dg_str_equal(type, found.type), DG_STR("type"), type,
          found.type, width, out);
  if (expect->status.len || found.status.len) {
    put_row(fact != SIZE_MAX && status_met(expect, facts, fact),
            DG_STR("status"), expect->status, found.status, width, out);
  }
  put_members(expect, &found, facts, fact, width, out);
  if (fact != SIZE_MAX) {
    const DgStr by = fact_rule(facts, fact);
    put_row(dg_str_equal(by, rule->id) || rule->kind == DG_RULE_ATTRIBUTE ||
                rule->kind == DG_RULE_CONTEXT,
            DG_STR("rule"), rule->id, by, width, out);
  }
  write_others(facts, fact, out);
  dg_buf_clear(&text);
  dg_diag_clear(&diag);
}
