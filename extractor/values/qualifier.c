/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/quantity.h"

/* Each list is tried in order: a phrase goes before one that it ends with. */
static const struct {
  DgQualifier qualifier;
  const char *before;
} before[] = {
  { DG_QUALIFIER_UP_TO,
    "pas plus de|pas plus d '|no more than|not more than|n ' excedant pas" },
  { DG_QUALIFIER_MORE_THAN,
    "pas moins de|pas moins d '|no less than|not less than|no fewer than" },
  { DG_QUALIFIER_UP_TO,
    "jusqu ' a|jusque|"
    "up to|at most|au plus|au maximum|maximum|un maximum de|a maximum of|"
    "maximum of|moins de|moins d '|moins que|less than|lower than|fewer than|"
    "under|below|en - dessous de|en dessous de|au - dessous de|inferieur a|"
    "inferieure a|inferieurs a|as much as|as many as|as high as|"
    "ne depassant pas|capped at|plafonne a|plafonnee a" },
  { DG_QUALIFIER_MORE_THAN,
    "plus de|plus d '|"
    "plus que|au moins|au minimum|un minimum de|a minimum of|minimum of|"
    "more than|over|above|at least|in excess of|upwards of|upward of|"
    "exceeding|exceeds|greater than|superieur a|superieure a|superieurs a|"
    "superieures a|au - dela de|au dela de|depassant|depasse|excedant|"
    "north of|bien plus de" },
  { DG_QUALIFIER_ABOUT,
    "environ|pres de|pres d '|quelque|quelques|autour de|autour d '|"
    "aux alentours de|aux environs de|approximativement|a peu pres|presque|"
    "de l ' ordre de|quasi|quasiment|about|around|approximately|roughly|some|"
    "nearly|almost|circa|an estimated|estimated|close to|in the region of|"
    "on the order of|in the order of|~|quelque chose comme|plus ou moins|"
    "more or less|avoisinant|frolant" },
};

static const struct {
  DgQualifier qualifier;
  const char *after;
} after[] = {
  { DG_QUALIFIER_ABOUT, "environ|or so|approximately|a peu pres|a peine" },
  { DG_QUALIFIER_MORE_THAN,
    "ou plus|et plus|or more|au moins|au minimum|minimum|at least|- plus|"
    "and up|or higher|and above" },
  { DG_QUALIFIER_UP_TO, "au plus|au maximum|maximum|or less|ou moins|at most" },
};

/* Small words may stand between: plus de *la* moitie, as much as *a* third. */
static size_t
skip_back(const DgReader *r, size_t at)
{
  return at > 0 && dg_reader_in(r, at - 1, "a an the la le les l ses their its")
             ? at - 1
             : at;
}

static bool
found_before(const DgReader *r, size_t at, DgQualifier *out)
{
  for (size_t i = 0; i < sizeof before / sizeof *before; ++i) {
    if (dg_reader_phrase_before(r, at, before[i].before) < at) {
      *out = before[i].qualifier;
      return true;
    }
  }
  return false;
}

DgQualifier
dg_qualifier_around(const DgReader *r, size_t at, size_t end)
{
  DgQualifier found;
  if (found_before(r, at, &found) ||
      (skip_back(r, at) < at && found_before(r, skip_back(r, at), &found))) {
    return found;
  }
  for (size_t i = 0; i < sizeof after / sizeof *after; ++i) {
    if (!dg_reader_breaks(r, end) && dg_reader_phrase(r, end, after[i].after)) {
      return after[i].qualifier;
    }
  }
  return DG_QUALIFIER_EXACT;
}
