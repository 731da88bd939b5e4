/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lift/lift.h"

#include "lift/iris.h"
#include "rdf/quads.h"
#include "rdf/mint.h"
#include "rdf/vocab.h"

#include <assert.h>
#include <stdio.h>

enum { CONTEXT = 32 /* code points before and after a quote */ };

#define CURRENCIES "http://publications.europa.eu/resource/authority/currency/"
#define WIKIDATA "http://www.wikidata.org/entity/"

typedef struct {
  const DgFacts *facts;
  const DgLiftOptions *options;
  DgArena *arena;
  DgLiftIris iris;
  DgQuads quads;
  bool *used; /* [facts->entities.n] takes part in a deal or relation */
} Lift;

static const char *const type_terms[] = {
#define TYPE_TERM(name) [DG_DEAL_##name] = DG_V_deal_##name,
  DG_DEAL_TYPES(TYPE_TERM)
#undef TYPE_TERM
};

static const char *const status_terms[] = {
  [DG_DEAL_RUMOURED] = DG_V_deal_rumoured,
  [DG_DEAL_PLANNED] = DG_V_deal_planned,
  [DG_DEAL_ANNOUNCED] = DG_V_deal_announced,
  [DG_DEAL_COMPLETED] = DG_V_deal_completed,
  [DG_DEAL_CANCELLED] = DG_V_deal_cancelled,
  [DG_DEAL_POSTPONED] = DG_V_deal_postponed,
  [DG_DEAL_DENIED] = DG_V_deal_denied,
};

static const char *const role_terms[] = {
  [DG_ROLE_COMPANY] = DG_V_deal_company,
  [DG_ROLE_PARTNER] = DG_V_deal_partner,
  [DG_ROLE_INVESTOR] = DG_V_deal_investor,
  [DG_ROLE_LEAD_INVESTOR] = DG_V_deal_leadInvestor,
  [DG_ROLE_ACQUIRER] = DG_V_deal_acquirer,
  [DG_ROLE_TARGET] = DG_V_deal_target,
  [DG_ROLE_SELLER] = DG_V_deal_seller,
  [DG_ROLE_SUPPLIER] = DG_V_deal_supplier,
  [DG_ROLE_CUSTOMER] = DG_V_deal_customer,
};

static const char *const kind_terms[] = {
  [DG_ENTITY_UNKNOWN] = DG_V_deal_Actor,
  [DG_ENTITY_COMPANY] = DG_V_deal_Company,
  [DG_ENTITY_FUND] = DG_V_deal_Fund,
  [DG_ENTITY_BANK] = DG_V_deal_Bank,
  [DG_ENTITY_PUBLIC] = DG_V_deal_PublicBody,
  [DG_ENTITY_UNIVERSITY] = DG_V_deal_University,
  [DG_ENTITY_ORGANISATION] = DG_V_deal_Organisation,
  [DG_ENTITY_PERSON] = DG_V_deal_Person,
  [DG_ENTITY_PRODUCT] = DG_V_deal_Product,
  [DG_ENTITY_PLACE] = DG_V_deal_Place,
};

static const char *const precisions[] = {
  [DG_DATE_YEAR] = "year",       [DG_DATE_HALF] = "half",
  [DG_DATE_QUARTER] = "quarter", [DG_DATE_MONTH] = "month",
  [DG_DATE_WEEK] = "week",       [DG_DATE_DAY] = "day",
};

/* How a relation "subject is TYPE of object" becomes an edge. */
typedef enum { FORWARD, BACKWARD, SYMMETRIC } Direction;

static const struct {
  const char *edge;
  Direction direction;
} relation_terms[] = {
  [DG_RELATION_COMPETITOR] = { DG_V_deal_competesWith, SYMMETRIC },
  [DG_RELATION_AFFILIATE] = { DG_V_deal_affiliateOf, FORWARD },
  [DG_RELATION_SUBSIDIARY] = { DG_V_deal_subsidiaryOf, FORWARD },
  [DG_RELATION_FOUNDER] = { DG_V_deal_founderOf, FORWARD },
  [DG_RELATION_EXECUTIVE] = { DG_V_deal_executiveOf, FORWARD },
  [DG_RELATION_HEADQUARTERS] = { DG_V_deal_headquarters, FORWARD },
  [DG_RELATION_CUSTOMER] = { DG_V_deal_supplierOf, BACKWARD },
  [DG_RELATION_SUPPLIER] = { DG_V_deal_supplierOf, FORWARD },
  [DG_RELATION_PRODUCT] = { DG_V_deal_product, FORWARD },
  [DG_RELATION_FORMER_NAME] = { DG_V_deal_formerName, FORWARD },
};

/* Constant text `prefix` before `rest`, in the arena. */
static DgStr
joined(Lift *lift, const char *prefix, DgStr rest)
{
  return dg_str(
      dg_arena_printf(lift->arena, "%s%.*s", prefix, (int)rest.len, rest.ptr));
}

static void
add_article(Lift *lift)
{
  const DgDocument *const document = lift->facts->document;
  const DgStr s = lift->iris.article;
  const bool tagged =
      document->lang == DG_LANG_FR || document->lang == DG_LANG_EN;
  const DgStr lang = tagged ? dg_str(dg_lang_tag(document->lang)) : DG_STR_NONE;
  DgQuads *const quads = &lift->quads;
  dg_quads_iri(quads, s, DG_V_rdf_type, DG_STR(DG_V_deal_Article));
  dg_quads_string(quads, s, DG_V_deal_articleId, document->id);
  dg_quads_address(quads, s, DG_V_deal_url, document->url);
  dg_quads_text(quads, s, DG_V_dcterms_title, document->title, lang);
  dg_quads_string(quads, s, DG_V_deal_language, lang);
  dg_quads_string(quads, s, DG_V_deal_author, document->author);
  dg_quads_string(quads, s, DG_V_deal_publisher, document->publisher);
  dg_quads_date(quads, s, DG_V_dcterms_issued, document->published);
  dg_quads_date(quads, s, DG_V_dcterms_modified, document->updated);
}

static void
add_activity(Lift *lift)
{
  const DgStr s = lift->iris.activity;
  char ruleset[17];
  (void)snprintf(ruleset, sizeof ruleset, "%016llx",
                 (unsigned long long)lift->options->ruleset);
  dg_quads_iri(&lift->quads, s, DG_V_rdf_type, DG_STR(DG_V_deal_Extraction));
  dg_quads_string(&lift->quads, s, DG_V_deal_programVersion,
                  lift->options->version);
  dg_quads_string(&lift->quads, s, DG_V_deal_ruleset,
                  joined(lift, "", dg_str(ruleset)));
}

/*
 * The Wikidata item is the same thing where the name says so by itself; a name
 * that is also a common word may have been taken for it by its context.
 */
static void
add_link(Lift *lift, DgStr s, const DgLexEntry *entry)
{
  const bool sure = !(entry->flags & DG_LEX_AMBIGUOUS);
  dg_quads_iri(&lift->quads, s, sure ? DG_V_owl_sameAs : DG_V_skos_closeMatch,
               joined(lift, WIKIDATA, entry->wikidata));
}

static void
add_identifiers(Lift *lift, DgStr s, const DgLexEntry *entry)
{
  DgQuads *const quads = &lift->quads;
  if (entry->wikidata.len) {
    dg_quads_iri(quads, s, DG_V_deal_wikidata,
                 joined(lift, WIKIDATA, entry->wikidata));
    add_link(lift, s, entry);
  }
  dg_quads_string(quads, s, DG_V_deal_lei, entry->lei);
  dg_quads_string(quads, s, DG_V_deal_siren, entry->siren);
  dg_quads_string(quads, s, DG_V_deal_ticker, entry->ticker);
  dg_quads_address(quads, s, DG_V_deal_website, entry->website);
}

static void
add_alias(Lift *lift, DgStr s, DgStr alias, DgStr label)
{
  if (!dg_str_equal(alias, label)) {
    dg_quads_string(&lift->quads, s, DG_V_skos_altLabel, alias);
  }
}

/*
 * A known entity has the lexicon's name for its label, the same in every
 * article; the names that the article uses are aliases.
 */
static void
add_entity(Lift *lift, size_t index)
{
  const DgEntity *const entity = &lift->facts->entities.items[index];
  const DgStr s = lift->iris.entities[index];
  DgStr label = entity->name;
  dg_quads_iri(&lift->quads, s, DG_V_rdf_type,
               dg_str(kind_terms[entity->kind]));
  if (entity->entry != DG_NO_INDEX && lift->options->lexicon) {
    const DgLexEntry entry =
        dg_lexicon_entry(lift->options->lexicon, entity->entry);
    label = entry.name.len ? entry.name : label;
    add_identifiers(lift, s, &entry);
  }
  dg_quads_string(&lift->quads, s, DG_V_rdfs_label, label);
  add_alias(lift, s, entity->name, label);
  for (size_t i = 0; i < entity->n_aliases; ++i) {
    add_alias(lift, s, entity->aliases[i], label);
  }
  dg_quads_string(&lift->quads, s, DG_V_deal_country, dg_str(entity->country));
}

static DgStr
currency_iri(Lift *lift, const DgMoney *money)
{
  return money->currency[0] ? joined(lift, CURRENCIES, dg_str(money->currency))
                            : DG_STR_NONE;
}

static void
add_money(Lift *lift, DgStr s, const DgDeal *deal)
{
  DgQuads *const quads = &lift->quads;
  if (deal->has_amount) {
    const DgMoney *const amount = &deal->amount;
    dg_quads_decimal(quads, s, DG_V_deal_amountValue, amount->value);
    dg_quads_iri(quads, s, DG_V_deal_currency, currency_iri(lift, amount));
    dg_quads_string(quads, s, DG_V_deal_amountQualifier,
                    dg_str(dg_qualifier_text(amount->qualifier)));
    if (amount->is_range) {
      dg_quads_decimal(quads, s, DG_V_deal_amountMax, amount->value_max);
    }
  }
  if (deal->has_stake) {
    dg_quads_decimal(quads, s, DG_V_deal_stake, deal->stake);
  }
  if (deal->has_valuation) {
    dg_quads_decimal(quads, s, DG_V_deal_valuation, deal->valuation.value);
    dg_quads_iri(quads, s, DG_V_deal_valuationCurrency,
                 currency_iri(lift, &deal->valuation));
  }
}

/*
 * A deal that is announced and not said to be done can have no past date but
 * that of its announcement.
 */
static bool
is_announcement(const DgDeal *deal, DgDate published)
{
  return deal->status == DG_DEAL_ANNOUNCED && published.precision &&
         dg_date_first_day(deal->date) <= dg_date_last_day(published);
}

static void
add_date(Lift *lift, DgStr s, const DgDeal *deal)
{
  const DgDate date = deal->date;
  if (date.precision == DG_DATE_NONE) {
    return;
  }
  DgQuads *const quads = &lift->quads;
  dg_quads_date(quads, s, DG_V_deal_date, date);
  dg_quads_string(quads, s, DG_V_deal_datePrecision,
                  dg_str(precisions[date.precision]));
  if (date.part) {
    char text[DG_DATE_TEXT];
    const DgStr form = dg_str_n(text, dg_date_write(date, text));
    dg_quads_string(quads, s, DG_V_deal_dateText, joined(lift, "", form));
  }
  if (is_announcement(deal, lift->facts->document->published)) {
    dg_quads_date(quads, s, DG_V_deal_announcedOn, date);
  }
}

static void
add_roles(Lift *lift, DgStr s, const DgDeal *deal)
{
  for (size_t role = 0; role < DG_ROLE_COUNT; ++role) {
    const DgRoleFill *const fill = &deal->roles[role];
    for (size_t i = 0; i < fill->n; ++i) {
      dg_quads_iri(&lift->quads, s, role_terms[role],
                   lift->iris.entities[fill->items[i]]);
      lift->used[fill->items[i]] = true;
    }
  }
}

/* What a deal has once, though the article may tell it twice. */
static void
add_attributes(Lift *lift, DgStr s, const DgDeal *deal)
{
  DgQuads *const quads = &lift->quads;
  dg_quads_iri(quads, s, DG_V_rdf_type, dg_str(type_terms[deal->type]));
  dg_quads_iri(quads, s, DG_V_deal_status, dg_str(status_terms[deal->status]));
  add_money(lift, s, deal);
  add_date(lift, s, deal);
  dg_quads_string(quads, s, DG_V_deal_round, deal->round);
  if (deal->exclusive >= 0) {
    dg_quads_boolean(quads, s, DG_V_deal_exclusive, deal->exclusive);
  }
}

/* An edge between two things, from the lesser IRI when it has no direction. */
static void
add_edge(Lift *lift, const char *edge, DgStr from, DgStr to, bool symmetric)
{
  const int order = dg_str_compare(from, to);
  if (order) {
    const bool swap = symmetric && order > 0;
    dg_quads_iri(&lift->quads, swap ? to : from, edge, swap ? from : to);
  }
}

/* All edges from one role's actors to another's. */
static void
add_edges(Lift *lift, const DgDeal *deal, DgDealRole from, DgDealRole to,
          const char *edge)
{
  const DgRoleFill *const a = &deal->roles[from];
  const DgRoleFill *const b = &deal->roles[to];
  for (size_t i = 0; i < a->n; ++i) {
    for (size_t j = 0; j < b->n; ++j) {
      add_edge(lift, edge, lift->iris.entities[a->items[i]],
               lift->iris.entities[b->items[j]], from == to);
    }
  }
}

static const struct {
  DgDealType type;
  DgDealRole from;
  DgDealRole to;
  const char *edge;
} deal_edges[] = {
  { DG_DEAL_Partnership, DG_ROLE_PARTNER, DG_ROLE_PARTNER,
    DG_V_deal_partnerOf },
  { DG_DEAL_JointVenture, DG_ROLE_PARTNER, DG_ROLE_PARTNER,
    DG_V_deal_partnerOf },
  { DG_DEAL_Merger, DG_ROLE_PARTNER, DG_ROLE_PARTNER, DG_V_deal_mergedWith },
  { DG_DEAL_Investment, DG_ROLE_INVESTOR, DG_ROLE_COMPANY,
    DG_V_deal_investedIn },
  { DG_DEAL_FundingRound, DG_ROLE_INVESTOR, DG_ROLE_COMPANY,
    DG_V_deal_investedIn },
  { DG_DEAL_Acquisition, DG_ROLE_ACQUIRER, DG_ROLE_TARGET, DG_V_deal_acquired },
  { DG_DEAL_Contract, DG_ROLE_SUPPLIER, DG_ROLE_CUSTOMER,
    DG_V_deal_supplierOf },
};

static void
add_deal_edges(Lift *lift, const DgDeal *deal)
{
  if (deal->status != DG_DEAL_ANNOUNCED && deal->status != DG_DEAL_COMPLETED) {
    return;
  }
  for (size_t i = 0; i < sizeof deal_edges / sizeof *deal_edges; ++i) {
    if (deal_edges[i].type == deal->type) {
      add_edges(lift, deal, deal_edges[i].from, deal_edges[i].to,
                deal_edges[i].edge);
    }
  }
}

/* Byte `n` code points before `at`, or the start. */
static size_t
back(DgStr text, size_t at, size_t n)
{
  while (at && n) {
    --at;
    n -= ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
  }
  return at;
}

/* Byte `n` code points after `at`, or the end. */
static size_t
ahead(DgStr text, size_t at, size_t n)
{
  while (at < text.len && (n || ((unsigned char)text.ptr[at] & 0xC0) == 0x80)) {
    n -= ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
    ++at;
  }
  return at;
}

static void
add_passage(Lift *lift, DgStr s, const char *type, const DgEvidence *evidence)
{
  DgQuads *const quads = &lift->quads;
  dg_quads_iri(quads, s, DG_V_rdf_type, dg_str(type));
  dg_quads_string(quads, s, DG_V_deal_quote, evidence->quote);
  dg_quads_integer(quads, s, DG_V_deal_begin, evidence->chars.begin);
  dg_quads_integer(quads, s, DG_V_deal_end, evidence->chars.end);
  dg_quads_string(quads, s, DG_V_deal_rule, evidence->rule);
}

static void
add_confidence(Lift *lift, DgStr s, double confidence)
{
  const double bounded = confidence > 0 ? confidence < 1 ? confidence : 1 : 0;
  const DgDecimal rounded = { (DgInt128)(bounded * 1000 + 0.5), 3 };
  dg_quads_decimal(&lift->quads, s, DG_V_deal_confidence, rounded);
}

static void
add_mention(Lift *lift, size_t index)
{
  const DgDeal *const deal = &lift->facts->deals[index];
  const DgEvidence *const best = &deal->evidence[0];
  const DgStr text = lift->facts->document->text;
  const DgStr s = lift->iris.mentions[index];
  DgQuads *const quads = &lift->quads;
  add_passage(lift, s, DG_V_deal_DealMention, best);
  dg_quads_string(quads, s, DG_V_deal_prefix,
                  dg_str_sub(text, back(text, best->span.begin, CONTEXT),
                             best->span.begin));
  dg_quads_string(
      quads, s, DG_V_deal_suffix,
      dg_str_sub(text, best->span.end, ahead(text, best->span.end, CONTEXT)));
  dg_quads_iri(quads, s, DG_V_deal_mentionOf, lift->iris.deals[index]);
  dg_quads_iri(quads, s, DG_V_deal_status, dg_str(status_terms[deal->status]));
  dg_quads_iri(quads, s, DG_V_prov_wasDerivedFrom, lift->iris.article);
  dg_quads_iri(quads, s, DG_V_prov_wasGeneratedBy, lift->iris.activity);
  dg_quads_string(quads, s, DG_V_deal_cue, deal->cue);
  dg_quads_string(quads, s, DG_V_deal_saidBy, deal->said_by);
  add_confidence(lift, s, deal->confidence);
  for (size_t i = 1; i < deal->n_evidence; ++i) {
    const DgStr more = dg_lift_evidence_iri(
        &lift->iris, s, deal->evidence[i].chars.begin, lift->arena);
    dg_quads_iri(quads, s, DG_V_deal_furtherEvidence, more);
    add_passage(lift, more, DG_V_deal_Evidence, &deal->evidence[i]);
  }
}

/*
 * Index of the telling that speaks for a deal told more than once in the
 * article: the one that is furthest, the first of them.
 */
static size_t
speaker(const Lift *lift, size_t index)
{
  const DgFacts *const facts = lift->facts;
  size_t best = index;
  for (size_t i = 0; i < facts->n_deals; ++i) {
    const int gain =
        (int)facts->deals[i].status - (int)facts->deals[best].status;
    if (dg_str_equal(lift->iris.deals[i], lift->iris.deals[index]) &&
        (gain > 0 || (gain == 0 && i < best))) {
      best = i;
    }
  }
  return best;
}

static void
add_deal(Lift *lift, size_t index)
{
  const DgDeal *const deal = &lift->facts->deals[index];
  const DgStr s = lift->iris.deals[index];
  dg_quads_iri(&lift->quads, s, DG_V_rdf_type, DG_STR(DG_V_deal_Deal));
  dg_quads_iri(&lift->quads, s, DG_V_prov_wasDerivedFrom, lift->iris.article);
  add_roles(lift, s, deal);
  for (size_t i = 0; i < deal->n_products; ++i) {
    dg_quads_string(&lift->quads, s, DG_V_deal_productName, deal->products[i]);
  }
  if (speaker(lift, index) == index) {
    add_attributes(lift, s, deal);
    add_deal_edges(lift, deal);
  }
  add_mention(lift, index);
}

static bool
is_kind(const Lift *lift, uint32_t entity, DgEntityKind kind)
{
  return lift->facts->entities.items[entity].kind == kind;
}

/*
 * Whether the edge goes from object to subject. Articles say both "X, based in
 * Y" and "Y, seat of X"; a symmetric edge starts at the lesser IRI.
 */
static bool
is_turned(const Lift *lift, const DgRelation *relation)
{
  const DgEntityKind end = relation->type == DG_RELATION_HEADQUARTERS
                               ? DG_ENTITY_PLACE
                               : DG_ENTITY_PRODUCT;
  const bool sided = relation->type == DG_RELATION_HEADQUARTERS ||
                     relation->type == DG_RELATION_PRODUCT;
  const Direction direction = relation_terms[relation->type].direction;
  return direction == BACKWARD ||
         (direction == SYMMETRIC &&
          dg_str_compare(lift->iris.entities[relation->subject],
                         lift->iris.entities[relation->object]) > 0) ||
         (sided && is_kind(lift, relation->subject, end) &&
          !is_kind(lift, relation->object, end));
}

static void
add_relation(Lift *lift, const DgRelation *relation)
{
  const bool turned = is_turned(lift, relation);
  const uint32_t from = turned ? relation->object : relation->subject;
  const uint32_t to = turned ? relation->subject : relation->object;
  const DgStr a = lift->iris.entities[from];
  const DgStr b = lift->iris.entities[to];
  const char *const edge = relation_terms[relation->type].edge;
  DgQuads *const quads = &lift->quads;
  lift->used[from] = true;
  const DgStr s = dg_lift_relation_iri(&lift->iris, relation, lift->arena);
  add_passage(lift, s, DG_V_deal_RelationMention, &relation->evidence);
  add_confidence(lift, s, relation->confidence);
  dg_quads_iri(quads, s, DG_V_prov_wasDerivedFrom, lift->iris.article);
  dg_quads_iri(quads, s, DG_V_deal_subject, a);
  dg_quads_iri(quads, s, DG_V_deal_relation, dg_str(edge));
  if (relation->type == DG_RELATION_FORMER_NAME) {
    dg_quads_string(quads, a, edge, lift->facts->entities.items[to].name);
    return;
  }
  lift->used[to] = true;
  dg_quads_iri(quads, s, DG_V_deal_object, b);
  add_edge(lift, edge, a, b, false);
  if (relation->type == DG_RELATION_EXECUTIVE) {
    dg_quads_string(quads, a, DG_V_deal_jobTitle, relation->detail);
  }
}

static DgStatus
lift_all(Lift *lift, const DgQuadSink *sink)
{
  const DgFacts *const facts = lift->facts;
  DG_TRY(dg_lift_iris_make(facts, lift->options, lift->arena, &lift->iris));
  lift->used = DG_NEW_ARRAY(lift->arena, bool, facts->entities.n + 1);
  DG_TRY_PTR(lift->used);
  lift->quads.arena = lift->arena;
  lift->quads.graph = dg_term_iri(lift->iris.article);
  add_article(lift);
  if (facts->n_deals) {
    add_activity(lift);
  }
  for (size_t i = 0; i < facts->n_deals; ++i) {
    assert(facts->deals[i].n_evidence);
    add_deal(lift, i);
  }
  for (size_t i = 0; i < facts->n_relations; ++i) {
    add_relation(lift, &facts->relations[i]);
  }
  for (size_t i = 0; i < facts->entities.n; ++i) {
    if (lift->used[i]) {
      add_entity(lift, i);
    }
  }
  return dg_quads_flush(&lift->quads, sink);
}

DgStatus
dg_lift_article(const DgFacts *facts, const DgLiftOptions *options,
                const DgQuadSink *sink)
{
  Lift lift = { .facts = facts, .options = options, .arena = dg_arena_new() };
  DG_TRY_PTR(lift.arena);
  const DgStatus status = lift_all(&lift, sink);
  dg_arena_free(lift.arena);
  return status;
}
