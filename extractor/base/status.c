/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/status.h"

const char *
dg_status_text(DgStatus status)
{
  static const char *const texts[] = {
#define DG_STATUS_TEXT(name, text) text,
    DG_STATUSES(DG_STATUS_TEXT)
#undef DG_STATUS_TEXT
  };
  return texts[status];
}
