#include "cli/command_table.h"

#include <algorithm>

#include "cli/command_words.h"

namespace accrue {

namespace {

using namespace command_words;

constexpr std::string_view catch_up_classes =
    "new-information (default), estimate or error: what makes amounts of closed periods late";

void add_start(std::vector<CommandSpec>& table) {
  table.push_back({"demo", start, Effect::none,
                   "make a sample book: import, close, reports in DIR",
                   {{"DIR", Count::optional, "a new folder (default: accrue-demo)"}},
                   {},
                   {"demo", "demo sample"}});
  table.push_back(
      {"init", start, Effect::writes, "create a book",
       {},
       {{"--currency", "CUR", "the functional currency (default USD)"},
        {"--timezone", "ZONE", "where its days and months begin (default UTC)"},
        {"--fiscal-year-start", "N", "the month a fiscal year begins in, 1 to 12 (default 1)"},
        {"--start", "PERIOD", "the first period (default: that of the earliest fact)"},
        {"--name", "TEXT", "the name of the book (default: that of the file)"},
        {"--materiality", "PERCENT",
         "catch-ups above this part of a period's revenue ask for a reason at its close"},
        {"--dual-control", "",
         "closes, reopenings, estimates and keys need a second person, who signs"}},
       {"init --currency CNY --timezone Asia/Shanghai --fiscal-year-start 4",
        "-b cloud.accrue init --name 'Cloud Holdings'"}});
  table.push_back({"status", start, Effect::reads_as_of, "where the book stands, and what is next",
                   {},
                   {{"--expiring-within", "DAYS",
                     "name the grants that expire so soon with face left (default 30)"}},
                   {"status", "status -f json", "status --expiring-within 90"}});
  table.push_back({"doctor", start, Effect::none,
                   "versions, paths, settings in force and where they come from", {}, {},
                   {"doctor"}});
}

void add_deals(std::vector<CommandSpec>& table) {
  const Positional terms{"FILE", Count::one, "terms, a TOML file: see `accrue help terms`"};
  table.push_back({"investment check", deals, Effect::none, "read terms without recording them",
                   {terms}, {}, {"investment check moonshot.toml"}});
  table.push_back({"investment add", deals, Effect::writes,
                   "record a deal: its credits become grants", {terms}, {},
                   {"investment add moonshot.toml", "investment add moonshot.toml --dry-run"}});
  table.push_back({"investment draft", deals, Effect::none,
                   "draft terms from a FOCUS Contract Commitment file, for a person to finish",
                   {{"FILE", Count::one, "CSV or CSV.gz, FOCUS 1.3 or 1.4"}},
                   {{"--contract", "ID", "one contract of the file (default: a draft of each)"},
                    {"--investee", "NAME", "who holds the credits"}},
                   {"investment draft commitments.csv",
                    "investment draft commitments.csv --contract AGR-99 -o agr-99.toml"}});
  table.push_back({"investment list", deals, Effect::reads_as_of, "the deals of the book", {}, {},
                   {"investment list"}});
  table.push_back({"investment show", deals, Effect::reads_as_of,
                   "a deal: face, stand-alone price and fair value less cash side by side",
                   {{"ID", Count::one, "the investment"}},
                   {{"--terms", "", "print the terms as they were accepted, byte for byte"}},
                   {"investment show moonshot", "investment show moonshot --terms"}});
  table.push_back({"grant list", deals, Effect::reads_as_of,
                   "the grants, and what is left of them", {}, {}, {"grant list -f csv"}});
  table.push_back({"estimate", deals, Effect::writes,
                   "record what of a grant is expected never to be drawn",
                   {{"GRANT", Count::one, "the grant, T1 or moonshot/T1"},
                    {"MEASURE", Count::one, "breakage"},
                    {"VALUE", Count::optional,
                     "4%, 27_000_000 or '27_000_000 CNY'; with --from-scenario, what that leaves "
                     "when the grant expires"}},
                   {{"--from", "PERIOD", "from when it holds (default: the first open period)"},
                    {"--from-scenario", "NAME", "the saved forecast that it rests on"},
                    request_flag},
                   {"estimate T1 breakage 4% --reason 'usage of the first year'",
                    "estimate T1 breakage --from-scenario plan-2025 --reason 'slow ramp'",
                    "estimate T1 breakage '27_000_000 CNY' --from 2024-07 --reason 'slow ramp'"}});
}

void add_facts(std::vector<CommandSpec>& table) {
  table.push_back(
      {"import usage", facts, Effect::writes, "import usage files as one delivery",
       {{"FILE", Count::many, "CSV or CSV.gz: FOCUS 1.0 to 1.4, or what --map reads"}},
       {{"--source", "NAME", "who delivers; its settings are kept (default: usage)"},
        {"--basis", "COLUMN", "effective, contracted, list or billed: what credits burn at"},
        {"--credit-rows", "MEANING", "settles or reduces: what Credit rows mean"},
        {"--overage-currency", "CUR", "accept cash-funded usage in it; may be repeated",
         Count::many},
        {"--on-error", "MODE", "stop (default) or quarantine: what to do with rows refused"},
        {"--date-format", "ORDER", "M/D/Y or D/M/Y, for slash dates of FOCUS files"},
        {"--map", "FILE", "TOML that says how another format is read; kept with the source"},
        {"--mode", "MODE", "append (default), or replace what the source left in the same bills"},
        {"--billing-period", "PERIOD", "replace this bill too; may be repeated", Count::many},
        {"--catch-up", "CLASS", catch_up_classes}},
       {"import usage focus-2024-06.csv.gz", "import usage 2024-06/*.csv --source aliyun --dry-run",
        "import usage focus.csv --on-error quarantine",
        "import usage focus-2024-06.csv --source aliyun --mode replace",
        "import usage bill.csv --source aliyun --map maps/alibaba-instance-bill.toml"}});
  table.push_back(
      {"import events", facts, Effect::writes,
       "take metering events from a file or a pipe, for as long as it is open",
       {{"FILE", Count::optional, "JSON Lines of CloudEvents 1.0 (default: standard input)"}},
       {{"--rate-card", "FILE", "prices of events that state a quantity; kept in the book"},
        {"--group-count", "N", "commit after so many events (default 10000)"},
        {"--group-ms", "MS", "commit after so many milliseconds (default 1000)"},
        {"--dead-letter", "FILE", "where refused events go (default BOOK.dead-letter.jsonl)"},
        {"--overage-currency", "CUR", "accept cash-funded usage in it; may be repeated",
         Count::many},
        {"--catch-up", "CLASS", catch_up_classes}},
       {"import events events.jsonl --rate-card gpu-2024.toml",
        "import events - --group-ms 200 -f json"}});
  table.push_back({"import segment", facts, Effect::writes, "import segment revenue, for growth",
                   {{"FILE", Count::one,
                     "CSV: segment,basis,period,currency,revenue,source[,published_growth_pct]"}},
                   {}, {"import segment cloud.csv"}});
  table.push_back({"import base", facts, Effect::writes,
                   "import revenue of investees from before the book knew them",
                   {{"FILE", Count::one, "CSV: investee,segment,period,currency,revenue,source"}},
                   {}, {"import base base-2023.csv"}});
  table.push_back({"import rates", facts, Effect::writes, "import exchange rates",
                   {{"FILE", Count::one, "CSV: date,from,to,rate,source"}}, {},
                   {"import rates rates.csv"}});
  table.push_back({"import billing-periods", facts, Effect::writes,
                   "import which months a provider has closed: warns where the book differs",
                   {{"FILE", Count::one, "CSV or CSV.gz, FOCUS 1.4 Billing Period"}}, {},
                   {"import billing-periods billing-periods.csv"}});
  table.push_back({"import list", facts, Effect::reads_as_of, "the files that were imported", {},
                   {{"--kind", "KIND",
                     "usage, events, segment, base, rates, rate-card or billing-periods"},
                    {"--source", "NAME", "usage of one source"},
                    {"--period", "PERIOD", "usage with a billing period in it"}},
                   {"import list", "import list --kind usage --period 2024-06"}});
  table.push_back({"import show", facts, Effect::reads_as_of, "what an import brought",
                   {{"RECORD", Count::one, "the record's number"}}, {}, {"import show 3"}});
  table.push_back({"drawdown list", facts, Effect::reads_as_of, "what was drawn, and who paid",
                   {},
                   {{"--investee", "NAME", "of one investee"},
                    {"--grant", "GRANT", "from one grant, T1 or moonshot/T1"},
                    {"--funding", "WHO", "credits or cash: who paid"},
                    {"--service", "NAME", "of one service"},
                    {"--region", "NAME", "of one region"},
                    {"--sku", "NAME", "of one SKU"},
                    {"--period", "PERIOD", "booked in a period"},
                    {"--origin", "PERIOD", "that belong to a period"}},
                   {"drawdown list --period 2024-06",
                    "drawdown list --grant T1 --origin 2024-Q2"}});
  table.push_back({"entry list", facts, Effect::reads_as_of, "the journal entries", {any_period},
                   {}, {"entry list 2024-06"}});
  table.push_back({"entry show", facts, Effect::reads_as_of, "an entry with its lines",
                   {{"NUMBER", Count::one, "the entry's number"}}, {}, {"entry show 12"}});
}

void add_periods(std::vector<CommandSpec>& table) {
  table.push_back({"exceptions", books, Effect::reads,
                   "what stands against closing a period (default: the first open)",
                   {{"PERIOD", Count::optional, month.what}}, {}, {"exceptions 2024-06"}});
  table.push_back({"close", books, Effect::writes, "close a period: what it holds is final",
                   {month},
                   {{"--through", "", "close every open period up to it, one by one"},
                    {"--accept", "CODE", "accept exceptions of a code, or all; needs --reason",
                     Count::many},
                    {"--forecast", "NAME",
                     "trailing-3 (default), trailing-6, trailing-12, even or scenario:NAME: how "
                     "disclosures of it expect the rest to be drawn"},
                    {"--key", "FILE", "sign a checkpoint of each close (env ACCRUE_KEY)"},
                    request_flag},
                   {"close 2024-06", "close 2024-06 --through", "close 2024-06 --forecast even",
                    "close 2024-06 --forecast scenario:plan-2025",
                    "close 2024-06 --accept unmatched_refund --reason 'credited by hand'",
                    "close 2024-06 --reason 'the file of the region north came late'"}});
  table.push_back({"reopen", books, Effect::writes, "take the last close back", {month},
                   {request_flag},
                   {"reopen 2024-06 --reason 'late usage file' --yes"}});
  table.push_back({"approve", books, Effect::writes,
                   "look at what another person asks for with --request, sign and record it",
                   {{"FILE", Count::one, "a request"}},
                   {{"--key", "FILE", "the key that is registered for you (env ACCRUE_KEY)"}},
                   {"approve close-2024-06.json --key bo.key"}});
  table.push_back({"period list", books, Effect::reads_as_of, "the periods, open and closed", {},
                   {}, {"period list"}});
  table.push_back({"period check", books, Effect::reads,
                   "the close checklist of a period, without closing it", {month}, {},
                   {"period check 2024-06"}});
}

void add_help(std::vector<CommandSpec>& table) {
  table.push_back({"help", audit, Effect::none, "a page on a topic, a command or an error code",
                   {{"TOPIC", Count::many, "terms, formats, periods, exit-codes, usage, segment"}},
                   {}, {"help terms", "help period_closed"}});
  table.push_back({"version", audit, Effect::none, "the version of the program", {}, {},
                   {"version -f json"}});
}

}  // namespace

std::string_view Flag::long_name() const {
  const std::size_t at = names.find("--");
  return names.substr(at == std::string_view::npos ? 0 : at);
}

std::span<const CommandSpec> command_table() {
  static const std::vector<CommandSpec> table = [] {
    std::vector<CommandSpec> all;
    add_start(all);
    add_deals(all);
    add_facts(all);
    add_periods(all);
    add_report_commands(all);
    add_scenario_commands(all);
    add_saved_forecast_commands(all);
    add_export_commands(all);
    add_audit_commands(all);
    add_audit_program_commands(all);
    add_log_commands(all);
    add_help(all);
    return all;
  }();
  return table;
}

std::span<const Flag> global_flags() {
  static const std::vector<Flag> flags{
      {"-b,--book", "FILE", "the book (env ACCRUE_BOOK; default book.accrue)"},
      {"-f,--format", "FORMAT", "table, csv, json, xlsx or html"},
      {"-o,--output", "FILE", "write the answer to a file; the format follows its ending"},
      {"--as-of", "N|TIME", "what the book knew after record N, or at an instant"},
      {"--by-origin", "", "count by the period amounts belong to, not by that of their booking"},
      {"--dry-run", "", "go the whole way, show what would be posted, write nothing"},
      {"--author", "NAME", "who says so (env ACCRUE_AUTHOR; default: the user)"},
      {"--reason", "TEXT", "why; kept in the record"},
      {"--now", "INSTANT", "the recorded time (env ACCRUE_NOW), not before the last record"},
      {"--yes", "", "answer every question with yes"},
      {"-q,--quiet", "", "no messages but errors"},
      {"--color", "WHEN", "auto, always or never"},
      {"--no-pager", "", "never page"},
      {"--wait", "SECONDS", "how long to wait for another writer (default 10)"},
      {"-h,--help", "", "how to use the command"},
      {"-V,--version", "", "the version of the program"},
  };
  return flags;
}

const CommandSpec* find_command(std::string_view path) {
  const std::span<const CommandSpec> table = command_table();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const CommandSpec& spec) { return spec.path == path; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace accrue
