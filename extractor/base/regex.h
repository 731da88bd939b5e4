/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef DG_BASE_REGEX_H
#define DG_BASE_REGEX_H

#include "base/diag.h"
#include "base/status.h"
#include "base/str.h"

/**
 * A compiled PCRE2 pattern: immutable once made, shared by threads. The only
 * place that names PCRE2.
 */
typedef struct DgRegex DgRegex;

/**
 * Scratch space of one thread for matching: match data, JIT stack, limits.
 * Not shared between threads.
 */
typedef struct DgMatcher DgMatcher;

typedef enum {
  DG_REGEX_CASELESS = 1,  /**< ignore case, Unicode */
  DG_REGEX_MULTILINE = 2, /**< ^ and $ at line ends */
  DG_REGEX_DOTALL = 4,    /**< . matches a newline */
  DG_REGEX_EXTENDED = 8,  /**< blanks and # comments in the pattern */
  DG_REGEX_LITERAL = 16,  /**< the pattern is plain text */
  DG_REGEX_NO_JIT = 32,   /**< for one-shot patterns */
  DG_REGEX_TRACE = 64,    /**< callouts, no auto-possessification */
  DG_REGEX_ANCHORED = 128 /**< matches only where the search starts */
} DgRegexFlag;

/** Counters of a matcher, for `--stats`. */
typedef struct {
  uint64_t runs;          /**< calls of dg_regex_match */
  uint64_t limits;        /**< runs stopped by the match limit */
  uint64_t jit_fallbacks; /**< runs repeated by the interpreter */
} DgRegexCounts;

/**
 * Compile a UTF-8 pattern.
 * @return DG_BAD_INPUT with the place in the pattern in `diag`.
 */
DgStatus
dg_regex_new(DgStr pattern, unsigned flags, DgRegex **out, DgDiag *diag);

void
dg_regex_free(DgRegex *regex);

/** Number of the group with this name, or 0. */
unsigned
dg_regex_group(const DgRegex *regex, const char *name);

/** Capture groups in the pattern, group 0 not counted. */
unsigned
dg_regex_group_count(const DgRegex *regex);

/**
 * @param steps      Match limit for one run; 0 for PCRE2's own.
 * @param jit_stack  Bytes, at least 32 KiB.
 */
DgMatcher *
dg_matcher_new(uint32_t steps, size_t jit_stack);

void
dg_matcher_free(DgMatcher *matcher);

const DgRegexCounts *
dg_matcher_counts(const DgMatcher *matcher);

/**
 * Find the leftmost match of `regex` in valid UTF-8 `subject`, from byte
 * `from` on.
 *
 * @param spans  [n_spans] groups 0..n-1 in bytes; an unset group has
 *               begin = end = SIZE_MAX. Set on DG_OK.
 * @return DG_NO_MATCH, or DG_LIMIT when the match limit stopped it. A JIT
 *         stack that is too small falls back to the interpreter.
 */
DgStatus
dg_regex_match(const DgRegex *regex, DgMatcher *matcher, DgStr subject,
               size_t from, DgSpan *spans, size_t n_spans);

/** How far a DG_REGEX_TRACE pattern gets. */
typedef struct {
  size_t pattern_at; /**< byte of the pattern that was tried furthest on */
  size_t subject_at; /**< furthest subject byte it was tried at */
} DgRegexReach;

/**
 * Match and note how far the pattern gets. One that is too large to be traced
 * gives the longest beginning of the subject that it agrees with, and no
 * pattern_at.
 * @param pattern_end  Bytes of the pattern from here on do not count: groups
 *                     that are only called by name stand there.
 */
DgStatus
dg_regex_trace(const DgRegex *regex, DgMatcher *matcher, DgStr subject,
               size_t pattern_end, DgRegexReach *reach);

#endif
