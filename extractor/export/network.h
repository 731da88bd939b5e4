/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_EXPORT_NETWORK_H
#define DG_EXPORT_NETWORK_H

#include "base/vec.h"
#include "export/format.h"

/** A party to a deal. */
typedef struct {
  DgStr iri;
  DgStr label;   /**< that sorts first; the IRI when there is none */
  DgStr kind;    /**< "Company", "Fund", ...; absent when unknown */
  DgStr country; /**< ISO 3166 code, or absent */
} DgNetworkNode;

/** What two parties have to do with one another. */
typedef struct {
  size_t from; /**< number of a node */
  size_t to;
  DgStr tie;     /**< "partner", "invested in", "acquired", "sold to",
                      "supplies" */
  bool directed; /**< not for "partner", where from is the first by IRI */
  DgStr deals;   /**< how many: a number */
  DgStr since;   /**< first and last date, ISO 8601, or absent */
  DgStr until;
} DgNetworkEdge;

/**
 * Who is tied to whom by deals that are announced or completed and were not
 * called off, each counted once. Nodes are sorted by IRI, edges by from, to
 * and tie.
 */
typedef struct {
  DgArena *arena; /**< holds all of it */
  DG_VEC(DgNetworkNode) nodes;
  DG_VEC(DgNetworkEdge) edges;
} DgNetwork;

/** Read it; `network` is to be cleared whatever comes of it. */
DgStatus
dg_network_read(const DgExport *x, DgNetwork *network);

void
dg_network_clear(DgNetwork *network);

/** How a file of the network is written. */
typedef struct {
  const char *begin;
  const char *between; /**< nodes and edges */
  const char *end;
  void (*node)(DgBuf *buf, size_t number, const DgNetworkNode *node);
  void (*edge)(DgBuf *buf, size_t number, const DgNetworkEdge *edge);
} DgNetworkStyle;

/** Read the network and write it. */
DgStatus
dg_network_write(const DgExport *x, const DgNetworkStyle *style);

#endif
