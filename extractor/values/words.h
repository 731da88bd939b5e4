/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_VALUES_WORDS_H
#define DG_VALUES_WORDS_H

#include "base/str.h"

/** What a word may be; words.txt says which. One word may be several. */
typedef enum {
  DG_WORD_UNIT,       /**< 0..9 */
  DG_WORD_TEEN,       /**< 10..19 */
  DG_WORD_TENS,       /**< 20, 30 .. 90 */
  DG_WORD_HUNDRED,    /**< 100 */
  DG_WORD_SCALE,      /**< a power of ten: value is the exponent */
  DG_WORD_LOTS,       /**< dizaine, dozen: value is how many */
  DG_WORD_PART,       /**< demi, third: value is the denominator */
  DG_WORD_ORDUNIT,    /**< first: as UNIT, and the same for the next ones */
  DG_WORD_ORDTEEN,    /**< tenth */
  DG_WORD_ORDTENS,    /**< twentieth */
  DG_WORD_ORDHUNDRED, /**< hundredth */
  DG_WORD_ORDSCALE,   /**< thousandth */
  DG_WORD_SUFFIX,     /**< k, bn, Md: value is the exponent of ten */
  DG_WORD_MONTH,      /**< 1..12 */
  DG_WORD_WEEKDAY,    /**< Monday is 0 */
  DG_WORD_PERIOD,     /**< unit of time: value is a letter */
  DG_WORD_REL,        /**< last -1, this 0, next 1 */
  DG_WORD_DAYREL,     /**< yesterday -1, today 0, tomorrow 1 */
  DG_WORD_SEASON,     /**< spring is 1 */
  DG_WORD_EDGE,       /**< early 1, mid 2, late 3 */
  DG_WORD_DET,        /**< an article that may open a date */
  DG_WORD_START,      /**< another small word that may */
  DG_WORD_MONEY,      /**< a currency: value is its code, packed */
  DG_WORD_COIN,       /**< one whose name has another meaning too */
  DG_WORD_SHARED,     /**< of several countries: number of the name */
  DG_WORD_CENT,       /**< a hundredth of a currency: its code, or 0 */
  DG_WORD_ISO,        /**< an ISO 4217 code, packed */
  DG_WORD_COUNTRY,    /**< a country or its adjective, ISO 3166, packed */
  DG_WORD_LEAD,       /**< first word of a place */
  DG_WORD_CORE,       /**< a date by itself: nineties, EOY */
  DG_WORD_FEW,        /**< couple, few, pair */
  DG_WORD_LINK        /**< a small word that goes on a number: sur, et */
} DgWordClass;

enum { DG_WORD_FR = 1, DG_WORD_EN = 2 };

/** One meaning of one word. */
typedef struct {
  const char *text; /**< folded */
  uint8_t len;      /**< bytes of `text` */
  uint8_t class;    /**< a DgWordClass */
  uint8_t langs;    /**< DG_WORD_FR, DG_WORD_EN, or both */
  int32_t value;
} DgWord;

/**
 * Look up a folded word.
 * @return one plus the place of its first entry, or 0 when it is not known.
 */
uint16_t
dg_word_find(const char *text, size_t len);

/** The languages that know the word with this place plus one. */
unsigned
dg_word_langs(uint16_t word);

/**
 * The entry of class `class` in one of `langs` of the word with this place
 * plus one (0 is allowed).
 * @return null when it has none.
 */
const DgWord *
dg_word_as(uint16_t word, DgWordClass class, unsigned langs);

/** Classes of the word in `langs`, a bit each: 1 << DG_WORD_MONTH and so on. */
uint32_t
dg_word_classes(uint16_t word, unsigned langs);

/** A country by a name of one or more words. */
typedef struct {
  const char *phrase; /**< as dg_reader_phrase takes it */
  char country[3];    /**< ISO 3166, or BX and BO, the zones of the CFA franc */
} DgPlace;

/** All of them, and how many. */
const DgPlace *
dg_word_places(size_t *n);

/** The name that is no shared one, but has one country: yen. */
enum { DG_NAME_OWN = -1, DG_NAME_DOLLAR = 0 };

/** What the currency of a name is in one country. */
typedef struct {
  int32_t name;    /**< value of a word of class SHARED, or DG_NAME_OWN */
  char country[3]; /**< ISO 3166; empty for what the bare name means */
  char code[4];    /**< ISO 4217 */
} DgPair;

/** @return null when the country has no currency of that name. */
const DgPair *
dg_word_pair(int32_t name, const char *country);

#endif
