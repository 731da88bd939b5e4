#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The W3C SPARQL 1.0 and 1.1 suites: evaluation, syntax, update, federation.
# Fails when a test fails that expected.txt does not name, and when one that it
# names passes. Skipped where the suite or rdflib is absent.

source=${DG_SOURCE:-$(dirname "$0")/../..}
program=${DG_PROGRAM:-$source/dealgraph}
suite=${DG_W3C:-$source/../shared/w3c}
python=${DG_PYTHON:-/usr/bin/python3}
[ -f "$suite/runner.py" ] || suite=$source/../../shared/w3c
if [ ! -f "$suite/runner.py" ]; then
  echo "w3c: skipped, no suite at $source/../shared/w3c"
  exit 77
fi
suite=$(cd "$suite" && pwd -P) || exit 1 # names of graphs are paths of files
if ! "$python" -c 'import rdflib' 2>/dev/null; then
  echo "w3c: skipped, $python has no rdflib"
  exit 77
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

"$python" "$source/tests/w3c/suite.py" "$suite" "$program" \
  "$scratch/results.json" >"$scratch/summary" || exit 1
cat "$scratch/summary"
"$python" - "$scratch/results.json" "$source/tests/w3c/expected.txt" <<'PYTHON'
import json
import sys

with open(sys.argv[2], encoding="utf-8") as file:
    known = {line.split()[0] for line in file
             if line.strip() and not line.startswith("#")}
passed = 0
failed = []
bad = 0
for test in json.load(open(sys.argv[1], encoding="utf-8")):
    name = test["cat"] + "/" + test["name"]
    if test["status"] == "pass":
        passed += 1
        if name in known:
            print("passes, so take it out of expected.txt:", name)
            bad += 1
        continue
    failed.append(name)
    if name not in known:
        print(test["status"], name, test["why"])
        bad += 1
print(f"{passed} passed, {len(failed)} failed")
sys.exit(1 if bad or not passed else 0)
PYTHON
