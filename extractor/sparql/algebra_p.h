/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_SPARQL_ALGEBRA_P_H
#define DG_SPARQL_ALGEBRA_P_H

#include "sparql/algebra.h"

/* Shared by the files that make the algebra. */

/** `group` joined with triple patterns and paths. */
DgStatus
dg_translate_triples(DgTranslate *t, const DgTriples *triples, DgGraphRef graph,
                     DgAlg *group, DgAlg **out);

DgStatus
dg_translate_values(DgTranslate *t, const DgValues *values, DgAlg **out);

/** `alg` with a slot that gets the value of an expression. */
DgStatus
dg_translate_extend(DgTranslate *t, DgAlg *alg, uint32_t slot, DgCode *code,
                    DgBits vars, DgAlg **out);

#endif
