/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_ENTITY_DESCRIBE_H
#define DG_ENTITY_DESCRIBE_H

#include "entity/name.h"

/**
 * Tie descriptions and pronouns to entities, in text order.
 *
 * A description directly before a name ("le géant américain de l'informatique
 * Microsoft") becomes part of that name's mention. One that a comma sets off
 * from a name takes its entity. A definite description, "l'Américain", "ce
 * dernier", a safe "il" are resolved by salience among what was named before:
 * kind, nationality and earlier descriptions must not disagree, the best must
 * stand clear of the second, else the description is left out.
 *
 * Descriptions also give entities a country and a kind where the lexicon has
 * none.
 *
 * @param mentions  [n] those of names, one for each of `names` in order; new
 *                  ones are appended (the caller sorts).
 */
DgStatus
dg_entities_describe(const DgScan *scan, const DgNames *names,
                     DgEntities *entities, DgMentions *mentions);

#endif
