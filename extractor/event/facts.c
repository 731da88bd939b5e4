/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event/facts.h"

#include "base/json.h"

static const char *const type_texts[] = {
#define TYPE_TEXT(name) #name,
  DG_DEAL_TYPES(TYPE_TEXT)
#undef TYPE_TEXT
};

static const char *const status_texts[] = {
#define STATUS_TEXT(name, text) text,
  DG_DEAL_STATUSES(STATUS_TEXT)
#undef STATUS_TEXT
};

static const char *const role_texts[] = {
#define ROLE_TEXT(name, text) text,
  DG_DEAL_ROLES(ROLE_TEXT)
#undef ROLE_TEXT
};

static const char *const relation_texts[] = {
#define RELATION_TEXT(name, text) text,
  DG_RELATION_TYPES(RELATION_TEXT)
#undef RELATION_TEXT
};

static const char *const step_texts[] = {
#define STEP_TEXT(name, text) text,
  DG_DEAL_STEPS(STEP_TEXT)
#undef STEP_TEXT
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *
dg_deal_type_text(DgDealType type)
{
  return type_texts[type];
}

const char *
dg_deal_status_text(DgDealStatus status)
{
  return status_texts[status];
}

const char *
dg_deal_role_text(DgDealRole role)
{
  return role_texts[role];
}

const char *
dg_step_kind_text(DgStepKind kind)
{
  return step_texts[kind];
}

const char *
dg_relation_type_text(DgRelationType type)
{
  return relation_texts[type];
}

static int
named(DgStr name, const char *const *texts, size_t n)
{
  for (size_t i = 0; i < n; ++i) {
    if (dg_str_equal(name, dg_str(texts[i]))) {
      return (int)i;
    }
  }
  return -1;
}

int
dg_deal_type_named(DgStr name)
{
  return named(name, type_texts, COUNT(type_texts));
}

int
dg_deal_status_named(DgStr name)
{
  return named(name, status_texts, COUNT(status_texts));
}

int
dg_deal_role_named(DgStr name)
{
  return named(name, role_texts, COUNT(role_texts));
}

int
dg_relation_type_named(DgStr name)
{
  return named(name, relation_texts, COUNT(relation_texts));
}

DgDealFamily
dg_deal_family(DgDealType type)
{
  switch (type) {
  case DG_DEAL_Investment:
  case DG_DEAL_FundingRound:
    return DG_FAMILY_INVESTMENT;
  case DG_DEAL_Acquisition:
  case DG_DEAL_Merger:
  case DG_DEAL_Divestiture:
    return DG_FAMILY_ACQUISITION;
  case DG_DEAL_ProductLaunch:
    return DG_FAMILY_LAUNCH;
  default:
    return DG_FAMILY_PARTNERSHIP;
  }
}

/* ---- JSON ---- */

static void
add_key(DgBuf *out, const char *key)
{
  dg_buf_printf(out, "\"%s\": ", key);
}

static void
add_string(DgBuf *out, const char *key, DgStr value)
{
  add_key(out, key);
  dg_json_add_string(out, value);
}

static void
add_date(DgBuf *out, const char *key, DgDate date)
{
  char text[DG_DATE_TEXT];
  const size_t n =
      date.precision == DG_DATE_NONE ? 0 : dg_date_write(date, text);
  add_string(out, key, n ? dg_str_n(text, n) : DG_STR_NONE);
}

static void
add_decimal(DgBuf *out, const char *key, DgDecimal value)
{
  char text[DG_DECIMAL_TEXT];
  const size_t n = dg_decimal_write(value, text);
  add_key(out, key);
  dg_buf_add(out, dg_str_n(text, n));
}

static void
add_money(DgBuf *out, const char *key, bool has, const DgMoney *money)
{
  add_key(out, key);
  if (!has) {
    dg_buf_add(out, DG_STR("null"));
    return;
  }
  dg_buf_add_char(out, '{');
  add_decimal(out, "value", money->value);
  if (money->is_range) {
    dg_buf_add(out, DG_STR(", "));
    add_decimal(out, "value_max", money->value_max);
  }
  dg_buf_add(out, DG_STR(", "));
  add_string(out, "currency",
             money->currency[0] ? dg_str(money->currency) : DG_STR_NONE);
  dg_buf_add(out, DG_STR(", "));
  add_string(out, "qualifier", dg_str(dg_qualifier_text(money->qualifier)));
  dg_buf_add_char(out, '}');
}

static void
add_roles(DgBuf *out, const DgFacts *facts, const DgDeal *deal)
{
  add_key(out, "roles");
  dg_buf_add_char(out, '{');
  bool first = true;
  for (size_t r = 0; r < DG_ROLE_COUNT; ++r) {
    const DgRoleFill *const fill = &deal->roles[r];
    if (!fill->n) {
      continue;
    }
    dg_buf_add(out, dg_str(first ? "" : ", "));
    first = false;
    add_key(out, role_texts[r]);
    dg_buf_add_char(out, '[');
    for (size_t i = 0; i < fill->n; ++i) {
      dg_buf_add(out, dg_str(i ? ", " : ""));
      dg_json_add_string(out, facts->entities.items[fill->items[i]].name);
    }
    dg_buf_add_char(out, ']');
  }
  dg_buf_add_char(out, '}');
}

static void
add_deal(DgBuf *out, const DgFacts *facts, const DgDeal *deal)
{
  dg_buf_add_char(out, '{');
  add_string(out, "type", dg_str(type_texts[deal->type]));
  dg_buf_add(out, DG_STR(", "));
  add_string(out, "status", dg_str(status_texts[deal->status]));
  dg_buf_add(out, DG_STR(", "));
  add_string(out, "cue", deal->cue);
  dg_buf_add(out, DG_STR(", "));
  add_string(out, "said_by", deal->said_by);
  dg_buf_add(out, DG_STR(", "));
  add_roles(out, facts, deal);
  dg_buf_add(out, DG_STR(", "));
  add_money(out, "amount", deal->has_amount, &deal->amount);
  dg_buf_add(out, DG_STR(", "));
  if (deal->has_stake) {
    add_decimal(out, "stake_percent", deal->stake);
  } else {
    dg_buf_add(out, DG_STR("\"stake_percent\": null"));
  }
  dg_buf_add(out, DG_STR(", "));
  add_money(out, "valuation", deal->has_valuation, &deal->valuation);
  dg_buf_add(out, DG_STR(", "));
  add_string(out, "round", deal->round);
  dg_buf_add(out, DG_STR(", "));
  add_date(out, "date", deal->date);
  dg_buf_printf(out, ", \"exclusive\": %s, \"products\": [",
                deal->exclusive < 0    ? "null"
                : deal->exclusive == 0 ? "false"
                                       : "true");
  for (size_t i = 0; i < deal->n_products; ++i) {
    dg_buf_add(out, dg_str(i ? ", " : ""));
    dg_json_add_string(out, deal->products[i]);
  }
  dg_buf_add(out, DG_STR("], "));
  const DgEvidence *const evidence = &deal->evidence[0];
  add_string(out, "evidence", evidence->quote);
  dg_buf_printf(out, ", \"begin\": %zu, \"end\": %zu, ", evidence->chars.begin,
                evidence->chars.end);
  add_string(out, "rule", evidence->rule);
  dg_buf_printf(out, ", \"confidence\": %.2f}", deal->confidence);
}

static void
add_relations(DgBuf *out, const DgFacts *facts)
{
  dg_buf_add(out, DG_STR(", \"relations\": ["));
  for (size_t i = 0; i < facts->n_relations; ++i) {
    const DgRelation *const r = &facts->relations[i];
    dg_buf_add(out, dg_str(i ? ", {" : "{"));
    add_string(out, "type", dg_str(relation_texts[r->type]));
    dg_buf_add(out, DG_STR(", "));
    add_string(out, "subject", facts->entities.items[r->subject].name);
    dg_buf_add(out, DG_STR(", "));
    add_string(out, "object", facts->entities.items[r->object].name);
    dg_buf_add(out, DG_STR(", "));
    add_string(out, "evidence", r->evidence.quote);
    dg_buf_add(out, DG_STR(", "));
    add_string(out, "rule", r->evidence.rule);
    dg_buf_printf(out, ", \"confidence\": %.2f}", r->confidence);
  }
  dg_buf_add_char(out, ']');
}

static void
add_people(DgBuf *out, const DgFacts *facts)
{
  dg_buf_add(out, DG_STR(", \"people\": ["));
  bool first = true;
  for (size_t i = 0; i < facts->n_relations; ++i) {
    const DgRelation *const r = &facts->relations[i];
    const bool founder = r->type == DG_RELATION_FOUNDER;
    if (!founder && r->type != DG_RELATION_EXECUTIVE) {
      continue;
    }
    dg_buf_add(out, dg_str(first ? "{" : ", {"));
    first = false;
    add_string(out, "name", facts->entities.items[r->subject].name);
    dg_buf_add(out, DG_STR(", "));
    add_string(out, "role",
               r->detail.ptr ? r->detail : dg_str(relation_texts[r->type]));
    dg_buf_add(out, DG_STR(", "));
    add_string(out, "organisation", facts->entities.items[r->object].name);
    dg_buf_add_char(out, '}');
  }
  dg_buf_add_char(out, ']');
}

/** True when the entity fills a role of a deal. */
static bool
holds_a_part(const DgFacts *facts, uint32_t entity)
{
  for (size_t d = 0; d < facts->n_deals; ++d) {
    for (size_t r = 0; r < DG_ROLE_COUNT; ++r) {
      const DgRoleFill *const fill = &facts->deals[d].roles[r];
      for (size_t i = 0; i < fill->n; ++i) {
        if (fill->items[i] == entity) {
          return true;
        }
      }
    }
  }
  return false;
}

/**
 * An actor that is surely, or by its part in a deal, an organisation. A public
 * body counts when it takes part: else it is who said so.
 */
static bool
is_organisation(const DgFacts *facts, size_t index)
{
  switch (facts->entities.items[index].kind) {
  case DG_ENTITY_UNKNOWN:
  case DG_ENTITY_PERSON:
  case DG_ENTITY_PRODUCT:
  case DG_ENTITY_PLACE:
    return false;
  case DG_ENTITY_PUBLIC:
    return holds_a_part(facts, (uint32_t)index);
  default:
    return true;
  }
}

static void
add_companies(DgBuf *out, const DgFacts *facts)
{
  dg_buf_add(out, DG_STR(", \"companies\": ["));
  bool first = true;
  for (size_t i = 0; i < facts->entities.n; ++i) {
    const DgEntity *const entity = &facts->entities.items[i];
    if (is_organisation(facts, i)) {
      dg_buf_add(out, dg_str(first ? "" : ", "));
      dg_json_add_string(out, entity->name);
      first = false;
    }
  }
  dg_buf_add(out, DG_STR("], \"countries\": {"));
  first = true;
  for (size_t i = 0; i < facts->entities.n; ++i) {
    const DgEntity *const entity = &facts->entities.items[i];
    if (is_organisation(facts, i) && entity->country[0]) {
      dg_buf_add(out, dg_str(first ? "" : ", "));
      dg_json_add_string(out, entity->name);
      dg_buf_printf(out, ": \"%s\"", entity->country);
      first = false;
    }
  }
  dg_buf_add_char(out, '}');
}

void
dg_facts_write_json(const DgFacts *facts, DgBuf *out)
{
  const DgDocument *const document = facts->document;
  dg_buf_add_char(out, '{');
  add_string(out, "id", document->id);
  dg_buf_printf(out, ", \"lang\": \"%s\", ", dg_lang_tag(document->lang));
  add_date(out, "published", document->published);
  dg_buf_add(out, DG_STR(", "));
  add_string(out, "title", document->title);
  dg_buf_add(out, DG_STR(", "));
  add_string(out, "author", document->author);
  if (document->copy_of.ptr) {
    dg_buf_add(out, DG_STR(", "));
    add_string(out, "copy_of", document->copy_of);
  }
  dg_buf_add(out, DG_STR(", \"deals\": ["));
  for (size_t i = 0; i < facts->n_deals; ++i) {
    dg_buf_add(out, dg_str(i ? ", " : ""));
    add_deal(out, facts, &facts->deals[i]);
  }
  dg_buf_add_char(out, ']');
  add_relations(out, facts);
  add_people(out, facts);
  add_companies(out, facts);
  dg_buf_add(out, DG_STR("}\n"));
}
