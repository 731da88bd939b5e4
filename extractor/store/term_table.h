/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_TERM_TABLE_H
#define DG_STORE_TERM_TABLE_H

#include "store/dataset.h"

/**
 * Terms numbered in the order in which they came; small values carry themselves
 * in their ids (see "store/id.h") and take no room. Once given, an id and the
 * strings of its term stay until the table is freed.
 */
typedef struct DgTermTable DgTermTable;

/** Number, in its id, of the first term that does not carry itself. */
#define DG_TERM_TABLE_FIRST 1U

/** A new, empty table; null when memory is out. */
DgTermTable *
dg_term_table_new(void);

void
dg_term_table_free(DgTermTable *table);

/** @return DG_NO_MATCH for a term that is not there. */
DgStatus
dg_term_table_find(const DgTermTable *table, const DgTerm *term, DgId *id);

/** Id of a term, made when new; its strings are copied. */
DgStatus
dg_term_table_add(DgTermTable *table, const DgTerm *term, DgId *id);

/** The term of an id; `arena` is for values that are carried by the id. */
DgStatus
dg_term_table_get(const DgTermTable *table, DgId id, DgArena *arena,
                  DgTerm *term);

/** Bytes that the table holds, about. */
size_t
dg_term_table_size(const DgTermTable *table);

#endif
