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

# configure PRESET OPTION...: the first time only; ninja re-runs CMake by itself when it has to. scripts/test sets
# TRTC_BY_FOLDER, because it builds everything; whoever works on a file is better off without (CMakeLists.txt).
configure() {
  local preset=$1 emscripten=()
  shift
  [ -e "build/$preset/build.ninja" ] && return
  [ "$preset" != wasm ] || emscripten=(emcmake)
  quietly "configuring $preset" "${emscripten[@]}" cmake --preset "$preset" -DTRTC_BY_FOLDER="${TRTC_BY_FOLDER:-OFF}" "$@"
}

# build PRESET TARGET...
build() {
  local preset=$1
  shift
  configure "$preset"
  local -a command=(cmake --build "build/$preset" --parallel "$jobs" ${1:+--target "$@"})
  if grep -qs '^TRTC_BY_FOLDER:BOOL=ON' "build/$preset/CMakeCache.txt"; then
    ! "${command[@]}" >"build/$preset/by-folder.log" 2>&1 || return 0
    # Names of two files may meet, while each is right by itself.
    say "the folders of $preset do not compile as one (build/$preset/by-folder.log): file by file"
    quietly "configuring $preset" cmake --preset "$preset" -DTRTC_BY_FOLDER=OFF
  fi
  quietly "building $preset" "${command[@]}"
}

# build_plugin PRESET TARGET...: the plugin for Mosquitto, off by default.
build_plugin() {
  local preset=$1 option=-DTRTC_MOSQUITTO_PLUGIN=ON
  configure "$preset" "$option"
  grep -qs trtc_usersig "build/$preset/build.ninja" || quietly "configuring $preset" cmake --preset "$preset" "$option"
  build "$@"
}
