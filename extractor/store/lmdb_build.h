/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_LMDB_BUILD_H
#define DG_STORE_LMDB_BUILD_H

#include "store/lmdb_store.h"

/**
 * Writes a data file from end to end, in the order of its keys: much faster
 * than adding quad by quad, and without holes. Terms are numbered in a table
 * and quads sorted in pieces, both in files without names beside the data, so
 * that little memory is taken whatever the size.
 *
 * The new file takes the old one's place in one moment at the end; until then
 * the store is as it was. Other writers wait, readers go on.
 */
typedef struct DgLmdbBuild DgLmdbBuild;

/**
 * Begin, with all that the store has.
 *
 * @param store  Outside of reads and writes; not to be used until the end.
 * @param drop   Leave out terms that no quad has; then nothing can be added.
 */
DgStatus
dg_lmdb_build_new(DgDataset *store, bool drop, DgLmdbBuild **build,
                  DgDiag *diag);

/** Id of a term, made when new. */
DgStatus
dg_lmdb_build_id(DgLmdbBuild *build, const DgTerm *term, DgId *id);

/** True when there is such a term. */
bool
dg_lmdb_build_knows(DgLmdbBuild *build, const DgTerm *term);

/** Add a quad of such ids; one that is there already does no harm. */
DgStatus
dg_lmdb_build_add(DgLmdbBuild *build, const DgIdQuad *quad);

/** Write the file and put it in the place of the old one; then free. */
DgStatus
dg_lmdb_build_end(DgLmdbBuild *build, DgDiag *diag);

/** Leave the store as it was; null is allowed. */
void
dg_lmdb_build_cancel(DgLmdbBuild *build);

#endif
