#!/usr/bin/env bash
# The story of README.md, told by the program:  ./story.sh DIR
# DIR receives two books, remote.accrue and proportional.accrue; accrue is taken from PATH, or from
# ACCRUE.
# shellcheck source-path=SCRIPTDIR source=../story.bash
source "$(dirname "${BASH_SOURCE[0]}")/../story.bash"

on() { ACCRUE_NOW=$1T02:00:00Z; }

quietly() { "$accrue" -q "$@" >/dev/null; }

# Fiscal quarter, day of its close, last month.
quarters='
FY2024-Q4 2024-04-08 2024-03
FY2025-Q1 2024-07-08 2024-06
FY2025-Q2 2024-10-08 2024-09
FY2025-Q3 2025-01-08 2024-12
FY2025-Q4 2025-04-08 2025-03
FY2026-Q1 2025-07-08 2025-06
FY2026-Q2 2025-10-08 2025-09
FY2026-Q3 2026-01-08 2025-12
FY2026-Q4 2026-04-08 2026-03
FY2027-Q1 2026-07-08 2026-06
FY2027-Q2 2026-10-08 2026-09
FY2027-Q3 2027-01-08 2026-12
FY2027-Q4 2027-04-08 2027-03
FY2028-Q1 2027-07-08 2027-06'

# usage_file FY2025-Q1: usage/fy25q1.csv; nothing for a quarter without usage.
usage_file() {
  local file="usage/fy${1:4:2}q${1: -1}.csv"
  [ ! -e "$file" ] || echo "$file"
}

# From FY2027-Q3 on use has overtaken the estimate of T3: more than 513m of its 540m are drawn. The
# estimate is left as it is: the close asks for a reason instead.
close_quarter() {
  local last=$1
  if quietly close "$last" --through 2>/dev/null; then return; fi
  run exceptions
  run close "$last" --through --accept refuted_estimate --reason 'use above 513m: T3 is capped at its price'
}

tell() {
  local method=$1 quarter closed_on last file
  printf '## T3 %s\n\n' "$method"
  ACCRUE_BOOK=$books/$method.accrue
  on 2024-02-15
  run init --currency CNY --timezone Asia/Shanghai --fiscal-year-start 4 --name "Hanzhou Cloud, T3 $method"
  run investment add "terms/$method.toml"
  while read -r quarter closed_on last; do
    [ -n "$quarter" ] || continue
    on "$closed_on"
    file=$(usage_file "$quarter")
    [ -z "$file" ] || quietly import usage "$file" --basis list
    close_quarter "$last"
    run report rollforward "$quarter"
  done <<<"$quarters"
  run report period 2024-03..2027-06
  run audit verify
  run audit replay
}

tell remote
tell proportional
