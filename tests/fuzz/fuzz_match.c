/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A rule file, a line "====", and a text. The text is matched; and the sieve
 * must find each pattern where PCRE2 does, and nowhere else. A capital makes
 * a token a name, a digit an amount or a date.
 */
#include "base/utf8.h"
#include "rules/match.h"
#include "rules/ruleset_p.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Steps after which PCRE2 gives up, and neither is asked to agree. */
enum { STEPS = 20000, SIEVE_STEPS = 100 * 1000 * 1000 };

typedef struct {
  const DgRuleset *rules;
  DgArena *arena;
  DgText text;
  DgMentions mentions;
  DgMatcher *matcher;
  DgSieveRun *sieve;
} Case;

static bool
has_private_use(DgStr s)
{
  for (size_t i = 0, size; i < s.len; i += size) {
    const uint32_t code = dg_utf8_decode(s, i, &size);
    if (code >= 0xE000 && code < 0xF900) {
      return true; /* input never lets them through */
    }
  }
  return false;
}

static int
type_of(DgStr surface, uint32_t flags)
{
  if (flags & DG_TOKEN_CAPITAL && surface.ptr[0] >= 'A' &&
      surface.ptr[0] <= 'Z') {
    return (surface.ptr[0] - 'A') % (DG_MENTION_TITLE + 1);
  }
  return flags & DG_TOKEN_NUMBER
             ? DG_MENTION_MONEY + (surface.ptr[0] - '0') %
                                      (DG_MENTION_COUNT - DG_MENTION_MONEY)
             : -1;
}

static DgStatus
add_mentions(Case *c)
{
  for (uint32_t s = 0; s < c->text.n_sentences; ++s) {
    const DgSentence *const sentence = &c->text.sentences[s];
    for (uint32_t t = sentence->first; t < sentence->end; ++t) {
      const DgToken *const token = &c->text.tokens[t];
      const DgStr surface = dg_token_surface(&c->text, token);
      const int type = type_of(surface, token->flags);
      if (type >= 0) {
        DgMention *const m = DG_VEC_ADD(c->arena, &c->mentions);
        DG_TRY_PTR(m);
        *m = (DgMention){ .type = (DgMentionType)type,
                          .first = t,
                          .end = t + 1,
                          .sentence = s,
                          .entity = DG_NO_INDEX,
                          .value = DG_NO_INDEX,
                          .entry = DG_NO_INDEX };
      }
    }
  }
  return DG_OK;
}

/** Leftmost place of a program's match, SIZE_MAX for none. */
static DgStatus
place_of(Case *c, const DgProgram *program, const DgProjection *p,
         size_t *place)
{
  DgRegex *regex = NULL;
  DG_TRY(dg_regex_new(program->compiled.regex, DG_REGEX_NO_JIT, &regex, NULL));
  DgSpan span = { 0, 0 };
  const DgStatus status =
      dg_regex_match(regex, c->matcher, p->text, 1, &span, 1);
  dg_regex_free(regex);
  *place = status == DG_OK ? dg_projection_at(p, span.begin) : SIZE_MAX;
  return status == DG_NO_MATCH ? DG_OK : status;
}

static DgStatus
compare(Case *c, DgProjection *p, DgLang lang, uint32_t asked)
{
  DG_TRY(dg_projection_write(p, c->arena));
  DG_TRY(dg_sieve_read(c->sieve, p, lang));
  for (uint32_t i = 0; i < c->rules->programs.n; ++i) {
    DG_TRY(dg_ruleset_pattern(c->rules, i));
    const DgProgram *const program = &c->rules->programs.items[i];
    size_t place;
    if (program->compiled.asked != asked ||
        (program->lang != lang && program->lang != DG_LANG_NONE) ||
        place_of(c, program, p, &place) != DG_OK) {
      continue;
    }
    const size_t sieved = dg_sieve_ask(c->sieve, &program->sieved)
                              ? dg_sieve_next(c->sieve, 0)
                              : SIZE_MAX;
    if (sieved > place || (sieved < place && !program->sieved.open)) {
      abort();
    }
  }
  return DG_OK;
}

static DgStatus
compare_all(Case *c)
{
  const DgLimits limits = DG_LIMITS_DEFAULT;
  size_t m = 0;
  for (size_t s = 0; s < c->text.n_sentences; ++s) {
    const DgSentence *const sentence = &c->text.sentences[s];
    while (m < c->mentions.n && c->mentions.items[m].first < sentence->first) {
      ++m;
    }
    for (unsigned bits = 0; bits < 4; ++bits) {
      const uint32_t asked = bits << DG_MENTION_POSS & DG_TYPES_ASKED;
      DgProjection full;
      DgProjection reduced;
      DG_TRY(dg_projection_make(&c->text, sentence, &c->mentions, m, asked,
                                &limits, c->arena, &full));
      DG_TRY(compare(c, &full, sentence->lang, asked));
      if (dg_projection_reduce(&full, NULL, c->arena, &reduced) == DG_OK) {
        DG_TRY(compare(c, &reduced, sentence->lang, asked));
      }
    }
  }
  return DG_OK;
}

static DgStatus
match_all(Case *c)
{
  DgLimits limits = DG_LIMITS_DEFAULT;
  limits.match_steps = STEPS;
  DgRuleRunner *const runner = dg_rule_runner_new(c->rules, &limits);
  DG_TRY_PTR(runner);
  DgMatches matches;
  const DgStatus status =
      dg_rules_match(runner, &c->text, &c->mentions, NULL, c->arena, &matches);
  dg_rule_runner_free(runner);
  return status;
}

static void
run_case(Case *c, DgStr text)
{
  c->matcher = dg_matcher_new(STEPS, 64 * 1024);
  c->sieve = dg_sieve_run_new(c->rules->sieve, SIEVE_STEPS);
  if (c->matcher && c->sieve &&
      dg_text_read_string(text, DG_LANG_FR, c->arena, &c->text) == DG_OK &&
      add_mentions(c) == DG_OK && compare_all(c) == DG_OK) {
    (void)match_all(c);
  }
  dg_sieve_run_free(c->sieve);
  dg_matcher_free(c->matcher);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  const DgStr all = dg_str_n((const char *)data, size);
  const size_t cut = dg_str_find(all, DG_STR("\n====\n"), 0);
  size_t bad;
  if (size > 1U << 11 || cut == SIZE_MAX || !dg_utf8_valid(all, &bad) ||
      has_private_use(all)) {
    return 0;
  }
  DgRuleset *rules = NULL;
  if (dg_ruleset_read(dg_str_sub(all, 0, cut + 1), "fuzz", DG_LANG_FR, &rules,
                      NULL) != DG_OK) {
    return 0;
  }
  Case c = { .rules = rules, .arena = dg_arena_new() };
  if (c.arena) {
    run_case(&c, dg_str_sub(all, cut + 6, size));
  }
  dg_arena_free(c.arena);
  dg_ruleset_free(rules);
  return 0;
}
