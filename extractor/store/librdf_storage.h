/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_LIBRDF_STORAGE_H
#define DG_STORE_LIBRDF_STORAGE_H

#include <librdf.h>

/**
 * The embedded store as a storage of Redland, under the name "lmdb":
 *
 *   librdf_new_storage(world, "lmdb", "deals.store", "new='no'")
 *
 * The name is the store's folder. Options:
 *
 *   new='yes'    remove what is there
 *   write='no'   open for reading; the store must exist
 *   dir='PATH'   the folder that the name is in
 *   batch='N'    commit single additions and removals outside of a
 *                transaction N at a time, and at a sync, a close or a
 *                transaction's start; without it each is on disk when its call
 *                returns, which takes a write to the disk each
 *
 * It behaves as librdf says a storage does. Where librdf says nothing, or its
 * own storages differ, this holds:
 *
 * - The storage is an RDF 1.1 dataset: a context is a named graph, no context
 *   is the default graph. Finding without a context looks into all graphs, and
 *   gives a statement once for each graph that has it, with its context.
 *   Adding and removing without a context mean the default graph. A statement
 *   is stored once in a graph; adding it again changes nothing.
 * - A list of contexts has the named graphs that have statements.
 * - Sources, arcs and targets come once for each statement that has them, with
 *   its context: librdf answers a pattern that leaves one node open by them, so
 *   that no statement may be lost.
 * - A stream or an iterator sees the storage as it was when it was made, also
 *   while others write. One made within a transaction sees the transaction,
 *   and ends with it.
 * - A transaction belongs to the thread that started it. Adding a stream of
 *   statements outside of one is a transaction of its own.
 * - Language tags are kept in lower case, xsd:string is a plain literal.
 *
 * One librdf_world, as all of librdf, is for one thread at a time.
 *
 * @return 0, or not when librdf does not take the registration.
 */
int
dg_librdf_register(librdf_world *world);

#endif
