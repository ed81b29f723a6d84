#include "cli/help_topics.h"

namespace accrue {

namespace {

constexpr std::string_view terms = R"(Terms are a TOML file, one per deal. Money, rates and percents are quoted strings; an unknown
key is an error. The accepted file is kept in the book byte for byte.

    schema = "accrue.terms/1"

    [investment]
    id       = "moonshot"
    investee = "Moonshot"
    signed   = 2024-01-15
    stake    = "36%"
    cash     = "500_000_000 USD"
    fair_value_of_stake = "800_000_000 USD"

    [matching]                       # whose usage draws on it
    billing_accounts = ["ba-88213"]

    [[tranche]]
    id      = "T1"
    face    = "300_000_000 USD"
    issued  = 2024-01-15
    expires = 2027-01-15             # the first day on which it pays nothing
    breakage = { method = "proportional", expected = "4%" }

[investment]  id investee signed stake influence cash fair_value_of_stake ssp shares
              fixed_rate basis accept_price_above_face
[matching]    billing_accounts sub_accounts from to
[[tranche]]   id face issued begins expires priority transaction_price bonus
              services regions skus breakage

Try a file without recording it: accrue investment check FILE.toml
)";

constexpr std::string_view formats = R"(-f table   for people; its text may change
-f csv     RFC 4180, a header row, exact decimals, no totals
-f json    one object: {"schema","book","period","currency","as_of","rows","totals","checks"};
           amounts are decimal strings, a field without a value is null

-o FILE writes the answer to FILE, and its ending says the format: .csv, .json or .txt.
Commands that write to the book print their summary in the format asked for.

The answer goes to standard output and nothing else does; messages go to standard error.
With -f json an error is one object on standard error, of schema accrue.error/1:
{"schema","code","message","file","line","column","values","hint","more"}.

Every row has a ref: the address of its figure.
)";

constexpr std::string_view periods = R"(2024-06            a month
2024-Q2            a quarter
2024               a year
FY2025-Q1          a quarter of the book's fiscal year
FY2025             a fiscal year, named for the calendar year it ends in
2024-04..2024-06   months from..to, both included

A period is a calendar month of the book's time zone. Periods close in order: accrue close 2024-06,
or with --through every open period up to it. A closed period never gains an entry; what arrives
for it later is booked in the first open period as a catch-up. The last close can be taken back:
accrue reopen 2024-06 --reason TEXT.

Reports count by the period of booking; --by-origin counts by the period amounts belong to. What
lies between the two: accrue report bridge 2024-06.
)";

constexpr std::string_view exit_codes = R"(0     done
1     the machine failed: disk full, damaged file, another writer
2     the command line is wrong
3     the input was refused; nothing was written
4     the state of the book forbids it; nothing was written
5     an audit found a difference
130   interrupted; a record is in the book whole or not at all
)";

constexpr std::string_view usage = R"(Usage files are FOCUS Cost and Usage data, versions 1.0 to 1.4, as CSV or CSV.gz; or CSV of
another format, read as --map says. Columns are bound by their header names. All files of one
command are one delivery and one record.

    accrue import usage focus-2024-06.csv.gz
    accrue import usage 2024-06/*.csv --source aliyun --basis effective

Rows of category Usage and Adjustment become charges; under the effective basis Purchase rows that
are not zero do too; Tax never does. Whom a row belongs to is said by [matching] in the terms.
Accounts that match nobody are other customers: their totals are kept.

--basis            what credits burn at: effective (EffectiveCost), contracted, list or billed
--credit-rows      settles: the provider's own application of our grants, compared, not booked
                   reduces: a price concession, negative overage
--overage-currency accept usage in a currency for which the investee has no grant
--on-error         stop: nothing is written and every bad row is listed (20, then counted)
                   quarantine: bad rows are kept in BOOK.quarantine/record-N.csv and counted
--date-format      M/D/Y or D/M/Y: dates with slashes are refused otherwise
--map              a TOML file that says how files of another format are read: see docs/maps.md and
                   examples/maps
--catch-up         why what falls in closed periods comes late: new-information, estimate or error

Settings of a source are kept: what is left out is as the source said last, but for --on-error
and --catch-up.
A file whose content is in the book already is refused.
)";

constexpr std::string_view segment = R"(Growth is measured on segment revenue, imported as published:

    segment,basis,period,currency,revenue,source,published_growth_pct
    cloud,2024-recast,2024-Q2,CNY,26549000000,results 2024-08-15,6

basis names a series: a recast is another series, and growth never mixes two. A period is a month
or a quarter. Revenue of an investee's accounts from before the book knew them is its base:

    investee,segment,period,currency,revenue,source
    Moonshot,cloud,2023-Q2,CNY,12000000,billing archive

    accrue import segment cloud.csv
    accrue import base base.csv
    accrue report growth 2024-Q2

Without a base the row says `base unknown` and claims nothing.
)";

constexpr std::string_view scenario = R"(A scenario is a TOML file that says what is assumed. It is walked through a copy of the book with the
book's own engine; nothing of it is recorded. Unknown keys are errors; money, rates, percents and
months are quoted strings, days are not. docs/scenarios.md has every key.

    schema = "accrue.scenario/1"

    [scenario]
    name   = "slow-ramp"
    base   = "2024-06"              # a close, "record 41", or "now"
    months = 24

    [[drawdown]]
    investee = "Moonshot"
    curve    = { shape = "ramp", from = "9_500_000 USD", growth = "1.0%", cap = "14_000_000 USD" }
    after_exhaustion = "pay 60%"    # or "stop", or "new grant"

    [[price_change]]
    sku    = "h100*"
    from   = "2025-01"
    change = "-50%"

    [[segment]]
    segment = "cloud"
    basis   = "as reported"
    growth_of_others = "8%"

    [[uncertainty]]
    of           = "volume"
    investee     = "*"
    distribution = { kind = "lognormal", sd = "20%" }
    source       = "monthly usage of 2023"

    accrue scenario run slow-ramp.toml
    accrue scenario compare base.toml slow-ramp.toml --bridge
    accrue scenario solve slow-ramp.toml --vary volume=50..200 --figure growth --period 2024-Q4 --to 10
    accrue scenario montecarlo slow-ramp.toml --paths 10000 --seed 42
)";

constexpr HelpTopic topics[] = {
    {"terms", "the file that states a deal", terms},
    {"formats", "table, CSV and JSON", formats},
    {"periods", "how a period is written, and how it closes", periods},
    {"exit-codes", "how a command ends", exit_codes},
    {"usage", "usage files", usage},
    {"segment", "segment revenue and bases, for growth", segment},
    {"scenario", "what is assumed, for what-if", scenario},
};

}  // namespace

std::span<const HelpTopic> help_topics() { return topics; }

}  // namespace accrue
