/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "entity/entity.h"

#include <stdlib.h>

/*
 * Two names are cut into words; legal forms at either end, "the", "and" and
 * "&" go, numbers become digits. What is left is compared letter by letter
 * (optimal string alignment: insert, delete, replace, swap), with as many
 * slips allowed as the length can bear.
 */
enum {
  WORDS_MAX = 32,
  LETTERS_MAX = 200 /* bytes compared */
};

typedef struct {
  DgStr words[WORDS_MAX];
  size_t n;
} Words;

/* Legal forms of several words, folded; longer before shorter. ISO 20275. */
static const char *const phrases[] = { "gesellschaft mit beschrankter haftung",
                                       "societatea cu raspundere limitata",
                                       "societe a responsabilite limitee",
                                       "societe par actions simplifiee",
                                       "public joint stock company",
                                       "open joint stock company",
                                       "limited liability company",
                                       "public limited company",
                                       "joint stock company",
                                       "societe anonyme",
                                       "national association",
                                       "sp z oo",
                                       "de cv",
                                       "pte ltd" };

static const char *const forms[] = { "ab",
                                     "ag",
                                     "akg",
                                     "aktiengesellschaft",
                                     "aktiengeselschaft",
                                     "as",
                                     "asa",
                                     "bv",
                                     "bvba",
                                     "co",
                                     "company",
                                     "corp",
                                     "corporation",
                                     "gmbh",
                                     "inc",
                                     "incorporated",
                                     "jsc",
                                     "kg",
                                     "limited",
                                     "llc",
                                     "llp",
                                     "lp",
                                     "ltd",
                                     "mbh",
                                     "na",
                                     "nv",
                                     "oao",
                                     "ojsc",
                                     "ooo",
                                     "oy",
                                     "oyj",
                                     "pao",
                                     "pjsc",
                                     "plc",
                                     "pt",
                                     "pte",
                                     "pty",
                                     "sa",
                                     "sarl",
                                     "sas",
                                     "se",
                                     "sl",
                                     "spa",
                                     "srl",
                                     "zao",
                                     "incorporation" };

static const struct {
  const char *word;
  const char *digits;
} numbers[] = { { "one", "1" },
                { "two", "2" },
                { "three", "3" },
                { "four", "4" },
                { "five", "5" },
                { "six", "6" },
                { "seven", "7" },
                { "eight", "8" },
                { "nine", "9" },
                { "ten", "10" },
                { "first", "1" },
                { "1st", "1" },
                { "second", "2" },
                { "2nd", "2" },
                { "third", "3" },
                { "3rd", "3" },
                { "intl", "international" },
                { "premier", "1" },
                { "premiere", "1" } };

static const char *const tens[] = { "twenty", "thirty",  "forty",  "fifty",
                                    "sixty",  "seventy", "eighty", "ninety" };

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool
is_form(DgStr word)
{
  for (size_t i = 0; i < COUNT(forms); ++i) {
    if (dg_str_equal(word, dg_str(forms[i]))) {
      return true;
    }
  }
  return false;
}

static bool
is_small(DgStr word)
{
  return dg_str_equal(word, DG_STR("the")) ||
         dg_str_equal(word, DG_STR("and")) || dg_str_equal(word, DG_STR("&")) ||
         dg_str_equal(word, DG_STR("et"));
}

/* Words of a phrase at `at`; 0 when it does not stand there. */
static size_t
phrase_at(const Words *w, size_t at, const char *phrase)
{
  DgStr rest = dg_str(phrase);
  DgStr word;
  size_t n = 0;
  while (dg_str_cut(&rest, ' ', &word)) {
    if (at + n >= w->n || !dg_str_equal(w->words[at + n], word)) {
      return 0;
    }
    ++n;
  }
  return n;
}

static void
remove_words(Words *w, size_t at, size_t n)
{
  memmove(&w->words[at], &w->words[at + n], (w->n - at - n) * sizeof *w->words);
  w->n -= n;
}

/* Take legal forms off both ends, as long as a word is left. */
static void
strip_forms(Words *w)
{
  for (size_t i = 0; i < COUNT(phrases); ++i) {
    const size_t n = phrase_at(w, 0, phrases[i]);
    if (n && n < w->n) {
      remove_words(w, 0, n);
    }
    for (size_t at = 1; at < w->n; ++at) {
      const size_t m = phrase_at(w, at, phrases[i]);
      if (m && at + m == w->n) {
        w->n = at;
      }
    }
  }
  while (w->n > 1 && is_form(w->words[w->n - 1])) {
    --w->n;
  }
  while (w->n > 1 && is_form(w->words[0])) {
    remove_words(w, 0, 1);
  }
}

static void
add_word(Words *w, DgStr word)
{
  if (w->n == WORDS_MAX || !word.len || is_small(word)) {
    return;
  }
  for (size_t i = 0; i < COUNT(numbers); ++i) {
    if (dg_str_equal(word, dg_str(numbers[i].word))) {
      word = dg_str(numbers[i].digits);
    }
  }
  for (size_t i = 0; i < COUNT(tens); ++i) {
    if (dg_str_equal(word, dg_str(tens[i]))) {
      word = dg_str_n(&"23456789"[i], 1);
    }
  }
  w->words[w->n++] = word;
}

/*
 * Where a name's parenthesis stands; `none` when there is none. "Deutsche Bank
 * (Schweiz)" may be called "Deutsche Bank".
 */
static DgSpan
parenthesis(DgStr name)
{
  const size_t open = dg_str_find(name, DG_STR("("), 1);
  const size_t close =
      open == SIZE_MAX ? SIZE_MAX : dg_str_find(name, DG_STR(")"), open);
  return close == SIZE_MAX ? (DgSpan){ 0, 0 } : (DgSpan){ open, close + 1 };
}

/* Put a space before a legal form that is written together: "SiemensAG". */
static DgStr
apart(DgStr name, DgArena *arena)
{
  for (size_t at = 3; at + 2 <= name.len; ++at) {
    const bool turn = name.ptr[at - 1] >= 'a' && name.ptr[at - 1] <= 'z' &&
                      name.ptr[at] >= 'A' && name.ptr[at] <= 'Z';
    const DgStr tail = dg_str_sub(name, at, name.len);
    if (turn && tail.len < 5 && is_form(dg_entity_key(tail, arena))) {
      return dg_str(dg_arena_printf(arena, "%.*s %.*s", (int)at, name.ptr,
                                    (int)tail.len, tail.ptr));
    }
  }
  return name;
}

static bool
read_words(DgStr name, bool parentheses, DgArena *arena, Words *w)
{
  const DgSpan inner = parenthesis(name);
  if (!parentheses && inner.end) {
    name = dg_str(dg_arena_printf(arena, "%.*s %.*s", (int)inner.begin,
                                  name.ptr, (int)(name.len - inner.end),
                                  name.ptr + inner.end));
  }
  w->n = 0;
  DgStr rest = dg_entity_fold(apart(name, arena), arena);
  DgStr word;
  while (rest.len && dg_str_cut(&rest, ' ', &word)) {
    add_word(w, word);
  }
  strip_forms(w);
  return w->n > 0;
}

static size_t
least(size_t a, size_t b, size_t c)
{
  const size_t ab = a < b ? a : b;
  return ab < c ? ab : c;
}

/* Slips between two words. Cost: a->len * b->len. */
static size_t
slips(DgStr a, DgStr b)
{
  uint8_t rows[3][LETTERS_MAX + 1];
  a.len = a.len > LETTERS_MAX ? LETTERS_MAX : a.len;
  b.len = b.len > LETTERS_MAX ? LETTERS_MAX : b.len;
  for (size_t j = 0; j <= b.len; ++j) {
    rows[0][j] = (uint8_t)j;
  }
  for (size_t i = 1; i <= a.len; ++i) {
    uint8_t *const now = rows[i % 3];
    const uint8_t *const last = rows[(i - 1) % 3];
    const uint8_t *const before = rows[(i + 1) % 3];
    now[0] = (uint8_t)i;
    for (size_t j = 1; j <= b.len; ++j) {
      const size_t same = a.ptr[i - 1] == b.ptr[j - 1] ? 0 : 1;
      size_t best = least(last[j] + 1U, now[j - 1] + 1U, last[j - 1] + same);
      if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
          a.ptr[i - 2] == b.ptr[j - 1] && before[j - 2] + 1U < best) {
        best = before[j - 2] + 1U;
      }
      now[j] = (uint8_t)best;
    }
  }
  return rows[a.len % 3][b.len];
}

static DgStr
joined(const Words *w, DgArena *arena)
{
  char *const out = dg_arena_alloc(arena, LETTERS_MAX + 1);
  size_t len = 0;
  for (size_t i = 0; out && i < w->n; ++i) {
    const size_t n = w->words[i].len;
    if (len + n > LETTERS_MAX) {
      break;
    }
    memcpy(out + len, w->words[i].ptr, n);
    len += n;
  }
  return dg_str_n(out, out ? len : 0);
}

/* One word of a pair is another word, not a slip of the pen. */
static bool
has_other_word(const Words *a, const Words *b)
{
  for (size_t i = 0; i < a->n && i < b->n; ++i) {
    const size_t longer =
        a->words[i].len > b->words[i].len ? a->words[i].len : b->words[i].len;
    if (slips(a->words[i], b->words[i]) * 5 > longer * 3) {
      return true;
    }
  }
  return false;
}

/* Is one name a single word of the other's initials: "PLA"? */
static bool
are_initials(const Words *a, const Words *b)
{
  if (a->n != 1 || b->n < 3 || a->words[0].len != b->n) {
    return false;
  }
  for (size_t i = 0; i < b->n; ++i) {
    if (a->words[0].ptr[i] != b->words[i].ptr[0]) {
      return false;
    }
  }
  return true;
}

static double
compare(const Words *a, const Words *b, DgArena *arena)
{
  const DgStr x = joined(a, arena);
  const DgStr y = joined(b, arena);
  const size_t longer = x.len > y.len ? x.len : y.len;
  const size_t n = slips(x, y);
  if (!longer) {
    return 0;
  }
  if (!n) {
    return 1;
  }
  if (are_initials(a, b) || are_initials(b, a)) {
    return 0.8;
  }
  const size_t allowed = longer < 5 ? 0 : longer < 9 || a->n != b->n ? 1 : 2;
  const double share = 1 - (double)n / (double)longer;
  if (n > allowed || (a->n == b->n && has_other_word(a, b))) {
    return share * 0.7;
  }
  return 0.75 + 0.2 * share;
}

double
dg_entity_name_similarity(DgStr a, DgStr b, DgArena *arena)
{
  Words x;
  Words y;
  if (!read_words(a, true, arena, &x) || !read_words(b, true, arena, &y)) {
    return dg_str_equal(a, b) ? 1 : 0;
  }
  const double plain = compare(&x, &y, arena);
  const bool one = (parenthesis(a).end != 0) != (parenthesis(b).end != 0);
  if (!one || !read_words(a, false, arena, &x) ||
      !read_words(b, false, arena, &y)) {
    return plain;
  }
  const double without = compare(&x, &y, arena) * 0.9;
  return without > plain ? without : plain;
}
