#!/usr/bin/env bash
# The story of README.md, told by the program:  ./story.sh DIR
# DIR receives the book; accrue is taken from PATH, or from ACCRUE.
# shellcheck source-path=SCRIPTDIR source=../story.bash
source "$(dirname "${BASH_SOURCE[0]}")/../story.bash"
ACCRUE_BOOK=$books/moonshot.accrue

on() { ACCRUE_NOW=$1T09:00:00Z; printf '## %s: %s\n\n' "$1" "$2"; }

on 2024-02-01 'the stake is signed: 500m in cash, 300m in credits'
run init --start 2024-02 --name 'Cloud investor, illustrative'
run investment add terms/moonshot.toml
run investment show moonshot
run report trial-balance 2024-02

on 2024-03-04 'February'
run import usage usage/2024-02.csv
run close 2024-02

on 2024-04-03 'March'
run import usage usage/2024-03.csv
run close 2024-03

on 2024-05-03 'April, with a refund of 1.5m'
run import usage usage/2024-04.csv
run close 2024-04
run report rollforward 2024-02..2024-04

on 2024-06-04 'May, with 2m of April that came late'
run import usage usage/2024-05.csv
run drawdown list --period 2024-05
run period check 2024-05
run close 2024-05
run report period 2024-05
run report rollforward 2024-05

on 2024-06-10 'April as reported, and April by origin'
run report rollforward 2024-04
run report rollforward 2024-04 --by-origin

on 2024-06-14 'is growth still in double digits without them?'
run import segment segment.csv
run import base base.csv
run report growth 2024-05
run report answers 2024-05

on 2024-06-17 'the auditor'
run audit verify
run audit replay
