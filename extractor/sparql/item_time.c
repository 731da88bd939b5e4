/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/item.h"

#include <stdio.h>

/** What is left to read of a lexical form. */
typedef struct {
  DgStr text;
  size_t at;
} Scan;

static bool
take(Scan *s, char c)
{
  const bool is = s->at < s->text.len && s->text.ptr[s->at] == c;
  s->at += is;
  return is;
}

static bool
take_two(Scan *s, unsigned least, unsigned most, uint8_t *value)
{
  if (s->at + 2 > s->text.len) {
    return false;
  }
  const unsigned tens = (unsigned)(s->text.ptr[s->at] - '0');
  const unsigned ones = (unsigned)(s->text.ptr[s->at + 1] - '0');
  s->at += 2;
  *value = (uint8_t)(tens * 10 + ones);
  return tens <= 9 && ones <= 9 && *value >= least && *value <= most;
}

static size_t
digits(const Scan *s)
{
  size_t n = 0;
  while (s->at + n < s->text.len && s->text.ptr[s->at + n] >= '0' &&
         s->text.ptr[s->at + n] <= '9') {
    ++n;
  }
  return n;
}

static bool
take_year(Scan *s, int64_t *year)
{
  const bool negative = take(s, '-');
  const size_t n = digits(s);
  if (n < 4 || n > 9 || (n > 4 && s->text.ptr[s->at] == '0')) {
    return false;
  }
  *year = 0;
  for (size_t i = 0; i < n; ++i) {
    *year = *year * 10 + (s->text.ptr[s->at++] - '0');
  }
  *year = negative ? -*year : *year;
  return true;
}

static bool
take_second(Scan *s, DgDecimal *second)
{
  const size_t begin = s->at;
  uint8_t whole;
  if (!take_two(s, 0, 59, &whole)) {
    return false;
  }
  if (take(s, '.')) {
    const size_t n = digits(s);
    if (!n) {
      return false;
    }
    s->at += n;
  }
  return dg_decimal_read(dg_str_sub(s->text, begin, s->at), second) == DG_OK;
}

static bool
take_zone(Scan *s, DgMoment *m)
{
  if (s->at == s->text.len) {
    return true;
  }
  m->zoned = true;
  if (take(s, 'Z')) {
    return s->at == s->text.len;
  }
  const bool west = take(s, '-');
  uint8_t hour;
  uint8_t minute;
  if ((!west && !take(s, '+')) || !take_two(s, 0, 14, &hour) || !take(s, ':') ||
      !take_two(s, 0, 59, &minute) || (hour == 14 && minute)) {
    return false;
  }
  m->zone = (int16_t)(hour * 60 + minute);
  m->zone = west ? (int16_t)-m->zone : m->zone;
  return s->at == s->text.len;
}

static bool
is_leap(int64_t year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned
month_days(int64_t year, unsigned month)
{
  static const uint8_t days[] = {
    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
  };
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static bool
take_time(Scan *s, DgMoment *m)
{
  if (!take_two(s, 0, 24, &m->hour) || !take(s, ':') ||
      !take_two(s, 0, 59, &m->minute) || !take(s, ':') ||
      !take_second(s, &m->second)) {
    return false;
  }
  return m->hour < 24 || (!m->minute && !m->second.digits);
}

static bool
take_date(Scan *s, DgMoment *m)
{
  return take_year(s, &m->year) && take(s, '-') &&
         take_two(s, 1, 12, &m->month) && take(s, '-') &&
         take_two(s, 1, 31, &m->day) && m->day <= month_days(m->year, m->month);
}

/* 24:00:00 is the next day's first instant. */
static void
carry_midnight(DgItemKind kind, DgMoment *m)
{
  if (m->hour != 24) {
    return;
  }
  m->hour = 0;
  if (kind == DG_ITEM_TIME || ++m->day <= month_days(m->year, m->month)) {
    return;
  }
  m->day = 1;
  if (++m->month > 12) {
    m->month = 1;
    ++m->year;
  }
}

static bool
take_parts(DgItemKind kind, Scan *s, DgMoment *m)
{
  switch (kind) {
  case DG_ITEM_DATETIME:
    return take_date(s, m) && take(s, 'T') && take_time(s, m);
  case DG_ITEM_DATE:
    return take_date(s, m);
  case DG_ITEM_TIME:
    m->day = 1;
    return take_time(s, m);
  case DG_ITEM_GYEAR:
    return take_year(s, &m->year);
  case DG_ITEM_GYEARMONTH:
    return take_year(s, &m->year) && take(s, '-') &&
           take_two(s, 1, 12, &m->month);
  case DG_ITEM_GMONTH:
    return take(s, '-') && take(s, '-') && take_two(s, 1, 12, &m->month);
  case DG_ITEM_GMONTHDAY:
    return take(s, '-') && take(s, '-') && take_two(s, 1, 12, &m->month) &&
           take(s, '-') && take_two(s, 1, 31, &m->day) &&
           m->day <= month_days(2000, m->month);
  case DG_ITEM_GDAY:
    return take(s, '-') && take(s, '-') && take(s, '-') &&
           take_two(s, 1, 31, &m->day);
  default:
    return false;
  }
}

bool
dg_item_read_moment(DgItemKind kind, DgStr text, DgMoment *moment)
{
  Scan s = { text, 0 };
  *moment = (DgMoment){ .year = 1972, .month = 1, .day = 1 };
  if (!take_parts(kind, &s, moment) || !take_zone(&s, moment)) {
    return false;
  }
  carry_midnight(kind, moment);
  return true;
}

static void
write_zone(const DgMoment *m, DgBuf *out)
{
  if (!m->zoned) {
    return;
  }
  if (!m->zone) {
    dg_buf_add_char(out, 'Z');
    return;
  }
  const int zone = m->zone < 0 ? -m->zone : m->zone;
  dg_buf_printf(out, "%c%02d:%02d", m->zone < 0 ? '-' : '+', zone / 60,
                zone % 60);
}

static void
write_year(int64_t year, DgBuf *out)
{
  dg_buf_printf(out, "%s%04lld", year < 0 ? "-" : "",
                (long long)(year < 0 ? -year : year));
}

static void
write_time(const DgMoment *m, DgBuf *out)
{
  char second[DG_DECIMAL_TEXT];
  (void)dg_decimal_write(m->second, second);
  const bool one_digit = second[1] == '\0' || second[1] == '.';
  dg_buf_printf(out, "%02u:%02u:%s%s", m->hour, m->minute, one_digit ? "0" : "",
                second);
}

void
dg_item_write_moment(DgItemKind kind, const DgMoment *m, DgBuf *out)
{
  switch (kind) {
  case DG_ITEM_DATETIME:
  case DG_ITEM_DATE:
    write_year(m->year, out);
    dg_buf_printf(out, "-%02u-%02u", m->month, m->day);
    if (kind == DG_ITEM_DATETIME) {
      dg_buf_add_char(out, 'T');
      write_time(m, out);
    }
    break;
  case DG_ITEM_TIME:
    write_time(m, out);
    break;
  case DG_ITEM_GYEAR:
    write_year(m->year, out);
    break;
  case DG_ITEM_GYEARMONTH:
    write_year(m->year, out);
    dg_buf_printf(out, "-%02u", m->month);
    break;
  case DG_ITEM_GMONTH:
    dg_buf_printf(out, "--%02u", m->month);
    break;
  case DG_ITEM_GMONTHDAY:
    dg_buf_printf(out, "--%02u-%02u", m->month, m->day);
    break;
  default:
    dg_buf_printf(out, "---%02u", m->day);
    break;
  }
  write_zone(m, out);
}

/* One "12M" of a duration; `unit` is among `units`, in their order. */
static bool
take_amount(Scan *s, const char **units, char *unit, DgDecimal *amount)
{
  const size_t begin = s->at;
  s->at += digits(s);
  const size_t whole = s->at;
  if (take(s, '.')) {
    s->at += digits(s);
  }
  if (whole == begin || s->at >= s->text.len) {
    return false;
  }
  *unit = s->text.ptr[s->at];
  const char *const found = strchr(*units, *unit);
  if (!found || (whole != s->at && *unit != 'S') ||
      dg_decimal_read(dg_str_sub(s->text, begin, s->at), amount) != DG_OK) {
    return false;
  }
  *units = found + 1;
  ++s->at;
  return true;
}

static bool
add_times(DgDecimal *sum, DgDecimal amount, int64_t factor)
{
  DgDecimal product;
  return dg_decimal_multiply(amount, dg_decimal_from_int(factor), &product) ==
             DG_OK &&
         dg_decimal_add(*sum, product, sum) == DG_OK;
}

static bool
take_amounts(Scan *s, const char *units, bool time, DgDecimal *months,
             DgDecimal *seconds)
{
  while (s->at < s->text.len && s->text.ptr[s->at] != 'T') {
    char unit;
    DgDecimal amount;
    if (!take_amount(s, &units, &unit, &amount)) {
      return false;
    }
    const bool fine = unit == 'Y'   ? add_times(months, amount, 12)
                      : unit == 'D' ? add_times(seconds, amount, 86400)
                      : unit == 'H' ? add_times(seconds, amount, 3600)
                      : unit == 'S' ? add_times(seconds, amount, 1)
                      : time        ? add_times(seconds, amount, 60)
                                    : add_times(months, amount, 1);
    if (!fine) {
      return false;
    }
  }
  return true;
}

bool
dg_item_read_duration(DgStr text, DgDuration *duration)
{
  Scan s = { text, 0 };
  const bool negative = take(&s, '-');
  DgDecimal months = DG_DECIMAL_ZERO;
  DgDecimal seconds = DG_DECIMAL_ZERO;
  if (!take(&s, 'P') || s.at == text.len ||
      !take_amounts(&s, "YMD", false, &months, &seconds)) {
    return false;
  }
  if (take(&s, 'T') &&
      (s.at == text.len || !take_amounts(&s, "HMS", true, &months, &seconds))) {
    return false;
  }
  if (s.at != text.len || months.digits > INT64_MAX / 2) {
    return false;
  }
  duration->months = (int64_t)months.digits * (negative ? -1 : 1);
  seconds.digits *= negative ? -1 : 1;
  duration->seconds = seconds;
  return true;
}

void
dg_item_write_duration(const DgDuration *d, DgStr type, DgBuf *out)
{
  const bool negative = d->months < 0 || d->seconds.digits < 0;
  const int64_t months = d->months < 0 ? -d->months : d->months;
  DgDecimal seconds = dg_decimal_normal(d->seconds);
  seconds.digits = seconds.digits < 0 ? -seconds.digits : seconds.digits;
  DgInt128 unit = 1;
  for (uint32_t i = 0; i < seconds.scale; ++i) {
    unit *= 10;
  }
  const int64_t whole = (int64_t)(seconds.digits / unit);
  const DgDecimal rest = { seconds.digits - (DgInt128)(whole / 60 * 60) * unit,
                           seconds.scale };
  char text[DG_DECIMAL_TEXT];
  (void)dg_decimal_write(rest, text);
  dg_buf_printf(out, "%sP", negative ? "-" : "");
  const long long parts[] = { months / 12, months % 12, whole / 86400 };
  for (size_t i = 0; i < 3; ++i) {
    if (parts[i]) {
      dg_buf_printf(out, "%lld%c", parts[i], "YMD"[i]);
    }
  }
  const long long hours = whole / 3600 % 24;
  const long long minutes = whole / 60 % 60;
  if (hours || minutes || rest.digits) {
    dg_buf_add_char(out, 'T');
  } else if (!months && !parts[2]) {
    const bool years = dg_str_ends(type, DG_STR("yearMonthDuration"));
    dg_buf_add(out, years ? DG_STR("0M") : DG_STR("T0S"));
  }
  if (hours) {
    dg_buf_printf(out, "%lldH", hours);
  }
  if (minutes) {
    dg_buf_printf(out, "%lldM", minutes);
  }
  if (rest.digits) {
    dg_buf_printf(out, "%sS", text);
  }
}

int64_t
dg_moment_day(int64_t year, unsigned month, unsigned day)
{
  /* Days from a March-based year: the leap day comes last. */
  const int64_t y = month <= 2 ? year - 1 : year;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t of_era = y - era * 400;
  const int64_t shifted = month > 2 ? month - 3 : month + 9;
  const int64_t of_year = (153 * shifted + 2) / 5 + (int64_t)day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
         719468;
}

DgDecimal
dg_moment_seconds(const DgMoment *m)
{
  const int64_t day = dg_moment_day(m->year, m->month, m->day);
  const int64_t whole =
      day * 86400 + m->hour * 3600 + (m->minute - m->zone) * 60;
  DgDecimal sum;
  return dg_decimal_add(dg_decimal_from_int(whole), m->second, &sum) == DG_OK
             ? sum
             : dg_decimal_from_int(whole);
}

DgMoment
dg_moment_at(DgDecimal seconds, bool zoned, int16_t zone)
{
  DgInt128 unit = 1;
  for (uint32_t i = 0; i < seconds.scale; ++i) {
    unit *= 10;
  }
  DgInt128 whole = seconds.digits / unit;
  whole -= whole * unit > seconds.digits;
  const DgInt128 fraction = seconds.digits - whole * unit;
  const int64_t local = (int64_t)whole + (int64_t)zone * 60;
  int64_t day = local / 86400;
  day -= local % 86400 < 0;
  const int64_t clock = local - day * 86400;
  /* The inverse of dg_moment_day. */
  const int64_t z = day + 719468;
  const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const int64_t of_era = z - era * 146097;
  const int64_t y =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
  const int64_t mp = (5 * of_year + 2) / 153;
  DgMoment m = { .zoned = zoned, .zone = zone };
  m.day = (uint8_t)(of_year - (153 * mp + 2) / 5 + 1);
  m.month = (uint8_t)(mp < 10 ? mp + 3 : mp - 9);
  m.year = y + era * 400 + (m.month <= 2);
  m.hour = (uint8_t)(clock / 3600);
  m.minute = (uint8_t)(clock / 60 % 60);
  m.second =
      (DgDecimal){ (DgInt128)(clock % 60) * unit + fraction, seconds.scale };
  return m;
}

static DgCompare
to_compare(int order)
{
  return order < 0   ? DG_COMPARE_LESS
         : order > 0 ? DG_COMPARE_MORE
                     : DG_COMPARE_EQUAL;
}

/*
 * XSD 1.1 part 2, section 3.3.7.2: without a zone, a moment may lie up to 14
 * hours either way.
 */
DgCompare
dg_moment_compare(DgItemKind kind, const DgMoment *a, const DgMoment *b)
{
  (void)kind;
  const DgDecimal x = dg_moment_seconds(a);
  const DgDecimal y = dg_moment_seconds(b);
  if (a->zoned == b->zoned) {
    return to_compare(dg_decimal_compare(x, y));
  }
  const DgDecimal reach = dg_decimal_from_int(14 * 3600);
  DgDecimal gap;
  if (dg_decimal_subtract(x, y, &gap) != DG_OK) {
    return DG_COMPARE_ERROR;
  }
  const DgDecimal below = { -reach.digits, 0 };
  return dg_decimal_compare(gap, reach) > 0   ? DG_COMPARE_MORE
         : dg_decimal_compare(gap, below) < 0 ? DG_COMPARE_LESS
                                              : DG_COMPARE_ERROR;
}

DgCompare
dg_duration_compare(const DgDuration *a, const DgDuration *b)
{
  const int months = (a->months > b->months) - (a->months < b->months);
  const int seconds = dg_decimal_compare(a->seconds, b->seconds);
  if (!months || !seconds || (months < 0) == (seconds < 0)) {
    return to_compare(months ? months : seconds);
  }
  /* A month has 28 to 31 days: nearly always that decides. */
  const int64_t gap = a->months - b->months;
  DgDecimal rest;
  if (dg_decimal_subtract(b->seconds, a->seconds, &rest) != DG_OK) {
    return DG_COMPARE_ERROR;
  }
  const int least =
      dg_decimal_compare(dg_decimal_from_int(gap * 28 * 86400), rest);
  const int most =
      dg_decimal_compare(dg_decimal_from_int(gap * 31 * 86400), rest);
  return least == most ? to_compare(least) : DG_COMPARE_ERROR;
}
