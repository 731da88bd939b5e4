#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The tree as a whole: licence lines, scripts that parse, no path or word that
# holds on one machine only, no trailing blanks, no merge markers.

cd "${DG_SOURCE:-$(dirname "$0")/../..}" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

# verdict NAME FILE: good when FILE, the list of faults, is empty.
verdict() {
  if [ -s "$2" ]; then
    sed "s/^/$1: /" "$2"
    failed=$((failed + 1))
  else
    passed=$((passed + 1))
  fi
}

known=
# Files that people wrote: those git knows, or in a packed tree all sources.
if git rev-parse --is-inside-work-tree >/dev/null 2>&1 &&
  [ -n "$(git ls-files Makefile.am)" ]; then
  known=git
  git ls-files --cached --others --exclude-standard |
    while read -r file; do [ -f "$file" ] && echo "$file"; done
else
  find extractor tests bench data doc ontology queries .ci ./*.sh ./*.md \
    Makefile.am configure.ac -type f \
    ! -name '*.o' ! -name '*.lo' ! -name '*.log' ! -name '*.trs' \
    ! -path '*/.deps/*' ! -path '*/.libs/*' 2>/dev/null
fi | sort -u >"$scratch/files"

grep -E '\.([ch]|sh|py|awk|l|y)$' "$scratch/files" >"$scratch/code"

# Without git, what a build has made lies among the rest.
if [ -n "$known" ]; then
  while read -r file; do
    case $(head -c 4 "$file" | tr -d '\000') in
    ?ELF | '!<ar') echo "$file" ;;
    esac
  done <"$scratch/files" >"$scratch/out"
  verdict "made by a build" "$scratch/out"
fi
xargs grep -L 'SPDX-License-Identifier: LGPL-2.1-or-later' \
  <"$scratch/code" >"$scratch/out"
verdict "no SPDX line" "$scratch/out"

grep '\.sh$' "$scratch/files" | while read -r file; do
  case $(head -n 1 "$file") in
  *bash*) bash -n "$file" ;;
  *) sh -n "$file" ;;
  esac 2>&1
done >"$scratch/out"
verdict "shell" "$scratch/out"

grep '\.py$' "$scratch/files" | while read -r file; do
  python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' \
    "$file" 2>&1
done >"$scratch/out"
verdict "python" "$scratch/out"

# Articles and other people's text may hold anything.
grep -vE '^(data|tests/(corpus|golden|input))/|^COPYING$|^tests/lint/tree\.sh$' \
  "$scratch/files" >"$scratch/ours"
xargs grep -nIE '(^|[^A-Za-z0-9_.$}/"*])/(work|home|root|Users)/' \
  <"$scratch/ours" >"$scratch/out"
verdict "path of one machine" "$scratch/out"

xargs grep -nIE '[[:blank:]]+$' <"$scratch/code" >"$scratch/out"
verdict "trailing blanks" "$scratch/out"

xargs grep -nIE '^(<<<<<<<|>>>>>>>) ' <"$scratch/files" >"$scratch/out"
verdict "merge marker" "$scratch/out"

xargs grep -nIE '\b(TODO|FIXME|XXX|HACK)\b' <"$scratch/code" |
  grep -v '^tests/lint/' >"$scratch/out"
verdict "unfinished" "$scratch/out"

xargs grep -lE '^(int|void) ?main\(|^main\(' <"$scratch/code" |
  grep '^extractor/.*\.c$' | grep -v '^extractor/cli/main\.c$' >"$scratch/out"
verdict "a main outside of the program" "$scratch/out"

grep '^extractor/.*\.c$' "$scratch/code" | grep -v '^extractor/cli/' |
  xargs grep -nE '(^|[^a-z_A-Z.>])(exit|abort|printf|puts|perror)\(' \
    >"$scratch/out"
verdict "exit or print outside of cli" "$scratch/out"

# What is written is also packed: each source stands in a list of make's.
cat Makefile.am extractor/*/room.mk tests/*.mk tests/*/*.mk bench/*.mk \
  data/*.mk ontology/*.mk doc/*.mk 2>/dev/null >"$scratch/lists"
grep '\.[ch]$' "$scratch/code" | while read -r file; do
  grep -qF "$file" "$scratch/lists" || echo "$file"
done >"$scratch/out"
verdict "in no list of make" "$scratch/out"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
