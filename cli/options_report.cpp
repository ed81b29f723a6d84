#include "accounting/report/bands.h"
#include "cli/read_words.h"

namespace accrue {

namespace {

GrowthOptions read_growth(const ParsedLine& line) {
  return {line.text("--segment"), line.text("--basis"), line.texts("--exclude")};
}

/// Whether the answer is a table or a page, which people read and no program does.
bool is_for_people(const ParsedLine& line) {
  const std::string format = line.text("--format").value_or("");
  const std::string output = line.text("--output").value_or("");
  if (!format.empty()) return format == "table" || format == "html";
  return output.empty() || output.ends_with(".txt") || output.ends_with(".html");
}

Result<PresentationWords> read_presentation(const ParsedLine& line) {
  static constexpr Choice<Unit> units[] = {{"k", Unit::thousand}, {"m", Unit::million}};
  PresentationWords words;
  words.compare = line.text("--compare");
  if (const std::optional<std::string> code = line.text("--currency")) {
    const Result<Currency> currency = Currency::from_code(*code);
    if (!currency.ok()) {
      return usage("--currency takes a code of ISO 4217, not '" + *code + "'",
                   "for instance: --currency USD");
    }
    words.currency = *currency;
  }
  ACCRUE_TRY(unit, choose(line, "--unit", units));
  if (unit && !is_for_people(line)) {
    return usage("--unit is of tables and pages: a file for programs holds every cent",
                 "leave --unit out, or use -f table or -f html");
  }
  words.unit = unit.value_or(Unit::one);
  return words;
}

template <ReportKind kind>
constexpr auto report = [](Words line) -> Result<Command> {
  ACCRUE_TRY(options, read_report_options(line));
  ACCRUE_TRY(presentation, read_presentation(line));
  return Command{ReportCommand{kind, *line.text("PERIOD"), options, presentation}};
};

Result<Command> read_answers(const ParsedLine& line) {
  return Command{AnswersCommand{*line.text("PERIOD"), read_growth(line)}};
}

Result<Command> read_pack(const ParsedLine& line) {
  const std::optional<std::string> path = line.text("--output");
  if (!path) {
    return usage("'accrue report pack' needs -o: FILE.xlsx, FILE.html or a folder",
                 "for instance: accrue report pack 2024-Q2 -o 2024-Q2.xlsx");
  }
  const std::string format = line.text("--format").value_or("");
  const bool is_file = path->ends_with(".xlsx") || path->ends_with(".html");
  const bool is_other = path->ends_with(".csv") || path->ends_with(".json") ||
                        path->ends_with(".txt") || (!format.empty() && !is_file);
  if (is_other) {
    return usage("a pack is a workbook, a page or a folder",
                 "name it FILE.xlsx, FILE.html or a new folder, and leave -f out");
  }
  ACCRUE_TRY(options, read_report_options(line));
  ACCRUE_TRY(presentation, read_presentation(line));
  return Command{ReportPackCommand{*line.text("PERIOD"), *path, options, presentation}};
}

const CommandReader readers[] = {
    {"report answers", read_answers},
    {"report period", report<ReportKind::period>},
    {"report rollforward", report<ReportKind::rollforward>},
    {"report waterfall", report<ReportKind::waterfall>},
    {"report growth", report<ReportKind::growth>},
    {"report rpo", report<ReportKind::rpo>},
    {"report disaggregation", report<ReportKind::disaggregation>},
    {"report concentration", report<ReportKind::concentration>},
    {"report related-party", report<ReportKind::related_party>},
    {"report deal", report<ReportKind::deal>},
    {"report breakage", report<ReportKind::breakage>},
    {"report contract-balances", report<ReportKind::contract_balances>},
    {"report cash-flow", report<ReportKind::cash_flow>},
    {"report burn-down", report<ReportKind::burn_down>},
    {"report bridge", report<ReportKind::bridge>},
    {"report flux", report<ReportKind::flux>},
    {"report trial-balance", report<ReportKind::trial_balance>},
    {"report journal", report<ReportKind::journal>},
    {"report pack", read_pack},
};

}  // namespace

Result<ReportOptions> read_report_options(const ParsedLine& line) {
  static constexpr Choice<Dimension> dimensions[] = {
      {"service", Dimension::service}, {"sku", Dimension::sku},
      {"region", Dimension::region},   {"funding", Dimension::funding},
      {"grant", Dimension::grant},     {"investee", Dimension::investee}};
  ReportOptions options;
  options.growth = read_growth(line);
  options.concentration = {line.text("--segment"), line.text("--basis"), line.text("--entity")};
  if (const std::optional<std::string> text = line.text("--bands")) {
    const std::optional<std::vector<int>> bands = read_bands(*text);
    if (!bands) {
      return usage("--bands takes ascending numbers of months, not '" + *text + "'",
                   "for instance: --bands 12,24,36");
    }
    options.rpo.bands = *bands;
  }
  ACCRUE_TRY(forecast, read_forecast(line));
  options.rpo.forecast = forecast;
  ACCRUE_TRY(dimension, choose(line, "--by", dimensions));
  options.dimension = dimension.value_or(Dimension::service);
  options.flux.against = line.text("--against");
  return options;
}

std::span<const CommandReader> report_readers() { return readers; }

}  // namespace accrue
