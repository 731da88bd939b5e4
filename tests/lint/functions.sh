#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Functions stay short: over 60 lines is a warning, over 120 an error. The
# format puts a function's braces, and no others, in the first column.

cd "${DG_SOURCE:-$(dirname "$0")/../..}" || exit 1
find extractor tests bench -name '*.c' | sort | xargs awk '
  FNR == 1 { begin = 0 }
  /^[A-Za-z_].*\(/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
  /^\{/ { begin = FNR }
  /^\}/ && begin {
    length_ = FNR - begin + 1
    if (length_ > 120) {
      printf "%s:%d: %s has %d lines\n", FILENAME, begin, name, length_
      ++failed
    } else {
      ++passed
      if (length_ > 60)
        printf "%s:%d: warning: %s has %d lines\n", FILENAME, begin, name, length_
    }
    begin = 0
  }
  END {
    printf "%d passed, %d failed\n", passed, failed
    exit failed > 0 || !passed
  }'
