/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_INPUT_DATELINE_H
#define DG_INPUT_DATELINE_H

#include "base/lang.h"
#include "input/tokens.h"
#include "values/date.h"

/**
 * Read the calendar date that begins at token `i`: "28-02-2024",
 * "lundi 1er mars 2024", "March 3, 2024", "2024-02-28T18:05Z", "3 Mar 24".
 * In "03/04/2024" the month comes first in English, unless it cannot.
 *
 * @param used  Tokens read, the time of day not among them.
 * @return false when none begins there, or it does not exist.
 */
bool
dg_dateline_read(const DgTokens *tokens, size_t i, DgLang lang, DgDate *date,
                 size_t *used);

/** Find the first date in the first 96 tokens of `text`. */
bool
dg_dateline_find(DgStr text, DgLang lang, DgDate *date);

/** Find a date in the path of a URL: "/2024/02/28/", "-20240228.". */
bool
dg_dateline_from_url(DgStr url, DgDate *date);

/** Read "20240228", "20240228T180500Z" or seconds since 1970, all digits. */
bool
dg_dateline_from_stamp(DgStr text, DgDate *date);

/** A date that exists, between 1970 and 2199. */
bool
dg_dateline_make(unsigned year, unsigned month, unsigned day, DgDate *date);

enum { DG_BYLINE_AUTHORS = 8 };

/** What a line that is nothing but author, date and the like says. */
typedef struct {
  DgStr authors[DG_BYLINE_AUTHORS]; /**< [n_authors] parts of the line */
  DgStr printed; /**< all of these as the line has them, or absent */
  size_t n_authors;
  DgStr agency; /**< constant name, or absent */
  DgDate published;
  DgDate updated;
  bool labelled; /**< begins "Publié le", "By", "Date:", ... */
} DgByline;

/**
 * Read a byline, all of `line`.
 * @return false when the line says anything else.
 */
bool
dg_byline_read(DgStr line, DgLang lang, DgByline *byline);

/**
 * Read what a news agency puts before its first sentence: "PARIS, 3 mars 2024
 * (AFP) - ", "LONDON (Reuters) - ". Only `agency` and `published` are set.
 */
bool
dg_byline_lead(DgStr paragraph, DgLang lang, DgByline *byline);

#endif
