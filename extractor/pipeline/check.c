/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/check_p.h"

#include "rules/lint.h"

DgStatus
dg_check_extract(DgExtractor *extractor, DgStr sentence, DgLang lang,
                 const DgExtraction **extraction)
{
  static const DgMapPoint map[] = { { 0, 0 } };
  DgBlock block = { .kind = DG_BLOCK_PARAGRAPH,
                    .content = sentence,
                    .text = { 0, sentence.len },
                    .source = { 0, sentence.len },
                    .lang = lang };
  DgDocument document = { .id = DG_STR("sentence"),
                          .lang = lang,
                          .text = sentence,
                          .blocks = &block,
                          .n_blocks = 1,
                          .map = (DgMapPoint *)(uintptr_t)map,
                          .n_map = 1 };
  DG_TRY(dg_date_read(DG_STR(DG_CHECK_PUBLISHED), &document.published));
  return dg_extract(extractor, &document, extraction);
}

/* ---- examples of rules ---- */

static bool
told_by(const DgDeal *deal, DgStr rule)
{
  for (size_t i = 0; i < deal->n_evidence; ++i) {
    if (dg_str_equal(deal->evidence[i].rule, rule)) {
      return true;
    }
  }
  return false;
}

static bool
rule_held(const DgExtraction *x, uint32_t rule)
{
  for (size_t i = 0; i < x->matches.n; ++i) {
    if (x->matches.items[i].rule == rule &&
        x->matches.items[i].fate == DG_MATCH_HELD) {
      return true;
    }
  }
  return false;
}

static bool
expectation_met(const DgExpect *expect, const DgRule *rule,
                const DgFacts *facts)
{
  DgBuf why = DG_BUF_INIT;
  bool met = false;
  for (size_t i = 0; !met && i < facts->n_deals; ++i) {
    const bool of_type =
        rule->kind != DG_RULE_EVENT ||
        dg_str_equal(rule->type,
                     dg_str(dg_deal_type_text(facts->deals[i].type)));
    met = rule->kind != DG_RULE_RELATION && of_type &&
          dg_expect_meets(expect, facts, &facts->deals[i], &why);
  }
  for (size_t i = 0; !met && i < facts->n_relations; ++i) {
    const DgRelation *const r = &facts->relations[i];
    met = rule->kind == DG_RULE_RELATION &&
          dg_str_equal(rule->type, dg_str(dg_relation_type_text(r->type))) &&
          dg_check_relation_meets(expect, facts, r);
  }
  dg_buf_clear(&why);
  return met;
}

static bool
negative_holds(const DgExtraction *x, const DgRule *rule, uint32_t index)
{
  if (rule->kind != DG_RULE_EVENT) {
    return !rule_held(x, index);
  }
  for (size_t i = 0; i < x->facts.n_deals; ++i) {
    if (told_by(&x->facts.deals[i], rule->id)) {
      return false;
    }
  }
  return true;
}

static DgStatus
check_example(DgExtractor *extractor, const DgRule *rule, uint32_t index,
              const DgRuleExample *example, DgBuf *out, DgCheckCounts *counts)
{
  const DgExtraction *x;
  const DgLang lang = rule->lang == DG_LANG_NONE ? DG_LANG_EN : rule->lang;
  DG_TRY(dg_check_extract(extractor, example->sentence, lang, &x));
  DgDiag diag = DG_DIAG_INIT;
  DgExpect expect;
  bool good = dg_expect_read(example->expected, &expect, &diag) == DG_OK;
  bool held = true;
  if (good && example->positive) {
    held = rule_held(x, index);
    good = expectation_met(&expect, rule, &x->facts);
  } else if (good) {
    good = negative_holds(x, rule, index);
  }
  counts->passed += good;
  counts->failed += !good;
  if (!good) {
    dg_buf_printf(out, "%s:%zu: %.*s: %s\n", rule->file, example->line,
                  (int)rule->id.len, rule->id.ptr,
                  diag.message ? diag.message : "example fails");
    dg_check_write_sentence(example, index, x, out);
    if (example->positive && !diag.message) {
      dg_check_write_table(&expect, rule, &x->facts, out);
    } else {
      dg_check_write_found(&x->facts, out);
    }
  } else if (!held) {
    ++counts->warnings;
    dg_buf_printf(out,
                  "%s:%zu: warning: %.*s: another rule satisfies this "
                  "example\n",
                  rule->file, example->line, (int)rule->id.len, rule->id.ptr);
  }
  dg_diag_clear(&diag);
  return DG_OK;
}

/** A pattern that PCRE2 refuses, say for its size, is told with its rule. */
static bool
compiles(const DgRuleset *rules, uint32_t index, DgBuf *out,
         DgCheckCounts *counts)
{
  DgDiag diag = DG_DIAG_INIT;
  const DgStatus status = dg_ruleset_try(rules, index, &diag);
  if (status != DG_OK) {
    const DgRule *const rule = dg_ruleset_rule(rules, index);
    ++counts->failed;
    dg_buf_printf(out, "%s:%zu: %.*s: %s\n", rule->file, rule->line,
                  (int)rule->id.len, rule->id.ptr,
                  diag.message ? diag.message : dg_status_text(status));
  }
  dg_diag_clear(&diag);
  return status == DG_OK;
}

static void
lint_rule(const DgRule *rule, DgBuf *out, DgCheckCounts *counts)
{
  size_t positive = 0;
  size_t negative = 0;
  for (size_t i = 0; i < rule->n_examples; ++i) {
    positive += rule->examples[i].positive;
    negative += !rule->examples[i].positive;
  }
  if (rule->kind == DG_RULE_EVENT && (!positive || !negative)) {
    ++counts->failed;
    dg_buf_printf(out,
                  "%s:%zu: %.*s: an event rule has at least one '+' and "
                  "one '-' example\n",
                  rule->file, rule->line, (int)rule->id.len, rule->id.ptr);
  }
  const bool typed =
      (rule->kind == DG_RULE_EVENT && dg_deal_type_named(rule->type) < 0) ||
      (rule->kind == DG_RULE_RELATION &&
       dg_relation_type_named(rule->type) < 0);
  if (typed) {
    ++counts->failed;
    dg_buf_printf(out, "%s:%zu: %.*s: no deal or relation is called '%.*s'\n",
                  rule->file, rule->line, (int)rule->id.len, rule->id.ptr,
                  (int)rule->type.len, rule->type.ptr);
  }
}

typedef struct {
  const DgRule *rule;
  DgBuf *out;
  DgCheckCounts *counts;
} Linting;

static void
warn(void *user, const char *finding, DgStr about)
{
  const Linting *const lint = user;
  ++lint->counts->warnings;
  dg_buf_printf(lint->out, "%s:%zu: warning: %.*s: %s%.*s\n", lint->rule->file,
                lint->rule->line, (int)lint->rule->id.len, lint->rule->id.ptr,
                finding, (int)about.len, about.ptr);
}

DgStatus
dg_check_rules(const DgExtractConfig *config, DgBuf *out, DgCheckCounts *counts)
{
  *counts = (DgCheckCounts){ .rules = dg_ruleset_size(config->rules) };
  for (uint32_t i = 0; i < counts->rules; ++i) {
    (void)compiles(config->rules, i, out, counts);
  }
  if (counts->failed) {
    return DG_OK;
  }
  DgExtractor *const extractor = dg_extractor_new(config);
  DG_TRY_PTR(extractor);
  DgStatus status = DG_OK;
  for (uint32_t i = 0; i < counts->rules && status == DG_OK; ++i) {
    const DgRule *const rule = dg_ruleset_rule(config->rules, i);
    lint_rule(rule, out, counts);
    Linting lint = { rule, out, counts };
    dg_rule_lint(config->rules, i, warn, &lint);
    for (size_t k = 0; k < rule->n_examples && status == DG_OK; ++k) {
      status =
          check_example(extractor, rule, i, &rule->examples[k], out, counts);
    }
  }
  dg_extractor_free(extractor);
  return status;
}

/* ---- files of sentences ---- */

typedef struct {
  DgExtractor *extractor;
  DgLang lang;
  DgBuf *out;
  DgSentenceCounts *counts;
} Sentences;

enum { DEALS_A_SENTENCE = 8 };

static DgStatus
check_sentence(Sentences *s, DgStr line, const DgExpect *expects, size_t n)
{
  const bool quiet = line.ptr[0] == '*';
  const DgStr sentence =
      dg_str_trim(quiet ? dg_str_sub(line, 1, line.len) : line);
  const DgExtraction *x;
  DG_TRY(dg_check_extract(s->extractor, sentence, s->lang, &x));
  const DgFacts *const facts = &x->facts;
  bool taken[64] = { false };
  size_t met = 0;
  DgBuf why = DG_BUF_INIT;
  for (size_t e = 0; e < n; ++e) {
    bool found = false;
    for (size_t i = 0; !found && i < facts->n_deals && i < 64; ++i) {
      found = !taken[i] &&
              dg_expect_meets(&expects[e], facts, &facts->deals[i], &why);
      taken[i] = taken[i] || found;
    }
    met += found;
  }
  dg_buf_clear(&why);
  DgSentenceCounts *const c = s->counts;
  ++c->sentences;
  c->expected += n;
  c->found += facts->n_deals;
  c->met += met;
  c->quiet += quiet;
  c->false_alarms += quiet && facts->n_deals;
  if (met == n && facts->n_deals == n) {
    ++c->right;
    return DG_OK;
  }
  dg_buf_printf(s->out, "%.*s\n", (int)line.len, line.ptr);
  for (size_t e = 0; e < n; ++e) {
    dg_buf_printf(s->out, "    expected  %.*s\n", (int)expects[e].source.len,
                  expects[e].source.ptr);
  }
  dg_check_write_found(facts, s->out);
  return DG_OK;
}

DgStatus
dg_check_sentences(const DgExtractConfig *config, DgStr file, const char *name,
                   DgLang lang, DgBuf *out, DgSentenceCounts *counts,
                   DgDiag *diag)
{
  *counts = (DgSentenceCounts){ 0 };
  Sentences s = { dg_extractor_new(config), lang, out, counts };
  DG_TRY_PTR(s.extractor);
  DgExpect expects[DEALS_A_SENTENCE];
  size_t n = 0;
  DgStr sentence = DG_STR_NONE;
  DgStr line;
  DgStatus status = DG_OK;
  while (status == DG_OK && dg_str_cut(&file, '\n', &line)) {
    const DgStr text = dg_str_trim(line);
    if (!text.len || text.ptr[0] == '#') {
      continue;
    }
    const bool indented = line.ptr[0] == ' ' || line.ptr[0] == '\t';
    if (!indented) {
      if (sentence.ptr) {
        status = check_sentence(&s, sentence, expects, n);
      }
      sentence = text;
      n = 0;
    } else if (n < DEALS_A_SENTENCE) {
      status = dg_expect_read(text, &expects[n++], diag);
      dg_diag_source(diag, name);
    }
  }
  if (status == DG_OK && sentence.ptr) {
    status = check_sentence(&s, sentence, expects, n);
  }
  dg_extractor_free(s.extractor);
  return status;
}
