/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rdf/quads.h"

#include "rdf/mint.h"
#include "rdf/vocab.h"

#include <stdio.h>
#include <stdlib.h>

static void
add(DgQuads *quads, DgStr s, const char *p, DgTerm o)
{
  if (quads->status != DG_OK || !s.len) {
    return;
  }
  DgQuad *const quad = DG_VEC_ADD(quads->arena, &quads->list);
  if (!quad) {
    quads->status = DG_NO_MEMORY;
    return;
  }
  *quad = (DgQuad){ dg_term_iri(s), dg_term_iri(dg_str(p)), o, quads->graph };
}

/* A literal whose lexical form is copied. */
static void
add_typed(DgQuads *quads, DgStr s, const char *p, DgStr form, const char *type)
{
  const DgStr copy = dg_arena_copy(quads->arena, form);
  if (!copy.ptr) {
    quads->status = DG_NO_MEMORY;
    return;
  }
  add(quads, s, p, dg_term_typed(copy, dg_str(type)));
}

void
dg_quads_iri(DgQuads *quads, DgStr s, const char *p, DgStr o)
{
  if (o.len) {
    add(quads, s, p, dg_term_iri(o));
  }
}

void
dg_quads_address(DgQuads *quads, DgStr s, const char *p, DgStr o)
{
  if (dg_str_find(o, DG_STR(":"), 0) == SIZE_MAX) {
    return;
  }
  DgBuf clean = DG_BUF_INIT;
  dg_mint_clean(o, &clean);
  const DgStr iri = clean.failed
                        ? DG_STR_NONE
                        : dg_arena_copy(quads->arena, dg_buf_str(&clean));
  dg_buf_clear(&clean);
  if (!iri.ptr) {
    quads->status = DG_NO_MEMORY;
  }
  dg_quads_iri(quads, s, p, iri);
}

void
dg_quads_string(DgQuads *quads, DgStr s, const char *p, DgStr o)
{
  dg_quads_text(quads, s, p, o, DG_STR_NONE);
}

void
dg_quads_text(DgQuads *quads, DgStr s, const char *p, DgStr o, DgStr lang)
{
  if (o.len) {
    add(quads, s, p, dg_term_lang(o, lang));
  }
}

void
dg_quads_integer(DgQuads *quads, DgStr s, const char *p, size_t value)
{
  char form[24];
  (void)snprintf(form, sizeof form, "%zu", value);
  add_typed(quads, s, p, dg_str(form), DG_V_xsd_integer);
}

void
dg_quads_decimal(DgQuads *quads, DgStr s, const char *p, DgDecimal value)
{
  char form[DG_DECIMAL_TEXT];
  const size_t n = dg_decimal_write(value, form);
  add_typed(quads, s, p, dg_str_n(form, n), DG_V_xsd_decimal);
}

void
dg_quads_boolean(DgQuads *quads, DgStr s, const char *p, bool value)
{
  add_typed(quads, s, p, value ? DG_STR("true") : DG_STR("false"),
            DG_V_xsd_boolean);
}

/* The coarser date that XSD has a type for. */
static DgDate
typed_date(DgDate date)
{
  DgDate coarse = { .year = date.year, .precision = DG_DATE_YEAR };
  if (date.precision == DG_DATE_WEEK) {
    const DgDate first = dg_date_from_day(dg_date_first_day(date));
    const DgDate last = dg_date_from_day(dg_date_last_day(date));
    if (first.month == last.month) {
      coarse.month = first.month;
      coarse.precision = DG_DATE_MONTH;
    }
  } else if (date.precision == DG_DATE_DAY || date.precision == DG_DATE_MONTH) {
    coarse = date;
  }
  return coarse;
}

void
dg_quads_date(DgQuads *quads, DgStr s, const char *p, DgDate date)
{
  if (date.precision == DG_DATE_NONE) {
    return;
  }
  const DgDate typed = typed_date(date);
  char form[DG_DATE_TEXT];
  const size_t n = dg_date_write(typed, form);
  add_typed(quads, s, p, dg_str_n(form, n),
            typed.precision == DG_DATE_DAY     ? DG_V_xsd_date
            : typed.precision == DG_DATE_MONTH ? DG_V_xsd_gYearMonth
                                               : DG_V_xsd_gYear);
}

static int
compare_quads(const void *a, const void *b)
{
  return dg_quad_compare(a, b);
}

DgStatus
dg_quads_flush(DgQuads *quads, const DgQuadSink *sink)
{
  DG_TRY(quads->status);
  if (quads->list.n) {
    qsort(quads->list.items, quads->list.n, sizeof *quads->list.items,
          compare_quads);
  }
  for (size_t i = 0; i < quads->list.n; ++i) {
    const DgQuad *const quad = &quads->list.items[i];
    if (!i || dg_quad_compare(quad, quad - 1)) {
      DG_TRY(dg_quad_sink_put(sink, quad));
    }
  }
  return DG_OK;
}
