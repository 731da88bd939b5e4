/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/number.h"

/*
 *   number   = [sign] whole [and fraction]
 *   whole    = { part scale [and] } part
 *   part     = literal | hundreds | "a"
 *   scale    = SCALE+ | SUFFIX
 *
 * The scales of a number fall from left to right: after "million" only
 * thousands and less can follow.
 */
enum { PARTS_MAX = 10, SCALES_MAX = 3, NO_SCALE = 99 };

DgStatus
dg_number_scale(DgDecimal value, int32_t power, DgDecimal *out)
{
  if (power < 0) {
    value = dg_decimal_normal(value);
    if (value.scale + (uint32_t)-power > DG_DECIMAL_SCALE_MAX) {
      return DG_LIMIT;
    }
    value.scale += (uint32_t)-power;
    *out = value;
    return DG_OK;
  }
  DgDecimal ten = dg_decimal_from_int(10);
  for (; power > 0; --power) {
    DG_TRY(dg_decimal_multiply(value, ten, &value));
  }
  *out = value;
  return DG_OK;
}

typedef struct {
  DgDecimal value;
  bool literal;
  bool plain;
  bool article; /* un, a */
  bool about;
  bool implied; /* nothing stands before the word of scale */
} Part;

static size_t
join(const DgReader *r, size_t at)
{
  return dg_reader_mark(r, at, '-') ? at + 1 : at;
}

static bool
is_scale(const DgReader *r, size_t at)
{
  return dg_reader_as(r, at, DG_WORD_SCALE) ||
         dg_reader_as(r, at, DG_WORD_HUNDRED) ||
         dg_reader_as(r, at, DG_WORD_LOTS);
}

/* a hundred, a couple of million, a few, a pair */
static size_t
read_article(const DgReader *r, size_t at, unsigned how, Part *out)
{
  size_t end = dg_reader_phrase(r, at,
                                "a couple of|a couple|a pair of|a pair|"
                                "couple of|a few");
  if (end && (r->langs & DG_WORD_EN)) {
    const bool few = dg_reader_in(r, end - 1, "few");
    *out = (Part){ .value = dg_decimal_from_int(few ? 3 : 2), .about = true };
    return end;
  }
  if (!(r->langs & DG_WORD_EN) || !dg_reader_in(r, at, "a an") ||
      !((how & DG_NUMBER_ARTICLE) || is_scale(r, at + 1))) {
    return 0;
  }
  *out = (Part){ .value = dg_decimal_from_int(1), .article = true };
  return at + 1;
}

/* Decimals in words after "point" or "virgule": zero five, ninety-nine. */
static size_t
read_point(const DgReader *r, size_t at, DgDecimal *value)
{
  if (!dg_reader_in(r, at, "point virgule")) {
    return at;
  }
  DgDecimal decimals = DG_DECIMAL_ZERO;
  size_t next = at + 1;
  int32_t more;
  uint32_t places = 0;
  for (;; ++places) {
    const DgWord *const unit = dg_reader_as(r, next, DG_WORD_UNIT);
    const bool zero = (unit && unit->value == 0) ||
                      (places < 9 && dg_reader_in(r, next, "o oh"));
    if (!zero || places > 9) {
      break;
    }
    ++next;
  }
  DgNumber literal;
  size_t end = dg_hundreds_at(r, next, &more);
  if (!end && (end = dg_literal_at(r, next, &literal)) > 0 && literal.plain &&
      literal.value.digits < 1000000) {
    more = (int32_t)literal.value.digits;
  } else if (!end) {
    return at;
  }
  decimals = (DgDecimal){ more, places };
  for (int32_t rest = more; rest; rest /= 10) {
    ++decimals.scale;
  }
  return dg_decimal_add(*value, decimals, value) == DG_OK ? end : at;
}

/* The number before a word of scale. */
static size_t
read_part(const DgReader *r, size_t at, unsigned how, Part *out)
{
  DgNumber literal;
  int32_t value;
  size_t end = dg_literal_at(r, at, &literal);
  *out = (Part){ 0 };
  if (end) {
    *out = (Part){ .value = literal.value,
                   .literal = true,
                   .plain = literal.plain };
    return literal.plain && dg_reader_in(r, end, "point")
               ? read_point(r, end, &out->value)
               : end;
  }
  end = dg_hundreds_at(r, at, &value);
  if (end) {
    *out = (Part){ .value = dg_decimal_from_int(value) };
    const size_t point = read_point(r, end, &out->value);
    out->article = point == at + 1 && dg_reader_in(r, at, "un une");
    return point;
  }
  end = read_point(r, at, &out->value);
  if (end > at) {
    return end;
  }
  end = read_article(r, at, how, out);
  if (end) {
    return end;
  }
  return 0;
}

/* "mille" and "thousand" need no "one" before them. */
static bool
is_bare_thousand(const DgReader *r, size_t at)
{
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_SCALE);
  int32_t more;
  return word && word->value == 3 && word->text[word->len - 1] != 's' &&
         ((word->langs & DG_WORD_FR) || dg_hundreds_at(r, at + 1, &more));
}

/* 322 hundred and 21: hundreds counted in digits. */
static size_t
read_hundred(const DgReader *r, size_t at, Part *part)
{
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_HUNDRED);
  int32_t tens;
  if (!word || !(part->literal || part->article) ||
      (word->langs == DG_WORD_FR && word->text[word->len - 1] == 's') ||
      dg_number_scale(part->value, 2, &part->value) != DG_OK) {
    return at;
  }
  part->plain = part->article = false;
  const bool and = dg_reader_in(r, at + 1, "and et");
  size_t next = at + 1 + and;
  size_t end = dg_tens_at(r, next, &tens);
  if (!end && and&&(tens = dg_reader_digits(r, next)) > 0 && tens < 100) {
    end = next + 1;
    if (dg_reader_mark(r, end, '.') && dg_reader_glued(r, end + 1)) {
      end = 0;
    }
  }
  if (!end || tens == 0 || dg_reader_as(r, end, DG_WORD_HUNDRED) ||
      dg_decimal_add(part->value, dg_decimal_from_int(tens), &part->value) !=
          DG_OK) {
    return at + 1;
  }
  return end;
}

/* A suffix letter such as k or bn; glued to the digits, or known enough. */
static size_t
read_suffix(const DgReader *r, size_t at, unsigned how, int32_t *power)
{
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_SUFFIX);
  if (!word) {
    return 0;
  }
  const bool upper = (dg_reader_token(r, at)->flags & DG_TOKEN_UPPER) != 0;
  const bool glued = dg_reader_glued(r, at);
  const bool money = (how & DG_NUMBER_MONEY) != 0;
  const char first = word->text[0];
  bool fine = true;
  if (word->len == 1) {
    const int32_t run = dg_reader_digits(r, at - 1);
    const bool network =
        glued && run >= 2 && run <= 6 && at >= 1 && !dg_reader_glued(r, at - 1);
    fine = first == 'k'   ? true
           : first == 'm' ? money || upper
           : first == 'g' ? upper && !network
           : first == 'b' ? glued || money
                          : money;
  } else if (word->len == 2 && first == 'm' && word->text[1] == 'm') {
    fine = money || upper;
  }
  *power = fine ? word->value : 0;
  return fine ? at + 1 : 0;
}

/* Words of scale in a row, "mille milliards"; `power` is 0 without one. */
static size_t
read_scales(const DgReader *r, size_t at, unsigned how, Part *part,
            int32_t *power)
{
  *power = 0;
  size_t end = at;
  const DgWord *const lots = dg_reader_as(r, join(r, at), DG_WORD_LOTS);
  if (lots) {
    end = join(r, at) + 1;
    part->about = lots->value != 12;
    part->plain = part->article = false;
    if (dg_decimal_multiply(part->value, dg_decimal_from_int(lots->value),
                            &part->value) != DG_OK) {
      return at;
    }
    const size_t of = dg_reader_phrase(r, end, "de|d '|of");
    const DgWord *const more = of ? dg_reader_as(r, of, DG_WORD_SCALE) : NULL;
    if (more) {
      *power = more->value;
      return of + 1;
    }
    const DgWord *const thousands =
        of ? dg_reader_as(r, of, DG_WORD_LOTS) : NULL;
    if (thousands && thousands->value == 1000) {
      *power = 3;
      return of + 1;
    }
    return end;
  }
  for (int i = 0; i < SCALES_MAX; ++i) {
    const DgWord *const scale = dg_reader_as(r, join(r, end), DG_WORD_SCALE);
    if (!scale || (part->literal && dg_reader_in(r, end, "mil"))) {
      break;
    }
    end = join(r, end) + 1;
    *power += scale->value;
  }
  if (end == at && part->literal) {
    const size_t suffix = read_suffix(r, at, how, power);
    end = suffix ? suffix : at;
  }
  return end;
}

/* "and a half", "et demi", "et trois quarts", ½: a fraction of one. */
static size_t
read_tail(const DgReader *r, size_t at, DgNumber *out)
{
  const size_t and = dg_reader_phrase(r, at, "and|et");
  if (!and) {
    const DgToken *const token = dg_reader_token(r, at);
    const bool sign = token->kind == DG_TOKEN_MARK && token->code >= 0x80;
    const bool slash = dg_reader_digits(r, at) > 0 &&
                       dg_reader_digits(r, at - 1) >= 0 &&
                       dg_reader_mark(r, at + 1, '/');
    return sign || slash ? dg_fraction_at(r, at, out) : 0;
  }
  const size_t demi = dg_reader_phrase(
      r, and, "demi|demie|quart|half|quarter|a half|a quarter");
  if (demi) {
    const DgWord *const part = dg_reader_as(r, demi - 1, DG_WORD_PART);
    *out = (DgNumber){ .fraction = true };
    return part && dg_decimal_divide(dg_decimal_from_int(1),
                                     dg_decimal_from_int(part->value),
                                     &out->value) == DG_OK
               ? demi
               : 0;
  }
  const size_t an = dg_reader_phrase(r, and, "an half");
  if (an) {
    *out = (DgNumber){ .fraction = true, .value = { 5, 1 } };
    return an;
  }
  return dg_part_at(r, and, out);
}

typedef struct {
  DgDecimal total;
  int32_t last; /* power of the last scale read */
  DgNumber *out;
} Sum;

static bool
add_scaled(Sum *sum, DgDecimal value, int32_t power)
{
  return dg_number_scale(value, power, &value) == DG_OK &&
         dg_decimal_add(sum->total, value, &sum->total) == DG_OK;
}

/* The half that follows, counted in what was named last: 3 million and a half,
 * or in a scale of its own: a billion and a half million. */
static size_t
add_tail(const DgReader *r, size_t at, Sum *sum)
{
  DgNumber tail;
  const size_t end = read_tail(r, at, &tail);
  if (!end) {
    return at;
  }
  const bool own = tail.scaled;
  const DgWord *const scale = own ? NULL : dg_reader_as(r, end, DG_WORD_SCALE);
  const int32_t power = own                     ? 0
                        : scale                 ? scale->value
                        : sum->last == NO_SCALE ? 0
                                                : sum->last;
  if (!add_scaled(sum, tail.value, power)) {
    return at;
  }
  sum->out->fraction = true;
  sum->out->article = false;
  return scale ? end + 1 : end;
}

/* True when the part at `at` may go on a number whose last scale is `last`. */
static bool
may_go_on(const DgReader *r, const Part *part, size_t begin, size_t end,
          bool and, int32_t last, bool digits)
{
  const DgWord *const first = dg_reader_as(r, begin, DG_WORD_UNIT);
  if (first && first->value == 0) {
    return false; /* thirteen thousand, zero ninety */
  }
  if (part->article && !is_scale(r, end)) {
    return !and&&last <= 3 && !digits; /* deux mille un */
  }
  if (!part->literal) {
    return true;
  }
  return is_scale(r, end) || (and&&last <= 3);
}

static size_t
read_whole(const DgReader *r, size_t at, unsigned how, Sum *sum)
{
  size_t done = 0;
  for (int i = 0; i < PARTS_MAX; ++i) {
    const bool and = done && dg_reader_in(r, done, "and et");
    const size_t begin = done ? done + and : at;
    Part part;
    int32_t power;
    DgNumber half = { 0 };
    size_t end = read_part(r, begin, done ? 0 : how, &part);
    if (!end && !done && is_bare_thousand(r, begin)) {
      part = (Part){ .value = dg_decimal_from_int(1), .implied = true };
      end = begin;
    }
    if ((!end && !part.implied) || (and&&read_tail(r, done, &half)) ||
        (done &&
         !may_go_on(r, &part, begin, end, and, sum->last, sum->out->digits))) {
      break;
    }
    end = read_hundred(r, end, &part);
    const size_t tail = read_tail(r, end, &half);
    if (tail && dg_reader_as(r, tail, DG_WORD_SCALE) && !done &&
        dg_decimal_add(part.value, half.value, &part.value) == DG_OK) {
      end = tail; /* two and a half million */
    }
    const size_t scaled = read_scales(r, end, how, &part, &power);
    if (power >= sum->last || (scaled == begin) ||
        !add_scaled(sum, part.value, power)) {
      break;
    }
    DgNumber *const out = sum->out;
    out->about = out->about || part.about;
    out->plain = !done && part.plain && scaled == end;
    out->article = !done && part.article && scaled == end;
    out->digits = out->digits || part.literal;
    out->scaled = out->scaled || power > 0;
    out->attached = part.literal && scaled > end && dg_reader_glued(r, end) &&
                    dg_reader_kind(r, end, DG_TOKEN_WORD);
    out->power = done ? 0 : power;
    done = scaled;
    if (!power) {
      break;
    }
    sum->last = power;
  }
  return done;
}

/* "two thousand fifths": all of the number is a numerator. */
static size_t
divide(const DgReader *r, size_t at, Sum *sum)
{
  const size_t next = join(r, at);
  const DgStr last = dg_reader_text(r, next);
  const DgWord *const scale = dg_reader_as(r, next, DG_WORD_ORDSCALE);
  const DgWord *const unit = dg_reader_as(r, next, DG_WORD_ORDUNIT);
  DgNumber *const out = sum->out;
  if (out->digits || !dg_reader_kind(r, next, DG_TOKEN_WORD) || last.len < 4 ||
      !(last.ptr[last.len - 1] == 's' || (scale && !(r->langs & DG_WORD_EN))) ||
      sum->last == NO_SCALE) {
    return at;
  }
  const DgDecimal by = dg_decimal_from_int(unit ? unit->value : 1);
  if (scale ? dg_number_scale(sum->total, -scale->value, &sum->total) != DG_OK
            : !unit || unit->value < 3 ||
                  dg_decimal_divide(sum->total, by, &sum->total) != DG_OK) {
    return at;
  }
  out->fraction = true;
  return next + 1;
}

/* forty-five (45): the same number twice is one. */
static size_t
read_repeat(const DgReader *r, size_t at, const DgNumber *number)
{
  if (!dg_reader_mark(r, at, '(')) {
    return at;
  }
  DgNumber again = { 0 };
  Sum sum = { .last = NO_SCALE, .out = &again };
  const size_t end = read_whole(r, at + 1, 0, &sum);
  return end && dg_reader_mark(r, end, ')') && again.digits != number->digits &&
                 !dg_decimal_compare(sum.total, number->value)
             ? end + 1
             : at;
}

static size_t
read_sign(const DgReader *r, size_t at, bool *negative)
{
  *negative = false;
  const size_t word = dg_reader_phrase(r, at, "minus|negative|moins|plus");
  if (word && at > 0 &&
      dg_reader_in(r, at - 1, "au du de le ou pas non un en the or")) {
    return at; /* au moins dix */
  }
  if (word) {
    *negative = !dg_reader_in(r, at, "plus");
    return word;
  }
  const bool code = dg_reader_mark(r, at + 2, '-') &&
                    dg_reader_glued(r, at + 2); /* -2020-07-01- */
  const bool minus = dg_reader_mark(r, at, '-') && !code;
  if ((minus || dg_reader_mark(r, at, '+')) &&
      (at == 0 || !dg_reader_glued(r, at) ||
       dg_reader_kind(r, at - 1, DG_TOKEN_MARK))) {
    *negative = minus;
    return at + 1;
  }
  return at;
}

size_t
dg_number_at(const DgReader *r, size_t at, unsigned how, DgNumber *out)
{
  bool negative;
  const size_t begin = read_sign(r, at, &negative);
  *out = (DgNumber){ 0 };
  if (begin > at &&
      (!dg_reader_token(r, begin)->word &&
       !dg_reader_kind(r, begin, DG_TOKEN_DIGITS) &&
       !dg_reader_mark(r, begin, '.') && !dg_reader_mark(r, begin, ','))) {
    return 0;
  }
  size_t end = dg_fraction_at(r, begin, out);
  if (!end) {
    Sum sum = { .last = NO_SCALE, .out = out };
    end = read_whole(r, begin, how, &sum);
    if (!end) {
      return 0;
    }
    end = add_tail(r, end, &sum);
    end = divide(r, end, &sum);
    out->value = sum.total;
    end = read_repeat(r, end, out);
  }
  if (negative) {
    out->value.digits = -out->value.digits;
    out->plain = false;
  }
  return end;
}
