#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# C files are as clang-format 14 (Debian 12's) leaves them; generated tables
# are let be.

cd "${DG_SOURCE:-$(dirname "$0")/../..}" || exit 1
formatter=
for name in clang-format-14 clang-format; do
  if command -v $name >/dev/null && $name --version | grep -q 'version 14\.'; then
    formatter=$name
    break
  fi
done
if [ -z "$formatter" ]; then
  echo "skipped: no clang-format 14 here"
  exit 77
fi
passed=0
failed=0
for file in $(find extractor tests bench -name '*.[ch]' | sort); do
  case $file in
  *_table.h | extractor/rdf/vocab.h) continue ;;
  esac
  if $formatter --dry-run --Werror "$file" 2>/dev/null; then
    passed=$((passed + 1))
  else
    echo "$file: run $formatter -i $file"
    failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
