/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as a query, then as an update. */
#include "try_sparql.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size > 4096) {
    return 0;
  }
  const DgStr text = dg_str_n((const char *)data, size);
  dg_try_query(text);
  dg_try_update(text);
  return 0;
}
