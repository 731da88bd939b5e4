/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RULES_RULESET_H
#define DG_RULES_RULESET_H

#include "base/diag.h"
#include "rules/inflect.h"
#include "text/mention.h"

/**
 * A rule language for deals: word lists, macros and patterns over words and
 * mentions. doc/rules.md is its reference for those who write rules; this
 * header is what the other rooms see of it.
 *
 * The room knows neither deals nor companies: a rule says which type of thing
 * it reads and how its parts are called, as plain words, and `event` gives
 * them their meaning.
 */

typedef enum {
  DG_RULE_EVENT,     /**< reads a deal */
  DG_RULE_RELATION,  /**< reads a tie between two actors */
  DG_RULE_ATTRIBUTE, /**< adds a part to a deal read nearby */
  DG_RULE_CONTEXT    /**< a cue that changes the deals in its reach */
} DgRuleKind;

typedef enum {
  DG_DIRECTION_FORWARD, /**< the cue stands before what it changes */
  DG_DIRECTION_BACKWARD,
  DG_DIRECTION_BOTH
} DgDirection;

/** "name = value" of a rule's `set` line. */
typedef struct {
  DgStr name;
  DgStr value;
} DgRuleSetting;

typedef enum {
  DG_GUARD_DIFFERENT,        /**< a != b: not the same entity */
  DG_GUARD_HAS,              /**< has a */
  DG_GUARD_LACKS,            /**< no a */
  DG_GUARD_COUNTRIES_DIFFER, /**< country(a) != country(b) */
  DG_GUARD_KIND,             /**< kind(a) = company|fund */
  DG_GUARD_CONTAINS /**< a contains x|y: its text, folded, has one of them */
} DgGuardKind;

/** A condition on what a pattern captured. */
typedef struct {
  DgGuardKind kind;
  bool negated;
  DgStr a;
  DgStr b; /**< second role, or the kinds, cut by "|" */
} DgGuard;

/** A "+" or "-" sentence of a rule. */
typedef struct {
  bool positive;
  DgStr sentence;
  DgStr expected; /**< "role=Name|Name amount=EUR:15", may be empty */
  size_t line;
} DgRuleExample;

/** One rule as written; strings live as long as the rule set. */
typedef struct {
  DgRuleKind kind;
  DgStr id;
  DgStr type; /**< event, relation: its type; attribute: "" */
  DgLang lang;
  int priority;           /**< higher wins; 50 unless said */
  double precision;       /**< estimated, 0..1; 0.8 unless said */
  uint32_t first_program; /**< its `match` lines, compiled */
  uint32_t n_programs;
  DgRuleSetting *settings; /**< [n_settings] */
  size_t n_settings;
  DgGuard *guards; /**< [n_guards] */
  size_t n_guards;
  DgRuleExample *examples; /**< [n_examples] */
  size_t n_examples;
  DgStr *types; /**< [n_types] deal types that an attribute or context
                     applies to; none means all */
  size_t n_types;
  DgDirection direction; /**< context */
  uint32_t scope;        /**< context: tokens; attribute: sentences after */
  uint32_t first_stop;   /**< context: programs that end its reach */
  uint32_t n_stops;
  uint32_t first_pseudo; /**< context: programs that void a cue */
  uint32_t n_pseudos;
  const char *file;
  size_t line;
  uint32_t layer; /**< which of the folders it came from */
  uint64_t hash;  /**< of its text with all that it uses */
} DgRule;

typedef struct DgRuleset DgRuleset;

/** Default status of each form of a trigger: "tense pp = completed". */
DgStr
dg_ruleset_tense(const DgRuleset *rules, DgLang lang, DgFormPart part);

/**
 * Read the rule files of folders, each with its language folders: `*.rules`
 * in byte order of their paths. A rule of a later folder replaces one with
 * the same id.
 *
 * @param diag  On failure: file, line and column of the first error, the line
 *              underlined.
 */
DgStatus
dg_ruleset_open(const char *const *folders, size_t n_folders, DgRuleset **rules,
                DgDiag *diag);

/** Read one file's text, as dg_ruleset_open does; for tests and fuzzing. */
DgStatus
dg_ruleset_read(DgStr source, const char *name, DgLang lang, DgRuleset **rules,
                DgDiag *diag);

void
dg_ruleset_free(DgRuleset *rules);

size_t
dg_ruleset_size(const DgRuleset *rules);

/** Rules are sorted by id: an index is stable for one set of rules. */
const DgRule *
dg_ruleset_rule(const DgRuleset *rules, uint32_t index);

/** Index of a rule, or DG_NO_INDEX. */
uint32_t
dg_ruleset_find(const DgRuleset *rules, DgStr id);

/** A hash of all rules, whatever the files they stand in. */
uint64_t
dg_ruleset_hash(const DgRuleset *rules);

/** Append the compiled program of a rule, readable. */
void
dg_ruleset_dump(const DgRuleset *rules, uint32_t rule, DgBuf *out);

/** Compile the patterns of a rule, as its first use would; for checks. */
DgStatus
dg_ruleset_try(const DgRuleset *rules, uint32_t rule, DgDiag *diag);

/** Value of a setting, or an absent string. */
DgStr
dg_rule_setting(const DgRule *rule, DgStr name);

#endif
