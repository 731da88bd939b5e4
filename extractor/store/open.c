/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/open.h"

#include "store/memory.h"

/* The name before the colon of "NAME:REST", or absent for a path. */
static DgStr
scheme_of(DgStr spec)
{
  const size_t colon = dg_str_find(spec, DG_STR(":"), 0);
  const size_t slash = dg_str_find(spec, DG_STR("/"), 0);
  return colon == SIZE_MAX || slash < colon ? DG_STR_NONE
                                            : dg_str_sub(spec, 0, colon);
}

DgStatus
dg_store_open(const char *spec, DgStoreMode mode, DgDataset **out, DgDiag *diag)
{
  const DgStr scheme = scheme_of(dg_str(spec));
  const char *const rest = scheme.ptr ? spec + scheme.len + 1 : spec;
  if (!scheme.ptr || dg_str_equal(scheme, DG_STR("lmdb"))) {
    return dg_lmdb_open(rest, mode, NULL, out, diag);
  }
  if (dg_str_equal(scheme, DG_STR("memory")) && !*rest) {
    return dg_memory_new(out);
  }
  (void)dg_diag_set(diag, DG_NOT_FOUND, "no storage of this name");
  dg_diag_source(diag, spec);
  return DG_NOT_FOUND;
}

const char *
dg_store_warning(const char *spec)
{
  const DgStr scheme = scheme_of(dg_str(spec));
  return dg_str_equal(scheme, DG_STR("memory"))
             ? "a store in memory is gone when the program ends"
             : NULL;
}
