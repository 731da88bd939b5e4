/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_LANG_H
#define DG_BASE_LANG_H

#include "base/str.h"

/** The languages that the rooms of the text side can read. */
typedef enum {
  DG_LANG_NONE, /**< not known */
  DG_LANG_FR,
  DG_LANG_EN,
  DG_LANG_OTHER, /**< known to be something else: left alone */
  DG_LANG_COUNT
} DgLang;

/** BCP 47 tag ("fr", "en"), or "und" for the others. */
const char *
dg_lang_tag(DgLang lang);

/** Language of a BCP 47 tag, region ignored ("fr-CA" is French). */
DgLang
dg_lang_from_tag(DgStr tag);

#endif
