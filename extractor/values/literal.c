/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/number.h"

/* A chain of runs of digits and the marks between them. */
enum { PIECES_MAX = 14 };

typedef struct {
  size_t at[PIECES_MAX]; /* tokens of the runs, [n] */
  char mark[PIECES_MAX]; /* mark after each run but the last, [n - 1] */
  size_t n;
} Chain;

static bool
is_digits(const DgReader *r, size_t at)
{
  return dg_reader_kind(r, at, DG_TOKEN_DIGITS);
}

/* A blank between groups: one character, no line break. */
static bool
is_grouping_blank(const DgReader *r, size_t at)
{
  return (dg_reader_token(r, at)->flags &
          (DG_TOKEN_SPACE | DG_TOKEN_WIDE | DG_TOKEN_LINE)) == DG_TOKEN_SPACE;
}

static char
glued_mark(const DgReader *r, size_t at)
{
  const DgToken *const token = dg_reader_token(r, at);
  if (token->kind != DG_TOKEN_MARK || !dg_reader_glued(r, at) ||
      !is_digits(r, at + 1) || !dg_reader_glued(r, at + 1)) {
    return '\0';
  }
  return token->code == '.' || token->code == ',' ? (char)token->code
         : token->code == '\'' && dg_reader_size(r, at + 1) == 3 ? '\''
                                                                 : '\0';
}

static bool
only_blanks(const Chain *chain)
{
  for (size_t i = 0; i + 1 < chain->n; ++i) {
    if (chain->mark[i] != ' ') {
      return false;
    }
  }
  return true;
}

static void
read_chain(const DgReader *r, size_t at, Chain *chain)
{
  chain->n = 1;
  chain->at[0] = at++;
  while (chain->n < PIECES_MAX) {
    const char mark = glued_mark(r, at);
    if (mark) {
      chain->mark[chain->n - 1] = mark;
      chain->at[chain->n++] = at + 1;
      at += 2;
    } else if (is_digits(r, at) && is_grouping_blank(r, at) &&
               dg_reader_size(r, at) == 3 && only_blanks(chain) &&
               dg_reader_size(r, chain->at[0]) <= 3) {
      chain->mark[chain->n - 1] = ' ';
      chain->at[chain->n++] = at++;
    } else {
      return;
    }
  }
}

/* Runs 1..n-1 are groups of three behind one mark; Indian groups of two may
 * stand before the last (12,34,567). */
static bool
is_grouped(const DgReader *r, const Chain *chain, size_t n)
{
  const char mark = chain->mark[0];
  const DgStr first = dg_reader_text(r, chain->at[0]);
  bool threes = first.len <= 3;
  bool indian = mark == ',' && first.len <= 2;
  for (size_t i = 1; i < n; ++i) {
    const size_t len = dg_reader_size(r, chain->at[i]);
    if (chain->mark[i - 1] != mark) {
      return false;
    }
    threes = threes && len == 3;
    indian = indian && len == (i + 1 == n ? 3 : 2);
  }
  return (threes || indian) && !(first.len == 1 && *first.ptr == '0');
}

/* The mark that parts groups in this language, when nothing else tells. */
static bool
groups_with(const DgReader *r, char mark)
{
  return mark == ' ' || mark == '\'' ||
         mark == (r->langs == DG_WORD_FR ? '.' : ',');
}

/* How many runs belong to the number and whether the last is decimals. */
static bool
weigh(const DgReader *r, const Chain *chain, bool *decimals)
{
  const size_t n = chain->n;
  *decimals = false;
  if (n == 1) {
    return true;
  }
  const char last = chain->mark[n - 2];
  const bool point = last == '.' || last == ',';
  if (n == 2) {
    *decimals = !(groups_with(r, last) && is_grouped(r, chain, 2));
    return !*decimals || point;
  }
  if (is_grouped(r, chain, n)) {
    return true;
  }
  *decimals = true;
  return point && last != chain->mark[0] && is_grouped(r, chain, n - 1);
}

static DgStatus
chain_value(const DgReader *r, const Chain *chain, size_t n, bool decimals,
            DgDecimal *out)
{
  char text[DG_DECIMAL_TEXT];
  size_t len = 0;
  for (size_t i = 0; i < n; ++i) {
    const DgStr run = dg_reader_text(r, chain->at[i]);
    if (len + run.len + 1 > sizeof text) {
      return DG_LIMIT;
    }
    if (decimals && i + 1 == n) {
      text[len++] = '.';
    }
    memcpy(text + len, run.ptr, run.len);
    len += run.len;
  }
  return dg_decimal_read(dg_str_n(text, len), out);
}

/* A run that follows "digits mark": one of a list, 22,24,26. */
static bool
in_list(const DgReader *r, size_t at)
{
  return at >= 2 && is_digits(r, at - 2) && dg_reader_glued(r, at) &&
         (dg_reader_mark(r, at - 1, '.') || dg_reader_mark(r, at - 1, ',')) &&
         dg_reader_glued(r, at - 1);
}

/* ",08" and ".5": decimals alone. */
static size_t
bare_decimals(const DgReader *r, size_t at, DgNumber *out)
{
  if (!(dg_reader_mark(r, at, '.') || dg_reader_mark(r, at, ',')) ||
      !is_digits(r, at + 1) || !dg_reader_glued(r, at + 1) ||
      (dg_reader_glued(r, at) && !dg_reader_mark(r, at - 1, '-'))) {
    return 0;
  }
  const Chain chain = { .at = { at + 1 }, .n = 1 };
  *out = (DgNumber){ .digits = true };
  return chain_value(r, &chain, 1, true, &out->value) == DG_OK ? at + 2 : 0;
}

/* Whole power, 1e10 or 6.23x10^-4 or 1.1^23, after a number. */
static size_t
signed_run(const DgReader *r, size_t at, int32_t *out)
{
  bool negative = false;
  for (int i = 0; i < 2 && dg_reader_glued(r, at); ++i) {
    if (dg_reader_mark(r, at, '-')) {
      negative = !negative;
    } else if (!dg_reader_mark(r, at, '+')) {
      break;
    }
    ++at;
  }
  *out = dg_reader_digits(r, at);
  if (*out < 0 || *out > 99 || !dg_reader_glued(r, at)) {
    return 0;
  }
  *out = negative ? -*out : *out;
  return at + 1;
}

static DgStatus
power_of(DgDecimal base, int32_t n, DgDecimal *out)
{
  DgDecimal value = dg_decimal_from_int(1);
  for (int32_t i = 0; i < (n < 0 ? -n : n); ++i) {
    DG_TRY(dg_decimal_multiply(value, base, &value));
  }
  if (n < 0) {
    return dg_decimal_divide(dg_decimal_from_int(1), value, out);
  }
  *out = value;
  return DG_OK;
}

static size_t
read_power(const DgReader *r, size_t at, DgNumber *out)
{
  int32_t n;
  size_t end = 0;
  if (dg_reader_mark(r, at, '^') && (end = signed_run(r, at + 1, &n)) > 0) {
    return power_of(out->value, n, &out->value) == DG_OK ? end : 0;
  }
  if (dg_reader_in(r, at, "e") && dg_reader_glued(r, at)) {
    end = signed_run(r, at + 1, &n);
  } else if (dg_reader_in(r, at, "x") && dg_reader_digits(r, at + 1) == 10 &&
             dg_reader_mark(r, at + 2, '^')) {
    end = signed_run(r, at + 3, &n);
  }
  return end && dg_number_scale(out->value, n, &out->value) == DG_OK ? end : 0;
}

size_t
dg_literal_at(const DgReader *r, size_t at, DgNumber *out)
{
  if (!is_digits(r, at)) {
    return bare_decimals(r, at, out);
  }
  Chain chain;
  bool decimals = false;
  *out = (DgNumber){ .digits = true };
  read_chain(r, at, &chain);
  if (in_list(r, at) || !weigh(r, &chain, &decimals)) {
    chain.n = 1;
    decimals = false;
  }
  if (chain_value(r, &chain, chain.n, decimals, &out->value) != DG_OK) {
    return 0;
  }
  out->plain = chain.n == 1;
  const size_t end = chain.at[chain.n - 1] + 1;
  const size_t powered = read_power(r, end, out);
  out->plain = out->plain && !powered;
  return powered ? powered : end;
}
