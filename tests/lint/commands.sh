#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Every subcommand explains itself with --help; the man page names each of
# them and each of their options, and nothing that they do not have.

cd "${DG_SOURCE:-$(dirname "$0")/../..}" || exit 1
program=${DG_PROGRAM:-./dealgraph}
page=doc/dealgraph.1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

good() {
  passed=$((passed + 1))
}
bad() {
  echo "$*"
  failed=$((failed + 1))
}

# section COMMAND: the man page's own part about it, without roff's marks.
section() {
  awk -v name="$1" '
    /^\.S[SH] / { on = ($0 == ".SS " name || $0 == ".SS \"" name "\"") }
    on' "$page" | sed 's/\\-/-/g; s/\\f[BIRP]//g'
}

"$program" help >"$scratch/help" || bad "dealgraph help fails"
awk '/^  [a-z]/ { print $1 }' "$scratch/help" >"$scratch/commands"
[ -s "$scratch/commands" ] || bad "dealgraph help lists no command"

while read -r command; do
  if "$program" "$command" --help >"$scratch/text" 2>"$scratch/err" \
    </dev/null && [ -s "$scratch/text" ] && [ ! -s "$scratch/err" ]; then
    good
  else
    bad "dealgraph $command --help fails"
  fi
  section "$command" >"$scratch/section"
  if [ ! -s "$scratch/section" ]; then
    bad "$page has no section '.SS $command'"
    continue
  fi
  grep -oE '(^|[^A-Za-z0-9-])--[a-z][a-z-]+' "$scratch/text" |
    grep -oE '[-][-][a-z-]+' | sort -u >"$scratch/options"
  # Options that all reading commands share stand in a section of their own.
  section "Options of the reading commands" >>"$scratch/section"
  while read -r option; do
    if grep -qE -- "(^|[^a-z-])$option([^a-z-]|\$)" "$scratch/section"; then
      good
    else
      bad "$page: section $command does not name $option"
    fi
  done <"$scratch/options"
done <"$scratch/commands"

sed -n 's/^\.SS \([a-z-]*\)$/\1/p' "$page" | while read -r name; do
  grep -qx -- "$name" "$scratch/commands" || echo "$name"
done >"$scratch/unknown"
[ -s "$scratch/unknown" ] &&
  bad "$page describes what is no command: $(tr '\n' ' ' <"$scratch/unknown")"

for status in 0 1 2 3 4 5 6; do
  grep -q "^\\.B $status\$" "$page" || bad "$page: no exit status $status"
done
if command -v man >/dev/null; then
  LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z "$page" \
    2>&1 >/dev/null | head -n 5 >"$scratch/roff"
  [ -s "$scratch/roff" ] && bad "$page: $(cat "$scratch/roff")"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
