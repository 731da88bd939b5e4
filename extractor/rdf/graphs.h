/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RDF_GRAPHS_H
#define DG_RDF_GRAPHS_H

/** Graphs beside those of the articles. */

/**
 * What the program did and when. It has clock times, so `export` and `dump`
 * leave it out unless asked.
 */
#define DG_GRAPH_RUN_LOG "urn:dealgraph:run-log"

#endif
