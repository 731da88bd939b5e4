/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/percent.h"

size_t
dg_percent_sign_at(const DgReader *r, size_t at)
{
  if (dg_reader_breaks(r, at)) {
    return 0;
  }
  if (dg_reader_mark(r, at, '%')) {
    return at + 1;
  }
  return dg_reader_phrase(
      r, at,
      "pour cent|pour - cent|pourcent|pourcents|pourcentage|pourcentages|"
      "per cent|percent|percents|percentage|percentages|pct|p . 100|p . cent");
}

/* "of the capital", "des parts": the fraction before is a stake. */
static bool
is_stake(const DgReader *r, size_t at)
{
  const size_t of =
      dg_reader_phrase(r, at,
                       "du|de son|de sa|de leur|de ses|des|de la|de l '|"
                       "of the|of its|of their|of|de|d '|stake|holding");
  return of > 0 && (dg_reader_in(r, of,
                                 "capital parts actions titres shares "
                                 "equity stock votes voting") ||
                    dg_reader_in(r, of - 1, "stake holding"));
}

/* percent of twenty, pourcentage de vingt */
static size_t
sign_first(const DgReader *r, size_t at, DgNumber *out)
{
  if (dg_reader_mark(r, at, '%')) {
    return 0;
  }
  const size_t sign = dg_percent_sign_at(r, at);
  const size_t of = sign ? dg_reader_phrase(r, sign, "of|de|des|d '") : 0;
  return of ? dg_number_at(r, of, 0, out) : 0;
}

size_t
dg_percent_at(const DgReader *r, size_t at, DgNumber *out)
{
  const size_t end = dg_number_at(r, at, 0, out);
  if (!end) {
    return sign_first(r, at, out);
  }
  const size_t sign = dg_percent_sign_at(r, end);
  if (sign) {
    return sign;
  }
  if (out->fraction && !out->scaled && is_stake(r, end) &&
      dg_number_scale(out->value, 0, &out->value) == DG_OK &&
      dg_decimal_multiply(out->value, dg_decimal_from_int(100), &out->value) ==
          DG_OK) {
    return end;
  }
  return 0;
}
