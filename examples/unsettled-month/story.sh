#!/usr/bin/env bash
# The story of README.md, told by the program:  ./story.sh DIR
# DIR receives the book; accrue is taken from PATH, or from ACCRUE.
# shellcheck source-path=SCRIPTDIR source=../story.bash
source "$(dirname "${BASH_SOURCE[0]}")/../story.bash"
ACCRUE_BOOK=$books/harbor.accrue

on() { ACCRUE_NOW=$1T09:00:00Z; printf '## %s: %s\n\n' "$1" "$2"; }

on 2024-06-01 'the stake is signed: 520,000 in cash, 600,000 of credits at a price of 480,000'
run init --start 2024-06 --name 'Provider, invented' --materiality 5%
run investment add terms/harbor.toml

on 2024-06-27 'the API account is metered: three events, one of them in a unit that has no price'
feed events/2024-06.jsonl import events - --rate-card tokens.toml

on 2024-06-28 'the stream is sent again from its start, and the refused event once more, mended'
feed events/2024-06.jsonl import events - --rate-card tokens.toml
feed events/2024-06-mended.jsonl import events - --rate-card tokens.toml

on 2024-06-29 'the first night: the file of the month so far'
run import usage usage/2024-06-night-1.csv --source provider --mode replace

on 2024-06-30 'the second night: a longer file'
run import usage usage/2024-06-night-2.csv --source provider --mode replace

on 2024-07-01 'the third night: one line rewritten, one gone; then the same file again'
run import usage usage/2024-06-night-3.csv --source provider --mode replace
run import usage usage/2024-06-night-3.csv --source provider --mode replace
run import show 7

on 2024-07-02 'the provider has closed June; the book closes it too'
run import billing-periods billing-periods.csv
run period check 2024-06
run close 2024-06
run report period 2024-06

on 2024-08-01 'July, and two files that speak of June'
feed events/2024-07.jsonl import events - --rate-card tokens.toml
run import usage usage/2024-07.csv --source provider --mode replace
run import usage usage/2024-07-correction.csv --source corrections --reason 'price of the 20th agreed in July'
run import usage usage/2024-07-late.csv --source corrections --catch-up error --reason 'left out of the June file'
run drawdown list --origin 2024-06 --period 2024-07
run import list --period 2024-07

on 2024-08-02 'July is closed; its catch-ups are above the threshold, so the close says why'
run close 2024-07 --reason 'one correction, one forgotten line, both seen'
run report bridge 2024-06
run report bridge 2024-07
run report period 2024-06 --by-origin
run report rollforward 2024-06..2024-07

on 2024-08-05 'the auditor'
run audit verify
run audit replay
