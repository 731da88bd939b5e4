/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "text/abbreviation.h"

static const char *const titles[] = {
  "adm",  "approx", "apr",  "art", "aug",  "av",  "avr",  "boul", "cap",
  "capt", "cf",     "ch",   "col", "dec",  "dr",  "déc",  "ed",   "env",
  "ex",   "feb",    "fig",  "fév", "févr", "gen", "gov",  "hon",  "jan",
  "janv", "juil",   "jul",  "jun", "lt",   "m",   "mar",  "max",  "mgr",
  "min",  "mlle",   "mm",   "mme", "mr",   "mrs", "ms",   "mt",   "n",
  "no",   "nov",    "nr",   "oct", "p",    "pp",  "prof", "rep",  "rev",
  "sen",  "sep",    "sept", "sgt", "st",   "ste", "vol",  "vs",
};

static const char *const tails[] = {
  "al",   "bros", "cie", "co",  "corp", "dept", "esq", "etc", "inc",
  "intl", "jr",   "llc", "ltd", "mfg",  "plc",  "pty", "sr",
};

static const char *const starters[] = {
  "a",     "after", "alors",  "an",  "and",  "après", "as",    "at",    "au",
  "aussi", "avec",  "but",    "by",  "ce",   "ces",   "cet",   "cette", "cela",
  "dans",  "de",    "depuis", "des", "du",   "elle",  "elles", "en",    "et",
  "for",   "from",  "he",     "his", "if",   "il",    "ils",   "in",    "it",
  "its",   "la",    "le",     "les", "leur", "mais",  "of",    "on",    "or",
  "pour",  "she",   "si",     "sur", "that", "the",   "their", "these", "they",
  "this",  "those", "to",     "un",  "une",  "we",    "when",  "while", "with",
};

static bool
listed(DgStr word, const char *const *list, size_t n)
{
  for (size_t i = 0; i < n; ++i) {
    if (dg_str_equal(word, dg_str(list[i]))) {
      return true;
    }
  }
  return false;
}

DgAbbreviation
dg_abbreviation(DgStr word)
{
  if (listed(word, titles, sizeof titles / sizeof *titles)) {
    return DG_ABBREVIATION_TITLE;
  }
  return listed(word, tails, sizeof tails / sizeof *tails)
             ? DG_ABBREVIATION_TAIL
             : DG_ABBREVIATION_NONE;
}

bool
dg_starts_sentence(DgStr word)
{
  return listed(word, starters, sizeof starters / sizeof *starters);
}
