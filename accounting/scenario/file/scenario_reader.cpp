#include "accounting/scenario/file/scenario_reader.h"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "accounting/scenario/file/named_files.h"
#include "accounting/scenario/file/plan_files.h"
#include "accounting/scenario/file/read_changes.h"
#include "accounting/scenario/file/read_drawdown.h"
#include "accounting/scenario/file/read_pipeline.h"
#include "accounting/scenario/file/read_uncertainty.h"
#include "accounting/scenario/file/scenario_fields.h"
#include "accounting/scenario/file/scenario_keys.h"
#include "ledger/intake/excerpt.h"
#include "ledger/intake/quoted.h"
#include "ledger/intake/terms_fields.h"
#include "ledger/intake/terms_keys.h"
#include "ledger/intake/toml_fields.h"

namespace accrue {

namespace {

constexpr std::string_view schema_name = "accrue.scenario/1";

/// `from` is an amount in a curve and a month elsewhere.
std::string from_hint(std::string_view key, std::string_view text) {
  return Period::parse(text).ok() ? fmt::format("write  {} = \"{}\"", key, text)
                                  : amount_hint(key, text);
}
std::string month_hint(std::string_view key, std::string_view) {
  return fmt::format("write it like  {} = \"2025-01\"", key);
}
/// Of keys that take a percent or an amount.
std::string either_hint(std::string_view key, std::string_view text) {
  return text.ends_with('%') ? percent_hint(key, text) : amount_hint(key, text);
}

constexpr QuotedKey quoted_keys[] = {
    {"base", month_hint},        {"leaves", month_hint},
    {"from", from_hint},         {"to", month_hint},
    {"total", amount_hint},      {"cap", amount_hint},
    {"face", amount_hint},       {"price", amount_hint},
    {"cash", amount_hint},       {"burn", amount_hint},
    {"unit_price", amount_hint}, {"per_month", amount_hint},
    {"growth", percent_hint},    {"growth_of_others", percent_hint},
    {"share", percent_hint},     {"incremental", percent_hint},
    {"change", percent_hint},    {"probability", percent_hint},
    {"mean", percent_hint},      {"sd", percent_hint},
    {"low", percent_hint},       {"mode", percent_hint},
    {"high", percent_hint},      {"volume", percent_hint},
    {"rate", either_hint},       {"breakage", either_hint},
    {"expected", either_hint},
};
constexpr std::string_view date_keys[] = {"issued", "begins", "expires", "on", "signed"};

constexpr std::string_view base_hint =
    "write  base = \"now\", \"2024-06\" (as it was closed) or \"record 41\"";

ScenarioStart read_base(const TomlTable& table) {
  const auto text = table.text("base");
  if (!text || *text == "now") return FromNow{};
  constexpr std::string_view record = "record ";
  if (text->starts_with(record)) {
    FromRecord from;
    const char* const end = text->data() + text->size();
    const auto [stop, status] = std::from_chars(text->data() + record.size(), end, from.record);
    if (status == std::errc{} && stop == end && from.record > 0) return from;
  } else if (const auto period = Period::parse(*text); period.ok()) {
    return FromClose{*period};
  }
  refuse_value(table, "base", fmt::format("{} is not where a scenario can start", shown(*text)),
               std::string{base_hint});
  return FromNow{};
}

void read_scenario(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  const auto table = top.table("scenario", "[scenario]");
  if (!table) {
    if (!top.has("scenario")) {
      errors.add({}, Error{.code = ErrorCode::missing_key,
                           .message = "the file has no [scenario]",
                           .hint = "add it, with name and months"});
    }
    return;
  }
  table->refuse_unknown_keys(scenario_keys::scenario);
  table->require("name", "write it like  name = \"slow-ramp\"");
  table->require("months", "write it like  months = 24");
  scenario.name = table->id("name").value_or("");
  scenario.about = line_of_text(*table, "about").value_or("");
  scenario.start = read_base(*table);
  scenario.months = whole_number(*table, "months", {1, 120}).value_or(1);
}

void read_segments(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  std::vector<std::pair<std::string, TomlSpan>> names;
  for (const TomlTable& table : tables_of(top, "segment", "[[segment]]", "[[segment]]", errors)) {
    table.refuse_unknown_keys(scenario_keys::segment);
    table.require("segment", "write it like  segment = \"cloud\"");
    table.require("basis", "write it like  basis = \"reported\"");
    if (!table.has("growth_of_others")) {
      table.require("growth", "write  growth = \"10%\"  or  growth_of_others = \"8%\"");
    } else if (table.has("growth")) {
      refuse_value(table, "growth", "growth and growth_of_others are both stated",
                   "state one: the other follows");
    }
    SegmentGrowth growth;
    growth.segment = line_of_text(table, "segment").value_or("");
    growth.basis = line_of_text(table, "basis").value_or("");
    const bool of_others = table.has("growth_of_others");
    growth.of = of_others ? SegmentGrowth::Of::others : SegmentGrowth::Of::segment;
    growth.percent = percent_within(table, of_others ? "growth_of_others" : "growth",
                                    PercentRange::above_minus_hundred)
                         .value_or(Decimal{});
    names.emplace_back(fmt::format("{}, {}", growth.segment, growth.basis),
                       table.span_of("segment"));
    scenario.segments.push_back(std::move(growth));
  }
  refuse_twice(names, "the segment", errors);
}

void read_costs(const TomlTable& top, TomlErrors& errors, Scenario& scenario) {
  std::vector<std::pair<std::string, TomlSpan>> skus;
  for (const TomlTable& table : tables_of(top, "cost", "[[cost]]", "[[cost]]", errors)) {
    table.refuse_unknown_keys(scenario_keys::cost);
    table.require("sku", "write it like  sku = \"h100\"");
    table.require("rate", "write it like  rate = \"62%\"  or  rate = \"1.10 USD\"");
    const auto sku = line_of_text(table, "sku");
    if (sku) skus.emplace_back(*sku, table.span_of("sku"));
    const TomlNode* value = table.quoted("rate", either_hint);
    if (value == nullptr) continue;
    if (value->text.ends_with('%')) {
      const auto percent = percent_within(table, "rate", PercentRange::zero_or_more);
      if (sku && percent) scenario.costs.push_back({*sku, *percent});
    } else {
      const auto amount = unit_amount(table, "rate", Floor::zero);
      if (sku && amount) scenario.costs.push_back({*sku, *amount});
    }
  }
  refuse_twice(skus, "the cost of", errors);
}

void refuse_what_is_not_kept(const TomlTable& top) {
  for (const std::string_view key : scenario_keys::not_kept) {
    top.refuse_unsupported(key, "leave it out: no figure of the books rests on it yet");
  }
  top.refuse_unsupported("order_policy",
                         "give a [[tranche_change]] a priority: what is lowest pays first");
}

/// The errors of the scenario in the order of its lines, then those of the files it names.
Refusal all_refused(const TomlErrors& errors, const NamedFiles& files) {
  Refusal refusal = errors.any() ? errors.in_line_order() : Refusal{};
  for (const Error& error : files.refused().errors) refusal.errors.push_back(error);
  refusal.unlisted_count += files.refused().unlisted_count;
  return refusal;
}

}  // namespace

Result<Scenario> parse_scenario(std::string_view text, std::string_view file,
                                const NamedFileReader& read) {
  auto document = TomlDocument::parse(text, file);
  if (!document.ok()) return explain_syntax_error(document.error(), quoted_keys, date_keys);
  TomlErrors errors{*document};
  if (!check_schema(*document, schema_name, errors)) return errors.in_line_order();

  const TomlTable top{document->root(), "the file", errors};
  top.refuse_unknown_keys(scenario_keys::document);
  refuse_what_is_not_kept(top);
  NamedFiles files{read};
  PlanFiles plans{files};
  Scenario scenario;
  read_scenario(top, errors, scenario);
  read_drawdowns(top, plans, errors, scenario);
  read_changes(top, errors, scenario);
  read_segments(top, errors, scenario);
  read_costs(top, errors, scenario);
  read_pipeline(top, files, errors, scenario);
  read_uncertainty(top, errors, scenario);
  plans.refuse_untaken();

  if (errors.any() || !files.refused().errors.empty()) return all_refused(errors, files);
  scenario.file = file;
  scenario.text = text;
  scenario.sha256 = files.digest(text);
  return scenario;
}

}  // namespace accrue
