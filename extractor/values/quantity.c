/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/quantity.h"

#include "values/duration.h"
#include "values/money.h"
#include "values/percent.h"

/*
 *   quantity = measure | range | list
 *   range    = [entre|between] measure (et|and) measure
 *            | [de|from] measure (a|to|-) measure
 *   list     = number (et|and|ou) measure        with the unit of the measure
 *   measure  = amount | percent | duration | number
 */

/* One end of a range, as it is written. */
typedef struct {
  DgValueKind kind;
  DgDecimal value;
  DgNumber number;
  char currency[4];
  char unit;
  bool prefixed; /* the currency goes before the number */
  int32_t power; /* scale that an end without one takes over */
} Measure;

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
         (at >= 2 && dg_reader_mark(r, at - 1, '-') &&
          dg_reader_glued(r, at - 1) &&
          dg_reader_kind(r, at - 2, DG_TOKEN_WORD));
}

static size_t
amount(const DgReader *r, size_t at, Measure *out)
{
  DgAmount money;
  const size_t end = dg_amount_at(r, at, &money);
  if (end) {
    *out = (Measure){ .kind = DG_VALUE_MONEY,
                      .value = money.value,
                      .number = money.number,
                      .prefixed = money.prefixed,
                      .power = money.number.power + money.currency.power };
    memcpy(out->currency, money.currency.code, 4);
  }
  return end;
}

static size_t
percent(const DgReader *r, size_t at, Measure *out)
{
  *out = (Measure){ .kind = DG_VALUE_PERCENT };
  const size_t end = dg_percent_at(r, at, &out->number);
  out->value = out->number.value;
  return end;
}

static size_t
duration(const DgReader *r, size_t at, Measure *out)
{
  DgDuration length;
  const size_t end = dg_duration_at(r, at, &length);
  if (end) {
    *out = (Measure){ .kind = DG_VALUE_DURATION,
                      .value = length.count,
                      .number = { .about = length.about },
                      .unit = length.unit };
  }
  return end;
}

static size_t
plain(const DgReader *r, size_t at, Measure *out)
{
  *out = (Measure){ .kind = DG_VALUE_NUMBER };
  const size_t end = dg_number_at(r, at, 0, &out->number);
  out->value = out->number.value;
  out->power = out->number.power;
  return end;
}

enum { AMOUNT = 1, PERCENT = 2, DURATION = 4, ALL = 7 };

/* What the words at and after a plain number allow it to be. */
static unsigned
kinds_of(const DgReader *r, size_t at, size_t end)
{
  const uint32_t money = 1U << DG_WORD_MONEY | 1U << DG_WORD_COIN |
                         1U << DG_WORD_SHARED | 1U << DG_WORD_CENT |
                         1U << DG_WORD_ISO | 1U << DG_WORD_COUNTRY |
                         1U << DG_WORD_LEAD | 1U << DG_WORD_SUFFIX;
  const DgToken *const next = dg_reader_token(r, end);
  const DgToken *const second = dg_reader_token(r, end + 1);
  const bool linked = strchr("do-flu", next->first) != NULL;
  const bool code =
      next->kind == DG_TOKEN_WORD && (next->flags & DG_TOKEN_CAPS) != 0;
  unsigned kinds = 0;
  if ((next->classes & money) || linked || code ||
      (dg_reader_token(r, at)->classes & money)) {
    kinds |= AMOUNT;
  }
  if (next->first == '%' || next->first == 'p' || linked ||
      next->first == 's') {
    kinds |= PERCENT;
  }
  const uint32_t period =
      next->classes | second->classes | dg_reader_token(r, end + 2)->classes;
  if ((period & 1U << DG_WORD_PERIOD) || next->first == '"' ||
      next->first == '\'') {
    kinds |= DURATION;
  }
  return kinds;
}

/* The longest of the four; of equals, the first. */
static size_t
measure_at(const DgReader *r, size_t at, Measure *out)
{
  static const struct {
    size_t (*read)(const DgReader *, size_t, Measure *);
    unsigned kind;
  } readers[] = { { amount, AMOUNT },
                  { percent, PERCENT },
                  { duration, DURATION } };
  Measure number = { 0 };
  const size_t end = plain(r, at, &number);
  const unsigned kinds = end ? kinds_of(r, at, end) : ALL;
  size_t best = 0;
  for (size_t i = 0; i < sizeof readers / sizeof *readers; ++i) {
    Measure measure;
    const size_t stop =
        kinds & readers[i].kind ? readers[i].read(r, at, &measure) : 0;
    if (stop > best) {
      best = stop;
      *out = measure;
    }
  }
  if (end > best) {
    best = end;
    *out = number;
  }
  return best;
}

static bool
scale_by(Measure *measure, int32_t power)
{
  return dg_number_scale(measure->value, power, &measure->value) == DG_OK;
}

/* An end without unit or scale takes those of the other end. */
static bool
share(Measure *first, Measure *last)
{
  Measure *const bare = first->kind == DG_VALUE_NUMBER ? first : last;
  Measure *const full = bare == first ? last : first;
  if (first->kind != last->kind) {
    if (bare->kind != DG_VALUE_NUMBER || bare->number.fraction) {
      return false;
    }
    bare->kind = full->kind;
    bare->unit = full->unit;
    memcpy(bare->currency, full->currency, 4);
  }
  if (strcmp(first->currency, last->currency) != 0 ||
      first->unit != last->unit) {
    return false;
  }
  if (last->power && !first->power && !first->number.scaled &&
      dg_decimal_compare(first->value, dg_decimal_from_int(1000)) < 0 &&
      !scale_by(first, last->power)) {
    return false;
  }
  return dg_decimal_compare(first->value, last->value) < 0;
}

static void
set_value(const Measure *measure, const Measure *last, DgValue *out)
{
  *out = (DgValue){ .kind = measure->kind,
                    .unit = measure->unit,
                    .is_range = last != NULL };
  if (measure->kind == DG_VALUE_MONEY) {
    out->money.value = measure->value;
    out->money.value_max = last ? last->value : DG_DECIMAL_ZERO;
    out->money.is_range = out->is_range;
    memcpy(out->money.currency, measure->currency, 4);
  } else {
    out->number = measure->value;
    out->number_max = last ? last->value : DG_DECIMAL_ZERO;
  }
  if (measure->number.about) {
    out->qualifier = DG_QUALIFIER_ABOUT;
  }
}

/* A dash that parts two ends, not a sign and not a code (10-15-20). */
static size_t
dash(const DgReader *r, size_t at)
{
  const bool is_dash = dg_reader_mark(r, at, '-') ||
                       dg_reader_mark(r, at, 0x2013) ||
                       dg_reader_mark(r, at, '~');
  return is_dash && dg_reader_glued(r, at) == dg_reader_glued(r, at + 1)
             ? at + 1
             : 0;
}

/* "est passe de 10 a 15": two values, no range. */
static bool
is_change(const DgReader *r, size_t at)
{
  return at > 0 &&
         dg_reader_in(r, at - 1,
                      "passe passee passes passees passer passant passera "
                      "porte portee porter portera rose rise rising grew grow "
                      "increased increase jumped climbed fell dropped declined "
                      "went up down raised bondi grimpe recule chute augmente "
                      "progresse");
}

typedef enum { NO_RANGE, RANGE, LIST } Link;

/* What stands between two ends, given the word before the first. */
static Link
link_at(const DgReader *r, size_t at, bool between, bool from, size_t *next)
{
  const size_t to =
      dg_reader_phrase(r, at, "a|to|jusqu ' a|through|till|ou|or");
  const size_t and = dg_reader_phrase(r, at, "et|and");
  const bool fr = (r->langs & DG_WORD_FR) != 0;
  *next = between && and? and : 0;
  if (*next) {
    return RANGE;
  }
  if (to && (fr || !dg_reader_in(r, at, "a"))) {
    *next = to;
    return RANGE;
  }
  if ((*next = dash(r, at)) != 0) {
    return RANGE;
  }
  *next = and;
  return and&&from ? RANGE : and? LIST : NO_RANGE;
}

static bool
is_fine_end(const Measure *measure)
{
  return !measure->number.article;
}

/* Runs of digits with more dashes are codes. */
static bool
is_code(const DgReader *r, size_t at, size_t end)
{
  return (dash(r, end) && dg_reader_kind(r, end + 1, DG_TOKEN_DIGITS) &&
          dg_reader_glued(r, end)) ||
         (at >= 2 && dash(r, at - 1) && dg_reader_glued(r, at) &&
          dg_reader_kind(r, at - 2, DG_TOKEN_DIGITS));
}

/* An end after an amount: in $10-15m, m is a million. */
static size_t
priced_at(const DgReader *r, size_t at, Measure *out)
{
  DgNumber number;
  const size_t end = measure_at(r, at, out);
  const size_t more = dg_number_at(r, at, DG_NUMBER_MONEY, &number);
  if (more <= end) {
    return end;
  }
  *out = (Measure){ .kind = DG_VALUE_NUMBER,
                    .value = number.value,
                    .number = number,
                    .power = number.power };
  return more;
}

/* The second end and what both together are; 0 when they do not belong. */
static size_t
range_after(const DgReader *r, size_t at, size_t end, bool between, bool from,
            Measure first, DgValue *out)
{
  Measure last = { 0 };
  size_t next;
  const Link link = link_at(r, end, between, from, &next);
  if (link == NO_RANGE || dg_reader_breaks(r, next) || !is_fine_end(&first)) {
    return 0;
  }
  if (from && dg_reader_in(r, end, "and et") && first.kind == DG_VALUE_NUMBER &&
      first.number.plain && dg_reader_size(r, at) == 4) {
    return 0; /* from 2015 and 2016: years */
  }
  if (from && dg_reader_phrase(r, next, "de|from")) {
    ++next;
  }
  const size_t stop = first.kind == DG_VALUE_MONEY ? priced_at(r, next, &last)
                                                   : measure_at(r, next, &last);
  const bool bare =
      stop && first.kind == DG_VALUE_NUMBER && last.kind == DG_VALUE_NUMBER;
  const bool words = !first.number.digits || !last.number.digits;
  if (!stop || !is_fine_end(&last) || is_part_of_name(r, next, stop) ||
      (bare && (link == LIST || is_code(r, at, stop) ||
                (words && !between && !last.number.scaled)))) {
    return 0;
  }
  const bool shares = first.kind == DG_VALUE_NUMBER;
  if (!shares && !between && last.kind == DG_VALUE_NUMBER && !first.prefixed &&
      !dash(r, end)) {
    return 0; /* 0,5 % a 7 950 points */
  }
  if (dg_reader_in(r, end, "or ou") && (!shares || first.number.scaled)) {
    return 0;
  }
  if (link == LIST && (!shares || first.number.scaled)) {
    return 0;
  }
  const bool rising = share(&first, &last);
  if (link == LIST || (from && is_change(r, at - 1))) {
    set_value(&first, NULL, out);
    return shares && rising && first.kind != DG_VALUE_NUMBER ? end : 0;
  }
  if (!rising) {
    return 0;
  }
  set_value(&first, &last, out);
  return stop;
}

/* entre, between, de, from */
static size_t
opened(const DgReader *r, size_t at, DgValue *out)
{
  const size_t between = dg_reader_phrase(r, at, "entre|between");
  const size_t from = between ? 0 : dg_reader_phrase(r, at, "de|d '|from");
  const size_t begin = between ? between : from;
  Measure first = { 0 };
  const size_t end = begin ? measure_at(r, begin, &first) : 0;
  if (!end) {
    return 0;
  }
  const size_t stop =
      range_after(r, begin, end, between > 0, from > 0, first, out);
  return stop && out->is_range ? stop : 0;
}

/* A second currency for the same thing: (16,3 millions de dollars). */
static size_t
conversion(const DgReader *r, size_t at, DgValue *out)
{
  const size_t open = dg_reader_phrase(r, at, "(|, soit|soit|, or|or");
  if (!open || out->kind != DG_VALUE_MONEY || out->is_range ||
      !out->money.currency[0]) {
    return at;
  }
  size_t next = open;
  for (int i = 0; i < 3; ++i) {
    const size_t word = dg_reader_phrase(
        r, next,
        "soit|environ|about|around|approximately|or|pres de|nearly|"
        "quelque|some|roughly|ou|plus de|more than|~|l ' equivalent de|"
        "the equivalent of|equivalent to|almost");
    next = word ? word : next;
  }
  Measure other = { 0 };
  size_t end = amount(r, next, &other);
  if (!end || !other.currency[0] ||
      !strcmp(other.currency, out->money.currency)) {
    return at;
  }
  if (dg_reader_mark(r, open - 1, '(')) {
    const size_t rate =
        dg_reader_phrase(r, end, "au cours actuel )|at current rates )|)");
    if (!rate) {
      return at;
    }
    end = rate;
  }
  out->conversion.value = other.value;
  memcpy(out->conversion.currency, other.currency, 4);
  out->conversion.qualifier = dg_qualifier_around(r, next, end);
  return end;
}

/* "un" and "one" count only where nothing shows that they do not: before a
 * noun un is an article, and "this one" is no number. */
static bool
is_article(const DgReader *r, size_t at, size_t end, const DgNumber *number)
{
  if (end != at + 1 || dg_reader_kind(r, at, DG_TOKEN_DIGITS)) {
    return number->article;
  }
  int32_t more;
  const bool word = dg_reader_kind(r, end, DG_TOKEN_WORD);
  if (dg_reader_in(r, at, "un une")) {
    return (word && !dg_hundreds_at(r, end, &more)) ||
           (at > 0 && dg_reader_mark(r, at - 1, '\'') &&
            dg_reader_glued(r, at)) ||
           dg_reader_mark(r, end, '-');
  }
  return dg_reader_in(r, at, "one") && at > 0 &&
         (dg_reader_in(r, at - 1,
                       "the this that which each every no any another next "
                       "last previous current some only right new old") ||
          dg_reader_as(r, at - 1, DG_WORD_ORDUNIT));
}

size_t
dg_quantity_at(const DgReader *r, size_t at, DgValue *out)
{
  const size_t range = opened(r, at, out);
  if (range) {
    return range;
  }
  Measure first = { 0 };
  const size_t end = measure_at(r, at, &first);
  if (!end) {
    return 0;
  }
  const bool from = at > 0 && dg_reader_phrase(r, at - 1, "de|from") == at;
  const size_t stop = range_after(r, at, end, false, from, first, out);
  if (stop) {
    return stop;
  }
  if (first.kind == DG_VALUE_NUMBER &&
      (is_part_of_name(r, at, end) || is_article(r, at, end, &first.number))) {
    return 0;
  }
  set_value(&first, NULL, out);
  return conversion(r, end, out);
}
