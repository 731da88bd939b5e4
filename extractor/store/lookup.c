/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/lookup.h"

#include <stdlib.h>

DgStatus
dg_lookup_iri(DgDataset *set, const char *iri, DgId *id)
{
  const DgTerm term = dg_term_iri(dg_str(iri));
  const DgStatus status = set->class_->find_id(set, &term, id);
  if (status == DG_NO_MATCH) {
    *id = DG_ID_NONE;
    return DG_OK;
  }
  return status;
}

static DgId
id_at(DgIdQuad quad, char place)
{
  return place == 's' ? quad.s : place == 'p' ? quad.p : quad.o;
}

static int
compare_ids(const void *a, const void *b)
{
  const DgId left = *(const DgId *)a;
  const DgId right = *(const DgId *)b;
  return (left > right) - (left < right);
}

DgStatus
dg_ids_add(DgArena *arena, DgIds *ids, DgId id)
{
  DgId *const room = DG_VEC_ADD(arena, ids);
  DG_TRY_PTR(room);
  *room = id;
  return DG_OK;
}

void
dg_ids_unique(DgIds *ids)
{
  if (ids->n) {
    qsort(ids->items, ids->n, sizeof *ids->items, compare_ids);
  }
  size_t kept = 0;
  for (size_t i = 0; i < ids->n; ++i) {
    if (!kept || ids->items[i] != ids->items[kept - 1]) {
      ids->items[kept++] = ids->items[i];
    }
  }
  ids->n = kept;
}

bool
dg_ids_have(const DgIds *ids, DgId id)
{
  return ids->n && bsearch(&id, ids->items, ids->n, sizeof id, compare_ids);
}

DgStatus
dg_lookup_all(DgDataset *set, DgIdQuad pattern, char place, DgArena *arena,
              DgIds *ids)
{
  DgDatasetCursor *cursor = NULL;
  DG_TRY(set->class_->find(set, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  DgStatus status = DG_OK;
  while (status == DG_OK &&
         (status = set->class_->next(cursor, &quad)) == DG_OK) {
    status = dg_ids_add(arena, ids, id_at(quad, place));
  }
  set->class_->close(cursor);
  dg_ids_unique(ids);
  return status == DG_NO_MATCH ? DG_OK : status;
}

DgStatus
dg_lookup_any(DgDataset *set, DgIdQuad pattern, bool *found)
{
  DgDatasetCursor *cursor = NULL;
  DG_TRY(set->class_->find(set, pattern, DG_ORDER_ANY, &cursor));
  DgIdQuad quad;
  const DgStatus status = set->class_->next(cursor, &quad);
  set->class_->close(cursor);
  *found = status == DG_OK;
  return status == DG_NO_MATCH ? DG_OK : status;
}
