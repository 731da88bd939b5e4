/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/deals.h"

#include "rdf/vocab.h"

const DgDealColumn dg_deal_columns[] = {
  { "date", false, 11 },      { "type", false, 14 },
  { "status", false, 11 },    { "company", false, 24 },
  { "investors", false, 30 }, { "lead_investors", false, 24 },
  { "acquirers", false, 24 }, { "targets", false, 24 },
  { "sellers", false, 24 },   { "partners", false, 30 },
  { "suppliers", false, 24 }, { "customers", false, 24 },
  { "product", false, 20 },   { "amount", true, 16 },
  { "amount_max", true, 16 }, { "amount_qualifier", false, 10 },
  { "currency", false, 9 },   { "stake", true, 8 },
  { "valuation", true, 16 },  { "valuation_currency", false, 9 },
  { "round", false, 12 },     { "exclusive", false, 10 },
  { "confidence", true, 11 }, { "articles", true, 9 },
  { "sources", false, 40 },   { "quote", false, 80 },
  { "deal", false, 48 },
};

const size_t dg_deal_column_count =
    sizeof dg_deal_columns / sizeof *dg_deal_columns;

/* Those in a role, by name, in one column. */
#define NAMES(role, column)                                                    \
  "  OPTIONAL { { SELECT ?deal\n"                                              \
  "      (GROUP_CONCAT(?name; SEPARATOR = \"; \") AS ?" column ")\n"           \
  "    WHERE { { SELECT DISTINCT ?deal ?name WHERE {\n"                        \
  "        ?deal a deal:Deal ; deal:" role " ?party .\n"                       \
  "        ?party rdfs:label ?name .\n"                                        \
  "        FILTER NOT EXISTS {\n"                                              \
  "          ?party rdfs:label ?other . FILTER(?other < ?name) }\n"            \
  "      } ORDER BY ?deal ?name } } GROUP BY ?deal } }\n"

/* A value of the deal that counts. */
#define VALUE(aggregate, property, value, column)                              \
  "  OPTIONAL { { SELECT ?deal (" aggregate "(" value ") AS ?" column ")\n"    \
  "    WHERE { ?deal a deal:Deal ; deal:" property                             \
  " ?v } GROUP BY ?deal } }\n"

#define CODE "STRAFTER(STR(?v), \"currency/\")"

const DgExportQuery dg_deal_query = {
  "PREFIX dcterms: <http://purl.org/dc/terms/>\n"
  "PREFIX deal: <" DG_NS ">\n"
  "PREFIX prov: <http://www.w3.org/ns/prov#>\n"
  "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
  "SELECT ?date ?type ?status ?company ?investors ?lead_investors ?acquirers\n"
  "  ?targets ?sellers ?partners ?suppliers ?customers ?product ?amount\n"
  "  ?amount_max ?amount_qualifier ?currency ?stake ?valuation\n"
  "  ?valuation_currency ?round ?exclusive ?confidence ?articles ?sources\n"
  "  ?quote ?deal",
  "WHERE {\n"
  "  { SELECT ?deal (MAX(?far) AS ?rank) WHERE {\n"
  "      ?deal a deal:Deal .\n"
  "      FILTER NOT EXISTS {\n"
  "        ?deal deal:duplicateOf|deal:rejectedBy ?instead }\n"
  "      OPTIONAL {\n"
  "        ?deal deal:status ?stage .\n"
  "        VALUES (?stage ?far) { (deal:rumoured 1) (deal:planned 2)\n"
  "          (deal:announced 3) (deal:completed 4) (deal:cancelled 5)\n"
  "          (deal:postponed 6) (deal:denied 7) }\n"
  "      }\n"
  "    } GROUP BY ?deal }\n"
  "  OPTIONAL { VALUES (?rank ?status) { (1 \"rumoured\") (2 \"planned\")\n"
  "    (3 \"announced\") (4 \"completed\") (5 \"cancelled\")\n"
  "    (6 \"postponed\") (7 \"denied\") } }\n"
  "  OPTIONAL { { SELECT ?deal (MIN(?kind) AS ?type) WHERE {\n"
  "      ?deal a deal:Deal, ?class .\n"
  "      FILTER(?class != deal:Deal)\n"
  "      BIND(STRAFTER(STR(?class), \"ns#\") AS ?kind)\n"
  "    } GROUP BY ?deal } }\n"
  "  OPTIONAL { { SELECT ?deal (MAX(?text) AS ?day) WHERE {\n"
  "      ?deal a deal:Deal ; deal:date ?when .\n"
  "      OPTIONAL { ?deal deal:dateText ?coarse }\n"
  "      BIND(COALESCE(?coarse, STR(?when)) AS ?text)\n"
  "    } GROUP BY ?deal } }\n"
  "  OPTIONAL { { SELECT ?deal (MIN(STR(?issued)) AS ?published) WHERE {\n"
  "      ?deal a deal:Deal ; prov:wasDerivedFrom ?article .\n"
  "      ?article dcterms:issued ?issued .\n"
  "    } GROUP BY ?deal } }\n"
  "  BIND(COALESCE(?day, ?published) AS ?date)\n"
  "  OPTIONAL { { SELECT ?deal (COUNT(DISTINCT ?article) AS ?articles) WHERE "
  "{\n"
  "      ?deal a deal:Deal ; prov:wasDerivedFrom ?article .\n"
  "    } GROUP BY ?deal } }\n"
  "  OPTIONAL { { SELECT ?deal\n"
  "      (GROUP_CONCAT(?source; SEPARATOR = \" \") AS ?sources)\n"
  "    WHERE { { SELECT DISTINCT ?deal ?source WHERE {\n"
  "        ?deal a deal:Deal ; prov:wasDerivedFrom ?article .\n"
  "        OPTIONAL { ?article deal:url ?url }\n"
  "        OPTIONAL { ?article deal:articleId ?id }\n"
  "        BIND(COALESCE(STR(?url), ?id) AS ?source)\n"
  "      } ORDER BY ?deal ?source } } GROUP BY ?deal } }\n"
  /* The quote that is surest. */
  "  OPTIONAL { { SELECT ?deal ?confidence (MIN(?text) AS ?quote) WHERE {\n"
  "      { SELECT ?deal (MAX(?sure) AS ?confidence) WHERE {\n"
  "          ?mention deal:mentionOf ?told ; deal:confidence ?sure .\n"
  "          ?told deal:duplicateOf? ?deal .\n"
  "        } GROUP BY ?deal }\n"
  "      ?best deal:mentionOf ?said ; deal:confidence ?confidence ;\n"
  "        deal:quote ?text .\n"
  "      ?said deal:duplicateOf? ?deal .\n"
  "    } GROUP BY ?deal ?confidence } }\n" /* clang-format off */
  NAMES("company", "company")
  NAMES("investor", "investors")
  NAMES("leadInvestor", "lead_investors")
  NAMES("acquirer", "acquirers")
  NAMES("target", "targets")
  NAMES("seller", "sellers")
  NAMES("partner", "partners")
  NAMES("supplier", "suppliers")
  NAMES("customer", "customers")
  VALUE("MIN", "productName", "STR(?v)", "product")
  VALUE("MAX", "amountValue", "?v", "amount")
  VALUE("MAX", "amountMax", "?v", "amount_max")
  VALUE("MIN", "amountQualifier", "?v", "amount_qualifier")
  VALUE("MIN", "currency", CODE, "currency")
  VALUE("MAX", "stake", "?v", "stake")
  VALUE("MAX", "valuation", "?v", "valuation")
  VALUE("MIN", "valuationCurrency", CODE, "valuation_currency")
  VALUE("MIN", "round", "STR(?v)", "round")
  VALUE("MAX", "exclusive", "STR(?v)", "exclusive") /* clang-format on */
  "}\n"
  "ORDER BY DESC(?date) ?company ?targets ?partners ?deal\n"
};
