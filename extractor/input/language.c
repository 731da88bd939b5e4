/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/language.h"

#include "base/utf8.h"

#include <endian.h>
#include <string.h>

enum {
  FR = 1,
  EN = 2,
  DE = 4,
  ES = 8,
  IT = 16,
  PT = 32,
  NL = 64,
  CA = 128,
  DA = 256, /**< Danish, Norwegian and Swedish together */
  RO = 512,
  N_LANGUAGES = 10,
  WORD_MAX = 7, /**< a word and its end are eight bytes */
  READ_MAX = 4096,
  ENOUGH = 3,        /**< function words that make a language */
  WORDS_MIN = 25,    /**< from so many words on, their share counts too */
  WORDS_PER_HIT = 7, /**< more words for one known are another language */
  WEIGHT = 12        /**< of a word that one language only has */
};

typedef struct {
  char word[WORD_MAX + 1]; /**< folded: lower case, no accents */
  uint16_t languages;
} FunctionWord;

/** Sorted by word. */
static const FunctionWord words[] = {
  { "a", FR | EN | ES | IT | PT | CA | RO },
  { "about", EN },
  { "af", DA },
  { "after", EN },
  { "al", ES | IT | CA },
  { "also", EN | DE },
  { "amb", CA },
  { "an", EN | DE },
  { "and", EN },
  { "ao", PT },
  { "ar", DA },
  { "are", EN },
  { "as", EN | PT },
  { "at", EN | DA },
  { "att", DA },
  { "au", FR | RO },
  { "auf", DE },
  { "aux", FR },
  { "av", DA },
  { "avec", FR },
  { "be", EN },
  { "bei", DE },
  { "but", EN },
  { "by", EN },
  { "c", FR },
  { "ca", RO },
  { "care", RO },
  { "ce", FR },
  { "cel", RO },
  { "che", IT },
  { "com", PT },
  { "como", ES | PT },
  { "con", ES | IT },
  { "cu", RO },
  { "d", FR | CA },
  { "da", IT | PT },
  { "dans", FR },
  { "das", DE | PT },
  { "de", FR | ES | PT | NL | CA | DA | RO },
  { "dei", IT },
  { "del", ES | IT | CA },
  { "della", IT },
  { "dels", CA },
  { "dem", DE },
  { "den", DE | DA },
  { "der", DE | DA },
  { "des", FR | DE },
  { "det", DA },
  { "di", IT },
  { "die", DE | NL },
  { "din", RO },
  { "do", PT | EN },
  { "dos", PT },
  { "du", FR },
  { "e", IT | PT },
  { "een", NL },
  { "ein", DE },
  { "eine", DE },
  { "el", ES | CA },
  { "elle", FR },
  { "els", CA },
  { "em", PT },
  { "en", FR | ES | NL | CA | DA },
  { "er", DA | DE },
  { "es", ES | DE | CA },
  { "est", FR },
  { "este", RO },
  { "et", FR | DA },
  { "fi", RO },
  { "for", EN | DA },
  { "fost", RO },
  { "fra", DA },
  { "from", EN },
  { "fur", DE },
  { "gli", IT },
  { "ha", CA | IT | ES },
  { "had", EN },
  { "har", DA },
  { "has", EN },
  { "have", EN },
  { "he", EN },
  { "het", NL },
  { "i", IT | CA | DA },
  { "ikke", DA },
  { "il", FR | IT },
  { "im", DE },
  { "in", EN | DE | IT | NL | RO },
  { "inte", DA },
  { "is", EN | NL },
  { "ist", DE },
  { "it", EN },
  { "its", EN },
  { "l", FR | IT | CA },
  { "la", FR | ES | IT | CA | RO },
  { "las", ES },
  { "le", FR | IT },
  { "les", FR | CA },
  { "leur", FR },
  { "lo", ES | IT },
  { "los", ES },
  { "lui", RO },
  { "mai", RO },
  { "mais", FR | PT },
  { "mas", ES | PT },
  { "med", DA },
  { "met", NL },
  { "mit", DE },
  { "na", PT },
  { "nao", PT },
  { "ne", FR },
  { "nel", IT },
  { "nicht", DE },
  { "niet", NL },
  { "no", ES | PT | EN | CA },
  { "non", IT | FR },
  { "not", EN },
  { "nu", RO },
  { "o", PT | RO },
  { "och", DA },
  { "of", EN | NL },
  { "og", DA },
  { "om", DA | NL },
  { "on", EN | FR },
  { "op", NL },
  { "os", PT },
  { "ou", FR | PT },
  { "over", EN | NL },
  { "pa", DA },
  { "par", FR },
  { "para", ES | PT },
  { "pas", FR },
  { "pe", RO },
  { "pentru", RO },
  { "per", IT | CA },
  { "plus", FR },
  { "por", ES | PT },
  { "pour", FR },
  { "prin", RO },
  { "qu", FR },
  { "que", FR | ES | PT | CA },
  { "qui", FR },
  { "s", FR | EN | CA },
  { "sa", FR },
  { "said", EN },
  { "sau", RO },
  { "se", FR | ES | IT | PT | CA | RO },
  { "ses", FR },
  { "si", IT | ES | FR | CA | RO },
  { "sich", DE },
  { "som", DA },
  { "son", FR },
  { "sono", IT },
  { "sont", FR },
  { "su", ES },
  { "sunt", RO },
  { "sur", FR },
  { "te", NL },
  { "than", EN },
  { "that", EN },
  { "the", EN },
  { "their", EN },
  { "this", EN },
  { "til", DA },
  { "till", DA },
  { "to", EN },
  { "um", PT | DE },
  { "uma", PT },
  { "un", FR | ES | IT | CA | RO },
  { "una", ES | IT | CA },
  { "und", DE },
  { "une", FR },
  { "van", NL },
  { "var", DA },
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

/** A word as one number, in the order of strcmp. */
static uint64_t
number_of(const char word[WORD_MAX + 1])
{
  uint64_t number;
  memcpy(&number, word, sizeof number);
  return be64toh(number);
}

static const FunctionWord *
find_word(const char word[WORD_MAX + 1])
{
  const uint64_t wanted = number_of(word);
  size_t low = 0;
  size_t n = sizeof words / sizeof *words;
  while (n > 1) {
    const size_t half = n / 2;
    low += number_of(words[low + half].word) <= wanted ? half : 0;
    n -= half;
  }
  return number_of(words[low].word) == wanted ? &words[low] : NULL;
}

/** Words met, and letters of scripts that French and English lack. */
typedef struct {
  unsigned hits[N_LANGUAGES];
  unsigned scores[N_LANGUAGES]; /**< a word counts less the more share it */
  unsigned words;
  size_t latin;
  size_t foreign;
} Counts;

static void
count_word(Counts *counts, const char *word)
{
  const FunctionWord *const found = find_word(word);
  if (!found) {
    return;
  }
  const unsigned weight =
      WEIGHT / (unsigned)__builtin_popcount(found->languages);
  for (unsigned i = 0; i < N_LANGUAGES; ++i) {
    const unsigned has = found->languages >> i & 1U;
    counts->hits[i] += has;
    counts->scores[i] += has * weight;
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
  counts->words += word->len > 0;
  if (word->len && word->len <= WORD_MAX && !word->too_long) {
    memset(word->text + word->len, 0, WORD_MAX + 1 - word->len);
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

/** Too few known words for so long a text to be French or English. */
static bool
is_foreign(const Counts *counts, unsigned best)
{
  return counts->foreign > counts->latin ||
         (counts->words >= WORDS_MIN &&
          counts->hits[best] * WORDS_PER_HIT < counts->words);
}

/**
 * The language with the highest score. A tie is no French: that has words of
 * its own in every line. English is before the others: "a" and "in" alone make
 * no Romanian.
 */
static unsigned
best_of(const Counts *counts)
{
  unsigned best = 0;
  for (unsigned i = 1; i < N_LANGUAGES; ++i) {
    const bool more = counts->scores[i] > counts->scores[best];
    const bool tie = best == 0 && counts->scores[i] == counts->scores[best];
    best = more || tie ? i : best;
  }
  return best;
}

static DgLang
language_at(unsigned index)
{
  return index == 0 ? DG_LANG_FR : index == 1 ? DG_LANG_EN : DG_LANG_OTHER;
}

DgLang
dg_language_of(DgStr text)
{
  Counts counts = { .words = 0 };
  count_words(&counts, dg_str_sub(text, 0, READ_MAX));
  const unsigned best = best_of(&counts);
  if (is_foreign(&counts, best)) {
    return DG_LANG_OTHER;
  }
  return counts.hits[best] < ENOUGH ? DG_LANG_NONE : language_at(best);
}

DgLang
dg_language_of_few(DgStr text)
{
  Counts counts = { .words = 0 };
  count_words(&counts, dg_str_sub(text, 0, READ_MAX));
  const unsigned french = counts.scores[0];
  const unsigned english = counts.scores[1];
  if (counts.words >= WORDS_MIN || french == english) {
    return DG_LANG_NONE;
  }
  const unsigned better = english > french;
  for (unsigned i = 2; i < N_LANGUAGES; ++i) {
    if (counts.scores[i] > counts.scores[better]) {
      return DG_LANG_NONE;
    }
  }
  return language_at(better);
}
