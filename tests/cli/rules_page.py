#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run the rules that doc/rules.md shows.

A block marked `rules` is a file of its own whose examples must all hold,
without a warning; the text block after one marked `rules error` is the first
line of the message that it gives.
"""
import os
import re
import subprocess
import sys
import tempfile

TOP = os.environ.get("DG_SOURCE") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..")
PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM") or
                          os.path.join(TOP, "dealgraph"))
BLOCK = re.compile(r"^```(rules(?: error)?|text)\n(.*?)^```$", re.M | re.S)


def check(rules):
    """Status and output of `rules check` over one file."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.rules"), "w",
                  encoding="utf-8") as file:
            file.write(rules)
        done = subprocess.run(
            [PROGRAM, "rules", "check", "--no-shipped-rules", "--rules", "."],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", check=False, timeout=60)
    return done.returncode, done.stdout.replace("./page.rules", "page.rules")


def fault(kind, rules, message):
    status, output = check(rules)
    if kind == "rules":
        good = (status == 0 and " 0 warnings" in output and
                "\n0 passed" not in output)
    else:
        good = status == 1 and output.startswith("dealgraph: " + message)
    return None if good else output


def main():
    with open(os.path.join(TOP, "doc", "rules.md"), encoding="utf-8") as file:
        page = file.read()
    blocks = list(BLOCK.finditer(page))
    passed = failed = 0
    for i, block in enumerate(blocks):
        if block[1] == "text":
            continue
        message = blocks[i + 1][2].strip() if "error" in block[1] else None
        said = fault(block[1], block[2], message)
        passed += said is None
        failed += said is not None
        if said is not None:
            line = page.count("\n", 0, block.start()) + 1
            print(f"doc/rules.md:{line}: the block gives\n{said}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
