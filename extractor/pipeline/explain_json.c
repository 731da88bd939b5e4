/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/explain_p.h"

#include "base/json.h"
#include "pipeline/expect.h"

/*
 * Members are written with what separates them before them; a key writes its
 * own comma unless it opens its object.
 */

static void
put(const DgExplain *e, const char *text)
{
  dg_buf_add(e->out, dg_str(text));
}

static void
put_string(const DgExplain *e, const char *before, DgStr value)
{
  put(e, before);
  dg_json_add_string(e->out, value);
}

static void
put_number(const DgExplain *e, const char *before, size_t value)
{
  dg_buf_printf(e->out, "%s%zu", before, value);
}

static void
put_rule(const DgExplain *e, const DgRule *rule)
{
  put_string(e, "\"rule\": ", rule->id);
  put_string(e, ", \"file\": ", dg_str(rule->file));
  put_number(e, ", \"line\": ", rule->line);
}

/** Rule, words and place of a match, the last in code points. */
static void
put_match(const DgExplain *e, const DgMatch *match)
{
  const DgToken *const tokens = e->x->facts.text->tokens;
  put_rule(e, dg_explain_rule(e, match));
  put_string(e, ", \"text\": ", dg_explain_words(e, match));
  put_number(e,
             ", \"begin\": ", dg_explain_chars(e, tokens[match->first].begin));
  put_number(e, ", \"end\": ", dg_explain_chars(e, tokens[match->end - 1].end));
}

/* ---- captures ---- */

static void
put_mention(const DgExplain *e, const DgMention *mention)
{
  const DgFacts *const facts = &e->x->facts;
  put_string(
      e, "{\"text\": ",
      dg_str_sub(facts->text->text, mention->span.begin, mention->span.end));
  dg_buf_printf(e->out, ", \"type\": \"%s\", \"form\": \"%s\", \"score\": %.2f",
                dg_mention_type_text(mention->type),
                dg_mention_form_text(mention->form), (double)mention->score);
  put_string(e, ", \"reason\": ", dg_str(mention->reason));
  put_string(e, ", \"entity\": ",
             mention->entity < facts->entities.n
                 ? facts->entities.items[mention->entity].name
                 : DG_STR_NONE);
  DgBuf value = DG_BUF_INIT;
  if (mention->value < facts->n_values) {
    dg_explain_value(&facts->values[mention->value], &value);
  }
  put_string(e, ", \"value\": ", value.data ? dg_buf_str(&value) : DG_STR_NONE);
  dg_buf_clear(&value);
  put(e, "}");
}

static void
put_captures(const DgExplain *e, const DgTelling *telling, const DgMatch *match)
{
  put(e, ", \"captures\": [");
  for (size_t c = 0; c < match->n_captures; ++c) {
    const DgCapture *const capture = &match->captures[c];
    put_string(e, c ? ", {\"role\": " : "{\"role\": ", capture->role);
    put_string(e, ", \"text\": ",
               dg_text_of(e->x->facts.text, capture->first, capture->end));
    const bool used = dg_explain_gave(telling, match, capture->role, e);
    put(e, used ? ", \"used\": true, \"mentions\": ["
                : ", \"used\": false, \"mentions\": [");
    for (size_t i = 0; i < capture->n_mentions; ++i) {
      put(e, i ? ", " : "");
      put_mention(e, &e->x->facts.mentions.items[capture->mentions[i]]);
    }
    put(e, "]}");
  }
  put(e, "]");
}

/* ---- one telling ---- */

static void
put_steps(const DgExplain *e, const DgTelling *telling)
{
  put(e, ", \"steps\": [");
  for (size_t i = 0; i < telling->n_steps; ++i) {
    const DgStep *const step = &telling->steps[i];
    const DgMatch *const match = dg_explain_match(e, step->match);
    dg_buf_printf(e->out, "%s{\"step\": \"%s\"", i ? ", " : "",
                  dg_step_kind_text(step->kind));
    put_string(e, ", \"what\": ", step->what);
    if (match) {
      put(e, ", ");
      put_match(e, match);
    }
    put(e, "}");
  }
  put(e, "]");
}

static void
put_cues(const DgExplain *e, const DgTelling *telling)
{
  bool first = true;
  put(e, ", \"cues\": [");
  for (uint32_t i = 0; i < e->x->matches.n; ++i) {
    const DgRef ref = dg_explain_cue(e, telling, i);
    if (ref != DG_REF_NONE) {
      put(e, first ? "{" : ", {");
      put_match(e, dg_explain_match(e, i));
      dg_buf_printf(e->out, ", \"use\": \"%s\"", dg_explain_ref_text(ref));
      put_captures(e, telling, dg_explain_match(e, i));
      put(e, "}");
      first = false;
    }
  }
  put(e, "]");
}

static void
put_loser(const DgExplain *e, const DgMatch *match, DgRef ref)
{
  const DgRule *const rule = dg_explain_rule(e, match);
  put_match(e, match);
  dg_buf_printf(e->out, ", \"why\": \"%s\"", dg_explain_ref_text(ref));
  if (ref == DG_REF_OUTRANKED && dg_explain_match(e, match->lost_to)) {
    put_string(e, ", \"by\": ",
               dg_explain_rule(e, dg_explain_match(e, match->lost_to))->id);
  } else if (ref == DG_REF_GUARDED) {
    DgBuf guards = DG_BUF_INIT;
    dg_explain_guards(rule, &guards);
    put_string(e, ", \"where\": ", dg_buf_str(&guards));
    dg_buf_clear(&guards);
  }
}

static void
put_losers(const DgExplain *e, const DgTelling *telling)
{
  bool first = true;
  put(e, ", \"losers\": [");
  for (uint32_t i = 0; i < e->x->matches.n; ++i) {
    const DgRef ref = dg_explain_loser(e, telling->match, i);
    if (ref != DG_REF_NONE) {
      put(e, first ? "{" : ", {");
      put_loser(e, dg_explain_match(e, i), ref);
      put(e, "}");
      first = false;
    }
  }
  put(e, "]");
}

static void
put_telling(const DgExplain *e, const DgTelling *telling)
{
  const DgText *const text = e->x->facts.text;
  const DgMatch *const match = telling->match;
  const DgSpan span = text->sentences[match->sentence].span;
  put(e, "{");
  put_match(e, match);
  dg_buf_printf(e->out,
                ", \"priority\": %d, \"precision\": %.2f, \"reduced\": %s",
                telling->rule->priority, telling->rule->precision,
                match->reduced ? "true" : "false");
  put_string(e, ", \"trigger\": ",
             match->trigger_first < match->trigger_end
                 ? dg_text_of(text, match->trigger_first, match->trigger_end)
                 : DG_STR_NONE);
  put_string(e,
             ", \"sentence\": ", dg_str_sub(text->text, span.begin, span.end));
  put_number(e, ", \"sentence_begin\": ", dg_explain_chars(e, span.begin));
  put_number(e, ", \"sentence_end\": ", dg_explain_chars(e, span.end));
  put_captures(e, telling, match);
  put_steps(e, telling);
  put_cues(e, telling);
  put_losers(e, telling);
  put(e, "}");
}

/* ---- the article ---- */

static void
put_deal(const DgExplain *e, const DgDeal *deal)
{
  DgBuf line = DG_BUF_INIT;
  dg_expect_write(&e->x->facts, deal, &line);
  dg_buf_printf(e->out, "{\"type\": \"%s\", \"status\": \"%s\"",
                dg_deal_type_text(deal->type),
                dg_deal_status_text(deal->status));
  put_string(e, ", \"deal\": ", dg_buf_str(&line));
  dg_buf_clear(&line);
  put_string(e, ", \"cue\": ", deal->cue);
  put_string(e, ", \"said_by\": ", deal->said_by);
  dg_buf_printf(e->out, ", \"confidence\": %.2f, \"tellings\": [",
                deal->confidence);
  DgTelling telling;
  bool first = true;
  for (size_t at = 0; dg_explain_next(e, &deal->steps, &at, &telling);) {
    put(e, first ? "" : ", ");
    put_telling(e, &telling);
    first = false;
  }
  put(e, "]}");
}

static void
put_no_deals(const DgExplain *e)
{
  bool first = true;
  put(e, "], \"no_deal\": [");
  for (uint32_t i = 0; i < e->x->matches.n; ++i) {
    const DgStep *step;
    const DgRef ref = dg_explain_no_deal(e, i, &step);
    if (ref == DG_REF_NONE) {
      continue;
    }
    put(e, first ? "{" : ", {");
    first = false;
    if (!step) {
      put_loser(e, dg_explain_match(e, i), ref);
    } else {
      put_match(e, dg_explain_match(e, i));
      dg_buf_printf(e->out, ", \"why\": \"%s\"", dg_step_kind_text(step->kind));
      put_string(e, ", \"cue\": ", step->what);
      put_string(e, ", \"by\": ",
                 step->kind == DG_STEP_NEGATED ? dg_explain_denier(e, step)->id
                                               : DG_STR_NONE);
    }
    put(e, "}");
  }
  put(e, "]");
}

DgStatus
dg_explain_json(const DgRuleset *rules, const DgExtraction *x, DgBuf *out)
{
  const DgExplain e = { rules, x, false, out };
  const DgDocument *const document = x->facts.document;
  put_string(&e, "{\"id\": ", document->id);
  dg_buf_printf(out, ", \"lang\": \"%s\"", dg_lang_tag(document->lang));
  put_string(&e, ", \"title\": ", document->title);
  put(&e, ", \"deals\": [");
  for (size_t i = 0; i < x->facts.n_deals; ++i) {
    put(&e, i ? ", " : "");
    put_deal(&e, &x->facts.deals[i]);
  }
  put_no_deals(&e);
  put(&e, "}\n");
  return dg_buf_status(out);
}
