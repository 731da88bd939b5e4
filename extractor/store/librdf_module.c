/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/librdf_storage.h"

#include <rdf_storage_module.h>

/* The entry that Redland looks for in a loadable storage. */
void
librdf_storage_module_register_factory(librdf_world *world);

void
librdf_storage_module_register_factory(librdf_world *world)
{
  (void)dg_librdf_register(world);
}
