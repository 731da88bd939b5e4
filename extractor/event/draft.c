/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event/event_p.h"

/* What a capture's name can stand for besides a role. */
typedef enum {
  PART_AMOUNT,
  PART_VALUATION,
  PART_STAKE,
  PART_DATE,
  PART_ROUND,
  PART_PRODUCT,
  PART_EXCLUSIVE,
  PART_SAID_BY,
  PART_NOT_AMOUNT,
  PART_NOT_DATE,
  PART_ASSET,
  PART_COUNT
} Part;

static const char *const part_names[] = {
  "amount",    "valuation", "stake",      "date",     "round", "product",
  "exclusive", "said_by",   "not_amount", "not_date", "asset",
};

static Part
part_named(DgStr name)
{
  int part = 0;
  while (part < PART_COUNT && !dg_str_equal(name, dg_str(part_names[part]))) {
    ++part;
  }
  return (Part)part;
}

bool
dg_event_takes(DgStr role)
{
  static const char *const others[] = { "subject", "object", "detail" };
  for (size_t i = 0; i < sizeof others / sizeof *others; ++i) {
    if (dg_str_equal(role, dg_str(others[i]))) {
      return true;
    }
  }
  return dg_deal_role_named(role) >= 0 || part_named(role) != PART_COUNT;
}

size_t
dg_mentions_from(const DgMentions *mentions, uint32_t sentence)
{
  size_t low = 0;
  size_t high = mentions->n;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (mentions->items[middle].sentence < sentence) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool
dg_role_has(const DgRoleFill *fill, uint32_t entity)
{
  for (size_t i = 0; i < fill->n; ++i) {
    if (fill->items[i] == entity) {
      return true;
    }
  }
  return false;
}

DgStatus
dg_role_add(DgArena *arena, DgRoleFill *fill, uint32_t entity)
{
  if (dg_role_has(fill, entity)) {
    return DG_OK;
  }
  uint32_t *const items =
      dg_vec_room(arena, fill->items, fill->n, &fill->cap, sizeof *items);
  DG_TRY_PTR(items);
  fill->items = items;
  size_t at = fill->n++;
  for (; at && items[at - 1] > entity; --at) {
    items[at] = items[at - 1];
  }
  items[at] = entity;
  return DG_OK;
}

/** First value of a kind among the mentions of a capture. */
static const DgValue *
value_of(const DgReading *reading, const DgCapture *capture, DgValueKind kind,
         uint32_t *mention)
{
  for (size_t i = 0; i < capture->n_mentions; ++i) {
    const uint32_t index = capture->mentions[i];
    const uint32_t value = reading->facts->mentions.items[index].value;
    if (value < reading->facts->n_values &&
        reading->facts->values[value].kind == kind) {
      *mention = index;
      return &reading->facts->values[value];
    }
  }
  return NULL;
}

/** Text of a capture, trimmed of what a word list may have taken with it. */
static DgStr
text_of(const DgReading *reading, const DgCapture *capture)
{
  return dg_text_of(reading->facts->text, capture->first, capture->end);
}

static DgStatus
add_product(DgReading *reading, DgDeal *deal, DgStr name)
{
  for (size_t i = 0; i < deal->n_products; ++i) {
    if (dg_str_equal(deal->products[i], name)) {
      return DG_OK;
    }
  }
  DgStr *const more = DG_NEW_ARRAY(reading->arena, DgStr, deal->n_products + 1);
  DG_TRY_PTR(more);
  for (size_t i = 0; i < deal->n_products; ++i) {
    more[i] = deal->products[i];
  }
  more[deal->n_products++] = name;
  deal->products = more;
  return DG_OK;
}

static void
fill_money(DgReading *reading, const DgCapture *capture, bool *has,
           DgMoney *money)
{
  uint32_t mention;
  const DgValue *const value =
      value_of(reading, capture, DG_VALUE_MONEY, &mention);
  if (value && !*has) {
    *has = true;
    *money = value->money;
    reading->used[mention] = true;
  }
}

static void
bar(DgReading *reading, const DgCapture *capture)
{
  for (size_t i = 0; i < capture->n_mentions; ++i) {
    reading->barred[capture->mentions[i]] = true;
  }
}

/** Length of the words before a parenthesis. */
static size_t
before_aside(DgStr words)
{
  size_t len = 0;
  while (len < words.len && words.ptr[len] != '(') {
    ++len;
  }
  while (len && words.ptr[len - 1] == ' ') {
    --len;
  }
  return len;
}

static DgStatus
fill_part(DgReading *reading, DgDraft *draft, const DgCapture *capture,
          Part part)
{
  DgDeal *const deal = &draft->deal;
  uint32_t mention = DG_NO_INDEX;
  const DgValue *value;
  switch (part) {
  case PART_AMOUNT:
    fill_money(reading, capture, &deal->has_amount, &deal->amount);
    break;
  case PART_VALUATION:
    fill_money(reading, capture, &deal->has_valuation, &deal->valuation);
    break;
  case PART_STAKE:
    value = value_of(reading, capture, DG_VALUE_PERCENT, &mention);
    if (value && !deal->has_stake) {
      deal->has_stake = true;
      deal->stake = value->number;
      reading->used[mention] = true;
    }
    break;
  case PART_DATE:
    value = value_of(reading, capture, DG_VALUE_DATE, &mention);
    if (value && deal->date.precision == DG_DATE_NONE) {
      deal->date = value->date;
      draft->date_mention = mention;
      reading->used[mention] = true;
    }
    break;
  case PART_ROUND:
    deal->round = deal->round.ptr ? deal->round : text_of(reading, capture);
    break;
  case PART_PRODUCT:
    return add_product(reading, deal, text_of(reading, capture));
  case PART_EXCLUSIVE:
    deal->exclusive = 1;
    break;
  case PART_SAID_BY:
    deal->said_by =
        deal->said_by.ptr ? deal->said_by : text_of(reading, capture);
    break;
  case PART_NOT_AMOUNT:
  case PART_NOT_DATE:
    bar(reading, capture);
    break;
  case PART_ASSET:
    draft->asset = text_of(reading, capture);
    draft->asset = dg_str_sub(draft->asset, 0, before_aside(draft->asset));
    break;
  case PART_COUNT:
    break;
  }
  return DG_OK;
}

static bool
fills_any_role(const DgDeal *deal, uint32_t entity)
{
  for (size_t r = 0; r < DG_ROLE_COUNT; ++r) {
    if (dg_role_has(&deal->roles[r], entity)) {
      return true;
    }
  }
  return false;
}

/** Roles that one actor may hold together in one deal. */
static bool
goes_with_others(DgDealRole role)
{
  return role == DG_ROLE_LEAD_INVESTOR || role == DG_ROLE_SUPPLIER ||
         role == DG_ROLE_CUSTOMER || role == DG_ROLE_INVESTOR ||
         role == DG_ROLE_PARTNER;
}

/** Give an actor a role, and the role that goes with it; *given counts it. */
static DgStatus
give_role(DgReading *reading, DgDeal *deal, DgDealRole role, uint32_t entity,
          uint32_t *given)
{
  DgRoleFill *const roles = deal->roles;
  if (entity >= reading->facts->entities.n ||
      (fills_any_role(deal, entity) &&
       !(goes_with_others(role) &&
         (dg_role_has(&roles[DG_ROLE_INVESTOR], entity) ||
          dg_role_has(&roles[DG_ROLE_PARTNER], entity) ||
          dg_role_has(&roles[DG_ROLE_LEAD_INVESTOR], entity))))) {
    return DG_OK;
  }
  ++*given;
  DG_TRY(dg_role_add(reading->arena, &roles[role], entity));
  if (role == DG_ROLE_LEAD_INVESTOR) {
    return dg_role_add(reading->arena, &roles[DG_ROLE_INVESTOR], entity);
  }
  if (role == DG_ROLE_SUPPLIER || role == DG_ROLE_CUSTOMER) {
    return dg_role_add(reading->arena, &roles[DG_ROLE_PARTNER], entity);
  }
  return DG_OK;
}

static DgStatus
fill_role(DgReading *reading, DgDraft *draft, const DgCapture *capture,
          DgDealRole role)
{
  DgDeal *const deal = &draft->deal;
  for (size_t i = 0; i < capture->n_mentions; ++i) {
    const DgMention *const mention =
        &reading->facts->mentions.items[capture->mentions[i]];
    uint32_t given = 0;
    DG_TRY(give_role(reading, deal, role, mention->entity, &given));
    for (uint32_t k = 0; k < mention->n_others; ++k) {
      DG_TRY(give_role(reading, deal, role, mention->others[k], &given));
    }
    for (uint32_t k = 0; k < given; ++k) {
      deal->confidence *= (double)mention->score;
    }
    if (given) {
      reading->used[capture->mentions[i]] = true;
    }
  }
  return DG_OK;
}

/* ---- what is sold, named by common words ---- */

/**
 * "l'usine de Calais" is told apart from other plants by whose it is: its key
 * holds its owner's. No folded name has a colon.
 */
static DgStr
asset_key(DgReading *reading, const DgEntity *owner, DgStr words)
{
  const DgStr folded = dg_entity_fold(words, reading->arena);
  char *const key = folded.ptr ? dg_arena_alloc(reading->arena,
                                                owner->key.len + folded.len + 2)
                               : NULL;
  if (!key) {
    return DG_STR_NONE;
  }
  memcpy(key, owner->key.ptr, owner->key.len);
  key[owner->key.len] = ':';
  memcpy(key + owner->key.len + 1, folded.ptr, folded.len);
  key[owner->key.len + 1 + folded.len] = '\0';
  return dg_str_n(key, owner->key.len + 1 + folded.len);
}

/** Index of the entity with this key, made when there is none yet. */
static DgStatus
asset_entity(DgReading *reading, DgStr words, DgStr key, uint32_t *index)
{
  DgEntities *const all = &reading->facts->entities;
  for (size_t i = 0; i < all->n; ++i) {
    if (dg_str_equal(all->items[i].key, key)) {
      *index = (uint32_t)i;
      return DG_OK;
    }
  }
  *index = (uint32_t)all->n;
  DgEntity *const entity = DG_VEC_ADD(reading->arena, all);
  DG_TRY_PTR(entity);
  *entity = (DgEntity){ .name = words,
                        .key = key,
                        .kind = DG_ENTITY_PRODUCT,
                        .entry = DG_NO_INDEX,
                        .parent = DG_NO_INDEX,
                        .mentions = 1 };
  return DG_OK;
}

DgStatus
dg_draft_name_asset(DgReading *reading, DgDraft *draft)
{
  DgRoleFill *const roles = draft->deal.roles;
  const DgRoleFill *const owner = roles[DG_ROLE_SELLER].n
                                      ? &roles[DG_ROLE_SELLER]
                                      : &roles[DG_ROLE_ACQUIRER];
  if (!draft->asset.len || !owner->n) {
    return DG_OK;
  }
  const DgStr key = asset_key(
      reading, &reading->facts->entities.items[owner->items[0]], draft->asset);
  DG_TRY_PTR(key.ptr);
  uint32_t index;
  DG_TRY(asset_entity(reading, draft->asset, key, &index));
  return dg_role_add(reading->arena, &roles[DG_ROLE_TARGET], index);
}

DgStatus
dg_step_add(DgReading *reading, DgSteps *steps, DgStepKind kind,
            const DgMatch *match, DgStr what)
{
  DgStep *const step = DG_VEC_ADD(reading->arena, steps);
  DG_TRY_PTR(step);
  *step = (DgStep){ .kind = kind, .match = DG_NO_INDEX, .what = what };
  if (match) {
    step->match = (uint32_t)(match - reading->matches->items);
  }
  return DG_OK;
}

/** Parts that a deal has: it grows when a capture adds one. */
static size_t
parts_of(const DgDeal *deal)
{
  size_t n = (size_t)deal->has_amount + deal->has_valuation + deal->has_stake;
  n += (size_t)(deal->date.precision != DG_DATE_NONE) + (deal->exclusive >= 0) +
       (deal->round.ptr != NULL) + (deal->said_by.ptr != NULL) +
       deal->n_products;
  for (size_t r = 0; r < DG_ROLE_COUNT; ++r) {
    n += deal->roles[r].n;
  }
  return n;
}

DgStatus
dg_draft_fill(DgReading *reading, DgDraft *draft, const DgMatch *match,
              const DgCapture *capture)
{
  const int role = dg_deal_role_named(capture->role);
  const size_t before = parts_of(&draft->deal);
  if (role >= 0) {
    DG_TRY(fill_role(reading, draft, capture, (DgDealRole)role));
  } else {
    DG_TRY(fill_part(reading, draft, capture, part_named(capture->role)));
  }
  return parts_of(&draft->deal) == before
             ? DG_OK
             : dg_step_add(reading, &draft->deal.steps, DG_STEP_FILL, match,
                           capture->role);
}
