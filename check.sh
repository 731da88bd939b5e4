#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Set up as demo.sh does, then run every test, and the unit tests once more
# under AddressSanitizer and UndefinedBehaviorSanitizer. The last line is
# "N passed, N failed, N skipped"; the status is 0 only when none failed.
#
# --full also runs what wants a browser, an office suite or a server; without
# it these tests say that they were skipped.
cd "$(dirname "$0")" || exit 1
. ./setup.sh

case ${1-} in
'') ;;
--full)
  DG_FULL=1
  export DG_FULL
  ;;
*)
  echo "usage: ./check.sh [--full]" >&2
  exit 2
  ;;
esac

passed=0
failed=0
skipped=0

# Said last, however the script ends.
sum_up() {
  status=$?
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1 # a step before the tests
  fi
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] || exit 1
}
trap sum_up EXIT

# run_tests NAME COMMAND...: a make target that runs tests in this folder;
# adds what they say to the sums.
run_tests() {
  name=$1
  shift
  say "$name"
  find tests \( -name '*.trs' -o -name '*.log' \) -exec rm -f {} +
  "$@" >"$logs/step.log" 2>&1
  made=$?
  find tests -name '*.trs' | sort >"$logs/trs"
  awk -f "$top/tests/tally.awk" "$logs/trs" >"$logs/tally" ||
    fail "$name: cannot count the results"
  sed '$d' "$logs/tally"
  read -r p f s <<SUMS
$(tail -n 1 "$logs/tally")
SUMS
  passed=$((passed + p))
  failed=$((failed + f))
  skipped=$((skipped + s))
  if [ "$made" -ne 0 ] && [ "$f" -eq 0 ] || [ "$((p + f))" -eq 0 ]; then
    tail -n 40 "$logs/step.log"
    echo "FAILED: $name: the tests did not run"
    failed=$((failed + 1))
  fi
}

# The sanitizers build what `make dist` would pack, so that their objects
# stay apart from the program's.
set_up_sanitizers() {
  sanitized=$top/build-sanitize
  mkdir -p "$sanitized"
  step "make distdir" make distdir distdir=build-sanitize/source
  mkdir -p "$sanitized/build"
  cd "$sanitized/build" || fail "sanitizers: no build folder"
  [ -f Makefile ] ||
    step "configure with sanitizers" ../source/configure \
      --enable-asan --enable-ubsan CFLAGS='-O1 -g'
}

top=$PWD
# shellcheck disable=SC2086 # lists of words
install_packages $build_packages $test_packages
build
run_tests "make check" make -k -j"$jobs" check
set_up_sanitizers
run_tests "unit tests under ASan and UBSan" make -k -j"$jobs" check-unit
