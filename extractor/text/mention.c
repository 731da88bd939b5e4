/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "text/mention.h"

const char *
dg_mention_type_text(DgMentionType type)
{
  static const char *const texts[] = {
#define DG_MENTION_TEXT(name) #name,
    DG_MENTION_TYPES(DG_MENTION_TEXT)
#undef DG_MENTION_TEXT
  };
  return texts[type];
}

const char *
dg_mention_form_text(DgMentionForm form)
{
  static const char *const texts[] = { "name", "nominal", "pronoun",
                                       "possessive" };
  return texts[form];
}
