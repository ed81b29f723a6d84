#include "cli/options.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string_view>

#include "cli/help_pages.h"
#include "ledger/error/check.h"
#include "ledger/error/suggest.h"
#include "ledger/intake/quoted.h"

namespace accrue {

namespace {

/// A hundred years.
constexpr std::int64_t most_expiry_days = 36'525;

Error usage(std::string message, std::string hint) {
  return Error{.code = ErrorCode::usage, .message = std::move(message), .hint = std::move(hint)};
}

template <typename T>
struct Choice {
  std::string_view word;
  T value;
};

template <typename T, std::size_t size>
Result<std::optional<T>> choose(const ParsedLine& line, std::string_view flag,
                                const Choice<T> (&choices)[size]) {
  const std::optional<std::string> given = line.text(flag);
  if (!given) return std::optional<T>{};
  std::vector<std::string_view> words;
  std::string all;
  for (const Choice<T>& choice : choices) {
    if (choice.word == *given) return std::optional<T>{choice.value};
    words.push_back(choice.word);
    all += (all.empty() ? "" : ", ") + std::string{choice.word};
  }
  Error error = usage(std::string{flag} + " does not take '" + *given + "'", "it takes " + all);
  if (const std::optional<std::string> near = suggest(*given, words)) {
    error.notes.push_back("it takes " + all);
    error.hint = "did you mean '" + *near + "'?";
  }
  return error;
}

Result<std::int64_t> read_count(std::string_view what, const std::string& text, std::int64_t most) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (fault == std::errc{} && stop == end && value >= 1 && value <= most) return value;
  return usage(std::string{what} + " is a whole number from 1, not '" + text + "'",
               "for instance: 1");
}

Result<std::optional<Format>> read_format(const ParsedLine& line) {
  const std::optional<std::string> given = line.text("--format");
  if (given == "xlsx" || given == "html") {
    return Error{.code = ErrorCode::format_conflict,
                 .message = "the format " + *given + " is not available in this version",
                 .hint = "use -f table, -f csv or -f json"};
  }
  static constexpr Choice<Format> formats[] = {
      {"table", Format::table}, {"csv", Format::csv}, {"json", Format::json}};
  return choose(line, "--format", formats);
}

/// The format that the ending of a file names; none for an ending that names none.
std::optional<std::string> format_of_ending(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string::npos || path.find('/', dot) != std::string::npos) return std::nullopt;
  const std::string ending = path.substr(dot + 1);
  for (const std::string_view known : {"csv", "json", "xlsx", "html"}) {
    if (ending == known) return ending;
  }
  if (ending == "txt") return "table";
  return std::nullopt;
}

Result<Done> read_output(const ParsedLine& line, GlobalOptions& options) {
  options.output = line.text("--output");
  if (!options.output) return Done{};
  const std::optional<std::string> ending = format_of_ending(*options.output);
  const std::optional<std::string> given = line.text("--format");
  if (ending == "xlsx" || ending == "html") {
    return Error{.code = ErrorCode::format_conflict,
                 .message = "the format " + *ending + " is not available in this version",
                 .notes = {"-o " + *options.output},
                 .hint = "name a file that ends in .csv, .json or .txt"};
  }
  if (ending && given && *ending != *given) {
    return Error{.code = ErrorCode::format_conflict,
                 .message = "-f " + *given + " does not suit -o " + *options.output,
                 .notes = {"the ending of the file says " + *ending + ", -f says " + *given},
                 .hint = "drop -f, or name a file that ends in ." + *given};
  }
  if (ending == "csv") options.format = Format::csv;
  if (ending == "json") options.format = Format::json;
  if (ending == "table") options.format = Format::table;
  return Done{};
}

Result<GlobalOptions> read_global(const ParsedLine& line) {
  GlobalOptions options;
  options.book = line.text("--book");
  ACCRUE_TRY(format, read_format(line));
  options.format = format;
  ACCRUE_TRY_DONE(read_output(line, options));
  options.as_of = line.text("--as-of");
  if (line.has("--by-origin")) options.by = OriginView::by_origin;
  if (line.has("--dry-run")) options.mode = RunMode::dry_run;
  options.author = line.text("--author");
  options.reason = line.text("--reason").value_or("");
  if (const std::optional<std::string> now = line.text("--now")) {
    const Result<Instant> instant = Instant::parse(*now);
    if (!instant.ok()) {
      return usage("--now takes an instant, not '" + *now + "'",
                   "for instance: --now 2024-07-01T08:00:00Z");
    }
    options.now = *instant;
  }
  if (line.has("--yes")) options.confirmation = Confirmation::given;
  if (line.has("--quiet")) options.loudness = Loudness::quiet;
  static constexpr Choice<ColorChoice> colors[] = {{"auto", ColorChoice::automatic},
                                                   {"always", ColorChoice::always},
                                                   {"never", ColorChoice::never}};
  ACCRUE_TRY(color, choose(line, "--color", colors));
  options.color = color.value_or(ColorChoice::automatic);
  if (line.has("--no-pager")) options.paging = Paging::never;
  if (const std::optional<std::string> wait = line.text("--wait")) {
    constexpr std::int64_t most_seconds = 86'400;
    ACCRUE_TRY(seconds, read_count("--wait", *wait, most_seconds));
    options.patience = std::chrono::seconds{seconds};
  }
  return options;
}

/// A flag that the command would pass over in silence is refused.
Result<Done> check_effect(const ParsedLine& line) {
  struct Row {
    std::string_view flag;
    std::vector<Effect> effects;
  };
  static const Row rows[] = {
      {"--as-of", {Effect::reads_as_of, Effect::reports}},
      {"--by-origin", {Effect::reports}},
      {"--dry-run", {Effect::writes}},
  };
  for (const Row& row : rows) {
    if (!line.has(row.flag)) continue;
    bool takes = false;
    for (const Effect effect : row.effects) takes = takes || effect == line.command->effect;
    if (takes) continue;
    return usage("'accrue " + std::string{line.command->path} + "' does not take " +
                     std::string{row.flag},
                 "leave " + std::string{row.flag} + " out");
  }
  return Done{};
}

Result<Done> need_reason(const GlobalOptions& global, std::string_view what) {
  if (!global.reason.empty()) return Done{};
  return Error{.code = ErrorCode::reason_needed,
               .message = std::string{what} + " keeps a reason in the book, and none was given",
               .hint = "repeat it with --reason TEXT"};
}

Result<Command> read_init(const ParsedLine& line) {
  InitCommand command{.currency = line.text("--currency").value_or("USD"),
                      .time_zone = line.text("--timezone").value_or("UTC"),
                      .name = line.text("--name")};
  if (const std::optional<std::string> month = line.text("--fiscal-year-start")) {
    ACCRUE_TRY(number, read_count("--fiscal-year-start", *month, 12));
    command.fiscal_start_month = static_cast<int>(number);
  }
  if (const std::optional<std::string> start = line.text("--start")) {
    ACCRUE_TRY(period, Period::parse(*start));
    command.start = period;
  }
  if (const std::optional<std::string> part = line.text("--materiality")) {
    ACCRUE_TRY(percent, parse_percent("--materiality", *part));
    if (percent.sign() <= 0) {
      return usage("--materiality is above zero, not '" + *part + "'",
                   "for instance: --materiality 5%");
    }
    command.materiality_percent = percent;
  }
  return Command{command};
}

Result<Command> read_status(const ParsedLine& line) {
  StatusCommand command;
  if (const std::optional<std::string> days = line.text("--expiring-within")) {
    ACCRUE_TRY(number, read_count("--expiring-within", *days, most_expiry_days));
    command.expiring_within_days = number;
  }
  return Command{command};
}

Result<Command> read_estimate(const ParsedLine& line) {
  const std::string measure = *line.text("MEASURE");
  if (measure != "breakage") {
    return usage("an estimate is of breakage, not of '" + measure + "'",
                 "accrue estimate " + *line.text("GRANT") + " breakage VALUE --reason TEXT");
  }
  return Command{EstimateCommand{*line.text("GRANT"), *line.text("VALUE"), line.text("--from")}};
}

/// Sorted, each once.
Result<std::vector<std::string>> read_currencies(const ParsedLine& line, std::string_view flag) {
  std::vector<std::string> codes;
  for (const std::string& code : line.texts(flag)) {
    ACCRUE_TRY(currency, Currency::from_code(code));
    codes.emplace_back(currency.code());
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

Result<CatchUpClass> read_catch_up(const ParsedLine& line) {
  static constexpr Choice<CatchUpClass> classes[] = {
      {"new-information", CatchUpClass::new_information},
      {"estimate", CatchUpClass::estimate},
      {"error", CatchUpClass::error}};
  ACCRUE_TRY(chosen, choose(line, "--catch-up", classes));
  return chosen.value_or(CatchUpClass::new_information);
}

Result<Command> read_import_usage(const ParsedLine& line) {
  static constexpr Choice<Basis> bases[] = {{"effective", Basis::effective},
                                            {"contracted", Basis::contracted},
                                            {"list", Basis::list},
                                            {"billed", Basis::billed}};
  static constexpr Choice<CreditRows> meanings[] = {{"settles", CreditRows::settles},
                                                    {"reduces", CreditRows::reduces}};
  static constexpr Choice<OnError> modes[] = {{"stop", OnError::stop},
                                              {"quarantine", OnError::quarantine}};
  static constexpr Choice<SlashDates> orders[] = {{"M/D/Y", SlashDates::month_first},
                                                  {"D/M/Y", SlashDates::day_first}};
  ImportUsageCommand command{.files = line.texts("FILE"), .source = line.text("--source")};
  ACCRUE_TRY(basis, choose(line, "--basis", bases));
  ACCRUE_TRY(credit_rows, choose(line, "--credit-rows", meanings));
  ACCRUE_TRY(on_error, choose(line, "--on-error", modes));
  ACCRUE_TRY(slash_dates, choose(line, "--date-format", orders));
  ACCRUE_TRY(catch_up, read_catch_up(line));
  command.catch_up = catch_up;
  command.basis = basis;
  command.credit_rows = credit_rows;
  command.on_error = on_error;
  command.slash_dates = slash_dates;
  command.map = line.text("--map");
  static constexpr Choice<DeliveryMode> delivery_modes[] = {{"append", DeliveryMode::append},
                                                            {"replace", DeliveryMode::replace}};
  ACCRUE_TRY(mode, choose(line, "--mode", delivery_modes));
  command.mode = mode.value_or(DeliveryMode::append);
  for (const std::string& text : line.texts("--billing-period")) {
    ACCRUE_TRY(period, Period::parse(text));
    command.billing_periods.push_back(period);
  }
  if (!command.billing_periods.empty() && command.mode != DeliveryMode::replace) {
    return usage("--billing-period names bills that a delivery replaces",
                 "add --mode replace, or leave --billing-period out");
  }
  ACCRUE_TRY(currencies, read_currencies(line, "--overage-currency"));
  command.overage_currencies = std::move(currencies);
  return Command{command};
}

Result<Command> read_import_events(const ParsedLine& line) {
  constexpr std::int64_t most_events = 1'000'000;
  constexpr std::int64_t most_milliseconds = 3'600'000;
  ImportEventsCommand command{.file = line.text("FILE").value_or("-"),
                              .rate_card = line.text("--rate-card"),
                              .dead_letters = line.text("--dead-letter")};
  if (const std::optional<std::string> count = line.text("--group-count")) {
    ACCRUE_TRY(number, read_count("--group-count", *count, most_events));
    command.group_count = number;
  }
  if (const std::optional<std::string> time = line.text("--group-ms")) {
    ACCRUE_TRY(number, read_count("--group-ms", *time, most_milliseconds));
    command.group_time = std::chrono::milliseconds{number};
  }
  ACCRUE_TRY(catch_up, read_catch_up(line));
  ACCRUE_TRY(currencies, read_currencies(line, "--overage-currency"));
  command.catch_up = catch_up;
  command.overage_currencies = std::move(currencies);
  return Command{command};
}

Result<Command> read_close(const ParsedLine& line) {
  static constexpr Choice<int> codes[] = {
      {"all", 0},
      {"material_catch_ups", 0},
      {"quarantined_rows", 0},
      {"refuted_estimate", 0},
      {"unmatched_refund", 0}};
  for (const std::string& code : line.texts("--accept")) {
    ParsedLine one{.values = {{"--accept", {code}}}};
    ACCRUE_TRY_DONE(choose(one, "--accept", codes));
  }
  return Command{CloseCommand{*line.text("PERIOD"),
                              line.has("--through") ? CloseReach::through : CloseReach::one,
                              line.texts("--accept")}};
}

Result<Command> read_help(const ParsedLine& line) {
  std::string topic;
  for (const std::string& word : line.texts("TOPIC")) topic += (topic.empty() ? "" : " ") + word;
  ACCRUE_TRY(page, help_page(topic));
  return Command{HelpCommand{page}};
}

Command read_report(const ParsedLine& line, ReportKind kind) {
  return ReportCommand{kind, *line.text("PERIOD"),
                       {line.text("--segment"), line.text("--basis")}};
}

Result<Command> read_import_list(const ParsedLine& line) {
  static constexpr Choice<RecordKind> kinds[] = {
      {"usage", RecordKind::usage_imported},   {"events", RecordKind::events_accepted},
      {"segment", RecordKind::segment_imported}, {"base", RecordKind::base_imported},
      {"rates", RecordKind::rates_imported},   {"rate-card", RecordKind::rate_card_added},
      {"billing-periods", RecordKind::billing_periods_imported}};
  ACCRUE_TRY(kind, choose(line, "--kind", kinds));
  return Command{ImportListCommand{kind, line.text("--source"), line.text("--period")}};
}

Result<Command> read_drawdown_list(const ParsedLine& line) {
  static constexpr Choice<Funding> payers[] = {{"credits", Funding::credits},
                                               {"cash", Funding::cash}};
  ACCRUE_TRY(funding, choose(line, "--funding", payers));
  return Command{DrawdownListCommand{{.investee = line.text("--investee"),
                                      .grant = line.text("--grant"),
                                      .service = line.text("--service"),
                                      .region = line.text("--region"),
                                      .sku = line.text("--sku"),
                                      .funding = funding},
                                     line.text("--period"),
                                     line.text("--origin")}};
}

Result<Command> read_record_number(const ParsedLine& line) {
  ACCRUE_TRY(record, read_count("RECORD", *line.text("RECORD"), INT64_MAX));
  return Command{ImportShowCommand{record}};
}

Result<Command> read_entry_number(const ParsedLine& line) {
  ACCRUE_TRY(number, read_count("NUMBER", *line.text("NUMBER"), INT64_MAX));
  return Command{EntryShowCommand{number}};
}

/// One row per command of the table.
struct Reader {
  std::string_view path;
  Result<Command> (*read)(const ParsedLine&);
};

using Line = const ParsedLine&;
template <typename T>
constexpr auto plain = [](Line) -> Result<Command> { return Command{T{}}; };
template <ReportKind kind>
constexpr auto report = [](Line line) -> Result<Command> { return read_report(line, kind); };
template <TableFile what>
constexpr auto table_file = [](Line line) -> Result<Command> {
  return Command{ImportTableCommand{what, *line.text("FILE")}};
};

const Reader readers[] = {
    {"demo", [](Line l) -> Result<Command> { return Command{DemoCommand{l.text("DIR")}}; }},
    {"init", read_init},
    {"status", read_status},
    {"doctor", plain<DoctorCommand>},
    {"investment check",
     [](Line l) -> Result<Command> { return Command{InvestmentCheckCommand{*l.text("FILE")}}; }},
    {"investment add",
     [](Line l) -> Result<Command> { return Command{InvestmentAddCommand{*l.text("FILE")}}; }},
    {"investment draft",
     [](Line l) -> Result<Command> {
       return Command{
           InvestmentDraftCommand{*l.text("FILE"), l.text("--contract"), l.text("--investee")}};
     }},
    {"investment list", plain<InvestmentListCommand>},
    {"investment show",
     [](Line l) -> Result<Command> {
       return Command{InvestmentShowCommand{
           *l.text("ID"), l.has("--terms") ? ShowWhat::terms : ShowWhat::deal}};
     }},
    {"grant list", plain<GrantListCommand>},
    {"estimate", read_estimate},
    {"import usage", read_import_usage},
    {"import events", read_import_events},
    {"import segment", table_file<TableFile::segment>},
    {"import base", table_file<TableFile::base>},
    {"import rates", table_file<TableFile::rates>},
    {"import billing-periods",
     [](Line l) -> Result<Command> {
       return Command{ImportBillingPeriodsCommand{*l.text("FILE")}};
     }},
    {"import list", read_import_list},
    {"import show", read_record_number},
    {"drawdown list", read_drawdown_list},
    {"entry list",
     [](Line l) -> Result<Command> { return Command{EntryListCommand{l.text("PERIOD")}}; }},
    {"entry show", read_entry_number},
    {"exceptions",
     [](Line l) -> Result<Command> { return Command{ExceptionsCommand{l.text("PERIOD")}}; }},
    {"close", read_close},
    {"reopen",
     [](Line l) -> Result<Command> { return Command{ReopenCommand{*l.text("PERIOD")}}; }},
    {"period list", plain<PeriodListCommand>},
    {"period check",
     [](Line l) -> Result<Command> { return Command{PeriodCheckCommand{*l.text("PERIOD")}}; }},
    {"report answers", report<ReportKind::answers>},
    {"report period", report<ReportKind::period>},
    {"report rollforward", report<ReportKind::rollforward>},
    {"report growth", report<ReportKind::growth>},
    {"report bridge", report<ReportKind::bridge>},
    {"report trial-balance", report<ReportKind::trial_balance>},
    {"report journal", report<ReportKind::journal>},
    {"audit verify", plain<AuditVerifyCommand>},
    {"audit replay",
     [](Line l) -> Result<Command> { return Command{AuditReplayCommand{l.text("--into")}}; }},
    {"help", read_help},
    {"version", plain<VersionCommand>},
};

Result<Command> read_command(const ParsedLine& line) {
  for (const Reader& reader : readers) {
    if (reader.path == line.command->path) return reader.read(line);
  }
  LEDGER_CHECK(false, std::string{line.command->path}, "a command with a reader");
  return Command{VersionCommand{}};
}

/// Estimates, reopenings and accepted exceptions are judgements: the book keeps why.
Result<Done> check_reason(const Command& command, const GlobalOptions& global) {
  if (std::holds_alternative<EstimateCommand>(command)) {
    return need_reason(global, "an estimate");
  }
  if (std::holds_alternative<ReopenCommand>(command)) return need_reason(global, "reopening");
  const auto* close = std::get_if<CloseCommand>(&command);
  if (close != nullptr && !close->accepted_codes.empty()) return need_reason(global, "--accept");
  return Done{};
}

}  // namespace

Result<Invocation> read_options(const ParsedLine& line) {
  ACCRUE_TRY(global, read_global(line));
  if (line.has("--version")) return Invocation{global, VersionCommand{}};
  if (line.command == nullptr) {
    if (line.group.empty()) return Invocation{global, HelpCommand{overview_page()}};
    if (line.has("--help")) return Invocation{global, HelpCommand{group_page(line.group)}};
    return usage("'accrue " + line.group + "' needs the rest of its name",
                 "one of: " + commands_of_group(line.group));
  }
  if (line.has("--help")) return Invocation{global, HelpCommand{command_page(*line.command)}};
  ACCRUE_TRY_DONE(check_effect(line));
  ACCRUE_TRY(command, read_command(line));
  ACCRUE_TRY_DONE(check_reason(command, global));
  return Invocation{global, command};
}

}  // namespace accrue
