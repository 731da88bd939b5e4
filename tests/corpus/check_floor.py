#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Read the sentences of fr.txt and en.txt; the scores may only rise.

floor.txt holds the scores that were reached; a score below is a failure.
--raise writes what is better now.

usage: check_floor.py [--raise]
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.environ.get("DG_SOURCE") or os.path.join(HERE, "..", "..")
PROGRAM = os.environ.get("DG_PROGRAM") or os.path.join(TOP, "dealgraph")
FLOOR = os.path.join(HERE, "floor.txt")

# What the last line of `rules sentences` says: score name, its pattern, and
# whether more of it is better.
SCORES = [("right", r"(\d+) of \d+ sentences right", True),
          ("met", r"(\d+) met in full", True),
          ("false_alarms", r"(\d+) false alarms", False)]


def measure(lang):
    path = os.path.join(HERE, lang + ".txt")
    done = subprocess.run([PROGRAM, "rules", "sentences", path, "--lang", lang],
                          stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode or not done.stdout:
        sys.exit(f"{lang}: rules sentences ends with {done.returncode}")
    last = done.stdout.splitlines()[-1]
    print(f"{lang}: {last}")
    return {name: int(re.search(pattern, last)[1])
            for name, pattern, _ in SCORES}


def read_floor():
    with open(FLOOR, encoding="utf-8") as file:
        rows = [line.split() for line in file if not line.startswith("#")]
    return {(lang, name): int(value) for lang, name, value in rows}


def write_floor(floor):
    with open(FLOOR, encoding="utf-8") as file:
        head = [line for line in file if line.startswith("#")]
    with open(FLOOR, "w", encoding="utf-8") as file:
        file.writelines(head)
        for (lang, name), value in sorted(floor.items()):
            file.write(f"{lang} {name} {value}\n")


def main(arguments):
    floor = read_floor()
    passed = failed = 0
    for lang in ("fr", "en"):
        now = measure(lang)
        for name, _, more in SCORES:
            least, value = floor[lang, name], now[name]
            better = value > least if more else value < least
            if not better and value != least:
                print(f"{lang} {name}: {value}, was {least}")
                failed += 1
                continue
            passed += 1
            if better:
                floor[lang, name] = value
                print(f"{lang} {name}: {value}, better than {least}: "
                      f"check_floor.py --raise")
    if "--raise" in arguments:
        write_floor(floor)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
