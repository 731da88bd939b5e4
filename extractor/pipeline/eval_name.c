/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline/eval_name.h"

#include "base/utf8.h"

static bool
is_kept(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '&' ||
         c == '+';
}

/** "œ" has no decomposition, and a typographic apostrophe is no letter. */
static void
add_plain(DgStr text, DgBuf *out)
{
  size_t size;
  for (size_t at = 0; at < text.len; at += size) {
    const uint32_t code = dg_utf8_decode(text, at, &size);
    if (code == 0x152 || code == 0x153) {
      dg_buf_add(out, DG_STR("oe"));
    } else {
      dg_buf_add_code(out, code);
    }
  }
}

DgStr
dg_eval_fold(DgArena *arena, DgStr text)
{
  DgBuf plain = DG_BUF_INIT;
  DgBuf bare = DG_BUF_INIT;
  add_plain(text, &plain);
  dg_utf8_bare_text(dg_buf_str(&plain), &bare);
  const bool good = !plain.failed && !bare.failed;
  DgStr out = DG_STR_NONE;
  char *const to = good ? dg_arena_alloc(arena, bare.len + 1) : NULL;
  if (to) {
    size_t n = 0;
    for (size_t i = 0; i < bare.len; ++i) {
      if (is_kept(bare.data[i])) {
        to[n++] = bare.data[i];
      } else if (n && to[n - 1] != ' ') {
        to[n++] = ' ';
      }
    }
    n -= n && to[n - 1] == ' ';
    to[n] = '\0';
    out = dg_str_n(to, n);
  }
  dg_buf_clear(&plain);
  dg_buf_clear(&bare);
  return out;
}

static bool
is_legal_form(DgStr word)
{
  static const char *const forms[] = {
    "sa",          "sas",  "sarl", "inc", "ltd",   "limited", "corp",
    "corporation", "plc",  "ag",   "nv",  "group", "co",      "groupe",
    "se",          "gmbh", "llc",  "llp", "lp",    "spa",     "company",
  };
  for (size_t i = 0; i < sizeof forms / sizeof *forms; ++i) {
    if (dg_str_equal(word, dg_str(forms[i]))) {
      return true;
    }
  }
  return false;
}

/** Cut forms that dots made several words ("S.A.") from the end. */
static DgStr
cut_spelled_form(DgStr name)
{
  static const char *const forms[] = { "s a", "n v", "l p", "s p a" };
  for (size_t i = 0; i < sizeof forms / sizeof *forms; ++i) {
    const DgStr form = dg_str(forms[i]);
    const bool whole =
        name.len == form.len ||
        (name.len > form.len && name.ptr[name.len - form.len - 1] == ' ');
    if (whole && dg_str_ends(name, form)) {
      name = dg_str_trim(dg_str_sub(name, 0, name.len - form.len));
    }
  }
  return name;
}

DgStr
dg_eval_name_key(DgArena *arena, DgStr name)
{
  const DgStr folded = dg_eval_fold(arena, name);
  char *const to = folded.ptr ? dg_arena_alloc(arena, folded.len + 1) : NULL;
  if (!to) {
    return DG_STR_NONE;
  }
  const DgStr whole = cut_spelled_form(folded);
  DgStr rest = whole;
  DgStr word;
  size_t n = 0;
  while (dg_str_cut(&rest, ' ', &word)) {
    if (!is_legal_form(word)) {
      n += n > 0;
      memcpy(to + n, word.ptr, word.len);
      n += word.len;
      to[n] = ' ';
    }
  }
  return n ? dg_str_n(to, n) : whole;
}

DgStatus
dg_eval_name_read(DgArena *arena, DgStr text, DgEvalName *name)
{
  const DgStr whole = dg_eval_name_key(arena, text);
  DG_TRY_PTR(whole.ptr);
  if (!whole.len) {
    return DG_NO_MATCH;
  }
  size_t bars = 0;
  for (size_t i = 0; i < text.len; ++i) {
    bars += text.ptr[i] == '|';
  }
  *name = (DgEvalName){ .text = dg_arena_copy(arena, text),
                        .forms = DG_NEW_ARRAY(arena, DgStr, bars + 1) };
  DG_TRY_PTR(name->text.ptr);
  DG_TRY_PTR(name->forms);
  for (size_t at = 0; name->n_forms <= bars;) {
    const size_t bar = dg_str_find(text, DG_STR("|"), at);
    const size_t end = bar == SIZE_MAX ? text.len : bar;
    const DgStr key = dg_eval_name_key(arena, dg_str_sub(text, at, end));
    DG_TRY_PTR(key.ptr);
    name->forms[name->n_forms++] = key;
    at = end + 1;
  }
  return DG_OK;
}

/** `part` stands in `whole` between blanks or ends. */
static bool
holds_words(DgStr whole, DgStr part)
{
  for (size_t at = dg_str_find(whole, part, 0); at != SIZE_MAX;
       at = dg_str_find(whole, part, at + 1)) {
    const size_t end = at + part.len;
    if ((at == 0 || whole.ptr[at - 1] == ' ') &&
        (end == whole.len || whole.ptr[end] == ' ')) {
      return true;
    }
  }
  return false;
}

static bool
forms_match(DgStr a, DgStr b)
{
  return a.len && b.len && (holds_words(a, b) || holds_words(b, a));
}

static bool
any_forms(const DgEvalName *a, const DgEvalName *b, bool (*same)(DgStr, DgStr))
{
  for (size_t i = 0; i < a->n_forms; ++i) {
    for (size_t k = 0; k < b->n_forms; ++k) {
      if (same(a->forms[i], b->forms[k])) {
        return true;
      }
    }
  }
  return false;
}

bool
dg_eval_name_match(const DgEvalName *a, const DgEvalName *b)
{
  return any_forms(a, b, forms_match);
}

size_t
dg_eval_name_pair(const DgEvalName *const *a, size_t n_a,
                  const DgEvalName *const *b, size_t n_b)
{
  bool taken_a[DG_EVAL_NAMES] = { false };
  bool taken_b[DG_EVAL_NAMES] = { false };
  size_t pairs = 0;
  for (int loose = 0; loose < 2; ++loose) {
    for (size_t i = 0; i < n_a; ++i) {
      for (size_t k = 0; k < n_b && !taken_a[i]; ++k) {
        if (!taken_b[k] &&
            any_forms(a[i], b[k], loose ? forms_match : dg_str_equal)) {
          taken_a[i] = taken_b[k] = true;
          ++pairs;
        }
      }
    }
  }
  return pairs;
}
