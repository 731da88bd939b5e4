/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/explain_p.h"

#include "pipeline/expect.h"

/** How the words of a match are set off, with and without colour. */
typedef struct {
  const char *match_on;
  const char *trigger_on;
  const char *trigger_off;
  const char *match_off;
} Marks;

static const Marks marks[] = {
  { "[", "*", "*", "]" },
  { "\033[1m", "\033[33m", "\033[39m", "\033[0m" },
};

static void
put(const DgExplain *e, const char *text)
{
  dg_buf_add(e->out, dg_str(text));
}

static void
put_str(const DgExplain *e, const char *before, DgStr s, const char *after)
{
  put(e, before);
  dg_explain_clean(s, e->out);
  put(e, after);
}

static void
put_label(const DgExplain *e, const char *label)
{
  dg_buf_printf(e->out, "   %-10s ", label);
}

static void
put_rule(const DgExplain *e, const DgRule *rule)
{
  dg_buf_add(e->out, rule->id);
  dg_buf_printf(e->out, " (%s:%zu)", rule->file, rule->line);
}

/* ---- the sentence ---- */

/** Put the text from `*at` up to `to`, then a mark. */
static void
put_up_to(const DgExplain *e, size_t *at, size_t to, const char *mark)
{
  if (to > *at) {
    dg_explain_clean(dg_str_sub(e->x->facts.text->text, *at, to), e->out);
    *at = to;
  }
  put(e, mark);
}

static void
put_sentence(const DgExplain *e, const DgMatch *match)
{
  const DgText *const text = e->x->facts.text;
  const DgSpan span = text->sentences[match->sentence].span;
  const Marks *const m = &marks[e->colour];
  size_t at = span.begin;
  put_label(e, "sentence");
  put_up_to(e, &at, text->tokens[match->first].begin, m->match_on);
  if (match->trigger_first >= match->first &&
      match->trigger_first < match->trigger_end &&
      match->trigger_end <= match->end) {
    put_up_to(e, &at, text->tokens[match->trigger_first].begin, m->trigger_on);
    put_up_to(e, &at, text->tokens[match->trigger_end - 1].end, m->trigger_off);
  }
  put_up_to(e, &at, text->tokens[match->end - 1].end, m->match_off);
  put_up_to(e, &at, span.end, "");
  dg_buf_printf(e->out, "\n   %-10s characters %zu to %zu%s\n", "",
                dg_explain_chars(e, span.begin), dg_explain_chars(e, span.end),
                match->reduced ? ", asides left out" : "");
}

/* ---- captures ---- */

static void
put_mention(const DgExplain *e, const DgMention *mention)
{
  const DgFacts *const facts = &e->x->facts;
  put_str(e, " \"",
          dg_str_sub(facts->text->text, mention->span.begin, mention->span.end),
          "\"");
  if (mention->entity < facts->entities.n) {
    put_str(e, " is ", facts->entities.items[mention->entity].name, "");
  } else if (mention->value < facts->n_values) {
    put(e, " is ");
    dg_explain_value(&facts->values[mention->value], e->out);
  }
  dg_buf_printf(e->out, " (%s", dg_mention_type_text(mention->type));
  if (mention->entity < facts->entities.n) {
    dg_buf_printf(e->out, " by %s", dg_mention_form_text(mention->form));
  }
  dg_buf_printf(e->out, ", %.2f", (double)mention->score);
  if (mention->reason) {
    dg_buf_printf(e->out, ", %s", mention->reason);
  }
  put(e, ")");
}

/** Captures of a match; those that a deal did not take are told. */
static void
put_captures(const DgExplain *e, const DgTelling *telling, const DgMatch *match)
{
  for (size_t c = 0; c < match->n_captures; ++c) {
    const DgCapture *const capture = &match->captures[c];
    dg_buf_printf(e->out, "   %-10s %-13.*s", "", (int)capture->role.len,
                  capture->role.ptr);
    for (size_t i = 0; i < capture->n_mentions; ++i) {
      put(e, i ? ";" : "");
      put_mention(e, &e->x->facts.mentions.items[capture->mentions[i]]);
    }
    if (!capture->n_mentions) {
      put_str(e, " \"",
              dg_text_of(e->x->facts.text, capture->first, capture->end), "\"");
    }
    put(e, dg_explain_gave(telling, match, capture->role, e) ? "\n"
                                                             : ", not used\n");
  }
}

/* ---- other rules ---- */

static void
put_ref(const DgExplain *e, const char *label, const DgMatch *match,
        const char *what)
{
  put_label(e, label);
  put_rule(e, dg_explain_rule(e, match));
  put_str(e, " \"", dg_explain_words(e, match), "\": ");
  put(e, what);
}

static void
put_cues(const DgExplain *e, const DgTelling *telling)
{
  static const char *const texts[] = {
    [DG_REF_APPLIED] = "applied",
    [DG_REF_OTHER_TYPE] = "not for this type of deal",
    [DG_REF_NOT_BEST] = "not what decides",
    [DG_REF_VOID] = "void: other words around it",
  };
  for (uint32_t i = 0; i < e->x->matches.n; ++i) {
    const DgRef ref = dg_explain_cue(e, telling, i);
    if (ref != DG_REF_NONE) {
      const DgMatch *const cue = dg_explain_match(e, i);
      put_ref(e, "cue", cue, texts[ref]);
      put(e, "\n");
      if (ref == DG_REF_APPLIED) {
        put_captures(e, telling, cue);
      }
    }
  }
}

static void
put_status(const DgExplain *e, const DgTelling *telling)
{
  for (size_t i = 0; i < telling->n_steps; ++i) {
    const DgStep *const step = &telling->steps[i];
    const char *const why = dg_explain_status(step->kind);
    if (!why) {
      continue;
    }
    put_label(e, "status");
    put_str(e, "", step->what, ": ");
    put(e, why);
    const DgMatch *const match = dg_explain_match(e, step->match);
    if (step->kind == DG_STEP_STATUS_CUE && match) {
      put_str(e, ", \"", dg_explain_words(e, match), "\"");
    } else if (step->kind == DG_STEP_STATUS_FORM && match) {
      put_str(e, ", \"",
              dg_text_of(e->x->facts.text, match->trigger_first,
                         match->trigger_end),
              "\"");
    }
    put(e, "\n");
  }
}

/** What rules of other kinds, the sentence's dates and the stake gave. */
static void
put_added(const DgExplain *e, const DgTelling *telling)
{
  for (size_t i = 0; i < telling->n_steps; ++i) {
    const DgStep *const step = &telling->steps[i];
    const DgMatch *const match = dg_explain_match(e, step->match);
    const bool added = step->kind == DG_STEP_FILL || step->kind == DG_STEP_SET;
    if (added && match && match != telling->match &&
        dg_explain_rule(e, match)->kind == DG_RULE_ATTRIBUTE) {
      put_ref(e, "added", match, "");
      put_str(e, "", step->what, "\n");
    } else if (step->kind == DG_STEP_DATE) {
      put_label(e, "added");
      put_str(e, "date, the nearest in the sentence: \"", step->what, "\"\n");
    } else if (step->kind == DG_STEP_TYPE) {
      put_label(e, "type");
      put_str(e, "was ", step->what, " until the stake was known\n");
    }
  }
}

static void
put_loser(const DgExplain *e, const char *label, const DgMatch *match,
          DgRef ref)
{
  const DgRule *const rule = dg_explain_rule(e, match);
  put_ref(e, label, match,
          ref == DG_REF_GUARDED     ? "a condition failed"
          : ref == DG_REF_OUTRANKED ? "outranked"
                                    : "merged into what was dropped");
  if (ref == DG_REF_GUARDED && rule->n_guards) {
    put(e, ": where ");
    dg_explain_guards(rule, e->out);
  } else if (ref == DG_REF_OUTRANKED) {
    const DgMatch *const winner = dg_explain_match(e, match->lost_to);
    put_str(e, " by ", winner ? dg_explain_rule(e, winner)->id : DG_STR("?"),
            "");
  }
  put(e, "\n");
}

/* ---- deals ---- */

static void
put_telling(const DgExplain *e, const DgTelling *telling, bool merged)
{
  const DgRule *const rule = telling->rule;
  put_label(e, merged ? "merged" : "rule");
  put_rule(e, rule);
  dg_buf_printf(e->out, ", priority %d, precision %.2f\n", rule->priority,
                rule->precision);
  put_sentence(e, telling->match);
  put_captures(e, telling, telling->match);
  put_status(e, telling);
  put_cues(e, telling);
  put_added(e, telling);
  for (uint32_t i = 0; i < e->x->matches.n; ++i) {
    const DgRef ref = dg_explain_loser(e, telling->match, i);
    if (ref != DG_REF_NONE) {
      put_loser(e, "loser", dg_explain_match(e, i), ref);
    }
  }
}

void
dg_explain_deal_text(const DgExplain *e, size_t index)
{
  const DgDeal *const deal = &e->x->facts.deals[index];
  DgBuf line = DG_BUF_INIT;
  dg_expect_write(&e->x->facts, deal, &line);
  dg_buf_printf(e->out, "%zu. ", index + 1);
  dg_explain_clean(dg_buf_str(&line), e->out);
  dg_buf_clear(&line);
  dg_buf_printf(e->out, "\n   %-10s %.2f\n", "confidence", deal->confidence);
  if (deal->said_by.ptr) {
    put_label(e, "said by");
    put_str(e, "", deal->said_by, "\n");
  }
  DgTelling telling;
  bool merged = false;
  for (size_t at = 0; dg_explain_next(e, &deal->steps, &at, &telling);) {
    put_telling(e, &telling, merged);
    merged = true;
  }
}

void
dg_explain_no_deals_text(const DgExplain *e)
{
  bool any = false;
  for (uint32_t i = 0; i < e->x->matches.n; ++i) {
    const DgStep *step;
    const DgRef ref = dg_explain_no_deal(e, i, &step);
    const DgMatch *const match = dg_explain_match(e, i);
    if (ref == DG_REF_NONE) {
      continue;
    }
    put(e, any ? "" : "\nMatches that gave no deal:\n");
    any = true;
    if (!step) {
      put_loser(e, "match", match, ref);
    } else if (step->kind == DG_STEP_NEGATED) {
      put_ref(e, "match", match, "a cue denies it");
      put_str(e, ", \"", step->what, "\" of ");
      put_rule(e, dg_explain_denier(e, step));
      put(e, "\n");
    } else {
      put_ref(e, "match", match, "a party is missing\n");
    }
  }
}

DgStatus
dg_explain_text(const DgRuleset *rules, const DgExtraction *x, bool colour,
                DgBuf *out)
{
  const DgExplain e = { rules, x, colour, out };
  const DgDocument *const document = x->facts.document;
  put_str(&e, "", document->id, "");
  dg_buf_printf(out, " (%s)", dg_lang_tag(document->lang));
  if (document->title.ptr) {
    put_str(&e, ": ", document->title, "");
  }
  dg_buf_printf(out, "\n%zu deal%s\n", x->facts.n_deals,
                x->facts.n_deals == 1 ? "" : "s");
  for (size_t i = 0; i < x->facts.n_deals; ++i) {
    put(&e, "\n");
    dg_explain_deal_text(&e, i);
  }
  dg_explain_no_deals_text(&e);
  return dg_buf_status(out);
}
