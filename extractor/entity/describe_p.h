/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_ENTITY_DESCRIBE_P_H
#define DG_ENTITY_DESCRIBE_P_H

/* For this room only: what the telling of descriptions, of what is in mind
   and of possessives share. */

#include "entity/describe.h"

enum { DG_RECENT = 12 /* entities that are kept in mind */, DG_GROUP_MAX = 6 };

/* A description: its words, and what they say. */
typedef struct {
  uint32_t first;
  uint32_t end;
  uint32_t sentence;
  const DgLexHit *head; /* null for "l'Américain" */
  char country[3];
  bool definite;
  bool indefinite;
  bool possessive;
  bool specific; /* says more than head and nationality */
  bool loose;    /* a preposition came that may lead out of it */
  bool town;     /* its country is that of a town it names */
  uint32_t name; /* name that it leads to directly, or DG_NO_INDEX */
} DgDescription;

/* An entity in mind. */
typedef struct {
  uint32_t entity;
  uint32_t sentence; /* where it was last named */
  uint32_t token;    /* where there */
  bool subject;      /* was the first actor of that sentence */
} DgRecent;

/* Actors named in a row. */
typedef struct {
  uint32_t items[DG_GROUP_MAX]; /* [n] entities */
  uint32_t n;
  uint32_t end; /* token after the last of them */
  uint32_t sentence;
} DgGroup;

typedef struct {
  const DgScan *scan;
  const DgNames *names;
  DgEntities *entities;
  DgMentions *mentions;
  size_t n_names;
  uint32_t *name_at;  /* [n_tokens] name that starts there, plus 1 */
  uint32_t *name_end; /* [n_tokens + 1] name that ends there, plus 1 */
  uint32_t *heads;    /* [entities->n] lexicon entry of the head last used */
  bool *peoples;      /* [entities->n] called "l'Américain" before */
  DgRecent recent[DG_RECENT];
  size_t n_recent;
  uint32_t last_sentence; /* of the last actor that was named */
  DgGroup group;          /* that the last name ends */
  DgGroup pair;           /* the last of two or more that "and" ties */
  uint32_t person;        /* token of the last person named, or DG_NO_INDEX */
  uint32_t taker;         /* token of the last verb of taking, likewise */
  const DgSentence *sentence;
} DgTeller;

static inline bool
dg_teller_has(const DgTeller *t, uint32_t at, DgLexKind kind)
{
  return dg_scan_has(t->scan, at, kind);
}

static inline uint8_t
dg_teller_grammar(const DgTeller *t, uint32_t at)
{
  return dg_scan_grammar(t->scan, at);
}

static inline bool
dg_teller_is_lower_word(const DgTeller *t, uint32_t at)
{
  return (t->scan->text->tokens[at].flags & DG_TOKEN_WORD) &&
         !dg_scan_is_capital(t->scan, at);
}

/** Note the country that a place or people at a token says. */
void
dg_description_country(const DgTeller *t, uint32_t at, DgDescription *d);

/** Read a description's words before its head, then those after it. */
void
dg_description_left(const DgTeller *t, DgDescription *d);
void
dg_description_right(const DgTeller *t, DgDescription *d);

/** The name at a token, an opening quote stepped over; or DG_NO_INDEX. */
uint32_t
dg_name_from(const DgTeller *t, uint32_t at);

/** "le producteur breton d'électricité": more than head and people. */
bool
dg_is_narrow(const DgDescription *d);

/** May do deals: no person, product or place. */
bool
dg_is_actor(const DgEntity *entity);

/** An actor was named or spoken of at a token. */
void
dg_mind_remember(DgTeller *t, uint32_t entity, uint32_t sentence,
                 uint32_t token);

/** -1 for kinds that cannot be, 1 for the same, 0 for not known. */
int
dg_mind_fits_kind(const DgEntity *entity, DgLexDetail head, bool listed);

/** The same of countries. */
int
dg_mind_fits_country(const char *wanted, const char *country);

/** The entity that a description stands for, or DG_NO_INDEX. */
uint32_t
dg_mind_resolve(const DgTeller *t, const DgDescription *d, uint32_t sentence,
                float *score);

/** A name of an actor came: does it go on with a row of them? */
void
dg_groups_name(DgTeller *t, const DgMention *name);

/** "les deux groupes": the actors that a plural stands for. */
DgStatus
dg_groups_tell(DgTeller *t, const DgDescription *d);

/** "son", "its", "leur", "dont", "whose": whose it is, if that is clear. */
DgStatus
dg_possessive_tell(DgTeller *t, const DgLexHit *hit, uint32_t sentence);

/** Append a mention of an actor. */
DgStatus
dg_teller_add(DgTeller *t, const DgMention *mention);

#endif
