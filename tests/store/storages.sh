#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Storages of librdf by their names: what the embedded store holds of an
# article, they hold; where data can be lost, a warning says so; where graphs
# cannot be kept, nothing is written.

# shellcheck source=tests/store/storage.sh
. "${DG_SOURCE:-.}/tests/store/storage.sh"

# In memory: all in one process.
for spec in "memory:" "memory:x" "hashes:x?hash-type='memory'"; do
  exits 0 "$spec" "$program" ingest -d "$spec" "$first" "$second"
  has "$spec" "2 new articles" err.txt
  has "$spec" "warning" err.txt
done

# Files of Berkeley DB.
hashes="hashes:h?hash-type='bdb',dir='.'"
keeps "$hashes,new='yes'" "$hashes" hashes
has "hashes: warning" "damaged when the program is killed" warnings.txt
exits 0 "hashes: a graph goes" "$program" update -d "$hashes" -e 'DROP ALL'
exits 0 "hashes: empty" "$program" dump -d "$hashes"
same "hashes: empty" out.txt /dev/null

# Without graphs, or without the storage, nothing is written.
for spec in "trees:x" "file:x.rdf" "hashes:y?hash-type='memory',contexts='no'"
do
  exits 1 "$spec" "$program" ingest -d "$spec" "$first"
  has "$spec" "keeps no graphs" err.txt
done
exits 1 "no such storage" "$program" ingest -d nosuch:x "$first"
has "no such storage" "librdf cannot open 'nosuch'" err.txt

# An error of the storage is not passed over. Debian has sqlite in a package
# of its own.
exits 0 sqlite "$program" ingest -d sqlite:try.db "$first"
if grep -q "storage 'sqlite' not found" err.txt; then
  echo "skipped: sqlite (Debian's librdf-storage-sqlite is not installed)"
  failed=$((failed - 1))
else
  keeps sqlite:s.db sqlite:s.db sqlite
  exits 0 "sqlite: export" "$program" export -d sqlite:s.db -f nq
  : >empty.db
  exits 1 "sqlite without tables" "$program" ingest -d sqlite:empty.db "$first"
  has "sqlite without tables" "no such table" err.txt
  exits 1 "sqlite without a file" "$program" dump -d sqlite:none.db
  has "sqlite without a file" "no such file" err.txt
  exits 1 "no file is made by a reader" test -e none.db
  exits 0 "sqlite: update" "$program" update -d sqlite:s.db -e 'DROP ALL'
  exits 0 "sqlite: empty" "$program" dump -d sqlite:s.db
  same "sqlite: empty" out.txt /dev/null
fi
result
