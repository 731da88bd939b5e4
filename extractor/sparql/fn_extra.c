/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/utf8.h"
#include "rdf/vocab.h"
#include "sparql/run.h"

/*
 * Functions beyond SPARQL, by IRI:
 *
 *   deal:matches(text, words)   every word of `words` stands in `text` as a
 *                               word, case and accents aside; "word*" is a
 *                               prefix
 *   deal:similarity(a, b)       0 to 1: shared pairs of letters (Dice), case
 *                               and accents aside
 *   deal:year(date)             the year, also of xsd:gYear, gYearMonth
 *   deal:quarter(date)          1 to 4, also of xsd:gYearMonth
 *   deal:convert(amount, from, to)  the amount in another currency, by the
 *                               rates that the user gives; currencies are
 *                               codes, or IRIs that end in them
 */

static bool
fold(DgEval *eval, DgStr text, DgStr *folded)
{
  if (text.len > SIZE_MAX / 8) {
    return false;
  }
  char *const out = dg_arena_alloc(eval->arena, text.len * 3 + 8);
  if (!out) {
    return dg_eval_fail(eval, DG_NO_MEMORY);
  }
  *folded = dg_str_n(out, dg_utf8_fold(text, out));
  return true;
}

static bool
is_word_byte(char c)
{
  const unsigned char u = (unsigned char)c;
  return u >= 128 || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') ||
         (u >= '0' && u <= '9');
}

static bool
next_word(DgStr text, size_t *at, DgStr *word)
{
  while (*at < text.len && !is_word_byte(text.ptr[*at])) {
    ++*at;
  }
  const size_t begin = *at;
  while (*at < text.len && is_word_byte(text.ptr[*at])) {
    ++*at;
  }
  *word = dg_str_sub(text, begin, *at);
  return word->len > 0;
}

static bool
has_word(DgStr text, DgStr wanted, bool prefix)
{
  size_t at = 0;
  DgStr word;
  while (next_word(text, &at, &word)) {
    if (prefix ? dg_str_starts(word, wanted) : dg_str_equal(word, wanted)) {
      return true;
    }
  }
  return false;
}

static bool
eval_matches(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  DgStr text;
  DgStr words;
  DgStr word;
  if (!dg_item_is_text(&args[0]) || !dg_item_is_text(&args[1]) ||
      !fold(eval, args[0].text, &text) || !fold(eval, args[1].text, &words)) {
    return false;
  }
  size_t at = 0;
  bool all = true;
  while (all && next_word(words, &at, &word)) {
    const bool prefix = at < words.len && words.ptr[at] == '*';
    all = has_word(text, word, prefix);
  }
  *out = dg_item_boolean(all);
  return true;
}

enum { LETTERS_MAX = 512 /* longer texts are compared by their beginning */ };

static size_t
letters_of(DgStr text, uint32_t *codes)
{
  size_t n = 0;
  for (size_t at = 0; at < text.len && n < LETTERS_MAX;) {
    size_t size;
    codes[n++] = dg_utf8_decode(text, at, &size);
    at += size;
  }
  return n;
}

static double
similarity(DgStr a, DgStr b)
{
  uint32_t x[LETTERS_MAX];
  uint32_t y[LETTERS_MAX];
  bool used[LETTERS_MAX] = { false };
  const size_t n = letters_of(a, x);
  const size_t m = letters_of(b, y);
  if (n < 2 || m < 2) {
    return dg_str_equal(a, b);
  }
  size_t shared = 0;
  for (size_t i = 0; i + 1 < n; ++i) {
    for (size_t j = 0; j + 1 < m; ++j) {
      if (!used[j] && x[i] == y[j] && x[i + 1] == y[j + 1]) {
        used[j] = true;
        ++shared;
        break;
      }
    }
  }
  return 2.0 * (double)shared / (double)(n + m - 2);
}

static bool
eval_similarity(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  DgStr a;
  DgStr b;
  if (!dg_item_is_text(&args[0]) || !dg_item_is_text(&args[1]) ||
      !fold(eval, args[0].text, &a) || !fold(eval, args[1].text, &b)) {
    return false;
  }
  *out = dg_item_double(similarity(a, b));
  return true;
}

static bool
is_dated(const DgItem *item)
{
  return item->kind == DG_ITEM_DATETIME || item->kind == DG_ITEM_DATE ||
         item->kind == DG_ITEM_GYEARMONTH;
}

static bool
eval_year(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  if (!is_dated(&args[0]) && args[0].kind != DG_ITEM_GYEAR) {
    return false;
  }
  *out = dg_item_integer(args[0].as.moment.year);
  return true;
}

static bool
eval_quarter(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  if (!is_dated(&args[0])) {
    return false;
  }
  *out = dg_item_integer((args[0].as.moment.month + 2) / 3);
  return true;
}

/* "EUR", or an IRI that ends in "/EUR". */
static DgStr
code_of(const DgItem *item)
{
  size_t begin = item->text.len;
  while (item->kind == DG_ITEM_IRI && begin > 0 &&
         item->text.ptr[begin - 1] != '/') {
    --begin;
  }
  begin = item->kind == DG_ITEM_IRI ? begin : 0;
  return dg_str_sub(item->text, begin, item->text.len);
}

static bool
eval_convert(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  const DgRates *const rates = eval->run->rates;
  if (!rates) {
    (void)dg_diag_set(eval->run->diag, DG_USAGE,
                      "deal:convert needs a table of rates: --rates FILE");
    return dg_eval_fail(eval, DG_USAGE);
  }
  const bool exact =
      args[0].kind == DG_ITEM_INTEGER || args[0].kind == DG_ITEM_DECIMAL;
  DgDecimal value;
  if (!exact || dg_rates_convert(rates, args[0].as.number, code_of(&args[1]),
                                 code_of(&args[2]), &value) != DG_OK) {
    return false;
  }
  *out = (DgItem){ .kind = DG_ITEM_DECIMAL, .as.number = value };
  return true;
}

const DgFunction dg_functions_extra[] = {
  { DG_V_deal_matches, 2, 2, eval_matches, NULL, false },
  { DG_V_deal_similarity, 2, 2, eval_similarity, NULL, false },
  { DG_V_deal_year, 1, 1, eval_year, NULL, false },
  { DG_V_deal_quarter, 1, 1, eval_quarter, NULL, false },
  { DG_V_deal_convert, 3, 3, eval_convert, NULL, false },
  { 0 },
};
