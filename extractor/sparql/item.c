/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/item.h"

#include "store/id.h"

#include <math.h>

static const struct {
  const char *name;
  DgItemKind kind;
} kinds[] = {
  { "string", DG_ITEM_STRING },
  { "boolean", DG_ITEM_BOOLEAN },
  { "integer", DG_ITEM_INTEGER },
  { "decimal", DG_ITEM_DECIMAL },
  { "float", DG_ITEM_FLOAT },
  { "double", DG_ITEM_DOUBLE },
  { "dateTime", DG_ITEM_DATETIME },
  { "dateTimeStamp", DG_ITEM_DATETIME },
  { "date", DG_ITEM_DATE },
  { "time", DG_ITEM_TIME },
  { "gYear", DG_ITEM_GYEAR },
  { "gYearMonth", DG_ITEM_GYEARMONTH },
  { "gMonth", DG_ITEM_GMONTH },
  { "gMonthDay", DG_ITEM_GMONTHDAY },
  { "gDay", DG_ITEM_GDAY },
  { "duration", DG_ITEM_DURATION },
  { "dayTimeDuration", DG_ITEM_DURATION },
  { "yearMonthDuration", DG_ITEM_DURATION },
};

static DgItemKind
kind_of(DgStr local)
{
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    if (dg_str_equal(local, dg_str(kinds[i].name))) {
      return kinds[i].kind;
    }
  }
  return DG_ITEM_OTHER;
}

static bool
read_integer(DgStr local, DgItem *item)
{
  bool fits = true;
  if (dg_str_find(item->text, DG_STR("."), 0) != SIZE_MAX ||
      dg_decimal_read(item->text, &item->as.number) != DG_OK) {
    return false;
  }
  return dg_item_integer_type(local, item->as.number, &fits) && fits;
}

static bool
read_boolean(DgItem *item)
{
  const DgStr text = item->text;
  item->as.truth =
      dg_str_equal(text, DG_STR("true")) || dg_str_equal(text, DG_STR("1"));
  return item->as.truth || dg_str_equal(text, DG_STR("false")) ||
         dg_str_equal(text, DG_STR("0"));
}

/* The value of the lexical form; false when the form is not in the datatype. */
static bool
read_value(DgStr local, DgItem *item)
{
  switch (item->kind) {
  case DG_ITEM_BOOLEAN:
    return read_boolean(item);
  case DG_ITEM_INTEGER:
    return read_integer(local, item);
  case DG_ITEM_DECIMAL:
    return dg_decimal_read(item->text, &item->as.number) == DG_OK;
  case DG_ITEM_FLOAT:
  case DG_ITEM_DOUBLE:
    if (!dg_item_read_real(item->text, &item->as.real)) {
      return false;
    }
    if (item->kind == DG_ITEM_FLOAT) {
      item->as.real = (double)(float)item->as.real;
    }
    return true;
  case DG_ITEM_DURATION:
    return dg_item_read_duration(item->text, &item->as.duration);
  case DG_ITEM_OTHER:
    return false;
  default:
    return dg_item_read_moment(item->kind, item->text, &item->as.moment);
  }
}

static void
read_typed(DgItem *item)
{
  static const DgStr xsd = { DG_XSD, sizeof DG_XSD - 1 };
  if (!dg_str_starts(item->type, xsd)) {
    item->kind = DG_ITEM_OTHER;
    return;
  }
  const DgStr local = dg_str_sub(item->type, xsd.len, item->type.len);
  bool fits;
  item->kind = kind_of(local);
  if (item->kind == DG_ITEM_OTHER &&
      dg_item_integer_type(local, DG_DECIMAL_ZERO, &fits)) {
    item->kind = DG_ITEM_INTEGER;
  }
  if (item->kind == DG_ITEM_STRING) {
    item->type = DG_STR_NONE;
  } else if (!read_value(local, item)) {
    item->kind = DG_ITEM_OTHER;
  }
}

void
dg_item_read(const DgTerm *term, DgItem *item)
{
  item->id = DG_ID_NONE;
  item->text = term->value;
  item->type = term->datatype;
  item->lang = term->lang;
  switch (term->kind) {
  case DG_TERM_NONE:
    item->kind = DG_ITEM_NONE;
    break;
  case DG_TERM_IRI:
    item->kind = DG_ITEM_IRI;
    break;
  case DG_TERM_BLANK:
    item->kind = DG_ITEM_BLANK;
    break;
  case DG_TERM_LITERAL:
    if (term->lang.len) {
      item->kind = DG_ITEM_LANG;
    } else if (!term->datatype.len) {
      item->kind = DG_ITEM_STRING;
    } else {
      read_typed(item);
    }
    break;
  }
}

DgTerm
dg_item_term(const DgItem *item)
{
  DgTerm term = { DG_TERM_LITERAL, item->text, DG_STR_NONE, DG_STR_NONE };
  switch (item->kind) {
  case DG_ITEM_NONE:
    return (DgTerm){ 0 };
  case DG_ITEM_IRI:
    term.kind = DG_TERM_IRI;
    break;
  case DG_ITEM_BLANK:
    term.kind = DG_TERM_BLANK;
    break;
  case DG_ITEM_STRING:
    break;
  case DG_ITEM_LANG:
    term.lang = item->lang;
    break;
  default:
    term.datatype = item->type;
  }
  return term;
}

static bool
keep(DgItem *item, DgArena *arena, const DgBuf *buf)
{
  item->text = dg_arena_copy(arena, dg_buf_str(buf));
  return !buf->failed && item->text.ptr;
}

bool
dg_item_write(DgItem *item, DgArena *arena)
{
  if (item->text.ptr || item->kind == DG_ITEM_NONE) {
    return true;
  }
  char text[64];
  DgBuf buf = DG_BUF_INIT;
  DgTerm term;
  if (item->id && dg_id_term(item->id, arena, &term) == DG_OK) {
    item->text = term.value;
    return item->text.ptr != NULL;
  }
  switch (item->kind) {
  case DG_ITEM_BOOLEAN:
    item->text = item->as.truth ? DG_STR("true") : DG_STR("false");
    return true;
  case DG_ITEM_INTEGER:
  case DG_ITEM_DECIMAL:
    item->text = dg_arena_copy(
        arena, dg_str_n(text, dg_decimal_write(item->as.number, text)));
    return item->text.ptr != NULL;
  case DG_ITEM_FLOAT:
  case DG_ITEM_DOUBLE:
    item->text = dg_arena_copy(
        arena,
        dg_str_n(text, dg_item_write_real(item->as.real,
                                          item->kind == DG_ITEM_FLOAT, text)));
    return item->text.ptr != NULL;
  case DG_ITEM_DURATION:
    dg_item_write_duration(&item->as.duration, item->type, &buf);
    break;
  default:
    dg_item_write_moment(item->kind, &item->as.moment, &buf);
  }
  const bool fine = keep(item, arena, &buf);
  dg_buf_clear(&buf);
  return fine;
}

DgItem
dg_item_boolean(bool truth)
{
  DgItem item = { .kind = DG_ITEM_BOOLEAN, .type = DG_STR(DG_XSD "boolean") };
  item.as.truth = truth;
  return item;
}

DgItem
dg_item_integer(int64_t value)
{
  return dg_item_number(DG_ITEM_INTEGER, dg_decimal_from_int(value));
}

DgItem
dg_item_number(DgItemKind kind, DgDecimal value)
{
  DgItem item = { .kind = kind,
                  .type = kind == DG_ITEM_INTEGER ? DG_STR(DG_XSD "integer")
                                                  : DG_STR(DG_XSD "decimal") };
  item.as.number = value;
  return item;
}

DgItem
dg_item_double(double value)
{
  DgItem item = { .kind = DG_ITEM_DOUBLE, .type = DG_STR(DG_XSD "double") };
  item.as.real = value;
  return item;
}

DgItem
dg_item_string(DgStr text)
{
  return (DgItem){ .kind = DG_ITEM_STRING, .text = text };
}

DgItem
dg_item_iri(DgStr iri)
{
  return (DgItem){ .kind = DG_ITEM_IRI, .text = iri };
}

DgStr
dg_item_type(const DgItem *item)
{
  if (item->kind == DG_ITEM_STRING) {
    return DG_STR(DG_XSD "string");
  }
  if (item->kind == DG_ITEM_LANG) {
    return DG_STR("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString");
  }
  return item->type;
}

double
dg_item_real(const DgItem *item)
{
  return item->kind == DG_ITEM_FLOAT || item->kind == DG_ITEM_DOUBLE
             ? item->as.real
             : dg_decimal_to_double(item->as.number);
}

bool
dg_item_truth(const DgItem *item, bool *truth)
{
  switch (item->kind) {
  case DG_ITEM_BOOLEAN:
    *truth = item->as.truth;
    return true;
  case DG_ITEM_STRING:
    *truth = item->text.len > 0;
    return true;
  case DG_ITEM_INTEGER:
  case DG_ITEM_DECIMAL:
    *truth = item->as.number.digits != 0;
    return true;
  case DG_ITEM_FLOAT:
  case DG_ITEM_DOUBLE:
    *truth = !isnan(item->as.real) && item->as.real != 0;
    return true;
  case DG_ITEM_OTHER: {
    /* An ill-formed boolean or number is false, anything else an error. */
    static const DgStr xsd = { DG_XSD, sizeof DG_XSD - 1 };
    bool fits;
    if (!dg_str_starts(item->type, xsd)) {
      return false;
    }
    const DgStr local = dg_str_sub(item->type, xsd.len, item->type.len);
    const DgItemKind kind = kind_of(local);
    *truth = false;
    return (kind >= DG_ITEM_BOOLEAN && kind <= DG_ITEM_DOUBLE) ||
           dg_item_integer_type(local, DG_DECIMAL_ZERO, &fits);
  }
  default:
    return false;
  }
}

static DgCompare
compare_numbers(const DgItem *a, const DgItem *b)
{
  if (a->kind <= DG_ITEM_DECIMAL && b->kind <= DG_ITEM_DECIMAL) {
    const int order = dg_decimal_compare(a->as.number, b->as.number);
    return order < 0   ? DG_COMPARE_LESS
           : order > 0 ? DG_COMPARE_MORE
                       : DG_COMPARE_EQUAL;
  }
  double x = dg_item_real(a);
  double y = dg_item_real(b);
  if (a->kind != DG_ITEM_DOUBLE && b->kind != DG_ITEM_DOUBLE) {
    x = (double)(float)x; /* promotion to xsd:float */
    y = (double)(float)y;
  }
  if (isnan(x) || isnan(y)) {
    return DG_COMPARE_UNORDERED;
  }
  return x < y ? DG_COMPARE_LESS : x > y ? DG_COMPARE_MORE : DG_COMPARE_EQUAL;
}

static DgCompare
compare_bytes(DgStr a, DgStr b)
{
  const int order = dg_str_compare(a, b);
  return order < 0   ? DG_COMPARE_LESS
         : order > 0 ? DG_COMPARE_MORE
                     : DG_COMPARE_EQUAL;
}

DgCompare
dg_item_compare(const DgItem *a, const DgItem *b)
{
  if (dg_item_is_number(a) && dg_item_is_number(b)) {
    return compare_numbers(a, b);
  }
  if (a->kind != b->kind) {
    return DG_COMPARE_ERROR;
  }
  switch (a->kind) {
  case DG_ITEM_STRING:
    return compare_bytes(a->text, b->text);
  case DG_ITEM_LANG:
    return dg_str_equal(a->lang, b->lang) ? compare_bytes(a->text, b->text)
                                          : DG_COMPARE_ERROR;
  case DG_ITEM_BOOLEAN:
    return (DgCompare)(a->as.truth - b->as.truth);
  case DG_ITEM_DURATION:
    return dg_duration_compare(&a->as.duration, &b->as.duration);
  case DG_ITEM_NONE:
  case DG_ITEM_BLANK:
  case DG_ITEM_IRI:
  case DG_ITEM_OTHER:
    return DG_COMPARE_ERROR;
  default:
    return dg_moment_compare(a->kind, &a->as.moment, &b->as.moment);
  }
}

static bool
same_literal(const DgItem *a, const DgItem *b)
{
  return a->text.ptr && b->text.ptr && dg_str_equal(a->text, b->text) &&
         dg_str_equal(a->type, b->type);
}

/* Literals of unlike kinds: known values of two spaces differ, the rest is
 * open. */
static DgCompare
equal_unlike(const DgItem *a, const DgItem *b)
{
  if (a->kind == DG_ITEM_OTHER || b->kind == DG_ITEM_OTHER) {
    if (a->kind == DG_ITEM_LANG || b->kind == DG_ITEM_LANG) {
      return DG_COMPARE_UNORDERED;
    }
    return same_literal(a, b) ? DG_COMPARE_EQUAL : DG_COMPARE_ERROR;
  }
  return DG_COMPARE_UNORDERED;
}

DgCompare
dg_item_equal(const DgItem *a, const DgItem *b)
{
  if (a->id && a->id == b->id && !dg_item_is_number(a)) {
    return DG_COMPARE_EQUAL;
  }
  if (!dg_item_is_literal(a) || !dg_item_is_literal(b)) {
    return a->kind == b->kind && dg_str_equal(a->text, b->text)
               ? DG_COMPARE_EQUAL
               : DG_COMPARE_UNORDERED;
  }
  if (dg_item_is_number(a) && dg_item_is_number(b)) {
    return compare_numbers(a, b);
  }
  if (a->kind == DG_ITEM_LANG && b->kind == DG_ITEM_LANG) {
    return dg_str_equal(a->lang, b->lang) && dg_str_equal(a->text, b->text)
               ? DG_COMPARE_EQUAL
               : DG_COMPARE_UNORDERED;
  }
  if (a->kind != b->kind || a->kind == DG_ITEM_OTHER) {
    return equal_unlike(a, b);
  }
  if (a->kind == DG_ITEM_DURATION) {
    const DgDuration *const x = &a->as.duration;
    const DgDuration *const y = &b->as.duration;
    return x->months == y->months && !dg_decimal_compare(x->seconds, y->seconds)
               ? DG_COMPARE_EQUAL
               : DG_COMPARE_UNORDERED;
  }
  return dg_item_compare(a, b);
}

/* Groups of ORDER BY: what compares by value stands together. */
static int
order_class(const DgItem *item)
{
  switch (item->kind) {
  case DG_ITEM_NONE:
    return 0;
  case DG_ITEM_BLANK:
    return 1;
  case DG_ITEM_IRI:
    return 2;
  case DG_ITEM_STRING:
    return 3;
  case DG_ITEM_LANG:
    return 4;
  default:
    return dg_item_is_number(item) ? DG_ITEM_INTEGER + 5 : (int)item->kind + 5;
  }
}

static int
order_reals(const DgItem *a, const DgItem *b)
{
  const DgCompare order = compare_numbers(a, b);
  if (order != DG_COMPARE_UNORDERED) {
    return (int)order;
  }
  return isnan(dg_item_real(b)) - isnan(dg_item_real(a)); /* NaN first */
}

int
dg_item_order(const DgItem *a, const DgItem *b)
{
  const int class_a = order_class(a);
  const int class_b = order_class(b);
  if (class_a != class_b) {
    return class_a < class_b ? -1 : 1;
  }
  if (dg_item_is_number(a)) {
    return order_reals(a, b);
  }
  if (a->kind == DG_ITEM_LANG || a->kind < DG_ITEM_BOOLEAN ||
      a->kind == DG_ITEM_OTHER) {
    const int order = dg_str_compare(a->text, b->text);
    return order ? order
                 : dg_str_compare(a->kind == DG_ITEM_LANG ? a->lang : a->type,
                                  b->kind == DG_ITEM_LANG ? b->lang : b->type);
  }
  const DgCompare order = dg_item_compare(a, b);
  if (order != DG_COMPARE_ERROR && order != DG_COMPARE_UNORDERED) {
    return (int)order;
  }
  if (a->kind == DG_ITEM_DURATION) {
    return dg_decimal_compare(a->as.duration.seconds, b->as.duration.seconds);
  }
  const int instant = dg_decimal_compare(dg_moment_seconds(&a->as.moment),
                                         dg_moment_seconds(&b->as.moment));
  return instant ? instant : a->as.moment.zoned - b->as.moment.zoned;
}
