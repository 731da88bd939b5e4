/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "base/io.h"
#include "base/utf8.h"
#include "lift/lift.h"
#include "rdf/mint.h"

#include <stdio.h>
#include <stdlib.h>

/* An article of the test's own, its parts found by their words. */
static const char article[] =
    "Lumen Grid lève 40 millions d'euros\n\n"
    "Lumen Grid a levé 40 millions d'euros auprès d'Arvor Capital, chef de "
    "file, et de la Banque du Ponant. Le tour valorise la société à 200 "
    "millions d'euros. En 2022-Q3, elle s'était alliée en exclusivité à "
    "Vasco SA. Selon Le Courrier, Vasco aurait pris 12,5 % de Noria. Sa "
    "concurrente Hélios l'a démenti.";

enum { LUMEN, ARVOR, PONANT, VASCO, NORIA, HELIOS, QUIMPER, IDLE, N_ENTITIES };

static DgStr vasco_alias[] = { { "Vasco", 5 }, { "Vasco SA", 8 } };

static DgEntity entities[N_ENTITIES] = {
  [LUMEN] = { .name = { "Lumen Grid", 10 },
              .key = { "lumen grid", 10 },
              .kind = DG_ENTITY_COMPANY,
              .country = "FR",
              .entry = DG_NO_INDEX },
  [ARVOR] = { .name = { "Arvor Capital", 13 },
              .key = { "arvor capital", 13 },
              .kind = DG_ENTITY_FUND,
              .entry = DG_NO_INDEX },
  [PONANT] = { .name = { "Banque du Ponant", 16 },
               .key = { "banque du ponant", 16 },
               .kind = DG_ENTITY_BANK,
               .entry = DG_NO_INDEX },
  [VASCO] = { .name = { "Vasco SA", 8 },
              .key = { "vasco", 5 },
              .kind = DG_ENTITY_UNKNOWN,
              .aliases = vasco_alias,
              .n_aliases = 2,
              .entry = DG_NO_INDEX },
  [NORIA] = { .name = { "Noria", 5 },
              .key = { "noria", 5 },
              .kind = DG_ENTITY_COMPANY,
              .entry = DG_NO_INDEX },
  [HELIOS] = { .name = { "H\303\251lios", 7 },
               .key = { "helios & co", 11 },
               .kind = DG_ENTITY_COMPANY,
               .entry = DG_NO_INDEX },
  [QUIMPER] = { .name = { "Quimper", 7 },
                .key = { "quimper", 7 },
                .kind = DG_ENTITY_PLACE,
                .entry = DG_NO_INDEX },
  [IDLE] = { .name = { "Le Courrier", 11 },
             .key = { "le courrier", 11 },
             .kind = DG_ENTITY_COMPANY,
             .entry = DG_NO_INDEX },
};

static DgEvidence
evidence(const char *words, const char *rule)
{
  const DgStr text = dg_str(article);
  const size_t begin = dg_str_find(text, dg_str(words), 0);
  assert_true(begin != SIZE_MAX);
  const size_t first = dg_utf8_count(dg_str_sub(text, 0, begin));
  const size_t count = dg_utf8_count(dg_str(words));
  return (DgEvidence){ .span = { begin, begin + strlen(words) },
                       .chars = { first, first + count },
                       .quote = dg_str_sub(text, begin, begin + strlen(words)),
                       .rule = dg_str(rule) };
}

static DgRoleFill
fill(uint32_t *items, size_t n)
{
  return (DgRoleFill){ items, n, n };
}

static DgMoney
euros(int64_t value, DgQualifier qualifier)
{
  return (DgMoney){ .value = dg_decimal_from_int(value),
                    .currency = "EUR",
                    .qualifier = qualifier };
}

static uint32_t investors[] = { ARVOR, PONANT };
static uint32_t lead[] = { ARVOR };
static uint32_t lumen[] = { LUMEN };
static uint32_t partners[] = { VASCO, LUMEN };
static uint32_t vasco[] = { VASCO };
static uint32_t noria[] = { NORIA };

static DgDeal
round_deal(DgEvidence *passages)
{
  passages[0] = evidence("Lumen Grid a levé 40 millions d'euros auprès "
                         "d'Arvor Capital",
                         "fr.funding.lever");
  passages[1] =
      evidence("Lumen Grid lève 40 millions d'euros", "fr.funding.title");
  DgDeal deal = { .type = DG_DEAL_FundingRound,
                  .status = DG_DEAL_COMPLETED,
                  .has_amount = true,
                  .amount = euros(40000000, DG_QUALIFIER_EXACT),
                  .has_valuation = true,
                  .valuation = euros(200000000, DG_QUALIFIER_EXACT),
                  .round = DG_STR("Series B"),
                  .exclusive = -1,
                  .evidence = passages,
                  .n_evidence = 2,
                  .confidence = 0.9375 };
  deal.roles[DG_ROLE_COMPANY] = fill(lumen, 1);
  deal.roles[DG_ROLE_INVESTOR] = fill(investors, 2);
  deal.roles[DG_ROLE_LEAD_INVESTOR] = fill(lead, 1);
  return deal;
}

static DgDeal
partnership(DgEvidence *passage)
{
  *passage = evidence("elle s'était alliée en exclusivité à Vasco SA",
                      "fr.partnership.allier");
  DgDeal deal = {
    .type = DG_DEAL_Partnership,
    .status = DG_DEAL_ANNOUNCED,
    .date = { .year = 2022, .part = 3, .precision = DG_DATE_QUARTER },
    .exclusive = 1,
    .evidence = passage,
    .n_evidence = 1,
    .confidence = 0.8
  };
  deal.roles[DG_ROLE_PARTNER] = fill(partners, 2);
  return deal;
}

static DgDeal
rumour(DgEvidence *passage)
{
  *passage =
      evidence("Vasco aurait pris 12,5 % de Noria", "fr.investment.prendre");
  DgDeal deal = { .type = DG_DEAL_Investment,
                  .status = DG_DEAL_RUMOURED,
                  .cue = DG_STR("aurait"),
                  .said_by = DG_STR("Le Courrier"),
                  .has_stake = true,
                  .stake = { 125, 1 },
                  .exclusive = -1,
                  .evidence = passage,
                  .n_evidence = 1,
                  .confidence = 1.5 };
  deal.roles[DG_ROLE_COMPANY] = fill(noria, 1);
  deal.roles[DG_ROLE_INVESTOR] = fill(vasco, 1);
  return deal;
}

typedef struct {
  DgDocument document;
  DgEvidence evidence[8];
  DgDeal deals[4];
  DgRelation relations[3];
  DgFacts facts;
} Sample;

static void
make_sample(Sample *sample)
{
  *sample = (Sample){ .document = { .id = DG_STR("a-1"),
                                    .title = DG_STR("Lumen Grid lève 40 "
                                                    "millions d'euros"),
                                    .publisher = DG_STR("La Gazette"),
                                    .lang = DG_LANG_FR,
                                    .published = { 2024, 5, 6, 0, DG_DATE_DAY },
                                    .text = dg_str(article) } };
  sample->deals[0] = round_deal(&sample->evidence[0]);
  sample->deals[1] = partnership(&sample->evidence[2]);
  sample->deals[2] = rumour(&sample->evidence[3]);
  const DgEvidence rival = evidence("Sa concurrente Hélios", "fr.rival");
  sample->relations[0] = (DgRelation){ .type = DG_RELATION_COMPETITOR,
                                       .subject = NORIA,
                                       .object = HELIOS,
                                       .evidence = rival,
                                       .confidence = 0.7 };
  sample->relations[1] = (DgRelation){ .type = DG_RELATION_HEADQUARTERS,
                                       .subject = QUIMPER,
                                       .object = LUMEN,
                                       .evidence = rival,
                                       .confidence = 0.5 };
  sample->relations[2] = (DgRelation){ .type = DG_RELATION_CUSTOMER,
                                       .subject = HELIOS,
                                       .object = VASCO,
                                       .evidence = rival,
                                       .confidence = 0.5 };
  sample->facts = (DgFacts){ .document = &sample->document,
                             .entities = { entities, N_ENTITIES, N_ENTITIES },
                             .deals = sample->deals,
                             .n_deals = 3,
                             .relations = sample->relations,
                             .n_relations = 3 };
}

static DgStatus
write_quad(void *self, const DgQuad *quad)
{
  dg_quad_write(quad, self);
  return DG_OK;
}

static const DgLiftOptions options = { .version = DG_STR("1.0"),
                                       .ruleset = 0xABCDEF };

static DgBuf
lifted(const DgFacts *facts)
{
  DgBuf text = DG_BUF_INIT;
  const DgQuadSink sink = { write_quad, &text };
  assert_int_equal(dg_lift_article(facts, &options, &sink), DG_OK);
  return text;
}

static bool
has(const DgBuf *text, const char *line)
{
  return dg_str_find(dg_buf_str(text), dg_str(line), 0) != SIZE_MAX;
}

/* The object of the first quad with this predicate, as written. */
static DgStr
object_of(const DgBuf *text, const char *predicate)
{
  const DgStr all = dg_buf_str(text);
  const size_t at = dg_str_find(all, dg_str(predicate), 0);
  assert_true(at != SIZE_MAX);
  const size_t begin = at + strlen(predicate) + 1;
  return dg_str_sub(all, begin, dg_str_find(all, DG_STR(" <"), begin));
}

static void
test_article_as_quads(void **state)
{
  (void)state;
  Sample sample;
  make_sample(&sample);
  DgBuf text = lifted(&sample.facts);
  const char *const source = getenv("DG_SOURCE");
  char path[4096];
  (void)snprintf(path, sizeof path, "%s/tests/unit/lift.nq",
                 source ? source : ".");
  DgBuf expected = DG_BUF_INIT;
  assert_int_equal(dg_io_read(path, 0, &expected, NULL), DG_OK);
  if (!dg_str_equal(dg_buf_str(&text), dg_buf_str(&expected))) {
    (void)fputs(text.data, stdout);
    fail_msg("what is printed above is not %s", path);
  }
  dg_buf_clear(&expected);
  dg_buf_clear(&text);
}

static void
test_no_edge_for_a_rumour(void **state)
{
  (void)state;
  Sample sample;
  make_sample(&sample);
  DgBuf text = lifted(&sample.facts);
  assert_true(has(&text, "arvor-capital> <https://dealgraph.org/ns#investedIn>"
                         " <https://dealgraph.org/id/company/lumen-grid>"));
  assert_false(has(&text, "vasco> <https://dealgraph.org/ns#investedIn>"));
  dg_buf_clear(&text);
  sample.deals[2].status = DG_DEAL_COMPLETED;
  text = lifted(&sample.facts);
  assert_true(has(&text, "vasco> <https://dealgraph.org/ns#investedIn>"));
  dg_buf_clear(&text);
}

static void
test_idle_entities_left_out(void **state)
{
  (void)state;
  Sample sample;
  make_sample(&sample);
  DgBuf text = lifted(&sample.facts);
  assert_false(has(&text, "company/le-courrier"));
  dg_buf_clear(&text);
}

static void
test_same_deal_in_another_article(void **state)
{
  (void)state;
  Sample sample;
  make_sample(&sample);
  sample.facts.n_deals = 1;
  DgBuf first = lifted(&sample.facts);
  /* Another paper, another telling: fewer investors, a fresh wording. */
  sample.document.id = DG_STR("b-7");
  sample.document.url = DG_STR("https://example.org/b-7");
  sample.deals[0].roles[DG_ROLE_INVESTOR].n = 1;
  sample.deals[0].amount.value = (DgDecimal){ 400000000, 1 };
  DgBuf second = lifted(&sample.facts);
  static const char mention_of[] = "<https://dealgraph.org/ns#mentionOf>";
  const DgStr deal = object_of(&first, mention_of);
  assert_true(dg_str_equal(deal, object_of(&second, mention_of)));
  dg_buf_clear(&second);
  /* Another amount is another deal. */
  sample.deals[0].amount = euros(45000000, DG_QUALIFIER_EXACT);
  second = lifted(&sample.facts);
  assert_false(dg_str_equal(deal, object_of(&second, mention_of)));
  dg_buf_clear(&second);
  dg_buf_clear(&first);
}

static void
test_deal_told_twice_counts_once(void **state)
{
  (void)state;
  Sample sample;
  make_sample(&sample);
  sample.facts.n_deals = 2;
  sample.facts.n_relations = 0;
  sample.deals[1] = sample.deals[0];
  sample.deals[1].evidence = &sample.evidence[1];
  sample.deals[1].n_evidence = 1;
  sample.deals[0].status = DG_DEAL_RUMOURED;
  DgBuf text = lifted(&sample.facts);
  size_t deals = 0;
  size_t at = 0;
  static const DgStr type = { "<https://dealgraph.org/ns#Deal> <", 33 };
  while ((at = dg_str_find(dg_buf_str(&text), type, at)) != SIZE_MAX) {
    ++deals;
    ++at;
  }
  assert_int_equal(deals, 1);
  assert_true(has(&text, "#investedIn>")); /* the further status decides */
  dg_buf_clear(&text);
}

static void
test_article_iri_from_address(void **state)
{
  (void)state;
  Sample sample;
  make_sample(&sample);
  sample.document.url = DG_STR("https://example.org/a?x=1#top");
  DgBuf first = lifted(&sample.facts);
  sample.document.url = DG_STR("https://example.org/a?x=1");
  sample.document.id = DG_STR("other");
  DgBuf second = lifted(&sample.facts);
  static const char derived[] = "<http://www.w3.org/ns/prov#wasDerivedFrom>";
  assert_true(
      dg_str_equal(object_of(&first, derived), object_of(&second, derived)));
  assert_true(has(&first, "#url> <https://example.org/a?x=1#top>"));
  dg_buf_clear(&second);
  dg_buf_clear(&first);
}

static const struct {
  DgDate date;
  DgDealStatus status;
  const char *date_form; /**< object of deal:date */
  const char *precision;
  const char *text; /**< of deal:dateText, or null */
  bool announced;   /**< deal:announcedOn too */
} dates[] = {
  { { 2024, 5, 3, 0, DG_DATE_DAY },
    DG_DEAL_ANNOUNCED,
    "\"2024-05-03\"^^<http://www.w3.org/2001/XMLSchema#date>",
    "day",
    NULL,
    true },
  { { 2024, 5, 3, 0, DG_DATE_DAY },
    DG_DEAL_COMPLETED,
    "\"2024-05-03\"^^<http://www.w3.org/2001/XMLSchema#date>",
    "day",
    NULL,
    false },
  { { 2024, 9, 0, 0, DG_DATE_MONTH },
    DG_DEAL_ANNOUNCED,
    "\"2024-09\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>",
    "month",
    NULL,
    false },
  { { 2023, 0, 0, 0, DG_DATE_YEAR },
    DG_DEAL_PLANNED,
    "\"2023\"^^<http://www.w3.org/2001/XMLSchema#gYear>",
    "year",
    NULL,
    false },
  { { 2023, 0, 0, 2, DG_DATE_HALF },
    DG_DEAL_COMPLETED,
    "\"2023\"^^<http://www.w3.org/2001/XMLSchema#gYear>",
    "half",
    "\"2023-H2\"",
    false },
  /* 2024-W10 is 4 to 10 March; 2024-W18 is 29 April to 5 May. */
  { { 2024, 0, 0, 10, DG_DATE_WEEK },
    DG_DEAL_COMPLETED,
    "\"2024-03\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>",
    "week",
    "\"2024-W10\"",
    false },
  { { 2024, 0, 0, 18, DG_DATE_WEEK },
    DG_DEAL_COMPLETED,
    "\"2024\"^^<http://www.w3.org/2001/XMLSchema#gYear>",
    "week",
    "\"2024-W18\"",
    false },
};

static void
test_dates_as_precise_as_the_text(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof dates / sizeof *dates; ++i) {
    Sample sample;
    make_sample(&sample);
    sample.facts.n_deals = 1;
    sample.deals[0].date = dates[i].date;
    sample.deals[0].status = dates[i].status;
    DgBuf text = lifted(&sample.facts);
    assert_str(object_of(&text, "<https://dealgraph.org/ns#date>"),
               dates[i].date_form);
    const DgStr precision =
        object_of(&text, "<https://dealgraph.org/ns#datePrecision>");
    assert_str(dg_str_sub(precision, 1, precision.len - 1), dates[i].precision);
    assert_int_equal(has(&text, "#announcedOn>"), dates[i].announced);
    assert_int_equal(has(&text, "#dateText>"), dates[i].text != NULL);
    if (dates[i].text) {
      assert_str(object_of(&text, "<https://dealgraph.org/ns#dateText>"),
                 dates[i].text);
    }
    dg_buf_clear(&text);
  }
}

static const struct {
  DgRelationType type;
  uint32_t subject;
  uint32_t object;
  const char *line;
} relations[] = {
  { DG_RELATION_COMPETITOR, NORIA, HELIOS,
    "helios-%26-co> <https://dealgraph.org/ns#competesWith> "
    "<https://dealgraph.org/id/company/noria>" },
  { DG_RELATION_SUBSIDIARY, NORIA, HELIOS,
    "noria> <https://dealgraph.org/ns#subsidiaryOf> "
    "<https://dealgraph.org/id/company/helios-%26-co>" },
  { DG_RELATION_CUSTOMER, NORIA, HELIOS,
    "helios-%26-co> <https://dealgraph.org/ns#supplierOf> "
    "<https://dealgraph.org/id/company/noria>" },
  { DG_RELATION_HEADQUARTERS, LUMEN, QUIMPER,
    "lumen-grid> <https://dealgraph.org/ns#headquarters> "
    "<https://dealgraph.org/id/place/quimper>" },
  { DG_RELATION_HEADQUARTERS, QUIMPER, LUMEN,
    "lumen-grid> <https://dealgraph.org/ns#headquarters> "
    "<https://dealgraph.org/id/place/quimper>" },
  { DG_RELATION_EXECUTIVE, NORIA, HELIOS,
    "noria> <https://dealgraph.org/ns#jobTitle> \"PDG\"" },
  { DG_RELATION_FORMER_NAME, NORIA, HELIOS,
    "noria> <https://dealgraph.org/ns#formerName> \"H\303\251lios\"" },
};

static void
test_relations_as_edges(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof relations / sizeof *relations; ++i) {
    Sample sample;
    make_sample(&sample);
    sample.facts.n_deals = 0;
    sample.facts.n_relations = 1;
    sample.relations[0].type = relations[i].type;
    sample.relations[0].subject = relations[i].subject;
    sample.relations[0].object = relations[i].object;
    sample.relations[0].detail = DG_STR("PDG");
    DgBuf text = lifted(&sample.facts);
    if (!has(&text, relations[i].line)) {
      fail_msg("no %s in\n%s", relations[i].line, text.data);
    }
    dg_buf_clear(&text);
  }
}

static void
test_range_and_base(void **state)
{
  (void)state;
  Sample sample;
  make_sample(&sample);
  sample.facts.n_deals = 1;
  sample.deals[0].amount.is_range = true;
  sample.deals[0].amount.value_max = dg_decimal_from_int(45000000);
  sample.deals[0].amount.currency[0] = '\0';
  sample.deals[0].amount.qualifier = DG_QUALIFIER_ABOUT;
  DgBuf text = DG_BUF_INIT;
  const DgQuadSink sink = { write_quad, &text };
  const DgLiftOptions other = { .version = DG_STR("1.0"),
                                .base = DG_STR("urn:x:") };
  assert_int_equal(dg_lift_article(&sample.facts, &other, &sink), DG_OK);
  assert_true(has(&text, "#amountMax> \"45000000\"^^"));
  assert_true(has(&text, "#amountQualifier> \"about\""));
  assert_false(has(&text, "#currency>"));
  assert_true(has(&text, "<urn:x:company/lumen-grid>"));
  assert_false(has(&text, "dealgraph.org/id/"));
  /* The base has no part in what names a deal. */
  const DgStr there = object_of(&text, "#mentionOf>");
  DgBuf here = lifted(&sample.facts);
  const DgStr same = object_of(&here, "#mentionOf>");
  assert_true(
      dg_str_equal(dg_str_sub(there, sizeof "<urn:x:" - 1, there.len),
                   dg_str_sub(same, sizeof "<" DG_LIFT_BASE - 1, same.len)));
  dg_buf_clear(&here);
  dg_buf_clear(&text);
}

static DgStatus
refuse(void *self, const DgQuad *quad)
{
  (void)quad;
  return --*(int *)self ? DG_OK : DG_IO_ERROR;
}

static void
test_sink_failure_stops(void **state)
{
  (void)state;
  Sample sample;
  make_sample(&sample);
  int left = 5;
  const DgQuadSink sink = { refuse, &left };
  assert_int_equal(dg_lift_article(&sample.facts, &options, &sink),
                   DG_IO_ERROR);
  assert_int_equal(left, 0);
}

static void
test_mint(void **state)
{
  (void)state;
  DgBuf text = DG_BUF_INIT;
  dg_mint_slug(DG_STR("l'\303\251t\303\251 & co./x"), &text);
  assert_str(dg_buf_str(&text), "l%27%C3%A9t%C3%A9-%26-co.%2Fx");
  dg_buf_reset(&text);
  dg_mint_clean(DG_STR("http://x.org/a b<\303\251>"), &text);
  assert_str(dg_buf_str(&text), "http://x.org/a%20b%3C\303\251%3E");
  dg_buf_clear(&text);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_article_as_quads),
    cmocka_unit_test(test_no_edge_for_a_rumour),
    cmocka_unit_test(test_idle_entities_left_out),
    cmocka_unit_test(test_same_deal_in_another_article),
    cmocka_unit_test(test_deal_told_twice_counts_once),
    cmocka_unit_test(test_article_iri_from_address),
    cmocka_unit_test(test_dates_as_precise_as_the_text),
    cmocka_unit_test(test_relations_as_edges),
    cmocka_unit_test(test_range_and_base),
    cmocka_unit_test(test_sink_failure_stops),
    cmocka_unit_test(test_mint),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
