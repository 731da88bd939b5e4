/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/duration.h"

/*
 *   duration = part { [,] [and] part } | part (and) half | part count
 *   part     = number [more] [of] unit
 */
enum { PARTS_MAX = 6 };

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

/* Units from long to short, with their length; a year counts 365 days and a
 * month 30 where they are added to days and less. */
static const struct {
  char unit;
  int32_t seconds;
} lengths[] = {
  { 'Y', 31536000 }, { 'M', 2592000 }, { 'W', 604800 }, { 'D', 86400 },
  { 'h', 3600 },     { 'm', 60 },      { 's', 1 },
};

static int32_t
seconds_of(char unit)
{
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; ++i) {
    if (lengths[i].unit == unit) {
      return lengths[i].seconds;
    }
  }
  return 0;
}

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

/* "forty second" is a rank; a unit after a count of more has its plural. */
static bool
is_rank(const DgReader *r, size_t at, const DgNumber *number)
{
  return dg_reader_in(r, at, "second seconde") && !number->digits &&
         dg_decimal_compare(number->value, dg_decimal_from_int(1)) > 0;
}

/* 2' and 1": signs for minutes and seconds, unless a quotation is open. */
static size_t
sign(const DgReader *r, size_t at, const DgNumber *number, DgDuration *out)
{
  const bool minutes = dg_reader_mark(r, at, '\'');
  if (!(minutes || dg_reader_mark(r, at, '"')) || !dg_reader_glued(r, at) ||
      !number->plain ||
      (dg_reader_glued(r, at + 1) &&
       !dg_reader_kind(r, at + 1, DG_TOKEN_END))) {
    return 0;
  }
  const uint32_t code = dg_reader_token(r, at)->code;
  for (size_t i = 1; i <= at && i < 200; ++i) {
    if (dg_reader_mark(r, at - i, code)) {
      return 0;
    }
  }
  return set(out, number->value, minutes ? 'm' : 's') ? at + 1 : 0;
}

static size_t
part(const DgReader *r, size_t at, DgDuration *out)
{
  DgNumber number;
  size_t end = dg_number_at(r, at, DG_NUMBER_ARTICLE, &number);
  if (!end || number.attached || dg_reader_breaks(r, end)) {
    return 0;
  }
  *out = (DgDuration){ .about = number.about };
  const size_t marked = sign(r, end, &number, out);
  if (marked) {
    return marked;
  }
  const size_t more = dg_reader_phrase(
      r, end,
      "more|additional|extra|less|fewer|further|consecutive|straight|"
      "full|-|of|an|a|of an|of a");
  /* "half an hour", but "un an": of and an need a fraction before them. */
  const bool fits = number.fraction || !dg_reader_in(r, end, "of an a");
  end = more && fits && dg_reader_as(r, more, DG_WORD_PERIOD) ? more : end;
  const DgWord *const unit = dg_reader_as(r, end, DG_WORD_PERIOD);
  if (!unit || is_rank(r, end, &number)) {
    return 0;
  }
  return set(out, number.value, unit->value) ? end + 1 : 0;
}

/* The sum, in years and months when both are, else in the shorter unit. */
static bool
add(DgDuration *sum, const DgDuration *more)
{
  const int32_t large = seconds_of(sum->unit);
  const int32_t small = seconds_of(more->unit);
  const int32_t times =
      sum->unit == 'Y' && more->unit == 'M' ? 12 : large / small;
  DgDecimal value;
  if (dg_decimal_multiply(sum->count, dg_decimal_from_int(times), &value) !=
          DG_OK ||
      dg_decimal_add(value, more->count, &sum->count) != DG_OK) {
    return false;
  }
  sum->unit = more->unit;
  return true;
}

/* an hour and a half, trois ans et demi */
static size_t
and_half(const DgReader *r, size_t at, DgDuration *sum)
{
  const size_t end = dg_reader_phrase(
      r, at, "and a half|and half|et demi|et demie|and a quarter|et quart");
  if (!end) {
    return 0;
  }
  const bool quarter = dg_reader_in(r, end - 1, "quarter quart");
  const DgDecimal more = { quarter ? 25 : 5, quarter ? 2 : 1 };
  return dg_decimal_add(sum->count, more, &sum->count) == DG_OK ? end : 0;
}

/* 1 hour thirty, 2 hours and 10 */
static size_t
bare_minutes(const DgReader *r, size_t at, DgDuration *sum)
{
  const size_t and = dg_reader_phrase(r, at, "and|et");
  const size_t begin = and? and : at;
  DgNumber number;
  const size_t end = sum->unit == 'h' ? dg_number_at(r, begin, 0, &number) : 0;
  if (!end || number.value.scale || number.value.digits < 10 ||
      number.value.digits > 59 || number.scaled || number.fraction ||
      dg_reader_breaks(r, begin) || dg_reader_kind(r, end, DG_TOKEN_WORD) ||
      dg_reader_mark(r, end, '%')) {
    return 0;
  }
  const DgDuration minutes = { .count = number.value, .unit = 'm' };
  return add(sum, &minutes) ? end : 0;
}

size_t
dg_duration_at(const DgReader *r, size_t at, DgDuration *out)
{
  size_t end = part(r, at, out);
  for (int i = 0; end && i < PARTS_MAX; ++i) {
    const size_t half = and_half(r, end, out);
    if (half) {
      return half;
    }
    size_t next = dg_reader_phrase(r, end, ", and|, et|,|and|et");
    next = next ? next : end;
    DgDuration more;
    const size_t stop = dg_reader_breaks(r, next) ? 0 : part(r, next, &more);
    if (!stop || seconds_of(more.unit) >= seconds_of(out->unit) ||
        !add(out, &more)) {
      break;
    }
    end = stop;
  }
  const size_t minutes = end ? bare_minutes(r, end, out) : 0;
  return minutes ? minutes : end;
}
