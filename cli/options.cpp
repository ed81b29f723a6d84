#include "cli/options.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "cli/help_pages.h"
#include "cli/read_words.h"
#include "ledger/error/check.h"
#include "ledger/intake/quoted.h"

namespace accrue {

namespace {

/// A hundred years.
constexpr std::int64_t most_expiry_days = 36'525;

/// What -f says, or --json where a command has it.
std::optional<std::string> format_word(const ParsedLine& line) {
  return line.has("--json") ? "json" : line.text("--format");
}

Result<std::optional<Format>> read_format(const ParsedLine& line) {
  const std::optional<std::string> given = line.text("--format");
  if (line.has("--json")) {
    if (!given || given == "json") return std::optional<Format>{Format::json};
    return Error{.code = ErrorCode::format_conflict,
                 .message = "--json and -f " + *given + " contradict each other",
                 .hint = "leave one of them out"};
  }
  static constexpr Choice<Format> formats[] = {{"table", Format::table},
                                               {"csv", Format::csv},
                                               {"json", Format::json},
                                               {"xlsx", Format::xlsx},
                                               {"html", Format::html}};
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
  const std::optional<std::string> given = format_word(line);
  if (ending && given && *ending != *given) {
    return Error{.code = ErrorCode::format_conflict,
                 .message = "-f " + *given + " does not suit -o " + *options.output,
                 .notes = {"the ending of the file says " + *ending + ", -f says " + *given},
                 .hint = "drop -f, or name a file that ends in ." + *given};
  }
  if (ending == "csv") options.format = Format::csv;
  if (ending == "json") options.format = Format::json;
  if (ending == "table") options.format = Format::table;
  if (ending == "xlsx") options.format = Format::xlsx;
  if (ending == "html") options.format = Format::html;
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
  options.request = line.text("--request");
  if (options.request) {
    if (line.has("--dry-run")) {
      return usage("--request goes the whole way and records nothing, as --dry-run does",
                   "leave --dry-run out");
    }
    options.mode = RunMode::dry_run;
  }
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
  command.has_dual_control = line.has("--dual-control");
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
  const std::optional<std::string> value = line.text("VALUE");
  const std::optional<std::string> forecast = line.text("--from-scenario");
  if (!value && !forecast) {
    return usage("an estimate needs VALUE, or a saved forecast that says it",
                 "for instance: accrue estimate " + *line.text("GRANT") +
                     " breakage 4% --reason TEXT, or --from-scenario NAME");
  }
  return Command{EstimateCommand{*line.text("GRANT"), value, line.text("--from"), forecast}};
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
  ACCRUE_TRY(forecast, read_forecast(line));
  return Command{CloseCommand{*line.text("PERIOD"),
                              line.has("--through") ? CloseReach::through : CloseReach::one,
                              line.texts("--accept"), line.text("--key"),
                              forecast.value_or(ForecastChoice{usual_draw_forecast})}};
}

Result<Command> read_help(const ParsedLine& line) {
  std::string topic;
  for (const std::string& word : line.texts("TOPIC")) topic += (topic.empty() ? "" : " ") + word;
  ACCRUE_TRY(page, help_page(topic));
  return Command{HelpCommand{page}};
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

Result<Command> read_entry_number(const ParsedLine& line) {
  ACCRUE_TRY(number, read_count("NUMBER", *line.text("NUMBER"), INT64_MAX));
  return Command{EntryShowCommand{number}};
}

const CommandReader readers[] = {
    {"demo", [](Words l) -> Result<Command> { return Command{DemoCommand{l.text("DIR")}}; }},
    {"init", read_init},
    {"status", read_status},
    {"doctor", plain<DoctorCommand>},
    {"investment check",
     [](Words l) -> Result<Command> { return Command{InvestmentCheckCommand{*l.text("FILE")}}; }},
    {"investment add",
     [](Words l) -> Result<Command> { return Command{InvestmentAddCommand{*l.text("FILE")}}; }},
    {"investment draft",
     [](Words l) -> Result<Command> {
       return Command{
           InvestmentDraftCommand{*l.text("FILE"), l.text("--contract"), l.text("--investee")}};
     }},
    {"investment list", plain<InvestmentListCommand>},
    {"investment show",
     [](Words l) -> Result<Command> {
       return Command{InvestmentShowCommand{
           *l.text("ID"), l.has("--terms") ? ShowWhat::terms : ShowWhat::deal}};
     }},
    {"grant list", plain<GrantListCommand>},
    {"estimate", read_estimate},
    {"drawdown list", read_drawdown_list},
    {"entry list",
     [](Words l) -> Result<Command> { return Command{EntryListCommand{l.text("PERIOD")}}; }},
    {"entry show", read_entry_number},
    {"exceptions",
     [](Words l) -> Result<Command> { return Command{ExceptionsCommand{l.text("PERIOD")}}; }},
    {"close", read_close},
    {"reopen",
     [](Words l) -> Result<Command> { return Command{ReopenCommand{*l.text("PERIOD")}}; }},
    {"period list", plain<PeriodListCommand>},
    {"period check",
     [](Words l) -> Result<Command> { return Command{PeriodCheckCommand{*l.text("PERIOD")}}; }},
    {"help", read_help},
    {"version", plain<VersionCommand>},
};

Result<Command> read_command(const ParsedLine& line) {
  for (const std::span<const CommandReader> group :
       {std::span<const CommandReader>{readers}, import_readers(), report_readers(),
        audit_readers(), export_readers(), audit_program_readers(), log_readers(),
        saved_forecast_readers(), scenario_readers()}) {
    for (const CommandReader& reader : group) {
      if (reader.path == line.command->path) return reader.read(line);
    }
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

Filters filters_of(const ParsedLine& line) {
  const CommandSpec& spec = *line.command;
  if (spec.effect == Effect::writes) return {};
  Filters filters{std::string{spec.path}, {}};
  const auto add = [&](std::string_view name, Count count) {
    if (!line.has(name)) return;
    if (count == Count::many) {
      filters.words.emplace_back(filter_name(name), line.texts(name));
    } else {
      filters.words.emplace_back(filter_name(name), *line.text(name));
    }
  };
  for (const Positional& positional : spec.positionals) add(positional.name, positional.count);
  if (spec.effect == Effect::reports) {
    filters.words.emplace_back("by_origin", line.has("--by-origin"));
  }
  for (const Flag& flag : spec.flags) {
    if (flag.long_name() == "--json") continue;  // how it is printed
    if (!flag.value.empty()) {
      add(flag.long_name(), flag.count);
    } else if (line.has(flag.long_name())) {
      filters.words.emplace_back(filter_name(flag.long_name()), true);
    }
  }
  return filters;
}

}  // namespace

Command::Command(const Command& other) = default;
Command::Command(Command&& other) noexcept = default;
Command& Command::operator=(const Command& other) = default;
Command& Command::operator=(Command&& other) noexcept = default;
Command::~Command() = default;

std::string filter_name(std::string_view word) {
  std::string result{word.substr(std::min(word.find_first_not_of('-'), word.size()))};
  for (char& letter : result) {
    if (letter == '-') letter = '_';
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

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
  global.filters = filters_of(line);
  return Invocation{global, command};
}

}  // namespace accrue
