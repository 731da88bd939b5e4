/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/describe_p.h"

/* How far back a description reaches, in sentences. */
enum { SENTENCES_MAX = 6 };

/* ------------------------------------------------------- what is in mind */

bool
dg_is_actor(const DgEntity *entity)
{
  return entity->kind != DG_ENTITY_PERSON &&
         entity->kind != DG_ENTITY_PRODUCT && entity->kind != DG_ENTITY_PLACE;
}

void
dg_mind_remember(DgTeller *t, uint32_t entity, uint32_t sentence,
                 uint32_t token)
{
  if (!dg_is_actor(&t->entities->items[entity])) {
    return;
  }
  size_t at = 0;
  while (at < t->n_recent && t->recent[at].entity != entity) {
    ++at;
  }
  const bool again = at < t->n_recent && t->recent[at].sentence == sentence;
  const bool subject =
      again ? t->recent[at].subject : sentence != t->last_sentence;
  if (at == t->n_recent) {
    t->n_recent += t->n_recent < DG_RECENT;
    at = t->n_recent - 1;
  }
  memmove(&t->recent[1], &t->recent[0], at * sizeof *t->recent);
  t->recent[0] = (DgRecent){ entity, sentence, token, subject };
  t->last_sentence = sentence;
}

/* -1 for kinds that cannot be, 1 for the same, 0 for not known. */
int
dg_mind_fits_kind(const DgEntity *entity, DgLexDetail head, bool listed)
{
  const DgEntityKind kind = entity->kind;
  const bool known = entity->sure && kind != DG_ENTITY_UNKNOWN;
  switch (head) {
  case DG_LEX_IS_FUND:
    return kind == DG_ENTITY_FUND ? 1 : known ? -1 : 0;
  case DG_LEX_IS_BANK:
    return kind == DG_ENTITY_BANK ? 1 : known ? -1 : 0;
  case DG_LEX_IS_STARTUP:
    return listed || kind == DG_ENTITY_FUND ||
                   (known && kind != DG_ENTITY_COMPANY)
               ? -1
               : 0;
  case DG_LEX_IS_PUBLIC_BODY:
    return kind == DG_ENTITY_PUBLIC ? 1 : -1;
  case DG_LEX_IS_UNIVERSITY:
    return kind == DG_ENTITY_UNIVERSITY ? 1 : -1;
  case DG_LEX_IS_GIANT:
    return kind == DG_ENTITY_PUBLIC || kind == DG_ENTITY_FUND ||
                   kind == DG_ENTITY_UNIVERSITY
               ? -1
               : listed || entity->entry != DG_NO_INDEX;
  case DG_LEX_IS_COMPANY:
    return kind == DG_ENTITY_PUBLIC || kind == DG_ENTITY_UNIVERSITY ||
                   (known && kind == DG_ENTITY_FUND)
               ? -1
               : 0;
  default:
    return 0;
  }
}

static bool
is_listed(const DgTeller *t, const DgEntity *entity)
{
  return entity->entry != DG_NO_INDEX &&
         dg_lexicon_entry(t->scan->lexicon, entity->entry).ticker.len > 0;
}

/* An agency or paper that is named once is the source of the news. */
static bool
is_source(const DgTeller *t, const DgEntity *entity)
{
  return entity->mentions == 1 && entity->entry != DG_NO_INDEX &&
         dg_lexicon_entry(t->scan->lexicon, entity->entry).is ==
             DG_LEX_IS_MEDIA;
}

int
dg_mind_fits_country(const char *wanted, const char *country)
{
  if (!wanted[0]) {
    return 0;
  }
  return !country[0] ? 0 : memcmp(wanted, country, 2) ? -1 : 1;
}

/* "le producteur breton d'électricité": more than head and people. */
bool
dg_is_narrow(const DgDescription *d)
{
  return d->specific && d->country[0] && !d->town && d->head &&
         d->head->detail == DG_LEX_IS_COMPANY &&
         !(d->head->flags & DG_LEX_AMBIGUOUS);
}

/* No comma stands between the two: one clause, as a rule. */
static bool
in_clause(const DgTeller *t, uint32_t from, uint32_t to)
{
  for (uint32_t at = from; at < to; ++at) {
    if (dg_scan_is(t->scan, at, ",")) {
      return false;
    }
  }
  return true;
}

/* How well an entity in mind fits a description; below 0 when it cannot. */
static float
fitness(const DgTeller *t, const DgRecent *recent, const DgDescription *d,
        uint32_t sentence)
{
  const DgEntity *const entity = &t->entities->items[recent->entity];
  const uint32_t distance = sentence - recent->sentence;
  const int country = dg_mind_fits_country(d->country, entity->country);
  const int kind = d->head
                       ? dg_mind_fits_kind(entity, (DgLexDetail)d->head->detail,
                                           is_listed(t, entity))
                       : 0;
  if (distance > SENTENCES_MAX || country < 0 || kind < 0 ||
      is_source(t, entity) || (!d->head && country < 1)) {
    return -1;
  }
  float score = 0.55F - 0.07F * (float)distance;
  /* "Kestrel is the supplier of the Canadian firm": hardly Kestrel itself. */
  score -= d->country[0] && !country && recent->subject && !distance &&
                   in_clause(t, recent->token, d->first)
               ? 0.3F
               : 0;
  /* A narrow one may be of somebody new: only a fellow countryman fits, and
     not the subject of the sentence that it stands in. */
  if (dg_is_narrow(d) && (country < 1 || (recent->subject && !distance))) {
    return -1;
  }
  score += recent->subject ? 0.12F : 0;
  score -= dg_is_narrow(d) ? 0.1F : 0;
  score -= d->head && d->head->detail == DG_LEX_IS_COMPANY &&
                   entity->kind == DG_ENTITY_BANK
               ? 0.2F
               : 0;
  score += 0.03F * (float)(entity->mentions < 6 ? entity->mentions : 6);
  score += 0.2F * (float)country;
  score += 0.12F * (float)kind;
  score -= d->country[0] && !country ? 0.12F : 0;
  if (d->head && t->heads[recent->entity] == d->head->entry + 1) {
    score += 0.25F;
  }
  if (!d->head && t->peoples[recent->entity]) {
    score += 0.25F;
  }
  if (entity->kind == DG_ENTITY_UNKNOWN) {
    score -= 0.15F;
  }
  /* A town tells more than its country; it is said of firms little known. */
  score -= d->town && entity->entry != DG_NO_INDEX ? 0.4F : 0;
  return score;
}

/* The entity that a description stands for, or DG_NO_INDEX. */
uint32_t
dg_mind_resolve(const DgTeller *t, const DgDescription *d, uint32_t sentence,
                float *score)
{
  float best = 0;
  float second = 0;
  uint32_t entity = DG_NO_INDEX;
  for (size_t i = 0; i < t->n_recent; ++i) {
    const float fit = fitness(t, &t->recent[i], d, sentence);
    if (fit > best) {
      second = best;
      best = fit;
      entity = t->recent[i].entity;
    } else if (fit > second) {
      second = fit;
    }
  }
  const float margin = best - second;
  if (best < 0.45F || margin < 0.06F) {
    return DG_NO_INDEX;
  }
  *score = best * 0.7F + (margin < 0.4F ? margin : 0.4F);
  *score = *score > 0.92F ? 0.92F : *score;
  return entity;
}
