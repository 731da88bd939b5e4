/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RULES_MATCH_H
#define DG_RULES_MATCH_H

#include "base/limits.h"
#include "base/regex.h"
#include "entity/entity.h"
#include "rules/ruleset.h"

/** What one group of a pattern took. */
typedef struct {
  DgStr role;
  uint32_t first; /**< tokens [first, end) */
  uint32_t end;
  uint32_t *mentions; /**< [n_mentions] of the types it asks for */
  size_t n_mentions;
} DgCapture;

/** Why a match counts no more. */
typedef enum {
  DG_MATCH_HELD,
  DG_MATCH_OUTRANKED, /**< another match of the same words won */
  DG_MATCH_GUARDED    /**< a `where` condition failed, or a cue is void */
} DgMatchFate;

/** One place where a rule fits. */
typedef struct {
  uint32_t rule;
  uint32_t program;
  uint32_t sentence;
  uint32_t first; /**< tokens [first, end) */
  uint32_t end;
  uint32_t trigger_first; /**< tokens of its trigger, or `first` */
  uint32_t trigger_end;
  DgFormPart part;     /**< form of the trigger: what tense it is in */
  bool reduced;        /**< found with asides left out */
  DgCapture *captures; /**< [n_captures] */
  size_t n_captures;
  uint32_t reach_first; /**< context: tokens [reach_first, reach_end) that */
  uint32_t reach_end;   /**< its cue changes, up to scope and stops */
  DgMatchFate fate;
  uint32_t lost_to; /**< OUTRANKED: index of the winner */
} DgMatch;

/** Matches by sentence, then place, then rule id; losers kept. */
typedef struct {
  DgMatch *items; /**< [n] */
  size_t n;
  size_t cap;
} DgMatches;

/** Counters, for `--stats`. */
typedef struct {
  uint64_t sentences;
  uint64_t projected;  /**< sentences that some rule wanted */
  uint64_t candidates; /**< programs that triggers and types let through */
  uint64_t matches;
  uint64_t dropped; /**< mentions beyond the limit for a sentence */
} DgRuleCounts;

/** A rule set with one thread's scratch space. */
typedef struct DgRuleRunner DgRuleRunner;

/** @param rules  Borrowed for the life of the runner. */
DgRuleRunner *
dg_rule_runner_new(const DgRuleset *rules, const DgLimits *limits);

void
dg_rule_runner_free(DgRuleRunner *runner);

const DgRuleCounts *
dg_rule_runner_counts(const DgRuleRunner *runner);

const DgRegexCounts *
dg_rule_runner_regex_counts(const DgRuleRunner *runner);

/**
 * Run all rules over a text. Of matches that share a trigger, one is held:
 * higher priority, more roles filled, asides left out, more roles surely of
 * their type, longer, further left, rule id in byte order, earlier line of the
 * rule.
 *
 * @param entities  For guards; may be null.
 * @param matches   Set on DG_OK, in `arena`.
 * @return DG_OK also when a match limit was reached; the counts tell.
 */
DgStatus
dg_rules_match(DgRuleRunner *runner, const DgText *text,
               const DgMentions *mentions, const DgEntities *entities,
               DgArena *arena, DgMatches *matches);

#endif
