/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/network.h"

/* The network of parties for Graphviz. Source: the DOT language. */

/* In a quoted string only the quote needs an escape, but a backslash before it
 * would undo that, and others mean something in labels. */
static void
add_string(DgBuf *buf, DgStr text)
{
  dg_buf_add_char(buf, '"');
  for (size_t i = 0; i < text.len; ++i) {
    const char c = text.ptr[i];
    if (c == '"' || c == '\\') {
      dg_buf_add_char(buf, '\\');
    }
    dg_buf_add_char(buf, (unsigned char)c < 32 ? ' ' : c);
  }
  dg_buf_add_char(buf, '"');
}

static void
add_attribute(DgBuf *buf, const char *name, DgStr value)
{
  if (value.len) {
    dg_buf_printf(buf, ", %s=", name);
    add_string(buf, value);
  }
}

static void
add_node(DgBuf *buf, size_t number, const DgNetworkNode *node)
{
  dg_buf_printf(buf, "  n%zu [label=", number);
  add_string(buf, node->label);
  add_attribute(buf, "URL", node->iri);
  add_attribute(buf, "kind", node->kind);
  add_attribute(buf, "country", node->country);
  dg_buf_add(buf, DG_STR("];\n"));
}

static void
add_edge(DgBuf *buf, size_t number, const DgNetworkEdge *edge)
{
  (void)number;
  dg_buf_printf(buf, "  n%zu -> n%zu [label=", edge->from, edge->to);
  add_string(buf, edge->tie);
  add_attribute(buf, "weight", edge->deals);
  add_attribute(buf, "since", edge->since);
  add_attribute(buf, "until", edge->until);
  dg_buf_add(buf, edge->directed ? DG_STR("];\n") : DG_STR(", dir=none];\n"));
}

static DgStatus
write_dot(const DgExport *x)
{
  static const DgNetworkStyle style = {
    "digraph deals {\n  node [shape=box];\n", "", "}\n", add_node, add_edge
  };
  return dg_network_write(x, &style);
}

const DgExportFormat dg_export_dot = { "dot", "dot gv",
                                       "network of parties, Graphviz",
                                       "text/vnd.graphviz", write_dot };
