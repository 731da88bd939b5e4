/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lift/iris.h"

#include "rdf/mint.h"

#include <stdlib.h>

#define BIT(role) (1U << DG_ROLE_##role)

enum { ALL_ROLES = (1 << DG_ROLE_COUNT) - 1 };

/*
 * What makes a deal the deal it is, beside its year and its amount. A round is
 * known by its company, since articles name different investors. The amount
 * always counts: so no deal ever has two, and tellings that disagree, or do
 * not know it, stay apart until deals are merged.
 */
static const struct {
  const char *family;
  unsigned roles; /* bits of DgDealRole */
  bool round;     /* stands in where there is no amount */
  bool products;
} cores[DG_DEAL_TYPE_COUNT] = {
  [DG_DEAL_Partnership] = { "partnership", BIT(PARTNER), 0, 0 },
  [DG_DEAL_Investment] = { "investment", BIT(COMPANY) | BIT(INVESTOR), 0, 0 },
  [DG_DEAL_FundingRound] = { "round", BIT(COMPANY), 1, 0 },
  [DG_DEAL_Acquisition] = { "acquisition", BIT(ACQUIRER) | BIT(TARGET), 0, 0 },
  [DG_DEAL_Merger] = { "merger", BIT(PARTNER), 0, 0 },
  [DG_DEAL_JointVenture] = { "venture", BIT(PARTNER), 0, 0 },
  [DG_DEAL_Divestiture] = { "divestiture", BIT(SELLER) | BIT(TARGET), 0, 0 },
  [DG_DEAL_Contract] = { "contract", BIT(PARTNER), 0, 0 },
  [DG_DEAL_ProductLaunch] = { "launch", BIT(COMPANY), 0, 1 },
};

/* Below company/ where nothing else is sure; see the header. */
static const char *const folders[] = {
  [DG_ENTITY_UNKNOWN] = "company",      [DG_ENTITY_COMPANY] = "company",
  [DG_ENTITY_FUND] = "company",         [DG_ENTITY_BANK] = "company",
  [DG_ENTITY_PUBLIC] = "company",       [DG_ENTITY_UNIVERSITY] = "company",
  [DG_ENTITY_ORGANISATION] = "company", [DG_ENTITY_PERSON] = "person",
  [DG_ENTITY_PRODUCT] = "product",      [DG_ENTITY_PLACE] = "place",
};

static DgStr
kept(const DgBuf *buf, DgArena *arena)
{
  return buf->failed ? DG_STR_NONE : dg_arena_copy(arena, dg_buf_str(buf));
}

static DgStr
base_of(const DgLiftOptions *options)
{
  return options->base.len ? options->base : DG_STR(DG_LIFT_BASE);
}

/* base, folder, "/", hash of content */
static DgStr
hashed(DgStr base, const char *folder, DgStr content, DgArena *arena)
{
  DgBuf iri = DG_BUF_INIT;
  dg_buf_add(&iri, base);
  dg_buf_printf(&iri, "%s/", folder);
  dg_mint_hash(content, &iri);
  const DgStr made = kept(&iri, arena);
  dg_buf_clear(&iri);
  return made;
}

static void
add_date(DgDate date, DgBuf *out)
{
  if (date.precision) {
    dg_buf_printf(out, "%04d-%02u-%02u-%u", date.year, date.month, date.day,
                  date.part);
  }
}

DgStr
dg_lift_article_iri(const DgDocument *document, DgStr base, DgArena *arena)
{
  base = base.len ? base : DG_STR(DG_LIFT_BASE);
  DgBuf content = DG_BUF_INIT;
  if (document->url.len) {
    const size_t fragment = dg_str_find(document->url, DG_STR("#"), 0);
    dg_buf_add(&content, dg_str_sub(document->url, 0, fragment));
  } else {
    dg_buf_add(&content, document->id);
    dg_buf_add_char(&content, '\n');
    add_date(document->published, &content);
    dg_buf_add_char(&content, '\n');
    dg_mint_hash(document->text, &content);
  }
  const DgStr iri = content.failed
                        ? DG_STR_NONE
                        : hashed(base, "article", dg_buf_str(&content), arena);
  dg_buf_clear(&content);
  return iri;
}

static DgStr
activity_iri(const DgLiftOptions *options, DgStr base, DgArena *arena)
{
  DgBuf iri = DG_BUF_INIT;
  dg_buf_add(&iri, base);
  dg_buf_add(&iri, DG_STR("activity/"));
  dg_mint_slug(options->version, &iri);
  dg_buf_printf(&iri, "-%016llx", (unsigned long long)options->ruleset);
  const DgStr made = kept(&iri, arena);
  dg_buf_clear(&iri);
  return made;
}

static DgStr
entity_iri(const DgEntity *entity, DgStr base, DgArena *arena)
{
  const char *const folder = folders[entity->kind];
  if (!entity->key.len) {
    return hashed(base, folder, entity->name, arena);
  }
  DgBuf iri = DG_BUF_INIT;
  dg_buf_add(&iri, base);
  dg_buf_printf(&iri, "%s/", folder);
  dg_mint_slug(entity->key, &iri);
  const DgStr made = kept(&iri, arena);
  dg_buf_clear(&iri);
  return made;
}

static int
compare_strs(const void *a, const void *b)
{
  return dg_str_compare(*(const DgStr *)a, *(const DgStr *)b);
}

/* "role=iri,iri;", sorted, without the base; nothing for an empty role. */
static DgStatus
add_role(const DgLiftIris *iris, const DgRoleFill *fill, unsigned role,
         DgArena *arena, DgBuf *out)
{
  if (!fill->n) {
    return DG_OK;
  }
  DgStr *const names = DG_NEW_ARRAY(arena, DgStr, fill->n);
  DG_TRY_PTR(names);
  for (size_t i = 0; i < fill->n; ++i) {
    const DgStr iri = iris->entities[fill->items[i]];
    names[i] = dg_str_sub(iri, iris->base_len, iri.len);
  }
  qsort(names, fill->n, sizeof *names, compare_strs);
  dg_buf_printf(out, "%u=", role);
  for (size_t i = 0; i < fill->n; ++i) {
    if (!i || !dg_str_equal(names[i], names[i - 1])) {
      dg_buf_add(out, names[i]);
      dg_buf_add_char(out, ',');
    }
  }
  dg_buf_add_char(out, ';');
  return DG_OK;
}

static DgStatus
add_roles(const DgLiftIris *iris, const DgDeal *deal, unsigned roles,
          DgArena *arena, DgBuf *out)
{
  for (unsigned role = 0; role < DG_ROLE_COUNT; ++role) {
    if (roles & (1U << role)) {
      DG_TRY(add_role(iris, &deal->roles[role], role, arena, out));
    }
  }
  return DG_OK;
}

static void
add_amount(const DgMoney *money, DgBuf *out)
{
  char digits[DG_DECIMAL_TEXT];
  dg_decimal_write(money->value, digits);
  dg_buf_printf(out, "%s%s;", money->currency, digits);
}

static DgStatus
add_core(const DgFacts *facts, const DgLiftIris *iris, const DgDeal *deal,
         DgArena *arena, DgBuf *out)
{
  const unsigned roles = cores[deal->type].roles;
  dg_buf_printf(out, "%s;", cores[deal->type].family);
  const size_t before = out->len;
  DG_TRY(add_roles(iris, deal, roles, arena, out));
  if (out->len == before) {
    DG_TRY(add_roles(iris, deal, ALL_ROLES, arena, out));
  }
  const DgDate date =
      deal->date.precision ? deal->date : facts->document->published;
  if (date.precision) {
    dg_buf_printf(out, "%d;", date.year);
  }
  if (deal->has_amount) {
    add_amount(&deal->amount, out);
  } else if (cores[deal->type].round && deal->round.len) {
    dg_buf_add(out, deal->round);
  }
  for (size_t i = 0; cores[deal->type].products && i < deal->n_products; ++i) {
    dg_buf_add(out, deal->products[i]);
    dg_buf_add_char(out, ',');
  }
  return DG_OK;
}

static DgStatus
deal_iris(const DgFacts *facts, DgStr base, size_t index, DgArena *arena,
          DgLiftIris *iris, DgBuf *content)
{
  const DgDeal *const deal = &facts->deals[index];
  dg_buf_reset(content);
  DG_TRY(add_core(facts, iris, deal, arena, content));
  DG_TRY(dg_buf_status(content));
  iris->deals[index] = hashed(base, "deal", dg_buf_str(content), arena);
  DG_TRY_PTR(iris->deals[index].ptr);
  dg_buf_reset(content);
  const DgStr parts[] = { iris->article, iris->deals[index] };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i) {
    dg_buf_add(content, dg_str_sub(parts[i], base.len, parts[i].len));
    dg_buf_add_char(content, ';');
  }
  DG_TRY(add_roles(iris, deal, ALL_ROLES, arena, content));
  dg_buf_printf(content, "%zu", deal->evidence[0].chars.begin);
  DG_TRY(dg_buf_status(content));
  iris->mentions[index] = hashed(base, "mention", dg_buf_str(content), arena);
  return iris->mentions[index].ptr ? DG_OK : DG_NO_MEMORY;
}

DgStatus
dg_lift_iris_make(const DgFacts *facts, const DgLiftOptions *options,
                  DgArena *arena, DgLiftIris *iris)
{
  const DgStr base = base_of(options);
  iris->base_len = base.len;
  iris->article = dg_lift_article_iri(facts->document, base, arena);
  iris->activity = activity_iri(options, base, arena);
  iris->entities = DG_NEW_ARRAY(arena, DgStr, facts->entities.n + 1);
  iris->deals = DG_NEW_ARRAY(arena, DgStr, facts->n_deals + 1);
  iris->mentions = DG_NEW_ARRAY(arena, DgStr, facts->n_deals + 1);
  if (!iris->article.ptr || !iris->activity.ptr || !iris->entities ||
      !iris->deals || !iris->mentions) {
    return DG_NO_MEMORY;
  }
  for (size_t i = 0; i < facts->entities.n; ++i) {
    iris->entities[i] = entity_iri(&facts->entities.items[i], base, arena);
    DG_TRY_PTR(iris->entities[i].ptr);
  }
  DgBuf content = DG_BUF_INIT;
  DgStatus status = DG_OK;
  for (size_t i = 0; status == DG_OK && i < facts->n_deals; ++i) {
    status = deal_iris(facts, base, i, arena, iris, &content);
  }
  dg_buf_clear(&content);
  return status;
}

DgStr
dg_lift_evidence_iri(const DgLiftIris *iris, DgStr mention, size_t begin,
                     DgArena *arena)
{
  DgBuf content = DG_BUF_INIT;
  dg_buf_add(&content, dg_str_sub(mention, iris->base_len, mention.len));
  dg_buf_printf(&content, ";%zu", begin);
  const DgStr base = dg_str_sub(mention, 0, iris->base_len);
  const DgStr iri = content.failed
                        ? DG_STR_NONE
                        : hashed(base, "evidence", dg_buf_str(&content), arena);
  dg_buf_clear(&content);
  return iri;
}

DgStr
dg_lift_relation_iri(const DgLiftIris *iris, const DgRelation *relation,
                     DgArena *arena)
{
  const DgStr ends[] = { iris->article, iris->entities[relation->subject],
                         iris->entities[relation->object] };
  DgBuf content = DG_BUF_INIT;
  for (size_t i = 0; i < sizeof ends / sizeof *ends; ++i) {
    dg_buf_add(&content, dg_str_sub(ends[i], iris->base_len, ends[i].len));
    dg_buf_add_char(&content, ';');
  }
  dg_buf_printf(&content, "%d;%zu", (int)relation->type,
                relation->evidence.chars.begin);
  const DgStr base = dg_str_sub(iris->article, 0, iris->base_len);
  const DgStr iri = content.failed
                        ? DG_STR_NONE
                        : hashed(base, "relation", dg_buf_str(&content), arena);
  dg_buf_clear(&content);
  return iri;
}
