/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/value.h"

#include "base/vec.h"
#include "values/calendar.h"
#include "values/duration.h"
#include "values/money.h"
#include "values/percent.h"
#include "values/when.h"

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

static size_t
read_date(const DgReader *r, size_t at, DgValue *out)
{
  DgWhen when;
  const size_t end = dg_date_at(r, at, &when);
  if (end) {
    *out = (DgValue){ .kind = DG_VALUE_DATE,
                      .date = when.date,
                      .date_max = when.last,
                      .is_range = when.last.precision != DG_DATE_NONE };
  }
  return end;
}

static size_t
read_money(const DgReader *r, size_t at, DgValue *out)
{
  DgAmount amount;
  const size_t end = dg_amount_at(r, at, &amount);
  if (end) {
    *out = (DgValue){ .kind = DG_VALUE_MONEY };
    out->money.value = amount.value;
    memcpy(out->money.currency, amount.currency.code, 4);
    out->qualifier = amount.number.about ? DG_QUALIFIER_ABOUT : 0;
    out->money.qualifier = out->qualifier;
  }
  return end;
}

static size_t
read_percent(const DgReader *r, size_t at, DgValue *out)
{
  DgNumber number;
  const size_t end = dg_percent_at(r, at, &number);
  if (end) {
    *out = (DgValue){ .kind = DG_VALUE_PERCENT, .number = number.value };
  }
  return end;
}

static size_t
read_duration(const DgReader *r, size_t at, DgValue *out)
{
  DgDuration duration;
  const size_t end = dg_duration_at(r, at, &duration);
  if (end) {
    *out = (DgValue){ .kind = DG_VALUE_DURATION,
                      .number = duration.count,
                      .unit = duration.unit };
  }
  return end;
}

/* Letters or digits stand glued to it: GPT-4, 180ml, 8x7B. */
static bool
is_part_of_name(const DgReader *r, size_t at, size_t end)
{
  if (dg_reader_glued(r, end) && dg_reader_kind(r, end, DG_TOKEN_WORD)) {
    return true;
  }
  if (!dg_reader_kind(r, at, DG_TOKEN_DIGITS) || !dg_reader_glued(r, at)) {
    return false;
  }
  return dg_reader_kind(r, at - 1, DG_TOKEN_WORD) ||
         (dg_reader_mark(r, at - 1, '-') && dg_reader_glued(r, at - 1));
}

static size_t
read_number(const DgReader *r, size_t at, DgValue *out)
{
  DgNumber number;
  const size_t end = dg_number_at(r, at, 0, &number);
  if (!end || is_part_of_name(r, at, end) || number.article) {
    return 0;
  }
  *out = (DgValue){ .kind = DG_VALUE_NUMBER,
                    .number = number.value,
                    .qualifier = number.about ? DG_QUALIFIER_ABOUT : 0 };
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

/* The longest reading at a place; of equals, the first in this order. */
static size_t
read_at(const DgReader *r, size_t at, DgValue *out)
{
  static size_t (*const readers[])(const DgReader *, size_t, DgValue *) = {
    read_date,     read_money,   read_percent,
    read_duration, read_ordinal, read_number,
  };
  size_t best = 0;
  for (size_t i = 0; i < sizeof readers / sizeof *readers; ++i) {
    DgValue value;
    const size_t end = readers[i](r, at, &value);
    if (end > best) {
      best = end;
      *out = value;
    }
  }
  if (best) {
    set_span(r, at, best, out);
  }
  return best;
}

static bool
may_start(const DgReader *r, size_t at)
{
  const DgToken *const token = dg_reader_token(r, at);
  if (token->word || token->kind == DG_TOKEN_DIGITS) {
    return true;
  }
  if (token->kind == DG_TOKEN_MARK && token->code >= 0x80) {
    return token->code < 0x2190; /* a fraction sign perhaps */
  }
  return dg_reader_kind(r, at + 1, DG_TOKEN_DIGITS) &&
         (token->kind == DG_TOKEN_MARK || token->end - token->begin == 1);
}

typedef DG_VEC(DgValue) Values;

static DgStatus
read_all(const DgReader *r, DgArena *arena, Values *values)
{
  for (size_t at = 0; at < r->tokens.n;) {
    DgValue value;
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

DgStatus
dg_values_read(DgStr text, const DgValueOptions *options, DgArena *arena,
               DgValue **values, size_t *n)
{
  static const DgValueOptions none = { 0 };
  DgReader r = { .text = text, .options = options ? options : &none };
  Values found = { 0 };
  DG_TRY(dg_tokens_read(text, arena, &r.tokens));
  r.langs = langs_of(r.options, &r.tokens);
  r.dated = r.options->reference.precision == DG_DATE_DAY;
  r.today = r.dated ? dg_date_first_day(r.options->reference) : 0;
  DG_TRY(read_all(&r, arena, &found));
  *values = found.items;
  *n = found.n;
  return DG_OK;
}
