/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TRY_SPARQL_H
#define TRY_SPARQL_H

#include "base/str.h"

/**
 * Run a text as a query over a few quads, within tight bounds. Whatever is
 * refused says why; a query that is accepted is also accepted again, with the
 * same number of solutions. Aborts when that does not hold.
 */
void
dg_try_query(DgStr text);

/** The same for an update, run once. */
void
dg_try_update(DgStr text);

#endif
