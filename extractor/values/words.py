#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Turn words.txt into words_table.h: words.py words.txt > words_table.h

The table is sorted by word, so that a word with several meanings has its
entries in a row; the hash slots hold the first of them.
"""
import sys

LANGS = {"fr": 1, "en": 2, "*": 3}
SLOTS = 8192


def value_of(text):
    """A number, a letter, or letters packed eight bits each; ? is nothing."""
    if text == "?":
        return 0
    if text.lstrip("-").isdigit():
        return int(text)
    packed = 0
    for letter in text:
        packed = packed << 8 | ord(letter)
    return packed


def expand(word):
    stem, *endings = word.split("+")
    return [stem] + [stem + ending for ending in endings]


def hash_of(word):
    value = 2166136261
    for byte in word.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return (value ^ value >> 15) & (SLOTS - 1)


def add(entries, word, kind, value, lang):
    key = (word, kind.upper(), value)
    entries[key] = entries.get(key, 0) | LANGS[lang]


def print_currencies(names, places, pairs):
    """The tables of countries by several words, and of shared names."""
    print("\nstatic const DgPlace places[] = {")
    for phrase, country in places:
        print('  { "%s", "%s" },' % (phrase, country))
    print("};\n\nstatic const DgPair pairs[] = {")
    for name, country, code in pairs:
        number = -1 if name == "own" else names.index(name)
        print('  { %d, "%s", "%s" },' % (number, country.strip("-"), code))
    print("};")


def main():
    entries = {}
    names, places, pairs = [], [], []
    for line in open(sys.argv[1], encoding="utf-8"):
        fields = line.split()
        if not fields or line.startswith("#"):
            continue
        lang, kind, value = fields[:3]
        if kind == "pair":
            pairs.append(fields[2:])
            continue
        if kind == "place":
            for phrase in fields[3:]:
                words = phrase.split("_")
                places.append((" ".join(words), value))
                add(entries, words[0], "lead", 0, lang)
            continue
        if kind == "shared":
            if value not in names:
                names.append(value)
            value = str(names.index(value))
        for word in fields[3:]:
            for form in expand(word):
                add(entries, form, kind, value_of(value), lang)
    rows = sorted((word.encode(), kind, value, langs)
                  for (word, kind, value), langs in entries.items())
    print("/* SPDX-License-Identifier: LGPL-2.1-or-later */")
    print("/* Made from words.txt by words.py. */")
    print("/* clang-format off */")
    print("static const DgWord words[] = {")
    slots = [0] * SLOTS
    last = None
    for at, (word, kind, value, langs) in enumerate(rows):
        text = word.decode()
        print('  { "%s", %d, DG_WORD_%s, %d, %d },'
              % (text, len(word), kind, langs, value))
        if word == last:
            continue
        last = word
        slot = hash_of(text)
        while slots[slot]:
            slot = (slot + 1) % SLOTS
        slots[slot] = at + 1
    print("};\n\nenum { SLOTS = %d };\n\nstatic const uint16_t slots[SLOTS] = {"
          % SLOTS)
    for at in range(0, SLOTS, 12):
        print("  " + ", ".join(map(str, slots[at:at + 12])) + ",")
    print("};")
    print_currencies(names, places, pairs)


main()
