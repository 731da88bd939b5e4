#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run the golden cases: tests/golden/<room>.r/<case>.d.

A case is a folder whose name is the claim. In it:

    args      a command line of the program, without its name, as a shell
              would split it; several lines run one after the other
    input     what the first command reads on standard input (none: nothing)
    make      a shell script that is run before, to make what is not kept here
    expected  standard output of all commands, exactly (none: nothing)
    stderr    lines that standard error holds, in this order, each as a part
              of a line (none: standard error is empty)
    status    exit status of the last command (none: 0)

Other files are there for the commands to read. A case runs in a copy of its
folder, so that it may write; paths in messages stay short.

A folder that ends in .b is a known bug: it states what is right, is printed,
and must fail; when it passes, rename it to .d.

usage: run.py [--update] [CASE...]

--update writes `expected` and `stderr` of the cases as they are now: read the
difference before it is committed.
"""
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.environ.get("DG_SOURCE") or os.path.join(HERE, "..", "..")
PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM") or
                          os.path.join(TOP, "dealgraph"))
SECONDS = 60


def read(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return b""
    with open(path, "rb") as file:
        return file.read()


def run(folder, scratch):
    """Run all commands of a case: (stdout, stderr, status)."""
    copy = os.path.join(scratch, "case")
    shutil.copytree(folder, copy, symlinks=True)
    for path, _, _ in os.walk(copy):
        os.chmod(path, 0o755)  # the source may be read-only
    env = dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1",
               DEALGRAPH_DATA=os.path.join(os.path.abspath(TOP), "data"))
    if os.path.exists(os.path.join(copy, "make")):
        subprocess.run(["sh", "-e", "./make"], cwd=copy, env=env, check=True,
                       timeout=SECONDS)
    out, err, status = b"", b"", 0
    given = read(folder, "input")
    for line in read(folder, "args").decode().splitlines():
        done = subprocess.run([PROGRAM] + shlex.split(line), cwd=copy, env=env,
                              input=given, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False,
                              timeout=SECONDS)
        out, err, status = out + done.stdout, err + done.stderr, done.returncode
        given = b""
    return out, err, status


def stderr_fault(expected, found):
    """The first line that is not there, in order; None when all are."""
    lines = found.decode(errors="replace").splitlines()
    if not expected:
        return f"stderr: {lines[0]}" if lines else None
    at = 0
    for part in expected.decode().splitlines():
        while at < len(lines) and part not in lines[at]:
            at += 1
        if at == len(lines):
            return f"stderr lacks: {part}\n  it is: " + "\n  ".join(lines[:20])
        at += 1
    return None


def stdout_fault(expected, found):
    if expected == found:
        return None
    a = expected.decode(errors="replace").splitlines()
    b = found.decode(errors="replace").splitlines()
    for i in range(max(len(a), len(b))):
        x = a[i] if i < len(a) else "(no line)"
        y = b[i] if i < len(b) else "(no line)"
        if x != y:
            return f"line {i + 1} is\n    {y[:400]}\n  expected\n    {x[:400]}"
    return "line ends differ"


def check(folder):
    """What is wrong with a case, or None."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            out, err, status = run(folder, scratch)
        except (OSError, subprocess.SubprocessError) as error:
            return str(error)
    wanted = int(read(folder, "status") or b"0")
    if status != wanted:
        return (f"status {status}, expected {wanted}\n  " +
                err.decode(errors="replace")[:400])
    return (stdout_fault(read(folder, "expected"), out) or
            stderr_fault(read(folder, "stderr"), err))


def write(folder, name, content):
    path = os.path.join(folder, name)
    if content:
        with open(path, "wb") as file:
            file.write(content)
    elif os.path.exists(path):
        os.remove(path)


def update(folder):
    with tempfile.TemporaryDirectory() as scratch:
        out, err, status = run(folder, scratch)
    write(folder, "expected", out)
    write(folder, "stderr", err)
    write(folder, "status", b"%d\n" % status if status else b"")


def cases():
    for room in sorted(os.listdir(HERE)):
        if room.endswith(".r"):
            for case in sorted(os.listdir(os.path.join(HERE, room))):
                if case.endswith((".d", ".b")):
                    yield os.path.join(HERE, room, case)


def main(arguments):
    names = [os.path.abspath(a) for a in arguments if a != "--update"]
    passed = failed = bugs = 0
    for folder in names or cases():
        if "--update" in arguments:
            update(folder)
        fault = check(folder)
        name = os.path.relpath(folder, HERE)
        if folder.endswith(".b"):
            bugs += fault is not None
            failed += fault is None
            print(f"known bug {name}" if fault else
                  f"{name} passes: rename it to end in .d")
        else:
            passed += fault is None
            failed += fault is not None
            if fault:
                print(f"{name}: {fault}")
    print(f"{bugs} known bugs\n{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
