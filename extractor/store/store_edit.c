/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/lmdb_store.h"

enum { REMOVE_AT_ONCE = 4096 };

/* Remove up to REMOVE_AT_ONCE matching quads: read first, since writing may
 * move the cursor. */
static DgStatus
remove_some(DgDataset *store, DgIdQuad pattern, DgIdQuad *found, size_t *n)
{
  const DgDatasetClass *const class_ = store->class_;
  DgDatasetCursor *cursor = NULL;
  DG_TRY(class_->find(store, pattern, DG_ORDER_ANY, &cursor));
  DgStatus status = DG_OK;
  *n = 0;
  while (status == DG_OK && *n < REMOVE_AT_ONCE) {
    status = class_->next(cursor, &found[*n]);
    *n += status == DG_OK;
  }
  class_->close(cursor);
  status = status == DG_NO_MATCH ? DG_OK : status;
  for (size_t i = 0; status == DG_OK && i < *n; ++i) {
    status = class_->remove(store, found[i]);
  }
  return status;
}

DgStatus
dg_store_remove_matching(DgDataset *store, DgIdQuad pattern, uint64_t *removed)
{
  DgArena *const arena = dg_arena_new();
  DG_TRY_PTR(arena);
  DgIdQuad *const found = DG_NEW_ARRAY(arena, DgIdQuad, REMOVE_AT_ONCE);
  DgStatus status = found ? DG_OK : DG_NO_MEMORY;
  uint64_t sum = 0;
  size_t n = REMOVE_AT_ONCE;
  while (status == DG_OK && n == REMOVE_AT_ONCE) {
    status = remove_some(store, pattern, found, &n);
    sum += status == DG_OK ? n : 0;
  }
  dg_arena_free(arena);
  if (removed) {
    *removed = sum;
  }
  return status;
}

DgStatus
dg_store_replace_graph(DgDataset *store, const DgTerm *graph,
                       const DgQuad *quads, size_t n)
{
  const DgDatasetClass *const class_ = store->class_;
  DgIdQuad ids = { 0, 0, 0, 0 };
  DG_TRY(class_->make_id(store, graph, &ids.g));
  DG_TRY(dg_store_remove_matching(store, ids, NULL));
  for (size_t i = 0; i < n; ++i) {
    DG_TRY(class_->make_id(store, &quads[i].s, &ids.s));
    DG_TRY(class_->make_id(store, &quads[i].p, &ids.p));
    DG_TRY(class_->make_id(store, &quads[i].o, &ids.o));
    const DgStatus status = class_->add(store, ids);
    if (status != DG_OK && status != DG_NO_MATCH) {
      return status;
    }
  }
  return DG_OK;
}
