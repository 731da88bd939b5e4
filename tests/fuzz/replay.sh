#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Every harness over its seeds, each whole and cut off. A harness is named
# fuzz_NAME and has its seeds, one or more files, in seeds/NAME.

source=${DG_SOURCE:-$(dirname "$0")/../..}/tests/fuzz
cd "${DG_BUILD:-.}/tests/fuzz" || exit 1
passed=0
failed=0
for harness in fuzz_*; do
  case $harness in *.*) continue ;; esac
  for seed in "$source/seeds/${harness#fuzz_}"/*; do
    if timeout 60 "./$harness" "$seed" >/dev/null; then
      passed=$((passed + 1))
    else
      echo "$harness fails on $seed"
      failed=$((failed + 1))
    fi
  done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
