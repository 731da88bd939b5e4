/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_LANGUAGE_H
#define DG_INPUT_LANGUAGE_H

#include "base/lang.h"

/**
 * Language of a text by its function words: French, English, another, or none
 * where there are too few to tell. Reads the first 4 KiB.
 *
 * The idea: the twenty most frequent words of a language make a quarter of
 * its running text, and few of them are frequent in two languages (Grefenstette
 * 1995, "Comparing two language identification schemes").
 */
DgLang
dg_language_of(DgStr text);

/**
 * Language of a whole text that dg_language_of cannot tell and nothing else
 * names: one function word is enough in a text of a sentence or two, where it
 * speaks for one of French and English and no other language scores more.
 * Not for a block, which is in its article's language.
 */
DgLang
dg_language_of_few(DgStr text);

#endif
