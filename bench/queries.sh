#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Times every saved query on an invented market of N deals (default 42000, some
# 1.3 million quads) in a store, whole, and those with a parameter for one
# company or deal: median user CPU of 5 runs of the whole program, and rows.
# A query that needs over 20 s is said to.
#
#   bench/queries.sh [N]

source=${DG_SOURCE:-$(dirname "$0")/..}
program=${DG_PROGRAM:-$source/dealgraph}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
python3 "$source/bench/queries.py" "${1:-42000}" >"$scratch/market.nq" || exit 1
"$program" load -q --bulk -d "$scratch/store" "$scratch/market.nq" || exit 1
echo "$(wc -l <"$scratch/market.nq") quads"

# measure NAME [PARAM=VALUE]
measure() {
  : >"$scratch/times"
  for run in 1 2 3 4 5; do
    if ! /usr/bin/time -f %U -a -o "$scratch/times" timeout 20 "$program" query \
      -d "$scratch/store" "$1" ${2:+--param "$2"} --format tsv \
      >"$scratch/rows"; then
      printf '%-14s %-50s failed or over 20 s\n' "$1" "${2:-}"
      return
    fi
  done
  printf '%-14s %-50s %6d rows %5.0f ms\n' "$1" "${2:-}" \
    "$(($(wc -l <"$scratch/rows") - 1))" \
    "$(sort -n "$scratch/times" | awk 'NR == 3 { print $1 * 1000 }')"
}

one="Alto Energy 400"
for query in "$source"/queries/*.rq; do
  name=$(basename "$query" .rq)
  case $name in
  company) ;;
  evidence) measure evidence deal=https://dealgraph.org/id/deal/d400 ;;
  *) measure "$name" ;;
  esac
  for param in company acquirer; do
    if grep -q "^# param: $param company" "$query"; then
      measure "$name" "$param=$one"
    fi
  done
done
