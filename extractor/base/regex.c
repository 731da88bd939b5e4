/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

struct DgRegex {
  pcre2_code *code;
  uint32_t groups;
  bool callouts; /* DG_REGEX_TRACE, and there was room for them */
};

struct DgMatcher {
  pcre2_match_context *context;
  pcre2_match_data *data;
  pcre2_jit_stack *stack;
  DgRegexCounts counts;
};

/* Groups that one pattern may have; a rule with more is refused. */
enum { GROUPS_MAX = 250 };

static uint32_t
compile_options(unsigned flags)
{
  uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_NEVER_BACKSLASH_C;
  options |= flags & DG_REGEX_CASELESS ? PCRE2_CASELESS : 0;
  options |= flags & DG_REGEX_MULTILINE ? PCRE2_MULTILINE : 0;
  options |= flags & DG_REGEX_DOTALL ? PCRE2_DOTALL : 0;
  options |= flags & DG_REGEX_EXTENDED ? PCRE2_EXTENDED : 0;
  options |= flags & DG_REGEX_ANCHORED ? PCRE2_ANCHORED : 0;
  options |=
      flags & DG_REGEX_TRACE
          ? PCRE2_AUTO_CALLOUT | PCRE2_NO_AUTO_POSSESS | PCRE2_NO_START_OPTIMIZE
          : 0;
  /* PCRE2 refuses a literal pattern with most other options. */
  return flags & DG_REGEX_LITERAL
             ? PCRE2_LITERAL |
                   (options & (PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_CASELESS))
             : options;
}

DgStatus
dg_regex_new(DgStr pattern, unsigned flags, DgRegex **out, DgDiag *diag)
{
  int error = 0;
  PCRE2_SIZE at = 0;
  const PCRE2_SPTR text = (PCRE2_SPTR)(pattern.ptr ? pattern.ptr : "");
  uint32_t options = compile_options(flags);
  pcre2_code *code =
      pcre2_compile(text, pattern.len, options, &error, &at, NULL);
  if (!code && error == PCRE2_ERROR_PATTERN_TOO_LARGE &&
      (options & PCRE2_AUTO_CALLOUT)) {
    options &= ~(uint32_t)PCRE2_AUTO_CALLOUT;
    code = pcre2_compile(text, pattern.len, options, &error, &at, NULL);
  }
  if (!code) {
    PCRE2_UCHAR reason[160];
    (void)pcre2_get_error_message(error, reason, sizeof reason);
    (void)dg_diag_set(diag, DG_BAD_INPUT, "bad pattern: %s", (char *)reason);
    dg_diag_point(diag, pattern, (DgSpan){ at, at + 1 });
    return DG_BAD_INPUT;
  }
  DgRegex *const regex = calloc(1, sizeof *regex);
  if (!regex) {
    pcre2_code_free(code);
    return DG_NO_MEMORY;
  }
  regex->code = code;
  regex->callouts = options & PCRE2_AUTO_CALLOUT;
  (void)pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &regex->groups);
  if (regex->groups > GROUPS_MAX) {
    dg_regex_free(regex);
    return dg_diag_set(diag, DG_LIMIT, "pattern has more than %d groups",
                       GROUPS_MAX);
  }
  if (!(flags & (DG_REGEX_NO_JIT | DG_REGEX_TRACE))) {
    (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
  }
  *out = regex;
  return DG_OK;
}

void
dg_regex_free(DgRegex *regex)
{
  if (regex) {
    pcre2_code_free(regex->code);
    free(regex);
  }
}

unsigned
dg_regex_group(const DgRegex *regex, const char *name)
{
  const int n = pcre2_substring_number_from_name(regex->code, (PCRE2_SPTR)name);
  return n > 0 ? (unsigned)n : 0;
}

unsigned
dg_regex_group_count(const DgRegex *regex)
{
  return regex->groups;
}

DgMatcher *
dg_matcher_new(uint32_t steps, size_t jit_stack)
{
  DgMatcher *const matcher = calloc(1, sizeof *matcher);
  if (!matcher) {
    return NULL;
  }
  matcher->context = pcre2_match_context_create(NULL);
  matcher->data = pcre2_match_data_create(GROUPS_MAX + 1, NULL);
  matcher->stack = pcre2_jit_stack_create(32 * 1024, jit_stack, NULL);
  if (!matcher->context || !matcher->data) {
    dg_matcher_free(matcher);
    return NULL;
  }
  if (steps) {
    (void)pcre2_set_match_limit(matcher->context, steps);
    (void)pcre2_set_depth_limit(matcher->context, steps);
  }
  if (matcher->stack) {
    pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
  }
  return matcher;
}

void
dg_matcher_free(DgMatcher *matcher)
{
  if (matcher) {
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
    free(matcher);
  }
}

const DgRegexCounts *
dg_matcher_counts(const DgMatcher *matcher)
{
  return &matcher->counts;
}

static int
run(const DgRegex *regex, DgMatcher *matcher, DgStr subject, size_t from)
{
  const PCRE2_SPTR text = (PCRE2_SPTR)(subject.ptr ? subject.ptr : "");
  ++matcher->counts.runs;
  const int rc =
      pcre2_match(regex->code, text, subject.len, from, PCRE2_NO_UTF_CHECK,
                  matcher->data, matcher->context);
  if (rc != PCRE2_ERROR_JIT_STACKLIMIT) {
    return rc;
  }
  ++matcher->counts.jit_fallbacks;
  return pcre2_match(regex->code, text, subject.len, from,
                     PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, matcher->data,
                     matcher->context);
}

DgStatus
dg_regex_match(const DgRegex *regex, DgMatcher *matcher, DgStr subject,
               size_t from, DgSpan *spans, size_t n_spans)
{
  const int rc = run(regex, matcher, subject, from);
  if (rc == PCRE2_ERROR_NOMATCH) {
    return DG_NO_MATCH;
  }
  if (rc < 0) {
    ++matcher->counts.limits;
    return rc == PCRE2_ERROR_NOMEMORY ? DG_NO_MEMORY : DG_LIMIT;
  }
  const PCRE2_SIZE *const ends = pcre2_get_ovector_pointer(matcher->data);
  for (size_t i = 0; i < n_spans; ++i) {
    const bool set = i < (size_t)rc && ends[2 * i] != PCRE2_UNSET;
    spans[i].begin = set ? ends[2 * i] : SIZE_MAX;
    spans[i].end = set ? ends[2 * i + 1] : SIZE_MAX;
  }
  return DG_OK;
}

typedef struct {
  DgRegexReach *reach;
  size_t pattern_end;
} Trace;

static int
note_reach(pcre2_callout_block *block, void *data)
{
  const Trace *const trace = data;
  DgRegexReach *const reach = trace->reach;
  const size_t at = block->pattern_position;
  if (at < trace->pattern_end &&
      (at > reach->pattern_at ||
       (at == reach->pattern_at &&
        block->current_position > reach->subject_at))) {
    reach->subject_at = block->current_position;
    reach->pattern_at = at;
  }
  return 0;
}

/* Whether some attempt gets through the first `n` bytes of the subject. */
static bool
gets_through(const DgRegex *regex, DgMatcher *matcher, DgStr subject, size_t n)
{
  return pcre2_match(regex->code, (PCRE2_SPTR)subject.ptr, n, 0,
                     PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT | PCRE2_PARTIAL_HARD,
                     matcher->data, matcher->context) == PCRE2_ERROR_PARTIAL;
}

/* Without callouts: the longest beginning of the subject to get through. */
static size_t
longest_beginning(const DgRegex *regex, DgMatcher *matcher, DgStr subject)
{
  size_t low = 0;
  size_t high = subject.len;
  while (low < high) {
    size_t middle = low + (high - low + 1) / 2;
    while (middle < high &&
           ((unsigned char)subject.ptr[middle] & 0xC0) == 0x80) {
      ++middle;
    }
    if (gets_through(regex, matcher, subject, middle)) {
      low = middle;
    } else {
      do {
        --middle;
      } while (middle > low &&
               ((unsigned char)subject.ptr[middle] & 0xC0) == 0x80);
      high = middle;
    }
  }
  return low;
}

DgStatus
dg_regex_trace(const DgRegex *regex, DgMatcher *matcher, DgStr subject,
               size_t pattern_end, DgRegexReach *reach)
{
  Trace trace = { reach, pattern_end };
  *reach = (DgRegexReach){ 0, 0 };
  (void)pcre2_set_callout(matcher->context, note_reach, &trace);
  const int rc = run(regex, matcher, subject, 0);
  (void)pcre2_set_callout(matcher->context, NULL, NULL);
  if (rc == PCRE2_ERROR_NOMATCH && !regex->callouts) {
    reach->subject_at = longest_beginning(regex, matcher, subject);
  }
  return rc >= 0 ? DG_OK : rc == PCRE2_ERROR_NOMATCH ? DG_NO_MATCH : DG_LIMIT;
}
