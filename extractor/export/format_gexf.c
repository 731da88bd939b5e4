/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/xml.h"
#include "export/network.h"

/* The network of parties for Gephi. Source: GEXF 1.2 schema. */

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n"
    "<graph defaultedgetype=\"directed\">\n"
    "<attributes class=\"node\">\n"
    "  <attribute id=\"iri\" title=\"iri\" type=\"string\"/>\n"
    "  <attribute id=\"kind\" title=\"kind\" type=\"string\"/>\n"
    "  <attribute id=\"country\" title=\"country\" type=\"string\"/>\n"
    "</attributes>\n"
    "<attributes class=\"edge\">\n"
    "  <attribute id=\"tie\" title=\"tie\" type=\"string\"/>\n"
    "  <attribute id=\"since\" title=\"since\" type=\"string\"/>\n"
    "  <attribute id=\"until\" title=\"until\" type=\"string\"/>\n"
    "</attributes>\n"
    "<nodes>\n";

static void
add_value(DgBuf *buf, const char *name, DgStr value)
{
  if (value.len) {
    dg_buf_printf(buf, "<attvalue for=\"%s\" value=\"", name);
    dg_xml_add_attribute(buf, value);
    dg_buf_add(buf, DG_STR("\"/>"));
  }
}

static void
add_node(DgBuf *buf, size_t number, const DgNetworkNode *node)
{
  dg_buf_printf(buf, "  <node id=\"n%zu\" label=\"", number);
  dg_xml_add_attribute(buf, node->label);
  dg_buf_add(buf, DG_STR("\"><attvalues>"));
  add_value(buf, "iri", node->iri);
  add_value(buf, "kind", node->kind);
  add_value(buf, "country", node->country);
  dg_buf_add(buf, DG_STR("</attvalues></node>\n"));
}

static void
add_edge(DgBuf *buf, size_t number, const DgNetworkEdge *edge)
{
  dg_buf_printf(buf,
                "  <edge id=\"e%zu\" source=\"n%zu\" target=\"n%zu\" "
                "type=\"%s\" weight=\"%.*s\" label=\"",
                number, edge->from, edge->to,
                edge->directed ? "directed" : "undirected",
                (int)edge->deals.len, edge->deals.ptr);
  dg_xml_add_attribute(buf, edge->tie);
  dg_buf_add(buf, DG_STR("\"><attvalues>"));
  add_value(buf, "tie", edge->tie);
  add_value(buf, "since", edge->since);
  add_value(buf, "until", edge->until);
  dg_buf_add(buf, DG_STR("</attvalues></edge>\n"));
}

static DgStatus
write_gexf(const DgExport *x)
{
  static const DgNetworkStyle style = { head, "</nodes>\n<edges>\n",
                                        "</edges>\n</graph>\n</gexf>\n",
                                        add_node, add_edge };
  return dg_network_write(x, &style);
}

const DgExportFormat dg_export_gexf = { "gexf", "gexf",
                                        "network of parties, GEXF",
                                        "application/gexf+xml", write_gexf };
