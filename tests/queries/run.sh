#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Runs every saved query over small data and compares the rows. A folder
# QUERY or QUERY.CASE holds expected.tsv (SPARQL 1.1 TSV), parameters in `args`
# (NAME=VALUE, a line each), and perhaps data.ttl or data.trig. Else the data is
# CASE.trig beside it, else market.trig. All data keeps to the shapes.

source=${DG_SOURCE:-$(dirname "$0")/../..}
program=${DG_PROGRAM:-$source/dealgraph}
here=$source/tests/queries
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

if ! "$program" help query >/dev/null 2>&1; then
  echo "queries: skipped, the program has no query command"
  exit 77
fi

fail() {
  echo "FAIL $*"
  failed=$((failed + 1))
}

pass() {
  passed=$((passed + 1))
}

data_of() {
  for data in "$1/data.trig" "$1/data.ttl" "$here/${case#*.}.trig" \
    "$here/market.trig"; do
    [ -f "$data" ] && break
  done
}

# The columns that the header declares, in order, are those that come out.
check_columns() {
  sed -n 's/^# column: \([a-z_]*\) .*/?\1/p' "$source/queries/$1.rq" |
    tr '\n' '\t' | sed 's/\t$//' >"$scratch/declared"
  head -n 1 "$scratch/rows" | tr -d '\n' | cmp -s - "$scratch/declared"
}

run_case() {
  case=$(basename "$1")
  name=${case%%.*}
  data_of "$1"
  set -- "$1"
  if [ -f "$1/args" ]; then
    while IFS= read -r line; do
      set -- "$@" --param "$line"
    done <"$1/args"
  fi
  folder=$1
  shift
  if ! "$program" query --data "$data" "$name" --format tsv "$@" \
    >"$scratch/rows" 2>"$scratch/errors"; then
    fail "$case: $(cat "$scratch/errors")"
  elif ! diff -u "$folder/expected.tsv" "$scratch/rows"; then
    fail "$case: other rows"
  elif ! check_columns "$name"; then
    fail "$case: other columns than the header of $name.rq declares"
  else
    pass
  fi
}

# What a dashboard reads of a query: names, questions in two languages, and
# parameters and columns with types.
check_header() {
  types='(string|integer|decimal|date|boolean|iri|company)'
  for key in title title.fr question question.fr; do
    grep -q "^# $key: ." "$1" || fail "$(basename "$1"): no $key"
  done
  grep -q '^# column: ' "$1" || fail "$(basename "$1"): no column"
  sed '/^#/!q' "$1" | grep '^#' |
    grep -vE '^# (title|question)(\.fr)?: .' |
    grep -vE "^# param: [a-z_]+ $types( \[[^]]*\])?  .+" |
    grep -vE "^# column: [a-z_]+ $types  .+" >"$scratch/odd"
  if [ -s "$scratch/odd" ]; then
    fail "$(basename "$1"): $(cat "$scratch/odd")"
  else
    pass
  fi
}

for query in "$source"/queries/*.rq; do
  check_header "$query"
done

for folder in "$here"/*/; do
  run_case "${folder%/}"
done

for query in "$source"/queries/*.rq; do
  name=$(basename "$query" .rq)
  if [ -d "$here/$name" ]; then
    pass
  else
    fail "$name: no test"
  fi
done

for data in "$here"/*.trig "$here"/*/data.*; do
  [ -f "$data" ] || continue
  if "$program" validate --data "$data" >"$scratch/report"; then
    pass
  else
    fail "$data: $(cat "$scratch/report")"
  fi
done

echo "queries: $passed passed, $failed failed"
exit $((failed > 0))
