/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/describe_p.h"

/*
 * Whose "its" is, and who "the two companies" are. The subject of a sentence
 * owns what is told after it, but for what it takes: "Kerlann entre à son
 * capital" is another's capital. "whose" belongs to the name beside it. A
 * plural stands for the last names that "and" ties, else for all the actors
 * of two sentences when their number is right. What stays unclear is left out.
 */

/* A possessive and its owners. */
typedef struct {
  uint32_t items[DG_GROUP_MAX]; /* [n] entities */
  uint32_t n;
  float score;
  const char *reason;
} Owners;

static void
own(Owners *owners, uint32_t entity, float score, const char *reason)
{
  owners->items[0] = entity;
  owners->n = 1;
  owners->score = score;
  owners->reason = reason;
}

static void
own_group(Owners *owners, const DgGroup *group, float score, const char *reason)
{
  memcpy(owners->items, group->items, sizeof owners->items);
  owners->n = group->n;
  owners->score = score;
  owners->reason = reason;
}

static DgStatus
tell(DgTeller *t, const DgMention *shape, const Owners *owners)
{
  DgMention mention = *shape;
  uint32_t *const others = DG_NEW_ARRAY(t->scan->arena, uint32_t, DG_GROUP_MAX);
  DG_TRY_PTR(others);
  mention.entity = owners->items[0];
  mention.others = others;
  mention.n_others = owners->n - 1;
  for (uint32_t i = 1; i < owners->n; ++i) {
    others[i - 1] = owners->items[i];
  }
  mention.value = DG_NO_INDEX;
  mention.entry = DG_NO_INDEX;
  mention.score = owners->score;
  mention.reason = owners->reason;
  return dg_teller_add(t, &mention);
}

/* ----------------------------------------------------------- several actors */

/* Do only a comma, a conjunction, an article stand between? *and for "et". */
static bool
ties(const DgTeller *t, uint32_t from, uint32_t to, bool *and)
{
  if (to <= from || to > from + 3) {
    return false;
  }
  for (uint32_t at = from; at < to; ++at) {
    const uint8_t word = dg_teller_grammar(t, at);
    *and |= word == DG_LEX_IS_CONJUNCTION;
    if (word != DG_LEX_IS_CONJUNCTION && word != DG_LEX_IS_ARTICLE &&
        !dg_scan_is(t->scan, at, ",")) {
      return false;
    }
  }
  return true;
}

static bool
group_has(const DgGroup *group, uint32_t entity)
{
  for (uint32_t i = 0; i < group->n; ++i) {
    if (group->items[i] == entity) {
      return true;
    }
  }
  return false;
}

void
dg_groups_name(DgTeller *t, const DgMention *name)
{
  const DgEntity *const entity = &t->entities->items[name->entity];
  if (entity->kind == DG_ENTITY_PERSON) {
    t->person = name->first;
  }
  if (!dg_is_actor(entity)) {
    t->group.n = 0;
    return;
  }
  bool and = false;
  const bool joined = t->group.n && t->group.n < DG_GROUP_MAX &&
                      t->group.sentence == name->sentence &&
                      ties(t, t->group.end, name->first, &and) &&
                      !group_has(&t->group, name->entity);
  t->group.n = joined ? t->group.n : 0;
  t->group.items[t->group.n++] = name->entity;
  t->group.end = name->end;
  t->group.sentence = name->sentence;
  if (and&&joined) {
    t->pair = t->group;
  }
}

/* The actors named in this sentence before `until`, and up to `back` ago. */
static DgGroup
named_lately(const DgTeller *t, uint32_t sentence, uint32_t until,
             uint32_t back)
{
  DgGroup found = { .sentence = sentence };
  for (size_t i = t->n_recent; i-- > 0;) {
    const DgRecent *const r = &t->recent[i];
    if (r->sentence + back < sentence || r->token >= until) {
      continue;
    }
    if (found.n == DG_GROUP_MAX) {
      found.n = 0; /* too many to be meant */
      return found;
    }
    found.items[found.n++] = r->entity;
  }
  return found;
}

static uint32_t
number_at(const DgTeller *t, uint32_t at)
{
  const DgLexHit *const hit = dg_scan_hit(t->scan, at, DG_LEX_PRONOUN);
  return !hit                             ? 0
         : hit->detail == DG_LEX_IS_TWO   ? 2
         : hit->detail == DG_LEX_IS_THREE ? 3
                                          : 0;
}

static bool
all_fit(const DgTeller *t, const DgGroup *group, const DgDescription *d)
{
  for (uint32_t i = 0; i < group->n; ++i) {
    const DgEntity *const entity = &t->entities->items[group->items[i]];
    if (dg_mind_fits_kind(entity, (DgLexDetail)d->head->detail, false) < 0 ||
        dg_mind_fits_country(d->country, entity->country) < 0) {
      return false;
    }
  }
  return true;
}

static bool
is_definite(const DgTeller *t, uint32_t at)
{
  const uint8_t word = dg_teller_grammar(t, at);
  return word == DG_LEX_IS_ARTICLE || word == DG_LEX_IS_DEMONSTRATIVE;
}

/* The number that stands before a head noun; `first` is where it all starts. */
static uint32_t
number_before(const DgTeller *t, const DgDescription *d, uint32_t *first)
{
  const uint32_t start = t->sentence->first;
  uint32_t at = d->head->first;
  const uint32_t own = number_at(t, at); /* the pair, le duo */
  if (own) {
    *first = at > start ? at - 1 : at;
    return at > start && is_definite(t, at - 1) ? own : 0;
  }
  for (uint32_t n = 0; at > start && n < 3; ++n) {
    const uint32_t number = number_at(t, --at);
    if (number) {
      const bool definite = at > start && is_definite(t, at - 1);
      const bool both = dg_teller_grammar(t, at) == 0;
      *first = definite ? at - 1 : at;
      return definite || both ? number : 0;
    }
    if (!dg_teller_has(t, at, DG_LEX_NATIONALITY) &&
        !dg_teller_has(t, at, DG_LEX_MODIFIER)) {
      return 0;
    }
  }
  return 0;
}

DgStatus
dg_groups_tell(DgTeller *t, const DgDescription *d)
{
  uint32_t first = d->first;
  const uint32_t n = number_before(t, d, &first);
  if (!n) {
    return DG_OK;
  }
  Owners owners = { 0 };
  const DgGroup *const pair = &t->pair;
  if (pair->n == n && pair->sentence + 2 >= d->sentence &&
      all_fit(t, pair, d)) {
    own_group(&owners, pair, 0.8F, "pair");
  }
  for (uint32_t back = 0; back < 3 && !owners.n; ++back) {
    const DgGroup lately = named_lately(t, d->sentence, first, back);
    if (lately.n == n && all_fit(t, &lately, d)) {
      own_group(&owners, &lately, 0.7F - 0.07F * (float)back, "number");
    } else if (lately.n > n) {
      break;
    }
  }
  if (!owners.n) {
    return DG_OK;
  }
  const DgMention shape = { .type = DG_MENTION_ORGS,
                            .form = DG_MENTION_BY_NOMINAL,
                            .first = first,
                            .end = d->end,
                            .sentence = d->sentence };
  return tell(t, &shape, &owners);
}

/* -------------------------------------------------------------- possessives */

static const DgRecent *
subject_of(const DgTeller *t, uint32_t sentence)
{
  for (size_t i = 0; i < t->n_recent; ++i) {
    if (t->recent[i].sentence == sentence && t->recent[i].subject) {
      return &t->recent[i];
    }
  }
  return NULL;
}

/* A person was named in the sentence, and no actor before: it may be his. */
static bool
is_of_person(const DgTeller *t, const DgRecent *subject)
{
  return t->person != DG_NO_INDEX && t->person >= t->sentence->first &&
         (!subject || t->person < subject->token);
}

/* "entre à son capital": the subject takes what another has. */
static bool
is_taken(const DgTeller *t, const DgLexHit *hit)
{
  if (t->taker == DG_NO_INDEX || t->taker < t->sentence->first ||
      hit->end >= t->sentence->end) {
    return false;
  }
  for (uint32_t at = t->taker; at < hit->first; ++at) {
    if (dg_scan_is(t->scan, at, ";") || dg_scan_is(t->scan, at, ",")) {
      return false;
    }
  }
  for (uint32_t at = hit->end; at < hit->end + 3 && at < t->sentence->end;
       ++at) {
    const DgLexHit *const what = dg_scan_hit(t->scan, at, DG_LEX_TAKER);
    if (what && what->detail == DG_LEX_IS_NOUN) {
      return true;
    }
  }
  return false;
}

/* The one of whom the sentence before told, but for its own subject. */
static void
own_other(const DgTeller *t, const DgLexHit *hit, uint32_t sentence,
          const DgRecent *subject, Owners *owners)
{
  const DgRecent *only = NULL;
  for (size_t i = 0; i < t->n_recent; ++i) {
    const DgRecent *const r = &t->recent[i];
    if (r == subject || r->sentence != sentence || r->token >= hit->first ||
        (group_has(&t->pair, r->entity) && t->pair.sentence == sentence)) {
      continue;
    }
    if (only) {
      return; /* two of them: not clear */
    }
    only = r;
  }
  if (only) {
    own(owners, only->entity, 0.6F, "not-subject");
    return;
  }
  const DgRecent *const last = sentence ? subject_of(t, sentence - 1) : NULL;
  if (last && last->entity != subject->entity) {
    own(owners, last->entity, 0.65F, "topic");
  }
}

/* "Avec ses 300 salariés, Voltiza ...": the actor that comes after. */
static void
own_next(const DgTeller *t, const DgLexHit *hit, Owners *owners)
{
  if (hit->first > t->sentence->first + 2) {
    return;
  }
  for (uint32_t at = hit->end; at + 1 < t->sentence->end; ++at) {
    if (t->name_at[at]) {
      return; /* named within the opening */
    }
    if (dg_scan_is(t->scan, at, ",")) {
      const uint32_t name = dg_name_from(t, at + 1);
      if (name != DG_NO_INDEX &&
          dg_is_actor(&t->entities->items[t->mentions->items[name].entity])) {
        own(owners, t->mentions->items[name].entity, 0.6F, "next");
      }
      return;
    }
  }
}

static void
own_one(const DgTeller *t, const DgLexHit *hit, uint32_t sentence,
        Owners *owners)
{
  const DgRecent *const subject = subject_of(t, sentence);
  if (is_of_person(t, subject)) {
    return;
  }
  if (subject && is_taken(t, hit)) {
    own_other(t, hit, sentence, subject, owners);
    return;
  }
  if (subject) {
    const DgGroup here = named_lately(t, sentence, hit->first, 0);
    own(owners, subject->entity, here.n > 1 ? 0.65F : 0.75F, "subject");
    return;
  }
  if (hit->first > t->sentence->first) {
    own_next(t, hit, owners);
  }
  const DgRecent *const topic = sentence ? subject_of(t, sentence - 1) : NULL;
  if (!owners->n && topic &&
      (t->person == DG_NO_INDEX ||
       t->person < t->scan->text->sentences[sentence - 1].first)) {
    own(owners, topic->entity, 0.6F, "topic");
  }
}

static void
own_several(const DgTeller *t, const DgLexHit *hit, uint32_t sentence,
            Owners *owners)
{
  const DgGroup *const pair = &t->pair;
  const DgRecent *const subject = subject_of(t, sentence);
  if (pair->n && pair->sentence == sentence && pair->end <= hit->first) {
    if (subject && group_has(pair, subject->entity)) {
      own_group(owners, pair, 0.75F, "pair");
    }
    return;
  }
  const DgGroup here = named_lately(t, sentence, hit->first, 0);
  if (here.n == 2) {
    own_group(owners, &here, 0.65F, "number");
  } else if (!here.n && pair->n && pair->sentence + 1 == sentence) {
    own_group(owners, pair, 0.65F, "pair");
  } else if (here.n == 1 && t->sentence->lang == DG_LANG_EN &&
             !is_of_person(t, subject)) {
    own(owners, here.items[0], 0.55F, "collective");
  }
}

/* "X, dont le capital", "X, a Leeds-based maker of pumps, whose shares". */
static void
own_beside(const DgTeller *t, const DgLexHit *hit, Owners *owners)
{
  const uint32_t start = t->sentence->first;
  uint32_t at = hit->first;
  const bool comma = at > start && dg_scan_is(t->scan, at - 1, ",");
  at -= comma;
  const bool direct = t->name_end[at] != 0;
  while (at > start && !t->name_end[at] && hit->first - at < 12) {
    --at;
    if (dg_teller_has(t, at, DG_LEX_DEAL_WORD) ||
        dg_teller_grammar(t, at) == DG_LEX_IS_AUXILIARY) {
      return;
    }
  }
  if (!t->name_end[at] ||
      (!direct && !(comma && dg_scan_is(t->scan, at, ",")))) {
    return;
  }
  const uint32_t entity = t->mentions->items[t->name_end[at] - 1].entity;
  if (dg_is_actor(&t->entities->items[entity])) {
    own(owners, entity, direct ? 0.9F : 0.65F, "beside");
  }
}

DgStatus
dg_possessive_tell(DgTeller *t, const DgLexHit *hit, uint32_t sentence)
{
  Owners owners = { 0 };
  if (hit->end < t->sentence->end &&
      (dg_teller_grammar(t, hit->end) == DG_LEX_IS_AUXILIARY ||
       dg_teller_grammar(t, hit->end) == DG_LEX_IS_CLITIC)) {
    return DG_OK; /* "leur a dit" */
  }
  if (hit->detail == DG_LEX_IS_RELATIVE_OWNER) {
    own_beside(t, hit, &owners);
  } else if (hit->flags & DG_LEX_PLURAL) {
    own_several(t, hit, sentence, &owners);
  } else {
    own_one(t, hit, sentence, &owners);
  }
  if (!owners.n) {
    return DG_OK;
  }
  const DgMention shape = { .type = DG_MENTION_POSS,
                            .form = DG_MENTION_BY_POSSESSIVE,
                            .first = hit->first,
                            .end = hit->end,
                            .sentence = sentence };
  return tell(t, &shape, &owners);
}
