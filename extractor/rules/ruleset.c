/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/ruleset_p.h"

#include "base/utf8.h"

#include <stdlib.h>

size_t
dg_ruleset_size(const DgRuleset *rules)
{
  return rules->rules.n;
}

const DgRule *
dg_ruleset_rule(const DgRuleset *rules, uint32_t index)
{
  return &rules->rules.items[index];
}

uint32_t
dg_ruleset_find(const DgRuleset *rules, DgStr id)
{
  size_t low = 0;
  size_t high = rules->rules.n;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const int order = dg_str_compare(rules->rules.items[middle].id, id);
    if (order == 0) {
      return (uint32_t)middle;
    }
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return DG_NO_INDEX;
}

uint64_t
dg_ruleset_hash(const DgRuleset *rules)
{
  return rules->hash;
}

DgStr
dg_ruleset_tense(const DgRuleset *rules, DgLang lang, DgFormPart part)
{
  return rules->tenses[lang][part];
}

DgStr
dg_rule_setting(const DgRule *rule, DgStr name)
{
  for (size_t i = 0; i < rule->n_settings; ++i) {
    if (dg_str_equal(rule->settings[i].name, name)) {
      return rule->settings[i].value;
    }
  }
  return DG_STR_NONE;
}

DgLex *
dg_ruleset_lex(DgRuleset *rules, DgLang lang, DgStr name)
{
  DgLex *common = NULL;
  for (size_t i = 0; i < rules->lexes.n; ++i) {
    DgNamedLex *const item = &rules->lexes.items[i];
    if (dg_str_equal(item->lex.name, name)) {
      if (item->lang == lang) {
        return &item->lex;
      }
      if (item->lang == DG_LANG_NONE) {
        common = &item->lex;
      }
    }
  }
  return common;
}

uint32_t
dg_ruleset_types(const DgRuleset *rules, DgLang lang, DgStr name)
{
  for (unsigned t = 0; t < DG_MENTION_COUNT; ++t) {
    if (dg_str_equal(name, dg_str(dg_mention_type_text((DgMentionType)t)))) {
      /* An untyped name may turn out to be a company. */
      return t == DG_MENTION_ORG ? 1U << DG_MENTION_ORG | 1U << DG_MENTION_NAME
                                 : 1U << t;
    }
  }
  for (size_t i = 0; i < rules->classes.n; ++i) {
    const DgNamedClass *const c = &rules->classes.items[i];
    if (dg_str_equal(c->name, name) &&
        (c->lang == lang || c->lang == DG_LANG_NONE)) {
      return c->types;
    }
  }
  return 0;
}

/* ---- what patterns name ---- */

static const DgLex *
scope_lex(void *user, DgStr name)
{
  const DgRuleScope *const scope = user;
  return dg_ruleset_lex(scope->rules, scope->lang, name);
}

static uint32_t
scope_types(void *user, DgStr name)
{
  const DgRuleScope *const scope = user;
  return dg_ruleset_types(scope->rules, scope->lang, name);
}

static const DgLex *
scope_list_words(void *user)
{
  return scope_lex(user, DG_STR("list-words"));
}

static const DgLex *
scope_list_stops(void *user)
{
  return scope_lex(user, DG_STR("list-stop"));
}

DgPatternScope
dg_rule_scope(DgRuleScope *scope)
{
  return (DgPatternScope){ scope, scope_lex, scope_types, scope_list_words,
                           scope_list_stops };
}

/* ---- patterns, when wanted ---- */

/** The lock is held. */
static DgStatus
write_pattern(DgRuleset *rules, DgProgram *program)
{
  if (program->compiled.regex.ptr) {
    return DG_OK;
  }
  DgRuleScope user = { rules, program->lang };
  const DgPatternScope scope = dg_rule_scope(&user);
  return dg_pattern_write(program->node, &scope, rules->arena,
                          &program->compiled);
}

/** The lock is held. */
static DgStatus
make_regex(DgRuleset *rules, DgProgram *program, bool jit, DgRegex **out)
{
  DgRegex *regex = NULL;
  *out = atomic_load_explicit(&program->regex, memory_order_relaxed);
  if (*out && (!jit || program->plain)) {
    return DG_OK; /* another thread was faster */
  }
  DG_TRY(write_pattern(rules, program));
  DG_TRY(dg_regex_new(program->compiled.regex,
                      DG_REGEX_ANCHORED | (jit ? 0U : DG_REGEX_NO_JIT), &regex,
                      NULL));
  if (*out) {
    program->plain = *out; /* others may be using it */
  }
  atomic_store_explicit(&program->regex, regex, memory_order_release);
  *out = regex;
  return DG_OK;
}

static DgRuleset *
locked(const DgRuleset *rules)
{
  DgRuleset *const own = (DgRuleset *)(uintptr_t)rules;
  (void)pthread_mutex_lock(&own->compiling);
  return own;
}

DgStatus
dg_ruleset_pattern(const DgRuleset *rules, uint32_t index)
{
  DgRuleset *const own = locked(rules);
  const DgStatus status = write_pattern(own, &own->programs.items[index]);
  (void)pthread_mutex_unlock(&own->compiling);
  return status;
}

DgStatus
dg_ruleset_regex(const DgRuleset *rules, uint32_t index, bool jit,
                 const DgRegex **out)
{
  DgProgram *const program = &rules->programs.items[index];
  DgRegex *regex = atomic_load_explicit(&program->regex, memory_order_acquire);
  unsigned runs = atomic_load_explicit(&program->runs, memory_order_relaxed);
  if (jit && runs < DG_JIT_AFTER) {
    runs = atomic_fetch_add(&program->runs, DG_JIT_AFTER) + DG_JIT_AFTER;
  } else if (runs < DG_JIT_AFTER) {
    runs = atomic_fetch_add(&program->runs, 1) + 1;
  }
  DgStatus status = DG_OK;
  if (!regex || runs == DG_JIT_AFTER) {
    DgRuleset *const own = locked(rules);
    status = make_regex(own, program, runs >= DG_JIT_AFTER, &regex);
    (void)pthread_mutex_unlock(&own->compiling);
  }
  *out = regex;
  return status;
}

DgStatus
dg_ruleset_try(const DgRuleset *rules, uint32_t index, DgDiag *diag)
{
  const DgRule *const rule = dg_ruleset_rule(rules, index);
  for (uint32_t i = 0; i < rule->n_programs; ++i) {
    const DgProgram *const program =
        &rules->programs.items[rule->first_program + i];
    DgRegex *regex = NULL;
    DG_TRY(dg_ruleset_pattern(rules, rule->first_program + i));
    DG_TRY(
        dg_regex_new(program->compiled.regex, DG_REGEX_NO_JIT, &regex, diag));
    dg_regex_free(regex);
  }
  return DG_OK;
}

void
dg_ruleset_free(DgRuleset *rules)
{
  if (rules) {
    for (size_t i = 0; i < rules->programs.n; ++i) {
      dg_regex_free(atomic_load(&rules->programs.items[i].regex));
      dg_regex_free(rules->programs.items[i].plain);
    }
    (void)pthread_mutex_destroy(&rules->compiling);
    dg_arena_free(rules->arena);
    free(rules);
  }
}

/* ---- trigger index ---- */

typedef struct {
  uint32_t hash;
  uint32_t program;
} Pair;

static int
compare_pairs(const void *a, const void *b)
{
  const Pair *const x = a;
  const Pair *const y = b;
  if (x->hash != y->hash) {
    return x->hash < y->hash ? -1 : 1;
  }
  return (x->program > y->program) - (x->program < y->program);
}

static void
fill_slots(DgRuleset *rules, const Pair *pairs, size_t n)
{
  for (size_t i = 0; i < n;) {
    size_t end = i;
    while (end < n && pairs[end].hash == pairs[i].hash) {
      rules->postings[end] = pairs[end].program;
      ++end;
    }
    size_t at = pairs[i].hash & (rules->n_slots - 1);
    while (rules->slots[at].n) {
      at = (at + 1) & (rules->n_slots - 1);
    }
    rules->slots[at] =
        (DgTriggerSlot){ pairs[i].hash, (uint32_t)i, (uint32_t)(end - i) };
    const uint32_t bit = pairs[i].hash % DG_BLOOM_BITS;
    rules->bloom[bit / 64] |= (uint64_t)1 << bit % 64;
    i = end;
  }
}

DgStatus
dg_ruleset_index(DgRuleset *rules)
{
  size_t n = 0;
  for (size_t i = 0; i < rules->programs.n; ++i) {
    n += rules->programs.items[i].compiled.n_triggers;
  }
  Pair *const pairs = DG_NEW_ARRAY(rules->arena, Pair, n + 1);
  DG_TRY_PTR(pairs);
  size_t at = 0;
  for (size_t i = 0; i < rules->programs.n; ++i) {
    const DgCompiled *const compiled = &rules->programs.items[i].compiled;
    for (size_t k = 0; k < compiled->n_triggers; ++k) {
      pairs[at++] =
          (Pair){ (uint32_t)dg_str_hash(compiled->triggers[k]), (uint32_t)i };
    }
  }
  qsort(pairs, n, sizeof *pairs, compare_pairs);
  rules->n_slots = 64;
  while (rules->n_slots < n * 2) {
    rules->n_slots *= 2;
  }
  rules->slots = DG_NEW_ARRAY(rules->arena, DgTriggerSlot, rules->n_slots);
  rules->postings = DG_NEW_ARRAY(rules->arena, uint32_t, n + 1);
  rules->bloom = DG_NEW_ARRAY(rules->arena, uint64_t, DG_BLOOM_BITS / 64);
  DG_TRY_PTR(rules->slots);
  DG_TRY_PTR(rules->postings);
  rules->always = DG_NEW_ARRAY(rules->arena, uint32_t, rules->programs.n + 1);
  DG_TRY_PTR(rules->bloom);
  DG_TRY_PTR(rules->always);
  fill_slots(rules, pairs, n);
  for (uint32_t i = 0; i < rules->programs.n; ++i) {
    const DgProgram *const program = &rules->programs.items[i];
    if (program->rule != DG_NO_INDEX && !program->compiled.n_triggers) {
      rules->always[rules->n_always++] = i;
    }
  }
  return DG_OK;
}

/* ---- dump ---- */

static void
dump_program(const DgProgram *program, DgBuf *out)
{
  dg_buf_printf(out, "  source   %.*s\n", (int)program->source.len,
                program->source.ptr);
  dg_buf_add(out, DG_STR("  triggers"));
  for (size_t i = 0; i < program->compiled.n_triggers; ++i) {
    dg_buf_add_char(out, ' ');
    dg_buf_add(out, program->compiled.triggers[i]);
  }
  dg_buf_add(out, DG_STR("\n  needs   "));
  for (size_t i = 0; i < program->compiled.n_needs; ++i) {
    dg_buf_add_char(out, ' ');
    bool first = true;
    for (unsigned t = 0; t < DG_MENTION_COUNT; ++t) {
      if (program->compiled.needs[i] >> t & 1U) {
        dg_buf_printf(out, "%s%s", first ? "" : "|",
                      dg_mention_type_text((DgMentionType)t));
        first = false;
      }
    }
  }
  dg_buf_add(out, DG_STR("\n  groups  "));
  for (size_t i = 0; i < program->compiled.n_groups; ++i) {
    const DgStr role = program->compiled.groups[i].role;
    dg_buf_printf(out, " %zu=%.*s", i + 1, role.len ? (int)role.len : 7,
                  role.len ? role.ptr : "trigger");
  }
  dg_buf_add(out, DG_STR("\n  pattern  "));
  dg_buf_add(out, program->compiled.regex);
  dg_buf_add_char(out, '\n');
}

void
dg_ruleset_dump(const DgRuleset *rules, uint32_t index, DgBuf *out)
{
  static const char *const kinds[] = { "event", "relation", "attribute",
                                       "context" };
  const DgRule *const rule = dg_ruleset_rule(rules, index);
  dg_buf_printf(out, "%s %.*s", kinds[rule->kind], (int)rule->id.len,
                rule->id.ptr);
  if (rule->type.len) {
    dg_buf_printf(out, " : %.*s", (int)rule->type.len, rule->type.ptr);
  }
  dg_buf_printf(out, "  prio %d  prec %.2f  (%s:%zu)\n", rule->priority,
                rule->precision, rule->file, rule->line);
  for (size_t i = 0; i < rule->n_settings; ++i) {
    const DgRuleSetting *const set = &rule->settings[i];
    dg_buf_printf(out, "  set      %.*s %.*s\n", (int)set->name.len,
                  set->name.ptr, (int)set->value.len, set->value.ptr);
  }
  for (uint32_t i = 0; i < rule->n_programs; ++i) {
    const uint32_t program = rule->first_program + i;
    if (dg_ruleset_pattern(rules, program) == DG_OK) {
      dump_program(&rules->programs.items[program], out);
    }
  }
}
