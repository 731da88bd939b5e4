/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/lint.h"

#include "rules/ruleset_p.h"

/** Depth of brackets is limited when a pattern is read. */
static bool
nests_repeats(const DgNode *node, bool inside)
{
  for (; node; node = node->next) {
    const bool repeats = node->kind != DG_NODE_GAP && node->max > 1;
    if ((inside && repeats) || nests_repeats(node->child, inside || repeats)) {
      return true;
    }
  }
  return false;
}

static bool
fills(const DgNode *node, DgStr role)
{
  for (; node; node = node->next) {
    if (dg_str_equal(node->role, role) || fills(node->child, role)) {
      return true;
    }
  }
  return false;
}

static bool
rule_fills(const DgRuleset *rules, const DgRule *rule, DgStr role)
{
  for (uint32_t i = 0; i < rule->n_programs; ++i) {
    if (fills(rules->programs.items[rule->first_program + i].node, role)) {
      return true;
    }
  }
  return false;
}

static void
lint_guards(const DgRuleset *rules, const DgRule *rule, DgLintSink sink,
            void *user)
{
  for (size_t i = 0; i < rule->n_guards; ++i) {
    const DgGuard *const guard = &rule->guards[i];
    const bool two = guard->kind == DG_GUARD_DIFFERENT ||
                     guard->kind == DG_GUARD_COUNTRIES_DIFFER;
    if (!rule_fills(rules, rule, guard->a)) {
      sink(user, "no pattern fills the role of a condition: ", guard->a);
    } else if (two && !rule_fills(rules, rule, guard->b)) {
      sink(user, "no pattern fills the role of a condition: ", guard->b);
    }
  }
}

/** True when `other` is held wherever both match the same. */
static bool
always_outranks(const DgRule *other, const DgRule *rule)
{
  return other != rule && other->kind == rule->kind && !other->n_guards &&
         (other->lang == rule->lang || other->lang == DG_LANG_NONE) &&
         (other->priority != rule->priority
              ? other->priority > rule->priority
              : dg_str_compare(other->id, rule->id) < 0);
}

static bool
has_pattern(const DgRuleset *rules, const DgRule *rule, uint64_t hash)
{
  for (uint32_t i = 0; i < rule->n_programs; ++i) {
    if (rules->programs.items[rule->first_program + i].hash == hash) {
      return true;
    }
  }
  return false;
}

static bool
shadows(const DgRuleset *rules, const DgRule *other, const DgRule *rule)
{
  for (uint32_t i = 0; i < rule->n_programs; ++i) {
    const uint64_t hash = rules->programs.items[rule->first_program + i].hash;
    if (!has_pattern(rules, other, hash)) {
      return false;
    }
  }
  return true;
}

void
dg_rule_lint(const DgRuleset *rules, uint32_t index, DgLintSink sink,
             void *user)
{
  const DgRule *const rule = &rules->rules.items[index];
  const bool tells =
      rule->kind == DG_RULE_EVENT || rule->kind == DG_RULE_RELATION;
  for (uint32_t i = 0; i < rule->n_programs; ++i) {
    const DgProgram *const program =
        &rules->programs.items[rule->first_program + i];
    if (tells && !program->compiled.n_triggers) {
      sink(user, "a pattern requires no word: ", program->source);
    }
    if (nests_repeats(program->node, false)) {
      sink(user, "a repeat within a repeat: ", program->source);
    }
  }
  lint_guards(rules, rule, sink, user);
  for (uint32_t i = 0; tells && i < rules->rules.n; ++i) {
    const DgRule *const other = &rules->rules.items[i];
    if (always_outranks(other, rule) && shadows(rules, other, rule)) {
      sink(user, "shadowed by ", other->id);
    }
  }
}
