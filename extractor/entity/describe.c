/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/describe_p.h"

#include "base/vec.h"

/* Sentences that "ce dernier" reaches back. */
enum { LAST_MAX = 3 };

/* ------------------------------------------------------------- telling it */

DgStatus
dg_teller_add(DgTeller *t, const DgMention *mention)
{
  DgMention *const slot = DG_VEC_ADD(t->scan->arena, t->mentions);
  DG_TRY_PTR(slot);
  *slot = *mention;
  return DG_OK;
}

static DgStatus
add_mention(DgTeller *t, uint32_t first, uint32_t end, uint32_t sentence,
            uint32_t entity, DgMentionForm form, float score,
            const char *reason)
{
  DgMention *const mention = DG_VEC_ADD(t->scan->arena, t->mentions);
  DG_TRY_PTR(mention);
  *mention = (DgMention){ .type = DG_MENTION_ORG,
                          .form = form,
                          .first = first,
                          .end = end,
                          .sentence = sentence,
                          .entity = entity,
                          .value = DG_NO_INDEX,
                          .entry = DG_NO_INDEX,
                          .score = score,
                          .reason = reason };
  return DG_OK;
}

/* What a description says of the entity it surely belongs to. */
static void
learn(DgTeller *t, uint32_t entity, const DgDescription *d)
{
  DgEntity *const e = &t->entities->items[entity];
  if (!e->country[0] && dg_is_actor(e)) {
    memcpy(e->country, d->country, sizeof e->country);
  }
  if (!d->head) {
    return;
  }
  t->heads[entity] = d->head->entry + 1;
  const DgEntityKind kind = dg_entity_kind_of((DgLexDetail)d->head->detail);
  if (kind && dg_is_actor(e) && !e->sure) {
    e->kind = kind;
    e->sure = kind != DG_ENTITY_COMPANY;
  }
}

/* The name that a comma sets off from a description, or DG_NO_INDEX. */
static uint32_t
name_beside(const DgTeller *t, const DgDescription *d)
{
  const DgSentence *const s = t->sentence;
  if (d->first > s->first + 1 && dg_scan_is(t->scan, d->first - 1, ",") &&
      t->name_end[d->first - 1]) {
    return t->name_end[d->first - 1] - 1;
  }
  if (!d->definite || d->end + 1 >= s->end ||
      !dg_scan_is(t->scan, d->end, ",")) {
    return DG_NO_INDEX;
  }
  const uint32_t name = dg_name_from(t, d->end + 1);
  if (name == DG_NO_INDEX) {
    return name;
  }
  const uint32_t end = t->names->items[name].end;
  const bool closed = end >= s->end || dg_scan_is(t->scan, end, ",") ||
                      dg_scan_is(t->scan, end, ".");
  return closed ? name : DG_NO_INDEX;
}

static bool
is_plural(const DgDescription *d)
{
  return d->head && (d->head->flags & DG_LEX_PLURAL);
}

/* A description joined to a name: one mention. */
static void
join_name(DgTeller *t, const DgDescription *d)
{
  DgMention *const mention = &t->mentions->items[d->name];
  if (d->first < mention->first && !is_plural(d) && !d->possessive) {
    mention->first = d->first;
  }
  if (!is_plural(d)) {
    learn(t, mention->entity, d);
  }
}

static bool
may_resolve(const DgDescription *d)
{
  if (d->definite && !is_plural(d) && dg_is_narrow(d)) {
    return true;
  }
  if (!d->definite || is_plural(d) || d->specific) {
    return d->definite && !is_plural(d) && d->head &&
           d->head->detail == DG_LEX_IS_GIANT;
  }
  if (!d->head) {
    return true;
  }
  if (d->head->flags & DG_LEX_AMBIGUOUS) {
    return false;
  }
  switch (d->head->detail) {
  case DG_LEX_IS_COMPANY:
  case DG_LEX_IS_STARTUP:
  case DG_LEX_IS_GIANT:
  case DG_LEX_IS_FUND:
  case DG_LEX_IS_BANK:
    return true;
  default:
    return false;
  }
}

static DgStatus
tell_description(DgTeller *t, DgDescription *d)
{
  if (d->name == DG_NO_INDEX && is_plural(d)) {
    return dg_groups_tell(t, d);
  }
  if (d->name != DG_NO_INDEX) {
    const bool relation =
        d->head && (d->head->detail == DG_LEX_IS_RELATION ||
                    (d->head->flags & DG_LEX_AMBIGUOUS && !d->definite));
    if (!relation) {
      join_name(t, d);
    }
    return DG_OK;
  }
  const uint32_t beside = name_beside(t, d);
  if (beside != DG_NO_INDEX && !is_plural(d) &&
      !(d->head && d->head->detail == DG_LEX_IS_PERSON)) {
    const DgMention *const name = &t->mentions->items[beside];
    if (!dg_is_actor(&t->entities->items[name->entity])) {
      return DG_OK;
    }
    const uint32_t entity = name->entity;
    if (!d->head || d->head->detail != DG_LEX_IS_RELATION) {
      learn(t, entity, d);
    }
    return d->definite ? add_mention(t, d->first, d->end, d->sentence, entity,
                                     DG_MENTION_BY_NOMINAL, 0.9F, "apposition")
                       : DG_OK;
  }
  float score = 0;
  const uint32_t entity =
      may_resolve(d) ? dg_mind_resolve(t, d, d->sentence, &score) : DG_NO_INDEX;
  if (entity == DG_NO_INDEX) {
    return DG_OK;
  }
  DgEntity *const found = &t->entities->items[entity];
  if (!found->country[0] && score > 0.6F) {
    memcpy(found->country, d->country, sizeof found->country);
  }
  t->peoples[entity] |= !d->head;
  dg_mind_remember(t, entity, d->sentence, d->first);
  return add_mention(t, d->first, d->end, d->sentence, entity,
                     DG_MENTION_BY_NOMINAL, score, "description");
}

/* "l'Américain": article and the name of a people, no noun. */
static DgStatus
tell_people(DgTeller *t, const DgLexHit *hit, uint32_t sentence)
{
  const uint8_t word = hit->first > t->sentence->first
                           ? dg_teller_grammar(t, hit->first - 1)
                           : 0;
  const bool contracted =
      word == DG_LEX_IS_CONTRACTED || word == DG_LEX_IS_LINK_ARTICLE;
  if ((word != DG_LEX_IS_ARTICLE && !contracted) ||
      (hit->flags & DG_LEX_PLURAL) || t->sentence->lang != DG_LANG_FR) {
    return DG_OK;
  }
  const DgLexWord article = dg_scan_word(t->scan, hit->first - 1);
  DgDescription d = { .first = contracted ? hit->first : hit->first - 1,
                      .end = hit->end,
                      .sentence = sentence,
                      .definite = true,
                      .name = DG_NO_INDEX };
  if (article.flags & DG_LEX_PLURAL) {
    return DG_OK;
  }
  dg_description_country(t, hit->first, &d);
  d.name = dg_name_from(t, hit->end);
  /* "le belge" without a capital counts as the subject of a verb, or as one
     that a comma sets off at the start of a sentence. */
  const bool opens = hit->first == t->sentence->first + 1;
  const bool acts = hit->end < t->sentence->end &&
                    (dg_teller_grammar(t, hit->end) == DG_LEX_IS_AUXILIARY ||
                     dg_teller_has(t, hit->end, DG_LEX_DEAL_WORD) ||
                     (opens && dg_scan_is(t->scan, hit->end, ",")));
  if (d.name == DG_NO_INDEX && !acts &&
      !dg_scan_is_capital(t->scan, hit->first)) {
    return DG_OK;
  }
  return tell_description(t, &d);
}

static bool
is_subject(const DgTeller *t, uint32_t entity, uint32_t sentence)
{
  for (size_t i = 0; i < t->n_recent; ++i) {
    if (t->recent[i].entity == entity) {
      return t->recent[i].sentence == sentence && t->recent[i].subject;
    }
  }
  return false;
}

/* The actor that was last spoken of, by whatever words, or DG_NO_INDEX. */
static uint32_t
last_spoken_of(const DgTeller *t, uint32_t sentence)
{
  for (size_t i = 0; i < t->n_recent; ++i) {
    const DgRecent *const r = &t->recent[i];
    if (r->sentence + LAST_MAX >= sentence &&
        !(r->sentence == sentence && r->subject)) {
      return r->entity;
    }
  }
  return DG_NO_INDEX;
}

/* "ce dernier", "the latter": the actor or person named last. */
static DgStatus
tell_last(DgTeller *t, const DgLexHit *hit, uint32_t sentence)
{
  const DgSentence *const sentences = t->scan->text->sentences;
  const uint32_t from = sentences[sentence ? sentence - 1 : 0].first;
  for (uint32_t at = hit->first; at > from; --at) {
    if (!t->name_end[at]) {
      continue;
    }
    const DgMention *const name = &t->mentions->items[t->name_end[at] - 1];
    const DgEntity *const entity = &t->entities->items[name->entity];
    if (name->sentence == sentence && is_subject(t, name->entity, sentence)) {
      continue; /* "X a signé avec celle-ci" is not X itself */
    }
    if (entity->kind == DG_ENTITY_PERSON) {
      return DG_OK;
    }
    if (dg_is_actor(entity)) {
      return add_mention(t, hit->first, hit->end, sentence, name->entity,
                         DG_MENTION_BY_PRONOUN, 0.8F, "nearest");
    }
  }
  const uint32_t entity = last_spoken_of(t, sentence);
  return entity == DG_NO_INDEX
             ? DG_OK
             : add_mention(t, hit->first, hit->end, sentence, entity,
                           DG_MENTION_BY_PRONOUN, 0.65F, "last");
}

/* First word, or first after an adjunct that names no actor: "Avec X, il". */
static bool
opens_clause(const DgTeller *t, const DgLexHit *hit)
{
  const DgText *const text = t->scan->text;
  if (text->tokens[hit->first].flags & DG_TOKEN_FIRST) {
    return true;
  }
  if (!dg_str_equal(dg_token_word(&text->tokens[hit->first - 1]),
                    DG_STR(","))) {
    return false;
  }
  for (uint32_t at = t->sentence->first; at < hit->first; ++at) {
    const uint32_t name = t->name_end[at];
    if (name &&
        dg_is_actor(&t->entities->items[t->mentions->items[name - 1].entity])) {
      return false;
    }
  }
  return true;
}

/* "Il a racheté": the subject of the sentence before, when no person is. */
static DgStatus
tell_subject(DgTeller *t, const DgLexHit *hit, uint32_t sentence)
{
  if (!opens_clause(t, hit)) {
    return DG_OK;
  }
  bool deals = false;
  for (uint32_t at = hit->end; at < t->sentence->end && at < hit->end + 4;
       ++at) {
    deals |= dg_teller_has(t, at, DG_LEX_DEAL_WORD);
  }
  const float score = deals ? 0.6F : 0.5F; /* "il faut" tells of nobody */
  for (size_t i = 0; i < t->n_recent; ++i) {
    DgRecent *const r = &t->recent[i];
    if (r->sentence + 1 == sentence && r->subject) {
      const uint32_t entity = r->entity;
      if ((hit->flags & (DG_LEX_FEMININE | DG_LEX_MASCULINE)) &&
          t->person != DG_NO_INDEX && t->person < r->token &&
          t->person >= t->scan->text->sentences[r->sentence].first) {
        return DG_OK; /* "Anne Petit dirige X. Elle" */
      }
      if (deals) { /* still the subject, though not named again */
        r->sentence = sentence;
        t->last_sentence = sentence;
      }
      return add_mention(t, hit->first, hit->end, sentence, entity,
                         DG_MENTION_BY_PRONOUN, score, "subject");
    }
  }
  return DG_OK;
}

static void
set_country(DgTeller *t, uint32_t entity, const DgLexHit *place)
{
  DgEntity *const e = &t->entities->items[entity];
  if (dg_is_actor(e) && !e->country[0]) {
    const DgLexEntry entry = dg_lexicon_entry(t->scan->lexicon, place->entry);
    memcpy(e->country, entry.country, sizeof e->country);
  }
}

/* "Norway's Kerlann": the actor that a place has. */
static void
tell_place(DgTeller *t, const DgLexHit *place)
{
  const uint32_t at = place->end;
  if (at + 1 < t->sentence->end && dg_scan_is(t->scan, at, "'s") &&
      t->name_at[at + 1]) {
    set_country(t, t->mentions->items[t->name_at[at + 1] - 1].entity, place);
  }
}

/* "Kerlann, based in Oslo": the seat of the actor named last. */
static void
tell_seat(DgTeller *t, const DgLexHit *cue, uint32_t sentence)
{
  const DgLexHit *const place =
      cue->end < t->sentence->end ? dg_scan_hit(t->scan, cue->end, DG_LEX_PLACE)
                                  : NULL;
  if (place && t->n_recent && t->recent[0].sentence == sentence &&
      t->recent[0].token + 12 > cue->first) {
    set_country(t, t->recent[0].entity, place);
  }
}

static DgStatus
tell_hit(DgTeller *t, const DgLexHit *hit, uint32_t sentence, uint32_t *until)
{
  if (hit->kind == DG_LEX_PLACE) {
    tell_place(t, hit);
    return DG_OK;
  }
  if (hit->kind == DG_LEX_CUE && hit->detail == DG_LEX_IS_SEAT) {
    tell_seat(t, hit, sentence);
    return DG_OK;
  }
  if (hit->kind == DG_LEX_TAKER && hit->detail == DG_LEX_IS_VERB) {
    t->taker = hit->first;
    return DG_OK;
  }
  if (hit->first < *until) {
    return DG_OK;
  }
  if (hit->kind == DG_LEX_PRONOUN &&
      (hit->detail == DG_LEX_IS_TWO || hit->detail == DG_LEX_IS_THREE)) {
    return DG_OK;
  }
  if (hit->kind == DG_LEX_PRONOUN &&
      (hit->detail == DG_LEX_IS_POSSESSIVE ||
       hit->detail == DG_LEX_IS_RELATIVE_OWNER)) {
    return dg_possessive_tell(t, hit, sentence);
  }
  if (hit->kind == DG_LEX_PRONOUN) {
    return hit->detail == DG_LEX_IS_LAST ? tell_last(t, hit, sentence)
                                         : tell_subject(t, hit, sentence);
  }
  if (hit->kind == DG_LEX_NATIONALITY) {
    return tell_people(t, hit, sentence);
  }
  if (hit->kind != DG_LEX_HEAD) {
    return DG_OK;
  }
  DgDescription d = { .first = hit->first,
                      .end = hit->end,
                      .sentence = sentence,
                      .head = hit,
                      .name = DG_NO_INDEX };
  dg_description_left(t, &d);
  dg_description_right(t, &d);
  *until = d.end;
  if (d.name != DG_NO_INDEX) {
    *until = t->names->items[d.name].first;
  }
  return tell_description(t, &d);
}

/* "selon Kerlann", "compiled by Kerlann": who says so, not who is told of. */
static bool
is_cited(const DgTeller *t, uint32_t at)
{
  const uint32_t start = t->sentence->first;
  at -= at > start && dg_teller_grammar(t, at - 1) == DG_LEX_IS_ARTICLE;
  return at > start && t->scan->cue[at - 1] == DG_LEX_IS_SOURCE_AFTER;
}

/* Remember the names that start before a token. */
static void
remember_until(DgTeller *t, uint32_t sentence, uint32_t token, size_t *name,
               uint32_t *until)
{
  while (*name < t->n_names && t->names->items[*name].first < token) {
    const DgMention *const m = &t->mentions->items[(*name)++];
    *until = m->end > *until ? m->end : *until;
    if (!is_cited(t, m->first)) {
      dg_mind_remember(t, m->entity, sentence, m->first);
      dg_groups_name(t, m);
    }
  }
}

/* A sentence from left to right: names are remembered as they come. */
static DgStatus
tell_sentence(DgTeller *t, uint32_t sentence, size_t *name)
{
  t->sentence = &t->scan->text->sentences[sentence];
  const uint32_t end = t->sentence->end;
  uint32_t until = t->sentence->first;
  for (uint32_t i = t->scan->first_hit[t->sentence->first];
       i < t->scan->n_hits && t->scan->hits[i].first < end; ++i) {
    const DgLexHit *const hit = &t->scan->hits[i];
    remember_until(t, sentence, hit->first + 1, name, &until);
    DG_TRY(tell_hit(t, hit, sentence, &until));
  }
  remember_until(t, sentence, end, name, &until);
  return DG_OK;
}

DgStatus
dg_entities_describe(const DgScan *scan, const DgNames *names,
                     DgEntities *entities, DgMentions *mentions)
{
  const size_t n_tokens = scan->text->n_tokens + 2;
  DgTeller t = { .scan = scan,
                 .names = names,
                 .entities = entities,
                 .mentions = mentions,
                 .n_names = names->n,
                 .last_sentence = DG_NO_INDEX,
                 .person = DG_NO_INDEX,
                 .taker = DG_NO_INDEX };
  t.name_at = DG_NEW_ARRAY(scan->arena, uint32_t, n_tokens);
  t.name_end = DG_NEW_ARRAY(scan->arena, uint32_t, n_tokens);
  t.heads = DG_NEW_ARRAY(scan->arena, uint32_t, entities->n + 1);
  t.peoples = DG_NEW_ARRAY(scan->arena, bool, entities->n + 1);
  if (!t.name_at || !t.name_end || !t.heads || !t.peoples) {
    return DG_NO_MEMORY;
  }
  for (uint32_t i = 0; i < names->n; ++i) {
    t.name_at[names->items[i].first] = i + 1;
    t.name_end[names->items[i].end] = i + 1;
  }
  size_t name = 0;
  for (uint32_t i = 0; i < scan->text->n_sentences; ++i) {
    DG_TRY(tell_sentence(&t, i, &name));
  }
  return DG_OK;
}
