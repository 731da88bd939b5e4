/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_PIPELINE_EXPECT_H
#define DG_PIPELINE_EXPECT_H

#include "pipeline/extract.h"

/**
 * A deal as a test writes it down:
 *
 *   Type status role=Name|Name amount=EUR:15000000 date=2024-03 exclusive=yes
 *
 * Type and status may be left out; "a|b" allows either status; a value runs up
 * to the next " word=".
 */
typedef struct {
  DgStr source; /**< all of it */
  DgStr type;   /**< absent: any */
  DgStr status; /**< absent: any */
  struct {
    DgStr name;
    DgStr value;
  } members[24];
  size_t n_members;
} DgExpect;

/** @return DG_BAD_INPUT for a member that deals do not have. */
DgStatus
dg_expect_read(DgStr line, DgExpect *expect, DgDiag *diag);

/**
 * Compare with one deal of `facts`.
 * @param why  Each difference is appended as "name: got X, expected Y; ".
 * @return true when everything that `expect` names is so.
 */
bool
dg_expect_meets(const DgExpect *expect, const DgFacts *facts,
                const DgDeal *deal, DgBuf *why);

/** Append a deal in the form that dg_expect_read takes. */
void
dg_expect_write(const DgFacts *facts, const DgDeal *deal, DgBuf *out);

#endif
