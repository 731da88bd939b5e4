/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_ID_H
#define DG_STORE_ID_H

#include "base/decimal.h"
#include "store/dataset.h"

/**
 * What an id stands for: its highest byte. The other 56 bits are a number in
 * a dictionary for the first group, and the value itself for the inline
 * kinds, which are the same in every dataset.
 *
 * Within one inline kind, ids sort as the values do.
 */
typedef enum {
  DG_ID_KIND_NONE = 0x00,   /**< DG_ID_NONE and DG_ID_DEFAULT_GRAPH */
  DG_ID_KIND_IRI = 0x01,    /**< in the dictionary */
  DG_ID_KIND_BLANK = 0x02,  /**< in the dictionary */
  DG_ID_KIND_STRING = 0x03, /**< xsd:string in the dictionary */
  DG_ID_KIND_LANG = 0x04,   /**< rdf:langString in the dictionary */
  DG_ID_KIND_TYPED = 0x05,  /**< any other literal in the dictionary */

  DG_ID_KIND_INLINE = 0x10, /**< from here on, inline */
  DG_ID_KIND_SHORT = 0x10, /**< xsd:string of at most 7 bytes, none of them 0 */
  DG_ID_KIND_BOOLEAN = 0x11,
  DG_ID_KIND_DECIMAL = 0x12,
  DG_ID_KIND_DOUBLE = 0x13, /**< xsd:double written as a decimal: "0.25" */
  DG_ID_KIND_FLOAT = 0x14,  /**< xsd:float written as a decimal */
  DG_ID_KIND_DATE = 0x15,
  DG_ID_KIND_DATE_TIME = 0x16,
  DG_ID_KIND_YEAR = 0x17,       /**< xsd:gYear */
  DG_ID_KIND_YEAR_MONTH = 0x18, /**< xsd:gYearMonth */

  DG_ID_KIND_INTEGER = 0x20, /**< from here on, xsd:integer and derived */
  DG_ID_KIND_LONG,
  DG_ID_KIND_INT,
  DG_ID_KIND_SHORT_INT,
  DG_ID_KIND_BYTE,
  DG_ID_KIND_NON_NEGATIVE,
  DG_ID_KIND_POSITIVE,
  DG_ID_KIND_NON_POSITIVE,
  DG_ID_KIND_NEGATIVE,
  DG_ID_KIND_UNSIGNED_LONG,
  DG_ID_KIND_UNSIGNED_INT,
  DG_ID_KIND_UNSIGNED_SHORT,
  DG_ID_KIND_UNSIGNED_BYTE,
  DG_ID_KIND_END
} DgIdKind;

#define DG_ID_PAYLOAD (((DgId)1 << 56) - 1)

static inline DgIdKind
dg_id_kind(DgId id)
{
  return (DgIdKind)(id >> 56);
}

static inline bool
dg_id_is_inline(DgId id)
{
  return dg_id_kind(id) >= DG_ID_KIND_INLINE;
}

static inline bool
dg_id_is_integer(DgId id)
{
  return dg_id_kind(id) >= DG_ID_KIND_INTEGER;
}

/** What sort of term it is; DG_TERM_NONE for the two reserved ids. */
static inline DgTermKind
dg_id_term_kind(DgId id)
{
  const DgIdKind kind = dg_id_kind(id);
  return kind == DG_ID_KIND_NONE    ? DG_TERM_NONE
         : kind == DG_ID_KIND_IRI   ? DG_TERM_IRI
         : kind == DG_ID_KIND_BLANK ? DG_TERM_BLANK
                                    : DG_TERM_LITERAL;
}

/** Id of the dictionary entry `number` (1 to 2^56 - 1). */
static inline DgId
dg_id_make(DgIdKind kind, uint64_t number)
{
  return ((DgId)kind << 56) | (number & DG_ID_PAYLOAD);
}

/** Number of a dictionary id in its dictionary. */
static inline uint64_t
dg_id_number(DgId id)
{
  return id & DG_ID_PAYLOAD;
}

/** The dictionary kind of a term that is not inline. */
DgIdKind
dg_id_kind_of(const DgTerm *term);

/**
 * The inline id of a literal whose lexical form comes back exactly from the
 * value: integers without leading zeros or "+", within +-2^55; decimals of at
 * most 14 significant digits with at most 7 zeros at the end of the fraction
 * ("12.50"); dates and times of years 0001 to 9999, with a zone in quarters
 * of an hour or none, fractions of seconds to 3 digits; "true" and "false";
 * strings of at most 7 bytes.
 *
 * @return DG_NO_MATCH for every other term, which then is of a dictionary.
 */
DgStatus
dg_id_encode(const DgTerm *term, DgId *id);

enum { DG_ID_TEXT = 48 /**< bytes that hold any inline lexical form */ };

/**
 * The literal of an inline id.
 * @param text  Holds the lexical form; the datatype is a constant string.
 * @return DG_NO_MATCH when `id` is not inline.
 */
DgStatus
dg_id_decode(DgId id, char text[DG_ID_TEXT], DgTerm *term);

/** As dg_id_decode, with the lexical form in `arena`. */
DgStatus
dg_id_term(DgId id, DgArena *arena, DgTerm *term);

/** Value of an integer kind; DG_NO_MATCH for others. */
DgStatus
dg_id_integer(DgId id, int64_t *value);

/** Value of an integer, decimal, double or float kind; else DG_NO_MATCH. */
DgStatus
dg_id_decimal(DgId id, DgDecimal *value);

/** Value of a boolean; else DG_NO_MATCH. */
DgStatus
dg_id_boolean(DgId id, bool *value);

/** A point in time as an inline id holds it. */
typedef struct {
  int64_t seconds; /**< since 1970-01-01T00:00:00 of its own zone */
  int16_t millis;  /**< 0..999 */
  bool has_zone;
  int16_t zone; /**< minutes east of UTC */
} DgIdTime;

/** Value of a date or dateTime (a date is at its midnight); DG_NO_MATCH. */
DgStatus
dg_id_time(DgId id, DgIdTime *time);

/** Days since 1970-01-01 of a date or dateTime in its own zone; DG_NO_MATCH. */
DgStatus
dg_id_days(DgId id, int32_t *days);

/** Year of a date, dateTime, gYear or gYearMonth; else DG_NO_MATCH. */
DgStatus
dg_id_year(DgId id, int *year);

/** Ids of the least and greatest value of an inline kind, for range scans. */
static inline DgId
dg_id_first(DgIdKind kind)
{
  return (DgId)kind << 56;
}

static inline DgId
dg_id_last(DgIdKind kind)
{
  return ((DgId)kind << 56) | DG_ID_PAYLOAD;
}

/** Datatype IRI of an inline kind; absent for DG_ID_KIND_SHORT and others. */
DgStr
dg_id_datatype(DgIdKind kind);

#endif
