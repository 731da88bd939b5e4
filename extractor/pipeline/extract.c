/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/extract.h"

#include <stdlib.h>

struct DgExtractor {
  DgExtractConfig config;
  DgArena *arena;
  DgRuleRunner *runner;
  DgValueMemo *memo;
  DgText text;
  DgExtraction extraction;
  DgExtractCounts counts;
};

DgExtractor *
dg_extractor_new(const DgExtractConfig *config)
{
  DgExtractor *const extractor = calloc(1, sizeof *extractor);
  if (!extractor) {
    return NULL;
  }
  extractor->config = *config;
  extractor->arena = dg_arena_new();
  extractor->runner = dg_rule_runner_new(config->rules, &config->limits);
  extractor->memo = dg_value_memo_new();
  if (!extractor->arena || !extractor->runner || !extractor->memo) {
    dg_extractor_free(extractor);
    return NULL;
  }
  return extractor;
}

void
dg_extractor_free(DgExtractor *extractor)
{
  if (extractor) {
    dg_rule_runner_free(extractor->runner);
    dg_value_memo_free(extractor->memo);
    dg_arena_free(extractor->arena);
    free(extractor);
  }
}

DgExtractCounts
dg_extractor_counts(const DgExtractor *extractor)
{
  DgExtractCounts counts = extractor->counts;
  counts.rules = *dg_rule_runner_counts(extractor->runner);
  counts.regex = *dg_rule_runner_regex_counts(extractor->runner);
  return counts;
}

void
dg_extract_counts_add(DgExtractCounts *sum, const DgExtractCounts *more)
{
  sum->articles += more->articles;
  sum->other_language += more->other_language;
  sum->bytes += more->bytes;
  sum->deals += more->deals;
  sum->beyond_limit += more->beyond_limit;
  sum->cut_sentences += more->cut_sentences;
  sum->rules.sentences += more->rules.sentences;
  sum->rules.projected += more->rules.projected;
  sum->rules.candidates += more->rules.candidates;
  sum->rules.matches += more->rules.matches;
  sum->rules.dropped += more->rules.dropped;
  sum->regex.runs += more->regex.runs;
  sum->regex.limits += more->regex.limits;
  sum->regex.jit_fallbacks += more->regex.jit_fallbacks;
}

static DgStatus
read_text(DgExtractor *x, const DgDocument *document)
{
  DgFacts *const facts = &x->extraction.facts;
  DG_TRY(dg_text_read(document, &x->config.limits, x->arena, &x->text));
  const DgValueOptions options = { .lang = document->lang,
                                   .reference = document->published,
                                   .memo = x->memo };
  DgValue *values = NULL;
  DG_TRY(dg_values_read(document->text, &options, x->arena, &values,
                        &facts->n_values));
  facts->values = values;
  DG_TRY(dg_entities_read(&x->text, x->config.lexicon, values, facts->n_values,
                          x->arena, &facts->mentions, &facts->entities));
  DG_TRY(dg_rules_match(x->runner, &x->text, &facts->mentions, &facts->entities,
                        x->arena, &x->extraction.matches));
  return dg_events_read(x->config.rules, &x->extraction.matches,
                        &x->config.limits, x->arena, facts);
}

DgStatus
dg_extract(DgExtractor *x, const DgDocument *document,
           const DgExtraction **extraction)
{
  dg_arena_reset(x->arena);
  x->extraction =
      (DgExtraction){ .facts.document = document, .facts.text = &x->text };
  x->text = (DgText){ .text = document->text };
  ++x->counts.articles;
  x->counts.bytes += document->text.len;
  const bool known =
      document->lang == DG_LANG_FR || document->lang == DG_LANG_EN;
  x->counts.other_language += !known;
  if (known) {
    DG_TRY(read_text(x, document));
  }
  x->counts.cut_sentences += x->text.cut;
  x->counts.deals += x->extraction.facts.n_deals;
  x->counts.beyond_limit += x->extraction.facts.beyond_limit;
  *extraction = &x->extraction;
  return DG_OK;
}
