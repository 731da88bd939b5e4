#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run the console blocks of README.md: each prints what the page says.

A line "$ dealgraph ..." is run, the lines below it are its output. The block
runs in an empty folder beside `data`. --update writes what is printed now.
"""
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.abspath(os.environ.get("DG_SOURCE") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", ".."))
PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM") or
                          os.path.join(TOP, "dealgraph"))
PAGE = os.path.join(TOP, "README.md")
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.M | re.S)


def run_block(block, folder):
    """The block as it should read."""
    os.symlink(os.path.join(TOP, "data"), os.path.join(folder, "data"))
    out = []
    for line in block.splitlines():
        if not line.startswith("$ "):
            continue
        # The file notices of reading commands are no part of the story.
        script = re.sub(r"^\$ dealgraph ", '"$DEALGRAPH" ', line)
        done = subprocess.run(
            ["sh", "-c", script], cwd=folder, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", check=False,
            timeout=120, env=dict(os.environ, DEALGRAPH=PROGRAM, NO_COLOR="1",
                                  LC_ALL="C.UTF-8"))
        shown = [text for text in done.stdout.splitlines()
                 if ": notice: " not in text]
        out += [line] + [text.rstrip() for text in shown]
    return "\n".join(out) + "\n"


def main(arguments):
    with open(PAGE, encoding="utf-8") as file:
        page = file.read()
    passed = failed = 0

    def check(match):
        nonlocal passed, failed
        with tempfile.TemporaryDirectory() as folder:
            now = run_block(match[0], folder)
        good = now == match[0]
        passed += good
        failed += not good
        if not good:
            print(f"README.md says\n{match[0]}\nit prints\n{now}")
        return now

    page = BLOCK.sub(check, page)
    if "--update" in arguments:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(page)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
