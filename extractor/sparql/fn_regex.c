/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/eval.h"

/* Longest string that REPLACE makes. */
enum { STRING_MAX = 16 * 1024 * 1024, GROUPS = 10 };

static const DgRegex *
get_regex(DgEval *eval, const DgItem *pattern, const DgItem *flags)
{
  if (pattern->kind != DG_ITEM_STRING ||
      (flags && flags->kind != DG_ITEM_STRING)) {
    return NULL;
  }
  return dg_regex_cache_get(eval, pattern->text,
                            flags ? flags->text : DG_STR(""));
}

/* A match that needs too many steps is an error of the row's, not the end. */
static bool
eval_regex(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  const DgRegex *const regex =
      get_regex(eval, &args[1], n > 2 ? &args[2] : NULL);
  if (!regex || !dg_item_is_text(&args[0])) {
    return false;
  }
  DgSpan span;
  const DgStatus status =
      dg_regex_match(regex, eval->matcher, args[0].text, 0, &span, 1);
  *out = dg_item_boolean(status == DG_OK);
  return status == DG_OK || status == DG_NO_MATCH;
}

/* The replacement's "$1", "\$" and "\\" (fn:replace); false when ill-formed. */
static bool
add_replacement(DgBuf *buf, DgStr with, DgStr text, const DgSpan *groups)
{
  for (size_t i = 0; i < with.len; ++i) {
    const char c = with.ptr[i];
    const char next = i + 1 < with.len ? with.ptr[i + 1] : '\0';
    if (c == '\\') {
      if (next != '\\' && next != '$') {
        return false;
      }
      dg_buf_add_char(buf, next);
      ++i;
    } else if (c == '$') {
      if (next < '0' || next > '9') {
        return false;
      }
      const DgSpan group = groups[next - '0'];
      if (group.begin != SIZE_MAX) {
        dg_buf_add(buf, dg_str_sub(text, group.begin, group.end));
      }
      ++i;
    } else {
      dg_buf_add_char(buf, c);
    }
  }
  return true;
}

static bool
replace_all(DgEval *eval, const DgRegex *regex, DgStr text, DgStr with,
            bool literal, DgBuf *buf)
{
  DgSpan groups[GROUPS];
  size_t at = 0;
  for (;;) {
    const DgStatus status =
        dg_regex_match(regex, eval->matcher, text, at, groups, GROUPS);
    if (status == DG_NO_MATCH) {
      dg_buf_add(buf, dg_str_sub(text, at, text.len));
      return true;
    }
    if (status != DG_OK || groups[0].end == groups[0].begin ||
        buf->len > STRING_MAX) {
      return false;
    }
    dg_buf_add(buf, dg_str_sub(text, at, groups[0].begin));
    if (literal) {
      dg_buf_add(buf, with);
    } else if (!add_replacement(buf, with, text, groups)) {
      return false;
    }
    at = groups[0].end;
  }
}

static bool
eval_replace(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  const DgRegex *const regex =
      get_regex(eval, &args[1], n > 3 ? &args[3] : NULL);
  if (!regex || !dg_item_is_text(&args[0]) || args[2].kind != DG_ITEM_STRING) {
    return false;
  }
  DgSpan span;
  /* A pattern that matches the empty string is an error (err:FORX0003). */
  if (dg_regex_match(regex, eval->matcher, DG_STR(""), 0, &span, 1) == DG_OK) {
    return false;
  }
  const bool literal =
      n > 3 && dg_str_find(args[3].text, DG_STR("q"), 0) != SIZE_MAX;
  DgBuf buf = DG_BUF_INIT;
  if (!replace_all(eval, regex, args[0].text, args[2].text, literal, &buf)) {
    dg_buf_clear(&buf);
    return false;
  }
  return dg_eval_give(eval, &buf, &args[0], out);
}

const DgFunction dg_functions_regex[] = {
  { "REGEX", 2, 3, eval_regex, NULL, false },
  { "REPLACE", 3, 4, eval_replace, NULL, false },
  { 0 },
};
