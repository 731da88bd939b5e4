#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# PostgreSQL through librdf, with a server of the test's own that is reached
# through a socket in a scratch folder. Skipped where Debian's postgresql and
# librdf-storage-postgresql are not installed.

programs=
for folder in /usr/lib/postgresql/*/bin; do
  [ -x "$folder/initdb" ] && programs=$folder
done
if [ -z "$programs" ]; then
  echo "skipped: no PostgreSQL (Debian's package postgresql)"
  exit 77
fi
# shellcheck source=tests/store/storage.sh
. "${DG_SOURCE:-.}/tests/store/storage.sh"

# The server refuses to run as root.
server() {
  command=$1
  shift
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && runuser -u postgres -- "$programs/$command" "$@")
  else
    "$programs/$command" "$@"
  fi
}

base=$(mktemp -d) || exit 1
[ "$(id -u)" -ne 0 ] || chown postgres "$base" || exit 1
stop() {
  server pg_ctl -D "$base/data" -m immediate stop >/dev/null 2>&1
  rm -rf "$base" "$scratch"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM
if ! server initdb -D "$base/data" -A trust -U deal -E UTF8 --locale=C \
  >init.txt 2>&1 ||
  ! server pg_ctl -D "$base/data" -w -l "$base/log" -o "-c fsync=off \
    -c listen_addresses='' -c unix_socket_directories='$base'" start \
    >>init.txt 2>&1 ||
  ! server createdb -h "$base" -U deal deals >>init.txt 2>&1; then
  echo "PostgreSQL does not start:"
  cat init.txt
  exit 1
fi

options="host='$base',port='5432',database='deals',user='deal',password='x'"
spec="postgresql:deals?$options"
exits 1 "no tables yet" "$program" ingest -d "$spec" "$first"
if grep -q "storage 'postgresql' not found" err.txt; then
  echo "skipped: no storage (Debian's package librdf-storage-postgresql)"
  exit 77
fi
keeps "postgresql:deals?new='yes',$options" "$spec" postgresql
has "postgresql: warning" "half a graph" warnings.txt
exits 0 "postgresql: update" "$program" update -d "$spec" -e 'DROP ALL'
exits 0 "postgresql: empty" "$program" dump -d "$spec"
same "postgresql: empty" out.txt /dev/null
result
