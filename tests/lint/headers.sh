#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Every header compiles alone, without a warning. Generated tables are parts of
# the file that includes them.

cd "${DG_SOURCE:-$(dirname "$0")/../..}" || exit 1
passed=0
failed=0
for header in $(find extractor -name '*.h' ! -name '*_table.h' | sort); do
  # shellcheck disable=SC2086 # a command and flags, in words
  if ${CC:-cc} -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wconversion -Werror \
    -fsyntax-only -Iextractor ${DG_DEPS_CFLAGS-} \
    -include "$header" -x c /dev/null; then
    passed=$((passed + 1))
  else
    echo "$header does not compile alone"
    failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
