/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

/* The longer of the two readings. */
static size_t
one_date(const DgReader *r, size_t at, DgWhen *out)
{
  DgWhen relative;
  const size_t absolute = dg_absolute_at(r, at, out);
  const size_t other = dg_relative_at(r, at, &relative);
  if (other > absolute) {
    *out = relative;
    return other;
  }
  return absolute;
}

size_t
dg_date_at(const DgReader *r, size_t at, DgWhen *out)
{
  return one_date(r, at, out);
}
