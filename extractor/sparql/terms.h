/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_TERMS_H
#define DG_SPARQL_TERMS_H

#include "sparql/item.h"
#include "store/id.h"

/**
 * The terms of one running query: those of its dataset, and those that it
 * computes and the dataset does not have. Each term has one id, so that joins,
 * groups and DISTINCT compare ids alone.
 */
typedef struct DgTerms DgTerms;

/** Ids with the highest bit are of terms that the dataset does not have. */
#define DG_ID_LOCAL ((DgId)1 << 63)

DgTerms *
dg_terms_new(DgDataset *dataset);

void
dg_terms_free(DgTerms *terms);

/** Id of a term, a local one when the dataset has none. */
DgStatus
dg_terms_id(DgTerms *terms, const DgTerm *term, DgId *id);

/** The term of an id; strings in `arena` or longer-lived. */
DgStatus
dg_terms_term(DgTerms *terms, DgId id, DgArena *arena, DgTerm *term);

/** The decoded term of an id; DG_ID_NONE gives DG_ITEM_NONE. */
DgStatus
dg_terms_item(DgTerms *terms, DgId id, DgArena *arena, DgItem *item);

/** Id of an item, found once. */
DgStatus
dg_terms_item_id(DgTerms *terms, DgItem *item, DgArena *arena, DgId *id);

/**
 * A blank node that the dataset does not have: `label`, lengthened where it has
 * one of that name. The same label gives the same node while the dataset stays.
 */
DgStatus
dg_terms_blank(DgTerms *terms, DgArena *arena, DgStr label, DgTerm *term);

/** Bytes held by computed terms, about. */
size_t
dg_terms_size(const DgTerms *terms);

#endif
