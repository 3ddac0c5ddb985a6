# Sourced by the scripts beside this folder: where the project is, and how they talk.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
self=$(basename "$0")
script=$(cd "$(dirname "$0")" && pwd)/$self
cd "$root"

# Debian keeps acorn, which emscripten's optimiser needs, where only its own Node looks.
export NODE_PATH="/usr/share/nodejs${NODE_PATH:+:$NODE_PATH}"

jobs=$(nproc 2>/dev/null || echo 2)

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s: %s\n' "$self" "$*" >&2
  exit 1
}
usage_error() {
  printf '%s: %s (try --help)\n' "$self" "$*" >&2
  exit 2
}

# Prints the comment block at the top of the calling script, and ends it.
show_help() {
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$script"
  exit 0
}

# quietly NAME COMMAND...: output only when it fails.
quietly() {
  local name=$1 log status=0
  shift
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then
    cat "$log" >&2
    rm -f "$log"
    fail "$name failed ($status)"
  fi
  rm -f "$log"
}

# newer_than STAMP PATH...: true if STAMP is missing or a file under PATH... is newer. Prunes what builds produce;
# a folder does not count, because producing is what makes it newer.
newer_than() {
  local stamp=$1
  shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" \( -name node_modules -o -name dist \) -prune -o -type f -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# configure PRESET: the first time only; ninja re-runs CMake by itself when it has to.
configure() {
  [ -e "build/$1/build.ninja" ] && return
  quietly "configuring $1" cmake --preset "$1"
}

# build PRESET TARGET...
build() {
  local preset=$1
  shift
  configure "$preset"
  quietly "building $preset" cmake --build "build/$preset" --parallel "$jobs" ${1:+--target "$@"}
}

# build_plugin PRESET TARGET...: the plugin for Mosquitto, off by default.
build_plugin() {
  local preset=$1
  grep -qs trtc_usersig "build/$preset/build.ninja" || quietly "configuring $preset" cmake --preset "$preset" -DTRTC_MOSQUITTO_PLUGIN=ON
  build "$@"
}
