/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/duration.h"

/* What a unit of the word table is in the units of a duration. */
static const struct {
  char unit;
  char as;
  uint8_t times;
} units[] = {
  { 'Y', 'Y', 1 }, { 'X', 'Y', 10 }, { 'C', 'Y', 100 }, { 'H', 'M', 6 },
  { 'Q', 'M', 3 }, { 'M', 'M', 1 },  { 'F', 'W', 2 },   { 'W', 'W', 1 },
  { 'D', 'D', 1 }, { 'h', 'h', 1 },  { 'm', 'm', 1 },   { 's', 's', 1 },
};

static bool
set(DgDuration *out, DgDecimal count, int32_t unit)
{
  for (size_t i = 0; i < sizeof units / sizeof *units; ++i) {
    if (units[i].unit == unit) {
      out->unit = units[i].as;
      return dg_decimal_multiply(count, dg_decimal_from_int(units[i].times),
                                 &out->count) == DG_OK;
    }
  }
  return false;
}

static size_t
one(const DgReader *r, size_t at, DgDuration *out)
{
  DgNumber number;
  size_t end = dg_number_at(r, at, DG_NUMBER_ARTICLE, &number);
  if (!end || number.attached || dg_reader_breaks(r, end)) {
    return 0;
  }
  end = dg_reader_phrase(r, end, "-") ? end + 1 : end;
  const DgWord *const unit = dg_reader_as(r, end, DG_WORD_PERIOD);
  if (!unit || (number.article && unit->value == 'S')) {
    return 0;
  }
  *out = (DgDuration){ .about = number.about };
  return set(out, number.value, unit->value) ? end + 1 : 0;
}

size_t
dg_duration_at(const DgReader *r, size_t at, DgDuration *out)
{
  return one(r, at, out);
}
