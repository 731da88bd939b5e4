/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/money.h"

/* The least amount after which livre, won, mark are money. */
enum { LARGE = 100 };

static bool
is_large(const DgNumber *number)
{
  return number->scaled ||
         dg_decimal_compare(number->value, dg_decimal_from_int(LARGE)) >= 0;
}

static bool
settle(DgAmount *amount)
{
  const DgCurrency *const currency = &amount->currency;
  amount->value = amount->number.value;
  return dg_number_scale(amount->value, currency->power - currency->cents,
                         &amount->value) == DG_OK;
}

/* A scale that comes after the currency: 75 USD million. */
static size_t
late_scale(const DgReader *r, size_t at, DgAmount *amount)
{
  const DgWord *const scale = dg_reader_as(r, at, DG_WORD_SCALE);
  if (!scale || scale->value < 6 || amount->number.scaled ||
      dg_number_scale(amount->number.value, scale->value,
                      &amount->number.value) != DG_OK) {
    return at;
  }
  amount->number.scaled = true;
  return at + 1;
}

/* Coins may follow: 20 dollars and 43 cents, 15 dollars 50. */
static size_t
read_coins(const DgReader *r, size_t at, DgAmount *amount)
{
  const size_t and = dg_reader_phrase(r, at, "and|et");
  const size_t next = and? and : at;
  DgNumber number;
  DgCurrency currency;
  if (amount->number.scaled || amount->currency.cents || amount->value.scale ||
      dg_reader_breaks(r, next)) {
    return at;
  }
  const size_t end = dg_number_at(r, next, 0, &number);
  if (!end || number.value.scale || number.value.digits < 1 ||
      number.value.digits > 99 || number.scaled || number.fraction) {
    return at;
  }
  size_t last = dg_currency_at(r, end, &currency);
  if (last && !currency.cents && !dg_reader_in(r, end, "c")) {
    return at;
  }
  last = !last && dg_reader_in(r, end, "c") ? end + 1 : last;
  const bool ends = !dg_reader_kind(r, end, DG_TOKEN_WORD) ||
                    dg_reader_in(r, end, "and et more de plus");
  const bool two = number.plain ? dg_reader_size(r, next) == 2 : true;
  const bool percent = dg_reader_mark(r, end, '%') ||
                       dg_reader_mark(r, end, '-') ||
                       dg_reader_mark(r, end, '/');
  if (!last &&
      (!ends || !two || percent || (dg_reader_kind(r, end, DG_TOKEN_DIGITS)))) {
    return at;
  }
  DgDecimal coins;
  if (dg_number_scale(number.value, last && currency.cents == 1 ? -1 : -2,
                      &coins) != DG_OK ||
      dg_decimal_add(amount->value, coins, &amount->value) != DG_OK) {
    return at;
  }
  int32_t rest;
  const size_t more = last && currency.cents == 1 /* five mao five */
                          ? dg_tens_at(r, last, &rest)
                          : 0;
  if (more && rest < 10 &&
      dg_decimal_add(amount->value, (DgDecimal){ rest, 2 }, &amount->value) ==
          DG_OK) {
    return more;
  }
  return last ? last : end;
}

/* $ 75 million, EUR 20, US$4.7 billion */
static size_t
prefixed(const DgReader *r, size_t at, DgAmount *out)
{
  const size_t next = dg_currency_at(r, at, &out->currency);
  if (!next || dg_reader_breaks(r, next) ||
      !(out->currency.symbol || out->currency.power ||
        dg_reader_as(r, next - 1, DG_WORD_MONEY))) {
    return 0;
  }
  if (!out->currency.symbol && !dg_reader_in(r, next - 1, "ringgit ringgits")) {
    return 0;
  }
  if (dg_reader_mark(r, next, '-') && !dg_reader_glued(r, next)) {
    return 0;
  }
  const size_t end = dg_number_at(r, next, DG_NUMBER_MONEY, &out->number);
  if (!end || out->number.article ||
      (!out->number.digits && out->currency.code[0] &&
       dg_reader_mark(r, next - 1, '$'))) {
    return 0;
  }
  out->prefixed = true;
  return settle(out) ? end : 0;
}

/* "10 million won" is a currency, but "[those with] 10 million won the race"
 * tells who did what; an object or an agent comes next. */
static bool
is_verb(const DgReader *r, size_t at, size_t end)
{
  return end == at + 1 && dg_reader_in(r, at, "won") &&
         (dg_reader_in(r, end,
                       "a an the its his her their our this that these those "
                       "over out back approval support backing praise") ||
          (dg_reader_in(r, end, "by") &&
           !dg_reader_kind(r, end + 1, DG_TOKEN_DIGITS)) ||
          (dg_reader_token(r, end)->flags & DG_TOKEN_CAPS));
}

/* Without a word of scale, "250 won" may be a verb yet: no currency. */
static void
doubt_won(const DgReader *r, size_t at, DgAmount *amount)
{
  if (amount->currency.weak && dg_reader_in(r, at, "won") &&
      !amount->number.scaled) {
    amount->currency.code[0] = '\0';
  }
}

/* 15 millions d'euros, 20€, ten dollars */
static size_t
suffixed(const DgReader *r, size_t at, DgAmount *out)
{
  const size_t end =
      dg_number_at(r, at, DG_NUMBER_MONEY | DG_NUMBER_ARTICLE, &out->number);
  if (!end || dg_reader_breaks(r, end)) {
    return 0;
  }
  size_t next = dg_reader_phrase(r, end, "de|d '|of|-");
  next = next ? next : end;
  size_t last = dg_currency_at(r, next, &out->currency);
  if (!last && next > end) {
    last = dg_currency_at(r, end, &out->currency);
  }
  if (!last || (out->currency.weak && is_verb(r, next, last)) ||
      (out->currency.weak && !is_large(&out->number)) ||
      (out->currency.weak && out->currency.coin && !out->number.scaled) ||
      (out->number.article && out->currency.symbol) ||
      (out->currency.symbol && !dg_reader_glued(r, next) &&
       dg_reader_kind(r, last, DG_TOKEN_DIGITS) && dg_reader_glued(r, last))) {
    return 0;
  }
  doubt_won(r, next, out);
  last = late_scale(r, last, out);
  return settle(out) ? last : 0;
}

size_t
dg_amount_at(const DgReader *r, size_t at, DgAmount *out)
{
  *out = (DgAmount){ 0 };
  size_t end = prefixed(r, at, out);
  if (!end) {
    *out = (DgAmount){ 0 };
    end = suffixed(r, at, out);
  }
  return end ? read_coins(r, end, out) : 0;
}
