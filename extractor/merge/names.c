/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge/names.h"

#include "rdf/vocab.h"

#define TYPE_NAME(name, kin) { #name, DG_NS #name },
#define NAME(name) { #name, DG_NS #name },

const DgToldName dg_told_types[] = { DG_TOLD_TYPES(TYPE_NAME) };
const DgToldName dg_told_roles[] = { DG_TOLD_ROLES(NAME) };
const DgToldName dg_told_statuses[] = { DG_TOLD_STATUSES(NAME) };

int
dg_told_find(const DgToldName *table, int n, DgStr name)
{
  for (int i = 0; i < n; ++i) {
    if (dg_str_equal(name, dg_str(table[i].name))) {
      return i;
    }
  }
  return -1;
}

DgKin
dg_told_kin(DgToldType type)
{
#define TYPE_KIN(name, kin) DG_KIN_##kin,
  static const DgKin kins[] = { DG_TOLD_TYPES(TYPE_KIN) };
#undef TYPE_KIN
  return kins[type];
}
