/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_EXPORT_SELECT_H
#define DG_EXPORT_SELECT_H

#include "export/format.h"

/** A SELECT in two pieces, between which the graph is named. */
typedef struct {
  const char *head;  /**< prologue and SELECT clause */
  const char *where; /**< from WHERE on */
} DgExportQuery;

/**
 * Ask the store, or one graph of it, and hand over the solutions.
 *
 * @param row  Gets [n] values, good until it returns; an unbound one is of
 *             kind DG_TERM_NONE. Anything but DG_OK ends it.
 */
DgStatus
dg_export_select(const DgExport *x, const DgExportQuery *query,
                 DgStatus (*row)(void *self, const DgTerm *values, size_t n),
                 void *self);

#endif
