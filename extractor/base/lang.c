/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/lang.h"

const char *
dg_lang_tag(DgLang lang)
{
  return lang == DG_LANG_FR ? "fr" : lang == DG_LANG_EN ? "en" : "und";
}

DgLang
dg_lang_from_tag(DgStr tag)
{
  if (tag.len < 2 || (tag.len > 2 && tag.ptr[2] != '-' && tag.ptr[2] != '_')) {
    return tag.len ? DG_LANG_OTHER : DG_LANG_NONE;
  }
  const char a = (char)(tag.ptr[0] | 32);
  const char b = (char)(tag.ptr[1] | 32);
  if (a == 'f' && b == 'r') {
    return DG_LANG_FR;
  }
  return a == 'e' && b == 'n' ? DG_LANG_EN : DG_LANG_OTHER;
}
