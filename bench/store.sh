#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# bench/store.sh [TRIPLES [BATCH]]: the embedded store beside librdf's hashes,
# and beside oxigraph where NODE_PATH has it. The graph is that of gen.py in
# ../shared/bench. Build first: make bench/store

triples=${1:-1000000}
batch=${2:-10000}
shared=${DG_SHARED:-../shared}/bench
[ -f "$shared/gen.py" ] || shared=../../shared/bench
if [ ! -f "$shared/gen.py" ]; then
  echo "skipped: no gen.py in ../shared/bench"
  exit 77
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
python3 "$shared/gen.py" "$triples" "$scratch/graph" || exit 1
mkdir "$scratch/stores"
./bench/store "$scratch/graph.nq" "$scratch/stores" "$batch" || exit 1
if [ -n "$NODE_PATH" ] && command -v node >/dev/null; then
  node "$shared/oxigraph-bench.js" "$scratch/graph.nq"
else
  echo "oxigraph: skipped, set NODE_PATH to where the npm package is"
fi
