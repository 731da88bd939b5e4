/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/words.h"

#include "values/words_table.h"

enum { COUNT = sizeof words / sizeof *words };

uint16_t
dg_word_find(const char *text, size_t len)
{
  uint32_t hash = 2166136261U; /* FNV-1a; words.py does the same */
  for (size_t i = 0; i < len; ++i) {
    hash = (hash ^ (unsigned char)text[i]) * 16777619U;
  }
  hash ^= hash >> 15;
  for (uint32_t slot = hash % SLOTS;; slot = (slot + 1) % SLOTS) {
    const uint16_t found = slots[slot];
    if (!found) {
      return 0;
    }
    const DgWord *const word = &words[found - 1];
    if (word->len == len && !memcmp(word->text, text, len)) {
      return found;
    }
  }
}

/* True when the entry after `at` is another meaning of the same word. */
static bool
goes_on(size_t at)
{
  return at + 1 < COUNT && words[at + 1].len == words[at].len &&
         !memcmp(words[at + 1].text, words[at].text, words[at].len);
}

unsigned
dg_word_langs(uint16_t word)
{
  unsigned langs = 0;
  for (size_t at = word - 1U;; ++at) {
    langs |= words[at].langs;
    if (!goes_on(at)) {
      return langs;
    }
  }
}

const DgWord *
dg_word_as(uint16_t word, DgWordClass class, unsigned langs)
{
  if (!word) {
    return NULL;
  }
  for (size_t at = word - 1U;; ++at) {
    if (words[at].class == class && (words[at].langs & langs)) {
      return &words[at];
    }
    if (!goes_on(at)) {
      return NULL;
    }
  }
}

uint32_t
dg_word_classes(uint16_t word, unsigned langs)
{
  uint32_t classes = 0;
  if (!word) {
    return 0;
  }
  for (size_t at = word - 1U;; ++at) {
    if (words[at].langs & langs) {
      classes |= 1U << words[at].class;
    }
    if (!goes_on(at)) {
      return classes;
    }
  }
}

const DgPlace *
dg_word_places(size_t *n)
{
  *n = sizeof places / sizeof *places;
  return places;
}

const DgPair *
dg_word_pair(int32_t name, const char *country)
{
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; ++i) {
    if (pairs[i].name == name && !strcmp(pairs[i].country, country)) {
      return &pairs[i];
    }
  }
  return NULL;
}
