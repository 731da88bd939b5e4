/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_ENTITY_GROUP_H
#define DG_ENTITY_GROUP_H

#include "entity/name.h"

/**
 * Group names into entities: the same words, forms of one lexicon entry, a
 * short form that one longer name starts with ("Mistral", "Mistral AI"), a
 * surname, a parenthesis ("Banque publique d'investissement (Bpifrance)").
 * A company and its subsidiary or owner stay apart.
 *
 * Names that nothing confirms are taken out of `names`.
 *
 * @param of_name  Set to [names->n] the entity of each name that is left.
 */
DgStatus
dg_entities_group(const DgScan *scan, DgNames *names, DgEntities *entities,
                  uint32_t **of_name);

#endif
