/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/match.h"

#include "rules/projection.h"
#include "rules/ruleset_p.h"

#include <stdlib.h>

/* Sentences after a deal in which rules for its attributes still run. */
enum { ATTRIBUTE_REACH = 3 };

/* Ways to see a sentence: with or without POSS and ORGS as mentions. */
enum { VIEWS = 4 };

struct DgRuleRunner {
  const DgRuleset *rules;
  DgLimits limits;
  DgMatcher *matcher;
  DgSieveRun *sieves[2 * VIEWS]; /**< of each view of the sentence, whole
                                         and without asides; or null */
  uint32_t *stamps; /**< [n_programs] sentence that last wanted it */
  uint32_t *wanted; /**< [n_wanted] programs of this sentence */
  size_t n_wanted;
  uint32_t stamp;
  DgSpan *spans;
  const DgLex *openers[DG_LANG_COUNT];
  DgRuleCounts counts;
};

enum { SPANS_MAX = 251 };

DgRuleRunner *
dg_rule_runner_new(const DgRuleset *rules, const DgLimits *limits)
{
  DgRuleRunner *const runner = calloc(1, sizeof *runner);
  if (!runner) {
    return NULL;
  }
  runner->rules = rules;
  runner->limits = *limits;
  runner->matcher = dg_matcher_new(limits->match_steps, limits->jit_stack);
  runner->stamps = calloc(rules->programs.n + 1, sizeof *runner->stamps);
  runner->wanted = calloc(rules->programs.n + 1, sizeof *runner->wanted);
  runner->spans = calloc(SPANS_MAX, sizeof *runner->spans);
  for (int lang = 0; lang < DG_LANG_COUNT; ++lang) {
    runner->openers[lang] = dg_ruleset_lex((DgRuleset *)(uintptr_t)rules,
                                           (DgLang)lang, DG_STR("apposition"));
  }
  if (!runner->matcher || !runner->stamps || !runner->wanted ||
      !runner->spans) {
    dg_rule_runner_free(runner);
    return NULL;
  }
  return runner;
}

void
dg_rule_runner_free(DgRuleRunner *runner)
{
  if (runner) {
    dg_matcher_free(runner->matcher);
    for (int i = 0; i < 2 * VIEWS; ++i) {
      dg_sieve_run_free(runner->sieves[i]);
    }
    free(runner->stamps);
    free(runner->wanted);
    free(runner->spans);
    free(runner);
  }
}

const DgRuleCounts *
dg_rule_runner_counts(const DgRuleRunner *runner)
{
  return &runner->counts;
}

const DgRegexCounts *
dg_rule_runner_regex_counts(const DgRuleRunner *runner)
{
  return dg_matcher_counts(runner->matcher);
}

/* ---- which programs may match ---- */

static bool
needs_are_met(const DgCompiled *compiled, uint32_t types)
{
  for (size_t i = 0; i < compiled->n_needs; ++i) {
    if (!(compiled->needs[i] & types)) {
      return false;
    }
  }
  return true;
}

static void
want(DgRuleRunner *runner, uint32_t index, DgLang lang, uint32_t types)
{
  const DgProgram *const program = &runner->rules->programs.items[index];
  if (runner->stamps[index] == runner->stamp ||
      (program->lang != DG_LANG_NONE && program->lang != lang) ||
      !needs_are_met(&program->compiled, types)) {
    return;
  }
  runner->stamps[index] = runner->stamp;
  runner->wanted[runner->n_wanted++] = index;
}

static void
want_by_word(DgRuleRunner *runner, uint32_t hash, DgLang lang, uint32_t types)
{
  const DgRuleset *const rules = runner->rules;
  const uint32_t bit = hash % DG_BLOOM_BITS;
  if (!(rules->bloom[bit / 64] >> bit % 64 & 1U)) {
    return;
  }
  for (size_t at = hash & (rules->n_slots - 1); rules->slots[at].n;
       at = (at + 1) & (rules->n_slots - 1)) {
    if (rules->slots[at].hash == hash) {
      for (uint32_t i = 0; i < rules->slots[at].n; ++i) {
        want(runner, rules->postings[rules->slots[at].first + i], lang, types);
      }
      return;
    }
  }
}

static int
compare_indexes(const void *a, const void *b)
{
  const uint32_t x = *(const uint32_t *)a;
  const uint32_t y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static void
find_wanted(DgRuleRunner *runner, const DgText *text, const DgSentence *s,
            uint32_t types)
{
  ++runner->stamp;
  runner->n_wanted = 0;
  for (size_t i = 0; i < runner->rules->n_always; ++i) {
    want(runner, runner->rules->always[i], s->lang, types);
  }
  for (uint32_t t = s->first; t < s->end; ++t) {
    want_by_word(runner, text->tokens[t].hash, s->lang, types);
  }
  qsort(runner->wanted, runner->n_wanted, sizeof *runner->wanted,
        compare_indexes);
}

/* ---- from groups to captures ---- */

/* A sentence as some rules see it, made when first asked for. */
typedef struct {
  bool made;
  bool has_reduced;
  DgProjection full;
  DgProjection reduced;
} View;

typedef struct {
  DgRuleRunner *runner;
  const DgText *text;
  const DgMentions *mentions;
  const DgEntities *entities;
  DgArena *arena;
  DgMatches *matches;
  uint32_t sentence;
  size_t first_mention; /**< of the sentence */
  uint32_t types;       /**< that the sentence has */
  View views[VIEWS];    /**< by which of DG_TYPES_ASKED are mentions */
  DgProjection *projection;
  DgSieveRun *sieve; /**< that has read `projection` */
  bool reduced;
} Run;

static DgStatus
fill_capture(const Run *run, const DgGroup *group, size_t from, size_t to,
             DgCapture *capture)
{
  const DgProjection *const p = run->projection;
  capture->role = group->role;
  capture->first = p->tokens[from];
  capture->end = to > from ? p->ends[to - 1] : p->tokens[from];
  capture->mentions =
      dg_arena_alloc(run->arena, (to - from + 1) * sizeof *capture->mentions);
  DG_TRY_PTR(capture->mentions);
  capture->n_mentions = 0;
  for (size_t i = from; i < to; ++i) {
    if (p->mentions[i] == DG_NO_INDEX) {
      continue;
    }
    const DgMention *const mention = &run->mentions->items[p->mentions[i]];
    if (!group->types || group->types >> mention->type & 1U) {
      capture->mentions[capture->n_mentions++] = p->mentions[i];
    }
  }
  return DG_OK;
}

/** Which form of its list the trigger stands in. */
static DgFormPart
trigger_part(const DgText *text, const DgNode *trigger, uint32_t first,
             uint32_t end)
{
  if (trigger->kind != DG_NODE_LEX || trigger->part >= 0) {
    return trigger->part >= 0 ? (DgFormPart)trigger->part : DG_FORM_BASE;
  }
  for (size_t i = 0; i < trigger->lex->forms.n; ++i) {
    const DgForm *const form = &trigger->lex->forms.items[i];
    bool same = form->n_words == end - first;
    for (uint32_t k = 0; same && k < form->n_words; ++k) {
      same =
          dg_str_equal(form->words[k], dg_token_word(&text->tokens[first + k]));
    }
    if (same) {
      return form->part;
    }
  }
  return DG_FORM_BASE;
}

static DgStatus
fill_match(const Run *run, const DgCompiled *compiled, const DgSpan *spans,
           DgMatch *match)
{
  const DgProjection *const p = run->projection;
  const size_t from = dg_projection_at(p, spans[0].begin);
  const size_t to = dg_projection_at(p, spans[0].end);
  match->first = p->tokens[from];
  match->end = to > from ? p->ends[to - 1] : match->first;
  match->trigger_first = match->first;
  match->trigger_end = match->first;
  match->captures =
      dg_arena_calloc(run->arena, compiled->n_groups + 1, sizeof(DgCapture));
  DG_TRY_PTR(match->captures);
  for (size_t g = 0; g < compiled->n_groups; ++g) {
    const DgSpan span = spans[g + 1];
    if (span.begin == SIZE_MAX || span.begin == span.end) {
      continue;
    }
    const size_t a = dg_projection_at(p, span.begin);
    const size_t b = dg_projection_at(p, span.end);
    if (compiled->groups[g].role.len) {
      DG_TRY(fill_capture(run, &compiled->groups[g], a, b,
                          &match->captures[match->n_captures++]));
    } else {
      match->trigger_first = p->tokens[a];
      match->trigger_end = p->ends[b - 1];
      match->part = trigger_part(run->text, compiled->trigger,
                                 match->trigger_first, match->trigger_end);
    }
  }
  return DG_OK;
}

/* ---- guards ---- */

static const DgCapture *
find_capture(const DgMatch *match, DgStr role)
{
  for (size_t i = 0; i < match->n_captures; ++i) {
    if (dg_str_equal(match->captures[i].role, role)) {
      return &match->captures[i];
    }
  }
  return NULL;
}

static const DgEntity *
first_entity(const Run *run, const DgCapture *capture)
{
  if (!capture || !capture->n_mentions || !run->entities) {
    return NULL;
  }
  const uint32_t entity = run->mentions->items[capture->mentions[0]].entity;
  return entity < run->entities->n ? &run->entities->items[entity] : NULL;
}

static bool
kind_listed(DgStr kinds, const char *kind)
{
  DgStr piece;
  while (dg_str_cut(&kinds, '|', &piece)) {
    if (dg_str_equal(dg_str_trim(piece), dg_str(kind))) {
      return true;
    }
  }
  return false;
}

/** True when a word of the capture has one of the parts in it. */
static bool
text_contains(const Run *run, const DgCapture *capture, DgStr parts)
{
  DgStr part;
  while (dg_str_cut(&parts, '|', &part)) {
    part = dg_str_trim(part);
    for (uint32_t t = capture->first; t < capture->end; ++t) {
      if (dg_str_find(dg_token_folded(&run->text->tokens[t]), part, 0) !=
          SIZE_MAX) {
        return true;
      }
    }
  }
  return false;
}

static bool
guard_holds(const Run *run, const DgMatch *match, const DgGuard *guard)
{
  const DgCapture *const a = find_capture(match, guard->a);
  const DgEntity *const x = first_entity(run, a);
  switch (guard->kind) {
  case DG_GUARD_HAS:
    return a != NULL;
  case DG_GUARD_LACKS:
    return a == NULL;
  case DG_GUARD_CONTAINS:
    return a && text_contains(run, a, guard->b) != guard->negated;
  case DG_GUARD_KIND:
    return !x || kind_listed(guard->b, dg_entity_kind_text(x->kind)) !=
                     guard->negated;
  default:
    break;
  }
  const DgEntity *const y = first_entity(run, find_capture(match, guard->b));
  if (guard->kind == DG_GUARD_COUNTRIES_DIFFER) {
    return x && y && x->country[0] && y->country[0] &&
           strcmp(x->country, y->country) != 0;
  }
  return !x || !y || x != y;
}

static bool
guards_hold(const Run *run, const DgRule *rule, const DgMatch *match)
{
  for (size_t i = 0; i < rule->n_guards; ++i) {
    if (!guard_holds(run, match, &rule->guards[i])) {
      return false;
    }
  }
  return true;
}

/* ---- running ---- */

/** Where to look on: past the trigger, which only one match may hold. */
static size_t
next_start(const DgProjection *p, const DgMatch *match, size_t at)
{
  ++at;
  while (at < p->n && p->tokens[at] < match->trigger_end) {
    ++at;
  }
  return at;
}

/** Match a program at projected token `at`; its spans are in the runner. */
static DgStatus
match_at(Run *run, uint32_t index, size_t at, bool jit)
{
  DgRuleRunner *const runner = run->runner;
  const DgProjection *const p = run->projection;
  const DgRegex *regex;
  DG_TRY(dg_ruleset_regex(runner->rules, index, jit, &regex));
  const DgProgram *const program = &runner->rules->programs.items[index];
  const DgStatus status =
      dg_regex_match(regex, runner->matcher, p->text, p->offsets[at],
                     runner->spans, program->compiled.n_groups + 1);
  /* The interpreter counts steps otherwise: what matches must not depend on
   * how often the program has run. */
  return status == DG_LIMIT && !jit ? match_at(run, index, at, true) : status;
}

/**
 * Find the leftmost match of a program from projected token `*at` on, and set
 * `*at` to where it starts.
 */
static DgStatus
find_match(Run *run, uint32_t index, size_t *at)
{
  while ((*at = dg_sieve_next(run->sieve, *at)) < run->projection->n) {
    DG_TRY(dg_projection_write(run->projection, run->arena));
    const DgStatus status = match_at(run, index, *at, false);
    if (status == DG_LIMIT) {
      return DG_NO_MATCH; /* it is in the counts */
    }
    if (status != DG_NO_MATCH) {
      return status;
    }
    ++*at;
  }
  return DG_NO_MATCH;
}

static DgStatus
add_match(Run *run, uint32_t index)
{
  DgRuleRunner *const runner = run->runner;
  const DgProgram *const program = &runner->rules->programs.items[index];
  DgMatch *const match = DG_VEC_ADD(run->arena, run->matches);
  DG_TRY_PTR(match);
  match->rule = program->rule;
  match->program = index;
  match->sentence = run->sentence;
  match->reduced = run->reduced;
  match->lost_to = DG_NO_INDEX;
  DG_TRY(fill_match(run, &program->compiled, runner->spans, match));
  const DgRule *const rule = dg_ruleset_rule(runner->rules, program->rule);
  match->fate =
      guards_hold(run, rule, match) ? DG_MATCH_HELD : DG_MATCH_GUARDED;
  ++runner->counts.matches;
  return DG_OK;
}

static DgStatus
run_program(Run *run, uint32_t index, size_t *found)
{
  DgRuleRunner *const runner = run->runner;
  const DgProgram *const program = &runner->rules->programs.items[index];
  ++runner->counts.candidates;
  if (!dg_sieve_ask(run->sieve, &program->sieved)) {
    return DG_OK;
  }
  size_t at = 0;
  for (;;) {
    const DgStatus status = find_match(run, index, &at);
    if (status == DG_NO_MATCH) {
      return DG_OK;
    }
    DG_TRY(status);
    DG_TRY(add_match(run, index));
    ++*found;
    at = next_start(run->projection, &run->matches->items[run->matches->n - 1],
                    at);
  }
}

static bool
is_event_like(const DgRule *rule)
{
  return rule->kind == DG_RULE_EVENT || rule->kind == DG_RULE_RELATION;
}

/** The sieve of one view, whole or without asides; made when first asked. */
static DgStatus
read_sieve(Run *run, const View *v, const DgProjection *p, bool reduced)
{
  DgRuleRunner *const runner = run->runner;
  DgSieveRun **const sieve =
      &runner->sieves[2 * (size_t)(v - run->views) + reduced];
  if (!*sieve) {
    *sieve = dg_sieve_run_new(runner->rules->sieve, runner->limits.match_steps);
    DG_TRY_PTR(*sieve);
  }
  return dg_sieve_read(*sieve, p, run->text->sentences[run->sentence].lang);
}

/** The sentence as a rule sees it that asks for these types. */
static DgStatus
view(Run *run, uint32_t asked, View **found)
{
  asked &= run->types & DG_TYPES_ASKED;
  View *const v = &run->views[asked >> DG_MENTION_POSS];
  *found = v;
  if (v->made) {
    return DG_OK;
  }
  v->made = true;
  const DgSentence *const s = &run->text->sentences[run->sentence];
  DG_TRY(dg_projection_make(run->text, s, run->mentions, run->first_mention,
                            asked, &run->runner->limits, run->arena, &v->full));
  DG_TRY(read_sieve(run, v, &v->full, false));
  const DgStatus status = dg_projection_reduce(
      &v->full, run->runner->openers[s->lang], run->arena, &v->reduced);
  v->has_reduced = status == DG_OK;
  return status == DG_NO_MATCH ? DG_OK
         : status == DG_OK     ? read_sieve(run, v, &v->reduced, true)
                               : status;
}

/** Go to a view of the sentence as it stands, or without its asides. */
static void
turn_to(Run *run, View *v, bool reduced)
{
  run->projection = reduced ? &v->reduced : &v->full;
  run->reduced = reduced;
  run->sieve = run->runner->sieves[2 * (size_t)(v - run->views) + reduced];
}

/** Run the wanted programs of events, or of the rest, over a sentence. */
static DgStatus
run_wanted(Run *run, bool events, size_t *found)
{
  for (size_t i = 0; i < run->runner->n_wanted; ++i) {
    const uint32_t index = run->runner->wanted[i];
    const uint32_t rule = run->runner->rules->programs.items[index].rule;
    if (is_event_like(dg_ruleset_rule(run->runner->rules, rule)) != events) {
      continue;
    }
    View *v;
    DG_TRY(view(run, run->runner->rules->programs.items[index].compiled.asked,
                &v));
    if (v->has_reduced) {
      turn_to(run, v, true);
      DG_TRY(run_program(run, index, found));
    }
    turn_to(run, v, false);
    DG_TRY(run_program(run, index, found));
  }
  return DG_OK;
}

/* ---- conflicts ---- */

static size_t
sure_roles(const Run *run, const DgMatch *match)
{
  size_t n = 0;
  for (size_t i = 0; i < match->n_captures; ++i) {
    const DgCapture *const capture = &match->captures[i];
    n += capture->n_mentions &&
         run->mentions->items[capture->mentions[0]].type != DG_MENTION_NAME;
  }
  return n;
}

/** Negative when `a` outranks `b`: the documented order. */
static int
compare_ranks(const Run *run, const DgMatch *a, const DgMatch *b)
{
  const DgRule *const x = dg_ruleset_rule(run->runner->rules, a->rule);
  const DgRule *const y = dg_ruleset_rule(run->runner->rules, b->rule);
  if (x->priority != y->priority) {
    return x->priority > y->priority ? -1 : 1;
  }
  if (a->n_captures != b->n_captures) {
    return a->n_captures > b->n_captures ? -1 : 1;
  }
  if (a->reduced != b->reduced) {
    return a->reduced ? -1 : 1; /* an aside's names are not the subject */
  }
  const size_t sure_a = sure_roles(run, a);
  const size_t sure_b = sure_roles(run, b);
  if (sure_a != sure_b) {
    return sure_a > sure_b ? -1 : 1;
  }
  const uint32_t long_a = a->end - a->first;
  const uint32_t long_b = b->end - b->first;
  if (long_a != long_b) {
    return long_a > long_b ? -1 : 1;
  }
  if (a->first != b->first) {
    return a->first < b->first ? -1 : 1;
  }
  /* Rules are sorted by id, programs of one rule by line. */
  if (a->rule != b->rule) {
    return a->rule < b->rule ? -1 : 1;
  }
  return a->program < b->program ? -1 : a->program > b->program;
}

static bool
share_trigger(const DgMatch *a, const DgMatch *b)
{
  return a->trigger_first < b->trigger_end && b->trigger_first < a->trigger_end;
}

static bool
captures_mention(const DgMatch *match, uint32_t mention)
{
  for (size_t i = 0; i < match->n_captures; ++i) {
    const DgCapture *const capture = &match->captures[i];
    for (size_t k = 0; k < capture->n_mentions; ++k) {
      if (capture->mentions[k] == mention) {
        return true;
      }
    }
  }
  return false;
}

/**
 * Whether `part` lies within `whole` and tells of none but its mentions, and
 * not of all: "[B for the takeover of C]" in "[A talks to B ... of C]".
 */
static bool
is_part_of(const DgMatch *part, const DgMatch *whole)
{
  if (part->first < whole->first || part->end > whole->end) {
    return false;
  }
  size_t n_part = 0;
  for (size_t i = 0; i < part->n_captures; ++i) {
    const DgCapture *const capture = &part->captures[i];
    n_part += capture->n_mentions;
    for (size_t k = 0; k < capture->n_mentions; ++k) {
      if (!captures_mention(whole, capture->mentions[k])) {
        return false;
      }
    }
  }
  size_t n_whole = 0;
  for (size_t i = 0; i < whole->n_captures; ++i) {
    n_whole += whole->captures[i].n_mentions;
  }
  return n_part > 0 && n_part < n_whole;
}

/** Whether `a` goes because of `b`. */
static bool
loses_to(const Run *run, const DgMatch *a, const DgMatch *b)
{
  return share_trigger(a, b) ? compare_ranks(run, b, a) < 0 : is_part_of(a, b);
}

static void
resolve_conflicts(const Run *run, size_t first)
{
  DgMatch *const items = run->matches->items;
  const size_t n = run->matches->n;
  for (size_t i = first; i < n; ++i) {
    const DgRule *const rule =
        dg_ruleset_rule(run->runner->rules, items[i].rule);
    if (items[i].fate != DG_MATCH_HELD || !is_event_like(rule)) {
      continue;
    }
    for (size_t k = first; k < n; ++k) {
      const DgRule *const other =
          dg_ruleset_rule(run->runner->rules, items[k].rule);
      if (k != i && items[k].fate != DG_MATCH_GUARDED &&
          other->kind == rule->kind && loses_to(run, &items[i], &items[k])) {
        items[i].fate = DG_MATCH_OUTRANKED;
        items[i].lost_to = (uint32_t)k;
        break;
      }
    }
  }
}

/* ---- how far a cue reaches ---- */

/**
 * Tokens of the first match of any of the programs at or after projected token
 * `from`; begin is SIZE_MAX when there is none.
 */
static DgStatus
find_any(Run *run, uint32_t first, uint32_t n, size_t from, DgSpan *tokens)
{
  const DgProjection *const p = run->projection;
  const DgRuleRunner *const runner = run->runner;
  tokens->begin = SIZE_MAX;
  for (uint32_t i = first; i < first + n; ++i) {
    size_t at = from;
    if (!dg_sieve_ask(run->sieve, &runner->rules->programs.items[i].sieved)) {
      continue;
    }
    const DgStatus status = find_match(run, i, &at);
    if (status == DG_NO_MATCH) {
      continue;
    }
    DG_TRY(status);
    const size_t end = dg_projection_at(p, runner->spans[0].end);
    if (end > at && p->tokens[at] < tokens->begin) {
      tokens->begin = p->tokens[at];
      tokens->end = p->ends[end - 1];
    }
  }
  return DG_OK;
}

/** Index of token `token`, or of the next one, in the projection. */
static size_t
index_of(const DgProjection *p, size_t token)
{
  size_t i = 0;
  while (i < p->n && p->tokens[i] < token) {
    ++i;
  }
  return i;
}

static DgStatus
set_reach(Run *run, const DgSentence *s, DgMatch *match)
{
  const DgRule *const rule = dg_ruleset_rule(run->runner->rules, match->rule);
  const uint32_t scope = rule->scope;
  match->reach_first = match->first;
  match->reach_end = match->end;
  if (rule->direction != DG_DIRECTION_FORWARD) {
    match->reach_first =
        match->first - s->first > scope ? match->first - scope : s->first;
  }
  if (rule->direction != DG_DIRECTION_BACKWARD) {
    match->reach_end =
        s->end - match->end > scope ? match->end + scope : s->end;
  }
  DgSpan hit;
  size_t from = 0;
  /* Stops are few: look at each in turn. */
  while (rule->n_stops) {
    DG_TRY(find_any(run, rule->first_stop, rule->n_stops, from, &hit));
    if (hit.begin == SIZE_MAX) {
      break;
    }
    if (hit.begin >= match->end && hit.begin < match->reach_end) {
      match->reach_end = (uint32_t)hit.begin;
    } else if (hit.end <= match->first && hit.end > match->reach_first) {
      match->reach_first = (uint32_t)hit.end;
    }
    from = index_of(run->projection, hit.end);
  }
  from = 0;
  while (rule->n_pseudos) {
    DG_TRY(find_any(run, rule->first_pseudo, rule->n_pseudos, from, &hit));
    if (hit.begin == SIZE_MAX) {
      break;
    }
    if (hit.begin < match->end && hit.end > match->first) {
      match->fate = DG_MATCH_GUARDED;
    }
    from = index_of(run->projection, hit.end);
  }
  return DG_OK;
}

static DgStatus
set_reaches(Run *run, const DgSentence *s, size_t first, View *plain)
{
  turn_to(run, plain, false);
  for (size_t i = first; i < run->matches->n; ++i) {
    DgMatch *const match = &run->matches->items[i];
    const DgRule *const rule = dg_ruleset_rule(run->runner->rules, match->rule);
    if (rule->kind == DG_RULE_CONTEXT) {
      DG_TRY(set_reach(run, s, match));
    }
  }
  return DG_OK;
}

/* ---- the whole text ---- */

static uint32_t
types_of(const DgMentions *mentions, size_t first, uint32_t end_token,
         size_t *next)
{
  uint32_t types = 0;
  size_t m = first;
  for (; m < mentions->n && mentions->items[m].first < end_token; ++m) {
    types |= 1U << mentions->items[m].type;
  }
  *next = m;
  return types;
}

/** True when a deal was read in this sentence or shortly before it. */
static bool
in_reach(uint32_t last_event, uint32_t sentence)
{
  return last_event != DG_NO_INDEX && sentence - last_event <= ATTRIBUTE_REACH;
}

static DgStatus
run_sentence(Run *run, const DgSentence *s, uint32_t *last_event)
{
  DgRuleRunner *const runner = run->runner;
  const size_t first_match = run->matches->n;
  memset(run->views, 0, sizeof run->views);
  View *plain;
  DG_TRY(view(run, 0, &plain));
  ++runner->counts.projected;
  runner->counts.dropped += plain->full.dropped;
  size_t events = 0;
  DG_TRY(run_wanted(run, true, &events));
  if (events) {
    *last_event = run->sentence;
  }
  if (in_reach(*last_event, run->sentence)) {
    size_t others = 0;
    DG_TRY(run_wanted(run, false, &others));
    DG_TRY(set_reaches(run, s, first_match, plain));
  }
  resolve_conflicts(run, first_match);
  return DG_OK;
}

/** Attributes and cues alone are no reason to look at a sentence. */
static bool
wants_events(const DgRuleRunner *runner)
{
  for (size_t i = 0; i < runner->n_wanted; ++i) {
    const uint32_t rule = runner->rules->programs.items[runner->wanted[i]].rule;
    if (is_event_like(dg_ruleset_rule(runner->rules, rule))) {
      return true;
    }
  }
  return false;
}

DgStatus
dg_rules_match(DgRuleRunner *runner, const DgText *text,
               const DgMentions *mentions, const DgEntities *entities,
               DgArena *arena, DgMatches *matches)
{
  *matches = (DgMatches){ 0 };
  Run run = { .runner = runner,
              .text = text,
              .mentions = mentions,
              .entities = entities,
              .arena = arena,
              .matches = matches };
  size_t m = 0;
  uint32_t last_event = DG_NO_INDEX;
  for (uint32_t i = 0; i < text->n_sentences; ++i) {
    const DgSentence *const s = &text->sentences[i];
    while (m < mentions->n && mentions->items[m].first < s->first) {
      ++m;
    }
    size_t next;
    const uint32_t types = types_of(mentions, m, s->end, &next);
    ++runner->counts.sentences;
    find_wanted(runner, text, s, types);
    if (wants_events(runner) || (runner->n_wanted && in_reach(last_event, i))) {
      run.sentence = (uint32_t)i;
      run.first_mention = m;
      run.types = types;
      DG_TRY(run_sentence(&run, s, &last_event));
    }
    m = next;
  }
  return DG_OK;
}
