/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sparql/eval.h"
#include "sparql/iri.h"

#include <ctype.h>
#include <strings.h>

static bool
eval_str(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  DgStr text;
  if (args[0].kind == DG_ITEM_BLANK || !dg_eval_text(eval, &args[0], &text)) {
    return false;
  }
  *out = dg_item_string(text);
  return true;
}

static bool
eval_lang(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out =
      dg_item_string(args[0].kind == DG_ITEM_LANG ? args[0].lang : DG_STR(""));
  return dg_item_is_literal(&args[0]);
}

/* Basic filtering of RFC 4647, section 3.3.1. */
static bool
eval_lang_matches(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  if (args[0].kind != DG_ITEM_STRING || args[1].kind != DG_ITEM_STRING) {
    return false;
  }
  const DgStr tag = args[0].text;
  const DgStr range = args[1].text;
  const bool any = dg_str_equal(range, DG_STR("*"));
  const bool prefix = tag.len >= range.len && range.len &&
                      !strncasecmp(tag.ptr, range.ptr, range.len) &&
                      (tag.len == range.len || tag.ptr[range.len] == '-');
  *out = dg_item_boolean(any ? tag.len > 0 : prefix);
  return true;
}

static bool
eval_datatype(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_iri(dg_item_type(&args[0]));
  return dg_item_is_literal(&args[0]);
}

static bool
eval_iri(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  if (args[0].kind == DG_ITEM_IRI) {
    *out = args[0];
    return true;
  }
  if (args[0].kind != DG_ITEM_STRING) {
    return false;
  }
  for (size_t i = 0; i < args[0].text.len; ++i) {
    const unsigned char c = (unsigned char)args[0].text.ptr[i];
    if (c <= 32 || strchr("<>\"{}|^`\\", c)) {
      return false;
    }
  }
  const DgStr iri = dg_iri_resolve(eval->arena, eval->base, args[0].text);
  *out = dg_item_iri(iri);
  return dg_iri_absolute(iri);
}

static bool
eval_bnode(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  if (n && args[0].kind != DG_ITEM_STRING) {
    return false;
  }
  /* One label is one node within a solution, another in the next. */
  char *const label =
      n ? dg_arena_printf(eval->arena, "n%llux%016llx",
                          (unsigned long long)eval->solution,
                          (unsigned long long)dg_str_hash(args[0].text))
        : dg_arena_printf(eval->arena, "f%llu",
                          (unsigned long long)++eval->fresh);
  DgTerm term;
  const DgStatus status =
      label ? dg_terms_blank(eval->terms, eval->arena, dg_str(label), &term)
            : DG_NO_MEMORY;
  if (status != DG_OK) {
    return dg_eval_fail(eval, status);
  }
  *out = (DgItem){ .kind = DG_ITEM_BLANK, .text = term.value };
  return true;
}

static bool
eval_strdt(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  if (args[0].kind != DG_ITEM_STRING || args[1].kind != DG_ITEM_IRI) {
    return false;
  }
  const DgTerm term = dg_term_typed(args[0].text, args[1].text);
  dg_item_read(&term, out);
  return true;
}

static bool
is_tag(DgStr tag)
{
  size_t run = 0;
  for (size_t i = 0; i < tag.len; ++i) {
    const unsigned char c = (unsigned char)tag.ptr[i];
    if (c == '-' ? !run : !(c < 128 && isalnum(c)) || ++run > 8) {
      return false;
    }
    run = c == '-' ? 0 : run;
  }
  return run > 0;
}

static bool
eval_strlang(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  if (args[0].kind != DG_ITEM_STRING || args[1].kind != DG_ITEM_STRING ||
      !is_tag(args[1].text)) {
    return false;
  }
  const DgStr tag = dg_arena_copy(eval->arena, args[1].text);
  char *const lower = (char *)(uintptr_t)tag.ptr;
  if (!lower) {
    return dg_eval_fail(eval, DG_NO_MEMORY);
  }
  for (size_t i = 0; i < tag.len; ++i) {
    lower[i] = (char)tolower((unsigned char)lower[i]);
  }
  *out = (DgItem){ .kind = DG_ITEM_LANG, .text = args[0].text, .lang = tag };
  return true;
}

static bool
eval_same_term(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  DgItem a = args[0];
  DgItem b = args[1];
  if (a.id && a.id == b.id) {
    *out = dg_item_boolean(true);
    return true;
  }
  if (!dg_item_write(&a, eval->arena) || !dg_item_write(&b, eval->arena)) {
    return dg_eval_fail(eval, DG_NO_MEMORY);
  }
  const DgTerm x = dg_item_term(&a);
  const DgTerm y = dg_item_term(&b);
  *out = dg_item_boolean(dg_term_equal(&x, &y));
  return true;
}

static bool
eval_is_iri(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_boolean(args[0].kind == DG_ITEM_IRI);
  return true;
}

static bool
eval_is_blank(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_boolean(args[0].kind == DG_ITEM_BLANK);
  return true;
}

static bool
eval_is_literal(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_boolean(dg_item_is_literal(&args[0]));
  return true;
}

static bool
eval_is_numeric(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_boolean(dg_item_is_number(&args[0]));
  return true;
}

static DgStr
new_uuid(DgEval *eval)
{
  const uint64_t a = dg_eval_random(eval);
  const uint64_t b = dg_eval_random(eval);
  /* RFC 4122, section 4.4: version 4, variant 10. */
  return dg_str(dg_arena_printf(
      eval->arena, "urn:uuid:%08llx-%04llx-4%03llx-%04llx-%012llx",
      (unsigned long long)(a >> 32), (unsigned long long)(a >> 16 & 0xFFFF),
      (unsigned long long)(a & 0xFFF),
      (unsigned long long)((b >> 48 & 0x3FFF) | 0x8000),
      (unsigned long long)(b & 0xFFFFFFFFFFFF)));
}

static bool
eval_uuid(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)args;
  (void)n;
  *out = dg_item_iri(new_uuid(eval));
  return out->text.ptr || dg_eval_fail(eval, DG_NO_MEMORY);
}

static bool
eval_struuid(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)args;
  (void)n;
  const DgStr uuid = new_uuid(eval);
  *out = dg_item_string(dg_str_sub(uuid, 9, uuid.len));
  return uuid.ptr || dg_eval_fail(eval, DG_NO_MEMORY);
}

const DgFunction dg_functions_term[] = {
  { "STR", 1, 1, eval_str, NULL, false },
  { "LANG", 1, 1, eval_lang, NULL, false },
  { "LANGMATCHES", 2, 2, eval_lang_matches, NULL, false },
  { "DATATYPE", 1, 1, eval_datatype, NULL, false },
  { "IRI", 1, 1, eval_iri, NULL, false },
  { "URI", 1, 1, eval_iri, NULL, false },
  { "BNODE", 0, 1, eval_bnode, NULL, true },
  { "STRDT", 2, 2, eval_strdt, NULL, false },
  { "STRLANG", 2, 2, eval_strlang, NULL, false },
  { "SAMETERM", 2, 2, eval_same_term, NULL, false },
  { "ISIRI", 1, 1, eval_is_iri, NULL, false },
  { "ISURI", 1, 1, eval_is_iri, NULL, false },
  { "ISBLANK", 1, 1, eval_is_blank, NULL, false },
  { "ISLITERAL", 1, 1, eval_is_literal, NULL, false },
  { "ISNUMERIC", 1, 1, eval_is_numeric, NULL, false },
  { "UUID", 0, 0, eval_uuid, NULL, true },
  { "STRUUID", 0, 0, eval_struuid, NULL, true },
  { 0 },
};
