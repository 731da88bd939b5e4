/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event/event_p.h"

#include "base/utf8.h"

#include <stdlib.h>

/* A longer sentence is quoted only from match to match. */
enum { LONGEST_QUOTE = 600 };

/* ---- evidence ---- */

static DgEvidence
evidence_of(const DgReading *reading, const DgMatch *match, const DgRule *rule)
{
  const DgText *const text = reading->facts->text;
  DgSpan span = text->sentences[match->sentence].span;
  if (span.end - span.begin > LONGEST_QUOTE) {
    span.begin = text->tokens[match->first].begin;
    span.end = text->tokens[match->end - 1].end;
  }
  const size_t before = dg_utf8_count(dg_str_sub(text->text, 0, span.begin));
  const DgStr quote = dg_str_sub(text->text, span.begin, span.end);
  return (DgEvidence){ .span = span,
                       .chars = { before, before + dg_utf8_count(quote) },
                       .quote = quote,
                       .rule = rule->id };
}

/* ---- drafts ---- */

static DgDealStatus
default_status(const DgReading *reading, const DgMatch *match,
               const DgRule *rule, DgStepKind *how)
{
  *how = DG_STEP_STATUS_RULE;
  int status = dg_deal_status_named(dg_rule_setting(rule, DG_STR("status")));
  if (status < 0 && match->trigger_end > match->trigger_first) {
    const DgLang lang = reading->facts->text->sentences[match->sentence].lang;
    status = dg_deal_status_named(
        dg_ruleset_tense(reading->rules, lang, match->part));
    *how = DG_STEP_STATUS_FORM;
  }
  if (status < 0) {
    *how = DG_STEP_STATUS_DEFAULT;
  }
  return status < 0 ? DG_DEAL_ANNOUNCED : (DgDealStatus)status;
}

static DgStatus
add_draft(DgReading *reading, const DgMatch *match, const DgRule *rule,
          DgDealType type)
{
  DgDraft *const draft = DG_VEC_ADD(reading->arena, &reading->drafts);
  DG_TRY_PTR(draft);
  const DgText *const text = reading->facts->text;
  draft->match = match;
  draft->rule = rule;
  draft->in_title = text->sentences[match->sentence].kind == DG_BLOCK_TITLE ||
                    text->sentences[match->sentence].kind == DG_BLOCK_HEADING;
  draft->date_mention = DG_NO_INDEX;
  DgDeal *const deal = &draft->deal;
  deal->type = type;
  DgStepKind how;
  deal->status = default_status(reading, match, rule, &how);
  DG_TRY(dg_step_add(reading, &deal->steps, DG_STEP_READ, match, DG_STR_NONE));
  DG_TRY(dg_step_add(reading, &deal->steps, how, match,
                     dg_str(dg_deal_status_text(deal->status))));
  deal->exclusive = -1;
  deal->confidence = rule->precision;
  deal->round = dg_rule_setting(rule, DG_STR("round"));
  if (dg_str_equal(dg_rule_setting(rule, DG_STR("exclusive")), DG_STR("yes"))) {
    deal->exclusive = 1;
  }
  for (size_t c = 0; c < match->n_captures; ++c) {
    DG_TRY(dg_draft_fill(reading, draft, match, &match->captures[c]));
  }
  DG_TRY(dg_draft_name_asset(reading, draft));
  deal->evidence = DG_NEW(reading->arena, DgEvidence);
  DG_TRY_PTR(deal->evidence);
  deal->evidence[0] = evidence_of(reading, match, rule);
  deal->n_evidence = 1;
  return DG_OK;
}

static DgStatus
add_drafts(DgReading *reading)
{
  for (size_t i = 0; i < reading->matches->n; ++i) {
    const DgMatch *const match = &reading->matches->items[i];
    const DgRule *const rule = dg_ruleset_rule(reading->rules, match->rule);
    const int type = dg_deal_type_named(rule->type);
    if (rule->kind == DG_RULE_EVENT && match->fate == DG_MATCH_HELD &&
        type >= 0) {
      if (reading->drafts.n >= reading->limit) {
        ++reading->facts->beyond_limit;
        continue;
      }
      DG_TRY(add_draft(reading, match, rule, (DgDealType)type));
    }
  }
  return DG_OK;
}

/* ---- relations ---- */

static const DgCapture *
capture_named(const DgMatch *match, const char *name)
{
  for (size_t i = 0; i < match->n_captures; ++i) {
    if (dg_str_equal(match->captures[i].role, dg_str(name))) {
      return &match->captures[i];
    }
  }
  return NULL;
}

typedef DG_VEC(DgRelation) Relations;

static bool
is_known(const Relations *relations, const DgRelation *relation)
{
  for (size_t i = 0; i < relations->n; ++i) {
    const DgRelation *const r = &relations->items[i];
    const bool straight =
        r->subject == relation->subject && r->object == relation->object;
    const bool mutual = relation->type == DG_RELATION_COMPETITOR &&
                        r->subject == relation->object &&
                        r->object == relation->subject;
    if (r->type == relation->type && (straight || mutual)) {
      return true;
    }
  }
  return false;
}

static DgStatus
add_relation(DgReading *reading, Relations *relations, const DgMatch *match,
             const DgRule *rule, uint32_t subject, uint32_t object)
{
  const DgMention *const s = &reading->facts->mentions.items[subject];
  const DgMention *const o = &reading->facts->mentions.items[object];
  const size_t n = reading->facts->entities.n;
  if (s->entity >= n || o->entity >= n || s->entity == o->entity) {
    return DG_OK;
  }
  const DgCapture *const detail = capture_named(match, "detail");
  const DgRelation relation = {
    .type = (DgRelationType)dg_relation_type_named(rule->type),
    .subject = s->entity,
    .object = o->entity,
    .detail = detail
                  ? dg_text_of(reading->facts->text, detail->first, detail->end)
                  : DG_STR_NONE,
    .evidence = evidence_of(reading, match, rule),
    .confidence = rule->precision * (double)s->score * (double)o->score,
  };
  if (relations->n >= reading->limit) {
    ++reading->facts->beyond_limit;
    return DG_OK;
  }
  if (is_known(relations, &relation)) {
    return DG_OK;
  }
  DgRelation *const slot = DG_VEC_ADD(reading->arena, relations);
  DG_TRY_PTR(slot);
  *slot = relation;
  reading->used[subject] = true;
  reading->used[object] = true;
  return DG_OK;
}

/** Every subject with every object: "based in Leeds, England" has two. */
static DgStatus
add_pairs(DgReading *reading, Relations *relations, const DgMatch *match,
          const DgRule *rule)
{
  for (size_t i = 0; i < match->n_captures * match->n_captures; ++i) {
    const DgCapture *const subject = &match->captures[i / match->n_captures];
    const DgCapture *const object = &match->captures[i % match->n_captures];
    if (!dg_str_equal(subject->role, DG_STR("subject")) ||
        !dg_str_equal(object->role, DG_STR("object"))) {
      continue;
    }
    for (size_t s = 0; s < subject->n_mentions; ++s) {
      for (size_t o = 0; o < object->n_mentions; ++o) {
        DG_TRY(add_relation(reading, relations, match, rule,
                            subject->mentions[s], object->mentions[o]));
      }
    }
  }
  return DG_OK;
}

static DgStatus
add_relations(DgReading *reading)
{
  Relations relations = { 0 };
  for (size_t i = 0; i < reading->matches->n; ++i) {
    const DgMatch *const match = &reading->matches->items[i];
    const DgRule *const rule = dg_ruleset_rule(reading->rules, match->rule);
    if (rule->kind == DG_RULE_RELATION && match->fate == DG_MATCH_HELD &&
        dg_relation_type_named(rule->type) >= 0) {
      DG_TRY(add_pairs(reading, &relations, match, rule));
    }
  }
  reading->facts->relations = relations.items;
  reading->facts->n_relations = relations.n;
  return DG_OK;
}

/* ---- the whole ---- */

/** A name of unknown kind that holds a part in a deal is a company. */
static void
promote(DgFacts *facts, const DgDeal *deal)
{
  for (size_t r = 0; r < DG_ROLE_COUNT; ++r) {
    for (size_t i = 0; i < deal->roles[r].n; ++i) {
      DgEntity *const entity = &facts->entities.items[deal->roles[r].items[i]];
      if (entity->kind == DG_ENTITY_UNKNOWN) {
        entity->kind = DG_ENTITY_COMPANY;
      }
    }
  }
}

static int
compare_deals(const void *a, const void *b)
{
  const DgDeal *const x = a;
  const DgDeal *const y = b;
  const size_t i = x->evidence[0].span.begin;
  const size_t k = y->evidence[0].span.begin;
  if (i != k) {
    return i < k ? -1 : 1;
  }
  if (x->type != y->type) {
    return x->type < y->type ? -1 : 1;
  }
  return dg_str_compare(x->evidence[0].rule, y->evidence[0].rule);
}

static DgStatus
give_deals(DgReading *reading)
{
  DgFacts *const facts = reading->facts;
  facts->deals = DG_NEW_ARRAY(reading->arena, DgDeal, reading->drafts.n + 1);
  DG_TRY_PTR(facts->deals);
  facts->n_deals = 0;
  for (size_t i = 0; i < reading->drafts.n; ++i) {
    const DgDraft *const draft = &reading->drafts.items[i];
    if (!draft->dropped) {
      promote(facts, &draft->deal);
      facts->deals[facts->n_deals++] = draft->deal;
    }
  }
  qsort(facts->deals, facts->n_deals, sizeof *facts->deals, compare_deals);
  return DG_OK;
}

DgStatus
dg_events_read(const DgRuleset *rules, const DgMatches *matches,
               const DgLimits *limits, DgArena *arena, DgFacts *facts)
{
  DgReading reading = { .rules = rules,
                        .matches = matches,
                        .arena = arena,
                        .facts = facts,
                        .limit = limits->deals };
  reading.used = DG_NEW_ARRAY(arena, bool, facts->mentions.n + 1);
  reading.barred = DG_NEW_ARRAY(arena, bool, facts->mentions.n + 1);
  DG_TRY_PTR(reading.used);
  DG_TRY_PTR(reading.barred);
  DG_TRY(add_drafts(&reading));
  DG_TRY(dg_contexts_apply(&reading));
  DG_TRY(dg_elisions_fill(&reading));
  DG_TRY(dg_attributes_apply(&reading));
  DG_TRY(dg_types_settle(&reading));
  DG_TRY(dg_dates_apply(&reading));
  DG_TRY(add_relations(&reading));
  DG_TRY(dg_drafts_merge(&reading));
  return give_deals(&reading);
}
