/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/language.h"

#include "base/utf8.h"

#include <stdlib.h>

enum {
  FR = 1,
  EN = 2,
  DE = 4,
  ES = 8,
  IT = 16,
  PT = 32,
  NL = 64,
  N_LANGUAGES = 7,
  WORD_MAX = 7,
  READ_MAX = 4096,
  ENOUGH = 3 /**< function words that make a language */
};

typedef struct {
  char word[WORD_MAX + 1]; /**< folded: lower case, no accents */
  uint8_t languages;
} FunctionWord;

/** Sorted by word. */
static const FunctionWord words[] = {
  { "a", FR | EN | ES | IT | PT },
  { "about", EN },
  { "after", EN },
  { "al", ES | IT },
  { "also", EN | DE },
  { "an", EN | DE },
  { "and", EN },
  { "ao", PT },
  { "are", EN },
  { "as", EN | PT },
  { "at", EN },
  { "au", FR },
  { "auf", DE },
  { "aux", FR },
  { "avec", FR },
  { "be", EN },
  { "bei", DE },
  { "but", EN },
  { "by", EN },
  { "c", FR },
  { "ce", FR },
  { "che", IT },
  { "com", PT },
  { "como", ES | PT },
  { "con", ES | IT },
  { "d", FR },
  { "da", IT | PT },
  { "dans", FR },
  { "das", DE | PT },
  { "de", FR | ES | PT | NL },
  { "dei", IT },
  { "del", ES | IT },
  { "della", IT },
  { "dem", DE },
  { "den", DE },
  { "der", DE },
  { "des", FR | DE },
  { "di", IT },
  { "die", DE | NL },
  { "do", PT | EN },
  { "dos", PT },
  { "du", FR },
  { "e", IT | PT },
  { "een", NL },
  { "ein", DE },
  { "eine", DE },
  { "el", ES },
  { "elle", FR },
  { "em", PT },
  { "en", FR | ES | NL },
  { "es", ES | DE },
  { "est", FR },
  { "et", FR },
  { "for", EN },
  { "from", EN },
  { "fur", DE },
  { "gli", IT },
  { "had", EN },
  { "has", EN },
  { "have", EN },
  { "he", EN },
  { "het", NL },
  { "i", IT },
  { "il", FR | IT },
  { "im", DE },
  { "in", EN | DE | IT | NL },
  { "is", EN | NL },
  { "ist", DE },
  { "it", EN },
  { "its", EN },
  { "l", FR | IT },
  { "la", FR | ES | IT },
  { "las", ES },
  { "le", FR | IT },
  { "les", FR },
  { "leur", FR },
  { "lo", ES | IT },
  { "los", ES },
  { "mais", FR | PT },
  { "mas", ES | PT },
  { "met", NL },
  { "mit", DE },
  { "na", PT },
  { "nao", PT },
  { "ne", FR },
  { "nel", IT },
  { "nicht", DE },
  { "niet", NL },
  { "no", ES | PT | EN },
  { "non", IT | FR },
  { "not", EN },
  { "o", PT },
  { "of", EN | NL },
  { "on", EN | FR },
  { "op", NL },
  { "os", PT },
  { "ou", FR | PT },
  { "over", EN | NL },
  { "par", FR },
  { "para", ES | PT },
  { "pas", FR },
  { "per", IT },
  { "plus", FR },
  { "por", ES | PT },
  { "pour", FR },
  { "qu", FR },
  { "que", FR | ES | PT },
  { "qui", FR },
  { "s", FR | EN },
  { "sa", FR },
  { "said", EN },
  { "se", FR | ES | IT | PT },
  { "ses", FR },
  { "si", IT | ES | FR },
  { "sich", DE },
  { "son", FR },
  { "sono", IT },
  { "sont", FR },
  { "su", ES },
  { "sur", FR },
  { "te", NL },
  { "than", EN },
  { "that", EN },
  { "the", EN },
  { "their", EN },
  { "this", EN },
  { "to", EN },
  { "um", PT | DE },
  { "uma", PT },
  { "un", FR | ES | IT },
  { "una", ES | IT },
  { "und", DE },
  { "une", FR },
  { "van", NL },
  { "von", DE },
  { "voor", NL },
  { "was", EN | DE },
  { "we", EN | NL },
  { "which", EN },
  { "will", EN },
  { "with", EN },
  { "y", ES },
  { "zijn", NL },
  { "zu", DE },
};

static int
compare_word(const void *key, const void *item)
{
  return strcmp(key, ((const FunctionWord *)item)->word);
}

/** Words met, and letters of scripts that French and English lack. */
typedef struct {
  unsigned hits[N_LANGUAGES];
  size_t latin;
  size_t foreign;
} Counts;

static void
count_word(Counts *counts, const char *word)
{
  const FunctionWord *const found = bsearch(
      word, words, sizeof words / sizeof *words, sizeof *words, compare_word);
  for (unsigned i = 0; found && i < N_LANGUAGES; ++i) {
    counts->hits[i] += found->languages >> i & 1U;
  }
}

/** A word being gathered, folded; cut when it is longer than any we know. */
typedef struct {
  char text[WORD_MAX + 9];
  size_t len;
  bool too_long;
} Word;

/** Add the code point if it is a letter. @return false if it is none. */
static bool
add_letter(Word *word, Counts *counts, uint32_t code)
{
  const bool ascii = code < 0x80;
  const uint32_t lower = code | 0x20U;
  if (ascii ? lower < 'a' || lower > 'z' : !dg_utf8_is_letter(code)) {
    return false;
  }
  ++*(code < 0x250 ? &counts->latin : &counts->foreign);
  if (word->len > WORD_MAX) {
    word->too_long = true;
  } else if (ascii) {
    word->text[word->len++] = (char)lower;
  } else {
    word->len += dg_utf8_fold_code(code, word->text + word->len);
  }
  return true;
}

static void
end_word(Word *word, Counts *counts)
{
  if (word->len && word->len <= WORD_MAX && !word->too_long) {
    word->text[word->len] = '\0';
    count_word(counts, word->text);
  }
  word->len = 0;
  word->too_long = false;
}

static void
count_words(Counts *counts, DgStr text)
{
  Word word = { .len = 0 };
  for (size_t i = 0, size; i < text.len; i += size) {
    if (!add_letter(&word, counts, dg_utf8_decode(text, i, &size))) {
      end_word(&word, counts);
    }
  }
  end_word(&word, counts);
}

DgLang
dg_language_of(DgStr text)
{
  Counts counts = { { 0 }, 0, 0 };
  count_words(&counts, dg_str_sub(text, 0, READ_MAX));
  if (counts.foreign > counts.latin) {
    return DG_LANG_OTHER;
  }
  unsigned best = 0;
  for (unsigned i = 1; i < N_LANGUAGES; ++i) {
    best = counts.hits[i] > counts.hits[best] ? i : best;
  }
  if (counts.hits[best] < ENOUGH) {
    return DG_LANG_NONE;
  }
  return best == 0 ? DG_LANG_FR : best == 1 ? DG_LANG_EN : DG_LANG_OTHER;
}
