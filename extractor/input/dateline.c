/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/dateline.h"

enum { YEAR_MIN = 1970, YEAR_MAX = 2199 };

static unsigned
days_in(unsigned year, unsigned month)
{
  static const uint8_t days[] = {
    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
  };
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap ? 1U : 0U);
}

bool
dg_dateline_make(unsigned year, unsigned month, unsigned day, DgDate *date)
{
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 ||
      day < 1 || day > days_in(year, month)) {
    return false;
  }
  *date = (DgDate){ .year = (int16_t)year,
                    .month = (uint8_t)month,
                    .day = (uint8_t)day,
                    .precision = DG_DATE_DAY };
  return true;
}

/** Names and short forms, folded; index is the month less one. */
static const char *const months[] = {
  "janvier janv jan january",
  "fevrier fevr fev feb february",
  "mars mar march",
  "avril avr apr april",
  "mai may",
  "juin jun june",
  "juillet juil jul july",
  "aout aou aug august",
  "septembre sept sep september",
  "octobre oct october",
  "novembre nov november",
  "decembre dec december",
};

static unsigned
month_at(const DgTokens *tokens, size_t i)
{
  for (unsigned m = 0; m < 12; ++m) {
    if (dg_token_in(tokens, i, months[m])) {
      return m + 1;
    }
  }
  return 0;
}

static bool
is_number(const DgTokens *tokens, size_t i, unsigned max_digits)
{
  const DgToken *const token = dg_token(tokens, i);
  return token->kind == DG_TOKEN_NUMBER && token->digits <= max_digits;
}

static bool
is_year(const DgTokens *tokens, size_t i)
{
  const DgToken *const token = dg_token(tokens, i);
  return is_number(tokens, i, 4) && token->digits == 4 &&
         token->value >= YEAR_MIN && token->value <= YEAR_MAX;
}

static unsigned
value_at(const DgTokens *tokens, size_t i)
{
  return dg_token(tokens, i)->value;
}

/** Skip marks and words of `words` from `i` on. */
static size_t
skip(const DgTokens *tokens, size_t i, const char *words)
{
  while (dg_token_in(tokens, i, words)) {
    ++i;
  }
  return i;
}

/** Two- or four-digit year at `i`, or 0. */
static unsigned
year_at(const DgTokens *tokens, size_t i)
{
  if (is_year(tokens, i)) {
    return value_at(tokens, i);
  }
  const DgToken *const token = dg_token(tokens, i);
  return token->kind == DG_TOKEN_NUMBER && token->digits == 2
             ? token->value + (token->value < 70 ? 2000U : 1900U)
             : 0;
}

/** "2024-02-28", "28/02/2024": three numbers glued by one mark. */
static bool
read_numeric(const DgTokens *tokens, size_t i, DgLang lang, DgDate *date,
             size_t *used)
{
  const char *const mark = dg_token(tokens, i + 1)->folded;
  if (!dg_token_in(tokens, i + 1, "- / .") ||
      !dg_token_is(tokens, i + 3, mark) || !is_number(tokens, i, 4) ||
      !is_number(tokens, i + 2, 2) || !is_number(tokens, i + 4, 4)) {
    return false;
  }
  for (size_t k = 1; k < 5; ++k) {
    if (!dg_token(tokens, i + k)->glued) {
      return false;
    }
  }
  *used = 5;
  const unsigned a = value_at(tokens, i);
  const unsigned b = value_at(tokens, i + 2);
  if (is_year(tokens, i)) {
    return dg_token(tokens, i + 4)->digits <= 2 &&
           dg_dateline_make(a, b, value_at(tokens, i + 4), date);
  }
  const unsigned year = year_at(tokens, i + 4);
  if (lang == DG_LANG_EN && *mark == '/' &&
      dg_dateline_make(year, a, b, date)) {
    return true;
  }
  return dg_token(tokens, i)->digits <= 2 &&
         (dg_dateline_make(year, b, a, date) ||
          dg_dateline_make(year, a, b, date));
}

/** "3 mars 2024", "1er mars 2024", "3rd of March, 2024", "28-Feb-2024". */
static bool
read_day_first(const DgTokens *tokens, size_t i, DgDate *date, size_t *used)
{
  if (!is_number(tokens, i, 2)) {
    return false;
  }
  size_t at = i + 1;
  if (dg_token(tokens, at)->glued &&
      dg_token_in(tokens, at, "er st nd rd th")) {
    ++at;
  }
  at = skip(tokens, at, "de of - / . ,");
  const unsigned month = month_at(tokens, at);
  if (!month) {
    return false;
  }
  at = skip(tokens, at + 1, ". , - / de of");
  *used = at + 1 - i;
  return dg_dateline_make(year_at(tokens, at), month, value_at(tokens, i),
                          date);
}

/** "March 3, 2024", "Mar. 3rd 2024". */
static bool
read_month_first(const DgTokens *tokens, size_t i, DgDate *date, size_t *used)
{
  const unsigned month = month_at(tokens, i);
  size_t at = skip(tokens, i + 1, ". - /");
  if (!month || !is_number(tokens, at, 2)) {
    return false;
  }
  const unsigned day = value_at(tokens, at++);
  if (dg_token(tokens, at)->glued && dg_token_in(tokens, at, "st nd rd th")) {
    ++at;
  }
  at = skip(tokens, at, ", . - /");
  *used = at + 1 - i;
  return is_year(tokens, at) &&
         dg_dateline_make(value_at(tokens, at), month, day, date);
}

static const char weekdays[] =
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven "
    "sam dim monday tuesday wednesday thursday friday saturday sunday mon tue "
    "tues wed thu thur thurs fri sat sun";

bool
dg_dateline_read(const DgTokens *tokens, size_t i, DgLang lang, DgDate *date,
                 size_t *used)
{
  size_t at = i;
  if (dg_token_in(tokens, at, weekdays) &&
      !(read_month_first(tokens, at, date, used))) {
    at = skip(tokens, at + 1, ". ,");
  }
  if (read_numeric(tokens, at, lang, date, used) ||
      read_day_first(tokens, at, date, used) ||
      read_month_first(tokens, at, date, used)) {
    *used += at - i;
    return true;
  }
  return false;
}

bool
dg_dateline_find(DgStr text, DgLang lang, DgDate *date)
{
  DgTokens tokens;
  dg_tokens_read(text, &tokens);
  for (size_t i = 0; i < tokens.n; ++i) {
    size_t used;
    const bool inside = i && dg_token(&tokens, i)->glued &&
                        dg_token_in(&tokens, i - 1, "- / .");
    if (!inside && dg_dateline_read(&tokens, i, lang, date, &used)) {
      return true;
    }
  }
  return false;
}

static bool
is_digit(DgStr s, size_t at)
{
  return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9';
}

/** Exactly `n` digits at `at`, as a number. */
static bool
digits_at(DgStr s, size_t at, size_t n, unsigned *value)
{
  *value = 0;
  for (size_t i = 0; i < n; ++i) {
    if (!is_digit(s, at + i)) {
      return false;
    }
    *value = *value * 10 + (unsigned)(s.ptr[at + i] - '0');
  }
  return !is_digit(s, at + n);
}

/** A number of one or two digits. @return digits, or 0. */
static size_t
short_number(DgStr s, size_t at, unsigned *value)
{
  return digits_at(s, at, 2, value) ? 2 : digits_at(s, at, 1, value) ? 1 : 0;
}

static bool
url_date_at(DgStr url, size_t at, DgDate *date)
{
  unsigned year;
  unsigned month;
  unsigned day;
  if (digits_at(url, at, 8, &year)) {
    return dg_dateline_make(year / 10000, year / 100 % 100, year % 100, date);
  }
  if (!digits_at(url, at, 4, &year) || at + 4 >= url.len) {
    return false;
  }
  const char mark = url.ptr[at + 4];
  if (mark != '/' && mark != '-' && mark != '_') {
    return false;
  }
  const size_t n = short_number(url, at + 5, &month);
  if (!n || at + 5 + n >= url.len || url.ptr[at + 5 + n] != mark) {
    return false;
  }
  return short_number(url, at + 6 + n, &day) &&
         dg_dateline_make(year, month, day, date);
}

bool
dg_dateline_from_url(DgStr url, DgDate *date)
{
  for (size_t i = 1; i < url.len; ++i) {
    if (is_digit(url, i) && !is_digit(url, i - 1) &&
        url_date_at(url, i, date)) {
      return true;
    }
  }
  return false;
}

/** The date of a day number, by the days of whole years and months. */
static bool
date_of_day(uint64_t day, DgDate *date)
{
  unsigned year = YEAR_MIN;
  for (; year <= YEAR_MAX; ++year) {
    const unsigned length = days_in(year, 2) == 29 ? 366 : 365;
    if (day < length) {
      break;
    }
    day -= length;
  }
  unsigned month = 1;
  while (month < 12 && day >= days_in(year, month)) {
    day -= days_in(year, month++);
  }
  return dg_dateline_make(year, month, (unsigned)day + 1, date);
}

bool
dg_dateline_from_stamp(DgStr text, DgDate *date)
{
  unsigned value;
  if (digits_at(text, 0, 8, &value) && (text.len == 8 || text.ptr[8] == 'T')) {
    return dg_dateline_make(value / 10000, value / 100 % 100, value % 100,
                            date);
  }
  if (text.len < 9 || text.len > 13) {
    return false;
  }
  uint64_t seconds = 0;
  for (size_t i = 0; i < text.len; ++i) {
    if (!is_digit(text, i)) {
      return false;
    }
    seconds = seconds * 10 + (uint64_t)(text.ptr[i] - '0');
  }
  seconds /= text.len == 13 ? 1000 : 1;
  return date_of_day(seconds / 86400, date);
}
