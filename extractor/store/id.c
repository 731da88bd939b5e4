/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store/id.h"

#include <stdio.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

/* The bounds of an integer type; the inline range bounds them too. */
typedef struct {
  DgIdKind kind;
  DgStr datatype;
  int64_t least;
  int64_t most;
} InlineType;

#define INLINE_LEAST (-((int64_t)1 << 55))
#define INLINE_MOST (((int64_t)1 << 55) - 1)

static const InlineType types[] = {
  { DG_ID_KIND_BOOLEAN, { XSD "boolean", sizeof XSD "boolean" - 1 }, 0, 1 },
#define TYPE(kind, name, least, most)                                          \
  {                                                                            \
    kind, { XSD name, sizeof XSD name - 1 }, least, most                       \
  }
  TYPE(DG_ID_KIND_DECIMAL, "decimal", 0, 0),
  TYPE(DG_ID_KIND_DOUBLE, "double", 0, 0),
  TYPE(DG_ID_KIND_FLOAT, "float", 0, 0),
  TYPE(DG_ID_KIND_DATE, "date", 0, 0),
  TYPE(DG_ID_KIND_DATE_TIME, "dateTime", 0, 0),
  TYPE(DG_ID_KIND_YEAR, "gYear", 0, 0),
  TYPE(DG_ID_KIND_YEAR_MONTH, "gYearMonth", 0, 0),
  TYPE(DG_ID_KIND_INTEGER, "integer", INLINE_LEAST, INLINE_MOST),
  TYPE(DG_ID_KIND_LONG, "long", INLINE_LEAST, INLINE_MOST),
  TYPE(DG_ID_KIND_INT, "int", INT32_MIN, INT32_MAX),
  TYPE(DG_ID_KIND_SHORT_INT, "short", INT16_MIN, INT16_MAX),
  TYPE(DG_ID_KIND_BYTE, "byte", INT8_MIN, INT8_MAX),
  TYPE(DG_ID_KIND_NON_NEGATIVE, "nonNegativeInteger", 0, INLINE_MOST),
  TYPE(DG_ID_KIND_POSITIVE, "positiveInteger", 1, INLINE_MOST),
  TYPE(DG_ID_KIND_NON_POSITIVE, "nonPositiveInteger", INLINE_LEAST, 0),
  TYPE(DG_ID_KIND_NEGATIVE, "negativeInteger", INLINE_LEAST, -1),
  TYPE(DG_ID_KIND_UNSIGNED_LONG, "unsignedLong", 0, INLINE_MOST),
  TYPE(DG_ID_KIND_UNSIGNED_INT, "unsignedInt", 0, UINT32_MAX),
  TYPE(DG_ID_KIND_UNSIGNED_SHORT, "unsignedShort", 0, UINT16_MAX),
  TYPE(DG_ID_KIND_UNSIGNED_BYTE, "unsignedByte", 0, UINT8_MAX),
#undef TYPE
};

enum { TYPE_COUNT = sizeof types / sizeof *types };

static const InlineType *
type_of_kind(DgIdKind kind)
{
  for (size_t i = 0; i < TYPE_COUNT; ++i) {
    if (types[i].kind == kind) {
      return &types[i];
    }
  }
  return NULL;
}

static const InlineType *
type_of_iri(DgStr iri)
{
  if (!dg_str_starts(iri, DG_STR(XSD))) {
    return NULL;
  }
  for (size_t i = 0; i < TYPE_COUNT; ++i) {
    if (dg_str_equal(types[i].datatype, iri)) {
      return &types[i];
    }
  }
  return NULL;
}

DgStr
dg_id_datatype(DgIdKind kind)
{
  const InlineType *const type = type_of_kind(kind);
  return type ? type->datatype : DG_STR_NONE;
}

DgIdKind
dg_id_kind_of(const DgTerm *term)
{
  switch (term->kind) {
  case DG_TERM_NONE:
    return DG_ID_KIND_NONE;
  case DG_TERM_IRI:
    return DG_ID_KIND_IRI;
  case DG_TERM_BLANK:
    return DG_ID_KIND_BLANK;
  case DG_TERM_LITERAL:
    break;
  }
  return term->lang.len       ? DG_ID_KIND_LANG
         : term->datatype.len ? DG_ID_KIND_TYPED
                              : DG_ID_KIND_STRING;
}

/* Integers: value + 2^55. */

static DgId
integer_id(DgIdKind kind, int64_t value)
{
  return dg_id_make(kind, (uint64_t)(value - INLINE_LEAST));
}

static int64_t
integer_payload(DgId id)
{
  return (int64_t)(id & DG_ID_PAYLOAD) + INLINE_LEAST;
}

static bool
is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/* Exactly `n` digits at `at`. */
static bool
read_digits(DgStr text, size_t at, size_t n, int *value)
{
  *value = 0;
  if (at + n > text.len) {
    return false;
  }
  for (size_t i = 0; i < n; ++i) {
    if (!is_digit(text.ptr[at + i])) {
      return false;
    }
    *value = *value * 10 + (text.ptr[at + i] - '0');
  }
  return true;
}

static bool
encode_integer(const InlineType *type, DgStr text, DgId *id)
{
  const bool negative = text.len && text.ptr[0] == '-';
  const DgStr digits = dg_str_sub(text, negative, text.len);
  if (!digits.len || digits.len > 17 ||
      (digits.ptr[0] == '0' && (digits.len > 1 || negative))) {
    return false;
  }
  int64_t value = 0;
  for (size_t i = 0; i < digits.len; ++i) {
    if (!is_digit(digits.ptr[i])) {
      return false;
    }
    value = value * 10 + (digits.ptr[i] - '0');
  }
  value = negative ? -value : value;
  if (value < type->least || value > type->most) {
    return false;
  }
  *id = integer_id(type->kind, value);
  return true;
}

/*
 * Decimals: sign, 5 bits of exponent, 47 of mantissa, 3 of zeros.
 * The mantissa has 14 digits d.ddd..., the first not 0, and is times
 * 10^exponent; exponent 0 in the id is the number zero. A negative one has
 * exponent and mantissa complemented, so that ids sort as the values do. The
 * zeros are those that the text has after its last significant digit.
 */
enum {
  MANTISSA_DIGITS = 14,
  MANTISSA_BITS = 47,
  EXPONENT_BIAS = 16,
  ZEROS_BITS = 3,
  ZEROS_MOST = 7,
  SIGN_SHIFT = 55
};
#define MANTISSA_MASK (((uint64_t)1 << MANTISSA_BITS) - 1)

/* A decimal's text taken apart. */
typedef struct {
  uint64_t digits; /* significant, without zeros at either end */
  int count;       /* of digits */
  int exponent;    /* of the first significant digit */
  int zeros;       /* at the end of the fraction */
  bool negative;
} DecimalParts;

/* Text of the form -?(0|[1-9][0-9]*)(.[0-9]+)?, else false. */
static bool
decimal_shape(DgStr text, size_t *begin, size_t *point)
{
  *begin = text.len && text.ptr[0] == '-';
  size_t at = *begin;
  while (at < text.len && is_digit(text.ptr[at])) {
    ++at;
  }
  const size_t whole = at - *begin;
  if (!whole || (whole > 1 && text.ptr[*begin] == '0')) {
    return false;
  }
  *point = at;
  if (at == text.len) {
    return true;
  }
  if (text.ptr[at] != '.' || at + 1 == text.len) {
    return false;
  }
  for (++at; at < text.len; ++at) {
    if (!is_digit(text.ptr[at])) {
      return false;
    }
  }
  return true;
}

static bool
decimal_split(DgStr text, DecimalParts *out)
{
  size_t begin = 0;
  size_t point = 0;
  if (text.len > 40 || !decimal_shape(text, &begin, &point)) {
    return false;
  }
  *out = (DecimalParts){ .negative = begin == 1 };
  size_t end = text.len;
  while (end > point + 1 && text.ptr[end - 1] == '0') {
    --end;
    ++out->zeros;
  }
  int pending = 0; /* zeros that count only if a digit follows */
  for (size_t at = begin; at < end; ++at) {
    const char c = text.ptr[at];
    if (c == '.' || c == '0') {
      pending += c == '0' && out->count;
      continue;
    }
    if (!out->count) {
      out->exponent = at < point ? (int)(point - at) - 1 : -(int)(at - point);
    }
    for (; pending; --pending, ++out->count) {
      out->digits *= 10;
    }
    out->digits = out->digits * 10 + (uint64_t)(c - '0');
    if (++out->count > MANTISSA_DIGITS) {
      return false;
    }
  }
  return out->zeros <= ZEROS_MOST && !(out->negative && !out->count);
}

static bool
encode_decimal(DgIdKind kind, DgStr text, DgId *id)
{
  DecimalParts parts;
  if (!decimal_split(text, &parts) || parts.exponent < 1 - EXPONENT_BIAS ||
      parts.exponent >= EXPONENT_BIAS) {
    return false;
  }
  uint64_t bits = 0;
  if (parts.count) {
    for (int i = parts.count; i < MANTISSA_DIGITS; ++i) {
      parts.digits *= 10;
    }
    bits = (uint64_t)(parts.exponent + EXPONENT_BIAS) << MANTISSA_BITS;
    bits |= parts.digits;
  }
  const uint64_t all = ((uint64_t)1 << (MANTISSA_BITS + 5)) - 1;
  bits = parts.negative ? ~bits & all : bits;
  const uint64_t sign = (uint64_t)!parts.negative << SIGN_SHIFT;
  *id = dg_id_make(kind, sign | bits << ZEROS_BITS | (uint64_t)parts.zeros);
  return true;
}

/* Significant digits and scale of a decimal id, canonical. */
static DgDecimal
decimal_payload(DgId id, int *zeros)
{
  const uint64_t all = ((uint64_t)1 << (MANTISSA_BITS + 5)) - 1;
  const bool negative = !(id >> SIGN_SHIFT & 1);
  uint64_t bits = id >> ZEROS_BITS & all;
  bits = negative ? ~bits & all : bits;
  *zeros = (int)(id & ZEROS_MOST);
  if (!bits) {
    return DG_DECIMAL_ZERO;
  }
  int scale =
      MANTISSA_DIGITS - 1 - ((int)(bits >> MANTISSA_BITS) - EXPONENT_BIAS);
  DgInt128 digits = (DgInt128)(bits & MANTISSA_MASK);
  for (; scale > 0 && digits % 10 == 0; --scale) {
    digits /= 10;
  }
  for (; scale < 0; ++scale) {
    digits *= 10;
  }
  return (DgDecimal){ negative ? -digits : digits, (uint32_t)scale };
}

static size_t
write_decimal(DgId id, char text[DG_ID_TEXT])
{
  int zeros = 0;
  const DgDecimal value = decimal_payload(id, &zeros);
  size_t len = dg_decimal_write(value, text);
  if (zeros && !value.scale) {
    text[len++] = '.';
  }
  for (; zeros; --zeros) {
    text[len++] = '0';
  }
  text[len] = '\0';
  return len;
}

/*
 * Days from the civil calendar and back, proleptic Gregorian, 1970-01-01 is
 * day 0. A year is counted from March, so that the leap day is its last.
 */
static int64_t
days_of(int year, int month, int day)
{
  const int64_t y = year - (month <= 2) + 400;
  const int64_t era = y / 400;
  const int64_t of_era = y % 400;
  const int64_t of_year =
      (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return (era - 1) * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
         of_year - 719468;
}

static void
civil_of(int64_t days, int *year, int *month, int *day)
{
  const int64_t shifted = days + 719468 + 146097;
  const int64_t era = shifted / 146097;
  const int64_t of_era = shifted % 146097;
  const int64_t y =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
  const int64_t from_march = (5 * of_year + 2) / 153;
  *day = (int)(of_year - (153 * from_march + 2) / 5 + 1);
  *month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
  *year = (int)(y + (era - 1) * 400 + (*month <= 2));
}

static bool
read_civil(DgStr text, int64_t *days)
{
  int year = 0;
  int month = 0;
  int day = 0;
  if (!read_digits(text, 0, 4, &year) || text.len < 10 || text.ptr[4] != '-' ||
      !read_digits(text, 5, 2, &month) || text.ptr[7] != '-' ||
      !read_digits(text, 8, 2, &day) || year < 1) {
    return false;
  }
  *days = days_of(year, month, day);
  int y = 0;
  int m = 0;
  int d = 0;
  civil_of(*days, &y, &m, &d);
  return y == year && m == month && d == day;
}

/*
 * A zone is 7 bits: 0 for none, else quarters of an hour east of UTC, from
 * -56 to 56, plus 57. Only "Z" is written for UTC.
 */
enum { ZONE_BITS = 7, ZONE_ZERO = 57, ZONE_QUARTERS = 56 };

static bool
read_zone(DgStr text, unsigned *zone)
{
  *zone = text.len ? ZONE_ZERO : 0;
  if (!text.len || dg_str_equal(text, DG_STR("Z"))) {
    return true;
  }
  int hours = 0;
  int minutes = 0;
  if (text.len != 6 || (text.ptr[0] != '+' && text.ptr[0] != '-') ||
      text.ptr[3] != ':' || !read_digits(text, 1, 2, &hours) ||
      !read_digits(text, 4, 2, &minutes) || minutes > 59 || minutes % 15) {
    return false;
  }
  const int quarters = hours * 4 + minutes / 15;
  if (!quarters || quarters > ZONE_QUARTERS) {
    return false;
  }
  *zone = (unsigned)(text.ptr[0] == '+' ? ZONE_ZERO + quarters
                                        : ZONE_ZERO - quarters);
  return true;
}

static size_t
write_zone(unsigned zone, char *text)
{
  if (!zone) {
    text[0] = '\0';
    return 0;
  }
  const int quarters = (int)zone - ZONE_ZERO;
  if (!quarters) {
    return (size_t)sprintf(text, "Z");
  }
  const int size = quarters < 0 ? -quarters : quarters;
  return (size_t)sprintf(text, "%c%02d:%02d", quarters < 0 ? '-' : '+',
                         size / 4 % 100, size % 4 * 15);
}

static int
zone_minutes(unsigned zone)
{
  return zone ? ((int)zone - ZONE_ZERO) * 15 : 0;
}

/*
 * Dates: the second of their midnight in UTC, then the zone; dateTimes: the
 * second in UTC, 10 bits of milliseconds, the zone. Seconds are from
 * 0001-01-01.
 */
enum { MILLI_BITS = 10, DAY_SECONDS = 86400 };
#define FIRST_SECOND ((int64_t)-719162 * DAY_SECONDS)

static bool
time_id(DgIdKind kind, int64_t seconds, unsigned millis, unsigned zone,
        DgId *id)
{
  const int64_t utc = seconds - (int64_t)zone_minutes(zone) * 60;
  const uint64_t count = (uint64_t)(utc - FIRST_SECOND);
  *id = dg_id_make(kind, (count << MILLI_BITS | millis) << ZONE_BITS | zone);
  return utc >= FIRST_SECOND;
}

static bool
encode_date(DgStr text, DgId *id)
{
  int64_t days = 0;
  unsigned zone = 0;
  if (!read_civil(text, &days) ||
      !read_zone(dg_str_sub(text, 10, text.len), &zone)) {
    return false;
  }
  return time_id(DG_ID_KIND_DATE, days * DAY_SECONDS, 0, zone, id);
}

/* ".5", ".25", ".125": up to 3 digits, the last not 0. */
static bool
read_fraction(DgStr text, size_t *used, unsigned *millis)
{
  *used = 0;
  *millis = 0;
  if (!text.len || text.ptr[0] != '.') {
    return true;
  }
  unsigned unit = 100;
  size_t at = 1;
  for (; at < text.len && is_digit(text.ptr[at]); ++at, unit /= 10) {
    if (!unit) {
      return false;
    }
    *millis += unit * (unsigned)(text.ptr[at] - '0');
  }
  *used = at;
  return at > 1 && text.ptr[at - 1] != '0';
}

static bool
encode_date_time(DgStr text, DgId *id)
{
  int64_t days = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!read_civil(text, &days) || text.len < 19 || text.ptr[10] != 'T' ||
      !read_digits(text, 11, 2, &hour) || text.ptr[13] != ':' ||
      !read_digits(text, 14, 2, &minute) || text.ptr[16] != ':' ||
      !read_digits(text, 17, 2, &second) || hour > 23 || minute > 59 ||
      second > 59) {
    return false;
  }
  size_t used = 0;
  unsigned millis = 0;
  unsigned zone = 0;
  if (!read_fraction(dg_str_sub(text, 19, text.len), &used, &millis) ||
      !read_zone(dg_str_sub(text, 19 + used, text.len), &zone)) {
    return false;
  }
  const int64_t seconds =
      days * DAY_SECONDS + hour * 3600 + minute * 60 + second;
  return time_id(DG_ID_KIND_DATE_TIME, seconds, millis, zone, id);
}

static bool
encode_year_month(DgStr text, DgId *id)
{
  int year = 0;
  int month = 0;
  if (text.len != 7 || !read_digits(text, 0, 4, &year) || text.ptr[4] != '-' ||
      !read_digits(text, 5, 2, &month) || year < 1 || month < 1 || month > 12) {
    return false;
  }
  *id = integer_id(DG_ID_KIND_YEAR_MONTH, (int64_t)year * 12 + month - 1);
  return true;
}

static bool
encode_year(DgStr text, DgId *id)
{
  int year = 0;
  if (text.len != 4 || !read_digits(text, 0, 4, &year) || year < 1) {
    return false;
  }
  *id = integer_id(DG_ID_KIND_YEAR, year);
  return true;
}

static bool
encode_boolean(DgStr text, DgId *id)
{
  const bool value = dg_str_equal(text, DG_STR("true"));
  *id = dg_id_make(DG_ID_KIND_BOOLEAN, value);
  return value || dg_str_equal(text, DG_STR("false"));
}

/* Up to 7 bytes, first one highest, then zeros. */
static bool
encode_short(DgStr text, DgId *id)
{
  uint64_t bits = 0;
  for (size_t i = 0; i < 7; ++i) {
    const uint8_t byte = i < text.len ? (uint8_t)text.ptr[i] : 0;
    if (i < text.len && !byte) {
      return false;
    }
    bits = bits << 8 | byte;
  }
  *id = dg_id_make(DG_ID_KIND_SHORT, bits);
  return true;
}

static bool
encode_typed(const InlineType *type, DgStr text, DgId *id)
{
  switch (type->kind) {
  case DG_ID_KIND_BOOLEAN:
    return encode_boolean(text, id);
  case DG_ID_KIND_DECIMAL:
  case DG_ID_KIND_DOUBLE:
  case DG_ID_KIND_FLOAT:
    return encode_decimal(type->kind, text, id);
  case DG_ID_KIND_DATE:
    return encode_date(text, id);
  case DG_ID_KIND_DATE_TIME:
    return encode_date_time(text, id);
  case DG_ID_KIND_YEAR:
    return encode_year(text, id);
  case DG_ID_KIND_YEAR_MONTH:
    return encode_year_month(text, id);
  default:
    return encode_integer(type, text, id);
  }
}

DgStatus
dg_id_encode(const DgTerm *term, DgId *id)
{
  if (term->kind != DG_TERM_LITERAL || term->lang.len) {
    return DG_NO_MATCH;
  }
  if (!term->datatype.len) {
    return term->value.len <= 7 && encode_short(term->value, id) ? DG_OK
                                                                 : DG_NO_MATCH;
  }
  const InlineType *const type = type_of_iri(term->datatype);
  return type && encode_typed(type, term->value, id) ? DG_OK : DG_NO_MATCH;
}

DgStatus
dg_id_time(DgId id, DgIdTime *time)
{
  const DgIdKind kind = dg_id_kind(id);
  if (kind != DG_ID_KIND_DATE && kind != DG_ID_KIND_DATE_TIME) {
    return DG_NO_MATCH;
  }
  const uint64_t bits = id & DG_ID_PAYLOAD;
  const unsigned zone = (unsigned)(bits & ((1U << ZONE_BITS) - 1));
  const uint64_t rest = bits >> ZONE_BITS;
  *time = (DgIdTime){ .seconds = (int64_t)(rest >> MILLI_BITS) + FIRST_SECOND +
                                 (int64_t)zone_minutes(zone) * 60,
                      .millis = (int16_t)(rest & ((1U << MILLI_BITS) - 1)),
                      .has_zone = zone != 0,
                      .zone = (int16_t)zone_minutes(zone) };
  return DG_OK;
}

static int64_t
days_of_seconds(int64_t seconds)
{
  return seconds >= 0 ? seconds / DAY_SECONDS
                      : -((-seconds + DAY_SECONDS - 1) / DAY_SECONDS);
}

DgStatus
dg_id_days(DgId id, int32_t *days)
{
  DgIdTime time;
  DG_TRY(dg_id_time(id, &time));
  *days = (int32_t)days_of_seconds(time.seconds);
  return DG_OK;
}

DgStatus
dg_id_year(DgId id, int *year)
{
  const DgIdKind kind = dg_id_kind(id);
  if (kind == DG_ID_KIND_YEAR) {
    *year = (int)integer_payload(id);
    return DG_OK;
  }
  if (kind == DG_ID_KIND_YEAR_MONTH) {
    *year = (int)(integer_payload(id) / 12);
    return DG_OK;
  }
  int32_t days = 0;
  DG_TRY(dg_id_days(id, &days));
  int month = 0;
  int day = 0;
  civil_of(days, year, &month, &day);
  return DG_OK;
}

static size_t
write_time(DgId id, char text[DG_ID_TEXT])
{
  DgIdTime time;
  (void)dg_id_time(id, &time);
  const int64_t days = days_of_seconds(time.seconds);
  int year = 0;
  int month = 0;
  int day = 0;
  civil_of(days, &year, &month, &day);
  /* A damaged id may hold any year: bound what is printed. */
  size_t len = (size_t)snprintf(text, DG_ID_TEXT, "%04u-%02u-%02u",
                                (unsigned)year % 10000U, (unsigned)month % 100,
                                (unsigned)day % 100);
  if (dg_id_kind(id) == DG_ID_KIND_DATE_TIME) {
    const int of_day = (int)(time.seconds - days * DAY_SECONDS);
    len += (size_t)sprintf(text + len, "T%02d:%02d:%02d", of_day / 3600 % 24,
                           of_day / 60 % 60, of_day % 60);
    if (time.millis) {
      len += (size_t)sprintf(text + len, ".%03d", time.millis % 1000);
      for (; text[len - 1] == '0'; --len) {
      }
    }
  }
  return len + write_zone((unsigned)(id & ((1U << ZONE_BITS) - 1)), text + len);
}

static size_t
write_short(DgId id, char text[DG_ID_TEXT])
{
  size_t len = 0;
  for (int shift = 48; shift >= 0; shift -= 8) {
    const char c = (char)(id >> shift & 0xFF);
    if (c) {
      text[len++] = c;
    }
  }
  text[len] = '\0';
  return len;
}

static size_t
write_value(DgId id, char text[DG_ID_TEXT])
{
  const int64_t value = integer_payload(id);
  switch (dg_id_kind(id)) {
  case DG_ID_KIND_SHORT:
    return write_short(id, text);
  case DG_ID_KIND_BOOLEAN:
    return (size_t)sprintf(text, "%s", id & 1 ? "true" : "false");
  case DG_ID_KIND_DECIMAL:
  case DG_ID_KIND_DOUBLE:
  case DG_ID_KIND_FLOAT:
    return write_decimal(id, text);
  case DG_ID_KIND_DATE:
  case DG_ID_KIND_DATE_TIME:
    return write_time(id, text);
  case DG_ID_KIND_YEAR:
    return (size_t)snprintf(text, DG_ID_TEXT, "%04lld", (long long)value);
  case DG_ID_KIND_YEAR_MONTH:
    return (size_t)snprintf(text, DG_ID_TEXT, "%04lld-%02lld",
                            (long long)value / 12, (long long)value % 12 + 1);
  default:
    return (size_t)snprintf(text, DG_ID_TEXT, "%lld", (long long)value);
  }
}

DgStatus
dg_id_decode(DgId id, char text[DG_ID_TEXT], DgTerm *term)
{
  const DgIdKind kind = dg_id_kind(id);
  const DgStr datatype = dg_id_datatype(kind);
  if (kind != DG_ID_KIND_SHORT && !datatype.len) {
    return DG_NO_MATCH;
  }
  const size_t len = write_value(id, text);
  *term =
      (DgTerm){ DG_TERM_LITERAL, dg_str_n(text, len), datatype, DG_STR_NONE };
  return DG_OK;
}

DgStatus
dg_id_term(DgId id, DgArena *arena, DgTerm *term)
{
  char text[DG_ID_TEXT];
  DG_TRY(dg_id_decode(id, text, term));
  term->value = dg_arena_copy(arena, term->value);
  return term->value.ptr ? DG_OK : DG_NO_MEMORY;
}

DgStatus
dg_id_integer(DgId id, int64_t *value)
{
  if (!dg_id_is_integer(id)) {
    return DG_NO_MATCH;
  }
  *value = integer_payload(id);
  return DG_OK;
}

DgStatus
dg_id_decimal(DgId id, DgDecimal *value)
{
  const DgIdKind kind = dg_id_kind(id);
  if (dg_id_is_integer(id)) {
    *value = dg_decimal_from_int(integer_payload(id));
    return DG_OK;
  }
  if (kind < DG_ID_KIND_DECIMAL || kind > DG_ID_KIND_FLOAT) {
    return DG_NO_MATCH;
  }
  int zeros = 0;
  *value = decimal_payload(id, &zeros);
  return DG_OK;
}

DgStatus
dg_id_boolean(DgId id, bool *value)
{
  if (dg_id_kind(id) != DG_ID_KIND_BOOLEAN) {
    return DG_NO_MATCH;
  }
  *value = id & 1;
  return DG_OK;
}
