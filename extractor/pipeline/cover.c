/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/cover.h"

#include <stdatomic.h>
#include <stdlib.h>

/* Sums do not depend on the order of what is added: threads need no lock. */
typedef struct {
  atomic_size_t fates[DG_MATCH_GUARDED + 1]; /* [DgMatchFate] */
  atomic_size_t used;
} Counts;

struct DgCover {
  const DgRuleset *rules;
  atomic_size_t articles[DG_LANG_COUNT]; /* [DgLang] */
  Counts *counts;                        /* [dg_ruleset_size(rules)] */
};

DgCover *
dg_cover_new(const DgRuleset *rules)
{
  DgCover *const cover = calloc(1, sizeof *cover);
  if (!cover) {
    return NULL;
  }
  cover->rules = rules;
  cover->counts = calloc(dg_ruleset_size(rules) + 1, sizeof *cover->counts);
  if (!cover->counts) {
    dg_cover_free(cover);
    return NULL;
  }
  return cover;
}

void
dg_cover_free(DgCover *cover)
{
  if (cover) {
    free(cover->counts);
    free(cover);
  }
}

/** Mark the matches that steps name: each counts once. */
static void
mark_steps(const DgSteps *steps, size_t n, bool *used)
{
  for (size_t i = 0; i < steps->n; ++i) {
    const DgStep *const step = &steps->items[i];
    if (step->match < n && step->kind != DG_STEP_NEGATED &&
        step->kind != DG_STEP_INCOMPLETE) {
      used[step->match] = true;
    }
  }
}

static void
mark_used(const DgExtraction *x, bool *used)
{
  for (size_t d = 0; d < x->facts.n_deals; ++d) {
    mark_steps(&x->facts.deals[d].steps, x->matches.n, used);
  }
  mark_steps(&x->facts.dropped, x->matches.n, used); /* denying cues */
}

DgStatus
dg_cover_add(DgCover *cover, const DgExtraction *x)
{
  bool *const used = calloc(x->matches.n + 1, sizeof *used);
  DG_TRY_PTR(used);
  mark_used(x, used);
  for (size_t i = 0; i < x->matches.n; ++i) {
    Counts *const counts = &cover->counts[x->matches.items[i].rule];
    ++counts->fates[x->matches.items[i].fate];
    counts->used += used[i];
  }
  free(used);
  for (size_t i = 0; i < x->facts.n_relations; ++i) {
    const uint32_t rule =
        dg_ruleset_find(cover->rules, x->facts.relations[i].evidence.rule);
    if (rule != DG_NO_INDEX) {
      ++cover->counts[rule].used;
    }
  }
  ++cover->articles[x->facts.document->lang];
  return DG_OK;
}

static bool
is_silent(const Counts *counts)
{
  return !counts->fates[DG_MATCH_HELD] && !counts->fates[DG_MATCH_OUTRANKED] &&
         !counts->fates[DG_MATCH_GUARDED];
}

/** False for a rule of a language that no article was in. */
static bool
had_chance(const DgCover *cover, const DgRule *rule)
{
  return rule->lang == DG_LANG_NONE || cover->articles[rule->lang];
}

static void
put_rule(const DgRule *rule, DgBuf *out)
{
  dg_buf_add(out, rule->id);
  dg_buf_printf(out, " (%s:%zu)\n", rule->file, rule->line);
}

DgStatus
dg_cover_write(const DgCover *cover, DgBuf *out)
{
  const size_t n = dg_ruleset_size(cover->rules);
  size_t silent = 0;
  size_t idle = 0;
  dg_buf_add(out, DG_STR("  held  outranked  guarded   used  rule\n"));
  for (uint32_t i = 0; i < n; ++i) {
    const Counts *const c = &cover->counts[i];
    const DgRule *const rule = dg_ruleset_rule(cover->rules, i);
    if (!is_silent(c)) {
      dg_buf_printf(out, "%6zu %10zu %8zu %6zu  ", (size_t)c->fates[0],
                    (size_t)c->fates[1], (size_t)c->fates[2], (size_t)c->used);
      put_rule(rule, out);
    } else if (had_chance(cover, rule)) {
      ++silent;
    } else {
      ++idle;
    }
  }
  dg_buf_printf(out, "%zu of %zu rules never matched%s\n", silent, n,
                silent ? ":" : "");
  for (uint32_t i = 0; i < n; ++i) {
    const DgRule *const rule = dg_ruleset_rule(cover->rules, i);
    if (is_silent(&cover->counts[i]) && had_chance(cover, rule)) {
      dg_buf_add(out, DG_STR("  "));
      put_rule(rule, out);
    }
  }
  if (idle) {
    dg_buf_printf(out, "%zu rules had no article in their language\n", idle);
  }
  return dg_buf_status(out);
}
