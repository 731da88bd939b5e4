/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/utf8.h"
#include "sparql/eval.h"

/* Longest string that a function makes. */
enum { STRING_MAX = 16 * 1024 * 1024 };

/* Argument compatibility (17.4.3.1.2): the second is plain, or has the first
 * one's language. */
static bool
compatible(const DgItem *a, const DgItem *b)
{
  return dg_item_is_text(a) && dg_item_is_text(b) &&
         (b->kind == DG_ITEM_STRING ||
          (a->kind == DG_ITEM_LANG && dg_str_equal(a->lang, b->lang)));
}

/* `text` with the kind and language of `like`. */
static DgItem
part_of(const DgItem *like, DgStr text)
{
  DgItem item = *like;
  item.id = DG_ID_NONE;
  item.text = text.ptr ? text : DG_STR("");
  return item;
}

static bool
eval_strlen(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  *out = dg_item_integer((int64_t)dg_utf8_count(args[0].text));
  return dg_item_is_text(&args[0]);
}

static bool
map_case(DgEval *eval, const DgItem *item, void (*map)(DgStr, DgBuf *),
         DgItem *out)
{
  DgBuf buf = DG_BUF_INIT;
  if (!dg_item_is_text(item)) {
    return false;
  }
  if (item->text.len) {
    map(item->text, &buf);
  }
  return dg_eval_give(eval, &buf, item, out);
}

static bool
eval_ucase(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  return map_case(eval, &args[0], dg_utf8_upper_text, out);
}

static bool
eval_lcase(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  return map_case(eval, &args[0], dg_utf8_lower_text, out);
}

static bool
eval_concat(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  DgBuf buf = DG_BUF_INIT;
  const DgItem *like = n && args[0].kind == DG_ITEM_LANG ? &args[0] : NULL;
  for (size_t i = 0; i < n; ++i) {
    if (!dg_item_is_text(&args[i]) || buf.len + args[i].text.len > STRING_MAX) {
      dg_buf_clear(&buf);
      return false;
    }
    if (like && (args[i].kind != DG_ITEM_LANG ||
                 !dg_str_equal(args[i].lang, like->lang))) {
      like = NULL;
    }
    dg_buf_add(&buf, args[i].text);
  }
  return dg_eval_give(eval, &buf, like, out);
}

static bool
eval_contains(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  if (!compatible(&args[0], &args[1])) {
    return false;
  }
  *out =
      dg_item_boolean(!args[1].text.len ||
                      dg_str_find(args[0].text, args[1].text, 0) != SIZE_MAX);
  return true;
}

static bool
eval_strstarts(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  if (!compatible(&args[0], &args[1])) {
    return false;
  }
  *out = dg_item_boolean(dg_str_starts(args[0].text, args[1].text));
  return true;
}

static bool
eval_strends(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  if (!compatible(&args[0], &args[1])) {
    return false;
  }
  *out = dg_item_boolean(dg_str_ends(args[0].text, args[1].text));
  return true;
}

static bool
eval_strbefore(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  if (!compatible(&args[0], &args[1])) {
    return false;
  }
  const DgStr text = args[0].text;
  const size_t at = args[1].text.len ? dg_str_find(text, args[1].text, 0) : 0;
  *out = at == SIZE_MAX ? dg_item_string(DG_STR(""))
                        : part_of(&args[0], dg_str_sub(text, 0, at));
  return true;
}

static bool
eval_strafter(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  (void)n;
  if (!compatible(&args[0], &args[1])) {
    return false;
  }
  const DgStr text = args[0].text;
  const size_t at = args[1].text.len ? dg_str_find(text, args[1].text, 0) : 0;
  *out = at == SIZE_MAX
             ? dg_item_string(DG_STR(""))
             : part_of(&args[0],
                       dg_str_sub(text, at + args[1].text.len, text.len));
  return true;
}

static bool
eval_encode(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)n;
  if (!dg_item_is_text(&args[0])) {
    return false;
  }
  DgBuf buf = DG_BUF_INIT;
  for (size_t i = 0; i < args[0].text.len; ++i) {
    const unsigned char c = (unsigned char)args[0].text.ptr[i];
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       (c >= '0' && c <= '9') || (c && strchr("-_.~", c));
    if (plain) {
      dg_buf_add_char(&buf, (char)c);
    } else {
      dg_buf_printf(&buf, "%%%02X", c);
    }
  }
  return dg_eval_give(eval, &buf, NULL, out);
}

/* Byte offset of code point `n`, or the end. */
static size_t
offset_of(DgStr text, double n)
{
  size_t at = 0;
  for (double i = 0; i < n && at < text.len; ++i) {
    size_t size;
    (void)dg_utf8_decode(text, at, &size);
    at += size;
  }
  return at;
}

/* fn:substring: positions count from 1 and are rounded. */
static bool
eval_substr(DgEval *eval, const DgItem *args, size_t n, DgItem *out)
{
  (void)eval;
  if (!dg_item_is_text(&args[0]) || !dg_item_is_number(&args[1]) ||
      (n > 2 && !dg_item_is_number(&args[2]))) {
    return false;
  }
  const DgStr text = args[0].text;
  const double first = __builtin_floor(dg_item_real(&args[1]) + 0.5);
  const double count =
      n > 2 ? __builtin_floor(dg_item_real(&args[2]) + 0.5) : __builtin_inf();
  const double last = first + count; /* the first one not taken */
  if (!(last > 1) || !(first <= (double)text.len)) {
    *out = part_of(&args[0], DG_STR(""));
    return true;
  }
  const size_t begin = offset_of(text, first - 1);
  const size_t end =
      last > (double)text.len ? text.len : offset_of(text, last - 1);
  *out = part_of(&args[0], dg_str_sub(text, begin, end));
  return true;
}

const DgFunction dg_functions_string[] = {
  { "STRLEN", 1, 1, eval_strlen, NULL, false },
  { "UCASE", 1, 1, eval_ucase, NULL, false },
  { "LCASE", 1, 1, eval_lcase, NULL, false },
  { "CONCAT", 0, DG_ARGS_ANY, eval_concat, NULL, false },
  { "CONTAINS", 2, 2, eval_contains, NULL, false },
  { "STRSTARTS", 2, 2, eval_strstarts, NULL, false },
  { "STRENDS", 2, 2, eval_strends, NULL, false },
  { "STRBEFORE", 2, 2, eval_strbefore, NULL, false },
  { "STRAFTER", 2, 2, eval_strafter, NULL, false },
  { "ENCODE_FOR_URI", 1, 1, eval_encode, NULL, false },
  { "SUBSTR", 2, 3, eval_substr, NULL, false },
  { 0 },
};
