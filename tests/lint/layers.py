#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Check by the include lines that each room names only rooms before it.

Also: the text side and the graph side meet in `lift` alone (and in `cli`,
which wires them), and each library stands behind one small place.
"""
import os
import re
import sys

TOP = os.environ.get("DG_SOURCE") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..")

ORDER = ("base values input text rdf lexicon entity rules event lift "
         "pipeline store merge sparql export server cli").split()
TEXT_SIDE = set("input text lexicon entity rules event pipeline".split())
GRAPH_SIDE = set("rdf store merge sparql export server".split())

# Which files may include a library's headers: header pattern, path pattern.
LIBRARIES = [
    (r"pcre2", r"base/regex\.c"),
    (r"xxhash", r"(base/str|text/text|sparql/\w+)\.c"),
    (r"uni(case|ctype|norm|str|width|wbrk)", r"base/utf8\.c"),
    (r"libxml/", r"input/.*"),
    (r"archive", r"(input/.*|export/format_xlsx\.c)"),
    (r"iconv", r"input/.*"),
    (r"jansson", r"(input|export)/.*|store/jsonld\w*\.[ch]"),
    (r"serd/", r"(rdf|store|export)/.*"),
    (r"raptor2?", r"(rdf|store|export)/.*"),
    (r"(librdf|redland|rdf_)", r"(store|sparql)/.*"),
    (r"lmdb", r"store/.*"),
    (r"curl/", r"(input|sparql|store|server)/.*"),
    (r"(editline|histedit)", r"cli/.*"),
    (r"(zlib|zstd|lzma)", r"(base/io\.c|(input|store|export)/.*)"),
    (r"getopt", r"cli/.*"),
    (r"cmocka", r"$"),
]
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)


def sources():
    for folder, _, names in sorted(os.walk(os.path.join(TOP, "extractor"))):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                yield os.path.relpath(os.path.join(folder, name),
                                      os.path.join(TOP, "extractor"))


def room_fault(room, other):
    if other not in ORDER:
        return "is no room"
    if ORDER.index(other) > ORDER.index(room):
        return f"comes after {room}"
    if room in TEXT_SIDE and other in GRAPH_SIDE:
        return "is of the graph side"
    if room in GRAPH_SIDE and other in TEXT_SIDE | {"lift"}:
        return "is of the text side"
    return None


def faults(path):
    room = path.split("/")[0]
    with open(os.path.join(TOP, "extractor", path), encoding="utf-8") as file:
        includes = INCLUDE.findall(file.read())
    if room not in ORDER:
        yield f"{room} is no room of the list"
        return
    for mark, header in includes:
        if mark == '"':
            if header == "config.h":
                continue
            fault = room_fault(room, header.split("/")[0])
            if fault:
                yield f'"{header}": {header.split("/")[0]} {fault}'
            if header.endswith("_p.h") and header.split("/")[0] != room:
                yield f'"{header}" is private to its room'
            continue
        for library, place in LIBRARIES:
            if re.match(library, header) and not re.fullmatch(place, path):
                yield f"<{header}> belongs in {place}"


def main():
    passed = failed = 0
    for path in sources():
        found = list(faults(path))
        failed += bool(found)
        passed += not found
        for fault in found:
            print(f"extractor/{path}: {fault}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
