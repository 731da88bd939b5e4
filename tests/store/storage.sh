# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=sh
#
# What the tests of librdf's storages share: a scratch folder to work in, what
# the embedded store makes of two articles (one.nq, two.nq), and the checks.

program=$(readlink -f "${DG_PROGRAM:-./dealgraph}")
articles=$(readlink -f "${DG_SOURCE:-.}/data/articles")
first=$articles/en-01-acquisition-castleford.txt
second=$articles/fr-05-rachat-ponant.txt
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

# has WHAT TEXT FILE
has() {
  if grep -q -- "$2" "$3"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$1: no '$2' in $(cat "$3")"
  fi
}

# result: tell how many, and give the script's exit status.
result() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

targets='PREFIX dg: <https://dealgraph.org/ns#>
SELECT ?g ?s ?o WHERE { GRAPH ?g { ?s dg:target ?o } } ORDER BY ?g ?s ?o'

# holds SPEC WHAT QUADS: the store gives them all, in each way there is.
holds() {
  exits 0 "$2: dump" "$program" dump -d "$1"
  same "$2: dump" out.txt "$3"
  exits 0 "$2: query" "$program" query -d "$1" -e "$targets" --format csv
  mv out.txt got.csv
  exits 0 "$2: query of the quads" \
    "$program" query --data "$3" -e "$targets" --format csv
  same "$2: query" got.csv out.txt
  exits 0 "$2: export" "$program" export -d "$1" -f trig
  mv out.txt got.trig
  rm -rf again
  exits 0 "$2: load the export" "$program" load -q -d again got.trig
  exits 0 "$2: dump of the export" "$program" dump -d again
  same "$2: export" out.txt "$3"
}

# keeps SPEC-AT-FIRST SPEC WHAT: two articles, one after the other and again.
keeps() {
  exits 0 "$3: one article" "$program" ingest -d "$1" "$first"
  has "$3: one article" "1 new article" err.txt
  cp err.txt warnings.txt
  holds "$2" "$3: one article" one.nq
  exits 0 "$3: two articles" "$program" ingest -d "$2" "$second"
  holds "$2" "$3: two articles" two.nq
  exits 0 "$3: the same again" "$program" ingest -d "$2" "$second" "$first"
  holds "$2" "$3: the same again" two.nq
}

"$program" ingest -d lmdb "$first" 2>/dev/null
"$program" dump -d lmdb >one.nq
"$program" ingest -d lmdb "$second" 2>/dev/null
"$program" dump -d lmdb >two.nq
if ! [ -s one.nq ] || cmp -s one.nq two.nq; then
  echo "the embedded store does not hold the articles"
  exit 1
fi
