/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/whynot.h"

#include "rules/projection.h"
#include "rules/ruleset_p.h"

typedef struct {
  const DgRuleset *rules;
  const DgLimits *limits;
  const DgText *text;
  const DgMentions *mentions;
  DgArena *arena;
  DgMatcher *matcher;
  DgBuf *out;
} Question;

/** The projection as people read it: mentions as "ORG(Microsoft)". */
static void
show_projection(const Question *q, const DgProjection *p, size_t from,
                size_t to)
{
  for (size_t i = from; i < to; ++i) {
    if (p->mentions[i] == DG_NO_INDEX) {
      dg_buf_add(q->out, dg_token_word(&q->text->tokens[p->tokens[i]]));
      dg_buf_add_char(q->out, ' ');
      continue;
    }
    const DgMention *const m = &q->mentions->items[p->mentions[i]];
    dg_buf_printf(q->out, "%s(", dg_mention_type_text(m->type));
    dg_buf_add(q->out, dg_text_of(q->text, m->first, m->end));
    dg_buf_add(q->out, DG_STR(") "));
  }
}

static bool
has_trigger(const Question *q, const DgCompiled *compiled,
            const DgSentence *sentence)
{
  for (size_t i = 0; i < compiled->n_triggers; ++i) {
    for (uint32_t t = sentence->first; t < sentence->end; ++t) {
      if (dg_str_equal(dg_token_folded(&q->text->tokens[t]),
                       compiled->triggers[i])) {
        return true;
      }
    }
  }
  return compiled->n_triggers == 0;
}

static void
show_types(DgBuf *out, uint32_t types)
{
  bool first = true;
  for (unsigned t = 0; t < DG_MENTION_COUNT; ++t) {
    if (types >> t & 1U) {
      dg_buf_printf(out, "%s%s", first ? "" : " or ",
                    dg_mention_type_text((DgMentionType)t));
      first = false;
    }
  }
}

static bool
types_missing(const Question *q, const DgCompiled *compiled,
              const DgProjection *p)
{
  uint32_t types = 0;
  for (size_t i = 0; i < p->n; ++i) {
    if (p->mentions[i] != DG_NO_INDEX) {
      types |= 1U << q->mentions->items[p->mentions[i]].type;
    }
  }
  for (size_t i = 0; i < compiled->n_needs; ++i) {
    if (!(compiled->needs[i] & types)) {
      dg_buf_add(q->out, DG_STR("    types: the sentence has no "));
      show_types(q->out, compiled->needs[i]);
      dg_buf_add_char(q->out, '\n');
      return true;
    }
  }
  return false;
}

/** Where the lists that are only called by name start. */
static size_t
main_part(const DgProgram *program)
{
  const size_t at =
      dg_str_find(program->compiled.regex, DG_STR("(?(DEFINE)"), 0);
  return at == SIZE_MAX ? program->compiled.regex.len : at;
}

static DgStatus
try_projection(const Question *q, const DgProgram *program,
               const DgProjection *p, const char *name, bool *matched)
{
  DgRegex *regex = NULL;
  DG_TRY(dg_regex_new(program->compiled.regex, DG_REGEX_TRACE, &regex, NULL));
  DgRegexReach reach;
  const DgStatus status =
      dg_regex_trace(regex, q->matcher, p->text, main_part(program), &reach);
  dg_regex_free(regex);
  dg_buf_printf(q->out, "    %s: ", name);
  *matched = status == DG_OK;
  if (status == DG_OK) {
    dg_buf_add(q->out, DG_STR("matches\n"));
    return DG_OK;
  }
  const size_t stop = dg_projection_at(p, reach.subject_at);
  dg_buf_add(q->out, dg_str(status == DG_LIMIT ? "match limit at: "
                                               : "got as far as: "));
  show_projection(q, p, 0, stop);
  dg_buf_add(q->out, DG_STR("<<here>> "));
  show_projection(q, p, stop, p->n);
  dg_buf_add_char(q->out, '\n');
  return DG_OK;
}

static DgStatus
try_program(const Question *q, const DgProgram *program,
            const DgSentence *sentence, const DgProjection *full,
            const DgProjection *reduced)
{
  dg_buf_printf(q->out, "  match %.*s\n", (int)program->source.len,
                program->source.ptr);
  if (program->lang != DG_LANG_NONE && program->lang != sentence->lang) {
    dg_buf_add(q->out, DG_STR("    language: the rule is for another\n"));
    return DG_OK;
  }
  if (!has_trigger(q, &program->compiled, sentence)) {
    dg_buf_add(q->out, DG_STR("    trigger: none of its words occurs\n"));
    return DG_OK;
  }
  if (types_missing(q, &program->compiled, full)) {
    return DG_OK;
  }
  bool matched = false;
  DG_TRY(try_projection(q, program, full, "sentence", &matched));
  if (reduced && !matched) {
    DG_TRY(try_projection(q, program, reduced, "without asides", &matched));
  }
  return DG_OK;
}

static DgStatus
ask_sentence(const Question *q, const DgRule *rule, const DgSentence *s)
{
  size_t m = 0;
  while (m < q->mentions->n && q->mentions->items[m].first < s->first) {
    ++m;
  }
  DgProjection full;
  DgProjection reduced;
  uint32_t asked = 0;
  for (uint32_t i = 0; i < rule->n_programs; ++i) {
    asked |= q->rules->programs.items[rule->first_program + i].compiled.asked;
  }
  DG_TRY(dg_projection_make(q->text, s, q->mentions, m, asked, q->limits,
                            q->arena, &full));
  const DgLex *const openers = dg_ruleset_lex((DgRuleset *)(uintptr_t)q->rules,
                                              s->lang, DG_STR("apposition"));
  const DgStatus status =
      dg_projection_reduce(&full, openers, q->arena, &reduced);
  DG_TRY(dg_projection_write(&full, q->arena));
  if (status == DG_OK) {
    DG_TRY(dg_projection_write(&reduced, q->arena));
  }
  show_projection(q, &full, 0, full.n);
  dg_buf_add_char(q->out, '\n');
  for (uint32_t i = 0; i < rule->n_programs; ++i) {
    DG_TRY(dg_ruleset_pattern(q->rules, rule->first_program + i));
    DG_TRY(try_program(q, &q->rules->programs.items[rule->first_program + i], s,
                       &full, status == DG_OK ? &reduced : NULL));
  }
  return DG_OK;
}

DgStatus
dg_rules_whynot(const DgRuleset *rules, uint32_t rule, const DgLimits *limits,
                const DgText *text, const DgMentions *mentions, DgArena *arena,
                DgBuf *out)
{
  Question q = { rules, limits, text, mentions, arena, NULL, out };
  q.matcher = dg_matcher_new(limits->match_steps * 10, limits->jit_stack);
  DG_TRY_PTR(q.matcher);
  DgStatus status = DG_OK;
  for (size_t i = 0; i < text->n_sentences && status == DG_OK; ++i) {
    status =
        ask_sentence(&q, dg_ruleset_rule(rules, rule), &text->sentences[i]);
  }
  dg_matcher_free(q.matcher);
  return status;
}
