#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# No two objects of the library define the same global symbol (the linker
# takes the first from an archive and says nothing), and each global carries
# the project's prefix. Run in the build folder, after make.

cd "${DG_BUILD:-.}" || exit 1
objects=$(find extractor -path '*/.libs/*.o' | sort)
if [ -z "$objects" ]; then
  echo "no objects below $PWD/extractor: run make first"
  exit 1
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# An object whose source is gone is left from an earlier build.
for object in $objects; do
  source=$(echo "$object" | sed 's,/\.libs/,/,; s,\.o$,.c,')
  [ -f "${DG_SOURCE:-.}/$source" ] || continue
  nm -g --defined-only "$object" |
    awk -v object="$object" '$2 ~ /^[TDBRC]$/ { print $3, object }'
done | grep -v ' .*module\.o$' | sort >"$scratch/all"

cut -d' ' -f1 "$scratch/all" | uniq -d >"$scratch/twice"
while read -r symbol; do
  grep "^$symbol " "$scratch/all" | sed 's/^/defined twice: /'
done <"$scratch/twice" >"$scratch/out"

# Sanitizers add names that start with an underscore.
grep -vE '^(dg_|_|librdf_storage_module_register_factory )' "$scratch/all" |
  sed 's/^/without the prefix dg_: /' >>"$scratch/out"

cat "$scratch/out"
faults=$(wc -l <"$scratch/out")
total=$(wc -l <"$scratch/all")
echo "$((total - faults)) passed, $faults failed"
[ "$faults" -eq 0 ] && [ "$total" -gt 0 ]
