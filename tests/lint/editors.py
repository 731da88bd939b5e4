#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The syntax files of doc/editors know the words that the parser knows."""
import json
import os
import re
import sys

TOP = os.environ.get("DG_SOURCE") or os.environ.get("srcdir") or "."
failed = passed = 0


def read(path):
    with open(os.path.join(TOP, path), encoding="utf-8") as file:
        return file.read()


def listed(text, macro):
    """Arguments of X(...) in the body of a list macro."""
    body = re.search(r"#define " + macro + r"\(X\)(.*?[^\\])\n", text, re.S)
    return re.findall(r'X\("?([^")\s]+)"?\)', body.group(1))


def check(what, found, wanted):
    global failed, passed
    if found == wanted:
        passed += 1
        return
    failed += 1
    print(f"{what}: {sorted(found ^ wanted)} stand in one of the two only")


def alternatives(text, first, escape=""):
    """Words of the alternation that starts with `first`."""
    bar = escape + "|"
    start = text.index("(" + first + bar) + 1
    end = text.index(escape + ")", start)
    return set(text[start:end].split(bar))


keywords = read("extractor/rules/keywords.h")
statements = set(listed(keywords, "DG_RULE_STATEMENTS"))
lines = set(listed(keywords, "DG_RULE_LINES"))
types = set(listed(read("extractor/text/mention.h"), "DG_MENTION_TYPES"))
vim = read("doc/editors/dealgraph.vim")
grammar = read("doc/editors/dealgraph.tmLanguage.json")
json.loads(grammar)
json.loads(read("doc/editors/package.json"))

for name, text, escape in (("vim", vim, "\\"), ("TextMate", grammar, "")):
    check(f"{name}: statements", alternatives(text, "lang", escape),
          statements)
    check(f"{name}: lines", alternatives(text, "match", escape)
          | {"+", "-", "end"}, lines)
check("vim: types",
      set(re.search(r"dealgraphType contained (.*)", vim).group(1).split()),
      types | {"LIST"})
check("TextMate: types", alternatives(grammar, "ORG"), types | {"LIST"})
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
