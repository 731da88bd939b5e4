/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

/*
 *   date   = [since|before|..] single | range
 *   range  = [from|between|du|entre] end (to|and|au|et|-) end
 *   end    = single | day of the month
 */

#define BIT(class) (1U << DG_WORD_##class)
#define NUMBERS                                                                \
  (BIT(UNIT) | BIT(TEEN) | BIT(TENS) | BIT(HUNDRED) | BIT(LOTS) |              \
   BIT(ORDUNIT) | BIT(ORDTEEN) | BIT(ORDTENS))

/* Readers, and the words that what they read begins with. */
static const struct {
  size_t (*read)(const DgReader *, size_t, DgWhen *);
  uint32_t classes;
  bool digits;
} readers[] = {
  { dg_absolute_at,
    NUMBERS | BIT(MONTH) | BIT(WEEKDAY) | BIT(PERIOD) | BIT(START) | BIT(CORE) |
        BIT(DET) | BIT(REL) | BIT(SUFFIX),
    true },
  { dg_relative_at,
    BIT(REL) | BIT(DAYREL) | BIT(WEEKDAY) | BIT(MONTH) | BIT(DET) |
        BIT(PERIOD) | BIT(START),
    false },
  { dg_part_of_period_at,
    NUMBERS | BIT(EDGE) | BIT(DET) | BIT(PERIOD) | BIT(REL) | BIT(START) |
        BIT(CORE),
    true },
  { dg_counted_at, NUMBERS | BIT(REL) | BIT(START) | BIT(FEW), true },
  { dg_season_at, BIT(SEASON) | BIT(REL) | BIT(DET), false },
};

/* T3 and Q3: a letter that is in no table. */
static bool
is_letter(const DgToken *token)
{
  return token->kind == DG_TOKEN_WORD && token->end - token->begin == 1;
}

/* The longest reading; of equals, the first. */
size_t
dg_single_date_at(const DgReader *r, size_t at, DgWhen *out)
{
  const DgToken *const token = dg_reader_token(r, at);
  const bool digits = token->kind == DG_TOKEN_DIGITS;
  size_t best = 0;
  for (size_t i = 0; i < sizeof readers / sizeof *readers; ++i) {
    DgWhen when;
    if (!(token->classes & readers[i].classes) &&
        !(digits && readers[i].digits) && !(i == 0 && is_letter(token))) {
      continue;
    }
    const size_t end = readers[i].read(r, at, &when);
    if (end > best) {
      best = end;
      *out = when;
    }
  }
  return best;
}

typedef struct {
  DgWhen when;
  int day; /* a day alone, or 0 */
} End;

/* One end: a date, or a day whose month the other end tells. */
static size_t
end_at(const DgReader *r, size_t at, End *out)
{
  const size_t the = dg_reader_phrase(r, at, "the|le|la|l '");
  const size_t begin = the ? the : at;
  *out = (End){ .day = 0 };
  const size_t now = dg_reader_phrase(r, at,
                                      "now|maintenant|date|current date|the "
                                      "current date|ce jour|aujourd ' hui");
  if (now && r->dated && at > 0 &&
      dg_reader_in(r, at - 1, "to till until and a et au ce")) {
    out->when.date = dg_date_from_day(r->today);
    return now;
  }
  const bool digits = dg_reader_kind(r, begin, DG_TOKEN_DIGITS);
  const size_t slashed =
      digits ? dg_slashed_day_at(r, begin, true, &out->when) : 0;
  if (slashed) {
    return slashed;
  }
  size_t end = dg_single_date_at(r, begin, &out->when);
  size_t lone = begin;
  if (dg_reader_as(r, lone, DG_WORD_WEEKDAY)) {
    ++lone;
    lone += dg_reader_phrase(r, lone, "the|le") ? 1 : 0;
  }
  int day;
  const size_t alone = dg_day_at(r, lone, &day);
  /* "lundi 13" alone is a guess of the month; the other end knows better. */
  if (alone && (!end || (end == alone && out->when.near))) {
    out->day = day;
    return alone;
  }
  if (!end && the) {
    end = dg_single_date_at(r, at, &out->when);
  }
  return end;
}

static bool
is_day(DgDate date)
{
  return date.precision == DG_DATE_DAY;
}

static bool
take_month(End *day, const DgDate *from)
{
  day->when.date = dg_calendar_date(from->year, from->month, day->day);
  return dg_calendar_exists(day->when.date);
}

static int
month_and_day(DgDate date)
{
  return date.month * 100 + date.day;
}

/* Both years come from the reference date: the last end lies ahead of it, or
 * the first behind it, and the other end is the nearest that fits. */
static void
order_near(const DgReader *r, size_t at, DgWhen *a, DgWhen *b)
{
  const int wraps = month_and_day(a->date) > month_and_day(b->date);
  if (dg_lies_ahead(r, at)) {
    a->date.year = (int16_t)(b->date.year - wraps);
  } else {
    b->date.year = (int16_t)(a->date.year + wraps);
  }
}

/* Give both ends their month and year. */
static bool
complete(const DgReader *r, size_t at, End *first, End *last)
{
  if (first->day && last->day) {
    const bool ahead = dg_lies_ahead(r, at);
    DgDate month =
        dg_calendar_coarser(dg_date_from_day(r->today), DG_DATE_MONTH);
    const int today = dg_date_from_day(r->today).day;
    if (!r->dated || first->day >= last->day) {
      return false;
    }
    month = ahead && first->day < today    ? dg_calendar_add(month, 1)
            : !ahead && first->day > today ? dg_calendar_add(month, -1)
                                           : month;
    return take_month(first, &month) && take_month(last, &month);
  }
  if (first->day) {
    return is_day(last->when.date) && take_month(first, &last->when.date);
  }
  if (last->day) {
    return is_day(first->when.date) && take_month(last, &first->when.date);
  }
  DgWhen *const a = &first->when;
  DgWhen *const b = &last->when;
  if (a->near && !b->near) {
    a->date.year = b->date.year;
    if (dg_date_first_day(a->date) > dg_date_first_day(b->date)) {
      --a->date.year;
    }
  } else if (a->near && b->near) {
    order_near(r, at, a, b);
  } else if (b->near &&
             dg_date_first_day(b->date) < dg_date_first_day(a->date)) {
    b->date.year = a->date.year;
    if (dg_date_first_day(b->date) < dg_date_first_day(a->date)) {
      ++b->date.year;
    }
  }
  return dg_calendar_exists(a->date) && dg_calendar_exists(b->date);
}

/* A dash between two ends. */
static size_t
dash(const DgReader *r, size_t at)
{
  return (dg_reader_mark(r, at, '-') || dg_reader_mark(r, at, 0x2013) ||
          dg_reader_mark(r, at, '~')) &&
                 dg_reader_glued(r, at) == dg_reader_glued(r, at + 1)
             ? at + 1
             : 0;
}

typedef enum { OPEN_NONE, OPEN_FROM, OPEN_BETWEEN } Opener;

static size_t
opener_at(const DgReader *r, size_t at, Opener *out)
{
  size_t end = dg_reader_phrase(r, at, "between|entre");
  *out = end ? OPEN_BETWEEN : OPEN_NONE;
  if (!end) {
    end = dg_reader_phrase(r, at, "from the|from|du|de|d '|depuis");
    *out = end ? OPEN_FROM : OPEN_NONE;
  }
  return end ? end : at;
}

static size_t
separator_at(const DgReader *r, size_t at, Opener opener)
{
  size_t end = opener == OPEN_BETWEEN ? dg_reader_phrase(r, at, "and|et") : 0;
  end =
      end ? end
          : dg_reader_phrase(r, at,
                             "to the|to|through|thru|till|until|au|jusqu ' au|"
                             "jusqu ' a|jusqu ' en|a");
  if (end && dg_reader_in(r, at, "a") && !(r->langs & DG_WORD_FR)) {
    return 0;
  }
  return end ? end : dash(r, at);
}

/* "July 13 to 15, 2021": the year stands after the second day. */
static size_t
shared_year(const DgReader *r, size_t at, End *first, const End *last)
{
  const size_t comma = dg_reader_phrase(r, at, ",");
  int year;
  const size_t end = last->day && first->when.near
                         ? dg_year_at(r, comma ? comma : at, false, &year)
                         : 0;
  if (!end || dg_reader_size(r, end - 1) != 4) {
    return at;
  }
  first->when.date.year = (int16_t)year;
  first->when.near = false;
  return end;
}

/* "from next Monday to Friday": the weekday after the first end. */
static void
follow(const DgDate *first, int weekday, DgDate *last)
{
  const int32_t day = dg_date_first_day(*first);
  const int32_t step = (weekday - dg_date_weekday(day) + 7) % 7;
  *last = dg_date_from_day(day + (step ? step : 7));
}

/* More of a number or what it counts comes after a day alone: "4 octobre a
 * dix-neuf soixante-douze", "a 19 heures", "a 20 euros". It is no day then. */
static bool
counts_on(const DgReader *r, size_t separator, size_t at)
{
  const uint32_t counts = 1U << DG_WORD_UNIT | 1U << DG_WORD_TEEN |
                          1U << DG_WORD_TENS | 1U << DG_WORD_HUNDRED |
                          1U << DG_WORD_SCALE | 1U << DG_WORD_PERIOD |
                          1U << DG_WORD_MONEY | 1U << DG_WORD_SHARED;
  const DgToken *const token = dg_reader_token(r, at);
  if (r->langs == DG_WORD_FR && dg_reader_in(r, separator, "a")) {
    return true; /* days are told by "au": 4 octobre a 12 salaries */
  }
  return !dg_reader_breaks(r, at) &&
         ((token->classes & counts) || dg_reader_mark(r, at, '%') ||
          dg_reader_in(r, at, "h"));
}

/* The two ends, the first at `begin`. */
static size_t
range_of(const DgReader *r, size_t at, size_t begin, Opener opener, DgWhen *out)
{
  End first;
  End last;
  const size_t middle = end_at(r, begin, &first);
  const size_t next = middle ? separator_at(r, middle, opener) : 0;
  size_t end = next && !dg_reader_breaks(r, next) ? end_at(r, next, &last) : 0;
  if (!end || (first.day && last.day && opener == OPEN_NONE) ||
      (last.day && counts_on(r, middle, end)) || first.when.last.precision ||
      last.when.last.precision) {
    return 0;
  }
  const bool both_years = !first.day && !last.day &&
                          first.when.date.precision == DG_DATE_YEAR &&
                          last.when.date.precision == DG_DATE_YEAR;
  if (first.day && last.day && !dash(r, middle) &&
      !(r->langs == DG_WORD_FR && dg_reader_in(r, at, "du entre") &&
        (dg_reader_in(r, middle, "au") || dg_reader_in(r, begin, "le")))) {
    return 0;
  }
  if (first.day && last.day && dash(r, middle)) {
    return 0; /* 13-15 alone is no date */
  }
  end = shared_year(r, end, &first, &last);
  const DgWord *const weekday = dg_reader_as(r, next, DG_WORD_WEEKDAY);
  if (weekday && end == next + 1 && is_day(first.when.date) && !first.day) {
    follow(&first.when.date, weekday->value, &last.when.date);
  }
  if (!complete(r, at, &first, &last) ||
      dg_date_first_day(first.when.date) >= dg_date_first_day(last.when.date) ||
      (both_years && last.when.date.year - first.when.date.year > 400)) {
    return 0;
  }
  *out = (DgWhen){ .date = first.when.date, .last = last.when.date };
  return end;
}

/* `single` is the end of the date at `at` itself, or 0. */
static size_t
range(const DgReader *r, size_t at, size_t single, DgWhen *out)
{
  Opener opener;
  int day;
  const size_t begin = opener_at(r, at, &opener);
  if (opener == OPEN_NONE) { /* then a separator must come next */
    const size_t alone = single ? single : dg_day_at(r, at, &day);
    const bool slashed = dg_reader_mark(r, at + 1, '/');
    if (!slashed && (!alone || !separator_at(r, alone, opener))) {
      return 0;
    }
  }
  return range_of(r, at, begin, opener, out);
}

static const struct {
  DgQualifier qualifier;
  const char *phrases;
} openers[] = {
  { DG_QUALIFIER_MORE_THAN,
    "anytime after|since the|since|after the|after|later than|starting on|"
    "starting from|starting|beginning on|beginning|as early as|as of|depuis|"
    "apres|a partir de|a partir du|a partir d '|a compter du|a compter de|"
    "greater than" },
  { DG_QUALIFIER_UP_TO,
    "sometimes before|sometime before|before|until|till|through|prior to|avant|"
    "d ' ici a|d ' ici au|d ' ici|jusqu ' au|jusqu ' a|jusqu ' en|by|as late "
    "as|no later than|au plus tard" },
};

/* 2012 or later, 1/1/2016 and after */
static const struct {
  DgQualifier qualifier;
  const char *phrases;
} closers[] = {
  { DG_QUALIFIER_MORE_THAN,
    "or later|and later|or after|and after|and greater|or greater|et apres|ou "
    "apres|onwards|onward" },
  { DG_QUALIFIER_UP_TO, "or earlier|and earlier|or before|and before" },
};

static size_t
closed(const DgReader *r, size_t end, DgWhen *out)
{
  for (size_t i = 0; i < sizeof closers / sizeof *closers; ++i) {
    const size_t stop = dg_reader_phrase(r, end, closers[i].phrases);
    if (stop) {
      out->qualifier = closers[i].qualifier;
      return stop;
    }
  }
  return end;
}

/* since 2014, before March 3rd. French leaves the preposition outside. */
static size_t
open_ended(const DgReader *r, size_t at, DgWhen *out)
{
  for (size_t i = 0;
       r->langs != DG_WORD_FR && i < sizeof openers / sizeof *openers; ++i) {
    const size_t next = dg_reader_phrase(r, at, openers[i].phrases);
    if (!next) {
      continue;
    }
    const size_t the = dg_reader_phrase(r, next, "the");
    size_t end = dg_single_date_at(r, next, out);
    if (!end && the) {
      end = dg_single_date_at(r, the, out);
    }
    out->qualifier = openers[i].qualifier;
    return end;
  }
  return 0;
}

/* What the words before a date make of it: depuis, d'ici a. */
static void
qualify(const DgReader *r, size_t at, DgWhen *out)
{
  const size_t the = dg_reader_phrase_before(r, at, "le|la|l '|du|en|fin");
  for (size_t i = 0; !out->qualifier && !out->last.precision &&
                     i < sizeof openers / sizeof *openers;
       ++i) {
    if (dg_reader_phrase_before(r, at, openers[i].phrases) < at ||
        (the < at &&
         dg_reader_phrase_before(r, the, openers[i].phrases) < the)) {
      out->qualifier = openers[i].qualifier;
    }
  }
}

size_t
dg_date_at(const DgReader *r, size_t at, DgWhen *out)
{
  DgWhen when;
  size_t best = dg_single_date_at(r, at, out);
  best = best ? closed(r, best, out) : 0;
  size_t end = range(r, at, best, &when);
  if (end > best) {
    best = end;
    *out = when;
  }
  end = open_ended(r, at, &when);
  if (end > best) {
    best = end;
    *out = when;
  }
  if (best) {
    qualify(r, at, out);
  }
  return best;
}
