/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_ITEM_H
#define DG_SPARQL_ITEM_H

#include "base/buf.h"
#include "base/decimal.h"
#include "sparql/function.h"
#include "store/dataset.h"

#define DG_XSD "http://www.w3.org/2001/XMLSchema#"

typedef enum {
  DG_ITEM_NONE, /**< no value: unbound, or an error */
  DG_ITEM_BLANK,
  DG_ITEM_IRI,
  DG_ITEM_STRING, /**< xsd:string */
  DG_ITEM_LANG,   /**< rdf:langString */
  DG_ITEM_BOOLEAN,
  DG_ITEM_INTEGER, /**< xsd:integer and what derives from it */
  DG_ITEM_DECIMAL,
  DG_ITEM_FLOAT,
  DG_ITEM_DOUBLE,
  DG_ITEM_DATETIME,
  DG_ITEM_DATE,
  DG_ITEM_TIME,
  DG_ITEM_GYEAR,
  DG_ITEM_GYEARMONTH,
  DG_ITEM_GMONTH,
  DG_ITEM_GMONTHDAY,
  DG_ITEM_GDAY,
  DG_ITEM_DURATION, /**< any of the three duration types */
  DG_ITEM_OTHER     /**< any other datatype, or a lexical form outside it */
} DgItemKind;

/** A point in time, or the parts of one that a datatype has. */
typedef struct {
  int64_t year;
  uint8_t month;  /**< 1..12 */
  uint8_t day;    /**< 1..31 */
  uint8_t hour;   /**< 0..23 */
  uint8_t minute; /**< 0..59 */
  bool zoned;
  int16_t zone;     /**< minutes east of UTC, when `zoned` */
  DgDecimal second; /**< 0..<60 */
} DgMoment;

/** Source: XPath functions 3.1, section 8: months and seconds apart. */
typedef struct {
  int64_t months;
  DgDecimal seconds;
} DgDuration;

/**
 * A term on its way through an expression, its value decoded. Strings belong
 * to the dataset, the query or the evaluation's arena.
 */
struct DgItem {
  DgItemKind kind;
  DgId id;    /**< DG_ID_NONE until it is known */
  DgStr text; /**< IRI, label or lexical form; absent for a computed value
                   that has not been written yet */
  DgStr type; /**< datatype IRI, of literals that are neither STRING nor LANG */
  DgStr lang;
  union {
    bool truth;
    DgDecimal number; /**< INTEGER, DECIMAL */
    double real;      /**< FLOAT, DOUBLE */
    DgMoment moment;
    DgDuration duration;
  } as;
};

/** Decode a term; its strings are borrowed. */
void
dg_item_read(const DgTerm *term, DgItem *item);

/** Write the lexical form in `arena`, if it is not there; false: no memory. */
bool
dg_item_write(DgItem *item, DgArena *arena);

/** The item as a term; needs a written item. */
DgTerm
dg_item_term(const DgItem *item);

static inline bool
dg_item_is_number(const DgItem *item)
{
  return item->kind >= DG_ITEM_INTEGER && item->kind <= DG_ITEM_DOUBLE;
}

static inline bool
dg_item_is_literal(const DgItem *item)
{
  return item->kind >= DG_ITEM_STRING;
}

/** STRING or LANG. */
static inline bool
dg_item_is_text(const DgItem *item)
{
  return item->kind == DG_ITEM_STRING || item->kind == DG_ITEM_LANG;
}

DgItem
dg_item_boolean(bool truth);

DgItem
dg_item_integer(int64_t value);

DgItem
dg_item_number(DgItemKind kind, DgDecimal value);

DgItem
dg_item_double(double value);

DgItem
dg_item_string(DgStr text);

DgItem
dg_item_iri(DgStr iri);

/** Datatype IRI of a literal, also of STRING and LANG. */
DgStr
dg_item_type(const DgItem *item);

/** A number as a double, whatever its kind. */
double
dg_item_real(const DgItem *item);

/** Effective boolean value (17.2.2); false when there is none. */
bool
dg_item_truth(const DgItem *item, bool *truth);

typedef enum {
  DG_COMPARE_ERROR = -2,
  DG_COMPARE_LESS = -1,
  DG_COMPARE_EQUAL = 0,
  DG_COMPARE_MORE = 1,
  DG_COMPARE_UNORDERED = 2 /**< a NaN: not equal, not less, not more */
} DgCompare;

/** Order of two values for "<" and its kin (17.3). */
DgCompare
dg_item_compare(const DgItem *a, const DgItem *b);

/** RDFterm-equal and value equality (17.3, 17.4.1.7). */
DgCompare
dg_item_equal(const DgItem *a, const DgItem *b);

/** Total order of ORDER BY, MIN and MAX (15.1). */
int
dg_item_order(const DgItem *a, const DgItem *b);

/* Reading and writing by kind: item_number.c, item_time.c */

/** Read xsd:double or xsd:float. */
bool
dg_item_read_real(DgStr text, double *value);

/** Canonical form of xsd:double, or of xsd:float. @return bytes written. */
size_t
dg_item_write_real(double value, bool is_float, char out[40]);

/** Read the lexical form of a temporal kind into its parts. */
bool
dg_item_read_moment(DgItemKind kind, DgStr text, DgMoment *moment);

bool
dg_item_read_duration(DgStr text, DgDuration *duration);

void
dg_item_write_moment(DgItemKind kind, const DgMoment *moment, DgBuf *out);

void
dg_item_write_duration(const DgDuration *duration, DgStr type, DgBuf *out);

/** Order of two moments of one kind; ERROR where time zones leave it open. */
DgCompare
dg_moment_compare(DgItemKind kind, const DgMoment *a, const DgMoment *b);

DgCompare
dg_duration_compare(const DgDuration *a, const DgDuration *b);

/** Days since 1970-01-01 of a day in the proleptic Gregorian calendar. */
int64_t
dg_moment_day(int64_t year, unsigned month, unsigned day);

/** Seconds since 1970-01-01T00:00:00Z, no zone counting as UTC. */
DgDecimal
dg_moment_seconds(const DgMoment *moment);

/** The moment of a number of seconds since 1970, in zone `zone`. */
DgMoment
dg_moment_at(DgDecimal seconds, bool zoned, int16_t zone);

/** True when the datatype derives from xsd:integer and holds the number. */
bool
dg_item_integer_type(DgStr local, DgDecimal value, bool *fits);

#endif
