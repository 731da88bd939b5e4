/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_MEMORY_H
#define DG_STORE_MEMORY_H

#include "store/dataset.h"

/**
 * A new, empty dataset in memory, for tests, queries over files and scratch
 * graphs. It can be read and written; readers of several threads are fine as
 * long as nobody writes.
 *
 * Quads stand in a hash set; each of the six orders is a sorted array that is
 * made when it is first asked for, and again after a write. So loading is fast,
 * lookups are binary searches, and many small writes with reads between them
 * are slow.
 */
DgStatus
dg_memory_new(DgDataset **out);

/**
 * A sink that adds quads to any writable dataset, inside a write.
 */
DgQuadSink
dg_dataset_sink(DgDataset *dataset);

#endif
