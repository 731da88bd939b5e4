/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_ENTITY_NAME_P_H
#define DG_ENTITY_NAME_P_H

/* For this room only: a name while it is found. */

#include "entity/name.h"

/*
 * A sentence is read left to right. At each token that may start a name, the
 * stretch is grown word by word; then its type is decided, first by what it
 * is made of, then by what stands around it.
 */
typedef struct {
  const DgScan *scan;
  DgNames *names;
  const DgToken *tokens;
  uint32_t start; /* of the sentence */
  uint32_t stop;
  uint32_t sentence;
  DgLang lang;
  bool headline; /* most words have a capital: case says nothing */
} DgFinder;

/* A stretch while it grows, and what its words are. */
typedef struct {
  uint32_t first;
  uint32_t end;
  uint32_t core;         /* end without the legal form */
  const DgLexHit *known; /* entry that it starts with, or null */
  const DgLexHit *inner; /* a sure organisation within it, or null */
  DgLexDetail word;      /* detail of its last org word, or NONE */
  bool has_word;         /* has an org or fund word besides others */
  bool fund;             /* ends in a fund word */
  bool legal;            /* has a legal form */
  bool person;           /* starts with a first name */
  bool linked;           /* has "of", "de" within */
  bool unknown;          /* has a word that no list has */
} DgRun;

static inline bool
dg_lex_is_sure(const DgLexHit *hit)
{
  return hit && !(hit->flags & DG_LEX_AMBIGUOUS);
}

static inline bool
dg_finder_has(const DgFinder *f, uint32_t at, DgLexKind kind)
{
  return dg_scan_has(f->scan, at, kind);
}

static inline bool
dg_finder_is_capital(const DgFinder *f, uint32_t at)
{
  return at < f->stop && dg_scan_is_capital(f->scan, at);
}

static inline bool
dg_finder_is_mark(const DgFinder *f, uint32_t at, const char *mark)
{
  return at < f->stop && dg_scan_is(f->scan, at, mark);
}

static inline bool
dg_finder_is_spaced(const DgFinder *f, uint32_t at)
{
  return at < f->stop && (f->tokens[at].flags & DG_TOKEN_SPACE);
}

/* Part of an amount, a percentage, a date or a span of time. */
static inline bool
dg_finder_is_measure(const DgFinder *f, uint32_t at)
{
  const uint8_t value = f->scan->value[at];
  return value && value != DG_VALUE_NUMBER + 1 && value != DG_VALUE_ORDINAL + 1;
}

static inline bool
dg_finder_is_initial(const DgFinder *f, uint32_t at)
{
  return (f->tokens[at].flags & DG_TOKEN_CAPITAL) &&
         f->tokens[at].folded_len == 1;
}

/** The longest name of the lexicon that starts at a token, or null. */
const DgLexHit *
dg_finder_known(const DgFinder *f, uint32_t at);

/** A word that is no name by itself: it starts sentences, or is plain here. */
bool
dg_finder_is_plain(const DgFinder *f, uint32_t at);

/** Does a first name start here that a surname follows? */
bool
dg_finder_starts_person(const DgFinder *f, uint32_t at);

/** Let the stretch reach to `end`, and note what its new words are. */
void
dg_run_take(const DgFinder *f, DgRun *run, uint32_t end);

/** Let it grow as far as the name goes. */
void
dg_run_grow(const DgFinder *f, DgRun *run);

/** Is the word an actor's of a deal: does it sign, buy, become, have? */
bool
dg_finder_acts(const DgFinder *f, uint32_t at);

/** "A40", "X5": what a maker calls a model of its own. */
bool
dg_finder_is_model(const DgFinder *f, uint32_t at);

/** "fusion", "takeover": a noun of deals. */
bool
dg_finder_is_deal_noun(const DgFinder *f, uint32_t at);

/** Say what a name is, how surely, and why. */
void
dg_name_set(DgName *name, DgMentionType type, DgEntityKind kind, float score,
            const char *reason);

/** Decide what the stretch is, and add it to the names. */
DgStatus
dg_run_keep(const DgFinder *f, const DgRun *run);

#endif
