# Sourced by scripts/test: runs named stages, one line each, and adds up what their tests counted.
# shellcheck shell=bash

passed=0
failed=0
logs=build/log
mkdir -p "$logs"

# Reads "passed failed" out of a log: doctest, node:test (TAP or spec), ctest, and our own "ok      name" lines.
count_tests() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    /^\[doctest\] test cases:/ { gsub(/[^0-9|]/, ""); split($0, n, "|"); p += n[2]; f += n[3] }
    /^(#|ℹ) pass [0-9]+$/ { p += $3 }
    /^(#|ℹ) (fail|cancelled) [0-9]+$/ { f += $3 }
    /^[0-9]+% tests passed, [0-9]+ tests failed out of [0-9]+$/ { f += $4; p += $9 - $4 }
    /^ok      / { p++ }
    /^FAILED  / { f++ }
    END { print p + 0, f + 0 }'
}

# stage NAME: runs the function stage_NAME. A failure is remembered, the next stage runs nevertheless.
stage() {
  local name=$1 log=$logs/$1.log status counts p f
  local started=$EPOCHREALTIME
  set +e
  (
    (
      set -e
      "stage_${name//-/_}"
    )
    status=$?
    times >"$log.times"
    exit $status
  ) >"$log" 2>&1 </dev/null
  status=$?
  set -e
  counts=$(count_tests "$log")
  p=${counts% *} f=${counts#* }
  # A stage that broke without naming a failed test still failed.
  [ "$status" -eq 0 ] || [ "$f" -gt 0 ] || f=1
  passed=$((passed + p)) failed=$((failed + f))

  local verdict=ok detail=""
  if [ "$status" -ne 0 ] || [ "$f" -gt 0 ]; then verdict=FAILED; fi
  [ $((p + f)) -eq 0 ] || detail="$p passed, $f failed"
  printf '%-7s %-13s %7s s %7s s of CPU  %s\n' "$verdict" "$name" "$(seconds_since "$started")" "$(cpu_seconds "$log.times")" "$detail"
  if [ "$verdict" = FAILED ]; then
    printf -- '---- output of %s ----\n' "$name"
    cat "$log"
    printf -- '---- end of %s ----\n' "$name"
  fi
  last_verdict=$verdict
}

# Like stage, for what everything else needs.
must_pass() {
  stage "$1"
  [ "$last_verdict" = ok ] || summary
}

# What a stage and all that it started have computed, user and system: less than it took where it waits.
cpu_seconds() { awk '{ for (i = 1; i <= NF; i++) { split($i, t, "[ms]"); sum += t[1] * 60 + t[2] } } END { printf "%.1f", sum }' "$1"; }

seconds_since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'; }

# Prints the totals and ends the script.
summary() {
  printf 'took %s s
' "$SECONDS"
  printf '%s passed, %s failed
' "$passed" "$failed"
  exit $((failed > 0))
}
