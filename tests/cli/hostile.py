#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Input that is made to hurt ends soon, in little memory, and is told: a small
file that unpacks to 1 GiB, folders that lead back into themselves, a file that
must not be read beside one that may."""
import os
import resource
import struct
import subprocess
import sys
import tempfile
import zlib

PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM", "./dealgraph"))
MIB = 1 << 20
CPU_SECONDS = 60
MEMORY = 400 * MIB  # less than half of what the bombs unpack to
TEXT = "Solvane rachète Microtec pour 3 millions d'euros.\n"
passed = failed = 0


def check(what, good, more=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(what, repr(more)[:400])


def bomb(piece):
    """Yield a gzip file of 1 GiB, all of it `piece` of 1 MiB again and again.

    After a full flush the packed piece stands for itself, so that packing it
    once is enough.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    unit = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    yield b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    for _ in range(1024):
        yield unit
        crc = zlib.crc32(piece, crc)
    yield packer.flush(zlib.Z_FINISH) + struct.pack("<II", crc, 1024 * MIB)


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def extract(source, pieces=()):
    """(status, standard output, standard error, bytes of memory it took)"""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        program = subprocess.Popen(
            [PROGRAM, "extract", "--date", "2024-03-04", source],
            stdin=subprocess.PIPE, stdout=out, stderr=err, preexec_fn=limit)
        try:
            for piece in pieces:
                program.stdin.write(piece)
            program.stdin.close()
        except BrokenPipeError:
            pass  # it has seen enough
        _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return (program.returncode, out.read().decode(), err.read().decode(),
                usage.ru_maxrss * 1024)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def bombs():
    text = (TEXT.encode() * (MIB // len(TEXT)))[:MIB].ljust(MIB, b"\n")
    for name, piece, status, reason in (
            ("zeros", bytes(MIB), 1, "no article"),
            ("text", text, 6, "limit")):
        for source in "-", name + ".gz":
            if source != "-":
                with open(source, "wb") as file:
                    file.writelines(bomb(piece))
            got, out, err, memory = extract(
                source, bomb(piece) if source == "-" else ())
            what = f"1 GiB of {name} from {source}"
            check(f"{what}: exit status", got == status, (got, err))
            check(f"{what}: reason", reason in err, err)
            check(f"{what}: no article", out == "", out)
            check(f"{what}: memory", memory < MEMORY, memory)


def cycles():
    os.makedirs("loop/a/b")
    write("loop/a/b/one.txt", TEXT)
    os.symlink("..", "loop/a/up")
    os.symlink("../..", "loop/a/b/top")
    os.symlink("self", "loop/self")
    os.symlink("there", "loop/here")
    os.symlink("here", "loop/there")
    got, out, err, _ = extract("loop")
    check("cycles: the article is read once", out.count("\n") == 1, out)
    check("cycles: exit status", got == 5, got)
    for name in "self", "here", "there":
        check(f"cycles: {name} is told", f"loop/{name}: cannot open" in err,
              err)


def unreadable():
    if os.geteuid() == 0:
        print("skipped: root reads every file")
        return
    os.mkdir("mixed")
    for name in "a", "b":
        write(f"mixed/{name}.txt", TEXT)
    os.chmod("mixed/a.txt", 0)
    got, out, err, _ = extract("mixed")
    check("unreadable: exit status", got == 5, got)
    check("unreadable: the other is read", out.count("\n") == 1, out)
    check("unreadable: told", "mixed/a.txt: cannot open" in err, err)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        bombs()
        cycles()
        unreadable()
        os.chdir("/")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
