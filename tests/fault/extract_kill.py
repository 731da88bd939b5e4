#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""An extraction that is killed goes on with --resume: run again to its end, its
output is byte for byte that of an undisturbed run, in any format, and what was
done before the kill is not done again. DG_KILLS is how many runs to kill (8),
DG_SEED when."""

import glob
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

SOURCE = os.environ.get("DG_SOURCE", ".")
PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM", "./dealgraph"))
KILLS = int(os.environ.get("DG_KILLS", "8"))
COPIES = 16

checks = 0
failures = 0


def check(good, what):
    global checks, failures
    checks += 1
    if not good:
        failures += 1
        print("FAIL", what)


def make_corpus(scratch):
    """Records and files, some of them the same article again."""
    folder = os.path.join(scratch, "news")
    os.mkdir(folder)
    texts = []
    for path in sorted(glob.glob(os.path.join(SOURCE, "data/articles/*.txt"))):
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    with open(os.path.join(folder, "a.ndjson"), "w", encoding="utf-8") as out:
        for i in range(COPIES * len(texts)):
            text = texts[i % len(texts)] + "\n\nBulletin %d." % (i * 7919)
            out.write(json.dumps({"id": "n%d" % i, "text": text}) + "\n")
        out.write("{\"id\": \"broken\"}\n")
    for i in range(2):
        for j, text in enumerate(texts):
            name = os.path.join(folder, "f%d-%02d.txt" % (i, j))
            with open(name, "w", encoding="utf-8") as out:
                out.write(text)
    return folder


def command(output, folder, options):
    return [PROGRAM, "extract", "--resume", "--summary", "-o", output,
            *options, folder]


def resumed_of(said):
    found = re.search(r"read by an earlier run: (\d+)", said)
    return int(found.group(1)) if found else 0


def read(path):
    with open(path, "rb") as file:
        return file.read()


def trial(scratch, folder, options, name):
    whole = os.path.join(scratch, "whole." + name)
    began = time.time()
    done = subprocess.run([PROGRAM, "extract", "-o", whole, *options, folder],
                          capture_output=True)
    length = time.time() - began
    check(done.returncode == 5, "%s: %s" % (name, done.stderr.decode()[-300:]))
    expected = read(whole)
    output = os.path.join(scratch, "killed." + name)
    kills = resumes = 0
    for _ in range(max(KILLS // 4, 1)):
        while True:
            run = subprocess.Popen(command(output, folder, options),
                                   stderr=subprocess.PIPE)
            try:
                _, said = run.communicate(
                    timeout=random.uniform(0.2, 1.1) * length)
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
                run.communicate()
                kills += 1
                check(not os.path.exists(output) or read(output) == expected,
                      name + ": half an output")
                if kills > KILLS:
                    length *= 2
                continue
            resumes += resumed_of(said.decode()) > 0
            break
        check(run.returncode == 5, "%s: %s" % (name, said.decode()[-300:]))
        check(read(output) == expected, name + ": another output")
        check(sorted(os.listdir(scratch)).count("killed.%s.journal" % name) == 0
              and not os.path.exists(output + ".partial"),
              name + ": files are left")
        os.unlink(output)
    return kills, resumes


def other_settings(scratch, folder):
    """A journal of other options is not gone on with."""
    output = os.path.join(scratch, "x.facts")
    with open(output + ".journal", "w", encoding="utf-8") as file:
        file.write("dealgraph-journal 1 0123456789abcdef\n= 0\n")
    done = subprocess.run(command(output, folder, []), capture_output=True)
    check(done.returncode == 1 and b"other rules or options" in done.stderr,
          "other settings: %s" % done.stderr.decode())


def main():
    random.seed(int(os.environ.get("DG_SEED", "1")))
    with tempfile.TemporaryDirectory() as scratch:
        folder = make_corpus(scratch)
        kills = resumes = 0
        for options, name in ((["-j", "2"], "facts"), ([], "nq"),
                              (["--dedupe", "skip"], "article"),
                              (["--shard", "1/3"], "text")):
            k, r = trial(scratch, folder, options, name)
            kills, resumes = kills + k, resumes + r
        other_settings(scratch, folder)
    check(kills > 0, "no run was killed")
    check(resumes > 0, "no run went on where another had stopped")
    print("%d killed, %d went on" % (kills, resumes))
    print("%d passed, %d failed" % (checks - failures, failures))
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
