#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What was committed is there after a kill, a full disk or a failed sync, and
nothing else is. DG_KILLS is how many random kills to make (30)."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

BUILD = os.path.dirname(os.path.abspath(os.environ.get("DG_PROGRAM", "./dealgraph")))
CRASH = os.path.join(BUILD, "tests/fault/crash")
PROGRAM = os.path.join(BUILD, "dealgraph")
SHIM = os.path.join(BUILD, "tests/fault/.libs/shim.so")
KILLS = int(os.environ.get("DG_KILLS", "30"))

checks = 0
failures = 0


def check(good, what):
    global checks, failures
    checks += 1
    if not good:
        failures += 1
        print("FAIL", what)


def acknowledged(output, before):
    numbers = [int(x) for x in output.split(b"\n")[:-1]]
    return max(numbers, default=before)


def verified(store, ack, what, mode="verify"):
    done = subprocess.run([CRASH, mode, store, str(ack)], capture_output=True)
    check(done.returncode == 0, "%s: %s" % (what, done.stderr.decode()))


def random_kills(scratch):
    store = os.path.join(scratch, "kills")
    ack = 0
    for turn in range(KILLS):
        with tempfile.TemporaryFile() as out:
            writer = subprocess.Popen([CRASH, "write", store, "100000"], stdout=out)
            time.sleep(random.uniform(0.001, 0.12))
            writer.send_signal(signal.SIGKILL)
            writer.wait()
            out.seek(0)
            ack = acknowledged(out.read(), ack)
        verified(store, ack, "kill %d" % turn)
        # One more may have been committed than was told.
        done = subprocess.run([CRASH, "write", store, "1"], capture_output=True)
        check(done.returncode == 0, "kill %d: no write after it" % turn)
        ack = acknowledged(done.stdout, ack)
        verified(store, ack, "kill %d, then a write" % turn, "exact")
    return store, ack


def kills_of_other_writers(scratch, command, what, turns):
    """A command that writes the data file anew, killed at random moments."""
    store = os.path.join(scratch, what)
    done = subprocess.run([CRASH, "write", store, "300"], capture_output=True)
    ack = acknowledged(done.stdout, 0)
    started = time.time()
    subprocess.run(command(store), capture_output=True)
    usual = time.time() - started
    for turn in range(turns):
        other = subprocess.Popen(command(store), stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0, usual * 1.1))
        other.send_signal(signal.SIGKILL)
        other.wait()
        verified(store, ack, "%s killed, %d" % (what, turn), "exact")
    files = [name for name in os.listdir(store) if name.endswith(".lmdb")]
    subprocess.run(command(store), capture_output=True)
    files = [name for name in os.listdir(store) if name.endswith(".lmdb")]
    check(len(files) == 1, "%s: files left: %s" % (what, files))
    check(not [n for n in os.listdir(store) if n.startswith("scratch")],
          "%s: scratch files left" % what)


def faults(scratch):
    """Each call that writes goes wrong once, in each way."""
    base = os.path.join(scratch, "base")
    subprocess.run([CRASH, "write", base, "8"], capture_output=True)
    for mode in ("kill", "torn", "full", "once"):
        number = 0
        while True:
            number += 1
            store = os.path.join(scratch, "fault")
            shutil.rmtree(store, ignore_errors=True)
            shutil.copytree(base, store)
            count = os.path.join(scratch, "count")
            if os.path.exists(count):
                os.remove(count)
            done = subprocess.run(
                [CRASH, "write", store, "3"], capture_output=True,
                env=dict(os.environ, LD_PRELOAD=SHIM, DG_FAULT_COUNT=count,
                         DG_FAULT="%s:%d" % (mode, number)))
            ack = acknowledged(done.stdout, 8)
            dies = mode in ("kill", "torn")
            verified(store, ack, "%s at call %d" % (mode, number),
                     "verify" if dies else "exact")
            if done.returncode == 0:
                check(ack == 11, "%s %d: not all was written" % (mode, number))
                break
            if mode == "once":
                check(ack >= 10 or b"cannot open" in done.stderr,
                      "once at call %d: the writer did not recover" % number)
            if number > 300:
                check(False, "%s: no end" % mode)
                break
        print(mode, number - 1, "calls")


def creation_faults(scratch):
    """Also while the store is made, and while it is loaded in bulk."""
    data = os.path.join(scratch, "data.nq")
    with open(data, "w", encoding="utf-8") as out:
        for i in range(3000):
            out.write('<http://example.org/%d> <http://example.org/p> '
                      '"text number %d" <http://example.org/g%d> .\n'
                      % (i, i, i // 50))
    for mode in ("kill", "full"):
        for number in range(1, 400):
            store = os.path.join(scratch, "fresh")
            shutil.rmtree(store, ignore_errors=True)
            env = dict(os.environ, LD_PRELOAD=SHIM,
                       DG_FAULT="%s:%d" % (mode, number))
            done = subprocess.run(
                [PROGRAM, "load", "-q", "--bulk", "-d", store, data],
                capture_output=True, env=env)
            whole = done.returncode == 0
            again = subprocess.run([PROGRAM, "load", "-q", "-d", store, data],
                                   capture_output=True)
            check(again.returncode == 0, "%s %d: %s" % (mode, number,
                                                        again.stderr.decode()))
            seen = subprocess.run([PROGRAM, "check-store", "-d", store],
                                  capture_output=True)
            check(seen.stdout.startswith(b"fine: 3000 quads"),
                  "bulk %s at call %d: %s%s" % (mode, number,
                                                seen.stdout, seen.stderr))
            if whole:
                print("bulk", mode, number - 1, "calls")
                break


def readers_and_writers(scratch):
    """Readers see whole snapshots while a writer writes; a killed reader
    holds nothing back."""
    store = os.path.join(scratch, "readers")
    subprocess.run([CRASH, "write", store, "5"], capture_output=True)
    held = subprocess.Popen([CRASH, "hold", store], stdout=subprocess.PIPE)
    held.stdout.readline()
    with tempfile.TemporaryFile() as out:
        writers = [subprocess.Popen([CRASH, "write", store, "60"], stdout=out)
                   for _ in range(2)]
        readers = [subprocess.Popen([CRASH, "read", store, "40"])
                   for _ in range(2)]
        for one in readers:
            check(one.wait() == 0, "a reader saw half a batch")
        for one in writers:
            check(one.wait() == 0, "a writer failed beside another")
    held.send_signal(signal.SIGKILL)
    held.wait()
    verified(store, 125, "two writers", "exact")
    sizes = []
    for _ in range(3):
        subprocess.run([CRASH, "write", store, "100"], capture_output=True)
        sizes.append(sum(os.path.getsize(os.path.join(store, name))
                         for name in os.listdir(store)))
    check(sizes[2] - sizes[0] < sizes[0],
          "pages of a dead reader are not used again: %s" % sizes)


def main():
    random.seed(int(os.environ.get("DG_SEED", "1")))
    if not os.path.exists(CRASH):
        print("skipped: the test programs are not built")
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        random_kills(scratch)
        kills_of_other_writers(
            scratch, lambda store: [PROGRAM, "compact", "-d", store],
            "compact", max(4, KILLS // 5))
        readers_and_writers(scratch)
        if os.path.exists(SHIM):
            faults(scratch)
            creation_faults(scratch)
        else:
            print("skipped: no faults in writes (the shim is not built)")
    print("%d passed, %d failed" % (checks - failures, failures))
    return 1 if failures else 0


sys.exit(main())
