/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_EXPORT_DEALS_H
#define DG_EXPORT_DEALS_H

#include "export/select.h"

/**
 * The deals as one table, a row each, for spreadsheets. They are counted and
 * told as the saved queries do: a duplicate gives its parties, statuses and
 * sources to the deal that counts; of the statuses the furthest stands; a
 * party goes by its label that sorts first.
 */
typedef struct {
  const char *name;
  bool number;    /**< a decimal number; else text */
  unsigned width; /**< in characters, as a spreadsheet shows it */
} DgDealColumn;

/** In the order of the columns. */
extern const DgDealColumn dg_deal_columns[];
extern const size_t dg_deal_column_count;

/** Rows sorted by date, newest first. */
extern const DgExportQuery dg_deal_query;

#endif
