/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/number.h"

/* U+00BC..BE and U+2150..215E: numerator and denominator. */
static bool
vulgar(uint32_t code, int32_t *n, int32_t *d)
{
  static const struct {
    uint16_t code;
    uint8_t n;
    uint8_t d;
  } signs[] = {
    { 0xBC, 1, 4 },   { 0xBD, 1, 2 },    { 0xBE, 3, 4 },   { 0x2150, 1, 7 },
    { 0x2151, 1, 9 }, { 0x2152, 1, 10 }, { 0x2153, 1, 3 }, { 0x2154, 2, 3 },
    { 0x2155, 1, 5 }, { 0x2156, 2, 5 },  { 0x2157, 3, 5 }, { 0x2158, 4, 5 },
    { 0x2159, 1, 6 }, { 0x215A, 5, 6 },  { 0x215B, 1, 8 }, { 0x215C, 3, 8 },
    { 0x215D, 5, 8 }, { 0x215E, 7, 8 },
  };
  for (size_t i = 0; i < sizeof signs / sizeof *signs; ++i) {
    if (signs[i].code == code) {
      *n = signs[i].n;
      *d = signs[i].d;
      return true;
    }
  }
  return false;
}

static bool
set(DgNumber *out, int32_t n, int32_t d)
{
  *out = (DgNumber){ .fraction = true };
  return dg_decimal_divide(dg_decimal_from_int(n), dg_decimal_from_int(d),
                           &out->value) == DG_OK;
}

static size_t
join(const DgReader *r, size_t at)
{
  return dg_reader_mark(r, at, '-') ? at + 1 : at;
}

/* 3/4 */
static size_t
slashed(const DgReader *r, size_t at, DgNumber *out)
{
  const int32_t n = dg_reader_digits(r, at);
  const int32_t d = dg_reader_digits(r, at + 2);
  if (n < 0 || d <= 0 || !dg_reader_mark(r, at + 1, '/') ||
      !dg_reader_glued(r, at + 1) || !dg_reader_glued(r, at + 2) || d > 1000 ||
      (dg_reader_mark(r, at + 3, '/') && dg_reader_glued(r, at + 3)) ||
      (at > 0 && dg_reader_mark(r, at - 1, '/') && dg_reader_glued(r, at))) {
    return 0;
  }
  out->digits = true;
  return set(out, n, d) ? at + 3 : 0;
}

/* What follows shows that "un cinquieme" is a share, not a rank. */
static bool
closes(const DgReader *r, size_t at)
{
  return !dg_reader_kind(r, at, DG_TOKEN_WORD) ||
         dg_reader_in(r, at,
                      "of more less to and or from de d des du et ou "
                      "par plus moins sont ont a") ||
         dg_reader_as(r, at, DG_WORD_SCALE);
}

typedef struct {
  int32_t value;
  bool part; /* half, tiers: never a rank */
  bool plural;
  bool large;    /* a hundredth and less: two hundredth is a rank */
  int32_t power; /* of ten, for a millionth: value is 1 */
} Denominator;

static size_t
denominator(const DgReader *r, size_t at, Denominator *out)
{
  static const DgWordClass classes[] = { DG_WORD_PART, DG_WORD_ORDUNIT,
                                         DG_WORD_ORDTEEN, DG_WORD_ORDTENS,
                                         DG_WORD_ORDHUNDRED };
  *out = (Denominator){ 0 };
  for (size_t i = 0; i < sizeof classes / sizeof *classes; ++i) {
    const DgWord *const word = dg_reader_as(r, at, classes[i]);
    if (word && (word->value > 2 || i == 0)) {
      *out = (Denominator){ .value = word->value,
                            .part = i == 0,
                            .plural = word->text[word->len - 1] == 's',
                            .large = classes[i] == DG_WORD_ORDHUNDRED };
    }
    if (word) {
      break;
    }
  }
  const DgWord *const scale = dg_reader_as(r, at, DG_WORD_ORDSCALE);
  if (scale) {
    *out = (Denominator){ .value = 1,
                          .plural = scale->text[scale->len - 1] == 's',
                          .large = true,
                          .power = scale->value };
  }
  if (out->value) {
    return at + 1;
  }
  int32_t rank;
  const size_t end = dg_rank_at(r, at, &rank);
  if (end) {
    const DgStr last = dg_reader_text(r, end - 1);
    *out =
        (Denominator){ .value = rank, .plural = last.ptr[last.len - 1] == 's' };
  }
  return end;
}

/* one, a, un, three, vingt-trois */
static size_t
numerator(const DgReader *r, size_t at, int32_t *out)
{
  if ((r->langs & DG_WORD_EN) && dg_reader_in(r, at, "a an")) {
    *out = 1;
    const size_t hundred = dg_hundreds_at(r, at + 1, out);
    return hundred && *out == 100 ? hundred : (*out = 1, at + 1);
  }
  return dg_hundreds_at(r, at, out);
}

/* two thirds, un cinquieme, three and twenty-firsts */
static size_t
spelled(const DgReader *r, size_t at, DgNumber *out)
{
  int32_t n;
  Denominator d;
  const size_t next = numerator(r, at, &n);
  const size_t end = next ? denominator(r, join(r, next), &d) : 0;
  if (!end || n == 0) {
    return 0;
  }
  const bool fr = dg_reader_as_in(r, end - 1, DG_WORD_PART, DG_WORD_FR) != NULL;
  const bool hyphen = next != join(r, next);
  const bool quarter = dg_reader_in(r, end - 1, "quarter");
  if (hyphen && !d.plural && n > 1 && !(r->langs & DG_WORD_EN)) {
    return 0; /* quatre-vingtieme */
  }
  const size_t of = dg_reader_phrase(r, end, "of");
  if (quarter && dg_reader_as(r, of ? of : end, DG_WORD_PERIOD)) {
    return set(out, n, 4) ? end : 0; /* three quarter hours */
  }
  if (n > 1 ? !(d.plural || fr ||
                (!d.part && !d.large && closes(r, end) &&
                 !(r->langs & DG_WORD_EN) && n < 20))
            : !((d.part && !quarter) || closes(r, end))) {
    return 0;
  }
  const DgWord *const tens =
      dg_reader_as_in(r, next - 1, DG_WORD_TENS, DG_WORD_EN);
  if (tens && n > tens->value && d.value < 10 && !d.part &&
      !dg_reader_in(r, next - 2, "and")) {
    n -= tens->value; /* a hundred thirty-fifths */
    d.value += tens->value;
  }
  if (d.power) {
    *out = (DgNumber){ .fraction = true };
    return dg_number_scale(dg_decimal_from_int(n), -d.power, &out->value) ==
                   DG_OK
               ? end
               : 0;
  }
  return set(out, n, d.value) ? end : 0;
}

size_t
dg_part_at(const DgReader *r, size_t at, DgNumber *out)
{
  return spelled(r, at, out);
}

/* Half, la moitie, un demi, ½ */
static size_t
alone(const DgReader *r, size_t at, DgNumber *out)
{
  int32_t n;
  int32_t d;
  const DgToken *const token = dg_reader_token(r, at);
  if (token->kind == DG_TOKEN_MARK && vulgar(token->code, &n, &d)) {
    return set(out, n, d) ? at + 1 : 0;
  }
  if (dg_reader_in(r, at, "half moitie demi") ||
      (dg_reader_in(r, at, "quarter") &&
       dg_reader_as(r, at + 1, DG_WORD_SCALE))) {
    const DgWord *const part = dg_reader_as(r, at, DG_WORD_PART);
    return part && set(out, 1, part->value) ? at + 1 : 0;
  }
  return 0;
}

/* one over three, 1 in twenty-one, un sur trois */
static size_t
ratio(const DgReader *r, size_t at, DgNumber *out)
{
  int32_t n = dg_reader_digits(r, at);
  int32_t d;
  size_t next = n >= 0 ? at + 1 : dg_hundreds_at(r, at, &n);
  const bool in = next && dg_reader_in(r, next, "in");
  next = next ? dg_reader_phrase(r, next, "over|out of|in|sur") : 0;
  if (!next) {
    return 0;
  }
  d = dg_reader_digits(r, next);
  const size_t end = d >= 0 ? next + 1 : dg_hundreds_at(r, next, &d);
  const bool over = dg_reader_in(r, next - 1, "over") &&
                    !dg_reader_kind(r, end, DG_TOKEN_WORD);
  if (!end || n < 1 || d < 1 || (n >= d && !over) || d > 1000 ||
      (in && (n > 1 || d > 100)) || dg_reader_as(r, end, DG_WORD_PERIOD) ||
      dg_reader_as(r, end, DG_WORD_SCALE) ||
      dg_reader_as(r, end, DG_WORD_MONTH) ||
      (dg_reader_kind(r, end, DG_TOKEN_MARK) && dg_reader_glued(r, end) &&
       dg_reader_kind(r, end + 1, DG_TOKEN_DIGITS))) {
    return 0;
  }
  return set(out, n, d) ? end : 0;
}

/* A fraction of a word of scale: half a million, deux tiers de million. */
static size_t
of_scale(const DgReader *r, size_t at, DgNumber *out)
{
  size_t next = dg_reader_phrase(r, at, "of a|of an|a|an|de|d '|-");
  next = next ? next : at;
  const DgWord *const scale = dg_reader_as(r, next, DG_WORD_SCALE);
  const DgWord *const lots = dg_reader_as(r, next, DG_WORD_LOTS);
  DgDecimal value;
  if (scale && dg_number_scale(out->value, scale->value, &value) == DG_OK) {
    out->scaled = true;
  } else if (!lots ||
             dg_decimal_multiply(out->value, dg_decimal_from_int(lots->value),
                                 &value) != DG_OK) {
    return at;
  }
  out->value = value;
  return next + 1;
}

size_t
dg_fraction_at(const DgReader *r, size_t at, DgNumber *out)
{
  size_t end = slashed(r, at, out);
  if (end) {
    return end;
  }
  end = alone(r, at, out);
  end = end ? end : spelled(r, at, out);
  if (end) {
    return of_scale(r, end, out);
  }
  return ratio(r, at, out);
}
