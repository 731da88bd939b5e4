/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/scan.h"

static void
mark_hits(DgScan *scan)
{
  const size_t n_tokens = scan->text->n_tokens;
  size_t token = 0;
  for (size_t i = 0; i < scan->n_hits; ++i) {
    const DgLexHit *const hit = &scan->hits[i];
    while (token <= hit->first) {
      scan->first_hit[token++] = (uint32_t)i;
    }
    for (uint32_t t = hit->first; t < hit->end; ++t) {
      scan->covers[t] |= 1U << hit->kind;
    }
    if (hit->kind == DG_LEX_CUE) {
      scan->cue[hit->end - 1] = hit->detail;
    }
  }
  while (token <= n_tokens) {
    scan->first_hit[token++] = (uint32_t)scan->n_hits;
  }
}

static void
mark_values(DgScan *scan, const DgValue *values, size_t n_values)
{
  const DgText *const text = scan->text;
  size_t token = 0;
  for (size_t i = 0; i < n_values; ++i) {
    while (token < text->n_tokens &&
           text->tokens[token].end <= values[i].span.begin) {
      ++token;
    }
    for (size_t t = token;
         t < text->n_tokens && text->tokens[t].begin < values[i].span.end;
         ++t) {
      scan->value[t] = (uint8_t)(values[i].kind + 1);
    }
  }
}

static void
mark_lower(DgScan *scan)
{
  for (size_t i = 0; i < scan->text->n_tokens; ++i) {
    const DgToken *const token = &scan->text->tokens[i];
    if ((token->flags & (DG_TOKEN_WORD | DG_TOKEN_CAPITAL | DG_TOKEN_MIXED |
                         DG_TOKEN_NUMBER)) == DG_TOKEN_WORD) {
      *dg_scan_lower_slot(scan, token->hash) = token->hash;
    }
  }
}

DgStatus
dg_scan_read(const DgText *text, const DgLexicon *lexicon,
             const DgValue *values, size_t n_values, DgArena *arena,
             DgScan *scan)
{
  DgLexHit *hits = NULL;
  *scan = (DgScan){ .text = text, .lexicon = lexicon, .arena = arena };
  DG_TRY(dg_lexicon_find(lexicon, text, arena, &hits, &scan->n_hits));
  scan->hits = hits;
  const size_t n = text->n_tokens + 1;
  scan->first_hit = DG_NEW_ARRAY(arena, uint32_t, n);
  scan->covers = DG_NEW_ARRAY(arena, uint32_t, n);
  scan->words = dg_arena_alloc(arena, n * sizeof *scan->words);
  scan->asked = DG_NEW_ARRAY(arena, uint8_t, n);
  scan->langs = DG_NEW_ARRAY(arena, uint8_t, n);
  scan->cue = DG_NEW_ARRAY(arena, uint8_t, n);
  scan->value = DG_NEW_ARRAY(arena, uint8_t, n);
  uint32_t slots = 64;
  while (slots < n * 2) {
    slots *= 2;
  }
  scan->lower = DG_NEW_ARRAY(arena, uint32_t, slots);
  scan->lower_mask = slots - 1;
  if (!scan->first_hit || !scan->covers || !scan->words || !scan->asked ||
      !scan->langs || !scan->cue || !scan->value || !scan->lower) {
    return DG_NO_MEMORY;
  }
  for (size_t i = 0; i < text->n_sentences; ++i) {
    const DgSentence *const s = &text->sentences[i];
    memset(scan->langs + s->first, s->lang, s->end - s->first);
  }
  mark_hits(scan);
  mark_values(scan, values, n_values);
  mark_lower(scan);
  return DG_OK;
}

const DgLexHit *
dg_scan_hit(const DgScan *scan, uint32_t token, DgLexKind kind)
{
  for (uint32_t i = scan->first_hit[token];
       i < scan->n_hits && scan->hits[i].first == token; ++i) {
    if (scan->hits[i].kind == kind) {
      return &scan->hits[i];
    }
  }
  return NULL;
}
