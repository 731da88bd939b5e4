/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/number.h"

static size_t
join(const DgReader *r, size_t at)
{
  const bool dash = dg_reader_mark(r, at, 0x2013) && dg_reader_glued(r, at);
  return dash || dg_reader_mark(r, at, '-') ? at + 1 : at;
}

/* 1st 2nd 3rd 4th; 1er 1re 1ere 2e 2nd(e) 2eme 3emes */
static size_t
numeric(const DgReader *r, size_t at, DgDecimal *out)
{
  DgNumber number;
  const size_t end =
      dg_reader_kind(r, at + 1, DG_TOKEN_WORD) || dg_reader_mark(r, at + 1, ',')
          ? dg_literal_at(r, at, &number)
          : 0;
  if (!end || !number.plain || !dg_reader_glued(r, end)) {
    return 0;
  }
  const bool en = (r->langs & DG_WORD_EN) != 0;
  const bool fr = (r->langs & DG_WORD_FR) != 0;
  if (!(en && dg_reader_in(r, end, "st nd rd th")) &&
      !(fr && dg_reader_in(r, end,
                           "er re ere ers res eres e nd nde de eme emes es "
                           "ieme iemes"))) {
    return 0;
  }
  *out = number.value;
  return end + 1;
}

typedef struct {
  int32_t value;
  int32_t power; /* of ten, for millieme and thousandth */
} Last;

/* The word that makes a number an ordinal. */
static bool
last_word(const DgReader *r, size_t at, Last *out)
{
  static const DgWordClass classes[] = { DG_WORD_ORDUNIT, DG_WORD_ORDTEEN,
                                         DG_WORD_ORDTENS, DG_WORD_ORDHUNDRED };
  for (size_t i = 0; i < sizeof classes / sizeof *classes; ++i) {
    const DgWord *const word = dg_reader_as(r, at, classes[i]);
    if (word) {
      *out = (Last){ .value = word->value };
      return true;
    }
  }
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_ORDSCALE);
  *out = (Last){ .value = 1, .power = word ? word->value : 0 };
  return word != NULL;
}

/* A cardinal may stand before: vingt et un-, two hundred and twenty-. */
static DgStatus
combine(DgDecimal before, Last last, DgDecimal *out)
{
  if (last.power) {
    return dg_number_scale(before, last.power, out);
  }
  if (last.value == 100) {
    return dg_number_scale(before, 2, out);
  }
  return dg_decimal_add(before, dg_decimal_from_int(last.value), out);
}

/* True when `last` can come right after a cardinal that ends like this. */
static bool
fits(int32_t rest, Last last)
{
  if (last.power || last.value == 100) {
    return true;
  }
  const bool high = rest == 60 || rest == 80;
  return rest % 100 == 0 || (last.value < 10 && rest % 10 == 0 && rest >= 20) ||
         (rest == 10 && last.value >= 7 && last.value < 10) ||
         (high && last.value >= 10 && last.value < 20) ||
         ((rest == 70 || rest == 90) && last.value >= 7 && last.value < 10) ||
         (rest == 4 && last.value == 20);
}

size_t
dg_rank_at(const DgReader *r, size_t at, int32_t *out)
{
  Last last;
  int32_t before;
  const size_t end = dg_hundreds_at(r, at, &before);
  if (!end || before < 4) {
    return 0;
  }
  size_t next = join(r, end);
  next += dg_reader_in(r, next, "et and") ? 1 : 0;
  next = join(r, next);
  if (!last_word(r, next, &last) || last.power || last.value >= 100) {
    return 0;
  }
  if (before % 100 == 4 && last.value == 20) {
    *out = before - 4 + 80;
    return next + 1;
  }
  *out = before + last.value;
  return fits(before < 100 ? before : before % 100, last) ? next + 1 : 0;
}

/* Words before the last one, read again each time one word shorter. */
static size_t
spelled(const DgReader *r, size_t at, DgDecimal *out)
{
  DgNumber number;
  const size_t end = dg_number_at(r, at, DG_NUMBER_ARTICLE, &number);
  Last last;
  if (!end || number.fraction || number.value.scale) {
    return 0;
  }
  size_t next = join(r, end);
  next += dg_reader_in(r, next, "et and") ? 1 : 0;
  next = join(r, next);
  if (!last_word(r, next, &last)) {
    return 0;
  }
  const int32_t rest = (int32_t)(number.value.digits % 100);
  const DgInt128 whole = number.value.digits;
  if (rest == 4 && last.value == 20 && !last.power) {
    *out = (DgDecimal){ whole - 4 + 80, 0 };
    return next + 1;
  }
  if (number.article && !last.power && last.value != 100) {
    return 0;
  }
  if (!fits(whole < 100 ? (int32_t)whole : rest, last) ||
      combine(number.value, last, out) != DG_OK) {
    return 0;
  }
  return next + 1;
}

size_t
dg_ordinal_at(const DgReader *r, size_t at, DgDecimal *out)
{
  if (dg_reader_kind(r, at, DG_TOKEN_DIGITS)) {
    return numeric(r, at, out);
  }
  Last last;
  if (last_word(r, at, &last)) {
    return dg_number_scale(dg_decimal_from_int(last.value), last.power, out) ==
                   DG_OK
               ? at + 1
               : 0;
  }
  int32_t rank;
  const size_t end = dg_rank_at(r, at, &rank);
  if (end) {
    *out = dg_decimal_from_int(rank);
    return end;
  }
  return spelled(r, at, out);
}
