/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/entity.h"

#include "base/utf8.h"

/*
 * Legal forms as they end a name, folded, points gone, in byte order. The key
 * must be the same in every run and release, whatever the lexicon says, so
 * they stand here. Source: ISO 20275 (entity legal forms) and their usual
 * abbreviations.
 */
static const char *const legal_forms[] = {
  "a s",     "ab",   "ag",          "aktiengesellschaft",
  "aps",     "as",   "asa",         "berhad",
  "bhd",     "bv",   "bvba",        "co",
  "company", "corp", "corporation", "eurl",
  "ev",      "gmbh", "inc",         "incorporated",
  "jsc",     "kg",   "kgaa",        "kk",
  "limited", "llc",  "llp",         "lp",
  "ltd",     "ltda", "mbh",         "nv",
  "nyrt",    "ojsc", "ooo",         "oy",
  "oyj",     "pao",  "pjsc",        "plc",
  "private", "pte",  "pty",         "publ",
  "pvt",     "sa",   "sarl",        "sas",
  "sasu",    "sca",  "se",          "sl",
  "snc",     "spa",  "sprl",        "srl",
  "srl",     "tbk",  "ug",          "zao"
};

enum { LEGAL_FORMS = sizeof legal_forms / sizeof *legal_forms };

static bool
is_legal_form(DgStr word)
{
  for (size_t i = 0; i < LEGAL_FORMS; ++i) {
    if (dg_str_equal(word, dg_str(legal_forms[i]))) {
      return true;
    }
  }
  return false;
}

/* Where a word of letters ends and is worth a space. */
typedef struct {
  char *out;
  size_t len;
  bool gap; /* a separator came since the last letter */
} Writer;

static void
write_folded(Writer *w, const char *folded, size_t n)
{
  if (w->gap && w->len) {
    w->out[w->len++] = ' ';
  }
  w->gap = false;
  memcpy(w->out + w->len, folded, n);
  w->len += n;
}

/* A point between single letters joins them: "S.A." is "sa". */
static bool
joins(DgStr name, size_t at)
{
  const bool single_before =
      at >= 1 && (at < 2 || name.ptr[at - 2] == '.' ||
                  name.ptr[at - 2] == ' ' || name.ptr[at - 2] == ',');
  return name.ptr[at] == '.' && single_before;
}

static size_t
fold_name(DgStr name, char *out)
{
  Writer w = { .out = out };
  for (size_t at = 0; at < name.len;) {
    size_t size;
    const uint32_t code = dg_utf8_decode(name, at, &size);
    char folded[8];
    if (dg_utf8_is_letter(code) || (code >= '0' && code <= '9')) {
      write_folded(&w, folded, dg_utf8_fold_code(code, folded));
    } else if (code == '&' || code == '+') {
      w.gap = true;
      write_folded(&w, code == '&' ? "&" : "+", 1);
      w.gap = true;
    } else if (!joins(name, at) && code != '\'' && code != 0x2019) {
      w.gap = true;
    }
    at += size;
  }
  return w.len;
}

DgStr
dg_entity_fold(DgStr name, DgArena *arena)
{
  char *const out = dg_arena_alloc(arena, name.len * 4 + 1);
  if (!out) {
    return DG_STR_NONE;
  }
  const size_t len = fold_name(name, out);
  out[len] = '\0';
  return dg_str_n(out, len);
}

DgStr
dg_entity_key(DgStr name, DgArena *arena)
{
  const DgStr folded = dg_entity_fold(name, arena);
  const char *const out = folded.ptr;
  size_t len = folded.len;
  for (;;) {
    size_t word = len;
    while (word && out[word - 1] != ' ') {
      --word;
    }
    const DgStr last = dg_str_n(out + word, len - word);
    if (word < 2 || !(is_legal_form(last) || dg_str_equal(last, DG_STR("&")))) {
      break;
    }
    len = word - 1;
  }
  return dg_str_n(out, len);
}

const char *
dg_entity_kind_text(DgEntityKind kind)
{
  static const char *const texts[] = {
#define KIND_TEXT(name, text) text,
    DG_ENTITY_KINDS(KIND_TEXT)
#undef KIND_TEXT
  };
  return texts[kind];
}
