/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Values from any text. The first byte sets language, reference date and
 * direction; the rest is the text, cut at the first byte that is not UTF-8.
 * Spans must lie in the text, in order, and hold whole characters; dates must
 * exist.
 */
#include "base/utf8.h"
#include "values/calendar.h"
#include "values/value.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(DgStr text, const DgValue *value, size_t after)
{
  const DgSpan span = value->span;
  const DgStr words = dg_str_sub(text, span.begin, span.end);
  if (span.begin < after || span.end <= span.begin || span.end > text.len ||
      !dg_utf8_valid(words, NULL)) {
    abort();
  }
  if (value->kind == DG_VALUE_DATE &&
      (!dg_calendar_exists(value->date) ||
       (value->is_range && !dg_calendar_exists(value->date_max)))) {
    abort();
  }
  if (value->kind == DG_VALUE_MONEY && value->money.is_range &&
      dg_decimal_compare(value->money.value, value->money.value_max) >= 0) {
    abort();
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size < 1 || size > 4096) {
    return 0;
  }
  DgStr text = dg_str_n((const char *)data + 1, size - 1);
  size_t bad;
  if (!dg_utf8_valid(text, &bad)) {
    text.len = bad;
  }
  const DgValueOptions options = {
    .lang = (DgLang)(data[0] % 3),
    .reference = data[0] & 4 ? dg_calendar_date(2024, 2, 29) : (DgDate){ 0 },
    .prefer_future = (data[0] & 8) != 0,
  };
  DgArena *const arena = dg_arena_new();
  DgValue *values;
  size_t n;
  if (dg_values_read(text, &options, arena, &values, &n) == DG_OK) {
    for (size_t i = 0; i < n; ++i) {
      check(text, &values[i], i ? values[i - 1].span.end : 0);
    }
  }
  dg_arena_free(arena);
  return 0;
}
