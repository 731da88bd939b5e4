/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RULES_INFLECT_H
#define DG_RULES_INFLECT_H

#include "base/arena.h"
#include "base/lang.h"
#include "base/status.h"

/** The parts of a paradigm; a rule names one as "%lex.part". */
#define DG_FORM_PARTS(X)                                                       \
  X(BASE, "")     /* not part of a paradigm, or singular noun */               \
  X(INF, "inf")   /* infinitive */                                             \
  X(PRES, "pres") /* present */                                                \
  X(IMP, "imp")   /* French imperfect */                                       \
  X(PAST, "past") /* French simple past, English past */                       \
  X(FUT, "fut")   /* French future */                                          \
  X(COND, "cond") /* French conditional */                                     \
  X(PP, "pp")     /* past participle, with agreement */                        \
  X(GER, "ger")   /* present participle */                                     \
  X(PLUR, "plur") /* plural noun */

typedef enum {
#define DG_FORM_PART_VALUE(name, text) DG_FORM_##name,
  DG_FORM_PARTS(DG_FORM_PART_VALUE)
#undef DG_FORM_PART_VALUE
      DG_FORM_PART_COUNT
} DgFormPart;

/** "inf", "pres", ... */
const char *
dg_form_part_text(DgFormPart part);

/** Told of each form; `form` is good during the call. */
typedef DgStatus (*DgFormSink)(void *user, DgFormPart part, DgStr form);

/**
 * All forms of a verb from its infinitive: persons, tenses, participles with
 * agreement. A French verb may carry its particle ("s'associer"): it is cut
 * off. Of a phrase ("mettre en place", "team up") the first word inflects.
 *
 * @return DG_NO_MATCH for a verb of no known paradigm: write its forms out.
 *
 * Source: Bescherelle, L'art de conjuguer, paradigms by ending; Quirk et al.,
 * A Comprehensive Grammar of the English Language, sections 3.2 to 3.20.
 */
DgStatus
dg_inflect_verb(DgLang lang, DgStr infinitive, DgFormSink sink, void *user);

/** Singular and plural of a noun; of a phrase, its first word inflects. */
DgStatus
dg_inflect_noun(DgLang lang, DgStr singular, DgFormSink sink, void *user);

/** The four agreement forms of a French adjective; English has one. */
DgStatus
dg_inflect_adjective(DgLang lang, DgStr masculine, DgFormSink sink, void *user);

#endif
