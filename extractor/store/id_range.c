/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/id_range.h"

#include <stdio.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

/* How an id is laid out is known to id.c alone: what it encodes is the value
 * with the lowest bits for how it is written. */
enum { ZEROS = 7, /* zeros at the end of a fraction */ ZONES = 0xFF };

static DgId
of_kind(DgId id, DgIdKind kind)
{
  return (DgId)kind << 56 | (id & DG_ID_PAYLOAD);
}

/* Greatest integer not above the value. */
static DgStatus
floor_of(DgDecimal value, int64_t *floor, bool *exact)
{
  DgInt128 digits = value.digits;
  *exact = true;
  for (uint32_t i = 0; i < value.scale; ++i) {
    const bool whole = digits % 10 == 0;
    *exact = *exact && whole;
    digits = digits / 10 - (digits < 0 && !whole);
  }
  const DgInt128 most = ((DgInt128)1 << 54);
  if (digits > most || digits < -most) {
    return DG_NO_MATCH;
  }
  *floor = (int64_t)digits;
  return DG_OK;
}

static DgStatus
integer_range(DgIdKind kind, DgDecimal value, DgId *first, DgId *last)
{
  int64_t floor;
  bool exact;
  char text[24];
  DG_TRY(floor_of(value, &floor, &exact));
  const DgStr type = DG_STR(XSD "integer");
  (void)snprintf(text, sizeof text, "%lld", (long long)floor);
  const DgTerm term = dg_term_typed(dg_str(text), type);
  DG_TRY(dg_id_encode(&term, last));
  *last = of_kind(*last, kind);
  *first = *last + !exact;
  return DG_OK;
}

DgStatus
dg_id_range_number(DgIdKind kind, DgDecimal value, DgId *first, DgId *last)
{
  if (kind >= DG_ID_KIND_INTEGER) {
    return integer_range(kind, value, first, last);
  }
  char text[DG_DECIMAL_TEXT];
  (void)dg_decimal_write(value, text);
  const DgTerm term = dg_term_typed(dg_str(text), DG_STR(XSD "decimal"));
  DG_TRY(dg_id_encode(&term, first));
  *first = of_kind(*first, kind) & ~(DgId)ZEROS;
  *last = *first | ZEROS;
  return DG_OK;
}

DgStatus
dg_id_range_time(DgIdKind kind, int64_t seconds, DgId *first, DgId *last)
{
  /* Years that inline ids have, 0001 to 9999, less what a zone may shift. */
  static const int64_t least = -62135596800 + 86400;
  static const int64_t most = 253402300799 - 86400;
  if (seconds < least || seconds > most) {
    return DG_NO_MATCH;
  }
  /* Encode the epoch and count from there. */
  DgId epoch;
  DgId after;
  const DgStr type = DG_STR(XSD "dateTime");
  const DgTerm zero = dg_term_typed(DG_STR("1970-01-01T00:00:00Z"), type);
  const DgTerm one = dg_term_typed(DG_STR("1970-01-01T00:00:01Z"), type);
  DG_TRY(dg_id_encode(&zero, &epoch));
  DG_TRY(dg_id_encode(&one, &after));
  const DgId id =
      epoch + (DgId)seconds * (after - epoch); /* wraps around below 0 */
  *first = of_kind(id, kind) & ~(DgId)ZONES;
  *last = *first | ((after - epoch) - 1);
  return DG_OK;
}
