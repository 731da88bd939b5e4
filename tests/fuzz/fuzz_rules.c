/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Any bytes as a rule file. What compiles must dump; what does not must say
 * why.
 */
#include "rules/ruleset.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size > 1U << 13) {
    return 0;
  }
  DgDiag diag = DG_DIAG_INIT;
  DgRuleset *rules = NULL;
  const DgStatus status = dg_ruleset_read(dg_str_n((const char *)data, size),
                                          "fuzz", DG_LANG_FR, &rules, &diag);
  if (status == DG_OK) {
    DgBuf out = DG_BUF_INIT;
    for (uint32_t i = 0; i < dg_ruleset_size(rules); ++i) {
      dg_ruleset_dump(rules, i, &out);
    }
    dg_buf_clear(&out);
    dg_ruleset_free(rules);
  } else if (status == DG_BAD_INPUT && !diag.message) {
    abort();
  }
  dg_diag_clear(&diag);
  return 0;
}
