/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_NUMBER_H
#define DG_VALUES_NUMBER_H

#include "values/reader.h"

/** A number as the text writes it. */
typedef struct {
  DgDecimal value;
  bool plain;    /**< digits alone, without marks: a year perhaps */
  bool digits;   /**< written with digits, perhaps with a word of scale */
  bool scaled;   /**< holds thousand, million, k, Md... */
  bool about;    /**< a rough number: une dizaine, a few */
  bool article;  /**< only un, une, a, an */
  bool fraction; /**< a third, 3/4, half a million */
  bool attached; /**< ends in a letter glued to digits: 10k */
  int32_t power; /**< of ten, when one word of scale holds for all of it */
} DgNumber;

/** How dg_number_at is to read. */
enum {
  DG_NUMBER_MONEY = 1,  /**< money follows or goes before: m is a million */
  DG_NUMBER_ARTICLE = 2 /**< "a" and "an" count as one */
};

/**
 * Digits with their grouping and decimal marks: 94.000 (French), 94,000
 * (English), 94 000, 1'000, 1,5, 12,34,567.89, .5, 1e10.
 *
 * A mark that is there once and before three digits is a grouping mark where
 * the language uses it so, else the decimal mark.
 *
 * Source: CLDR 44, number symbols of fr and en; Imprimerie nationale, Lexique
 * (thin space between groups); BIPM, SI brochure 9, section 5.4.4.
 */
size_t
dg_literal_at(const DgReader *r, size_t at, DgNumber *out);

/**
 * A number of up to three digits in words, without scale: trois cent vingt,
 * quatre-vingt-dix-sept, two hundred and six.
 */
size_t
dg_hundreds_at(const DgReader *r, size_t at, int32_t *out);

/** Below one hundred, in words: vingt et un, ninety-seven. */
size_t
dg_tens_at(const DgReader *r, size_t at, int32_t *out);

/** Any number, with sign, words of scale, halves and fractions. */
size_t
dg_number_at(const DgReader *r, size_t at, unsigned how, DgNumber *out);

/** A fraction: two thirds, un quart, la moitie, 3/4, one in five. */
size_t
dg_fraction_at(const DgReader *r, size_t at, DgNumber *out);

/** A fraction of one, in words: two thirds, un quart. */
size_t
dg_part_at(const DgReader *r, size_t at, DgNumber *out);

/** first, 2e, vingt et unieme, 1230th. */
size_t
dg_ordinal_at(const DgReader *r, size_t at, DgDecimal *out);

/** As dg_ordinal_at, below one thousand and in words: twenty-fifth. */
size_t
dg_rank_at(const DgReader *r, size_t at, int32_t *out);

/** `value` times ten to the `power`; DG_LIMIT when it does not fit. */
DgStatus
dg_number_scale(DgDecimal value, int32_t power, DgDecimal *out);

#endif
