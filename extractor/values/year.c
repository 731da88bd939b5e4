/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

enum { YEAR_MIN = 1000, YEAR_MAX = 2199 };

int
dg_short_year(int short_year)
{
  return short_year < 40 ? 2000 + short_year : 1900 + short_year;
}

/* No unit follows a number: it may be a year. */
static bool
stands_alone(const DgReader *r, size_t at)
{
  return !dg_reader_token(r, at)->classes &&
         (!dg_reader_kind(r, at, DG_TOKEN_WORD) ||
          dg_reader_in(r, at, "et ou avec par pour sur il elle le la les"));
}

/* After "en": mille neuf cent quatre-vingt-quatre, deux mille vingt-cinq */
static size_t
spelled_fr(const DgReader *r, size_t at, int *out)
{
  DgNumber number;
  if (at == 0 || !dg_reader_in(r, at - 1, "en") ||
      !(dg_reader_in(r, at, "mille") || dg_reader_in(r, at + 1, "mille cent") ||
        dg_reader_in(r, at + 3, "cent"))) {
    return 0;
  }
  const size_t end = dg_number_at(r, at, 0, &number);
  if (!end || number.digits || number.fraction || number.value.scale ||
      number.value.digits < 1700 || number.value.digits > 2100 ||
      !stands_alone(r, end)) {
    return 0;
  }
  *out = (int)number.value.digits;
  return end;
}

/* nineteen eighty six, two thousand and fifteen, nineteen hundred five */
static size_t
spelled(const DgReader *r, size_t at, int *out)
{
  const size_t french = r->langs & DG_WORD_FR ? spelled_fr(r, at, out) : 0;
  if (french) {
    return french;
  }
  int32_t century;
  int32_t rest = 0;
  const DgWord *const teen = dg_reader_as_in(r, at, DG_WORD_TEEN, DG_WORD_EN);
  const bool two = dg_reader_phrase(r, at, "two thousand") > 0;
  size_t end = two ? at + 2 : at + 1;
  century = two ? 2000 : teen ? teen->value * 100 : 0;
  if (century < 1700 && !dg_reader_in(r, at, "twenty")) {
    return 0;
  }
  century = century ? century : 2000;
  const size_t hundred = dg_reader_phrase(r, end, "hundred and|hundred|and");
  const size_t tens = dg_tens_at(r, hundred ? hundred : end, &rest);
  if (!tens ? !two : rest < 10 && !hundred && !two) {
    return 0;
  }
  *out = century + (tens ? rest : 0);
  return tens ? tens : end;
}

size_t
dg_year_at(const DgReader *r, size_t at, bool two_digits, int *out)
{
  const bool quote = dg_reader_mark(r, at, '\'');
  const size_t next = at + quote;
  const int32_t value = dg_reader_digits(r, next);
  const size_t size = dg_reader_size(r, next);
  const bool tail =
      dg_reader_glued(r, next + 1) &&
      (dg_reader_kind(r, next + 1, DG_TOKEN_WORD) ||
       dg_reader_mark(r, next + 1, '%') ||
       (dg_reader_kind(r, next + 2, DG_TOKEN_DIGITS) &&
        dg_reader_glued(r, next + 2) &&
        (dg_reader_mark(r, next + 1, ',') || dg_reader_mark(r, next + 1, '.') ||
         dg_reader_mark(r, next + 1, ':'))));
  if (value < 0 && !quote) {
    return spelled(r, at, out);
  }
  if (value < 0 || tail) {
    return 0;
  }
  if (size == 4 && !quote && value >= YEAR_MIN && value <= YEAR_MAX) {
    *out = value;
    return next + 1;
  }
  if (size == 2 && (quote || two_digits)) {
    *out = dg_short_year(value);
    return next + 1;
  }
  return 0;
}

size_t
dg_told_year_at(const DgReader *r, size_t at, int *out)
{
  static const struct {
    const char *phrases;
    int step;
  } told[] = {
    { "de l ' an dernier|de l ' annee derniere|de l ' annee passee|de l ' an "
      "passe|l ' an dernier|l ' annee derniere|l ' an passe|de l ' exercice "
      "precedent|de l ' annee precedente|of last year|of the previous year|"
      "of the prior year|last year",
      -1 },
    { "de l ' an prochain|de l ' annee prochaine|l ' an prochain|l ' annee "
      "prochaine|de l ' exercice prochain|of next year|next year",
      1 },
    { "de cette annee|cette annee|de l ' annee en cours|de l ' exercice en "
      "cours|of this year|of the current year|of the current fiscal year|this "
      "year",
      0 },
  };
  for (size_t i = 0; i < sizeof told / sizeof *told && r->dated; ++i) {
    const size_t end = dg_reader_phrase(r, at, told[i].phrases);
    if (end) {
      *out = dg_date_from_day(r->today).year + told[i].step;
      return end;
    }
  }
  return 0;
}

static size_t
set_year(int year, size_t end, DgWhen *out)
{
  *out =
      (DgWhen){ .date = { .year = (int16_t)year, .precision = DG_DATE_YEAR } };
  return end;
}

/* Words before that only a year follows, and words that others follow too. */
static const char year_follows[] =
    "en in since between entre depuis by year annee exercice fy until fin "
    "debut mi ici early late mid fiscal";
static const char year_may_follow[] =
    "of de des d l before after avant apres pour for during from to a and et";

/* Small words after a year: no thing is counted. */
static const char follows_year[] =
    "and et ou or to through thru till until a au aux the le la les l de des "
    "du en in on at with avec for pour par by from was were is are has had "
    "have est sera ont mais but when quand lorsque apres before after as qui "
    "que dont d s contre against sur over selon grace due comme puis then it "
    "its we he she they ce cette il elle ils nous on bonus results resultats";

/* What stands around the digits at `at` lets them be a year. */
static bool
is_year_here(const DgReader *r, size_t at, size_t end)
{
  const bool before = at > 0 && (dg_reader_in(r, at - 1, year_follows) ||
                                 dg_reader_in(r, at - 1, year_may_follow));
  if (dg_reader_as(r, end, DG_WORD_SCALE) ||
      dg_reader_as(r, end, DG_WORD_PERIOD) || dg_reader_mark(r, end, '%') ||
      dg_reader_mark(r, end, 0x20AC) || dg_reader_mark(r, end, '$') ||
      dg_reader_mark(r, end, '/')) {
    return false;
  }
  const bool named = at > 0 && dg_reader_in(r, at - 1, "the its their s") &&
                     dg_reader_digits(r, at) > 1950 &&
                     dg_reader_digits(r, at) < 2050 &&
                     dg_reader_digits(r, at) != 2000; /* the 2008 crisis */
  if (dg_reader_kind(r, end, DG_TOKEN_WORD) && !before && !named &&
      !dg_reader_in(r, end, follows_year)) {
    return false;
  }
  return !(dg_reader_mark(r, end, '-') && /* 2015-32 */
           dg_reader_kind(r, end + 1, DG_TOKEN_DIGITS) &&
           dg_reader_size(r, end + 1) < 4);
}

/* Nothing is glued before the year but a parenthesis, an apostrophe, or the
 * dash of a range of years. */
static bool
stands_free(const DgReader *r, size_t at)
{
  if (at == 0 || !dg_reader_glued(r, at)) {
    return true;
  }
  const bool dash = dg_reader_mark(r, at - 1, '-') ||
                    dg_reader_mark(r, at - 1, '~') ||
                    dg_reader_mark(r, at - 1, 0x2013);
  return dg_reader_mark(r, at - 1, '(') || dg_reader_mark(r, at - 1, '\'') ||
         dg_reader_mark(r, at - 1, '=') ||
         (dash && at > 1 &&
          (dg_reader_size(r, at - 2) == 4 ||
           dg_reader_as(r, at - 2, DG_WORD_EDGE))); /* mid-2025 */
}

/* 2023/24, 2023-2024: two years in a row are a fiscal year or a season. */
static size_t
second_year(const DgReader *r, size_t at, int first, DgWhen *out)
{
  const bool mark = dg_reader_mark(r, at, '/') || dg_reader_mark(r, at, '-') ||
                    dg_reader_mark(r, at, 0x2013);
  const int32_t last = mark ? dg_reader_digits(r, at + 1) : -1;
  const size_t size = dg_reader_size(r, at + 1);
  if (!dg_reader_glued(r, at) || !dg_reader_glued(r, at + 1) ||
      !((size == 4 && last == first + 1) ||
        (size == 2 && last == (first + 1) % 100)) ||
      (dg_reader_glued(r, at + 2) &&
       (dg_reader_mark(r, at + 2, '-') || dg_reader_mark(r, at + 2, '/') ||
        dg_reader_kind(r, at + 2, DG_TOKEN_WORD)))) {
    return 0;
  }
  *out =
      (DgWhen){ .date = { .year = (int16_t)first, .precision = DG_DATE_YEAR } };
  out->last = dg_calendar_add(out->date, 1);
  return out->last.precision != DG_DATE_NONE ? at + 2 : 0;
}

size_t
dg_bare_year_at(const DgReader *r, size_t at, DgWhen *out)
{
  int year;
  const size_t named =
      dg_reader_phrase(r, at,
                       "calendar year|fiscal year|fiscal|cy|year|fy|"
                       "exercice fiscal|exercice|annee");
  const size_t stated = named ? dg_year_at(r, named, true, &year) : 0;
  if (stated) {
    const size_t pair = second_year(r, stated, year, out);
    return pair ? pair : set_year(year, stated, out);
  }
  if (!dg_reader_kind(r, at, DG_TOKEN_DIGITS) &&
      !(at > 0 && dg_reader_in(r, at - 1, "in since of en"))) {
    return 0; /* in words only where a year is due */
  }
  const size_t end = dg_year_at(r, at, false, &year);
  const size_t pair = end && year >= 1900 && stands_free(r, at)
                          ? second_year(r, end, year, out)
                          : 0;
  if (pair) {
    return pair;
  }
  if (!end || year < 1800 || year > 2100 || dg_reader_mark(r, at, '\'') ||
      !is_year_here(r, at, end) || !stands_free(r, at)) {
    return 0;
  }
  const size_t era = dg_reader_phrase(r, end, "ad|a . d .|a . d");
  return set_year(year, era ? era : end, out);
}

/* First year and length of what "90s" or "21st century" means. */
static size_t
set_years(int first, int n, size_t end, DgWhen *out)
{
  *out =
      (DgWhen){ .date = { .year = (int16_t)first, .precision = DG_DATE_YEAR } };
  out->last = dg_calendar_add(out->date, n - 1);
  return end;
}

/* 1990s, 90s, 1990 s, '90s */
static size_t
plural_year(const DgReader *r, size_t at, DgWhen *out)
{
  const int32_t value = dg_reader_digits(r, at);
  const size_t size = dg_reader_size(r, at);
  if (value < 0 || value % 10 || !dg_reader_in(r, at + 1, "s") ||
      !(size == 4 || (size == 2 && value >= 20))) {
    return 0;
  }
  const int first = size == 4 ? value : dg_short_year(value);
  return first >= 1000 && first <= YEAR_MAX ? set_years(first, 10, at + 2, out)
                                            : 0;
}

/* les annees 1990, les annees quatre-vingt-dix, annees 90 */
static size_t
annees(const DgReader *r, size_t at, DgWhen *out)
{
  const size_t next = dg_reader_phrase(r, at, "les annees|annees");
  int32_t value = next ? dg_reader_digits(r, next) : -1;
  size_t end = next && value >= 0 ? next + 1 : 0;
  if (next && !end) {
    end = dg_tens_at(r, next, &value);
  }
  if (!end || value % 10 || value < 10 || value > YEAR_MAX ||
      (value > 99 && value < 1000)) {
    return 0;
  }
  return set_years(value < 100 ? dg_short_year(value) : value, 10, end, out);
}

/* the nineties */
static size_t
nineties(const DgReader *r, size_t at, DgWhen *out)
{
  static const char *const names[] = { "twenties", "thirties", "forties",
                                       "fifties",  "sixties",  "seventies",
                                       "eighties", "nineties" };
  for (int i = 0; i < 8; ++i) {
    if (dg_reader_in(r, at, names[i])) {
      return set_years(dg_short_year(20 + i * 10), 10, at + 1, out);
    }
  }
  return 0;
}

/* 21st century, XXIe siecle in digits, next decade */
static size_t
century(const DgReader *r, size_t at, DgWhen *out)
{
  DgDecimal rank;
  const size_t end = dg_ordinal_at(r, at, &rank);
  if (end && dg_reader_in(r, end, "century siecle") && !rank.scale &&
      rank.digits >= 2 && rank.digits <= 22) {
    return set_years(((int)rank.digits - 1) * 100, 100, end + 1, out);
  }
  const DgWord *const rel = dg_reader_as(r, at, DG_WORD_REL);
  if (!rel || !r->dated || !dg_reader_in(r, at + 1, "decade decennie")) {
    return 0;
  }
  const int year = dg_date_from_day(r->today).year;
  return set_years((year / 10 + rel->value) * 10, 10, at + 2, out);
}

size_t
dg_decade_at(const DgReader *r, size_t at, DgWhen *out)
{
  size_t end = plural_year(r, at, out);
  end = end ? end : annees(r, at, out);
  end = end ? end : nineties(r, at, out);
  return end ? end : century(r, at, out);
}
