#include "cli/command_words.h"

namespace accrue {

using namespace command_words;

void add_audit_program_commands(std::vector<CommandSpec>& table) {
  table.push_back(
      {"audit sample", audit, Effect::reads_as_of,
       "draw what to vouch: monetary units or random items, from a seed", {},
       {{"--period", "PERIOD", period.what},
        {"--mus", "", "monetary units: one of every --interval"},
        {"--interval", "AMOUNT", "of monetary units; what is as large is always taken"},
        {"--random", "N", "N items at random, of each stratum"},
        {"--seed", "N", "a whole number from 1: the same seed gives the same sample"},
        {"--of", "WHAT", "draws (default), cash-funded or entries"},
        {"--account", "ROLE",
         "of entries: revenue (default), contract_liability, investment, cash, "
         "unbilled_receivable"},
        {"--currency", "CUR", "of draws in several currencies"},
        {"--by", "STRATUM", "investee: sample each on its own"},
        {"--excluded", "", "list what is zero or below instead, which is never drawn"}},
       {"audit sample --period 2024-Q2 --mus --interval 50000 --seed 7 -o sample.json",
        "audit sample --period 2024-06 --random 25 --by investee --seed 7 -f csv",
        "audit sample --period 2024-06 --of entries --mus --interval 1000 --seed 7"}});
  table.push_back(
      {"audit sample evaluate", audit, Effect::reads,
       "project what was found wrong in a sample, with its upper limit",
       {{"SAMPLE", Count::one, "the sample, as -o FILE.json wrote it"},
        {"FINDINGS", Count::one, "CSV: ref,audited; a row for every item of the sample"}},
       {{"--confidence", "PERCENT", "50 to 99 (default 95)"}},
       {"audit sample evaluate sample.json findings.csv --confidence 95"}});
  table.push_back(
      {"audit completeness", audit, Effect::reads_as_of,
       "months without a delivery, days and hours without rows, accounts gone silent",
       {any_period},
       {{"--invoice", "FILE",
         "compare with invoices instead; CSV: billing_account,billing_period,currency,amount"}},
       {"audit completeness", "audit completeness 2024-Q2",
        "audit completeness --invoice invoices.csv"}});
  table.push_back({"audit cutoff", audit, Effect::reads_as_of,
                   "what lies around the end of a period, and where it is booked", {period},
                   {{"--days", "N", "on each side of the end, 1 to 366 (default 3)"}},
                   {"audit cutoff 2024-06 --days 3"}});
  table.push_back(
      {"audit je-tests", audit, Effect::reads_as_of,
       "entries that an auditor looks at first: round, late at night, near the close",
       {period},
       {{"--hours", "FROM-TO", "working hours in the book's zone (default 08:00-18:00)"},
        {"--round", "AMOUNT", "whole multiples of it are round (default 1000)"},
        {"--threshold", "AMOUNT", "look for amounts up to 5% below it"}},
       {"audit je-tests 2024-06", "audit je-tests 2024-Q2 --threshold 100000"}});
  table.push_back({"audit lookback", audit, Effect::reads_as_of,
                   "estimates of breakage against what came of them, with the bias",
                   {{"PERIOD", Count::optional, "outcomes by its end (default: to date)"}}, {},
                   {"audit lookback", "audit lookback 2024"}});
}

}  // namespace accrue
