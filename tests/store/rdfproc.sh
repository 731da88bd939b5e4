#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A program of Redland that knows nothing of us opens the store by the loadable
# module, writes to it and reads it; and the other way round.

program=${DG_PROGRAM:-./dealgraph}
build=$(dirname "$program")
if ! command -v rdfproc >/dev/null; then
  echo "skipped: rdfproc is not installed (package redland-utils)"
  exit 77
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
# The sanitizers' run-time library is not in rdfproc.
if nm -D "$build/.libs/librdf_storage_lmdb.so" | grep -q ' U __[atu]*san_'; then
  echo "skipped: the module is built with a sanitizer"
  exit 77
fi
cp "$build/.libs/librdf_storage_lmdb.so" "$scratch" || exit 1
REDLAND_MODULE_PATH=$scratch
export REDLAND_MODULE_PATH
failed=0

expect() {
  if [ "$2" != "$3" ]; then
    echo "$1: got '$2', expected '$3'"
    failed=$((failed + 1))
  fi
}

cd "$scratch" || exit 1
cat >a.ttl <<'TTL'
@prefix : <http://example.org/> .
:a :p :b, :c, "texte"@fr, 12.50, "a text that is not short" .
:b :q _:x . _:x :r "2024-05-06"^^<http://www.w3.org/2001/XMLSchema#date> .
TTL
rdfproc -q -s lmdb -n -t "batch='1000'" st parse "file://$scratch/a.ttl" turtle
"$program" check-store -d st >check.txt || failed=$((failed + 1))
expect check "$(cat check.txt)" "fine: 7 quads, $(
  "$program" stats -d st | awk '$1 == "terms" { print $2 }') terms"
rdfproc -q -s lmdb st add http://example.org/a http://example.org/p \
  http://example.org/d
rdfproc -q -s lmdb st remove http://example.org/a http://example.org/p \
  http://example.org/c
cat >b.nq <<'NQ'
<http://example.org/z> <http://example.org/p> "in a graph" <http://example.org/g> .
NQ
"$program" load -q -d st b.nq || failed=$((failed + 1))
expect contexts "$(rdfproc -q -s lmdb st contexts | grep -c example.org/g)" 1
rdfproc -q -s lmdb st serialize ntriples 2>/dev/null | sort >theirs
"$program" export -d st -f nt | sort >ours
# Labels of blank nodes and escapes are each writer's own.
expect statements "$(wc -l <theirs)" "$(wc -l <ours)"
expect statements "$(grep -vc '_:' theirs)" 6
grep -v '_:' theirs >theirs.plain
grep -v '_:' ours >ours.plain
cmp theirs.plain ours.plain || failed=$((failed + 1))
echo "$failed failed"
[ "$failed" -eq 0 ]
