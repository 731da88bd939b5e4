#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""An ingest that is killed goes on where it was: run again to its end, the
store is byte for byte that of an undisturbed run. Neither a second run nor
the order of files changes it; --update and --refresh replace graphs.
DG_KILLS is how many runs to kill (12), DG_SEED when."""

import glob
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

SOURCE = os.environ.get("DG_SOURCE", ".")
PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM", "./dealgraph"))
ARTICLES = sorted(glob.glob(os.path.join(SOURCE, "data/articles/*.txt")))
KILLS = int(os.environ.get("DG_KILLS", "12"))

RULE = """lang en

event en.test.swap : Acquisition  prio 99  prec 0.9
  trigger swapped
  match <acquirer:ORG> has swapped into <target:ORG>
  where acquirer != target
  + "Solvane has swapped into Microtec."
      acquirer=Solvane target=Microtec status=completed
  - "Solvane has swapped nothing."
end
"""

checks = 0
failures = 0


def check(good, what):
    global checks, failures
    checks += 1
    if not good:
        failures += 1
        print("FAIL", what)
    return good


def run(*arguments):
    return subprocess.run((PROGRAM,) + arguments, capture_output=True)


def ingest(store, files, *options):
    """Run to the end; gives what it said of new articles."""
    done = run("ingest", "-d", store, "--batch", "2", *options, *files)
    check(done.returncode == 0, "ingest: %s" % done.stderr.decode())
    return done.stderr.decode()


def new_articles(said):
    found = re.search(r"(\d+) new article", said)
    return int(found.group(1)) if found else -1


def dump(store):
    done = run("dump", "-d", store)
    check(done.returncode == 0, "dump: %s" % done.stderr.decode())
    return done.stdout


def whole(store, what):
    done = run("check-store", "-d", store)
    check(done.returncode == 0 and done.stdout.startswith(b"fine:"),
          "%s: %s%s" % (what, done.stdout.decode(), done.stderr.decode()))


def graphs(quads):
    return {line.rsplit(b" ", 2)[1] for line in quads.splitlines()}


def kills(scratch, expected, start, length):
    """Die at random moments of the part of the run that writes, `length`
    seconds from `start` on. Kills that found some articles written and others
    not are those that test anything; at least one must."""
    partial = 0
    for turn in range(3 * KILLS):
        if turn >= KILLS and partial:
            break
        store = os.path.join(scratch, "kill")
        shutil.rmtree(store, ignore_errors=True)
        victim = subprocess.Popen(
            [PROGRAM, "ingest", "-d", store, "--batch", "2"] + ARTICLES,
            stderr=subprocess.DEVNULL)
        time.sleep(start + random.uniform(0, length))
        victim.kill()
        victim.wait()
        name = "kill %d" % turn
        if os.path.exists(os.path.join(store, "current")):
            whole(store, name)
            check(graphs(dump(store)) <= graphs(expected),
                  name + ": graphs that no article has")
        new = new_articles(ingest(store, ARTICLES))
        partial += 0 < new < len(ARTICLES)
        check(dump(store) == expected, name + ": another graph after a rerun")
        whole(store, name + ", rerun")
    check(partial, "no kill came between the first commit and the last")
    print("%d kills in the middle of the writing" % partial)


def first_commit(scratch):
    """Seconds from the start to the first commit, and to the end."""
    store = os.path.join(scratch, "timed")
    started = time.monotonic()
    process = subprocess.Popen(
        [PROGRAM, "ingest", "-d", store, "--batch", "2"] + ARTICLES,
        stderr=subprocess.DEVNULL)
    first = None
    while process.poll() is None:
        if first is None and os.path.exists(os.path.join(store, "current")):
            first = time.monotonic() - started
        time.sleep(0.001)
    end = time.monotonic() - started
    return (end if first is None else first), end


def again(store, expected):
    said = ingest(store, ARTICLES)
    check(new_articles(said) == 0, "read again: " + said)
    check("%d known" % len(ARTICLES) in said, "not all known: " + said)
    check(dump(store) == expected, "another graph after a second run")


def reversed_order(scratch, expected):
    store = os.path.join(scratch, "reversed")
    ingest(store, ARTICLES[::-1], "-j", "2")
    check(dump(store) == expected, "another graph with files in reverse")


def updated(scratch):
    """A file whose text changes, is changed back, and changes for good."""
    store = os.path.join(scratch, "updated")
    path = os.path.join(scratch, "article.txt")
    texts = ["Solvane buys %s\n\nSolvane, the payroll firm, has agreed to buy "
             "%s for $90 million, it said on 3 March 2024. The firms have "
             "worked together for years.\n" % (name, name)
             for name in ("Microtec", "Brightwell")]
    dumps = []
    for turn, text in enumerate((texts[0], texts[1], texts[0])):
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        said = ingest(store, [path], "--update", "--date", "2024-03-04")
        check(new_articles(said) == 1, "update %d: %s" % (turn, said))
        dumps.append(dump(store))
        check(len(graphs(dumps[-1])) == 1, "update %d: not one graph" % turn)
    check(b"Microtec" in dumps[0] and b"Microtec" not in dumps[1],
          "the older text's graph is there")
    check(b"Brightwell" in dumps[1], "the newer text's graph is not there")
    check(dumps[2] == dumps[0], "the text that came back gives another graph")
    whole(store, "update")


def same_address(scratch):
    """An article of an address keeps its graph's name: without --update the
    graph stays, with it the graph is replaced."""
    store = os.path.join(scratch, "address")
    path = os.path.join(scratch, "article.html")
    page = ('<html lang="en"><head><title>Solvane buys %s</title>'
            '<link rel="canonical" href="https://news.example/solvane"></head>'
            '<body><article><h1>Solvane buys %s</h1><p>Solvane, the payroll '
            'firm, has agreed to buy %s for $90 million, it said on 3 March '
            '2024. The firms have worked together for years.</p></article>'
            '</body></html>')
    dumps = []
    for name, options in (("Microtec", []), ("Brightwell", []),
                          ("Brightwell", ["--update"])):
        with open(path, "w", encoding="utf-8") as out:
            out.write(page % (name, name, name))
        said = ingest(store, [path], "--date", "2024-03-04", *options)
        dumps.append(dump(store))
    check(dumps[0] == dumps[1], "a changed article was not left alone")
    check(b"Brightwell" in dumps[2] and b"Microtec" not in dumps[2],
          "--update did not replace the article's graph: " + said)
    check(graphs(dumps[2]) == graphs(dumps[0]), "another graph's name")
    whole(store, "address")


def refreshed(scratch, store, expected):
    """One rule more: --refresh reads all again, and says by which rules."""
    rules = os.path.join(scratch, "rules")
    os.mkdir(rules)
    with open(os.path.join(rules, "swap.rules"), "w", encoding="utf-8") as out:
        out.write(RULE)
    path = os.path.join(scratch, "swap.txt")
    with open(path, "w", encoding="utf-8") as out:
        out.write("Solvane moves\n\nSolvane has swapped into Microtec, the "
                  "payroll firm said on Monday to the newspapers.\n")
    files = ARTICLES + [path]
    ingest(store, files)
    before = dump(store)
    said = ingest(store, files, "--rules", rules)
    check(new_articles(said) == 0, "other rules without --refresh: " + said)
    check(dump(store) == before, "other rules changed the graph")
    said = ingest(store, files, "--rules", rules, "--refresh")
    check(new_articles(said) == len(files), "--refresh: " + said)
    after = dump(store)
    check(graphs(after) == graphs(before), "--refresh left or lost graphs")
    check(b"en.test.swap" in after and b"en.test.swap" not in before,
          "--refresh has not read by the new rule")
    fresh = os.path.join(scratch, "fresh")
    ingest(fresh, files, "--rules", rules)
    check(after == dump(fresh), "--refresh differs from a fresh store")
    said = ingest(store, files, "--rules", rules, "--refresh")
    check(new_articles(said) == 0, "--refresh twice: " + said)
    ingest(store, files, "--refresh")
    check(dump(store) == before, "back to the older rules: another graph")
    whole(store, "refresh")


def main():
    random.seed(int(os.environ.get("DG_SEED", "1")))
    if not check(len(ARTICLES) > 4, "no articles"):
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        store = os.path.join(scratch, "undisturbed")
        said = ingest(store, ARTICLES)
        check(new_articles(said) == len(ARTICLES), "first run: " + said)
        expected = dump(store)
        check(len(graphs(expected)) == len(ARTICLES), "a graph an article")
        first, end = first_commit(scratch)
        kills(scratch, expected, first * 0.9, end - first * 0.9)
        again(store, expected)
        reversed_order(scratch, expected)
        updated(scratch)
        same_address(scratch)
        refreshed(scratch, store, expected)
    print("%d passed, %d failed" % (checks - failures, failures))
    return 1 if failures else 0


sys.exit(main())
