# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Counts single cases over the tests that automake ran. Input: the paths of
# their .trs files. Output: a line for each test, the log of each that failed,
# and last "PASSED FAILED SKIPPED".
#
# A test says its cases as cmocka does ("[  PASSED  ] 5 test(s).") or on a
# line "5 passed, 0 failed" ("..., 1 skipped"); one that says nothing counts
# as one case.

function last_line(path,    line, last) {
  while ((getline line <path) > 0) {
    if (line != "") {
      last = line
    }
  }
  close(path)
  return last
}

function show(path,    line) {
  while ((getline line <path) > 0) {
    print "  | " line
  }
  close(path)
}

# Sets p, f and s from a test's log.
function count(path,    line, n, word) {
  p = f = s = 0
  while ((getline line <path) > 0) {
    n = split(line, word, /[^0-9A-Za-z]+/)
    if (match(line, /(^|: )[0-9]+ passed, [0-9]+ failed/)) {
      sub(/^.*: /, "", line)
      n = split(line, word, /[^0-9A-Za-z]+/)
      p += word[1]
      f += word[3]
      s += n >= 5 && word[6] == "skipped" ? word[5] : 0
    } else if (match(line, /^\[  (PASSED|FAILED|SKIPPED) *\] .*test\(s\)/)) {
      match(line, /[0-9]+ test/)
      n = substr(line, RSTART) + 0
      if (line ~ /PASSED/) p += n
      else if (line ~ /FAILED/) f += n
      else s += n
    }
  }
  close(path)
}

{
  result = ""
  while ((getline line <$0) > 0) {
    if (line ~ /^:test-result:/) {
      split(line, word, " ")
      result = word[2]
    }
  }
  close($0)
  log_file = $0
  sub(/\.trs$/, ".log", log_file)
  name = $0
  sub(/\.trs$/, "", name)
  count(log_file)
  good = result == "PASS" || result == "XFAIL"
  if (result == "SKIP") {
    p = f = 0
    s = 1
  } else if (good && p + f + s == 0) {
    p = 1
  } else if (!good && f == 0) {
    f = 1
  }
  printf "%-5s %s (%d)", result, name, p + f + s
  printf "%s\n", result == "SKIP" ? ": " last_line(log_file) : ""
  if (!good && result != "SKIP") {
    show(log_file)
  }
  passed += p
  failed += f
  skipped += s
}

END {
  print passed + 0, failed + 0, skipped + 0
}
