/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_STORE_SHACL_H
#define DG_STORE_SHACL_H

#include "base/buf.h"
#include "store/dataset.h"

/*
 * Checking a graph against shapes: SHACL Core (W3C 2017), all of its targets,
 * property paths and constraint components; of inverse paths, those of one
 * property.
 *
 * The data is looked at as one graph, whatever named graphs it stands in.
 */

/** A breach of a shape; absent terms have kind DG_TERM_NONE. */
typedef struct {
  DgTerm focus;
  DgStr path;       /**< in Turtle, absent for a node shape */
  DgStr path_label; /**< the same in SPARQL's way of writing paths */
  DgTerm value;
  DgTerm shape;
  DgTerm severity; /**< sh:Violation, sh:Warning or sh:Info */
  DgStr component; /**< "MinCountConstraintComponent" */
  DgStr message;
} DgShaclResult;

/** What came of a check. Strings live as long as the report. */
typedef struct {
  DgShaclResult *results; /**< [n] by focus, path, component, value */
  size_t n;
  size_t n_violations; /**< results of severity sh:Violation */
  size_t n_shapes;     /**< shapes with a target */
  size_t n_focus;      /**< checks of a node against such a shape */
  struct DgArena *arena;
} DgShaclReport;

/**
 * Check `data` against the shapes that stand in `shapes`. Subclasses are
 * followed in both.
 *
 * @param report  Set on DG_OK; to be cleared.
 * @return DG_BAD_INPUT for shapes that are not well-formed and DG_UNSUPPORTED
 *         for a constraint that is not known, each named in `diag`; DG_LIMIT
 *         for shapes nested too deep.
 */
DgStatus
dg_shacl_check(DgDataset *data, DgDataset *shapes, DgShaclReport *report,
               DgDiag *diag);

void
dg_shacl_report_clear(DgShaclReport *report);

/** Append the report for people, one line a result, the sum at the end. */
void
dg_shacl_write_text(const DgShaclReport *report, DgBuf *out);

/** Append it as a sh:ValidationReport in Turtle. */
void
dg_shacl_write_turtle(const DgShaclReport *report, DgBuf *out);

#endif
