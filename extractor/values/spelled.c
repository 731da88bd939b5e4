/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/number.h"

/*
 * Numbers below one thousand in words. French counts 70 and 90 on top of 60
 * and 80, and says 80 as four twenties.
 *
 *   tens     = TENS [-] UNIT | TENS et un | 60|80 [-] TEEN | TEEN | UNIT
 *   hundreds = [tens] HUNDRED [and] [tens] | tens
 */

/* Step over the hyphen inside a number, also "fifty - two". */
static size_t
join(const DgReader *r, size_t at)
{
  const bool dash = dg_reader_mark(r, at, 0x2013) && dg_reader_glued(r, at);
  return dash || dg_reader_mark(r, at, '-') ? at + 1 : at;
}

static int32_t
value_in(const DgReader *r, size_t at, DgWordClass class, unsigned lang)
{
  const DgWord *const word = dg_reader_as_in(r, at, class, lang);
  return word ? word->value : -1;
}

/* dix, onze .. seize, dix-sept .. dix-neuf */
static size_t
teen_fr(const DgReader *r, size_t at, int32_t *out)
{
  *out = value_in(r, at, DG_WORD_TEEN, DG_WORD_FR);
  if (*out == 10) {
    const size_t next = join(r, at + 1);
    const int32_t unit = value_in(r, next, DG_WORD_UNIT, DG_WORD_FR);
    if (unit >= 7) {
      *out += unit;
      return next + 1;
    }
  }
  return *out < 0 ? 0 : at + 1;
}

/* What may follow vingt, trente .. : et un, et onze, -deux, -douze. */
static size_t
after_tens_fr(const DgReader *r, size_t at, int32_t *value)
{
  size_t next = join(r, at);
  const bool high = *value == 60 || *value == 80;
  int32_t more;
  if (dg_reader_in(r, next, "et")) {
    next = join(r, next + 1);
    if (value_in(r, next, DG_WORD_UNIT, DG_WORD_FR) == 1 ||
        (high && value_in(r, next, DG_WORD_TEEN, DG_WORD_FR) == 11)) {
      *value += value_in(r, next, DG_WORD_UNIT, DG_WORD_FR) == 1 ? 1 : 11;
      return next + 1;
    }
    return at;
  }
  more = value_in(r, next, DG_WORD_UNIT, DG_WORD_FR);
  if (more > 1 || (more == 1 && (next > at || *value == 80))) {
    *value += more;
    return next + 1;
  }
  const size_t end = high ? teen_fr(r, next, &more) : 0;
  if (end) {
    *value += more;
    return end;
  }
  return at;
}

static size_t
tens_fr(const DgReader *r, size_t at, int32_t *out)
{
  *out = value_in(r, at, DG_WORD_TENS, DG_WORD_FR);
  if (*out > 0) {
    return after_tens_fr(r, at + 1, out);
  }
  const size_t teen = teen_fr(r, at, out);
  if (teen) {
    return teen;
  }
  *out = value_in(r, at, DG_WORD_UNIT, DG_WORD_FR);
  const size_t next = join(r, at + 1);
  if (*out == 4 && value_in(r, next, DG_WORD_TENS, DG_WORD_FR) == 20) {
    *out = 80;
    return after_tens_fr(r, next + 1, out);
  }
  return *out < 0 ? 0 : at + 1;
}

static size_t
tens_en(const DgReader *r, size_t at, int32_t *out)
{
  *out = value_in(r, at, DG_WORD_TENS, DG_WORD_EN);
  if (*out > 0) {
    const size_t next = join(r, at + 1);
    const int32_t unit = value_in(r, next, DG_WORD_UNIT, DG_WORD_EN);
    if (unit > 0) {
      *out += unit;
      return next + 1;
    }
    return at + 1;
  }
  *out = value_in(r, at, DG_WORD_TEEN, DG_WORD_EN);
  if (*out < 0) {
    *out = value_in(r, at, DG_WORD_UNIT, DG_WORD_EN);
  }
  return *out < 0 ? 0 : at + 1;
}

size_t
dg_tens_at(const DgReader *r, size_t at, int32_t *out)
{
  if (!dg_reader_token(r, at)->word) {
    return 0;
  }
  const size_t end = tens_fr(r, at, out);
  return end ? end : tens_en(r, at, out);
}

/* A denominator follows: what went before is no part of the hundreds. */
static bool
is_denominator(const DgReader *r, size_t at)
{
  return dg_reader_as(r, at, DG_WORD_PART) ||
         dg_reader_as(r, at, DG_WORD_ORDUNIT) ||
         dg_reader_as(r, at, DG_WORD_ORDTEEN) ||
         dg_reader_as(r, at, DG_WORD_ORDTENS);
}

/* The tens that follow "hundred", with or without "and". */
static size_t
after_hundred(const DgReader *r, size_t at, int32_t *value)
{
  const bool and = dg_reader_in(r, at, "and et");
  const size_t next = and? at + 1 : join(r, at);
  int32_t tens;
  const size_t end = dg_tens_at(r, next, &tens);
  if (!end || tens == 0 || dg_reader_as(r, end, DG_WORD_HUNDRED) ||
      (and&&is_denominator(r, join(r, end)))) {
    return at;
  }
  *value += tens;
  return end;
}

/* "cents" after ten and more are coins: quarante-cinq cents. */
static bool
is_hundred(const DgReader *r, size_t at, int32_t count)
{
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_HUNDRED);
  return word && count > 0 &&
         (word->langs & DG_WORD_EN || word->len == 4 || count < 10);
}

/* Zeros before a number say nothing: zero huit. */
static size_t
skip_zeros(const DgReader *r, size_t at)
{
  int32_t value;
  for (int i = 0; i < 3; ++i) {
    const DgWord *const unit = dg_reader_as(r, at, DG_WORD_UNIT);
    if (!unit || unit->value ||
        !(dg_tens_at(r, at + 1, &value) ||
          dg_reader_as(r, at + 1, DG_WORD_HUNDRED))) {
      break;
    }
    ++at;
  }
  return at;
}

static bool
is_counted(const DgReader *r, size_t at)
{
  return dg_reader_as(r, at, DG_WORD_UNIT) ||
         dg_reader_as(r, at, DG_WORD_TEEN) || dg_reader_as(r, at, DG_WORD_TENS);
}

/* "one twenty two", as English reads 122 aloud, where no list goes before. */
static size_t
read_aloud(const DgReader *r, size_t at, int32_t *out)
{
  const int32_t hundreds = value_in(r, at, DG_WORD_UNIT, DG_WORD_EN);
  const int32_t tens = value_in(r, at + 1, DG_WORD_TENS, DG_WORD_EN);
  const int32_t units = value_in(r, at + 2, DG_WORD_UNIT, DG_WORD_EN);
  if (hundreds < 1 || tens < 0 || units < 1 ||
      (at > 0 && is_counted(r, at - 1)) || is_counted(r, at + 3)) {
    return 0;
  }
  *out = hundreds * 100 + tens + units;
  return at + 3;
}

size_t
dg_hundreds_at(const DgReader *r, size_t at, int32_t *out)
{
  const size_t aloud = read_aloud(r, at, out);
  if (aloud) {
    return aloud;
  }
  at = skip_zeros(r, at);
  const DgWord *const bare = dg_reader_as(r, at, DG_WORD_HUNDRED);
  if (bare) {
    *out = 100;
    return bare->text[bare->len - 1] == 's' ? 0 : after_hundred(r, at + 1, out);
  }
  size_t end = dg_tens_at(r, at, out);
  const size_t next = end ? join(r, end) : 0;
  if (next && is_hundred(r, next, *out)) {
    *out *= 100;
    end = after_hundred(r, next + 1, out);
  }
  return end;
}
