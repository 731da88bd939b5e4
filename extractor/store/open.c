/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/open.h"

#include "store/librdf_dataset.h"
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
  char name[32];
  if (scheme.len >= sizeof name) {
    return dg_diag_set(diag, DG_NOT_FOUND, "%s: no storage of this name", spec);
  }
  memcpy(name, scheme.ptr, scheme.len);
  name[scheme.len] = '\0';
  return dg_librdf_open(name, rest, mode == DG_STORE_CREATE, out, diag);
}

/* What was seen of librdf's storages when programs were killed. */
static const struct {
  const char *scheme;
  const char *warning;
} warnings[] = {
  { "memory", "a store in memory is gone when the program ends" },
  { "trees", "librdf keeps 'trees' in memory: it is gone when the program "
             "ends, and it has no graphs" },
  { "hashes", "librdf's 'hashes' can be damaged when the program is killed, "
              "and has no transactions" },
  { "file", "librdf's 'file' is written when the store is closed: a kill loses "
            "all changes; it has no graphs" },
  { "uri", "librdf's 'uri' is read only" },
  { "postgresql", "librdf's transactions are of no use in PostgreSQL: a kill "
                  "can leave half a graph" },
  { "virtuoso", "through librdf Virtuoso shows one graph alone; its SPARQL "
                "endpoint shows all (--endpoint)" },
};

const char *
dg_store_warning(const char *spec)
{
  const DgStr scheme = scheme_of(dg_str(spec));
  for (size_t i = 0; i < sizeof warnings / sizeof *warnings; ++i) {
    if (scheme.ptr && dg_str_equal(scheme, dg_str(warnings[i].scheme))) {
      return warnings[i].warning;
    }
  }
  return NULL;
}
