/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_LIBRDF_DATASET_H
#define DG_STORE_LIBRDF_DATASET_H

#include "base/diag.h"
#include "store/dataset.h"

/**
 * Any storage of librdf as a dataset, for small graphs: each find reads all
 * that fits into memory and sorts it, counts are guesses, and terms that were
 * seen stay in memory until the free. Where the storage keeps duplicates, a
 * quad comes once.
 *
 * A storage without contexts has the default graph alone. A write to a storage
 * without transactions is undone change by change on a rollback, and is not
 * safe from kills.
 *
 * librdf opens loadable storages (sqlite, mysql, postgresql, virtuoso) only
 * for the first world of a process: only one dataset of them at a time, and
 * one in the life of the process.
 *
 * @param storage  Its name in librdf: "sqlite".
 * Options that are not given: "contexts='yes'" for storages that have them
 * only when asked (hashes, memory), and "new='yes'" to create an sqlite file
 * that is not there. Other storages are made new by the user, once, since
 * librdf empties what is there.
 *
 * @param storage  Its name in librdf: "sqlite".
 * @param rest     The storage's own name, then "?" and its options.
 * @param create   Make an sqlite file that is not there.
 * @return DG_NOT_FOUND when librdf cannot open it.
 */
DgStatus
dg_librdf_open(const char *storage, const char *rest, bool create,
               DgDataset **out, DgDiag *diag);

/** True for a dataset of dg_librdf_open that has the default graph alone. */
bool
dg_librdf_lacks_graphs(const DgDataset *dataset);

/**
 * What librdf said when a call of dg_librdf_open's dataset failed, since the
 * last that was fine; null when there is nothing, and for other datasets.
 */
const char *
dg_librdf_message(const DgDataset *dataset);

#endif
