#include <algorithm>

#include "cli/read_words.h"

namespace accrue {

namespace {

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

Result<Command> read_import_list(const ParsedLine& line) {
  static constexpr Choice<RecordKind> kinds[] = {
      {"usage", RecordKind::usage_imported},   {"events", RecordKind::events_accepted},
      {"segment", RecordKind::segment_imported}, {"base", RecordKind::base_imported},
      {"rates", RecordKind::rates_imported},   {"rate-card", RecordKind::rate_card_added},
      {"billing-periods", RecordKind::billing_periods_imported}};
  ACCRUE_TRY(kind, choose(line, "--kind", kinds));
  return Command{ImportListCommand{kind, line.text("--source"), line.text("--period")}};
}

Result<Command> read_record_number(const ParsedLine& line) {
  ACCRUE_TRY(record, read_count("RECORD", *line.text("RECORD"), INT64_MAX));
  return Command{ImportShowCommand{record}};
}

template <TableFile what>
constexpr auto table_file = [](Words line) -> Result<Command> {
  return Command{ImportTableCommand{what, *line.text("FILE")}};
};

const CommandReader readers[] = {
    {"import usage", read_import_usage},
    {"import events", read_import_events},
    {"import segment", table_file<TableFile::segment>},
    {"import base", table_file<TableFile::base>},
    {"import rates", table_file<TableFile::rates>},
    {"import billing-periods",
     [](Words l) -> Result<Command> {
       return Command{ImportBillingPeriodsCommand{*l.text("FILE")}};
     }},
    {"import list", read_import_list},
    {"import show", read_record_number},
};

}  // namespace

std::span<const CommandReader> import_readers() { return readers; }

}  // namespace accrue
