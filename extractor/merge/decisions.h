/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_MERGE_DECISIONS_H
#define DG_MERGE_DECISIONS_H

#include "base/vec.h"
#include "base/diag.h"

/**
 * What people decided, in a plain text file that belongs to them: one decision
 * a line, never changed or removed by the program, only added to. Fields are
 * separated by tabs:
 *
 *   when   2024-03-05T10:00:00Z
 *   who    a name
 *   verb   accept, reject, edit, add, merge, split, redirect, undo
 *   the rest  name=value, name+=value or name-=value
 *
 * In who and values, "\t", "\n", "\r", "\\" and "\xHH" or "\uHHHH" stand for
 * tab, line end, return, backslash and other control characters. Empty lines
 * and lines that start with "#" are skipped. Files of several people
 * may be put together: decisions count in the order of their times, and at
 * equal times in that of their lines; a line that stands twice counts once.
 *
 * Names that the verbs use:
 *
 *   deal     accept, reject, edit: IRI of a telling of the deal
 *   type     the deal's type, to find it again
 *   at       ARTICLE#BEGIN-END: a passage that tells it; several
 *   quote    words of the first passage
 *   was.ROLE, was.date   its parties and its day, to find it by, should the
 *            articles be others too
 *   status, amount, valuation, stake, round, date, exclusive, type, ROLE,
 *   product  edit (by "set." before the name), add: the value; a role is an
 *            actor's IRI, a blank, and its name
 *   actor, into   merge, redirect: IRI, a blank, and its name
 *   article  split: an article's IRI; several
 *   target   undo: id of a decision
 *   note     all: why
 */
#define DG_VERBS(X)                                                            \
  X(ACCEPT, "accept")                                                          \
  X(REJECT, "reject")                                                          \
  X(EDIT, "edit")                                                              \
  X(ADD, "add")                                                                \
  X(MERGE, "merge")                                                            \
  X(SPLIT, "split")                                                            \
  X(REDIRECT, "redirect")                                                      \
  X(UNDO, "undo")

typedef enum {
#define DG_VERB_VALUE(name, text) DG_VERB_##name,
  DG_VERBS(DG_VERB_VALUE)
#undef DG_VERB_VALUE
      DG_VERB_COUNT
} DgVerb;

/** "accept", ... */
const char *
dg_verb_text(DgVerb verb);

/** A verb about actors, not deals. */
static inline bool
dg_verb_is_of_actors(DgVerb verb)
{
  return verb == DG_VERB_MERGE || verb == DG_VERB_SPLIT ||
         verb == DG_VERB_REDIRECT;
}

typedef struct {
  DgStr name;
  char op;     /**< '=', '+' or '-' */
  DgStr value; /**< unescaped */
} DgField;

typedef DG_VEC(DgField) DgFields;

typedef struct {
  DgStr line; /**< as it stands in the file */
  DgStr id;   /**< 8 hexadecimal digits, made of the line */
  DgStr when; /**< ISO 8601, UTC */
  DgStr who;
  DgVerb verb;
  DgFields fields;
  bool undone;
} DgDecision;

/** All decisions, in the order in which they count; all in one arena. */
typedef DG_VEC(DgDecision) DgDecisions;

/** The first value of a name, or DG_STR_NONE. */
DgStr
dg_decision_get(const DgDecision *decision, const char *name);

/**
 * Read a decisions file from memory.
 * @param text    Used as long as the decisions are.
 * @param source  Its name, for messages; may be null.
 * @return DG_BAD_INPUT for a line that is none, and `diag` says which and why.
 */
DgStatus
dg_decisions_read(DgStr text, const char *source, DgArena *arena,
                  DgDecisions *out, DgDiag *diag);

/** Append the line of a decision, "\n" included; `line` and `id` are ignored.
 */
void
dg_decision_write(const DgDecision *decision, DgBuf *out);

/** Append `text` as a value of the file. */
void
dg_decision_escape(DgStr text, DgBuf *out);

/** The decision of an id or the start of one; null when none or several. */
const DgDecision *
dg_decisions_find(const DgDecisions *decisions, DgStr id);

/** A hash of all lines, whatever their order. */
uint64_t
dg_decisions_hash(const DgDecisions *decisions);

/** What starts each new file. */
extern const char dg_decisions_head[];

#endif
