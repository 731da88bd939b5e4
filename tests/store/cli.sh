#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What is loaded comes out again, in every format and packing; equal stores
# give equal bytes; failures leave everything as it was and have their exit
# status.

program=${DG_PROGRAM:-./dealgraph}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
passed=0
failed=0

# exits STATUS WHAT COMMAND...
exits() {
  wanted=$1
  what=$2
  shift 2
  "$@" >out.txt 2>err.txt
  got=$?
  if [ "$got" -eq "$wanted" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$what: exit status $got, expected $wanted"
    cat err.txt
  fi
}

same() {
  if cmp -s "$2" "$3"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$1: $2 and $3 differ"
    diff "$2" "$3" | head -n 4
  fi
}

has() {
  if grep -q -- "$2" "$3"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$1: no '$2' in $(cat "$3")"
  fi
}

awk 'BEGIN {
  for (i = 0; i < 4000; ++i)
    printf "<http://example.org/s%d> <http://example.org/p%d> \"text number %d\\n\"@fr <http://example.org/g%d> .\n", i % 700, i % 9, i, i % 50
  print "<http://example.org/s0> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/T> ."
  print "<http://example.org/s0> <http://example.org/n> \"12.50\"^^<http://www.w3.org/2001/XMLSchema#decimal> ."
}' >a.nq

exits 0 load "$program" load -d one a.nq
has load "4002 of them new" err.txt
exits 0 "load again" "$program" load -d one a.nq
has "load again" " 0 of them new" err.txt
exits 0 dump "$program" dump -d one -o dump.nq
sort a.nq >sorted.nq
sort dump.nq >dump.sorted
same "what was loaded" sorted.nq dump.sorted

# Another order, another way, the same bytes.
sort -r a.nq >b.nq
exits 0 "bulk load" "$program" load -q --bulk -d two b.nq
exits 0 dump "$program" dump -d two -o two.nq
same "equal stores" dump.nq two.nq
exits 0 check "$program" check-store -d two
has check "fine: 4002 quads" out.txt

for format in trig nq; do
  exits 0 "export $format" "$program" export -d one -o "again.$format"
  exits 0 "load $format" "$program" load -q -d "from-$format" "again.$format"
  exits 0 dump "$program" dump -d "from-$format" -o again.dump
  same "through $format" dump.nq again.dump
done
exits 0 "export nt" "$program" export -d one -o one.nt
for format in ttl nt; do
  exits 0 "export $format" "$program" export -d one -o "again.$format"
  exits 0 "load $format" "$program" load -q -d "from-$format" "again.$format"
  exits 0 "export nt" "$program" export -d "from-$format" -o again.nt2 -f nt
  same "through $format" one.nt again.nt2
done

gzip -c a.nq >a.nq.gz
exits 0 "load gzip" "$program" load -q -d gz a.nq.gz
exits 0 dump "$program" dump -d gz -o gz.nq
same gzip dump.nq gz.nq
head -c 3000 a.nq.gz >cut.nq.gz
exits 1 "load a cut file" "$program" load -q -d gz cut.nq.gz
has "a cut file" "cut" err.txt
if command -v zstd >/dev/null; then
  zstd -q a.nq -o a.nq.zst
  exits 0 "load zstd" "$program" load -q -d zst a.nq.zst
  exits 0 dump "$program" dump -d zst -o zst.nq
  same zstd dump.nq zst.nq
fi
exits 0 "standard input" sh -c "'$program' load -q -f nq -d in - <a.nq"
exits 0 dump "$program" dump -d in -o in.nq
same "standard input" dump.nq in.nq

printf '<http://e/a> <http://e/p> "1" .\n<http://e/a> <http://e/p> 1 .\n' >bad.nq
exits 1 "a bad line" "$program" load -d one bad.nq
has "a bad line" "bad.nq:2:27" err.txt
exits 5 "one bad file of two" "$program" load -d three bad.nq a.nq
exits 0 dump "$program" dump -d three -o three.nq
same "the other file" dump.nq three.nq
exits 1 "bulk with a bad file" "$program" load --bulk -d one a.nq bad.nq
exits 0 lenient "$program" load --lenient -d three bad.nq
has lenient "1 of them new, 1 errors" err.txt
exits 0 dump "$program" dump -d one -o after.nq
same "after failures" dump.nq after.nq

exits 0 graph "$program" dump -d one -g http://example.org/g7 -o g7.nq
grep '<http://example.org/g7> \.$' dump.nq >g7.expected
same graph g7.expected g7.nq
exits 0 backup "$program" backup -d one copy
exits 1 "backup twice" "$program" backup -d one copy
exits 0 delete "$program" delete -d one -g http://example.org/g7
exits 0 dump "$program" dump -d one -o less.nq
grep -v '<http://example.org/g7> \.$' dump.nq >less.expected
same delete less.expected less.nq
# An article that was deleted may come back, and is then as it was.
echo "Solvane rachète Microtec pour 3 millions d'euros." >a.txt
echo "Verdane Foods buys Oatling for \$12m, it said." >b.txt
exits 0 ingest "$program" ingest -d articles a.txt b.txt
has ingest "2 new articles, 0 known" err.txt
exits 0 dump "$program" dump -d articles -o articles.nq
has "a deal" "Microtec" articles.nq
article=$(sed -n 's/.*Microtec.* <\(.*\)> \.$/\1/p' articles.nq | head -n 1)
exits 0 "delete an article" "$program" delete -d articles -g "$article"
exits 0 dump "$program" dump -d articles -o without.nq
grep -F "<$article> ." without.nq >left.nq
same "nothing of it is left" /dev/null left.nq
exits 0 "ingest again" "$program" ingest -d articles a.txt b.txt
has "ingest again" "1 new article, 1 known" err.txt
exits 0 dump "$program" dump -d articles -o again.nq
same "an article that came back" articles.nq again.nq
exits 0 "delete what is not there" "$program" delete -d articles -g http://e/g

exits 0 compact "$program" compact -d one
exits 0 check "$program" check-store -d one
exits 0 dump "$program" dump -d one -o compact.nq
same compact less.nq compact.nq
exits 1 "restore over quads" "$program" restore -d one copy
exits 0 restore "$program" restore --replace -d one copy
exits 0 dump "$program" dump -d one -o restored.nq
same restore dump.nq restored.nq
exits 0 "restore anew" "$program" restore -d new copy
exits 0 dump "$program" dump -d new -o new.nq
same "restore anew" dump.nq new.nq

exits 0 stats "$program" stats -d one
has stats "^quads  *4002$" out.txt
exits 0 "stats --void" "$program" stats -d one --void
cp out.txt void.ttl
exits 0 "VoID is Turtle" "$program" load -q -d void void.ttl

echo before >keep.ttl
exits 1 "no store" "$program" export -d nothing -o keep.ttl
has "no store" "^before$" keep.ttl
exits 2 "no format" "$program" export -d one -o x.unknown
exits 2 "no store named" env -u DEALGRAPH_STORE "$program" stats
exits 0 "store by environment" env DEALGRAPH_STORE=one "$program" check-store
printf 'dealgraph store, format 9\n1.lmdb\n' >one/current
exits 1 "a newer format" "$program" stats -d one
has "a newer format" "format 9" err.txt

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
