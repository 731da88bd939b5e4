/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/rates.h"

#include "base/io.h"
#include "base/vec.h"

#include <stdlib.h>

typedef struct {
  DgStr code;
  DgDecimal rate;
} Rate;

struct DgRates {
  DgArena *arena;
  DgBuf text; /* which the codes stand in */
  DG_VEC(Rate) list;
};

static const Rate *
find(const DgRates *rates, DgStr code)
{
  for (size_t i = 0; i < rates->list.n; ++i) {
    if (dg_str_equal(rates->list.items[i].code, code)) {
      return &rates->list.items[i];
    }
  }
  return NULL;
}

static bool
is_code(DgStr text)
{
  bool fine = text.len == 3;
  for (size_t i = 0; i < text.len; ++i) {
    fine = fine && text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
  }
  return fine;
}

static DgStatus
read_line(DgRates *rates, DgStr line)
{
  Rate rate;
  DgStr rest = line;
  if (!dg_str_cut(&rest, ',', &rate.code)) {
    return DG_BAD_INPUT;
  }
  rate.code = dg_str_trim(rate.code);
  if (!is_code(rate.code) ||
      dg_decimal_read(dg_str_trim(rest), &rate.rate) != DG_OK ||
      rate.rate.digits <= 0 || find(rates, rate.code)) {
    return DG_BAD_INPUT;
  }
  Rate *const slot = DG_VEC_ADD(rates->arena, &rates->list);
  DG_TRY_PTR(slot);
  *slot = rate;
  return DG_OK;
}

static DgStatus
read_lines(DgRates *rates, const char *path, DgDiag *diag)
{
  DgStr rest = dg_buf_str(&rates->text);
  DgStr line;
  for (size_t number = 1; dg_str_cut(&rest, '\n', &line); ++number) {
    line = dg_str_trim(line);
    const bool head =
        number == 1 && dg_str_equal(line, DG_STR("currency,rate"));
    if (!line.len || line.ptr[0] == '#' || head) {
      continue;
    }
    const DgStatus status = read_line(rates, line);
    if (status == DG_BAD_INPUT) {
      return dg_diag_set(diag, status,
                         "%s:%zu: expected a currency, a comma and its rate, "
                         "once each, such as USD,1.08",
                         path, number);
    }
    DG_TRY(status);
  }
  return DG_OK;
}

DgStatus
dg_rates_read(const char *path, DgRates **out, DgDiag *diag)
{
  enum { BYTES_MAX = 1024 * 1024 };
  DgRates *const rates = calloc(1, sizeof *rates);
  DG_TRY_PTR(rates);
  rates->arena = dg_arena_new();
  DgStatus status = rates->arena
                        ? dg_io_read(path, BYTES_MAX, &rates->text, diag)
                        : DG_NO_MEMORY;
  status = status == DG_OK ? read_lines(rates, path, diag) : status;
  if (status != DG_OK) {
    dg_rates_free(rates);
    return status;
  }
  *out = rates;
  return DG_OK;
}

void
dg_rates_free(DgRates *rates)
{
  if (rates) {
    dg_arena_free(rates->arena);
    dg_buf_clear(&rates->text);
    free(rates);
  }
}

DgStatus
dg_rates_convert(const DgRates *rates, DgDecimal amount, DgStr from, DgStr to,
                 DgDecimal *out)
{
  const Rate *const one = find(rates, from);
  const Rate *const other = find(rates, to);
  if (!one || !other) {
    return DG_NO_MATCH;
  }
  DgDecimal product;
  DG_TRY(dg_decimal_multiply(amount, other->rate, &product));
  return dg_decimal_divide(product, one->rate, out);
}
