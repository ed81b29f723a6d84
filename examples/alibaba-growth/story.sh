#!/usr/bin/env bash
# The tables of README.md, told by the program:  ./story.sh DIR
# DIR receives a book for each scenario; accrue is taken from PATH, or from ACCRUE.
# shellcheck source-path=SCRIPTDIR source=../story.bash
source "$(dirname "${BASH_SOURCE[0]}")/../story.bash"
ACCRUE_NOW=2026-07-15T02:00:00Z

quietly() { "$accrue" -q "$@" >/dev/null; }

# make NAME TERMS...: the book of a scenario, its usage imported.
make() {
  local name=$1 terms
  shift
  ACCRUE_BOOK=$books/$name.accrue
  quietly init --currency CNY --timezone Asia/Shanghai --fiscal-year-start 4 --start 2023-04 --name "Scenario $name"
  quietly import segment segment.csv
  for terms in "$@"; do quietly investment add "terms/$terms.toml"; done
  quietly import usage "usage/$name.csv"
}

# line QUARTER PERIOD BASIS: a line of the scenario's table, from the totals of its growth report.
line() {
  "$accrue" report growth "$2" --basis "$3" | awk -v quarter="$1" '
    /^investees current /              { credits = $NF }
    /^growth pct /                     { growth = $NF }
    /^investees contribution pp /      { points = $NF }
    /^growth without investees pct /   { without = $NF }
    /^investees share of growth pct /  { share = $NF }
    END { printf "%-7s  %14s  %6s  %6s  %7s  %6s\n", quarter, credits, growth, points, without, share }'
}

table() {
  printf '## %s: %s\n\n' "$1" "$2"
  printf '%-7s  %14s  %6s  %6s  %7s  %6s\n' Quarter 'credits, CNY' growth points without share
  line Jun-24 FY2025-Q1 'as reported'
  line Sep-24 FY2025-Q2 'as reported'
  line Dec-24 FY2025-Q3 'as reported'
  line Mar-25 FY2025-Q4 'as reported'
  line Jun-25 FY2026-Q1 'as reported'
  line Sep-25 FY2026-Q2 'as reported'
  line Dec-25 FY2026-Q3 'as reported'
  line Mar-26 FY2026-Q4 'as reported'
  line Jun-26 FY2027-Q1 'segment of FY2027'
  echo
}

make s1-linear a
table S1 'USD 300m of credits, used evenly over two years'
make s2-s-curve a
table S2 'the same, in an S-curve'
make s3-burst a
table S3 'the same, in a burst of four quarters'
make s4-upper-bound a-upper-bound
table S4 'the upper bound of the press, USD 390m, used evenly'
make s5-four-investees portfolio-a portfolio-b portfolio-c portfolio-d
table S5 'four investees, USD 700m together, used evenly'

printf '## Dec-24, external revenue only: is growth in double digits without them?\n\n'
printf '%-7s  %14s  %6s  %6s  %7s  %6s\n' Dec-24 'credits, CNY' growth points without share
for name in s1-linear s3-burst s5-four-investees; do
  ACCRUE_BOOK=$books/$name.accrue
  line "${name%%-*}" FY2025-Q3 'external (estimate)'
done
echo
ACCRUE_BOOK=$books/s5-four-investees.accrue
run report growth FY2025-Q3 --basis 'external (estimate)' --exclude 'Investee A' --exclude 'Investee B'
run audit verify
