/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RULES_RULESET_P_H
#define DG_RULES_RULESET_P_H

/* For this room only: what a rule set is made of. */

#include "base/limits.h"
#include "base/regex.h"
#include "base/vec.h"
#include "rules/pattern.h"
#include "rules/ruleset.h"
#include "rules/sieve.h"

#include <pthread.h>
#include <stdatomic.h>

/** One pattern of a rule: a `match`, `cue`, `stop` or `pseudo` line. */
typedef struct {
  uint32_t rule;
  DgLang lang;
  DgStr source; /**< as written */
  const DgNode *node;
  uint64_t hash;       /**< of the pattern, and of what it names */
  DgCompiled compiled; /**< its pattern written when first wanted */
  DgSieved sieved;
  _Atomic(DgRegex *) regex; /**< made when first wanted */
  atomic_uint runs;         /**< up to DG_JIT_AFTER */
  DgRegex *plain;           /**< what `regex` was before it was JIT-compiled */
} DgProgram;

/** A list under its name in one language. */
typedef struct {
  DgLang lang;
  DgLex lex;
} DgNamedLex;

typedef struct {
  DgLang lang;
  DgStr name;
  uint32_t types;
} DgNamedClass;

typedef struct {
  DgLang lang;
  DgStr name;
  DgStr *parameters; /**< [n_parameters] */
  size_t n_parameters;
  DgStr body;
} DgMacro;

/** Programs that a trigger word may start; sorted by word hash. */
typedef struct {
  uint32_t hash;
  uint32_t first; /**< in `postings` */
  uint32_t n;
} DgTriggerSlot;

struct DgRuleset {
  DgArena *arena;
  DG_VEC(DgRule) rules;
  DG_VEC(DgProgram) programs;
  DG_VEC(DgNamedLex) lexes;
  DG_VEC(DgNamedClass) classes;
  DG_VEC(DgMacro) macros;
  DgStr tenses[DG_LANG_COUNT][DG_FORM_PART_COUNT];
  DgSieve *sieve;
  DgTriggerSlot *slots; /**< [n_slots] a power of two, open addressing */
  size_t n_slots;
  uint32_t *postings;
  uint64_t *bloom;  /**< [DG_BLOOM_BITS / 64] first look at a hash */
  uint32_t *always; /**< [n_always] programs without a trigger */
  size_t n_always;
  uint64_t hash;
  pthread_mutex_t compiling;
};

enum { DG_BLOOM_BITS = 1 << 16 };

/** The word list of a name as language `lang` sees it, or null. */
DgLex *
dg_ruleset_lex(DgRuleset *rules, DgLang lang, DgStr name);

/** Bit set of a type or class as language `lang` sees it, or 0. */
uint32_t
dg_ruleset_types(const DgRuleset *rules, DgLang lang, DgStr name);

/** What the patterns of a language may name. */
typedef struct {
  DgRuleset *rules;
  DgLang lang;
} DgRuleScope;

DgPatternScope
dg_rule_scope(DgRuleScope *scope);

/* Runs after which a program is worth the time of the JIT compiler, which
 * takes as long as some hundred runs of the interpreter. */
enum { DG_JIT_AFTER = 32 };

/** Write the PCRE2 pattern of a program, if no one has yet. */
DgStatus
dg_ruleset_pattern(const DgRuleset *rules, uint32_t program);

/**
 * The compiled pattern of a program; compiled now if it is the first use.
 * @param jit  Do not wait with the JIT compiler.
 */
DgStatus
dg_ruleset_regex(const DgRuleset *rules, uint32_t program, bool jit,
                 const DgRegex **regex);

/** Build the trigger index once all programs are there. */
DgStatus
dg_ruleset_index(DgRuleset *rules);

#endif
