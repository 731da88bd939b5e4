/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/op.h"

DgOp *
dg_op_service(DgRun *run, const DgAlg *alg)
{
  (void)alg;
  (void)dg_diag_set(run->diag, DG_UNSUPPORTED, "SERVICE");
  return NULL;
}
