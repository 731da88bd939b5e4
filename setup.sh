# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=sh
#
# Shared by demo.sh and check.sh, which source it from the top of the tree:
# the Debian packages, and the steps from a fresh tree to a built program.

# What the program is built with (the list of configure.ac).
build_packages='build-essential autoconf automake libtool pkg-config
  librdf0-dev libraptor2-dev libserd-dev libpcre2-dev libxml2-dev
  libjansson-dev liblmdb-dev libunistring-dev libarchive-dev
  libcurl4-gnutls-dev libedit-dev zlib1g-dev libzstd-dev libxxhash-dev'

# What the tests need besides.
test_packages='libcmocka-dev python3 python3-rdflib redland-utils
  raptor2-utils clang-format man-db librdf-storage-sqlite'

logs=$PWD/build-logs

say() {
  printf '==> %s\n' "$*"
}

# fail STEP: name the step that failed, with the end of its log, and go.
fail() {
  if [ -s "$logs/step.log" ]; then
    tail -n 40 "$logs/step.log" >&2
    echo "(all of it: $logs/step.log)" >&2
  fi
  echo "FAILED: $*" >&2
  exit 1
}

# step NAME COMMAND...: run it quietly; on failure show what it said.
step() {
  step_name=$1
  shift
  say "$step_name"
  mkdir -p "$logs" || fail "$step_name: cannot write to $logs"
  "$@" >"$logs/step.log" 2>&1 || fail "$step_name"
}

# missing PACKAGE...: those that are not installed.
missing() {
  for package in "$@"; do
    case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
    installed) ;;
    *) echo "$package" ;;
    esac
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

packages_installed=

# install_packages PACKAGE...: call apt only when something is missing.
install_packages() {
  if ! command -v dpkg-query >/dev/null; then
    say "not a Debian system: the packages are taken to be there"
    return
  fi
  # shellcheck disable=SC2046,SC2086 # names hold no blanks
  set -- $(missing "$@")
  if [ $# -eq 0 ]; then
    say "Debian packages: all there"
    return
  fi
  say "Debian packages that are missing: $*"
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    fail "install packages: neither root nor sudo; as root run" \
      "'apt-get install $*'"
  fi
  step "apt-get update" as_root apt-get update
  step "apt-get install" as_root apt-get install -y --no-install-recommends "$@"
  packages_installed=yes
}

# One job a processor.
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# build: a program that is up to date, whatever the tree was before. Once
# there is a Makefile, make itself sees what else is out of date.
build() {
  [ -x configure ] || step "./autogen.sh" ./autogen.sh
  # What configure did not find, it may find now.
  if [ ! -f Makefile ] || [ -n "$packages_installed" ]; then
    step "./configure" ./configure
  fi
  step "make" make -j"$jobs"
}
