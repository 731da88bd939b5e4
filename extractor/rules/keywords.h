/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_RULES_KEYWORDS_H
#define DG_RULES_KEYWORDS_H

/**
 * The words of the rule language. The syntax files of doc/editors have the
 * same, which tests/lint/editors.py compares.
 */

/** First words of statements. */
#define DG_RULE_STATEMENTS(X)                                                  \
  X("lang")                                                                    \
  X("use")                                                                     \
  X("lex")                                                                     \
  X("verb")                                                                    \
  X("noun")                                                                    \
  X("adj")                                                                     \
  X("class")                                                                   \
  X("macro")                                                                   \
  X("tense")                                                                   \
  X("event")                                                                   \
  X("relation")                                                                \
  X("attribute")                                                               \
  X("context")

/** First words of the lines of a rule. */
#define DG_RULE_LINES(X)                                                       \
  X("match")                                                                   \
  X("cue")                                                                     \
  X("stop")                                                                    \
  X("pseudo")                                                                  \
  X("set")                                                                     \
  X("where")                                                                   \
  X("trigger")                                                                 \
  X("gap")                                                                     \
  X("types")                                                                   \
  X("dir")                                                                     \
  X("scope")                                                                   \
  X("+")                                                                       \
  X("-")                                                                       \
  X("end")

#endif
