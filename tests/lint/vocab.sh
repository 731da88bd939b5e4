#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The vocabulary and those who speak it agree: vocab.h is what vocab.awk makes
# of the ontology, every deal: term of shapes, queries and their tests is
# declared, and C code takes terms from vocab.h only.

cd "${DG_SOURCE:-$(dirname "$0")/../..}" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failed=0

fail() {
  echo "vocab: $*"
  failed=$((failed + 1))
}

awk -f ontology/vocab.awk ontology/dealgraph.ttl >"$scratch/vocab.h" ||
  fail "vocab.awk failed"
cmp "$scratch/vocab.h" extractor/rdf/vocab.h ||
  fail "extractor/rdf/vocab.h is not current; run:" \
    "awk -f ontology/vocab.awk ontology/dealgraph.ttl >extractor/rdf/vocab.h"

sed -n 's/^deal:\([A-Za-z]*\) a .*/\1/p' ontology/dealgraph.ttl |
  sort >"$scratch/declared"
uniq -d "$scratch/declared" >"$scratch/twice"
[ -s "$scratch/twice" ] && fail "declared twice: $(cat "$scratch/twice")"

for file in ontology/*.ttl queries/*.rq tests/queries/*/data.* \
  tests/unit/*.nq; do
  [ -f "$file" ] || continue
  # Longer forms first: IRIs in full, then prefixed names; quoted text is none.
  sed 's/"[^"]*"//g' "$file" |
    grep -oE '(<https://dealgraph\.org/ns#|[^[:alnum:]]deal:)[A-Za-z]+' |
    sed 's/.*[#:]//' | sort -u | comm -23 - "$scratch/declared" \
    >"$scratch/unknown"
  [ -s "$scratch/unknown" ] &&
    fail "$file uses what the ontology does not declare:" \
      "$(tr '\n' ' ' <"$scratch/unknown")"
done

grep -rln 'dealgraph\.org/ns' extractor --include='*.[ch]' |
  grep -v '^extractor/rdf/vocab\.h$' >"$scratch/strays"
[ -s "$scratch/strays" ] &&
  fail "terms spelled outside vocab.h: $(cat "$scratch/strays")"

[ "$failed" -eq 0 ] && echo "vocab: $(wc -l <"$scratch/declared") terms agree"
exit $((failed > 0))
