#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How often the publication date of a web page is found.

usage: input_dates.py INPUT_BENCH FOLDER

FOLDER is the `tests` folder of a copy of htmldate: its `eval_*.json` and the
pages that they name are read. Prints the share of right dates, wrong ones and
pages without one, for French, for English and for all pages, the language
being that which the program tells.
"""
import collections
import json
import os
import subprocess
import sys


def load_pages(folder):
    pages = {}
    for name in sorted(os.listdir(folder)):
        if name.startswith("eval_") and name.endswith(".json"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                for item in json.load(file).values():
                    path = find_page(folder, item["file"])
                    if path:
                        pages[path] = item["date"]
    return pages


def find_page(folder, name):
    for part in ("test_set", "cache", "eval"):
        path = os.path.join(folder, part, name)
        if os.path.exists(path):
            return path
    return None


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    pages = load_pages(sys.argv[2]) if os.path.isdir(sys.argv[2]) else {}
    if not pages:
        print("skipped: no pages in", sys.argv[2])
        return
    run = subprocess.run([sys.argv[1]] + sorted(pages),
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    found = {}
    for line in run.stdout.decode("utf-8").split("\n"):
        if not line:
            continue
        article = json.loads(line)
        found[article["origin"]] = article
    counts = collections.defaultdict(collections.Counter)
    for path, date in pages.items():
        article = found.get(path, {})
        given = article.get("published")
        # The set writes "nan" for a page that has no date.
        right = given == date or (not given and str(date) == "nan")
        outcome = "right" if right else "wrong" if given else "none"
        for group in (article.get("language", "und"), "all"):
            counts[group][outcome] += 1
        if outcome != "right" and os.environ.get("WRONG"):
            print(article.get("language"), given, date,
                  article.get("published_how"), path)
    for group in ("fr", "en", "all"):
        count = counts[group]
        total = sum(count.values()) or 1
        print("%s: %d pages, %.1f %% right, %.1f %% wrong, %.1f %% none" % (
            group, total, 100 * count["right"] / total,
            100 * count["wrong"] / total, 100 * count["none"] / total))


if __name__ == "__main__":
    main()
