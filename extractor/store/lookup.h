/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_LOOKUP_H
#define DG_STORE_LOOKUP_H

#include "base/vec.h"
#include "store/dataset.h"

/** Ids of terms, ascending, each once; in an arena. */
typedef DG_VEC(DgId) DgIds;

/** Id of an IRI, or DG_ID_NONE when no quad has it. */
DgStatus
dg_lookup_iri(DgDataset *set, const char *iri, DgId *id);

/**
 * All ids in place "s", "p" or "o" of the quads that fit a pattern, whatever
 * their graph. Call inside a read.
 */
DgStatus
dg_lookup_all(DgDataset *set, DgIdQuad pattern, char place, DgArena *arena,
              DgIds *ids);

/** Whether some quad fits. */
DgStatus
dg_lookup_any(DgDataset *set, DgIdQuad pattern, bool *found);

/** Append. */
DgStatus
dg_ids_add(DgArena *arena, DgIds *ids, DgId id);

/** Sort, and keep each id once. */
void
dg_ids_unique(DgIds *ids);

bool
dg_ids_have(const DgIds *ids, DgId id);

#endif
