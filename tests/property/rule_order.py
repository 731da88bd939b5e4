#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The order in which rules are written changes nothing.

The shipped rules are written again with their statements shuffled, dealt out
anew to files of other names, and read from folders given in another order.
Each time the sample articles and the sentences of tests/corpus must give the
same facts, byte for byte. With the order the tables of words and triggers are
filled in another order too, which stands for another seed of their hashes.

A control that takes one rule away must give other facts: else the test could
not tell anything.

usage: rule_order.py [SEED...]
"""
import os
import random
import re
import subprocess
import sys
import tempfile

TOP = os.path.abspath(os.environ.get("DG_SOURCE") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", ".."))
PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM") or
                          os.path.join(TOP, "dealgraph"))
ARTICLES = os.path.join(TOP, "data", "articles")
CORPUS = os.path.join(TOP, "tests", "corpus")
RULES = os.path.join(TOP, "data", "rules")
BLOCK = re.compile(r"(event|relation|attribute|context)\s")


def statements(text):
    """The statements of a file, each with its indented lines."""
    found = []
    in_rule = False
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if in_rule or line[0] in " \t":
            found[-1] += "\n" + line
            in_rule = in_rule and not re.match(r"end\b", line)
        elif not re.match(r"lang\s", line):
            found.append(line)
            in_rule = BLOCK.match(line) is not None
    return found


def read_rules():
    """{language: statements} of the shipped rules."""
    rules = {}
    for lang in sorted(os.listdir(RULES)):
        folder = os.path.join(RULES, lang)
        rules[lang] = []
        for name in sorted(os.listdir(folder)):
            if name.endswith(".rules"):
                with open(os.path.join(folder, name),
                          encoding="utf-8") as file:
                    rules[lang] += statements(file.read())
    return rules


def write_rules(folder, rules, rng):
    """Deal the statements out to files of a few folders, in any order."""
    for lang, found in rules.items():
        found = found[:]
        rng.shuffle(found)
        path = os.path.join(folder, lang)
        os.makedirs(path)
        n = rng.randint(1, 9)
        names = rng.sample(range(1000), n)
        for i, name in enumerate(names):
            with open(os.path.join(path, f"{name}.rules"), "w",
                      encoding="utf-8") as file:
                file.write("\n".join(found[i::n]) + "\n")
    return ["--no-shipped-rules", "--rules", folder]


def write_sentences(folder):
    """An article for each sentence of the corpus; the paths."""
    paths = []
    for lang in ("fr", "en"):
        with open(os.path.join(CORPUS, lang + ".txt"),
                  encoding="utf-8") as file:
            lines = [line.lstrip("*").strip() for line in file
                     if line.strip() and line[0] not in "# \t"]
        path = os.path.join(folder, lang)
        os.mkdir(path)
        for number, line in enumerate(lines):
            with open(os.path.join(path, f"{number:04}.txt"), "w",
                      encoding="utf-8") as file:
                file.write(line + "\n")
        paths.append((lang, path))
    return paths


def run(options):
    done = subprocess.run([PROGRAM, "extract", "--dedupe", "none",
                           "--date", "2024-03-06", *options],
                          stdout=subprocess.PIPE, check=True, timeout=120)
    return done.stdout


def read_all(sentences, options):
    facts = run([*options, ARTICLES])
    for lang, path in sentences:
        facts += run([*options, "--lang", lang, path])
    return facts


def first_difference(expected, found):
    for a, b in zip(expected.splitlines(), found.splitlines()):
        if a != b:
            at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y),
                      min(len(a), len(b)))
            start = max(0, at - 120)
            return (f"  expected ...{a[start:at + 120].decode(errors='replace')}"
                    f"\n  found    ...{b[start:at + 120].decode(errors='replace')}")
    return "  one ends before the other"


def without_one(rules, rule):
    return {lang: [s for s in found if not re.match(rf"event {rule}\b", s)]
            for lang, found in rules.items()}


def control_differs(rules, sentences, expected):
    """Facts change when the rule that tells most deals is gone."""
    told = re.findall(rb'"rule":\s*"([a-z.0-9-]+)"', expected)
    rule = max(sorted(set(told)), key=told.count).decode()
    with tempfile.TemporaryDirectory() as folder:
        options = write_rules(folder, without_one(rules, re.escape(rule)),
                              random.Random(0))
        return read_all(sentences, options) != expected


def main():
    seeds = [int(seed) for seed in sys.argv[1:]] or [1, 2, 3, 4]
    rules = read_rules()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        sentences = write_sentences(folder)
        expected = read_all(sentences, [])
        for seed in seeds:
            with tempfile.TemporaryDirectory() as other:
                options = write_rules(other, rules, random.Random(seed))
                found = read_all(sentences, options)
            passed += found == expected
            failed += found != expected
            if found != expected:
                print(f"seed {seed}: other facts\n"
                      + first_difference(expected, found))
        control = control_differs(rules, sentences, expected)
    if not control:
        print("the control, a rule less, gives the same facts")
    passed += control
    failed += not control
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
