/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/describe.h"

#include "base/vec.h"

enum {
  LEFT_MAX = 6,     /* words of a description before its head */
  RIGHT_MAX = 14,   /* words after it */
  RECENT = 12,      /* entities that are kept in mind */
  LAST_MAX = 3,     /* sentences that "ce dernier" reaches back */
  SENTENCES_MAX = 6 /* how far back a description reaches */
};

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
} Description;

/* An entity in mind. */
typedef struct {
  uint32_t entity;
  uint32_t sentence; /* where it was last named */
  uint32_t token;    /* where there */
  bool subject;      /* was the first actor of that sentence */
} Recent;

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
  Recent recent[RECENT];
  size_t n_recent;
  uint32_t last_sentence; /* of the last actor that was named */
  const DgSentence *sentence;
} Teller;

static bool
has(const Teller *t, uint32_t at, DgLexKind kind)
{
  return dg_scan_has(t->scan, at, kind);
}

static uint8_t
grammar(const Teller *t, uint32_t at)
{
  return dg_scan_grammar(t->scan, at);
}

static bool
is_lower_word(const Teller *t, uint32_t at)
{
  return (t->scan->text->tokens[at].flags & DG_TOKEN_WORD) &&
         !dg_scan_is_capital(t->scan, at);
}

static void
note_country(const Teller *t, uint32_t at, Description *d)
{
  static const DgLexKind kinds[] = { DG_LEX_NATIONALITY, DG_LEX_PLACE };
  for (size_t i = 0; i < 2 && !d->country[0]; ++i) {
    const DgLexHit *const hit = dg_scan_hit(t->scan, at, kinds[i]);
    if (hit) {
      const DgLexEntry entry = dg_lexicon_entry(t->scan->lexicon, hit->entry);
      memcpy(d->country, entry.country, sizeof d->country);
    }
  }
}

/* ------------------------------------------------------------ its extent */

/* "Paris-based" ends at token `at`: its first token, or `at` + 1. */
static uint32_t
based_first(const Teller *t, uint32_t at)
{
  const uint32_t start = t->sentence->first;
  if (at < start + 2 || !is_lower_word(t, at) ||
      !dg_scan_is(t->scan, at - 1, "-")) {
    return at + 1;
  }
  for (uint32_t first = at - 2; first + 5 > at; --first) {
    const DgLexHit *const hit = dg_scan_hit(t->scan, first, DG_LEX_PLACE);
    if (hit && hit->end == at - 1) {
      return first;
    }
    if (first == start) {
      break;
    }
  }
  return at + 1;
}

/* May this word stand between determiner and head? */
static bool
is_premodifier(const Teller *t, uint32_t at)
{
  if (grammar(t, at)) {
    return false;
  }
  if (has(t, at, DG_LEX_MODIFIER) || has(t, at, DG_LEX_NATIONALITY) ||
      has(t, at, DG_LEX_HEAD)) {
    return true;
  }
  if (t->sentence->lang == DG_LANG_FR) {
    return false;
  }
  return (is_lower_word(t, at) && !has(t, at, DG_LEX_DEAL_WORD)) ||
         dg_scan_is(t->scan, at, "-");
}

/* The first token of a place that ends before `at`, English; or `at`. */
static uint32_t
town_first(const Teller *t, uint32_t at)
{
  const uint32_t name = t->name_end[at];
  return name && t->sentence->lang == DG_LANG_EN &&
                 t->names->items[name - 1].type == DG_MENTION_PLACE
             ? t->names->items[name - 1].first
             : at;
}

static void
read_left(const Teller *t, Description *d)
{
  const uint32_t start = t->sentence->first;
  uint32_t sure = d->first; /* after what surely belongs to it */
  uint32_t at = d->first;
  for (int n = 0; n < LEFT_MAX && at > start; ++n) {
    const uint32_t based = based_first(t, at - 1);
    const uint32_t town = town_first(t, at);
    if (town < at) {
      note_country(t, town, d);
      d->town = true;
      at = town;
      sure = at;
    } else if (based < at) {
      note_country(t, based, d);
      at = based;
      sure = at;
      d->specific = true;
    } else if (t->name_end[at] || !is_premodifier(t, at - 1)) {
      break;
    } else {
      --at;
      note_country(t, at, d);
      if (has(t, at, DG_LEX_NATIONALITY) || has(t, at, DG_LEX_MODIFIER)) {
        sure = at;
      } else {
        d->specific = true;
      }
    }
  }
  const uint8_t word = at > start ? grammar(t, at - 1) : 0;
  d->definite = word == DG_LEX_IS_ARTICLE || word == DG_LEX_IS_DEMONSTRATIVE;
  d->indefinite = word == DG_LEX_IS_INDEFINITE;
  d->possessive = word == DG_LEX_IS_POSSESSIVE;
  if (d->definite || d->indefinite) {
    d->first = at - 1;
  } else if (word == DG_LEX_IS_CONTRACTED || word == DG_LEX_IS_LINK_ARTICLE) {
    d->definite = true;
    d->first = at;
  } else {
    d->first = sure;
  }
}

/* The name at a token, an opening quote stepped over; or DG_NO_INDEX. */
static uint32_t
name_from(const Teller *t, uint32_t at)
{
  if (at < t->sentence->end &&
      !(t->scan->text->tokens[at].flags & DG_TOKEN_WORD) &&
      (dg_scan_is(t->scan, at, "\"") || dg_scan_is(t->scan, at, "\xC2\xAB") ||
       dg_scan_is(t->scan, at, "\xE2\x80\x9C"))) {
    ++at;
  }
  return at < t->sentence->end && t->name_at[at] ? t->name_at[at] - 1
                                                 : DG_NO_INDEX;
}

/* A word of the complement: after "de la", or an adjective. */
static bool
is_complement(const Teller *t, uint32_t at, bool *open, Description *d)
{
  const uint8_t word = grammar(t, at);
  if (word == DG_LEX_IS_LINK || word == DG_LEX_IS_LINK_ARTICLE) {
    *open = true;
    d->specific |= !d->loose;
    return true;
  }
  if (word == DG_LEX_IS_CONTRACTED || word == DG_LEX_IS_ARTICLE ||
      word == DG_LEX_IS_PREPOSITION) {
    *open = true;
    d->loose |= word != DG_LEX_IS_ARTICLE;
    return true;
  }
  if (word == DG_LEX_IS_CONJUNCTION) {
    *open = true;
    return true;
  }
  if (word) {
    return false;
  }
  if (has(t, at, DG_LEX_NATIONALITY)) {
    if (*open && dg_scan_is_capital(t->scan, at)) {
      return false; /* "la plateforme de l'Américain": another actor */
    }
    note_country(t, at, d);
    *open = false;
    return true;
  }
  if (has(t, at, DG_LEX_MODIFIER) || has(t, at, DG_LEX_HEAD)) {
    *open = false;
    return true;
  }
  const bool acronym = has(t, at, DG_LEX_NOT_NAME);
  if (*open && (is_lower_word(t, at) || acronym)) {
    *open = false;
    return true;
  }
  return dg_scan_is(t->scan, at, "-");
}

/* "la société de Grasse": a place right after the link says the country. */
static void
read_town(const Teller *t, uint32_t at, Description *d)
{
  if (at == d->end + 1 && t->name_at[at] &&
      t->names->items[t->name_at[at] - 1].type == DG_MENTION_PLACE &&
      grammar(t, at - 1) == DG_LEX_IS_LINK) {
    note_country(t, at, d);
    d->town = true;
    d->specific = false;
  }
}

static void
read_right(const Teller *t, Description *d)
{
  bool open = false;
  uint32_t at = d->head ? d->head->end : d->end;
  d->end = at;
  d->name = name_from(t, at);
  if (d->name != DG_NO_INDEX || t->sentence->lang == DG_LANG_EN) {
    return;
  }
  bool tight = true; /* still head and adjectives only */
  for (int n = 0; n < RIGHT_MAX && at < t->sentence->end; ++n, ++at) {
    if (!open && n) {
      d->name = name_from(t, at);
      if (d->name != DG_NO_INDEX) {
        return;
      }
    }
    const DgLexHit *const head = dg_scan_hit(t->scan, at, DG_LEX_HEAD);
    if (head && head->end > at + 1 && head->end <= t->sentence->end) {
      at = head->end - 1;
      open = false;
    } else if (t->name_at[at] || !is_complement(t, at, &open, d)) {
      read_town(t, at, d);
      break;
    }
    tight &= !open && !grammar(t, at);
    if (tight || (!open && n && !d->loose)) {
      d->end = at + 1;
    }
  }
  d->name = DG_NO_INDEX;
}

/* ------------------------------------------------------- what is in mind */

static bool
is_actor(const DgEntity *entity)
{
  return entity->kind != DG_ENTITY_PERSON &&
         entity->kind != DG_ENTITY_PRODUCT && entity->kind != DG_ENTITY_PLACE;
}

static void
remember(Teller *t, uint32_t entity, uint32_t sentence, uint32_t token)
{
  if (!is_actor(&t->entities->items[entity])) {
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
    t->n_recent += t->n_recent < RECENT;
    at = t->n_recent - 1;
  }
  memmove(&t->recent[1], &t->recent[0], at * sizeof *t->recent);
  t->recent[0] = (Recent){ entity, sentence, token, subject };
  t->last_sentence = sentence;
}

/* -1 for kinds that cannot be, 1 for the same, 0 for not known. */
static int
fits_kind(const DgEntity *entity, DgLexDetail head, bool listed)
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
is_listed(const Teller *t, const DgEntity *entity)
{
  return entity->entry != DG_NO_INDEX &&
         dg_lexicon_entry(t->scan->lexicon, entity->entry).ticker.len > 0;
}

/* An agency or paper that is named once is the source of the news. */
static bool
is_source(const Teller *t, const DgEntity *entity)
{
  return entity->mentions == 1 && entity->entry != DG_NO_INDEX &&
         dg_lexicon_entry(t->scan->lexicon, entity->entry).is ==
             DG_LEX_IS_MEDIA;
}

static int
fits_country(const char *wanted, const char *country)
{
  if (!wanted[0]) {
    return 0;
  }
  return !country[0] ? 0 : memcmp(wanted, country, 2) ? -1 : 1;
}

/* "le producteur breton d'électricité": more than head and people. */
static bool
is_narrow(const Description *d)
{
  return d->specific && d->country[0] && !d->town && d->head &&
         d->head->detail == DG_LEX_IS_COMPANY &&
         !(d->head->flags & DG_LEX_AMBIGUOUS);
}

/* How well an entity in mind fits a description; below 0 when it cannot. */
static float
fitness(const Teller *t, const Recent *recent, const Description *d,
        uint32_t sentence)
{
  const DgEntity *const entity = &t->entities->items[recent->entity];
  const uint32_t distance = sentence - recent->sentence;
  const int country = fits_country(d->country, entity->country);
  const int kind = d->head ? fits_kind(entity, (DgLexDetail)d->head->detail,
                                       is_listed(t, entity))
                           : 0;
  if (distance > SENTENCES_MAX || country < 0 || kind < 0 ||
      is_source(t, entity) || (!d->head && country < 1)) {
    return -1;
  }
  float score = 0.55F - 0.07F * (float)distance;
  /* A narrow one may be of somebody new: only a fellow countryman fits, and
     not the subject of the sentence that it stands in. */
  if (is_narrow(d) && (country < 1 || (recent->subject && !distance))) {
    return -1;
  }
  score += recent->subject ? 0.12F : 0;
  score -= is_narrow(d) ? 0.1F : 0;
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
static uint32_t
resolve(const Teller *t, const Description *d, uint32_t sentence, float *score)
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

/* ------------------------------------------------------------- telling it */

static DgStatus
add_mention(Teller *t, uint32_t first, uint32_t end, uint32_t sentence,
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
learn(Teller *t, uint32_t entity, const Description *d)
{
  DgEntity *const e = &t->entities->items[entity];
  if (!e->country[0] && is_actor(e)) {
    memcpy(e->country, d->country, sizeof e->country);
  }
  if (!d->head) {
    return;
  }
  t->heads[entity] = d->head->entry + 1;
  const DgEntityKind kind = dg_entity_kind_of((DgLexDetail)d->head->detail);
  if (kind && is_actor(e) && !e->sure) {
    e->kind = kind;
    e->sure = kind != DG_ENTITY_COMPANY;
  }
}

/* The name that a comma sets off from a description, or DG_NO_INDEX. */
static uint32_t
name_beside(const Teller *t, const Description *d)
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
  const uint32_t name = name_from(t, d->end + 1);
  if (name == DG_NO_INDEX) {
    return name;
  }
  const uint32_t end = t->names->items[name].end;
  const bool closed = end >= s->end || dg_scan_is(t->scan, end, ",") ||
                      dg_scan_is(t->scan, end, ".");
  return closed ? name : DG_NO_INDEX;
}

static bool
is_plural(const Description *d)
{
  return d->head && (d->head->flags & DG_LEX_PLURAL);
}

/* A description joined to a name: one mention. */
static void
join_name(Teller *t, const Description *d)
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
may_resolve(const Description *d)
{
  if (d->definite && !is_plural(d) && is_narrow(d)) {
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
tell_description(Teller *t, Description *d)
{
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
    if (!is_actor(&t->entities->items[name->entity])) {
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
      may_resolve(d) ? resolve(t, d, d->sentence, &score) : DG_NO_INDEX;
  if (entity == DG_NO_INDEX) {
    return DG_OK;
  }
  DgEntity *const found = &t->entities->items[entity];
  if (!found->country[0] && score > 0.6F) {
    memcpy(found->country, d->country, sizeof found->country);
  }
  t->peoples[entity] |= !d->head;
  remember(t, entity, d->sentence, d->first);
  return add_mention(t, d->first, d->end, d->sentence, entity,
                     DG_MENTION_BY_NOMINAL, score, "description");
}

/* "l'Américain": article and the name of a people, no noun. */
static DgStatus
tell_people(Teller *t, const DgLexHit *hit, uint32_t sentence)
{
  const uint8_t word =
      hit->first > t->sentence->first ? grammar(t, hit->first - 1) : 0;
  const bool contracted =
      word == DG_LEX_IS_CONTRACTED || word == DG_LEX_IS_LINK_ARTICLE;
  if ((word != DG_LEX_IS_ARTICLE && !contracted) ||
      (hit->flags & DG_LEX_PLURAL) || t->sentence->lang != DG_LANG_FR) {
    return DG_OK;
  }
  const DgLexWord article = dg_scan_word(t->scan, hit->first - 1);
  Description d = { .first = contracted ? hit->first : hit->first - 1,
                    .end = hit->end,
                    .sentence = sentence,
                    .definite = true,
                    .name = DG_NO_INDEX };
  if (article.flags & DG_LEX_PLURAL) {
    return DG_OK;
  }
  note_country(t, hit->first, &d);
  d.name = name_from(t, hit->end);
  /* "le belge" without a capital counts as the subject of a verb, or as one
     that a comma sets off at the start of a sentence. */
  const bool opens = hit->first == t->sentence->first + 1;
  const bool acts = hit->end < t->sentence->end &&
                    (grammar(t, hit->end) == DG_LEX_IS_AUXILIARY ||
                     has(t, hit->end, DG_LEX_DEAL_WORD) ||
                     (opens && dg_scan_is(t->scan, hit->end, ",")));
  if (d.name == DG_NO_INDEX && !acts &&
      !dg_scan_is_capital(t->scan, hit->first)) {
    return DG_OK;
  }
  return tell_description(t, &d);
}

static bool
is_subject(const Teller *t, uint32_t entity, uint32_t sentence)
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
last_spoken_of(const Teller *t, uint32_t sentence)
{
  for (size_t i = 0; i < t->n_recent; ++i) {
    const Recent *const r = &t->recent[i];
    if (r->sentence + LAST_MAX >= sentence &&
        !(r->sentence == sentence && r->subject)) {
      return r->entity;
    }
  }
  return DG_NO_INDEX;
}

/* "ce dernier", "the latter": the actor or person named last. */
static DgStatus
tell_last(Teller *t, const DgLexHit *hit, uint32_t sentence)
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
    if (is_actor(entity)) {
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
opens_clause(const Teller *t, const DgLexHit *hit)
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
        is_actor(&t->entities->items[t->mentions->items[name - 1].entity])) {
      return false;
    }
  }
  return true;
}

/* "Il a racheté": the subject of the sentence before, when no person is. */
static DgStatus
tell_subject(Teller *t, const DgLexHit *hit, uint32_t sentence)
{
  if (!opens_clause(t, hit)) {
    return DG_OK;
  }
  bool deals = false;
  for (uint32_t at = hit->end; at < t->sentence->end && at < hit->end + 4;
       ++at) {
    deals |= has(t, at, DG_LEX_DEAL_WORD);
  }
  const float score = deals ? 0.6F : 0.5F; /* "il faut" tells of nobody */
  for (size_t i = 0; i < t->n_recent; ++i) {
    Recent *const r = &t->recent[i];
    if (r->sentence + 1 == sentence && r->subject) {
      const uint32_t entity = r->entity;
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
set_country(Teller *t, uint32_t entity, const DgLexHit *place)
{
  DgEntity *const e = &t->entities->items[entity];
  if (is_actor(e) && !e->country[0]) {
    const DgLexEntry entry = dg_lexicon_entry(t->scan->lexicon, place->entry);
    memcpy(e->country, entry.country, sizeof e->country);
  }
}

/* "Norway's Kerlann": the actor that a place has. */
static void
tell_place(Teller *t, const DgLexHit *place)
{
  const uint32_t at = place->end;
  if (at + 1 < t->sentence->end && dg_scan_is(t->scan, at, "'s") &&
      t->name_at[at + 1]) {
    set_country(t, t->mentions->items[t->name_at[at + 1] - 1].entity, place);
  }
}

/* "Kerlann, based in Oslo": the seat of the actor named last. */
static void
tell_seat(Teller *t, const DgLexHit *cue, uint32_t sentence)
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
tell_hit(Teller *t, const DgLexHit *hit, uint32_t sentence, uint32_t *until)
{
  if (hit->kind == DG_LEX_PLACE) {
    tell_place(t, hit);
    return DG_OK;
  }
  if (hit->kind == DG_LEX_CUE && hit->detail == DG_LEX_IS_SEAT) {
    tell_seat(t, hit, sentence);
    return DG_OK;
  }
  if (hit->first < *until) {
    return DG_OK;
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
  Description d = { .first = hit->first,
                    .end = hit->end,
                    .sentence = sentence,
                    .head = hit,
                    .name = DG_NO_INDEX };
  read_left(t, &d);
  read_right(t, &d);
  *until = d.end;
  if (d.name != DG_NO_INDEX) {
    *until = t->names->items[d.name].first;
  }
  return tell_description(t, &d);
}

/* A sentence from left to right: names are remembered as they come. */
static DgStatus
tell_sentence(Teller *t, uint32_t sentence, size_t *name)
{
  t->sentence = &t->scan->text->sentences[sentence];
  const uint32_t end = t->sentence->end;
  uint32_t until = t->sentence->first;
  for (uint32_t i = t->scan->first_hit[t->sentence->first];
       i < t->scan->n_hits && t->scan->hits[i].first < end; ++i) {
    const DgLexHit *const hit = &t->scan->hits[i];
    while (*name < t->n_names && t->names->items[*name].first <= hit->first) {
      const DgMention *const m = &t->mentions->items[*name];
      remember(t, m->entity, sentence, m->first);
      until = m->end > until ? m->end : until;
      ++*name;
    }
    DG_TRY(tell_hit(t, hit, sentence, &until));
  }
  while (*name < t->n_names && t->names->items[*name].first < end) {
    const DgMention *const m = &t->mentions->items[*name];
    remember(t, m->entity, sentence, m->first);
    ++*name;
  }
  return DG_OK;
}

DgStatus
dg_entities_describe(const DgScan *scan, const DgNames *names,
                     DgEntities *entities, DgMentions *mentions)
{
  const size_t n_tokens = scan->text->n_tokens + 2;
  Teller t = { .scan = scan,
               .names = names,
               .entities = entities,
               .mentions = mentions,
               .n_names = names->n,
               .last_sentence = DG_NO_INDEX };
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
