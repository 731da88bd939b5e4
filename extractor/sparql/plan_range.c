/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/plan.h"
#include "sparql/range.h"
#include "store/id_range.h"

/*
 * ?s <p> ?o . FILTER(?o >= 10 && ?o < 20): small values stand in their ids,
 * which sort as the values do, so that the pattern need only be read where ?o
 * may lie. The filter stays; the ranges hold at least what it lets through:
 * values that are not inline, and what compares otherwise than exactly, are
 * within them whole.
 */

typedef struct {
  uint32_t slot;
  bool of_time;
  bool has_low;
  bool has_high;
  DgDecimal low; /* a number, or seconds since 1970 */
  DgDecimal high;
} Bounds;

/* A zone shifts a time by 14 hours at most; where none is told, what it is
 * compared with has one. */
enum { ZONE_SECONDS = 15 * 3600 };

static char
direction(const char *name, bool flipped)
{
  if (!strcmp(name, "=")) {
    return '=';
  }
  const bool less = !strcmp(name, "<") || !strcmp(name, "<=");
  const bool more = !strcmp(name, ">") || !strcmp(name, ">=");
  return !less && !more ? 0 : less != flipped ? '<' : '>';
}

/* The constant as a number to compare by; false for other kinds. */
static bool
bound_of(const DgItem *item, bool *of_time, DgDecimal *value)
{
  if (item->kind == DG_ITEM_INTEGER || item->kind == DG_ITEM_DECIMAL) {
    *of_time = false;
    *value = item->as.number;
    return true;
  }
  if (item->kind == DG_ITEM_DATE || item->kind == DG_ITEM_DATETIME) {
    *of_time = true;
    *value = dg_moment_seconds(&item->as.moment);
    return true;
  }
  return false;
}

static void
narrow(Bounds *b, char way, DgDecimal value)
{
  if (way != '<' && (!b->has_low || dg_decimal_compare(value, b->low) > 0)) {
    b->has_low = true;
    b->low = value;
  }
  if (way != '>' && (!b->has_high || dg_decimal_compare(value, b->high) < 0)) {
    b->has_high = true;
    b->high = value;
  }
}

static void
take_condition(Bounds *b, const DgCode *code)
{
  if (code->kind != DG_CODE_CALL || code->n != 2) {
    return;
  }
  const char *const name = code->function->name;
  if (!strcmp(name, "&&")) {
    take_condition(b, code->args[0]);
    take_condition(b, code->args[1]);
    return;
  }
  const bool flipped = code->args[0]->kind == DG_CODE_CONSTANT;
  const DgCode *const var = code->args[flipped];
  const DgCode *const other = code->args[!flipped];
  const char way = direction(name, flipped);
  bool of_time;
  DgDecimal value;
  if (!way || var->kind != DG_CODE_SLOT || var->slot != b->slot ||
      other->kind != DG_CODE_CONSTANT ||
      !bound_of(&other->constant, &of_time, &value)) {
    return;
  }
  if (!b->has_low && !b->has_high) {
    b->of_time = of_time;
  }
  if (b->of_time == of_time) {
    narrow(b, way, value);
  }
}

static int64_t
whole_seconds(DgDecimal value)
{
  DgInt128 digits = value.digits;
  for (uint32_t i = 0; i < value.scale; ++i) {
    digits /= 10;
  }
  return digits > INT64_MAX / 2   ? INT64_MAX / 2
         : digits < INT64_MIN / 2 ? INT64_MIN / 2
                                  : (int64_t)digits;
}

/* The ids of one kind; all of them where the bounds cannot be told. */
static DgIdRange
range_of(const Bounds *b, DgIdKind kind)
{
  DgIdRange range = { dg_id_first(kind), dg_id_last(kind) };
  DgId id;
  DgId ignored;
  if (b->has_low) {
    const DgStatus status =
        b->of_time
            ? dg_id_range_time(kind, whole_seconds(b->low) - ZONE_SECONDS, &id,
                               &ignored)
            : dg_id_range_number(kind, b->low, &id, &ignored);
    range.first = status == DG_OK ? id : range.first;
  }
  if (b->has_high) {
    const DgStatus status =
        b->of_time
            ? dg_id_range_time(kind, whole_seconds(b->high) + ZONE_SECONDS,
                               &ignored, &id)
            : dg_id_range_number(kind, b->high, &ignored, &id);
    range.last = status == DG_OK ? id : range.last;
  }
  return range;
}

static void
add_range(DgAlg *scan, DgIdRange range)
{
  if (range.first <= range.last) {
    scan->ranges[scan->n_ranges++] = range;
  }
}

/* In the order of ids: what is in the dictionary comes first. */
static DgStatus
set_ranges(DgRun *run, DgAlg *scan, const Bounds *b)
{
  enum { KINDS = DG_ID_KIND_END - DG_ID_KIND_INLINE + 1 };
  scan->ranges = DG_NEW_ARRAY(run->arena, DgIdRange, KINDS);
  DG_TRY_PTR(scan->ranges);
  scan->n_ranges = 0;
  add_range(scan, (DgIdRange){ dg_id_first(DG_ID_KIND_TYPED),
                               dg_id_last(DG_ID_KIND_TYPED) });
  if (b->of_time) {
    add_range(scan, range_of(b, DG_ID_KIND_DATE));
    add_range(scan, range_of(b, DG_ID_KIND_DATE_TIME));
    return DG_OK;
  }
  add_range(scan, range_of(b, DG_ID_KIND_DECIMAL));
  add_range(scan, range_of(b, DG_ID_KIND_DOUBLE));
  /* Compared as floats, of which several decimals are one. */
  add_range(scan, (DgIdRange){ dg_id_first(DG_ID_KIND_FLOAT),
                               dg_id_last(DG_ID_KIND_FLOAT) });
  for (DgIdKind kind = DG_ID_KIND_INTEGER; kind < DG_ID_KIND_END; ++kind) {
    add_range(scan, range_of(b, kind));
  }
  return DG_OK;
}

DgStatus
dg_plan_ranges(DgRun *run, DgAlg *scan, const DgPlanFilter *filters, size_t n)
{
  if (scan->kind != DG_ALG_SCAN || scan->o.slot == DG_SLOT_NONE ||
      scan->p.slot != DG_SLOT_NONE || (scan->p.id & DG_ID_LOCAL)) {
    return DG_OK;
  }
  Bounds b = { .slot = scan->o.slot };
  for (size_t i = 0; i < n; ++i) {
    take_condition(&b, filters[i].code);
  }
  return b.has_low || b.has_high ? set_ranges(run, scan, &b) : DG_OK;
}

/* Counted as far as that is quick; then a third is taken to be within. */
DgStatus
dg_plan_range_count(DgRun *run, const DgAlg *scan, DgIdQuad pattern,
                    double *rows)
{
  enum { COUNTED = 1000 };
  DgRangeWalk walk = { scan->ranges, scan->n_ranges, 0, pattern };
  DgDatasetCursor *cursor = NULL;
  size_t n = 0;
  DgIdQuad quad;
  DgStatus status = dg_range_open(run, &walk, &cursor);
  while (status == DG_OK && n < COUNTED) {
    status = dg_range_next(run, &walk, cursor, &quad);
    n += status == DG_OK;
  }
  if (cursor) {
    run->class_->close(cursor);
  }
  const double third = *rows / 3 > COUNTED ? *rows / 3 : COUNTED;
  const double found = status == DG_NO_MATCH ? (double)n : third;
  *rows = found < *rows ? found : *rows;
  return status == DG_NO_MATCH || status == DG_UNSUPPORTED ? DG_OK : status;
}
