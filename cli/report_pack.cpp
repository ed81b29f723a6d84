#include "cli/report_pack.h"

#include <algorithm>
#include <set>
#include <utility>

#include "accounting/audit/explain.h"
#include "accounting/report/bands.h"
#include "cli/command_table.h"
#include "cli/export/members.h"

namespace accrue {

namespace {

bool takes(ReportKind kind, std::string_view flag) {
  const CommandSpec* const spec = find_command("report " + std::string{to_string(kind)});
  return std::any_of(spec->flags.begin(), spec->flags.end(),
                     [&](const Flag& known) { return known.long_name() == flag; });
}

/// One report of the pack, as it was asked for.
struct Item {
  ReportKind kind;
  std::string name;
  ReportOptions options;
  std::vector<std::pair<std::string, FilterValue>> words;  ///< beside those of all
};

Item plain_item(ReportKind kind, const ReportOptions& options) {
  return {kind, std::string{to_string(kind)}, options, {}};
}

/// One report a series: growth never mixes two.
std::vector<Item> items_by_series(ReportKind kind, const BookState& state,
                                  const ReportOptions& options) {
  std::set<std::pair<std::string, std::string>> all;
  for (const SegmentRevenue& row : state.segments) {
    const bool counts = options.growth.segment.value_or(row.segment) == row.segment &&
                        options.growth.basis.value_or(row.basis) == row.basis;
    if (counts) all.emplace(row.segment, row.basis);
  }
  std::vector<Item> items;
  for (const auto& [segment, basis] : all) {
    Item item = plain_item(kind, options);
    item.options.growth.segment = item.options.concentration.segment = segment;
    item.options.growth.basis = item.options.concentration.basis = basis;
    item.words = {{"segment", segment}, {"basis", basis}};
    if (kind == ReportKind::concentration && options.concentration.entity) {
      item.words.emplace_back("entity", *options.concentration.entity);
    }
    if (all.size() > 1) {
      item.name += "-" + std::to_string(items.size() + 1) + "-" + file_safe(segment) + "-" +
                   file_safe(basis);
    }
    items.push_back(std::move(item));
  }
  return items;
}

std::vector<Item> disaggregations(const ReportOptions& options) {
  std::vector<Item> items;
  for (const Dimension dimension : {Dimension::investee, Dimension::funding, Dimension::service,
                                    Dimension::sku, Dimension::region, Dimension::grant}) {
    Item item = plain_item(ReportKind::disaggregation, options);
    item.options.dimension = dimension;
    item.name += "-" + std::string{to_string(dimension)};
    item.words = {{"by", std::string{to_string(dimension)}}};
    items.push_back(std::move(item));
  }
  return items;
}

/// One report a saved forecast; those that are not of the range have nothing to say.
std::vector<Item> items_by_forecast(const BookState& state, const ReportOptions& options) {
  std::vector<Item> items;
  for (const HeldForecast& held : state.forecasts) {
    Item item = plain_item(ReportKind::flux, options);
    item.options.flux.against = held.fact.name;
    item.name += "-" + std::to_string(held.record) + "-" + file_safe(held.fact.name);
    item.words = {{"against", held.fact.name}};
    items.push_back(std::move(item));
  }
  return items;
}

std::vector<Item> items_of(const BookState& state, const ReportOptions& options) {
  std::vector<Item> items;
  const auto add = [&](std::vector<Item> more) {
    std::move(more.begin(), more.end(), std::back_inserter(items));
  };
  const auto add_plain = [&](ReportKind kind) { items.push_back(plain_item(kind, options)); };
  const auto add_forecast = [&](Item item) {
    if (options.rpo.forecast) {
      item.words.emplace_back("forecast", to_string(*options.rpo.forecast));
    }
    items.push_back(std::move(item));
  };
  add_plain(ReportKind::rollforward);
  add_plain(ReportKind::burn_down);
  add_plain(ReportKind::waterfall);
  add(items_by_series(ReportKind::growth, state, options));
  add(items_by_series(ReportKind::concentration, state, options));
  Item rpo = plain_item(ReportKind::rpo, options);
  if (options.rpo.bands != RpoOptions{}.bands) {
    rpo.words = {{"bands", to_text(options.rpo.bands)}};
  }
  add_forecast(std::move(rpo));
  add_forecast(plain_item(ReportKind::contract_balances, options));
  add_plain(ReportKind::period);
  add(disaggregations(options));
  for (const ReportKind kind :
       {ReportKind::related_party, ReportKind::deal, ReportKind::breakage, ReportKind::cash_flow,
        ReportKind::bridge}) {
    add_plain(kind);
  }
  add(items_by_forecast(state, options));
  for (const ReportKind kind : {ReportKind::trial_balance, ReportKind::journal}) add_plain(kind);
  return items;
}

std::string_view to_string(Unit unit) {
  switch (unit) {
    case Unit::one: return "";
    case Unit::thousand: return "k";
    case Unit::million: return "m";
  }
  return {};
}

/// The words as the command of the report alone says them.
Filters filters_of(const Item& item, const ReportPackCommand& command, OriginView by,
                   const PresentationWords& words) {
  Filters filters{"report " + std::string{to_string(item.kind)}, {{"period", command.period}}};
  filters.words.emplace_back("by_origin", by == OriginView::by_origin);
  filters.words.insert(filters.words.end(), item.words.begin(), item.words.end());
  if (words.compare) filters.words.emplace_back("compare", *words.compare);
  if (words.currency) filters.words.emplace_back("currency", std::string{words.currency->code()});
  if (words.unit != Unit::one) filters.words.emplace_back("unit", std::string{to_string(words.unit)});
  return filters;
}

/// A step with the values of its parts, which the explainer leaves to the steps below.
void fill_values(Explainer& explainer, ExplainedStep& step) {
  for (ExplainedPart& part : step.parts) {
    if (part.value || part.link == Link::source) continue;
    const Result<ExplainedStep> below = explainer.step(part.ref);
    if (below.ok()) part.value = below->value;
  }
}

bool is_nothing(const Result<Report>& report) {
  return !report.ok() && report.error().code == ErrorCode::nothing_to_report;
}

}  // namespace

Result<Report> shown_report(const OpenedView& opened, ReportKind kind, PeriodRange range,
                            OriginView by, const ReportOptions& options,
                            const PresentationWords& words) {
  const BookView& view = opened.view;
  const auto made = [&](PeriodRange of) -> Result<Report> {
    ACCRUE_TRY(report, make_report(opened.store, view, kind, of, by, options));
    if (words.currency) {
      ACCRUE_TRY(other, translated(std::move(report), view.state, *words.currency));
      report = std::move(other);
    }
    // Before anything is compared: a change is the difference of what is shown.
    return in_unit(std::move(report), words.unit);
  };
  ACCRUE_TRY(report, made(range));
  if (words.compare) {
    ACCRUE_TRY(earlier, period_range(*words.compare, view.state));
    if (earlier.last > range.last) {
      return Error{.code = ErrorCode::usage,
                   .message = "--compare takes an earlier period, not '" + *words.compare + "'",
                   .hint = "ask for the later one, and compare it with the earlier"};
    }
    ACCRUE_TRY(before, made(earlier));
    report = compared(report, before);
  }
  return report;
}

Result<std::vector<PackedReport>> packed_reports(const OpenedView& opened,
                                                 const ReportPackCommand& command,
                                                 OriginView by) {
  ACCRUE_TRY(range, period_range(command.period, opened.view.state));
  std::vector<PackedReport> packed;
  for (const Item& item : items_of(opened.view.state, command.options)) {
    PresentationWords words = command.presentation;
    if (!takes(item.kind, "--compare")) words.compare.reset();
    Result<Report> report = shown_report(opened, item.kind, range, by, item.options, words);
    if (is_nothing(report) && words.compare) {
      // Nothing to compare with is no reason to leave the period's own out.
      words.compare.reset();
      report = shown_report(opened, item.kind, range, by, item.options, words);
    }
    if (is_nothing(report)) continue;
    if (!report.ok()) return report.refusal();
    packed.push_back({item.name, filters_of(item, command, by, words), std::move(report).value()});
  }
  return packed;
}

std::map<std::string, std::vector<ExplainedStep>> explanations_of(
    const OpenedView& opened, const std::vector<Report>& reports) {
  std::map<std::string, std::vector<ExplainedStep>> explanations;
  Explainer explainer{opened.store, opened.view};
  for (const Report& report : reports) {
    if (report.name == to_string(ReportKind::journal)) continue;
    for (const std::vector<Cell>& row : report.rows) {
      const auto* const ref = std::get_if<std::string>(&row.back());
      if (ref == nullptr || explanations.contains(*ref)) continue;
      const Result<ExplainedStep> whole = explainer.step(*ref);
      if (!whole.ok()) continue;
      std::vector<ExplainedStep>& steps = explanations[*ref];
      steps.push_back(*whole);
      for (const ExplainedPart& part : whole->parts) {
        if (part.link != Link::figure) continue;
        // A zero has nothing to come from.
        if (part.value && part.value->value.is_zero()) continue;
        Result<ExplainedStep> figure = explainer.step(part.ref);
        if (!figure.ok()) continue;
        fill_values(explainer, *figure);
        steps.push_back(std::move(figure).value());
      }
    }
  }
  return explanations;
}

}  // namespace accrue
