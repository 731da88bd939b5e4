/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/value.h"

#include "base/vec.h"
#include "values/calendar.h"
#include "values/number.h"
#include "values/quantity.h"
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

/* The longest reading at a place; of equals, the first in this order. */
static size_t
read_at(const DgReader *r, size_t at, DgValue *out)
{
  static size_t (*const readers[])(const DgReader *, size_t, DgValue *) = {
    read_date,
    dg_quantity_at,
    read_ordinal,
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
    set_qualifier(r, at, best, out);
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
  const uint32_t size = token->end - token->begin;
  if (token->kind == DG_TOKEN_WORD) {
    return (size == 1 || (size == 4 && (token->flags & DG_TOKEN_CAPS))) &&
           dg_reader_kind(r, at + 1, DG_TOKEN_DIGITS);
  }
  return dg_reader_kind(r, at + 1, DG_TOKEN_DIGITS) ||
         (token->code == '-' && (dg_reader_token(r, at + 1)->word ||
                                 dg_reader_kind(r, at + 2, DG_TOKEN_DIGITS)));
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

typedef DG_VEC(DgValue) Values;

static DgStatus
read_all(const DgReader *r, DgArena *arena, Values *values)
{
  for (size_t at = 0; at < r->tokens.n;) {
    DgValue value;
    if (dg_reader_mark(r, at, '/') && is_address(r, at)) {
      at = after_word(r, at);
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

DgStatus
dg_values_read(DgStr text, const DgValueOptions *options, DgArena *arena,
               DgValue **values, size_t *n)
{
  static const DgValueOptions none = { 0 };
  DgReader r = { .text = text, .options = options ? options : &none };
  Values found = { 0 };
  DG_TRY(dg_value_tokens_read(text, arena, &r.tokens));
  r.langs = langs_of(r.options, &r.tokens);
  r.dated = r.options->reference.precision == DG_DATE_DAY;
  r.today = r.dated ? dg_date_first_day(r.options->reference) : 0;
  DG_TRY(read_all(&r, arena, &found));
  *values = found.items;
  *n = found.n;
  return DG_OK;
}
