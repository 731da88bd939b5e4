/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/value.h"

#include "base/vec.h"
#include "values/calendar.h"
#include "values/number.h"
#include "values/quantity.h"
#include "values/when.h"

#include <stdlib.h>

const char *
dg_qualifier_text(DgQualifier qualifier)
{
  static const char *const texts[] = { "exact", "about", "more_than", "up_to" };
  return texts[qualifier];
}

static void
set_span(const DgReader *r, size_t at, size_t end, DgValue *out)
{
  out->span.begin = dg_reader_token(r, at)->begin;
  out->span.end = dg_reader_token(r, end - 1)->end;
}

/* Dates have theirs from their own words: by, since. */
static void
set_qualifier(const DgReader *r, size_t at, size_t end, DgValue *out)
{
  if (out->kind == DG_VALUE_DATE || out->kind == DG_VALUE_ORDINAL) {
    return;
  }
  const DgQualifier around = dg_qualifier_around(r, at, end);
  out->qualifier = around ? around : out->qualifier;
  out->money.qualifier = out->qualifier;
}

static size_t
read_date(const DgReader *r, size_t at, DgValue *out)
{
  DgWhen when;
  const size_t end = dg_date_at(r, at, &when);
  if (end) {
    *out = (DgValue){ .kind = DG_VALUE_DATE,
                      .date = when.date,
                      .date_max = when.last,
                      .is_range = when.last.precision != DG_DATE_NONE,
                      .qualifier = when.qualifier };
  }
  return end;
}

static size_t
read_ordinal(const DgReader *r, size_t at, DgValue *out)
{
  DgDecimal rank;
  const size_t end = dg_ordinal_at(r, at, &rank);
  if (end) {
    *out = (DgValue){ .kind = DG_VALUE_ORDINAL, .number = rank };
  }
  return end;
}

/* Before an unknown noun, un is an article and nothing more. */
static bool
is_plain_article(const DgReader *r, size_t at)
{
  const DgToken *const next = dg_reader_token(r, at + 1);
  return next->kind == DG_TOKEN_WORD && !next->classes &&
         dg_reader_in(r, at, "un une a an");
}

/* Classes of words that may open a date, and how many tokens after them the
 * word that makes it one may stand at most. */
static const struct {
  uint32_t classes;
  uint8_t reach;
} date_openers[] = {
  { 1U << DG_WORD_MONTH | 1U << DG_WORD_WEEKDAY | 1U << DG_WORD_DAYREL |
        1U << DG_WORD_SEASON | 1U << DG_WORD_CORE,
    0 },
  { 1U << DG_WORD_PERIOD, 3 },
  { 1U << DG_WORD_REL | 1U << DG_WORD_EDGE | 1U << DG_WORD_UNIT |
        1U << DG_WORD_TEEN | 1U << DG_WORD_TENS | 1U << DG_WORD_ORDUNIT |
        1U << DG_WORD_ORDTEEN | 1U << DG_WORD_ORDTENS | 1U << DG_WORD_DET |
        1U << DG_WORD_START | 1U << DG_WORD_FEW | 1U << DG_WORD_HUNDRED,
    5 },
};

/* Digits that the marks and words around them let be of a date. */
static bool
may_be_dated(const DgReader *r, size_t at)
{
  const DgToken *const token = dg_reader_token(r, at);
  const DgToken *const next = dg_reader_token(r, at + 1);
  const size_t size = token->end - token->begin;
  const uint32_t words = 1U << DG_WORD_MONTH | 1U << DG_WORD_WEEKDAY |
                         1U << DG_WORD_PERIOD | 1U << DG_WORD_REL;
  if (size == 4 || size == 8 || (next->classes & words) ||
      (next->kind != DG_TOKEN_END && dg_reader_glued(r, at + 1) &&
       !strchr("%)], ;:", next->first))) {
    return true;
  }
  if (at > 0 && (dg_reader_token(r, at - 1)->classes &
                 (1U << DG_WORD_DET | 1U << DG_WORD_WEEKDAY))) {
    return true;
  }
  return next->to_date <= 3 &&
         (next->kind != DG_TOKEN_WORD || next->to_date == 0 ||
          dg_reader_in(r, at + 1,
                       "of de d au to jusqu thru through till until "
                       "a next last past upcoming business "
                       "working"));
}

/* Dates without such a word: on the first, in nineteen eighty; and ranges
 * that come to it late: between the ninth and the tenth day of May. */
static bool
opens_alone(const DgReader *r, size_t at)
{
  const DgToken *const token = dg_reader_token(r, at);
  if (at > 0 && (token->classes & (1U << DG_WORD_TEEN | 1U << DG_WORD_UNIT |
                                   1U << DG_WORD_DET))) {
    return dg_reader_in(
        r, at - 1, token->classes & 1U << DG_WORD_DET ? "on" : "in since of");
  }
  const bool near = dg_reader_token(r, at + 1)->to_date < 9;
  return (near && (token->classes & 1U << DG_WORD_START) &&
          (dg_reader_phrase(r, at, "il y a") ||
           dg_reader_in(r, at,
                        "for pour pendant durant between from entre"))) ||
         ((token->classes & 1U << DG_WORD_PERIOD) &&
          dg_reader_phrase(r, at, "year to date"));
}

/* Small words and seasons open a date only before a word that is known. */
static bool
goes_on(const DgReader *r, size_t at)
{
  const uint32_t small =
      1U << DG_WORD_DET | 1U << DG_WORD_START | 1U << DG_WORD_SEASON;
  const uint32_t alone = 1U << DG_WORD_MONTH | 1U << DG_WORD_WEEKDAY |
                         1U << DG_WORD_REL | 1U << DG_WORD_EDGE;
  const DgToken *const token = dg_reader_token(r, at);
  if (!(token->classes & small) || (token->classes & alone)) {
    return true;
  }
  const DgToken *next = dg_reader_token(r, at + 1);
  if (next->first == '\'' || next->first == '-' || next->first == '/') {
    next = dg_reader_token(r, at + 2);
  }
  return next->kind == DG_TOKEN_DIGITS || next->classes ||
         dg_reader_in(r, at + 1, "y ya of de d du the than on from to as");
}

static bool
may_open_date(const DgReader *r, size_t at)
{
  const DgToken *const token = dg_reader_token(r, at);
  const uint8_t next = dg_reader_token(r, at + 1)->to_date;
  if (token->kind != DG_TOKEN_WORD) {
    return token->kind == DG_TOKEN_DIGITS && may_be_dated(r, at);
  }
  if (dg_reader_token(r, at + 1)->kind == DG_TOKEN_DIGITS &&
      token->end - token->begin == 1) {
    return true; /* T3, Q3 */
  }
  if (opens_alone(r, at)) {
    return true;
  }
  if (!goes_on(r, at)) {
    return false;
  }
  for (size_t i = 0; i < sizeof date_openers / sizeof *date_openers; ++i) {
    if (token->classes & date_openers[i].classes) {
      return date_openers[i].reach == 0 || next < date_openers[i].reach;
    }
  }
  return false;
}

/* A number, or what may stand before one. */
static bool
may_open_quantity(const DgReader *r, size_t at)
{
  const DgToken *const token = dg_reader_token(r, at);
  const uint32_t opening = 1U << DG_WORD_START | 1U << DG_WORD_MONEY |
                           1U << DG_WORD_ISO | 1U << DG_WORD_SHARED |
                           1U << DG_WORD_COUNTRY | 1U << DG_WORD_SUFFIX;
  const uint32_t units = 1U << DG_WORD_PERIOD | 1U << DG_WORD_MONEY |
                         1U << DG_WORD_SHARED | 1U << DG_WORD_COUNTRY;
  if (token->to_number == 0) {
    return true;
  }
  if ((dg_reader_token(r, at + 1)->classes & units) &&
      dg_reader_in(r, at, "a an")) {
    return true; /* a dollar, a month */
  }
  if (token->kind == DG_TOKEN_WORD && dg_reader_mark(r, at + 1, '$') &&
      dg_reader_glued(r, at + 1) && token->to_number <= 2) {
    return true; /* S$30m, R$2bn */
  }
  if (token->classes & opening) {
    const bool small = (token->classes & 1U << DG_WORD_START) &&
                       token->end - token->begin > 1; /* u.s $ */
    return token->to_number <= (small ? 2 : 4);
  }
  if (token->kind == DG_TOKEN_MARK) { /* a sign, a decimal mark */
    return (token->first == '-' || token->first == '+' ||
            dg_reader_glued(r, at + 1)) &&
           token->to_number <= 2;
  }
  const uint32_t size = token->end - token->begin;
  return token->to_number == 1 &&
         (size == 1 || (size == 4 && (token->flags & DG_TOKEN_CAPS)));
}

/* An ordinal, or a number that ends at `end` and goes on as one. */
static bool
may_be_ranked(const DgReader *r, size_t at, size_t end)
{
  const uint32_t ordinals = 1U << DG_WORD_ORDUNIT | 1U << DG_WORD_ORDTEEN |
                            1U << DG_WORD_ORDTENS | 1U << DG_WORD_ORDHUNDRED |
                            1U << DG_WORD_ORDSCALE;
  const DgToken *const token = dg_reader_token(r, at);
  if (token->kind == DG_TOKEN_DIGITS) {
    return dg_reader_kind(r, at + 1, DG_TOKEN_WORD) &&
           dg_reader_glued(r, at + 1);
  }
  if (token->to_number > 1 || (token->classes & ordinals)) {
    return token->to_number <= 1;
  }
  for (size_t i = end ? end : at; i < end + 4 && i <= at + 12; ++i) {
    if (dg_reader_token(r, i)->classes & ordinals) {
      return true;
    }
  }
  return !end;
}

/* The longest reading at a place; of equals, the first in this order. */
static size_t
read_at(const DgReader *r, size_t at, DgValue *out)
{
  DgValue value;
  if (is_plain_article(r, at)) {
    return 0;
  }
  size_t best = may_open_date(r, at) ? read_date(r, at, out) : 0;
  size_t end = may_open_quantity(r, at) ? dg_quantity_at(r, at, &value) : 0;
  if (end > best) {
    best = end;
    *out = value;
  }
  end = may_be_ranked(r, at, end) ? read_ordinal(r, at, &value) : 0;
  if (end > best) {
    best = end;
    *out = value;
  }
  if (best) {
    set_span(r, at, best, out);
    set_qualifier(r, at, best, out);
  }
  return best;
}

/* Most tokens are words that start nothing. */
static bool
may_start(const DgReader *r, size_t at)
{
  const DgToken *const token = dg_reader_token(r, at);
  const bool near = token->to_number <= 4 || token->to_date <= 6 ||
                    (token->classes & 1U << DG_WORD_START);
  return (token->classes && near) || token->kind == DG_TOKEN_DIGITS ||
         token->to_number <= 2;
}

/* The "//" of an address: http://... */
static bool
is_address(const DgReader *r, size_t at)
{
  return at > 0 && dg_reader_mark(r, at - 1, ':') && dg_reader_glued(r, at) &&
         dg_reader_mark(r, at + 1, '/') && dg_reader_glued(r, at + 1);
}

/* The next token with a blank before it. */
static size_t
after_word(const DgReader *r, size_t at)
{
  do {
    ++at;
  } while (at < r->tokens.n && dg_reader_glued(r, at));
  return at;
}

/* Groups of two digits, four or more: 01 42 00 00 00, 01.42.00.00.00. */
static size_t
telephone(const DgReader *r, size_t at)
{
  size_t groups = 0;
  size_t next = at;
  while (groups < 8 && dg_reader_kind(r, next, DG_TOKEN_DIGITS) &&
         dg_reader_size(r, next) == 2) {
    ++groups;
    ++next;
    const bool mark =
        dg_reader_mark(r, next, '.') || dg_reader_mark(r, next, '-');
    next += mark && dg_reader_kind(r, next + 1, DG_TOKEN_DIGITS);
  }
  return groups >= 4 ? next : 0;
}

/* After a plus and a country: groups of digits, seven digits or more in all. */
static size_t
foreign_telephone(const DgReader *r, size_t at)
{
  size_t digits = 0;
  size_t next = at;
  for (int i = 0; i < 8; ++i) {
    size_t group = next;
    group += dg_reader_mark(r, group, '-') || dg_reader_mark(r, group, '.') ||
             dg_reader_mark(r, group, '(');
    const size_t size = dg_reader_size(r, group);
    if (!dg_reader_kind(r, group, DG_TOKEN_DIGITS) || size > 8 ||
        dg_reader_breaks(r, group)) {
      break;
    }
    digits += size;
    next = group + 1;
    next += dg_reader_mark(r, next, ')') ? 1 : 0;
  }
  return digits >= 7 && digits <= 13 ? next : 0;
}

/* 9:30, 18:05:30 */
static size_t
clock_time(const DgReader *r, size_t at)
{
  size_t next = at;
  while (next < at + 4 && dg_reader_mark(r, next + 1, ':') &&
         dg_reader_glued(r, next + 1) && dg_reader_glued(r, next + 2) &&
         dg_reader_kind(r, next + 2, DG_TOKEN_DIGITS) &&
         dg_reader_size(r, next + 2) == 2) {
    next += 2;
  }
  return next > at && dg_reader_size(r, at) <= 2 ? next + 1 : 0;
}

/* The number of an article of law: article 5, le 49.3. */
static size_t
reference(const DgReader *r, size_t at)
{
  const bool parts = dg_reader_mark(r, at + 1, '.') &&
                     dg_reader_glued(r, at + 1) && dg_reader_glued(r, at + 2) &&
                     dg_reader_kind(r, at + 2, DG_TOKEN_DIGITS) &&
                     dg_reader_size(r, at + 2) < 3;
  const bool french = parts && r->langs == DG_WORD_FR &&
                      !dg_reader_token(r, at + 3)->classes &&
                      !dg_reader_mark(r, at + 3, '%');
  const bool named =
      at > 0 &&
      (dg_reader_in(r, at - 1, "article articles art section chapter") ||
       (french && dg_reader_in(r, at - 1, "le du au") &&
        !dg_reader_mark(r, at + 3, '.')));
  return !named ? 0 : parts ? at + 3 : at + 1;
}

/* What holds digits and no value: an address, a telephone number (also
 * +33 1 42 00 00 00), a time of day, an article. Gives the token after it. */
static size_t
code_at(const DgReader *r, size_t at)
{
  if (dg_reader_mark(r, at, '/') && is_address(r, at)) {
    return after_word(r, at);
  }
  if (dg_reader_mark(r, at, '+') && dg_reader_digits(r, at + 1) > 0 &&
      dg_reader_size(r, at + 1) <= 3 && dg_reader_glued(r, at + 1)) {
    return foreign_telephone(r, at + 2);
  }
  if (!dg_reader_kind(r, at, DG_TOKEN_DIGITS)) {
    return 0;
  }
  const bool zero = *dg_reader_text(r, at).ptr == '0';
  size_t end = zero ? telephone(r, at) : 0;
  end = end ? end : clock_time(r, at);
  return end ? end : reference(r, at);
}

typedef DG_VEC(DgValue) Values;

static DgStatus
read_all(const DgReader *r, DgArena *arena, Values *values)
{
  for (size_t at = 0; at < r->tokens.n;) {
    DgValue value;
    const size_t code = code_at(r, at);
    if (code) {
      at = code;
      continue;
    }
    const size_t end = may_start(r, at) ? read_at(r, at, &value) : 0;
    if (end) {
      DgValue *const item = DG_VEC_ADD(arena, values);
      DG_TRY_PTR(item);
      *item = value;
    }
    at = end ? end : at + 1;
  }
  return DG_OK;
}

static unsigned
langs_of(const DgValueOptions *options, const DgTokens *tokens)
{
  const DgLang lang =
      options->lang == DG_LANG_NONE ? tokens->lang : options->lang;
  return lang == DG_LANG_FR   ? DG_WORD_FR
         : lang == DG_LANG_EN ? DG_WORD_EN
                              : DG_WORD_FR | DG_WORD_EN;
}

DgValueMemo *
dg_value_memo_new(void)
{
  return calloc(1, sizeof(DgValueMemo));
}

void
dg_value_memo_free(DgValueMemo *memo)
{
  free(memo);
}

DgStatus
dg_values_read(DgStr text, const DgValueOptions *options, DgArena *arena,
               DgValue **values, size_t *n)
{
  static const DgValueOptions none = { 0 };
  DgReader r = { .text = text, .options = options ? options : &none };
  r.memo = r.options->memo ? r.options->memo : DG_NEW(arena, DgValueMemo);
  DG_TRY_PTR(r.memo);
  Values found = { 0 };
  DG_TRY(dg_value_tokens_read(text, arena, &r.tokens));
  r.langs = langs_of(r.options, &r.tokens);
  dg_value_tokens_class(&r.tokens, r.langs);
  r.dated = r.options->reference.precision == DG_DATE_DAY;
  r.today = r.dated ? dg_date_first_day(r.options->reference) : 0;
  DG_TRY(read_all(&r, arena, &found));
  *values = found.items;
  *n = found.n;
  return DG_OK;
}
