/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/network.h"

#include "export/select.h"
#include "rdf/vocab.h"

#include <stdlib.h>

#define PREFIXES                                                               \
  "PREFIX dcterms: <http://purl.org/dc/terms/>\n"                              \
  "PREFIX deal: <" DG_NS ">\n"                                                 \
  "PREFIX prov: <http://www.w3.org/ns/prov#>\n"                                \
  "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"

/* A deal's date is its own, else that of its article. */
static const DgExportQuery edge_query = {
  PREFIXES "SELECT ?from ?to ?tie (COUNT(DISTINCT ?deal) AS ?deals)\n"
           "  (MIN(?day) AS ?since) (MAX(?day) AS ?until)",
  "WHERE {\n"
  "  ?deal a deal:Deal .\n"
  "  FILTER NOT EXISTS { ?deal deal:duplicateOf|deal:rejectedBy ?other }\n"
  /* Whoever supplies another is not its partner too. */
  "  { ?deal deal:partner ?from, ?to . FILTER(STR(?from) < STR(?to))\n"
  "    FILTER NOT EXISTS { ?deal deal:supplier ?delivers }\n"
  "    BIND(\"partner\" AS ?tie) }\n"
  "  UNION\n"
  "  { ?deal deal:investor ?from ; deal:company|deal:target ?to .\n"
  "    BIND(\"invested in\" AS ?tie) }\n"
  "  UNION\n"
  "  { ?deal deal:acquirer ?from ; deal:target ?to .\n"
  "    BIND(\"acquired\" AS ?tie) }\n"
  "  UNION\n"
  "  { ?deal deal:seller ?from ; deal:acquirer ?to .\n"
  "    BIND(\"sold to\" AS ?tie) }\n"
  "  UNION\n"
  "  { ?deal deal:supplier ?from ; deal:customer ?to .\n"
  "    BIND(\"supplies\" AS ?tie) }\n"
  "  ?deal deal:status ?stage .\n"
  "  FILTER(?stage IN (deal:announced, deal:completed))\n"
  "  FILTER NOT EXISTS {\n"
  "    ?deal deal:status ?end .\n"
  "    FILTER(?end IN (deal:cancelled, deal:postponed, deal:denied))\n"
  "  }\n"
  "  OPTIONAL { ?deal deal:date ?when }\n"
  "  OPTIONAL { ?deal deal:dateText ?coarse }\n"
  "  OPTIONAL { ?deal prov:wasDerivedFrom ?article .\n"
  "    ?article dcterms:issued ?issued }\n"
  "  BIND(COALESCE(?coarse, STR(?when), STR(?issued)) AS ?day)\n"
  "}\n"
  "GROUP BY ?from ?to ?tie\n"
};

static const DgExportQuery node_query = {
  PREFIXES "SELECT ?node (MIN(STR(?name)) AS ?label) (MIN(?class) AS ?kind)\n"
           "  (MIN(?where) AS ?country)",
  "WHERE {\n"
  "  { SELECT DISTINCT ?node WHERE {\n"
  "      ?deal a deal:Deal ; deal:partner|deal:investor|deal:company|\n"
  "        deal:target|deal:acquirer|deal:seller|deal:supplier|\n"
  "        deal:customer ?node .\n"
  "      FILTER NOT EXISTS {\n"
  "        ?deal deal:duplicateOf|deal:rejectedBy ?other } } }\n"
  "  OPTIONAL { ?node rdfs:label ?name }\n"
  "  OPTIONAL { ?node a ?type .\n"
  "    FILTER(?type != deal:Actor && ?type != deal:Organisation)\n"
  "    BIND(STRAFTER(STR(?type), \"ns#\") AS ?class) }\n"
  "  OPTIONAL { ?node deal:country ?where }\n"
  "}\n"
  "GROUP BY ?node\n"
};

/* An edge before its ends have numbers. */
typedef struct {
  DgStr from;
  DgStr to;
  DgNetworkEdge edge;
} Tie;

typedef struct {
  DgNetwork *network;
  DG_VEC(Tie) ties;
} Reading;

/* The text of a value, kept; absent for an unbound one. */
static DgStr
kept(DgNetwork *network, const DgTerm *value)
{
  return value->kind == DG_TERM_NONE
             ? DG_STR_NONE
             : dg_arena_copy(network->arena, value->value);
}

static DgStatus
take_node(void *self, const DgTerm *values, size_t n)
{
  DgNetwork *const network = ((Reading *)self)->network;
  (void)n;
  DgNetworkNode *const node = DG_VEC_ADD(network->arena, &network->nodes);
  DG_TRY_PTR(node);
  node->iri = kept(network, &values[0]);
  node->label = kept(network, &values[1]);
  node->kind = kept(network, &values[2]);
  node->country = kept(network, &values[3]);
  node->label = node->label.len ? node->label : node->iri;
  return node->iri.ptr ? DG_OK : DG_NO_MEMORY;
}

static DgStatus
take_tie(void *self, const DgTerm *values, size_t n)
{
  Reading *const reading = self;
  DgNetwork *const network = reading->network;
  (void)n;
  if (values[0].kind == DG_TERM_NONE) {
    return DG_OK; /* no group at all */
  }
  Tie *const tie = DG_VEC_ADD(network->arena, &reading->ties);
  DG_TRY_PTR(tie);
  *tie = (Tie){ .from = kept(network, &values[0]),
                .to = kept(network, &values[1]) };
  tie->edge.tie = kept(network, &values[2]);
  tie->edge.deals = kept(network, &values[3]);
  tie->edge.since = kept(network, &values[4]);
  tie->edge.until = kept(network, &values[5]);
  tie->edge.directed = !dg_str_equal(tie->edge.tie, DG_STR("partner"));
  return tie->from.ptr && tie->to.ptr ? DG_OK : DG_NO_MEMORY;
}

static int
compare_nodes(const void *a, const void *b)
{
  return dg_str_compare(((const DgNetworkNode *)a)->iri,
                        ((const DgNetworkNode *)b)->iri);
}

static int
compare_ties(const void *a, const void *b)
{
  const Tie *const x = a;
  const Tie *const y = b;
  int order = dg_str_compare(x->from, y->from);
  order = order ? order : dg_str_compare(x->to, y->to);
  return order ? order : dg_str_compare(x->edge.tie, y->edge.tie);
}

static size_t
node_number(const DgNetwork *network, DgStr iri)
{
  const DgNetworkNode key = { .iri = iri };
  const DgNetworkNode *const node = bsearch(
      &key, network->nodes.items, network->nodes.n, sizeof key, compare_nodes);
  return node ? (size_t)(node - network->nodes.items) : SIZE_MAX;
}

static DgStatus
join_ends(DgNetwork *network, Tie *ties, size_t n)
{
  if (network->nodes.n) {
    qsort(network->nodes.items, network->nodes.n, sizeof(DgNetworkNode),
          compare_nodes);
  }
  if (n) {
    qsort(ties, n, sizeof *ties, compare_ties);
  }
  for (size_t i = 0; i < n; ++i) {
    ties[i].edge.from = node_number(network, ties[i].from);
    ties[i].edge.to = node_number(network, ties[i].to);
    if (ties[i].edge.from == SIZE_MAX || ties[i].edge.to == SIZE_MAX) {
      continue; /* a writer came in between the two questions */
    }
    DgNetworkEdge *const edge = DG_VEC_ADD(network->arena, &network->edges);
    DG_TRY_PTR(edge);
    *edge = ties[i].edge;
  }
  return DG_OK;
}

DgStatus
dg_network_read(const DgExport *x, DgNetwork *network)
{
  *network = (DgNetwork){ .arena = dg_arena_new() };
  DG_TRY_PTR(network->arena);
  Reading reading = { .network = network };
  DG_TRY(dg_export_select(x, &edge_query, take_tie, &reading));
  DG_TRY(dg_export_select(x, &node_query, take_node, &reading));
  return join_ends(network, reading.ties.items, reading.ties.n);
}

void
dg_network_clear(DgNetwork *network)
{
  dg_arena_free(network->arena);
}

static DgStatus
write_network(const DgExport *x, const DgNetworkStyle *style,
              const DgNetwork *network, DgBuf *buf)
{
  dg_buf_add(buf, dg_str(style->begin));
  for (size_t i = 0; i < network->nodes.n; ++i) {
    style->node(buf, i, &network->nodes.items[i]);
    DG_TRY(dg_export_flush(x, buf, false));
  }
  dg_buf_add(buf, dg_str(style->between));
  for (size_t i = 0; i < network->edges.n; ++i) {
    style->edge(buf, i, &network->edges.items[i]);
    DG_TRY(dg_export_flush(x, buf, false));
  }
  dg_buf_add(buf, dg_str(style->end));
  return dg_export_flush(x, buf, true);
}

DgStatus
dg_network_write(const DgExport *x, const DgNetworkStyle *style)
{
  DgNetwork network;
  DgBuf buf = DG_BUF_INIT;
  DgStatus status = dg_network_read(x, &network);
  status = status == DG_OK ? write_network(x, style, &network, &buf) : status;
  dg_buf_clear(&buf);
  dg_network_clear(&network);
  return status;
}
