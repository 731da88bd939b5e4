#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Times the bench queries on N quads (default 100000), medians of both sides in
# one run: ours in a store, oxigraph where NODE_PATH leads to its package, and
# rasqal on our storage on those that it answers rightly within a minute.
#
#   make bench/sparql_bench bench/rasqal_bench && bench/sparql.sh [N]

source=${DG_SOURCE:-$(dirname "$0")/..}
shared=$source/../shared/bench
[ -f "$shared/gen.py" ] || shared=$source/../../shared/bench
if [ ! -f "$shared/gen.py" ]; then
  echo "sparql: skipped, no bench material at $source/../shared/bench"
  exit 77
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
python3 "$shared/gen.py" "${1:-100000}" "$scratch/data" || exit 1
# compare NAME: each time over ours, and their geometric mean.
compare() {
  awk -v name="$1" '
    FNR == NR { ours[$2] = $4 + 0; next }
    $1 == "QUERY" {
      ratio = ($4 + 0) / ours[$2]
      sub(".*/", "", $2)
      printf "%-8s %-8s %s ours, %s: %.1f times\n", name, $2, ours_of($2), $4, ratio
      sum += log(ratio); ++n
    }
    function ours_of(q,  k) { for (k in ours) if (k ~ "/" q "$") return ours[k] "s" }
    END { if (n) printf "%s: geometric mean %.1f times ours, %d queries\n", name, exp(sum / n), n }
  ' "$scratch/ours" "$2"
}

"$source/dealgraph" load -q --bulk -d "$scratch/store" "$scratch/data.nq" ||
  exit 1
"$source/bench/sparql_bench" -d "$scratch/store" "$shared"/queries/q*.rq |
  grep QUERY >"$scratch/ours"
if node -e 'require("oxigraph")' 2>/dev/null; then
  node "$source/bench/oxigraph.js" "$scratch/data.nq" "$shared"/queries/q*.rq \
    >"$scratch/oxigraph"
  compare oxigraph "$scratch/oxigraph"
else
  echo "oxigraph: skipped, NODE_PATH does not lead to its package"
fi
set -- # q6 is refused; q9 and q10 take minutes
for query in 1 2 3 4 5 6x 7 8; do
  set -- "$@" "$shared/queries/q$query.rq"
done
"$source/bench/rasqal_bench" "$scratch/store" "$@" >"$scratch/rasqal" 2>/dev/null
compare rasqal "$scratch/rasqal"
