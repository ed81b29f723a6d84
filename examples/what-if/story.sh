#!/usr/bin/env bash
# The questions of README.md, asked of the program:  ./story.sh DIR
# DIR receives one book, cloud.accrue; accrue is taken from PATH, or from ACCRUE.
# shellcheck source-path=SCRIPTDIR source=../story.bash
source "$(dirname "${BASH_SOURCE[0]}")/../story.bash"
ACCRUE_NOW=2024-04-08T02:00:00Z
ACCRUE_BOOK=$books/cloud.accrue

quietly() { "$accrue" -q "$@" >/dev/null; }

# The book knows the segment's revenue and no deal: every deal is one of a scenario.
quietly init --currency CNY --timezone Asia/Shanghai --fiscal-year-start 4 --start 2023-04 --name 'Cloud'
quietly import segment segment.csv
quietly close 2024-03 --through

for scenario in s1-linear s2-s-curve s3-burst s4-upper-bound s5-four-investees; do
  run scenario run "$scenario.toml" --report growth
done

# How much may be drawn in December 2024 so that external growth reads 10% without it?
run scenario solve s1-linear.toml --vary volume=10..200 --figure growth_without_investees \
  --period FY2025-Q3 --basis 'external (estimate)' --to 10

run scenario compare s1-linear.toml s2-s-curve.toml s3-burst.toml --bridge

# Nothing of it is in the book.
run audit verify
