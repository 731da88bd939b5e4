#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# From a fresh Debian 12 to the deals of the sample articles: installs what is
# missing, builds, reads the articles into a store, asks three questions, and
# leaves the graph as a Turtle file. Runs as often as you like.
cd "$(dirname "$0")" || exit 1
. ./setup.sh

cat <<'TEXT'
This builds dealgraph, reads the sample articles of data/articles into an
embedded store, and asks it who buys, funds and works with whom. It installs
Debian packages only where some are missing.

TEXT
# shellcheck disable=SC2086 # a list of words
install_packages $build_packages
build

program=$PWD/dealgraph
out=$(mktemp -d "${TMPDIR:-/tmp}/dealgraph-demo.XXXXXX") ||
  fail "make a scratch folder"
store=$out/store

step "read the articles: dealgraph ingest -d $store data/articles/*.txt" \
  "$program" ingest -d "$store" data/articles/*.txt

# ask NAME: a saved query as a table.
ask() {
  echo
  say "dealgraph query -d $store $1"
  "$program" query -d "$store" --format table "$1" || fail "query $1"
}

ask deals
ask investors
ask rounds

echo
step "export: dealgraph export -d $store -o $out/deals.ttl" \
  "$program" export -d "$store" -o "$out/deals.ttl"
[ -s "$out/deals.ttl" ] || fail "export: no Turtle file"
cat <<TEXT

The graph as Turtle: $out/deals.ttl
More questions:      ./dealgraph query -d $store --list
TEXT
