/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/xml.h"
#include "export/network.h"

/*
 * The network of parties for yEd, Cytoscape, networkx. All edges are directed,
 * as many readers take one kind alone; `mutual` tells those that run both
 * ways. Source: GraphML 1.0.
 */

#define KEY(of, id, type)                                                      \
  "<key id=\"" id "\" for=\"" of "\" attr.name=\"" id "\" attr.type=\"" type   \
  "\"/>\n"

/* clang-format off */
static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
    KEY("node", "label", "string")
    KEY("node", "iri", "string")
    KEY("node", "kind", "string")
    KEY("node", "country", "string")
    KEY("edge", "mutual", "boolean")
    KEY("edge", "tie", "string")
    KEY("edge", "weight", "double")
    KEY("edge", "since", "string")
    KEY("edge", "until", "string")
    "<graph id=\"deals\" edgedefault=\"directed\">\n";
/* clang-format on */

static void
add_data(DgBuf *buf, const char *key, DgStr value)
{
  if (value.len) {
    dg_buf_printf(buf, "<data key=\"%s\">", key);
    dg_xml_add(buf, value);
    dg_buf_add(buf, DG_STR("</data>"));
  }
}

static void
add_node(DgBuf *buf, size_t number, const DgNetworkNode *node)
{
  dg_buf_printf(buf, "  <node id=\"n%zu\">", number);
  add_data(buf, "label", node->label);
  add_data(buf, "iri", node->iri);
  add_data(buf, "kind", node->kind);
  add_data(buf, "country", node->country);
  dg_buf_add(buf, DG_STR("</node>\n"));
}

static void
add_edge(DgBuf *buf, size_t number, const DgNetworkEdge *edge)
{
  dg_buf_printf(buf, "  <edge id=\"e%zu\" source=\"n%zu\" target=\"n%zu\">",
                number, edge->from, edge->to);
  dg_buf_printf(buf, "<data key=\"mutual\">%s</data>",
                edge->directed ? "false" : "true");
  add_data(buf, "tie", edge->tie);
  add_data(buf, "weight", edge->deals);
  add_data(buf, "since", edge->since);
  add_data(buf, "until", edge->until);
  dg_buf_add(buf, DG_STR("</edge>\n"));
}

static DgStatus
write_graphml(const DgExport *x)
{
  static const DgNetworkStyle style = { head, "", "</graph>\n</graphml>\n",
                                        add_node, add_edge };
  return dg_network_write(x, &style);
}

const DgExportFormat dg_export_graphml = { "graphml", "graphml",
                                           "network of parties, GraphML",
                                           "application/graphml+xml",
                                           write_graphml };
