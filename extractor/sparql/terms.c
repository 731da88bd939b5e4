/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/terms.h"

#include "store/term_table.h"

#include <stdlib.h>

struct DgTerms {
  DgDataset *dataset;
  DgTermTable *own;
};

DgTerms *
dg_terms_new(DgDataset *dataset)
{
  DgTerms *const terms = calloc(1, sizeof *terms);
  if (!terms) {
    return NULL;
  }
  terms->dataset = dataset;
  terms->own = dg_term_table_new();
  if (!terms->own) {
    free(terms);
    return NULL;
  }
  return terms;
}

void
dg_terms_free(DgTerms *terms)
{
  if (terms) {
    dg_term_table_free(terms->own);
    free(terms);
  }
}

size_t
dg_terms_size(const DgTerms *terms)
{
  return dg_term_table_size(terms->own);
}

DgStatus
dg_terms_id(DgTerms *terms, const DgTerm *term, DgId *id)
{
  if (dg_id_encode(term, id) == DG_OK) {
    return DG_OK;
  }
  const DgStatus status =
      terms->dataset->class_->find_id(terms->dataset, term, id);
  if (status != DG_NO_MATCH) {
    return status;
  }
  DG_TRY(dg_term_table_add(terms->own, term, id));
  *id |= DG_ID_LOCAL;
  return DG_OK;
}

DgStatus
dg_terms_term(DgTerms *terms, DgId id, DgArena *arena, DgTerm *term)
{
  if (id & DG_ID_LOCAL) {
    return dg_term_table_get(terms->own, id & ~DG_ID_LOCAL, arena, term);
  }
  if (dg_id_is_inline(id)) {
    return dg_id_term(id, arena, term);
  }
  if (id == DG_ID_NONE || id == DG_ID_DEFAULT_GRAPH) {
    *term = (DgTerm){ 0 };
    return DG_OK;
  }
  return terms->dataset->class_->term(terms->dataset, id, arena, term);
}

/* Numbers need no text to be computed with. */
static bool
read_inline(DgId id, DgItem *item)
{
  const DgIdKind kind = dg_id_kind(id);
  int64_t integer;
  if (dg_id_is_integer(id)) {
    if (dg_id_integer(id, &integer) != DG_OK) {
      return false;
    }
    item->kind = DG_ITEM_INTEGER;
    item->as.number = dg_decimal_from_int(integer);
  } else if (kind == DG_ID_KIND_DECIMAL) {
    item->kind = DG_ITEM_DECIMAL;
    if (dg_id_decimal(id, &item->as.number) != DG_OK) {
      return false;
    }
  } else {
    return false;
  }
  item->text = item->lang = DG_STR_NONE;
  item->type = dg_id_datatype(kind);
  return true;
}

DgStatus
dg_terms_item(DgTerms *terms, DgId id, DgArena *arena, DgItem *item)
{
  if (!(id & DG_ID_LOCAL) && dg_id_is_inline(id) && read_inline(id, item)) {
    item->id = id;
    return DG_OK;
  }
  DgTerm term;
  DG_TRY(dg_terms_term(terms, id, arena, &term));
  dg_item_read(&term, item);
  item->id = id;
  return DG_OK;
}

DgStatus
dg_terms_item_id(DgTerms *terms, DgItem *item, DgArena *arena, DgId *id)
{
  if (!item->id && item->kind != DG_ITEM_NONE) {
    if (!dg_item_write(item, arena)) {
      return DG_NO_MEMORY;
    }
    const DgTerm term = dg_item_term(item);
    DG_TRY(dg_terms_id(terms, &term, &item->id));
  }
  *id = item->id;
  return DG_OK;
}

DgStatus
dg_terms_blank(DgTerms *terms, DgArena *arena, DgStr label, DgTerm *term)
{
  *term = (DgTerm){ DG_TERM_BLANK, label, DG_STR_NONE, DG_STR_NONE };
  DgDataset *const dataset = terms->dataset;
  for (unsigned i = 1;; ++i) {
    DgId id;
    const DgStatus status = dataset->class_->find_id(dataset, term, &id);
    if (status != DG_OK) {
      return status == DG_NO_MATCH ? DG_OK : status;
    }
    term->value =
        dg_str(dg_arena_printf(arena, "%.*sx%u", (int)label.len, label.ptr, i));
    DG_TRY_PTR(term->value.ptr);
  }
}
