/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/when.h"

/* How many tokens on each side may tell the tense. */
enum { REACH = 14 };

static bool
ends_sentence(const DgReader *r, size_t at)
{
  return dg_reader_mark(r, at, '.') || dg_reader_mark(r, at, ';') ||
         dg_reader_mark(r, at, '!') || dg_reader_mark(r, at, '?') ||
         dg_reader_kind(r, at, DG_TOKEN_END);
}

static bool
ends_in(const DgReader *r, size_t at, const char *ending, size_t least)
{
  const DgStr text = dg_reader_text(r, at);
  return text.len >= least && dg_str_ends(text, dg_str(ending));
}

/* Future tense, or a word of plans. */
static bool
is_future(const DgReader *r, size_t at)
{
  if (dg_reader_in(r, at,
                   "will ll shall upcoming plans expected expects due "
                   "scheduled set sera seront aura auront devra devront doit "
                   "doivent va vont prevu prevue prevus prevues attendu "
                   "attendue prevoit")) {
    return true;
  }
  return (r->langs & DG_WORD_FR) &&
         (ends_in(r, at, "era", 6) || ends_in(r, at, "eront", 7) ||
          ends_in(r, at, "ira", 5) || ends_in(r, at, "iront", 6));
}

static bool
is_past(const DgReader *r, size_t at)
{
  if (dg_reader_in(r, at,
                   "said was were had has did rose fell told a ont avait "
                   "avaient etait etaient est sont")) {
    const bool fr = (r->langs & DG_WORD_FR) != 0;
    const bool grave = dg_reader_in(r, at, "a") && dg_reader_size(r, at) > 1;
    return !grave && (fr || !dg_reader_in(r, at, "a est sont"));
  }
  const bool passive = at > 0 && dg_reader_in(r, at - 1, "be is are being");
  return (r->langs & DG_WORD_EN) && !passive && ends_in(r, at, "ed", 5);
}

bool
dg_lies_ahead(const DgReader *r, size_t at)
{
  size_t past = SIZE_MAX; /* distance of the nearest word of each tense */
  size_t future = SIZE_MAX;
  for (int side = 0; side < 2; ++side) {
    for (size_t d = 1; d <= REACH; ++d) {
      if (side == 0 && d > at) {
        break;
      }
      const size_t i = side == 0 ? at - d : at + d;
      if (ends_sentence(r, i)) {
        break;
      }
      if (dg_reader_kind(r, i, DG_TOKEN_WORD)) {
        future = d < future && is_future(r, i) ? d : future;
        past = d < past && is_past(r, i) ? d : past;
      }
    }
  }
  return past == future ? r->options->prefer_future : future < past;
}

DgDate
dg_year_in_direction(const DgReader *r, bool ahead, int month, int day)
{
  if (!r->dated) {
    return (DgDate){ 0 };
  }
  const DgDate today = dg_date_from_day(r->today);
  const int now = today.month * 100 + (day ? today.day : 0);
  const int then = month * 100 + day;
  const int step = ahead ? 1 : -1;
  int year = today.year + (ahead ? then < now : -(then > now));
  for (int i = 0; i < 8; ++i, year += step) {
    const DgDate date = { .year = (int16_t)year,
                          .month = (uint8_t)month,
                          .day = (uint8_t)day,
                          .precision = day ? DG_DATE_DAY : DG_DATE_MONTH };
    if (dg_calendar_exists(date)) {
      return date;
    }
  }
  return (DgDate){ 0 };
}

DgDate
dg_near_year(const DgReader *r, size_t at, int month, int day)
{
  return dg_year_in_direction(r, dg_lies_ahead(r, at), month, day);
}
