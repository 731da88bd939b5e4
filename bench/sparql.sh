#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Times the ten bench queries on N quads (default 100000), in memory and in a
# store, and oxigraph's in the same run where NODE_PATH leads to its package.
#
#   bench/sparql.sh [N]

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
"$source/bench/sparql_bench" "$scratch/data.nq" "$shared"/queries/q*.rq
"$source/dealgraph" load -d "$scratch/store" "$scratch/data.nq" &&
  "$source/bench/sparql_bench" -d "$scratch/store" "$shared"/queries/q*.rq
if node -e 'require("oxigraph")' 2>/dev/null; then
  node "$shared/oxigraph-bench.js" "$scratch/data.nq" "$shared"/queries/q*.rq
else
  echo "oxigraph: skipped, NODE_PATH does not lead to its package"
fi
