/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RDF_GRAPHS_H
#define DG_RDF_GRAPHS_H

/** Graphs beside those of the articles. */

/**
 * What the program did and when. It has clock times, so `export` and `dump`
 * leave it out unless asked.
 */
#define DG_GRAPH_RUN_LOG "urn:dealgraph:run-log"

/** Which deals are one, and what counts then; made anew at any time. */
#define DG_GRAPH_MERGES "urn:dealgraph:merges"

/** What people decided, and the deals that they added; made of their file. */
#define DG_GRAPH_DECISIONS "urn:dealgraph:decisions"

/** Where the IRIs of data start unless told otherwise. */
#define DG_ID_BASE "https://dealgraph.org/id/"

#endif
